"""What loops that wait cost: no processor time, and no place among those that wait for disks."""

import subprocess
import time
from pathlib import Path

import pytest

from harness import target as targets

LOOPS = 64
DISK_WAIT = "idle waits are not disk wait"
DOCTOR = targets.VIOLET.parent / "violet"

# Each thread has a loop that waits for an hour, an async and a listener; it tells when it is ready.
PROGRAM = """
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>
static void never(uv_timer_t* timer) { (void)timer; }
static void never_sent(uv_async_t* async) { (void)async; }
static void nobody(uv_stream_t* server, int status) { (void)server; (void)status; }
static void wait_long(void* unused) {
  uv_loop_t loop;
  uv_timer_t timer;
  uv_async_t async;
  uv_tcp_t server;
  struct sockaddr_in any;
  (void)unused;
  if (uv_loop_init(&loop) != 0) abort();
  uv_timer_init(&loop, &timer);
  uv_timer_start(&timer, never, 3600000, 0);
  uv_async_init(&loop, &async, never_sent);
  uv_ip4_addr("127.0.0.1", 0, &any);
  uv_tcp_init(&loop, &server);
  uv_tcp_bind(&server, (struct sockaddr*)&any, 0);
  if (uv_listen((uv_stream_t*)&server, 1, nobody) != 0) abort();
  uv_run(&loop, UV_RUN_NOWAIT);
  if (write(1, "w", 1) != 1) abort();
  uv_run(&loop, UV_RUN_DEFAULT);
}
int main(int argc, char** argv) {
  uv_thread_t thread;
  int i;
  for (i = 0; i < atoi(argv[argc - 1]); i++)
    if (uv_thread_create(&thread, wait_long, NULL) != 0) abort();
  uv_thread_join(&thread);
  return 0;
}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    product = tmp_path_factory.mktemp("idle") / "idle"
    subprocess.run(["gcc", "-xc", "-", f"-I{targets.ROOT / 'include'}", "-xnone", targets.VIOLET,
                    "-pthread", "-o", product], input=PROGRAM, text=True, check=True)
    return product


@pytest.fixture
def idle(program):
    """Starts loops that wait, and ends them afterwards: the process."""
    started = []

    def start(engine, loops=LOOPS, **settings):
        environment = targets.Target(engine, targets.VIOLET, "", engine).environment()
        process = subprocess.Popen([program, str(loops)], env={**environment, **settings},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(process)
        told = process.stdout.read(loops)
        if len(told) < loops:
            pytest.skip(f"{engine}: {process.stderr.read().decode()}")
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def tasks(process):
    return sorted(Path(f"/proc/{process.pid}/task").iterdir())


def states(process):
    return {(task / "stat").read_text().rpartition(")")[2].split()[0] for task in tasks(process)}


def used(process):
    """Nanoseconds on a processor and turns on one, of every thread."""
    return [tuple((task / "schedstat").read_text().split()[::2]) for task in tasks(process)]


def settle(process):
    """Awaits that every thread sleeps."""
    for _ in range(1000):
        if states(process) == {"S"}:
            return
        time.sleep(0.01)
    pytest.fail(f"threads are {states(process)}, not all asleep")


def least_in_disk_wait():
    """Of several looks, as other programs on the machine come and go."""
    counts = []
    for _ in range(50):
        words = dict(line.split()[:2] for line in Path("/proc/stat").read_text().splitlines())
        counts.append(int(words["procs_blocked"]))
        time.sleep(0.002)
    return min(counts)


def uses_feature():
    told = subprocess.run([DOCTOR, "doctor"], capture_output=True, text=True, timeout=60, check=True)
    return f"+ {DISK_WAIT}" in told.stdout


@pytest.mark.parametrize("engine", ["epoll", "uring"])
def test_takes_no_processor_time(idle, engine):
    process = idle(engine)
    if not (tasks(process)[0] / "schedstat").exists():
        pytest.skip("the kernel keeps no schedstat")
    settle(process)
    # The last of the threads may just have been on their way; a loop that spins or is woken again
    # and again never has a quiet second.
    for _ in range(10):
        before = used(process)
        time.sleep(1)
        if used(process) == before:
            break
    else:
        pytest.fail(f"ten seconds on, threads still run: {before} {used(process)}")
    assert states(process) == {"S"}


@pytest.mark.parametrize("engine", ["epoll", "uring"])
def test_does_not_count_as_disk_wait(idle, engine):
    if engine == "uring" and not uses_feature():
        pytest.skip("the kernel has no IORING_ENTER_NO_IOWAIT (6.15)")
    settle(idle(engine))
    assert least_in_disk_wait() < LOOPS


def test_without_the_feature_it_does(idle):
    """That the measurement above can fail, and that the kernel counts as documented."""
    if not uses_feature():
        pytest.skip("the kernel has no IORING_ENTER_NO_IOWAIT (6.15)")
    settle(idle("uring", VIOLET_URING_FORBID=DISK_WAIT))
    assert least_in_disk_wait() >= LOOPS
