"""What the tests of installations and packages share: a finished build, and it installed.

VIOLET_LIBRARY names the libuv.so.1 of that build; it stands in its CMake build folder.
"""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command, timeout=240, **options):
    """What the command printed; it must succeed."""
    result = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=timeout, check=False,
        **options,
    )
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout


@pytest.fixture(scope="session")
def version():
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return text.split("project(violet VERSION ")[1].split()[0]


@pytest.fixture(scope="session")
def build():
    library = Path(os.environ.get("VIOLET_LIBRARY", ""))
    if not library.is_file():
        pytest.skip("VIOLET_LIBRARY does not name a built libuv.so.1")
    return library.parent


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, worker_id):
    """made_once(name, make): a folder that make(folder) filled, once for all processes of pytest."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def call(name, make):
        folder = shared / name
        with open(shared / f"{name}.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                unfinished = shared / f"{name}.unfinished"
                shutil.rmtree(unfinished, ignore_errors=True)
                unfinished.mkdir()
                make(unfinished)
                unfinished.rename(folder)
        return folder

    return call


@pytest.fixture(scope="session")
def prefix(build, made_once):
    """The library installed, and then moved to another folder: nothing may name the first one."""

    def install(folder):
        run("cmake", "--install", build, "--prefix", folder / "first")
        (folder / "first").rename(folder / "moved")

    return made_once("installation", install) / "moved"
