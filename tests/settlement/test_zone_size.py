"""Counts and extremes against the listing of every package, and at sizes that nobody can list."""

from __future__ import annotations

from itertools import product
from math import comb

import pytest
from hypothesis import given

from tests.settlement.problems import problems, zone
from zopa.settlement.problem import Problem
from zopa.settlement.zone_size import PRIMES, allowed_size, extremes, zone_size
from zopa.space import meets


@pytest.mark.oracle
@given(problems())
def test_zones_are_counted(problem: Problem) -> None:
    assert zone_size(problem) == len(zone(problem))


@pytest.mark.oracle
@given(problems())
def test_rules_alone(problem: Problem) -> None:
    rules = problem.only_rules(problem.required)
    allowed = [
        one for one in product(*(range(count) for count in problem.shape)) if all(meets(rule, one) for rule in problem.required)
    ]
    assert allowed_size(rules) == len(allowed)
    for party in range(len(problem.parties)):
        values = [problem.scores(one)[party] for one in allowed]
        assert extremes(rules, party) == ((min(values), max(values)) if values else None)


def many(issues: int, least: int) -> Problem:
    """Yes/no issues worth a point each to one party, and to the other when they are a no."""
    rows = (tuple((0, 1) for _ in range(issues)), tuple((1, 0) for _ in range(issues)))
    return Problem((2,) * issues, ("a", "b"), 2, rows, (1, 1), (), (least, least), (), (True, True), (False, False))


@pytest.mark.parametrize(("issues", "least"), [(60, 20), (100, 45), (200, 0)])
def test_counts_beyond_64_bits_are_exact(issues: int, least: int) -> None:
    assert zone_size(many(issues, least)) == sum(comb(issues, yes) for yes in range(least, issues - least + 1))


def test_too_much_work_is_not_begun() -> None:
    assert zone_size(many(60, 20), most_visited=1000, most_apart=10) is None


def test_the_primes_are_primes() -> None:
    assert len(set(PRIMES)) == len(PRIMES)
    for prime in PRIMES:
        assert prime < 2**31
        assert all(pow(base, prime - 1, prime) == 1 for base in (2, 3, 5, 7, 11, 13))
