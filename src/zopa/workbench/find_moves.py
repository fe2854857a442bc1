"""What could be done with a package: better for everyone, acceptable to one party, acceptable to all. Lists of whole packages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from zopa.exploration import better_packages
from zopa.report.moving_words import payment_sentences
from zopa.report.plain import needed, option_name, party_name
from zopa.settlement import Grounds, Nearest, Settlement, grounds, nearby, side_payments, trades
from zopa.workbench.find_columns import Columns
from zopa.workbench.find_state import Addresses
from zopa.workbench.find_words import number_words, package_link

MOST: Final = 5
AT_FIRST: Final = 20_000_000  # packages walked for all coalitions together, as in `moving`


def moves_view(settlement: Settlement, found: Columns, to: Addresses) -> dict[str, Any] | None:
    """Return the answer to what is asked of the package, or None where nothing is asked.

    Returns
    -------
    dict or None
        ``title``, ``lines`` (sentences), and ``lists``: each a ``title``, ``note``, ``count`` and ``packages``.
    """
    kind, _, party = to.state.moves.partition(".")
    if kind == "improve":
        return _improve(settlement, found, to)
    if kind == "nearest":
        return _nearest(settlement, found, to)
    return _need(settlement, found, to, party) if kind == "need" else None


def _links(settlement: Settlement, found: Columns, to: Addresses, packages: Sequence[int]) -> list[dict[str, Any]]:
    return [package_link(settlement, found, to, one, to.state.package) for one in packages[:MOST]]


def _list(title: str, packages: list[dict[str, Any]], count: int, note: str = "") -> dict[str, Any]:
    return {"title": title, "note": note, "count": count, "packages": packages}


def _improve(settlement: Settlement, found: Columns, to: Addresses) -> dict[str, Any]:
    package, case = to.state.package, settlement.case
    title = "Better for everyone who signs"
    signing = " and ".join(party_name(case, name) for name in settlement.seats)
    better = better_packages(settlement, package, strict=True, limit=MOST)
    if better is None:
        lacking = [party_name(case, name) for name in settlement.seats if settlement.verdicts.parties[name].values is None]
        said = f"Not known, because points of {' and '.join(lacking)} are missing." if lacking else "Nobody signs in this case."
        return {"title": title, "lines": [said], "lists": []}
    inside = bool(settlement.verdicts.adopted.surely[0, package])
    where = "in the zone" if inside else "that can be had and cross no red line of theirs"
    if not better.strict:
        lines = [f"Nothing improves it for everyone: no package {where} is better for {signing} at once."]
        if better.count:
            lines.append(f"{number_words(better.count, 'package is', 'packages are')} better for one and worse for none.")
            some = better_packages(settlement, package, limit=MOST)
            assert some is not None
            rest = _list("Better for one, worse for none", _links(settlement, found, to, some.packages), better.count)
            return {"title": title, "lines": lines, "lists": [rest]}
        return {"title": title, "lines": lines, "lists": []}
    lists = []
    number = number_words(better.strict, "package", "packages")
    lines = [f"{number} {where} {'is' if better.strict == 1 else 'are'} better for {signing}."]
    try:
        possible = trades(settlement, package)
    except ValueError as error:
        lines.append(f"Small changes were not looked for: {error}.")
        possible = None
    if possible is not None:
        alone = [one.package for one in possible.improvements.listed]
        if alone:
            lists.append(_list("One change alone", _links(settlement, found, to, alone), possible.improvements.count))
        for size, some_trades in possible.by_issues.items():
            if some_trades.count:
                note = "Each change alone is good for one and bad for another; together they are good for all."
                packages = [one.package for one in some_trades.listed]
                lists.append(
                    _list(f"Give and take on {size} issues", _links(settlement, found, to, packages), some_trades.count, note)
                )
    lists.append(_list("Any number of changes", _links(settlement, found, to, better.packages), better.strict))
    if len(settlement.seats) > 1:
        lines.append("They stand in the order of the smallest gain, which compares points of different parties.")
    return {"title": title, "lines": lines, "lists": lists}


def _ranked(settlement: Settlement, near: Nearest) -> list[int]:
    """Return packages that are as near as each other, those in the zone first, then those that fewest parties block."""

    def rank(index: int) -> tuple[bool, int, int]:
        view = settlement.view(index)
        return view.adopted is not True, len(view.blockers()), index

    return sorted(near.packages, key=rank)


def _near_list(settlement: Settlement, found: Columns, to: Addresses, title: str, near: Nearest) -> dict[str, Any]:
    note = f"Fewest issues changed: {near.distance}." if near.distance else "It is one itself."
    if near.count > MOST:
        note += " Those that fewest parties block come first."
    return _list(title, _links(settlement, found, to, _ranked(settlement, near)), near.count, note)


def _nearest(settlement: Settlement, found: Columns, to: Addresses) -> dict[str, Any]:
    near = nearby(settlement, to.state.package, ())
    title, lines, lists = "Nearest acceptable", [], []
    if near.zone is None:
        empty = not len(settlement.possible)
        lines.append("The zone is empty." if empty else "Whether any package is in the zone is not known.")
    elif near.zone.distance == 0:
        lines.append("It is in the zone itself.")
    else:
        lists.append(_near_list(settlement, found, to, "In the zone", near.zone))
    if near.efficient is not None:
        if near.efficient.distance == 0:
            lines.append("It is efficient itself: it lies on the frontier.")
        else:
            lists.append(_near_list(settlement, found, to, "On the frontier", near.efficient))
    return {"title": title, "lines": lines, "lists": lists}


def _need(settlement: Settlement, found: Columns, to: Addresses, party: str) -> dict[str, Any]:
    case, package = settlement.case, to.state.package
    name = party_name(case, party)
    title = f"What {name} would need"
    view = settlement.view(package)
    lines, lists = [], []
    mine = [one for one in view.refusals if one.party == party]
    if party not in view.asked:
        lines.append(f"{name} is not asked about this package.")
    for one in mine:
        if one.kind == "no_deal":
            lines.append(f"It lacks {needed(one.short)} points to its no-deal value.")
        elif one.kind == "red_line":
            line = next(line for line in case.preferences[party].red_lines if line.id == one.item)
            perhaps = "" if one.certain else " if it binds, which is not known"
            lines.append(f"It crosses the red line “{line.name}”{perhaps}.")
    near = nearby(settlement, package, (party,)).parties[party]
    if any(one.kind == "missing" for one in mine):
        lines.append("Not known: points or the no-deal value are missing.")
    elif near is None:
        lines.append(f"{name} accepts no deal that can be had.")
    elif not mine:
        lines.append(f"{name} accepts it as it is.")
    else:
        lists.append(_near_list(settlement, found, to, f"Nearest packages that {name} accepts", near))
        lines += _payments(settlement, package, party)
    return {"title": title, "lines": lines, "lists": lists}


def _payments(settlement: Settlement, package: int, party: str) -> list[str]:
    """Return on which issue alone something would be enough for a party, the others as they are."""
    case = settlement.case
    known: Grounds = grounds(settlement, max(1, min(20, AT_FIRST // settlement.space.size)))
    payments = side_payments(settlement, known, package)
    lines = []
    for one in payments:
        options = [option_name(case, one.issue, option) for option in one.accepted.get(party, ())]
        if options:
            lines.append(f"On {case.issues[one.issue].name} alone, it would accept: {', '.join(options)}.")
    paid = [one for one in payments if one.rising and one.falling and party in (*one.rising, *one.falling)]
    return lines + (payment_sentences(case, paid) if paid else [])
