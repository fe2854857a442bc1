"""Seats, organs and organisations: every row leads to a party that exists."""

from __future__ import annotations

import pytest

from zopa.reading.countries import countries
from zopa.reading.metonyms import known_phrases, organisations


def test_every_phrase_leads_to_a_known_party() -> None:
    keys = {*countries(), *organisations()}
    assert {known.key for known in known_phrases().values()} == keys


def test_no_organisation_takes_the_code_of_a_state() -> None:
    assert not set(countries()) & set(organisations())


@pytest.mark.parametrize(
    ("phrase", "key", "form"),
    [
        ("Kremlin", "RUS", "seat"),
        ("Downing Street", "GBR", "seat"),
        ("Quai d'Orsay", "FRA", "seat"),
        ("Brussels", "EU", "seat"),
        ("E.U.", "EU", "name"),
        ("Houthi", "HOUTHIS", "adjective"),
        ("Lisbon", "PRT", "capital"),
    ],
)
def test_phrases(phrase: str, key: str, form: str) -> None:
    known = known_phrases()[phrase]
    assert (known.key, known.form) == (key, form)


def test_seats_say_what_they_are() -> None:
    assert all(known.what for known in known_phrases().values() if known.form == "seat")
