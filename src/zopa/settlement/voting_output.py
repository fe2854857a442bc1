"""Votes, coalitions and outsiders as JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from zopa.settlement.coalitions import Coalition, CoalitionConflict, CoalitionNash, Span, Voting, Without
from zopa.settlement.concepts import BY_COALITION
from zopa.settlement.settle import Settlement
from zopa.settlement.voting_rule import VotingRule
from zopa.settlement.writing_json import LISTED, capped, count, exact, package_list

FEW = 20  # packages listed for one coalition


def voting_json(settlement: Settlement, found: Voting) -> dict[str, Any]:
    """Return how the seats decide, the coalitions, and what each seat would lose outside."""
    rule = found.rule
    return {
        **rule_json(rule),
        "coalitions": {
            "list": [_coalition_json(settlement, one) for one in found.coalitions],
            "truncated": not found.complete,
        },
        "left_out": None
        if rule.unanimous
        else {
            "concepts": list(BY_COALITION),
            "why": "they hang on the coalition that carries the package; each coalition has its own Nash point",
        },
        "without": {name: _without_json(settlement, one) for name, one in found.without.items()},
    }


def rule_json(rule: VotingRule) -> dict[str, Any]:
    """Return how the seats decide."""
    never = rule.never_needed()
    return {
        "rule": "unanimity" if rule.unanimous else "votes",
        "need": exact(rule.need),
        "votes": {name: exact(votes) for name, votes in rule.votes.items()},
        "veto": list(rule.veto),
        "can_carry": rule.carries(rule.seats),
        "in_every_coalition": list(rule.indispensable()),
        "never_needed": None if never is None else list(never),
    }


def _coalition_json(settlement: Settlement, one: Coalition) -> dict[str, Any]:
    found: dict[str, Any] = {
        "members": list(one.members),
        "packages_accepted": count(len(one.packages)),
        "packages": package_list(settlement.space, one.packages, FEW),
        "nash": _nash_json(settlement, one.members, one.nash),
    }
    if one.conflict is not None:
        found["conflict"] = _conflict_json(one.conflict)
    return found


def _nash_json(settlement: Settlement, members: tuple[str, ...], nash: CoalitionNash | None) -> dict[str, Any] | None:
    if nash is None:
        return None
    first = int(nash.packages[0])
    point = nash.point
    return {
        "value": exact(point.value),
        "gainers": point.gainers,
        # Nobody loses here: whoever does not gain has a gain of nothing.
        "product_of_gains": exact(point.value if point.gainers == len(members) else Fraction(0)),
        "values": {name: exact(settlement.party_points(name, first)) for name in settlement.case.parties},
        "packages": package_list(settlement.space, nash.packages, FEW),
        "ties": count(len(nash.packages)),
        "compares_points_between_parties": point.compares,
    }


def _conflict_json(found: CoalitionConflict) -> dict[str, Any]:
    return {
        "conflict": [item.id for item in found.conflict],
        "minimal_conflict_sets": capped([list(names) for names in found.sets], LISTED),
        "minimal_removals": capped([list(names) for names in found.removals], LISTED),
        "complete": found.complete,
    }


def _without_json(settlement: Settlement, one: Without) -> dict[str, Any]:
    return {
        "possible": one.possible,
        "zone_count": None if one.possible is None else count(len(one.packages)),
        "packages": package_list(settlement.space, one.packages, FEW),
        "coalitions": {
            "list": [
                {
                    "members": list(coalition.members),
                    "packages_accepted": count(len(coalition.packages)),
                    "nash": _nash_json(settlement, coalition.members, coalition.nash),
                }
                for coalition in one.coalitions
            ],
            "truncated": not one.complete,
        },
        "no_deal": exact(one.no_deal),
        "points": _span_json(one.points),
        "points_at_their_nash": _span_json(one.at_nash),
        "points_at_nash_with_it": _span_json(one.with_it),
        "loss_against_no_deal": _span_json(one.loss),
        "loss_against_nash_with_it": _span_json(one.loss_by_exclusion),
    }


def _span_json(span: Span | None) -> dict[str, str] | None:
    return None if span is None else {"lowest": str(span[0]), "highest": str(span[1])}
