"""A measured program: it speaks lines of JSON (bench/protocol/protocol.h), in a given time or not at all."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading

END_WITHIN = 10  # seconds
# A group of processes, so that children end with what has started them. Not a session of its own: Linux
# may share the processors out among sessions (sched(7), autogroup), and figures would change.
GROUP = {"process_group": 0} if hasattr(os, "killpg") and sys.version_info >= (3, 11) else {}
# How Windows tells that a process did not end by itself: its exit status is what went wrong.
FIRST_FAULT = 0xC0000000
FAULTS = {
    0xC0000005: "access violation", 0xC000001D: "illegal instruction", 0xC0000094: "division by zero",
    0xC00000FD: "stack overflow", 0xC0000135: "a library is missing", 0xC0000139: "a function is missing",
    0xC000013A: "interrupted", 0xC0000374: "heap corruption", 0xC0000409: "stopped by itself",
}


class Failure(Exception):
    """Why there is no figure; its text is for the table."""


class Lacks(Failure):
    """The target does not do this workload."""


def crash(status):
    """What a status says of a crash; None where there was none."""
    if status < 0:
        try:
            return f"crashed ({signal.Signals(-status).name})"
        except ValueError:
            return f"crashed (signal {-status})"
    if status >= FIRST_FAULT:
        return f"crashed ({', '.join(filter(None, (f'0x{status:08X}', FAULTS.get(status))))})"
    return None


class Process:
    def __init__(self, command, environment):
        # The encoding is the protocol's, and may not depend on where we run. Errors come in any.
        self.process = subprocess.Popen(command, env=environment, encoding="utf-8", errors="replace", **GROUP,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.lines = queue.Queue()
        self.complaints = []
        self.readers = [threading.Thread(target=self.read_lines, daemon=True),
                        threading.Thread(target=self.read_complaints, daemon=True)]
        for reader in self.readers:
            reader.start()

    @property
    def pid(self):
        return self.process.pid

    def read_lines(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def read_complaints(self):
        for line in self.process.stderr:
            self.complaints.append(line.strip())

    def message(self, seconds):
        """The next line; raises Failure for one that says so, for none, and for anything else."""
        try:
            line = self.lines.get(timeout=seconds)
        except queue.Empty:
            raise Failure(f"hangs (over {seconds:.0f} s)") from None
        if not line:
            raise Failure(self.how_it_ended())
        try:
            message = json.loads(line)
            assert isinstance(message, dict)
        except (ValueError, AssertionError):
            raise Failure(f"says what is not in the protocol: {line.strip()[:60]}") from None
        if "lacks" in message:
            raise Lacks(message["lacks"])
        for verdict in ("cheats", "failed"):
            if verdict in message:
                raise Failure(f"{verdict}: {message[verdict]}")
        return message

    def ready(self, seconds):
        message = self.message(seconds)
        if "ready" not in message:
            raise Failure("is not ready first")
        return message["ready"]

    def go(self):
        try:
            self.process.stdin.write("go\n")
            self.process.stdin.flush()
        except OSError:
            raise Failure(self.how_it_ended()) from None

    def has_ended(self):
        return self.process.poll() is not None

    def how_it_ended(self):
        try:
            status = self.process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            return "closes its output and goes on"
        self.readers[1].join(END_WITHIN)
        if crash(status):
            return crash(status)
        last = f": {self.complaints[-1][:80]}" if self.complaints else ""
        return f"ended with status {status}{last}"

    def finish(self):
        """Lets it end by itself, and asks for a good end."""
        with_error = None
        try:
            self.process.stdin.close()
            if self.process.wait(END_WITHIN) != 0:
                with_error = self.how_it_ended()
        except subprocess.TimeoutExpired:
            with_error = "does not end"
        except OSError:
            with_error = self.how_it_ended()
        if with_error:
            raise Failure(f"{with_error} after its result")

    def kill(self):
        # Once its end has been taken, the group's number may be another's.
        if GROUP and not self.has_ended():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        for reader in self.readers:
            reader.join(END_WITHIN)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except OSError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
