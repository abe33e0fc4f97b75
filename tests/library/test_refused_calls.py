"""System calls that a kernel or a filter refuses: the library goes another way and never hangs.

A seccomp filter (forbidding.c) forbids them to the whole process; then the behavioural tests that need
them run and must pass. docs/engines.md has the table.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path(os.environ.get("VIOLET_LIBRARY", ROOT / "build" / "release" / "libuv.so.1"))
API_TESTS = LIBRARY.parent / "api_tests"

pytestmark = pytest.mark.skipif(not API_TESTS.exists(), reason=f"{API_TESTS} is not built")

PROCESSES = "ProcessTest.*:SignalTest.*:SignalForkTest.*:Shutdown.*"
STREAMS = "Tcp.*:NamedPipe.*"
# Holes are not found without lseek(2), and a test asks with it for the position of a file.
WHOLE_COPIES = "Modes/FsCopy.*:-*.HolesStayHoles/*:*.SendsAPart/*"
FALLBACKS = {
    "accept4": STREAMS,
    "clone_pidfd": PROCESSES,
    "waitid": PROCESSES,
    "close_range": "Inheritance.*",
    "copy_file_range": "Modes/FsCopy.*",
    "copy_file_range,sendfile": "Modes/FsCopy.*:Modes/Fs.*",
    "dup3": PROCESSES,
    "epoll_pwait": "TimerTest.*:RunTest.*:SignalTest.*",
    "epoll_pwait2": "TimerTest.*:RunTest.*",
    "getrandom": "RandomTest.*",
    "io_uring_setup": "Pair.*",
    "lseek": WHOLE_COPIES,
    "copy_file_range,lseek,sendfile": WHOLE_COPIES,
    "membarrier": "AsyncTest.*",
    "recvfrom": STREAMS,
    "recvmmsg": "UdpTest.*",
    "sched_getaffinity": "Processors.*",
    "sendmmsg": "UdpTest.*",
    "sendmsg": "Tcp.*:UdpTest.*",
    "sendto": STREAMS,
    "statx": "Modes/Fs.*:FsPoll.*",
}
# What may be forbidden together without a test noticing; affinity has tests of its own, and without
# all three nothing is sent or received. Some tests ask with lseek(2) themselves.
EVERYTHING = ",".join(sorted({call for calls in FALLBACKS for call in calls.split(",")}
                             - {"io_uring_setup", "lseek", "sched_getaffinity", "recvfrom", "sendmsg",
                                "sendto"}))


@pytest.fixture(scope="module")
def forbid(tmp_path_factory):
    program = tmp_path_factory.mktemp("seccomp") / "forbidding"
    subprocess.run(["cc", "-o", program, Path(__file__).with_name("forbidding.c")], check=True,
                   timeout=60)

    def run(error, calls, *command, **environment):
        settings = {key: value for key, value in os.environ.items()
                    if not key.startswith(("VIOLET_", "GTEST_"))}
        result = subprocess.run([program, error, calls, *command], timeout=200, check=False,
                                env={**settings, **environment}, capture_output=True, text=True)
        if result.returncode == 77:
            pytest.skip("seccomp filters cannot be installed here")
        return result

    return run


def assert_all_passed(run):
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]
    assert " 0 tests from" not in run.stdout, "no test has that name"


@pytest.mark.parametrize("error", ["EPERM", "ENOSYS"])
@pytest.mark.parametrize("calls", FALLBACKS)
def test_the_library_goes_another_way(forbid, error, calls):
    assert_all_passed(forbid(error, calls, API_TESTS, f"--gtest_filter={FALLBACKS[calls]}",
                             "--gtest_shuffle", LD_LIBRARY_PATH=str(LIBRARY.parent)))


@pytest.mark.parametrize("backend", ["epoll", "uring"])
@pytest.mark.parametrize("error", ["EPERM", "ENOSYS"])
def test_everything_refused_at_once(forbid, error, backend):
    assert_all_passed(forbid(error, EVERYTHING, API_TESTS, "--gtest_shuffle",
                             LD_LIBRARY_PATH=str(LIBRARY.parent), VIOLET_BACKEND=backend))


@pytest.mark.parametrize("call, expected", [
    ("clone_pidfd", "Operation not permitted"), ("statx", "Operation not permitted")])
def test_the_filter_refuses(forbid, call, expected):
    program = ("import ctypes, os; libc = ctypes.CDLL(None, use_errno=True);"
               "number, first = {'clone_pidfd': (56, 0x1011), 'statx': (332, 0)}['%s'];"
               "pid = libc.syscall(number, first, 0, 0, 0, 0);"
               "print(os.strerror(ctypes.get_errno()) if pid < 0 else 'allowed')" % call)
    assert forbid("EPERM", call, "/usr/bin/python3", "-c", program).stdout.strip() == expected


@pytest.mark.parametrize("error, reason", [("EPERM", "operation not permitted"),
                                           ("ENOSYS", "function not implemented")])
def test_without_eventfd_there_is_no_loop_and_the_reason_is_told(forbid, error, reason):
    doctor = forbid(error, "eventfd2", LIBRARY.parent / "violet", "doctor")
    assert f"a loop gets: none ({reason})" in doctor.stdout


def compiled(text, program):
    subprocess.run(["gcc", "-xc", "-", f"-I{ROOT / 'include'}", "-xnone", LIBRARY, "-o", program],
                   input=text, text=True, check=True, timeout=60)
    return program


SPAWNS_WITH_STDIO = r"""
#include <stdio.h>
#include <uv.h>

static void on_exit(uv_process_t* process, int64_t status, int signal) {
  (void)status, (void)signal;
  uv_close((uv_handle_t*)process, NULL);
}

static void spawn_with(const char* name, uv_stdio_container_t* output) {
  char* words[] = {"true", NULL};
  uv_stdio_container_t stdio[] = {{.flags = UV_IGNORE}, *output};
  uv_process_options_t options = {
      .file = words[0], .args = words, .exit_cb = on_exit, .stdio = stdio, .stdio_count = 2};
  uv_process_t process;
  int error = uv_spawn(uv_default_loop(), &process, &options);
  if (error != 0) uv_close((uv_handle_t*)&process, NULL);
  if (output->flags & UV_CREATE_PIPE) uv_close((uv_handle_t*)output->data.stream, NULL);
  uv_run(uv_default_loop(), UV_RUN_DEFAULT);
  printf("%s:%s\n", name, error == 0 ? "0" : uv_err_name(error));
}

int main(void) {
  uv_pipe_t pipe;
  uv_stdio_container_t inherited = {.flags = UV_INHERIT_FD, .data.fd = 1};
  uv_stdio_container_t piped = {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
                                .data.stream = (uv_stream_t*)&pipe};
  spawn_with("ignored", &(uv_stdio_container_t){.flags = UV_IGNORE});
  spawn_with("inherited", &inherited);
  if (uv_pipe_init(uv_default_loop(), &pipe, 0) != 0) return 2;
  spawn_with("pipe", &piped);
  return uv_loop_close(uv_default_loop());
}
"""


# libuv 1.44.2 starts children with pipes there; one that inherits a descriptor in its place is an error, too.
@pytest.mark.parametrize("backend", ["epoll", "uring"])
@pytest.mark.parametrize("error", ["EPERM", "ENOSYS"])
def test_a_child_that_cannot_get_descriptors_is_an_error(forbid, tmp_path, error, backend):
    program = compiled(SPAWNS_WITH_STDIO, tmp_path / "spawns")
    run = forbid(error, "fcntl", program, LD_LIBRARY_PATH=str(LIBRARY.parent), VIOLET_BACKEND=backend)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["ignored:0", f"inherited:{error}", f"pipe:{error}"]


AWAITS_A_CHILD = r"""
#include <uv.h>

static void on_exit(uv_process_t* process, int64_t status, int signal) {
  (void)status, (void)signal;
  uv_close((uv_handle_t*)process, NULL);
}

int main(void) {
  char* words[] = {"sleep", "0.3", NULL};
  uv_process_options_t options = {0};
  uv_process_t process;
  options.file = words[0];
  options.args = words;
  options.exit_cb = on_exit;
  if (uv_spawn(uv_default_loop(), &process, &options) != 0) return 2;
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
"""


# It asked again and again, without ever sleeping.
@pytest.mark.parametrize("error", ["EPERM", "ENOSYS"])
def test_a_wait_without_end_sleeps_without_epoll_pwait(forbid, tmp_path, error):
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    program, log = compiled(AWAITS_A_CHILD, tmp_path / "awaits"), tmp_path / "log"
    run = forbid(error, "epoll_pwait", "strace", "-o", log, "-e", "trace=epoll_wait,epoll_pwait",
                 program, LD_LIBRARY_PATH=str(LIBRARY.parent), VIOLET_BACKEND="epoll")
    if "PTRACE" in run.stderr:
        pytest.skip(f"strace may not trace here: {run.stderr}")
    assert run.returncode == 0, run.stderr
    waits = [line for line in log.read_text().splitlines() if line.startswith("epoll_")]
    assert len(waits) < 20, waits[:5]
