"""The order of the runs, and how long each may take."""

import time

SHORTEST, LONGEST = 0.05, 2.0  # seconds of a run


def turns(targets, number):
    """Each round begins with another target: whichever came first in every round was up to a tenth faster."""
    begin = number % len(targets) if targets else 0
    return [*targets[begin:], *targets[:begin]]


def rounds(targets, count):
    """A B C, B C A, C A B, ...: what else the machine does hits all targets alike."""
    for number in range(count):
        for target in turns(targets, number):
            yield number, target


def doers(case, targets):
    """The targets that do this workload at all."""
    return [target for target in targets if target.command(case.subject) is not None]


def seconds_of_run(budget, cases, targets, rounds_of_each):
    """How long a run may measure, so that all of them take `budget` seconds."""
    counts = [(case, len(doers(case, targets)) * rounds_of_each) for case in cases]
    runs = sum(count for _, count in counts)
    spare = budget - sum(case.extra_seconds * count for case, count in counts)
    return min(LONGEST, max(SHORTEST, spare / max(1, runs)))


class Budget:
    """The time for all cases. What a run takes beside its measurement is a guess that no machine keeps to,
    so each case gets its share of what is really left."""

    def __init__(self, seconds, cases, targets, rounds_of_each, clock=time.monotonic):
        self.clock, self.ends = clock, clock() + seconds
        self.cases, self.targets, self.rounds_of_each = list(cases), targets, rounds_of_each

    def seconds_for_next(self):
        """Of a run of the case whose turn it is."""
        left = max(0, self.ends - self.clock())
        seconds = seconds_of_run(left, self.cases, self.targets, self.rounds_of_each)
        self.cases.pop(0)
        return seconds


class Fixed:
    """As long as the user says."""

    def __init__(self, seconds):
        self.seconds = seconds

    def seconds_for_next(self):
        return self.seconds
