"""Combinations of alternatives."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import combinations_of


@pytest.mark.property
@given(st.lists(st.integers(1, 4), max_size=30), st.integers(1, 200))
def test_all_of_them_or_a_fair_choice(counts: list[int], most: int) -> None:
    found = combinations_of(counts, most)
    assert found == combinations_of(counts, most)
    assert len(found) == len(set(found)) == min(most, prod(counts))
    assert all(0 <= number < count for one in found for number, count in zip(one, counts, strict=True))
    if prod(counts) <= most:
        assert found == list(product(*(range(count) for count in counts)))


def test_every_alternative_is_tried_when_there_are_many() -> None:
    found = combinations_of([2] * 40 + [3] * 5, 500)
    for place, count in enumerate([2] * 40 + [3] * 5):
        assert {one[place] for one in found} == set(range(count))
