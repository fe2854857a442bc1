"""A sheet as a case: it passes the check, keeps names, numbers and files, and overwrites nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sheets import efficient, fractions, sheets, zone
from zopa.case import Case, read_case
from zopa.formats import FormatError, Sheet, SheetIssue, SheetParty, case_of_sheet, sheet_of_case, write_case
from zopa.settlement import settle
from zopa.space import check_packages

DAY = date(2025, 1, 1)


def case_of(sheet: Sheet, folder: Path) -> Case:
    """Return the case that a sheet makes, checked as `zopa check` does."""
    write_case(sheet, folder, as_of=DAY)
    reading = read_case(folder)
    assert reading.case is not None, reading.findings
    assert reading.findings == ()
    assert list(check_packages(reading.case)) == []
    return reading.case


@pytest.mark.oracle
@pytest.mark.property
@given(sheets(fractions()))
def test_cases_keep_names_and_numbers_and_settle_as_brute_force_does(
    tmp_path_factory: pytest.TempPathFactory, sheet: Sheet
) -> None:
    parties = tuple(replace(party, file="table.txt") for party in sheet.parties)
    sheet = replace(sheet, parties=parties, files={"table.txt": b"numbers"})
    case = case_of(sheet, tmp_path_factory.mktemp("case"))
    settlement = settle(case)
    assert set(settlement.zone.tolist()) == zone(sheet)
    if settlement.frontier is not None:
        assert set(settlement.zone[settlement.frontier.rows].tolist()) == efficient(sheet)
    back = sheet_of_case(case).sheet
    assert [party.points for party in back.parties] == [party.points for party in sheet.parties]
    assert [party.no_deal for party in back.parties] == [party.no_deal for party in sheet.parties]
    for first, second in zip(sheet.issues, back.issues, strict=True):
        # A case keeps no blanks around a name, and no line ends in it.
        assert (
            second.name == " ".join(first.name.replace("\t", " ").split("\n")).strip()
            or second.name.split() == first.name.split()
        )
    assert settlement.case.sources["table_file"].kind == "table"
    assert all(preferences.basis.because == ("table_file",) for preferences in case.preferences.values())


def test_ids_are_made_from_names_and_stay_the_same(tmp_path: Path) -> None:
    issues = (SheetIssue("Price ($)", ("$4.37", "4,37", "any")), SheetIssue("price", ("yes", "no")))
    party = SheetParty("Now", "x", ((Fraction(1), Fraction(2), Fraction(1, 3)), (Fraction(0), Fraction(1))), Fraction(1, 7))
    sheet = Sheet("", "test", issues, (party, replace(party, name="NOW")))
    case = case_of(sheet, tmp_path / "a")
    assert [list(issue.option_ids()) for issue in case.issues.values()] == [["n4_37", "n4_37_2", "any_1"], ["yes_1", "no_1"]]
    assert list(case.issues) == ["price", "price_2"]
    assert list(case.parties) == ["now_1", "now_1_2"]
    assert [option.name for option in case.issues["price"].options] == ["$4.37", "4,37", "any"]
    assert case_of_sheet(sheet, as_of=DAY).text == (tmp_path / "a" / "case.yaml").read_text(encoding="utf-8")


def test_gaps_stay_unknown(tmp_path: Path) -> None:
    issues = (SheetIssue("a", ("x", "y")), SheetIssue("b", ("x", "y")))
    points = ((None, Fraction(1)), (None, None))
    case = case_of(Sheet("T", "test", issues, (SheetParty("p", "", points, None),)), tmp_path / "c")
    settlement = settle(case)
    assert settlement.points == {}
    assert {one.path for one in settlement.missing} >= {"preferences.p.no_deal"}
    assert sheet_of_case(case).sheet.parties[0].points == points


def test_an_issue_with_one_option_is_left_out_and_its_points_stay(tmp_path: Path) -> None:
    issues = (SheetIssue("only", ("x",)), SheetIssue("b", ("x", "y")))
    sheet = Sheet("T", "test", issues, (SheetParty("p", "", ((Fraction(5),), (Fraction(1), Fraction(2))), Fraction(0)),))
    made = write_case(sheet, tmp_path / "c", as_of=DAY)
    assert "has only one option" in made.defects[0].what
    case = read_case(tmp_path / "c").case
    assert case is not None
    assert [settle(case).party_points("p", index) for index in (0, 1)] == [6, 7]
    with pytest.raises(FormatError, match="nothing to decide"):
        write_case(replace(sheet, issues=issues[:1]), tmp_path / "d", as_of=DAY)
    assert not (tmp_path / "d").exists()


@pytest.mark.property
@given(
    st.lists(st.integers(-5, 5), min_size=2, max_size=8),
    st.integers(-4, 4),
    st.fractions(min_value="1/4", max_value=3, max_denominator=4),
)
def test_numeric_issues_keep_every_value(
    tmp_path_factory: pytest.TempPathFactory, heights: list[int], low: int, step: Fraction
) -> None:
    from zopa.case import format_number

    numbers = tuple(low + step * at for at in range(len(heights)))
    issue = SheetIssue("Days", tuple(format_number(one) for one in numbers), numbers)
    row = tuple(Fraction(one, 3) for one in heights)
    case = case_of(Sheet("T", "test", (issue,), (SheetParty("p", "", (row,), Fraction(0)),)), tmp_path_factory.mktemp("n"))
    assert case.issues["days"].scale == "numeric"
    back = sheet_of_case(case).sheet
    assert back.issues == (issue,)
    assert back.parties[0].points == (row,)


def test_a_long_straight_line_is_written_short(tmp_path: Path) -> None:
    numbers = tuple(map(Fraction, range(10_000)))
    row = tuple(min(one / 7, Fraction(100)) for one in numbers)
    issue = SheetIssue("n", tuple(map(str, range(10_000))), numbers)
    sheet = Sheet("T", "test", (issue,), (SheetParty("p", "", (row,), Fraction(0)),))
    made = write_case(sheet, tmp_path / "c", as_of=DAY)
    assert len(made.text) < 1000
    case = read_case(tmp_path / "c").case
    assert case is not None
    assert sheet_of_case(case).sheet.parties[0].points == (row,)


def test_numbers_finer_than_a_case_holds_are_rounded_and_said(tmp_path: Path) -> None:
    fine = Fraction(1, 3 * 10**140 + 1)
    issues = (SheetIssue("a", ("x", "y")),)
    made = write_case(
        Sheet("T", "test", issues, (SheetParty("p", "f", ((fine, Fraction(1)),), fine),)), tmp_path / "c", as_of=DAY
    )
    assert [one.where for one in made.defects] == ["issue a", "no-deal value"]
    assert read_case(tmp_path / "c").case is not None


def test_numbers_larger_than_a_case_holds_are_refused(tmp_path: Path) -> None:
    points = ((Fraction(10**140), Fraction(1)),)
    sheet = Sheet("T", "test", (SheetIssue("a", ("x", "y")),), (SheetParty("p", "f.xml", points, Fraction(-(10**140))),))
    with pytest.raises(FormatError, match=r"f\.xml, issue a: a number is larger") as caught:
        write_case(sheet, tmp_path / "c", as_of=DAY)
    assert len(caught.value.faults) == 2


def test_files_are_kept_as_sources(tmp_path: Path) -> None:
    xml = '<?xml version="1.0" encoding="iso-8859-1"?><a b="é"/>'
    files = {
        "a/p.xml": xml.encode("iso-8859-1"),
        "b/p.xml": xml.encode("utf-16"),
        "x.xlsx": b"PK\x03\x04\0\xff",
        "u.txt": "é".encode(),
    }
    issues = (SheetIssue("a", ("x", "y")),)
    parties = tuple(SheetParty(name, name, ((Fraction(0), Fraction(1)),), Fraction(0)) for name in files)
    made = write_case(Sheet("T", "test", issues, parties, files), tmp_path / "c", as_of=DAY)
    reading = read_case(tmp_path / "c")
    assert reading.case is not None
    sources = list(reading.case.sources.values())
    assert [one.file for one in sources] == ["sources/p.xml", "sources/p_2.xml", None, "sources/u.txt"]
    assert sources[0].text == '<?xml version="1.0" encoding="UTF-8"?><a b="é"/>'
    assert (tmp_path / "c" / "sources" / "x.xlsx").read_bytes() == files["x.xlsx"]
    assert [one.file for one in made.defects] == ["a/p.xml", "b/p.xml"]


def test_hostile_names_do_no_harm(tmp_path: Path) -> None:
    names = ("\x1b[31mred\x07", "a\ud800b", "\u202eabc", "x: !!python/object {", "'\"\\\n- b", "\u2028line", " ", "")
    issue = SheetIssue(names[0], names)
    row = tuple(map(Fraction, range(len(names))))
    files = {"../../evil\n.xml": b"<a/>"}
    sheet = Sheet("# no\n: title", "te\x1bst", (issue,), (SheetParty("p\n: q", "../../evil\n.xml", (row,), Fraction(0)),), files)
    case = case_of(sheet, tmp_path / "c")
    assert len(case.package_issues()[0].options) == len(names)
    assert [one.name for one in (tmp_path / "c" / "sources").iterdir()] == ["evil_.xml"]
    text = (tmp_path / "c" / "case.yaml").read_text(encoding="utf-8")
    assert all(one.isprintable() or one == "\n" for one in text)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    sheet = Sheet("T", "t", (SheetIssue("a", ("x", "y")),), (SheetParty("p", "", ((Fraction(0), Fraction(1)),), Fraction(0)),))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    for target in (tmp_path / "full", tmp_path / "full" / "mine.txt"):
        with pytest.raises(FileExistsError):
            write_case(sheet, target, as_of=DAY)
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["mine.txt"]
    with pytest.raises(FormatError, match="no party"):
        write_case(replace(sheet, parties=()), tmp_path / "none", as_of=DAY)


def test_what_is_too_large_for_a_case_is_refused_whole(tmp_path: Path) -> None:
    issues = tuple(SheetIssue(f"issue {at}", tuple(f"a long name of an option {one}" for one in range(2000))) for at in range(30))
    row = tuple(map(Fraction, range(2000)))
    sheet = Sheet("T", "t", issues, (SheetParty("p", "", (row,) * 30, Fraction(0)),))
    with pytest.raises(FormatError, match="no case can hold it"):
        write_case(sheet, tmp_path / "c", as_of=DAY)
    assert not (tmp_path / "c").exists()
