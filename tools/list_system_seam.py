#!/usr/bin/python3
"""Writes docs/porting.md: the system seam, function by function.

The headers `src/os/*.h` are the list of what a platform has to supply; this page puts it in one place
and tells where each platform supplies it. `--check` writes nothing; it says whether the page is out of
date and which functions a system with POSIX lacks.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEAM = ROOT / "src" / "os"
PAGE = ROOT / "docs" / "porting.md"
# The folders that implement the seam, and the name of their column.
FOLDERS = {
    "sockets": "all systems",
    "shared": "all but Linux",
    "posix": "all POSIX systems",
    "linux": "Linux",
    "bsd": "BSDs and macOS",
    "bsd/freebsd": "FreeBSD",
    "bsd/netbsd": "NetBSD",
    "bsd/openbsd": "OpenBSD",
    "bsd/macos": "macOS",
    "windows": "Windows",
}
# The folders of each system with POSIX, as cmake/sources.cmake chooses them.
POSIX_SYSTEMS = {"linux": ("sockets", "posix", "linux")} | {
    system: ("sockets", "shared", "posix", "bsd", f"bsd/{system}")
    for system in ("freebsd", "netbsd", "openbsd", "macos")
}

HEAD = """# The system seam: what a platform has to supply

Written by `tools/list_system_seam.py` from the headers `src/os/*.h`; do not edit. Everything the library
asks of an operating system beside its engine ([engines.md](engines.md)) stands here, with what it
promises. A port is this list, worked through: a folder beside `src/os/linux/` that defines what
`src/os/sockets/` (the calls that BSD sockets and Winsock have in common), `src/os/shared/` (for systems
that have nothing of their own) and `src/os/posix/` do not,
and an engine with the file names of the others. The BSDs and macOS share `src/os/bsd/`; what differs among them stands in folders below it.

Rules for all of it: results are 0, a count or a descriptor, or a negative `UV_E*`; nothing calls the
program or knows a handle; an interrupted system call is repeated; descriptors are not inherited by
programs started later; memory comes from `base/allocator.h`. What a platform lacks answers `UV_ENOTSUP`
or `UV_ENOSYS` from its own folder, as the documentation of the public function says.

A cell names the file that defines the function there; an empty one says that the other folders do.
A file of a system's own takes the place of one of the same name in a folder that it shares: where macOS
names a `semaphore.cc`, it does without the one of all POSIX systems. So two folders of one system have
files of the same name only where that is meant.
"""

COMMENT = re.compile(r"^\s*//\s?(.*)$")
DECLARATION = re.compile(
    r"^(?!\s|//|#|struct |class |enum |using |inline |constexpr |template|namespace|extern|})"
    r"[\w:*&<> ]+?[\s*&](?P<name>[a-z]\w*)\((?P<rest>.*)$"
)


def paragraphs(lines):
    """Pairs of a declaration's name and the comment above it (or behind it). A comment stands for all
    declarations that follow it without a gap."""
    comment, is_used = [], False
    for line in lines:
        if found := COMMENT.match(line):
            comment = [found.group(1)] if is_used else [*comment, found.group(1)]
            is_used = False
        elif not line.strip():
            comment, is_used = [], False
        elif declared := DECLARATION.match(line):
            behind = line.partition("//")[2].strip()
            yield declared.group("name"), behind or ("as above" if is_used else " ".join(comment))
            is_used = bool(comment)


def subject_of(header):
    """The comment at a header's top, up to its first empty line."""
    words = []
    for line in header.read_text(encoding="utf-8").splitlines():
        found = COMMENT.match(line)
        if not found or not found.group(1):
            break
        words.append(found.group(1))
    return " ".join(words)


def seam():
    """Each header with its subject and its functions: [(header, subject, [(name, promise)])]."""
    for header in sorted(SEAM.glob("*.h")):
        functions, seen = [], set()
        for name, promise in paragraphs(header.read_text(encoding="utf-8").splitlines()):
            if name not in seen:
                functions.append((name, promise))
                seen.add(name)
        yield header, subject_of(header), functions


def definitions():
    """Where each function is defined: {name: {folder: file}}."""
    found = {}
    for folder in FOLDERS:
        for source in sorted((SEAM / folder).glob("*.cc")) if (SEAM / folder).is_dir() else ():
            text = source.read_text(encoding="utf-8")
            for match in re.finditer(r"^[\w:*&<>][\w:*&<> ]*?[\s*&](\w+)\(", text, re.MULTILINE):
                found.setdefault(match.group(1), {}).setdefault(folder, source.name)
    return found


def columns():
    return [folder for folder in FOLDERS if (SEAM / folder).is_dir()]


def page():
    where = definitions()
    lines = [HEAD]
    for header, subject, functions in seam():
        if not functions:
            continue
        lines.append(f"## {header.name}\n\n{subject}\n")
        lines.append("| function | promise | " + " | ".join(FOLDERS[f] for f in columns()) + " |")
        lines.append("|---|---|" + "---|" * len(columns()))
        for name, promise in functions:
            cells = [where.get(name, {}).get(folder, "") for folder in columns()]
            shown = " | ".join(f"`{cell}`" if cell else "" for cell in cells)
            lines.append(f"| `{name}` | {promise.replace('|', chr(92) + '|')} | {shown} |")
        lines.append("")
    return "\n".join(lines)


def missing_on_posix():
    """Functions that a system with POSIX lacks: no folder of it defines them."""
    where = definitions()
    systems = {
        system: set(folders)
        for system, folders in POSIX_SYSTEMS.items()
        if (SEAM / folders[-1]).is_dir()
    }
    for header, _, functions in seam():
        text = header.read_text(encoding="utf-8")
        for name, _ in functions:
            if re.search(rf"^inline .*\b{name}\(", text, re.MULTILINE):
                continue
            found = set(where.get(name, {}))
            lacking = [system for system, folders in systems.items() if not folders & found]
            if lacking:
                yield f"{header.name}: {name} ({', '.join(lacking)})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    written = page()
    if not parser.parse_args().check:
        PAGE.write_text(written, encoding="utf-8")
        return 0
    problems = list(missing_on_posix())
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != written:
        problems.append(f"{PAGE.relative_to(ROOT)} is out of date: run tools/list_system_seam.py")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
