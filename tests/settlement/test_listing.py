"""The first packages by index, against all packages."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.problems import predicates, problems, zone
from zopa.settlement.listing import first_adopted, first_packages, index_of, package_of
from zopa.settlement.problem import Problem
from zopa.space import Predicate, meets, some_of, within


@pytest.mark.property
@given(shape=st.lists(st.integers(1, 9), min_size=1, max_size=60), data=st.data())
def test_index_and_package_are_each_others_inverse(shape: list[int], data: st.DataObject) -> None:
    package = tuple(data.draw(st.integers(0, count - 1)) for count in shape)
    assert package_of(index_of(package, shape), shape) == package


@pytest.mark.oracle
@given(data=st.data(), limit=st.integers(1, 100))
def test_packages_that_meet_conditions(data: st.DataObject, limit: int) -> None:
    shape = tuple(data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)))
    required: list[Predicate] = data.draw(st.lists(predicates(shape), max_size=3))
    expected = [one for one in product(*map(range, shape)) if all(meets(predicate, one) for predicate in required)]
    found = first_packages(required, shape, limit)
    assert list(found.packages) == expected[:limit]
    assert found.complete == (len(expected) <= limit)


@pytest.mark.oracle
@given(problem=problems(), limit=st.integers(1, 100))
def test_packages_of_a_zone(problem: Problem, limit: int) -> None:
    expected = zone(problem)
    found = first_adopted(problem, limit)
    assert list(found.packages) == expected[:limit]
    assert found.complete == (len(expected) <= limit)


def test_a_zone_is_not_searched_where_nobody_can_be_satisfied() -> None:
    shape = (2,) * 40
    # Equal points of two parties that want opposite things: no branch ends before the last issue.
    up = tuple((0, 1) for _ in shape)
    down = tuple((1, 0) for _ in shape)
    problem = Problem(shape, ("a", "b"), 2, (up, down), (1, 1), (), (0, 41), (), (True, True), (False, False))
    assert first_adopted(problem, 5).packages == ()
    assert first_adopted(problem, 5).complete
    last_two = (within(39, 2, 2), within(38, 2, 2))
    many = Problem(shape, ("a", "b"), 2, (up, down), (1, 1), (), (0, 0), last_two, (True, True), (False, False))
    found = first_adopted(many, 3)
    assert found.packages == tuple((*(0,) * 36, *ends, 1, 1) for ends in ((0, 0), (0, 1), (1, 0)))
    assert not found.complete


def test_a_search_without_end_is_cut_off() -> None:
    shape = (2,) * 40
    up, down = tuple((0, 1) for _ in shape), tuple((1, 0) for _ in shape)
    # Together these exclude everything, and each alone does not: it shows at the last issue only.
    never = tuple(some_of([within(38, one, 2), within(39, other, 2)]) for one, other in product((1, 2), repeat=2))
    problem = Problem(shape, ("a", "b"), 2, (up, down), (1, 1), (), (20, 20), never, (True, True), (False, False))
    found = first_adopted(problem, 5)
    assert found.packages == ()
    assert not found.complete
