"""A case as a sheet: base points exactly, and what does not fit in words."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tests.conftest import CASES
from tests.formats.sheets import fractions_of
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.formats import FormatError, sheet_of_case
from zopa.settlement import settle

Make = Callable[..., Path]
CASE = """\
zopa: 1
title: T
as_of: 2025-01-01
assume: drawn
parties: {a: Anna, b: {name: Ben, seat: guarantor, consent_if: x = p}, c: Anna}
agreement: {need: 1}
issues:
  x: {name: Same, options: {p: One, q: One}}
  y: {name: Same, scale: 1..2, step: 0.5}
rules: {R: not (x = q and y = 2)}
preferences:
  a: {points: {x: [0, 10..20], y: {1: 0, 2: 4}}, no_deal: {share: 50}, bonus: {B: {when: x = p, points: 1}}}
  b: {weights: {x: 1, y: 3}, scores: {x: [0, 100], y: [0, 50, 100]}, no_deal: {package: offer}, red_lines: {L: {refuses: x = q}}}
packages: {offer: {terms: {x: q, y: 1.5}}, other: {terms: {x: p}}}
levers: {l: {by: a, move: {a.no_deal: 1}}}
"""


def test_points_of_the_base_scenario_and_what_is_lost(make_case: Make) -> None:
    case = load_case(make_case(CASE))
    found = sheet_of_case(case)
    assert [(issue.name, issue.options) for issue in found.sheet.issues] == [
        ("Same", ("One", "One (2)")),
        ("Same (2)", ("1", "1.5", "2")),
    ]
    assert found.sheet.issues[1].numbers == (Fraction(1), Fraction(3, 2), Fraction(2))
    anna, ben = found.sheet.parties
    assert anna.points == fractions_of((0, 15), (0, 2, 4))
    assert anna.no_deal == settle(case).no_deal("a")
    assert ben.points == fractions_of((0, 25), (0, "75/2", 75))
    assert ben.no_deal_package == {"Same": "One (2)", "Same (2)": "1.5"}
    told = "\n".join(found.lost)
    for words in (
        "Anna (2) is left out",
        "Ben does not sign for sure (guarantor)",
        "Ben must agree only to some packages",
        "1 number of Anna stood as ranges",
        "the weights and scores of Ben became points",
        "1 red line of Ben (L)",
        "1 bonus of Anna (B)",
        "1 rule (R)",
        "the voting rule",
        "on which source or assumption",
        "1 lever (l)",
        "1 named package (other)",
    ):
        assert words in told, words


def test_a_share_without_rules_is_reckoned_from_the_ends(make_case: Make) -> None:
    case = load_case(
        make_case(CASE.replace("rules: {R: not (x = q and y = 2)}\n", "").replace(", bonus: {B: {when: x = p, points: 1}}", ""))
    )
    assert sheet_of_case(case).sheet.parties[0].no_deal == settle(case).no_deal("a") == Fraction(19, 2)


def test_a_scale_without_steps_has_no_packages_to_write(make_case: Make) -> None:
    text = CASE.split("rules:")[0].replace(", step: 0.5", "") + "preferences: {a: unknown}\n"
    with pytest.raises(FormatError, match="y has no options"):
        sheet_of_case(load_case(make_case(text)))


@pytest.mark.parametrize("name", ["labour", "game"])
def test_cases_with_plain_points_keep_them_all(name: str) -> None:
    case = load_case(CASES / f"{name}.yaml")
    found, settlement = sheet_of_case(case), settle(case)
    for party, shown in zip(case.parties, found.sheet.parties, strict=True):
        assert settlement.no_deal(party) == shown.no_deal
        best = [max(range(len(row)), key=lambda at, row=row: row[at]) for row in shown.points]  # type: ignore[misc]
        index = settlement.space.index(
            {issue.id: issue.option_ids()[at] for issue, at in zip(settlement.space.issues, best, strict=True)}
        )
        assert settlement.party_points(party, index) == sum(row[at] or 0 for row, at in zip(shown.points, best, strict=True))


def test_a_case_full_of_ranges_says_what_it_loses() -> None:
    found = sheet_of_case(load_case(shipped_case("ukraine-2025")))
    told = "\n".join(found.lost)
    assert "stood as ranges" in told
    assert "rules" in told
    assert "quotations" in told
