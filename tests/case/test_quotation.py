"""Quotations in their source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case.quotation import closest_passage, find_quotation, fold

TEXT = "He said: “We — the two of us — won’t\n  sign it.” She won't sign it; farms are not arms. Cafe\u0301 talks."


def found(quote: str) -> list[str]:
    return [TEXT[start:end] for start, end in find_quotation(quote, fold(TEXT))]


def test_layout_and_typography_do_not_matter() -> None:
    assert found('"We - the two of us - won\'t sign it."') == ["“We — the two of us — won’t\n  sign it.”"]
    assert found("won’t sign it") == ["won’t\n  sign it", "won't sign it"]
    assert found("café talks") == []
    assert found("Café talks") == ["Cafe\u0301 talks"]


def test_everything_else_does() -> None:
    assert found("he said") == []
    assert found("arms") == ["arms"]
    assert found("sign") == ["sign", "sign"]
    assert found("  ") == []


@pytest.mark.property
@given(st.text(alphabet="ab “”—'\n.é\u0301", max_size=60), st.data())
def test_every_cut_at_word_boundaries_is_found_where_it_was_cut(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    if quote.startswith("\u0301"):
        return  # an accent belongs to the letter before it, so that a quotation cannot begin with one
    spans = find_quotation(quote, fold(text))
    assert spans
    for start, end in spans:
        assert fold(text[start:end]).text.strip() == fold(quote).text.strip()


def test_the_closest_passage_is_named() -> None:
    source = fold("The mayor said that no lease beyond thirty years was possible this spring.")
    assert closest_passage("no lease beyond 30 years was possible", source) == "no lease beyond thirty years was possible"
    assert closest_passage("nothing of this stands there", source) is None
