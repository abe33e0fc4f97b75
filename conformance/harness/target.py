"""The libraries and engines that scenarios run on."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from .expectation import Behaviour

ROOT = Path(__file__).resolve().parents[2]
VIOLET = ROOT / "build" / "release" / "libuv.so.1"
PROBE = Path(__file__).with_name("probe.py")
TIMERS_LAST_SINCE = (1, 45)


class TargetError(Exception):
    """A library that cannot be loaded, or an engine that it does not offer."""


@dataclass(frozen=True)
class Target:
    """One library, one engine, one order of phases."""

    name: str
    library: Path
    version: str
    backend: str = ""
    timers_first: bool = False
    missing: frozenset = frozenset()

    @property
    def behaviour(self):
        version = tuple(int(part) for part in self.version.split("-")[0].split(".")[:2])
        return Behaviour(version, self.timers_first)

    def environment(self):
        result = {key: value for key, value in os.environ.items()
                  if not key.startswith(("LD_", "VIOLET_", "UV_"))}
        result["LD_LIBRARY_PATH"] = str(_folder_of(self.library))
        if self.backend:
            result["VIOLET_BACKEND"] = self.backend
            result["VIOLET_BACKEND_STRICT"] = "1"
            if self.timers_first:
                result["VIOLET_TIMER_ORDER"] = "1.44"
        return result


@dataclass(frozen=True)
class Absent:
    """An engine that cannot be judged here, and why."""

    name: str
    reason: str


_folders = {}
_folders_lock = threading.Lock()
_scratch = tempfile.TemporaryDirectory(prefix="violet-conformance-")


def _folder_of(library):
    """A folder in which the library has the name that programs ask for; it lives as long as we."""
    with _folders_lock:
        if library not in _folders:
            folder = Path(_scratch.name) / str(len(_folders))
            folder.mkdir()
            (folder / "libuv.so.1").symlink_to(os.path.abspath(library))
            _folders[library] = folder
        return _folders[library]


def find_oracle():
    """The installed libuv1, or None."""
    for folder in ("x86_64-linux-gnu", "aarch64-linux-gnu", "."):
        path = Path("/usr/lib") / folder / "libuv.so.1"
        if path.exists():
            return path.resolve()
    return None


def probe(library, symbols=()):
    """Asks a library, in a process of its own, for its version, its engines, and what it lacks."""
    run = subprocess.run([sys.executable, str(PROBE), str(library), *symbols],
                         capture_output=True, text=True, timeout=60, check=False)
    try:
        return json.loads(run.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        raise TargetError(f"{library} cannot be asked (exit {run.returncode}): "
                          f"{run.stderr.strip()[-400:]}") from None


def targets_of(library, label, symbols=(), backend=None):
    """The targets that a library offers, and its engines that are absent here."""
    library = Path(library).resolve()
    facts = probe(library, symbols)
    missing = frozenset(facts["missing"])
    if not facts["violet"]:
        if backend:
            raise TargetError(f"{library} has no engines to choose from")
        number = tuple(int(part) for part in facts["version"].split("-")[0].split(".")[:2])
        first = number < TIMERS_LAST_SINCE
        return [Target(f"{label} {facts['version']}", library, facts["version"], "", first,
                       missing)], []
    if backend and facts["engines"].get(backend) != "available":
        raise TargetError(f"{library}: engine {backend}: {facts['engines'].get(backend)}")
    present, absent = [], []
    for name, state in facts["engines"].items():
        if backend and name != backend:
            continue
        if state != "available":
            absent.append(Absent(f"{label} {name}", state))
            continue
        for first in (False, True):
            suffix = ", 1.44 order" if first else ""
            present.append(Target(f"{label} {name}{suffix}", library, facts["version"], name,
                                  first, missing))
    return present, absent


def choose(symbols=(), lib=None, violet=None, backend=None):
    """The matrix: one library, or the oracle and Violet on every engine."""
    if lib:
        return targets_of(lib, Path(lib).name, symbols, backend)
    present, absent = [], []
    oracle = find_oracle()
    if oracle is None:
        absent.append(Absent("libuv", "no libuv.so.1 is installed"))
    elif not backend:
        present += targets_of(oracle, "libuv", symbols)[0]
    ours = Path(violet) if violet else VIOLET
    if not ours.exists():
        raise TargetError(f"{ours} is not built; build it, or give --violet PATH or --lib PATH")
    more = targets_of(ours, "Violet", symbols, backend)
    return present + more[0], absent + more[1]
