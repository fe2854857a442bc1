"""The frontier on arrays, against brute force."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.settlement.frontier import filter_by_pivots, find_frontier, nondominated


def brute(rows: list[list[int]]) -> list[bool]:
    def beaten(mine: list[int]) -> bool:
        return any(other != mine and all(a >= b for a, b in zip(other, mine, strict=True)) for other in rows)

    return [not beaten(row) for row in rows]


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    parties = draw(st.integers(1, 5))
    numbers = draw(
        st.sampled_from([st.integers(0, 4), st.integers(-9, 9), st.integers(2**53 - 3, 2**53 + 3), st.integers(-(2**61), 2**61)])
    )
    return draw(st.lists(st.lists(numbers, min_size=parties, max_size=parties), min_size=1, max_size=90))


@pytest.mark.oracle
@given(tables())
def test_the_filter_agrees_with_brute_force(rows: list[list[int]]) -> None:
    expected = brute(rows)
    assert nondominated(np.array(rows, dtype=np.int64)).tolist() == expected
    assert filter_by_pivots(np.array(rows, dtype=np.int64)).tolist() == expected


@pytest.mark.oracle
@given(tables(), st.booleans())
def test_the_frontier_holds_all_ties(rows: list[list[int]], huge: bool) -> None:
    scores: Any = np.array(rows, dtype=np.int64)
    if huge:
        scores = scores.astype(object) * 10**30
    frontier = find_frontier(scores)
    expected = [number for number, good in enumerate(brute(rows)) if good]
    assert frontier.rows.tolist() == expected
    assert (frontier.vectors[frontier.vector_of_row] == scores[frontier.rows]).all()
    assert frontier.counts.tolist() == [int((frontier.vector_of_row == number).sum()) for number in range(len(frontier.vectors))]
    listed = [tuple(int(value) for value in vector) for vector in frontier.vectors]
    assert listed == sorted(set(listed), reverse=True)
    assert frontier.rows_of(0).tolist() == [number for number, row in enumerate(scores.tolist()) if tuple(row) == listed[0]]


@pytest.mark.property
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_packages_and_parties_does_not_matter(rows: list[list[int]], random: Any) -> None:
    order = random.sample(range(len(rows)), len(rows))
    columns = random.sample(range(len(rows[0])), len(rows[0]))
    first = nondominated(np.array(rows))
    second = nondominated(np.array([[rows[row][column] for column in columns] for row in order]))
    assert [bool(first[row]) for row in order] == second.tolist()


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_nothing_has_an_empty_frontier(shape: tuple[int, int]) -> None:
    frontier = find_frontier(np.zeros(shape, dtype=np.int64))
    assert len(frontier.rows) == (shape[0] if shape[1] == 0 else 0)
    assert nondominated(np.zeros(shape, dtype=np.int64)).tolist() == [True] * shape[0]


def test_rows_too_wide_for_one_integer_are_ranked() -> None:
    generator = np.random.default_rng(5)
    scores = generator.integers(-(2**40), 2**40, size=(400, 6))
    frontier = find_frontier(scores)
    assert frontier.rows.tolist() == np.flatnonzero(filter_by_pivots(scores)).tolist()


def test_without_the_compiled_filter_the_answer_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    scores = np.random.default_rng(7).integers(0, 30, size=(500, 3))
    expected = nondominated(scores)
    monkeypatch.setitem(sys.modules, "moocore", None)
    assert (nondominated(scores) == expected).all()
