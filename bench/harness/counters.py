"""What the system tells of a process, from outside: nothing has to be believed of the one that is measured."""

import dataclasses
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from . import processes

PROC = Path("/proc")


@dataclass(frozen=True)
class Counters:
    """Sums over all threads that live; None where the system does not tell."""

    processor_seconds: float = None
    switches: int = None  # Of context, voluntary or not.
    resident: int = None  # Bytes.

    def since(self, before):
        def minus(name):
            now, then = getattr(self, name), getattr(before, name)
            return None if now is None or then is None else now - then

        return Counters(*(minus(each.name) for each in dataclasses.fields(self)))


def has_proc():
    """Linux's, that is: other systems have other files there, and Wine shows Linux's, with other numbers."""
    return sys.platform == "linux" and (PROC / "self" / "schedstat").exists()


def read(pid):
    if has_proc():
        return read_linux(pid)
    return Counters(processes.ask(pid, processor_seconds), processes.ask(pid, switches),
                    processes.ask(pid, lambda process: process.memory_info().rss))


def has_mapped(pid, library):
    """Whether a process has the file in its memory; None where nobody tells."""
    if has_proc():
        told = (PROC / str(pid) / "maps").read_text(errors="replace")
        # Of a process that has crashed meanwhile nothing is mapped; what ended it is told instead.
        return str(library) in told if told else None
    found = processes.ask(pid, lambda process: process.memory_maps())
    return any(is_same(part.path, library) for part in found) if found else None


def is_same(path, library):
    """A system may have several paths for one file."""
    try:
        return os.path.basename(path).lower() == library.name.lower() and os.path.samefile(path, library)
    except OSError:
        return False


def read_linux(pid):
    nanoseconds = switches = 0
    for task in (PROC / str(pid) / "task").iterdir():
        try:
            # schedstat counts in nanoseconds, unlike stat.
            nanoseconds += int((task / "schedstat").read_text().split()[0])
            switches += sum(fields(task / "status", "ctxt_switches"))
        except (FileNotFoundError, ProcessLookupError):
            continue  # A thread that ended just now.
    resident = next(fields(PROC / str(pid) / "status", "VmRSS"), None)
    return Counters(nanoseconds / 1e9, switches, None if resident is None else resident * 1024)


def fields(path, name):
    for line in path.read_text().splitlines():
        if name in line.partition(":")[0]:
            yield int(line.split()[1])


def processor_seconds(process):
    times = process.cpu_times()
    return times.user + times.system


def switches(process):
    told = process.num_ctx_switches()
    # No process has run without any: Wine does not count them, and says 0.
    return told.voluntary + told.involuntary or None
