"""What somebody would do on a condition, inside what is said."""

from __future__ import annotations

import pytest

from zopa.reading import Article, Statement, parse, read_article, split_lines
from zopa.reading.conditional import conditional_offers
from zopa.reading.extraction import extract


def offers(text: str) -> list[tuple[str, str, str]]:
    article = Article("a.txt", text, split_lines(text))
    sentences = next(iter(parse([article])))[1]
    found = conditional_offers(extract(article, sentences))
    return [
        (one.source_span.of(text) if one.source_span else "", one.cue_span.of(text), one.contents[0].of(text)) for one in found
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Bolivia said it would open the sluices only if Chile paid for the gauge.",
            ("it", "would", "open the sluices only if Chile paid for the gauge"),
        ),
        (
            "The agency said the fleet will not sail unless the quota is raised.",
            ("the fleet", "will not", "sail unless the quota is raised"),
        ),
    ],
)
def test_the_clause_is_a_condition_of_who_would_act(text: str, wanted: tuple[str, str, str]) -> None:
    assert offers(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Bolivia said it would open the sluices in May.",
        "Bolivia would open the sluices only if Chile paid.",
        "Bolivia said the sluices would be opened if Chile paid.",
    ],
)
def test_no_condition_no_speech_or_no_agent(text: str) -> None:
    assert offers(text) == []


def test_it_lies_inside_the_statement_that_reports_it() -> None:
    text = "Chile's envoy, Ana Ruiz, said Bolivia would open the sluices only if Chile paid for the gauge."
    inner = [one for one in _read(text) if one.cue.of(text) == "would"]
    assert [(one.party, one.level, one.own_words) for one in inner] == [("BOL", 2, False)]
    assert inner[0].nested_in is not None


def _read(text: str) -> tuple[Statement, ...]:
    return read_article(Article("a.txt", text, split_lines(text))).statements
