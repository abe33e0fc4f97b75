#!/usr/bin/env python3
"""Files in Node.js 18 on the installed libuv and on our engines, in turns.

Usage: bench/javascript/compare_files.py [--rounds N] [--seconds S] [--targets libuv,epoll,uring]
           [--cases readFile,stat] [--depths 1,4,64]
Needs build/release and build/node18 (tools/fetch_node18.sh). `fs.promises.readFile()` of 4 KiB and
`fs.promises.stat()`, so many under way at a time. Prints operations per second, and in brackets the ratio
to the first target: the median of the rounds' ratios with its 95% interval. Targets are those of
`violet bench`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from harness import estimates, machine, schedule, tables, targets  # noqa: E402  (Found by that folder.)

NODE = ROOT / "build" / "node18"
BYTES = 4096
START_WITHIN, END_WITHIN = 30, 30  # seconds

# Each operation's result is looked at: one that was not done is no figure.
SCRIPT = """
const fs = require('fs');
const [file, bytes, seconds, work] = [process.argv[1], +process.argv[2], +process.argv[3], JSON.parse(process.argv[4])];
const expected = fs.readFileSync(file);
const operations = {
  async readFile() {
    if (!(await fs.promises.readFile(file)).equals(expected)) throw new Error('other bytes were read');
  },
  async stat() {
    if ((await fs.promises.stat(file)).size !== bytes) throw new Error('the status tells another size');
  },
};
async function run(operation, depth, seconds) {
  const begun = process.hrtime.bigint(), end = begun + BigInt(Math.round(seconds * 1e9));
  let count = 0;
  async function work() {
    do { await operation(); count++; } while (process.hrtime.bigint() < end);
  }
  await Promise.all(Array.from({ length: depth }, work));
  return count / (Number(process.hrtime.bigint() - begun) / 1e9);
}
(async () => {
  const maps = fs.readFileSync('/proc/self/maps', 'utf8');
  const library = [...new Set(maps.split('\\n').map(line => line.split(/\\s+/)[5]))].filter(path => /\\/libuv\\.so/.test(path));
  const found = [];
  for (const [name, depth] of work) {
    await run(operations[name], depth, Math.min(0.3, seconds));
    found.push(await run(operations[name], depth, seconds));
  }
  console.log(JSON.stringify({ library, found }));
})();
"""


class Failure(Exception):
    """Why there are no figures."""


def run_node(target, scratch, file, seconds, work):
    """One process on one target; operations per second, in the order of `work`."""
    environment = target.environment(scratch)
    environment["LD_LIBRARY_PATH"] += os.pathsep + str(NODE / "lib")
    command = [str(NODE / "bin" / "node"), "-e", SCRIPT, str(file), str(BYTES), str(seconds), json.dumps(work)]
    patience = START_WITHIN + END_WITHIN + 2 * seconds * len(work)
    try:
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False,
                               timeout=patience)
    except subprocess.TimeoutExpired:
        raise Failure(f"{target.name}: hangs") from None
    if ended.returncode != 0:
        raise Failure(f"{target.name}: ended with {ended.returncode}: {ended.stderr.strip()[-300:]}")
    told = json.loads(ended.stdout)
    if [Path(path).resolve() for path in told["library"]] != [target.library]:
        raise Failure(f"{target.name}: has loaded {told['library']}, not {target.library}")
    return told["found"]


def measure(wanted, work, rounds, seconds, out):
    """{target's name: {(case, depth): {round: rate}}}"""
    found = {target.name: {item: {} for item in work} for target in wanted}
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="violet-bench-") as folder:
        file = Path(folder) / "file"
        file.write_bytes(os.urandom(BYTES))
        for number, target in schedule.rounds(wanted, rounds):
            for item, rate in zip(work, run_node(target, folder, file, seconds, work)):
                found[target.name][item][number] = rate
            out.write(f"round {number + 1} of {rounds}: {target.name}\n")
    return found


def cell(rates, first):
    rate = tables.short(estimates.estimate(rates.values()).median)
    compared = estimates.ratio(rates, first)
    if rates is first:
        return rate
    if len(rates) == 1:
        return f"{rate} ({compared.median:.2f})"
    return f"{rate} ({compared.median:.2f}, {compared.low:.2f} to {compared.high:.2f})"


def as_markdown(wanted, work, found):
    names = [target.name for target in wanted]
    yield f"| `fs.promises`, under way | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for item in work:
        first = found[names[0]][item]
        cells = [cell(found[name][item], first) for name in names]
        yield f"| `{item[0]}` {item[1]} | {' | '.join(cells)} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--targets", default="libuv,epoll,uring")
    parser.add_argument("--cases", default="readFile,stat")
    parser.add_argument("--depths", default="1,4,64")
    arguments = parser.parse_args()
    work = [(case, int(depth)) for case in arguments.cases.split(",") for depth in arguments.depths.split(",")]
    watch = machine.Watch()
    watch.look()
    try:
        wanted = targets.parse(arguments.targets.split(","), ROOT / "build" / "release")
        found = measure(wanted, work, arguments.rounds, arguments.seconds, sys.stderr)
    except (Failure, targets.Unknown) as failure:
        sys.exit(f"compare_files.py: {failure}")
    watch.look()
    print(f"{arguments.rounds} interleaved rounds of {arguments.seconds} s; "
          f"load of the machine {watch.before:.1f} before, up to {watch.highest:.1f} meanwhile\n")
    print("\n".join(as_markdown(wanted, work, found)))


if __name__ == "__main__":
    main()
