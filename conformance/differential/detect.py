#!/usr/bin/python3
"""Does the generator find planted bugs by itself?

    conformance/differential/detect.py                    every mutation, two minutes each at most
    conformance/differential/detect.py --seconds 20 14 15 those whose names contain one of these
    conformance/differential/detect.py --output FILE      the table goes into FILE

Builds each mutation of conformance/mutations and runs random programs from a fixed seed on it, on
the installed libuv1 and on Violet without the mutation, until one tells them apart.
"""

import argparse
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import judge  # noqa: E402
import run as runner  # noqa: E402
from execution import build, run_batch  # noqa: E402

from harness import mutation as mutations  # noqa: E402
from harness import target as targets_of  # noqa: E402

SEED = 20240
BATCH = 25
# A program that hangs on a mutation is not worth the usual patience.
PROGRAM_LIMIT = 5


@dataclass(frozen=True)
class Detection:
    """What the generator found out about one mutation."""

    mutation: mutations.Mutation
    found: bool
    programs: int
    seconds: float
    message: str = ""
    lines: int = 0

    def row(self):
        how = self.message.split("\n")[0].replace("|", "\\|")[:110]
        seconds = f"{self.seconds:.0f}" if self.found else "—"
        state = "yes" if self.found else "**no**"
        return (f"| {self.mutation.name} | {', '.join(self.mutation.rules)} | {state} "
                f"| {self.programs} | {seconds} | {how} |")


def table(detections):
    """The results as Markdown."""
    lines = ["| mutation | rules | found | programs | seconds | how |", "|---|---|---|---|---|---|"]
    return "\n".join([*lines, *(one.row() for one in detections), ""])


def mutated_targets(library, mutation, present):
    """The mutated library on its engine, in both orders of phases."""
    engine = mutation.engine or present.backend
    return [targets_of.Target(f"mutated {engine}{', 1.44 order' if first else ''}", library,
                              present.version, engine, first) for first in (False, True)]


def look(mutation, mutated, plain, seconds, first_seed=SEED):
    """Runs programs until one has a finding on the mutated library and none on the plain one."""
    run = partial(run_batch, limit=PROGRAM_LIMIT)
    started, number, programs = time.monotonic(), first_seed, 0
    while programs == 0 or time.monotonic() - started < seconds:
        texts = runner.write_programs(number, BATCH)
        # One by one after the batch, so that a machine that is busy convinces nobody.
        for one in judge.judge(texts, plain + mutated, run):
            if not one.target.startswith("mutated"):
                continue
            again = {finding.target for finding in judge.judge([one.text], plain + mutated, run)}
            if one.target in again and all(name.startswith("mutated") for name in again):
                return Detection(mutation, True, programs + texts.index(one.text) + 1,
                                 time.monotonic() - started, one.message,
                                 len(one.text.splitlines()))
        programs += len(texts)
        number += 1
    return Detection(mutation, False, programs, time.monotonic() - started)


def plain_targets(library):
    """The oracle, then the library without a mutation on its default engine."""
    oracle = targets_of.find_oracle()
    if oracle is None:
        raise targets_of.TargetError("no libuv.so.1 is installed to compare with")
    ours = targets_of.targets_of(library, "Violet")[0]
    return targets_of.targets_of(oracle, "libuv")[0] + [
        one for one in ours if one.backend == ours[0].backend]


def chosen(names):
    found, faults = mutations.find()
    if faults:
        sys.exit("\n".join(f"{path.name}: {fault}" for path, fault in faults))
    return [one for one in found if not names or any(name in one.name for name in names)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("names", nargs="*", help="parts of names")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    build()
    detections = []
    with mutations.Workshop() as workshop:
        plain = plain_targets(workshop.build_plain())
        for one in chosen(asked.names):
            library = workshop.build_mutated(one)
            detections.append(look(one, mutated_targets(library, one, plain[1]), plain,
                                   asked.seconds))
            print(detections[-1].row(), flush=True)
    summary = (f"{sum(one.found for one in detections)} of {len(detections)} mutations found, "
               f"{asked.seconds:.0f} s each at most, seed {SEED}")
    print(summary)
    if asked.output:
        asked.output.write_text(f"{table(detections)}\n{summary}\n")


if __name__ == "__main__":
    main()
