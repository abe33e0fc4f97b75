"""Runs programs on all targets and tells where one behaves as it must not."""

from collections import defaultdict
from dataclasses import dataclass

import traces
from execution import run_batch

# How often both sides run again when their traces differ. What depends on how fast the machine is
# shows the same on both sides sooner or later.
REPEATS = 6
# How many different traces of one program, in those runs, still count as its behaviour.
MOST_TRACES = REPEATS // 2


@dataclass(frozen=True)
class Finding:
    """A program that does on a target what it must not."""

    text: str
    target: str
    message: str

    def __str__(self):
        return f"on {self.target}: {self.message}\n{self.text}"


def reference_of(target, targets):
    """Whom a target is compared with: the first one with the same order of phases."""
    return next(one for one in targets if one.timers_first == target.timers_first)


def judge(texts, targets, run=run_batch):
    """The findings of a batch of programs."""
    runs = {one.name: run(texts, one.environment()) for one in targets}
    findings = []
    for number, text in enumerate(texts):
        # A program that goes on for ever wherever it runs says nothing about a library.
        if len(targets) > 1 and all(runs[one.name][number].truncated for one in targets):
            continue
        for target in targets:
            message = _judge_one(text, number, target, targets, runs, run)
            if message:
                findings.append(Finding(text, target.name, message))
    return findings


def _judge_one(text, number, target, targets, runs, run):
    mine = runs[target.name][number]
    wrong = traces.faults(text, mine)
    if wrong:
        return "; ".join(wrong)
    reference = reference_of(target, targets)
    if reference is target or traces.essence(text, mine) is None:
        return None
    theirs = runs[reference.name][number]
    if traces.faults(text, theirs) or traces.essence(text, mine) == traces.essence(text, theirs):
        return None
    return _differs_always(text, target, reference, run)


def _differs_always(text, target, reference, run):
    seen = defaultdict(dict)
    for _ in range(2):
        for one in (target, reference):
            for again in run([text] * REPEATS, one.environment()):
                if not traces.faults(text, again):
                    seen[one][traces.essence(text, again)] = again
        if seen[target].keys() & seen[reference].keys():
            return None
    if not seen[target] or not seen[reference]:
        return None
    # A reference that hardly ever repeats itself depends on the clock (how often the loop goes round
    # until a timer is due): its traces prove nothing. In virtual time there is no such thing.
    if len(seen[reference]) > MOST_TRACES and not traces.is_timeless(text):
        return None
    expected = next(iter(seen[reference].values()))
    got = next(iter(seen[target].values()))
    return (f"never like {reference.name} ({len(seen[reference])} and {len(seen[target])} "
            f"different traces): {traces.first_difference(text, expected, got)}")


def shrink(finding, targets, run=run_batch, budget=300):
    """A smaller program with a finding on the same target; lines are left out while it stays."""
    involved = [one for one in targets if one.name == finding.target]
    reference = reference_of(involved[0], targets)
    if reference is not involved[0]:
        involved.insert(0, reference)
    best, head = finding, finding.text.splitlines()[0]
    lines = finding.text.splitlines()[1:]
    step = max(1, len(lines) // 2)
    while budget > 0:
        removed = False
        start = 0
        while start < len(lines) and budget > 0:
            fewer = lines[:start] + lines[start + step:]
            budget -= 1
            again = [one for one in judge(["\n".join([head, *fewer, ""])], involved, run)
                     if one.target == finding.target]
            if again:
                lines, best, removed = fewer, again[0], True
            else:
                start += step
        if step == 1 and not removed:
            break
        step = max(1, step // 2)
    return best
