#!/usr/bin/env python3
"""Sizes, offsets and constants of <uv.h> for the systems that zig compiles for, where nothing runs.

    cross_table.py SYSTEM > facts/abi-SYSTEM-ARCHITECTURE.txt

prints the table of a system by the names of Linux's. What the compiler reckoned is read from its
assembly; a table in facts/ is held by assertions that the compiler checks.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import support

COMPILER = Path(__file__).resolve().parents[2] / "tools/zig/clang++"
ZIG = COMPILER.parents[2] / "build/zig/ziglang/zig"
TARGETS = {
    "freebsd-x86_64": "x86_64-freebsd",
    "netbsd-x86_64": "x86_64-netbsd.11.0",
    "openbsd-x86_64": "x86_64-openbsd",
    "macos-x86_64": "x86_64-macos",
    "macos-aarch64": "aarch64-macos",
}
FLAGS = ["-std=c++11", "-O0", "-g0", "-fno-sanitize=all", f"-I{support.INCLUDE}"]
HEAD = "#include <stddef.h>\n\n#include <uv.h>\n\n"
# No value is 0 then, and the assembler has a number for each.
BIAS = 1 << 40
# Initialisers of structs, on some systems; and what no integer is.
NO_NUMBERS = {f"const UV_{name}" for name in ("ONCE_INIT", "FS_UTIME_NOW", "FS_UTIME_OMIT")}


def names():
    pairs = (line.rsplit(" ", 1) for line in support.facts("abi-linux-x86_64.txt"))
    return [name for name, _ in pairs if name not in NO_NUMBERS]


def expression(name):
    kind, rest = name.split(" ", 1)
    if kind == "offsetof":
        type_name, field = rest.rsplit(" ", 1)
        return f"offsetof({type_name}, {field})"
    return f"sizeof({rest})" if kind == "sizeof" else f"({rest})"


def compile_text(system, text, *flags):
    """The compiler's output file as text; its messages where it refuses."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "table.cc"), Path(folder, "output")
        source.write_text(HEAD + text, encoding="utf-8")
        command = [COMPILER, f"--target={TARGETS[system]}", *FLAGS, *flags, source, "-o", output]
        result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        made = output.read_bytes() if output.exists() else b""
        return result.returncode, made.decode(errors="replace") + result.stderr


def table(system):
    values = "".join(f"  {BIAS}ll + (long long)({expression(name)}),\n" for name in names())
    text = f'extern "C" const long long table[] = {{\n{values}}};\n'
    status, said = compile_text(system, text, "-S")
    if status != 0:
        sys.exit(said)
    found = [int(value) - BIAS for value in re.findall(r"\.quad\s+(\d+)", said)]
    return [f"{name} {value}" for name, value in zip(names(), found, strict=True)]


def assertions(lines):
    parts = (line.rsplit(" ", 1) for line in lines)
    return "".join(
        f'static_assert((long long)({expression(name)}) == {value}ll, "{name}");\n'
        for name, value in parts
    )


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TARGETS:
        sys.exit(__doc__ + "\nSystems: " + ", ".join(TARGETS))
    print(f"# As abi-linux-x86_64.txt, for {sys.argv[1]}. Reckoned by our headers, not measured.")
    print("\n".join(table(sys.argv[1])))
