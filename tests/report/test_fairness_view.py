"""Ideas of fairness in the report: every one that has a point, what it takes, and the range between them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.conftest import CASES
from tests.report.test_voting_words import three
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.report.fairness_view import COMPARES, COMPARES_HERE, COMPARES_NOT, CONCEPT_TAKES, fairness_view, ideas_with
from zopa.report.plain import CONCEPT_NAMES, ties_words
from zopa.settlement import CONCEPTS, settle


def test_every_concept_has_a_name_and_a_sentence() -> None:
    assert set(CONCEPT_TAKES) == set(CONCEPT_NAMES) == set(CONCEPTS)
    for says in CONCEPT_TAKES.values():
        assert says.endswith(".")


def test_the_ukraine_case_shows_all_eight_with_their_ties() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settlement = settle(case)
    found = fairness_view(case, settlement, None)
    names = [CONCEPT_NAMES[name] for name in CONCEPTS]
    assert [row["name"] for row in found["points"]] == [name for name, _ in found["ideas"]] == names
    ties = {row["name"]: row["ties"] for row in found["points"]}
    assert ties == {
        CONCEPT_NAMES[name]: ties_words(len(settlement.tied_packages(name)), len(settlement.points[name].vectors))
        for name in CONCEPTS
    }
    assert ties["Utilitarian"] == "4 (2 outcomes)"


@pytest.mark.parametrize("name", ["labour", "panama", "conflict", "game"])
def test_what_compares_points_between_parties_says_so(name: str) -> None:
    case = load_case(CASES / f"{name}.yaml")
    settlement = settle(case)
    names = {title: name for name, title in CONCEPT_NAMES.items()}
    for title, says in fairness_view(case, settlement, None)["ideas"]:
        compares = settlement.points[names[title]].compares
        assert says.endswith((COMPARES, COMPARES_HERE) if compares else COMPARES_NOT), title


def test_nash_says_where_it_compares() -> None:
    """Each of two packages gives one party a gain and the other none: the products are set against each other."""
    text = (
        "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: invented\nparties: {a: Ann, b: Ben}\nissues: {i: {options: [p, q]}}\n"
        "preferences: {a: {points: {i: [1, 0]}, no_deal: 0}, b: {points: {i: [0, 1]}, no_deal: 0}}\n"
    )
    case = read_text(text, Path("t/case.yaml")).case
    assert case is not None
    says = dict(fairness_view(case, settle(case), None)["ideas"])
    assert says["Nash"].endswith(COMPARES_HERE)
    assert says["Egalitarian"].endswith(COMPARES)
    assert says["Relative welfare"].endswith(COMPARES_NOT)


def test_the_range_names_the_ideas_at_its_ends_and_counts_ties() -> None:
    case = load_case(CASES / "labour.yaml")
    settlement = settle(case)
    found = fairness_view(case, settlement, None)
    span = settlement.points_range()
    assert span is not None
    assert settlement.frontier is not None
    for seat, row in enumerate(found["range_rows"]):
        assert row["least"]["points"].startswith(f"{span.lowest[seat]} (")
        assert row["most"]["points"].startswith(f"{span.highest[seat]} (")
        assert row["least"]["ideas"]
        assert row["most"]["ideas"]
    # Brute force: an idea stands at a value exactly when one of its tied packages gives it.
    for seat, name in enumerate(settlement.seats):
        for value in (span.lowest[seat], span.highest[seat], Fraction(-1)):
            wanted = [
                CONCEPT_NAMES[concept]
                for concept in CONCEPTS
                if concept in settlement.points
                and value in {settlement.party_points(name, int(index)) for index in settlement.tied_packages(concept)}
            ]
            assert ideas_with(settlement, seat, value) == wanted


def test_without_a_zone_or_with_one_idea_there_is_no_range() -> None:
    nothing = three(a="10")
    assert fairness_view(nothing.case, nothing, None) == {"points": [], "ideas": [], "range_words": [], "range_rows": []}
    one = three(c="unknown")
    assert fairness_view(one.case, one, None)["range_rows"] == []
