#!/usr/bin/env python3
"""Runs the behavioural tests and the scenarios for Windows on an independent uv.dll (libuv 1.40.0) under Wine.

    conformance/windows/oracle.py [--filter PATTERN] [--workers COUNT]

It fetches the library (tools/fetch_windows_oracle.sh) and links the tests of build/mingw anew, to the C
library that it has (cmake/windows_oracle.cmake): descriptors are the C library's. A test or scenario that
does not pass on it asks for what a newer libuv does, for what is ours, or for what Wine does wrong with it.
oracle_parts.txt says which, for each. One that is not in that list, and one of the list that passes, is a
failure. A test that ends or stops the program is noted, and the rest runs in a new one. What asks for a
function that 1.40 has not needs no line: Wine says its name. A reason that begins with "now and then" is for
what passes on some runs.
"""

import argparse
import concurrent.futures
import fnmatch
import os
import re
import selectors
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import wine  # noqa: E402

BUILD = ROOT / "build/mingw"
LINKED = BUILD / "oracle"
ORACLE = ROOT / "build/windows-oracle/uv.dll"
PARTS = Path(__file__).with_name("oracle_parts.txt")
SECONDS = 15  # For one test.
# What the tests start lies beside them.
PROGRAMS = ("api_tests.exe", "scenarios.exe", "told_child.exe", "spawning_child.exe")

STARTED = re.compile(rb"^\[ RUN +\] (\S+)")
ENDED = re.compile(rb"^\[ +(OK|FAILED|SKIPPED) +\] (\S+)")
VERDICTS = {"OK": "passes", "FAILED": "fails", "SKIPPED": "skips"}
LACKING = re.compile(r"unimplemented function uv\.dll\.(\w+)")
KEPT_OF_A_LINE = 200
KEPT_OF_ALL = 400


def prepare():
    """The oracle and the programs for it; ends with a sentence where that cannot be."""
    if not wine.is_ready():
        sys.exit("Wine is not ready: tools/prepare_wine.sh")
    if not (BUILD / "build.ninja").is_file():
        sys.exit("build/mingw is not there: cmake --preset mingw")
    if subprocess.run([ROOT / "tools/fetch_windows_oracle.sh"], check=False).returncode != 0:
        sys.exit("the oracle cannot be had: see above")
    subprocess.run(
        ["cmake", "--build", BUILD, "--target", "oracle_programs"], check=True, stdout=subprocess.DEVNULL
    )


def lines_of(process):
    """Lines as they come; the program is ended when none has come for a while."""
    selector = selectors.DefaultSelector()
    selector.register(process.stdout, selectors.EVENT_READ)
    rest = b""
    while selector.select(SECONDS):
        read = os.read(process.stdout.fileno(), 1 << 16)
        if not read:
            return
        *lines, rest = (rest + read).split(b"\n")
        yield from (line.rstrip(b"\r") for line in lines)
    process.kill()


class Outcomes:
    """What became of each test, and the first words of why."""

    def __init__(self):
        self.verdicts, self.reasons = {}, {}
        self.current, self.said = None, []

    def note(self, line):
        if found := STARTED.match(line):
            self.current, self.said = found[1].decode(), []
        elif (found := ENDED.match(line)) and found[2].decode().rstrip(",") == self.current:
            self.end(VERDICTS[found[1].decode()])
        elif self.current:
            self.said.append(line[:KEPT_OF_A_LINE].decode(errors="replace").strip())

    def end(self, verdict):
        self.tell(self.current, verdict, self.said)
        self.current = None

    def tell(self, test, verdict, said):
        self.verdicts[test] = verdict
        self.reasons[test] = " ".join(said)[:KEPT_OF_ALL].strip()

    def add(self, other):
        self.verdicts.update(other.verdicts)
        self.reasons.update(other.reasons)


def output_of(folder, program, *arguments):
    return subprocess.run(
        [*wine.COMMAND, program, *arguments], cwd=folder, env=wine.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace", timeout=1800, check=False,
    ).stdout.splitlines()  # fmt: skip


def list_tests(folder, pattern):
    """Those that are run on our library: the program says itself which it leaves out."""
    suite, tests, left_out = "", [], []
    for line in output_of(folder, "api_tests.exe", "--gtest_list_tests", f"--gtest_filter={pattern}"):
        word = line.split("#")[0].strip()
        if found := re.match(r"Left out [^:]*: ([^:]+): ", line):
            left_out.append(found[1])
        elif line.startswith("  "):
            tests.append(suite + word)
        elif word.endswith("."):
            suite = word
    return [test for test in tests if not any(fnmatch.fnmatch(test, left) for left in left_out)]


def run_once(folder, flags, tests, outcomes):
    """Runs tests until they are over, or one of them ends or stops the program. The one that did."""
    # By file, since the list is longer than a command line may be.
    (folder / flags).write_text("--gtest_filter=" + ":".join(tests) + "\n")
    with subprocess.Popen(
        [*wine.COMMAND, "api_tests.exe", f"--gtest_flagfile={flags}"], cwd=folder, env=wine.environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        for line in lines_of(process):
            outcomes.note(line)
    unfinished = outcomes.current
    if unfinished:
        outcomes.end("stops the program" if process.returncode == -9 else "ends the program")
    return unfinished


def run_tests(folder, flags, tests):
    outcomes, waiting = Outcomes(), list(tests)
    while waiting:
        unfinished = run_once(folder, flags, waiting, outcomes)
        left = [test for test in waiting if test not in outcomes.verdicts]
        if not unfinished and len(left) == len(waiting):
            break  # Left out on Windows by the program itself.
        waiting = left
    return outcomes


def run_scenarios(folder):
    """Those that pass are not told by name, so they are the ones of which nothing is said."""
    outcomes, said, current = Outcomes(), {}, None
    for line in output_of(folder, "scenarios.exe"):
        if found := re.match(r"(FAILED|skipped|left out) +(\w+):? ?(.*)", line):
            current = found[2]
            said[current] = (found[1], [found[3]])
        elif current and not re.match(r"\d+ passed,", line):
            said[current][1].append(line.strip()[:KEPT_OF_A_LINE])
    for name in output_of(folder, "scenarios.exe", "--list"):
        word, reasons = said.get(name, ("", []))
        verdict = {"": "passes", "FAILED": "fails"}.get(word, "skips")
        outcomes.tell(f"scenario.{name}", verdict, reasons)
    return outcomes


def run_all(pattern, workers):
    outcomes = Outcomes()
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(workers + 1) as pool:
        folder = Path(name)
        for program in PROGRAMS:
            shutil.copy(LINKED / program, folder)
        shutil.copy(ORACLE, folder / "uv.dll")
        tests = list_tests(folder, pattern)
        runs = [pool.submit(run_tests, folder, f"flags-{i}", tests[i::workers]) for i in range(workers)]
        if pattern == "*":
            runs.append(pool.submit(run_scenarios, folder))
        for run in runs:
            outcomes.add(run.result())
    return outcomes


def read_parts():
    """Pairs of a pattern and its reason: lines `PATTERN REASON`."""
    lines = (line.strip() for line in PARTS.read_text(encoding="utf-8").splitlines())
    return [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]


def explain(outcomes, parts):
    """The tests that part without a reason, and the patterns that no longer explain anything."""
    parting = {test for test, verdict in outcomes.verdicts.items() if verdict not in ("passes", "skips")}
    lacking = {test for test in parting if LACKING.search(outcomes.reasons[test])}
    unused, explained = [], set(lacking)
    for pattern, reason in parts:
        found = fnmatch.filter(parting - lacking, pattern)
        explained.update(found)
        ran = fnmatch.filter(outcomes.verdicts, pattern)
        if ran and not found and not reason.startswith("now and then"):
            unused.append(pattern)
    return sorted(parting - explained), unused, lacking


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--filter", default="*", help="as GoogleTest has it; without it scenarios run, too")
    parser.add_argument("--workers", type=int, default=4, help="how many programs at a time (most wait)")
    asked = parser.parse_args()
    prepare()
    outcomes = run_all(asked.filter, asked.workers)
    unexplained, unused, lacking = explain(outcomes, read_parts())
    for test in unexplained:
        print(f"{outcomes.verdicts[test]} on the oracle, without a reason: {test}: {outcomes.reasons[test]}")
    for pattern in unused:
        print(f"passes on the oracle, though oracle_parts.txt says otherwise: {pattern}")
    verdicts = list(outcomes.verdicts.values())
    counts = ", ".join(f"{verdicts.count(kind)} {kind}" for kind in sorted(set(verdicts)))
    print(f"on libuv 1.40.0, of {len(verdicts)} tests and scenarios: {counts};")
    print(f"{len(lacking)} of them ask for functions that it has not, {len(unexplained)} part without a reason")
    return 1 if unexplained or unused or not verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
