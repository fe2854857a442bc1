"""Tables of what levers do, as plain data: each set of levers that is looked at, and its solution points."""

from __future__ import annotations

from zopa.case import Case, format_condition
from zopa.report.lever_words import waiting_words
from zopa.report.plain import CONCEPT_NAMES, party_name
from zopa.report.tables import Cell, Table, listed_cell, rounded, share_cell, yes_cell
from zopa.settlement import LeverComparison, LeverState, lever_change

_TITLES = {
    "nothing": "no lever",
    "options": "all that only make options possible",
    "sized": "all whose size is known",
    "together": "all",
    "chosen": "exactly those asked for",
    "alone": "this lever alone",
    "turned": "beside those that only make options possible",
}


def lever_tables(found: LeverComparison | None) -> tuple[Table, ...]:
    """Return the levers, the zone with each set of them pulled, and the solution points there; nothing without levers."""
    if found is None or not found.facts:
        return ()
    return _levers(found), _states(found), _points(found)


def _levers(found: LeverComparison) -> Table:
    case = found.case
    rows: list[tuple[Cell, ...]] = []
    for name, one in found.facts.items():
        lever = case.levers[name]
        moves = []
        for move in one.moves:
            how = "multiplies by" if move.times else "adds"
            moves.append(f"{how} {'an unknown amount' if move.amount is None else move.amount}: {move.target}")
        does = [None if where is None else format_condition(where) for where in (lever.allow, lever.block)]
        unsaid = [listed_cell(one.unknown), listed_cell(one.unused)]
        who = party_name(case, one.by)
        rows.append((name, lever.name, who, waiting_words(found, one), listed_cell(moves), *does, *unsaid))
    columns = ("lever", "name", "pulled by", "can it be pulled", "moves", "makes possible", "rules out")
    more = ("amounts not given", "not used by settlement")
    return Table("levers", "Levers, in the base scenario", columns + more, tuple(rows))


def _title(key: str) -> tuple[str, str]:
    """Return which state a key names, and of which lever."""
    kind, _, lever = key.partition(".")
    return _TITLES[kind], lever


def _states(found: LeverComparison) -> Table:
    case = found.case
    rows: list[tuple[Cell, ...]] = []
    for key, state in found.states().items():
        ground = found.ground(key)
        change = lever_change(ground, state)
        title, lever = _title(key)
        cells: list[Cell] = [title, lever, _pulled(case, state), _pulled(case, ground)]
        cells += [yes_cell(state.open), state.count, state.possible, change.zone, change.gained, change.lost]
        for value in state.no_deal.values():
            cells += [value, rounded(value)]
        cells += [_names(case, change.becomes), _names(case, change.stops), *_shares(found, ground, state)]
        rows.append(tuple(cells))
    columns = ["what", "lever", "levers pulled", "compared with"]
    columns += [
        "zone",
        "packages in the zone",
        "packages in it or possibly in it",
        "change",
        "packages that join",
        "packages that leave",
    ]
    for name in case.parties:
        columns += [f"{party_name(case, name)}: no-deal value", f"{party_name(case, name)}: no-deal value, rounded"]
    columns += ["become acceptable", "stop being acceptable"]
    if found.shares is not None:
        columns += ["lowest share with a zone", "highest share with a zone", "highest share if the unknown agreed"]
        columns += ["change of the share, lowest", "change of the share, highest"]
    note = (
        ""
        if found.shares is None
        else f"Shares of {found.shares.draws} scenarios under each of {found.shares.readings} readings."
    )
    return Table(
        "lever-effects", "The zone with levers pulled; counts are of the base scenario", tuple(columns), tuple(rows), note
    )


def _pulled(case: Case, state: LeverState) -> str:
    return listed_cell(case.levers[name].name for name in state.pulled) or "none"


def _names(case: Case, packages: tuple[str, ...]) -> str:
    return listed_cell(case.packages[name].name for name in packages)


def _shares(found: LeverComparison, ground: LeverState, state: LeverState) -> list[Cell]:
    shares = found.shares
    if shares is None:
        return []
    span, change = shares.span(state.pulled), shares.change(ground.pulled, state.pulled)
    counts = [*((None, None) if span is None else (span.lowest, span.highest)), shares.possible(state.pulled)]
    counts += (None, None) if change is None else (change.lowest, change.highest)
    return [share_cell(count, shares.draws) for count in counts]


def _points(found: LeverComparison) -> Table:
    case = found.case
    rows: list[tuple[Cell, ...]] = []
    for key, state in found.states().items():
        change = lever_change(found.ground(key), state)
        for concept, point in state.solutions.items():
            for party, points in point.points.items():
                gain = point.gains[party]
                moved, more = (some.get(concept, {}).get(party) for some in (change.points, change.gains))
                cells: list[Cell] = [points, rounded(points), gain, rounded(gain), moved, rounded(moved), more, rounded(more)]
                rows.append((*_title(key), CONCEPT_NAMES[concept], point.package, point.ties, party_name(case, party), *cells))
    columns = ["what", "lever", "concept", "package", "tied packages", "signatory"]
    for what in ("points", "gain over no deal", "change of points", "change of gain"):
        columns += [what, f"{what}, rounded"]
    note = "First package of each point. A change is empty where one of both has no zone, or is not known."
    return Table("lever-points", "Solution points with levers pulled, in the base scenario", tuple(columns), tuple(rows), note)
