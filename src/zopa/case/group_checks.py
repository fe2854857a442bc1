"""Checks that the orders and the sum of a group can be kept whatever is drawn for its given members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from zopa.case.faults import Place
from zopa.case.group_corners import corners, fits_grain
from zopa.case.group_orders import Ordering, ordering
from zopa.case.model import Case, Judgement, OrderOnly, Preferences, ScoreTable
from zopa.case.notation import Chain, Condition, InTop, Range, format_number
from zopa.case.references import Interval

if TYPE_CHECKING:
    from zopa.case.reader import Reader

Bound = tuple[Fraction, int]  # a bound, and the number of the member it comes from


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a group cannot always be drawn.

    Attributes
    ----------
    kind : str
        An order cannot be kept, the sum is out of reach, or all members can be zero.
    given : mapping of str to Fraction
        Values of members that are drawn before the rest and leave nothing for it.
    left : str
        The member for which an order leaves nothing.
    reach : tuple of Fraction
        What the members can add up to with these values.
    hull : tuple of Fraction or None
        The smallest and largest value of the first given member.
    """

    kind: Literal["order", "sum", "zero"]
    given: Mapping[str, Fraction]
    left: str
    reach: Interval
    hull: Interval | None


def check_groups(case: Case, reader: Reader) -> None:
    """Report groups of weights or scores that cannot always keep their orders and their sum."""
    for preferences in case.preferences.values():
        _check_weights(case, preferences, reader)
        for issue, score in preferences.scores.items():
            if isinstance(score, ScoreTable) and score.order is not None:
                members = {option: score.values[option] for option in score.order.items}
                what = f"scores of {preferences.party} on {issue}"
                _check(case, preferences.party, members, [score.order], None, what, {"": score.place}, reader)
            elif isinstance(score, OrderOnly):
                steps = sum(relation in {">", ">>"} for relation in score.order.relations)
                if steps * case.grain > 100:
                    reader.fault_at(
                        score.place,
                        "ZC041",
                        f"the order of the scores of {preferences.party} on {issue} has {steps} steps, more than there are "
                        f"scores from 0 to 100 at the grain {format_number(case.grain)}",
                        "Choose a smaller `grain`.",
                    )


def _check_weights(case: Case, preferences: Preferences, reader: Reader) -> None:
    members = preferences.weights
    orders = [order.that for order in preferences.weight_orders]
    if not members or any(name not in members for order in orders for name in _named(order)):
        return  # an order that names an issue without a weight has a fault of its own
    places: dict[str, Place] = {"": next(iter(members.values())).place}
    for order in reversed(preferences.weight_orders):
        places.update(dict.fromkeys((*_named(order.that), "order"), order.place))
    what = f"weights of {preferences.party}"
    _check(case, preferences.party, members, orders, preferences.weight_sum, what, places, reader)


def _named(order: Chain | Condition) -> tuple[str, ...]:
    """Return the names in an order."""
    if isinstance(order, Chain):
        return order.items
    return (order.name,) if isinstance(order, InTop) else ()


def _check(
    case: Case,
    party: str,
    members: Mapping[str, Judgement],
    orders: Sequence[Chain | Condition],
    total: Fraction | None,
    what: str,
    places: Mapping[str, Place],
    reader: Reader,
) -> None:
    try:
        order = ordering(list(members), orders)
    except ValueError as error:
        place = places.get("order", places[""])
        reader.fault_at(place, "ZC041", f"the orders of the {what} contradict each other: {error}", "Change an order.")
        return
    found = obstacle(case, party, members, order, total)
    if found is None:
        return
    if found.kind == "order":
        named = (*found.given, found.left, "order", "")
        reader.fault_at(next(places[name] for name in named if name in places), "ZC041", _unkept(found, what), _remedy(found))
    elif found.kind == "sum" and total is not None:
        reader.fault_at(places[""], "ZC042", _unreached(found, what, total), _remedy(found))
    elif what.startswith("weights") and len(members) == len(case.package_issues()):
        # Points divide by the sum of the weights.
        message = f"the {what} can all be zero, and then say nothing"
        reader.fault_at(places[""], "ZC042", message, "Give one of them a lower end above 0, or add `sum: 100`.")


def _unkept(found: Obstacle, what: str) -> str:
    if not found.given:
        return f"the orders of the {what} cannot be kept: nothing is left for {found.left}"
    return f"the orders of the {what} cannot always be kept: with {_given(found)} nothing is left for {found.left}"


def _unreached(found: Obstacle, what: str, total: Fraction) -> str:
    low, high = (format_number(end) for end in found.reach)
    reach = f"come to {low}" if low == high else f"reach from {low} to {high}"
    if not found.given:
        return f"the {what} {reach} together under their orders, never {format_number(total)}"
    return f"the {what} cannot always add up to {format_number(total)}: with {_given(found)} they {reach} together"


def _given(found: Obstacle) -> str:
    return ", ".join(f"{name} = {format_number(value)}" for name, value in found.given.items()) + " (drawn before the rest)"


def _remedy(found: Obstacle) -> str:
    if found.hull is None:
        return "Change an order, or widen a range."
    ends = f"{format_number(found.hull[0])}..{format_number(found.hull[1])}"
    return f"Write a plain range such as {ends} for {next(iter(found.given))}, or widen a range."


def obstacle(
    case: Case, party: str, members: Mapping[str, Judgement], order: Ordering, total: Fraction | None
) -> Obstacle | None:
    """Return what can keep a group from being drawn, or None.

    What is feasible for the plain ranges is a convex set in the values of the given members, so it is enough
    to look at the corners of these values.  Of ``NAME in top N`` for N above 1 only this is seen: that too many
    members are above it whatever is drawn for the rest.
    """
    names, judgements = list(members), list(members.values())
    given = [number for number, judgement in enumerate(judgements) if not isinstance(judgement.amount, Range)]
    values = corners([judgements[number] for number in given], party, case.assumptions)
    if values is None:
        return None
    ends = _ends(case, judgements, total)
    columns = dict(zip(given, zip(*values, strict=True), strict=True)) if values and given else {}
    varied = {number: (min(column), max(column)) for number, column in columns.items() if len(set(column)) > 1}
    nothing: Obstacle | None = None
    for corner in values:
        at = dict(zip(given, corner, strict=True))
        box = [(at[number], at[number]) if end is None else end for number, end in enumerate(ends)]
        low, high = _box(order, box)
        _tighten(order, low, high, case.grain)
        sizes = [len(members) for members in order.classes]
        reach = _total(sizes, low), _total(sizes, high)
        crossed = [number for number, (least, greatest) in enumerate(zip(low, high, strict=True)) if least[0] > greatest[0]]
        if crossed:
            # Two bounds meet here; name the one that was drawn before, and the member left with nothing.
            free = [(number, member) for number in crossed for member in order.classes[number] if member not in at]
            number = free[0][0] if free else crossed[0]
            culprits = list(dict.fromkeys((low[number][1], high[number][1])))
            rest = [member for member in culprits if member not in varied]
            left = free[0][1] if free else (rest or culprits[-1:])[0]
            return _told("order", names, at, [one for one in culprits if one != left], varied, names[left], reach)
        for one, most in order.in_top:
            crowd = [number for number, least in enumerate(low) if least[0] > high[one][0]]
            if sum(sizes[number] for number in crowd) >= most:
                blamed = [low[number][1] for number in crowd] + [high[one][1]]
                late = order.classes[one][0]
                return _told("order", names, at, [member for member in blamed if member != late], varied, names[late], reach)
        if total is not None and not reach[0] <= total <= reach[1]:
            return _told("sum", names, at, list(varied), varied, "", reach)
        if total is None and not reach[0]:
            nothing = _told("zero", names, at, [], varied, "", reach)
    return nothing


def _ends(case: Case, judgements: Sequence[Judgement], total: Fraction | None) -> list[tuple[Fraction, Fraction] | None]:
    """Return the ends of plain ranges as they are drawn: on the grain, unless something else is off it."""
    coarse = all(fits_grain(judgement.amount, case.grain, case.assumptions) for judgement in judgements)
    coarse = coarse and (total is None or (total / case.grain).denominator == 1)
    found: list[tuple[Fraction, Fraction] | None] = []
    for judgement in judgements:
        amount = judgement.amount
        if not isinstance(amount, Range):
            found.append(None)
        elif coarse:
            found.append((-(-amount.low // case.grain) * case.grain, amount.high // case.grain * case.grain))
        else:
            found.append((amount.low, amount.high))
    return found


def _total(sizes: Sequence[int], bounds: Sequence[Bound]) -> Fraction:
    return sum((size * bound[0] for size, bound in zip(sizes, bounds, strict=True)), Fraction(0))


def _told(
    kind: Literal["order", "sum", "zero"],
    names: Sequence[str],
    at: Mapping[int, Fraction],
    blamed: Sequence[int],
    varied: Mapping[int, Interval],
    left: str,
    reach: Interval,
) -> Obstacle:
    drawn = [number for number in blamed if number in varied]
    hull = varied[drawn[0]] if drawn else None
    return Obstacle(kind, {names[number]: at[number] for number in drawn}, left, reach, hull)


def _box(order: Ordering, box: Sequence[tuple[Fraction, Fraction]]) -> tuple[list[Bound], list[Bound]]:
    """Return the bounds of each class: what all its members allow."""
    low = [max(((box[member][0], member) for member in members), key=lambda bound: bound[0]) for members in order.classes]
    high = [min(((box[member][1], member) for member in members), key=lambda bound: bound[0]) for members in order.classes]
    return low, high


def _tighten(order: Ordering, low: list[Bound], high: list[Bound], grain: Fraction) -> None:
    """Raise lower and cut upper bounds as the orders imply: to the least and the greatest values that keep them."""
    for above, below, strict in order.pairs:
        least = low[below][0] + (grain if strict else 0)
        if least > low[above][0]:
            low[above] = least, low[below][1]
    for above, below, strict in reversed(order.pairs):
        greatest = high[above][0] - (grain if strict else 0)
        if greatest < high[below][0]:
            high[below] = greatest, high[above][1]
