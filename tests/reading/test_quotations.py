"""Which words of a line stand in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.articles import Line, Span
from zopa.reading.quotations import covering, quotations


def line(text: str) -> Line:
    return Line(1, Span(0, len(text)), "text")


def inner(text: str) -> list[str]:
    return [one.inner.of(text) for one in quotations(text, line(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("No marks at all.", []),
        ("“We left,” she said.", ["We left,"]),
        ('"We left," she said.', ["We left,"]),
        ("''We left,'' she said.", ["We left,"]),
        ("``We left,'' she said.", ["We left,"]),
        ("„We left,“ she said. “Now.”", ["We left,“ she said. “Now."]),
        ("«We left», she said.", ["We left"]),
        ('"We left," she said. "We will return."', ["We left,", "We will return."]),
        ("The “excellent” talks (“a joke”, he said).", ["excellent", "a joke"]),
        ('The "excellent" talks ("a joke", he said).', ["excellent", "a joke"]),
        ("The crew's and the owners' boats aren't sold.", []),
        ("“ We left ” she said.", ["We left"]),
        ("Nothing “” here.", []),
        ('Nothing "" here.', []),
        ("She said: “We left. They stayed.", ["We left. They stayed."]),
        ('He called it—"a joke"—twice.', ["a joke"]),
        ("“The ‘small’ boat,” she said.", ["The ‘small’ boat,"]),
        ("A closing ” alone.", []),
    ],
)
def test_quotations(text: str, wanted: list[str]) -> None:
    assert inner(text) == wanted


def test_a_line_that_ends_first_leaves_the_quotation_open() -> None:
    text = "“We left. They stayed."
    (one,) = quotations(text, line(text))
    assert not one.closed
    assert one.outer == Span(0, len(text))
    (shut,) = quotations("“We left.”", line("“We left.”"))
    assert shut.closed
    assert (shut.outer, shut.inner) == (Span(0, 10), Span(1, 9))


def test_only_the_line_is_looked_at() -> None:
    text = '"A" x "B"\nsaid "C" and "D'
    second = Line(2, Span(10, len(text)), "text")
    assert [one.inner.of(text) for one in quotations(text, second)] == ["C", "D"]


def test_the_quotation_around_a_character() -> None:
    text = "“We left,” she said."
    found = quotations(text, line(text))
    assert covering(found, 0) == covering(found, 9) == found[0]
    assert covering(found, 10) is None
    assert covering([], 0) is None


@pytest.mark.property
@given(st.text(st.sampled_from("\"“”„«»'` ab.,([—\t🚢\u0301\u200f")))
def test_quotations_follow_each_other_and_never_hold_blanks_at_their_ends(text: str) -> None:
    before = f"x\n{text}"
    reach = 2
    found = quotations(before, Line(2, Span(2, len(before)), "text"))
    for number, one in enumerate(found):
        assert reach <= one.outer.start < one.inner.start < one.inner.end <= one.outer.end <= len(before)
        assert one.inner.of(before) == one.inner.of(before).strip()
        assert one.closed or number == len(found) - 1
        reach = one.outer.end
