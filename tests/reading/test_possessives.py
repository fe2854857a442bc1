"""Whom a possessive stands for: the one that fits, the subject among bodies, nobody where two people may be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.test_parties import Text
from zopa.reading.possessives import Candidate, possessor
from zopa.reading.resolving import Resolved

LEAGUE = Candidate(Resolved("LEAGUE", "Seafarers' League", named=True), subject=True)
PORT = Candidate(Resolved("PORT", "Port Company", named=True), subject=False)
CREWS = Candidate(Resolved("CREWS", "Crews", plural=True, named=True), subject=False)
ROE = Candidate(Resolved("PORT", "Ida Roe", person=True, named=True), subject=True)
VIK = Candidate(Resolved("LEAGUE", "Ole Vik", person=True, named=True), subject=False)
MOE = Candidate(Resolved("LEAGUE", "Jon Moe", person=True, named=True), subject=False)
SOMEBODY = Candidate(Resolved("anonymous", note="diplomat", person=True), subject=True)


@pytest.mark.parametrize(
    ("possessive", "before", "previous", "party"),
    [
        ("its", [], [LEAGUE], "LEAGUE"),
        ("its", [PORT], [LEAGUE], "PORT"),
        ("its", [], [LEAGUE, PORT], "LEAGUE"),
        ("its", [PORT, Candidate(LEAGUE.found, False)], [], None),
        ("its", [ROE, CREWS], [], None),
        ("their", [LEAGUE, CREWS], [], "CREWS"),
        ("his", [LEAGUE, ROE], [], "PORT"),
        ("her", [ROE, VIK], [], None),
        ("her", [VIK, MOE], [], "LEAGUE"),
        ("his", [SOMEBODY], [ROE], None),
        ("her", [], [ROE, SOMEBODY], "PORT"),
        ("his", [], [], None),
    ],
)
def test_who_fits(possessive: str, before: list[Candidate], previous: list[Candidate], party: str | None) -> None:
    found = possessor(possessive, before, previous)
    assert (None if found is None else found.party) == party


@pytest.mark.property
@given(st.sampled_from(["its", "his", "their"]), st.permutations([LEAGUE, PORT, CREWS, ROE, VIK]))
def test_the_order_of_candidates_changes_nothing(possessive: str, candidates: list[Candidate]) -> None:
    assert possessor(possessive, candidates) == possessor(possessive, sorted(candidates, key=lambda one: one.found.speaker or ""))


@pytest.mark.parametrize(
    ("text", "source", "party", "speaker", "note"),
    [
        (
            "Peru wants more cod. Its fisheries minister, Luz Mar, said so.",
            "Its fisheries minister, Luz Mar,", "PER", "Luz Mar", "fisheries minister; “its” stands for Peru",
        ),
        (
            "The Seafarers’ League met Acme Motors on Monday. Its chairman, Bo Lund, said no.",
            "Its chairman, Bo Lund,", "SEAFARERS_LEAGUE", "Bo Lund", "chairman; “its” stands for Seafarers' League",
        ),
        (
            "Norwegian minister Kari Dahl said her country could wait.",
            "her country", "NOR", "Norway", "“her” stands for Kari Dahl",
        ),
        (
            "Norwegian minister Kari Dahl left early. Her office declined to comment.",
            "Her office", "NOR", "office", "office; “her” stands for Kari Dahl",
        ),
        (
            "Danish minister Ole Holm met Norwegian minister Kari Dahl. Her government agreed.",
            "Her government", "unresolved", None, "whose government is not said",
        ),
        (
            "The growers were angry. Their leader, Pat Quinn, said so.",
            "Their leader, Pat Quinn,", "GROWERS", "Pat Quinn", "leader; “their” stands for Growers",
        ),
        (
            "Peru waits. Their leader, Pat Quinn, said so.",
            "Their leader, Pat Quinn,", "unresolved", "Pat Quinn", "whose leader is not said",
        ),
        ("A diplomat said his government would refuse.", "his government", "unresolved", None, "whose government is not said"),
        (
            "Peruvian minister Luz Mar met her European counterpart, Stig Aro, on Monday. Aro left.",
            "Aro", "EU", "Stig Aro", "European counterpart",
        ),
        (
            "Peruvian minister Luz Mar met her counterpart, Stig Aro, on Monday. Aro left.",
            "Aro", "unresolved", "Stig Aro", "whose counterpart is not said",
        ),
    ],
)  # fmt: skip
def test_offices_with_a_possessive(text: str, source: str, party: str, speaker: str | None, note: str) -> None:
    found = Text(text).of(source)
    assert (found.party, found.speaker, found.note) == (party, speaker, note)


def test_a_possessive_looks_over_no_heading() -> None:
    text = Text("Peru wants more cod.\nA quarrel at sea\nIts fisheries minister refused.")
    assert text.of("Its fisheries minister").party == "unresolved"


def test_what_has_a_minister_of_its_own_is_a_state() -> None:
    text = Text("On Monday Ostmark rejected the offer. Its defence minister, Jan Tor, refused.")
    assert text.of("Its defence minister, Jan Tor,").party == "OSTMARK"
    assert text.parties.table["OSTMARK"].kind == "state"
    firm = Text("Acme Motors rejects the offer. Its chairman, Jan Tor, refused.")
    assert firm.parties.table["ACME_MOTORS"].kind == "organisation"
