"""Noun phrases: titles with owners, prepositions, apposition."""

from __future__ import annotations

import pytest

from tests.reading.test_parties import sentences_of
from zopa.reading.mentions import pieces_of
from zopa.reading.phrases import abbreviates, attached, links_of, phrases_of


@pytest.mark.parametrize(
    ("text", "name", "title", "owner"),
    [
        ("Norwegian fisheries minister Kari Dahl left.", "Kari Dahl", "fisheries minister", "Norwegian"),
        ("Kari Dahl, Norway’s fisheries minister, left.", "Kari Dahl", "fisheries minister", "Norway"),
        ("The union’s chief negotiator, Ann Lee, left.", "Ann Lee", "chief negotiator", "union"),
        ("Ann Lee, a spokeswoman for the Teamsters, left.", "Ann Lee", "spokeswoman", "Teamsters"),
        ("Acme chief executive Tom Poe left.", "Tom Poe", "chief executive", "Acme"),
        ("Former Norwegian minister Per Berg left.", "Per Berg", "Former minister", "Norwegian"),
        ("Trade and industry minister Ola Berg of Norway left.", "Ola Berg", "Trade and industry minister", "Norway"),
        ("Chile under President Ana Rey’s administration paid.", "Ana Rey", "President", "Chile"),
        ("Sam Orr, who leads the tenants’ association, left.", "Sam Orr", "who leads", "association"),
        ("Sam Orr, who runs a shop and chairs the tenants’ association, left.", "Sam Orr", "who chairs", "association"),
        ("Sam Orr, who leads vaccine research at the Coast Institute, left.", "Sam Orr", "who leads research", "Coast Institute"),
        ("Sam Orr, who oversees repairs at the bank, left.", "Sam Orr", "who oversees repairs", "bank"),
        ("Ole Vik, a senior partner at Harrow, left.", "Ole Vik", "senior partner", "Harrow"),
        ("Ole Vik, who is the union’s negotiator, left.", "Ole Vik", "negotiator", "union"),
        ("Lena Ruud, 34, a nurse at the hospital, left.", "Lena Ruud", "nurse", "hospital"),
        ("Kai Holt (Harbour Terminals) left.", "Kai Holt", "", "Harbour Terminals"),
        ("Pia Lund of the Seafarers’ League left.", "Pia Lund", "", "Seafarers' League"),
        ("Mark O’Neil, of the tenants’ association, left.", "Mark O'Neil", "", "association"),
    ],
)
def test_what_is_said_about_names(text: str, name: str, title: str, owner: str) -> None:
    (sentence,) = sentences_of(text)
    pieces = pieces_of(sentence)
    found = {
        (link.name.text, link.office.title, link.office.owner.text)
        for link in links_of(pieces, attached(pieces, phrases_of(pieces)))
        if link.office.owner is not None
    }
    assert (name, title, owner) in found


def test_an_ambassador_to_a_state_is_not_of_it() -> None:
    (sentence,) = sentences_of("The ambassador to Peru and an adviser to Chile left.")
    pieces = pieces_of(sentence)
    owners = [phrase.owner.text if phrase.owner else None for phrase, _, _ in attached(pieces, phrases_of(pieces)) if phrase.noun]
    assert owners == [None, "Chile"]


def test_two_nouns_make_one_title_only_for_people() -> None:
    (sentence,) = sentences_of("The company union leader left.")
    pieces = pieces_of(sentence)
    (phrase, *_), *_ = phrases_of(pieces)
    assert phrase.text.endswith("leader")
    assert phrase.owner is not None
    assert phrase.owner.noun is not None
    assert phrase.owner.noun.singular == "union"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met in Chelsea, the mayor said.", "Chelsea"),
        ("Kai Holt, who led the union, left.", "Kai Holt"),
        ("The United Port Workers (UPW) left.", "United Port Workers"),
    ],
)
def test_what_says_nothing_about_a_name(text: str, name: str) -> None:
    (sentence,) = sentences_of(text)
    pieces = pieces_of(sentence)
    assert name not in {link.name.text for link in links_of(pieces, attached(pieces, phrases_of(pieces)))}


@pytest.mark.parametrize(
    ("short", "name", "is_short"),
    [
        ("ISA", "Island States Alliance", True),
        ("N.F.", "National Front", True),
        ("UoS", "University of Saltby", False),
        ("US", "University of Saltby", True),
        ("UOS", "University of Saltby", True),
        ("ABC", "National Front", False),
        ("N", "Norway", False),
        ("Nf", "National Front", False),
    ],
)
def test_abbreviations(short: str, name: str, is_short: bool) -> None:
    assert abbreviates(short, name) is is_short
