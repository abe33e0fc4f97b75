"""The check of what is cross-built must notice each thing that it looks for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import check_cross_build as check  # noqa: E402

needs_zig = pytest.mark.skipif(
    not (ROOT / "build/zig/ziglang/zig").is_file(), reason="tools/fetch_zig.sh has not fetched zig"
)

TARGETS = {"freebsd": "x86_64-freebsd", "macos": "x86_64-macos"}
PUBLIC = {"uv_version", "violet_loop_init"}
GOOD = "int uv_version(void) { return 1; }\nint violet_loop_init(void) { return 0; }\n"


def compile_c(system, output, text, *flags):
    source = output.with_suffix(".c")
    source.write_text(text)
    subprocess.run(
        [ROOT / "tools/zig/clang", f"--target={TARGETS[system]}", "-O0", "-g0", "-fPIC",
         "-fno-sanitize=all", source, "-o", output, *flags],
        check=True, timeout=300,
    )  # fmt: skip
    return output


def shared(system, folder, text=GOOD, *flags, name=None):
    wanted = check.SYSTEMS[system]
    option = "-install_name" if system == "macos" else "-soname"
    return compile_c(system, folder / wanted.library, text, "-shared",
                     f"-Wl,{option},{name or wanted.name}", *flags)  # fmt: skip


def problems(system, library):
    return list(check.check_shared(library, check.SYSTEMS[system], PUBLIC))


@needs_zig
@pytest.mark.parametrize("system", TARGETS)
def test_accepts_what_is_right(system, tmp_path):
    assert problems(system, shared(system, tmp_path)) == []


@needs_zig
@pytest.mark.parametrize("system", TARGETS)
def test_notices_names_too_many_and_too_few(system, tmp_path):
    library = shared(system, tmp_path, "int uv_version(void) { return 1; }\nint other;\n")
    prefix = check.SYSTEMS[system].prefix
    assert problems(system, library) == [
        f"exports {prefix}other, which is not public", f"lacks {prefix}violet_loop_init"
    ]  # fmt: skip


@needs_zig
@pytest.mark.parametrize("system", TARGETS)
def test_notices_a_wrong_name(system, tmp_path):
    library = shared(system, tmp_path, name="libuv.so.2")
    assert problems(system, library) == [f"is called libuv.so.2, not {check.SYSTEMS[system].name}"]


@needs_zig
@pytest.mark.parametrize("system", TARGETS)
def test_notices_a_library_that_no_system_has(system, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    flags = ["-shared", f"-Wl,{'-install_name' if system == 'macos' else '-soname'},libother"]
    needed = compile_c(system, other / "libother.so", "int other(void) { return 1; }\n", *flags)
    text = GOOD + "int other(void);\nstatic int use(void) { return other(); }\n"
    text += "int (*const hidden)(void) __attribute__((visibility(\"hidden\"), used)) = use;\n"
    assert problems(system, shared(system, tmp_path, text, needed)) == ["needs libother"]


@needs_zig
def test_notices_relocations_in_the_text(tmp_path):
    text = GOOD + '__asm__(".text\\n.quad uv_version\\n");\n'
    assert problems("freebsd", shared("freebsd", tmp_path, text, "-Wl,-z,notext")) == [
        "has relocations in its text"
    ]


# The second is in 13.2 by its pages, though newer than 13.0; the first came with 14.
@needs_zig
def test_notices_what_freebsd_13_lacks(tmp_path):
    names = ("timerfd_create", "sched_getcpu", "close_range")
    text = GOOD + "".join(f"int {name}();\n" for name in names)
    text += "static int use(void) { return " + " + ".join(f"{name}()" for name in names) + "; }\n"
    text += "int (*const hidden)(void) __attribute__((visibility(\"hidden\"), used)) = use;\n"
    assert problems("freebsd", shared("freebsd", tmp_path, text)) == [
        "needs timerfd_create of FBSD_1.7, which FreeBSD 13.2 lacks"
    ]


@needs_zig
@pytest.mark.parametrize("system", TARGETS)
def test_notices_what_a_static_library_lacks(system, tmp_path):
    thing = compile_c(system, tmp_path / "version.o", "int uv_version(void) { return 1; }\n", "-c")
    archive = tmp_path / "libuv.a"
    subprocess.run([ROOT / "tools/zig/ar", "rcs", archive, thing], check=True, timeout=60)
    assert list(check.check_static(archive, check.SYSTEMS[system], PUBLIC)) == [
        "lacks violet_loop_init"
    ]


@needs_zig
@pytest.mark.parametrize("system", TARGETS)
def test_notices_a_program_without_the_library(system, tmp_path):
    library = shared(system, tmp_path)
    text = "int uv_version(void);\nint main(void) { return uv_version() == 0; }\n"
    linked = compile_c(system, tmp_path / "linked", text, library)
    alone = compile_c(system, tmp_path / "alone", "int main(void) { return 0; }\n")
    wanted = check.SYSTEMS[system]
    assert list(check.check_program(linked, wanted, True)) == []
    assert list(check.check_program(linked, wanted, False)) == ["looks for libuv"]
    assert list(check.check_program(alone, wanted, True)) == ["does not look for libuv"]


MINGW = "x86_64-w64-mingw32-gcc-posix"
needs_mingw = pytest.mark.skipif(not shutil.which(MINGW), reason="mingw-w64 is not installed")


def windows_library(folder, exports, *flags, text=GOOD, name="uv.dll"):
    """uv.dll that shows `exports`."""
    (folder / "made.c").write_text(text)
    (folder / "made.def").write_text("EXPORTS\n" + "\n".join(exports) + "\n")
    subprocess.run(
        [MINGW, "-shared", "-O0", folder / "made.c", folder / "made.def", "-o", folder / name,
         f"-Wl,--out-implib,{folder / name}.a", *flags],
        check=True, timeout=120,
    )  # fmt: skip
    return folder / name


@needs_mingw
def test_accepts_a_right_library_of_windows(tmp_path):
    assert problems("windows", windows_library(tmp_path, sorted(PUBLIC))) == []


@needs_mingw
def test_notices_what_is_wrong_in_a_library_of_windows(tmp_path):
    other = windows_library(tmp_path, ["other"], text="int other(void) { return 1; }\n", name="other.dll")
    text = GOOD + "int other(void);\nint more(void) { return other(); }\n"
    library = windows_library(tmp_path, ["uv_version", "more"], f"{other}.a", text=text, name="wrong.dll")
    assert problems("windows", library) == [
        "exports more, which is not public", "lacks violet_loop_init",
        "is called wrong.dll, not uv.dll", "needs other.dll",
    ]  # fmt: skip


@needs_mingw
def test_notices_a_program_of_windows_without_the_library(tmp_path):
    library = windows_library(tmp_path, sorted(PUBLIC))
    source = tmp_path / "program.c"
    source.write_text("int uv_version(void);\nint main(void) { return uv_version() == 0; }\n")
    program = tmp_path / "program.exe"
    subprocess.run([MINGW, source, f"{library}.a", "-o", program], check=True, timeout=120)
    wanted = check.SYSTEMS["windows"]
    assert list(check.check_program(program, wanted, True)) == []
    assert list(check.check_program(program, wanted, False)) == ["looks for libuv"]
    assert list(check.check_program(library, wanted, True)) == ["does not look for libuv"]


@needs_mingw
def test_notices_what_is_missing_of_windows(tmp_path):
    found = list(check.check_folder(tmp_path, check.SYSTEMS["windows"], PUBLIC, ("violet",)))
    assert found == [(name, "is missing") for name in ("uv.dll", "libuv.a", "violet.exe")]


@needs_zig
def test_notices_what_is_missing(tmp_path):
    found = list(check.check_folder(tmp_path, check.SYSTEMS["openbsd"], PUBLIC, ("api_tests",)))
    assert found == [(name, "is missing") for name in ("libuv.so.1", "libuv.a", "api_tests")]
