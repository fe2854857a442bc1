"""Files that are not what they seem, sources that prove nothing, and findings with the right place and remedy."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.case.broken import SOUND, SOURCE
from zopa.case import Fault, Severity, read_case, read_text

Make = Callable[..., Path]


def only(text: str, folder: Path) -> Fault:
    (fault,) = read_text(text, folder / "case.yaml").faults
    return fault


@pytest.fixture
def harbour(make_case: Make) -> Path:
    return make_case(SOUND, minutes=SOURCE)


# Sources -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["case.yaml", "./case.yaml", "sources/../case.yaml", "link.md", "twin.md"])
def test_a_case_cannot_prove_its_own_quotations(make_case: Make, name: str) -> None:
    made = make_case(SOUND.replace("file: sources/minutes.md", f"file: {name}"))
    (made / "link.md").symlink_to("case.yaml")
    os.link(made / "case.yaml", made / "twin.md")
    assert [one.code for one in read_case(made).faults] == ["ZC038"]


def test_a_link_in_a_circle_cannot_be_read(make_case: Make) -> None:
    made = make_case(SOUND)
    (made / "sources" / "minutes.md").symlink_to("minutes.md")
    assert [one.code for one in read_case(made).faults] == ["ZC032"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_text_is_named_as_such(make_case: Make, encoding: str) -> None:
    made = make_case(SOUND)
    (made / "sources" / "minutes.md").write_bytes(SOURCE.encode(encoding))
    (fault,) = read_case(made).faults
    assert (fault.code, "UTF-8" in fault.remedy) == ("ZC002", True)
    (made / "case.yaml").write_bytes(SOUND.encode(encoding))
    (fault,) = read_case(made).faults
    assert (fault.code, "UTF-8" in fault.remedy) == ("ZC002", True)


def test_a_large_file_says_what_to_do(harbour: Path) -> None:
    (harbour / "case.yaml").write_text("# " + "x" * 2_100_000, encoding="utf-8")
    (fault,) = read_case(harbour).faults
    assert (fault.code, "sources" in fault.remedy) == ("ZC003", True)


# Places ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("\n    assume: logic\n    that: >-\n      fence = no\n      or term = y70", "y70"),
        ("\n    assume: logic\n    that: fence = no\n      or term = y70", "y70"),
        ('{that: "fence = \\x6eo or term = y70", assume: logic}', "y70"),
        ("{that: 'fence = no or term = y70', assume: logic}", "y70"),
        ("\n    assume: logic\n    that: |\n      fence = no\n      or terms = y30", "terms"),
        ("\n    assume: logic\n    that: fence = no or\n      term == y30", "=="),
    ],
)
def test_a_mistake_in_a_folded_value_is_found_in_its_line(harbour: Path, written: str, word: str) -> None:
    text = SOUND.replace("{that: not (fence and rent > 5), assume: logic, hard: yes}", written)
    place = only(text, harbour).place
    assert text.split("\n")[place.line - 1][place.column - 1 :].startswith(word)


# Remedies ----------------------------------------------------------------------------------------------------


def test_a_basis_is_looked_for_among_what_can_be_one(harbour: Path) -> None:
    fault = only(SOUND.replace("fence, points: 3, because: prices", "fence, points: 3, because: minute"), harbour)
    assert (fault.code, fault.remedy) == ("ZC020", "Known names here: s1, s2, s3, prices.")


def test_kinds_have_the_right_article(harbour: Path) -> None:
    assert "A1 is an assumption" in only(SOUND.replace("deal: term != y20", "deal: A1"), harbour).message
    assert "term is an issue" in only(SOUND.replace("{share: A2, assume: no offer known}", "{share: term}"), harbour).message
    assert "city is a party" in only(SOUND.replace("deal: term != y20", "deal: city"), harbour).message


def test_a_pattern_needs_yes_no_issues(make_case: Make) -> None:
    text = "zopa: 1\ntitle: t\nas_of: 2025-01-01\nparties: {a: A}\nissues: {i: {options: [p, q]}}\npackages: {P: NYN}\n"
    (fault,) = read_case(make_case(text)).faults
    assert "no yes/no issue" in fault.message
    assert "0 " not in fault.message + fault.remedy


@pytest.mark.parametrize(
    ("sweep", "count"), [("0..50 | 50..100", 0), ("0..150", 0), ("-50..50", 1), ("50..150", 1), ("0..50 | 150..200", 1)]
)
def test_bands_that_the_value_leaves_are_a_warning(harbour: Path, sweep: str, count: int) -> None:
    reading = read_text(SOUND.replace("sweep: 0..50 | 50..100", f"sweep: {sweep}"), harbour / "case.yaml")
    assert reading.faults == ()
    assert [(one.code, one.severity) for one in reading.findings if one.code == "ZC045"] == [("ZC045", Severity.WARNING)] * count


def test_a_quota_of_weighed_votes_may_be_a_fraction(harbour: Path) -> None:
    text = SOUND.replace("{need: all}", "{need: {quota: 1.5, votes: {city: 1, port: 1}}}")
    assert read_text(text, harbour / "case.yaml").faults == ()


def test_tensions_are_read(harbour: Path) -> None:
    text = SOUND.replace("parties:\n", "tensions: {T1: {says: long against short, because: [s1, s3]}}\nparties:\n", 1)
    case = read_text(text, harbour / "case.yaml").case
    assert case is not None
    assert [(one.says, one.because) for one in case.tensions.values()] == [("long against short", ("s1", "s3"))]
