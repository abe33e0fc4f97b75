#!/usr/bin/python3
"""Random programs that close handles while much is under way, on one library's engines; under
sanitizers if the library is built with them. Only the invariants are judged, and that nothing
crashes: no other library is asked.

    conformance/differential/closing.py --seconds 60
    VIOLET_DIFFERENTIAL_SANITIZE=address,undefined \\
        conformance/differential/closing.py --lib build/asan/libuv.so.1 --seconds 600 [--tiny]
    conformance/differential/closing.py --lib build/kqueue-linux/libuv.so.1 --backend kqueue

Exits with 1 if there are findings.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import judge  # noqa: E402
import programs  # noqa: E402
from execution import build  # noqa: E402
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from harness import target as targets_of  # noqa: E402

BATCH = 50
ENGINES = ("epoll", "uring")
LARGE = (65536, 200000, 1500000, 4000000)
TINY = {"VIOLET_URING_ENTRIES": "1", "VIOLET_URING_BUFFERS": "2", "VIOLET_URING_BUFFER_SIZE": "64"}


@dataclass(frozen=True)
class Tiny(targets_of.Target):
    """An engine whose queues and buffers run out all the time."""

    def environment(self):
        return {**super().environment(), **TINY}


def _start(source, streams, count):
    """Something under way on a stream: more than the system takes at once, above all."""
    requests = []
    for _ in range(count):
        stream, roll = source.pick(streams), source.number(0, 9)
        if roll < 5:
            requests.append(source.request("w"))
            source.say("-", "write", requests[-1], stream, source.pick(LARGE), source.pick((1, 2, 5)))
        elif roll < 7:
            requests.append(source.request("w"))
            source.say("-", "shutdown", requests[-1], stream)
        else:
            source.say("-", "read_start", stream)
    return requests


@st.composite
def closing_programs(draw):
    """Streams with reads, writes and shutdowns under way, that callbacks of all kinds close."""
    source = programs.Source(draw)
    streams = []
    for n in range(source.number(1, 3)):
        pair = (f"s{2 * n}", f"s{2 * n + 1}")
        source.say("-", "pair", *pair, source.pick(programs.PAIRS))
        streams += pair
    source.say("-", "timer", "t0")
    source.say("-", "timer_start", "t0", source.pick((0, 1, 12)), source.pick((0, 1)))
    callers = [*streams, "t0", *_start(source, streams, source.number(2, 10))]
    for _ in range(source.number(1, 8)):
        where = f"{source.pick(callers)}:{source.pick((1, 1, 2, 3))}"
        source.say(where, "close", source.pick(streams))
        if source.chance(30):
            source.say(where, "write", source.request("w"), source.pick(streams),
                       source.pick(LARGE), 1)
    for _ in range(source.number(0, 3)):
        source.say("-", "run", source.pick(("nowait", "nowait", "once")))
        source.say("-", "close", source.pick(streams))
        if source.chance(50):
            source.say("-", "pair", "s8", "s9", source.pick(programs.PAIRS))
            _start(source, ["s8", "s9"], 3)
    source.say("-", "close", "t0")
    return "\n".join(["program p compare=invariants pool=1", *source.lines, ""])


def write_programs(number, count):
    """`count` programs, the same ones for the same number."""
    texts = []

    @seed(number)
    @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(st.one_of(closing_programs(), closing_programs(), programs.racy_programs()))
    def collect(text):
        texts.append(text)

    collect()
    return texts


def choose_targets(lib, tiny=False, backend=None):
    """The library's engines, or the one that is asked for, in the newer order of phases. (One with
    sanitizers cannot be loaded by Python to be asked for them.)"""
    path = Path(lib).resolve()
    found = [targets_of.Target(f"Violet {engine}", path, "1.52.1", engine)
             for engine in ([backend] if backend else ENGINES)]
    if tiny:
        found += [Tiny(f"{one.name}, tiny", one.library, one.version, one.backend)
                  for one in found if one.backend == "uring"]
    return found


def hunt(targets, first_seed, seconds):
    """Runs batches until the time is over; returns how many programs ran and the findings."""
    end, number, ran, findings = time.monotonic() + seconds, first_seed, 0, []
    while ran == 0 or time.monotonic() < end:
        texts = write_programs(number, BATCH)
        for target in targets:
            findings += judge.judge(texts, [target])
        ran += len(texts)
        number += 1
    return ran, findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--lib", default=targets_of.VIOLET)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--backend", help="this engine only")
    parser.add_argument("--tiny", action="store_true", help="with tiny queues and buffers, too")
    asked = parser.parse_args()
    os.environ.setdefault("ASAN_OPTIONS", "detect_stack_use_after_return=1")
    targets = choose_targets(asked.lib, asked.tiny, asked.backend)
    build()
    ran, findings = hunt(targets, asked.seed, asked.seconds)
    for one in findings[:10]:
        print(one)
    print(f"{ran} programs on each of {', '.join(one.name for one in targets)}, seed {asked.seed}: "
          f"{len(findings)} findings")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
