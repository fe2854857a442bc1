"""Selecting words: whole words of one sentence, never a heading, always the words of the text."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.readings import EAGER, FLEET, QUOTA, SHARE, YEARS, Reading, article, herring, span
from zopa.reading.articles import Article, Span
from zopa.reading.selecting import (
    ReviewFault,
    governed,
    quotation_of,
    reach,
    selected,
    sentences_of,
    trimmed,
    with_whole_amounts,
    words_of,
)
from zopa.reading.statements import Statement

WORDS = st.text(st.sampled_from("aB é́0.,'’-“”\"?!:()% \t\u200b\u00a0"), max_size=60)


def blank(text: Article, sentence: Span) -> Statement:
    """A statement of a sentence of which nothing is chosen yet."""
    start = Span(sentence.start, sentence.start)
    return Statement("x", text.name, 1, sentence, None, start, start, "say", "narrator", 4, own_words=False)


def unread(*lines: str) -> Reading:
    return Reading(article("a.txt", *(("text", line) for line in lines)), None, ())


def sentences(*lines: str) -> list[str]:
    reading = unread(*lines)
    return [one.of(reading.article.text) for one in sentences_of(reading)]


# Sentences -----------------------------------------------------------------------------------------------


def test_the_sentences_of_the_reader_come_first_and_headings_have_none() -> None:
    reading = herring()
    assert [one.of(reading.article.text) for one in sentences_of(reading)] == [QUOTA, EAGER, SHARE, FLEET, YEARS]
    fewer = replace(reading, statements=reading.statements[:1])
    assert [one.of(reading.article.text) for one in sentences_of(fewer)] == [QUOTA, EAGER, SHARE, FLEET, YEARS]


def test_full_stops_of_titles_and_initials_end_no_sentence() -> None:
    assert sentences("Mr. Abel met Dr. J. K. Oyelaran. They agreed.") == ["Mr. Abel met Dr. J. K. Oyelaran.", "They agreed."]
    assert sentences("The U.S. Treasury waited.") == ["The U.S. Treasury waited."]
    assert sentences("“Why wait?” She left! (Nobody spoke.) He did.") == [
        "“Why wait?”",
        "She left!",
        "(Nobody spoke.)",
        "He did.",
    ]
    assert sentences("It cost 4.5 million.", "   ", "") == ["It cost 4.5 million."]


@pytest.mark.property
@given(st.lists(WORDS, max_size=4))
def test_sentences_lie_in_lines_apart_and_hold_every_word(lines: list[str]) -> None:
    reading = unread(*(line.replace("\n", " ") for line in lines))
    found = sentences_of(reading)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(any(one.within(line.span) for line in reading.article.lines) for one in found)
    text = reading.article.text
    assert "".join("".join(one.of(text).split()) for one in found) == "".join(text.split())


def test_a_long_run_of_stops_is_looked_at_once() -> None:
    """The pattern tries a run of signs only from its first sign and gives nothing back, so time grows with length alone."""
    from zopa.reading import selecting

    assert "++" in selecting._STOP.pattern
    assert selecting._STOP.pattern.startswith("(?<![.!?])")
    assert sentences("." * 50_000 + " " * 50_000) == ["." * 50_000]


# Words ---------------------------------------------------------------------------------------------------


def test_words_can_be_named_by_number() -> None:
    text = "Jón’s offer, 4.5% of 10,000, isn't off-limits."
    assert [one.of(text) for one in words_of(text, Span(0, len(text)))] == [
        *["Jón’s", "offer", "4.5", "%", "of", "10,000", "isn't", "off-limits"]
    ]


@pytest.mark.property
@given(WORDS)
def test_what_is_selected_by_numbers_is_whole_words_or_nothing(words: str) -> None:
    reading = unread(f"Start {words} end")
    (line,) = reading.article.lines
    text = reading.article.text
    for one in words_of(text, line.span):
        with suppress(ReviewFault):
            found = selected(reading.article, blank(reading.article, line.span), one)
            assert found == one
            assert not (text[one.start - 1 : one.start].isalnum() and text[one.start].isalnum())
            assert not (text[one.end - 1].isalnum() and text[one.end : one.end + 1].isalnum())


# Selections ----------------------------------------------------------------------------------------------


def test_blanks_at_the_ends_are_left_out() -> None:
    text = article("a.txt", ("text", "The port  agreed."))
    assert selected(text, blank(text, text.lines[0].span), Span(3, 10)).of(text.text) == "port"
    assert trimmed("  ", Span(0, 2)) == Span(2, 2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((153, 153), "Nothing is selected"),
        ((155, 158), "cuts a word"),
        ((140, 158), "leaves its sentence"),
        ((-3, 4), "outside the text"),
        ((10, 5), "outside the text"),
        ((0, 10**9), "outside the text"),
    ],
)
def test_what_cannot_be_selected(words: tuple[int, int], why: str) -> None:
    reading = herring()
    sentence = span(reading.article.text, EAGER)
    with pytest.raises(ReviewFault, match=why):
        selected(reading.article, blank(reading.article, sentence), Span(*words))


def test_numbers_and_accents_written_apart_are_not_cut() -> None:
    text = article("a.txt", ("text", "Rene\u0301 pays 61.4 percent."))
    line = blank(text, text.lines[0].span)
    assert selected(text, line, Span(0, 5)).of(text.text) == "Rene\u0301"
    for start, end in ((0, 4), (11, 13), (14, 15)):
        with pytest.raises(ReviewFault, match="cuts a word or a number"):
            selected(text, line, Span(start, end))


@pytest.mark.parametrize("kind", ["heading", "dateline", "caption"])
def test_nothing_is_taken_from_a_line_that_says_nothing(kind: str) -> None:
    text = article("a.txt", (kind, "Port seeks a longer lease"))  # type: ignore[arg-type]
    with pytest.raises(ReviewFault, match="heading or a caption"):
        selected(text, blank(text, text.lines[0].span), Span(0, 4))


SPOKEN = "“The nets stay in. Nobody leaves the harbour,” the skipper said. “We wait.”"


def test_a_quotation_may_run_beyond_its_sentence_and_nothing_else_may() -> None:
    text = article("a.txt", ("text", SPOKEN))
    sentence = span(text.text, "Nobody leaves the harbour,” the skipper said.")
    said = replace(blank(text, sentence), content=span(text.text, "The nets stay in. Nobody leaves the harbour"))
    assert reach(said) == Span(1, sentence.end)
    assert selected(text, said, span(text.text, "stay in. Nobody leaves")).of(text.text) == "stay in. Nobody leaves"
    assert selected(text, said, span(text.text, "The nets")).of(text.text) == "The nets"
    for words in ("stay in. Nobody leaves the harbour,” the skipper", "We wait", "“The nets stay"):
        with pytest.raises(ReviewFault, match="or from a quotation that runs beyond it"):
            selected(text, said, span(text.text, words))
    # Where the reader found no quotation beyond, none may be taken.
    with pytest.raises(ReviewFault, match="leaves its sentence"):
        selected(text, blank(text, sentence), span(text.text, "The nets"))
    assert reach(replace(said, further=(span(text.text, "We wait"),))).end == len(text.text) - 2


# What a selection takes in -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cue", "content", "wanted"),
    [
        ("The union did not accept the offer.", "accept", "the offer", "not accept"),
        ("The union might accept the offer.", "accept", "the offer", "might accept"),
        ("The union accepted the offer.", "accepted", "the offer", "accepted"),
    ],
)
def test_a_cue_takes_in_what_turns_or_weakens_it(text: str, cue: str, content: str, wanted: str) -> None:
    found = governed(text, Span(0, len(text)), span(text, cue), span(text, content))
    assert found.of(text).endswith(wanted)
    assert found.within(Span(0, text.index(content)))


def test_a_content_takes_in_the_rest_of_an_amount() -> None:
    reading = herring()
    text = reading.article.text
    cut = span(text, "15 percent")
    assert with_whole_amounts(cut, reading.amounts).of(text) == "at least 15 percent"
    assert with_whole_amounts(span(text, "another year"), reading.amounts).of(text) == "another year"


def test_quotation_marks_are_seen() -> None:
    reading = herring()
    text = reading.article.text
    assert quotation_of(reading.article, span(text, "cannot wait")) == (True, True)
    assert quotation_of(reading.article, span(text, "said: “We cannot")) == (False, True)
    assert quotation_of(reading.article, span(text, "a share of")) == (False, False)
