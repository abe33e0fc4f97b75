"""The settings of a user whom a program with more rights than his own must not obey.

A copy of a program that belongs to root and changes the user (its mode has the set-user-ID bit) is
run by another one. The environment is that user's; the library's own settings in it do not count
there (secure_getenv(3)).
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

LIBRARY = Path(os.environ.get("VIOLET_LIBRARY", ""))
NOBODY = 65534

pytestmark = [
    pytest.mark.skipif(
        not LIBRARY.is_file(), reason="VIOLET_LIBRARY does not name a built libuv.so.1"
    ),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a program of its own"),
]

# Tells what the settings would change.
PROGRAM = """
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <uv.h>
#include <violet/violet.h>

static char order[8];
static int forks;
static uv_barrier_t barrier;
static void note_fork(void) { ++forks; }
static void on_timer(uv_timer_t* timer) {
  strcat(order, "t");
  uv_close((uv_handle_t*)timer, NULL);
}
static void on_idle(uv_idle_t* idle) {
  strcat(order, "i");
  uv_close((uv_handle_t*)idle, NULL);
}
static void meet(uv_work_t* request) {
  (void)request;
  uv_barrier_wait(&barrier);
}
static void met(uv_work_t* request, int status) {
  (void)request;
  (void)status;
}

static void find_order(uv_loop_t* loop) {
  static uv_timer_t timer;
  static uv_idle_t idle;
  uv_timer_init(loop, &timer);
  uv_idle_init(loop, &idle);
  uv_idle_start(&idle, on_idle);
  uv_timer_start(&timer, on_timer, 0, 0);
  while (uv_timer_get_due_in(&timer) > 0) uv_update_time(loop);
  uv_run(loop, UV_RUN_NOWAIT);
  uv_run(loop, UV_RUN_DEFAULT);
}

static int count_forks(uv_loop_t* loop) {
  static uv_process_t process;
  static char* child[] = {"/bin/true", NULL};
  uv_process_options_t options = {0};
  pthread_atfork(note_fork, NULL, NULL);
  options.file = child[0];
  options.args = child;
  if (uv_spawn(loop, &process, &options) != 0) return -1;
  uv_run(loop, UV_RUN_DEFAULT);
  return forks;
}

int main(int count, char** arguments) {
  static uv_loop_t by_default, uring, loop;
  (void)arguments;
  printf("secure %d\\n", getauxval(AT_SECURE) != 0);
  printf("default %d\\n", uv_loop_init(&by_default));
  printf("uring %d\\n", violet_loop_init(&uring, "uring"));
  if (violet_loop_init(&loop, "epoll") != 0) return 1;
  find_order(&loop);
  printf("order %s\\n", order);
  printf("forks %d\\n", count_forks(&loop));
  fflush(stdout);
  if (count > 1) {
    static uv_work_t work[2];
    uv_barrier_init(&barrier, 2);
    uv_queue_work(&loop, &work[0], meet, met);
    uv_queue_work(&loop, &work[1], meet, met);
    uv_run(&loop, UV_RUN_DEFAULT);
    printf("threads 2\\n");
  }
  return 0;
}
"""

SETTINGS = {
    "VIOLET_BACKEND": "nonsense",
    "VIOLET_BACKEND_STRICT": "1",
    "VIOLET_TIMER_ORDER": "1.44",
    "VIOLET_SPAWN": "fork",
    "UV_USE_IO_URING": "0",
    "UV_THREADPOOL_SIZE": "1",
}


@pytest.fixture(scope="module")
def program():
    # Not in pytest's own folder, which is root's alone.
    with tempfile.TemporaryDirectory(prefix="violet-secure-") as folder:
        yield build_program(Path(folder))


def build_program(folder):
    folder.chmod(0o755)
    source, program = folder / "program.c", folder / "program"
    source.write_text(PROGRAM)
    include = Path(__file__).resolve().parents[2] / "include"
    # Static: the loader would ignore the user's LD_LIBRARY_PATH too.
    subprocess.run(
        ["cc", "-Wall", "-Werror", f"-I{include}", source, LIBRARY.parent / "libuv.a", "-pthread",
         "-o", program],
        check=True,
    )
    program.chmod(0o755)
    return program


def told_by(program, *arguments):
    result = subprocess.run(
        [program, *arguments], env=SETTINGS, user=NOBODY, group=NOBODY, extra_groups=[],
        capture_output=True, text=True, timeout=60, check=False,
    )
    return result.stdout.split("\n")[:-1], result.stderr


def test_the_users_own_program_obeys(program):
    told, complaints = told_by(program)
    assert told == ["secure 0", "default -22", "uring -95", "order ti", "forks 1"]
    assert "nonsense" in complaints


def test_a_program_with_more_rights_does_not(program):
    privileged = program.with_name("privileged")
    shutil.copy(program, privileged)
    privileged.chmod(0o4755)
    # One line more: two pieces of work met, for which one thread would not do.
    told, complaints = told_by(privileged, "meet")
    if told and told[0] == "secure 0":
        pytest.skip("the temporary folder is on a file system without set-user-ID")
    assert told == ["secure 1", "default 0", "uring 0", "order it", "forks 0", "threads 2"]
    # The kernel may refuse the engine; the user's names do not show.
    assert "nonsense" not in complaints
