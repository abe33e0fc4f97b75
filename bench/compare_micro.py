#!/usr/bin/env python3
"""Runs the micro-benchmarks on several libraries side by side and prints Markdown tables.

Each round runs every library once, one after the other, and begins with another one, so that what
else the machine does hits all alike; a figure is the median of its rounds, in nanoseconds per
operation, and the ratios are to the first library (below 1: faster). The first table has the time
that passed, the second the processor time of all threads.

    bench/compare_micro.py oracle=system epoll=build/release uring=build/release:uring
    bench/compare_micro.py --benchmarks work,timers before=/some/folder after=build/release

A library is NAME=FOLDER[:ENGINE], or NAME=system for the installed one.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SYSTEM_LIBRARY = "/usr/lib/x86_64-linux-gnu/libuv.so.1"
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
# Google Benchmark appends them to the name of each case.
SUFFIXES = ("/real_time", "/process_time")
# bench_spawn compares two parent processes and prints its own ratio.
OTHERS = ("spawn",)
TABLES = {"real_time": "ns per operation", "cpu_time": "ns of processor time per operation"}


class Library:
    def __init__(self, text, scratch):
        self.name, _, where = text.partition("=")
        folder, _, engine = where.partition(":")
        if folder == "system":
            # A folder of its own: the system's would bring the system's other libraries too.
            folder = Path(scratch) / self.name
            folder.mkdir()
            (folder / "libuv.so.1").symlink_to(SYSTEM_LIBRARY)
        if not (Path(folder) / "libuv.so.1").exists():
            raise SystemExit(f"{self.name}: there is no libuv.so.1 in {folder}")
        self.environment = dict(os.environ, LD_LIBRARY_PATH=str(Path(folder).resolve()))
        if engine:
            self.environment |= {"VIOLET_BACKEND": engine, "VIOLET_BACKEND_STRICT": "1"}


def case_of(name):
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def run(program, library, options):
    """The cases of one program, as {case: {"real_time": ns, "cpu_time": ns}}; empty if it failed."""
    command = [program, "--benchmark_format=json", f"--benchmark_min_time={options.min_time:g}",
               f"--benchmark_filter={options.filter}"]
    try:
        result = subprocess.run(command, env=library.environment, capture_output=True, text=True,
                                timeout=options.timeout, check=False)
    except subprocess.TimeoutExpired:
        print(f"{program.name} on {library.name}: over time", file=sys.stderr)
        return {}
    if result.returncode != 0:
        print(f"{program.name} on {library.name}: status {result.returncode}, "
              f"{result.stderr.strip()}", file=sys.stderr)
        return {}
    if not result.stdout.strip():
        return {}  # The filter leaves nothing of this program.
    cases = json.loads(result.stdout)["benchmarks"]
    return {case_of(case["name"]): {kind: case[kind] * NANOSECONDS[case["time_unit"]]
                                    for kind in TABLES}
            for case in cases}


def turns(libraries, number):
    """Each round begins with another library: the first of a round was seen to be faster."""
    start = number % len(libraries)
    return libraries[start:] + libraries[:start]


def measure(name, program, libraries, options):
    """{case: {library's name: its figures, one for each round}}"""
    figures = {}
    for number in range(options.rounds):
        for library in turns(libraries, number):
            for case, values in run(program, library, options).items():
                figures.setdefault(f"{name}/{case}", {}).setdefault(library.name, []).append(values)
    return figures


def row(case, figures, libraries, kind):
    cells = [case]
    first = None
    for library in libraries:
        if library.name not in figures:
            cells.append("failed")
            continue
        median = statistics.median(values[kind] for values in figures[library.name])
        if library is libraries[0]:
            first = median
        ratio = f" ({median / first:.2f})" if first and library is not libraries[0] else ""
        cells.append(f"{median:.{1 if median < 1000 else 0}f}{ratio}")
    return "| " + " | ".join(cells) + " |"


def show(figures, libraries):
    for kind, title in TABLES.items():
        print(f"| {title} | " + " | ".join(library.name for library in libraries) + " |")
        print("|---" * (len(libraries) + 1) + "|")
        for case, values in figures.items():
            print(row(case, values, libraries, kind))
        print()


def programs_of(options):
    sources = (ROOT / "bench" / "micro").glob("*.cc")
    wanted = options.benchmarks.split(",") if options.benchmarks else sorted(
        source.stem for source in sources if source.stem not in OTHERS)
    programs = {name: options.programs / f"bench_{name}" for name in wanted}
    for program in programs.values():
        if not program.exists():
            raise SystemExit(f"there is no {program} (is libbenchmark-dev installed?)")
    return programs


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", nargs="+")
    parser.add_argument("--benchmarks", help="their names, separated by commas; default: all")
    parser.add_argument("--filter", default=".", help="a regular expression for cases")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--min-time", type=float, default=0.1, help="seconds for each case")
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--programs", type=Path, default=ROOT / "build" / "release")
    options = parser.parse_args()
    programs = programs_of(options)
    figures = {}
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory() as scratch:
        libraries = [Library(text, scratch) for text in options.libraries]
        for name, program in programs.items():
            print(f"measuring {name}", file=sys.stderr)
            figures |= measure(name, program, libraries, options)
            load.append(os.getloadavg()[0])
    show(figures, libraries)
    print(f"{options.rounds} rounds, {options.min_time:g} s for each case; load of the machine "
          f"{min(load):.1f} to {max(load):.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
