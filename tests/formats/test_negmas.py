"""NegMAS scenario folders in and out, YAML and JSON."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sheets import (
    case_or_refused,
    decimals,
    efficient,
    fractions,
    fractions_of,
    mutated,
    same,
    sheets,
    taken_or_refused,
    there_and_back,
    zone,
)
from zopa.case import read_case
from zopa.formats import FormatError, Sheet, SheetIssue, SheetParty, negmas_files, read_negmas, write_case

DOMAIN = """\
type: DiscreteCartesianOutcomeSpace
name: lunch
path: elsewhere/lunch.yml
issues:
- type: CategoricalIssue
  name: dish
  values: [soup, 'no', 10]
- type: ContiguousIssue
  name: hour
  values: [11, 13]
"""
FUNCTION = """\
type: LinearAdditiveUtilityFunction
name: Anna
weights: [0.7, 0.30]
values:
- type: TableFun
  mapping: {soup: 1.0, 'no': 0, 10: 0.1}
- type: TableFun
  mapping: {11: 0.2, 12: 1, 13: 0.0}
reserved_value: 0.25
"""


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def test_points_are_weight_times_table_undivided(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", lunch=DOMAIN, anna=FUNCTION, _stats="a: [}")
    sheet = read_negmas([folder])
    assert sheet.issues[0].options == ("soup", "no", "10")
    assert sheet.issues[1] == SheetIssue("hour", ("11", "12", "13"), (Fraction(11), Fraction(12), Fraction(13)))
    (party,) = sheet.parties
    assert party.points == (
        (Fraction(7, 10), Fraction(0), Fraction(7, 100)),
        (Fraction(3, 50), Fraction(3, 10), Fraction(0)),
    )
    assert (party.no_deal, party.name, sheet.title) == (Fraction(1, 4), "Anna", "lunch")
    assert sheet.defects == ()
    assert list(sheet.files) == ["anna.yml", "lunch.yml"]
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    case = read_case(tmp_path / "case").case
    assert case is not None
    assert case.issues["hour"].scale == "numeric"


def test_json_says_the_same(tmp_path: Path) -> None:
    domain = {
        "type": "negmas.outcomes.DiscreteCartesianOutcomeSpace",
        "issues": [{"type": "CategoricalIssue", "name": "d", "values": ["a", 1.5]}],
    }
    function = {
        "type": "LinearAdditiveUtilityFunction",
        "weights": [2],
        "values": [{"type": "TableFun", "mapping": {"a": 1, "1.50": 3}}],
    }
    (tmp_path / "d.json").write_text(json.dumps(domain), encoding="utf-8")
    (tmp_path / "f.json").write_text(json.dumps(function | {"reserved_value": -1}), encoding="utf-8")
    sheet = read_negmas([tmp_path])
    assert sheet.parties[0].points == fractions_of((2, 6))
    assert (sheet.parties[0].name, sheet.parties[0].no_deal) == ("f", Fraction(-1))


def test_a_discount_is_unwrapped_and_reported(tmp_path: Path) -> None:
    inner = "\n".join(f"  {line}" for line in FUNCTION.splitlines())
    wrapped = f"type: ExpDiscountedUFun\ndiscount: 0.9\nreserved_value: -.inf\nufun:\n{inner}\n"
    sheet = read_negmas([written(tmp_path, lunch=DOMAIN, anna=wrapped)])
    assert sheet.parties[0].no_deal == Fraction(1, 4)
    assert sheet.parties[0].name == "Anna"
    assert "ExpDiscountedUFun (discount 0.9)" in sheet.not_taken[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("reserved_value: 0.25", "reserved_value: -.inf"), "no reserved value"),
        (("reserved_value: 0.25", ""), "no reserved value"),
        (("soup: 1.0, ", ""), "no number for the option soup"),
        (("soup: 1.0", "soup: 1.0, cake: 3"), "cake of the table"),
        (("weights: [0.7, 0.30]\n", ""), "it has no weights"),
        (("soup: 1.0", "soup: 5, soup: 1.0"), "the key soup is written twice"),
        (("name: Anna", "name: Anna\nbias: 0.5"), "worth 0.5 more"),
    ],
)
def test_defects_are_reported_and_the_rest_is_read(change: tuple[str, str], words: str, tmp_path: Path) -> None:
    assert change[0] in FUNCTION
    sheet = read_negmas([written(tmp_path, lunch=DOMAIN, anna=FUNCTION.replace(*change))])
    assert words in "\n".join(map(str, sheet.defects))
    if "reserved" in words:
        assert sheet.parties[0].no_deal is None
    if "bias" in change[1]:
        assert sheet.parties[0].points[0] == (Fraction(6, 5), Fraction(1, 2), Fraction(57, 100))


def test_a_reserved_outcome_is_the_no_deal_package(tmp_path: Path) -> None:
    text = FUNCTION.replace("reserved_value: 0.25", "reserved_outcome: [soup, 12]")
    sheet = read_negmas([written(tmp_path, lunch=DOMAIN, anna=text)])
    assert sheet.parties[0].no_deal_package == {"dish": "soup", "hour": "12"}


@pytest.mark.parametrize(
    ("values", "row"),
    [
        ("type: IdentityFun", (11, 12, 13)),
        ("type: LinearFun\n  slope: 2", (22, 24, 26)),
        ("type: AffineFun\n  slope: -1\n  bias: 20", (9, 8, 7)),
        ("type: ConstFun\n  bias: 4", (4, 4, 4)),
    ],
)
def test_lines_over_whole_numbers(values: str, row: tuple[int, ...], tmp_path: Path) -> None:
    text = FUNCTION.replace("type: TableFun\n  mapping: {11: 0.2, 12: 1, 13: 0.0}", values).replace("0.30", "1")
    assert read_negmas([written(tmp_path, lunch=DOMAIN, anna=text)]).parties[0].points[1] == row


@pytest.mark.parametrize(
    ("domain", "function", "words"),
    [
        (DOMAIN.replace("ContiguousIssue", "ContinuousIssue"), FUNCTION, "it is a real number"),
        (DOMAIN.replace("[11, 13]", "[0, 999999999]"), FUNCTION, "1,000,000,000 options"),
        (DOMAIN.replace("[11, 13]", "[11, 1e40]"), FUNCTION, "options, more than the 10,000"),
        (DOMAIN.replace("[11, 13]", "[13, 11]"), FUNCTION, "no range of whole numbers"),
        (DOMAIN.replace("name: hour", "name: dish"), FUNCTION, "a second issue is called dish"),
        (DOMAIN.replace("[soup, 'no', 10]", "soup"), FUNCTION, "not a number"),
        (DOMAIN, FUNCTION.replace("LinearAdditive", "HyperRectangle"), "no weighted sum over issues"),
        (DOMAIN, FUNCTION.replace("[0.7, 0.30]", "[0.7]"), "1 weights for 2 issues"),
        (DOMAIN, FUNCTION.replace("0.7", "1e999"), "too many digits"),
        (DOMAIN, FUNCTION.replace("0.7", ".nan"), "not a number"),
        (DOMAIN, FUNCTION.replace("0.7", "1_000"), "not a number"),
        (DOMAIN, FUNCTION.replace("0.25", "much"), "reserved value"),
        (
            DOMAIN,
            FUNCTION.replace("type: TableFun\n  mapping: {soup", "type: LambdaFun\n  f: {soup"),
            "its values are a LambdaFun",
        ),
        (DOMAIN, FUNCTION.replace("name: Anna", "name: !!python/object:os.system x"), "a tag"),
        (DOMAIN, FUNCTION.replace("reserved_value: 0.25", "reserved_outcome: [cake, 12]"), "no option cake"),
        (DOMAIN, "a: [", "no YAML"),
        (FUNCTION, FUNCTION, "there is no domain"),
        (DOMAIN, DOMAIN, "several domains"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(domain: str, function: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=words):
        read_negmas([written(tmp_path, lunch=domain, anna=function)])


@pytest.mark.property
@given(sheets(decimals(least=-240)))
def test_what_the_format_holds_comes_back_the_same(sheet: Sheet) -> None:
    assert negmas_files(sheet).lost == ()
    same(sheet, there_and_back(sheet, negmas_files, read_negmas))


@pytest.mark.property
@given(sheets(fractions()))
def test_any_points_keep_zone_and_efficient_packages(sheet: Sheet) -> None:
    back = there_and_back(sheet, negmas_files, read_negmas)
    assert back.issues == sheet.issues
    assert zone(back) == zone(sheet)
    assert efficient(back) == efficient(sheet)


@pytest.mark.property
@given(st.integers(-5, 5), st.integers(1, 3), st.integers(2, 5))
def test_whole_numbers_and_unknown_no_deal_values_come_back(low: int, step: int, count: int) -> None:
    numbers = range(low, low + step * count, step)
    issue = SheetIssue("n", tuple(map(str, numbers)), tuple(map(Fraction, numbers)))
    rows = (tuple(map(Fraction, numbers)),)
    parties = (SheetParty("a", "", rows, None), SheetParty("b", "", rows, None, {"n": issue.options[0]}))
    sheet = Sheet("T", "test", (issue,), parties)
    back = there_and_back(sheet, negmas_files, read_negmas)
    same(sheet, back)
    assert back.parties[1].no_deal_package == {"n": issue.options[0]}
    assert "the no-deal value of a is unknown" in negmas_files(sheet).lost[0]


@pytest.mark.property
@given(st.integers(0, 10**9))
def test_wounded_files_never_end_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = written(tmp_path_factory.mktemp("wounded"), lunch=DOMAIN, anna=FUNCTION)
    path = sorted(folder.iterdir())[seed % 2]
    path.write_bytes(mutated(path.read_bytes(), seed))
    case_or_refused(taken_or_refused(read_negmas, [folder]), folder / "case")
