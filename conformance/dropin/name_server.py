"""What the tests of name servers share: a port that is safe to serve, and dig that asks there."""

import random
import socket
from pathlib import Path


def free_port():
    """A port that is free for TCP and UDP, and that the system gives to nobody who asks for any.

    Name servers and dig share ports (SO_REUSEPORT). If dig were given the server's, it would be sent
    its own question and say ";; Warning: query response not set".
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


class Dig:
    """Asks the server on a port of this machine."""

    def __init__(self, running, program, port):
        self.running, self.program, self.port = running, program, port

    def ask(self, *query, text=""):
        answer = self.running.run([self.program, "@127.0.0.1", "-p", self.port, "+time=5",
                                   "+tries=2", *query], 60, text)
        assert answer.status == 0, answer.output + answer.errors
        return answer.output.splitlines()

    def ask_for_each(self, names, *options):
        """One dig asks for all names, in turn."""
        queries = self.running.work / "queries"
        queries.write_text("".join(f"{' '.join(['+short', *options])} {name} A\n" for name in names))
        return self.ask("-f", queries)
