#!/usr/bin/python3
"""Writes random programs, runs them on libraries and engines, and compares what they do.

    conformance/differential/run.py --seed 1 --seconds 60
    conformance/differential/run.py --lib PATH/libuv.so.1     another library against the oracle
    conformance/differential/run.py --oracle-only             the oracle against itself
    conformance/differential/run.py --keep [FOLDER]           shrink findings, write them to found/
    conformance/differential/run.py --replay FILE...          programs that were kept, once more

Exits with 1 if there are findings.
"""

import argparse
import hashlib
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import judge  # noqa: E402
import programs  # noqa: E402
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from execution import InterpreterError, build  # noqa: E402

from harness import target as targets_of  # noqa: E402

FOUND = Path(__file__).parent / "found"
BATCH = 100
# Shrinking takes its time, and one bug makes many findings.
MOST_KEPT = 5


def write_programs(number, count, heavy=False):
    """`count` programs, the same ones for the same number."""
    texts = []

    @seed(number)
    @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(programs.any_program(heavy))
    def collect(text):
        texts.append(text)

    collect()
    return texts


def choose_targets(lib=None, oracle_only=False, backend=None):
    """The oracle first, then the library that is judged; and what is absent here."""
    oracle = targets_of.find_oracle()
    if oracle is None:
        raise targets_of.TargetError("no libuv.so.1 is installed to compare with")
    present = targets_of.targets_of(oracle, "libuv")[0]
    if oracle_only:
        return present + targets_of.targets_of(oracle, "libuv again")[0], []
    path = lib or targets_of.VIOLET
    if not Path(path).exists():
        raise targets_of.TargetError(f"{path} is not built")
    if Path(path).resolve() != targets_of.VIOLET.resolve() and targets_of.VIOLET.exists():
        # The oracle has the older order of phases only; for the newer one this is compared with.
        ours = targets_of.targets_of(targets_of.VIOLET, "Violet")[0]
        present.append(next(one for one in ours if not one.timers_first))
    more, absent = targets_of.targets_of(path, "Violet" if not lib else Path(path).name,
                                         backend=backend)
    return present + more, absent


def hunt(targets, first_seed, seconds, heavy=False, tell=lambda text: None):
    """Runs batches until the time is over; returns how many programs ran and the findings."""
    end, number, ran, findings = time.monotonic() + seconds, first_seed, 0, []
    while ran == 0 or time.monotonic() < end:
        texts = write_programs(number, BATCH, heavy)
        found = judge.judge(texts, targets)
        ran += len(texts)
        findings += found
        for one in found:
            tell(f"seed {number}: {one}")
        number += 1
    return ran, findings


def keep(finding, targets, folder=FOUND):
    """Shrinks a finding and writes it where the tests find it."""
    small = judge.shrink(finding, targets)
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(small.text.encode()).hexdigest()[:10]
    comment = "".join(f"# {line}\n" for line in f"on {small.target}: {small.message}"[:600].split("\n"))
    head, _, rest = small.text.partition("\n")
    path = folder / f"{name}.txt"
    path.write_text(f"{head}\n{comment}{rest}")
    return path, small


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--lib", help="the libuv.so.1 that is judged (build/release/libuv.so.1)")
    parser.add_argument("--backend", help="this engine only")
    parser.add_argument("--oracle-only", action="store_true")
    parser.add_argument("--heavy", action="store_true", help="close-heavy and re-entrant programs")
    parser.add_argument("--keep", nargs="?", type=Path, const=FOUND, metavar="FOLDER",
                        help="shrink findings and write them down")
    parser.add_argument("--replay", nargs="+", type=Path, metavar="FILE", default=[],
                        help="judge these programs instead of random ones")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    try:
        targets, absent = choose_targets(arguments.lib, arguments.oracle_only, arguments.backend)
        build()
        for one in absent:
            print(f"absent: {one.name}: {one.reason}")
        started = time.monotonic()
        if arguments.replay:
            findings = judge.judge([path.read_text() for path in arguments.replay], targets)
            print("\n".join([*map(str, findings), f"{len(arguments.replay)} programs on "
                             f"{len(targets)} targets: {len(findings)} findings"]))
            sys.exit(1 if findings else 0)
        ran, findings = hunt(targets, arguments.seed, arguments.seconds, arguments.heavy, print)
    except (targets_of.TargetError, InterpreterError) as error:
        sys.exit(str(error))
    seconds = time.monotonic() - started
    print(f"{ran} programs on {len(targets)} targets in {seconds:.0f} s "
          f"({ran / seconds:.0f} programs/s, {ran * len(targets) / seconds:.0f} runs/s), "
          f"seed {arguments.seed}: {len(findings)} findings")
    if arguments.keep:
        for one in findings[:MOST_KEPT]:
            path, small = keep(one, targets, arguments.keep)
            print(f"kept as {path}:\n{small}")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
