"""What a program writes to its standard output, a pipe, right before it closes that pipe's handle."""

import shutil
import subprocess

import pytest
from test_luv import BUILD, ROOT, wine

pytestmark = pytest.mark.skipif(
    not (wine.COMMAND and (BUILD / "uv.dll").is_file()), reason="./check windows has not built uv.dll"
)

PROGRAM = """
#include <stdio.h>
#include <uv.h>

static void on_written(uv_write_t* request, int status) {
  (void)request;
  (void)status;
}

int main(int count, char** arguments) {
  static uv_pipe_t output;
  static uv_write_t requests[2];
  uv_buf_t first = uv_buf_init("first ", 6);
  uv_buf_t last = uv_buf_init("last", 4);
  uv_loop_t* loop = uv_default_loop();
  (void)arguments;
  if (uv_pipe_init(loop, &output, 0) != 0 || uv_pipe_open(&output, 1) != 0) return 1;
  if (count > 1) {
    uv_write(&requests[0], (uv_stream_t*)&output, &first, 1, on_written);
    uv_run(loop, UV_RUN_NOWAIT);
  }
  uv_write(&requests[1], (uv_stream_t*)&output, &last, 1, on_written);
  uv_close((uv_handle_t*)&output, NULL);
  uv_run(loop, UV_RUN_DEFAULT);
  return 0;
}
"""


@pytest.mark.parametrize("arguments, words", [([], b"last"), (["first"], b"first last")], ids=["one", "two"])
def test_last_words_reach_a_pipe(tmp_path, arguments, words):
    (tmp_path / "words.c").write_text(PROGRAM)
    subprocess.run(
        ["x86_64-w64-mingw32-gcc-posix", f"-I{ROOT / 'include'}", "words.c", BUILD / "libuv.dll.a", "-o",
         "words.exe"],
        cwd=tmp_path, check=True, timeout=60,
    )  # fmt: skip
    shutil.copy(BUILD / "uv.dll", tmp_path)
    result = subprocess.run(
        [*wine.COMMAND, "words.exe", *arguments], cwd=tmp_path, env=wine.environment(), timeout=60,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (0, words)
