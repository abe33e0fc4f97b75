"""A loop that waits makes no system call until its time has come."""

import shutil
import subprocess

import pytest

from harness import target as targets

# It tells when it is about to wait; the timer is ten seconds away.
PROGRAM = """
#include <unistd.h>
#include <uv.h>
static void never(uv_timer_t* timer) { (void)timer; }
int main(void) {
  uv_loop_t loop;
  uv_timer_t timer;
  uv_loop_init(&loop);
  uv_timer_init(&loop, &timer);
  uv_timer_start(&timer, never, 10000, 0);
  uv_run(&loop, UV_RUN_NOWAIT); /* engines prepare themselves in the first round */
  if (write(1, "w", 1) != 1) return 1;
  return uv_run(&loop, UV_RUN_DEFAULT);
}
"""


@pytest.mark.parametrize("engine", ["epoll", "uring"])
def test_makes_no_system_call(tmp_path, engine):
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    program, log = tmp_path / "idle", tmp_path / "log"
    subprocess.run(["gcc", "-xc", "-", f"-I{targets.ROOT / 'include'}", "-xnone", targets.VIOLET,
                    "-o", program], input=PROGRAM, text=True, check=True)
    environment = targets.Target(engine, targets.VIOLET, "", engine).environment()
    command = ["timeout", "-s", "KILL", "2", "strace", "-f", "-o", log, program]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if not log.exists() or "PTRACE" in result.stderr:
        pytest.skip(f"strace may not trace here: {result.stderr}")
    lines = log.read_text().splitlines()
    begun = next(i for i, line in enumerate(lines) if 'write(1, "w"' in line)
    calls = [line for line in lines[begun + 1:] if "(" in line and "resumed" not in line]
    waits = [line for line in calls if "epoll_" in line or "io_uring_" in line]
    # What prepares the wait, and the wait itself, still under way when the time was over.
    assert len(calls) <= 2 and calls[-1] == waits[-1], "\n".join(calls)
