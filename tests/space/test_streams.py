"""Random streams: one for each judgement, the same however they are cut; second streams; Sobol' points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.space.streams import SLOTS, USED, SobolPoints, Streams, uniforms


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


# Which stream serves which judgement -----------------------------------------------------------------


KEYS = tuple(f"k{number:02}" for number in range(20))
SOBOL = SobolPoints(KEYS, 4)


@pytest.mark.property
@given(st.integers(0, 2**40), st.text(max_size=8), st.integers(0, 5000), st.integers(1, 60))
def test_without_a_wish_each_judgement_has_its_own_stream(seed: int, key: str, start: int, count: int) -> None:
    assert (Streams(seed).uniforms(key, start, count) == uniforms(seed, key, start, count)).all()


@pytest.mark.parametrize("sobol", [None, SOBOL])
def test_the_second_stream_serves_all_attempts_of_what_is_redrawn(sobol: SobolPoints | None) -> None:
    usual, some = Streams(3, sobol=sobol), Streams(3, redrawn=frozenset({"k01"}), sobol=sobol)
    whole = Streams(3, all_redrawn=True, sobol=sobol)
    for key in ("k01", "k01#1", "k01#400"):
        first, second = usual.uniforms(key, 5, 8), some.uniforms(key, 5, 8)
        assert (first != second).all()
        assert (second == whole.uniforms(key, 5, 8)).all()
    for key in ("k02", "k02#1", "k01.x"):
        assert (usual.uniforms(key, 5, 8) == some.uniforms(key, 5, 8)).all()
        assert (usual.uniforms(key, 5, 8) != whole.uniforms(key, 5, 8)).all()


@pytest.mark.parametrize("sobol", [None, SOBOL])
def test_a_judgement_takes_the_stream_of_another_in_all_attempts(sobol: SobolPoints | None) -> None:
    usual = Streams(3, sobol=sobol)
    swapped = Streams(3, {"k01": "k02", "k02": "k01"}, frozenset({"k03"}), sobol=sobol)
    for one, other in (("k01", "k02"), ("k01#7", "k02#7")):
        assert (swapped.uniforms(one, 0, 9) == usual.uniforms(other, 0, 9)).all()
        assert (swapped.uniforms(other, 0, 9) == usual.uniforms(one, 0, 9)).all()
    assert (swapped.uniforms("k04", 0, 9) == usual.uniforms("k04", 0, 9)).all()
    # What is redrawn is named by its own key, not by that of the stream it takes.
    redrawn = Streams(3, {"k01": "k02", "k02": "k01"}, frozenset({"k01"}), sobol=sobol)
    second = Streams(3, all_redrawn=True, sobol=sobol)
    assert (redrawn.uniforms("k01", 0, 9) == second.uniforms("k02", 0, 9)).all()
    assert (redrawn.uniforms("k02", 0, 9) == usual.uniforms("k01", 0, 9)).all()


def test_streams_that_differ_have_names_that_differ() -> None:
    assert Streams(3).name == "3"
    kinds = [
        Streams(3, {"k01": "k02"}),
        Streams(3, redrawn=frozenset({"k01"})),
        Streams(3, all_redrawn=True),
        Streams(3, sobol=SOBOL),
        Streams(3, sobol=SobolPoints(KEYS)),
    ]
    assert len({one.name for one in kinds}) == len(kinds)
    assert all(one.name.startswith("3-") for one in kinds)
    assert Streams(3, redrawn=frozenset({"k02", "k01"})).name == Streams(3, redrawn=frozenset({"k01", "k02"})).name


# Sobol' points ---------------------------------------------------------------------------------------


@pytest.mark.published
@pytest.mark.parametrize("second", [False, True])
def test_each_interval_has_one_point_of_a_replicate(second: bool) -> None:
    """2**m points of a Sobol' sequence, from any multiple of 2**m on, are a net (Sobol' 1967), scrambled or not (Owen 1997)."""
    streams = Streams(5, all_redrawn=second, sobol=SOBOL)
    for power in (0, 3, 6):
        size = 2**power
        for key in KEYS:
            made = streams.uniforms(key, 3 * size * SOBOL.replicates, size * SOBOL.replicates)
            for replicate in range(SOBOL.replicates):
                cells = np.sort(np.floor(made[replicate :: SOBOL.replicates, :USED] * size), axis=0)
                assert (cells == np.arange(size)[:, None]).all()


@pytest.mark.property
@given(st.integers(0, 200), st.integers(1, 60), st.integers(0, 60), st.integers(1, 20), st.booleans(), st.sampled_from(KEYS))
def test_sobol_points_can_be_cut_anywhere(start: int, count: int, cut: int, replicates: int, second: bool, key: str) -> None:
    streams = Streams(8, all_redrawn=second, sobol=SobolPoints(KEYS, replicates))
    whole = streams.uniforms(key, start, count)
    cut = min(cut, count)
    parts = [streams.uniforms(key, start, cut), streams.uniforms(key, start + cut, count - cut)]
    assert (np.concatenate(parts) == whole).all()
    assert ((whole >= 0) & (whole < 1)).all()
    assert (streams.uniforms(key, 0, start + count)[start:] == whole).all()


def test_sobol_points_mean_the_same_on_every_machine() -> None:
    points = Streams(1, sobol=SobolPoints(("A9.RUS", "A9.UKR"))).uniforms("A9.UKR", 16, 2)
    assert points[:, :USED].tolist() == [[0.2766867878381163, 0.7372750372160226], [0.8085634442977607, 0.5798644805327058]]
    assert (points[:, USED:] == uniforms(1, "A9.UKR", 16, 2)[:, USED:]).all()


def test_replicates_seeds_and_other_keys_differ() -> None:
    points = Streams(1, sobol=SOBOL).uniforms("k01", 0, SOBOL.replicates)[:, :USED]
    assert len(np.unique(points)) == points.size
    assert (Streams(2, sobol=SOBOL).uniforms("k01", 0, 4) != Streams(1, sobol=SOBOL).uniforms("k01", 0, 4)).all()
    for key in ("elsewhere", "k01#1"):
        assert (Streams(1, sobol=SOBOL).uniforms(key, 0, 4) == uniforms(1, key, 0, 4)).all()


def test_both_streams_of_a_key_fill_the_square() -> None:
    """Scrambles apart would leave half of the squares empty: they keep the first digits of a point tied."""
    first, second = Streams(4, sobol=SOBOL), Streams(4, all_redrawn=True, sobol=SOBOL)
    for key in KEYS:
        one, other = first.uniforms(key, 0, 1024)[:, :USED], second.uniforms(key, 0, 1024)[:, :USED]
        for slot in range(USED):
            for replicate in range(SOBOL.replicates):
                rows = slice(replicate, None, SOBOL.replicates)
                cells = np.histogram2d(one[rows, slot], other[rows, slot], bins=2, range=[[0, 1], [0, 1]])[0]
                assert cells.min() >= 48  # of 256 / 4
    values = np.stack([streams.uniforms(key, 0, 4096)[:, 1] for key in KEYS for streams in (first, second)], axis=1)
    assert np.abs(values.mean(axis=0) - 0.5).max() < 1e-3


def test_shares_have_smaller_errors_than_by_chance() -> None:
    """The share in which five numbers add up to more than half of the most is one half."""
    keys = KEYS[:5]

    def error(sobol: SobolPoints | None) -> float:
        found = []
        for seed in range(40):
            streams = Streams(seed, sobol=sobol)
            values = np.stack([streams.uniforms(key, 0, 1024)[:, 1] for key in keys])
            found.append(np.mean(values.sum(axis=0) > 2.5) - 0.5)
        return float(np.sqrt(np.mean(np.square(found))))

    assert error(SobolPoints(keys)) < 0.7 * error(None)
    assert error(SobolPoints(keys, 1)) < 0.5 * error(None)


def test_sobol_points_for_nothing_sensible_are_refused() -> None:
    for keys in (("b", "a"), ("a", "a")):
        with pytest.raises(ValueError, match="sorted"):
            SobolPoints(keys)
    with pytest.raises(ValueError, match="at least 1 replicate"):
        SobolPoints(("a",), 0)
