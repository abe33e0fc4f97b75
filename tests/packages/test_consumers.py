"""Projects of each kind find an installed library, build with it and run on it."""

import os
import re
from pathlib import Path

import pytest
from conftest import run

CONSUMERS = Path(__file__).parent / "consumers"


def environment(prefix):
    return dict(os.environ, PKG_CONFIG_PATH=str(prefix / "lib/pkgconfig"))


def without_search_path():
    return {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}


def needed(program):
    return re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "-dW", program))


def check_programs(folder, names, prefix, version):
    """The static programs run as they are, the others on the installed library."""
    for name in names:
        program = folder / name
        static = name.endswith(("_static", "_a"))
        assert ("libuv.so.1" in needed(program)) != static, name
        libraries = {} if static else {"LD_LIBRARY_PATH": str(prefix / "lib")}
        assert run(program, env=without_search_path() | libraries) == version + "\n", name


def build_with_cmake(kind, prefix, folder):
    run("cmake", "-G", "Ninja", "-S", CONSUMERS / kind, "-B", folder,
        f"-DCMAKE_PREFIX_PATH={prefix}", env=environment(prefix))
    run("cmake", "--build", folder)


def test_cmake_finds_the_package(prefix, version, tmp_path):
    build_with_cmake("find_package", prefix, tmp_path)
    names = ["c99_libuv__uv", "c99_uv_a", "cxx20_libuv__uv_a", "cxx20_uv"]
    check_programs(tmp_path, names, prefix, version)


KINDS = [f"{language}_{kind}" for language in ("c99", "cxx20") for kind in ("shared", "static")]


def test_cmake_finds_it_by_pkg_config(prefix, version, tmp_path):
    build_with_cmake("pkg_config", prefix, tmp_path)
    check_programs(tmp_path, KINDS, prefix, version)
    # The run path that CMake writes into the programs of a build leads to the library.
    assert run(tmp_path / "c99_shared", env=without_search_path()) == version + "\n"


def test_make_finds_it_by_pkg_config(prefix, version, tmp_path):
    run("make", "-C", tmp_path, "-f", CONSUMERS / "make/Makefile", env=environment(prefix))
    check_programs(tmp_path, KINDS, prefix, version)


@pytest.mark.parametrize("wanted, found", [("1.40", True), ("1.52.1", True), ("1.99", False),
                                           ("2.0", False)])
def test_the_package_knows_its_version(prefix, tmp_path, wanted, found):
    (tmp_path / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.20)\nproject(version LANGUAGES NONE)\n"
        f"find_package(libuv {wanted} CONFIG)\n"
        'message(STATUS "found: ${libuv_FOUND} ${libuv_VERSION}")\n'
    )
    output = run("cmake", "-S", tmp_path, "-B", tmp_path / "build",
                 f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF")
    assert ("found: 1" in output) == found


def test_an_installation_names_no_other_folder(prefix, build):
    folders = [str(prefix.parent / "first"), str(build), str(Path(__file__).parents[2])]
    texts = [path for pattern in ("*.pc", "*.cmake", "violet-switch") for path in prefix.rglob(pattern)]
    assert len(texts) >= 6
    for path in texts:
        text = path.read_text(encoding="utf-8")
        assert [folder for folder in folders if folder in text] == [], path


def test_destdir_comes_before_the_prefix(build, tmp_path):
    run("cmake", "--install", build, "--prefix", "/usr", env=dict(os.environ, DESTDIR=str(tmp_path)))
    flags = run("pkg-config", "--cflags", "libuv", env=environment(tmp_path / "usr")).strip()
    assert flags.startswith("-I") and (Path(flags[2:]) / "uv.h").is_file()


def test_the_switch_runs_one_program(prefix, version, tmp_path):
    run("make", "-C", tmp_path, "-f", CONSUMERS / "make/Makefile", "c99_shared", env=environment(prefix))
    assert run(prefix / "bin/violet-switch", "run", tmp_path / "c99_shared") == version + "\n"


def test_the_command_runs_where_it_is_installed(prefix, version):
    assert version in run(prefix / "bin/violet", "doctor")


def test_a_project_may_contain_the_sources(build, tmp_path):
    """The names are those of find_package(); Violet's tests are left out."""
    folder = Path(__file__).parents[2]
    run("cmake", "-G", "Ninja", "-S", CONSUMERS / "subdirectory", "-B", tmp_path,
        f"-DVIOLET_SOURCES={folder}")
    targets = {line.split(":")[0] for line in run("ninja", "-C", tmp_path, "-t", "targets", "all").splitlines()}
    assert {"c99_libuv__uv", "c99_libuv__uv_a", "c99_uv", "c99_uv_a", "violet/libuv.a"} <= targets
    assert [name for name in targets if "api_tests" in name or "gtest" in name] == []
