"""Solution points on vectors, against fractions."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.settlement.solutions import egalitarian, gains, kalai_smorodinsky, leximin, nash, relative_welfare, utilitarian


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[list[int]], list[int], list[Fraction]]:
    parties = draw(st.integers(1, 4))
    numbers = draw(
        st.sampled_from([st.integers(0, 5), st.integers(-100, 100), st.integers(-(10**9), 10**9), st.integers(0, 2**40)])
    )
    rows = draw(st.lists(st.lists(numbers, min_size=parties, max_size=parties), min_size=1, max_size=25))
    denominators = draw(st.lists(st.sampled_from([1, 2, 3, 100, 10**6]), min_size=parties, max_size=parties))
    bounds = st.fractions(min_value=-20, max_value=20, max_denominator=12)
    return rows, denominators, draw(st.lists(bounds, min_size=parties, max_size=parties))


def tied(keys: list[object]) -> tuple[int, ...]:
    best = max(keys)  # type: ignore[type-var]
    return tuple(number for number, key in enumerate(keys) if key == best)


@pytest.mark.oracle
@given(problems())
def test_all_concepts_agree_with_fractions(problem: tuple[list[list[int]], list[int], list[Fraction]]) -> None:
    rows, denominators, no_deal = problem
    scores = np.array(rows, dtype=np.int64)
    points = [[Fraction(value, unit) for value, unit in zip(row, denominators, strict=True)] for row in rows]
    gained = [[value - bound for value, bound in zip(row, no_deal, strict=True)] for row in points]
    ideal = [max(row[party] for row in points) for party in range(len(denominators))]
    room = [best - bound for best, bound in zip(ideal, no_deal, strict=True)]

    positive = [[gain for gain in row if gain > 0] for row in gained]
    found = nash(scores, denominators, no_deal)
    assert found.vectors == tied([(len(row), prod(row, start=Fraction(1))) for row in positive])
    best = positive[found.vectors[0]]
    assert (found.gainers, found.value) == (len(best), prod(best, start=Fraction(1)))
    gainers = {tuple(gain > 0 for gain in row) for row in gained if sum(gain > 0 for gain in row) == len(best)}
    assert found.compares == (len(gainers) > 1)

    assert egalitarian(scores, denominators, no_deal).vectors == tied([min(row) for row in gained])
    assert egalitarian(scores, denominators, no_deal).value == max(min(row) for row in gained)
    assert utilitarian(scores, denominators).vectors == tied([sum(row) for row in points])
    assert utilitarian(scores, denominators).value == max(sum(row) for row in points)

    ascending = [sorted(row) for row in gained]
    assert leximin(scores, denominators, no_deal).vectors == tied(ascending)  # type: ignore[arg-type]
    assert leximin(scores, denominators, no_deal).ascending == tuple(max(ascending))

    shares = [[gain / one for gain, one in zip(row, room, strict=True) if one] for row in gained]
    smorodinsky = kalai_smorodinsky(scores, denominators, no_deal, ideal)
    relative = relative_welfare(scores, denominators, no_deal, ideal)
    if not any(room):
        assert smorodinsky.vectors == relative.vectors == ()
        assert smorodinsky.value is relative.value is None
    else:
        assert smorodinsky.vectors == tied([min(row) for row in shares])
        assert smorodinsky.value == max(min(row) for row in shares)
        assert relative.vectors == tied([sum(row) for row in shares])
        assert relative.value == max(sum(row) for row in shares)
    assert smorodinsky.compares is relative.compares is False


@pytest.mark.oracle
@given(problems(), st.data())
def test_an_ideal_from_outside_the_frontier_may_have_any_denominator(
    problem: tuple[list[list[int]], list[int], list[Fraction]], data: st.DataObject
) -> None:
    rows, denominators, no_deal = problem
    room = [data.draw(st.fractions(min_value=Fraction(1, 49), max_value=40, max_denominator=49)) for _ in denominators]
    ideal = [bound + one for bound, one in zip(no_deal, room, strict=True)]
    shares = [
        [(Fraction(value, unit) - bound) / one for value, unit, bound, one in zip(row, denominators, no_deal, room, strict=True)]
        for row in rows
    ]
    scores = np.array(rows, dtype=np.int64)
    found = kalai_smorodinsky(scores, denominators, no_deal, ideal, "kalai_smorodinsky_global")
    assert (found.concept, found.vectors) == ("kalai_smorodinsky_global", tied([min(row) for row in shares]))
    assert found.value == max(min(row) for row in shares)
    assert relative_welfare(scores, denominators, no_deal, ideal).vectors == tied([sum(row) for row in shares])


@pytest.mark.property
@given(problems(), st.fractions(min_value=Fraction(1, 9), max_value=9, max_denominator=9), st.fractions(-9, 9, max_denominator=6))
def test_a_scale_of_ones_own_changes_no_relative_point(
    problem: tuple[list[list[int]], list[int], list[Fraction]], factor: Fraction, shift: Fraction
) -> None:
    rows, denominators, no_deal = problem
    ideal = [max(Fraction(row[party], unit) for row in rows) for party, unit in enumerate(denominators)]
    unit = denominators[0] * factor.denominator * shift.denominator
    changed = [[int((Fraction(row[0], denominators[0]) * factor + shift) * unit), *row[1:]] for row in rows]
    for concept in (kalai_smorodinsky, relative_welfare):
        before = concept(np.array(rows, dtype=np.int64), denominators, no_deal, ideal)
        after = concept(
            np.array(changed, dtype=object),
            [unit, *denominators[1:]],
            [no_deal[0] * factor + shift, *no_deal[1:]],
            [ideal[0] * factor + shift, *ideal[1:]],
        )
        assert (before.vectors, before.value) == (after.vectors, after.value)


def test_python_integers_and_64_bits_agree() -> None:
    rows = np.random.default_rng(3).integers(0, 50, size=(60, 3))
    bounds = [Fraction(1), Fraction(5, 2), Fraction(7)]
    wide = rows.astype(object) * 10**25
    units = [10**25] * 3
    ideal = [Fraction(int(rows[:, party].max())) for party in range(3)]
    assert nash(rows, [1, 1, 1], bounds) == nash(wide, units, bounds)
    assert kalai_smorodinsky(rows, [1, 1, 1], bounds, ideal) == kalai_smorodinsky(wide, units, bounds, ideal)
    assert utilitarian(rows, [1, 1, 1]) == utilitarian(wide, units)
    assert leximin(rows, [1, 1, 1], bounds) == leximin(wide, units, bounds)
    assert relative_welfare(rows, [1, 1, 1], bounds, ideal) == relative_welfare(wide, units, bounds, ideal)


def test_two_losses_do_not_make_a_gain() -> None:
    # A product of two negative gains is positive; it must not beat a package without any gain.
    scores = np.array([[5, 5], [60, 60]])
    assert nash(scores, [100, 100], [Fraction(3, 4), Fraction(3, 4)]).gainers == 0
    assert nash(scores, [100, 100], [Fraction(1, 2), Fraction(1, 2)]).vectors == (1,)


def test_gains_share_one_denominator() -> None:
    values, common = gains(np.array([[1, 2]]), [3, 7], [Fraction(1, 6), Fraction(0)])
    assert [Fraction(int(value), common) for value in values[0]] == [Fraction(1, 6), Fraction(2, 7)]
