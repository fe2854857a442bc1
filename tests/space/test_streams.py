"""Random streams: one for each judgement, the same however they are cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.space.streams import SLOTS, uniforms


@pytest.mark.property
@given(st.integers(0, 2**40), st.text(max_size=8), st.integers(0, 5000), st.integers(1, 60), st.integers(0, 60))
def test_a_stream_can_be_cut_anywhere(seed: int, key: str, start: int, count: int, cut: int) -> None:
    whole = uniforms(seed, key, start, count)
    cut = min(cut, count)
    assert (np.concatenate([uniforms(seed, key, start, cut), uniforms(seed, key, start + cut, count - cut)]) == whole).all()
    assert ((whole >= 0) & (whole < 1)).all()


def test_seed_and_key_both_matter() -> None:
    first = uniforms(1, "A1", 0, 4)
    assert first.shape == (4, SLOTS)
    assert (uniforms(1, "A1", 0, 4) == first).all()
    assert (uniforms(2, "A1", 0, 4) != first).all()
    assert (uniforms(1, "A2", 0, 4) != first).all()
    # The seed is separated from the key: seed 1 with key "1A" is not seed 11 with key "A".
    assert (uniforms(11, "A", 0, 4) != uniforms(1, "1A", 0, 4)).all()


def test_a_seed_means_the_same_on_every_machine() -> None:
    """People compare answers between machines and versions, so these values must not change."""
    assert uniforms(1, "A9.RUS", 0, 1)[0].tolist() == [
        0.5841909935503733,
        0.19115294628238189,
        0.17980795918133008,
        0.779047934432333,
    ]


def test_streams_are_even() -> None:
    values = uniforms(7, "even", 0, 20_000)
    assert abs(values.mean(axis=0) - 0.5).max() < 0.01
    assert abs(np.corrcoef(values, rowvar=False) - np.eye(SLOTS)).max() < 0.03
