"""Runs an unmodified program on a library, and proves that it did.

The dynamic linker itself writes down, for each process, which libuv.so.1 it loaded (LD_DEBUG=libs).
Each process carries a mark in its environment by which those are found that outlive the program.
"""

import os
import re
import signal
import subprocess
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from .target import ROOT

SEARCH = re.compile(r"find library=(\S+)")
TRIED = re.compile(r"trying file=(\S+)")
MARK = "DROPIN_RUN"
NODE18 = ROOT / "build" / "node18"
LEAVING_SECONDS = 2.0


class ProgramError(Exception):
    """The program did not run as it must, whatever it printed."""


@dataclass(frozen=True)
class Outcome:
    """What a program printed, and its exit status."""

    output: str
    errors: str
    status: int


class Running:
    """A program on a target, in a folder of its own; ends with everything it started."""

    def __init__(self, target, environment=None, folders=()):
        self._folder = tempfile.TemporaryDirectory(prefix="violet-dropin-")
        self.folder = Path(self._folder.name)
        (self.folder / "loaded").mkdir()
        (self.folder / "work").mkdir()
        self.work = self.folder / "work"
        self._mark = uuid.uuid4().hex
        self._target = target
        self.environment = {**target.environment(), **(environment or {}), MARK: self._mark,
                            "TMPDIR": str(self.work), "HOME": str(self.work), "LC_ALL": "C.UTF-8",
                            "LD_DEBUG": "libs", "LD_DEBUG_OUTPUT": str(self.folder / "loaded/ld")}
        self.environment["LD_LIBRARY_PATH"] = ":".join(
            [self.environment["LD_LIBRARY_PATH"], *map(str, folders)])
        self._library = Path(target.environment()["LD_LIBRARY_PATH"]) / "libuv.so.1"
        self._processes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self._processes:
            if process.poll() is None:
                process.kill()
        self._end_strays()
        for process in self._processes:
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream:
                    stream.close()
        self._folder.cleanup()

    @property
    def has_started(self):
        """False for a test that was skipped before it ran a program."""
        return bool(self._processes)

    def start(self, command, **options):
        """Starts a command in a session of its own; options as for subprocess.Popen."""
        process = subprocess.Popen([str(part) for part in command], env=self.environment,
                                   cwd=self.work, start_new_session=True, **options)
        self._processes.append(process)
        return process

    def run(self, command, timeout, text=""):
        """Runs a command to its end. Raises ProgramError if it hangs or crashes."""
        process = self.start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        try:
            output, errors = process.communicate(text.encode(), timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            self._end_strays()
            output, errors = process.communicate()
            raise ProgramError(f"hung: stopped after {timeout:g} s\n"
                               f"{_shown(output, errors)}") from None
        if process.returncode < 0:
            raise ProgramError(f"crashed: {signal.Signals(-process.returncode).name}\n"
                               f"{_shown(output, errors)}")
        return Outcome(output.decode(errors="replace"), errors.decode(errors="replace"),
                       process.returncode)

    def check_library(self):
        """Raises ProgramError unless libuv was loaded, and never from elsewhere."""
        loaded = {path for record in (self.folder / "loaded").iterdir()
                  for path in _loaded(record.read_text(errors="replace"))}
        if not loaded:
            raise ProgramError("no process loaded libuv.so.1")
        wrong = sorted(path for path in loaded if Path(path) != self._library)
        if wrong:
            raise ProgramError(f"loaded {wrong} where {self._library} was meant")

    def check_map(self, pid):
        """Raises ProgramError unless the process has the target's libuv in its memory, and no other."""
        files = (line.split(maxsplit=5) for line in Path(f"/proc/{pid}/maps").read_text().splitlines())
        mapped = {Path(line[5]) for line in files if len(line) == 6 and "/libuv.so" in line[5]}
        if mapped != {self._library.resolve()}:
            raise ProgramError(f"process {pid} runs on {sorted(map(str, mapped)) or 'no libuv'} where "
                               f"{self._library.resolve()} was meant")

    def check_no_strays(self):
        """Raises ProgramError if a process is still there soon after the program's end."""
        until = time.monotonic() + LEAVING_SECONDS
        was_unclear = False
        while True:
            strays, is_unclear = self._marked()
            if not strays and (was_unclear or not is_unclear):
                return
            was_unclear = is_unclear
            if time.monotonic() > until:
                break
            time.sleep(0.02)
        names = [_command_line(pid) for pid in strays]
        self._end_strays()
        raise ProgramError(f"left processes behind: {names}")

    def _marked(self):
        """The processes that carry our mark; and whether there is one without any environment: one that is just
        starting another program carries none for a moment."""
        mark = f"{MARK}={self._mark}".encode()
        found, is_unclear = [], False
        for entry in Path("/proc").iterdir():
            try:
                if not entry.name.isdigit():
                    continue
                environment = (entry / "environ").read_bytes()
                # The kernel's own threads have no program either.
                if not environment and os.readlink(entry / "exe"):
                    is_unclear = True
                if mark in environment:
                    found.append(int(entry.name))
            except OSError:
                pass  # It ended meanwhile, or is someone else's.
        return found, is_unclear

    def _end_strays(self):
        for pid in self._marked()[0]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def _loaded(record):
    """The files that were taken for libuv.so.1: the linker stops at the first that it can open."""
    taken, ours = {}, None
    for line in record.splitlines():
        search, tried = SEARCH.search(line), TRIED.search(line)
        if search:
            ours = (line.split(":")[0], len(taken)) if search[1] == "libuv.so.1" else None
        elif tried and ours:
            taken[ours] = tried[1]
    return set(taken.values())


def _command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return f"process {pid}"


def _shown(output, errors):
    return (f"stdout: {output.decode(errors='replace')[-1500:]}\n"
            f"stderr: {errors.decode(errors='replace')[-1500:]}")
