"""Builds the interpreter, and runs programs with it on a target."""

import fcntl
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.target import ROOT, find_oracle  # noqa: E402

SOURCES = Path(__file__).parent / "interpreter"
# Such as "address,undefined", for a library that is built with them too (closing.py).
SANITIZE = os.environ.get("VIOLET_DIFFERENTIAL_SANITIZE", "")
BUILD = ROOT / "build" / "conformance" / "-".join(["differential", *SANITIZE.split(",")]).rstrip("-")
FLAGS = ["-std=c++20", "-O1", "-g1", "-Wall", "-Wextra", "-Werror", "-pthread",
         # A library that lacks a function runs the programs that do without it.
         "-Wl,-z,lazy", "-Wl,--unresolved-symbols=ignore-all",
         *([f"-fsanitize={SANITIZE}", "-fno-sanitize-recover=all"] if SANITIZE else [])]
PROGRAM_LIMIT = 10
JOBS = 8 * (os.cpu_count() or 1)


class InterpreterError(Exception):
    """The interpreter cannot be built, or did not answer for every program."""


@dataclass(frozen=True)
class Run:
    """What one program did on one target."""

    exit: str
    errors: str
    truncated: bool
    events: tuple


def _is_fresh(product, sources):
    return product.exists() and all(product.stat().st_mtime > one.stat().st_mtime
                                    for one in sources)


def _run_compiler(arguments):
    run = subprocess.run([os.environ.get("CXX", "g++"), *arguments], capture_output=True,
                         text=True, timeout=300, check=False)
    if run.returncode != 0:
        raise InterpreterError(run.stderr)


def _compile(source, product):
    _run_compiler([*FLAGS, "-I", str(ROOT / "include"), "-c", str(source), "-o", str(product)])


def build():
    """The interpreter's path; compiles what changed."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with open(BUILD / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _build()


def _build():
    program = BUILD / "interpreter"
    sources = sorted(one for one in SOURCES.glob("*.cc") if not one.stem.endswith("_windows"))
    common = [*SOURCES.glob("*.h"), *(ROOT / "include" / "uv").glob("*.h")]
    objects = {one: BUILD / (one.stem + ".o") for one in sources}
    stale = [one for one in sources if not _is_fresh(objects[one], [one, *common])]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda one: _compile(one, objects[one]), stale))
    if stale or not _is_fresh(program, objects.values()):
        fresh = BUILD / f"interpreter.{os.getpid()}"
        # Any library serves to say which name it has to have at run time.
        _run_compiler([*FLAGS, *map(str, objects.values()), "-o", str(fresh),
                       str(find_oracle() or ROOT / "build" / "release" / "libuv.so.1")])
        fresh.rename(program)
    return program


def run_batch(texts, environment, limit=PROGRAM_LIMIT):
    """Runs programs, each in a process of its own; returns a Run for each, in the same order."""
    named = "".join(_renamed(text, number) for number, text in enumerate(texts))
    command = [str(build()), "--jobs", str(JOBS), "--limit", str(limit)]
    run = subprocess.run(command, input=named, capture_output=True, text=True, check=False,
                         env=environment, timeout=60 + limit * len(texts))
    runs = {}
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        runs[int(answer["program"])] = Run(answer["exit"], answer["stderr"], answer["truncated"],
                                           tuple(answer["trace"]))
    if run.returncode != 0 or len(runs) != len(texts):
        raise InterpreterError(f"exit {run.returncode}, {len(runs)} of {len(texts)} programs "
                               f"answered: {run.stderr[-1000:]}")
    return [runs[number] for number in range(len(texts))]


def _renamed(text, number):
    head, _, rest = text.partition("\n")
    words = head.split()
    return " ".join([words[0], str(number), *words[2:]]) + "\n" + rest
