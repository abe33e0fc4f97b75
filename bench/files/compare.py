#!/usr/bin/env python3
"""Compares libraries and engines at file operations: interleaved rounds, medians, Markdown.

    bench/files/compare.py libuv=/usr/lib/x86_64-linux-gnu epoll=build/release:epoll \\
        uring=build/release:uring raw_uring

A target is NAME=FOLDER[:ENGINE], the folder with libuv.so.1, or raw_uring (reads only). Each cell is
operations/s and microseconds of processor time per operation. The ratio is to the first target.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CASES = ("read4k", "read64k", "stat", "openclose", "readfile", "uncached4k", "direct4k")
READS = ("read4k", "read64k", "uncached4k", "direct4k")
RAW = "raw_uring"


def build(folder):
    flags = ["cc", "-O2", f"-I{ROOT / 'include'}"]
    library = next((ROOT / "build" / "release").glob("libuv.so.1"))
    subprocess.run([*flags, "-o", folder / "load", HERE / "load.c", library], check=True)
    subprocess.run([*flags, "-o", folder / RAW, HERE / "raw_uring.c", "-luring"], check=True)


def target_of(text, folder):
    """The name, and a function from arguments to (operations/s, µs)."""
    name, _, where = text.partition("=")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("VIOLET_")}
    if where:
        library, _, engine = where.partition(":")
        links = folder / name
        links.mkdir()
        (links / "libuv.so.1").symlink_to((Path(library) / "libuv.so.1").resolve())
        environment["LD_LIBRARY_PATH"] = str(links)
        if engine:
            environment["VIOLET_BACKEND"] = engine
    program = folder / ("load" if where else RAW)

    def run(*arguments):
        output = subprocess.run([program, *arguments], env=environment, check=True, text=True,
                                capture_output=True, timeout=120).stdout.split()
        return float(output[0]), float(output[1])

    return name, run


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+")
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--depths", default="1,4,32,128")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", default="0.5")
    parser.add_argument("--megabytes", type=int, default=256)
    parser.add_argument("--folder", default="/var/tmp", help="where the file lies; not on tmpfs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, \
            tempfile.NamedTemporaryFile(dir=options.folder) as file:
        folder = Path(scratch)
        build(folder)
        for _ in range(options.megabytes):
            file.write(os.urandom(1 << 20))
        file.flush()
        os.fsync(file.fileno())
        targets = dict(target_of(text, folder) for text in options.targets)
        print("| case | depth | " + " | ".join(targets) + " |")
        print("|---|---|" + "---|" * len(targets))
        for case in options.cases.split(","):
            for depth in options.depths.split(","):
                print(row(case, depth, targets, file.name, options), flush=True)


def row(case, depth, targets, path, options):
    chosen = [name for name in targets if name != RAW or case in READS]
    figures = {name: [] for name in chosen}
    for number in range(options.rounds):
        # Each round begins with another target: the place in the round makes a difference.
        begin = number % len(chosen)
        for name in chosen[begin:] + chosen[:begin]:
            figures[name].append(targets[name](case, depth, options.seconds, path,
                                               str(options.megabytes << 20)))
    cells = []
    first = None
    for name in targets:
        if name not in figures:
            cells.append("")
            continue
        rate = statistics.median(figure[0] for figure in figures[name])
        cpu = statistics.median(figure[1] for figure in figures[name])
        first = first or rate
        cells.append(f"{rate / 1000:.1f}k ({rate / first:.2f}), {cpu:.1f} µs")
    return f"| {case} | {depth} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
