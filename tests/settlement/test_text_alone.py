"""What the text of the Ukraine case decides, before any assumption."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.settlement import TextAlone, text_alone
from zopa.space import package_space


@lru_cache
def ukraine() -> Case:
    return load_case(shipped_case("ukraine-2025"))


@lru_cache
def text() -> TextAlone:
    return text_alone(ukraine(), package_space(ukraine()))


def left(**reading: str) -> int:
    rows = [one for one in text().readings if all(one.reading[name] == word for name, word in reading.items())]
    counts = {one.compatible for one in rows}
    assert len(counts) == 1
    return counts.pop()


@pytest.mark.published
def test_the_counts_of_the_model_table() -> None:
    found = text()
    assert (found.total, found.allowed, found.deals) == (15_120, 3_268, 3_192)
    content = {"row12": "content"}
    assert left(**content, firm14="no", firm17="no") == 2_184
    assert left(**content, firm14="yes", firm17="no") == 1_176
    assert left(**content, firm14="yes", firm17="yes", scope17="invitation") == 840
    assert left(**content, firm14="no", firm17="yes", scope17="invitation") == 1_680
    assert left(**content, firm14="yes", firm17="yes", scope17="member") == 1_008
    assert found.strictest is not None
    assert found.strictest.compatible == 840
    assert dict(found.without) == {"s12": 840, "s14": 1_680, "s17": 1_176}


def test_only_what_the_source_gives_as_a_party_s_stand_counts_as_its_condition() -> None:
    # s22 names nobody, so the red lines that rest on it are assumptions and stay out.
    assert [one.line for one in text().conditions] == ["L17", "L17i", "L12", "L14"]
    assert {one.party for one in text().conditions} == {"RUS", "UKR"}
    # Russia's opposition is told without a speaker; Ukraine's conditions are reported from its president.
    assert [one.own_words for one in text().conditions] == [False, False, True, True]
    assert set(text().questions()) == {"row12", "firm14", "firm17", "scope17"}
    assert set(text().sentences()) == {"s12", "s14", "s17"}


def test_what_the_text_does_not_say_is_listed() -> None:
    positions = text().positions
    for issue in ("dmz", "territory"):
        assert not any(positions[issue][party] for party in ("RUS", "UKR", "USA", "EUR", "NATO"))
    for party in ("EUR", "NATO"):
        assert not any(row[party] for row in positions.values())
    assert [issue for issue, row in positions.items() if row["RUS"]] == ["meeting", "nato"]
    assert positions["fighting"]["USA"] == ("s7", "s8")
    # Trump's word on Putin's wishes is not Russia's own.
    assert "s5" not in positions["meeting"]["RUS"]
    assert "s5" in text().reported["meeting"]["RUS"]
    assert "s5" in positions["meeting"]["USA"]
    # What belongs to nobody is not lost.
    assert set(text().unattributed["dmz"]) == {"s20", "s22", "s23"}
    assert {"territory", "dmz", "fighting"} <= set(text().silent()["RUS"]) & set(text().silent()["UKR"])
    assert text().silent()["EUR"] == text().silent()["NATO"] == tuple(positions)
    assert (text().added, text().options) == (14, 29)


def test_a_sentence_is_not_listed_twice_for_one_package() -> None:
    for said in text().named.values():
        because = {base for one in text().conditions if one.line in said["conditions"] for base in one.because}
        assert not because & set(said["wishes"])


@pytest.mark.parametrize(
    ("package", "conditions"),
    [("P0", ()), ("P1", ("L12", "L14")), ("P2", ("L12", "L14")), ("P3", ("L14",)), ("P4", ()), ("P5", ()), ("P6", ("L17",))],
)
def test_the_reference_packages(package: str, conditions: tuple[str, ...]) -> None:
    assert text().named[package]["conditions"] == conditions


def test_going_on_contradicts_a_wish_of_the_united_states() -> None:
    assert {"s7", "s8"} <= set(text().named["P0"]["wishes"])
    assert not {"s7", "s8"} & set(text().named["P5"]["wishes"])


def test_the_circular_wait_exists_under_one_reading_only() -> None:
    (wait,) = text().waits
    assert dict(wait.reading) == {"row12": "precondition"}
    assert set(wait.gates) == {"talks", "joint"}
    assert wait.behind == ("deal",)


def without_red_lines(case: Case, statement: str) -> Case:
    """The case as if a statement had not been made: red lines that rest on it alone are gone."""
    preferences = {
        party: replace(one, red_lines=tuple(line for line in one.red_lines if line.basis.because != (statement,)))
        for party, one in case.preferences.items()
    }
    return replace(case, preferences=preferences)


@pytest.mark.parametrize(
    ("statement", "expected"), [("s12", 840), ("s14", 1_680), ("s17", 1_176), ("s13", 840), ("s25", 840), ("s26", 840)]
)
def test_deleting_one_statement_gives_the_count_without_it(statement: str, expected: int) -> None:
    found: Any = text_alone(without_red_lines(ukraine(), statement), package_space(ukraine()))
    assert found.strictest.compatible == expected
