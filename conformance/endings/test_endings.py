"""What arrives of the writes of a process that ends, on the installed libuv and on every engine.

libuv offers each write to the kernel before uv_write() returns, unless one waits before it. So all
arrive, however the process ends. Violet offers the first eight of an iteration, and what it holds back
goes out when the process ends by exit() or by returning from main(); io_uring may keep those of a
callback for the next wait.
"""

import fcntl
import os
import pty
import resource
import select
import signal
import socket
import subprocess
import termios
import threading
import tty

import pytest

from harness import target as targets

SOURCE = targets.ROOT / "conformance" / "endings" / "endings.c"
COUNTS = (1, 3, 8, 9, 1000)
OFFERED = 8
KINDS = ("pipe", "fifo", "tcp", "tty", "udp")
PLACES = ("before", "between", "timer", "check", "written", "thread")
ORDERLY = ("exit", "return")
ABRUPT = {"_exit": 0, "abort": -signal.SIGABRT, "kill": -signal.SIGKILL}
SO_SNDBUFFORCE, SO_RCVBUFFORCE = 32, 33
RECORD = 4


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    path = tmp_path_factory.mktemp("endings") / "endings"
    subprocess.run(["cc", "-Wall", "-Werror", "-O1", f"-I{targets.ROOT / 'include'}", SOURCE, "-o",
                    path, targets.find_oracle() or targets.VIOLET, "-lpthread"], check=True, timeout=120)
    return path


def pytest_generate_tests(metafunc):
    """Each library and engine in today's order of phases, and io_uring that writes at once."""
    if "environment" not in metafunc.fixturenames:
        return
    options = [metafunc.config.getoption(name) for name in ("--lib", "--violet", "--backend")]
    found = [one for one in targets.choose((), *options)[0] if not one.backend or not one.timers_first]
    cases = [pytest.param(one, {}, id=one.backend or "libuv") for one in found]
    cases += [pytest.param(one, {"VIOLET_URING_WRITES": "now"}, id="uring-now")
              for one in found if one.backend == "uring"]
    metafunc.parametrize("target, environment", cases)


def widen(connection, count):
    """The kernel counts some hundred bytes of its own for each small write."""
    try:
        connection.setsockopt(socket.SOL_SOCKET, SO_SNDBUFFORCE, 4 << 20)
        connection.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 4 << 20)
    except PermissionError:
        if count > 100:
            pytest.skip("without privileges the kernel has no room for so many small writes")


class Reader:
    """The other end of a connection, read while the process lives and until nothing is left."""

    def __init__(self, kind, count):
        self.is_udp = kind == "udp"
        self.parts = []
        if kind == "fifo":
            self.end, self.given = os.pipe()
        elif kind == "tty":
            self.end, self.given = pty.openpty()
            tty.setraw(self.given, termios.TCSANOW)
        elif self.is_udp:
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.socket.bind(("127.0.0.1", 0))
            widen(self.socket, count)
            self.end, self.given = os.dup(self.socket.fileno()), None
        else:
            left, right = socket.socketpair() if kind == "pipe" else self.tcp_pair()
            widen(left, count)
            widen(right, count)
            self.end, self.given = left.detach(), right.detach()
        self.wake = os.pipe()
        self.thread = threading.Thread(target=self.read)

    @staticmethod
    def tcp_pair():
        with socket.create_server(("127.0.0.1", 0)) as server:
            left = socket.create_connection(server.getsockname())
            return left, server.accept()[0]

    def read(self):
        while True:
            ready = select.select([self.end, self.wake[0]], [], [])[0]
            if self.end not in ready:
                return
            try:
                part = os.read(self.end, 65536)
            except OSError:  # A terminal whose other side is closed.
                return
            if not part and not self.is_udp:
                return
            self.parts.append(part)

    def finish(self):
        """What came, when nothing more can come."""
        if self.given is not None:
            os.close(self.given)
        os.write(self.wake[1], b"x")
        self.thread.join()
        for descriptor in (self.end, *self.wake):
            os.close(descriptor)
        return b"".join(self.parts)


def run(program, kind, count, place, way, target, environment, memory="static"):
    """The numbers that arrived, in order, and the status of the process."""
    reader = Reader(kind, count)
    given = reader.socket.getsockname()[1] if reader.is_udp else reader.given
    reader.thread.start()
    command = [program, "pipe" if kind == "fifo" else kind, str(given), str(count), place, way, memory]
    result = subprocess.run(command, env={**target.environment(), **environment}, timeout=60,
                            capture_output=True, text=True, check=False,
                            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
                            pass_fds=[] if reader.is_udp else [given])
    came = reader.finish()
    assert result.stderr == ""
    assert len(came) % RECORD == 0
    return [int(came[i:i + RECORD]) for i in range(0, len(came), RECORD)], result.returncode


def assert_all(came, count, kind):
    assert (sorted(came) if kind == "udp" else came) == list(range(count))


def ways_and_places():
    return [(way, place) for way in ORDERLY for place in PLACES
            if way == "exit" or place in ("before", "between")]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_by_an_orderly_end(program, target, environment, kind):
    for way, place in ways_and_places():
        for count in COUNTS:
            if kind == "udp" and (place == "written" or not target.backend):
                continue
            came, status = run(program, kind, count, place, way, target, environment)
            assert status == 0
            assert_all(came, count, kind)


@pytest.mark.parametrize("memory", ["stack", "freed"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_with_memory_that_is_gone(program, target, environment, kind, memory):
    for place in ("before", "between"):
        for count in COUNTS:
            if kind == "udp" and not target.backend:
                continue
            came, status = run(program, kind, count, place, "return", target, environment, memory)
            assert status == 0
            assert_all(came, count, kind)


def offered(target, environment, kind, count, place):
    """How many writes the kernel has been offered when the call returns."""
    if kind == "udp":
        return 0 if target.backend == "uring" and not environment else 1
    if not target.backend:
        return count
    in_callback = place not in ("before", "between")
    keeps = target.backend == "uring" and not environment and kind in ("pipe", "tcp")
    return 0 if keeps and in_callback else min(count, OFFERED)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ABRUPT)
def test_what_was_offered_arrives_however_the_process_ends(program, target, environment, way, kind):
    for place in PLACES:
        if kind == "udp" and place == "written":
            continue
        for count in COUNTS:
            came, status = run(program, kind, count, place, way, target, environment)
            assert status == ABRUPT[way]
            assert len(came) >= offered(target, environment, kind, count, place)
            assert_all(came, len(came), kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["exit", "_exit"])
def test_other_threads_have_written_what_they_flushed(program, target, environment, way, kind):
    """Three loops wait in their own threads; the main thread ends the process."""
    for count in COUNTS[:-1]:
        came, status = run(program, kind, count, "others", way, target, environment)
        assert status == 0
        assert sorted(came) == list(range(3 * count))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "udp"])
def test_a_thread_that_ended_before_loses_nothing(program, target, environment, kind):
    for count in COUNTS:
        came, status = run(program, kind, count, "ended", "exit", target, environment)
        assert status == 0
        assert_all(came, count, kind)


@pytest.mark.parametrize("way", ["fork", "forked"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_forked_child_does_not_write_for_its_parent(program, target, environment, kind, way):
    """`fork`: child, then parent end by exit(); `forked`: the child only."""
    for place in PLACES:
        for count in (1, 9, 1000):
            if kind == "udp" and (place == "written" or not target.backend):
                continue
            came, status = run(program, kind, count, place, way, target, environment)
            assert status == 0
            assert_all(came, count, kind)


@pytest.mark.parametrize("kind", ["pipe", "fifo", "tcp"])
def test_an_end_does_not_wait_for_a_reader(program, target, environment, kind):
    """A full pipe or socket whose reader never reads: the process ends, with a part of the bytes."""
    if kind == "fifo":
        end, given = os.pipe()
        fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, 4096)
    else:
        left, right = socket.socketpair() if kind == "pipe" else Reader.tcp_pair()
        right.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        left.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        end, given = left.detach(), right.detach()
    for place in ("before", "timer"):
        command = [program, kind.replace("fifo", "pipe"), str(given), "1000", place, "exit"]
        result = subprocess.run(command, env={**target.environment(), **environment}, timeout=60,
                                capture_output=True, text=True, check=False, pass_fds=[given])
        assert (result.returncode, result.stderr) == (0, "")
    assert len(os.read(end, 1 << 20)) > 0
    os.close(end)
    os.close(given)
