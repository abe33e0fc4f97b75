#!/usr/bin/env python3
"""Looks into what was cross-built for Windows, the BSDs and macOS.

For each system: the shared library shows exactly the public functions, is found under the name that
programs ask for, needs no other library than the system's own, nothing of the C library that FreeBSD
13.2 lacks, and has no text that is changed when it is loaded; the static library defines the same
functions; each test program is there and finds libuv by its name. Sizes and offsets are held by tests/abi/test_tables.py.
"""

import argparse
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SYMBOLS = ROOT / "tests/abi/facts/symbols.txt"
EXTENSIONS = ROOT / "include/violet"
EXTENSION = re.compile(r"^UV_EXTERN\s+[^;(]*?\b(violet_\w+)\s*\(", re.M)


@dataclass(frozen=True)
class System:
    """What a system's own libraries are called."""

    library: str
    name: str  # Under which programs look for it.
    needed: str  # A pattern; of the system's libraries.
    prefix: str = ""  # Of every name in C.
    suffix: str = ""  # Of every program.


ELF = ("libuv.so.1", "libuv.so.1")
MACOS = System("libuv.1.dylib", "@rpath/libuv.1.dylib", r"/usr/lib/libSystem\.B\.dylib", "_")
# Those that every Windows 10 has, the C library of mingw-w64 (msvcrt.dll) among them.
WINDOWS_LIBRARIES = r"(?i:(advapi32|bcrypt|iphlpapi|kernel32|mswsock|msvcrt|ntdll|psapi|shell32|user32|userenv|ws2_32)\.dll)"
SYSTEMS = {
    "windows": System("uv.dll", "uv.dll", WINDOWS_LIBRARIES, suffix=".exe"),
    "freebsd": System(*ELF, r"lib(c|thr|m|util|rt|procstat|kvm|pthread|execinfo|sys)\.so(\.\d+)*"),
    "netbsd": System(*ELF, r"lib(c|pthread|m|util|rt|kvm|execinfo)\.so(\.\d+)*"),
    "openbsd": System(*ELF, r"lib(c|pthread|m|util|kvm|execinfo)\.so(\.\d+)*"),
    "macos": MACOS,
    "macos-arm": MACOS,
}
# The linker's own, in every library for macOS that zig links.
OF_THE_LINKER = {"__mh_dylib_header", "___dso_handle"}
# FreeBSD's C library says since which release it has a function: up to this one in 13.2, without which no
# program starts there. zig's is that of 14.
FREEBSD_13 = (1, 6)
# Of a later version, but in 13.2 too; and the start-up code of 14, which zig links into programs (those that
# are built with the system's own compiler have their own).
NEWER_IN_FREEBSD_13 = {"sched_getcpu"}
OF_THE_START = {"__libc_start1"}
# On libuv by its name, so that LD_LIBRARY_PATH turns them on another library; and alone.
PROGRAMS = ("api_tests", "scenarios", "soak", "soak_datagrams", "bench_spawn")
PROGRAMS_ALONE = ("violet", "unit_tests")
ALL = PROGRAMS + PROGRAMS_ALONE
# The other programs are those of the first macOS. Not all of them are for Windows.
PROGRAMS_OF = {"macos-arm": ("violet",), "windows": ("api_tests", "unit_tests", "violet")}
# Where a build is not called as its system.
FOLDERS = {"windows": "mingw"}


def output_of(tool, *arguments):
    command = shutil.which(f"{tool}-14") or shutil.which(tool)
    if not command:
        sys.exit(f"{tool} is missing: apt-get install llvm-14")
    return subprocess.run(
        [command, *map(str, arguments)], capture_output=True, text=True, check=True
    ).stdout


def public_functions():
    lines = SYMBOLS.read_text(encoding="utf-8").splitlines()
    names = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    for header in sorted(EXTENSIONS.glob("*.h")):
        names |= set(EXTENSION.findall(header.read_text(encoding="utf-8")))
    return names


def is_mach(path):
    return path.read_bytes()[:4] == b"\xcf\xfa\xed\xfe"


def is_windows(path):
    return path.read_bytes()[:2] == b"MZ"


def windows_tables(path):
    """What is said of imports, and of exports."""
    before, _, exports = output_of("llvm-objdump", "-p", path).partition("Export Table:")
    return before, exports


def defined_names(path, *flags):
    """Names as the file has them, seen from outside."""
    listing = output_of("llvm-nm", "-g", "--defined-only", "-j", *flags, path)
    return {line for line in listing.split() if not line.endswith(":")}


def exported_names(path):
    if is_windows(path):
        return set(re.findall(r"^\s+\d+\s+0x[0-9a-f]+\s+(\S+)$", windows_tables(path)[1], re.M))
    if is_mach(path):
        return defined_names(path) - OF_THE_LINKER
    return {name.split("@")[0] for name in defined_names(path, "-D")}


def own_name(path):
    if is_windows(path):
        found = re.search(r"DLL name: (\S+)", windows_tables(path)[1])
        return found[1] if found else ""
    if is_mach(path):
        return output_of("llvm-objdump", "--macho", "--dylib-id", path).splitlines()[1].strip()
    found = re.search(r"SONAME.*\[(.*)\]", output_of("llvm-readelf", "-d", path))
    return found[1] if found else ""


def needed_libraries(path):
    if is_windows(path):
        return re.findall(r"DLL Name: (\S+)", windows_tables(path)[0])
    if is_mach(path):
        lines = output_of("llvm-objdump", "--macho", "--dylibs-used", path).splitlines()[1:]
        found = [line.split(" (")[0].strip() for line in lines if line.strip()]
        return [name for name in found if name != own_name_if_library(path)]
    return re.findall(r"NEEDED.*\[(.*)\]", output_of("llvm-readelf", "-d", path))


def own_name_if_library(path):
    lines = output_of("llvm-objdump", "--macho", "--dylib-id", path).splitlines()
    return lines[1].strip() if len(lines) > 1 else None


def has_text_relocations(path):
    is_elf = not is_mach(path) and not is_windows(path)
    return is_elf and "TEXTREL" in output_of("llvm-readelf", "-d", path)


def too_new(path):
    """What FreeBSD 13.2 has not, of a file in its format."""
    if is_mach(path) or is_windows(path):
        return
    symbols = output_of("llvm-readelf", "--dyn-syms", path)
    for name, version in re.findall(r"\sUND\s+(\w+)@+FBSD_([\d.]+)", symbols):
        is_newer = tuple(map(int, version.split("."))) > FREEBSD_13
        if is_newer and name not in NEWER_IN_FREEBSD_13 | OF_THE_START:
            yield f"needs {name} of FBSD_{version}, which FreeBSD 13.2 lacks"


def differences(kind, found, wanted):
    yield from (f"{kind} {name}, which is not public" for name in sorted(found - wanted))
    yield from (f"lacks {name}" for name in sorted(wanted - found))


def foreign(path, system, *more):
    allowed = "|".join((system.needed, *map(re.escape, more)))
    return [name for name in needed_libraries(path) if not re.fullmatch(allowed, name)]


def check_shared(path, system, public):
    yield from differences("exports", exported_names(path), {system.prefix + name for name in public})
    if own_name(path) != system.name:
        yield f"is called {own_name(path) or 'nothing'}, not {system.name}"
    if has_text_relocations(path):
        yield "has relocations in its text"
    yield from (f"needs {name}" for name in foreign(path, system))
    yield from too_new(path)


def check_static(path, system, public):
    defined = defined_names(path)
    yield from (f"lacks {name}" for name in sorted(public) if system.prefix + name not in defined)


def check_program(path, system, needs_library):
    if (system.name in needed_libraries(path)) != needs_library:
        yield "does not look for libuv" if needs_library else "looks for libuv"
    yield from (f"needs {name}" for name in foreign(path, system, system.name))
    yield from too_new(path)


def check_folder(folder, system, public, programs):
    """What is wrong, as (file, problem)."""
    checks = {system.library: (check_shared, public), "libuv.a": (check_static, public)}
    for name in programs:
        checks[name + system.suffix] = (check_program, name in PROGRAMS)
    for name, (check, argument) in checks.items():
        if not (folder / name).is_file():
            yield name, "is missing"
            continue
        yield from ((name, problem) for problem in check(folder / name, system, argument))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("folder", type=Path, nargs="?", help="build/SYSTEM")
    arguments = parser.parse_args()
    folder = arguments.folder or ROOT / "build" / FOLDERS.get(arguments.system, arguments.system)
    system = SYSTEMS[arguments.system]
    found = list(check_folder(folder, system, public_functions(), PROGRAMS_OF.get(arguments.system, ALL)))
    for name, problem in found:
        print(f"{arguments.system}: {name} {problem}")
    print(f"cross: {arguments.system}: " + (f"{len(found)} problems" if found else "as it has to be"))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
