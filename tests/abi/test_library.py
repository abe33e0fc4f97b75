"""A built library exports the API and nothing else, and needs nothing but libc.

The environment variable VIOLET_LIBRARY names the library.
"""

import os
import re
import shutil

import pytest

import support

LIBRARY = os.environ.get("VIOLET_LIBRARY", "")

pytestmark = [
    pytest.mark.skipif(not LIBRARY, reason="VIOLET_LIBRARY does not name a library"),
    pytest.mark.skipif(not shutil.which("nm"), reason="binutils are not installed"),
]

EXTENSIONS = {"violet_loop_init", "violet_backend_report", "violet_backend_report_text"}


def output_of(*command):
    result = support.run(command)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def exported():
    lines = output_of("nm", "-D", "--defined-only", LIBRARY).splitlines()
    return {line.split()[-1].split("@")[0] for line in lines if line.strip()}


def test_exports_only_its_own_names(exported):
    assert {name for name in exported if not re.match(r"(uv|violet)_[a-z]", name)} == set()


def test_exports_no_undocumented_uv_name(exported):
    assert {name for name in exported if name.startswith("uv_")} - set(support.facts("symbols.txt")) == set()


def test_exports_every_name(exported):
    assert set(support.facts("symbols.txt")) - exported == set()
    assert EXTENSIONS - exported == set()


def test_has_the_soname():
    assert re.search(r"SONAME.*\[libuv\.so\.1\]", output_of("readelf", "-d", LIBRARY))


def test_needs_only_libc():
    needed = [line.split()[0] for line in output_of("ldd", LIBRARY).splitlines()]
    allowed = re.compile(r"(linux-vdso|libc|ld-linux[\w-]*)\.so(\.\d+)*$")
    assert [name for name in needed if not allowed.match(os.path.basename(name))] == []
