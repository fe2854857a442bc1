"""Lines become sentences with exact places, by a grammar that is loaded only when a text is read."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.articles import Article
from zopa.reading.lines import split_lines
from zopa.reading.parsing import MODEL, ReadingUnavailable, Sentence, language, parse, without_dateline


def article(text: str, name: str = "a.txt") -> Article:
    return Article(name, text, split_lines(text))


def sentences(text: str) -> list[Sentence]:
    ((_, found),) = parse([article(text)])
    return found


# Letters that are easily miscounted: astral, combining, right to left, zero width, wide and unusual blanks.
ODD = "𝔘🚢👩‍🚒é\u0301\u200b\u200d\u200f\u202eשלום مرحبا\u00a0\u2009\ufeff漢字ß“”‘’"
PIECES = (
    "The union said the lease was void.",
    "We agreed.",
    "no end",
    "“We left,” she said.",
    "A. B. Lee went to St. Ives.",
    "1.5 percent",
    "?!",
)
# What an article's text holds: line ends are line feeds alone, and no half of a pair of surrogates.
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(ODD, max_size=12), ANY), max_size=8)


def test_sentences_stand_where_they_stand() -> None:
    text = "Rents rise again\n\n  The union left. The board 🚢 stayed.  \nThe port closed."
    found = sentences(text)
    assert [(one.line.number, one.text) for one in found] == [
        (3, "The union left."),
        (3, "The board 🚢 stayed."),
        (4, "The port closed."),
    ]
    assert all(text[one.span.start : one.span.end] == one.text for one in found)


def test_headings_captions_and_dates_are_not_parsed() -> None:
    text = "Rents Rise In The Harbour Town\n12 March 2024\nPhoto: a boat\n# A title\n\n"
    assert sentences(text) == []
    assert sentences("") == []


def test_places_of_words_count_from_the_start_of_the_text() -> None:
    text = "A title\n𝔘𝔘 The board met. The 🚢 crew left."
    last = sentences(text)[-1]
    crew = next(token for token in last.tokens if token.text == "crew")
    assert last.over(crew.i, crew.i + 1).of(text) == "crew left"
    assert last.offset(crew.idx) == text.index("crew")


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("OSLO, March 3 (NN) — The port closed.", "The port closed."),
        ("LIMA (Agencia) - The port closed.", "The port closed."),
        ("LA PAZ, Bolivia — The port closed.", "The port closed."),
        ("PORT-AU-PRINCE – The port closed.", "The port closed."),
        ("The port — an old one — closed.", "The port — an old one — closed."),
        ("NATO said the port — an old one — was closed.", "NATO said the port — an old one — was closed."),
        ("MAYOR: We are ready.", "MAYOR: We are ready."),
        ("UNESCO-listed ports closed.", "UNESCO-listed ports closed."),
    ],
)
def test_the_place_that_opens_a_report_is_no_part_of_its_first_sentence(line: str, rest: str) -> None:
    text = f"x.\n{line}"
    found = without_dateline(text, split_lines(text)[1])
    assert found.span.of(text) == rest
    assert found.span.end == len(text)


@pytest.mark.property
@given(MIXED, st.sampled_from([" ", "\n", "\n\n", "\t"]))
def test_sentences_lie_in_their_lines_in_order_and_lose_no_word(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    found = sentences(text)
    reach = 0
    for one in found:
        assert one.span.within(one.line.span)
        assert reach <= one.span.start < one.span.end
        assert one.text == one.text.strip()
        assert one.text == text[one.span.start : one.span.end]
        for token in one.tokens:
            assert one.over(token.i, token.i).of(text) == token.text
        reach = one.span.end
    covered = {place for one in found for place in range(one.span.start, one.span.end)}
    for line in split_lines(text):
        if line.kind == "text":
            spoken = without_dateline(text, line).span
            assert all(text[place].isspace() for place in range(spoken.start, spoken.end) if place not in covered)


def test_the_grammar_is_loaded_once() -> None:
    assert language() is language()


def test_a_missing_package_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ReadingUnavailable, match=r"zopa\[text\]"):
        language.__wrapped__()


def test_a_missing_model_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    import spacy

    def no_model(*_: object, **__: object) -> None:
        raise OSError("not there")

    monkeypatch.setattr(spacy, "load", no_model)
    with pytest.raises(ReadingUnavailable, match=MODEL):
        language.__wrapped__()


def test_each_article_gets_its_own_sentences_in_order() -> None:
    texts = ["The union left.", "", "A title", "The board met. The crew left."]
    found = list(parse(article(text, f"{number}.txt") for number, text in enumerate(texts)))
    assert [one.name for one, _ in found] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert [len(here) for _, here in found] == [1, 0, 0, 2]
    assert all(sentence.article is one for one, here in found for sentence in here)


def test_articles_are_taken_as_they_are_needed_and_let_go() -> None:
    taken: list[weakref.ref[Article]] = []

    def supply() -> Iterator[Article]:
        for number in range(400):
            one = article("The union left.\nThe board met.", f"{number}.txt")
            taken.append(weakref.ref(one))
            yield one

    stream = parse(supply())
    most = 0
    for _ in range(200):
        next(stream)
        gc.collect(0)
        most = max(most, sum(one() is not None for one in taken))
    # A batch of lines is parsed at once; nothing else is kept.
    assert len(taken) < 300
    assert most < 100


def test_what_is_no_prose_is_left_out_and_costs_little() -> None:
    endless = "The union said " + " and ".join(f"that wages{number} would fall" for number in range(300)) + "."
    unbroken = '"' * 20_000 + " The mayor said the harbour is closed."
    assert sentences(endless) == []
    assert sentences(unbroken) == []
    assert len(sentences(f"{unbroken}\nThe mayor said the harbour is closed.")) == 1
