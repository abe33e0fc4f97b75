"""`violet bench` and `violet run` start another program: in their own place, or, as on Windows, beside them."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = os.environ.get("VIOLET_LIBRARY")
BUILD = Path(LIBRARY).parent if LIBRARY else None
pytestmark = pytest.mark.skipif(not LIBRARY or not (BUILD / "violet").exists(),
                                reason="VIOLET_LIBRARY names no build with the program")
PATIENCE = 30

# One that is asked whether it is new enough says so; then it is the harness.
PYTHON = """#!/bin/sh
if [ "$1" = -c ]; then exit 0; fi
{behaviour}
"""
TOO_OLD = "#!/bin/sh\nexit 1\n"


@pytest.fixture(scope="module")
def waiting(tmp_path_factory):
    """The program as Windows has it: it cannot be replaced by another one."""
    program = tmp_path_factory.mktemp("waiting") / "violet"
    sources = sorted(path for path in (ROOT / "src" / "cli").glob("*.cc") if path.name != "become_by_exec.cc")
    subprocess.run(["c++", "-std=c++20", f"-I{ROOT / 'include'}", f"-I{ROOT / 'src'}", '-DVIOLET_ENGINES="epoll"',
                    "-o", program, *sources, BUILD / "libuv.a", "-lpthread", "-ldl"], check=True, timeout=120)
    return program


def heed_interrupts():
    """Who was started in the background of a shell ignores them, and a shell cannot trap what it ignores."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(params=["replacing", "waiting"])
def way(request):
    return request.param


@pytest.fixture
def started(tmp_path, request):
    """Starts the program with such Pythons on PATH; it lies in a tree that has a harness."""
    (tmp_path / "bench" / "harness").mkdir(parents=True)
    (tmp_path / "bench" / "harness" / "__main__.py").touch()
    processes = []

    def start(way, pythons, *words):
        built = BUILD / "violet" if way == "replacing" else request.getfixturevalue("waiting")
        shutil.copy(built, tmp_path / "violet")
        folder = tmp_path / "path"
        folder.mkdir()
        for name, content in pythons.items():
            (folder / name).write_text(content)
            (folder / name).chmod(0o755)
        process = subprocess.Popen([tmp_path / "violet", "bench", *words], env={"PATH": str(folder)}, text=True,
                                   start_new_session=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, preexec_fn=heed_interrupts)
        processes.append((process, threading.Timer(PATIENCE, end_all, [process])))
        processes[-1][1].start()
        return process

    def end(process):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)

    def end_all(process):
        """Whom it has started may live on and hold the streams."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    yield start
    for process, watchdog in processes:
        watchdog.cancel()
        end(process)
        process.communicate(timeout=PATIENCE)


def test_the_harness_gets_the_words_and_the_streams(started, way, tmp_path):
    process = started(way, {"python3": PYTHON.format(behaviour='echo "$@"; read line; echo "$line" >&2; exit 7')},
                      "--quick", "--cases", "a b")
    output, errors = process.communicate("input\n", timeout=PATIENCE)
    assert output == f"{tmp_path}/bench/harness/__main__.py --build={tmp_path} --quick --cases a b\n"
    assert errors == "input\n"
    assert process.returncode == 7


@pytest.mark.parametrize("pythons,chosen", [
    ({"python3": PYTHON, "python": PYTHON}, "python3"),
    ({"python3": TOO_OLD, "python": PYTHON}, "python"),
    ({"python": PYTHON}, "python"),
    ({"python": TOO_OLD, "py": '#!/bin/sh\n[ "$1" = -3 ] || exit 1\nshift\n' + PYTHON.partition("\n")[2]}, "py"),
])
def test_a_python_is_found_by_any_of_its_names(started, way, pythons, chosen):
    contents = {name: text.format(behaviour=f"echo {name}") for name, text in pythons.items()}
    output, errors = started(way, contents).communicate(timeout=PATIENCE)
    assert (output, errors) == (f"{chosen}\n", "")


@pytest.mark.parametrize("pythons", [{}, {"python3": TOO_OLD, "python": TOO_OLD}])
def test_without_one_it_is_said_what_was_sought(started, way, pythons):
    process = started(way, pythons)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert errors.endswith("none of these is one: `python3` `python` `py -3`\n")


def test_violet_run_is_the_program_beside_it(way, tmp_path, request):
    """A copy of this one stands for it."""
    built = BUILD / "violet" if way == "replacing" else request.getfixturevalue("waiting")
    for name in ("violet", "violet-run"):
        shutil.copy(built, tmp_path / name)
    told = subprocess.run([tmp_path / "violet", "run", "doctor"], capture_output=True, text=True, check=False,
                          timeout=PATIENCE)
    assert told.stdout.startswith("Violet, API") and told.returncode == 0
    (tmp_path / "violet-run").unlink()
    told = subprocess.run([tmp_path / "violet", "run", "doctor"], capture_output=True, text=True, check=False,
                          timeout=PATIENCE)
    assert told.returncode == 2 and "no JavaScript" in told.stderr


def test_where_it_can_be_the_harness_is_the_same_process(started):
    process = started("replacing", {"python3": PYTHON.format(behaviour="echo $$")})
    assert process.communicate(timeout=PATIENCE)[0] == f"{process.pid}\n"


def test_a_signal_is_told_as_shells_do(started):
    process = started("waiting", {"python3": PYTHON.format(behaviour="kill -KILL $$")})
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + signal.SIGKILL


ANSWERS = "trap 'echo interrupted; exit 130' INT; echo ready; while :; do read line; done"


def test_an_interrupt_ends_both_and_the_harness_first(started, way):
    process = started(way, {"python3": PYTHON.format(behaviour=ANSWERS)})
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)  # As a terminal does.
    assert process.stdout.readline() == "interrupted\n"
    assert process.wait(PATIENCE) == 130


def test_a_wish_to_end_reaches_the_harness(started):
    process = started("waiting", {"python3": PYTHON.format(behaviour="echo ready; read line")})
    assert process.stdout.readline() == "ready\n"
    process.terminate()
    # Its standard output is closed, so that nobody is left.
    assert process.stdout.read() == ""
    assert process.wait(PATIENCE) == 128 + signal.SIGTERM
