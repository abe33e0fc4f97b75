#!/usr/bin/env python3
"""Runs server.js on our libuv.so.1 and on the installed one, side by side, and compares them.

An unmodified Node.js 18 serves HTTP to wrk while timers, immediates, files, child processes, name
look-ups and worker threads are busy in the same processes. The two libraries take turns, so that
what else the machine does touches both alike. Exits with 0 only if every request was answered,
every process had loaded the library it was meant to, and all of them ended by themselves with 0.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = Path(__file__).resolve().with_name("server.js")
NODE = ROOT / "build" / "node18"
START_SECONDS = 30
STOP_SECONDS = 20
PROOF_SECONDS = 10
WARM_UP_SECONDS = 5  # Until Node.js has compiled what is hot.


class DemoFailure(Exception):
    """Something that the demo promises did not hold."""


def loaded_libuv(pid):
    """The libuv that a process has mapped, as /proc tells."""
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    found = {line.split()[-1] for line in maps.splitlines() if "/libuv.so" in line}
    if len(found) != 1:
        raise DemoFailure(f"process {pid} has loaded {sorted(found) or 'no libuv'}")
    return Path(found.pop())


def resident_mib(pid):
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE).group(1)) / 1024


def processor_seconds(pid):
    """User and system time that a process has used (see proc(5), stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server:
    """server.js on one library: started, watched and stopped."""

    def __init__(self, name, library):
        self.name = name
        self.library = library.resolve()
        self.rates = []  # Requests per second, one for each round.
        self.costs = []  # Processor microseconds per request, likewise.
        self.resident = []  # MiB, one for each launch.
        self.process = None

    def start(self):
        folders = [self.library.parent, NODE / "lib"]
        environment = dict(os.environ, LD_LIBRARY_PATH=":".join(map(str, folders)))
        self.process = subprocess.Popen(
            [NODE / "bin" / "node", SERVER],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def read_event(self, expected, seconds):
        """Waits for the server's next line, which must tell of the expected event."""
        timer = kill_after(self.process, seconds)
        line = self.process.stdout.readline()
        timer.cancel()
        if not line:
            code = self.process.wait()
            raise DemoFailure(f"{self.name}: ended with {code} (or was hung) before '{expected}'")
        event = json.loads(line)
        if event["event"] != expected:
            raise DemoFailure(f"{self.name}: said {line.strip()} instead of '{expected}'")
        return event

    def wait_until_ready(self, talkative):
        ready = self.read_event("ready", START_SECONDS)
        self.port, self.pids = ready["port"], ready["pids"]
        for pid in self.pids:
            loaded = loaded_libuv(pid)
            if talkative:
                print(f"  {self.name:<10} process {pid} has loaded {loaded}")
            if loaded.resolve() != self.library:
                raise DemoFailure(f"{self.name}: process {pid} should have loaded {self.library}")

    def pause(self):
        """Its timers, threads and child processes would take time from the other server's round."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def resume(self):
        os.killpg(self.process.pid, signal.SIGCONT)

    def drive(self, connections, seconds):
        """One round of wrk; requests per second, and processor microseconds per request."""
        # A busy machine may keep one of hundreds of connections waiting; lost is what never answers.
        command = ["wrk", "-t", "2", "-c", str(connections), "--timeout", "10s"]
        command += ["-d", f"{seconds}s"]
        command.append(f"http://127.0.0.1:{self.port}/")
        used = self.processor_seconds()
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds + 30, check=False
        )
        used = self.processor_seconds() - used
        report = result.stdout + result.stderr
        trouble = re.findall(r"Socket errors:.*|Non-2xx.*|unable to .*", report)
        if result.returncode != 0 or trouble:
            raise DemoFailure(f"{self.name}: wrk reports {trouble or report}")
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", report).group(1))
        if rate == 0:
            raise DemoFailure(f"{self.name}: wrk got no answer")
        answered = int(re.search(r"(\d+) requests in", report).group(1))
        return rate, used / answered * 1e6

    def processor_seconds(self):
        return sum(processor_seconds(pid) for pid in self.pids)

    def resident_now(self):
        return sum(resident_mib(pid) for pid in self.pids)

    def stop(self):
        """Asks the server to end; returns what its workers report."""
        self.process.send_signal(signal.SIGTERM)
        finished = self.read_event("finished", STOP_SECONDS)
        timer = kill_after(self.process, STOP_SECONDS)
        code = self.process.wait()
        timer.cancel()
        exits = {str(self.process.pid): code, **finished["exits"]}
        if any(exits.values()):
            raise DemoFailure(f"{self.name}: processes ended with {exits}")
        check_reports(self.name, finished["reports"])
        return finished["reports"]

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.resume()
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def kill_after(process, seconds):
    """Turns a hang into an end of the process group, which the reader then sees."""
    timer = threading.Timer(seconds, lambda: os.killpg(process.pid, signal.SIGKILL))
    timer.daemon = True
    timer.start()
    return timer


def check_reports(name, reports):
    for pid, report in reports.items():
        if report["errors"]:
            raise DemoFailure(f"{name}: process {pid}: {report['errors'][:5]}")
        idle = [feature for feature, runs in report["runs"].items() if runs == 0]
        if idle or report["requests"] == 0:
            raise DemoFailure(f"{name}: process {pid} never used {idle or 'HTTP'}")


def summarize_features(reports):
    runs = [report["runs"] for report in reports.values()]
    totals = {feature: sum(each[feature] for each in runs) for feature in runs[0]}
    return ", ".join(f"{feature} {count}" for feature, count in totals.items())


def prove(servers, connections):
    print(f"\nwrk with {connections} connections for {PROOF_SECONDS} s")
    for server in servers:
        rate, _ = server.drive(connections, PROOF_SECONDS)
        print(f"  {server.name:<10} {rate:>8,.0f} requests/s, no error")


def compare(servers, numbers, connections, seconds):
    """Rounds in which the servers take turns."""
    for server in servers:
        server.pause()
    # Many short rounds: a machine that is slow for some seconds then spoils few of the ratios.
    for number in numbers:
        # Every other round swaps the order, so that neither library always comes second.
        for server in servers if number % 2 == 0 else servers[::-1]:
            server.resume()
            rate, cost = server.drive(connections, seconds)
            server.pause()
            server.rates.append(rate)
            server.costs.append(cost)
            print(
                f"  round {number + 1:<2} {server.name:<10} {rate:>8,.0f} requests/s, "
                f"{cost:.1f} us of processor each, no error",
                flush=True,
            )
    for server in servers:
        server.resume()


def judge(ours, theirs, minimum):
    """Prints the ratios; fails when our library is the slower one beyond what noise explains."""
    # The two runs of a round are neighbours in time: their ratio is steadier than the medians'.
    ratio = statistics.median(a / b for a, b in zip(ours.rates, theirs.rates))
    # What else the machine does takes throughput away, but adds little to the cost of a request.
    cost_ratio = statistics.median(b / a for a, b in zip(ours.costs, theirs.costs))
    print(f"\nthroughput, violet / installed:                       {ratio:.3f}")
    print(f"requests per processor second, violet / installed:    {cost_ratio:.3f}")
    if max(ratio, cost_ratio) < minimum:
        raise DemoFailure(f"both ratios are below {minimum}")
    if ratio < minimum:
        print(f"The throughput is below {minimum} while the cost of a request is not: a busy machine.")


def launch(servers, numbers, arguments):
    """Starts the servers, lets them take turns, and stops them."""
    is_first = numbers[0] == 0
    try:
        for server in servers:
            server.start()
        for server in servers:
            server.wait_until_ready(talkative=is_first)
        if is_first:
            prove(servers, arguments.connections)
            print(f"\n{arguments.rounds} rounds of {arguments.seconds} s each, taking turns; "
                  f"all start anew after {len(numbers)}")
        else:
            for server in servers:
                server.drive(arguments.connections, WARM_UP_SECONDS)
        compare(servers, numbers, arguments.connections, arguments.seconds)
        for server in servers:
            server.resident.append(server.resident_now())
            reports = server.stop()
            if is_first:
                print(f"  {server.name:<10} SIGTERM: every process ended with 0; "
                      f"beside HTTP: {summarize_features(reports)}")
    finally:
        for server in servers:
            server.kill()


def run(arguments):
    ours = Server("violet", arguments.library)
    theirs = Server("installed", arguments.oracle)
    # Where a process's code and heap happen to lie makes it up to a third faster or slower for as
    # long as it lives, so several processes of each library are compared.
    step = -(-arguments.rounds // arguments.launches)
    for first in range(0, arguments.rounds, step):
        launch([ours, theirs], range(first, min(first + step, arguments.rounds)), arguments)
    print(f"\n{'':<12}{'requests/s':>12}{'us/request':>12}{'resident, 3 processes':>24}")
    for server in (ours, theirs):
        rate, cost, resident = map(statistics.median,
                                   (server.rates, server.costs, server.resident))
        print(f"{server.name:<12}{rate:>12,.0f}{cost:>12.1f}{resident:>20,.1f} MiB")
    judge(ours, theirs, arguments.minimum_ratio)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, default=ROOT / "build/release/libuv.so.1")
    multiarch = f"{os.uname().machine}-linux-gnu"
    parser.add_argument("--oracle", type=Path, default=Path(f"/usr/lib/{multiarch}/libuv.so.1"))
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--launches", type=int, default=3, help="how often the servers start")
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--connections", type=int, default=256)
    parser.add_argument("--minimum-ratio", type=float, default=0.95)
    try:
        run(parser.parse_args())
    except DemoFailure as failure:
        print(f"\nDEMO FAILED: {failure}")
        return 1
    print("\nDEMO PASSED: Node.js 18 runs on Violet")
    return 0


if __name__ == "__main__":
    sys.exit(main())
