"""A system that has nothing of what only Linux has: the command ends with a table that says so.

`./check kqueue` runs this on the engine that the BSDs and macOS have.
"""

import contextlib
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from harness import cases, command, counters, machine, measure, systems, targets
from harness.process import Failure

LIBRARY = os.environ.get("VIOLET_LIBRARY")
BUILD = Path(LIBRARY).parent if LIBRARY else None
pytestmark = pytest.mark.skipif(
    not LIBRARY or not systems.THIS.program(BUILD / "bench", "stream_load").exists(),
    reason="VIOLET_LIBRARY names no build with the programs of the benchmarks")


@pytest.fixture
def bare(monkeypatch):
    """No files that tell of processes, no taskset, chrt, perf and strace, no psutil; Python's os and modules
    as they are on other systems."""
    monkeypatch.setattr(systems, "THIS", systems.BSD)
    monkeypatch.setattr(sys, "platform", "freebsd14")
    monkeypatch.setattr(counters, "PROC", Path("/nowhere"))
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    for name in ("getloadavg", "posix_fadvise", "sched_getaffinity", "sched_setaffinity"):
        monkeypatch.delattr(os, name, raising=False)
    for name in ("psutil", "resource"):
        monkeypatch.setitem(sys.modules, name, None)


CASES = "tcp_echo connections=1 bytes=64,idle_connections,fs_stat depth=1$,fs_read_cold depth=1$,spawn ballast=0"


def test_the_command_ends_with_a_table_that_says_what_was_not_told(bare, with_plots, tmp_path, capsys):
    words = ["--cases", CASES, "--targets", f"mine={LIBRARY}", "--rounds", "2", "--seconds", "0.05", "--awake",
             "--output", str(tmp_path / "out"), f"--build={BUILD}", "--folder", str(tmp_path)]
    assert command.main(words) == 0
    shown, said = capsys.readouterr()
    assert "no way here to keep the processors awake" in said
    assert "not told / not told" in shown
    assert shown.count("not told") >= 6
    report = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert (report["settings"]["pinned"], report["settings"]["awake"], report["busy"]) == (False, False, False)
    verdicts = {case["workload"]: case["results"]["mine"]["verdict"] for case in report["cases"]}
    assert verdicts.pop("fs_read_cold") == "lacks"
    assert set(verdicts.values()) == {"measured"}
    for case in report["cases"]:
        if case["workload"] != "fs_read_cold":
            told = case["results"]["mine"]
            assert told["rate"]["median"] > 0
            assert told["per_processor_second"] is told["system_calls"] is told["switches"] is told["resident"] is None


@pytest.mark.skipif(not LIBRARY or "kqueue" not in BUILD.name, reason="the engine is not that of the BSDs")
def test_every_quick_case_runs_there(bare, tmp_path):
    target = targets.of_library(f"{LIBRARY}:kqueue", BUILD)
    session = measure.Session(target, tmp_path, tmp_path, megabytes=1, patience=60)
    failures = {}
    with contextlib.closing(session):
        for case in cases.quick_cases():
            try:
                assert measure.run(case, target, session, 0.05)["operations"] > 0
            except Failure as failure:
                failures[case.name] = str(failure)
    assert failures == {}


def test_nobody_is_pinned_there(bare):
    assert not machine.can_pin()
    assert machine.pinned(["program"], 0) == ["program"]
    machine.pin(os.getpid(), 0)


def test_nothing_is_known_of_a_process_there(bare):
    assert counters.read(os.getpid()) == counters.Counters()
    assert counters.has_mapped(os.getpid(), Path(LIBRARY)) is None
