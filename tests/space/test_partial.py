"""Conditions evaluated one issue at a time, against the evaluation over the whole grid."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.space.test_conditions import CONDITIONS, SPACE, VALUES
from zopa.case import Condition
from zopa.space import (
    All,
    Predicate,
    Some,
    Within,
    all_of,
    axes_of,
    meeting,
    meets,
    opposite,
    predicate_of,
    some_of,
    truth,
    within,
)
from zopa.space import given as put_in
from zopa.space.conditions import Value

PACKAGES = list(product(*(range(count) for count in SPACE.shape)))


@pytest.mark.oracle
@given(CONDITIONS, VALUES, st.booleans())
def test_predicates_say_what_conditions_say(condition: Condition, values: Mapping[str, Value], unknown: bool) -> None:
    whole = truth(condition, SPACE, values)
    expected = SPACE.flat(whole.possibly if unknown else whole.surely).tolist()
    predicate = predicate_of(condition, SPACE, values, unknown=unknown)
    assert [meets(predicate, package) for package in PACKAGES] == expected
    axes = list(range(len(SPACE.shape)))
    assert SPACE.flat(meeting(predicate, axes, SPACE.shape)).tolist() == expected
    assert [meets(opposite(predicate, SPACE.shape), package) for package in PACKAGES] == [not one for one in expected]


@pytest.mark.property
@given(CONDITIONS, VALUES, st.permutations(range(len(SPACE.shape))))
def test_issues_may_be_given_in_any_order(condition: Condition, values: Mapping[str, Value], order: list[int]) -> None:
    predicate = predicate_of(condition, SPACE, values, unknown=False)
    for package in PACKAGES:
        left: Predicate = predicate
        mentioned = axes_of(predicate)
        for axis in order:
            left = put_in(left, axis, package[axis])
            mentioned -= {axis}
            assert axes_of(left) <= mentioned
        assert left is meets(predicate, package)


def test_leaves_on_one_issue_are_merged() -> None:
    assert all_of([Within(0, 0b011), Within(0, 0b110)]) == Within(0, 0b010)
    assert some_of([Within(0, 0b001), Within(0, 0b010)]) == Within(0, 0b011)
    assert all_of([Within(0, 0b001), Within(0, 0b010)]) is False
    assert all_of([]) is True
    assert some_of([]) is False
    assert some_of([True, Within(1, 1)]) is True
    nested = all_of([Within(0, 1), all_of([Within(1, 1), Within(2, 1)])])
    assert nested == All(frozenset({Within(0, 1), Within(1, 1), Within(2, 1)}))
    assert isinstance(opposite(nested, (2, 2, 2)), Some)


def test_a_leaf_that_says_nothing_is_constant() -> None:
    assert within(0, 0, 2) is False
    assert within(0, 0b11, 2) is True
    assert np.array_equal(meeting(True, [0, 1], [2, 2]), np.ones((1, 1), dtype=np.bool_))
