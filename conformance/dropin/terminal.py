"""A pseudo-terminal with a program on it."""

import fcntl
import os
import pty
import re
import select
import struct
import termios
import time

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """Runs a command on a terminal of its own; what it prints is read by expect()."""

    def __init__(self, running, command, rows=24, columns=80):
        self._ours, theirs = pty.openpty()
        self.resize(rows, columns)
        self.process = running.start(command, stdin=theirs, stdout=theirs, stderr=theirs,
                                     preexec_fn=take_terminal)
        os.close(theirs)
        self._seen = ""

    def resize(self, rows, columns):
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self._ours, text.encode())

    def expect(self, text, seconds=15):
        """Waits until the text was printed, and forgets all up to its end."""
        until = time.monotonic() + seconds
        while text not in self._seen:
            left = until - time.monotonic()
            assert left > 0 and self._read(left), f"no {text!r} came, but {self._seen!r}"
        self._seen = self._seen[self._seen.index(text) + len(text):]

    def _read(self, seconds):
        if not select.select([self._ours], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # EIO: nobody has the other side open any more.
            return False
        self._seen += ESCAPE.sub("", data.decode(errors="replace"))
        return bool(data)

    def is_raw(self):
        return not termios.tcgetattr(self._ours)[3] & (termios.ICANON | termios.ECHO)

    def end(self, seconds=15):
        """Reads to the end; the exit status."""
        while self._read(seconds):
            pass
        status = self.process.wait(seconds)
        os.close(self._ours)
        return status


def take_terminal():
    """In the child, which has a session of its own: makes standard input its terminal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
