"""Weights that keep their sum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.workbench.keeping_sums import SumRefused, keep_sum

CENT = Fraction(1, 100)


def weights(*numbers: str) -> dict[str, Fraction]:
    return {f"w{place}": Fraction(number) for place, number in enumerate(numbers)}


def test_others_give_way_in_proportion() -> None:
    found = keep_sum(weights("40", "40", "20"), "w0", Fraction(70), Fraction(100), CENT)
    assert found == weights("70", "20", "10")


def test_what_rounding_leaves_goes_to_the_largest_remainder() -> None:
    found = keep_sum(weights("40", "30", "20", "10"), "w0", Fraction(50), Fraction(100), Fraction(1))
    assert found == weights("50", "25", "17", "8")


def test_held_ones_stay() -> None:
    found = keep_sum(weights("40", "40", "20"), "w0", Fraction(50), Fraction(100), CENT, held=["w2"])
    assert found == weights("50", "30", "20")


def test_where_all_others_are_nought_they_grow_alike() -> None:
    assert keep_sum(weights("100", "0", "0"), "w0", Fraction(60), Fraction(100), CENT) == weights("60", "20", "20")


def test_parts_off_the_grain_are_kept_exactly() -> None:
    found = keep_sum(weights("40", "30", "30"), "w0", Fraction(1, 3), Fraction(100), Fraction(1))
    assert sum(found.values()) == 100
    assert found["w0"] == Fraction(1, 3)


@pytest.mark.parametrize(
    ("value", "held", "words"),
    [("-1", (), "below 0"), ("101", (), "at most 100"), ("81", ("w2",), "at most 80"), ("30", ("w1", "w2"), "Let one go")],
)
def test_what_cannot_be_is_refused_in_words(value: str, held: tuple[str, ...], words: str) -> None:
    with pytest.raises(SumRefused, match=words):
        keep_sum(weights("40", "40", "20"), "w0", Fraction(value), Fraction(100), CENT, held)


def test_an_unknown_weight_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        keep_sum(weights("40", "60"), "other", Fraction(1), Fraction(100), CENT)


grains = st.sampled_from([Fraction(1), CENT, Fraction(1, 8), Fraction(5)])
numbers = st.fractions(min_value=0, max_value=100, max_denominator=1000)


@pytest.mark.property
@given(st.lists(numbers, min_size=2, max_size=8), st.data())
def test_the_sum_is_kept_exactly_nothing_is_negative_and_held_ones_stay(sizes: list[Fraction], data: st.DataObject) -> None:
    given_weights = {f"w{place}": size for place, size in enumerate(sizes)}
    total = sum(sizes, Fraction(0))
    moved = data.draw(st.sampled_from(list(given_weights)))
    held = data.draw(st.sets(st.sampled_from(list(given_weights))))
    value = data.draw(st.fractions(min_value=0, max_value=int(total) + 1, max_denominator=1000))
    grain = data.draw(grains)
    stay = {name for name in held if name != moved}
    rest = total - value - sum((given_weights[name] for name in stay), Fraction(0))
    free = set(given_weights) - stay - {moved}
    if rest < 0 or (rest and not free):
        with pytest.raises(SumRefused):
            keep_sum(given_weights, moved, value, total, grain, held)
        return
    found = keep_sum(given_weights, moved, value, total, grain, held)
    assert list(found) == list(given_weights)
    assert sum(found.values(), Fraction(0)) == total
    assert found[moved] == value
    assert all(one >= 0 for one in found.values())
    assert all(found[name] == given_weights[name] for name in stay)
    together = sum((given_weights[name] for name in free), Fraction(0))
    for name in free:
        exact = rest * given_weights[name] / together if together else rest / len(free)
        assert abs(found[name] - exact) <= grain


@pytest.mark.property
@given(st.lists(st.integers(min_value=0, max_value=100), min_size=2, max_size=8), st.data())
def test_on_the_grain_all_stay_on_the_grain(sizes: list[int], data: st.DataObject) -> None:
    given_weights = {f"w{place}": Fraction(size) for place, size in enumerate(sizes)}
    value = Fraction(data.draw(st.integers(min_value=0, max_value=sum(sizes))))
    found = keep_sum(given_weights, "w0", value, Fraction(sum(sizes)), Fraction(1))
    assert all(one.denominator == 1 for one in found.values())
