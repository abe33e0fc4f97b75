"""Choosing an engine, and what happens where io_uring is forbidden."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path(os.environ.get("VIOLET_LIBRARY", ROOT / "build" / "release" / "libuv.so.1"))
DOCTOR = LIBRARY.parent / "violet"
SOAK = LIBRARY.parent / "soak"

pytestmark = pytest.mark.skipif(not DOCTOR.exists(), reason=f"{DOCTOR} is not built")


@pytest.fixture(scope="module")
def forbid(tmp_path_factory):
    program = tmp_path_factory.mktemp("seccomp") / "without_io_uring"
    source = Path(__file__).with_name("without_io_uring.c")
    subprocess.run(["cc", "-o", program, source], check=True, timeout=60)

    def run(verdict, *command, **environment):
        settings = {key: value for key, value in os.environ.items() if not key.startswith("VIOLET_")}
        result = subprocess.run([program, verdict, *command], env={**settings, **environment},
                                capture_output=True, text=True, timeout=60, check=False)
        if result.returncode == 77:
            pytest.skip("seccomp filters cannot be installed here")
        return result

    return run


def test_doctor_tells_of_every_engine():
    run = subprocess.run([DOCTOR, "doctor"], capture_output=True, text=True, timeout=60, check=True)
    assert "epoll: works" in run.stdout
    assert "\nuring: " in run.stdout


def test_the_program_explains_itself():
    run = subprocess.run([DOCTOR], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 2 and "usage" in run.stderr


def test_doctor_tells_why_io_uring_is_refused(forbid):
    run = forbid("errno", DOCTOR, "doctor")
    assert run.returncode == 0
    assert "uring: does not work: io_uring_setup: refused" in run.stdout


def test_a_loop_falls_back_with_one_line(forbid):
    run = forbid("errno", SOAK, "0.2", "1", "4", VIOLET_BACKEND="uring")
    assert run.returncode == 0, run.stderr
    lines = set(run.stderr.splitlines())
    assert len(lines) == 1 and "using 'epoll'" in lines.pop()


def test_a_strict_loop_does_not_start(forbid):
    run = forbid("errno", SOAK, "0.2", "1", "4", VIOLET_BACKEND="uring", VIOLET_BACKEND_STRICT="1")
    assert run.returncode == -signal.SIGABRT
    assert "uv_loop_init" in run.stderr


def test_the_default_makes_no_io_uring_call(forbid):
    run = forbid("kill", SOAK, "0.2", "1", "4")
    assert run.returncode == 0, run.stderr


def test_the_filter_catches_an_io_uring_call(forbid):
    run = forbid("kill", SOAK, "0.2", "1", "4", VIOLET_BACKEND="uring")
    assert run.returncode == -signal.SIGSYS
