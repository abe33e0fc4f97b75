"""Rounds: every target once in each, each round begins with another, and who failed is not asked again."""

from pathlib import Path

from harness import results
from harness.cases import Case, full_cases, part, quick_cases
from harness.process import Failure, Lacks
from harness.schedule import Budget, doers, rounds, seconds_of_run, turns
from harness.targets import Target
from hypothesis import given
from hypothesis import strategies as st

CASE = Case("work", part("work"))
names = st.lists(st.text("abcdefgh", min_size=1), min_size=1, max_size=6, unique=True)


def test_three_targets_take_turns():
    assert [target for _, target in rounds(["A", "B", "C"], 4)] == list("ABCBCACABABC")


@given(names, st.integers(0, 20))
def test_a_round_has_every_target_once(targets, number):
    order = turns(targets, number)
    assert sorted(order) == sorted(targets)
    assert order[0] == targets[number % len(targets)]


@given(names, st.integers(0, 12))
def test_no_target_runs_again_before_all_others_have(targets, count):
    order = [target for _, target in rounds(targets, count)]
    assert len(order) == count * len(targets)
    for start in range(0, len(order), len(targets)):
        assert set(order[start:start + len(targets)]) == set(targets)


def libraries(count):
    return [Target(f"library{number}", Path("programs")) for number in range(count)]


@given(st.floats(1, 3000), st.integers(1, 12), st.integers(1, 12))
def test_runs_fit_into_the_time_unless_they_would_be_too_short(budget, targets, count):
    cases = quick_cases()
    seconds = seconds_of_run(budget, cases, libraries(targets), count)
    assert 0.05 <= seconds <= 2
    needed = sum(case.extra_seconds + seconds for case in cases) * targets * count
    assert needed <= budget * 1.001 or seconds == 0.05


def test_who_does_not_do_a_workload_takes_no_time():
    cases = quick_cases()
    idle = Target("idle", Path("programs"), tasks={})
    assert doers(cases[0], [idle]) == []
    assert seconds_of_run(100, cases, [*libraries(2), idle], 5) == seconds_of_run(100, cases, libraries(2), 5)


def test_both_forms_leave_time_to_measure():
    assert seconds_of_run(120, quick_cases(), libraries(3), 6) > 0.05
    assert seconds_of_run(1200, full_cases(), libraries(3), 10) > 0.1


@given(st.floats(0.2, 1.3), st.sampled_from([(120, quick_cases, 3, 6), (1200, full_cases, 5, 8)]))
def test_all_cases_together_take_the_time_that_they_have(truth, form):
    """Whether a run takes more beside its measurement than was guessed, or less: the clock is asked."""
    budget, cases, targets, count = form
    now = 0.0
    spending = Budget(budget, cases(), libraries(targets), count, lambda: now)
    for case in cases():
        now += (spending.seconds_for_next() + truth * case.extra_seconds) * targets * count
    assert 0.9 * budget <= now <= 1.1 * budget


def figures():
    return {"operations": 10, "count": 10, "seconds": 1.0, "latency": [], "processor_seconds": 0.5,
            "switches": 1, "resident": 1, "resident_growth": None, "system_calls": 20}


def measured(verdicts, count=3):
    """Runs with stand-ins: `verdicts` says what a target raises at which of its runs."""
    ran = []

    def run(case, target, counting):
        ran.append((target.name, counting))
        raised = verdicts.get((target.name, sum(name == target.name for name, _ in ran)))
        if raised:
            raise raised
        return figures()

    targets = [Target(name, Path("programs")) for name in "AB"]
    found, without = results.measure_case(CASE, targets, count, run, lambda case, target: None)
    return ran, found, without


def test_the_rounds_are_timed_and_then_one_counts():
    ran, found, without = measured({})
    assert ran == [("A", False), ("B", False), ("B", False), ("A", False), ("A", False), ("B", False),
                   ("A", True), ("B", True)]
    assert without == {} and set(found["A"]) == {0, 1, 2, "counting"}


def test_who_failed_is_not_asked_again():
    ran, _, without = measured({("B", 2): Failure("hangs")})
    assert [name for name, _ in ran].count("B") == 2
    assert without == {"B": (results.FAILED, "hangs")}


def test_who_lacks_the_workload_is_not_asked_again():
    ran, _, without = measured({("A", 1): Lacks("no pipes")})
    assert [name for name, _ in ran].count("A") == 1
    assert without == {"A": (results.LACKS, "no pipes")}


def test_names_of_cases_are_unique():
    for cases in (quick_cases(), full_cases()):
        listed = [case.name for case in cases]
        assert len(set(listed)) == len(listed)


def test_what_is_quick_is_a_part_of_the_workloads():
    every = {case.workload for case in full_cases()} | {"timers"}
    assert {case.workload for case in quick_cases()} <= every
