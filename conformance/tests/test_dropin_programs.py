"""The harness of real programs: what a wrong program, script or library leads to."""

import sys
from subprocess import PIPE

import pytest

from harness import script, target
from harness.program import ProgramError, Running

SHELL = ["/bin/sh", "-c"]
WAITS = "; import sys; sys.stdout.flush(); sys.stdin.read()"
# Loads libuv by itself, as a program that is linked to it would.
LOADER = "import ctypes; ctypes.CDLL('libuv.so.1'); print('loaded')"


@pytest.fixture
def oracle():
    library = target.find_oracle()
    if library is None:
        pytest.skip("no libuv.so.1 is installed")
    return target.Target("oracle", library, "1.44.2")


def write(folder, text):
    path = folder / "script.py"
    path.write_text(text)
    return path


@pytest.mark.parametrize("text, fault", [
    ("# expect:\n#   a\nprint('a')\n", "no sentence"),
    ("# Says something.\nprint('a')\n", "expects nothing"),
])
def test_a_script_needs_a_sentence_and_an_expectation(tmp_path, text, fault):
    with pytest.raises(script.ScriptError, match=fault):
        script.read(write(tmp_path, text))


def test_the_comment_is_read(tmp_path):
    read = script.read(write(tmp_path, "# One.\n# Two.\n#\n# expect:\n#   a\n#     b\n# timeout: 5\n"
                                       "# status: 3\n# stderr: any\n\n# expect:\n#   c\n"))
    assert (read.summary, read.expect) == ("One. Two.", ["a", "  b"])
    assert (read.timeout, read.status, read.stderr) == (5.0, 3, "any")


@pytest.mark.parametrize("lines, same", [
    (["a", "c", "b", "d"], True), (["a", "b", "c", "d"], True), (["a", "b", "d", "c"], False),
    (["a", "b", "c"], False), (["a", "b", "c", "d", "e"], False), ([], False),
])
def test_lines_in_braces_come_in_any_order(lines, same):
    assert (script.differs(["a", "{b | c}", "d"], lines) == "") == same


@pytest.mark.parametrize("body, fault", [
    (LOADER, ""),
    ("print('loaded')", "no process loaded"),
    (LOADER + "; import os; os.abort()", "crashed: SIGABRT"),
    (LOADER + "; import time; time.sleep(60)", "hung: stopped after 1 s"),
    (LOADER + "; print('more')", "more than expected"),
    (LOADER + "; raise SystemExit(4)", "exit status 4"),
    (LOADER + "; import sys; sys.stderr.write('oops')", "something on stderr"),
    ("pass", "expected 'loaded'"),
])
def test_what_is_wrong_is_said(tmp_path, oracle, body, fault):
    path = write(tmp_path, f"# Loads libuv.\n#\n# expect:\n#   loaded\n# timeout: 1\n{body}\n")
    if "hung" not in fault:
        path.write_text(path.read_text().replace("# timeout: 1\n", ""))
    said = script.run(script.read(path), [sys.executable], oracle)
    assert fault in said if fault else said == ""


def test_another_library_is_found_out(oracle, tmp_path):
    copy = tmp_path / "libuv.so.1"
    copy.write_bytes(oracle.library.read_bytes())
    with Running(oracle) as running:
        running.run([sys.executable, "-c", f"import ctypes, os, sys; os.environ['LD_LIBRARY_PATH'] = "
                     f"{str(tmp_path)!r}; os.execv(sys.executable, ['python', '-c', {LOADER!r}])"], 30)
        with pytest.raises(ProgramError, match="was meant"):
            running.check_library()


def test_a_process_left_behind_is_found_and_ended(oracle):
    with Running(oracle) as running:
        running.run([*SHELL, "setsid sleep 60 >/dev/null 2>&1 &"], 30)
        with pytest.raises(ProgramError, match="left processes behind: .*sleep 60"):
            running.check_no_strays()
        running.check_no_strays()


def test_everything_ends_with_the_program_s_scope(oracle):
    with Running(oracle) as running:
        process = running.start(["sleep", "60"])
    assert process.poll() is not None
    assert not running.folder.exists()


@pytest.mark.parametrize("body, fault", [(LOADER, ""), ("print('loaded')", "no libuv where")])
def test_the_map_names_the_library_of_a_running_program(oracle, body, fault):
    with Running(oracle) as running:
        program = running.start([sys.executable, "-c", body + WAITS], stdin=PIPE, stdout=PIPE)
        assert program.stdout.readline() == b"loaded\n"
        if fault:
            with pytest.raises(ProgramError, match=fault):
                running.check_map(program.pid)
        else:
            running.check_map(program.pid)
