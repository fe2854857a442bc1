"""GENIUS files in: the rules of GENIUS 10.4 exactly, every defect said, nothing unclear taken."""

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
    domain_xml,
    efficient,
    ended,
    fractions_of,
    mutated,
    profile_xml,
    proportions,
    taken_or_refused,
    write_genius,
    zone,
)
from zopa.case import read_case
from zopa.formats import FormatError, Sheet, SheetParty, read_genius, write_case
from zopa.settlement import settle

ISSUES = [("Price", ["high", "low"]), ("Colour", ["red", "blue", "green"])]
ROWS = [["3", "1"], ["2", "4", "1"]]
WEIGHTS = ["0.6", "0.4"]
DOMAINS = ["ItexvsCypress", "Laptop", "Grocery", "PanamaCanal"]


def read(folder: Path, *profiles: str, domain: str | None = None) -> Sheet:
    """Return what a domain and profiles say."""
    files = {"domain.xml": domain if domain is not None else domain_xml(ISSUES)}
    files |= {f"p{number}.xml": text for number, text in enumerate(profiles, 1)}
    return read_genius(write_genius(folder, files))


def defects(sheet: Sheet) -> str:
    return "\n".join(map(str, sheet.defects))


def refused(folder: Path, *profiles: str, domain: str | None = None) -> str:
    with pytest.raises(FormatError) as caught:
        read(folder, *profiles, domain=domain)
    assert all(fault.file and fault.what and fault.remedy for fault in caught.value.faults)
    return str(caught.value)


# Points ----------------------------------------------------------------------------------------------------


def test_points_are_weight_times_evaluation_over_the_largest(tmp_path: Path) -> None:
    sheet = read(tmp_path, profile_xml(ISSUES, ROWS, WEIGHTS, '<reservation value="0.35"/><discount_factor value="1.0"/>'))
    (party,) = sheet.parties
    assert party.points == ((Fraction(3, 5), Fraction(1, 5)), (Fraction(1, 5), Fraction(2, 5), Fraction(1, 10)))
    assert party.no_deal == Fraction(7, 20)
    assert (party.name, sheet.title, sheet.program) == ("p1", "Built", "GENIUS")
    assert sheet.defects == ()
    assert sheet.not_taken == ()
    assert list(sheet.files) == ["domain.xml", "p1.xml"]


@pytest.mark.published
@pytest.mark.parametrize("name", DOMAINS)
def test_reference_domains_settle_as_published(name: str, shared: Path, tmp_path: Path) -> None:
    published = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))["cases"][name]
    issues = list(map(tuple, published["issues"]))
    files = {"domain.xml": domain_xml(issues, name)}
    for party in published["parties"]:
        rows = [[Fraction(one) for one in row] for row in published["scores"][party]]
        tail = f'<reservation value="{published["no_deal"][party]}"/>'
        weights = [ended(max(row)) for row in rows]
        files[f"{party}.xml"] = profile_xml(issues, [proportions(row) for row in rows], weights, tail)
    sheet = read_genius(write_genius(tmp_path / "xml", files))
    for party in sheet.parties:
        assert [[str(one) for one in row] for row in party.points] == published["scores"][party.name]
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    case = read_case(tmp_path / "case").case
    assert case is not None
    settlement, base = settle(case), published["results"]["base"]
    assert settlement.space.size == base["packages"]
    assert len(settlement.zone) == base["zone_size"]
    assert settlement.frontier is not None
    assert len(settlement.frontier.vectors) == base["frontier_vectors"]
    assert settlement.zone[settlement.frontier.rows].tolist() == base["frontier_package_indices"]
    for concept in ("nash", "egalitarian", "utilitarian", "kalai_smorodinsky"):
        assert sorted(map(int, settlement.tied_packages(concept))) == sorted(base["solutions"][concept]["packages"]), concept


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[dict[str, str], list[SheetParty]]:
    """GENIUS files of 2 parties, and what they are worth by the rule, reckoned here."""
    shape = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    issues = [(f"Issue {number}", [f"option {one}" for one in range(count)]) for number, count in enumerate(shape)]
    digits = st.integers(0, 10**17).map(lambda one: f"0.{one:017d}")
    evaluation = st.one_of(st.integers(-3, 9).map(str), digits)
    files, parties = {"domain.xml": domain_xml(issues)}, []
    for name in ("a", "b"):
        rows = [[draw(evaluation) for _ in range(count)] for count in shape]
        weights = [draw(digits) for _ in shape]
        reservation = draw(st.integers(0, 40).map(lambda one: f"0.{one:02d}"))
        files[f"{name}.xml"] = profile_xml(issues, rows, weights, f'<reservation value="{reservation}"/>')
        points = []
        for row, weight in zip(rows, weights, strict=True):
            numbers = [Fraction(one) for one in row]
            largest = max(numbers)
            points.append(
                tuple(Fraction(weight) * one / largest if largest >= Fraction("0.00001") else Fraction(0) for one in numbers)
            )
        parties.append(SheetParty(name, f"{name}.xml", tuple(points), Fraction(reservation)))
    return files, parties


@pytest.mark.oracle
@pytest.mark.property
@given(scenarios())
def test_import_and_settlement_agree_with_brute_force(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[dict[str, str], list[SheetParty]]
) -> None:
    files, parties = drawn
    folder = tmp_path_factory.mktemp("drawn")
    sheet = read_genius(write_genius(folder / "xml", files))
    assert list(sheet.parties) == parties
    made = write_case(sheet, folder / "case", as_of=date(2025, 1, 1))
    reading = read_case(folder / "case")
    assert reading.case is not None, reading.findings
    settlement = settle(reading.case)
    rounded = any("more digits" in one.what for one in made.defects)
    if not rounded:
        assert set(settlement.zone.tolist()) == zone(sheet)
        if settlement.frontier is not None:
            assert set(settlement.zone[settlement.frontier.rows].tolist()) == efficient(sheet)


def test_integer_issues_are_lines_kept_between_0_and_1(tmp_path: Path) -> None:
    domain = domain_xml(ISSUES[:1]).replace(
        "</objective>", '<issue index="2" name="Days" type="integer" lowerbound="-1" upperbound="3"/></objective>'
    )
    evaluator = '<evaluator ftype="linear" slope="-0.4" offset="1.1"/>'
    line = f'<issue index="2" name="Days" type="integer" lowerbound="-1" upperbound="3">{evaluator}</issue>'
    profile = profile_xml(ISSUES[:1], ROWS[:1], WEIGHTS, '<reservation value="0"/>').replace("<weight", line + "<weight", 1)
    sheet = read(tmp_path, profile, domain=domain)
    assert sheet.issues[1].options == ("-1", "0", "1", "2", "3")
    assert sheet.issues[1].numbers == tuple(map(Fraction, range(-1, 4)))
    assert sheet.parties[0].points[1] == tuple(Fraction(one) * 2 / 5 for one in ("1", "7/10", "3/10", "0", "0"))
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    case = read_case(tmp_path / "case").case
    assert case is not None
    assert case.issues["days"].scale == "numeric"
    assert settle(case).party_points("p1", 2) == Fraction(3, 5) + Fraction(2, 5) * Fraction(3, 10)


# Defects that are said, and how they are read ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("0.4", "0.5"), "the weights add up to 1.1, not to 1"),
        (("0.4", "0.40000000000000001"), "the weights add up to 1.00000000000000001, not to 1"),
        (('<reservation value="0.1"/>', ""), "gives no reservation value"),
        ((' type="discrete" etype="discrete"', ""), "2 issues have no type"),
        ((' evaluation="4"', ""), "1 option without an evaluation (blue)"),
        ((' evaluation="4"', ' evaluation="null"'), "1 option without an evaluation (blue)"),
        (('evaluation="1"', 'evaluation="-1"'), "1 evaluation is negative"),
        (('<weight index="2" value="0.4"/>', ""), "it has no weight"),
        (('<weight index="2"', '<weight index="2" value="1"/><weight index="2"'), "a second weight for index 2"),
        (('<weight index="2"', '<weight index="7" value="1"/><weight index="2"'), "indices that no issue has (7)"),
        (
            ('<item index="1" value="red"', '<item index="9" value="red" evaluation="9"/><item index="1" value="red"'),
            "red is listed twice",
        ),
        (('value="red"', 'value="crimson"'), "are not in the domain"),
        (('name="Colour"', 'name="Color"'), "the domain calls this issue Colour"),
        (('value="0.6"', 'value="-0.6"'), "its weight is negative"),
        (('type="discrete" etype="discrete"', 'type="discrete" etype="integer"'), "two different types"),
    ],
)
def test_defects_are_reported_and_the_rest_is_read(change: tuple[str, str], words: str, tmp_path: Path) -> None:
    profile = profile_xml(ISSUES, ROWS, WEIGHTS, '<reservation value="0.1"/>')
    assert change[0] in profile
    sheet = read(tmp_path, profile.replace(*change))
    assert words in defects(sheet)
    assert all(one.file == "p1.xml" for one in sheet.defects)
    assert len(sheet.parties[0].points) == 2


def test_an_option_listed_twice_counts_with_its_last_evaluation(tmp_path: Path) -> None:
    profile = profile_xml(ISSUES, ROWS, WEIGHTS, '<reservation value="0"/>').replace(
        '<item index="1" value="red" evaluation="2"/>',
        '<item index="1" value="red" evaluation="8"/><item index="4" value="red" evaluation="1"/>',
    )
    sheet = read(tmp_path, profile)
    assert sheet.issues[1].options == ("red", "blue", "green")
    assert sheet.parties[0].points[1] == (Fraction(1, 10), Fraction(2, 5), Fraction(1, 10))
    assert "with evaluations 8, 1" in defects(sheet)


def test_an_issue_of_zeros_is_worth_nothing(tmp_path: Path) -> None:
    sheet = read(tmp_path, profile_xml(ISSUES, [["0", "0.000009"], ROWS[1]], WEIGHTS))
    assert sheet.parties[0].points[0] == (Fraction(0), Fraction(0))
    assert "no evaluation reaches 0.00001" in defects(sheet)


def test_a_missing_reservation_is_an_assumption_in_the_case(tmp_path: Path) -> None:
    sheet = read(tmp_path, profile_xml(ISSUES, ROWS, WEIGHTS))
    assert sheet.parties[0].no_deal == 0
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    case = read_case(tmp_path / "case").case
    assert case is not None
    no_deal = case.preferences["p1"].no_deal
    assert no_deal is not None
    assert no_deal.basis.assume is not None
    assert "GENIUS" in no_deal.basis.assume
    assert no_deal.basis.because == ()


def test_what_a_case_cannot_hold_is_listed(tmp_path: Path) -> None:
    tail = '<discount_factor value="0.5"/><reservation value="0"/><comparisons>10</comparisons>'
    profile = profile_xml(ISSUES, ROWS, WEIGHTS, tail).replace("<utility_space>", '<utility_space type="UNCERTAIN">')
    domain = domain_xml(ISSUES).replace('cost="0"', 'cost="100.0"', 1)
    sheet = read(tmp_path, profile, domain=domain)
    told = "\n".join(sheet.not_taken)
    assert "discount factor 0.5" in told
    assert "comparisons" in told
    assert "costs of 1 option" in told


def test_weights_above_1_are_not_cut_and_not_rescaled(tmp_path: Path) -> None:
    sheet = read(tmp_path, profile_xml(ISSUES, ROWS, ["3", "4"], '<reservation value="0.2"/>'))
    assert sheet.parties[0].points == fractions_of((3, 1), (2, 4, 1))
    assert "GENIUS itself counts a package above 1 as 1" in defects(sheet)


# Which files, which issues -----------------------------------------------------------------------------------


def test_a_folder_profiles_alone_and_any_order_will_do(tmp_path: Path) -> None:
    profile = profile_xml(ISSUES, ROWS, WEIGHTS, '<reservation value="0"/>')
    paths = write_genius(tmp_path / "xml", {"domain.xml": domain_xml(ISSUES), "a.xml": profile, "b.xml": profile})
    (tmp_path / "xml" / "notes.xml").write_text("<tournament/>", encoding="utf-8")
    (tmp_path / "xml" / "notes.txt").write_text("no XML", encoding="utf-8")
    whole = read_genius([tmp_path / "xml"])
    assert [party.name for party in whole.parties] == ["a", "b"]
    assert "notes.xml" in "".join(whole.not_taken)
    assert [party.name for party in read_genius([paths[2], paths[0], paths[1]]).parties] == ["b", "a"]
    alone = read_genius(paths[1:])
    assert alone.issues == whole.issues
    assert [party.points for party in alone.parties] == [party.points for party in whole.parties]


def test_two_profiles_of_one_name_are_told_apart(tmp_path: Path) -> None:
    profile = profile_xml(ISSUES, ROWS, WEIGHTS, '<reservation value="0"/>')
    paths = [*write_genius(tmp_path / "x", {"p.xml": profile}), *write_genius(tmp_path / "y", {"p.xml": profile})]
    sheet = read_genius(paths)
    assert [party.name for party in sheet.parties] == ["p", "p (2)"]
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    case = read_case(tmp_path / "case").case
    assert case is not None
    assert list(case.parties) == ["p", "p_2"]


def test_issues_of_nested_objectives_are_found_in_order(tmp_path: Path) -> None:
    def nest(text: str, weight: str) -> str:
        opening = '<objective index="5" name="Inner" type="objective" etype="objective">'
        return text.replace('<issue index="2"', f'{opening}<issue index="2"').replace(
            "</objective>", f"</objective>{weight}</objective>", 1
        )

    domain = nest(domain_xml(ISSUES), "")
    profile = nest(profile_xml(ISSUES, ROWS, WEIGHTS, '<reservation value="0"/>'), '<weight index="5" value="0.4"/>')
    sheet = read(tmp_path, profile, domain=domain)
    assert [issue.name for issue in sheet.issues] == ["Price", "Colour"]
    assert sheet.parties[0].points[1][1] == Fraction(2, 5)
    assert "a weight is given to a group of issues" in defects(sheet)


def test_other_indices_are_taken_by_name_only_where_that_is_clear(tmp_path: Path) -> None:
    profile = profile_xml(ISSUES, ROWS, WEIGHTS, '<reservation value="0"/>')
    shifted = profile.replace('index="2" name="Colour"', 'index="4" name="Colour"').replace(
        '<weight index="2"', '<weight index="4"'
    )
    sheet = read(tmp_path / "a", shifted)
    assert "other indices" in defects(sheet)
    assert sheet.parties[0].points[1][1] == Fraction(2, 5)
    other = profile_xml([("Size", ["s", "m"]), ISSUES[1]], ROWS, WEIGHTS)
    assert "belongs to another domain" in refused(tmp_path / "b", other)
    extra = profile_xml([*ISSUES, ("Extra", ["x", "y"])], [*ROWS, ["1", "2"]], ["0.5", "0.3", "0.2"])
    assert "has no such issue" in refused(tmp_path / "c", extra)


# Refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("<utility_space>", '<utility_space type="nonlinear">'), "no sum over the issues"),
        (("<utility_space>", '<utility_space type="constraint">'), "no sum over the issues"),
        (("<objective", "<utility><ufun><hyperRectangle><INCLUDES/></hyperRectangle></ufun></utility><objective"), "no sum over"),
        (('type="discrete" etype="discrete"', 'type="real" etype="real"'), "it is a real number"),
        (('type="discrete" etype="discrete"', 'type="colour"'), "is not known"),
        (('evaluation="4"', 'evaluation="NaN"'), "“NaN” is not a number"),
        (('evaluation="4"', 'evaluation="1e999"'), "too many digits"),
        (('evaluation="4"', 'evaluation="1_000"'), "not a number"),
        (('evaluation="4"', 'evaluation="٣"'), "not a number"),
        (('value="0.4"', 'value="four"'), "its value: “four” is not a number"),
        (('value="0.4"', ""), "its value: no number stands here"),
        (('<reservation value="0.1"/>', '<reservation value="none"/>'), "the reservation value"),
        (('index="2" name="Colour"', 'index="1" name="Colour"'), "two issues have the index 1"),
        (('index="2" name="Colour"', 'index="two" name="Colour"'), "its index"),
        (('value="red" ', ""), "the option has no value"),
        (("</utility_space>", ""), "not well formed"),
        (("<utility_space>", "<!DOCTYPE a><utility_space>"), "document type"),
        (("utility_space", "tournament"), "no domain and no profile"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(change: tuple[str, str], words: str, tmp_path: Path) -> None:
    profile = profile_xml(ISSUES, ROWS, WEIGHTS, '<reservation value="0.1"/>')
    assert change[0] in profile
    told = refused(tmp_path, profile.replace(*change))
    assert words in told
    assert "p1.xml" in told


@pytest.mark.parametrize(
    ("issue", "words"),
    [
        ('lowerbound="0" upperbound="10000"', "10,001 options"),
        ('lowerbound="0" upperbound="99999999999999"', "options, more than"),
        ('lowerbound="5" upperbound="1"', "below its lowerbound"),
        ('lowerbound="a" upperbound="1"', "its lowerbound"),
        ('lowerbound="0"', "its upperbound"),
    ],
)
def test_integer_ranges_that_no_case_takes(issue: str, words: str, tmp_path: Path) -> None:
    domain = domain_xml(ISSUES).replace("</objective>", f'<issue index="3" name="N" type="integer" {issue}/></objective>')
    assert words in refused(tmp_path, profile_xml(ISSUES, ROWS, WEIGHTS), domain=domain)


def test_all_faults_of_all_files_come_at_once_with_their_lines(tmp_path: Path) -> None:
    profile = profile_xml(ISSUES, ROWS, WEIGHTS)
    told = refused(tmp_path, profile.replace('evaluation="4"', 'evaluation="x"').replace('"0.6"', '"y"'), profile[:40])
    assert told.count("p1.xml") == 2
    assert "p2.xml, line 1" in told
    assert "item 2 (line 8)" in told


def test_domains_alone_two_domains_and_missing_files_are_refused(tmp_path: Path) -> None:
    paths = write_genius(tmp_path, {"one.xml": domain_xml(ISSUES), "two.xml": domain_xml(ISSUES)})
    for files, words in [
        ([paths[0]], "there is no profile"),
        (paths, "several domains"),
        ([tmp_path / "none.xml"], "cannot be read"),
        ([tmp_path / "one.xml", tmp_path / "none.xml"], "cannot be read"),
    ]:
        with pytest.raises(FormatError, match=words):
            read_genius(files)
    (tmp_path / "empty").mkdir()
    with pytest.raises(FormatError, match="holds no file"):
        read_genius([tmp_path / "empty"])


@pytest.mark.property
@given(st.integers(0, 10**9))
def test_wounded_files_never_end_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("wounded")
    tail = '<discount_factor value="0.9"/><reservation value="0.1"/>'
    line = '<issue index="3" name="N" type="integer" lowerbound="0" upperbound="9"><evaluator slope="0.1" offset="0"/></issue>'
    domain = domain_xml(ISSUES).replace("</objective>", line + "</objective>")
    profile = profile_xml(ISSUES, ROWS, ["0.6", "0.4", "0.1"], tail).replace("<weight", line + "<weight", 1)
    paths = write_genius(folder, {"domain.xml": domain, "p.xml": profile, "q.xml": profile})
    paths[seed % 3].write_bytes(mutated(paths[seed % 3].read_bytes(), seed))
    case_or_refused(taken_or_refused(read_genius, paths), folder / "case")


def test_a_file_named_twice_is_read_once_and_said(tmp_path: Path) -> None:
    paths = write_genius(tmp_path, {"domain.xml": domain_xml(ISSUES), "p1.xml": profile_xml(ISSUES, ROWS, WEIGHTS, "")})
    sheet = read_genius([*paths, paths[-1]])
    assert len(sheet.parties) == 1
    assert "p1.xml: it is named more than once. It was read once." in defects(sheet)
