"""What is measured on: libraries with their engines, ceilings written by hand, other runtimes."""

import ctypes.util
import os
import platform
import re
from dataclasses import dataclass, field
from pathlib import Path

from . import systems

INSTALLED = "libuv"

# What the ceilings do, and with which program.
BY_HAND = {
    "hand-epoll": {"stream_server:echo": "epoll_streams", "stream_server:accept": "epoll_streams",
                   "udp_server": "epoll_datagrams"},
    "hand-uring": {"stream_server:echo": "uring_streams", "stream_server:accept": "uring_streams",
                   "udp_server": "uring_datagrams", "files:read": "uring_files"},
}
# The programs of bench/peers/; what they lack they say themselves.
STREAMS = {"stream_server:echo", "stream_server:sink"}
PEERS = {
    "tokio": STREAMS | {"files:read", "timers:fire"},
    "monoio": STREAMS | {"files:read", "timers:fire"},
    "compio": STREAMS | {"files:read", "timers:fire"},
    "go": STREAMS | {"files:read", "timers:fire"},
    "asio": STREAMS | {"files:read", "timers:fire"},
    "zig": STREAMS | {"files:read", "timers:fire"},
    "libevent": STREAMS | {"timers:fire"},
    "libev": STREAMS | {"timers:fire"},
}

LIBRARY = re.compile(
    r"(?P<path>.+?)(?::(?P<engine>epoll|uring|kqueue|iocp|auto))?(?P<settings>(?::\w+=[^:]*)*)")


class Unknown(Exception):
    """A target that cannot be measured, and why."""


def task_of(part):
    """What a part asks of whoever plays it: its program and mode."""
    options = dict(part.options)
    mode = options.get("mode", options.get("operation"))
    several = "loops" if options.get("loops", 1) != 1 else None
    return ":".join(filter(None, (part.program, mode, several)))


@dataclass
class Target:
    name: str
    programs: Path  # A folder, or a peer's one program.
    tasks: dict = None  # Of a target that has programs of its own; a library does everything.
    library: Path = None
    settings: dict = field(default_factory=dict)
    system: systems.System = systems.THIS

    def command(self, part):
        """None where the target does not do it."""
        if self.tasks is None:
            return [str(self.system.program(self.programs, part.program))]
        own = self.tasks.get(task_of(part))
        if own is None:
            return None
        return [str(self.programs), part.program] if own == "" else [str(self.programs / own)]

    def environment(self, scratch):
        """The environment in which a program finds the library, and nothing else of ours."""
        variables = {name: value for name, value in os.environ.items()
                     if not name.startswith("VIOLET_")}
        if self.library:
            variable = self.system.variable
            parts = [self.system.search_path(self.library_folder(scratch)), variables.get(variable, "")]
            variables[variable] = os.pathsep.join(filter(None, parts))
        return variables | self.settings

    def library_folder(self, scratch):
        """A folder of its own: the library's may bring others, as the system's does."""
        name = self.system.library
        if self.system.suffix:
            return self.library.parent  # That of the build, which has no other.
        folder = Path(scratch) / self.name
        folder.mkdir(exist_ok=True)
        if not (folder / name).exists():
            (folder / name).symlink_to(self.library)
        return folder


def own_library(build):
    """None where the programs have it inside."""
    path = build / systems.of(build).library
    return path.resolve() if path.exists() else None


def installed_library():
    """The system's own libuv1, whatever LD_LIBRARY_PATH says; None without one."""
    name = systems.THIS.library
    machine = f"{platform.machine()}-linux-gnu"
    for folder in (f"/usr/lib/{machine}", "/usr/lib64", "/usr/lib", "/usr/local/lib",
                   "/usr/pkg/lib", "/opt/homebrew/lib"):
        if (Path(folder) / name).exists():
            return (Path(folder) / name).resolve()
    found = ctypes.util.find_library("uv")
    return Path(found).resolve() if found and Path(found).is_absolute() else None


def engine_settings(engine):
    # Strict: an engine that the kernel refuses is no other engine's figure.
    return {"VIOLET_BACKEND": engine, "VIOLET_BACKEND_STRICT": "1"} if engine else {}


def library_target(name, where, build):
    match = LIBRARY.fullmatch(where)
    path = Path(match["path"])
    if path.is_dir():
        path = path / systems.of(build).library
    if not path.exists():
        raise Unknown(f"{name}: there is no {path}")
    settings = engine_settings(match["engine"])
    settings.update(setting.split("=", 1) for setting in match["settings"].split(":") if setting)
    return library_of(build, name, path.resolve(), settings)


def library_of(build, name, library, settings):
    """The programs of a build on a library."""
    return Target(name, build / "bench", library=library, settings=settings, system=systems.of(build))


def is_there(name, build):
    system = systems.of(build)
    if name == INSTALLED:
        return system is systems.THIS and installed_library() is not None
    if name in BY_HAND:
        return all((build / "bench" / program).exists() for program in BY_HAND[name].values())
    if name in PEERS:
        return system.program(build / "bench" / "peers", name).exists()
    return name in system.engines


def groups(build):
    engines = systems.of(build).engines
    return {"engines": engines, "hand": tuple(BY_HAND), "peers": tuple(PEERS),
            "all": (INSTALLED, *engines, *BY_HAND, *PEERS)}


def named_target(name, build):
    if name == INSTALLED:
        library = installed_library()
        if library is None:
            raise Unknown("libuv: it is not installed (libuv1)")
        return library_of(build, name, library, {})
    if name in BY_HAND:
        return Target(name, build / "bench", tasks=BY_HAND[name])
    if name in PEERS:
        program = systems.of(build).program(build / "bench" / "peers", name)
        if not program.exists():
            raise Unknown(f"{name}: it is not built (bench/peers/build.sh {name})")
        return Target(name, program, tasks=dict.fromkeys(PEERS[name], ""))
    if name in systems.of(build).engines:
        return library_of(build, name, own_library(build), engine_settings(name))
    known = ", ".join((*groups(build), *groups(build)["all"]))
    raise Unknown(f"{name}: no such target; there are {known}, and NAME=LIBRARY[:ENGINE]")


def parse(texts, build):
    """Targets in the order of their naming; of a group, those that are there."""
    targets = {}
    for text in texts:
        if "=" in text.partition(":")[0]:
            name, _, where = text.partition("=")
            found = [library_target(name, where, build)]
        elif text in groups(build):
            found = [named_target(name, build) for name in groups(build)[text] if is_there(name, build)]
        else:
            found = [named_target(text, build)]
        for target in found:
            targets.setdefault(target.name, target)
    return list(targets.values())


def of_library(where, build):
    """A target for `--lib PATH[:ENGINE]`, named after both."""
    match = LIBRARY.fullmatch(where)
    path = Path(match["path"])
    name = (path if path.is_dir() else path.parent).resolve().name
    return library_target(f"{name}-{match['engine']}" if match["engine"] else name, where, build)
