"""What would move a case, in sentences: what opens an empty zone, and what could be done with one package."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from zopa.case import Case
from zopa.report.answer import packages_words
from zopa.report.plain import (
    conflict_words,
    issue_name,
    needed,
    option_name,
    package_short,
    package_words,
    party_name,
    red_line,
    red_line_words,
    short,
    signed,
    thousands,
)
from zopa.report.voting_words import listed
from zopa.settlement import (
    LARGEST_FOR_MOVING,
    ChosenPackage,
    CoalitionOpening,
    Conflicts,
    Interval,
    Nearest,
    Opening,
    PackageMoves,
    Payment,
    Removal,
    Settlement,
    Trade,
    TradeList,
    Trades,
    package_changes,
    zone_openings,
)

MOST_LINES: Final = 4
MOST_COALITIONS: Final = 2
HEADINGS: Final = ("Who refuses it", "Nearest packages", "Trades", "Side payments")


def opening_sentences(settlement: Settlement) -> list[str]:
    """Return what would open an empty zone; nothing where it is open, or too large to look through unasked."""
    if len(settlement.zone) or settlement.space.size > LARGEST_FOR_MOVING:
        return []
    found = zone_openings(settlement)
    alone = settlement.case.agreement.need is None
    lines = []
    for one in found[:MOST_COALITIONS]:
        who = "" if alone else f" for {_names(settlement.case, one.members)}"
        said = _opening(settlement, one)
        lines += [f"What would open a zone{who}:", *(f"  {line}" for line in said)] if said else []
    more = len(found) - MOST_COALITIONS
    if more > 0:
        lines.append(f"{more} more coalition{' is' if more == 1 else 's are'} not shown here.")
    return lines


def _opening(settlement: Settlement, one: CoalitionOpening) -> list[str]:
    case, points = settlement.case, one.points
    lines = [] if one.conflicts is None else _items(settlement, one.conflicts)
    if one.conflicts is not None and one.conflicts.stands:
        return lines
    if points.lacking:
        lines.append(
            f"What is not known of {_names(case, points.lacking)} (points, or the no-deal value) leaves open what it would take."
        )
    if not points.clear:
        if not points.lacking:
            lines.append("Every deal breaks a rule or crosses a red line, so that points alone open nothing.")
        return lines
    least, fair = points.least_total, points.least_largest
    if least is not None:
        lines.append(f"Fewest points in all, with every rule and red line kept: {_at(settlement, least)}.")
    if least is not None and fair is not None and least.packages[0] not in fair.packages:
        lines.append(
            f"So that whoever gives most gives least: {needed(fair.points)} at most, {_at(settlement, fair, total=False)}."
        )
    lines += _alone(settlement, one)
    for some in one.between:
        first = some.listed[0]
        numbers = _interval(case, some.issue, first.numbers)
        rest = frozenset(settlement.space.options(first.lower)) - {some.issue}
        beside = package_words(case, settlement.space, first.lower, only=rest)
        named = f"{issue_name(case, some.issue)} {numbers}"
        lines.append(f"A number between the listed ones would do: {named}{f', with {beside}' if beside else ''}.")
    if points.pooled is not None:
        count = points.pooled.count
        if count:
            lines.append(
                f"If a point of one party could be paid with a point of another, {packages_words(count)} would suit everybody "
                "asked. This compares points of different parties."
            )
        else:
            lines.append(
                "Even if a point of one party could be paid with a point of another, no package would suit everybody asked. "
                "This compares points of different parties."
            )
    return lines


def _items(settlement: Settlement, found: Conflicts) -> list[str]:
    if found.stands:
        return ["Nothing that a party could give up: what nobody can give up excludes every deal."]
    lines = []
    if len(found.conflicts) > 1:
        more = "" if found.complete else " or more"
        lines.append(
            f"{len(found.conflicts)}{more} sets of conditions each exclude every deal by themselves, and all must be broken."
        )
    fewest = found.fewest
    number = len(fewest[0].items)
    what = "Giving up one condition is enough" if number == 1 else f"The fewest conditions to give up are {number} together"
    lines.append(f"{what}:")
    lines += [f"  {_removal(settlement, found, one)}" for one in fewest[:MOST_LINES]]
    left = found.removal_count - min(len(fewest), MOST_LINES)
    if left:
        lines.append(f"  and {thousands(left)} other {'way' if left == 1 else 'ways'}, of as many conditions or more.")
    return lines


def _removal(settlement: Settlement, found: Conflicts, one: Removal) -> str:
    case = settlement.case
    parts = []
    for name in one.items:
        item = found.items[name]
        if item.kind == "no_deal":
            lack = None if one.points is None else one.points.short.get(item.party or "")
            by = "" if lack is None else f", by {_points(lack)} or more"
            parts.append(f"{party_name(case, item.party)} lowers its no-deal value{by}")
        else:
            parts.append(f"{name}: {conflict_words(case, item)}")
    return f"{'; and '.join(parts)} (lets in {packages_words(one.count)})"


def _at(settlement: Settlement, one: Opening, *, total: bool = True) -> str:
    case = settlement.case
    each = ", ".join(f"{party_name(case, name)} {needed(lack)}" for name, lack in one.short.items())
    first = package_short(case, settlement.space, one.packages[0])
    tied = f" or {packages_words(one.count - 1)} as near" if one.count > 1 else ""
    return f"{f'{needed(one.points)}, ' if total else ''}given up by {each}, at {first}{tied}"


def _alone(settlement: Settlement, one: CoalitionOpening) -> list[str]:
    """Return what each party could do alone."""
    case, lines = settlement.case, []
    cannot = [name for name, found in one.points.concessions.items() if found is None and name not in one.points.lacking]
    for name, found in one.points.concessions.items():
        if found is not None and found.points:
            first = package_short(case, settlement.space, found.packages[0])
            tied = f" or {packages_words(found.count - 1)} as near" if found.count > 1 else ""
            lines.append(
                f"{party_name(case, name)} alone: {_points(found.points)} below its no-deal value, "
                f"or a payment worth as much to it, at {first}{tied}."
            )
    if cannot:
        lines.append(f"No number of points from {either([party_name(case, name) for name in cannot])} alone opens a zone.")
    return lines


def package_sections(
    settlement: Settlement, moves: PackageMoves, chosen: ChosenPackage, party: str | None
) -> list[tuple[str, list[str]]]:
    """Return everything about one package as headings with their sentences."""
    case = settlement.case
    called = "" if chosen.name is None else f", {case.packages[chosen.name].name}"
    head = [f"{package_words(case, settlement.space, moves.package)}."]
    if chosen.members > 1:
        head.append(f"The name leaves {packages_words(chosen.members)} open; this is the first that meets the rules.")
    head += _standing(settlement, moves)
    first, near, trades, payments = HEADINGS
    return [
        (f"Package {moves.package}{called}", head),
        (first, _refusals(settlement, moves)),
        (near, nearby_sentences(settlement, moves, party)),
        (trades, trade_sentences(settlement, moves.trades)),
        (payments, payment_sentences(case, moves.payments)),
    ]


def _standing(settlement: Settlement, moves: PackageMoves) -> list[str]:
    view, case = moves.view, settlement.case
    points = ", ".join(
        f"{party_name(case, name)} {short(value, 1)} ({signed(view.gains[name])})" for name, value in view.points.items()
    )
    lines = [f"Points and gains over no deal: {points}."]
    if not view.allowed:
        lines.append("It breaks a rule of the case.")
    if not view.deal:
        lines.append("It does not count as an agreement.")
    if not view.available:
        lines.append("It cannot be had: it needs a lever that is out of reach.")
    if view.adopted is None:
        lines.append("Whether it is in the zone hangs on what is not known.")
    else:
        lines.append("It is in the zone." if view.adopted else "It is not in the zone.")
    if view.efficient:
        lines.append("Within the zone nothing is better for one signatory without being worse for another.")
    return lines


def _refusals(settlement: Settlement, moves: PackageMoves) -> list[str]:
    case, lines = settlement.case, []
    for one in moves.view.refusals:
        if one.party not in moves.view.asked:
            continue
        name = party_name(case, one.party)
        if one.kind == "no_deal":
            lines.append(f"{name}: it lacks {_points(one.short)} to what it has without a deal.")
        elif one.kind == "red_line":
            perhaps = "" if one.certain else " (if the line binds, which is not known)"
            lines.append(f"{name} {red_line_words(case, red_line(case, one.item))}{perhaps}.")
        else:
            lines.append(f"{name}: not known, because points or the no-deal value are missing.")
    return lines or ["Nobody who is asked."]


def nearby_sentences(settlement: Settlement, moves: PackageMoves, party: str | None = None) -> list[str]:
    """Return the nearest packages to a package: for whoever refuses it (and one party more), in the zone, on the frontier."""
    case, near, lines = settlement.case, moves.nearby, []
    for name, found in near.parties.items():
        who = party_name(case, name)
        if found is None:
            unknown = settlement.verdicts.parties[name].values is None or settlement.no_deal(name) is None
            lines.append(f"{who}: not known." if unknown else f"{who} accepts no deal that can be had.")
        elif found.distance == 0:
            lines.append(f"{who} accepts it as it is." if name == party else f"{who}: nothing has to change.")
        else:
            lines.append(f"{who} would accept {_changed(settlement, moves.package, found)}.")
    if near.zone is None:
        lines.append("The zone is empty." if not len(settlement.possible) else "Whether any package is in the zone is not known.")
        return lines
    if near.zone.distance:
        lines.append(f"In the zone: {_changed(settlement, moves.package, near.zone)}.")
    if near.efficient is not None and near.efficient.distance:
        lines.append(f"On the frontier: {_changed(settlement, moves.package, near.efficient)}.")
    return lines or ["It is in the zone and on the frontier itself."]


def _changed(settlement: Settlement, package: int, found: Nearest) -> str:
    case = settlement.case
    changes = package_changes(settlement, package, found.packages[0])
    listed_changes = "; ".join(
        f"{issue_name(case, issue)}: {option_name(case, issue, new)} (was {option_name(case, issue, old)})"
        for issue, (old, new) in changes.items()
    )
    tied = f" (or {packages_words(found.count - 1)} as near)" if found.count > 1 else ""
    return f"package {found.packages[0]}, {_issues(len(changes))} changed{tied}: {listed_changes}"


def _issues(number: int) -> str:
    return "1 issue" if number == 1 else f"{number} issues"


def trade_sentences(settlement: Settlement, found: Trades | None) -> list[str]:
    """Return the trades from a package, those with the largest smallest gain first."""
    case = settlement.case
    if found is None:
        lacking = [name for name in settlement.seats if settlement.verdicts.parties[name].values is None]
        return [f"Not known, because points of {_names(case, tuple(lacking))} are missing."]
    who = _names(case, found.parties)
    lines = []
    if found.improvements.count:
        lines.append(f"One change alone is good for {who} ({_count(found.improvements)}):")
        lines += [f"  {_trade(settlement, found, one)}" for one in found.improvements.listed[:MOST_LINES]]
    for size, some in found.by_issues.items():
        if some.count:
            lines.append(
                f"On {size} issues, each change alone good for one and bad for another, together good for {who} ({_count(some)}):"
            )
            lines += [f"  {_trade(settlement, found, one)}" for one in some.listed[:MOST_LINES]]
    where = " within the zone" if found.within_zone else ""
    sizes = listed([str(size) for size in found.by_issues])
    if not lines:
        return [f"No change on one issue, and no trade on {sizes} issues, is good for {who}{where}."]
    if len(found.parties) > 1:
        lines.append("They stand in the order of the smallest gain, which compares points of different parties.")
    return lines


def _count(some: TradeList) -> str:
    shown = min(some.count, MOST_LINES)
    return f"{thousands(some.count)} in all" if some.count == shown else f"{shown} of {thousands(some.count)}"


def _trade(settlement: Settlement, found: Trades, one: Trade) -> str:
    case, issues = settlement.case, settlement.space.issues
    changes = "; ".join(
        f"{issue_name(case, issues[axis].id)}: {option_name(case, issues[axis].id, issues[axis].option_ids()[option])}"
        for axis, option in one.changes
    )
    gains = ", ".join(f"{party_name(case, name)} {signed(gain)}" for name, gain in zip(found.parties, one.gains, strict=True))
    return f"{changes} ({gains}; package {one.package})"


def payment_sentences(case: Case, payments: Sequence[Payment]) -> list[str]:
    """Return which issues can compensate whom, and how much suits everybody asked, the other issues as they are."""
    lines: list[str] = []
    without: list[str] = []
    moving = [one for one in payments if one.rising and one.falling]
    voted = case.agreement.need is not None
    suits = "As many as the vote needs would accept" if voted else "Everybody asked would accept"
    suits_not = "suits as many as the vote needs" if voted else "suits everybody asked"
    for one in moving:
        name = issue_name(case, one.issue)
        up, down = (
            f"{_names(case, who)} (who gain{'s' if len(who) == 1 else ''} as it goes" for who in (one.rising, one.falling)
        )
        lines.append(f"{name} moves points between {up} up) and {down} down).")
        rates = [f"{party_name(case, party)} {signed(rate)}" for party, rate in one.rates.items() if rate]
        if one.between and rates:
            unit = case.issues[one.issue].unit
            varies = tuple(party for party, rate in one.rates.items() if rate is None)
            rest = f"; for {_names(case, varies)} it differs along the way" if varies else ""
            lines.append(f"  Going up by 1{f' {unit}' if unit else ''} is worth in points: {', '.join(rates)}{rest}.")
        suiting = (
            [_interval(case, one.issue, part) for part in one.range]
            if one.between
            else [option_name(case, one.issue, option) for option in one.options]
        )
        if suiting:
            lines.append(f"  {suits} the package with {either(suiting)}, the other issues as they are.")
        else:
            without.append(name)
    if without:
        lines.append(f"Nothing on {either(without)} alone {suits_not}, the other issues as they are.")
    if any(one.between for one in moving):
        lines.append("Between listed numbers, points are taken to go in straight lines.")
    return lines or ["No numeric or ordered issue moves points from one party to another."]


def either(names: Sequence[str]) -> str:
    """Return names with "or" before the last."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _interval(case: Case, issue: str, part: Interval) -> str:
    unit = case.issues[issue].unit
    after = f" {unit}" if unit else ""
    low, high = _rounded(part.low, up=True), _rounded(part.high, up=False)
    return f"{low}{after}" if part.low == part.high else f"{low} to {high}{after}"


def _rounded(value: Fraction, *, up: bool) -> str:
    """Return a number with two digits at most, rounded into the interval it ends."""
    hundred = value * 100
    whole = -((-hundred.numerator) // hundred.denominator) if up else hundred.numerator // hundred.denominator
    return short(Fraction(whole, 100), 2)


def _points(value: Fraction | None) -> str:
    return f"{needed(value)} point{'' if value == 1 else 's'}"


def _names(case: Case, parties: tuple[str, ...]) -> str:
    return listed([party_name(case, name) for name in parties])
