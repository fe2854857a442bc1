"""Words of likelihood: the published scale, the rule for its boundaries, and nothing without a prior."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.report.likelihood import ABOVE, BELOW, SCALE, likelihood_span, likelihood_words, scale_rule

SHARES = st.floats(0, 1)
ORDER = [BELOW, *(word for word, _, _ in SCALE), ABOVE]


@pytest.mark.published
@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.03, "almost no chance"),
        (0.12, "very unlikely"),
        (0.30, "unlikely"),
        (0.50, "roughly even chance"),
        (0.70, "likely"),
        (0.90, "very likely"),
        (0.97, "almost certain"),
    ],
)
def test_the_scale_is_that_of_the_directive(share: float, word: str) -> None:
    """Office of the Director of National Intelligence (2015), ICD 203, section D.6.e(2)(a)."""
    assert likelihood_words(share, True) == word


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.01, "almost no chance"),
        (0.05, "very unlikely"),
        (0.20, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "roughly even chance"),
        (550 / 1000, "roughly even chance"),
        (0.80, "likely"),
        (0.95, "very likely"),
        (0.99, "almost certain"),
    ],
)
def test_a_share_on_a_boundary_takes_the_word_nearer_to_an_even_chance(share: float, word: str) -> None:
    assert likelihood_words(share, True) == word


def test_outside_the_scale_there_is_no_word() -> None:
    assert likelihood_words(0.0, True) == likelihood_words(0.0099, True) == BELOW
    assert likelihood_words(1.0, True) == likelihood_words(0.9901, True) == ABOVE
    assert BELOW.startswith("outside the scale")
    assert ABOVE.startswith("outside the scale")
    for share in (-0.01, 1.01):
        with pytest.raises(ValueError, match="lies between 0 and 1"):
            likelihood_words(share, True)


@pytest.mark.property
@given(SHARES, SHARES)
def test_a_larger_share_never_has_a_lower_word(one: float, other: float) -> None:
    places = [ORDER.index(str(likelihood_words(share, True))) for share in sorted((one, other))]
    assert places == sorted(places)


@pytest.mark.property
@given(st.integers(0, 1000))
def test_yes_and_no_are_told_alike(count: int) -> None:
    yes, no = (ORDER.index(str(likelihood_words(part / 1000, True))) for part in (count, 1000 - count))
    assert yes + no == len(ORDER) - 1


@pytest.mark.property
@given(SHARES, SHARES)
def test_without_a_prior_there_are_no_words(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert likelihood_words(one, False) is None
    assert likelihood_span(low, high, False) is None


def test_where_a_boundary_lies_between_both_words_stand() -> None:
    assert likelihood_span(0.40, 0.50, True) == "unlikely to roughly even chance"
    assert likelihood_span(0.60, 0.70, True) == "likely"
    assert likelihood_span(0.45, 0.55, True) == "roughly even chance"
    assert likelihood_span(0.0, 1.0, True) == f"{BELOW} to {ABOVE}"


def test_the_rule_is_stated_with_every_word() -> None:
    assert "almost no chance 1 to 5, very unlikely 5 to 20, unlikely 20 to 45, roughly even chance 45 to 55" in scale_rule()
    assert "nearer to an even chance" in scale_rule()
