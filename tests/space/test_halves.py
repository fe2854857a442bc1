"""Points in halves: against the points of every package added up."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.drawn import ensembles, made
from zopa.case import load_case
from zopa.cases import shipped_case, shipped_cases
from zopa.space import Scenarios, draw_scenarios, fixed_rules, judge, package_values, packed, party_halves
from zopa.space.acceptance import VerdictCache, reaches
from zopa.space.conditions import Truth, certain
from zopa.space.halves import LARGEST, halves
from zopa.space.no_deal import ends
from zopa.space.packages import PackageSpace


def space_of(shape: tuple[int, ...]) -> PackageSpace:
    """Return a space of some shape; halves ask for no more."""
    return PackageSpace((), shape)


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[int, ...], np.ndarray, np.ndarray]:
    """A shape, points of every option in some draws, and which packages are allowed."""
    shape = tuple(draw(st.lists(st.integers(2, 4), min_size=1, max_size=5)))
    draws = draw(st.sampled_from([1, 2, 7, 8, 9, 16, 19]))
    most = draw(st.sampled_from([3, 1000, LARGEST // 2, 2**40, 2**58]))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    points = numbers.integers(-most, most, (draws, sum(shape)), endpoint=True)
    allowed = numbers.random(int(np.prod(shape))) < draw(st.sampled_from([0.0, 0.05, 0.5, 1.0]))
    return shape, points, allowed


def added_up(points: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Return the points of every package in every draw, as Python integers, option by option."""
    starts = np.cumsum([0, *shape[:-1]])
    packages = np.array(list(product(*(range(count) for count in shape)))) + starts
    return np.asarray(points.astype(object)[:, packages].sum(axis=2))


def flags(held: np.ndarray, draws: int) -> np.ndarray:
    if held.dtype != np.uint8:
        return np.broadcast_to(held, (draws, held.shape[1]))
    return np.unpackbits(np.broadcast_to(held, (-(-draws // 8), held.shape[1])), axis=0, count=draws).astype(np.bool_)


@pytest.mark.oracle
@given(tables(), st.data())
def test_halves_give_the_points_of_every_package(table: Any, data: st.DataObject) -> None:
    shape, points, _ = table
    parts, values = halves(points, space_of(shape)), added_up(points, shape)
    assert parts.left.shape[1] * parts.right.shape[1] == values.shape[1]
    indices = np.array(data.draw(st.lists(st.integers(0, values.shape[1] - 1), max_size=6)), dtype=np.intp)
    for draw in range(len(points)):
        assert parts.values(draw, indices).tolist() == values[draw][indices].tolist()


@pytest.mark.oracle
@given(tables())
def test_ends_are_those_of_the_allowed_packages(table: Any) -> None:
    shape, points, allowed = table
    values = added_up(points, shape)[:, allowed]
    worst, best = halves(points, space_of(shape)).ends(allowed)
    assert worst.tolist() == (values.min(axis=1).tolist() if allowed.any() else [0] * len(points))
    assert best.tolist() == (values.max(axis=1).tolist() if allowed.any() else [0] * len(points))


@pytest.mark.oracle
@given(tables(), st.data())
def test_reaching_is_a_comparison_of_every_package_with_the_bound(table: Any, data: st.DataObject) -> None:
    """The bound is often met exactly, and often missed by one."""
    shape, points, allowed = table
    values = added_up(points, shape)
    chosen = data.draw(st.lists(st.integers(0, values.shape[1] - 1), min_size=len(points), max_size=len(points)))
    more = data.draw(st.lists(st.integers(-1, 1), min_size=len(points), max_size=len(points)))
    bound = np.array([int(row[one]) + plus for row, one, plus in zip(values, chosen, more, strict=True)], dtype=np.int64)
    for indices in (np.arange(values.shape[1]), np.flatnonzero(allowed)):
        found = halves(points, space_of(shape)).reaching(bound, indices)
        assert found.shape == (-(-len(points) // 8), len(indices))
        assert flags(found, len(points)).tolist() == (values[:, indices] >= bound.astype(object)[:, None]).tolist()


def test_the_last_number_that_fits_32_bits_and_the_first_that_does_not() -> None:
    for most in (LARGEST - 1, LARGEST, LARGEST + 1):
        points = np.array([[0, 1, 0, most], [0, -1, 0, -most]], dtype=np.int64)
        values = added_up(points, (2, 2))
        for bound in ([most, -most], [most + 1, -most + 1], [-most, most]):
            found = halves(points, space_of((2, 2))).reaching(np.array(bound), np.arange(4))
            assert flags(found, 2).tolist() == (values >= np.array(bound, dtype=object)[:, None]).tolist()


@pytest.mark.parametrize("shape", [(1, 3, 1, 2), (3,), (1,), (2, 1), ()])
def test_an_issue_with_one_option_and_a_space_of_one_issue(shape: tuple[int, ...]) -> None:
    points = np.random.default_rng(1).integers(0, 9, (9, sum(shape)))
    parts, values = halves(points, space_of(shape)), added_up(points, shape) if shape else np.zeros((9, 1), dtype=object)
    assert [parts.values(draw, np.arange(values.shape[1])).tolist() for draw in range(9)] == values.tolist()


# Against what was there before halves -------------------------------------------------------------------


def same_truth(one: Truth, other: Truth, draws: int) -> bool:
    """Return whether two truths say the same of every draw that exists; either may be packed."""
    return all(
        (flags(first, draws) == flags(second, draws)).all()
        for first, second in ((one.surely, other.surely), (one.possibly, other.possibly))
    )


def holds_for_every_party(scenarios: Scenarios) -> int:
    """Hold points, ends, comparisons and answers of a case against those of all packages; return the parties with halves."""
    case, space, draws = scenarios.case, scenarios.space, scenarios.draws
    allowed = fixed_rules(space, case)
    indices = np.flatnonzero(allowed)
    plain, quick = judge(scenarios, indices), judge(scenarios, indices, cache=VerdictCache(), pack=True)
    count = 0
    for party, numbers in scenarios.parties.items():
        one, other = plain.parties[party], quick.parties[party]
        for first, second in ((one.enough, other.enough), (one.accepts, other.accepts), (one.yes, other.yes)):
            assert same_truth(first, second, draws)
        parts = party_halves(numbers, space, None)
        if parts is None:
            continue
        count += 1
        values = package_values(numbers, scenarios, indices)
        assert values is not None
        assert all((parts.values(draw, indices) == values[draw]).all() for draw in range(draws))
        worst_and_best = ends(values, np.ones((1, len(indices)), dtype=np.bool_))
        assert all((first == second).all() for first, second in zip(parts.ends(allowed), worst_and_best, strict=True))
        if one.threshold is not None:
            reached = certain(reaches(values, one.threshold))
            assert same_truth(certain(parts.reaching(one.threshold.whole, indices)), packed(reached), draws)
    assert same_truth(plain.adopted, quick.adopted, draws)
    return count


@pytest.mark.oracle
@pytest.mark.parametrize("draws", [1, 9])
@pytest.mark.parametrize("name", shipped_cases())
def test_every_party_of_a_shipped_case_answers_the_same_in_halves(name: str, draws: int) -> None:
    assert holds_for_every_party(draw_scenarios(load_case(shipped_case(name)), 5, draws=draws)) >= 2


@pytest.mark.oracle
@settings(max_examples=25)
@given(ensembles(votes=False), st.sampled_from([1, 8, 11]))
def test_every_party_of_a_drawn_case_answers_the_same_in_halves(text: str, draws: int) -> None:
    holds_for_every_party(draw_scenarios(made(text), 5, draws=draws))


def test_numbers_that_64_bits_do_not_hold_have_no_halves() -> None:
    case = made(
        "parties: {a: A}\nissues: {i: {options: [x, y]}}\n"
        "preferences: {a: {points: {i: [10000000000000000000000001, 0..5]}, no_deal: 10000000000000000000000001}}\n"
    )
    scenarios = draw_scenarios(case, 1, draws=9)
    assert holds_for_every_party(scenarios) == 0
    assert flags(judge(scenarios, np.arange(2), pack=True).adopted.surely, 9).tolist() == [[True, False]] * 9
