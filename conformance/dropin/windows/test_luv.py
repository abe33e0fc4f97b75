"""luv with Lua 5.4, built for Windows on our headers and import library: its own tests, file by file,
under Wine on uv.dll."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build/mingw"
SOURCES = ROOT / "build/luv/luv/tests"
sys.path.insert(0, str(ROOT / "tools"))

import wine  # noqa: E402

pytestmark = pytest.mark.skipif(
    not (wine.COMMAND and (BUILD / "uv.dll").is_file() and SOURCES.is_dir()),
    reason="./check windows has not built uv.dll, or tools/fetch_luv.sh has not fetched luv",
)

FILES = sorted(path.stem.removeprefix("test-") for path in SOURCES.glob("test-*.lua"))

# Files that test nothing on Windows.
EMPTY = {"signal", "tty"}
# Tests that fail for Wine's sake, or are not yet understood; libuv 1.44.2 fails in these files too.
NOT_PASSED = {
    "fs": {"errors with dest paths": "Wine reports symbolic links as made that are not there"},
    "process": {"process stdout": "Wine's cmd.exe writes a line and its end apart; ends the program"},
    "udp": {"udp multicast join ipv4": "the second message does not come; ends the program"},
}


@pytest.fixture(scope="module", name="folder")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("luv")
    subprocess.run([Path(__file__).parent / "build_luv.sh", BUILD, folder], check=True, timeout=240)
    return folder


def run(folder, name):
    """The program's exit code and what it printed."""
    shutil.copy(Path(__file__).parent / "start.lua", folder)
    result = subprocess.run(
        [*wine.COMMAND, "lua.exe", f"tests/test-{name}.lua"], cwd=folder,
        env=wine.environment(LUA_INIT="@start.lua"), timeout=120,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return result.returncode, result.stdout.decode(errors="replace").replace("\r\n", "\n")


def outcome(output):
    """How many tests there are, and the names of those that passed and failed."""
    plan = re.search(r"^1\.\.(\d+)$", output, re.M)
    passed = re.findall(r"^ok \d+ (.*)$", output, re.M)
    failed = re.findall(r"^not ok \d+ (.*)$", output, re.M)
    return int(plan[1]) if plan else 0, passed, failed


@pytest.mark.parametrize("name", FILES)
def test_file(folder, name):
    if name in EMPTY:
        pytest.skip("it has no tests for Windows")
    code, output = run(folder, name)
    count, passed, failed = outcome(output)
    assert count > 0, output
    excused = NOT_PASSED.get(name, {})
    assert set(failed) <= set(excused), output
    if not excused:
        assert (code, len(passed)) == (0, count), output
        return
    # The file ends at the first of those that it does not survive.
    assert len(passed) > 0, output
    pytest.xfail(f"{len(passed)} of {count} passed: " + "; ".join(f"{k}: {v}" for k, v in excused.items()))
