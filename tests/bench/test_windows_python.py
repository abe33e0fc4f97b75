"""`violet bench` as it is on Windows, with a Python for Windows, under Wine: from the command to the pictures."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "mingw"
PYTHON = ROOT / "build" / "windows-python"  # tools/fetch_windows_python.sh
sys.path.insert(0, str(ROOT / "tools"))

import wine  # noqa: E402

pytestmark = pytest.mark.skipif(
    not wine.is_ready() or not (BUILD / "bench" / "stream_load.exe").exists() or not (PYTHON / "complete").exists(),
    reason="no programs for Windows, no Python for it, or no Wine (./check windows)")

PATIENCE = 240  # seconds


def windows_path(path):
    return f"Z:{path}".replace("/", "\\")


@pytest.fixture(scope="module", autouse=True)
def services():
    """Wine's first program starts them, and they keep its standard output open as long as there is any
    program. If that output were a test's terminal, it would see no end of it."""
    first = subprocess.Popen([*wine.COMMAND, "cmd", "/c", "echo ready & pause"], env=wine.environment(),
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert first.stdout.readline().strip() == b"ready"
    yield
    first.stdin.close()
    first.wait(PATIENCE)
    first.stdout.close()


def environment_with(*path):
    # A debugger that comes to a crash would keep the program from ending.
    return wine.environment(WINEPATH=";".join(map(windows_path, path)), WINEDLLOVERRIDES="winedbg.exe=d")


def run(*command, path=()):
    return subprocess.run([*wine.COMMAND, *map(str, command)], env=environment_with(*path), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False,
                          timeout=PATIENCE)


def test_the_command_measures_and_draws(tmp_path):
    """Two libraries, and one that is none."""
    for name, content in (("other", (BUILD / "uv.dll").read_bytes()), ("broken", b"no library")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "uv.dll").write_bytes(content)
    others = ",".join(f"{name}={windows_path(tmp_path / name)}:iocp" for name in ("other", "broken"))
    result = run(BUILD / "violet.exe", "bench", "--quick", "--cases", "tcp_echo connections=1 ,fs_stat",
                 "--targets", f"iocp,{others}", "--rounds", "2", "--seconds", "0.05",
                 "--folder", windows_path(tmp_path), "--output", windows_path(tmp_path / "out"), path=[PYTHON])
    assert result.returncode == 1, result.stderr  # One of the targets has failed.
    assert "fs_stat depth=64" in result.stderr  # What was going on.
    check_table(result.stdout)
    check_json(json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8")))
    check_pictures(tmp_path / "out")


def check_table(text):
    assert text.startswith("Windows 10, AMD64")
    row = next(line for line in text.splitlines() if line.startswith("  fs_stat depth=64"))
    assert row.count(" to ") == 1 and "FAILED: " in row
    assert "Latency in µs" in text


def check_json(report):
    assert report["targets"] == ["iocp", "other", "broken"]
    for case in report["cases"]:
        verdicts = {name: told["verdict"] for name, told in case["results"].items()}
        assert verdicts == {"iocp": "measured", "other": "measured", "broken": "failed"}
        assert case["results"]["iocp"]["latency"]["50"] > 0
        assert case["results"]["iocp"]["resident"] > 1 << 20
    assert report["settings"]["pinned"] is True


def check_pictures(folder):
    assert {path.stem for path in folder.glob("*.svg")} == {"fs_stat-by-depth", "ratios"}
    for path in folder.glob("*.svg"):
        xml.etree.ElementTree.parse(path)
        assert path.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
        assert f"({path.name})" in (folder / "results.md").read_text(encoding="utf-8")


def test_without_a_python_it_is_said_what_was_sought():
    result = run(BUILD / "violet.exe", "bench", "--list")
    assert result.returncode == 2
    assert "`python3` `python` `py -3`" in result.stderr


def test_the_exit_status_of_the_harness_is_passed_on():
    result = run(BUILD / "violet.exe", "bench", "--rounds", "0", path=[PYTHON])
    assert result.returncode == 2
    assert "without a round" in result.stderr


def test_violet_run_is_the_program_beside_it(tmp_path):
    """A copy of this one stands for it."""
    for name in ("violet.exe", "violet-run.exe"):
        (tmp_path / name).write_bytes((BUILD / "violet.exe").read_bytes())
    result = run(tmp_path / "violet.exe", "run", "doctor")
    assert (result.returncode, "iocp: works" in result.stdout) == (0, True)
    (tmp_path / "violet-run.exe").unlink()
    result = run(tmp_path / "violet.exe", "run", "doctor")
    assert result.returncode == 2 and "no JavaScript" in result.stderr


def test_an_interrupt_at_the_console_ends_both():
    """The command waits for the harness, which ends its programs and says so.

    It comes while a program runs, not while one is started: under Wine the terminal's signal then
    sometimes hits a process that has just been forked, and the one that starts it waits for ever."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(wine.COMMAND[0], [*wine.COMMAND, str(BUILD / "violet.exe"), "bench", "--cases", "loop_count",
                                     "--targets", "iocp", "--rounds", "9", "--seconds", "60", "--patience", "99"],
                   environment_with(PYTHON))
    watchdog = threading.Timer(PATIENCE, os.killpg, [child, signal.SIGKILL])
    watchdog.start()
    try:
        await_use_of_processor(child, "loop_count.exe")
        os.write(terminal, b"\x03")
        shown = shown_until_end(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        watchdog.cancel()
        os.close(terminal)
    assert b"violet bench: interrupted" in shown and b"Traceback" not in shown
    assert status == 130


def await_use_of_processor(group, name):
    """Until a program of that name, in that group of processes, has been at work for some time."""
    while not any(ticks > 20 for ticks in ticks_of(group, name)):
        assert os.waitid(os.P_PID, group, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        time.sleep(0.05)


def ticks_of(group, name):
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = file.read_text(encoding="utf-8", errors="replace")
        except OSError:  # It has ended.
            continue
        fields = stat[stat.rindex(")") + 2:].split()
        if f"({name})" in stat and int(fields[2]) == group:
            yield int(fields[11])


def shown_until_end(terminal):
    """What a terminal shows until nobody has it any more."""
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            return shown


@pytest.mark.parametrize("part", ["bad_targets", "looking", "targets"])
def test_the_tests_of_the_harness_pass_there(part, tmp_path):
    """Crashes, hangs and cheats are seen, too."""
    result = run(PYTHON / "python.exe", "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider",
                 f"--rootdir={windows_path(ROOT)}", f"--basetemp={windows_path(tmp_path / 'inside')}",
                 windows_path(ROOT / "tests" / "bench" / f"test_{part}.py"))
    assert result.returncode == 0, result.stdout + result.stderr
    assert " passed" in result.stdout
