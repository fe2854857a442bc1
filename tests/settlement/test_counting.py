"""Counting draws: eight in a byte against one in a row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zopa.settlement.counting import any_package, count_draws, count_open, count_packages
from zopa.space import certain, packed

Flags = np.ndarray


@st.composite
def flagged(draw: st.DrawFn) -> Flags:
    draws, packages = draw(st.integers(2, 40)), draw(st.integers(1, 40))
    return draw(arrays(np.bool_, (draws, packages)))


@pytest.mark.oracle
@given(flagged())
def test_packed_counts_are_plain_counts(flags: Flags) -> None:
    draws = len(flags)
    held = packed(certain(flags)).surely
    assert held.dtype == np.uint8
    assert count_open(held, draws) == count_open(flags, draws) == int(flags.any(axis=1).sum())
    assert count_draws(held, draws).tolist() == count_draws(flags, draws).tolist() == flags.sum(axis=0).tolist()
    assert any_package(held, draws).tolist() == any_package(flags, draws).tolist() == flags.any(axis=1).tolist()
    assert count_packages(held, draws).tolist() == count_packages(flags, draws).tolist() == flags.sum(axis=1).tolist()


@pytest.mark.oracle
@given(flagged())
def test_bits_of_draws_that_do_not_exist_are_not_counted(flags: Flags) -> None:
    draws = len(flags)
    held = ~packed(certain(~flags)).surely  # turning bits around sets those behind the last draw
    assert count_open(held, draws) == int(flags.any(axis=1).sum())
    assert count_draws(held, draws).tolist() == flags.sum(axis=0).tolist()
    assert any_package(held, draws).tolist() == flags.any(axis=1).tolist()
    assert count_packages(held, draws).tolist() == flags.sum(axis=1).tolist()


@pytest.mark.parametrize("value", [True, False])
def test_one_row_stands_for_all_draws(value: bool) -> None:
    held = packed(certain(np.full((1, 5), value))).surely
    assert count_open(held, 13) == 13 * value
    assert count_draws(held, 13).tolist() == [13 * value] * 5
    assert any_package(held, 13).tolist() == [value] * 13
    assert count_packages(held, 13).tolist() == [5 * value] * 13


def test_more_draws_than_a_byte_counts_to() -> None:
    """31 rows of bytes are added at a time: the sums must not run over, nor lose their last rows."""
    for draws in (31 * 8, 31 * 8 + 1, 2 * 31 * 8 + 13):
        held = packed(certain(np.ones((draws, 11), dtype=np.bool_))).surely
        assert count_draws(held, draws).tolist() == [draws] * 11
        assert count_packages(held, draws).tolist() == [11] * draws
        assert any_package(held, draws).all()


def test_no_package_at_all() -> None:
    for flags in (np.zeros((9, 0), dtype=np.bool_), np.zeros((2, 0), dtype=np.uint8)):
        assert count_open(flags, 9) == 0
        assert count_draws(flags, 9).tolist() == []
        assert count_packages(flags, 9).tolist() == [0] * 9
