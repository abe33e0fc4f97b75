"""The loop makes a barrier for those who sent very often, and for nobody else (src/handle/async.h)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path(os.environ.get("VIOLET_LIBRARY", ROOT / "build" / "release" / "libuv.so.1"))

PROGRAM = r"""
#include <stdlib.h>
#include <uv.h>

static int calls;

static void on_sent(uv_async_t* async) {
  ++calls;
  uv_close((uv_handle_t*)async, NULL);
}

int main(int count, char** arguments) {
  uv_loop_t loop;
  uv_async_t async;
  if (count != 2 || uv_loop_init(&loop) != 0 || uv_async_init(&loop, &async, on_sent) != 0) return 2;
  for (int i = 0; i < atoi(arguments[1]); ++i)
    uv_async_send(&async);
  uv_run(&loop, UV_RUN_DEFAULT);
  return uv_loop_close(&loop) == 0 && calls == 1 ? 0 : 1;
}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    path = tmp_path_factory.mktemp("sends") / "sends"
    subprocess.run(["gcc", "-xc", "-", f"-I{ROOT / 'include'}", "-xnone", LIBRARY, "-o", path],
                   input=PROGRAM, text=True, check=True)
    return path


@pytest.mark.parametrize("sends, barriers", [(1, 0), (1000, 0), (100_000, 1)])
def test_a_turn_makes_a_barrier_where_very_many_sends_brought_it(program, tmp_path, sends, barriers):
    log = tmp_path / "log"
    run = subprocess.run(["strace", "-f", "-e", "trace=membarrier", "-o", log, program, str(sends)],
                         env={**os.environ, "LD_LIBRARY_PATH": str(LIBRARY.parent)}, capture_output=True,
                         text=True, check=False, timeout=60)
    if "PTRACE" in run.stderr:
        pytest.skip(f"strace may not trace here: {run.stderr}")
    assert run.returncode == 0
    calls = [line for line in log.read_text().splitlines() if "membarrier(" in line]
    if any("= -1" in line for line in calls):
        pytest.skip("the kernel has no membarrier(2)")
    assert len([line for line in calls if "REGISTER" not in line]) == barriers
    assert len(calls) == 2 * barriers, "it is prepared only where it is needed"
