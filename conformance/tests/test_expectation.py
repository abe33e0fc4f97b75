"""The checker: what it accepts, and above all what it rejects."""

import pytest

from harness import expectation
from harness.expectation import Behaviour, ScenarioError, TraceError

NEW = Behaviour((1, 52), False)
OLD = Behaviour((1, 44), True)
PROGRAM = 'trace("a"); trace("b"); trace("c"); trace_int("n", "value", 1);'


def scenario(*lines, program=PROGRAM):
    body = "\n".join(f" * {line}" for line in ("Shows it.", "rules: X-01", *lines))
    return expectation.read(f"/*\n{body}\n */\n{program}")


def traced(*events):
    lines = []
    for event in events:
        name, *fields = event if isinstance(event, tuple) else (event,)
        lines.append({"event": name, **dict(fields)})
    return lines


def judge(asked, *events, behaviour=NEW):
    expectation.judge(asked, behaviour, traced(*events))


def rejects(asked, *events, because, behaviour=NEW):
    with pytest.raises(TraceError, match=because):
        judge(asked, *events, behaviour=behaviour)


def test_total_accepts_exactly_the_trace():
    judge(scenario("total: a, b", "total: c"), "a", "b", "c")


def test_total_rejects_a_wrong_order():
    rejects(scenario("total: a, b"), "b", "a", because="event 1 must be a, but is b")


def test_total_rejects_a_short_trace():
    rejects(scenario("total: a, b"), "a", because="event 2 must be b, but the trace ends")


def test_total_rejects_an_event_too_many():
    rejects(scenario("total: a"), "a", "b", because="nothing may follow event 1, but b does")


def test_total_rejects_a_wrong_field():
    asked = scenario("total: n(value=1)")
    judge(asked, ("n", ("value", 1)))
    rejects(asked, ("n", ("value", 2)), because=r"must be n\(value=1\), but is n\(value=2\)")


def test_order_needs_every_occurrence_before_the_next():
    asked = scenario("order: a < b < c")
    judge(asked, "a", "a", "b", "c")
    rejects(asked, "a", "b", "a", "c", because="a must come before b")


def test_order_rejects_an_event_that_does_not_happen():
    rejects(scenario("order: a < b"), "a", because="b must happen")


def test_order_reads_fields_with_commas():
    asked = scenario("order: n(value=1, more=2) < b")
    judge(asked, ("n", ("value", 1), ("more", 2)), "b")


@pytest.mark.parametrize("clause, good, bad", [
    ("a = 2", 2, 1), ("a >= 2", 3, 1), ("a <= 2", 0, 3), ("a = 1..3", 3, 4), ("a = 0", 0, 1)])
def test_count(clause, good, bad):
    asked = scenario(f"count: {clause}")
    judge(asked, *["a"] * good)
    rejects(asked, *["a"] * bad, because=f"but happens {bad} times")


def test_never():
    asked = scenario("never: b")
    judge(asked, "a")
    rejects(asked, "a", "b", because="b must never happen")


def test_all_faults_are_told():
    with pytest.raises(TraceError) as caught:
        judge(scenario("never: a", "count: b = 1"), "a")
    assert "a must never" in str(caught.value) and "b must happen 1" in str(caught.value)
    assert "trace: a" in str(caught.value)


def test_conditions_choose_by_order_and_version():
    asked = scenario("differs: order", "[timers-first] total: a", "[timers-last] total: b")
    judge(asked, "a", behaviour=OLD)
    judge(asked, "b", behaviour=NEW)
    rejects(asked, "a", because="must be b")
    assert asked.is_older_variant(OLD) and not asked.is_older_variant(NEW)
    asked = scenario("differs: age", "[before 1.45] total: a", "[since 1.45] total: b")
    judge(asked, "a", behaviour=Behaviour((1, 44), False))
    judge(asked, "b", behaviour=Behaviour((1, 45), True))
    assert not asked.is_older_variant(Behaviour((1, 45), True))


def test_no_clause_for_a_library_is_a_fault_of_the_scenario():
    with pytest.raises(ScenarioError, match="no expectation applies"):
        judge(scenario("differs: age", "[before 1.45] total: a"), "a")


@pytest.mark.parametrize("lines, why", [
    (["total: d"], "expects 'd', which the program never traces"),
    (["never: d"], "expects 'd', which the program never traces"),
    ([], "expects nothing"),
    (["order: a"], "needs two events"),
    (["count: a"], "not a count"),
    (["total: a b"], "not an event"),
    (["total: a,", "b total: c"], "must begin its line"),
    (["total: n(value)"], "key=value"),
    (["[timers-last] total: a"], "no `differs:`"),
    (["[sometimes] total: a"], "unknown condition"),
    (["[timers-last] totl: a"], "unknown keyword"),
    (["[timers-last] rules: X-02", "total: a"], "takes no condition"),
])
def test_a_wrong_comment_is_refused(lines, why):
    with pytest.raises(ScenarioError, match=why):
        scenario(*lines)


@pytest.mark.parametrize("source, why", [
    ("int main;", "no comment"),
    ('/*\n * Says.\n * total: a\n */ trace("a");', "names no rule"),
    ('/*\n * rules: X-01\n * total: a\n */ trace("a");', "says in no sentence"),
])
def test_a_comment_must_be_whole(source, why):
    with pytest.raises(ScenarioError, match=why):
        expectation.read(source)


def test_settings_are_read():
    asked = scenario("total: a", "env: UV_THREADPOOL_SIZE=1", "needs: uv_x, uv_y", "timeout: 3")
    assert asked.env == {"UV_THREADPOOL_SIZE": "1"}
    assert asked.needs == ["uv_x", "uv_y"]
    assert asked.timeout == 3 and asked.rules == ["X-01"] and asked.summary == "Shows it."


@pytest.mark.parametrize("text, why", [
    ("", "printed nothing"),
    ("hello\n", "line 1 of the trace is no JSON: 'hello'"),
    ('{"event":"begin"}\n{"event":"a"', "line 2 of the trace is no JSON"),
    ("[1]\n", "has no event"),
    ('{"event":"a"}\n{"event":"end"}\n', "does not start with 'begin'"),
    ('{"event":"begin"}\n{"event":"a"}\n', "stops after a"),
    ('{"event":"begin"}\n', "stops after its beginning"),
    ('{"event":"begin"}\n{"event":"failed","line":7,"what":"x","why":"EBADF"}\n',
     "line 7: x: EBADF"),
])
def test_a_broken_trace_is_refused(text, why):
    with pytest.raises(TraceError, match=why):
        expectation.parse_trace(text)


def test_a_whole_trace_is_read():
    text = '{"event":"begin","version":"1.0"}\n{"event":"n","value":1}\n{"event":"end"}\n'
    assert expectation.parse_trace(text) == [{"event": "n", "value": 1}]


def test_a_skip_gives_its_reason():
    with pytest.raises(expectation.Skipped, match="no IPv6"):
        expectation.parse_trace('{"event":"begin"}\n{"event":"skip","reason":"no IPv6"}\n')
