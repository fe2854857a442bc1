"""What the narrator says alone: proposals, consequences, aims and facts with amounts; all else is left alone."""

from __future__ import annotations

import pytest

from tests.reading.test_parsing import sentences
from zopa.reading.narration import narrated

Row = tuple[str, str | None, str, str]


def told(text: str, covered: str | None = None) -> list[Row]:
    (sentence,) = sentences(text)
    spans = []
    if covered is not None:
        start = text.index(covered)
        spans = [type(sentence.span)(start, start + len(covered))]
    found = []
    for one in narrated(sentence, spans):
        assert one.narrated
        source = None if one.source_span is None else one.source_span.of(text)
        found.append((one.cue.entry.predicate, source, one.cue_span.of(text), one.contents[0].of(text)))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A draft treaty has surfaced that contains a ban on trawlers.",
            ("propose", None, "has surfaced", "a ban on trawlers"),
        ),
        ("A plan to close the old mine surfaced.", ("propose", None, "surfaced", "to close the old mine")),
        ("The proposal includes a cap on rents.", ("propose", "The proposal", "includes", "a cap on rents")),
        ("The deal calls the owner back.", None),
        ("The offer would cover all crews.", ("propose", "The offer", "would cover", "all crews")),
    ],
)
def test_proposals(text: str, wanted: Row | None) -> None:
    assert told(text) == ([] if wanted is None else [wanted])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "This truce could stop the fishing and lead to a loss of jobs.",
            [("consequence", None, "could stop", "the fishing"), ("consequence", None, "lead to", "a loss of jobs")],
        ),
        ("The new treaty might raise the price of grain.", [("consequence", None, "might raise", "the price of grain")]),
        ("This cut would end the strike.", [("consequence", None, "would end", "the strike")]),
        ("The rain could end the drought.", []),
        ("The plan raised the price of grain.", []),
    ],
)
def test_consequences_of_proposals(text: str, wanted: list[Row]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The plan is intended to calm the market.", ("aim", "The plan", "is intended", "to calm the market")),
        ("The treaty is designed to protect the river.", ("aim", "The treaty", "is designed", "to protect the river")),
        ("The bridge was meant to last.", ("aim", "The bridge", "was meant", "to last")),
    ],
)
def test_aims(text: str, wanted: Row) -> None:
    assert told(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chile has paid Peru $40 million since 2019.", [("fact", None, "has paid", "Peru $40 million since 2019")]),
        ("Rents rose by 12 percent last year.", [("fact", None, "rose", "by 12 percent last year")]),
        ("The pier has a length of 300 metres.", [("fact", None, "has", "a length of 300 metres")]),
        # No amount, no unit, the future, or nobody.
        ("The region has a history of drought.", []),
        ("The union left the talks.", []),
        ("It costs $40 million.", []),
        ("The pier will cost $40 million.", []),
    ],
)
def test_facts_need_an_amount(text: str, wanted: list[Row]) -> None:
    assert told(text) == wanted


def test_nothing_that_a_speaker_says_is_the_narrators() -> None:
    text = "The union said the plan could end the strike."
    assert told(text, covered="the plan could end the strike") == []
    assert told(text) == [("consequence", None, "could end", "the strike")]
