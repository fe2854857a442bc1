"""Score sheets in CSV files: each layout, each fault with its cell, and round trips."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sheets import (
    case_or_refused,
    decimals,
    fractions_of,
    mutated,
    same,
    sheets,
    taken_or_refused,
    there_and_back,
)
from zopa.case import load_case, read_case
from zopa.formats import FormatError, Sheet, SheetIssue, SheetParty, write_case
from zopa.formats.exporting import ending
from zopa.formats.naming import distinct
from zopa.formats.score_sheet import read_score_csv
from zopa.formats.score_sheet_writing import score_csv_files
from zopa.settlement import settle

TABLE = """\
Issue,Option,Anna,Ben
Wage,10,0,40
,12,25,20
,14,40,0
Holiday,20 days,10,30

Holiday,25 days,30,5
No deal,,35,30
"""


def csv_file(folder: Path, text: str | bytes, name: str = "sheet.csv") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder / name


def read(folder: Path, *texts: str | bytes) -> Sheet:
    """Read texts as the files one.csv, two.csv, three.csv; a single one as sheet.csv."""
    names = ["sheet.csv"] if len(texts) == 1 else ["one.csv", "two.csv", "three.csv"]
    return read_score_csv([csv_file(folder, text, name) for text, name in zip(texts, names, strict=False)])


def faults(folder: Path, *texts: str | bytes) -> dict[str, str]:
    """Return what is wrong by cell, the file before it where there are several."""
    with pytest.raises(FormatError) as caught:
        read(folder, *texts)
    found = caught.value.faults
    assert all(one.remedy for one in found)
    told: dict[str, str] = {}
    for one in found:
        where = f"{one.file} {one.where}" if len(texts) > 1 else one.where
        told[where] = f"{told[where]}\n{one.what}" if where in told else one.what
    return told


def told(sheet: Sheet) -> str:
    return "\n".join([*map(str, sheet.defects), *sheet.not_taken])


# Layouts -------------------------------------------------------------------------------------------------


def test_a_table_with_a_column_for_each_party(tmp_path: Path) -> None:
    sheet = read(tmp_path, TABLE)
    assert sheet.issues == (SheetIssue("Wage", ("10", "12", "14")), SheetIssue("Holiday", ("20 days", "25 days")))
    assert [(one.name, one.no_deal) for one in sheet.parties] == [("Anna", Fraction(35)), ("Ben", Fraction(30))]
    assert sheet.parties[0].points == fractions_of((0, 25, 40), (10, 30))
    assert sheet.parties[1].points == fractions_of((40, 20, 0), (30, 5))
    assert (sheet.title, sheet.program) == ("sheet", "score sheets")
    assert sheet.defects == ()
    assert sheet.not_taken == ()


def test_one_file_for_each_party(tmp_path: Path) -> None:
    anna = "Issue,Option,Points\nWage,10,0\nWage,12,25\nHoliday,20,1\n,25,3\nBATNA,,5\n"
    ben = "Party;Benjamin\n\nIssue;Option;Score\nHoliday;25;1,5\nHoliday;20;2\nWage;12;0\nWage;10;7\nMinimum;;2\n"
    sheet = read(tmp_path, anna, ben)
    assert [(one.name, one.file) for one in sheet.parties] == [("one", "one.csv"), ("Benjamin", "two.csv")]
    assert [one.no_deal for one in sheet.parties] == [5, 2]
    assert sheet.parties[1].points == fractions_of((7, 0), (2, "3/2"))
    assert "one.csv" not in told(sheet)
    assert "two.csv: its columns are parted by semicolons" in told(sheet)
    assert "two.csv, C4: one number is written with a comma (C4). Read as a decimal comma" in told(sheet)


def test_lines_of_numbers_without_names(tmp_path: Path) -> None:
    sheet = read(tmp_path, "14,8,0\n11,,7,5\n55\n", "0,5,10\n1,2,3,n/a\n\n30\n")
    assert sheet.issues == (
        SheetIssue("Issue 1", ("Option 1", "Option 2", "Option 3")),
        SheetIssue("Issue 2", ("Option 1", "Option 2", "Option 3", "Option 4")),
    )
    assert [(one.name, one.no_deal) for one in sheet.parties] == [("one", Fraction(55)), ("two", Fraction(30))]
    assert sheet.parties[0].points == fractions_of((14, 8, 0), (11, None, 7, 5))
    assert sheet.parties[1].points[1:] == fractions_of((1, 2, 3, None))
    assert "issues and options are numbered" in told(sheet)


def test_lines_without_a_threshold_and_of_other_shapes(tmp_path: Path) -> None:
    assert "the last line has 2 numbers" in faults(tmp_path, "1,2\n3,4\n")["A2"]
    found = faults(tmp_path, "1,2\n3,4\n9\n", "1,2,3\n8\n")
    assert found["one.csv A2"] == "the issue Issue 2 is missing in two.csv"
    assert found["two.csv C1"] == "the option Option 3 of Issue 1 is missing in one.csv"


@pytest.mark.parametrize("text", ["", "\n\n,,\n", "Dear all,\nsee below\n", "a,b,c\n1,2,3\n", "5\n", "Issue,Points\nx,1\n"])
def test_what_is_no_score_sheet_says_what_was_expected(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, text)
    (fault,) = caught.value.faults
    assert fault.file == "sheet.csv"
    assert "headings Issue, Option and the name of each party" in fault.remedy


def test_headings_alone_and_nothing_at_all(tmp_path: Path) -> None:
    assert faults(tmp_path, "Issue,Option,Anna\n") == {"A2": "no issue stands below the headings"}
    with pytest.raises(FormatError, match="no score sheet"):
        read_score_csv([])


# What people write ---------------------------------------------------------------------------------------


def test_blank_and_unknown_points_stay_unknown_and_are_reported(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Issue,Option,Anna,Ben\nA,x,1,\nA,y,n/a,2\nB,x,–,3\nB,y,4,?\nThreshold,,,1\n")
    assert sheet.parties[0].points == fractions_of((1, None), (None, 4))
    assert sheet.parties[1].points == fractions_of((None, 2), (3, None))
    assert [one.no_deal for one in sheet.parties] == [None, 1]
    assert "C3: the points of 2 options are not given for Anna (C3, C4). Left unknown" in told(sheet)
    assert "C6: no no-deal value is given for Anna. It is unknown" in told(sheet)
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    assert "unknown" in (tmp_path / "case" / "case.yaml").read_text(encoding="utf-8")
    assert read_case(tmp_path / "case").case is not None


@pytest.mark.parametrize(
    ("word", "read_as"),
    [("No deal", 7), ("BATNA", 7), ("Reservation", 7), ("Minimum", 7), ("threshold:", 7), ("No-deal value", 7), ("Total", None)],
)
def test_words_for_the_row_of_no_deal_values(tmp_path: Path, word: str, read_as: int | None) -> None:
    sheet = read(tmp_path, f"Issue,Option,Anna\nA,x,1\nA,y,2\n{word},,7\n")
    assert sheet.parties[0].no_deal == read_as
    assert [issue.name for issue in sheet.issues] == ["A"]


def test_totals_remarks_headings_of_groups_and_empty_ends(tmp_path: Path) -> None:
    text = (
        "Our exercise,,,,,\n,,,,,\nIssue,Option,Anna,Notes,Total,\nA,,,,,\n,x,1,good,1,\n,y,2,,2,see me\n,Subtotal,3,,,\n"
        "B,p,3,,,\n,q,4,,,\nSum,,10,,,\nBATNA,,2,,,\n,,,,,\n,,,,,\n"
    )
    sheet = read(tmp_path, text)
    assert sheet.issues == (SheetIssue("A", ("x", "y")), SheetIssue("B", ("p", "q")))
    assert (sheet.parties[0].points, sheet.parties[0].no_deal) == (fractions_of((1, 2), (3, 4)), Fraction(2))
    assert "B7: Subtotal is a row of totals. Left out" in told(sheet)
    assert "A10: Sum is a row of totals" in told(sheet)
    assert sheet.not_taken == (
        "sheet.csv: column D (Notes)",
        "sheet.csv: column E (Total)",
        "sheet.csv: column F, remarks without a heading",
        "sheet.csv: words above the table (row 1: Our exercise)",
    )


def test_words_that_could_be_an_option_are_asked_about_not_guessed(tmp_path: Path) -> None:
    head = "Issue,Option,Anna\nWage,low,1\n"
    assert "can be the no-deal value or an option of Wage" in faults(tmp_path, f"{head},Minimum,2\n")["B3"]
    assert "can be a total or an option of Wage" in faults(tmp_path, f"{head},Max,2\n")["B3"]
    assert "can be the no-deal value or an option" in faults(tmp_path, f"{head},No deal,2\n,high,3\n")["B3"]
    explicit = read(tmp_path, "Issue,Option,Anna\nWage,Maximum,1\n,Minimum,2\n")
    assert explicit.issues[0].options == ("Maximum", "Minimum")
    last = read(tmp_path, f"{head}Wage,high,3\n,No deal,2\n,Total,9\n")
    assert (last.parties[0].no_deal, last.issues[0].options) == (Fraction(2), ("low", "high"))
    assert "B4: No deal stands among the options, without an issue. Read as the no-deal values" in told(last)


def test_percent_signs(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Issue,Option,Anna,Ben\nA,x,25%,1\nA,y,0,2\nNo deal,,5 %,1\n")
    assert (sheet.parties[0].points, sheet.parties[0].no_deal) == (fractions_of((25, 0)), Fraction(5))
    assert "C2: the numbers of Anna carry percent signs. 25% was read as 25 points." in told(sheet)
    assert "it has no percent sign, but C2 has one" in faults(tmp_path, "Issue,Option,Anna\nA,x,25%\nA,y,30\n")["C3"]


def test_decimal_commas_and_thousands(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Issue;Option;Anna\nA;x;1.234,5\nA;y;1.500\nA;z;2,25\n")
    assert sheet.parties[0].points == fractions_of(("2469/2", 1500, "9/4"))
    plain = read(tmp_path, 'Issue,Option,Anna\nA,x,"1,500"\nA,y,2.5\n')
    assert plain.parties[0].points == fractions_of((1500, "5/2"))
    assert "Read as a separator of thousands" in told(plain)
    assert "“1,500” can mean 1500 or 1.500" in faults(tmp_path, 'Issue,Option,Anna\nA,x,"1,500"\nA,y,2\n')["C2"]


def test_an_option_twice(tmp_path: Path) -> None:
    same = read(tmp_path, "Issue,Option,Anna\nA,x,1\nA,x,1.0\nA,y,2\n")
    assert same.issues[0].options == ("x", "y")
    assert "B3: the option x of A also stands in B2. Read as one option" in told(same)
    assert "also stands in B2, with other points" in faults(tmp_path, "Issue,Option,Anna\nA,x,1\nB,x,3\nA,x,2\n")["B4"]


def test_all_faults_at_once_with_their_cells(tmp_path: Path) -> None:
    text = (
        "Issue,Option,Anna,Points,Anna,Weight,\n,x,1,1,1,,\nA,x,ten,1,1,,5\n,,3,1,1,,\nA,,4,1,1,,\nB,y,5 pts,1/2,1,,\n"
        "No deal,,1,1,1,,\nBATNA,,2,1,1,,\n"
    )
    found = faults(tmp_path, text)
    for where, words in {
        "F1": "promises weights",
        "G3": "numbers stand in a column without a heading",
        "E1": "Anna also stands above column C",
        "D1": "names no party",
        "A2": "no issue stands beside or above the option x",
        "C3": "“ten” is not a number",
        "C4": "no issue and no option",
        "B5": "an option of A has no name",
        "C6": "“5 pts” is not a number",
        "D6": "“1/2” is not a number",
        "A8": "a second row for the no-deal values; the first is row 7",
    }.items():
        assert words in found[where], where


def test_files_that_do_not_fit_together(tmp_path: Path) -> None:
    one = "Issue,Option,Points\nA,x,1\nA,y,2\nC,z,1\n"
    found = faults(tmp_path, one, "Issue,Option,Points\nA,x,1\nA,why,2\n")
    assert found["one.csv B3"] == "the option y of A is missing in two.csv"
    assert found["two.csv B3"] == "the option why of A is missing in one.csv"
    assert found["one.csv B4"] == "the issue C is missing in two.csv"
    assert "the party Anna also stands in one.csv" in faults(tmp_path, TABLE, TABLE)["two.csv "]


def test_an_issue_without_options_and_no_column_of_points(tmp_path: Path) -> None:
    assert "the issue B has no options" in faults(tmp_path, "Issue,Option,Anna\nA,x,1\nA,y,1\nB,,\n")[""]
    assert "no column of points" in faults(tmp_path, "Issue,Option\nA,x\nA,y\n")["C1"]


def test_options_that_look_like_dates_are_said(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Issue,Option,Anna\nA,1-Feb,1\nA,3-4,2\n")
    assert sheet.issues[0].options == ("1-Feb", "3-4")
    assert "B2: 1-Feb looks like a date" in told(sheet)


# Text and files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "Note;Issue;Option;Zoë\r\n;A;é;1\r\n;A;ü;2\r\nx;BATNA;;1\r\n".replace(";", delimiter)
    sheet = read(tmp_path, text.encode(encoding))
    assert (sheet.issues[0].options, sheet.parties[0].name) == (("é", "ü"), "Zoë")
    assert ("Windows-1252" in told(sheet)) == (encoding == "cp1252")
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    assert read_case(tmp_path / "case").case is not None


def test_the_line_that_names_the_delimiter(tmp_path: Path) -> None:
    sheet = read(tmp_path, "sep=;\r\nIssue;Option;Anna\r\nA;x, y;1,5\r\nA;z;x\r\n".replace("z;x", "z;2"))
    assert sheet.issues[0].options == ("x, y", "z")
    assert sheet.parties[0].points == fractions_of(("3/2", 2))
    assert "C4" in faults(tmp_path, "sep=;\r\nIssue;Option;Anna\r\nA;x;1\r\nA;z;x\r\n")


def test_bytes_that_are_no_table(tmp_path: Path) -> None:
    for data, words in (
        (b"PK\x03\x04rest", "it is a workbook"),
        (b"a\0b", "no text"),
        (b"\x81\x8d", "no text"),
        (b"\xff\xfea", "no text"),
        (b'Issue,Option,A\nx,"y', "a quotation mark is never closed"),
        (b'Issue,Option,A\nx,"y"z,1', "quotation marks stand where none may"),
        (b"Issue,Option,A\nx," + b"y" * 200_000 + b",1", "longer than"),
        (b"Issue,Option,A\n" * 20_001, "20,001 rows"),
        (b"," * 300, "301 columns"),
    ):
        with pytest.raises(FormatError, match=words):
            read(tmp_path, data)
    with pytest.raises(FormatError, match="cannot be read"):
        read_score_csv([tmp_path / "nowhere.csv"])


def test_texts_never_become_formulas_and_come_back() -> None:
    names = ("=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2", "'=1", "''", "x\ny", "日本語", "y" * 5000, "＝1", "=1")
    party = SheetParty("@p", "", (tuple(map(Fraction, range(11))),), Fraction(-1))
    sheet = Sheet("=T", "test", (SheetIssue("=x", names),), (party,))
    export = score_csv_files(sheet)
    (data,) = export.files.values()
    for line in data.decode("utf-8-sig").replace('"', "").splitlines():
        assert all(not cell.startswith(("=", "+", "@", "＝")) for cell in line.split(","))
    back = there_and_back(sheet, score_csv_files, read_score_csv)
    assert (back.issues, back.parties[0].points, back.parties[0].no_deal) == (sheet.issues, sheet.parties[0].points, Fraction(-1))
    assert back.parties[0].name == "@p"
    assert export.lost == ()


def test_what_is_written_otherwise_is_said() -> None:
    issues = (SheetIssue("n", ("1", "2"), (Fraction(1), Fraction(2))), SheetIssue(" n", ("a\x07", "b")))
    parties = (
        SheetParty("Points", "", fractions_of(("1/3", 0), (1, 2)), None, {"n": "1", " n": "b"}),
        SheetParty("q", "", fractions_of((None, 0), (1, 2)), None, {"n": "1", " n": "b"}),
    )
    sheet = Sheet("T", "test", issues, parties)
    export = score_csv_files(sheet)
    words = "\n".join(export.lost)
    for part in (
        "the points of Points are multiplied by 3",
        "the no-deal package of Points is written as the points",
        "the party Points is written as Points (party)",
        "one number of q for options is unknown",
        "the no-deal value of q is unknown",
        "n is written as a list of options",
        "control signs",
        "blanks around the name n are left out",
    ):
        assert part in words, part
    back = there_and_back(sheet, score_csv_files, read_score_csv)
    assert [issue.name for issue in back.issues] == ["n", "n (2)"]
    assert (back.parties[0].points, back.parties[0].no_deal) == (fractions_of((1, 0), (3, 6)), Fraction(7))
    for bare in (replace(sheet, issues=()), replace(sheet, parties=())):
        with pytest.raises(FormatError, match="to write"):
            score_csv_files(bare)


# Proof ---------------------------------------------------------------------------------------------------


def trimmed(sheet: Sheet) -> Sheet:
    """Return a sheet without blanks around its names, which cells do not keep."""
    names = distinct([one.name.strip() for one in sheet.issues])
    options = [tuple(distinct([option.strip() for option in one.options])) for one in sheet.issues]
    return replace(sheet, issues=tuple(map(SheetIssue, names, options)))


@pytest.mark.property
@given(sheets(decimals(-240)), st.integers(0, 5))
def test_a_sheet_goes_out_and_comes_back_exactly(drawn: Sheet, gap: int) -> None:
    sheet = trimmed(drawn)
    first = sheet.parties[0]
    flat = [None if at == gap else value for at, value in enumerate(value for row in first.points for value in row)]
    points = tuple(tuple(flat.pop(0) for _ in row) for row in first.points)
    sheet = replace(sheet, parties=(replace(first, points=points), *sheet.parties[1:]))
    back = there_and_back(sheet, score_csv_files, read_score_csv)
    same(sheet, back)


@pytest.mark.property
@given(st.integers(0, 10**9))
def test_wounded_files_are_taken_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("wounded")
    sheet = taken_or_refused(read_score_csv, [csv_file(folder, mutated(TABLE.encode(), seed))])
    case_or_refused(sheet, folder / "case")


def reference_sheets(shared: Path) -> dict[str, Sheet]:
    """Return the additive reference domains as sheets."""
    cases = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))["cases"]
    found = {}
    for name, one in cases.items():
        if "full_score" not in one:
            continue
        issues = tuple(SheetIssue(issue, tuple(options)) for issue, options in one["issues"])
        scores, bounds = one["scores"], one["no_deal"]
        parties = tuple(SheetParty(name, "", fractions_of(*scores[name]), Fraction(bounds[name])) for name in one["parties"])
        found[name] = Sheet(name, "test", issues, parties)
    return found


@pytest.mark.published
def test_reference_domains_through_csv_give_the_published_numbers(shared: Path, tmp_path: Path) -> None:
    cases = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))["cases"]
    held = reference_sheets(shared)
    assert len(held) >= 3
    for name, sheet in held.items():
        back = there_and_back(sheet, score_csv_files, read_score_csv)
        for before, after in zip(sheet.parties, back.parties, strict=True):
            unit = ending(one for row in (*before.points, (before.no_deal,)) for one in row if one is not None)
            points = tuple(tuple(None if one is None else one * unit for one in row) for row in before.points)
            assert after.points == points, name
        write_case(back, tmp_path / name, as_of=date(2025, 1, 1))
        settled = settle(load_case(tmp_path / name))
        assert settled.frontier is not None
        published = cases[name]["results"]["base"]
        assert len(settled.zone) == published["zone_size"], name
        assert len(settled.frontier.rows) == published["frontier_packages"], name
