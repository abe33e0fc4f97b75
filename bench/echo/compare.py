#!/usr/bin/env python3
"""Compares echo servers side by side: requests per second of server processor time.

Each round runs every server once, one after the other, so that what else the machine does hits all
alike; the figure of a server is the median of its rounds, and the ratios are to the first server.
The server is pinned to one core and the load to another.

    bench/echo/compare.py --kind tcp --bytes 64 --connections 64 \\
        epoll=build/release:epoll uring=build/release:uring oracle=system raw_epoll raw_uring

A server is NAME=LIBRARY_FOLDER[:ENGINE[:VARIABLE=VALUE...]] (the libuv server on that library, in
that environment), NAME=system (on the
installed library), or raw_epoll or raw_uring (the hand-written ceilings). For UDP a ceiling is told
how to send: raw_epoll:one, raw_epoll:many, raw_uring:one, raw_uring:many, raw_uring:sqe.
"""

import argparse
import os
import signal
import statistics
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDER = "/usr/lib/x86_64-linux-gnu"


class Server:
    def __init__(self, text, programs, kind):
        self.name, _, where = text.partition("=")
        self.environment = dict(os.environ)
        self.kind = kind
        if self.name.startswith("raw_"):
            engine, _, how = self.name.partition(":")
            self.kind = how or kind
            suffix = "_udp" if kind == "udp" else ""
            self.program = programs / f"bench_echo_{engine}{suffix}"
            return
        self.program = programs / "bench_echo_server"
        folder, _, rest = where.partition(":")
        engine, *settings = rest.split(":")
        self.environment["LD_LIBRARY_PATH"] = SYSTEM_FOLDER if folder == "system" else folder
        if engine:
            self.environment["VIOLET_BACKEND"] = engine
            self.environment["VIOLET_BACKEND_STRICT"] = "1"
        self.environment.update(setting.split("=", 1) for setting in settings)


def processor_seconds(pid):
    """Time on the processor of all threads, which schedstat gives in nanoseconds."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def measure(server, programs, options):
    """Requests per second of processor time, and per second."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "socket")
        process = subprocess.Popen(
            ["taskset", "-c", "0", server.program, server.kind, path],
            env=server.environment, stdout=subprocess.PIPE, text=True,
        )
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise SystemExit(f"{server.name}: the server did not start")
            client = ["taskset", "-c", "1", programs / "bench_echo_client", options.kind, address,
                      str(options.connections), str(options.bytes)]
            subprocess.run([*client, "0.2"], check=True, stdout=subprocess.DEVNULL, timeout=60)
            before = processor_seconds(process.pid)
            output = subprocess.run([*client, str(options.seconds)], check=True, text=True,
                                    stdout=subprocess.PIPE, timeout=options.seconds + 60).stdout
            requests = int(output)
            spent = processor_seconds(process.pid) - before
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    if requests == 0:
        raise SystemExit(f"{server.name}: no echo came back")
    return requests / spent, requests / options.seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("servers", nargs="+")
    parser.add_argument("--kind", choices=("tcp", "unix", "udp"), default="tcp")
    parser.add_argument("--bytes", type=int, default=64)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--programs", type=Path, default=ROOT / "build" / "release")
    options = parser.parse_args()
    servers = [Server(text, options.programs, options.kind) for text in options.servers]
    figures = {server.name: [] for server in servers}
    for _ in range(options.rounds):
        for server in servers:
            figures[server.name].append(measure(server, options.programs, options))
    print(f"{options.kind}, {options.bytes} bytes, {options.connections} connections, "
          f"{options.rounds} rounds of {options.seconds:g} s")
    first = None
    for name, rounds in figures.items():
        per_cpu = statistics.median(cpu for cpu, _ in rounds)
        per_second = statistics.median(second for _, second in rounds)
        first = first or per_cpu
        print(f"  {name:14} {per_cpu:10.0f} requests/cpu-second {per_cpu / first:6.3f}   "
              f"{per_second:9.0f} requests/second")


if __name__ == "__main__":
    main()
