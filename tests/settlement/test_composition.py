"""Composed frontiers against the listing of every package, and on spaces that nobody can list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.problems import as_mapping, frontier, problems
from zopa.settlement.composition import compose_frontier
from zopa.settlement.problem import Problem


@pytest.mark.oracle
@given(problems(), st.sampled_from(["tables", "lists", None]))
def test_composed_is_listed(problem: Problem, form: str | None) -> None:
    expected = frontier(problem)
    found = as_mapping(compose_frontier(problem, form=form))
    assert list(found) == list(expected)
    assert found == expected


@pytest.mark.oracle
@given(problems(wide=True))
def test_points_may_pass_64_bits(problem: Problem) -> None:
    assert as_mapping(compose_frontier(problem)) == frontier(problem)
