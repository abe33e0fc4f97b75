"""The real programs on a library that crashes, hangs or cheats: no workload has a figure for it."""

import os
import subprocess
from pathlib import Path

import pytest
from harness import cases, measure, systems, targets
from harness.process import Failure, Lacks

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = os.environ.get("VIOLET_LIBRARY")
BUILD = Path(LIBRARY).parent if LIBRARY else None
SECONDS = 0.05

pytestmark = [
    pytest.mark.skipif(not LIBRARY or not systems.THIS.program(BUILD / "bench", "stream_load").exists(),
                       reason="VIOLET_LIBRARY names no build with the programs of the benchmarks"),
    pytest.mark.skipif(systems.THIS is not systems.LINUX, reason="calls are put before others as Linux does it"),
]


def of_each_workload():
    """{workload: its smallest case}"""
    found = {}
    for case in (*cases.quick_cases(), *cases.full_cases()):
        found.setdefault(case.workload, case)
    return found


WORKLOADS = of_each_workload()


@pytest.fixture(scope="module")
def preloaded(tmp_path_factory):
    library = tmp_path_factory.mktemp("cheating") / "cheating.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, Path(__file__).with_name("cheating_library.c"),
                    f"-I{ROOT / 'include'}"], check=True, timeout=60)
    return library


@pytest.fixture
def verdict(preloaded, tmp_path):
    """What the harness says of a workload on a library with the fault."""
    reference = targets.library_of(BUILD, "reference", Path(LIBRARY).resolve(), {})

    def run(workload, fault, patience):
        settings = {"LD_PRELOAD": str(preloaded), "CHEAT": fault}
        target = targets.library_of(BUILD, "bad", Path(LIBRARY).resolve(), settings)
        session = measure.Session(reference, tmp_path, tmp_path, megabytes=1, patience=patience, pins=False)
        try:
            measure.run(WORKLOADS[workload], target, session, SECONDS)
        except Lacks as lacks:
            pytest.skip(str(lacks))
        except Failure as failure:
            return str(failure)
        finally:
            session.close()
        return ""

    return run


# The faults lie in running the loop.
WITH_LOOP = [name for name in WORKLOADS if name != "timers_stop"]


@pytest.mark.parametrize("workload", WITH_LOOP)
def test_a_library_that_crashes_is_seen(verdict, workload):
    assert verdict(workload, "crash", 60) == "crashed (SIGSEGV)"


@pytest.mark.parametrize("workload", WITH_LOOP)
def test_a_library_that_hangs_is_seen(verdict, workload):
    assert verdict(workload, "hang", 0.5).startswith("hangs")


@pytest.mark.parametrize("workload,fault,expected", [
    *((name, "other bytes", "cheats: the echo has other bytes")
      for name in ("tcp_echo", "tcp_echo_loops", "pipe_echo", "udp_echo", "idle_connections")),
    ("udp_echo", "fewer bytes", "cheats: the echo has another size"),
    *((f"{transport}_{name}", "fewer bytes", "cheats: the server tells of another number")
      for name in ("pump_client", "write_batch") for transport in ("tcp", "pipe")
      if f"{transport}_{name}" in WORKLOADS),
    ("tcp_pump_server", "fewer bytes", "failed: the server ended a connection without a number"),
    ("fs_read", "read", "cheats: it has not read"),
    ("fs_read_64k", "read", "cheats: a read ends early"),
    ("fs_read_cold", "read", "cheats: it has not read"),
    ("fs_read_direct", "read", "cheats: it has not read"),
    ("fs_read_file", "read", "cheats: it has not read"),
    ("fs_read_file", "close", "cheats: a file was not closed"),
    ("fs_stat", "stat", "cheats: the status is remembered"),
    ("fs_open_close", "open", "cheats: another file was opened"),
    ("fs_open_close", "close", "cheats: a file was not closed"),
    ("fs_write_sync", "write", "cheats: a write did not reach"),
    ("queue_work", "work", "cheats: the work was not done once"),
    ("getaddrinfo", "addresses", "cheats: localhost has no address"),
    ("getnameinfo", "names", "cheats: another name was told"),
    ("spawn", "spawn", "cheats: the child ended in another way"),
    ("start_up", "spawn", "cheats: the child ended in another way"),
    ("async_ping_pong", "sends", "hangs"),
    ("async_ping_pong", "more sends", "cheats: a callback came without a send"),
    ("async_pummel", "sends", "hangs"),
    ("async_pending", "sends", "hangs"),
    ("million_timers", "early timers", "cheats: a timer fires before its time"),
    ("million_timers", "lost timers", "cheats: a timer has not fired once"),
    ("timers", "early timers", "cheats: a timer fires before its time"),
    ("timers", "lost timers", "cheats: a timer has not fired once"),
    ("timers_stop", "going timers", "cheats: a stopped timer keeps the loop alive"),
    ("loop_count", "turns", "cheats: callbacks are not turns"),
])
def test_a_library_that_cheats_is_seen(verdict, workload, fault, expected):
    patience = 1 if expected == "hangs" else 60
    assert verdict(workload, fault, patience).startswith(expected)


def test_what_the_faults_are_put_before_works(verdict):
    """Without a fault nothing is held against the library."""
    assert verdict("queue_work", "", 60) == verdict("fs_read_file", "", 60) == ""
