"""The comparison of micro-benchmarks: medians of rounds, ratios to the first library, failures."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPARE = ROOT / "bench" / "compare_micro.py"

# Stands for a benchmark program: its library's folder has the times of its rounds.
PROGRAM = """#!{python}
import json, os, pathlib, sys
folder = pathlib.Path(os.environ["LD_LIBRARY_PATH"])
times = json.loads((folder / "times").read_text())
if not times:
    sys.exit("no loop")
(folder / "times").write_text(json.dumps(times[1:]))
unit = os.environ.get("VIOLET_BACKEND", "ns")
print(json.dumps({{"benchmarks": [
    {{"name": "stat/under_way:1/process_time/real_time", "real_time": times[0],
      "cpu_time": times[0] / 2, "time_unit": unit}}]}}))
"""


def add_library(folder, name, times):
    library = folder / name
    library.mkdir()
    (library / "libuv.so.1").touch()
    (library / "times").write_text(json.dumps(times))
    return library


def compare(folder, *libraries, benchmarks="fs", rounds=3):
    program = folder / "bench_fs"
    program.write_text(PROGRAM.format(python=sys.executable))
    program.chmod(0o755)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("VIOLET_")}
    return subprocess.run(
        [sys.executable, COMPARE, "--programs", folder, "--benchmarks", benchmarks,
         "--rounds", str(rounds), *libraries],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )


def test_prints_medians_and_ratios(tmp_path):
    slow = add_library(tmp_path, "slow", [100, 900, 200])
    fast = add_library(tmp_path, "fast", [10, 50, 60])
    result = compare(tmp_path, f"a={slow}", f"b={fast}")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[:3] == ["| ns per operation | a | b |", "|---|---|---|",
                         "| fs/stat/under_way:1 | 200.0 | 50.0 (0.25) |"]
    assert "| fs/stat/under_way:1 | 100.0 | 25.0 (0.25) |" in lines[3:]


def test_runs_the_libraries_in_turns(tmp_path):
    """Both names share one list of times. The second round begins with the second library."""
    library = add_library(tmp_path, "shared", [1, 2, 2, 1, 1, 2])
    result = compare(tmp_path, f"a={library}", f"b={library}")
    assert "| fs/stat/under_way:1 | 1.0 | 2.0 (2.00) |" in result.stdout, result.stderr


def test_passes_the_engine_and_converts_units(tmp_path):
    """The program tells what engine it got as the unit of its times."""
    first = add_library(tmp_path, "first", [1000])
    second = add_library(tmp_path, "second", [3])
    result = compare(tmp_path, f"a={first}", f"b={second}:us", rounds=1)
    assert "| fs/stat/under_way:1 | 1000 | 3000 (3.00) |" in result.stdout, result.stderr


def test_names_what_failed(tmp_path):
    good = add_library(tmp_path, "good", [100, 100, 100])
    bad = add_library(tmp_path, "bad", [])
    result = compare(tmp_path, f"a={good}", f"b={bad}")
    assert "| fs/stat/under_way:1 | 100.0 | failed |" in result.stdout
    assert "bench_fs on b" in result.stderr and "no loop" in result.stderr
    swapped = compare(tmp_path, f"b={bad}", f"a={add_library(tmp_path, 'other', [100] * 3)}")
    assert "| fs/stat/under_way:1 | failed | 100.0 |" in swapped.stdout


def test_refuses_what_is_not_there(tmp_path):
    library = add_library(tmp_path, "library", [1])
    result = compare(tmp_path, f"a={library}", benchmarks="nothing")
    assert result.returncode != 0 and "bench_nothing" in result.stderr
    result = compare(tmp_path, f"a={tmp_path / 'nowhere'}")
    assert result.returncode != 0 and "there is no libuv.so.1" in result.stderr
