"""Hypothesis strategies for programs. Every text is a valid program: an operation that has no sense
when its turn comes is skipped by the interpreter."""

from functools import cache

from hypothesis import strategies as st

# Far apart, sums included, against the jitter of a loaded machine.
TIMEOUTS = (0, 0, 0, 12, 31, 53)
REPEATS = (12, 31)
# In virtual time, close together: what is due at the same time is what there is to see.
VIRTUAL_TIMEOUTS = (0, 0, 1, 2, 2, 3, 5)
VIRTUAL_REPEATS = (1, 2, 5)
NEVER = 3600000
SIZES = (1, 5, 100, 4096, 65536, 200000, 1500000, 4000000)
SMALL_SIZES = (1, 5, 100, 4096)
DATAGRAMS = (0, 1, 100, 1400, 9000, 65507)
# The older libuv fails what stands in the queue behind a datagram that is too large.
RACY_DATAGRAMS = (*DATAGRAMS, 70000)
PAIRS = ("tcp", "pipe", "named", "opened")
FILES = ("a", "b", "c")


@cache
def _choices(count):
    return st.integers(0, count - 1)


class Source:
    """Choices, drawn one by one."""

    def __init__(self, draw, timeouts=TIMEOUTS, repeats=REPEATS):
        self.draw = draw
        self.timeouts, self.repeats = timeouts, repeats
        # One kind for all of a program (SIGNAL-09).
        self.signal_start = self.pick(("signal_start", "signal_oneshot"))
        self.lines = []
        self.requests = 0
        self.senders = {}

    def pick(self, options):
        return options[self.draw(_choices(len(options)))]

    def number(self, least, most):
        return least + self.draw(_choices(most - least + 1))

    def chance(self, percent):
        return self.draw(_choices(100)) >= 100 - percent

    def request(self, letter):
        self.requests += 1
        return f"{letter}{self.requests}"

    def say(self, where, *words):
        self.lines.append(" ".join(map(str, (where, *words))))

    def sender_to(self, receiver, sockets):
        """One and the same: in which order datagrams of two senders arrive is open (udp(7))."""
        if receiver not in self.senders:
            self.senders[receiver] = self.pick(sockets)
        return self.senders[receiver]


LETTERS = {"t": "timer", "i": "idle", "p": "prepare", "c": "check", "a": "async", "g": "signal",
           "q": "poll"}
# Which kinds of events a program has, for the order of others within one poll is open.
EVENTS = ("a", "a", "q", "g", "ag", "qg")
READABLE, WRITABLE, DISCONNECT = 1, 2, 4


def _loop_operation(source, names, where, closing):
    """One operation of the loop's own handles."""
    name = source.pick(names)
    kind = LETTERS[name[0]]
    roll = source.number(0, 99)
    if roll < closing:
        source.say(where, "close", name)
    elif roll < 76:
        _start_or_stop(source, name, kind, where)
    elif roll < 82:
        source.say(where, source.pick(("ref", "unref", "unref")), name)
    elif roll < 86:
        # Whether a oneshot is active in its own callback is open (SIGNAL-05).
        if kind != "signal" or where[0] != "g":
            source.say(where, "state", name)
    elif roll < 90:
        source.say(where, "stop")
    elif roll < 93:
        source.say(where, "walk", source.pick(("", "", "t", "p", "*")))
    elif roll < 95:
        source.say(where, kind, name)
    elif kind == "signal":
        _change_signal(source, name, where)
    elif kind == "poll":
        _change_polled(source, name, where, 9)
    elif source.timeouts is VIRTUAL_TIMEOUTS and source.chance(60):
        source.say(where, "busy", source.pick((1, 2, 4)))
    elif where.startswith("t"):
        # Whether a pass of timers sees the time that is taken within it differs by version.
        source.say(where, "alive")
    elif where[0] == "g":
        source.say(where, "update_time")
    else:
        source.say(where, source.pick(("alive", "update_time")))


def _start_or_stop(source, name, kind, where):
    roll = source.number(0, 9)
    if kind == "timer":
        timeout = NEVER if roll == 9 else source.pick(source.timeouts)
        if roll in (7, 8):
            source.say(where, source.pick(("timer_stop", "timer_again", "timer_again")), name)
        elif roll == 6:
            source.say(where, "timer_repeat", name, source.pick((0, *source.repeats)))
        else:
            # Whether a timer that is due at once still fires in the pass that starts it differs by
            # version.
            if where.startswith("t") and timeout == 0:
                timeout = source.repeats[0]
            repeat = source.pick((0, 0, 0, *source.repeats))
            source.say(where, "timer_start", name, timeout, repeat)
    elif kind == "signal":
        _change_signal(source, name, where)
    elif kind == "poll":
        _change_polled(source, name, where, roll)
    elif kind == "async":
        source.say(where, "async_send", name) if roll < 7 else \
            source.say(where, "async_thread", name, source.number(1, 3))
    elif source.timeouts is VIRTUAL_TIMEOUTS and roll == 6:
        source.say(where, f"{kind}_start", name, "other")
    else:
        source.say(where, f"{kind}_{'start' if roll < 7 else 'stop'}", name)


def _change_polled(source, name, where, roll):
    if roll < 4:
        source.say(where, "poll_start", name, source.pick(
            (READABLE, READABLE, READABLE, WRITABLE, READABLE | WRITABLE, READABLE | DISCONNECT)))
    elif roll < 5:
        source.say(where, "poll_stop", name)
    elif where.startswith("q"):
        # Elsewhere it is open whether the loop has looked before (POLL-11).
        source.say(where, source.pick(("poll_drain", "poll_drain", "poll_feed")), name)
    else:
        source.say(where, source.pick(("poll_feed",) * 5 + ("poll_end",)), name)


def _change_signal(source, name, where):
    # In the poll phase it is open in which poll a signal has its callback (SIGNAL-10).
    if source.chance(60) and where[0] not in "qga":
        source.say(where, "raise", name)
    else:
        source.say(where, source.pick((source.signal_start, "signal_stop")), name)


def _place(source, names):
    """Where an operation stands: in a callback of one of these."""
    name = source.pick(names)
    if source.chance(15):
        return f"{name}!"
    return f"{name}:{source.pick((1, 1, 1, 2, 2, 3, '*'))}"


@st.composite
def loop_programs(draw, closing=8):
    """The loop's own handles alone, in virtual time: comparable event by event."""
    source = Source(draw, VIRTUAL_TIMEOUTS, VIRTUAL_REPEATS)
    # Events of one kind come in no order among each other, so that there is but one of each.
    names = [f"{letter}{n}" for letter, most in (("t", 4), ("i", 2), ("p", 2), ("c", 2))
             for n in range(source.number(0, most))]
    names += [f"{letter}0" for letter in source.pick(EVENTS)]
    for name in names:
        source.say("-", LETTERS[name[0]], name)
        if name[0] == "g":
            source.say("-", source.signal_start, name)
        elif name[0] == "q":
            source.say("-", "poll_start", name, source.pick((READABLE, READABLE, WRITABLE)))
        elif source.chance(80):
            _start_or_stop(source, name, LETTERS[name[0]], "-")
    for _ in range(source.number(0, 6)):
        _loop_operation(source, names, "-", closing)
    for _ in range(source.number(0, 12)):
        _loop_operation(source, names, _place(source, names), 3 * closing)
    for _ in range(source.number(1, 4)):
        source.say("-", "run", source.pick(("default", "once", "once", "nowait", "nowait")))
        for _ in range(source.number(0, 2)):
            _loop_operation(source, names, "-", closing)
    return "\n".join(["program p compare=exact clock=virtual pool=1", *source.lines, ""])


@st.composite
def timer_programs(draw):
    """Many timers that are due together, or overdue: comparable event by event."""
    source = Source(draw, VIRTUAL_TIMEOUTS, VIRTUAL_REPEATS)
    names = [f"t{n}" for n in range(source.number(2, 6))]
    for name in names:
        source.say("-", "timer", name)
    base = source.pick((1, 2, 3, 5))

    def operate(where):
        name, roll = source.pick(names), source.number(0, 99)
        if roll < 45:
            # In a callback of a timer, none that is due in the pass that is under way.
            timeout = source.pick((base, base, base, base + 1, 2 * base, 1))
            source.say(where, "timer_start", name, timeout, source.pick((0, 0, base, 1, 2 * base)))
        elif roll < 60:
            source.say(where, "busy", source.pick((1, base, 2 * base, 3 * base + 1)))
        elif roll < 70 and not where.startswith("t"):
            source.say(where, "update_time")
        else:
            verb = source.pick(("timer_stop", "timer_again", "timer_again", "timer_repeat", "unref",
                                "ref", "close", "state"))
            source.say(where, verb, name, *((base,) if verb == "timer_repeat" else ()))

    for _ in range(source.number(3, 12)):
        operate("-")
    for _ in range(source.number(0, 8)):
        operate(_place(source, names))
    for _ in range(source.number(1, 4)):
        source.say("-", "run", source.pick(("default", "once", "once", "nowait")))
        for _ in range(source.number(0, 3)):
            operate("-")
    return "\n".join(["program p compare=exact clock=virtual pool=1", *source.lines, ""])


def _stream_operation(source, streams, where):
    stream = source.pick(streams)
    roll = source.number(0, 99)
    if roll < 40:
        source.say(where, "write", source.request("w"), stream, source.pick(SIZES),
                   source.pick((1, 1, 1, 2, 5)))
    elif roll < 50:
        source.say(where, "try_write", stream, source.pick(SMALL_SIZES))
    elif roll < 75:
        source.say(where, "read_start", stream)
    elif roll < 85:
        source.say(where, "read_stop", stream)
    elif roll < 93:
        source.say(where, "shutdown", source.request("w"), stream)
    else:
        source.say(where, "condition", stream)


def _udp_operation(source, sockets, where, sizes):
    roll = source.number(0, 9)
    receiver = source.pick(sockets)
    sender = source.sender_to(receiver, sockets)
    if roll < 5:
        source.say(where, "udp_send", source.request("d"), sender, receiver, source.pick(sizes))
    elif roll < 6:
        source.say(where, "udp_try_send", sender, receiver, source.pick(sizes))
    else:
        source.say(where, source.pick(("recv_start", "recv_start", "recv_stop")), receiver)


def _file_operation(source, folders, where):
    folder = source.pick(folders)
    verb = source.pick(("open", "open", "write", "write", "read", "read", "stat", "lstat", "fstat",
                        "fsync", "ftruncate", "close", "rename", "unlink", "mkdir", "rmdir",
                        "scandir", "access", "link", "symlink", "readlink", "copyfile"))
    words = {
        "open": (source.pick(FILES), source.pick(("r", "wc", "wc", "wct", "wcx", "wca"))),
        "read": (source.pick((-1, 0, 50)), source.pick((1, 100, 5000, 100000))),
        "write": (source.pick((-1, 0, 50)), source.pick((1, 100, 5000, 100000))),
        "ftruncate": (source.pick((0, 10, 3000)),),
    }.get(verb, (source.pick(FILES), source.pick(FILES)))
    source.say(where, source.pick(("fs", "fs", "fs", "fs_sync")), folder, verb, *words)


def _work_operation(source, where):
    roll = source.number(0, 9)
    if roll < 5:
        source.say(where, "work", source.request("k"))
    elif roll < 7:
        source.say(where, "work_hold", source.request("k"))
    elif source.requests:
        source.say(where, "cancel", f"k{source.number(1, source.requests)}")


def _begin_io(source):
    """Streams, sockets and folders for one program: what kinds there are, at random."""
    streams, sockets, folders = [], [], []
    for n in range(source.number(0, 2)):
        pair = (f"s{2 * n}", f"s{2 * n + 1}")
        source.say("-", "pair", *pair, source.pick(PAIRS))
        streams += pair
    for n in range(source.number(0, 2)):
        source.say("-", "udp", f"u{n}")
        sockets.append(f"u{n}")
    folders = [f"f{n}" for n in range(source.number(0, 2))]
    return streams, sockets, folders


def _io_operation(source, streams, sockets, folders, where, datagrams=DATAGRAMS):
    kinds = [name for name, there in (("stream", streams), ("stream", streams), ("udp", sockets),
                                      ("file", folders), ("work", True)) if there]
    kind = source.pick(kinds)
    if kind == "stream":
        _stream_operation(source, streams, where)
    elif kind == "udp":
        _udp_operation(source, sockets, where, datagrams)
    elif kind == "file":
        _file_operation(source, folders, where)
    else:
        _work_operation(source, where)


@st.composite
def io_programs(draw):
    """Streams, datagrams, files and work without races: comparable object by object."""
    source = Source(draw)
    streams, sockets, folders = _begin_io(source)
    for name in streams:
        if source.chance(60):
            source.say("-", "read_start", name)
    for _ in range(source.number(1, 4)):
        for _ in range(source.number(1, 7)):
            _io_operation(source, streams, sockets, folders, "-")
        source.say("-", "settle")
        if source.chance(25) and streams + sockets:
            source.say("-", "close", source.pick(streams + sockets))
            source.say("-", "settle")
    # A callback of a request goes on with the stream it wrote to: no race with anything else.
    writes = [line.split() for line in source.lines if line.startswith("- write ")]
    submitted = dict.fromkeys(streams, 0)
    for words in writes:
        # So little that the callback is sure to come before the program goes on.
        submitted[words[3]] += int(words[4])
        if submitted[words[3]] <= 8000 and source.chance(30):
            submitted[words[3]] += 4096
            source.say(f"{words[2]}:1", "write", source.request("w"), words[3],
                       source.pick(SMALL_SIZES))
    begin = [line for line in source.lines if not line.startswith("- ")]
    rest = [line for line in source.lines if line.startswith("- ")]
    totals = [f"- total {name}" for name in streams]
    return "\n".join(["program p compare=objects pool=1", *begin, *rest, "- settle", *totals, ""])


@st.composite
def racy_programs(draw):
    """Everything inside callbacks of everything, closing above all: only the invariants hold."""
    source = Source(draw)
    streams, sockets, folders = _begin_io(source)
    names = [f"{letter}{n}" for letter in "tipca" for n in range(source.number(0, 2))]
    for name in names:
        source.say("-", LETTERS[name[0]], name)
        _start_or_stop(source, name, LETTERS[name[0]], "-")
    handles = streams + sockets + names
    for _ in range(source.number(2, 10)):
        _io_operation(source, streams, sockets, folders, "-", RACY_DATAGRAMS)
    callers = handles + [line.split()[2] for line in source.lines
                         if line.split()[1] in ("write", "shutdown", "udp_send", "work")] + folders
    for _ in range(source.number(2, 16) if callers else 0):
        where = _place(source, callers)
        roll = source.number(0, 9)
        if roll < 4 and handles:
            source.say(where, "close", source.pick(handles))
        elif roll < 5 and folders:
            source.say(where, "fs_cancel", source.pick(folders))
        elif roll < 6 and names:
            _loop_operation(source, names, where, 20)
        else:
            _io_operation(source, streams, sockets, folders, where, RACY_DATAGRAMS)
    for _ in range(source.number(1, 3)):
        source.say("-", source.pick(("settle", "run nowait", "run once", "run default")))
        if handles and source.chance(50):
            source.say("-", "close", source.pick(handles))
        if folders and source.chance(20):
            source.say("-", "fs_cancel", source.pick(folders))
    pool = source.pick((1, 1, 2, 4))
    return "\n".join([f"program p compare=invariants pool={pool}", *source.lines, ""])


def any_program(heavy=False):
    """Programs of all kinds; heavy: close-heavy and re-entrant ones above all."""
    kinds = [loop_programs(), loop_programs(closing=25), timer_programs(), io_programs(),
             racy_programs()]
    return st.one_of(*kinds, *([racy_programs(), loop_programs(closing=40)] if heavy else []))
