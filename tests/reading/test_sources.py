"""Who is said to say it: subjects, agents, possessors, and subjects that are handed down."""

from __future__ import annotations

import pytest

from tests.reading.test_parsing import sentences
from zopa.reading.cues import cues
from zopa.reading.sources import addressee, is_inherited, relative_pronoun, source


def sources(text: str) -> dict[str, str | None]:
    """Return the words of the source by the words of the cue."""
    rows: dict[str, str | None] = {}
    for sentence in sentences(text):
        doc = sentence.tokens.doc
        for cue in cues(sentence):
            who = source(doc, cue)
            rows[sentence.over(cue.first, cue.last).of(text)] = None if who is None else sentence.over(*who).of(text)
    return rows


@pytest.mark.parametrize(
    ("text", "cue", "who"),
    [
        # The subject, with what stands before it and with its apposition.
        ("The old harbour union said that pay is low.", "said", "The old harbour union"),
        ("Ole Holm, leader of the dockers, said that pay is low.", "said", "Ole Holm, leader of the dockers"),
        ("Chile and Peru said that the river is low.", "said", "Chile and Peru"),
        ("Pay is low, said the harbour union.", "said", "the harbour union"),
        ("The mayor of the town of Ivalo said that pay is low.", "said", "The mayor of the town of Ivalo"),
        # Trailing relative clauses and participles after a comma are not part of it.
        ("The owner, who lives abroad, said that rents will rise.", "said", "The owner"),
        # Handed down over coordination, participles and infinitives.
        ("The union left the talks and demanded a raise.", "demanded", "The union"),
        ("The owner said the roof leaks, adding that the tenants must wait.", "adding", "The owner"),
        ("The union wants to reject the offer.", "to reject", "The union"),
        ("The minister said that the lake needs water, stressing the need for a dam.", "stressing", "The minister"),
        # The head of a relative clause.
        ("The owner, who refuses to sell the land, met the mayor.", "refuses", "The owner"),
        ("The owner met the union, which opposes the sale.", "opposes", "the union"),
        # The agent of a passive.
        ("The plan was rejected by the farmers' union.", "was rejected by", "the farmers' union"),
        # Possessors of nouns, without their ending.
        ("The union's opposition to the merger grew.", "opposition to", "The union"),
        ("The drivers' demand for a break was ignored.", "demand for", "The drivers"),
        ("There are concerns within the ministry about the price of water.", "concerns", "the ministry"),
        ("The claim by the drivers that the road is closed was false.", "claim", "the drivers"),
        # Adjectives and light verbs have the subject of their verb.
        ("Bolivia is open to a longer lease.", "is open to", "Bolivia"),
        ("The board voiced concern about the cost.", "voiced concern about", "The board"),
        # According to.
        ("The dam is safe, according to the Water Board.", "according to", "the Water Board"),
        ("According to two people at the mill, the pay is low.", "According to", "two people at the mill"),
        # With X describing.
        ("The talks ended, with the union describing the offer as an insult.", "describing", "the union"),
    ],
)
def test_sources(text: str, cue: str, who: str) -> None:
    assert sources(text)[cue] == who


def test_where_nobody_is_named_there_is_no_source() -> None:
    assert set(sources("The merger was announced in June. Fears about the dam grew.").values()) <= {None}


@pytest.mark.parametrize(
    ("text", "cue", "whom"),
    [
        ("The minister told reporters that the quota was high.", "told", "reporters"),
        ("The mayor told the old board on Monday that rents rise.", "told", "the old board"),
        ("The minister said that the quota was high.", "said", None),
        ("The mayor urged tenants to pay the rent.", "urged", None),
    ],
)
def test_whom_it_is_said_to(text: str, cue: str, whom: str | None) -> None:
    (sentence,) = sentences(text)
    (found,) = [one for one in cues(sentence) if sentence.over(one.first, one.last).of(text) == cue]
    place = addressee(sentence.tokens.doc, found)
    assert (None if place is None else sentence.over(*place).of(text)) == whom


def test_shared_subjects_and_relative_pronouns() -> None:
    (sentence,) = sentences("The owner, who refuses to sell, said the roof leaks, adding that rents rise.")
    doc = sentence.tokens.doc
    found = {doc[one.head].text: one for one in cues(sentence)}
    pronoun = relative_pronoun(doc, found["refuses"])
    assert pronoun is not None
    assert doc[pronoun].text == "who"
    assert relative_pronoun(doc, found["said"]) is None
    assert is_inherited(doc, found["adding"])
    assert not is_inherited(doc, found["said"])
