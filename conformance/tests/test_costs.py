"""What programs at rest cost, as the drop-in tests measure and compare it."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dropin"))

from costs import Costs, at_rest  # noqa: E402


@pytest.fixture
def program():
    """Starts Python code that says when it has begun."""
    started = []

    def start(body):
        process = subprocess.Popen([sys.executable, "-uc", f"print(); {body}"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout.readline() == b"\n"
        return process.pid

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_busy_loop_a_polling_one_and_memory_are_noticed(program):
    idle = at_rest(program("input()"))
    assert not idle.faults(idle)
    busy = at_rest(program("exec('while True: pass')"))
    assert [fault.split()[0] for fault in busy.faults(idle)] == ["processor"]
    polling = at_rest(program("import time; exec('while True: time.sleep(0.001)')"))
    assert "wakeups" in " ".join(polling.faults(idle))
    large = at_rest(program("block = bytearray(b'x') * (8 << 20); input()"))
    assert [fault.split()[0] for fault in large.faults(idle)] == ["memory"]


def test_what_is_in_proportion_is_no_fault():
    measure = Costs(memory=10 << 20, processor=0.1, wakeups=100)
    assert not Costs(memory=14 << 20, processor=0.2, wakeups=200).faults(measure)
