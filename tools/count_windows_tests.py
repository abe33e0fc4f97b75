#!/usr/bin/env python3
"""Counts the behavioural tests: those that exist, those of POSIX alone, those on Windows, and what becomes
of these under Wine.

    tools/count_windows_tests.py

Wants build/release/api_tests and build/mingw/api_tests.exe. A test is of one family of systems if its file
says so in its name (conformance/api/*_posix_test.cc, *_windows_test.cc). What is left out on Windows by name
(conformance/api/left_out_windows.cc) is built there and not run.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import wine

ROOT = Path(__file__).resolve().parents[1]


def cases_of(command, program, *arguments):
    """What GoogleTest writes of each test: its file, and how it ended."""
    with tempfile.TemporaryDirectory(dir=program.parent) as folder:
        report = Path(folder) / "tests.json"
        subprocess.run(
            [*command, program, *arguments, f"--gtest_output=json:{os.path.relpath(report, program.parent)}"],
            cwd=program.parent, env=wine.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=False,
        )  # fmt: skip
        suites = json.loads(report.read_text(encoding="utf-8"))["testsuites"]
    return {
        f"{suite['name']}.{case['name']}": case for suite in suites for case in suite["testsuite"]
    }


def belongs_to(case, system):
    return f"_{system}_test.cc" in case["file"]


def main():
    linux = cases_of([], ROOT / "build/release/api_tests", "--gtest_list_tests")
    program = ROOT / "build/mingw/api_tests.exe"
    windows = cases_of(wine.COMMAND, program, "--gtest_list_tests", "--gtest_filter=*")
    ended = cases_of(wine.COMMAND, program)
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
    for name in sorted(portable - windows.keys()):
        print(f"not on Windows: {name}")
    for name in sorted(failed):
        print(f"fails: {name}")


if __name__ == "__main__":
    main()
