"""Random programs on the oracle and on Violet's engines, from a fixed seed; and every program that
once had a finding.

VIOLET_DIFFERENTIAL_SECONDS says how long (120)."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import judge  # noqa: E402
import run as runner  # noqa: E402

from harness.target import TargetError  # noqa: E402

SEED = 20240
SECONDS = float(os.environ.get("VIOLET_DIFFERENTIAL_SECONDS", "120"))


@pytest.fixture(scope="module")
def targets(request):
    option = request.config.getoption
    try:
        return runner.choose_targets(option("--lib") or option("--violet"),
                                     backend=option("--backend"))[0]
    except TargetError as error:
        pytest.fail(str(error))


def _told(findings):
    return "\n".join(map(str, findings))


def test_what_was_found_once(targets):
    texts = [path.read_text() for path in sorted(runner.FOUND.glob("*.txt"))]
    if not texts:
        pytest.skip("found/ is empty: what was found became scenarios")
    findings = judge.judge(texts, targets)
    assert not findings, _told(findings)


def test_random_programs(targets, capsys):
    ran, findings = runner.hunt(targets, SEED, SECONDS)
    with capsys.disabled():
        print(f"\n{ran} random programs on {len(targets)} targets: {len(findings)} findings")
        # Told here too: a second run that finds nothing must not hide what the first one found.
        print(_told(findings[:5]))
    assert not findings, _told(findings[:5])
