"""Ideas of fairness: what each takes exactly, whether it compares points between parties, and the range between them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from zopa.case import Case
from zopa.report.answer import acceptable_words
from zopa.report.plain import CONCEPT_NAMES, CONCEPT_SAYS, package_short, party_row, short, signed, ties_words
from zopa.report.voting_words import listed, range_sentences
from zopa.settlement import Sample, Settlement

CONCEPT_TAKES: Final = {
    "nash": (
        "takes the packages with which most signatories gain something over no deal, and of these the one with the largest "
        "product of their gains."
    ),
    "asymmetric_nash": (
        "does the same, but each gain is raised to the power of the party's influence, as the case gives it: what goes with that "
        "much influence, which need not be fair."
    ),
    "kalai_smorodinsky": (
        "asks which part each signatory gets of the most it could gain in the zone, and makes the smallest of these parts as "
        "large as possible. A party that can gain nothing is left out."
    ),
    "kalai_smorodinsky_global": (
        "does the same, with the most each signatory could gain over all packages that meet the rules, also those that others "
        "would refuse."
    ),
    "egalitarian": "makes the smallest gain over no deal as large as possible.",
    "leximin": "makes the smallest gain as large as possible, then the second smallest, and so on to the largest.",
    "utilitarian": "takes the largest sum of points, whoever gets them.",
    "relative_welfare": (
        "adds up which part each signatory gets of the most it could gain in the zone, and takes the largest sum. A party that "
        "can gain nothing is left out."
    ),
}
COMPARES: Final = "It compares points between parties, and so means something only where a point is worth the same to each."
COMPARES_HERE: Final = (
    "No package gives every signatory a gain, and who gains differs among those with most gainers: "
    "here it compares points between parties, and so means something only where a point is worth the same to each."
)
COMPARES_NOT: Final = "It does not compare points between parties."


def fairness_view(case: Case, settlement: Settlement, drawn: Sample | None) -> dict[str, Any]:
    """Return what the part on ideas of fairness shows: a row, a sentence and a place in the range for each that has a point."""
    return {
        "points": point_rows(case, settlement, drawn),
        "ideas": [(CONCEPT_NAMES[name], idea_words(settlement, name)) for name in _chosen(settlement)],
        "range_words": range_sentences(settlement),
        "range_rows": range_rows(case, settlement),
    }


def _chosen(settlement: Settlement) -> list[str]:
    """Return the concepts that have a point, in the order of the report."""
    return [name for name in CONCEPT_NAMES if name in settlement.points and settlement.points[name].vectors]


def idea_words(settlement: Settlement, concept: str) -> str:
    """Return in words what a solution concept takes, and whether it compares points between parties in this settlement."""
    says = CONCEPT_TAKES[concept]
    if not settlement.points[concept].compares:
        return f"{says} {COMPARES_NOT}"
    return f"{says} {COMPARES_HERE if concept in {'nash', 'asymmetric_nash'} else COMPARES}"


def point_rows(case: Case, settlement: Settlement, drawn: Sample | None) -> list[dict[str, Any]]:
    """Return a row for each solution point: its first package with what each signatory gets there, and how many tie."""
    rows = []
    for concept in _chosen(settlement):
        tied = settlement.tied_packages(concept)
        view = settlement.view(int(tied[0]))
        rows.append(
            {
                "name": CONCEPT_NAMES[concept],
                "says": CONCEPT_SAYS[concept],
                "cells": [f"{short(view.points[seat], 1)} ({signed(view.gains[seat])})" for seat in settlement.seats],
                "ties": ties_words(len(tied), len(settlement.points[concept].vectors)),
                "share": acceptable_words(settlement, drawn, [view.index], [view]) if drawn is not None else "",
                "words": package_short(case, settlement.space, view.index),
            }
        )
    return rows


def range_rows(case: Case, settlement: Settlement) -> list[dict[str, Any]]:
    """Return for each signatory the least and the most points over the ideas, ties counted, and which ideas give them."""
    found = settlement.points_range()
    if found is None or len(found.concepts) < 2:
        return []
    rows = []
    for seat, name in enumerate(settlement.seats):
        no_deal = settlement.no_deal(name)
        ends = []
        for value in (found.lowest[seat], found.highest[seat]):
            gain = None if no_deal is None else value - no_deal
            ends.append({"points": f"{short(value, 1)} ({signed(gain)})", "ideas": listed(ideas_with(settlement, seat, value))})
        same = found.lowest[seat] == found.highest[seat]
        rows.append({"party": party_row(case, name), "least": ends[0], "most": ends[1], "same": same})
    return rows


def ideas_with(settlement: Settlement, seat: int, value: Fraction) -> list[str]:
    """Return the names of the ideas of which some package gives a signatory exactly so many points."""
    assert settlement.frontier is not None
    unit = int(settlement.scenarios.parties[settlement.seats[seat]].unit[0])
    column = settlement.frontier.vectors[:, seat]
    return [
        CONCEPT_NAMES[concept]
        for concept in _chosen(settlement)
        if any(Fraction(int(column[vector]), unit) == value for vector in settlement.points[concept].vectors)
    ]
