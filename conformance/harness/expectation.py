"""The comment at the top of a scenario, and the judgement of a trace by it.

The comment holds lines `keyword: text`; other lines are for people. Keywords:

    rules: TIMER-03, TIMER-04     the rules that the scenario shows
    total: a, b, a(status=OK)     the whole trace, in this order (may go on in further lines)
    order: a < b < c              each of these happens, and every a before every b before every c
    count: a = 3                  how often; also a >= 2, a <= 4, a = 1..3
    never: a                      does not happen
    env: NAME=VALUE               set in the environment
    needs: uv_function            skipped on a library that does not have it
    timeout: 30                   seconds after which it counts as hung (20)
    differs: why                  why the versions below differ

An event is a name, or a name with fields that it must have: write(status=ECANCELED).
A condition in brackets limits a line to some libraries: [timers-first], [timers-last],
[before 1.47], [since 1.47].
"""

import json
import re
from dataclasses import dataclass, field

KEYWORDS = ("rules", "total", "order", "count", "never", "env", "needs", "timeout", "differs")
EXPECTATIONS = ("total", "order", "count", "never")
CONDITION = re.compile(r"timers-first|timers-last|(before|since) (\d+)\.(\d+)")
LINE = re.compile(r"^(?:\[([^\]]+)\]\s*)?([a-z]+):\s*(.+)$")
STRAY = re.compile(r"\b(?:" + "|".join(KEYWORDS) + r"):\s")
EVENT = re.compile(r"^([\w.-]+)(?:\(([^)]*)\))?$")
COUNT = re.compile(r"^(.+?)\s*(=|>=|<=)\s*(\d+)(?:\.\.(\d+))?$")
TRACED = re.compile(r'\btrace(?:_int|_text|_status)?\(\s*"([^"]+)"')
FRAME = ("begin", "end")


class ScenarioError(Exception):
    """The scenario itself is wrong, whatever the library does."""


class TraceError(Exception):
    """The trace is not what it must be."""


class Skipped(Exception):
    """The scenario says that it cannot run here."""


@dataclass(frozen=True)
class Event:
    """A pattern in an expectation: a name, and fields that must be there."""

    name: str
    fields: tuple = ()

    @staticmethod
    def parse(text):
        match = EVENT.match(text.strip())
        if not match:
            raise ScenarioError(f"not an event: {text.strip()!r}")
        pairs = [pair.split("=", 1) for pair in (match[2] or "").split(",") if pair.strip()]
        if any(len(pair) != 2 for pair in pairs):
            raise ScenarioError(f"fields must read key=value: {text.strip()!r}")
        return Event(match[1], tuple((key.strip(), value.strip()) for key, value in pairs))

    def matches(self, line):
        return line["event"] == self.name and all(
            str(line.get(key)) == value for key, value in self.fields)

    def __str__(self):
        inner = ", ".join(f"{key}={value}" for key, value in self.fields)
        return f"{self.name}({inner})" if inner else self.name


@dataclass(frozen=True)
class Behaviour:
    """What conditions ask of a library: its version, and where its timers run."""

    version: tuple
    timers_first: bool

    def satisfies(self, condition):
        if condition is None:
            return True
        if condition == "timers-first":
            return self.timers_first
        if condition == "timers-last":
            return not self.timers_first
        side, major, minor = CONDITION.fullmatch(condition).groups()
        older = self.version < (int(major), int(minor))
        return older if side == "before" else not older


@dataclass
class Expectation:
    """The comment of one scenario, read."""

    summary: str = ""
    rules: list = field(default_factory=list)
    env: dict = field(default_factory=dict)
    needs: list = field(default_factory=list)
    timeout: float = 20.0
    differs: str = ""
    clauses: list = field(default_factory=list)  # (condition, keyword, parsed)

    def applying(self, behaviour):
        return [(keyword, value) for condition, keyword, value in self.clauses
                if behaviour.satisfies(condition)]

    def is_older_variant(self, behaviour):
        """Whether a clause holds here only because this is older behaviour."""
        return any(condition and (condition == "timers-first" or condition.startswith("before"))
                   and behaviour.satisfies(condition) for condition, _, _ in self.clauses)


def read(source):
    """Reads a scenario's source text. Raises ScenarioError if its comment is wrong."""
    match = re.match(r"\s*/\*(.*?)\*/", source, re.S)
    if not match:
        raise ScenarioError("no comment at the top")
    result = Expectation()
    prose = []
    for raw in match[1].splitlines():
        line = raw.strip().lstrip("*").strip()
        _read_line(result, prose, line)
    result.summary = " ".join(prose).strip()
    _check(result, source)
    return result


def _read_line(result, prose, line):
    match = LINE.match(line)
    if not match or (match[2] not in KEYWORDS and not match[1]):
        if STRAY.search(line):
            raise ScenarioError(f"a keyword must begin its line: {line!r}")
        prose.append(line)
        return
    condition, keyword, text = match.groups()
    if keyword not in KEYWORDS:
        raise ScenarioError(f"unknown keyword: {keyword!r}")
    if condition is not None and not CONDITION.fullmatch(condition):
        raise ScenarioError(f"unknown condition: [{condition}]")
    if keyword in EXPECTATIONS:
        result.clauses.append((condition, keyword, _parse_clause(keyword, text)))
    elif condition:
        raise ScenarioError(f"{keyword} takes no condition")
    elif keyword in ("rules", "needs"):
        getattr(result, keyword).extend(part.strip() for part in text.split(","))
    elif keyword == "env":
        name, _, value = text.partition("=")
        result.env[name.strip()] = value.strip()
    elif keyword == "timeout":
        result.timeout = float(text)
    else:
        result.differs = (result.differs + " " + text).strip()


def _split(text, separator):
    """Splits outside parentheses."""
    return re.split(separator + r"(?![^(]*\))", text)


def _parse_clause(keyword, text):
    if keyword == "order":
        chain = [Event.parse(part) for part in _split(text, "<")]
        if len(chain) < 2:
            raise ScenarioError(f"an order needs two events: {text!r}")
        return chain
    if keyword == "count":
        match = COUNT.match(text)
        if not match:
            raise ScenarioError(f"not a count: {text!r}")
        low = int(match[3]) if match[2] != "<=" else 0
        high = int(match[4] or match[3]) if match[2] != ">=" else None
        return Event.parse(match[1]), low, high
    return [Event.parse(part) for part in _split(text, ",") if part.strip()]


def _names(keyword, value):
    return [value[0].name] if keyword == "count" else [event.name for event in value]


def _check(result, source):
    if not result.rules:
        raise ScenarioError("names no rule")
    if not result.summary:
        raise ScenarioError("says in no sentence what it shows")
    if not result.clauses:
        raise ScenarioError("expects nothing")
    if any(condition for condition, _, _ in result.clauses) and not result.differs:
        raise ScenarioError("has conditions but no `differs:` with the reason")
    literals = set(re.findall(r'"([^"\n]*)"', source))
    for _, keyword, value in result.clauses:
        for name in _names(keyword, value):
            if name not in literals:
                raise ScenarioError(f"expects {name!r}, which the program never traces")


def parse_trace(text):
    """The events of a trace, without its frame. Raises TraceError if it is not a whole trace."""
    lines = []
    for number, raw in enumerate(text.splitlines(), 1):
        try:
            line = json.loads(raw)
        except ValueError:
            raise TraceError(f"line {number} of the trace is no JSON: {raw[:120]!r}") from None
        if not isinstance(line, dict) or not isinstance(line.get("event"), str):
            raise TraceError(f"line {number} of the trace has no event: {raw[:120]!r}")
        lines.append(line)
    if not lines:
        raise TraceError("the scenario printed nothing")
    for line in lines:
        if line["event"] == "failed":
            raise TraceError(f"line {line.get('line')}: {line.get('what')}: {line.get('why')}")
        if line["event"] == "skip":
            raise Skipped(line.get("reason", "no reason given"))
    if lines[0]["event"] != "begin":
        raise TraceError("the trace does not start with 'begin'")
    if lines[-1]["event"] != "end":
        raise TraceError(f"the trace stops after {show(lines[1:]) or 'its beginning'}")
    return lines[1:-1]


def show(lines):
    """Events as they are written in expectations."""
    return ", ".join(str(Event(line["event"], tuple(
        (key, str(value)) for key, value in line.items() if key != "event"))) for line in lines)


def judge(expectation, behaviour, lines):
    """Raises TraceError, with all that is wrong, unless the events are as expected."""
    clauses = expectation.applying(behaviour)
    if not clauses:
        raise ScenarioError("no expectation applies to this library")
    faults = []
    total = [event for keyword, value in clauses if keyword == "total" for event in value]
    if any(keyword == "total" for keyword, _ in clauses):
        faults += _judge_total(total, lines)
    for keyword, value in clauses:
        if keyword == "order":
            faults += _judge_order(value, lines)
        elif keyword == "count":
            faults += _judge_count(*value, lines)
        elif keyword == "never":
            faults += [f"{event} must never happen" for event in value
                       if any(event.matches(line) for line in lines)]
    if faults:
        raise TraceError("\n".join(faults) + f"\ntrace: {show(lines) or '(no events)'}")


def _judge_total(total, lines):
    for index, event in enumerate(total):
        if index >= len(lines):
            return [f"event {index + 1} must be {event}, but the trace ends"]
        if not event.matches(lines[index]):
            return [f"event {index + 1} must be {event}, but is {show([lines[index]])}"]
    if len(lines) > len(total):
        return [f"nothing may follow event {len(total)}, but {show([lines[len(total)]])} does"]
    return []


def _judge_order(chain, lines):
    places = [[i for i, line in enumerate(lines) if event.matches(line)] for event in chain]
    faults = [f"{event} must happen" for event, at in zip(chain, places) if not at]
    for index in range(len(chain) - 1):
        before, after = places[index], places[index + 1]
        if before and after and before[-1] > after[0]:
            faults.append(f"{chain[index]} must come before {chain[index + 1]}")
    return faults


def _judge_count(event, low, high, lines):
    count = sum(event.matches(line) for line in lines)
    if count >= low and (high is None or count <= high):
        return []
    wanted = f"{low} or more" if high is None else f"{low}" if low == high else f"{low} to {high}"
    return [f"{event} must happen {wanted} times, but happens {count} times"]
