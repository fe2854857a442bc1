"""Settlement as JSON that other programs may rely on.

Counts are integers, or text where they pass 2**53; exact values are text such as ``"71/100"``; lists
stand in ``list``, capped, with ``truncated``; what is missing is null and named in ``missing``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from zopa.case import Case, settlement_bases, speaking_sources
from zopa.settlement.coalitions import voting
from zopa.settlement.concepts import CONCEPTS, PointsRange
from zopa.settlement.conflict_items import ConflictItem
from zopa.settlement.lever_output import levers_json
from zopa.settlement.levers import LeverComparison
from zopa.settlement.moving import moving
from zopa.settlement.moving_output import moving_json
from zopa.settlement.sample import Band, Sample, Span
from zopa.settlement.settle import PackageView, Settlement
from zopa.settlement.text_alone import TextAlone
from zopa.settlement.voting_output import voting_json
from zopa.settlement.writing_json import LISTED, capped, count, exact, package_list
from zopa.space import Missing, PackageSpace


def case_json(case: Case) -> dict[str, Any]:
    """Return what names the case, and its caveats."""
    return {
        "title": case.title,
        "question": case.question,
        "as_of": case.as_of.isoformat(),
        "digest": case.digest,
        "caveats": list(speaking_sources(case)),
    }


def settlement_json(settlement: Settlement, drawn: Sample | None, levers: LeverComparison | None = None) -> dict[str, Any]:
    """Return a settlement as JSON data, figures for the base scenario, with the sample beside it."""
    space = settlement.space
    case = settlement.case
    votes = voting(settlement)
    return {
        "case": case_json(case),
        "scenario": settlement.scenarios.name(),
        "method": "enumeration",
        "exact": True,
        "date": settlement.moment.as_json(),
        "text": text_json(settlement.text, space),
        "packages": {
            "total": count(settlement.text.total),
            "allowed": count(int(settlement.verdicts.allowed.sum())),
            "deals": count(int((settlement.verdicts.allowed & settlement.verdicts.deals).sum())),
        },
        "parties": {name: _party_json(settlement, name) for name in case.parties},
        "seats": list(settlement.seats),
        "zone": {
            "count": None if (size := settlement.zone_count()) is None else count(size),
            "possible": count(len(settlement.possible)),
            "packages": package_list(space, settlement.zone),
            **conflict_json(settlement.conflict),
            "if_party_accepts_everything": {name: count(size) for name, size in votes.opens.items()},
        },
        "frontier": _frontier_json(settlement),
        "solutions": {concept: _solution_json(settlement, concept) for concept in CONCEPTS},
        "solutions_range": range_json(settlement),
        "voting": voting_json(settlement, votes),
        "named": {name: _named_json(settlement, name, drawn) for name in case.packages},
        "moving": moving_json(settlement, moving(settlement)),
        "levers": levers_json(levers),
        "scenarios": None if drawn is None else sample_json(drawn),
        "bases": bases_json(case),
        "missing": [one.as_json() for one in settlement.missing],
        "notes": list(settlement.notes),
    }


def bases_json(case: Case) -> dict[str, Any]:
    """Return what settlement rests on."""
    found = settlement_bases(case)
    return {
        "statements": list(found.statements),
        "sources": list(found.sources),
        "assumptions": list(found.assumptions),
        "reasons": capped(found.reasons),
    }


def unsettled_json(case: Case, missing: tuple[Missing, ...]) -> dict[str, Any]:
    """Return the JSON of a case whose packages cannot be listed: nulls, and what is missing."""
    empty = dict.fromkeys(("text", "packages", "zone", "frontier", "scenarios"), None)
    return {
        "case": case_json(case),
        **empty,
        "solutions": dict.fromkeys(CONCEPTS, None),
        "solutions_range": None,
        "voting": None,
        "moving": None,
        "missing": [one.as_json() for one in missing],
    }


def text_json(text: TextAlone, space: PackageSpace) -> dict[str, Any]:
    """Return what the text alone decides."""
    return {
        "deals": count(text.deals),
        "contradictions": [
            {
                "party": one.party,
                "statement": next(iter(one.because), None),
                "because": list(one.because),
                "own_words": one.own_words,
                "red_line": one.line,
                "refuses": one.refuses,
                "reading": dict(one.reading),
                "packages": count(one.contradicting),
                "compatible": count(text.deals - one.contradicting),
                "package_list": package_list(space, one.packages),
            }
            for one in text.conditions
        ],
        "readings": [
            {"reading": dict(one.reading), "binding": list(one.binding), "compatible": count(one.compatible)}
            for one in text.readings
        ],
        "questions": list(text.questions()),
        "options": {"listed": text.options, "added_without_a_statement": text.added},
        "complete": text.complete,
        "strictest": None
        if text.strictest is None
        else {
            "reading": dict(text.strictest.reading),
            "binding": list(text.strictest.binding),
            "compatible": count(text.strictest.compatible),
            "without_statement": {name: count(left) for name, left in text.without.items()},
        },
        "positions": {issue: {party: list(ids) for party, ids in row.items()} for issue, row in text.positions.items()},
        "reported_by_others": {issue: {party: list(ids) for party, ids in row.items()} for issue, row in text.reported.items()},
        "about_no_party": {issue: list(ids) for issue, ids in text.unattributed.items()},
        "no_position": {issue: [party for party, ids in row.items() if not ids] for issue, row in text.positions.items()},
        "waits": [{"gates": list(one.gates), "behind": list(one.behind), "reading": dict(one.reading)} for one in text.waits],
    }


def _party_json(settlement: Settlement, name: str) -> dict[str, Any]:
    verdict = settlement.verdicts.parties[name]
    space = settlement.space
    missing = settlement.scenarios.parties[name].missing
    accepted = None
    if verdict.values is not None and verdict.threshold is not None:
        accepted = count(int((verdict.accepts.surely & settlement.verdicts.allowed).sum()))
    return {
        "name": settlement.case.parties[name].name,
        "signs": name in settlement.seats,
        "asked_in": count(int((verdict.asked.possibly & settlement.verdicts.allowed).sum()) if space.size else 0),
        "no_deal": exact(settlement.no_deal(name)),
        "accepts": accepted,
        "missing": [one.as_json() for one in missing],
    }


def _frontier_json(settlement: Settlement) -> dict[str, Any] | None:
    frontier = settlement.frontier
    if frontier is None:
        if settlement.zone_count() is None:
            return None
        return {"vectors": 0, "packages": 0, "exact": True, "parties": list(settlement.seats), "list": [], "truncated": False}
    listed = []
    for number in range(min(len(frontier.vectors), LISTED)):
        index = int(settlement.zone[int(frontier.rows_of(number)[0])])
        listed.append(
            {
                "values": {name: exact(settlement.party_points(name, index)) for name in settlement.seats},
                "packages": count(int(frontier.counts[number])),
                "first": {"id": index, "options": settlement.space.options(index)},
            }
        )
    return {
        "vectors": count(len(frontier.vectors)),
        "packages": count(len(frontier.rows)),
        "exact": True,
        "parties": list(settlement.seats),
        "list": listed,
        "truncated": len(frontier.vectors) > LISTED,
    }


def _solution_json(settlement: Settlement, concept: str) -> dict[str, Any] | None:
    point = settlement.points.get(concept)
    if point is None or not point.vectors:
        return None
    tied = settlement.tied_packages(concept)
    first = int(tied[0])
    found: dict[str, Any] = {
        "value": exact(point.value),
        "values": {name: exact(settlement.party_points(name, first)) for name in settlement.case.parties},
        "packages": package_list(settlement.space, tied),
        "ties": count(len(tied)),
        "vectors": count(len(point.vectors)),
        "compares_points_between_parties": point.compares,
    }
    if point.gainers is not None:
        found["gainers"] = point.gainers
    if point.ascending:
        found["ascending_gains"] = [str(gain) for gain in point.ascending]
    return found


def conflict_json(conflict: Sequence[ConflictItem]) -> dict[str, Any]:
    """Return why there is no zone."""
    return {
        "conflict": [item.id for item in conflict],
        "conflict_items": [
            {
                "id": item.id,
                "kind": item.kind,
                "party": item.party,
                "says": item.says,
                "because": list(item.because),
                "assume": item.assume,
            }
            for item in conflict
        ],
    }


class _Ranged(Protocol):
    """A settlement with solution points."""

    @property
    def seats(self) -> tuple[str, ...]: ...

    def points_range(self) -> PointsRange | None: ...

    def no_deal(self, party: str) -> Fraction | None: ...


def range_json(settlement: _Ranged) -> dict[str, Any] | None:
    """Return what the solution points give to each signatory, from the least to the most."""
    found = settlement.points_range()
    if found is None:
        return None
    parties = {}
    for name, lowest, highest in zip(settlement.seats, found.lowest, found.highest, strict=True):
        bound = settlement.no_deal(name)
        gain = None if bound is None else {"lowest": str(lowest - bound), "highest": str(highest - bound)}
        parties[name] = {"points": {"lowest": str(lowest), "highest": str(highest)}, "gain": gain}
    return {
        "concepts": list(found.concepts),
        "outcomes": count(found.vectors),
        "packages": None if found.packages is None else count(found.packages),
        "parties": parties,
    }


def _named_json(settlement: Settlement, name: str, drawn: Sample | None) -> dict[str, Any]:
    members = settlement.members(name)
    text = settlement.text.named.get(name, {})
    views = [settlement.view(index) for index in members[:LISTED]]
    return {
        "name": settlement.case.packages[name].name,
        "count": count(len(members)),
        "contradicts": list(text.get("conditions", ())),
        "wishes_unmet": list(text.get("wishes", ())),
        "packages": [
            {
                **view_json(view),
                "acceptable_share": _share_range(drawn, view.index),
            }
            for view in views
        ],
        "truncated": len(members) > LISTED,
    }


def view_json(view: PackageView) -> dict[str, Any]:
    """Return everything about one package."""
    return {
        "id": count(view.index),
        "options": dict(view.options),
        "allowed": view.allowed,
        "deal": view.deal,
        "available": view.available,
        "adopted": view.adopted,
        "efficient": view.efficient,
        "points": {party: exact(value) for party, value in view.points.items()},
        "gains": {party: exact(value) for party, value in view.gains.items()},
        "asked": list(view.asked),
        "blockers": list(view.blockers()),
        "refusals": [
            {
                "party": one.party,
                "kind": one.kind,
                "item": one.item,
                "certain": one.certain,
                "short": exact(one.short),
            }
            for one in view.refusals
        ],
    }


def _share_range(drawn: Sample | None, index: int) -> dict[str, float | None] | None:
    span = None if drawn is None else drawn.acceptable_span([index])
    return None if drawn is None or span is None else _shares(span, drawn)


def sample_json(drawn: Sample) -> dict[str, Any]:
    """Return a sample: shares of assumptions, lowest and highest over the readings.

    Where a signatory lacks an input the shares are null; what would be if the unknown were granted stands
    beside them.
    """
    lowest, highest = drawn.extremes()
    draws = drawn.draws
    asked = list(dict.fromkeys(name for one in drawn.readings for name in one.opens))
    return {
        "draws": draws,
        "seed": drawn.seed,
        "what": "shares of assumptions, never chances",
        "varied": drawn.varied,
        "zone_share": _shares(drawn.zone_span(), drawn),
        "lowest_reading": dict(lowest.reading),
        "highest_reading": dict(highest.reading),
        "if_unknown_were_granted": {
            "lowest": min(one.possible_draws for one in drawn.readings) / draws,
            "highest": max(one.possible_draws for one in drawn.readings) / draws,
        },
        "if_party_accepts_everything": {name: _range([one.opens.get(name, 0) for one in drawn.counted], draws) for name in asked},
        "by_reading": {
            name: {word: _shares(span, drawn) for word, span in words.items()} for name, words in drawn.by_word().items()
        },
        "bands": [_band_json(band, drawn) for band in drawn.bands],
        "levels": [_band_json(level, drawn) for level in drawn.levels],
        "readings": [
            {
                "reading": dict(one.reading),
                "zone_share": None if one.undecided else one.open_draws / draws,
                "if_unknown_were_granted": one.possible_draws / draws,
            }
            for one in drawn.readings[:LISTED]
        ],
        "readings_count": len(drawn.readings),
        "readings_tried_for_bands_and_levels": drawn.tried,
        "truncated": len(drawn.readings) > LISTED,
        "complete": drawn.complete,
        "approximate_draws": drawn.approximate_draws,
    }


def _band_json(band: Band, drawn: Sample) -> dict[str, Any]:
    return {"assumption": band.assumption, "band": band.band, "zone_share": _shares(band.span, drawn)}


def _shares(span: Span, drawn: Sample) -> dict[str, float | None]:
    return {
        "lowest": None if drawn.undecided else span.lowest / drawn.draws,
        "highest": None if drawn.undecided else span.highest / drawn.draws,
        "highest_if_unknown_granted": span.possible / drawn.draws,
    }


def _range(counts: Sequence[int], draws: int) -> Mapping[str, float]:
    return {"lowest": min(counts) / draws, "highest": max(counts) / draws}
