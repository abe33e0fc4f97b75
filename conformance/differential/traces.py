"""What the rules demand of a trace: of each alone, and of two traces of one program.

A program's first line says how two of its traces compare:
  compare=exact       event by event: nothing but the loop's own phases is at work
  compare=objects     for each object: the order between objects, how data is cut into reads, and
                      the number of loop iterations are open
  compare=invariants  not at all: what happens depends on who is faster
"""

import errno
from collections import Counter, defaultdict

CANCELED = -errno.ECANCELED
# Numbers of iterations are open where I/O is at work.
PHASES = {"idle", "prepare", "check", "timer", "async"}
# Callbacks that come in the poll phase only, and those that never do.
POLLED = {"read", "connection", "recv", "fs", "work", "async", "signal", "poll"}
NOT_POLLED = {"idle", "prepare", "timer", "close"}
STARTS = {"timer_start", "timer_again", "idle_start", "prepare_start", "check_start"}
STOPS = {"timer_stop", "idle_stop", "prepare_stop", "check_stop"}
FAULTS = ("inline", "early", "unasked", "wrong", "stuck")
WRITE_STATUSES = {0, CANCELED, -errno.EPIPE, -errno.ECONNRESET, -errno.ENOTCONN}
# An operation's words: where the request stands, and where the handle it belongs to.
REQUESTS = {"write": 1, "shutdown": 1, "udp_send": 1, "work": None, "work_hold": None,
            "connect": 1}


def comparison(text):
    head = text.split("\n", 1)[0].split()
    return next((word[8:] for word in head if word.startswith("compare=")), "exact")


def is_timeless(text):
    """Whether the program does not depend on the real clock."""
    return "clock=virtual" in text.split("\n", 1)[0].split()


def operations(text):
    """The words of each operation of a program, by its line."""
    lines = [line.split() for line in text.splitlines()[1:]]
    lines = [words for words in lines if words and not words[0].startswith("#")]
    return dict(enumerate(lines, 1))


def faults(text, run):
    """What is wrong with one trace alone: a list of sentences."""
    found = []
    if run.exit != "ok":
        last = run.events[-1] if run.events else "nothing"
        found.append(f"the program ended by {run.exit} after {last}; stderr: {run.errors.strip()}")
    if run.truncated:
        found.append("the trace is too long")
    found += [f"{event['e']}: {event}" for event in run.events if event["e"] in FAULTS]
    if run.exit == "ok" and not run.truncated:
        found += _end_faults(run.events)
        found += _request_faults(operations(text), run.events)
        found += _handle_faults(run.events)
        found += _phase_faults(run.events)
    return found


def _end_faults(events):
    found = []
    closed = next((event for event in events if event["e"] == "closed"), None)
    if closed is None or events[-1]["e"] != "end":
        return ["the program did not come to its end"]
    if closed["left"] != 0 or closed["r"] != 0:
        found.append(f"the loop did not close: {closed}")
    if closed["pending"]:
        found.append(f"no callback for {closed['pending']}")
    if events[-1]["descriptors"] != 0:
        found.append(f"{events[-1]['descriptors']} descriptors more than before")
    return found


def _request_faults(program, events):
    """Each request's callback once; writes in order; the shutdown and the close after them."""
    found, started, canceled, statuses = [], [], defaultdict(list), {}
    owner, calls = {}, Counter()
    for event in events:
        if event["e"] == "op" and event["r"] == 0 and "op" in event:
            words = program[event["i"]][2:]
            if event["op"] in REQUESTS and event["op"] != "connect":
                started.append(event["o"])
                place = REQUESTS[event["op"]]
                if place is not None and event["op"] != "udp_send":
                    owner[event["o"]] = words[place]
        elif event["e"] == "cancel":
            canceled[event["o"]].append(event)
        elif event["e"] == "cb" and event["k"] in ("write", "shutdown", "send", "work", "connect"):
            calls[event["o"]] += 1
            statuses[event["o"]] = event["s"]
    found += [f"{calls[name]} callbacks of {name}" for name in started if calls[name] != 1]
    found += _order_faults(owner, started, events)
    for name, tries in canceled.items():
        if name not in statuses:
            continue
        succeeded = any(one["r"] == 0 for one in tries)
        if succeeded != (statuses[name] == CANCELED):
            found.append(f"{name}: cancel said {[one['r'] for one in tries]}, "
                         f"its callback {statuses[name]}")
    found += [f"{event['o']}: status {event['s']}" for event in events
              if event["e"] == "cb" and event["k"] == "write" and
              event["s"] not in WRITE_STATUSES]
    return found


def _order_faults(owner, started, events):
    found = []
    expected, seen = defaultdict(list), defaultdict(list)
    for name in started:
        if name in owner:
            expected[owner[name]].append(name)
    for event in events:
        if event["e"] == "cb" and event["o"] in owner:
            seen[owner[event["o"]]].append(event["o"])
    for stream, names in expected.items():
        if seen[stream] != names:
            found.append(f"{stream}: callbacks of {seen[stream]}, submitted as {names}")
    return found


def _handle_faults(events):
    """No callback after stop or close, none after the end of the data, one close callback each."""
    found, active, closing, ended, sends = [], set(), set(), set(), Counter()
    for event in events:
        name = event.get("o")
        if event["e"] == "op" and event["r"] != "skip":
            kind = event["op"]
            if kind == "close":
                closing.add(name)
            if kind in STARTS and event["r"] == 0:
                active.add(name)
            if kind in STOPS or kind == "close":
                active.discard(name)
            if kind in ("async_send", "async_thread"):
                sends[name] += 1
        elif event["e"] == "cb":
            kind = event["k"]
            if kind == "close":
                closing.discard(name)
                ended.discard(name)
                sends[name] = 0
            elif name in closing:
                found.append(f"a callback of {name} after its close: {event}")
            elif kind in PHASES - {"async"} and name not in active:
                found.append(f"a callback of {name}, which is stopped: {event}")
            elif kind == "async" and sends[name] <= 0:
                found.append(f"a callback of {name}, to which nothing was sent")
            elif kind == "read":
                if name in ended:
                    found.append(f"a read of {name} after its end: {event}")
                if event["s"] < 0:
                    ended.add(name)
            if kind == "async":
                sends[name] = 0
    found += [f"no close callback of {name}" for name in closing]
    return found


def _phase_faults(events):
    """Callbacks in a phase that is not theirs; what was done at once and is told too late."""
    found, polling, unsaid = [], False, set()
    for event in events:
        kind = event["e"]
        if kind == "ending":
            break
        if kind == "poll":
            polling = True
        elif kind in ("polled", "ran"):
            polling = False
            if kind == "polled":
                found += [f"{name} was done at once, and its callback did not come by the end of "
                          "the next poll phase" for name in sorted(unsaid)]
            unsaid = set()
        elif kind == "at_once":
            unsaid.add(event["o"])
        elif kind == "op" and event.get("op") == "close":
            unsaid = set()  # Of a closing handle they come with its close callback.
        elif kind == "cb":
            unsaid.discard(event["o"])
            if event["k"] in (NOT_POLLED if polling else POLLED):
                found.append(f"a callback {'in' if polling else 'outside of'} the poll phase: {event}")
    return found


def essence(text, run):
    """What two traces of a program must share. `None` if they need not share anything."""
    kind = comparison(text)
    if kind == "invariants":
        return None
    if kind == "exact":
        return tuple(tuple(sorted(event.items())) for event in run.events
                     if event["e"] not in ("poll", "polled"))
    return _by_object(text, run.events)


def _peers(program):
    peers = {}
    for words in program.values():
        if words[1] == "pair":
            peers[words[2]], peers[words[3]] = words[3], words[2]
    return peers


def _streams_of_requests(program):
    return {words[2]: words[3] for words in program.values() if words[1] in ("write", "shutdown")}


class _Closings:
    """Which connections have lost an end: from then on it is open how far their data came, and
    which error tells of it."""

    def __init__(self, text):
        program = operations(text)
        self.peers, self.owners = _peers(program), _streams_of_requests(program)
        # Who receives what uv_try_write() sends: whether there is room for it is open.
        self.tried = {self.peers.get(words[2]) for words in program.values()
                      if words[1] == "try_write"}
        self.over, self.lost = False, set()

    def see(self, event):
        if event["e"] == "ending":
            self.over = True
        elif event["e"] == "op" and event["r"] == 0 and event["op"] == "close":
            self.lost |= {event["o"], self.peers.get(event["o"])}

    def touch(self, name):
        return self.over or name in self.lost or self.owners.get(name) in self.lost


def _by_object(text, events):
    results, callbacks, closings = defaultdict(list), defaultdict(list), _Closings(text)
    raced = set()  # work that was cancelled while a thread may have been about to take it
    for event in events:
        closings.see(event)
        kind = event["e"]
        if kind == "op":
            open_end = event.get("op") in ("write", "shutdown") and closings.touch(event["o"])
            results[event["i"]].append("any" if open_end else event["r"])
        elif kind == "cancel" and event["sure"]:
            results[event["i"]].append(event["r"])
        elif kind == "cancel":
            raced.add(event["o"])
        elif kind == "cb" and event["o"] in raced and event.get("s") in (0, CANCELED):
            # That it is what the cancelling said is for _request_faults() to see.
            callbacks[event["o"]].append((event["k"], "done or cancelled"))
        elif kind == "fs":
            results[event["i"]].append(event["seen"])
        elif kind == "total":
            callbacks[event["o"]].append(_total(event, closings))
        elif kind == "cb" and event["k"] not in PHASES:
            callbacks[event["o"]] += _callback(event, closings)
    return (tuple(sorted((line, tuple(found)) for line, found in results.items())),
            tuple(sorted((name, tuple(found)) for name, found in callbacks.items())))


def _callback(event, closings):
    kind, status = event["k"], event.get("s")
    if kind == "read" and status > 0:
        return []
    if kind == "read" and closings.touch(event["o"]):
        return []
    if kind in ("write", "shutdown") and (status == 0 or closings.touch(event["o"])):
        # Whether data that nobody reads is written in time, before the end is lost, is open.
        return [(kind, "written or lost")]
    return [(kind, status)]


def _total(event, closings):
    if closings.touch(event["o"]) or event["o"] in closings.tried:
        return ("total", "any")
    return ("total", event["received"] - event["tried"], event["ended"])


def first_difference(text, expected, got):
    """Says where two traces part."""
    one, other = essence(text, expected), essence(text, got)
    if comparison(text) == "objects":
        one, other = one[0] + one[1], other[0] + other[1]
    for number, (left, right) in enumerate(zip(one, other)):
        if left != right:
            return f"event {number}: expected {_readable(left)}, got {_readable(right)}"
    return f"{len(one)} events expected, {len(other)} got"


def _readable(item):
    try:
        return str(dict(item))
    except (TypeError, ValueError):
        return str(item)
