"""Medians, their intervals, ratios of rounds, percentiles."""

import math
import random
import statistics

import pytest
from harness.estimates import MAXIMUM_LATENCY, estimate, percentiles, ratio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

values = st.lists(st.floats(1, 1e9), min_size=2, max_size=15)


@given(values)
def test_the_interval_holds_the_median_and_lies_within_the_rounds(rounds):
    found = estimate(rounds)
    assert min(rounds) <= found.low <= found.median <= found.high <= max(rounds)
    assert found.median == statistics.median(rounds)


@given(values)
def test_the_order_of_rounds_does_not_change_the_median(rounds):
    assert estimate(sorted(rounds)).median == estimate(rounds).median


def test_equal_rounds_leave_no_doubt():
    found = estimate([5, 5, 5, 5])
    assert (found.low, found.median, found.high) == (5, 5, 5)


def test_one_round_has_no_interval():
    found = estimate([7])
    assert found.median == 7 and math.isnan(found.low) and math.isnan(found.high)


def test_no_round_is_no_estimate():
    with pytest.raises(ValueError):
        estimate([])


def test_the_same_rounds_give_the_same_interval():
    rounds = [3, 1, 4, 1, 5, 9, 2, 6]
    assert estimate(rounds) == estimate(rounds)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Rounds from a distribution whose median is known; the interval of nine is a little narrow."""
    chance = random.Random(1)
    hits = 0
    for _ in range(200):
        found = estimate([chance.gauss(100, 10) for _ in range(9)])
        hits += found.low <= 100 <= found.high
    assert 170 <= hits <= 200


@given(st.dictionaries(st.integers(0, 20), st.floats(1, 1e6), min_size=2),
       st.floats(0.01, 100))
def test_a_ratio_does_not_see_what_slows_both(rounds, factor):
    """Round by round one target has `factor` times what the other has, however fast the machine is."""
    found = ratio({number: value * factor for number, value in rounds.items()}, rounds)
    assert found.median == pytest.approx(factor)
    assert found.low == pytest.approx(factor) and found.high == pytest.approx(factor)


def test_a_ratio_takes_the_rounds_that_both_have():
    assert ratio({0: 2, 1: 8}, {1: 4, 2: 100}).median == 2
    assert ratio({0: 2}, {1: 4}) is None


def test_percentiles_are_of_all_rounds_together(with_histograms):
    found = percentiles([[(1000, 98)], [(5000, 1), (100_000, 1)]])
    assert found["50"] == pytest.approx(1000, rel=0.01)
    assert found["99"] == pytest.approx(5000, rel=0.01)
    assert found["99.9"] == pytest.approx(100_000, rel=0.01)


def test_without_latencies_there_are_no_percentiles(with_histograms):
    assert percentiles([[], []]) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2 * MAXIMUM_LATENCY), st.integers(1, 1000)), min_size=1))
def test_percentiles_rise_and_lie_within_what_was_seen(with_histograms, histogram):
    found = list(percentiles([histogram]).values())
    assert found == sorted(found)
    assert found[-1] <= max(min(max(1, value), MAXIMUM_LATENCY) for value, _ in histogram) * 1.01
