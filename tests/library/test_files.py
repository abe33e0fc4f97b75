"""File operations where the kernel refuses the calls that ask its caches."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path(os.environ.get("VIOLET_LIBRARY", ROOT / "build" / "release" / "libuv.so.1"))
API_TESTS = LIBRARY.parent / "api_tests"

# All that does not demand an answer from the caches.
TESTS = "FsWays.*:FsOpening*:FsMany.*:Modes/Fs.*"

# x86-64's numbers.
OPENAT2, PREADV2, STATX = "437", "327", "332"

pytestmark = [
    pytest.mark.skipif(not API_TESTS.exists(), reason=f"{API_TESTS} is not built"),
    pytest.mark.skipif(os.uname().machine != "x86_64", reason="the call numbers are x86-64's"),
]


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    program = tmp_path_factory.mktemp("seccomp") / "without_calls"
    source = Path(__file__).with_name("without_calls.c")
    subprocess.run(["cc", "-o", program, source], check=True, timeout=60)

    def run(error, calls, engine, tests):
        result = subprocess.run(
            [program, error, *calls, "--", API_TESTS, f"--gtest_filter={tests}"],
            env={**os.environ, "VIOLET_BACKEND": engine}, capture_output=True, text=True,
            timeout=120, check=False)
        if result.returncode == 77:
            pytest.skip("seccomp filters cannot be installed here")
        return result

    return run


@pytest.mark.parametrize("engine", ["epoll", "uring"])
@pytest.mark.parametrize("calls", [(OPENAT2, PREADV2), (OPENAT2, PREADV2, STATX)],
                         ids=["no-openat2-preadv2", "no-statx-either"])
@pytest.mark.parametrize("error", ["ENOSYS", "EPERM"])
def test_files_work_without_the_calls(without, error, calls, engine):
    run = without(error, calls, engine, TESTS)
    assert run.returncode == 0, run.stdout[-2000:]
    assert "[  PASSED  ]" in run.stdout
