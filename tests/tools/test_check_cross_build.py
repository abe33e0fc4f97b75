"""The check of what is cross-built must notice each thing that it looks for."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import check_cross_build as check  # noqa: E402

pytestmark = pytest.mark.skipif(
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


@pytest.mark.parametrize("system", TARGETS)
def test_accepts_what_is_right(system, tmp_path):
    assert problems(system, shared(system, tmp_path)) == []


@pytest.mark.parametrize("system", TARGETS)
def test_notices_names_too_many_and_too_few(system, tmp_path):
    library = shared(system, tmp_path, "int uv_version(void) { return 1; }\nint other;\n")
    prefix = check.SYSTEMS[system].prefix
    assert problems(system, library) == [
        f"exports {prefix}other, which is not public", f"lacks {prefix}violet_loop_init"
    ]  # fmt: skip


@pytest.mark.parametrize("system", TARGETS)
def test_notices_a_wrong_name(system, tmp_path):
    library = shared(system, tmp_path, name="libuv.so.2")
    assert problems(system, library) == [f"is called libuv.so.2, not {check.SYSTEMS[system].name}"]


@pytest.mark.parametrize("system", TARGETS)
def test_notices_a_library_that_no_system_has(system, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    flags = ["-shared", f"-Wl,{'-install_name' if system == 'macos' else '-soname'},libother"]
    needed = compile_c(system, other / "libother.so", "int other(void) { return 1; }\n", *flags)
    text = GOOD + "int other(void);\nstatic int use(void) { return other(); }\n"
    text += "int (*const hidden)(void) __attribute__((visibility(\"hidden\"), used)) = use;\n"
    assert problems(system, shared(system, tmp_path, text, needed)) == ["needs libother"]


def test_notices_relocations_in_the_text(tmp_path):
    text = GOOD + '__asm__(".text\\n.quad uv_version\\n");\n'
    assert problems("freebsd", shared("freebsd", tmp_path, text, "-Wl,-z,notext")) == [
        "has relocations in its text"
    ]


@pytest.mark.parametrize("system", TARGETS)
def test_notices_what_a_static_library_lacks(system, tmp_path):
    thing = compile_c(system, tmp_path / "version.o", "int uv_version(void) { return 1; }\n", "-c")
    archive = tmp_path / "libuv.a"
    subprocess.run([ROOT / "tools/zig/ar", "rcs", archive, thing], check=True, timeout=60)
    assert list(check.check_static(archive, check.SYSTEMS[system], PUBLIC)) == [
        "lacks violet_loop_init"
    ]


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


def test_notices_what_is_missing(tmp_path):
    found = list(check.check_folder(tmp_path, check.SYSTEMS["openbsd"], PUBLIC, ("api_tests",)))
    assert found == [(name, "is missing") for name in ("libuv.so.1", "libuv.a", "api_tests")]
