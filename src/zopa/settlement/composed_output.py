"""A settlement without listed packages as JSON: the same keys as with them, and what could not be counted as null."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from zopa.settlement.composed import ComposedSettlement, LargePoint
from zopa.settlement.concepts import CONCEPTS
from zopa.settlement.output import bases_json, case_json, conflict_json, range_json, text_json, view_json
from zopa.settlement.voting_output import rule_json
from zopa.settlement.voting_rule import voting_rule
from zopa.settlement.writing_json import LISTED, count, exact


def composed_json(settlement: ComposedSettlement) -> dict[str, Any]:
    """Return a settlement as JSON data, figures for the base scenario; no scenarios are drawn at this size."""
    case = settlement.case
    lowest, highest = settlement.zone_bounds()
    size = settlement.zone_count()
    zone = settlement.zone_packages
    return {
        "case": case_json(case),
        "scenario": settlement.scenarios.name(),
        "method": settlement.method,
        "exact": settlement.exact,
        "date": settlement.moment.as_json(),
        "text": text_json(settlement.text, settlement.scenarios.space),
        "packages": {
            "total": count(settlement.text.total),
            "allowed": count(settlement.allowed),
            "deals": count(settlement.deals),
        },
        "parties": {name: _party_json(settlement, name) for name in case.parties},
        "seats": list(settlement.seats),
        "zone": {
            "count": None if size is None else count(size),
            "possible": count(settlement.size) if settlement.size is not None and settlement.posing.decided else None,
            "at_least": count(lowest),
            "at_most": None if settlement.undecided else count(highest),
            "open": True if settlement.zone_open else None if settlement.possibly_open else False,
            "packages": {
                "list": [_package(settlement, one) for one in zone.packages],
                "truncated": not zone.complete,
            },
            **conflict_json(settlement.conflict),
            "if_party_accepts_everything": {
                name: None if one.size is None else count(one.size) for name, one in settlement.opens.items()
            },
            "opens_if_party_accepts_everything": {name: one.open for name, one in settlement.opens.items()},
        },
        "frontier": _frontier_json(settlement),
        "solutions": {concept: _solution_json(settlement, concept) for concept in CONCEPTS},
        "solutions_range": range_json(settlement),
        "voting": rule_json(voting_rule(case, settlement.seats)),
        "named": {name: _named_json(settlement, name) for name in case.packages},
        "moving": {
            "skipped": "there are too many packages to list, and trades and openings are looked for among listed ones",
            "openings": None,
            "starts": None,
            "weighed_differently": None,
            "adjusted_winner": None,
        },
        "levers": None,
        "scenarios": None,
        "bases": bases_json(case),
        "missing": [one.as_json() for one in settlement.missing],
        "notes": [*settlement.notes, *scale_notes(settlement)],
    }


def scale_notes(settlement: ComposedSettlement) -> tuple[str, ...]:
    """Return what was not computed because packages are not listed, and why."""
    found = [
        "There are too many packages to list, so that the answer is for the base scenario: no scenarios are drawn, and "
        "coalitions, outsiders, levers, trades and what would open a zone are not looked at."
    ]
    if settlement.zone_open and settlement.size is None:
        found.append("The packages of the zone were not counted, because that would take too long; two bounds are given.")
    if settlement.method == "integer programming":
        found.append(
            "The frontier is too large to compose. The solution points come from integer programming: a point that is not "
            "exact says how large its value could be."
        )
    return tuple(found)


def _party_json(settlement: ComposedSettlement, name: str) -> dict[str, Any]:
    asked = name in settlement.posing.parties
    return {
        "name": settlement.case.parties[name].name,
        "signs": name in settlement.seats,
        "asked_in": count(settlement.asked_in.get(name, 0)),
        "no_deal": exact(settlement.no_deal(name)) if asked else None,
        "accepts": None,
        "missing": [one.as_json() for one in settlement.scenarios.parties[name].missing],
    }


def _package(settlement: ComposedSettlement, package: Sequence[int]) -> dict[str, Any]:
    view = settlement.view(package)
    return {"id": count(view.index), "options": dict(view.options)}


def _values(settlement: ComposedSettlement, vector: Sequence[int]) -> dict[str, str]:
    units = settlement.posing.units
    return {name: str(Fraction(int(value), unit)) for name, value, unit in zip(settlement.seats, vector, units, strict=False)}


def _frontier_json(settlement: ComposedSettlement) -> dict[str, Any] | None:
    frontier = settlement.frontier
    if frontier is None:
        if settlement.seats and (settlement.zone_open or settlement.undecided):
            return None
        return {"vectors": 0, "packages": 0, "exact": True, "parties": list(settlement.seats), "list": [], "truncated": False}
    return {
        "vectors": count(len(frontier.vectors)),
        "packages": count(sum(frontier.counts)),
        "exact": True,
        "parties": list(settlement.seats),
        "list": [
            {
                "values": _values(settlement, frontier.vectors[number].tolist()),
                "packages": count(frontier.counts[number]),
                "first": _package(settlement, frontier.packages(number, 1)[0]),
            }
            for number in range(min(len(frontier.vectors), LISTED))
        ],
        "truncated": len(frontier.vectors) > LISTED,
    }


def _solution_json(settlement: ComposedSettlement, concept: str) -> dict[str, Any] | None:
    point = settlement.points.get(concept)
    if point is None or not point.vectors:
        return None
    view = settlement.view(point.packages[0])
    listed = len(point.packages)
    found: dict[str, Any] = {
        "status": "exact" if point.exact else "bounded",
        "value": exact(point.value),
        "values": {name: exact(view.points.get(name)) for name in settlement.case.parties},
        "packages": {
            "list": [_package(settlement, one) for one in point.packages],
            "truncated": point.ties is None or point.ties > listed,
        },
        "ties": None if point.ties is None else count(point.ties),
        "vectors": count(len(point.vectors)),
        "compares_points_between_parties": point.compares,
    }
    return {**found, **_particulars(point)}


def _particulars(point: LargePoint) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not point.exact:
        found["bound"] = exact(point.bound)
    if not point.complete:
        found["vectors_complete"] = False
    if point.gainers is not None:
        found["gainers"] = point.gainers
    if point.ascending:
        found["ascending_gains"] = [str(gain) for gain in point.ascending]
    return found


def _named_json(settlement: ComposedSettlement, name: str) -> dict[str, Any]:
    members = settlement.members(name)
    text = settlement.text.named.get(name, {})
    return {
        "name": settlement.case.packages[name].name,
        "count": count(len(members.packages)) if members.complete else None,
        "contradicts": list(text.get("conditions", ())),
        "wishes_unmet": list(text.get("wishes", ())),
        "acceptable": settlement.acceptable(name),
        "packages": [{**view_json(settlement.view(one)), "acceptable_share": None} for one in members.packages],
        "truncated": not members.complete,
    }
