"""What is seen of a process from outside: system calls, switches, memory, where it runs; and of the machine."""

import os
import shutil
import subprocess
import sys
import types

import pytest
from harness import machine, measure, system_calls
from harness.cases import Case, part

ALONE = Case("work", part("work"))
CALLS = 5000
WORK = """
say(ready="")
sys.stdin.readline()
begun = time.monotonic()
{work}
result(seconds=time.monotonic() - begun)
end()
"""


def run(programs, session, work, counting=False, case=ALONE):
    programs.add("work", WORK.format(work=work))
    return measure.run(case, programs.target(), session, 0.05, counting)


@pytest.mark.parametrize("way", [system_calls.Perf, system_calls.Strace])
def test_system_calls_are_counted_from_go_to_result(programs, session, way):
    if not way.works():
        pytest.skip(f"{way.__name__} may not count here")
    session.system_calls = way
    figures = run(programs, session, f"for _ in range({CALLS}): os.getppid()", counting=True)
    assert CALLS <= figures["system_calls"] <= CALLS + 100


def test_timed_runs_are_not_counted(programs, session):
    session.system_calls = system_calls.find()
    assert run(programs, session, "pass")["system_calls"] is None


def test_switches_are_counted(programs, session):
    figures = run(programs, session, "for _ in range(50): time.sleep(0.001)")
    if figures["switches"] is None:
        pytest.skip("the system does not tell the switches of others")
    assert figures["switches"] >= 50


def test_memory_is_that_of_the_end(programs, session):
    figures = run(programs, session, "kept = bytearray(os.urandom(32 << 20))")
    if figures["resident"] is None:
        pytest.skip("the system does not tell the memory of others")
    assert figures["resident"] > 32 << 20


# Asked by the program itself, in the way that its system has.
ALLOWED = """
try:
    allowed = len(os.sched_getaffinity(0))
except AttributeError:
    import psutil
    allowed = len(psutil.Process().cpu_affinity())
"""


def test_a_pinned_subject_has_one_processor_and_a_threaded_one_all(programs, session):
    if not machine.can_pin():
        pytest.skip("no way to pin here")
    session.pins = True
    programs.add("work", WORK.format(work=ALLOWED).replace("result(seconds", "result(operations=allowed, seconds"))
    target = programs.target()
    assert measure.run(ALONE, target, session, 0.05)["operations"] == 1
    free = Case("work", part("work"), threads=True)
    all_of_ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert measure.run(free, target, session, 0.05)["operations"] == all_of_ours


@pytest.mark.parametrize("load,busy", [(None, False), (0, False), (1e6, True)])
def test_a_busy_machine_is_known(load, busy):
    assert machine.is_busy(load) is busy


def test_where_there_is_no_average_the_processors_used_are_the_load(monkeypatch):
    monkeypatch.delattr(os, "getloadavg", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    told = types.SimpleNamespace(cpu_percent=lambda moment: 75.0, Error=OSError)
    monkeypatch.setitem(sys.modules, "psutil", told)
    assert machine.load() == 3.0
    monkeypatch.setitem(sys.modules, "psutil", None)
    assert machine.load() is None


def test_the_load_before_is_kept_and_the_highest_found(monkeypatch):
    loads = iter([1.0, 3.0, 2.0])
    monkeypatch.setattr(machine, "load", lambda: next(loads))
    watch = machine.Watch()
    for _ in range(3):
        watch.look()
    assert (watch.before, watch.highest) == (1.0, 3.0)


def test_processors_are_let_go_to_sleep_again():
    with machine.processors_kept_awake():
        pass
    if not shutil.which("ps"):
        pytest.skip("no list of children")
    children = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True,
                              text=True, check=False).stdout
    assert "while True: pass" not in children
