"""The check of the seams must notice what one system does not know, and CMake's list must be true."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECK = ROOT / "tools" / "check_seams.py"

needs_mingw = pytest.mark.skipif(
    not shutil.which("x86_64-w64-mingw32-g++-posix"), reason="mingw-w64 is not installed"
)
needs_zig = pytest.mark.skipif(
    not (ROOT / "build/zig/ziglang/zig").is_file(), reason="tools/fetch_zig.sh has not fetched zig"
)


def run_check(target, root, source):
    (root / "include").mkdir()
    (root / "include" / "uv.h").write_text("#include <stddef.h>\n")
    (root / "src" / "handle").mkdir(parents=True)
    (root / "src" / "handle" / "a.cc").write_text(source)
    return subprocess.run(
        [sys.executable, CHECK, target, "--root", root],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@needs_mingw
def test_accepts_what_every_system_knows(tmp_path):
    result = run_check("windows", tmp_path, "std::size_t size() { return sizeof(size_t); }\n")
    assert result.returncode == 0, result.stdout
    assert "1 of 1 files compile" in result.stdout


@needs_mingw
def test_notices_what_windows_lacks(tmp_path):
    result = run_check("windows", tmp_path, "#include <signal.h>\nsigset_t blocked;\n")
    assert result.returncode == 1
    assert "windows: src/handle/a.cc" in result.stdout and "sigset_t" in result.stdout


@needs_mingw
def test_takes_warnings_for_errors(tmp_path):
    result = run_check("windows", tmp_path, "bool wrong(unsigned n) { return n < 0; }\n")
    assert result.returncode == 1


@needs_zig
def test_notices_what_freebsd_lacks(tmp_path):
    result = run_check("freebsd", tmp_path, "#include <sys/epoll.h>\n")
    assert result.returncode == 1
    assert "freebsd: src/handle/a.cc" in result.stdout


@needs_zig
def test_accepts_standard_language_for_windows(tmp_path):
    source = "#include <windows.h>\nunsigned long last() { return GetLastError(); }\n"
    result = run_check("windows-clang", tmp_path, source)
    assert result.returncode == 0, result.stdout


@needs_zig
@pytest.mark.parametrize("extension", [
    "int twice(int n) { return ({ n + n; }); }",
    "int choose(int n) { return n ?: 1; }",
    "struct Open { int size; char bytes[0]; };",
    "int next(int n) { switch (n) { case 0 ... 9: return n; default: return 0; } }",
])  # fmt: skip
def test_notices_an_extension_of_gnu(tmp_path, extension):
    result = run_check("windows-clang", tmp_path, extension + "\n")
    assert result.returncode == 1, "it compiles"
    assert "windows-clang: src/handle/a.cc" in result.stdout


def test_refuses_an_unknown_target():
    result = subprocess.run([sys.executable, CHECK, "beos"], capture_output=True, text=True,
                            timeout=60, check=False)  # fmt: skip
    assert result.returncode == 2 and "unknown target: beos" in result.stderr
