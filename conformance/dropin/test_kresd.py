"""Knot Resolver's kresd, all of which is built on libuv, answers dig, runs timers and obeys commands."""

import signal
import socket
import time

import pytest

from name_server import Dig, free_port

# What is answered comes from hints: nothing is asked outside this machine.
CONFIGURATION = """\
net.listen('127.0.0.1', {port})
trust_anchors.remove('.')
modules.unload('priming')
modules.unload('detect_time_skew')
cache.size = 10 * MB
modules.load('hints > iterate')
for i = 0, 199 do hints.set('host' .. i .. '.violet.lan 198.51.100.' .. i) end
policy.add(policy.suffix(policy.DENY, {{ todname('none.lan') }}))
local ticks = 0
event.recurrent(2, function(timer)
  ticks = ticks + 1
  if ticks == 5 then
    event.cancel(timer)
    event.after(1, function() print('ticked ' .. ticks) end)
  end
end)
"""


class Resolver:
    """kresd in the foreground, asked by dig and by its control socket."""

    def __init__(self, running, tool):
        self.port = free_port()
        self.dig = Dig(running, tool("dig"), self.port)
        self.folder = running.work / "kresd"
        self.folder.mkdir()
        (self.folder / "config").write_text(CONFIGURATION.format(port=self.port))
        self.log = running.work / "log"
        with self.log.open("w") as log:
            self.process = running.start([tool("kresd"), "-n", "-c", "config", self.folder],
                                         stdin=log, stdout=log, stderr=log)
        self.wait_for("ticked 5")

    def wait_for(self, line):
        until = time.monotonic() + 20
        while line not in self.log.read_text().splitlines():
            assert time.monotonic() < until and self.process.poll() is None, self.log.read_text()
            time.sleep(0.02)

    def command(self, expression):
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(20)
            control.connect(str(self.folder / "control" / str(self.process.pid)))
            text = control.recv(100)
            assert text == b"> "
            control.sendall(expression.encode() + b"\n")
            text = b""
            while not text.endswith(b"\n> "):
                received = control.recv(1000)
                assert received, text
                text += received
            return text.decode().removesuffix("> ").strip()


@pytest.fixture
def resolver(running, tool):
    return Resolver(running, tool)


def test_kresd_answers_runs_timers_and_stops(resolver):
    names = [f"host{index}.violet.lan" for index in range(200)]
    wanted = [f"198.51.100.{index}" for index in range(200)]
    assert resolver.dig.ask_for_each(names) == wanted
    assert resolver.dig.ask_for_each(names, "+tcp") == wanted
    assert resolver.dig.ask_for_each(names, "+tcp", "+keepopen") == wanted
    assert "NXDOMAIN" in " ".join(resolver.dig.ask("none.lan"))

    assert resolver.command("worker.pid") == str(resolver.process.pid)
    assert int(resolver.command("worker.stats().queries")) >= 601

    resolver.process.send_signal(signal.SIGTERM)
    assert resolver.process.wait(20) == 0
