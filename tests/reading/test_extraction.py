"""Statements as spans: nesting, parts, speech without a speaker, and places under any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.test_parsing import ANY, ODD, article, sentences
from zopa.reading.articles import Span
from zopa.reading.extraction import Found, extract, is_held, outermost, parts, repeats_its_holder

Row = tuple[str | None, str, str]


def read(text: str) -> list[Found]:
    return extract(article(text), sentences(text))


def row(one: Found, text: str) -> Row:
    return (None if one.source_span is None else one.source_span.of(text), one.cue_span.of(text), one.contents[0].of(text))


def rows(text: str) -> list[Row]:
    return [row(one, text) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        (
            "The minister said that Peru wants to buy water.",
            ("The minister", "said", "that Peru wants to buy water"),
            ("Peru", "wants", "to buy water"),
        ),
        (
            "Chile has expressed some sympathy for Peru's opposition to the dam.",
            ("Chile", "has expressed some sympathy for", "Peru's opposition to the dam"),
            ("Peru", "opposition to", "the dam"),
        ),
        (
            "Bolivia is open to a deal, according to the Water Board.",
            ("the Water Board", "according to", "Bolivia is open to a deal"),
            ("Bolivia", "is open to", "a deal"),
        ),
        (
            "“We want a new bridge,” the union said.",
            ("the union", "said", "We want a new bridge"),
            ("We", "want", "a new bridge"),
        ),
    ],
)
def test_what_one_says_about_another_lies_inside(text: str, outer: Row, inner: Row) -> None:
    found = read(text)
    assert {row(one, text) for one in found} == {outer, inner}
    assert [row(one, text) for one in outermost(found)] == [outer]
    assert [row(one, text) for one in found if is_held(one, found)] == [inner]


def test_three_deep() -> None:
    text = "The paper reported that the mayor said that the bakers want a lower rent."
    found = read(text)
    assert [row(one, text)[1] for one in found] == ["reported", "said", "want"]
    assert [row(one, text)[1] for one in outermost(found)] == ["reported"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The ministry said that the dam is full and that the river is rising.",
            {"that the dam is full", "that the river is rising"},
        ),
        ("According to the Water Board, the dam is full and the river is low.", {"the dam is full", "the river is low"}),
        ("The ministry said that the dam is full and safe.", set()),
        ("The ministry said that the dam is full.", set()),
        ("“The dam is full and the river is low,” the ministry said.", set()),
        ("The ministry wants a dam and a bridge.", set()),
    ],
)
def test_each_coordinated_clause_is_a_part_of_the_whole(text: str, wanted: set[str]) -> None:
    found = read(text)
    made = parts(found)
    assert {one.contents[0].of(text) for one in made} == wanted
    for one in made:
        assert one.part_of is not None
        whole = found[one.part_of]
        assert (one.source, one.cue) == (whole.source, whole.cue)
        assert one.contents[0].within(whole.contents[0])


def test_a_clause_with_a_cue_of_its_own_is_no_part() -> None:
    text = "The ministry said that Peru wants water and that the dam is full."
    assert [one.contents[0].of(text) for one in parts(read(text))] == ["that the dam is full"]


def test_what_an_unknown_speaker_says_is_left_out() -> None:
    assert rows("The mayor left. “We want the owner to repair the whole roof of the mill.”") == []
    # A few words in marks are an expression of whoever writes, not speech.
    assert ("The mayor", "wants", "a “green” town") in rows("The mayor wants a “green” town.")


def test_the_comma_before_an_attribution_is_not_said() -> None:
    assert rows("“We left the hall,” the crew said.") == [("the crew", "said", "We left the hall")]
    assert rows("“We left the hall.” the crew said.")[0][2] == "We left the hall."


@pytest.mark.parametrize(
    ("text", "repeats"),
    [("The union is willing to demand a vote.", True), ("The union said that it wants a vote.", False)],
)
def test_an_infinitive_that_only_goes_on_says_nothing_new(text: str, repeats: bool) -> None:
    found = read(text)
    assert any(repeats_its_holder(one, found) for one in found) is repeats


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Union Rejects New Offer", "The boats left.", "12 March 2024", "Photo: a crew", "..."]
)
def test_nothing_is_found_where_nobody_speaks(text: str) -> None:
    assert rows(text) == []


def test_statements_keep_the_order_of_their_sentences() -> None:
    text = "The union said pay is low.\nThe board refused to pay. The mayor wants a vote."
    assert [one[1] for one in rows(text)] == ["said", "refused", "wants"]


SAID = st.sampled_from(
    [
        "The union said that the pay is low.",
        "“We will strike,” the union said. “We mean it.”",
        'The board "never" agreed, it said.',
        "According to the mayor, the dam is full",
        "MAYOR: We are ready to talk.",
        "The offer, the board said, stands.",
        "“We left.” — Ana Ruiz",
        "“We left the hall.",
        "she said “no",
        "Peru's opposition to the dam (and, it said, to rain) grew",
    ]
)


@pytest.mark.property
@given(st.lists(st.one_of(SAID, ANY, st.text(ODD, max_size=10)), max_size=7), st.sampled_from([" ", "\n", ""]))
def test_places_hold_under_any_text(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    whole = Span(0, len(text))
    speaking = [line.span for line in article(text).lines if line.kind == "text"]
    for one in read(text):
        spans = [one.cue_span, *([] if one.source_span is None else [one.source_span])]
        assert all(span.within(one.sentence.span) for span in spans)
        for span in (*spans, *one.contents):
            assert span.within(whole)
            assert any(span.within(line) for line in speaking)
            assert span.of(text).strip() != ""
