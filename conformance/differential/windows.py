#!/usr/bin/python3
"""Runs random programs on Windows' library under Wine, and compares them with this system's.

    conformance/differential/windows.py --seed 1 --seconds 60 [--heavy | --closing]

Needs build/mingw/interpreter.exe and tools/prepare_wine.sh. Programs in virtual time, and those that
need what Windows does not have (left_out), are not run. Exits with 1 if there are findings.
"""

import argparse
import errno
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import closing  # noqa: E402
import judge  # noqa: E402
import wine  # noqa: E402
from execution import ROOT, InterpreterError, Run, _renamed, build, run_batch  # noqa: E402
from run import write_programs  # noqa: E402

from harness import target as targets_of  # noqa: E402

INTERPRETER = ROOT / "build" / "mingw" / "interpreter.exe"
LIMIT = 30
JOBS = 4
BATCH = 60
# What Windows has no word for, and symbolic links, which Wine loses (tests/wine/links.c).
LEFT_OUT = re.compile(r"\b(signal_\w+|raise|symlink|readlink)\b")


@dataclass(frozen=True)
class Target:
    name: str
    timers_first: bool = False

    def environment(self):
        return self.name


def error_numbers():
    """Windows' numbers of errors -> this system's."""
    text = (ROOT / "include" / "uv" / "errno_windows.h").read_text(encoding="ascii")
    pairs = re.findall(r"UV_(\w+) = (-4\d+)", text)
    return {int(number): -getattr(errno, name) for name, number in pairs if hasattr(errno, name)}


NUMBERS = error_numbers()
# Removing a folder that is a file, as Node.js's documentation of fs.rmdir() has it.
ALIKE = {-errno.ENOTDIR: -errno.ENOENT}


def translated(event, numbers):
    return {key: numbers.get(value, value) if isinstance(value, int) else value
            for key, value in event.items()}


def of_owner(event):
    """Windows has one permission for all, "read-only": only what the owner may do is compared."""
    if found := re.fullmatch(r"(\d+) (\w+ \d+)", str(event.get("seen"))):
        return {**event, "seen": f"{int(found[1]) & ~0o077} {found[2]}"}
    return event


def renumbered(run, numbers):
    return replace(run, events=tuple(translated(event, numbers) for event in run.events))


def run_on_wine(texts):
    named = "".join(_renamed(text, number) for number, text in enumerate(texts))
    command = [*wine.COMMAND, str(INTERPRETER), "--jobs", str(JOBS), "--limit", str(LIMIT)]
    run = subprocess.run(command, input=named, capture_output=True, text=True, check=False,
                         env=wine.environment(), timeout=120 + LIMIT * len(texts))
    runs = {}
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        one = Run(answer["exit"], answer["stderr"], answer["truncated"], tuple(answer["trace"]))
        runs[int(answer["program"])] = renumbered(one, NUMBERS)
    if run.returncode != 0 or len(runs) != len(texts):
        raise InterpreterError(f"exit {run.returncode}, {len(runs)} of {len(texts)} programs "
                               f"answered: {run.stderr[-1000:]}")
    return [runs[number] for number in range(len(texts))]


HERE, THERE = Target("Linux"), Target("Windows")
ON_LINUX = {**os.environ, "LD_LIBRARY_PATH": str(targets_of.VIOLET.parent),
            "VIOLET_BACKEND": "epoll"}


def run(texts, where):
    runs = run_on_wine(texts) if where == THERE.name else run_batch(texts, ON_LINUX, LIMIT)
    alike = [renumbered(one, ALIKE) for one in runs]
    return [replace(one, events=tuple(of_owner(event) for event in one.events)) for one in alike]


def is_of_wine(finding):
    """Wine never ends a send that is under way when the peer has closed (tests/wine/send_to_closed.c)."""
    awaited = re.findall(r"'awaited': '([^']*)'", finding.message)
    writes = re.findall(r"\bwrite (w\d+) ", finding.text)
    return (finding.target == THERE.name and bool(awaited) and " close s" in finding.text
            and re.fullmatch(r"(stuck: \{[^}]*\}(; )?)+", finding.message) is not None
            and all(one in writes for text in awaited for one in text.split()))


def fits(text):
    head = text.split("\n", 1)[0]
    return not ("clock=virtual" in head or LEFT_OUT.search(text))


def batch(number, arguments):
    """Programs, and whom they run on: of closing ones only the invariants are judged."""
    if arguments.closing:
        return closing.write_programs(number, BATCH), [THERE]
    return write_programs(number, BATCH, arguments.heavy), [HERE, THERE]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--seconds", type=float, default=60)
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--heavy", action="store_true", help="close-heavy and re-entrant programs")
    kinds.add_argument("--closing", action="store_true", help="the programs of closing.py, on Windows only")
    arguments = parser.parse_args()
    if not arguments.closing:
        build()
    end, number, ran = time.monotonic() + arguments.seconds, arguments.seed, 0
    findings = faults_of_wine = 0
    while ran == 0 or time.monotonic() < end:
        written, targets = batch(number, arguments)
        texts = [text for text in written if fits(text)]
        for one in judge.judge(texts, targets, run):
            if is_of_wine(one):
                faults_of_wine += 1
                continue
            findings += 1
            print(f"seed {number}: {one}", flush=True)
        ran += len(texts)
        number += 1
    print(f"{ran} programs, seed {arguments.seed}: {findings} findings; "
          f"{faults_of_wine} hung by Wine's fault (send_to_closed.c)")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
