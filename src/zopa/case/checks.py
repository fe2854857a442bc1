"""Checks of a case as a whole, run on the parts that could be read without a fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from zopa.case.deadlocks import circular_waits
from zopa.case.faults import Severity
from zopa.case.group_checks import check_groups
from zopa.case.model import Case, Direction, Judgement, Preferences, ScoreTable
from zopa.case.notation import Chain, InTop, OnDate, format_amount
from zopa.case.references import Interval, assumption_bounds, bounds

if TYPE_CHECKING:
    from zopa.case.reader import Reader
    from zopa.case.soundness import Soundness


def check_case_as_a_whole(case: Case, reader: Reader, sound: Soundness) -> None:
    """Report what can only be seen when everything has been read.

    Parameters
    ----------
    case : Case
        The sound part of the case: nothing in it has a fault of its own.
    reader : Reader
        Takes the faults.
    sound : Soundness
        Which blocks of the file have a fault.
    """
    check_numbers(case, reader, groups=sound.of("grain"))
    if sound.of("issues"):
        for preferences in case.preferences.values():
            _check_no_deal_package(case, preferences, reader)
    _check_alike(case, reader)
    if sound.of("parties"):
        _check_agreement(case, reader)
    _check_levers(case, reader)
    if sound.all_of("gates", case.gates):
        _check_waits(case, reader)
    if not sound.spots:
        _check_unused(case, reader)


def check_numbers(case: Case, reader: Reader, *, groups: bool = True) -> None:
    """Report weights and scores that contradict their orders, or that cannot always keep them and their sum.

    ``groups`` also asks whether orders and sums can be kept whatever is drawn first.
    """
    ordered: dict[str, Preferences] = {}
    for party, preferences in case.preferences.items():
        before = len(reader.faults)
        _check_weights(preferences, reader)
        _check_score_orders(preferences, reader)
        if len(reader.faults) == before:
            ordered[party] = preferences
    if groups:
        # Only where bounds and orders are sound by themselves.
        check_groups(replace(case, preferences=ordered), reader)


def judgement_bounds(judgement: Judgement, reader: Reader) -> Interval | None:
    """Return the smallest and largest value of a judgement, or None when it is not known."""
    return bounds(judgement.amount, lambda name: assumption_bounds(reader, name))


# Orders --------------------------------------------------------------------------------------------


def contradiction(chains: Iterable[Chain], ends: Mapping[str, Interval]) -> str | None:
    """Return in words why orders and bounds cannot hold together, or None when they can.

    The orders are read as differences: ``a > b`` and ``a >> b`` strict, ``a >= b`` and ``a = b`` weak.
    They contradict each other when a circle of them holds a strict one, or when a chain of them leads
    from an item to one whose lowest value is above (or, with a strict step, not below) its highest.
    """
    above: dict[str, dict[str, bool]] = {}  # item -> lower items, True when strictly lower

    def put(high: str, low: str, strict: bool) -> None:
        inner = above.setdefault(high, {})
        inner[low] = inner.get(low, False) or strict

    for chain in chains:
        for first, second, relation in zip(chain.items, chain.items[1:], chain.relations, strict=False):
            put(first, second, relation in {">", ">>"})
            if relation == "=":
                put(second, first, False)
    reach = _closure(above)
    for name, lower in reach.items():
        if lower.get(name, False):
            return f"{name} would have to be above itself"
        for other, strict in lower.items():
            if name not in ends or other not in ends:
                continue
            highest, lowest = ends[name][1], ends[other][0]
            if highest < lowest or (strict and highest == lowest and ends[name] == ends[other]):
                must = "above" if strict else "no less than"
                return f"{name} is at most {highest}, but must be {must} {other}, which is at least {lowest}"
    return None


def _closure(above: Mapping[str, Mapping[str, bool]]) -> dict[str, dict[str, bool]]:
    names = list(dict.fromkeys([*above, *(low for lower in above.values() for low in lower)]))
    reach = {name: dict(above.get(name, {})) for name in names}
    for middle in names:
        for name in names:
            if middle not in reach[name]:
                continue
            for low, strict in list(reach[middle].items()):
                reach[name][low] = reach[name].get(low, False) or strict or reach[name][middle]
    return reach


def _check_weights(preferences: Preferences, reader: Reader) -> None:
    if not preferences.weights:
        return
    found = {name: judgement_bounds(judgement, reader) for name, judgement in preferences.weights.items()}
    ends = {name: end for name, end in found.items() if end is not None}
    place = next(iter(preferences.weights.values())).place
    chains = [order.that for order in preferences.weight_orders if isinstance(order.that, Chain)]
    for order in preferences.weight_orders:
        names = order.that.items if isinstance(order.that, Chain) else (order.that.name,) if isinstance(order.that, InTop) else ()
        for name in names:
            if name not in preferences.weights:
                reader.fault_at(
                    order.place,
                    "ZC047",
                    f"an order among the weights of {preferences.party} names {name}, which has no weight",
                    f"Add `{name}: …` to the weights, or `default: …`.",
                    name,
                )
    why = contradiction(chains, ends)
    if why is not None:
        where = preferences.weight_orders[0].place
        reader.fault_at(
            where, "ZC041", f"the weights of {preferences.party} contradict their orders: {why}", "Change an order or a range."
        )
        return
    total = preferences.weight_sum
    if total is None or len(ends) != len(preferences.weights):
        return
    lowest, highest = sum(end[0] for end in ends.values()), sum(end[1] for end in ends.values())
    if not lowest <= total <= highest:
        reader.fault_at(
            place,
            "ZC042",
            f"the weights of {preferences.party} reach from {lowest} to {highest} together, never {total}",
            "Widen a range or change `sum`.",
            str(total),
        )


def _check_score_orders(preferences: Preferences, reader: Reader) -> None:
    for issue, score in preferences.scores.items():
        if not isinstance(score, ScoreTable) or score.order is None:
            continue
        ends = {}
        for option, judgement in score.values.items():
            end = judgement_bounds(judgement, reader)
            if end is not None:
                ends[option] = end
        why = contradiction([score.order], ends)
        if why is not None:
            reader.fault_at(
                score.place,
                "ZC041",
                f"the scores of {preferences.party} on {issue} contradict their order: {why}",
                "Change the order or a range.",
            )


def _check_no_deal_package(case: Case, preferences: Preferences, reader: Reader) -> None:
    no_deal = preferences.no_deal
    if no_deal is None or no_deal.package is None:
        return
    if no_deal.package == "now":
        open_issues = [issue.id for issue in case.package_issues() if issue.now is None]
    else:
        named = case.packages.get(no_deal.package)
        if named is None:
            return  # it has a fault of its own
        open_issues = [issue.id for issue in case.package_issues() if len(named.options.get(issue.id, ())) != 1]
    if open_issues:
        reader.fault_at(
            no_deal.place,
            "ZC047",
            f"the no-deal value of {preferences.party} is the package {no_deal.package}, which leaves open "
            f"{', '.join(open_issues)}",
            "Name a package that decides every issue.",
            no_deal.package,
        )


# Even-handedness and agreement ---------------------------------------------------------------------


def _check_alike(case: Case, reader: Reader) -> None:
    for group in case.alike:
        for first, second in combinations(group, 2):
            _compare(case, first, second, reader)


def _compare(case: Case, first: str, second: str, reader: Reader) -> None:
    pairs: list[tuple[str, Judgement | None, Judgement | None]] = []
    if case.influence:
        pairs.append(("influence", case.influence.get(first), case.influence.get(second)))
    left, right = case.preferences.get(first), case.preferences.get(second)
    if left is not None and right is not None:
        for issue in case.package_issues():
            pairs.append((f"the weight of {issue.id}", left.weights.get(issue.id), right.weights.get(issue.id)))
            pairs.append((f"the shape on {issue.id}", _shape(left, issue.id), _shape(right, issue.id)))
        pairs.append(
            (
                "the no-deal value",
                left.no_deal.judgement if left.no_deal is not None else None,
                right.no_deal.judgement if right.no_deal is not None else None,
            )
        )
        if left.no_deal is not None and right.no_deal is not None and left.no_deal.kind != right.no_deal.kind:
            reader.fault_at(
                right.no_deal.place,
                "ZC048",
                f"{first} and {second} are declared alike, but the no-deal value is written as {left.no_deal.kind} for {first} "
                f"and as {right.no_deal.kind} for {second}",
                "Write both in the same way.",
                right.no_deal.kind,
            )
    if case.holding is not None:
        for name in case.holding.inputs:
            base, _, party = name.partition(".")
            if party == first:
                pairs.append((base, case.holding.inputs[name], case.holding.inputs.get(f"{base}.{second}")))
    for what, one, other in pairs:
        _same_range(what, one, other, first, second, reader)


def _shape(preferences: Preferences, issue: str) -> Judgement | None:
    score = preferences.scores.get(issue)
    return score.shape if isinstance(score, Direction) else None


def _same_range(what: str, one: Judgement | None, other: Judgement | None, first: str, second: str, reader: Reader) -> None:
    if one is None or other is None or one.basis.because or other.basis.because:
        return
    written = [format_amount(one.amount), format_amount(other.amount)]
    if written[0] != written[1] or one.chance != other.chance:
        reader.fault_at(
            other.place,
            "ZC048",
            f"{first} and {second} are declared alike, but {what} is {written[0]} for {first} and {written[1]} for {second}",
            "Give both the same range, or say with `because:` which statement makes the difference.",
            written[1],
        )


def _check_agreement(case: Case, reader: Reader) -> None:
    signing = [party.id for party in case.parties.values() if party.seat in {"signatory", None, "unknown"}]
    first = next(iter(case.parties.values()), None)
    if not signing and first is not None:
        reader.fault_at(
            first.place, "ZC056", "no party signs, so nobody can agree", "Give at least one party `seat: signatory`.", ""
        )
    agreement = case.agreement
    if agreement.need is not None:
        votes = agreement.votes or {party: Fraction(1) for party in signing}
        most = sum(votes.get(party, Fraction(0)) for party in signing)
        if agreement.need > most and first is not None:
            reader.fault_at(
                case.place_of("agreement"),
                "ZC045",
                f"{agreement.need} votes are needed, but the signatories have {most}",
                "Lower the number needed.",
                str(agreement.need),
            )
    for party in agreement.veto:
        if party not in signing:
            reader.fault_at(
                case.place_of("agreement"),
                "ZC021",
                f"{party} has a veto but does not sign",
                "Give it `seat: signatory`, or use `consent_if`.",
                party,
            )


# Levers, gates and leftovers -----------------------------------------------------------------------


def _check_levers(case: Case, reader: Reader) -> None:
    for lever in case.levers.values():
        start, end = _day(lever.start, case), _day(lever.end, case)
        if start is not None and end is not None and start >= end:
            reader.fault_at(
                lever.place,
                "ZC040",
                f"lever {lever.id} ends before it begins",
                "Let `from` lie before `until`.",
                f"{start} to {end}",
            )


def _day(moment: date | str | None, case: Case) -> date | None:
    """Return the day of a moment that is a date, or a gate with a single date."""
    if not isinstance(moment, str):
        return moment
    gate = case.gates.get(moment)
    return gate.timing.date if gate is not None and isinstance(gate.timing, OnDate) else None


def _check_waits(case: Case, reader: Reader) -> None:
    for wait in circular_waits(case.gates, case.assumptions):
        under = ", ".join(f"{name} = {word}" for name, word in wait.reading.items())
        first = case.gates[wait.gates[0]]
        behind = f"; {', '.join(wait.behind)} wait behind them" if wait.behind else ""
        reader.fault_at(
            first.place,
            "ZC053",
            f"gates wait for each other{f' under the reading {under}' if under else ''}: {', '.join(wait.gates)}{behind}",
            "If that is meant, leave it: the wait is reported with the answers. Otherwise let one of them open first.",
            first.id,
            Severity.WARNING,
        )


def _check_unused(case: Case, reader: Reader) -> None:
    for name, assumption in case.assumptions.items():
        if name not in reader.used:
            reader.fault_at(
                assumption.place,
                "ZC055",
                f"the assumption {name} is used nowhere",
                "Refer to it where it matters, or remove it.",
                name,
                Severity.WARNING,
            )
