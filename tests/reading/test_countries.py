"""The table of states: codes, words, and which reading of a word counts."""

from __future__ import annotations

import pytest

from zopa.reading.countries import countries, country_words


def test_codes_are_three_capital_letters_and_names_are_unique() -> None:
    table = countries()
    assert len(table) > 190
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in table)
    assert len({country.name for country in table.values()}) == len(table)


@pytest.mark.published
@pytest.mark.parametrize(
    ("code", "name"),
    # ISO 3166-1, alpha-3 codes that do not begin like the name.
    [("DEU", "Germany"), ("CHE", "Switzerland"), ("HRV", "Croatia"), ("ZAF", "South Africa"), ("DZA", "Algeria"),
     ("KHM", "Cambodia"), ("TCD", "Chad"), ("PRK", "North Korea"), ("KOR", "South Korea"), ("GBR", "United Kingdom")],
)  # fmt: skip
def test_codes_are_those_of_the_standard(code: str, name: str) -> None:
    assert countries()[code].name == name


@pytest.mark.parametrize(
    ("word", "code", "form"),
    [
        ("Norway", "NOR", "name"),
        ("Norwegian", "NOR", "adjective"),
        ("Norwegians", "NOR", "people"),
        ("Danes", "DNK", "people"),
        ("Dane", "DNK", "person"),
        ("Frenchman", "FRA", "person"),
        ("Dutch", "NLD", "adjective"),
        ("Kyiv", "UKR", "capital"),
        ("Washington", "USA", "capital"),
        ("U.S.", "USA", "name"),
        ("New Zealanders", "NZL", "people"),
        ("Luxembourg", "LUX", "name"),
    ],
)
def test_words_lead_to_states(word: str, code: str, form: str) -> None:
    assert country_words()[word] == (code, form)


def test_no_name_of_a_state_is_lost_to_another_reading() -> None:
    for country in countries().values():
        assert country_words()[country.name] == (country.code, "name")
