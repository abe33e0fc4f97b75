"""The machine: what it is, whether it is busy, which processors a process may use."""

import contextlib
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass

from . import processes

SUBJECT_PROCESSOR, PARTNER_PROCESSOR = 0, 1
ENOUGH_DESCRIPTORS = 10_240  # For both ends of 1,000 connections; idle ones may want more.
A_MOMENT = 0.5  # seconds
BUSY = 0.3  # Of the load average for each processor, before we add to it.


def load():
    """How many processors are wanted, of late; None where nobody tells."""
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):
        return processors_used()


def processors_used():
    """How many of them were used in the last moment, for Windows, which has no average."""
    if processes.module() is None:
        return None
    with contextlib.suppress(*processes.errors()):
        return processes.module().cpu_percent(A_MOMENT) / 100 * (os.cpu_count() or 1)
    return None


def is_busy(load_before):
    return load_before is not None and load_before > BUSY * (os.cpu_count() or 1)


def describe(through=()):
    system = f"{platform.system()} {platform.release()}"
    return {"system": " through ".join((system, *through[:1])), "machine": platform.machine(),
            "processors": os.cpu_count()}


def pinning_command(processor):
    """What starts a command on one processor only; empty where the system has no such program."""
    if shutil.which("taskset"):
        return ["taskset", "-c", str(processor)]
    if shutil.which("cpuset"):
        return ["cpuset", "-l", str(processor)]
    return []


def can_pin():
    return (os.cpu_count() or 1) > 1 and bool(pinning_command(0) or hasattr(getattr(processes.module(), "Process", None), "cpu_affinity"))


def pinned(command, processor):
    """The command so that it runs on one processor only, or as it is: see pin()."""
    return [*pinning_command(processor), *command] if can_pin() else command


def pin(pid, processor):
    """A process that runs already, where no command could do it."""
    if can_pin() and not pinning_command(processor):
        with contextlib.suppress(*processes.errors()):
            processes.module().Process(pid).cpu_affinity([processor])


def allow_many_descriptors():
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # macOS knows no limit as the hard one, and refuses it as the soft one.
    for wanted in (hard, ENOUGH_DESCRIPTORS):
        if wanted == soft:
            return
        with contextlib.suppress(ValueError, OSError):
            return resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def let_crashes_end():
    """Windows may show a crash, or a library that is none, in a window, and wait for somebody to see it; what
    we start inherits that it is not to. Other systems do no such thing."""
    try:
        import msvcrt
    except ImportError:
        return
    msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX
                        | msvcrt.SEM_NOOPENFILEERRORBOX)


@contextlib.contextmanager
def processors_kept_awake():
    """Loops that run only where nobody else wants to: in a virtual machine, waking a processor that halts
    costs more than an echo does, and no two rounds agree on how much. Linux has SCHED_IDLE for it; tells
    whether there is a way."""
    spinners = []
    if shutil.which("chrt") and shutil.which("taskset"):
        spinners = [subprocess.Popen(["taskset", "-c", str(processor), "chrt", "--idle", "0",
                                      sys.executable, "-c", "while True: pass"])
                    for processor in range(os.cpu_count() or 1)]
    try:
        yield bool(spinners)
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()


@dataclass
class Watch:
    """The load of the machine before and while we measured."""

    before: float = None
    highest: float = None

    def look(self):
        now = load()
        if now is None:
            return
        if self.before is None:
            self.before = now
        self.highest = max(self.highest or 0, now)
