"""The real programs: what they say of good servers, and of such as answer wrongly."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from harness import cases, command, measure, systems, targets
from harness.process import Failure
from stand_ins import STREAMS

LIBRARY = os.environ.get("VIOLET_LIBRARY")
BUILD = Path(LIBRARY).parent if LIBRARY else None
pytestmark = pytest.mark.skipif(
    not LIBRARY or not systems.THIS.program(BUILD / "bench", "stream_load").exists(),
    reason="VIOLET_LIBRARY names no build with the programs of the benchmarks")

# A server in which ANSWER says what comes back.
DATAGRAMS = """
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("127.0.0.1", 0))
say(ready=str(sock.getsockname()[1]))
number, met = 0, []
while True:
    data, sender = sock.recvfrom(65536)
    number += 1
    {answer}
"""


@pytest.fixture
def real(tmp_path, session):
    """The partners are the built programs, on the built library."""
    session.reference = targets.Target("reference", BUILD / "bench", library=Path(LIBRARY).resolve())
    return session


def verdict(case, programs, session, seconds=0.2):
    try:
        return measure.run(case, programs.target(), session, seconds)["operations"]
    except Failure as failure:
        return str(failure)


@pytest.mark.parametrize("answer,expected", [
    ("while data := connection.recv(65536): connection.sendall(data)", None),
    ("while data := connection.recv(65536): connection.sendall(bytes(len(data)))", "cheats: the echo has other bytes"),
    ("first = connection.recv(65536)\n    while True: connection.sendall(first); connection.recv(65536)",
     "cheats: the echo has other bytes"),
    ("while data := connection.recv(65536): connection.sendall(data + data)", "cheats: the echo is longer"),
    ("connection.recv(65536)", "failed: the server ended a connection"),
])
def test_echoes_are_compared(programs, real, answer, expected):
    programs.add("stream_server", STREAMS.format(answer=answer))
    found = verdict(cases.echo("tcp", 2, 64), programs, real)
    assert (found > 10) if expected is None else found.startswith(expected), found


def test_a_server_that_never_answers_hangs(programs, real):
    real.patience = 1
    programs.add("stream_server", STREAMS.format(answer="time.sleep(60)"))
    assert verdict(cases.echo("tcp", 2, 64), programs, real) == "hangs (over 1 s)"


def test_a_server_that_forgets_connections_hangs(programs, real):
    """All are answered once, which makes them ready; then one of them is favoured."""
    real.patience = 2
    programs.add("stream_server", STREAMS.format(
        answer="connection.sendall(connection.recv(65536))\n    "
               "met.append(connection)\n    favoured = len(met) % 2 == 0\n    "
               "while favoured and (data := connection.recv(65536)): connection.sendall(data)\n    "
               "time.sleep(60)"))
    assert verdict(cases.echo("tcp", 16, 64), programs, real) == "hangs (over 2 s)"


def test_a_socket_whose_datagrams_are_dropped_hangs(programs, real):
    real.patience = 2
    programs.add("udp_server", DATAGRAMS.format(
        answer="met.append(sender)\n    "
               "if sender == met[0] or met.count(sender) == 1: sock.sendto(data, sender)"))
    assert verdict(cases.echo("udp", 4, 64), programs, real) == "hangs (over 2 s)"


@pytest.mark.parametrize("told,expected", [("total", None), ("total - 1", "cheats: "), ("10**12", "cheats: ")])
def test_pumped_bytes_are_counted(programs, real, told, expected):
    answer = ("total = 0\n    while data := connection.recv(1 << 20): total += len(data)\n"
              f"    connection.sendall(b'%d\\n' % ({told})); connection.close()")
    programs.add("stream_server", STREAMS.format(answer=answer))
    found = verdict(cases.pumps("tcp", 2)[0], programs, real)
    assert (found > 0) if expected is None else found.startswith(expected), found


@pytest.mark.parametrize("answer,expected", [
    ("sock.sendto(data, sender)", None),
    ("sock.sendto(data[:-1] + bytes([data[-1] ^ 1]), sender)", "cheats: the echo has other bytes"),
    ("sock.sendto(data[:-1], sender)", "cheats: the echo has another size"),
    ("sock.sendto(b'\\xff' * 8 + data[8:], sender)", "cheats: the echo is of a datagram that was not sent"),
])
def test_datagrams_are_compared(programs, real, answer, expected):
    programs.add("udp_server", DATAGRAMS.format(answer=answer))
    found = verdict(cases.echo("udp", 2, 64), programs, real)
    assert (found > 10) if expected is None else found.startswith(expected), found


def test_lost_datagrams_are_sent_again_and_doubled_ones_count_once(programs, real):
    programs.add("udp_server", DATAGRAMS.format(
        answer="for _ in range(2 if number % 50 else 0): sock.sendto(data, sender)"))
    assert verdict(cases.echo("udp", 2, 64), programs, real, 0.5) > 10


def test_latencies_are_as_long_as_the_answer_takes(programs, real, with_histograms):
    """A server that waits 20 ms: so much shows at every percentile."""
    from harness.estimates import percentiles

    programs.add("stream_server", STREAMS.format(
        answer="while data := connection.recv(65536): time.sleep(0.02); connection.sendall(data)"))
    figures = measure.run(cases.echo("tcp", 1, 64), programs.target(), real, 0.5)
    assert sum(count for _, count in figures["latency"]) == figures["operations"]
    assert percentiles([figures["latency"]])["50"] >= 19_000_000


@pytest.mark.parametrize("engine", systems.THIS.engines)
def test_every_quick_case_runs_on_every_engine(real, engine, tmp_path):
    """The timed part is as short as can be: this is no measurement."""
    target, = targets.parse([engine], BUILD)
    failures = {}
    for case in cases.quick_cases():
        try:
            figures = measure.run(case, target, real, 0.05)
            assert figures["operations"] > 0
        except Failure as failure:
            failures[case.name] = str(failure)
    assert failures == {}


def test_the_command_measures(with_plots, tmp_path, capsys):
    engine = systems.THIS.engines[0]
    words = ["--quick", "--cases", "fs_stat", "--targets", f"a={LIBRARY}:{engine},{engine}", "--rounds", "2",
             "--seconds", "0.05", "--output", str(tmp_path / "out"), f"--build={BUILD}",
             "--folder", str(tmp_path)]
    assert command.main(words) == 0
    report = json.loads((tmp_path / "out" / "results.json").read_text())
    assert [case["name"] for case in report["cases"]] == ["fs_stat depth=1", "fs_stat depth=64"]
    assert "--build" not in report["command"]
    assert (tmp_path / "out" / "fs_stat-by-depth.svg").exists()
    assert "fs_stat depth=64" in capsys.readouterr().out


def test_violet_bench_starts_the_harness(tmp_path):
    program = systems.THIS.program(BUILD, "violet")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    result = subprocess.run([program, "bench", "--list"], capture_output=True, text=True, check=False,
                            env={**os.environ, "PATH": path})
    assert result.returncode == 0 and "tcp_echo connections=64 bytes=64" in result.stdout, result.stderr
    elsewhere = systems.THIS.program(tmp_path, "violet")
    elsewhere.write_bytes(program.read_bytes())
    elsewhere.chmod(0o755)
    result = subprocess.run([elsewhere, "bench"], capture_output=True, text=True, check=False)
    assert result.returncode == 2 and "source tree" in result.stderr
