#!/usr/bin/env python3
"""`violet run` beside Node.js 18, on the same library, in turns.

Usage: bench/javascript/compare_node.py [--rounds N] [--cases startup,http,readfile,timers]
Needs build/release, build/node18 (tools/fetch_node18.sh) and, for http, wrk. Prints medians and ratios:
for times and memory below 1, for rates above 1 is better than Node.js.
"""

import argparse
import os
import re
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNTIMES = {
    "node18": ([str(ROOT / "build/node18/bin/node")],
               {"LD_LIBRARY_PATH": f"{ROOT / 'build/release'}:{ROOT / 'build/node18/lib'}"}),
    "violet": ([str(ROOT / "build/release/violet-run")], {}),
}

HTTP = """
const server = require('http').createServer((request, response) => response.end('Hello World'));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
"""
READFILE = """
const fs = require('fs');
const file = require('path').join(require('os').tmpdir(), `read-${process.pid}`);
fs.writeFileSync(file, Buffer.alloc(4096, 'x'));
let left = 20000;
async function worker() { while (left-- > 0) await fs.promises.readFile(file); }
(async () => {
  await Promise.all(Array.from({ length: 8 }, worker));   // warm
  left = 20000;
  const begun = process.hrtime.bigint();
  await Promise.all(Array.from({ length: 8 }, worker));
  console.log(20000 / (Number(process.hrtime.bigint() - begun) / 1e9));
  fs.unlinkSync(file);
})();
"""
TIMERS = """
const begun = process.hrtime.bigint();
let left = 1e6;
function done() { if (--left === 0) console.log(1e6 / (Number(process.hrtime.bigint() - begun) / 1e9)); }
for (let i = 0; i < 1e6; i++) setTimeout(done, 1 + i % 100);
"""


def command_of(name):
    command, variables = RUNTIMES[name]
    return command, {**os.environ, **variables}


def startup(name):
    """Wall time in ms and the largest resident set in MiB of an empty program."""
    command, environment = command_of(name)
    begun = time.perf_counter()
    process = subprocess.Popen([*command, "-e", "0"], env=environment)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return {"start-up, ms": (time.perf_counter() - begun) * 1000, "memory, MiB": usage.ru_maxrss / 1024}


def printed(label, code):
    def measure(name):
        command, environment = command_of(name)
        return {label: float(subprocess.check_output([*command, "-e", code], env=environment))}
    return measure


def http(name):
    command, environment = command_of(name)
    with subprocess.Popen([*command, "-e", HTTP], env=environment, stdout=subprocess.PIPE, text=True) as server:
        address = f"http://127.0.0.1:{int(server.stdout.readline())}/"
        try:
            load = ["wrk", "-t1", "-c128"]
            subprocess.run([*load, "-d1", address], stdout=subprocess.DEVNULL, check=True)
            told = subprocess.check_output([*load, "-d3", address], text=True)
        finally:
            server.kill()
    return {"HTTP requests/s": float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])}


CASES = {"startup": (startup, 5), "http": (http, 1), "readfile": (printed("readFile 4 KiB/s", READFILE), 1),
         "timers": (printed("setTimeout/s", TIMERS), 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cases", default=",".join(CASES))
    arguments = parser.parse_args()
    found = {}
    for number in range(arguments.rounds):
        for case in arguments.cases.split(","):
            measure, times = CASES[case]
            # Who comes first changes from round to round.
            for name in sorted(RUNTIMES, reverse=number % 2 == 1):
                for _ in range(times):
                    for label, value in measure(name).items():
                        found.setdefault(label, {}).setdefault(name, []).append(value)
    print(f"{'':20}{'node18':>12}{'violet':>12}{'ratio':>8}")
    for label, values in found.items():
        node, violet = (statistics.median(values[name]) for name in ("node18", "violet"))
        print(f"{label:20}{node:12.1f}{violet:12.1f}{violet / node:8.2f}")


if __name__ == "__main__":
    main()
