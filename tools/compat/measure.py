"""Runs the behavioural tests behind the tracer, and tells what each function answered in which."""

import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from generate_tracer import PROTOTYPE, tracer_source

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "tests" / "abi" / "facts"
EXTENSIONS = [
    "int violet_loop_init(uv_loop_t* loop, const char* backend);",
    "int violet_backend_report(const uv_loop_t* loop, violet_backend_report_t* report);",
    "int violet_backend_report_text(const uv_loop_t* loop, char* buffer, size_t* size);",
]


def facts(name):
    lines = (FACTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def prototypes():
    return [line for line in facts("prototypes.txt") if not line.startswith("typedef")] + EXTENSIONS


@dataclass
class Coverage:
    """Of one library and engine: for each function the tests that saw it work, and those that saw it
    fail, with the errors."""

    succeeded: dict = field(default_factory=dict)
    failed: dict = field(default_factory=dict)
    breadth: dict = field(default_factory=dict)  # how many functions a test calls
    broken: list = field(default_factory=list)  # tests that did not pass

    def add(self, test, results):
        self.breadth[test] = len(results)
        for function, codes in results.items():
            if 0 in codes:
                self.succeeded.setdefault(function, set()).add(test)
            if errors := codes - {0}:
                self.failed.setdefault(function, {})[test] = errors


def exported_functions(library):
    output = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True,
                            check=True).stdout
    return {line.split()[-1].split("@")[0] for line in output.splitlines() if line.strip()}


class Tracer:
    """The tracing library for one library, in a folder of its own."""

    def __init__(self, folder, library):
        self.folder = Path(folder)
        self.library = Path(library).resolve()
        known = facts("symbols.txt") + ["violet_loop_init", "violet_backend_report",
                                        "violet_backend_report_text"]
        exported = exported_functions(self.library)
        self.functions = [name for name in known if name in exported]
        source = self.folder / "tracer.c"
        source.write_text(tracer_source(prototypes(), self.functions), encoding="utf-8")
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", f"-I{ROOT / 'include'}", source,
                        "-Wl,-soname,libuv.so.1", "-o", self.folder / "libuv.so.1"], check=True)

    def environment(self, engine):
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("LD_", "VIOLET_", "UV_", "GTEST_"))}
        environment["LD_LIBRARY_PATH"] = str(self.folder)
        environment["VIOLET_TRACED_LIBRARY"] = str(self.library)
        if engine:
            environment["VIOLET_BACKEND"] = engine
        return environment

    def run(self, program, engine, timeout=200):
        log = self.folder / "log"
        environment = dict(self.environment(engine), VIOLET_TRACE=str(log))
        outcome = subprocess.run([program, "--gtest_brief=1"], env=environment, text=True,
                                 stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout,
                                 check=False)
        if outcome.returncode < 0:
            raise RuntimeError(f"{program} died of signal {-outcome.returncode}\n{outcome.stdout}")
        return self.read_log(log)

    def read_log(self, log):
        coverage = Coverage()
        for line in log.read_text(encoding="utf-8").splitlines():
            test, passed, *notes = line.split()
            if passed == "0":
                coverage.broken.append(test)
                continue
            results = {}
            for note in notes:
                row, error = map(int, note.split(":"))
                results.setdefault(self.functions[row], set()).add(error)
            coverage.add(test, results)
        return coverage


def measure(program, library, engine):
    """Runs the program on the library. An empty engine is the library's own choice."""
    with tempfile.TemporaryDirectory(prefix="violet-compat-") as folder:
        return Tracer(folder, library).run(program, engine)
