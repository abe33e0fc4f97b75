"""The mutation check: a suite that passes a library with a planted bug has a gap.

A mutation is a patch of src/. The text before its first `diff` line says what it breaks:

    Write callbacks run inside uv_write().

    rules: WRITE-01, RE-01
    engine: uring              the engine that shows it; without this line the default. `kqueue` is
                               built with the emulation of tests/kqueue_on_linux
    order: 1.44                with the older timer order
    short: yes                 part of the short form
    sweep: tcp allocate        shown by this life of conformance/faults under faults of this kind,
                               instead of by a scenario of the rules

Patches are applied one at a time to a copy of what the library is made of; src/ itself is never
touched. The copy keeps its object files, so that each mutation compiles only what it changes.
"""

import fcntl
import os
import re
import shutil
import subprocess
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import patch_place
from . import scenario as scenarios
from . import target as targets
from .target import ROOT

MUTATIONS = ROOT / "conformance" / "mutations"
WORK = ROOT / "build" / "mutations"
SOURCES = ("CMakeLists.txt", "cmake", "include", "src", "tests/kqueue_on_linux")
KEYWORDS = ("rules", "engine", "order", "short", "sweep")
SWEEP = ROOT / "build" / "release" / "fault_sweep"
LINE = re.compile(r"^([a-z]+):\s*(.+)$")
NAME = re.compile(r"^\d{2,3}-[a-z0-9-]+$")
PATCHED = re.compile(r"^\+\+\+ b/(\S+)", re.M)
# A scenario that hangs on a mutation is not worth its full patience.
PATIENCE_SECONDS = 10.0
BUILD_SECONDS = 600
SWEEP_SECONDS = 300


class MutationError(Exception):
    """The patch cannot be used: it is malformed, does not apply, or does not compile."""


@dataclass(frozen=True)
class Mutation:
    """One patch file."""

    name: str
    path: Path
    summary: str
    rules: tuple
    files: tuple
    engine: str = ""
    timers_first: bool = False
    short: bool = False
    sweep: tuple = ()  # a life and a kind of fault


def read(path):
    """Reads a patch file. Raises MutationError if its head is wrong."""
    path = Path(path)
    text = path.read_text()
    head, divider, _ = text.partition("\ndiff --git ")
    if not divider:
        raise MutationError("no `diff --git` line")
    values, prose = {}, []
    for line in filter(None, map(str.strip, head.splitlines())):
        match = LINE.match(line)
        if match and match[1] in KEYWORDS:
            values[match[1]] = match[2].strip()
        else:
            prose.append(line)
    rules = tuple(filter(None, map(str.strip, values.get("rules", "").split(","))))
    files = tuple(PATCHED.findall(text))
    if not NAME.match(path.stem):
        raise MutationError("its name must read NN-what-it-breaks.patch")
    if not prose:
        raise MutationError("says in no sentence what it breaks")
    sweep = tuple(values.get("sweep", "").split())
    if len(sweep) not in (0, 2):
        raise MutationError("a sweep is a life and a kind of fault")
    if not rules and not sweep:
        raise MutationError("names no rule that should catch it")
    if not files or any(not name.startswith("src/") for name in files):
        raise MutationError("must change files of src/ and no others")
    if values.get("order", "1.44") != "1.44":
        raise MutationError("the only other order is 1.44")
    return Mutation(path.stem, path, " ".join(prose), rules, files, values.get("engine", ""),
                    "order" in values, values.get("short") == "yes", sweep)


def _number(path):
    digits = path.stem.partition("-")[0]
    return (int(digits) if digits.isdigit() else 0, path.stem)


def find(folder=MUTATIONS):
    """Every mutation, and the faults of those files that are none: (path, what is wrong)."""
    mutations, faults = [], []
    for path in sorted(Path(folder).glob("*.patch"), key=_number):
        try:
            mutations.append(read(path))
        except MutationError as error:
            faults.append((path, str(error)))
    return mutations, faults


def _apply(folder, patch, *options):
    # Not taken for a part of the repository that the copy may lie in.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(Path(folder).parent)}
    run = subprocess.run(["git", "apply", *options, str(patch)], cwd=folder, env=environment,
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise MutationError(f"does not apply any more: {run.stderr.strip()}")


# The engine that runs here in a build of its own only, and what that build is configured with.
EMULATED = "kqueue"
EMULATION = "-DVIOLET_KQUEUE_ON_LINUX=ON"


class Workshop:
    """A copy of the tree, built, in which mutations are made one after the other; for the emulated
    engine built a second time."""

    def __init__(self, folder=WORK):
        self.folder = Path(folder)
        self.tree = self.folder / "tree"
        self.builds = {emulated: self.folder / ("build-kqueue" if emulated else "build")
                       for emulated in (False, True)}
        self.libraries = self.folder / "libraries"

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = open(self.folder / "lock", "w", encoding="ascii")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._copy_tree()
        return self

    def __exit__(self, *_):
        self._lock.close()

    def _copy_tree(self):
        """Only what differs is written, so that object files of an earlier run are still good."""
        wanted = {}
        for name in SOURCES:
            top = ROOT / name
            paths = [top] if top.is_file() else filter(Path.is_file, top.rglob("*"))
            wanted.update((path.relative_to(ROOT), path) for path in paths)
        present = {path.relative_to(self.tree) for path in self.tree.rglob("*") if path.is_file()}
        for name in present - set(wanted):
            (self.tree / name).unlink()
        for name in wanted:
            self._restore(name)

    def _restore(self, name):
        original, copy = ROOT / name, self.tree / name
        if copy.exists() and copy.read_bytes() == original.read_bytes():
            return
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, copy)

    def check(self, mutation):
        """Raises MutationError unless the patch applies to the tree as it is, where it says."""
        if stray := patch_place.strayed(mutation.path.read_text(), self._landed(mutation)):
            raise MutationError(stray)

    def refit(self, mutation):
        """Writes the patch anew as it applies. Whether that is still its place, its reader says."""
        head, _, _ = mutation.path.read_text().partition("\ndiff --git ")
        mutation.path.write_text(f"{head}\n{self._landed(mutation)}")

    def _landed(self, mutation):
        """What the patch does to the tree, as a diff."""
        with self._applied(mutation):
            return patch_place.difference(ROOT, self.tree, mutation.files)

    @contextmanager
    def _applied(self, mutation):
        _apply(self.tree, mutation.path)
        try:
            yield
        finally:
            for name in mutation.files:
                self._restore(name)

    def build_plain(self, engine=""):
        """The library without a mutation, as mutations of this engine have it."""
        return self._build("plain", engine == EMULATED)

    def build_mutated(self, mutation):
        """The library with the mutation; the copy of the tree is as before afterwards."""
        self.check(mutation)
        with self._applied(mutation):
            return self._build(mutation.name, mutation.engine == EMULATED)

    def _build(self, name, emulated):
        build = self.builds[emulated]
        if not (build / "build.ninja").exists():
            # Optimised a little, checked by no warnings: a mutation may leave something unused. And
            # without assertions, as programs have it: the suite has to notice, not the library.
            self._run(["cmake", "-G", "Ninja", "-S", self.tree, "-B", build,
                       "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -DNDEBUG",
                       "-DVIOLET_TESTS=OFF", *([EMULATION] if emulated else [])])
        self._run(["ninja", "-C", build, "uv_shared"])
        library = self.libraries / (f"{name}-{EMULATED}" if emulated else name) / "libuv.so.1"
        library.parent.mkdir(parents=True, exist_ok=True)
        # A file of its own: scenarios that hang on the last mutation may still have theirs loaded.
        fresh = library.with_suffix(".new")
        shutil.copyfile(build / "libuv.so.1", fresh)
        fresh.rename(library)
        return library

    def _run(self, command):
        run = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                             timeout=BUILD_SECONDS, check=False)
        if run.returncode != 0:
            said = "\n".join(line for line in run.stdout.splitlines() if "error" in line)
            raise MutationError(f"does not compile: {said or run.stdout[-800:]}{run.stderr[-800:]}")


@dataclass
class Result:
    """What became of a mutation: caught, survived or unusable."""

    mutation: Mutation
    status: str
    scenario: str = ""
    as_named: bool = False  # by a scenario of the rules that the patch names
    message: str = ""
    seconds: float = 0.0
    doubtful: list = field(default_factory=list)  # scenarios that failed, but not for sure

    @property
    def caught(self):
        return self.status == "caught"


class Inspector:
    """Runs scenarios on mutated libraries, and says which of them notices."""

    def __init__(self, workshop, suite, jobs=None):
        self.workshop = workshop
        self.suite = [_impatient(one) for one in suite]
        self.jobs = jobs or 2 * (os.cpu_count() or 1)
        self.pool = ThreadPoolExecutor(self.jobs)
        unbuilt = scenarios.build_all(self.suite)
        if unbuilt:
            raise MutationError("\n".join(f"{name}: {why}" for name, why in unbuilt.items()))
        self.symbols = scenarios.needed_symbols(suite)
        self.plain = {}

    def close(self):
        self.pool.shutdown(cancel_futures=True)

    def inspect(self, mutation):
        start = time.monotonic()
        try:
            result = self._inspect(mutation)
        except (MutationError, subprocess.TimeoutExpired) as error:
            result = Result(mutation, "unusable", message=str(error))
        result.seconds = time.monotonic() - start
        return result

    def _plain_of(self, mutation):
        """The library without the mutation, and what it says of itself."""
        emulated = mutation.engine == EMULATED
        if emulated not in self.plain:
            library = self.workshop.build_plain(mutation.engine)
            self.plain[emulated] = library, targets.probe(library, self.symbols)
        return self.plain[emulated]

    def _inspect(self, mutation):
        plain_library, facts = self._plain_of(mutation)
        engine = mutation.engine or next(iter(facts["engines"]))
        state = facts["engines"].get(engine)
        if state != "available":
            raise MutationError(f"engine {engine}: {state or 'unknown'}")
        plain = targets.Target(f"Violet {engine}", plain_library, facts["version"], engine,
                               mutation.timers_first)
        mutated = replace(plain, library=self.workshop.build_mutated(mutation))
        if mutation.sweep:
            return _sweep(mutation, mutated, plain)
        doubtful = []
        for as_named, group in ((True, self._showing(mutation)), (False, self._others(mutation))):
            for one, verdict in self._failures(group, mutated):
                if not self._is_certain(one, verdict, mutated, plain):
                    doubtful.append(one.name)
                    continue
                return Result(mutation, "caught", one.name, as_named, verdict.message,
                              doubtful=doubtful)
        return Result(mutation, "survived", doubtful=doubtful,
                      message=f"{len(self.suite)} scenarios pass on it")

    def _showing(self, mutation):
        return [one for one in self.suite if set(one.expectation.rules) & set(mutation.rules)]

    def _others(self, mutation):
        return [one for one in self.suite if not set(one.expectation.rules) & set(mutation.rules)]

    def _failures(self, group, target):
        """Failing verdicts as they come in; what has not begun when nobody asks on is dropped."""
        waiting = {self.pool.submit(scenarios.run, one, target): one for one in group}
        try:
            while waiting:
                for run in wait(waiting, return_when=FIRST_COMPLETED).done:
                    one, verdict = waiting.pop(run), run.result()
                    if verdict.status == "fail":
                        yield one, verdict
        finally:
            for run in waiting:
                run.cancel()

    def _is_certain(self, one, verdict, mutated, plain):
        """Whether it is the mutation that fails the scenario, and does so each time."""
        if scenarios.run(one, plain).status == "fail":
            return False
        hung = verdict.message.startswith("hung:")
        return hung or scenarios.run(one, mutated).status == "fail"


def _sweep(mutation, mutated, plain):
    """Whether the life under faults tells the mutated library from the plain one."""
    if not SWEEP.exists():
        raise MutationError(f"{SWEEP} is not built")
    life, kind = mutation.sweep
    name = f"sweep of {life}: {kind}"
    runs = [subprocess.run([SWEEP, "--only", kind, life], env=target.environment(),
                           capture_output=True, text=True, timeout=SWEEP_SECONDS, check=False)
            for target in (plain, mutated)]
    if runs[0].returncode != 0:
        return Result(mutation, "survived", message=f"{name} fails without the mutation too")
    failures = [line for line in runs[1].stdout.splitlines() if line.startswith("FAIL ")]
    if not failures:
        return Result(mutation, "survived", message=f"{name} passes on it")
    said = runs[1].stdout.partition("FAIL ")[2].splitlines()
    return Result(mutation, "caught", name, True, " ".join(said[:2]))


def _impatient(one):
    shortened = scenarios.Scenario(one.path)
    shortened.expectation = replace(one.expectation,
                                    timeout=min(one.expectation.timeout, PATIENCE_SECONDS))
    return shortened


def table(results):
    """The results as Markdown."""
    lines = ["| mutation | what it breaks | rules | caught by | how | seconds |",
             "|---|---|---|---|---|---|"]
    for result in results:
        mutation = result.mutation
        by = f"`{result.scenario}`" if result.caught else f"**{result.status}**"
        if result.caught and not result.as_named:
            by += " (of other rules)"
        lines.append(f"| {mutation.name} | {mutation.summary} | {', '.join(mutation.rules)} | {by} "
                     f"| {_in_a_cell(result.message)} | {result.seconds:.1f} |")
    return "\n".join(lines) + "\n"


def _in_a_cell(message):
    lines = message.splitlines() or [""]
    # That a scenario hung says little; where it did says more.
    kept = " ".join(lines[:2]) if lines[0].startswith("hung:") else lines[0]
    return kept.replace("|", "\\|")[:120]


def summary(results):
    caught = sum(result.caught for result in results)
    return (f"{caught} of {len(results)} mutations caught, "
            f"{sum(result.seconds for result in results):.0f} s")
