"""The source archive: built without git, its library installed, used and tested."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from conftest import ROOT, run

CONSUMERS = Path(__file__).parent / "consumers"
TARGETS = ["uv_shared", "uv_static"]


def require_a_checkout():
    command = ["git", "-C", str(ROOT), "rev-parse", "--verify", "HEAD"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    if result.returncode != 0:
        pytest.skip(f"this is no git checkout: {result.stderr.strip()}")


@pytest.fixture(scope="module")
def sources(version, tmp_path_factory):
    require_a_checkout()
    folder = tmp_path_factory.mktemp("archive")
    run(ROOT / "tools/source_archive.sh", "--output", folder)
    with tarfile.open(folder / f"violet-{version}.tar.gz") as archive:
        archive.extractall(folder)
    return folder / f"violet-{version}"


def environment_without_git(folder):
    """A PATH on which `git` fails, and leaves a trace."""
    command = folder / "bin/git"
    command.parent.mkdir()
    command.write_text(f"#!/bin/sh\ntouch {folder}/git-was-called\nexit 127\n")
    command.chmod(0o755)
    path = f"{command.parent}:{os.environ['PATH']}"
    return dict(os.environ, PATH=path, CCACHE_BASEDIR=str(folder), CCACHE_NOHASHDIR="1")


def test_the_archive_builds_without_git(sources, build, version, tmp_path):
    environment = environment_without_git(sources.parent)
    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    # Not optimised: this is about the sources being complete.
    run("cmake", "-G", "Ninja", "-S", sources, "-B", sources / "build", "-DVIOLET_TESTS=OFF",
        "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_CXX_FLAGS=-O0", *launcher, env=environment)
    run("cmake", "--build", sources / "build", "--parallel", os.cpu_count(), "--target", *TARGETS,
        env=environment, timeout=900)
    assert not (sources.parent / "git-was-called").exists()

    prefix = tmp_path / "prefix"
    for component in ("libviolet", "libviolet-dev"):
        run("cmake", "--install", sources / "build", "--prefix", prefix, "--component", component)
    found = dict(os.environ, PKG_CONFIG_PATH=str(prefix / "lib/pkgconfig"),
                 LD_LIBRARY_PATH=str(prefix / "lib"))
    run("make", "-C", tmp_path, "-f", CONSUMERS / "make/Makefile", "c99_shared", "c99_static", env=found)
    for name in ("c99_shared", "c99_static"):
        assert run(tmp_path / name, env=found) == version + "\n"

    if (build / "api_tests").exists():
        run(build / "api_tests", "--gtest_filter=*Timer*:*Async*:*Pipe*", env=found, cwd=tmp_path)


def test_the_archive_has_what_git_has(sources):
    """All files of the commit, and nothing else."""
    listed = run("git", "-C", ROOT, "ls-tree", "-r", "--name-only", "-z", "HEAD").split("\0")
    packed = {str(path.relative_to(sources)) for path in sources.rglob("*")
              if path.is_symlink() or path.is_file()}
    made = {name for name in packed if name.startswith("build/")}
    assert packed - made == set(filter(None, listed))
