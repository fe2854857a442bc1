"""Levers as JSON that other programs may rely on."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from zopa.case import Case, format_condition
from zopa.settlement.lever_shares import LeverShares
from zopa.settlement.levers import LeverChange, LeverComparison, LeverFacts, LeverState, lever_change
from zopa.settlement.writing_json import count, exact
from zopa.space import PackageSpace, package_space


def levers_json(found: LeverComparison | None) -> dict[str, Any] | None:
    """Return the levers of a case as JSON data; None where nothing was compared.

    ``states`` hold the settlement with some levers pulled and all others not: ``nothing``, ``options`` (every
    lever that only makes options possible), ``alone.LEVER``, ``turned.LEVER`` (``options`` with one lever
    turned), ``sized`` (all whose size is known), ``together``, and ``chosen``.  Changes are against the state
    named in ``compared_with``.
    """
    if found is None:
        return None
    space = package_space(found.case)
    shares = found.shares
    return {
        "pulled": None if found.chosen is None else list(found.chosen.pulled),
        "levers": {name: _facts_json(found.case, one) for name, one in found.facts.items()},
        "states": {name: _state_json(found, name, state, space) for name, state in found.states().items()},
        "shares": None
        if shares is None
        else {
            "draws": shares.draws,
            "seed": shares.seed,
            "readings_tried": shares.readings,
            "readings_count": shares.readings_count,
            "what": "shares of assumptions, never chances",
        },
    }


def _facts_json(case: Case, one: LeverFacts) -> dict[str, Any]:
    lever = case.levers[one.id]
    return {
        "name": lever.name,
        "by": one.by,
        "available": one.available,
        "why_not": one.why,
        "when": None if one.when is None else one.when.isoformat(),
        "moves": [
            {
                "target": move.target,
                "way": "multiply" if move.times else "add",
                "unit": move.unit,
                "amount": exact(move.amount),
            }
            for move in one.moves
        ],
        "makes_possible": None if lever.allow is None else format_condition(lever.allow),
        "rules_out": None if lever.block is None else format_condition(lever.block),
        "not_used": list(one.unused),
        "unknown": list(one.unknown),
        "because": list(lever.basis.because),
        "assume": lever.basis.assume,
    }


def _state_json(found: LeverComparison, name: str, state: LeverState, space: PackageSpace) -> dict[str, Any]:
    ground = found.ground(name)
    change = lever_change(ground, state)
    return {
        "pulled": list(state.pulled),
        "compared_with": "options" if ground is found.options and name.startswith("turned.") else "nothing",
        "zone": {
            "count": _count(state.count),
            "possible": count(state.possible),
            "open": state.open,
            "change": change.zone,
            "gained": _count(change.gained),
            "lost": _count(change.lost),
        },
        "no_deal": _exact(state.no_deal),
        "no_deal_change": _exact(change.no_deal),
        "solutions": _solutions_json(state, change, space),
        "acceptable": dict(state.acceptable),
        "becomes_acceptable": list(change.becomes),
        "stops_being_acceptable": list(change.stops),
        "zone_share": None if found.shares is None else _share_json(found.shares, ground, state),
        "missing": [one.as_json() for one in state.missing],
    }


def _solutions_json(state: LeverState, change: LeverChange, space: PackageSpace) -> dict[str, Any]:
    return {
        concept: {
            "package": {"id": point.package, "options": space.options(point.package)},
            "ties": count(point.ties),
            "points": _exact(point.points),
            "gains": _exact(point.gains),
            "points_change": _exact(change.points[concept]) if concept in change.points else None,
            "gains_change": _exact(change.gains[concept]) if concept in change.gains else None,
        }
        for concept, point in state.solutions.items()
    }


def _share_json(shares: LeverShares, ground: LeverState, state: LeverState) -> dict[str, Any]:
    span, change, draws = shares.span(state.pulled), shares.change(ground.pulled, state.pulled), shares.draws
    return {
        "lowest": None if span is None else span.lowest / draws,
        "highest": None if span is None else span.highest / draws,
        "highest_if_unknown_granted": shares.possible(state.pulled) / draws,
        "change": None
        if change is None
        else {
            "lowest": change.lowest / draws,
            "highest": change.highest / draws,
            "opened_at_most": change.opened / draws,
            "closed_at_most": change.closed / draws,
        },
    }


def _count(number: int | None) -> int | str | None:
    return None if number is None else count(number)


def _exact(values: Mapping[str, Fraction | None]) -> dict[str, str | None]:
    return {name: exact(value) for name, value in values.items()}
