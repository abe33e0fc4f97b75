"""The order of the runs."""


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
    return min(2.0, max(0.05, spare / max(1, runs)))
