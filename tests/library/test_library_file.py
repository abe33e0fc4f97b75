"""libuv.so.1 as a file: what it needs, what it exports, and how it is installed.

VIOLET_LIBRARY names the libuv.so.1 under test; it stands in its CMake build folder.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

LIBRARY = Path(os.environ.get("VIOLET_LIBRARY", ""))
BUILD = LIBRARY.parent

pytestmark = pytest.mark.skipif(
    not LIBRARY.is_file(), reason="VIOLET_LIBRARY does not name a built libuv.so.1"
)

PROGRAM = """
#include <uv.h>
static void count(uv_timer_t* timer) { ++*(int*)timer->data; }
int main(void) {
  uv_loop_t loop;
  uv_timer_t timer;
  int fired = 0;
  if (uv_loop_init(&loop) != 0 || uv_timer_init(&loop, &timer) != 0) return 1;
  timer.data = &fired;
  uv_timer_start(&timer, count, 1, 0);
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_close((uv_handle_t*)&timer, NULL);
  uv_run(&loop, UV_RUN_DEFAULT);
  return uv_loop_close(&loop) == 0 && fired == 1 ? 0 : 1;
}
"""

PLUGIN = """
#include <dlfcn.h>
#include <uv.h>
static int ran;
static void work(uv_work_t* request) { (void)request; ++ran; }
static void after(uv_work_t* request, int status) { (void)request; (void)status; }
static int queue_one(void* library) {
  int (*init)(uv_loop_t*), (*run)(uv_loop_t*, uv_run_mode), (*close)(uv_loop_t*);
  int (*queue)(uv_loop_t*, uv_work_t*, uv_work_cb, uv_after_work_cb);
  uv_loop_t loop;
  uv_work_t request;
  *(void**)&init = dlsym(library, "uv_loop_init");
  *(void**)&queue = dlsym(library, "uv_queue_work");
  *(void**)&run = dlsym(library, "uv_run");
  *(void**)&close = dlsym(library, "uv_loop_close");
  return init(&loop) || queue(&loop, &request, work, after) || run(&loop, UV_RUN_DEFAULT) ||
         close(&loop);
}
int main(int count, char** arguments) {
  int i;
  if (count != 2) return 2;
  for (i = 0; i < 3; ++i) {
    void* library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL || queue_one(library) != 0) return 3;
    if (dlclose(library) != 0) return 4;
    library = dlopen(arguments[1], RTLD_NOW | RTLD_NOLOAD);
    if (library == NULL) return 5;
    dlclose(library);
  }
  return ran == 3 ? 0 : 6;
}
"""


def output_of(*command, **options):
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, **options
    )
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout


def test_needs_libc_only():
    needed = re.findall(r"\(NEEDED\).*\[(.*)\]", output_of("readelf", "-dW", LIBRARY))
    assert [name for name in needed if not name.startswith("ld-linux")] == ["libc.so.6"]


def test_is_named_as_the_installed_one():
    assert "(SONAME)             Library soname: [libuv.so.1]" in output_of("readelf", "-dW", LIBRARY)
    assert LIBRARY.resolve().name == "libuv.so.1.0.0"


def test_exports_the_interface_only():
    names = output_of("nm", "-D", "--defined-only", "--format=posix", LIBRARY).split("\n")
    exported = {line.split()[0] for line in names if line}
    assert "uv_version" in exported
    assert {name for name in exported if not re.match(r"(uv|violet)_", name)} == set()


def test_has_no_assertions():
    assert "__assert_fail" not in output_of("nm", "-D", "--undefined-only", LIBRARY)


def test_is_hardened():
    headers = output_of("readelf", "-lW", LIBRARY)
    assert re.search(r"GNU_STACK.* RW ", headers)
    assert "GNU_RELRO" in headers
    assert "BIND_NOW" in output_of("readelf", "-dW", LIBRARY)


def test_stays_when_a_plugin_that_used_its_threads_goes(tmp_path):
    source, program = tmp_path / "plugin.c", tmp_path / "plugin"
    source.write_text(PLUGIN)
    include = Path(__file__).resolve().parents[2] / "include"
    output_of("gcc", "-std=gnu99", "-Wall", "-Werror", f"-I{include}", source, "-ldl", "-o", program)
    output_of(program, LIBRARY)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    prefix = tmp_path_factory.mktemp("prefix")
    output_of("cmake", "--install", BUILD, "--prefix", prefix)
    return prefix


def flags_for(prefix, *options):
    (pc,) = prefix.rglob("libuv.pc")
    return output_of(
        "pkg-config", *options, "--cflags", "--libs", "libuv",
        env=dict(os.environ, PKG_CONFIG_PATH=str(pc.parent)),
    ).split()


def build_program(folder, *flags):
    source, program = folder / "program.c", folder / "program"
    source.write_text(PROGRAM)
    output_of("cc", "-std=c99", "-pedantic", "-Wall", "-Werror", source, *flags, "-o", program)
    return program


def test_installed_library_serves_c99_programs(installed, tmp_path):
    program = build_program(tmp_path, *flags_for(installed))
    folder = next(installed.rglob("libuv.so.1")).parent
    output_of(program, env=dict(os.environ, LD_LIBRARY_PATH=str(folder)))


@pytest.fixture(scope="module")
def installed_static(installed, tmp_path_factory):
    """The installation of somebody who took libuv.a only: -luv finds nothing else."""
    prefix = tmp_path_factory.mktemp("static") / "prefix"
    shared = shutil.ignore_patterns("*.so", "*.so.*")
    return Path(shutil.copytree(installed, prefix, ignore=shared))


@pytest.mark.parametrize("options", [[], ["-static"], ["-Wl,--gc-sections"]], ids=str)
def test_the_static_library_needs_the_c_compiler_alone(installed_static, tmp_path, options):
    program = build_program(tmp_path, *options, *flags_for(installed_static, "--static"))
    needed = re.findall(r"\(NEEDED\).*\[(.*)\]", output_of("readelf", "-dW", program))
    expected = [] if "-static" in options else ["libc.so.6"]
    assert [name for name in needed if not name.startswith("ld-linux")] == expected
    output_of(program)


def test_the_static_library_shows_the_interface_only(installed_static):
    (library,) = installed_static.rglob("libuv.a")
    lines = output_of("nm", "-g", "--defined-only", "--format=posix", library).split("\n")
    shown = {line.split()[0] for line in lines if " " in line}
    assert {"uv_version", "violet_loop_init"} <= shown
    assert {name for name in shown if not re.match(r"(uv|violet)_", name)} == set()
