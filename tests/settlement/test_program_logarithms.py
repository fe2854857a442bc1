"""Largest products of gains: exact among near ties, with weights, and when parties cannot all gain."""

from __future__ import annotations

from fractions import Fraction
from math import log, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.problems import problems, zone
from tests.settlement.test_integer_program import SECONDS, plain
from zopa.settlement.integer_program import Program
from zopa.settlement.problem import Problem
from zopa.settlement.program_logarithms import LOG_UNIT, _Logarithm, largest_product
from zopa.settlement.program_searches import Limits, Share

ALL = Limits(seconds=SECONDS, vectors=500, near=500)


def gains(program: Program, shares: list[Share], package: tuple[int, ...]) -> list[Fraction]:
    return [share.of(step) for share, step in zip(shares, program.steps(package), strict=False)]


@pytest.mark.property
@given(st.fractions(Fraction(1, 9), 9), st.integers(1, 50), st.sampled_from([1.0, 0.3]), st.integers(2, 2000))
def test_chords_meet_the_logarithm_at_every_step_and_lie_above_it(slope: Fraction, first: int, weight: float, width: int) -> None:
    share = Share(slope, slope * first)
    one = _Logarithm(share, weight, 0, width)
    for steps in {0, 1, width // 3, width // 2, width - 1, width}:
        assert one.value(steps) == pytest.approx(weight * log(share.of(steps)) / LOG_UNIT, abs=1e-8)
        above = one.above(steps)
        assert above >= -1e-8
        if steps in one.chords or steps - 1 in one.chords:
            assert above <= 1e-8
    assert len(one.chords) <= 200


@pytest.mark.oracle
@given(problems(), st.data())
def test_most_gainers_and_then_the_largest_product(problem: Problem, data: st.DataObject) -> None:
    program = Program(problem)
    shares = [
        Share(Fraction(scale.step), Fraction(scale.base) - data.draw(st.fractions(-3, 12, max_denominator=3)))
        for scale in program.scales[: problem.seats]
    ]
    products = largest_product(program, shares, [1.0] * problem.seats, ALL)
    listed = zone(problem)
    if not listed:
        assert products.found.none
        return
    assert products.counted
    assert products.found.proven
    all_gains = [gains(program, shares, one) for one in listed]
    most = max(sum(gain > 0 for gain in one) for one in all_gains)
    winners = [one for one in all_gains if sum(gain > 0 for gain in one) == most]
    best = max(prod(gain for gain in one if gain > 0) for one in winners)
    found = [gains(program, shares, one) for one in products.found.packages]
    assert best in {prod(gain for gain in one if gain > 0) for one in found}
    assert products.compares == (len({tuple(gain > 0 for gain in one) for one in winners}) > 1)


@pytest.mark.parametrize("turned", [False, True])
def test_products_that_differ_by_one_in_a_million_millions(turned: bool) -> None:
    fine = 10**6
    pairs = [(fine, fine), (fine + 1, fine - 1), (0, 2 * fine), (2 * fine, 0)]
    pairs = pairs[::-1] if turned else pairs
    rows = tuple((tuple(pair[party] for pair in pairs),) for party in (0, 1))
    program = Program(plain(rows))
    products = largest_product(program, [Share(Fraction(1), Fraction(0))] * 2, [1.0] * 2, ALL)
    assert products.found.proven
    found = {program.problem.scores(one) for one in products.found.packages}
    assert found == {(fine, fine), (fine + 1, fine - 1)}


def test_more_near_ties_than_are_compared_leave_a_bound() -> None:
    fine = 10**6
    rows = tuple((tuple(fine + sign * more for more in range(-15, 16)),) for sign in (1, -1))
    program = Program(plain(rows))
    shares = [Share(Fraction(1), Fraction(scale.base)) for scale in program.scales]
    few = largest_product(program, shares, [1.0] * 2, Limits(near=10)).found
    assert (len(few.packages), few.proven, few.complete) == (10, False, False)
    assert few.bound >= 2 * log(fine) / LOG_UNIT - 1e-4
    every = largest_product(program, shares, [1.0] * 2, Limits(near=50)).found
    assert (len(every.packages), every.proven, every.complete) == (31, True, True)


def test_nobody_can_gain() -> None:
    program = Program(plain((((0, 1, 0),), ((1, 0, 0),))))
    shares = [Share(Fraction(1), Fraction(-1))] * 2
    products = largest_product(program, shares, [1.0] * 2, ALL)
    assert products.counted
    assert not products.compares
    assert sorted(products.found.packages) == [(0,), (1,)]
    assert products.found.complete


def test_who_gains_may_differ() -> None:
    program = Program(plain((((0, 1, 0),), ((1, 0, 0),))))
    shares = [Share(Fraction(1), Fraction(0))] * 2
    products = largest_product(program, shares, [1.0] * 2, ALL)
    assert products.compares
    assert sorted(products.found.packages) == [(0,), (1,)]


def test_no_time_at_all() -> None:
    rows = tuple(tuple(tuple((party * option * axis) % 7 for option in range(5)) for axis in range(30)) for party in (1, 2, 3))
    program = Program(plain(rows))
    products = largest_product(program, [Share(Fraction(1), Fraction(-50))] * 3, [1.0] * 3, Limits(seconds=0.0))
    assert not products.found.proven
    assert not products.found.none
