"""What `cmake --install` puts into a folder for Windows, and a project that finds it there; its programs
run under Wine."""

import shutil
import sys
from pathlib import Path

import pytest
from conftest import run

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/mingw"
sys.path.insert(0, str(ROOT / "tools"))

import wine  # noqa: E402

pytestmark = pytest.mark.skipif(
    not (wine.is_ready() and (BUILD / "uv.dll").is_file()),
    reason="./check windows has not built the library for Windows and prepared Wine",
)


@pytest.fixture(scope="module", name="installed")
def install(tmp_path_factory):
    prefix = tmp_path_factory.mktemp("installed")
    run("cmake", "--install", BUILD, "--prefix", prefix)
    return prefix


def run_on_wine(*command):
    return run(*wine.COMMAND, *command, env=wine.environment()).replace("\r\n", "\n")


def test_everything_is_installed(installed):
    for name in ("bin/uv.dll", "bin/violet.exe", "lib/libuv.dll.a", "lib/libuv.a", "include/uv.h",
                 "include/uv/errno.h", "include/violet/violet.h", "lib/cmake/libuv/libuvConfig.cmake",
                 "lib/pkgconfig/libuv.pc"):  # fmt: skip
        assert (installed / name).is_file(), name


def test_an_installation_names_no_other_folder(installed):
    texts = [path for pattern in ("*.pc", "*.cmake") for path in installed.rglob(pattern)]
    assert len(texts) >= 6
    for path in texts:
        assert str(ROOT) not in path.read_text(encoding="utf-8"), path


def test_cmake_finds_the_package(installed, version, tmp_path):
    run("cmake", "-G", "Ninja", "-S", Path(__file__).parent / "consumers/find_package", "-B", tmp_path,
        f"-DCMAKE_TOOLCHAIN_FILE={ROOT / 'cmake/mingw.cmake'}",
        f"-Dlibuv_DIR={installed / 'lib/cmake/libuv'}")  # fmt: skip
    run("cmake", "--build", tmp_path)
    on_the_library = ("c99_libuv__uv", "cxx20_uv")
    alone = ("c99_uv_a", "cxx20_libuv__uv_a")
    for name in alone:
        assert run_on_wine(tmp_path / f"{name}.exe") == version + "\n", name
    shutil.copy(installed / "bin/uv.dll", tmp_path)
    for name in on_the_library:
        assert run_on_wine(tmp_path / f"{name}.exe") == version + "\n", name
        imports = run("x86_64-w64-mingw32-objdump", "-p", tmp_path / f"{name}.exe")
        assert "DLL Name: uv.dll" in imports, name


def test_doctor_runs_from_where_it_is_installed(installed):
    report = run_on_wine(installed / "bin/violet.exe", "doctor")
    assert "a loop gets: iocp" in report
    assert "iocp: works" in report


def test_threads_of_the_pool_outlive_the_programs_use_of_the_library(installed, tmp_path):
    program = tmp_path / "unloads.exe"
    source = Path(__file__).parent / "consumers/unloads.c"
    run("x86_64-w64-mingw32-gcc-posix", "-Wall", f"-I{installed / 'include'}", source, "-o", program)
    shutil.copy(installed / "bin/uv.dll", tmp_path)
    assert run_on_wine(program) == "still here\n"
