"""Intervals for shares: coverage that is enumerated, published values, edges."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import binom, qmc

from zopa.exploration.intervals import replicate_interval, share_interval


def coverage(total: int, level: float, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance that the interval holds the share, summed over everything that can be counted."""
    low, high = share_interval(np.arange(total + 1), total, level)
    held = (low <= shares[:, None]) & (shares[:, None] <= high)
    return np.asarray((binom.pmf(np.arange(total + 1), total, shares[:, None]) * held).sum(axis=1))


@pytest.mark.property
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
@pytest.mark.parametrize("total", [1, 2, 3, 7, 20, 64, 200])
def test_the_interval_holds_every_share_as_often_as_it_says(total: int, level: float) -> None:
    # Coverage falls to its lowest right beside the ends of the intervals.
    ends = np.concatenate(share_interval(np.arange(total + 1), total, level))
    shares = np.clip(np.concatenate([np.linspace(0, 1, 1001), ends - 1e-9, ends + 1e-9]), 0, 1)
    assert coverage(total, level, shares).min() >= level - 1e-7


@pytest.mark.property
def test_the_interval_is_not_wider_than_it_must_be() -> None:
    # Each tail alone is used up: beside an end the chance of what lies beyond comes as near as it likes to 0.025.
    low, high = share_interval(13, 40)
    assert binom.sf(12, 40, float(low)) == pytest.approx(0.025, abs=1e-9)
    assert binom.cdf(13, 40, float(high)) == pytest.approx(0.025, abs=1e-9)
    assert coverage(2000, 0.95, np.linspace(0.2, 0.8, 301)).mean() < 0.957


@pytest.mark.published
@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_newcombes_table(count: int, total: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 5 (exact)."""
    found = share_interval(count, total)
    assert [round(float(end), 4) for end in found] == [low, high]


def test_none_and_all_have_closed_forms_and_mirror_each_other() -> None:
    totals = np.array([1, 5, 1000, 10_000])
    low, high = share_interval(np.zeros(4, dtype=int), totals)
    assert (low == 0).all()
    assert high == pytest.approx(1 - 0.025 ** (1 / totals), rel=1e-12)
    low, high = share_interval(totals, totals)
    assert (high == 1).all()
    assert low == pytest.approx(0.025 ** (1 / totals), rel=1e-12)
    counts = np.arange(31)
    low, high = share_interval(counts, 30)
    other_low, other_high = share_interval(30 - counts, 30)
    assert low == pytest.approx(1 - other_high, abs=1e-12)
    assert high == pytest.approx(1 - other_low, abs=1e-12)
    assert ((low <= counts / 30) & (counts / 30 <= high)).all()


def test_without_draws_everything_is_possible() -> None:
    low, high = share_interval(np.array([[0, 3]]), np.array([[0, 6]]))
    assert low.shape == high.shape == (1, 2)
    assert (low[0, 0], high[0, 0]) == (0, 1)


@pytest.mark.parametrize(("counts", "total"), [(-1, 5), (6, 5), ([1, 2], [5, 1])])
def test_counts_must_fit_their_total(counts: int, total: int) -> None:
    with pytest.raises(ValueError, match="the same draws"):
        share_interval(counts, total)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_level_lies_between_0_and_1(level: float) -> None:
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        share_interval(1, 2, level)
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        replicate_interval([1.0, 2.0], level)


@pytest.mark.published
def test_the_interval_of_replicates_is_students() -> None:
    """The quantile of Student's t with 4 degrees of freedom at 0.975 is 2.776 (any table)."""
    values = np.array([[1.0, 0.0], [2.0, 0.0], [3.0, 0.0], [4.0, 0.0], [5.0, 0.0]])
    mean, low, high = replicate_interval(values)
    half = 2.776 * np.sqrt(2.5 / 5)
    assert mean.tolist() == [3, 0]
    assert low.tolist() == [pytest.approx(3 - half, abs=1e-3), 0]
    assert high.tolist() == [pytest.approx(3 + half, abs=1e-3), 0]


@pytest.mark.parametrize("values", [[], [0.3], np.zeros((1, 4)), 0.3])
def test_one_replicate_has_no_interval(values: list[float]) -> None:
    with pytest.raises(ValueError, match="at least two"):
        replicate_interval(values)


@pytest.mark.property
@pytest.mark.parametrize(("replicates", "level"), [(2, 0.95), (5, 0.95), (16, 0.8)])
def test_the_interval_of_replicates_holds_the_mean_as_often_as_it_says(replicates: int, level: float) -> None:
    samples = 40_000
    values = np.random.default_rng(11).normal(0.3, 0.02, (replicates, samples))
    _, low, high = replicate_interval(values, level)
    # Normal values: the coverage is the level, and what is counted strays by at most four standard deviations.
    stray = 4 * np.sqrt(level * (1 - level) / samples)
    assert abs(((low <= 0.3) & (high >= 0.3)).mean() - level) < stray


@pytest.mark.property
def test_scrambled_points_are_covered_and_more_exact_than_draws() -> None:
    # The share of x + y + z < 1 is 1/6; one estimate per scramble of 64 points.
    generator = np.random.default_rng(3)
    experiments, replicates, points = 200, 8, 64
    made = np.array(
        [
            (qmc.Sobol(3, scramble=True, rng=generator).random(points).sum(axis=1) < 1).mean()
            for _ in range(experiments * replicates)
        ]
    ).reshape(replicates, experiments)
    _, low, high = replicate_interval(made)
    # Shares of 64 points are lumpy, so two hundredths are allowed beside three standard deviations (0.046) of the count.
    assert ((low <= 1 / 6) & (high >= 1 / 6)).mean() > 0.95 - 0.046 - 0.02
    assert made.var() < 0.5 * (1 / 6) * (5 / 6) / points
