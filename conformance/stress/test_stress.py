"""Thousands of connections and children, a descriptor limit, a GiB through pipes; on every engine and
on the installed library. Each leaves descriptors and memory as they were.

--violet and --backend choose another build of Violet and one engine, as for the scenarios."""

import subprocess
from pathlib import Path

import pytest

from harness import target as targets

SUBJECTS = ["connections", "descriptors", "processes", "copy"]
SKIPPED = 77


def pytest_generate_tests(metafunc):
    backend = metafunc.config.getoption("--backend")
    metafunc.parametrize("library", [backend] if backend else ["epoll", "uring", "libuv"])


@pytest.fixture(scope="session")
def violet(request):
    return Path(request.config.getoption("--violet") or targets.VIOLET)


@pytest.fixture(scope="session")
def program(violet, tmp_path_factory):
    path = tmp_path_factory.mktemp("stress") / "stress"
    here = targets.ROOT / "conformance" / "stress" / "stress.cc"
    subprocess.run(["g++", "-std=gnu++20", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread",
                    f"-I{targets.ROOT / 'include'}", here, violet, "-o", path], check=True)
    return path


@pytest.mark.parametrize("subject", SUBJECTS)
def test_leaves_nothing_behind(program, violet, subject, library):
    found = targets.find_oracle() if library == "libuv" else violet
    if found is None or not found.exists():
        pytest.skip(f"no library for {library}")
    if (subject, library) == ("descriptors", "libuv"):
        pytest.skip("libuv 1.44 drops the connections for which there is no descriptor")
    engine = "" if library == "libuv" else library
    environment = targets.Target(library, found, "", engine).environment()
    result = subprocess.run([program, subject], env=environment, capture_output=True, text=True,
                            timeout=60, check=False)
    if result.returncode == SKIPPED:
        pytest.skip("the limit of descriptors is too low here")
    if engine and "is not available" in result.stderr:
        pytest.skip(result.stderr)
    assert result.returncode == 0, result.stderr
