"""Tables of seats, coalitions, outsiders, and the range between ideas of fairness, as plain data."""

from __future__ import annotations

from collections.abc import Sequence

from zopa.case import format_condition
from zopa.report.fairness_view import ideas_with
from zopa.report.plain import conflict_words, party_name
from zopa.report.tables import (
    Cell,
    Table,
    listed_cell,
    option_cells,
    option_columns,
    points_cells,
    points_columns,
    rounded,
    yes_cell,
)
from zopa.settlement import Coalition, Settlement, Voting, voting


def voting_tables(settlement: Settlement) -> tuple[Table, ...]:
    """Return who must say yes, coalitions that are just enough (where votes decide), and what each signatory has outside."""
    found = voting(settlement)
    tables = [_seats(settlement, found)]
    if not found.rule.unanimous:
        tables.append(_coalitions(settlement, found))
    return (*tables, _without(settlement, found), solution_range(settlement))


def _seats(settlement: Settlement, found: Voting) -> Table:
    case, rule = settlement.case, found.rule
    rows: list[tuple[Cell, ...]] = []
    for name, party in case.parties.items():
        signs = name in rule.seats
        consent = None if party.consent_if is None or signs else format_condition(party.consent_if)
        open_seat = party.seat is None or party.seat == "unknown"
        votes = rule.votes.get(name) if signs else None
        matters = None if found.never_needed is None else name not in found.never_needed
        asked = [yes_cell(name in rule.veto), yes_cell(name in found.indispensable), yes_cell(matters)] if signs else [None] * 3
        rows.append((name, party.name, yes_cell(signs), yes_cell(open_seat), votes, *asked, consent))
    columns = ("party", "name", "signs", "depends on an assumption", "votes", "veto", "could stop an agreement alone")
    more = ("its vote can make a difference", "must say yes where")
    how = "the yes of every signatory" if rule.unanimous else f"votes of {rule.need} in all"
    return Table("who-must-agree", "Who must say yes, in the base scenario", columns + more, tuple(rows), f"Needs {how}.")


def _coalitions(settlement: Settlement, found: Voting) -> Table:
    case, seats = settlement.case, settlement.seats
    columns = ("coalition", "packages all members accept", "package chosen", "tied packages", "product of positive gains")
    more = (
        "product, rounded",
        "members who gain",
        *option_columns(settlement),
        *points_columns(case, seats),
        "what stands in the way",
    )
    rows = tuple((_members(settlement, one.members), len(one.packages), *_chosen(settlement, one)) for one in found.coalitions)
    note = "Each chooses the Nash point of its members." + ("" if found.complete else " There are more coalitions.")
    return Table("coalitions", "Coalitions that are just enough, in the base scenario", columns + more, rows, note)


def _members(settlement: Settlement, names: Sequence[str]) -> str:
    return listed_cell(party_name(settlement.case, name) for name in names)


def _chosen(settlement: Settlement, one: Coalition) -> list[Cell]:
    why = None
    if one.conflict is not None:
        why = listed_cell(conflict_words(settlement.case, item) for item in one.conflict.conflict)
    if one.nash is None:
        blank = 5 + len(option_columns(settlement)) + len(points_columns(settlement.case, settlement.seats))
        return [*([None] * blank), why]
    index, value = int(one.nash.packages[0]), one.nash.point.value
    cells: list[Cell] = [index, len(one.nash.packages), value, rounded(value), one.nash.point.gainers]
    return [*cells, *option_cells(settlement, index), *points_cells(settlement, settlement.seats, index), why]


def _without(settlement: Settlement, found: Voting) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, one in found.without.items():
        cells: list[Cell] = [yes_cell(one.possible), None if one.possible is None else len(one.packages)]
        for span in (one.points, one.at_nash, one.with_it, one.loss, one.loss_by_exclusion):
            low, high = (None, None) if span is None else span
            cells += [low, rounded(low), high, rounded(high)]
        bound = one.no_deal
        rows.append((party_name(settlement.case, name), *cells[:2], bound, rounded(bound), *cells[2:]))
    columns = ["without", "the others can agree", "packages", "no-deal value", "no-deal value, rounded"]
    for what in (
        "points there",
        "points at the others' choice",
        "points at the Nash points that count it in",
        "loss against no deal",
        "loss against being counted in",
    ):
        columns += [f"{what}, least", f"{what}, least, rounded", f"{what}, most", f"{what}, most, rounded"]
    how = "A party is not asked." if found.rule.unanimous else "The vote of a party is not counted."
    note = f"{how} The others choose their Nash points. A loss below 0 is a gain."
    return Table(
        "without-one-party",
        "What the others can do without one signatory, in the base scenario",
        tuple(columns),
        tuple(rows),
        note,
    )


def solution_range(settlement: Settlement) -> Table:
    """Return for each signatory the least and the most points over the solution points, and which of them give it."""
    found = settlement.points_range()
    columns = ("signatory", "least points", "least, rounded", "given by", "most points", "most, rounded", "most given by")
    rows: list[tuple[Cell, ...]] = []
    for seat, name in enumerate(settlement.seats if found is not None else ()):
        assert found is not None
        cells: list[Cell] = [party_name(settlement.case, name)]
        for value in (found.lowest[seat], found.highest[seat]):
            cells += [value, rounded(value), listed_cell(ideas_with(settlement, seat, value))]
        rows.append(tuple(cells))
    note = "" if found is None else f"{len(found.concepts)} concepts choose {found.packages} packages, {found.vectors} outcomes."
    return Table("solution-range", "The range between the solution points, in the base scenario", columns, tuple(rows), note)
