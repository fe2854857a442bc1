"""Counting draws: eight in a byte against one in a row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zopa.settlement.counting import count_draws, count_open
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


@pytest.mark.oracle
@given(flagged())
def test_bits_of_draws_that_do_not_exist_are_not_counted(flags: Flags) -> None:
    draws = len(flags)
    held = ~packed(certain(~flags)).surely  # turning bits around sets those behind the last draw
    assert count_open(held, draws) == int(flags.any(axis=1).sum())
    assert count_draws(held, draws).tolist() == flags.sum(axis=0).tolist()


@pytest.mark.parametrize("value", [True, False])
def test_one_row_stands_for_all_draws(value: bool) -> None:
    held = packed(certain(np.full((1, 5), value))).surely
    assert count_open(held, 13) == 13 * value
    assert count_draws(held, 13).tolist() == [13 * value] * 5
