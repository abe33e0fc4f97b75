"""The program with all scenarios judges as the harness does, on a library that does some otherwise."""

import os
import subprocess
from pathlib import Path

import pytest

from harness import expectation
from harness.target import ROOT, find_oracle

PROGRAM = ROOT / "build/release/scenarios"
ORACLE = find_oracle()
BEHAVIOUR = expectation.Behaviour((1, 52), timers_first=False)
PREFIXES = ("timer", "phase", "close", "run", "async", "hook")

pytestmark = [
    pytest.mark.skipif(not PROGRAM.exists(), reason="build/release has no scenarios"),
    pytest.mark.skipif(ORACLE is None, reason="libuv1 is not installed"),
]


def names():
    sources = sorted((ROOT / "conformance/scenarios").glob("*.c"))
    return [path.stem for path in sources if path.stem.startswith(PREFIXES)]


def run(*arguments, **environment):
    """On the installed libuv 1.44, whose timers run first."""
    variables = {**os.environ, "LD_LIBRARY_PATH": str(Path(ORACLE).parent), **environment}
    return subprocess.run([PROGRAM, *arguments], env=variables, capture_output=True, text=True,
                          timeout=120, check=False)  # fmt: skip


def harness_accepts(name):
    asked = expectation.read((ROOT / f"conformance/scenarios/{name}.c").read_text())
    traced = run("--trace", name, **asked.env)
    try:
        expectation.judge(asked, BEHAVIOUR, expectation.parse_trace(traced.stdout))
    except (expectation.TraceError, expectation.Skipped):
        return False
    return traced.returncode == 0


def test_lists_every_scenario():
    sources = (ROOT / "conformance/scenarios").glob("*.c")
    assert run("--list").stdout.split() == sorted(path.stem for path in sources)


def test_judges_as_the_harness():
    wanted = {name: harness_accepts(name) for name in names()}
    assert set(wanted.values()) == {True, False}, "the older library does some as ours, some not"
    told = run(*names()).stdout
    failed = {line.split()[1] for line in told.splitlines() if line.startswith("FAILED")}
    assert failed == {name for name, accepted in wanted.items() if not accepted}


def test_tells_by_its_exit_status():
    accepted = next(name for name in names() if harness_accepts(name))
    refused = next(name for name in names() if not harness_accepts(name))
    assert run(accepted).returncode == 0
    assert run(accepted, refused).returncode == 1
    assert run("no_such_scenario").returncode == 2


def test_a_library_may_be_named_from_here():
    refused = next(name for name in names() if not harness_accepts(name))
    for library, status in (Path(ORACLE), 1), (PROGRAM, 0):
        folder = os.path.relpath(library.parent)
        assert run(refused, LD_LIBRARY_PATH=folder).returncode == status, folder
