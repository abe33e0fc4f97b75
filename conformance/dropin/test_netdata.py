"""netdata's database engine, its command channel and its starter of children are built on libuv."""

import contextlib
import fcntl
import getpass
import json
import socket
import tempfile
import urllib.request
from pathlib import Path

import pytest

from name_server import free_port
from service import Service, wait_until

# Of all that netdata collects, the processors' time is enough; nothing leaves this machine.
CONFIGURATION = """\
[global]
  run as user = {user}
[directories]
  config = {folder}/config
  cache = {folder}/cache
  lib = {folder}/lib
  log = {folder}/log
  web = {folder}/web
  home = {folder}
[db]
  mode = dbengine
  dbengine multihost disk space MB = 64
[web]
  bind to = 127.0.0.1:{port}
[plugins]
  timex = no
  checks = no
  idlejitter = no
  tc = no
  diskspace = no
  proc = yes
  cgroups = no
  statsd = no
  enable running new plugins = no
  python.d = no
  charts.d = no
  go.d = no
  ebpf = no
  apps = no
[logs]
  error = stderr
  access = none
[health]
  enabled = no
[ml]
  enabled = no
"""


def configuration(folder, port):
    return CONFIGURATION.format(folder=folder, port=port, user=getpass.getuser())


# The path of its command channel is built in: one netdata at a time on a machine.
CHANNEL = "/tmp/netdata-ipc"


@contextlib.contextmanager
def the_only_one():
    """Waits for other runs of this test; skips it where a netdata is in use."""
    with open(Path(tempfile.gettempdir()) / "violet-netdata.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with socket.socket(socket.AF_UNIX) as channel, contextlib.suppress(OSError):
            channel.connect(CHANNEL)
            pytest.skip(f"a netdata runs on this machine ({CHANNEL})")
        try:
            yield
        finally:
            Path(CHANNEL).unlink(missing_ok=True)  # netdata leaves it behind.


class Netdata(Service):
    """netdata in the foreground."""

    def __init__(self, running, tool, folder, port):
        super().__init__(running, [tool("netdata"), "-D", "-c", folder / "netdata.conf"])
        self.running, self.command, self.port = running, tool("netdatacli"), port
        wait_until(lambda: self.points("after=-5"), self.process, self.text)

    def ask(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/{path}", timeout=30) as reply:
            return json.load(reply)

    def points(self, when):
        """The seconds for which the database knows what the processors did."""
        try:
            rows = self.ask(f"data?chart=system.cpu&{when}&format=json")["data"]
        except (OSError, ValueError):
            return []  # It is not up yet, or knows nothing of it.
        return [row[0] for row in rows if any(value is not None for value in row[1:])]

    def is_there(self):
        answer = self.running.run([self.command, "ping"], 30)
        return answer.status == 0 and answer.output.strip() == "pong"

    def leave(self):
        self.running.run([self.command, "shutdown-agent"], 30)  # It leaves without an answer.
        assert self.process.wait(30) == 0, self.text()


def life(running, tool):
    tool("netdata")
    folder, port = running.work / "netdata", free_port()
    for part in ("config", "cache", "lib", "log", "web"):
        (folder / part).mkdir(parents=True)
    (folder / "netdata.conf").write_text(configuration(folder, port))
    with the_only_one():
        netdata = Netdata(running, tool, folder, port)
        assert netdata.is_there()
        assert "system.cpu" in netdata.ask("charts")["charts"]
        last = max(netdata.points("after=-5"))
        costs = netdata.costs(window=1)  # It collects each second.
        netdata.leave()

        netdata = Netdata(running, tool, folder, port)
        assert last in netdata.points(f"after={last - 2}&before={last + 1}"), "lost by the restart"
        netdata.leave()
    return costs


def test_it_keeps_what_it_collects(live):
    live(life)
