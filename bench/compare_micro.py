#!/usr/bin/env python3
"""Runs the micro-benchmarks on several libraries side by side and prints their ratios.

Each round runs every library once, one after the other, so that what else the machine does hits all
alike; a figure is the median of its rounds, in nanoseconds per operation, and the ratios are to the
first library (below 1: faster).

    bench/compare_micro.py oracle=system epoll=build/release uring=build/release:uring
    bench/compare_micro.py --benchmarks work,timers before=/some/folder after=build/release

A library is NAME=FOLDER[:ENGINE], or NAME=system for the installed one.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SYSTEM_LIBRARY = "/usr/lib/x86_64-linux-gnu/libuv.so.1"
LINE = re.compile(r"^(\S.*?)\s+([0-9.]+) ns$")


class Library:
    def __init__(self, text, scratch):
        self.name, _, where = text.partition("=")
        folder, _, engine = where.partition(":")
        if folder == "system":
            # A folder of its own: the system's would bring the system's other libraries too.
            folder = Path(scratch) / "system"
            folder.mkdir(exist_ok=True)
            (folder / "libuv.so.1").symlink_to(SYSTEM_LIBRARY)
        if not (Path(folder) / "libuv.so.1").exists():
            raise SystemExit(f"{self.name}: there is no libuv.so.1 in {folder}")
        self.environment = dict(os.environ, LD_LIBRARY_PATH=str(Path(folder).resolve()))
        if engine:
            self.environment |= {"VIOLET_BACKEND": engine, "VIOLET_BACKEND_STRICT": "1"}


def run(program, library, timeout):
    """The cases of one program, as {case: nanoseconds}; empty if it failed."""
    try:
        result = subprocess.run([program], env=library.environment, capture_output=True, text=True,
                                timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        print(f"{program.name} on {library.name}: over time", file=sys.stderr)
        return {}
    if result.returncode != 0:
        print(f"{program.name} on {library.name}: {result.stderr.strip()}", file=sys.stderr)
        return {}
    matches = (LINE.match(line) for line in result.stdout.splitlines())
    return {match[1]: float(match[2]) for match in matches if match}


def measure(program, libraries, options):
    """{case: {library's name: its figures}}"""
    figures = {}
    for _ in range(options.rounds):
        for library in libraries:
            for case, value in run(program, library, options.timeout).items():
                figures.setdefault(case, {}).setdefault(library.name, []).append(value)
    return figures


def show(name, figures, libraries):
    for case, values in figures.items():
        cells = [f"{name}: {case}"]
        first = statistics.median(values[libraries[0].name]) if libraries[0].name in values else None
        for library in libraries:
            if library.name not in values:
                cells.append("failed")
                continue
            median = statistics.median(values[library.name])
            ratio = f" ({median / first:.2f})" if first and library is not libraries[0] else ""
            cells.append(f"{median:.1f}{ratio}")
        print("| " + " | ".join(cells) + " |", flush=True)


def programs_of(options):
    wanted = options.benchmarks.split(",") if options.benchmarks else [
        source.stem for source in sorted((ROOT / "bench" / "micro").glob("*.cc"))
    ]
    return {name: options.programs / f"bench_{name}" for name in wanted}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", nargs="+")
    parser.add_argument("--benchmarks", help="their names, separated by commas; default: all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--programs", type=Path, default=ROOT / "build" / "release")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        libraries = [Library(text, scratch) for text in options.libraries]
        print("| ns per operation | " + " | ".join(library.name for library in libraries) + " |")
        print("|---" * (len(libraries) + 1) + "|")
        for name, program in programs_of(options).items():
            show(name, measure(program, libraries, options), libraries)


if __name__ == "__main__":
    main()
