"""Real, unmodified programs on the installed libuv1 and on Violet: the same expected output."""

import functools
from pathlib import Path

import pytest

from harness import certificate, script_matrix
from harness import target as targets
from harness.program import NODE18, Running
from harness.script_matrix import Case, command_of, node_command

HERE = Path(__file__).resolve().parent

SUFFIXES = (".js", ".py", ".lua", ".raku", ".R", ".ml")


def r_command():
    """R, or the reason why it is not here."""
    if not Path("/usr/lib/R/site-library/fs").is_dir():
        return "r-cran-fs is not installed: run tools/install_dropin_programs.sh --all"
    # Rscript would put the system's folder of libraries before all others, and hence its libuv.
    libraries = ["R_LD_LIBRARY_PATH=/usr/lib/R/lib", "R_JAVA_LD_LIBRARY_PATH="]
    return command_of("env", *libraries, "Rscript", "--vanilla")


def ocaml_command():
    """OCaml's interpreter, or the reason why luv cannot run."""
    if not Path("/usr/lib/ocaml/luv").is_dir():
        return "libluv-ocaml-dev is not installed: run tools/install_dropin_programs.sh --all"
    return command_of("ocaml")


def npm_command():
    """Node.js with the packages of npm, or the reason why they are not here."""
    packages = targets.ROOT / "build" / "npm_packages"
    if not (packages / "complete").exists():
        return "build/npm_packages is absent: run tools/fetch_npm_packages.sh"
    node = node_command()
    return node if isinstance(node, str) else ["env", f"NODE_PATH={packages / 'node_modules'}", *node]


# How each folder's scripts are run.
RUNNERS = {
    "node": (node_command(), [NODE18 / "lib"]),
    "npm": (npm_command(), [NODE18 / "lib"]),
    "uvloop": (command_of("python3"), []),
    "luv": (command_of("luajit"), []),
    "ocaml": (ocaml_command(), []),
    "r": (r_command(), []),
    "raku": (command_of("rakudo"), []),
    "neovim": (command_of("nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S"), []),
}


def cases():
    tls = certificate.folder()
    environment = {"DROPIN_TLS": str(tls)} if tls else {}
    return [Case(f"{folder}/{path.stem}", path, command, environment, folders)
            for folder, (command, folders) in RUNNERS.items()
            for path in sorted((HERE / folder).iterdir()) if path.suffix in SUFFIXES]


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        script_matrix.parametrize(metafunc, cases(), script_matrix.chosen(metafunc.config))
    elif "target" in metafunc.fixturenames:
        on = script_matrix.chosen(metafunc.config)
        metafunc.parametrize("target", on, ids=[one.name for one in on])


def pytest_collection_finish(session):
    if not session.config.option.collectonly:
        script_matrix.start_all(session, HERE)


@pytest.fixture
def running(target):
    """Starts programs on the target, and afterwards proves that they loaded its libuv and are gone."""
    with Running(target, folders=[NODE18 / "lib"]) as programs:
        yield programs
        if programs.has_started:
            programs.check_no_strays()
            programs.check_library()


def find_tool(name):
    """Finds a program, or skips the test with the reason."""
    command = node_command() if name == "node" else command_of(name)
    if isinstance(command, str):
        pytest.skip(command)
    return command[0]


@pytest.fixture
def tool():
    return find_tool


@functools.cache
def lived(life, target):
    """What a program cost in a life on a target, once in a session."""
    with Running(target) as programs:
        costs = life(programs, find_tool)
        programs.check_no_strays()
        programs.check_library()
    return costs


@pytest.fixture
def live(target):
    """Runs life(running, tool) on the target; it may cost little more than on the installed libuv1."""
    def run(life):
        costs = lived(life, target)
        library = targets.find_oracle()
        for oracle in targets.targets_of(library, "libuv")[0] if library else ():
            faults = costs.faults(lived(life, oracle))
            assert not faults, "; ".join(faults)
    return run
