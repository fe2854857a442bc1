"""GeniusWeb files in and out: utilities times weights, the no-deal value as the worth of a package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sheets import (
    bound,
    case_or_refused,
    decimals,
    efficient,
    fractions,
    mutated,
    sheets,
    taken_or_refused,
    there_and_back,
    values,
    zone,
)
from zopa.case import read_case
from zopa.formats import FormatError, Sheet, geniusweb_files, read_geniusweb, write_case
from zopa.settlement import settle

DOMAIN: dict[str, Any] = {"name": "jobs", "issuesValues": {"car": {"values": ["yes", "no"]}, "days": {"values": ["4", "5"]}}}
PROFILE: dict[str, Any] = {
    "LinearAdditiveUtilitySpace": {
        "name": "Anna",
        "domain": DOMAIN,
        "issueWeights": {"car": 0.7, "days": 0.3},
        "issueUtilities": {
            "car": {"discreteutils": {"valueUtilities": {"yes": 1, "no": 0.1}}},
            "days": {"discreteutils": {"valueUtilities": {"4": 1.0, "5": 0.0}}},
        },
        "reservationBid": {"issuevalues": {"car": "no", "days": "4"}},
    }
}


def written(folder: Path, **files: object) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.json").write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return [folder / f"{name}.json" for name in files]


def changed(*path: object) -> dict[str, Any]:
    """Return the profile with one value replaced; None takes it away."""
    copy: dict[str, Any] = json.loads(json.dumps(PROFILE))
    *way, last, value = path
    inner = copy["LinearAdditiveUtilitySpace"]
    for key in way:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return copy


def test_points_and_the_no_deal_package(tmp_path: Path) -> None:
    sheet = read_geniusweb(written(tmp_path / "in", domain=DOMAIN, anna=PROFILE))
    (party,) = sheet.parties
    assert party.points == ((Fraction(7, 10), Fraction(7, 100)), (Fraction(3, 10), Fraction(0)))
    assert party.no_deal_package == {"car": "no", "days": "4"}
    assert (sheet.title, party.name, sheet.defects, sheet.not_taken) == ("jobs", "Anna", (), ())
    assert replace(read_geniusweb([tmp_path / "in" / "anna.json"]), files={}) == replace(sheet, files={})
    assert read_geniusweb([tmp_path / "in"]).parties == sheet.parties
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    case = read_case(tmp_path / "case").case
    assert case is not None
    settlement = settle(case)
    assert settlement.no_deal("anna") == Fraction(37, 100)
    assert settlement.zone.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (changed("issueWeights", "car", 0.8), "the weights add up to 1.1"),
        (changed("issueWeights", "car", None), "it has no weight"),
        (changed("issueUtilities", "car", None), "it has no utilities"),
        (changed("issueUtilities", "car", "discreteutils", "valueUtilities", "no", None), "no number for the option no"),
        (
            changed("issueUtilities", "car", "discreteutils", "valueUtilities", "maybe", 1),
            "are not in the domain|is not in|in the domain",
        ),
        (changed("issueUtilities", "car", "discreteutils", "valueUtilities", "no", 1.5), "not between 0 and 1"),
        (changed("reservationBid", None), "names no reservation bid"),
        (changed("reservationBid", "issuevalues", "days", None), "leaves out days"),
    ],
)
def test_defects_are_reported_and_the_rest_is_read(profile: dict[str, Any], words: str, tmp_path: Path) -> None:
    sheet = read_geniusweb(written(tmp_path, domain=DOMAIN, anna=profile))
    assert any(part in "\n".join(map(str, sheet.defects)) for part in words.split("|"))
    if "leaves out" in words:
        assert sheet.parties[0].no_deal == Fraction(7, 100)
    if "names no" in words:
        assert sheet.parties[0].no_deal is None


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (changed("issueWeights", "car", "NaN"), "not a number"),
        (changed("issueWeights", "boat", 0.1), "the domain has no issue boat"),
        (changed("issueUtilities", "car", {"numberutils": {"lowValue": 1}}), "no table of values"),
        (changed("issueUtilities", "car", "discreteutils", "valueUtilities", "no", [1]), "no number stands here"),
        (changed("reservationBid", "issuevalues", "days", "6"), "no such option"),
        ({"PartialOrdering": {}}, "neither a domain nor an additive profile"),
        (json.dumps(PROFILE).replace("0.7", "1e999"), "too many digits"),
        (json.dumps(PROFILE).replace("0.7", "NaN"), "not a number"),
        (json.dumps(PROFILE)[:-1], "no JSON"),
        ("[1]", "no block of keys"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(profile: object, words: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        read_geniusweb(written(tmp_path, domain=DOMAIN, anna=profile))
    assert caught.value.faults[0].file == "anna.json"


def test_ranges_of_numbers_several_domains_and_no_profile_are_refused(tmp_path: Path) -> None:
    number = {"name": "n", "issuesValues": {"x": {"range": ["0", "9", "1"]}}}
    with pytest.raises(FormatError, match="range of numbers"):
        read_geniusweb(written(tmp_path / "a", domain=number, anna=PROFILE))
    with pytest.raises(FormatError, match="several domains"):
        read_geniusweb(written(tmp_path / "b", one=DOMAIN, two=DOMAIN, anna=PROFILE))
    with pytest.raises(FormatError, match="there is no profile"):
        read_geniusweb(written(tmp_path / "c", one=DOMAIN))


@pytest.mark.property
@given(sheets(decimals()))
def test_every_package_keeps_its_worth_up_to_one_factor(sheet: Sheet) -> None:
    back = there_and_back(sheet, geniusweb_files, read_geniusweb)
    assert back.issues == sheet.issues
    assert [party.name for party in back.parties] == [party.name for party in sheet.parties]
    for first, second in zip(sheet.parties, back.parties, strict=True):
        one, other = values(first), values(second)
        top = max(one)
        assert all(a * max(other) == b * top for a, b in zip(one, other, strict=True))
        if top and second.points == first.points:
            assert sum(max(a for a in row if a is not None) for row in second.points) <= 1


@pytest.mark.property
@given(sheets(fractions()))
def test_any_points_keep_zone_and_efficient_packages(sheet: Sheet) -> None:
    back = there_and_back(sheet, geniusweb_files, read_geniusweb)
    # A party that refuses everything cannot say so by naming a package, and then names none.
    refusing = [party.no_deal is not None and party.no_deal > max(values(party)) for party in sheet.parties]
    told = "\n".join(geniusweb_files(sheet).lost)
    assert any(refusing) == ("no package is worth so much" in told)
    if not any(refusing):
        assert zone(back) == zone(sheet)
        assert efficient(back) == efficient(sheet)
    for party in back.parties:
        assert all(one is None or 0 <= one <= 1 for row in party.points for one in row)


@pytest.mark.property
@given(sheets(decimals(), no_deal=False), st.data())
def test_a_no_deal_package_comes_back_the_same(sheet: Sheet, data: st.DataObject) -> None:
    def with_package(options: Sequence[Sequence[str]]) -> dict[str, str]:
        return {issue.name: data.draw(st.sampled_from(row)) for issue, row in zip(sheet.issues, options, strict=True)}

    choices = [issue.options for issue in sheet.issues]
    parties = tuple(replace(party, no_deal_package=with_package(choices)) for party in sheet.parties)
    back = there_and_back(replace(sheet, parties=parties), geniusweb_files, read_geniusweb)
    assert [party.no_deal_package for party in back.parties] == [party.no_deal_package for party in parties]
    assert all(bound(back, party) is not None for party in back.parties)


def test_the_weights_written_add_up_to_exactly_1(tmp_path: Path) -> None:
    sheet = read_geniusweb(written(tmp_path, domain=DOMAIN, anna=PROFILE))
    issues = sheet.issues
    party = replace(sheet.parties[0], points=((Fraction(14), Fraction(8)), (Fraction(1, 3), Fraction(0))))
    export = geniusweb_files(Sheet("T", "test", issues, (party,)))
    profile = json.loads(export.files["Anna.json"], parse_float=str)["LinearAdditiveUtilitySpace"]
    assert sum(Fraction(one) for one in profile["issueWeights"].values()) == 1
    assert any("powers of one half" in one for one in export.lost)


@pytest.mark.property
@given(st.integers(0, 10**9))
def test_wounded_files_never_end_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("wounded")
    paths = written(folder, domain=DOMAIN, anna=PROFILE)
    paths[seed % 2].write_bytes(mutated(paths[seed % 2].read_bytes(), seed))
    case_or_refused(taken_or_refused(read_geniusweb, paths), folder / "case")
