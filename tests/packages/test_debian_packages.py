"""The Debian packages: built by one command, installed, used, switched on and off, removed.

All of it happens in a copy of this system that is thrown away (scratch_system.sh).
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, run

HERE = Path(__file__).parent
NODE = ROOT / "build/node18"
NAMES = ["libviolet1", "libviolet-dev", "violet"]

STEPS = """
set -eu
tell() {
  step=$1
  shift
  "$@" /tmp/consumer | sed "s/^/consumer $step: /"
  [ ! -e /tmp/node ] || "$@" /tmp/node | sed "s/^/node $step: /"
}
install() { dpkg --force-unsafe-io --no-triggers -i "$DEBS"/*.deb >/dev/null; }

install
folder=$(dirname "$(readlink -f /usr/bin/violet)")/..
PKG_CONFIG_PATH=$folder/lib/pkgconfig make -sC /tmp -f "$CONSUMERS/make/Makefile" c99_shared
mv /tmp/c99_shared /tmp/consumer
if [ -n "$NODE" ]; then
  printf '#!/bin/sh\nLD_LIBRARY_PATH=${LD_LIBRARY_PATH-}:%s/lib exec %s/bin/node -p process.versions.uv\n' \
    "$NODE" "$NODE" >/tmp/node
  chmod +x /tmp/node
fi

tell installed env
tell run violet-switch run
violet-switch on >/dev/null
tell on env
install
tell upgraded env
violet-switch status
violet-switch off >/dev/null
tell off env
violet-switch status
violet-switch on >/dev/null
dpkg --no-triggers --purge violet libviolet-dev libviolet1 >/dev/null
tell removed env
find /usr /etc /var/lib -xdev -iname '*violet*' -printf 'left: %p\n'
ldconfig -p | sed -n 's/.*violet/left in the cache: &/p'
"""


@pytest.fixture(scope="session")
def packages(build, made_once):
    for tool in ("dpkg-deb", "dpkg-shlibdeps"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is absent: not a Debian system with dpkg-dev")
    return made_once("debs", lambda folder: run(
        ROOT / "tools/build_packages.sh", "--build", build, "--output", folder))


def run_in_scratch_system(folder, shared, script, **variables):
    start = ["unshare", "--mount", "--propagation", "private", HERE / "scratch_system.sh"]
    mounts = folder / "mounts"
    mounts.mkdir()
    probe = subprocess.run([*start, mounts, "--", "true"], capture_output=True, text=True, check=False)
    if probe.returncode != 0:
        pytest.skip(f"no mount namespace with an overlay on /: {probe.stderr.strip()}")
    return run(*start, mounts, *shared, "--", "sh", "-c", script,
               env=dict(os.environ, LC_ALL="C.UTF-8", **variables))


@pytest.fixture(scope="session")
def debian_libuv():
    found = re.search(r"libuv\.so\.1 .*=> (\S+)", run("/sbin/ldconfig", "-p"))
    if found is None:
        pytest.skip("the package libuv1 is not installed: nothing to switch from")
    return found[1]


@pytest.fixture(scope="session")
def told(packages, debian_libuv, made_once):
    """What the programs told at each of the steps."""
    node = NODE if (NODE / "complete").exists() else None

    def take_steps(folder):
        output = run_in_scratch_system(
            folder, filter(None, [packages, HERE, node]), STEPS,
            DEBS=str(packages), CONSUMERS=str(HERE / "consumers"), NODE=str(node or ""))
        (folder / "output").write_text(output, encoding="utf-8")

    folder = made_once("switching", take_steps)
    return (folder / "output").read_text(encoding="utf-8").splitlines()


def test_there_are_three_packages(packages, version):
    found = sorted(path.name for path in packages.iterdir())
    assert [re.sub(r"_[a-z0-9]+\.deb$", "", name) for name in found] == sorted(
        f"{name}_{version}" for name in NAMES
    )


def test_no_file_is_where_programs_look_for_libuv(packages):
    """Installing the packages changes nothing: the libuv of Debian stays in use, beside them."""
    for path in packages.iterdir():
        for line in run("dpkg-deb", "--contents", path).splitlines():
            name = line.split()[5]
            if not name.endswith("/"):
                assert re.match(r"\./usr/(lib/[^/]+/violet/|bin/violet|share/(doc|man)/)", name), line


def test_the_same_build_gives_the_same_packages(packages, build, tmp_path):
    run(ROOT / "tools/build_packages.sh", "--build", build, "--output", tmp_path)
    for path in packages.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_lintian_finds_no_fault(packages):
    if shutil.which("lintian") is None:
        pytest.skip("lintian is not installed")
    # The address is for whoever publishes the packages to give.
    run("lintian", "--fail-on", "error,warning", "--suppress-tags",
        "bogus-mail-host,bogus-mail-host-in-debian-changelog", *packages.glob("*.deb"))


@pytest.mark.parametrize("program", ["consumer", "node"])
def test_programs_are_switched_on_and_off(told, version, program):
    lines = [line.removeprefix(f"{program} ") for line in told if line.startswith(program)]
    if program == "node" and not lines:
        pytest.skip("Debian's Node.js is absent: tools/fetch_node18.sh fetches it")
    theirs = lines[0].removeprefix("installed: ")
    assert re.fullmatch(r"1\.\d+\.\d+", theirs) and theirs != version
    assert lines == [
        f"installed: {theirs}", f"run: {version}", f"on: {version}", f"upgraded: {version}",
        f"off: {theirs}", f"removed: {theirs}",
    ]


def test_the_switch_tells_how_it_stands(told, debian_libuv):
    on, off = (line for line in told if line.startswith(("on: ", "off: ")))
    assert re.fullmatch(r"on: /usr/lib/[^/]+/violet/lib/libuv\.so\.1", on)
    assert off == f"off: {debian_libuv}"


def test_nothing_is_left_when_the_packages_are_removed(told):
    assert any("removed: " in line for line in told)
    assert [line for line in told if line.startswith("left")] == []
