#!/usr/bin/env python3
"""Compares TCP echo servers in turns of a few milliseconds, where rounds of `violet bench` differ too much.

All servers run at once, on processor 0. One load on processor 1 (bench/workloads/echo_in_turns.cc)
keeps connections to each and turns to the next one every few milliseconds, so that whatever else
the machine does hits all alike. A ratio is that of turns of one round, to the first target; a
figure is the median of the rounds, with its 95% interval. That is the interval of this run: on a
busy machine the ratio of servers that are not alike differs more than that from run to run.

    bench/compare_echo.py --awake --targets libuv,uring,zig,hand-uring
    bench/compare_echo.py --awake --connections 1000 --milliseconds 30 --targets old=/some/folder:uring,uring

Targets are those of `violet bench`, see docs/performance.md. For Linux only.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import cases, counters, estimates, machine, systems, tables, targets  # noqa: E402
from harness.measure import SOON  # noqa: E402
from harness.process import Failure, Process  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
LOAD = "echo_in_turns"
# More than the load's own patience: it knows which server hangs.
LONGER = 10  # seconds
TITLES = ("target", "echoes per second of processor time", "of the first", "echoes per second, of the first")


class Servers:
    """One for each target, until the end of the `with`."""

    def __init__(self, wanted, case, patience, scratch):
        self.wanted, self.case, self.patience, self.scratch = wanted, case, patience, scratch
        self.processes, self.addresses = {}, {}

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            for target in self.wanted:
                with named(target):
                    self.start(target, stack)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def start(self, target, stack):
        command = target.command(self.case.subject)
        if command is None:
            raise Failure("does no echo over TCP")
        if not Path(command[0]).exists():
            raise Failure(f"there is no program {Path(command[0]).name}")
        command = [*command, *self.case.subject.arguments(), "seconds=0"]
        process = stack.enter_context(Process(machine.pinned(command, machine.SUBJECT_PROCESSOR),
                                              target.environment(self.scratch)))
        self.addresses[target.name] = process.ready(self.patience)
        if target.library and counters.has_mapped(process.pid, target.library) is False:
            raise Failure("the program does not use the library")
        self.processes[target.name] = process

    def described(self):
        """As the load wants to have them."""
        return ",".join(f"{name}:{self.addresses[name]}:{process.pid}" for name, process in self.processes.items())

    def how_one_ended(self):
        """The end of a server says more than what the load saw of it; None if all live."""
        deadline = time.monotonic() + SOON
        while time.monotonic() < deadline:
            for name, process in self.processes.items():
                if process.has_ended():
                    return f"{name}: {process.how_it_ended()}"
            time.sleep(0.01)
        return None


@contextlib.contextmanager
def named(target):
    try:
        yield
    except Failure as failure:
        raise Failure(f"{target.name}: {failure}") from None


def load_program(build):
    program = systems.THIS.program(build / "bench", LOAD)
    if not program.exists():
        raise targets.Unknown(f"there is no {program} (target bench_programs, on Linux only)")
    return str(program)


def load_command(program, servers, options):
    settings = {"servers": servers.described(), "connections": options.connections, "bytes": options.bytes,
                "milliseconds": options.milliseconds, "rounds": options.rounds, "patience": options.patience}
    command = [program, *(f"{name}={value}" for name, value in settings.items())]
    return machine.pinned(command, machine.PARTNER_PROCESSOR)


def measure(wanted, options):
    """[{target's name: (operations, seconds of processor time, seconds)}], one for each round."""
    program, case = load_program(options.build), cases.echo("tcp", options.connections, options.bytes)
    with tempfile.TemporaryDirectory(prefix="violet-echo-") as scratch, \
            Servers(wanted, case, options.patience, scratch) as servers, \
            Process(load_command(program, servers, options), os.environ) as load:
        try:
            return rounds_of(load, list(servers.processes), options)
        except Failure as failure:
            raise Failure(servers.how_one_ended() or str(failure)) from None


def rounds_of(load, names, options):
    a_round = len(names) * options.milliseconds / 1e3
    load.ready(len(names) * options.patience + LONGER)
    load.go()
    # Before the first one that is told, there is one that is not.
    rounds = [load.message(3 * a_round + options.patience + LONGER)["round"] for _ in range(options.rounds)]
    load.message(LONGER)
    load.finish()
    return [dict(zip(names, turns)) for turns in rounds]


def rates(rounds, name, divisor):
    """{round: operations per second}, but for rounds in which the clock stood still."""
    return {number: turns[name][0] / turns[name][divisor] for number, turns in enumerate(rounds)
            if turns[name][divisor] > 0}


def ratio_text(rounds, name, first, divisor):
    found = estimates.ratio(rates(rounds, name, divisor), rates(rounds, first, divisor))
    if found is None:
        return "not told"
    return f"{found.median:.3f}" if name == first else f"{found.median:.3f} ({found.low:.3f} to {found.high:.3f})"


def rows(rounds):
    first, processor_time, time = next(iter(rounds[0])), 1, 2
    for name in rounds[0]:
        found = rates(rounds, name, processor_time)
        rate = tables.short(estimates.estimate(found.values()).median) if found else "not told"
        yield name, rate, ratio_text(rounds, name, first, processor_time), ratio_text(rounds, name, first, time)


def show(rounds, options, load_before):
    print("| " + " | ".join(TITLES) + " |")
    print("|---" * len(TITLES) + "|")
    for row in rows(rounds):
        print("| " + " | ".join(row) + " |")
    print()
    print(f"{options.connections} connections, {options.bytes} bytes; {options.rounds} rounds with "
          f"{options.milliseconds:g} ms for each; load of the machine {load_before:.1f} before, on "
          f"{os.cpu_count()} processors{' (BUSY MACHINE)' if machine.is_busy(load_before) else ''}")


def arguments_of(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", metavar="LIST", default="libuv,engines", help="separated by commas")
    parser.add_argument("--connections", type=int, default=64, help="to each server")
    parser.add_argument("--bytes", type=int, default=64, help="of a message")
    parser.add_argument("--milliseconds", type=float, default=12, help="of a turn")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--patience", type=float, default=5, help="seconds until a server is said to hang")
    parser.add_argument("--awake", action="store_true", help="keep the processors from halting")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    options = parser.parse_args(words)
    if min(options.connections, options.bytes, options.milliseconds, options.rounds, options.patience) <= 0:
        parser.error("without connections, bytes, time, rounds or patience there is no measurement")
    return options


def main(words=None):
    """The exit status: 0, 1 if a server failed, 2 if there was nothing to do."""
    options = arguments_of(words)
    machine.allow_many_descriptors()
    load_before = machine.load()
    try:
        wanted = targets.parse(options.targets.split(","), options.build)
        with machine.processors_kept_awake() if options.awake else contextlib.nullcontext():
            rounds = measure(wanted, options)
    except (Failure, targets.Unknown) as reason:
        print(f"compare_echo: {reason}", file=sys.stderr)
        return 1 if isinstance(reason, Failure) else 2
    show(rounds, options, load_before)
    return 0


if __name__ == "__main__":
    sys.exit(main())
