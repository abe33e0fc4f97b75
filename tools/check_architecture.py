#!/usr/bin/env python3
"""Holds the house together: who may include whom, where the platform may show, how files are named.

Prints one line per violation and exits with 1 if there is any. docs/architecture.md explains the
rules; the tables below are their exact form.
"""

import argparse
import re
import sys
from pathlib import Path

ENGINES = ("epoll", "uring", "kqueue", "iocp")
MAX_LINES = 500
# Rooms that are read from one end to the other: how many lines all their files have at most, and one of them.
BOUNDED_ROOMS = {"v8": (6000, 400)}

# What the files of a room may include besides public headers: whole rooms ("core/") or single files.
# "os/*" is an operating-system interface that reads the same on every platform: src/os/NAME.h;
# "os/" includes the folders below it.
ALLOWED = {
    "abi": ("abi/", "handle/", "request/", "core/", "threadpool/", "engine.h", "os/*", "base/"),
    "handle": ("handle/", "request/", "core/", "threadpool/", "engine.h", "os/*", "base/"),
    "request": ("request/", "handle/", "core/", "threadpool/", "engine.h", "os/*", "base/"),
    "core": ("core/", "engine.h", "os/*", "base/"),
    "threadpool": ("threadpool/", "core/", "engine.h", "os/*", "base/"),
    "engine.h": ("os/*", "base/"),
    "engine_select.cc": ("engine.h", "os/*", "base/"),
    "readiness": ("readiness/", "engine.h", "os/", "base/"),
    "os": ("os/", "base/"),
    "base": ("base/",),
    "v8": ("v8/",),
    "cli": ("cli/",),
}
for engine_room in ENGINES:
    ALLOWED[engine_room] = (f"{engine_room}/", "readiness/", "engine.h", "os/", "base/")

# The file that names a platform's engines. It stands beside the platform's default engine only.
ENGINE_LIST = "engines.cc"
ENGINE_LIST_EXTRAS = tuple(f"{engine}/engine_class.h" for engine in ENGINES)

# The parts that every engine has, under the same names. What only some engines need (the queues and
# buffers of a completion engine) stands in files of its own beside them.
ENGINE_PARTS = ("engine_class.h", "engine_life.cc", "watch.cc", "wait.cc", "wake.cc")

# Rooms that may see the platform: its macros and its headers.
PLATFORM_ROOMS = ("os", "readiness") + ENGINES
# Rooms that know no operating system at all: neither its headers nor what only one of them names.
NEUTRAL_ROOMS = (
    "abi", "handle", "request", "base", "core", "threadpool", "engine.h", "engine_select.cc"
)  # fmt: skip

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
PLATFORM_CONDITIONAL = re.compile(
    r"^\s*#\s*(?:el)?if.*\b(_WIN32|_WIN64|__linux__|__APPLE__|__FreeBSD__|__NetBSD__|__OpenBSD__"
    r"|__DragonFly__|__unix__|__MINGW\w*|_MSC_VER)\b"
)
# What is compiled must not differ between systems above the seams; assertions may come and go.
CONDITIONAL = re.compile(r"^\s*#\s*(?:el)?if(?:n?def)?\b(?P<condition>.*)")
BUILD_CONDITION = re.compile(r"^[\s!()]*(?:defined[\s(]*)?(?:NDEBUG|VIOLET_\w+)[\s)]*$")
PLATFORM_HEADER = re.compile(
    r"^(?:(?:sys|linux|netinet|arpa|net|mach)/.*|(?:unistd|pthread|fcntl|poll|dlfcn|sched|termios"
    r"|netdb|pwd|grp|dirent|ifaddrs|signal|semaphore|spawn|io|process|windows|winsock2|ws2tcpip"
    r"|mswsock|winternl|synchapi)\.h|csignal)$"
)
# What POSIX, one kernel or Windows alone calls by these names: each has its word in os/*.h.
SYSTEM_NAME = re.compile(
    r"(?<![\w.>])(?:"
    r"sigset_t|siginfo_t|SIG[A-Z]{2,}[0-9]?|SA_[A-Z]+|sigaction|sigemptyset|sigfillset|sigprocmask"
    r"|v?fork(?=\s*\()|waitpid|wait4|execve|posix_spawn\w*|pidfd_\w+|pthread_\w+|sem_t"
    r"|[OF]_(?:CLOEXEC|NONBLOCK|RDONLY|WRONLY|RDWR|CREAT|GETFL|SETFL|GETFD|SETFD|DUPFD\w*)"
    r"|FD_CLOEXEC|SOCK_(?:CLOEXEC|NONBLOCK)|MSG_(?:NOSIGNAL|DONTWAIT)|SCM_RIGHTS|accept4|sendmmsg"
    r"|recvmmsg|fcntl|ioctl|termios|statx|EPOLL\w+|epoll_\w+|inotify_\w+|IN_[A-Z]+_?[A-Z]*|eventfd"
    r"|kqueue|kevent|EVFILT_\w+|NOTE_[A-Z]+|io_uring_\w+"
    r"|HANDLE|DWORD|SOCKET|OVERLAPPED|INVALID_(?:HANDLE_VALUE|SOCKET)|WSA[A-Z]\w+|GetLastError"
    r"|CloseHandle|Create(?:File|Process|Event)[AW]?|ReadDirectoryChangesW"
    r")(?!\w)"
)
SYSTEM_PATH = re.compile(r'"[^"]*/(?:proc|sys|dev)/[^"]*"')
# Rooms below the public interface. They use its types and constants, but calling one of its functions
# would be an arrow that points upwards.
ROOMS_BELOW_THE_INTERFACE = PLATFORM_ROOMS + tuple(r for r in NEUTRAL_ROOMS if r != "abi")
PUBLIC_CALL = re.compile(r"(?<![\w:>.])(?:::)?(uv_[a-z0-9_]+)\s*\(")
# The program's callbacks are called in one place, whose first lines say why. They are known by their
# names: what has a callback's type ends in "callback" or, as in uv.h, in "cb". (A thread's entry is no
# callback of a loop.)
THE_DOOR = "core/call.h"
CLIENTS = ("v8", "cli")  # of uv.h, with callbacks of their own
CALLBACK_NAME = r"(?:\w*callback|(?:\w*_)?cb)_?"
CALLBACK_VARIABLE = re.compile(
    r"\buv_(?!thread_)[a-z0-9_]+_cb\s+(?:const\s+)?(\w+)\s*(?:[;,)={\[]|$)"
)
# With arguments: a function of that name without any only tells which callback it is.
CALLBACK_CALL = re.compile(
    rf"(?:(?<!\w)({CALLBACK_NAME})(?:\s*\(\s*\))?|(?:^|[;{{}}=(,])\s*\(\s*\*\s*[\w.>-]*?(?<!\w)({CALLBACK_NAME})\s*\))"
    r"\s*\((?!\s*\))"
)
COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//.*')
COMMENT_OR_TEXT = re.compile(r'//.*|"(?:[^"\\]|\\.)*"')


def source_files(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in (".h", ".cc", ".c") and p.is_file())


def room_of(path):
    """The first part of a path relative to src/: a folder, or a file that stands there itself."""
    return path.parts[0]


def allows(pattern, included):
    if pattern == "os/*":
        return re.fullmatch(r"os/[^/]+", included) is not None
    return included.startswith(pattern) if pattern.endswith("/") else included == pattern


def includes_of(lines):
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def allowed_in(relative):
    """What a file, by its path from src/, may include; None for a room that ALLOWED lacks."""
    room = room_of(relative)
    if room in ENGINES and relative.name == ENGINE_LIST:
        return ALLOWED[room] + ENGINE_LIST_EXTRAS
    return ALLOWED.get(room)


def check_include(src, public, relative, quoted, included):
    """Says what is wrong with one include of a file, or None."""
    room = room_of(relative)
    if (public / included).is_file():
        return None
    if not quoted:
        if room in NEUTRAL_ROOMS and PLATFORM_HEADER.match(included):
            return f"{room} knows no operating system, but includes <{included}>"
        return None
    if not (src / included).is_file():
        return f'"{included}" is neither in src/ nor in include/ (write paths from there)'
    allowed = allowed_in(relative)
    if allowed is None:
        return f"src/{room} has no place in the house (tools/check_architecture.py, ALLOWED)"
    if not any(allows(pattern, included) for pattern in allowed):
        return f'{room} may not include "{included}"'
    return None


def check_system_names(room, lines):
    for number, line in enumerate(lines, 1):
        if INCLUDE.match(line):
            continue
        conditional = CONDITIONAL.match(line)
        if conditional and not BUILD_CONDITION.match(conditional["condition"]):
            yield number, f"{room} is the same on every system: a conditional has no place in it"
        for name in SYSTEM_NAME.findall(COMMENT_OR_TEXT.sub("", line)):
            yield number, f"{room} knows no operating system, but names {name}"
        for path in SYSTEM_PATH.findall(COMMENT.sub(r"\1", line)):
            yield number, f"{room} knows no operating system, but names the path {path}"


def check_callbacks(lines):
    for number, line in enumerate(lines, 1):
        code = COMMENT_OR_TEXT.sub("", line)
        for name in CALLBACK_VARIABLE.findall(code):
            if not re.fullmatch(CALLBACK_NAME, name):
                yield number, f"{name} is a callback of the program; end its name in callback"
        for names in CALLBACK_CALL.findall(code):
            yield number, f"{''.join(names)} is called past the door ({THE_DOOR})"


def check_source_file(src, public, path):
    relative = path.relative_to(src)
    room = room_of(relative)
    lines = path.read_text(encoding="utf-8").splitlines()
    most = BOUNDED_ROOMS.get(room, (None, MAX_LINES))[1]
    if len(lines) > most:
        yield 1, f"{len(lines)} lines; split it by subject (at most {most})"
    for number, quoted, included in includes_of(lines):
        problem = check_include(src, public, relative, quoted, included)
        if problem:
            yield number, problem
    if room in ROOMS_BELOW_THE_INTERFACE:
        for number, line in enumerate(lines, 1):
            for name in PUBLIC_CALL.findall(COMMENT_OR_TEXT.sub("", line)):
                yield number, f"{room} may not call the public {name}()"
    if room not in CLIENTS and relative.as_posix() != THE_DOOR:
        yield from check_callbacks(lines)
    if room in NEUTRAL_ROOMS:
        yield from check_system_names(room, lines)
    if room not in PLATFORM_ROOMS:
        for number, line in enumerate(lines, 1):
            if PLATFORM_CONDITIONAL.match(line):
                yield number, "platform conditional outside os/ and the engines"


def check_public_header(public, path):
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, quoted, included in includes_of(lines):
        inside = (public / included).is_file() or (path.parent / included).is_file()
        if quoted and not inside:
            yield number, f'public header includes "{included}" from outside include/'


def check_engine_names(src):
    """Every engine that exists has the same parts, so that one can be read beside the other."""
    for engine in ENGINES:
        found = {p.name for p in source_files(src / engine)} if (src / engine).is_dir() else set()
        for part in ENGINE_PARTS if found else ():
            if part not in found:
                yield f"src/{engine}", f"has no {part}, as every engine has"


def check_size_of_rooms(src):
    for room, (most, _) in BOUNDED_ROOMS.items():
        lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in source_files(src / room))
        if lines > most:
            yield f"src/{room}", f"{lines} lines in all (at most {most})"


def violations(root):
    src, public = root / "src", root / "include"
    for path in source_files(src):
        for number, problem in check_source_file(src, public, path):
            yield f"{path.relative_to(root)}:{number}: {problem}"
    for path in source_files(public):
        for number, problem in check_public_header(public, path):
            yield f"{path.relative_to(root)}:{number}: {problem}"
    for place, problem in (*check_engine_names(src), *check_size_of_rooms(src)):
        yield f"{place}: {problem}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent)
    found = list(violations(parser.parse_args().root))
    for line in found:
        print(line)
    print(f"architecture: {len(found)} violations" if found else "architecture: the arrows hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
