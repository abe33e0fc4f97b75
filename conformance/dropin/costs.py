"""What a program costs that has done its work and waits: memory, processor time and wake-ups.

The installed libuv's figures, of the same life in the same session, are the measure. The bounds are
for leaks and busy loops, and leave room for what differs by chance and by design.
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path

WINDOWS = 2  # The quieter one counts: what came before may still end.


@dataclass(frozen=True)
class Costs:
    """One program at rest."""

    memory: int  # bytes that are its own: neither shared nor from a file
    processor: float  # the share of one processor
    wakeups: float  # of all its threads, in a second

    def faults(self, measure):
        """What is out of proportion to the measure, in words."""
        bounds = {"memory": 1.3 * measure.memory + (2 << 20),
                  "processor": 2 * measure.processor + 0.02,
                  "wakeups": 2 * measure.wakeups + 20}
        return [f"{name} {getattr(self, name):g}, installed libuv {getattr(measure, name):g}"
                for name, bound in bounds.items() if getattr(self, name) > bound]


def _threads(pid):
    """Nanoseconds on a processor and voluntary waits of each thread."""
    found = {}
    for thread in Path(f"/proc/{pid}/task").iterdir():
        try:
            busy = int((thread / "schedstat").read_text().split()[0])
            status = (thread / "status").read_text()
        except OSError:
            continue  # It ended meanwhile.
        found[thread.name] = busy, int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.M)[1])
    return found


def _window(pid, length):
    before, started = _threads(pid), time.monotonic()
    time.sleep(length)
    after, seconds = _threads(pid), time.monotonic() - started
    both = before.keys() & after.keys()
    busy, waits = (sum(after[key][which] - before[key][which] for key in both) for which in (0, 1))
    return busy / 1e9 / seconds, waits / seconds


def at_rest(pid, window=0.2):
    """The costs of a process that has nothing to do but what it does by itself within a window."""
    windows = [_window(pid, window) for _ in range(WINDOWS)]
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    memory = int(re.search(r"^RssAnon:\s+(\d+) kB", status, re.M)[1]) << 10
    return Costs(memory, *map(min, zip(*windows)))
