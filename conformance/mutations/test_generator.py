"""The random programs of conformance/differential on a planted bug: found, shrunk, kept, replayed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "differential"))

import detect  # noqa: E402
import judge  # noqa: E402
import run as runner  # noqa: E402

from harness import mutation  # noqa: E402
from harness.target import TargetError  # noqa: E402

PLANTED = "14-timer-ties-reversed"


@pytest.fixture(scope="module")
def libraries():
    """The targets of the plain library, with the oracle, and those of the mutated one."""
    one = next(one for one in mutation.find()[0] if one.name == PLANTED)
    with mutation.Workshop() as workshop:
        try:
            plain = detect.plain_targets(workshop.build_plain())
        except TargetError as error:
            pytest.skip(str(error))
        yield one, plain, detect.mutated_targets(workshop.build_mutated(one), one, plain[1])


def test_a_planted_bug_is_found(libraries):
    one, plain, mutated = libraries
    found = detect.look(one, mutated, plain, seconds=120)
    assert found.found, f"not in {found.programs} programs"


def test_without_a_bug_nothing_is_found(libraries):
    one, plain, mutated = libraries
    healthy = [detect.targets_of.Target(f"mutated {mine.name}", plain[1].library, mine.version,
                                        mine.backend, mine.timers_first) for mine in mutated]
    found = detect.look(one, healthy, plain, seconds=0)
    assert not found.found, found.message


def test_a_finding_is_kept_as_a_program_that_shows_it_again(libraries, tmp_path):
    _, plain, mutated = libraries
    targets = plain + mutated
    number, findings = detect.SEED, []
    while not findings:
        findings = runner.hunt(targets, number, 0)[1]
        number += 1
    path, small = runner.keep(findings[0], targets, tmp_path)
    assert len(small.text.splitlines()) <= len(findings[0].text.splitlines())
    text = path.read_text()
    assert f"# on {small.target}: " in text
    assert small.target in [one.target for one in judge.judge([text], targets)]
    assert judge.judge([text], plain) == []
