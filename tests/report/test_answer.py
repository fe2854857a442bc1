"""The answer in a sentence, and how named packages stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.conftest import CASES
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.report.answer import answer_sentence, package_standing, shares_sure, unknown_parties
from zopa.settlement import Settlement, sample, settle


def views_of(settlement: Settlement, name: str) -> tuple[list[int], list]:  # type: ignore[type-arg]
    members = settlement.members(name)
    return members, [settlement.view(index) for index in members]


def test_a_fixed_case_is_answered_without_shares() -> None:
    for name, wanted in [("labour", "There is a zone of possible agreement"), ("conflict", "There is no package")]:
        case = load_case(CASES / f"{name}.yaml")
        assert answer_sentence(case, settle(case), None).startswith(wanted)


def test_what_is_not_known_is_not_answered() -> None:
    case = load_case(CASES / "draft")
    settlement = settle(case)
    drawn = sample(case, draws=5)
    assert "cannot be said" in answer_sentence(case, settlement, drawn)
    assert shares_sure(settlement, drawn, *views_of(settlement, "p1")) == "not known"


def test_what_hangs_on_an_unknown_guarantor_is_not_called_empty() -> None:
    text = """\
zopa: 1
title: t
as_of: 2025-01-01
assume: x
parties: {a: A, b: {name: B, seat: guarantor, consent_if: i = p}}
issues: {i: {options: [p, q]}}
preferences: {a: {points: {i: [5, 1]}, no_deal: 3}, b: unknown}
"""
    case = read_text(text, Path("drawn/case.yaml")).case
    assert case is not None
    assert answer_sentence(case, settle(case), None).startswith("No package is acceptable for sure")


def test_named_packages_stand_as_no_agreement_or_out_of_reach_or_open() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    before, later = settle(case, day=date(2025, 1, 19)), settle(case)
    assert package_standing(views_of(later, "P0")[1]) == "no agreement"
    assert package_standing(views_of(later, "P5")[1]) is None
    assert package_standing(views_of(before, "P5")[1]) == "not to be had on that day"
    assert package_standing(views_of(before, "P1")[1]) is None


def test_a_share_with_an_unknown_consent_counts_what_is_sure() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settlement, drawn = settle(case), sample(case, draws=10, seed=1)
    members, views = views_of(settlement, "P6")
    assert unknown_parties(views) == ["NATO"]
    assert shares_sure(settlement, drawn, members, views).endswith("for sure")
    assert not shares_sure(settlement, drawn, *views_of(settlement, "P4")).endswith("for sure")
