"""The soak, bounded, on every engine and with sizes that run out all the time.

A long run of one's own:
    VIOLET_BACKEND=uring build/release/soak 600
"""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# VIOLET_SOAK_BUILD=build/asan runs it under that preset.
BUILD = ROOT / os.environ.get("VIOLET_SOAK_BUILD", "build/release")
PROGRAM = BUILD / "soak"
DATAGRAMS = BUILD / "soak_datagrams"
SECONDS = os.environ.get("VIOLET_SOAK_SECONDS", "1")

SIZES = {
    "epoll": {"VIOLET_BACKEND": "epoll"},
    "uring": {"VIOLET_BACKEND": "uring"},
    "uring-tiny-queues": {"VIOLET_BACKEND": "uring", "VIOLET_URING_ENTRIES": "1"},
    "uring-tiny-buffers": {"VIOLET_BACKEND": "uring", "VIOLET_URING_BUFFERS": "2",
                           "VIOLET_URING_BUFFER_SIZE": "64"},
}


def uring_works():
    environment = {**os.environ, "VIOLET_BACKEND": "uring", "VIOLET_BACKEND_STRICT": "1"}
    run = subprocess.run([PROGRAM, "0.01", "1", "1"], env=environment, capture_output=True,
                         text=True, timeout=60, check=False)
    return "(-95)" not in run.stderr


@pytest.mark.parametrize("kind", ["tcp", "pipe"])
@pytest.mark.parametrize("sizes", SIZES)
def test_every_byte_arrives_once_and_in_order(sizes, kind):
    if not PROGRAM.exists():
        pytest.skip(f"{PROGRAM} is not built")
    if sizes != "epoll" and not uring_works():
        pytest.skip("the kernel refuses io_uring")
    environment = {**os.environ, **SIZES[sizes], "VIOLET_BACKEND_STRICT": "1"}
    run = subprocess.run([PROGRAM, SECONDS, "0" if kind == "tcp" else "1", "40", kind],
                         env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "connections" in run.stdout


@pytest.mark.parametrize("sizes", SIZES)
def test_every_datagram_arrives_once_whole_and_in_order(sizes):
    if not DATAGRAMS.exists():
        pytest.skip(f"{DATAGRAMS} is not built")
    if sizes != "epoll" and not uring_works():
        pytest.skip("the kernel refuses io_uring")
    environment = {**os.environ, **SIZES[sizes], "VIOLET_BACKEND_STRICT": "1"}
    run = subprocess.run([DATAGRAMS, SECONDS, "2"], env=environment, capture_output=True, text=True,
                         timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "received" in run.stdout
