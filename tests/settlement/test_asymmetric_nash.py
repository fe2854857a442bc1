"""Nash points with unequal weights, against powers of fractions."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.settlement.asymmetric_nash import asymmetric_nash, compare_products, whole_weights
from zopa.settlement.solutions import nash

Problem = tuple[list[list[int]], list[int], list[Fraction], list[Fraction]]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    parties = draw(st.integers(1, 4))
    numbers = draw(st.sampled_from([st.integers(0, 5), st.integers(-100, 100), st.integers(0, 2**40)]))
    rows = draw(st.lists(st.lists(numbers, min_size=parties, max_size=parties), min_size=1, max_size=20))
    denominators = draw(st.lists(st.sampled_from([1, 2, 3, 100]), min_size=parties, max_size=parties))
    bounds = draw(st.lists(st.fractions(-20, 20, max_denominator=12), min_size=parties, max_size=parties))
    weights = st.one_of(st.integers(0, 3).map(Fraction), st.fractions(0, 5, max_denominator=6))
    return rows, denominators, bounds, draw(st.lists(weights, min_size=parties, max_size=parties))


@pytest.mark.oracle
@given(problems())
def test_the_point_agrees_with_powers_of_fractions(problem: Problem) -> None:
    rows, denominators, no_deal, weights = problem
    found = asymmetric_nash(np.array(rows, dtype=np.int64), denominators, no_deal, weights)
    if not any(weights):
        assert (found.vectors, found.value) == ((), None)
        return
    exponents = whole_weights(weights)
    keys = []
    gainers = []
    for row in rows:
        gains = [Fraction(value, unit) - bound for value, unit, bound in zip(row, denominators, no_deal, strict=True)]
        positive = [(gain, power) for gain, power in zip(gains, exponents, strict=True) if gain > 0]
        keys.append((len(positive), prod((gain**power for gain, power in positive), start=Fraction(1))))
        gainers.append(tuple(gain > 0 for gain in gains))
    best = max(keys)
    assert found.vectors == tuple(number for number, key in enumerate(keys) if key == best)
    assert found.gainers == best[0]
    assert found.value in (best[1], None)
    assert found.compares == (len({one for one in gainers if sum(one) == best[0]}) > 1)


@pytest.mark.property
@given(problems(), st.fractions(Fraction(1, 9), 9, max_denominator=9), st.integers(-50, 50))
def test_scales_of_ones_own_and_of_all_weights_change_nothing(problem: Problem, factor: Fraction, shift: int) -> None:
    rows, denominators, no_deal, weights = problem
    before = asymmetric_nash(np.array(rows, dtype=np.int64), denominators, no_deal, weights)
    scaled = [weight * factor for weight in weights]
    assert asymmetric_nash(np.array(rows, dtype=np.int64), denominators, no_deal, scaled) == before
    unit = denominators[0] * factor.denominator
    changed = [[row[0] * factor.numerator + shift * unit, *row[1:]] for row in rows]
    bounds = [no_deal[0] * factor + shift, *no_deal[1:]]
    after = asymmetric_nash(np.array(changed, dtype=object), [unit, *denominators[1:]], bounds, weights)
    assert after.compares == before.compares
    if not before.compares:
        assert after.vectors == before.vectors


@pytest.mark.property
@given(problems(), st.randoms(use_true_random=False))
def test_equal_weights_are_nash_and_parties_may_stand_in_any_order(problem: Problem, random: object) -> None:
    rows, denominators, no_deal, weights = problem
    scores = np.array(rows, dtype=np.int64)
    assert (
        asymmetric_nash(scores, denominators, no_deal, [Fraction(3, 7)] * len(denominators)).vectors
        == nash(scores, denominators, no_deal).vectors
    )
    order = list(range(len(denominators)))
    random.shuffle(order)  # type: ignore[attr-defined]
    turned = asymmetric_nash(
        scores[:, order], [denominators[at] for at in order], [no_deal[at] for at in order], [weights[at] for at in order]
    )
    assert turned == asymmetric_nash(scores, denominators, no_deal, weights)


def test_more_weight_moves_the_point_towards_its_party() -> None:
    scores = np.array([[9, 1], [6, 4], [5, 5], [4, 6], [1, 9]])
    chosen = [asymmetric_nash(scores, [1, 1], [Fraction(0)] * 2, [Fraction(weight), Fraction(1)]).vectors for weight in (9, 2, 1)]
    assert chosen == [(0,), (1,), (2,)]


@pytest.mark.oracle
@given(st.data())
def test_products_compare_the_same_written_out_and_by_logarithms(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 4))
    numbers = st.one_of(st.sampled_from([1, 2, 3, 4, 6, 8, 9, 12, 18, 36]), st.integers(1, 10**6))
    one, other = (data.draw(st.lists(numbers, min_size=size, max_size=size)) for _ in range(2))
    powers = data.draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))
    left, right = (prod(value**power for value, power in zip(row, powers, strict=True)) for row in (one, other))
    expected = (left > right) - (left < right)
    assert compare_products(one, other, powers) == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("zopa.settlement.asymmetric_nash"), "MOST_BITS", -1)
        assert compare_products(one, other, powers) == expected


def test_weights_with_many_digits_are_decided_exactly() -> None:
    # 2^a 3^b against 3^a 2^b with a and b next to each other, both far too large to write out.
    large = 10**30
    assert compare_products([2, 3], [3, 2], [large, large + 1]) == 1
    assert compare_products([2, 3], [3, 2], [large + 1, large]) == -1
    assert compare_products([2, 3, 5], [3, 2, 5], [large, large, 1]) == 0
    assert compare_products([4, 27], [2, 3], [large, 1]) == 1
    assert compare_products([4, 1], [2, 2], [large, large]) == 0
    scores = np.array([[2, 3, 7], [3, 2, 7], [2, 2, 7]])
    weights = [Fraction(1, 3), Fraction(1, 3), Fraction(1, 10**40)]
    found = asymmetric_nash(scores, [1, 1, 1], [Fraction(0)] * 3, weights)
    assert found.vectors == (0, 1)
    assert found.value is None  # it would have more than a thousand digits


def test_a_frontier_of_thirty_thousand_vectors_with_near_ties() -> None:
    # All of them lie within rounding of one curve, so that the screen leaves many to be compared exactly.
    step = np.arange(1, 30_001)
    scores = np.stack([10**9 + step, 10**9 - step], axis=1)
    found = asymmetric_nash(scores, [1, 1], [Fraction(0)] * 2, [Fraction(1), Fraction(1)])
    assert found.vectors == (0,)
    assert asymmetric_nash(scores, [1, 1], [Fraction(0)] * 2, [Fraction(2), Fraction(1)]).vectors == (29_999,)


def test_a_weight_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        asymmetric_nash(np.array([[1]]), [1], [Fraction(0)], [Fraction(-1)])
