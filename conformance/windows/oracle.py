#!/usr/bin/env python3
"""Runs the behavioural tests and the scenarios for Windows on an independent uv.dll
(tools/fetch_windows_oracle.sh) under Wine, and lists where it and ours part.

    conformance/windows/oracle.py [--filter PATTERN] [--output FILE]

The oracle is libuv 1.40.0: a test that fails on it asks for what a newer libuv does, for what is ours, or
for what Wine does wrong with it, so each line of the list is a question and no verdict. A test that ends
or stops the program is noted, and the rest runs in a new one.
"""

import argparse
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
ORACLE = ROOT / "build/windows-oracle/uv.dll"
SECONDS = 15  # For one test.
# What the tests start lies beside them.
PROGRAMS = ("api_tests.exe", "scenarios.exe", "told_child.exe", "spawning_child.exe")

REASONS = (
    "Reasons that recur: functions that are newer than 1.40 (`unimplemented function`); `uv_pipe_open()` with",
    "`EBADF`, since the oracle has another C library (ucrt) than the tests (msvcrt), and so other descriptors;",
    "the order of phases since 1.45 (`event N must be ..., but is check`), and writes before a connection.",
)

STARTED = re.compile(rb"^\[ RUN +\] (\S+)")
ENDED = re.compile(rb"^\[ +(OK|FAILED|SKIPPED) +\] (\S+)")
LONGEST_REASON = 160


def list_tests(program, pattern):
    output = subprocess.run(
        [*wine.COMMAND, program, "--gtest_list_tests", f"--gtest_filter={pattern}"], cwd=program.parent,
        env=wine.environment(), capture_output=True, text=True, timeout=60, check=True,
    ).stdout  # fmt: skip
    suite, tests = "", []
    for line in output.splitlines():
        word = line.split("#")[0].strip()
        if line.startswith("  "):
            tests.append(suite + word)
        elif word.endswith("."):
            suite = word
    return tests


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
            self.end({"OK": "passes", "FAILED": "fails", "SKIPPED": "skips"}[found[1].decode()])
        elif self.current:
            self.said.append(line[:LONGEST_REASON].decode(errors="replace").strip())

    def end(self, verdict):
        self.verdicts[self.current] = verdict
        self.reasons[self.current] = " ".join(self.said)[:LONGEST_REASON]
        self.current = None


def run_all(program, tests):
    outcomes = Outcomes()
    waiting = list(tests)
    while waiting:
        # By file, since the list is longer than a command line may be.
        (program.parent / "flags").write_text("--gtest_filter=" + ":".join(waiting) + "\n")
        with subprocess.Popen(
            [*wine.COMMAND, program, "--gtest_flagfile=flags"], cwd=program.parent, env=wine.environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as process:  # fmt: skip
            for line in lines_of(process):
                outcomes.note(line)
        ended_in = outcomes.current
        if ended_in:
            outcomes.end("stops the program" if process.returncode == -9 else "ends the program")
        left = [test for test in waiting if test not in outcomes.verdicts]
        if not ended_in and len(left) == len(waiting):
            break  # Left out on Windows by the program itself.
        waiting = left
    return outcomes


def output_of(program, *arguments):
    return subprocess.run(
        [*wine.COMMAND, program, *arguments], cwd=program.parent, env=wine.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True, errors="replace", timeout=1800, check=False,
    ).stdout.splitlines()  # fmt: skip


def run_scenarios(program, outcomes):
    """Those that pass are not told by name, so they are the ones of which nothing is said."""
    said, current = {}, None
    for line in output_of(program):
        if found := re.match(r"(FAILED|skipped|left out) +(\w+):? ?(.*)", line):
            current = found[2]
            said[current] = (found[1], [found[3]])
        elif current and not re.match(r"\d+ passed,", line):
            said[current][1].append(line.strip())
    for name in output_of(program, "--list"):
        word, reasons = said.get(name, ("", []))
        verdict = {"": "passes", "FAILED": "fails"}.get(word, "skips")
        outcomes.verdicts[f"scenario {name}"] = verdict
        outcomes.reasons[f"scenario {name}"] = " ".join(reasons)[:LONGEST_REASON].strip()


def judge(library, pattern):
    with tempfile.TemporaryDirectory() as folder:
        for name in PROGRAMS:
            shutil.copy(BUILD / name, folder)
        shutil.copy(library, Path(folder) / "uv.dll")
        program = Path(folder) / "api_tests.exe"
        outcomes = run_all(program, list_tests(program, pattern))
        if pattern == "*":
            run_scenarios(Path(folder) / "scenarios.exe", outcomes)
        return outcomes


def table(ours, oracle):
    verdicts = list(oracle.verdicts.values())
    yield "# Where the independent uv.dll (libuv 1.40.0) and ours part, under Wine"
    yield ""
    yield "Written by `conformance/windows/oracle.py`; a line is a question, not a verdict."
    yield ""
    yield from REASONS
    yield ""
    counts = ", ".join(f"{verdicts.count(kind)} {kind}" for kind in sorted(set(verdicts)))
    yield f"On the oracle, of {len(verdicts)} tests and scenarios: {counts}."
    yield ""
    yield "| test | ours | oracle | what it said |"
    yield "|---|---|---|---|"
    for test in sorted(oracle.verdicts):
        mine, its = ours.verdicts.get(test, "is left out"), oracle.verdicts[test]
        if its != mine and its != "skips":
            said = oracle.reasons[test].replace("|", "\\|")
            yield f"| {test} | {mine} | {its} | {said} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--filter", default="*", help="as GoogleTest has it; without it scenarios run, too")
    parser.add_argument("--output", type=Path, help="where the list goes")
    asked = parser.parse_args()
    for needed in (*(BUILD / name for name in PROGRAMS), BUILD / "uv.dll", ORACLE):
        if not (wine.COMMAND and needed.is_file()):
            sys.exit(f"{needed} is missing: ./check windows, tools/fetch_windows_oracle.sh")
    text = "\n".join(table(judge(BUILD / "uv.dll", asked.filter), judge(ORACLE, asked.filter))) + "\n"
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
