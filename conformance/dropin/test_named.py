"""BIND's named, whose network manager is built on libuv, answers dig over UDP and TCP."""

import random
import re
import signal
import socket
import time
from pathlib import Path

import pytest

CONFIGURATION = """\
options {{
  directory "{folder}";
  pid-file "{folder}/named.pid";
  session-keyfile "{folder}/session.key";
  managed-keys-directory "{folder}";
  listen-on port {port} {{ 127.0.0.1; }};
  listen-on-v6 {{ none; }};
  recursion no;
  dnssec-validation no;
  empty-zones-enable no;
  allow-transfer {{ any; }};
}};
controls {{ }};
zone "violet.test" {{ type primary; file "{folder}/zone"; }};
"""

ZONE = """\
$TTL 60
@ IN SOA ns.violet.test. root.violet.test. {serial} 60 60 60 60
@ IN NS ns
ns IN A 127.0.0.1
www IN A 192.0.2.{last}
long IN TXT {text}
$GENERATE 0-199 host$ IN A 198.51.100.$
"""


def free_port():
    """A port that is free for TCP and UDP, and that the system gives to nobody who asks for any.

    named and dig share ports (SO_REUSEPORT). If dig were given named's, it would be sent its own
    question and say ";; Warning: query response not set".
    """
    given = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            try:
                tcp.bind(("127.0.0.1", random.randrange(10000, int(given[0]))))
                udp.bind(tcp.getsockname())
            except OSError:
                continue
            return tcp.getsockname()[1]


class NameServer:
    """named with one zone, in the foreground."""

    def __init__(self, running, tool):
        self.running, self.dig, self.port = running, tool("dig"), free_port()
        named = tool("named")
        self.write_zone(serial=1, last=1)
        configuration = running.work / "named.conf"
        configuration.write_text(CONFIGURATION.format(folder=running.work, port=self.port))
        self.log = running.work / "log"
        with self.log.open("w") as log:
            self.process = running.start([named, "-g", "-n", "2", "-c", configuration],
                                         stdout=log, stderr=log)
        self.wait_for("running")

    def write_zone(self, serial, last):
        text = " ".join([f'"{"x" * 200}"'] * 10)
        (self.running.work / "zone").write_text(ZONE.format(serial=serial, last=last, text=text))

    def wait_for(self, line, count=1):
        until = time.monotonic() + 20
        while len(re.findall(rf" {line}$", self.log.read_text(), re.M)) < count:
            assert time.monotonic() < until and self.process.poll() is None, self.log.read_text()
            time.sleep(0.02)

    def ask(self, *query, text=""):
        answer = self.running.run([self.dig, "@127.0.0.1", "-p", self.port, "+time=5", "+tries=2",
                                   *query], 60, text)
        assert answer.status == 0, answer.output + answer.errors
        return answer.output.splitlines()


@pytest.fixture
def server(running, tool):
    return NameServer(running, tool)


def test_named_answers_reloads_and_stops(server, running):
    assert server.ask("+short", "www.violet.test") == ["192.0.2.1"]
    assert server.ask("+short", "+tcp", "www.violet.test") == ["192.0.2.1"]
    # More than a datagram holds: dig tries again over TCP by itself.
    assert "".join(server.ask("+short", "+noedns", "long.violet.test", "TXT")).count("x") == 2000
    assert "NXDOMAIN" in " ".join(server.ask("none.violet.test"))

    (running.work / "queries").write_text(
        "".join(f"+short host{index}.violet.test A\n" for index in range(200)))
    wanted = [f"198.51.100.{index}" for index in range(200)]
    answers = server.ask("-f", "queries")
    assert answers == wanted, [line for line in answers if line not in wanted]
    (running.work / "queries").write_text(
        "".join(f"+short +tcp +keepopen host{index}.violet.test A\n" for index in range(200)))
    assert server.ask("-f", "queries") == wanted
    transferred = server.ask("+tcp", "violet.test", "AXFR")
    assert sum("\tA\t198.51.100." in line for line in transferred) == 200

    server.write_zone(serial=2, last=2)
    server.process.send_signal(signal.SIGHUP)
    server.wait_for("reloading configuration succeeded")
    server.wait_for(r"zone violet.test/IN: loaded serial 2")
    assert server.ask("+short", "www.violet.test") == ["192.0.2.2"]

    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(20) == 0
    assert " exiting" in server.log.read_text()
