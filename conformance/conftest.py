"""Runs every scenario on every target:

    pytest conformance                                 the oracle, and Violet on each engine
    pytest conformance --violet PATH                   with this libuv.so.1 as Violet
    pytest conformance --lib PATH [--backend NAME]     this library alone
    pytest conformance -k timer                        scenarios with "timer" in their names
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import scenario as scenarios  # noqa: E402
from harness import target as targets  # noqa: E402


def pytest_addoption(parser):
    group = parser.getgroup("conformance")
    group.addoption("--lib", help="judge this libuv.so.1 and no other")
    group.addoption("--violet", help="Violet's libuv.so.1 (build/release/libuv.so.1)")
    group.addoption("--backend", help="judge this engine only")
    group.addoption("--jobs", type=int, default=2 * (os.cpu_count() or 1),
                    help="scenarios that run at the same time")
    group.addoption("--js-runner", help="what runs the scripts of conformance/js (Node.js 18)")


class Matrix:
    """Scenarios and targets, and the runs under way."""

    def __init__(self, config):
        self.scenarios, self.faults = scenarios.find()
        self.targets, self.absent = targets.choose(
            scenarios.needed_symbols(self.scenarios), config.getoption("--lib"),
            config.getoption("--violet"), config.getoption("--backend"))
        self.pool = ThreadPoolExecutor(config.getoption("--jobs"))
        self.unbuilt = {}
        self.runs = {}

    def start(self, pairs):
        """Starts all runs; the tests then only wait for theirs."""
        wanted = {one.name: one for one, _ in pairs}
        self.unbuilt = scenarios.build_all(list(wanted.values()))
        for one, target in pairs:
            if one.name not in self.unbuilt:
                self.runs[one.name, target.name] = self.pool.submit(scenarios.run, one, target)

    def verdict(self, one, target):
        if one.name in self.unbuilt:
            return scenarios.Verdict("fail", self.unbuilt[one.name])
        return self.runs[one.name, target.name].result()


def matrix_of(config):
    if not hasattr(config, "violet_matrix"):
        try:
            config.violet_matrix = Matrix(config)
        except targets.TargetError as error:
            raise pytest.UsageError(str(error)) from None
    return config.violet_matrix


def pytest_generate_tests(metafunc):
    if {"one_scenario", "target"} <= set(metafunc.fixturenames):
        matrix = matrix_of(metafunc.config)
        pairs = [(one, target) for target in matrix.targets for one in matrix.scenarios]
        metafunc.parametrize("one_scenario, target", pairs,
                             ids=[f"{one.name}-{target.name}" for one, target in pairs])


def pytest_collection_finish(session):
    if session.config.option.collectonly:
        return
    pairs = [(item.callspec.params["one_scenario"], item.callspec.params["target"])
             for item in session.items
             if "one_scenario" in getattr(getattr(item, "callspec", None), "params", {})]
    if pairs:
        matrix_of(session.config).start(pairs)


def pytest_unconfigure(config):
    if hasattr(config, "violet_matrix"):
        config.violet_matrix.pool.shutdown(cancel_futures=True)


def pytest_report_header(config):
    if not hasattr(config, "violet_matrix"):
        return None
    return [f"target: {one.name} ({one.library})" for one in config.violet_matrix.targets]


def pytest_terminal_summary(terminalreporter, config):
    matrix = getattr(config, "violet_matrix", None)
    if matrix is None:
        return
    for target in matrix.targets:
        terminalreporter.write_line(f"judged: {target.name} ({target.library})")
    for one in matrix.absent:
        terminalreporter.write_line(f"not judged: {one.name}: {one.reason}")


@pytest.fixture
def matrix(request):
    return matrix_of(request.config)
