"""Who must say yes, which coalitions are just enough, and what each signatory would lose outside, as the report shows them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from zopa.case import Case
from zopa.report.answer import packages_words
from zopa.report.plain import condition_words, conflict_words, package_short, party_name, party_row, short, signed, thousands
from zopa.report.voting_words import loss_words, names_words, needed_sentences, span_points
from zopa.settlement import Coalition, Settlement, Voting, VotingRule, Without, voting

MOST_COALITIONS: Final = 20
_NOT_KNOWN: Final = "not known"


def voting_view(case: Case, settlement: Settlement) -> dict[str, Any]:
    """Return what the section on who must say yes shows, under the key ``agree``.

    Where two or fewer must all agree, sentences are enough: the lists of rows are empty.
    """
    found = voting(settlement)
    rule = found.rule
    rows = [] if rule.unanimous else [_coalition(settlement, one) for one in found.coalitions[:MOST_COALITIONS]]
    shown = not rule.unanimous or len(rule.seats) > 2
    outside = [one for one in found.without.values() if one.possible] if shown else []
    return {
        "agree": {
            "sentences": [*rule_sentences(case, found), *_open_seats(case, settlement), *_never_yes(settlement)],
            "consents": consent_rows(case, settlement.seats, voted=not rule.unanimous),
            "seats": [] if rule.unanimous else [_seat(case, found, name) for name in rule.seats],
            "members": [party_row(case, name) for name in rule.seats],
            "coalitions": rows,
            "coalition_words": "" if rule.unanimous else _coalition_words(found),
            "left_out": "" if rule.unanimous else _left_out(found, len(rows)),
            "carried": any(row["chosen"] for row in rows),
            "unanimous": rule.unanimous,
            "opens": _opens(case, settlement, found),
            "needed": needed_sentences(case, found) if shown else [],
            "without": [_without(case, one) for one in outside],
        }
    }


def rule_sentences(case: Case, found: Voting) -> list[str]:
    """Return how the seats decide, and who could stop an agreement alone."""
    rule = found.rule
    if not rule.seats:
        return ["No party of this case signs an agreement."]
    if rule.unanimous:
        if len(rule.seats) == 1:
            return [f"One party signs: {names_words(case, rule.seats)}."]
        who = "Both who sign" if len(rule.seats) == 2 else "All who sign"
        return [f"{who} must say yes: {names_words(case, rule.seats)}. Each of them could stop an agreement alone."]
    lines = [f"An agreement needs {votes_words(rule)}."]
    if rule.veto:
        lines.append(f"Nothing is agreed without the yes of {names_words(case, rule.veto)}, whatever the votes: a veto.")
    if not rule.carries(rule.seats):
        return [*lines, "Even all signatories together do not have these votes."]
    if found.indispensable and found.indispensable != rule.veto:
        lines.append(f"By the votes and vetoes, nothing can be agreed without {names_words(case, found.indispensable)}.")
    if found.never_needed:
        one = len(found.never_needed) == 1
        votes = f"The vote{'' if one else 's'} of {names_words(case, found.never_needed)}"
        lines.append(f"{votes} never make{'s' if one else ''} a difference.")
    return lines


def votes_words(rule: VotingRule) -> str:
    """Return how many votes of how many are needed."""
    return f"{short(rule.need)} of {short(sum(rule.votes.values(), Fraction(0)))} votes"


def consent_rows(case: Case, seats: Sequence[str], *, voted: bool) -> list[dict[str, Any]]:
    """Return the parties without a vote whose yes some packages need, and when."""
    also = ", however the vote goes" if voted else ""
    return [
        {**party_row(case, name), "says": f"must say yes too wherever {condition_words(case, party.consent_if)}{also}"}
        for name, party in case.parties.items()
        if party.consent_if is not None and name not in seats
    ]


def _open_seats(case: Case, settlement: Settlement) -> list[str]:
    """Return of whom it is open whether it signs, and what the base scenario takes."""
    unsettled = tuple(name for name, party in case.parties.items() if party.seat is None or party.seat == "unknown")
    if not unsettled:
        return []
    many = len(unsettled) > 1
    first = f"Whether {names_words(case, unsettled)} sign{'' if many else 's'} is open"
    sign = tuple(name for name in unsettled if name in settlement.seats)
    they, do = ("they", "do") if many else ("it", "does")
    if len(sign) in {0, len(unsettled)}:
        return [f"{first}; in the base scenario {they} {do}{'' if sign else ' not'}."]
    return [f"{first}; in the base scenario only {names_words(case, sign)} {'sign' if len(sign) > 1 else 'signs'}."]


def _never_yes(settlement: Settlement) -> list[str]:
    if not settlement.undecided:
        return []
    return ["A signatory of whom it is not known what it would accept counts neither as a yes nor as a no."]


def _seat(case: Case, found: Voting, name: str) -> dict[str, Any]:
    rule = found.rule
    alone = "yes" if name in found.indispensable else "no"
    matters = "not known" if found.never_needed is None else "no" if name in found.never_needed else "yes"
    return {
        "party": party_row(case, name),
        "votes": short(rule.votes[name]),
        "veto": "yes" if name in rule.veto else "no",
        "stops": alone,
        "matters": matters,
    }


def _coalition_words(found: Voting) -> str:
    count = len(found.coalitions)
    if not count:
        return ""
    if count == 1 and found.complete:
        return "One coalition is just enough to carry an agreement: without any of its members it would not be."
    more = "" if found.complete else " or more"
    return (
        f"{count}{more} coalitions are just enough to carry an agreement: without any of its members, none of them would be. "
        "Larger ones add nothing: whatever all their members accept, a smaller one accepts too."
    )


def _left_out(found: Voting, shown: int) -> str:
    more = len(found.coalitions) - shown
    if more <= 0:
        return "" if found.complete else "There are more coalitions, which were not looked at."
    words = f"{thousands(more)} more {'is' if more == 1 else 'are'} not shown here; `zopa report --tables` lists them."
    return words if found.complete else f"{words} There are others, which were not looked at."


def _coalition(settlement: Settlement, one: Coalition) -> dict[str, Any]:
    case = settlement.case
    chosen, cells = "", ["–"] * len(settlement.seats)
    if one.nash is not None:
        index, ties = int(one.nash.packages[0]), len(one.nash.packages)
        tied = f" (or {packages_words(ties - 1)} as good)" if ties > 1 else ""
        chosen = package_short(case, settlement.space, index) + tied
        gains = settlement.view(index)
        cells = [f"{short(gains.points[name], 1)} ({signed(gains.gains[name])})" for name in settlement.seats]
    return {
        "members": [party_row(case, name) for name in one.members],
        "count": thousands(len(one.packages)),
        "chosen": chosen,
        "cells": cells,
        "why": _why(case, one),
    }


def _why(case: Case, one: Coalition) -> str:
    if one.conflict is not None and one.conflict.conflict:
        return "these together exclude every deal: " + "; ".join(conflict_words(case, item) for item in one.conflict.conflict)
    return "no package they all accept" if not len(one.packages) else ""


def _opens(case: Case, settlement: Settlement, found: Voting) -> str:
    """Return, for a vote without a zone, who could open one by accepting everything."""
    if found.rule.unanimous or settlement.zone_count() != 0:
        return ""
    moves = [f"{party_name(case, name)} ({packages_words(size)})" for name, size in found.opens.items() if size]
    return f"A zone would open if one party alone accepted everything: {', '.join(moves) or 'for no single party'}."


def _without(case: Case, one: Without) -> dict[str, Any]:
    return {
        "party": party_row(case, one.party),
        "count": thousands(len(one.packages)),
        "there": _NOT_KNOWN if one.at_nash is None else span_points(one.at_nash, points=False),
        "no_deal": _NOT_KNOWN if one.no_deal is None else short(one.no_deal, 1),
        "loss": _NOT_KNOWN if one.loss is None else loss_words(one.loss),
        "exclusion": "–" if one.with_it is None else _exclusion(one),
    }


def _exclusion(one: Without) -> str:
    loss = one.loss_by_exclusion
    return _NOT_KNOWN if loss is None else loss_words(loss)
