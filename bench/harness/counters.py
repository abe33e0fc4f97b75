"""What the system tells of a process, from outside: nothing has to be believed of the one that is measured."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path


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


def read(pid):
    if Path("/proc/self/schedstat").exists():
        return read_linux(pid)
    return read_elsewhere(pid)


def read_linux(pid):
    nanoseconds = switches = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            # schedstat counts in nanoseconds, unlike stat.
            nanoseconds += int((task / "schedstat").read_text().split()[0])
            switches += sum(fields(task / "status", "ctxt_switches"))
        except (FileNotFoundError, ProcessLookupError):
            continue  # A thread that ended just now.
    resident = next(fields(Path(f"/proc/{pid}/status"), "VmRSS"), None)
    return Counters(nanoseconds / 1e9, switches, None if resident is None else resident * 1024)


def fields(path, name):
    for line in path.read_text().splitlines():
        if name in line.partition(":")[0]:
            yield int(line.split()[1])


def read_elsewhere(pid):
    """With psutil where it is installed."""
    try:
        import psutil
    except ImportError:
        return Counters()
    try:
        process = psutil.Process(pid)
        times, switches = process.cpu_times(), process.num_ctx_switches()
        return Counters(times.user + times.system, switches.voluntary + switches.involuntary,
                        process.memory_info().rss)
    except psutil.Error:
        return Counters()
