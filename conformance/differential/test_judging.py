"""The differential harness itself: what is wrong is noticed, what is open is not."""

import dataclasses
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import execution  # noqa: E402
import judge  # noqa: E402
import run as runner  # noqa: E402
import traces  # noqa: E402

PROGRAM = """program p compare=exact pool=1
- timer t0
- timer_start t0 0
- check c0
- check_start c0
t0:1 close t0
c0:1 close c0
- pair s0 s1 pipe
- write w1 s0 10
- write w2 s0 10
- read_start s1
- run once
- settle
- work_hold k1
- work k2
- cancel k2
- settle
"""


@pytest.fixture(scope="module")
def oracle():
    return runner.choose_targets(oracle_only=True)[0][0]


@pytest.fixture(scope="module")
def good(oracle):
    run = execution.run_batch([PROGRAM], oracle.environment())[0]
    assert traces.faults(PROGRAM, run) == []
    return run


def events_of(run, **wanted):
    return [event for event in run.events if wanted.items() <= event.items()]


def changed(run, events):
    return execution.Run(run.exit, run.errors, run.truncated, tuple(events))


def without(run, **unwanted):
    gone = events_of(run, **unwanted)
    assert gone
    return changed(run, [event for event in run.events if event not in gone])


def doubled(run, **wanted):
    return changed(run, [copy for event in run.events
                         for copy in [event] * (2 if wanted.items() <= event.items() else 1)])


def with_value(run, wanted, **values):
    assert events_of(run, **wanted)
    return changed(run, [event | values if wanted.items() <= event.items() else event
                         for event in run.events])


def swapped(run, one, other):
    first, second = events_of(run, **one)[0], events_of(run, **other)[0]
    exchange = {id(first): second, id(second): first}
    return changed(run, [exchange.get(id(event), event) for event in run.events])


def late(run, **wanted):
    """The event comes once more, after the handles were closed."""
    return changed(run, [*run.events[:-2], events_of(run, **wanted)[0], *run.events[-2:]])


BREAKS = {
    "a callback twice": lambda run: doubled(run, e="cb", o="w1"),
    "no callback": lambda run: without(run, e="cb", o="w2"),
    "writes out of order": lambda run: swapped(run, {"e": "cb", "o": "w1"},
                                               {"e": "cb", "o": "w2"}),
    "a cancelled request that succeeds": lambda run: with_value(run, {"e": "cb", "o": "k2"}, s=0),
    "no close callback": lambda run: without(run, e="cb", o="t0", k="close"),
    "a callback after the stop": lambda run: without(run, e="op", op="check_start"),
    "a callback after the close": lambda run: swapped(run, {"e": "op", "op": "close", "o": "t0"},
                                                      {"e": "cb", "o": "t0", "k": "timer"}),
    "a loop that stays busy": lambda run: with_value(run, {"e": "closed"}, r=-16),
    "a descriptor that stays": lambda run: with_value(run, {"e": "end"}, descriptors=1),
    "a callback within a call": lambda run: changed(
        run, [{"e": "inline", "o": "w1", "inside": "uv_write"}, *run.events]),
    "an unknown status": lambda run: with_value(run, {"e": "cb", "o": "w1"}, s=-1),
    "no end": lambda run: changed(run, run.events[:-1]),
    "a crash": lambda run: execution.Run("signal 11", "", False, run.events[:5]),
    "a hang": lambda run: execution.Run("hang", "", False, run.events[:5]),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_trace_is_a_fault(good, name):
    assert traces.faults(PROGRAM, BREAKS[name](good))


def test_an_order_that_the_rules_demand_is_compared(good):
    other = swapped(good, {"e": "cb", "k": "timer"}, {"e": "cb", "k": "check"})
    assert traces.essence(PROGRAM, good) != traces.essence(PROGRAM, other)


def test_an_order_that_the_rules_leave_open_is_not(good):
    text = PROGRAM.replace("compare=exact", "compare=objects")
    other = swapped(good, {"e": "cb", "o": "k1"}, {"e": "cb", "o": "w1"})
    assert traces.essence(text, good) == traces.essence(text, other)
    other = with_value(good, {"e": "cb", "o": "w1"}, s=-32)
    assert traces.essence(text, good) != traces.essence(text, other)


def fake(break_trace):
    """Runs programs truly, and shows the traces of the second target broken."""
    def run(texts, environment):
        runs = execution.run_batch(texts, environment)
        return [break_trace(one) for one in runs] if environment.get("BROKEN") else runs
    return run


class Broken:
    """The oracle under another name."""

    def __init__(self, target):
        self.name, self.timers_first, self.target = "broken", target.timers_first, target

    def environment(self):
        return self.target.environment() | {"BROKEN": "1"}


def test_who_wins_the_race_for_cancelled_work_is_not_compared(good):
    text = PROGRAM.replace("compare=exact", "compare=objects")
    done = with_value(with_value(good, {"e": "cancel"}, r=-16), {"e": "cb", "o": "k2"}, s=0)
    assert traces.essence(text, done) != traces.essence(text, good)
    raced, raced_done = (with_value(run, {"e": "cancel"}, sure=False) for run in (good, done))
    assert traces.essence(text, raced_done) == traces.essence(text, raced)
    failed = with_value(raced, {"e": "cb", "o": "k2"}, s=-5)
    assert traces.essence(text, failed) != traces.essence(text, raced)


def test_a_difference_is_found_and_shrunk(oracle):
    def late_check(run):
        return changed(run, [event for event in run.events if event.get("k") != "check"])

    targets, run = [oracle, Broken(oracle)], fake(late_check)
    findings = judge.judge([PROGRAM], targets, run)
    assert [one.target for one in findings] == ["broken"]
    assert "check" in findings[0].message
    small = judge.shrink(findings[0], targets, run)
    assert small.text.splitlines()[1:3] == ["- check c0", "- check_start c0"]
    assert len(small.text.splitlines()) <= 5


def test_the_same_seed_writes_the_same_programs():
    assert runner.write_programs(3, 20) == runner.write_programs(3, 20)
    assert runner.write_programs(3, 20) != runner.write_programs(4, 20)


@pytest.mark.parametrize("how, expected", [("crash", "signal"), ("hang", "hang"),
                                           ("exit", "status 3")])
def test_a_program_that_does_not_end_well_is_a_fault(oracle, how, expected):
    text = f"program p compare=exact pool=1\n- timer t0\n- {how}\n"
    run = execution.run_batch([text, PROGRAM], oracle.environment(), limit=1)[0]
    assert run.exit.startswith(expected)
    assert "'timer'" in traces.faults(text, run)[0]


def test_a_line_without_sense_is_an_error(oracle):
    with pytest.raises(execution.InterpreterError, match="no sense"):
        execution.run_batch(["program p\nnonsense\n"], oracle.environment())


def test_an_endless_program_is_a_finding_unless_it_is_endless_everywhere(oracle, good):
    other = dataclasses.replace(oracle, name="other")
    endless = execution.Run("hang", "", True, good.events)

    def judged(*runs):
        answers = {oracle.name: runs[0], "other": runs[1]}
        results = iter(answers.values())
        return judge.judge([PROGRAM], [oracle, other], lambda texts, environment: [next(results)])

    assert judged(endless, endless) == []
    assert [finding.target for finding in judged(good, endless)] == ["other"]
