"""Figures from rounds: medians with intervals, ratios, percentiles of latency."""

import math
import random
import statistics
from dataclasses import dataclass

SAMPLES = 2000
CONFIDENCE = 0.95
PERCENTILES = (50, 90, 99, 99.9)
MAXIMUM_LATENCY = 3600 * 10**9  # ns
DIGITS = 3


@dataclass(frozen=True)
class Estimate:
    """A median, and where it would lie in 95 of 100 such measurements."""

    median: float
    low: float
    high: float


def estimate(values, seed=0):
    """The median of the rounds with its bootstrap interval (percentiles of resampled medians).

    With one round there is nothing to resample: the interval is unknown, which NaN says.
    """
    values = list(values)
    if not values:
        raise ValueError("no round to estimate from")
    median = statistics.median(values)
    if len(values) == 1:
        return Estimate(median, math.nan, math.nan)
    chance = random.Random(seed)
    medians = sorted(statistics.median(chance.choices(values, k=len(values))) for _ in range(SAMPLES))
    tail = int(SAMPLES * (1 - CONFIDENCE) / 2)
    return Estimate(median, medians[tail], medians[-1 - tail])


def ratio(values, others, seed=0):
    """Of rounds that ran side by side, keyed by their number: what disturbed both cancels out."""
    shared = sorted(values.keys() & others.keys())
    pairs = [values[number] / others[number] for number in shared if others[number]]
    return estimate(pairs, seed) if pairs else None


def percentiles(histograms):
    """{percentile: ns} of all rounds together; a histogram is a list of (ns, count)."""
    from hdrh.histogram import HdrHistogram

    merged = HdrHistogram(1, MAXIMUM_LATENCY, DIGITS)
    for histogram in histograms:
        for nanoseconds, count in histogram:
            merged.record_value(min(max(1, nanoseconds), MAXIMUM_LATENCY), count)
    if merged.get_total_count() == 0:
        return {}
    return {str(wanted): merged.get_value_at_percentile(wanted) for wanted in PERCENTILES}
