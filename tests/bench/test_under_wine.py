"""The workloads as they were built for Windows each do their work under Wine. This measures nothing."""

import sys
from pathlib import Path

import pytest
from harness import cases, measure, systems, targets
from harness.process import Lacks

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "mingw"
sys.path.insert(0, str(ROOT / "tools"))

import wine  # noqa: E402

pytestmark = pytest.mark.skipif(
    not wine.is_ready() or not systems.WINE.program(BUILD / "bench", "stream_load").exists(),
    reason="no programs for Windows, or no Wine (./check windows)")

SECONDS = 0.1
NOT_ON_WINDOWS = ("tcp_echo_loops",)  # There is no sharing of a port.


def of_each_workload():
    """Its smallest case."""
    found = {}
    for case in (*cases.quick_cases(), *cases.full_cases()):
        found.setdefault(case.workload, case)
    return found.values()


@pytest.mark.parametrize("case", of_each_workload(), ids=lambda case: case.workload)
def test_a_workload_for_windows_does_its_work(case, tmp_path, monkeypatch):
    for name, value in wine.environment().items():
        monkeypatch.setenv(name, value)
    target, = targets.parse(["iocp"], BUILD)
    session = measure.Session(target, tmp_path, tmp_path, megabytes=1, patience=60, pins=False, through=wine.COMMAND)
    try:
        assert measure.run(case, target, session, SECONDS)["operations"] > 0
    except Lacks as lacks:
        assert case.workload in NOT_ON_WINDOWS
        pytest.skip(str(lacks))
    finally:
        session.close()
