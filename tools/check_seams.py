#!/usr/bin/env python3
"""Compiles the rooms above the two seams for every system, against the declarations of the seams.

What abi/, handle/, request/ and the rooms between them ask of an engine (src/engine.h) and of a system
(src/os/*.h) has to be askable everywhere: for Windows with mingw-w64, for the BSDs and macOS with zig's
C++ compiler (tools/fetch_zig.sh). Nothing is linked: a system that does not supply all of it yet, or has
no engine, is held to the seams all the same.

As `windows-clang` the whole library for Windows is compiled by zig's Clang, with its own headers of
Windows and libc++, and without GNU's extensions of the language: what MSVC and clang-cl would not take.
"""

import argparse
import concurrent.futures
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("abi", "handle", "request", "core", "threadpool", "base")
# Of the rooms below the seam these are for all of these systems.
BSD_ROOMS = ROOMS + ("readiness", "kqueue")
WINDOWS_ROOMS = ROOMS + ("iocp", "os/sockets", "os/shared", "os/windows", "cli")
SINGLE_FILES = ("engine_select.cc",)

FLAGS = [
    "-std=gnu++20", "-fno-exceptions", "-fno-rtti", "-fno-strict-aliasing",
    "-Wall", "-Wextra", "-Wpedantic", "-Wno-varargs", "-Werror", "-Isrc", "-Iinclude",
]  # fmt: skip
OF_WINDOWS = ["-U_WIN32_WINNT", "-D_WIN32_WINNT=0x0A00", "-DWIN32_LEAN_AND_MEAN", "-DNOMINMAX"]
MINGW = ["x86_64-w64-mingw32-g++-posix", *OF_WINDOWS]
# Behind FLAGS, so that these count.
STRICT = [
    "-std=c++20", "-Wgnu", "-Wno-unused-command-line-argument", '-DVIOLET_ENGINES="iocp"',
]  # fmt: skip
ZIG = [str(ROOT / "build/zig/ziglang/zig"), "c++", "-O0", "-g0", "-fno-sanitize=all"]
# Versions that zig has headers for; it knows NetBSD under its newest only.
TARGETS = {
    "windows": MINGW,
    "windows-clang": [*ZIG, "-target", "x86_64-windows-gnu", *OF_WINDOWS],
    "freebsd": [*ZIG, "-target", "x86_64-freebsd"],
    "netbsd": [*ZIG, "-target", "x86_64-netbsd.11.0"],
    "openbsd": [*ZIG, "-target", "x86_64-openbsd"],
    "macos": [*ZIG, "-target", "x86_64-macos"],
}

# Most of the time would go into these headers; they are read once for each target.
COMMON_HEADERS = """#include <uv.h>

#include <algorithm>
#include <atomic>
#include <climits>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>
"""


def sources(root, target):
    rooms = {"windows": ROOMS, "windows-clang": WINDOWS_ROOMS}.get(target, BSD_ROOMS)
    found = [path for room in rooms for path in sorted((root / "src" / room).glob("*.cc"))]
    return found + [root / "src" / name for name in SINGLE_FILES if (root / "src" / name).is_file()]


def flags_of(target):
    return [*TARGETS[target], *FLAGS, *(STRICT if target == "windows-clang" else [])]


def run(command, root):
    """What the compiler says of a failure; nothing where it succeeds."""
    environment = {**os.environ, "ZIG_GLOBAL_CACHE_DIR": str(ROOT / "build/zig/cache")}
    result = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    said = result.stdout + result.stderr
    return "" if result.returncode == 0 else said or f"{command[0]} failed without a word"


def precompile(target, root, folder):
    """Flags that bring the common headers in, already parsed."""
    folder.mkdir(parents=True, exist_ok=True)
    header = folder / "common.h"
    header.write_text(COMMON_HEADERS, encoding="utf-8")
    compiled = folder / ("common.h.gch" if target == "windows" else "common.pch")
    problem = run([*flags_of(target), "-x", "c++-header", header, "-o", compiled], root)
    if problem:
        return None, problem
    if target == "windows":
        return ["-include", header], ""
    return ["-include-pch", compiled], ""


def compile_source(target, root, folder, common, source):
    if target == "windows":
        output = ["-fsyntax-only"]
    else:
        # zig takes anything without an output for a program, and would make its libraries first.
        room = source.relative_to(root / "src").parent
        output = ["-c", "-o", folder / f"{str(room).replace('/', '-')}-{source.stem}.o"]
    return run([*flags_of(target), *common, *output, source], root)


def check(target, root, pool):
    """Futures of what the compiler says of each source file."""
    folder = root / "build" / "seams" / target
    common, problem = precompile(target, root, folder)
    if problem:
        return {"the common headers": pool.submit(lambda: problem)}
    return {
        source.relative_to(root): pool.submit(compile_source, target, root, folder, common, source)
        for source in sources(root, target)
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--root", type=Path, default=ROOT, help="a house to check instead of this one")
    arguments = parser.parse_args()
    if unknown := set(arguments.targets) - set(TARGETS):
        parser.error(f"unknown target: {', '.join(sorted(unknown))}")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        started = {
            target: pool.submit(check, target, arguments.root, pool)
            for target in arguments.targets or TARGETS
        }
        for target, future in started.items():
            results = {source: outcome.result() for source, outcome in future.result().items()}
            problems = {source: said for source, said in results.items() if said}
            failed += len(problems)
            for source, said in problems.items():
                print(f"{target}: {source}\n{said}")
            print(f"seams: {target}: {len(results) - len(problems)} of {len(results)} files compile")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
