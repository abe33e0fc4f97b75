"""The fields of the public structs that programs reach without a function.

facts/fields.txt lists them as the installed libuv1-dev has them, and says which hold here what they
hold there. The program in fields/ reads those at every moment of many lives. It is compiled with
the installed headers, as the programs that read them are, and prints the same on both libraries.
"""

import collections
import os
import pathlib
import platform
import subprocess

import pytest

import generate_fields
import support

INSTALLED_HEADERS = pathlib.Path("/usr/include")
INSTALLED_LIBRARY = pathlib.Path("/usr/lib/x86_64-linux-gnu/libuv.so.1")
LIBRARY = os.environ.get("VIOLET_LIBRARY", "")
FIELDS = support.FACTS / "fields.txt"
TABLE = generate_fields.rows(FIELDS)
HANDLE_FIELDS = "data loop type close_cb handle_queue u next_closing flags".split()


def installed_version():
    header = INSTALLED_HEADERS / "uv/version.h"
    if (platform.system(), platform.machine()) != ("Linux", "x86_64") or not header.exists():
        return ""
    lines = support.run(["gcc", "-E", "-dM", "-include", header, "-xc", os.devnull]).stdout.splitlines()
    numbers = dict(line.split()[1:3] for line in lines if line.startswith("#define UV_VERSION_M") and len(line.split()) == 3)
    return f"{numbers.get('UV_VERSION_MAJOR')}.{numbers.get('UV_VERSION_MINOR')}"


needs_installed = pytest.mark.skipif(
    installed_version() != "1.44" or not INSTALLED_LIBRARY.exists(), reason="libuv1-dev 1.44 is not installed"
)


def compile_c(sources, program, include, flags=()):
    command = ["gcc", "-std=gnu11", *support.WARNINGS[:2], "-Werror", f"-I{include}", *sources, "-o", program, *flags]
    result = support.run(command)
    assert result.returncode == 0, result.stderr


def measured(directory, include, only_named):
    source, program = directory / "measure.c", directory / "measure"
    source.write_text(generate_fields.program(TABLE, only_named), encoding="utf-8")
    compile_c([source], program, include)
    return support.run([program]).stdout.splitlines()


def expected(only_named):
    return [" ".join(row[:4]) for row in TABLE if row[4] == "same" or not only_named]


@needs_installed
def test_table_is_that_of_the_installed_headers(tmp_path):
    assert measured(tmp_path, INSTALLED_HEADERS, only_named=False) == expected(only_named=False)


@pytest.mark.skipif((platform.system(), platform.machine()) != ("Linux", "x86_64"), reason="no facts for this platform")
def test_our_headers_name_the_same_fields(tmp_path):
    assert measured(tmp_path, support.INCLUDE, only_named=True) == expected(only_named=True)


def test_table_leaves_nothing_out():
    """The fields of a struct follow each other; what lies between is padding."""
    structs = collections.defaultdict(list)
    for struct, _, offset, size, _, _ in TABLE:
        structs[struct].append((int(offset), int(size)))
    assert len(structs) > 25
    for struct, fields in structs.items():
        end = 0
        for offset, size in sorted(fields):
            assert 0 <= offset - end < 8, f"{struct}: between {end} and {offset}"
            end = offset + size


def test_every_handle_is_listed_with_its_front():
    for name in "async check fs_event fs_poll handle idle pipe poll prepare process signal stream tcp timer tty udp".split():
        fields = [row[1] for row in TABLE if row[0] == f"uv_{name}_t"]
        assert fields[: len(HANDLE_FIELDS)] == HANDLE_FIELDS, name


@pytest.fixture(scope="module")
def lives(tmp_path_factory):
    program = tmp_path_factory.mktemp("fields") / "lives"
    sources = sorted((support.HERE / "fields").glob("*.c"))
    # By its soname, so that it is the same program whichever library it meets.
    compile_c(sources, program, INSTALLED_HEADERS, [INSTALLED_LIBRARY, "-lutil"])
    return program


def told(program, library, directory, backend):
    environment = {**os.environ, "LD_LIBRARY_PATH": str(library.parent), "VIOLET_BACKEND": backend, "VIOLET_BACKEND_STRICT": "1"}
    result = subprocess.run(
        [program], capture_output=True, text=True, timeout=100, check=False, env=environment, cwd=directory
    )
    if "UV_ENOTSUP" in result.stderr or "refused" in result.stderr:
        pytest.skip(result.stderr.strip())
    assert result.returncode == 0, result.stdout[-500:] + result.stderr
    return result.stdout.splitlines()


@needs_installed
@pytest.mark.skipif(not LIBRARY, reason="VIOLET_LIBRARY does not name a library")
@pytest.mark.parametrize("backend", ["epoll", "uring"])
def test_fields_hold_the_same_at_every_moment(lives, backend, tmp_path):
    installed = told(lives, INSTALLED_LIBRARY, tmp_path, backend)
    ours = told(lives, pathlib.Path(LIBRARY), tmp_path, backend)
    different = [f"{want}   (is: {got})" for want, got in zip(installed, ours) if want != got]
    assert not different, "\n".join(different)
    assert len(ours) == len(installed) > 200
