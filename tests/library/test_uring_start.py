"""Starting the io_uring engine where the kernel disappoints: neither a hang nor UV_ENOMEM."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from test_fallbacks import DOCTOR, FEATURES, LIBRARY, ROOT, ask_doctor, clean_environment, uring_of

HERE = Path(__file__).parent

pytestmark = [
    pytest.mark.skipif(not DOCTOR.exists(), reason=f"{DOCTOR} is not built"),
    pytest.mark.skipif("multishot receive" not in FEATURES, reason="there is nothing to lose"),
]


def preload(tmp_path, name):
    library = tmp_path / f"{name}.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, HERE / f"{name}.c"], check=True,
                   timeout=60)
    return {"LD_PRELOAD": str(library)}


# The doctor's own loop makes the engine, so each of these would hang without an end.
@pytest.mark.parametrize("disappointment", ["refused_multishot", "silent_kernel"])
def test_the_self_test_waits_for_nothing_that_is_not_owed(tmp_path, disappointment):
    run = ask_doctor(VIOLET_BACKEND="uring", **preload(tmp_path, disappointment))
    head, features = uring_of(run.stdout)
    assert head == "uring: works"
    assert features["multishot receive"].startswith("the self-test failed")
    assert features["multishot receive of datagrams"].startswith("the self-test failed")
    assert features["file reads"] is None


@pytest.fixture(scope="module")
def in_turn(tmp_path_factory):
    program = tmp_path_factory.mktemp("loops") / "loops_in_turn"
    subprocess.run(["cc", "-pthread", f"-I{ROOT / 'include'}", "-o", program,
                    HERE / "loops_in_turn.c", LIBRARY], check=True, timeout=60)

    def run(loops, held, **settings):
        found = {"LD_LIBRARY_PATH": str(LIBRARY.parent), "VIOLET_BACKEND": "uring"}
        result = subprocess.run([program, str(loops), str(held)],
                                env=clean_environment(**found, **settings), capture_output=True,
                                text=True, timeout=100, check=True)
        count, outcome = result.stdout.split()
        return int(count), outcome, result.stderr.splitlines()

    return run


# The kernel gives the locked memory of a ring back some time after it was closed.
def test_loops_in_turn_need_no_more_memory_than_one(in_turn):
    count, outcome, _ = in_turn(200, 0)
    assert (count, outcome) == (400, "OK")


def test_more_loops_than_memory_fall_back_with_a_line(in_turn):
    count, outcome, lines = in_turn(0, 100)
    if not lines:
        pytest.skip("rings take no locked memory here")
    assert (count, outcome) == (100, "OK")
    assert set(lines) == {"violet: engine 'uring' is not available (io_uring_setup: the user's locked "
                          "memory is used up (RLIMIT_MEMLOCK)); using 'epoll'"}
    assert len(lines) == 1


def test_what_many_loops_are_refused_is_told_once(in_turn):
    count, outcome, lines = in_turn(3, 4, UV_USE_IO_URING="0")
    assert (count, outcome) == (10, "OK")
    assert lines == ["violet: engine 'uring' is not available (UV_USE_IO_URING=0 is set); using 'epoll'"]


def test_more_strict_loops_than_memory_are_not_supported(in_turn):
    count, outcome, lines = in_turn(0, 100, VIOLET_BACKEND_STRICT="1")
    if outcome == "OK":
        pytest.skip("rings take no locked memory here")
    assert outcome == "ENOTSUP"
    assert 0 < count < 100 and not lines


# How sockets can be read is tried on a pair of them, when the first one is read.
def test_a_loop_that_reads_no_socket_starts_without_the_trial(tmp_path):
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    text = "int main(void) { uv_loop_t loop; return uv_loop_init(&loop) || uv_run(&loop, 0) || uv_loop_close(&loop); }"
    program, log = tmp_path / "once", tmp_path / "log"
    subprocess.run(["cc", "-xc", "-", "-include", "uv.h", f"-I{ROOT / 'include'}", "-xnone", LIBRARY, "-o", program],
                   input=text, text=True, check=True, timeout=60)
    run = subprocess.run(["strace", "-f", "-o", log, "-e", "trace=io_uring_setup,socketpair", program],
                         env=clean_environment(LD_LIBRARY_PATH=str(LIBRARY.parent), VIOLET_BACKEND="uring"),
                         capture_output=True, text=True, timeout=60, check=False)
    if "PTRACE" in run.stderr:
        pytest.skip("strace is not permitted")
    assert run.returncode == 0, run.stderr
    made = re.findall(r"(io_uring_setup|socketpair)\(.* = \d", log.read_text(encoding="ascii"))
    assert made == ["io_uring_setup"] * 2  # To ask whether there is an engine, and the loop's own.
