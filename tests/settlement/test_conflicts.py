"""Conflict sets and removals, against every subset of items."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.settlement.conflicts import minimal_conflict_sets, minimal_removals, one_minimal_conflict, violation_sets

Rows = list[list[bool]]


@st.composite
def violations(draw: st.DrawFn) -> Rows:
    items = draw(st.integers(1, 5))
    return draw(st.lists(st.lists(st.booleans(), min_size=items, max_size=items), min_size=1, max_size=12))


def as_items(rows: Rows) -> dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    return {f"i{number}": np.array([row[number] for row in rows]) for number in range(len(rows[0]))}


def subsets(names: list[str]) -> list[frozenset[str]]:
    return [frozenset(one) for size in range(len(names) + 1) for one in combinations(names, size)]


@pytest.mark.oracle
@given(violations())
def test_removals_and_conflicts_agree_with_every_subset(rows: Rows) -> None:
    items = as_items(rows)
    names = list(items)
    broken = [frozenset(name for name in names if items[name][row]) for row in range(len(rows))]

    opens = [one for one in subsets(names) if any(row <= one for row in broken)]
    expected_removals = {one for one in opens if not any(other < one for other in opens)}
    assert {frozenset(one) for one in minimal_removals(items)} == expected_removals

    excluding = [one for one in subsets(names) if all(row & one for row in broken)]
    expected = {one for one in excluding if not any(other < one for other in excluding)}
    found, complete = minimal_conflict_sets(items)
    assert complete
    assert {frozenset(one) for one in found} == expected
    one = frozenset(one_minimal_conflict(items))
    assert one in expected if expected else not one
    for conflict in found:
        assert all(set(conflict) & set(removal) for removal in minimal_removals(items))


def test_many_items_do_not_fit_into_one_word() -> None:
    count = 150
    items = {f"i{number}": np.arange(count) == number for number in range(count)}
    assert len(violation_sets(items)) == count
    assert len(one_minimal_conflict(items)) == count


def test_nothing_conflicts_where_a_package_is_free() -> None:
    items = {"a": np.array([True, False])}
    assert one_minimal_conflict(items) == ()
    assert minimal_conflict_sets(items) == ((), True)
    assert minimal_removals(items) == ((),)
    assert violation_sets({}) == ()


def test_a_limit_is_said() -> None:
    items = {f"i{number}": np.array([number // 2 == row for row in range(8)]) for number in range(16)}
    found, complete = minimal_conflict_sets(items, limit=10)
    assert not complete
    assert len(found) <= 10
    for conflict in found:
        assert np.logical_or.reduce([items[name] for name in conflict]).all()
