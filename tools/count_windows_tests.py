#!/usr/bin/env python3
"""Counts the behavioural tests: those that exist, those of POSIX alone, those on Windows, and what becomes
of these under Wine.

    tools/count_windows_tests.py

Wants build/release/api_tests and build/mingw/api_tests.exe. A test is of one family of systems if its file
says so in its name (conformance/api/*_posix_test.cc, *_windows_test.cc). What is left out on Windows by name
(conformance/api/left_out_windows.cc) is built there and not run. Tests of the console are run in a
pseudo-terminal, as CTest does. The scenarios are counted, too, and what share of both passes.
"""

import json
import os
import re
import shlex
import subprocess
import tempfile
from pathlib import Path

import wine

ROOT = Path(__file__).resolve().parents[1]


def in_terminal(command):
    line = shlex.join(str(word) for word in command)
    return ["script", "-qec", f"{line} >/dev/null", "/dev/null"]


def cases_of(command, program, *arguments, wrapped=list, **environment):
    """What GoogleTest writes of each test: its file, and how it ended."""
    with tempfile.TemporaryDirectory(dir=program.parent) as folder:
        report = Path(folder) / "tests.json"
        subprocess.run(
            wrapped([
                *command, program, *arguments, f"--gtest_output=json:{os.path.relpath(report, program.parent)}"
            ]),
            cwd=program.parent, env=wine.environment(**environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=False,
        )  # fmt: skip
        suites = json.loads(report.read_text(encoding="utf-8"))["testsuites"]
    return {
        f"{suite['name']}.{case['name']}": case for suite in suites for case in suite["testsuite"]
    }


def scenarios_of(program):
    """How many pass, and how many fail or are left out under Wine."""
    said = subprocess.run(
        [*wine.COMMAND, program], cwd=program.parent, env=wine.environment(), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, errors="replace", check=False,
    ).stdout  # fmt: skip
    passed, failed = (int(count) for count in re.search(r"(\d+) passed, (\d+) failed", said).groups())
    left_out = (ROOT / "conformance/portable/left_out_windows.txt").read_text(encoding="utf-8")
    return passed, failed + len(re.findall(r"^wine ", left_out, re.MULTILINE))


def belongs_to(case, system):
    return f"_{system}_test.cc" in case["file"]


def main():
    linux = cases_of([], ROOT / "build/release/api_tests", "--gtest_list_tests")
    program = ROOT / "build/mingw/api_tests.exe"
    windows = cases_of(wine.COMMAND, program, "--gtest_list_tests", "--gtest_filter=*")
    ended = cases_of(wine.COMMAND, program)
    of_console = cases_of(
        wine.COMMAND, program, "--gtest_filter=Tty*", wrapped=in_terminal, VIOLET_EXPECT_CONSOLE="1"
    )
    ended.update({name: case for name, case in of_console.items() if case["status"] == "RUN"})
    portable = {name for name, case in linux.items() if not belongs_to(case, "posix")}
    ran = {name: case for name, case in ended.items() if case["status"] == "RUN"}
    passed = {
        name for name, case in ran.items() if "failures" not in case and case["result"] == "COMPLETED"
    }
    failed = {name for name, case in ran.items() if "failures" in case}
    skipped = {name for name, case in ran.items() if case["result"] == "SKIPPED"}
    print(f"{len(linux)} tests on Linux, {len(linux) - len(portable)} of them of POSIX alone")
    print(f"{len(portable & windows.keys())} of the other {len(portable)} are built on Windows, where there are")
    print(f"{len(windows.keys() - portable)} more, {len(windows)} in all")
    print(f"under Wine {len(passed)} pass, {len(skipped)} skip themselves, {len(failed)} fail,")
    print(f"{len(windows.keys() - ran.keys())} are left out by name")
    scenarios, others = scenarios_of(ROOT / "build/mingw/scenarios.exe")
    print(f"of {scenarios + others} scenarios {scenarios} pass, {others} do not or are left out for Wine")
    share = (len(passed) + scenarios) / (len(windows) + scenarios + others)
    print(f"of both together {share:.1%} pass")
    for name in sorted(portable - windows.keys()):
        print(f"not on Windows: {name}")
    for name in sorted(failed):
        print(f"fails: {name}")


if __name__ == "__main__":
    main()
