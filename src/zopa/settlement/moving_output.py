"""What would move a case, as JSON that other programs may rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from zopa.settlement.adjusted_winner import AdjustedWinner, Split
from zopa.settlement.conflict_items import ConflictItem
from zopa.settlement.moving import CoalitionOpening, Moving, PackageMoves
from zopa.settlement.nearest import Nearest, package_changes
from zopa.settlement.openings import Conflicts, Opening, Openings, Removal, Sweetener
from zopa.settlement.settle import Settlement
from zopa.settlement.side_payments import BetweenOpening, Interval, Payment
from zopa.settlement.trades import Leaning, Trade, TradeList, Trades
from zopa.settlement.writing_json import LISTED, capped, count, exact

FEW: Final = 20  # packages or trades listed in one place


def moving_json(settlement: Settlement, found: Moving) -> dict[str, Any]:
    """Return what would move a case.

    ``openings`` is null where the zone is open.  Each of ``starts`` says from which package it starts: ``now``
    (in force), ``named`` or ``nash``.
    """
    return {
        "skipped": found.skipped,
        "openings": None
        if found.skipped is not None or len(settlement.zone)
        else {"list": [_opening_json(settlement, one) for one in found.openings], "truncated": not found.complete},
        "starts": [{"kind": one.kind, "name": one.name, **package_moves_json(settlement, one.moves)} for one in found.starts],
        "weighed_differently": capped([_leaning_json(one) for one in found.leanings]),
        "adjusted_winner": None if found.adjusted_winner is None else _winner_json(found.adjusted_winner),
    }


def package_moves_json(settlement: Settlement, moves: PackageMoves) -> dict[str, Any]:
    """Return what could be done with one package."""
    view, near = moves.view, moves.nearby
    return {
        "package": _package(settlement, moves.package),
        "adopted": view.adopted,
        "efficient": view.efficient,
        "points": _exact(view.points),
        "gains": _exact(view.gains),
        "asked": list(view.asked),
        "blockers": list(view.blockers()),
        "refusals": [
            {"party": one.party, "kind": one.kind, "item": one.item, "certain": one.certain, "short": exact(one.short)}
            for one in view.refusals
        ],
        "nearest": {
            "parties": {name: _nearest_json(settlement, moves.package, one) for name, one in near.parties.items()},
            "zone": _nearest_json(settlement, moves.package, near.zone),
            "efficient": _nearest_json(settlement, moves.package, near.efficient),
        },
        "trades": None if moves.trades is None else _trades_json(settlement, moves.trades),
        "side_payments": [_payment_json(one) for one in moves.payments],
    }


def _package(settlement: Settlement, index: int) -> dict[str, Any]:
    return {"id": index, "options": settlement.space.options(index)}


def _packages(settlement: Settlement, indices: Sequence[int], number: int) -> dict[str, Any]:
    return {"list": [_package(settlement, index) for index in indices[:FEW]], "truncated": number > FEW, "count": count(number)}


def _exact(values: Mapping[str, Fraction | None]) -> dict[str, str | None]:
    return {name: exact(value) for name, value in values.items()}


def _nearest_json(settlement: Settlement, package: int, found: Nearest | None) -> dict[str, Any] | None:
    if found is None:
        return None
    first = package_changes(settlement, package, found.packages[0])
    return {
        "changes": exact(found.distance),
        "first_changes": {issue: {"from": old, "to": new} for issue, (old, new) in first.items()},
        "packages": _packages(settlement, found.packages, found.count),
    }


def _trades_json(settlement: Settlement, found: Trades) -> dict[str, Any]:
    return {
        "parties": list(found.parties),
        "within_zone": found.within_zone,
        "improvements": _list_json(settlement, found, found.improvements),
        "by_issues": {str(size): _list_json(settlement, found, some) for size, some in found.by_issues.items()},
        "compares_points_between_parties": len(found.parties) > 1,
    }


def _list_json(settlement: Settlement, found: Trades, some: TradeList) -> dict[str, Any]:
    listed = [_trade_json(settlement, found, one) for one in some.listed[:FEW]]
    return {"list": listed, "truncated": some.count > FEW, "count": count(some.count)}


def _trade_json(settlement: Settlement, found: Trades, one: Trade) -> dict[str, Any]:
    issues = settlement.space.issues
    return {
        "changes": {issues[axis].id: issues[axis].option_ids()[option] for axis, option in one.changes},
        "package": _package(settlement, one.package),
        "gains": {name: exact(gain) for name, gain in zip(found.parties, one.gains, strict=True)},
        "smallest_gain": exact(min(one.gains)),
    }


def _payment_json(one: Payment) -> dict[str, Any]:
    return {
        "issue": one.issue,
        "more_gives_points_to": list(one.rising),
        "more_takes_points_from": list(one.falling),
        "points_for_one_more": _exact(one.rates) if one.between else None,
        "accepted": {name: list(options) for name, options in one.accepted.items()},
        "in_the_zone": list(one.options),
        "accepted_ranges": {name: _ranges(parts) for name, parts in one.ranges.items()} if one.between else None,
        "acceptable_to_all_asked": _ranges(one.range) if one.between else None,
    }


def _ranges(parts: Sequence[Interval]) -> list[dict[str, str]]:
    return [{"lowest": str(one.low), "highest": str(one.high)} for one in parts]


def _opening_json(settlement: Settlement, one: CoalitionOpening) -> dict[str, Any]:
    return {
        "members": list(one.members),
        "items": None if one.conflicts is None else _conflicts_json(settlement, one.conflicts),
        "points": _points_json(settlement, one.points),
        "between_listed_numbers": [_between_json(settlement, some) for some in one.between],
    }


def _conflicts_json(settlement: Settlement, found: Conflicts) -> dict[str, Any]:
    named = {name for names in found.conflicts for name in names} | {name for one in found.removals for name in one.items}
    return {
        "what": {name: _item_json(item) for name, item in found.items.items() if name in named},
        "nothing_helps": found.stands,
        "minimal_conflict_sets": {"list": [list(names) for names in found.conflicts], "truncated": not found.complete},
        "minimal_removals": {
            "list": [_removal_json(settlement, one) for one in found.removals],
            "truncated": found.removal_count > len(found.removals),
            "count": count(found.removal_count),
        },
        "fewest_items": [list(one.items) for one in found.fewest],
    }


def _item_json(item: ConflictItem) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "party": item.party,
        "says": item.says,
        "because": list(item.because),
        "assume": item.assume,
    }


def _removal_json(settlement: Settlement, one: Removal) -> dict[str, Any]:
    return {
        "items": list(one.items),
        "least_points": None if one.points is None else _shortfall_json(settlement, one.points),
        "packages": _packages(settlement, one.packages, one.count),
    }


def _shortfall_json(settlement: Settlement, one: Opening | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "points": exact(one.points),
        "short": {name: exact(lack) for name, lack in one.short.items()},
        "packages": _packages(settlement, one.packages, one.count),
    }


def _points_json(settlement: Settlement, found: Openings) -> dict[str, Any]:
    return {
        "packages_clear_of_rules_and_red_lines": count(found.clear),
        "least_total_shortfall": _shortfall_json(settlement, found.least_total),
        "least_largest_shortfall": _shortfall_json(settlement, found.least_largest),
        "single_party_concession": {name: _shortfall_json(settlement, one) for name, one in found.concessions.items()},
        "paid_with_one_option": {
            name: capped([_sweetener_json(settlement, one) for one in some], LISTED) for name, some in found.sweeteners.items()
        },
        "paid_point_for_point": None
        if found.pooled is None
        else {
            "largest_sum_of_gains": exact(found.pooled.points),
            "packages_at_nought_or_more": count(found.pooled.count),
            "first": _package(settlement, found.pooled.packages[0]),
        },
        "not_known": list(found.lacking),
    }


def _sweetener_json(settlement: Settlement, one: Sweetener) -> dict[str, Any]:
    issue = settlement.space.issues[one.issue]
    return {
        "issue": issue.id,
        "option": issue.option_ids()[one.option],
        "points": exact(one.points),
        "packages": count(one.count),
        "first": _package(settlement, one.package),
    }


def _between_json(settlement: Settlement, found: BetweenOpening) -> dict[str, Any]:
    return {
        "issue": found.issue,
        "count": count(found.count),
        "list": [
            {
                "lower": _package(settlement, one.lower),
                "upper": _package(settlement, one.upper),
                "numbers": {"lowest": str(one.numbers.low), "highest": str(one.numbers.high)},
            }
            for one in found.listed[:FEW]
        ],
        "truncated": found.count > FEW,
    }


def _leaning_json(one: Leaning) -> dict[str, Any]:
    return {"cares_more_about": {one.first: one.first_issue, one.second: one.second_issue}, "ratio": exact(one.ratio)}


def _winner_json(found: AdjustedWinner) -> dict[str, Any]:
    return {
        "parties": list(found.parties),
        "reason": found.reason or None,
        "agreed": dict(found.agreed),
        "points": {name: _by_issue(found, row) for name, row in found.points.items()},
        "tied": list(found.tied),
        "tied_issues_at_first_to": {name: _split_json(found, split) for name, split in found.splits.items()},
    }


def _split_json(found: AdjustedWinner, split: Split) -> dict[str, Any]:
    shares = zip(found.parties, (split.share, tuple(1 - part for part in split.share)), strict=True)
    return {
        "shares": {name: _by_issue(found, row) for name, row in shares},
        "at_first": {name: exact(value) for name, value in zip(found.parties, split.start, strict=True)},
        "totals": {name: exact(value) for name, value in zip(found.parties, split.totals, strict=True)},
        "moved": [{"issue": found.issues[issue], "part": exact(part)} for issue, part in split.moved],
    }


def _by_issue(found: AdjustedWinner, row: Sequence[Fraction]) -> dict[str, str | None]:
    return {issue: exact(value) for issue, value in zip(found.issues, row, strict=True)}
