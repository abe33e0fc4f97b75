"""What a process held is free when its end is told: its sockets have ended, its ports can be had again.

Whoever starts a process anew counts on that. What the kernel still does for an io_uring outlives its
process for a moment, and keeps the files it is about open.
"""

import socket
import subprocess

import pytest

from harness import target as targets

SOURCE = targets.ROOT / "conformance" / "endings" / "holder.c"
LIVES = 10


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    path = tmp_path_factory.mktemp("holder") / "holder"
    subprocess.run(["cc", "-Wall", "-Werror", "-O1", f"-I{targets.ROOT / 'include'}", SOURCE, "-o",
                    path, targets.find_oracle() or targets.VIOLET, "-lpthread"], check=True, timeout=120)
    return path


def pytest_generate_tests(metafunc):
    if "target" not in metafunc.fixturenames:
        return
    options = [metafunc.config.getoption(name) for name in ("--lib", "--violet", "--backend")]
    found = [one for one in targets.choose((), *options)[0] if not one.backend or not one.timers_first]
    metafunc.parametrize("target", [pytest.param(one, id=one.backend or "libuv") for one in found])


def live_and_end(program, target, way):
    """The port it listened on, and its end of the socket as its parent finds it."""
    ours, its = socket.socketpair()
    with its:
        command = [program, str(its.fileno()), way]
        child = subprocess.Popen(command, env=target.environment(), pass_fds=[its.fileno()],
                                 stdout=subprocess.PIPE)
    port = int(child.stdout.readline())
    child.stdout.close()
    assert child.wait(timeout=20) == 0
    return port, ours


@pytest.mark.parametrize("way", ["exit", "return"])
def test_nothing_is_held_beyond_the_end(program, target, way):
    for _ in range(LIVES):
        port, ours = live_and_end(program, target, way)
        with ours, socket.socket() as again:
            assert ours.recv(1, socket.MSG_DONTWAIT) == b"", "its end has come"
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", port))
            again.listen()
