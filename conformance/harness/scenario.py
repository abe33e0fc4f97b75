"""Finds, builds and runs scenarios."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from . import expectation
from .target import ROOT

SCENARIOS = ROOT / "conformance" / "scenarios"
BUILD = ROOT / "build" / "conformance"
HEADERS = ROOT / "include" / "uv"
FLAGS = ["-std=c99", "-O1", "-g1", "-Wall", "-Wextra", "-Werror", "-pthread"]


@dataclass(frozen=True)
class Verdict:
    """How a scenario fared on a target: pass, fail, differs or skip."""

    status: str
    message: str = ""
    seconds: float = 0.0


class Scenario:
    """One file of conformance/scenarios."""

    def __init__(self, path):
        self.path = Path(path)
        self.name = self.path.stem
        self.expectation = expectation.read(self.path.read_text())
        self.program = BUILD / "bin" / self.name


def find(folder=SCENARIOS):
    """Every scenario, and the faults of those files that are none: (path, what is wrong)."""
    scenarios, faults = [], []
    for path in sorted(Path(folder).glob("*.c")):
        try:
            scenarios.append(Scenario(path))
        except expectation.ScenarioError as error:
            faults.append((path, str(error)))
    return scenarios, faults


def needed_symbols(scenarios):
    return sorted({symbol for one in scenarios for symbol in one.expectation.needs})


def compiler():
    return os.environ.get("CC") or shutil.which("cc") or "gcc"


def build_stub():
    """A library of empty functions under the name that programs link with.

    Scenarios are linked with it, so that they owe nothing to the library they are run on.
    """
    names = sorted({name for header in HEADERS.glob("*.h")
                    for name in re.findall(r"\b(uv_\w+)\(", header.read_text())})
    folder = BUILD / "stub"
    library, source = folder / "libuv.so.1", folder / "stub.c"
    text = "".join(f"void {name}(void) {{}}\n" for name in names)
    if library.exists() and source.exists() and source.read_text() == text:
        return library
    folder.mkdir(parents=True, exist_ok=True)
    source.write_text(text)
    subprocess.run([compiler(), "-shared", "-fPIC", "-w", "-Wl,-soname,libuv.so.1", "-o", library,
                    source], check=True, capture_output=True, text=True)
    return library


def build(scenario, stub):
    """Compiles a scenario if it is older than what it is made of. Returns the fault, or ''."""
    inputs = [scenario.path, *scenario.path.parent.glob("*.h"), *HEADERS.glob("*.h"), stub]
    newest = max(path.stat().st_mtime for path in inputs)
    if scenario.program.exists() and scenario.program.stat().st_mtime > newest:
        return ""
    scenario.program.parent.mkdir(parents=True, exist_ok=True)
    unfinished = scenario.program.with_suffix(f".{os.getpid()}")
    run = subprocess.run(
        [compiler(), *FLAGS, f"-I{ROOT / 'include'}", f"-I{SCENARIOS}", scenario.path,
         "-o", unfinished, "-Wl,-z,lazy", stub],
        capture_output=True, text=True, check=False)
    if run.returncode != 0:
        return f"does not compile:\n{run.stderr.strip()[:2000]}"
    unfinished.rename(scenario.program)
    return ""


def build_all(scenarios, jobs=None):
    """Builds everything; the faults by name."""
    stub = build_stub()
    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
        faults = pool.map(lambda one: build(one, stub), scenarios)
        return {one.name: fault for one, fault in zip(scenarios, faults) if fault}


def run(scenario, target):
    """Runs a scenario on a target and judges the trace."""
    asked = scenario.expectation
    lacking = [symbol for symbol in asked.needs if symbol in target.missing]
    if lacking:
        return Verdict("skip", f"{target.name} has no {lacking[0]}()")
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="violet-") as folder:
        environment = {**target.environment(), **asked.env, "TMPDIR": folder}
        output, errors, ending = execute([str(scenario.program)], environment, folder,
                                         asked.timeout)
    seconds = time.monotonic() - start
    status, message = assess(asked, target.behaviour, output, errors, ending)
    return Verdict(status, message, seconds)


def execute(command, environment, folder, timeout):
    """Runs a command: its output, its errors, and '' or how it came to a bad end."""
    process = subprocess.Popen(command, env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               start_new_session=True)
    ending = ""
    try:
        output, errors = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, errors = process.communicate()
        ending = f"hung: it was stopped after {timeout:g} s"
    if not ending and process.returncode < 0:
        ending = f"crashed: {signal.Signals(-process.returncode).name}"
    elif not ending and process.returncode > 0:
        ending = f"ended with exit status {process.returncode}"
    return (output.decode(errors="replace"), errors.decode(errors="replace").strip(), ending)


def assess(asked, behaviour, output, errors, ending):
    """The verdict's status and message."""
    try:
        lines = expectation.parse_trace(output)
        if not ending:
            expectation.judge(asked, behaviour, lines)
    except expectation.Skipped as reason:
        return "skip", str(reason)
    except expectation.ScenarioError as fault:
        return "fail", f"the scenario is wrong: {fault}"
    except expectation.TraceError as fault:
        ending = f"{ending}\n{fault}" if ending else str(fault)
    if ending:
        said = f"\nstderr: {errors[-1000:]}" if errors else ""
        return "fail", f"{ending}{said}"
    if asked.is_older_variant(behaviour):
        return "differs", asked.differs
    return "pass", ""
