"""How the command ends when nobody reads it, or somebody interrupts it; and what it says of missing packages."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from harness import command, interruption, libraries, measure, prepare, process, targets

HARNESS = Path(__file__).resolve().parents[2] / "bench" / "harness"
PATIENCE = 60


def unread(which, *words):
    """Runs the command with a stream that is closed already, and returns what the other one got."""
    started = subprocess.Popen([sys.executable, str(HARNESS), *words], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8")
    closed, other = ((started.stdout, started.stderr) if which == "stdout" else (started.stderr, started.stdout))
    closed.close()
    said = other.read()
    other.close()
    return started.wait(PATIENCE), said


@pytest.mark.parametrize("words", [["--list"], ["--quick", "--list", "--cases", "spawn"]])
def test_output_that_nobody_reads_is_no_fault(words):
    assert unread("stdout", *words) == (command.NOBODY_READS, "")


def test_help_that_nobody_reads_is_no_fault():
    status, said = unread("stdout", "--help")
    assert status in (0, command.NOBODY_READS)  # Some of Python's versions keep it to themselves.
    assert said == ""


def test_complaints_that_nobody_reads_are_no_fault():
    assert unread("stderr", "--targets", "nonsense") == (command.NOBODY_READS, "")


def test_results_that_nobody_reads_are_no_fault(with_histograms, tmp_path):
    (tmp_path / "results.json").write_text(
        '{"command": "", "date": "", "busy": false, "settings": {"rounds": 1}, "targets": [], "cases": [],'
        '"machine": {"system": "", "machine": "", "processors": 1, "load_before": null}}', encoding="utf-8")
    assert unread("stdout", "--from", str(tmp_path / "results.json")) == (command.NOBODY_READS, "")


def test_other_faults_of_output_are_told(monkeypatch):
    def fail(words):
        raise OSError(28, "no space left")

    monkeypatch.setattr(command, "do", fail)
    with pytest.raises(OSError, match="no space"):
        command.main(["--list"])


def test_an_interrupt_is_no_traceback(monkeypatch, capsys):
    def interrupt(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "do", interrupt)
    assert command.main(["--list"]) == command.INTERRUPTED
    assert capsys.readouterr().err == "violet bench: interrupted\n"


@pytest.fixture
def heeded():
    """What a script starts in the background ignores interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Interrupted:
    """Is interrupted while it is taken apart, where Python drops what is raised."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_python_drops_ends_the_command(heeded, monkeypatch, capsys):
    runs = []

    def run(*_):
        runs.append(Interrupted())
        del runs[-1]
        runs.append("gone on")
        raise process.Failure("as if nothing had been")

    monkeypatch.setattr(measure, "run", run)
    monkeypatch.setattr(command, "chosen_targets", lambda options: [targets.Target("one", Path("one"))])
    assert command.main(["--quick", "--cases", "loop_count", "--no-system-calls"]) == command.INTERRUPTED
    assert runs == ["gone on"]
    told = capsys.readouterr()
    assert told.out == "" and told.err.endswith("violet bench: interrupted\n")


def test_an_ignored_interrupt_stays_ignored():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruption.Interruption() as interrupt:
            signal.raise_signal(signal.SIGINT)
            interrupt.look()
    finally:
        signal.signal(signal.SIGINT, before)


def test_output_is_utf_8_whatever_the_system_writes():
    told = subprocess.run([sys.executable, str(HARNESS), "--targets", "µ"], capture_output=True, check=False,
                          env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "1"}, timeout=PATIENCE)
    assert told.stderr.decode("utf-8").startswith("violet bench: µ: no such target")


def test_what_cannot_be_told_its_encoding_is_left_alone():
    command.write_utf_8(io.StringIO())


@pytest.mark.parametrize("status,said", [
    (-9, "crashed (SIGKILL)"), (-1000, "crashed (signal 1000)"), (0xC0000005, "crashed (0xC0000005, access violation)"),
    (0xC0000420, "crashed (0xC0000420)"), (0, None), (3, None)])
def test_a_crash_is_known_by_its_status(status, said):
    if status == -9 and sys.platform == "win32":
        pytest.skip("no such signal")
    assert process.crash(status) == said


class Pip:
    """In place of the real one, which would ask the network."""

    def __init__(self, *missing):
        self.missing, self.asked = missing, []

    def install(self, package, folder):
        self.asked.append(package)
        return "no such package" if package in self.missing else ""


@pytest.fixture
def prepared(monkeypatch, tmp_path):
    """Prepares with a pip that lacks some packages; returns what it was asked for."""
    monkeypatch.setattr(libraries, "find", lambda root, plots: None)
    monkeypatch.setattr(prepare, "find_spec", lambda name: object())

    def run(*missing):
        pip = Pip(*missing)
        monkeypatch.setattr(prepare, "install", pip.install)
        prepare.prepare(tmp_path, sys.stdout)
        return pip.asked

    return run


def test_packages_are_fetched_once(prepared):
    assert prepared() == prepare.wanted()
    assert prepared() == []


def test_a_package_that_cannot_be_had_is_told_and_asked_for_again(prepared, capsys):
    prepared(prepare.PICTURES)
    assert f"{prepare.PICTURES} cannot be had: no such package" in capsys.readouterr().out
    assert prepared() == prepare.wanted()


def test_without_pip_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(prepare, "find_spec", lambda name: None)
    with pytest.raises(targets.Unknown, match="pip is needed"):
        prepare.prepare(tmp_path, sys.stdout)


def test_psutil_is_for_systems_that_tell_in_no_file(monkeypatch):
    monkeypatch.setattr(prepare.counters, "has_proc", lambda: True)
    assert prepare.LOOKING not in prepare.wanted()
    monkeypatch.setattr(prepare.counters, "has_proc", lambda: False)
    assert prepare.LOOKING in prepare.wanted()
