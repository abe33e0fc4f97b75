"""Close-heavy programs on every engine, one with tiny queues and buffers, or on that of --backend;
`./check asan` runs them on the library with sanitizers.

VIOLET_CLOSING_LIBRARY (or --violet) says on which library, VIOLET_CLOSING_SECONDS how long (20); a
long run of one's own: closing.py."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import closing  # noqa: E402

from harness import target as targets_of  # noqa: E402

SECONDS = float(os.environ.get("VIOLET_CLOSING_SECONDS", "20"))
SEED = 7


def test_nothing_breaks_when_much_is_under_way(request, capsys):
    backend = request.config.getoption("--backend")
    library = Path(os.environ.get("VIOLET_CLOSING_LIBRARY") or request.config.getoption("--violet")
                   or targets_of.VIOLET)
    if not library.exists():
        pytest.skip(f"{library} is not built")
    if not backend and targets_of.probe(targets_of.VIOLET)["engines"].get("uring") != "available":
        pytest.skip("the kernel refuses io_uring")
    targets = closing.choose_targets(library, tiny=True, backend=backend)
    ran, findings = closing.hunt(targets, SEED, SECONDS)
    with capsys.disabled():
        print(f"\n{ran} close-heavy programs on {len(targets)} targets: {len(findings)} findings")
    assert not findings, "\n".join(map(str, findings[:5]))
