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

With --awake the processors never halt: in a virtual machine, waking a halted one costs more than an
echo does, and no two rounds agree on how much.
"""

import argparse
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDER = "/usr/lib/x86_64-linux-gnu"
SERVER_PROCESSOR, CLIENT_PROCESSOR = "0", "1"


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
            ["taskset", "-c", SERVER_PROCESSOR, server.program, server.kind, path],
            env=server.environment, stdout=subprocess.PIPE, text=True,
        )
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise SystemExit(f"{server.name}: the server did not start")
            client = ["taskset", "-c", CLIENT_PROCESSOR, programs / "bench_echo_client",
                      options.kind, address, str(options.connections), str(options.bytes)]
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


@contextlib.contextmanager
def processors_kept_awake():
    """Loops that run only where nobody else wants to (SCHED_IDLE, see sched(7))."""
    spinners = [subprocess.Popen(["taskset", "-c", processor, "chrt", "--idle", "0",
                                  sys.executable, "-c", "while True: pass"])
                for processor in (SERVER_PROCESSOR, CLIENT_PROCESSOR)]
    try:
        yield
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()


def row(options, medians):
    """One line of a Markdown table: requests per CPU-second of the first, and the others' ratios."""
    per_cpu = [cpu for cpu, _ in medians.values()]
    cells = [f"{options.kind.upper()} {options.bytes} B, {options.connections} clients",
             f"{per_cpu[0] / 1000:.1f}k", *(f"{cpu / per_cpu[0]:.2f}" for cpu in per_cpu[1:])]
    return f"| {' | '.join(cells)} |"


def listing(options, medians):
    awake = ", awake" if options.awake else ""
    lines = [f"{options.kind}, {options.bytes} bytes, {options.connections} connections, "
             f"{options.rounds} rounds of {options.seconds:g} s{awake}"]
    first = next(iter(medians.values()))[0]
    for name, (per_cpu, per_second) in medians.items():
        lines.append(f"  {name:14} {per_cpu:10.0f} requests/cpu-second {per_cpu / first:6.3f}   "
                     f"{per_second:9.0f} requests/second")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("servers", nargs="+")
    parser.add_argument("--kind", choices=("tcp", "unix", "udp"), default="tcp")
    parser.add_argument("--bytes", type=int, default=64)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--awake", action="store_true", help="keep the processors from halting")
    parser.add_argument("--row", action="store_true", help="print a line of a Markdown table")
    parser.add_argument("--programs", type=Path, default=ROOT / "build" / "release")
    options = parser.parse_args()
    servers = [Server(text, options.programs, options.kind) for text in options.servers]
    figures = {server.name: [] for server in servers}
    with processors_kept_awake() if options.awake else contextlib.nullcontext():
        for number in range(options.rounds):
            # Each round begins with another server: the place in the round makes a difference.
            first = number % len(servers)
            for server in servers[first:] + servers[:first]:
                figures[server.name].append(measure(server, options.programs, options))
    medians = {name: [statistics.median(column) for column in zip(*rounds)]
               for name, rounds in figures.items()}
    if options.row:
        print(row(options, medians), flush=True)
    else:
        print(listing(options, medians))


if __name__ == "__main__":
    main()
