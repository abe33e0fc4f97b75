"""BIND's named, whose network manager is built on libuv, answers dig over UDP and TCP."""

import re
import signal
import time

import pytest

from name_server import Dig, free_port

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


class NameServer:
    """named with one zone, in the foreground."""

    def __init__(self, running, tool):
        self.running, self.port = running, free_port()
        self.dig = Dig(running, tool("dig"), self.port)
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


@pytest.fixture
def server(running, tool):
    return NameServer(running, tool)


def test_named_answers_reloads_and_stops(server):
    assert server.dig.ask("+short", "www.violet.test") == ["192.0.2.1"]
    assert server.dig.ask("+short", "+tcp", "www.violet.test") == ["192.0.2.1"]
    # More than a datagram holds: dig tries again over TCP by itself.
    assert "".join(server.dig.ask("+short", "+noedns", "long.violet.test", "TXT")).count("x") == 2000
    assert "NXDOMAIN" in " ".join(server.dig.ask("none.violet.test"))

    names = [f"host{index}.violet.test" for index in range(200)]
    wanted = [f"198.51.100.{index}" for index in range(200)]
    answers = server.dig.ask_for_each(names)
    assert answers == wanted, [line for line in answers if line not in wanted]
    assert server.dig.ask_for_each(names, "+tcp", "+keepopen") == wanted
    transferred = server.dig.ask("+tcp", "violet.test", "AXFR")
    assert sum("\tA\t198.51.100." in line for line in transferred) == 200

    server.write_zone(serial=2, last=2)
    server.process.send_signal(signal.SIGHUP)
    server.wait_for("reloading configuration succeeded")
    server.wait_for(r"zone violet.test/IN: loaded serial 2")
    assert server.dig.ask("+short", "www.violet.test") == ["192.0.2.2"]

    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(20) == 0
    assert " exiting" in server.log.read_text()
