"""A server of a test: built, started, waited for, looked into, ended."""

import functools
import re
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

import costs

SERVERS = Path(__file__).resolve().parent / "servers"
_built = tempfile.TemporaryDirectory(prefix="violet-servers-")


@functools.cache
def built(name, *libraries):
    """Compiles servers/NAME.c, once, against the distribution's headers."""
    program = Path(_built.name) / name
    run = subprocess.run(["cc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", program, SERVERS / f"{name}.c",
                          *(f"-l{library}" for library in libraries)],
                         capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return program


def needs(option="", **packages):
    """Skips the test unless each package's file is here. The option is the installing script's."""
    for package, path in packages.items():
        if not Path(path).exists():
            script = f"tools/install_dropin_programs.sh {option}".strip()
            pytest.skip(f"{package.replace('_', '-')} is not installed: run {script}")


class Service:
    """A program in the foreground, whose output goes to a log and whose input is a pipe."""

    def __init__(self, running, command, name="server", stdin=subprocess.PIPE):
        self._running = running
        self.log = running.work / f"{name}.log"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = running.start(command, stdin=stdin, stdout=log, stderr=log)

    def text(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, line):
        """Waits until a whole line matches, and returns the match."""
        def found():
            return re.search(rf"^{line}$", self.text(), re.M)
        wait_until(found, self.process, self.text)
        return found()

    def tell(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def costs(self, window=0.2):
        """Proves whose libuv it runs on, and tells what it costs while it waits."""
        self._running.check_map(self.process.pid)
        return costs.at_rest(self.process.pid, window)

    def end(self, number=None):
        """Ends it by a signal or by the end of its input; it must leave in good order."""
        if number:
            self.process.send_signal(number)
        else:
            self.process.stdin.close()
        status = self.process.wait(30)
        assert status == 0, f"exit status {status}\n{self.text()}"


def wait_until(happened, process, log, seconds=40):
    """Waits for something that others do, which shows in no descriptor of ours."""
    until = time.monotonic() + seconds
    while not happened():
        assert process.poll() is None, f"ended: {process.returncode}\n{log()}"
        assert time.monotonic() < until, f"waited for {seconds} s\n{log()}"
        time.sleep(0.02)
