"""Servers that one load turns to again and again: ratios of the turns of a round, and what is said of bad servers."""

import os
from pathlib import Path

import compare_echo
import pytest
from harness import systems
from harness.process import Failure
from stand_ins import CRASHED, STREAMS, Programs

LIBRARY = os.environ.get("VIOLET_LIBRARY")
BUILD = Path(LIBRARY).parent if LIBRARY else Path()
with_load = pytest.mark.skipif(not systems.THIS.program(BUILD / "bench", compare_echo.LOAD).exists(),
                               reason="VIOLET_LIBRARY names no build with the load, which is for Linux only")

GOOD = "while data := connection.recv(65536): connection.sendall(data)"


def options_of(*words):
    return compare_echo.arguments_of(["--build", str(BUILD), "--connections", "4", "--milliseconds", "2",
                                      "--rounds", "3", *words])


def verdict(folder, answer, *words):
    """What is said of a bad server beside a good one."""
    wanted = [Programs(folder / name).add("stream_server", STREAMS.format(answer=given)).target(name)
              for name, given in (("good", GOOD), ("bad", answer))]
    try:
        return compare_echo.measure(wanted, options_of(*words))
    except Failure as failure:
        return str(failure)


@with_load
def test_two_engines_get_ratios_with_intervals(capsys):
    engine = systems.THIS.engines[0]
    assert compare_echo.main(["--build", str(BUILD), "--targets", f"{engine},same={LIBRARY}:{engine}",
                              "--milliseconds", "2", "--rounds", "5", "--connections", "8"]) == 0
    lines = capsys.readouterr().out.splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines[2:4]]
    assert [row[0] for row in cells] == [engine, "same"]
    assert cells[0][2:] == ["1.000", "1.000"]
    for ratio in cells[1][2:]:
        median, low, _, high = ratio.replace("(", "").replace(")", "").split()
        assert 0 < float(low) <= float(median) <= float(high)
    assert lines[-1].startswith("8 connections, 64 bytes; 5 rounds with 2 ms for each; load of the machine ")


@with_load
def test_each_round_tells_of_each_server(tmp_path):
    rounds = verdict(tmp_path, GOOD)
    assert [list(turns) for turns in rounds] == [["good", "bad"]] * 3
    for turns in rounds:
        for operations, _, seconds in turns.values():
            # Each of four connections has an answer, and the turn takes its time.
            assert operations >= 4 and seconds >= 0.002


@with_load
def test_messages_that_find_no_room_come_back_whole(tmp_path):
    """Far more than a socket takes at once."""
    rounds = verdict(tmp_path, GOOD, "--bytes", str(16 << 20), "--rounds", "1", "--patience", "20")
    assert isinstance(rounds, list), rounds
    assert all(operations >= 4 for operations, _, _ in rounds[0].values())


@with_load
@pytest.mark.parametrize("answer,expected", [
    ("while data := connection.recv(65536): connection.sendall(bytes(len(data)))",
     "cheats: bad: the echo has other bytes than the message"),
    ("first = connection.recv(65536)\n    while True: connection.sendall(first); connection.recv(65536)",
     "cheats: bad: the echo has other bytes than the message"),
    ("while data := connection.recv(65536): connection.sendall(data + data)",
     "cheats: bad: the echo is longer than what was sent"),
    ("connection.recv(65536); connection.shutdown(socket.SHUT_RDWR)", "failed: bad: the server ended a connection"),
    ("time.sleep(60)", "failed: bad: hangs: a connection has no answer"),
    ("met.append(connection)\n    while data := connection.recv(65536):\n"
     "        if connection is not met[0]: connection.sendall(data)",
     "failed: bad: hangs: a connection has no answer"),
    ("connection.recv(65536); crash()", f"bad: {CRASHED}"),
])
def test_bad_servers_are_told_by_name(tmp_path, answer, expected):
    assert verdict(tmp_path, answer) == expected


@with_load
@pytest.mark.parametrize("behaviour,patience,expected", [
    ("crash()", 5, f"bad: {CRASHED}"), ("say(lacks='no sockets')", 5, "bad: no sockets"),
    ("time.sleep(60)", 1, "bad: hangs (over 1 s)"),
    ("say(ready='1'); time.sleep(60)", 5, "failed: bad: connecting: Connection refused"),
])
def test_servers_that_do_not_begin_are_told_by_name(tmp_path, behaviour, patience, expected):
    bad = Programs(tmp_path / "bad").add("stream_server", behaviour).target("bad")
    with pytest.raises(Failure) as caught:
        compare_echo.measure([bad], options_of("--patience", str(patience)))
    assert str(caught.value) == expected


@with_load
def test_a_server_with_another_library_is_seen(tmp_path):
    bad = Programs(tmp_path / "bad").add("stream_server", STREAMS.format(answer=GOOD)).target("bad")
    bad.library = tmp_path / systems.THIS.library
    bad.library.touch()
    with pytest.raises(Failure, match="bad: the program does not use the library"):
        compare_echo.measure([bad], options_of())


def test_ratios_are_taken_within_each_round():
    """The machine is ten times slower in the second round: that is no difference between the two."""
    rounds = [{"a": (100, 1.0, 1.0), "b": (150, 1.0, 2.0)}, {"a": (10, 1.0, 1.0), "b": (15, 1.0, 2.0)},
              {"a": (100, 1.0, 1.0), "b": (150, 1.0, 2.0)}]
    assert list(compare_echo.rows(rounds)) == [
        ("a", "100", "1.000", "1.000"),
        ("b", "150", "1.500 (1.500 to 1.500)", "0.750 (0.750 to 0.750)")]


def test_rounds_in_which_the_clock_stood_still_do_not_count():
    rounds = [{"a": (100, 1.0, 1.0), "b": (150, 0.0, 1.0)}, {"a": (100, 1.0, 1.0), "b": (200, 1.0, 1.0)}]
    _, (_, rate, ratio, _) = compare_echo.rows(rounds)
    assert (rate, ratio) == ("200", "2.000 (nan to nan)")
    still = [{"a": (100, 1.0, 1.0), "b": (150, 0.0, 1.0)}]
    _, (_, rate, ratio, _) = compare_echo.rows(still)
    assert (rate, ratio) == ("not told", "not told")


@pytest.mark.parametrize("words,why", [(["--targets", "nonsense"], "no such target"),
                                       (["--targets", "mine=/nowhere"], "there is no /nowhere")])
def test_what_cannot_be_measured_is_said(words, why, capsys):
    assert compare_echo.main(words) == 2
    assert why in capsys.readouterr().err


def test_a_build_without_the_load_is_told(tmp_path, capsys):
    (tmp_path / systems.THIS.library).touch()
    engine = systems.THIS.engines[0]
    assert compare_echo.main(["--build", str(tmp_path), "--targets", engine]) == 2
    assert f"there is no {tmp_path / 'bench' / compare_echo.LOAD}" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--rounds", "0"], ["--connections", "0"], ["--milliseconds", "-1"]])
def test_a_measurement_of_nothing_is_refused(words):
    with pytest.raises(SystemExit):
        compare_echo.arguments_of(words)
