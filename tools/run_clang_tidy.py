#!/usr/bin/env python3
"""Runs clang-tidy over src/ for every system, or over the files given, on every processor.

    tools/run_clang_tidy.py [FILE]...

Linux's files are read as build/release compiles them (cmake --preset release). What is of other systems only
is read against their headers: mingw-w64's, and zig's of the BSDs and macOS (tools/fetch_zig.sh) with
Debian's libc++. Several files are read in one run, for most of the time goes into the headers that they
share; those whose local names collide go into different runs, and where a run does not compile, each of its
files is read by itself.
"""

import argparse
import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build/tidy"
DATABASE = ROOT / "build/release/compile_commands.json"
ZIG = ROOT / "build/zig/ziglang/lib/libc/include"
LIBCXX = Path("/usr/lib/llvm-14/include/c++/v1")
FILES_OF_A_RUN = 10
TIDY = [
    "clang-tidy-14", "--quiet", "--warnings-as-errors=*", r"--header-filter=/src/[^.].*\.(h|cc)$",
]  # fmt: skip
LANGUAGE = [
    "-std=gnu++20", "-fno-exceptions", "-fno-rtti", "-fno-strict-aliasing", "-Wall", "-Wextra", "-Wpedantic",
    "-Wno-varargs", f"-I{ROOT}/src", f"-I{ROOT}/include",
]  # fmt: skip
# Where a file is read as a part of another, this finding is about that only.
OF_RUNS = re.compile(
    r"^\S+\.cc:\d+:\d+: error: [^\n]*\[google-global-names-in-headers[^\n]*\n(?:(?!\S+:\d+:\d+: )[^\n]*\n)*",
    re.MULTILINE,
)
SUMMARY = re.compile(r"^(?:\d+ warnings?.*|Suppressed .*|Use -header-filter.*)\n", re.MULTILINE)

# The folders below src/ that Linux's build has not. A file takes the place of one of the same name in a
# folder before its own.
FOLDERS = {
    "windows": ("iocp", "os/shared", "os/windows"),
    "freebsd": ("kqueue", "os/bsd", "os/bsd/freebsd"),
    "netbsd": ("os/bsd", "os/bsd/netbsd"),
    "openbsd": ("os/bsd", "os/bsd/openbsd"),
    "macos": ("os/bsd", "os/bsd/macos"),
}


def windows_flags():
    said = subprocess.run(
        ["x86_64-w64-mingw32-g++-posix", "-print-file-name=include/c++"], capture_output=True, text=True, check=True
    )
    library = said.stdout.strip()
    return [
        "--target=x86_64-w64-windows-gnu", "-isystem", library, "-isystem", f"{library}/x86_64-w64-mingw32",
        "-D_WIN32_WINNT=0x0A00", "-DWIN32_LEAN_AND_MEAN", "-DNOMINMAX", "-DVIOLET_HAS_IOCP=1",
    ]  # fmt: skip


def zig_flags(target, *headers, defines=()):
    # Clang's own headers come before the system's, as on the system.
    system = [flag for name in headers for flag in ("-idirafter", str(ZIG / name))]
    return [
        f"--target={target}", "-nostdinc++", "-nostdlibinc", "-isystem", str(LIBCXX), *system, *defines,
        "-DVIOLET_HAS_KQUEUE=1",
    ]  # fmt: skip


def flags_of_systems():
    # Clang 14 does not tell two limits that NetBSD's newest headers ask for.
    limits = ("-D__WCHAR_MIN__=(-__WCHAR_MAX__-1)", "-D__WINT_MIN__=(-__WINT_MAX__-1)")
    # By macOS's it is asked for a half-precision number and a way to learn of the target, and its libc++ for
    # what the system's headers leave to newer ones.
    lacking = (
        "-D_Float16=float", "-U__is_target_environment", "-D__is_target_environment(name)=0",
        *(f"-D{name}(x)=__builtin_{name}(x)" for name in ("signbit", "isnan", "isinf", "isfinite", "isnormal")),
        "-Dfpclassify(x)=__builtin_fpclassify(FP_NAN,FP_INFINITE,FP_NORMAL,FP_SUBNORMAL,FP_ZERO,x)",
    )  # fmt: skip
    return {
        "windows": windows_flags(),
        "freebsd": zig_flags("x86_64-unknown-freebsd13.2", "generic-freebsd", "x86_64-freebsd-none"),
        "netbsd": zig_flags("x86_64-unknown-netbsd10", "generic-netbsd", "x86_64-netbsd-none", defines=limits),
        "openbsd": zig_flags("x86_64-unknown-openbsd7", "generic-openbsd", "x86_64-openbsd-none"),
        "macos": zig_flags("x86_64-apple-macos13", "any-darwin-any", defines=lacking),
    }


def files_of_linux():
    """Pairs of the compiler's flags and a file."""
    if not DATABASE.is_file():
        sys.exit(f"{DATABASE.relative_to(ROOT)} is not there: cmake --preset release")
    found = {}
    for entry in json.loads(DATABASE.read_text(encoding="utf-8")):
        file = Path(entry["file"])
        if file.is_relative_to(ROOT / "src") and file.suffix == ".cc":
            words = shlex.split(entry["command"])
            compiler = next(i for i, word in enumerate(words) if word.endswith(("g++", "c++", "clang++-14")))
            found[file] = tuple(words[compiler + 1 : words.index("-o")])
    return [(flags, file) for file, flags in found.items()]


def files_of_others():
    for system, flags in flags_of_systems().items():
        of_system = {}
        for folder in FOLDERS[system]:
            for file in sorted((ROOT / "src" / folder).glob("*.cc")):
                of_system[file.name if folder.startswith("os/") else file] = file
        for file in of_system.values():
            yield (*flags, *LANGUAGE), file


LOCAL = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
NAME = re.compile(
    r"^(?!\s|//|#|\}|using namespace)[^\n(={;]*?\b(\w+)(?:\[[^\n]*\])?\s*(?:\(|=|\{|;|final\b)", re.MULTILINE
)


def local_names(file):
    return {name for part in LOCAL.findall(file.read_text(encoding="utf-8")) for name in NAME.findall(part)}


def runs_of(files):
    """Lists of files with the same flags and no local name in common."""
    runs = []
    for flags, file in files:
        names = local_names(file)
        for of_run, members, taken in runs:
            if of_run == flags and len(members) < FILES_OF_A_RUN and not names & taken:
                members.append(file)
                taken |= names
                break
        else:
            runs.append((flags, [file], set(names)))
    return [(flags, members) for flags, members, _ in runs]


def tidy(flags, file):
    """What clang-tidy has to say; nothing is well."""
    result = subprocess.run(
        [*TIDY, file, "--", *flags], cwd=ROOT, capture_output=True, text=True, errors="replace", check=False
    )
    said = SUMMARY.sub("", result.stdout + result.stderr).strip()
    return said or "clang-tidy failed without a word" if result.returncode != 0 else ""


def tidy_run(number, flags, members):
    if len(members) > 1:
        together = FOLDER / f"run_{number}.cc"
        together.write_text("".join(f'#include "{file}"  // NOLINT\n' for file in members), encoding="utf-8")
        said = tidy(flags, together)
        if "clang-diagnostic-error" not in said:
            return OF_RUNS.sub("", said + "\n").strip()
    return "\n".join(filter(None, (tidy(flags, file) for file in members)))


def wanted(asked):
    """Every file once, as the first system has it."""
    every = {}
    for flags, file in [*files_of_linux(), *files_of_others()]:
        every.setdefault(file, flags)
    named = [Path(name).resolve() for name in asked]
    if unknown := [str(file) for file in named if file not in every]:
        sys.exit(f"no system compiles {', '.join(unknown)}")
    return [(every[file], file) for file in named or every]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE")
    files = wanted(parser.parse_args().files)
    FOLDER.mkdir(parents=True, exist_ok=True)
    runs = sorted(runs_of(files), key=lambda run: -len(run[1]))
    print(f"clang-tidy: {len(files)} files in {len(runs)} runs", flush=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        started = [pool.submit(tidy_run, number, *run) for number, run in enumerate(runs)]
        for future in concurrent.futures.as_completed(started):
            if said := future.result():
                failed += 1
                print(said, flush=True)
    print(f"clang-tidy: findings in {failed} runs" if failed else "clang-tidy: no findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
