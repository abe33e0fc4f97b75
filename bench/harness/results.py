"""From rounds to what is shown: one dictionary, which is the JSON form, too."""

from . import estimates
from .process import Failure, Lacks
from .schedule import rounds

LACKS, FAILED, MEASURED = "lacks", "failed", "measured"


def measure_case(case, targets, count, run, tell):
    """{target's name: its rounds by number}, and {target's name: (verdict, why)} for those without.

    `run(case, target, counting)` does one run. After the rounds comes one that counts system calls.
    A target that failed is not tried again: a hang would cost its time in each round.
    """
    found, without = {target.name: {} for target in targets}, {}
    order = [*rounds(targets, count), *((None, target) for target in targets)]
    for number, target in order:
        if target.name in without:
            continue
        if target.command(case.subject) is None:
            without[target.name] = (LACKS, "not done by this target")
            continue
        tell(case, target)
        try:
            figures = run(case, target, number is None)
        except Lacks as lacks:
            without[target.name] = (LACKS, str(lacks))
        except Failure as failure:
            without[target.name] = (FAILED, str(failure))
        else:
            found[target.name]["counting" if number is None else number] = figures
    return found, without


def rates(rounds_of_target, name):
    """By round. None of them where a round took no time, which is a clock too coarse to go by: those that it
    told of would be the slow ones."""
    timed = {number: figures for number, figures in rounds_of_target.items() if number != "counting"}
    if any(figures[name] == 0 for figures in timed.values()):
        return {}
    return {number: figures["count"] / figures[name] for number, figures in timed.items() if figures[name]}


def as_dictionary(estimate):
    return None if estimate is None else {
        name: None if value != value else value for name, value in vars(estimate).items()}


def per_operation(rounds_of_target, name):
    values = [figures[name] / figures["operations"] for number, figures in rounds_of_target.items()
              if number != "counting" and figures[name] is not None]
    return estimates.estimate(values).median if values else None


def summary(case, own, first):
    """What one target's rounds say; `first` are those of the target that others are compared with."""
    timed = {number: figures for number, figures in own.items() if number != "counting"}
    result = {"verdict": MEASURED, "rounds": [
        {name: value for name, value in figures.items() if name != "latency"}
        for figures in timed.values()]}
    for key, name in (("rate", "seconds"), ("per_processor_second", "processor_seconds")):
        values = rates(own, name)
        result[key] = as_dictionary(estimates.estimate(values.values())) if values else None
        compared = first is not None and first is not own
        result[f"{key}_ratio"] = as_dictionary(
            estimates.ratio(values, rates(first, name))) if compared else None
    result["latency"] = estimates.percentiles(figures["latency"] for figures in timed.values())
    result["switches"] = per_operation(own, "switches")
    counting = own.get("counting")
    calls = counting and counting["system_calls"]
    result["system_calls"] = calls / counting["operations"] if calls is not None else None
    result["resident"] = max(
        (figures["resident"] for figures in timed.values() if figures["resident"] is not None), default=None)
    if case.idle:
        result["memory_of_connection"] = per_operation(own, "resident_growth")
        spent = [figures["processor_seconds"] / figures["seconds"] for figures in timed.values()
                 if figures["processor_seconds"] is not None]
        result["idle_processor"] = estimates.estimate(spent).median if spent else None
    return result


def of_case(case, targets, found, without):
    first = found.get(targets[0].name) or None
    results = {}
    for target in targets:
        if target.name in without:
            verdict, why = without[target.name]
            results[target.name] = {"verdict": verdict, "why": why}
        else:
            results[target.name] = summary(case, found[target.name], first)
    return {"name": case.name, "workload": case.workload, "parameters": dict(case.parameters),
            "counts": case.counts, "idle": case.idle, "results": results}
