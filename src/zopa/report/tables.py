"""The tables of a report as plain data: for spreadsheets, and for whatever else shows them.

Exact values stay exact (a fraction reads 71/100) and have a rounded column beside them; shares count
assumptions and are rounded to six places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from zopa import __version__
from zopa.case import Basis, Case, format_amount, format_condition, other_numbers, speaking_sources, uses
from zopa.report.plain import (
    CONCEPT_NAMES,
    condition_words,
    issue_name,
    option_name,
    party_name,
    reading_label,
    red_line,
    red_line_words,
)
from zopa.settlement import LeverComparison, Sample, Settlement, Span
from zopa.space import judgements_of

if TYPE_CHECKING:
    from zopa.exploration import Exploration

Cell = str | int | Fraction | Decimal | None
MOST_ROWS: Final = 100_000
MOST_MEMBERS: Final = 1000
_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``name`` for files, ``title`` for people; a note says what a reader must know about it.

    Cells are texts, whole numbers, exact fractions, rounded decimals, or None for what is not known.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def report_tables(
    case: Case,
    settlement: Settlement | None,
    drawn: Sample | None,
    exploration: Exploration | None = None,
    levers: LeverComparison | None = None,
) -> tuple[Table, ...]:
    """Return every table of a report.

    Parameters
    ----------
    case : Case
        The case.
    settlement : Settlement or None
        Its base scenario; None when packages cannot be listed, which leaves the tables of the case itself.
    drawn : Sample or None
        The sample beside it; without one there are no shares.
    exploration : Exploration, optional
        What the answer hangs on; without it its tables are left out.
    levers : LeverComparison, optional
        What the levers do; without it their tables are left out.
    """
    found: list[Table] = []
    if settlement is not None:
        from zopa.report.lever_tables import lever_tables  # their tables are made of what stands here
        from zopa.report.voting_tables import voting_tables

        found += [
            packages(settlement, drawn),
            named_packages(settlement, drawn),
            frontier(settlement),
            solution_points(settlement, drawn),
            *voting_tables(settlement),
            *lever_tables(levers),
            conditions(settlement),
            text_readings(settlement),
            stated_positions(settlement),
        ]
        found += [] if drawn is None else [zone_shares(case, drawn)]
    if exploration is not None:
        from zopa.report.explore_tables import exploration_tables  # its tables are made of what stands here

        found += exploration_tables(exploration)
    found += [statements(case), assumptions(case), numbers(case), issues(case), rules(case)]
    return about(case, settlement, drawn, found), *found


def about(case: Case, settlement: Settlement | None, drawn: Sample | None, tables: Sequence[Table]) -> Table:
    """Return what names the case and the run, the caveats, and the notes of the other tables."""
    rows: list[tuple[Cell, ...]] = [
        ("title", case.title),
        ("question", case.question),
        ("as of", case.as_of.isoformat()),
        ("digest of the case", case.digest),
        ("zopa version", __version__),
    ]
    if settlement is not None:
        day = settlement.moment.day
        rows.append(("date looked at", "all dated gates passed" if day is None else day.isoformat()))
    if drawn is not None:
        rows += [("draws under each reading", drawn.draws), ("seed", drawn.seed)]
    rows += [("caveat", words) for words in speaking_sources(case)]
    rows.append(("shares", "shares of assumptions, never chances"))
    rows += [(f"table {table.name}", f"{table.title}. {table.note}".strip()) for table in tables]
    return Table("about", "About this case", ("what", "says"), tuple(rows))


# Cells ---------------------------------------------------------------------------------------------


def rounded(value: Fraction | None) -> Decimal | None:
    """Return an exact value as a decimal of at most six places."""
    if value is None:
        return None
    return Decimal(value.numerator) if value.denominator == 1 else Decimal(f"{round(value * 10**_PLACES)}E-{_PLACES}")


def share_cell(part: int | None, whole: int) -> Decimal | None:
    """Return a count of draws as a share of all; None stays None."""
    return None if part is None else rounded(Fraction(int(part), whole))


def listed_cell(words: Iterable[str]) -> str:
    """Return texts in one cell."""
    return "; ".join(words)


def _basis(basis: Basis) -> tuple[str, str | None, str | None]:
    return listed_cell(basis.because), basis.assume, basis.inherited or None


def yes_cell(flag: bool | None) -> str:
    """Return a truth in words: yes, no or unknown."""
    return "unknown" if flag is None else "yes" if flag else "no"


def points_columns(case: Case, parties: Sequence[str]) -> tuple[str, ...]:
    """Return the heads of points and gains of parties, exact and rounded."""
    columns: list[str] = []
    for name in parties:
        who = party_name(case, name)
        columns += [f"{who}: points", f"{who}: points, rounded", f"{who}: gain over no deal", f"{who}: gain, rounded"]
    return tuple(columns)


def points_cells(settlement: Settlement, parties: Sequence[str], index: int) -> list[Cell]:
    """Return points and gains of parties in a package, exact and rounded."""
    cells: list[Cell] = []
    for name in parties:
        points, bound = settlement.party_points(name, index), settlement.no_deal(name)
        gain = None if points is None or bound is None else points - bound
        cells += [points, rounded(points), gain, rounded(gain)]
    return cells


def option_columns(settlement: Settlement) -> tuple[str, ...]:
    """Return a head for each issue."""
    return tuple(issue.name for issue in settlement.space.issues)


def option_cells(settlement: Settlement, index: int) -> list[Cell]:
    """Return the name of the option of each issue in a package."""
    chosen = settlement.space.options(index)
    return [option_name(settlement.case, issue, option) for issue, option in chosen.items()]


# Packages ------------------------------------------------------------------------------------------


def packages(settlement: Settlement, drawn: Sample | None, most: int = MOST_ROWS) -> Table:
    """Return the packages that meet the rules; beyond ``most`` the efficient and named ones and the zone go first."""
    case = settlement.case
    allowed = np.flatnonzero(settlement.verdicts.allowed[0])
    efficient = settlement.zone[settlement.frontier.rows] if settlement.frontier is not None else settlement.zone[:0]
    chosen = allowed
    note = ""
    if len(allowed) > most:
        named = [index for name in case.packages for index in settlement.members(name)[:MOST_MEMBERS]]
        order = np.concatenate([efficient, np.array(named, dtype=np.intp), settlement.zone, settlement.possible, allowed])
        firsts = np.sort(np.unique(order, return_index=True)[1])[:most]
        chosen = np.sort(order[firsts])
        note = f"{most:,} of {len(allowed):,} packages that meet the rules: efficient and named ones and the zone first."
    parties = list(case.parties)
    columns = ["package", *option_columns(settlement), "agreement", "can be had", *points_columns(case, parties)]
    columns += ["in the zone", "efficient", *_share_columns(case, drawn)]
    sure, possible, best = (set(map(int, some)) for some in (settlement.zone, settlement.possible, efficient))
    deals = np.broadcast_to(settlement.verdicts.deals, (1, settlement.space.size))[0]
    shares = _share_rows(settlement, drawn, chosen)
    rows = []
    for number, index in enumerate(map(int, chosen)):
        zone = True if index in sure else None if index in possible else False
        good = None if settlement.frontier is None and possible else index in best
        rows.append(
            (
                index,
                *option_cells(settlement, index),
                yes_cell(bool(deals[index])),
                yes_cell(bool(settlement.available[index])),
                *points_cells(settlement, parties, index),
                yes_cell(zone),
                yes_cell(good),
                *shares[number],
            )
        )
    return Table("packages", "Packages that meet the rules, in the base scenario", tuple(columns), tuple(rows), note)


def _share_columns(case: Case, drawn: Sample | None) -> list[str]:
    if drawn is None:
        return []
    columns = ["acceptable, lowest share", "acceptable, highest share", "acceptable, highest share if the unknown agreed"]
    for name in case.parties:
        columns += [f"{party_name(case, name)} blocks, lowest share", f"{party_name(case, name)} blocks, highest share"]
    return columns


def _share_rows(settlement: Settlement, drawn: Sample | None, indices: NDArray[np.intp]) -> list[list[Cell]]:
    """Return for each package the shares over the readings; None where it was not sampled."""
    if drawn is None or not len(drawn.indices):
        return [[None] * len(_share_columns(settlement.case, drawn)) for _ in indices]
    at = np.minimum(np.searchsorted(drawn.indices, indices), len(drawn.indices) - 1)
    known = drawn.indices[at] == indices
    sure = [one.acceptable[at] for one in drawn.readings]
    counts = [np.min(sure, axis=0), np.max(sure, axis=0), np.max([one.possible[at] for one in drawn.readings], axis=0)]
    for name in settlement.case.parties:
        stops = [one.blocked_by[name][at] for one in drawn.readings]
        counts += [np.min(stops, axis=0), np.max(stops, axis=0)]
    cells = {int(count): share_cell(int(count), drawn.draws) for column in counts for count in np.unique(column)}
    rows: list[list[Cell]] = []
    for number, seen in enumerate(known.tolist()):
        row: list[Cell] = [cells[int(column[number])] if seen else None for column in counts]
        if drawn.undecided:
            row[:2] = [None, None]  # where a signatory's answer is not known nothing is sure
        rows.append(row)
    return rows


def named_packages(settlement: Settlement, drawn: Sample | None) -> Table:
    """Return the named packages, a row for each form of a family."""
    case = settlement.case
    parties = list(case.parties)
    columns = ["id", "name", "author", "package", *option_columns(settlement), "meets the rules", "agreement", "can be had"]
    columns += [
        *points_columns(case, parties),
        "in the zone",
        "efficient",
        "who blocks it, for sure",
        "contradicts",
        "wishes unmet",
    ]
    columns += [*_share_columns(case, drawn), "rests on", "assumes", "basis inherited from"]
    rows: list[tuple[Cell, ...]] = []
    cut = []
    for name, package in case.packages.items():
        members = settlement.members(name)
        cut += [name] if len(members) > MOST_MEMBERS else []
        members = members[:MOST_MEMBERS]
        shares = _share_rows(settlement, drawn, np.array(members, dtype=np.intp))
        said = settlement.text.named.get(name, {})
        for index, share in zip(members, shares, strict=True):
            view = settlement.view(index)
            rows.append(
                (
                    name,
                    package.name,
                    None if package.author is None else party_name(case, package.author),
                    index,
                    *option_cells(settlement, index),
                    yes_cell(view.allowed),
                    yes_cell(view.deal),
                    yes_cell(view.available),
                    *points_cells(settlement, parties, index),
                    yes_cell(view.adopted),
                    yes_cell(view.efficient),
                    listed_cell(party_name(case, one) for one in view.blockers()),
                    listed_cell(said.get("conditions", ())),
                    listed_cell(said.get("wishes", ())),
                    *share,
                    *_basis(package.basis),
                )
            )
    note = f"The first {MOST_MEMBERS:,} forms of {listed_cell(cut)}." if cut else ""
    return Table("named-packages", "Named packages", tuple(columns), tuple(rows), note)


def frontier(settlement: Settlement) -> Table:
    """Return the efficient outcomes: the points of the signatories, and how many packages reach them."""
    case, seats, found = settlement.case, settlement.seats, settlement.frontier
    columns = ("outcome", *points_columns(case, seats), "packages that reach it", "first package", *option_columns(settlement))
    rows = []
    count = 0 if found is None else min(len(found.vectors), MOST_ROWS)
    for number in range(count):
        assert found is not None
        index = int(settlement.zone[int(found.rows_of(number)[0])])
        reached = int(found.counts[number])
        cells = [*points_cells(settlement, seats, index), reached, index, *option_cells(settlement, index)]
        rows.append((number + 1, *cells))
    cut = found is not None and len(found.vectors) > MOST_ROWS
    note = f"The first {MOST_ROWS:,} of {len(found.vectors):,} outcomes." if found is not None and cut else ""
    return Table("frontier", "Efficient outcomes, in the base scenario", columns, tuple(rows), note)


def solution_points(settlement: Settlement, drawn: Sample | None) -> Table:
    """Return the solution points: the first package of each, and how many are tied with it."""
    case = settlement.case
    columns = ["concept", "value maximised", "value, rounded", "package", "tied packages", *option_columns(settlement)]
    columns += [
        *points_columns(case, settlement.seats),
        "hangs on comparing points between parties",
        *_share_columns(case, drawn),
    ]
    rows: list[tuple[Cell, ...]] = []
    for concept, title in CONCEPT_NAMES.items():
        point = settlement.points.get(concept)
        if point is None or not point.vectors:
            continue
        tied = settlement.tied_packages(concept)
        index = int(tied[0])
        rows.append(
            (
                title,
                point.value,
                rounded(point.value),
                index,
                len(tied),
                *option_cells(settlement, index),
                *points_cells(settlement, settlement.seats, index),
                yes_cell(point.compares),
                *_share_rows(settlement, drawn, tied[:1])[0],
            )
        )
    return Table("solution-points", "Solution points, in the base scenario", tuple(columns), tuple(rows))


# The text alone --------------------------------------------------------------------------------------


def conditions(settlement: Settlement) -> Table:
    """Return the stated conditions with the deals that contradict them."""
    case, text = settlement.case, settlement.text
    columns = (
        "red line",
        "party",
        "name",
        "says",
        "rests on",
        "own words",
        "under the reading",
        "deals contradicted",
        "of deals",
    )
    rows = tuple(
        (
            one.line,
            party_name(case, one.party),
            red_line(case, one.line).name,
            red_line_words(case, red_line(case, one.line)),
            listed_cell(one.because),
            yes_cell(one.own_words),
            reading_label(case, dict(one.reading)) or "always",
            one.contradicting,
            text.deals,
        )
        for one in text.conditions
    )
    return Table("text-conditions", "The text alone: stated conditions", columns, rows)


def text_readings(settlement: Settlement) -> Table:
    """Return how many deals contradict no stated condition under each reading."""
    case, text = settlement.case, settlement.text
    rows = tuple(
        (reading_label(case, dict(one.reading)) or "the only reading", listed_cell(one.binding), one.compatible, text.deals)
        for one in text.readings
    )
    note = "" if text.complete else "Too many readings to go through; some of them."
    columns = ("reading", "conditions that bind", "deals left", "of deals")
    return Table("text-readings", "The text alone: readings", columns, rows, note)


def stated_positions(settlement: Settlement) -> Table:
    """Return for each issue and party what it says, what is told of it, and what others say about it."""
    case, text = settlement.case, settlement.text
    rows: list[tuple[Cell, ...]] = []
    for issue, row in text.positions.items():
        for name, ids in row.items():
            own = [one for one in ids if (case.statements[one].level or 0) <= 2]
            told = [one for one in ids if one not in own]
            others = text.reported[issue].get(name, ())
            rows.append(
                (issue_name(case, issue), party_name(case, name), listed_cell(own), listed_cell(told), listed_cell(others))
            )
        rows.append((issue_name(case, issue), "nobody in particular", listed_cell(text.unattributed[issue]), "", ""))
    columns = ("issue", "party", "its own words", "told of it", "said about it by others")
    return Table("positions", "What the sources say on each issue, by statement", columns, tuple(rows))


# The sample ------------------------------------------------------------------------------------------


def zone_shares(case: Case, drawn: Sample) -> Table:
    """Return the shares of assumptions with a zone: overall, by band, at levels, by word, and reading by reading."""
    rows: list[tuple[Cell, ...]] = []

    def add(kind: str, of: str, at: str, span: Span) -> None:
        low, high = (None, None) if drawn.undecided else (span.lowest, span.highest)
        shares = [share_cell(count, drawn.draws) for count in (low, high, span.possible)]
        rows.append((kind, of, at, low, high, span.possible, drawn.draws, *shares))

    add("overall", "", "", drawn.zone_span())
    for kind, bands in (("band", drawn.bands), ("level", drawn.levels)):
        for band in bands:
            add(kind, issue_name(case, band.assumption), band.band, band.span)
    for name, words in drawn.by_word().items():
        for word, span in words.items():
            add("word of a reading", reading_label(case, {name: word}), word, span)
    for one in drawn.readings:
        open_draws, possible = one.open_draws, one.possible_draws
        add("reading", reading_label(case, dict(one.reading)), "", Span(open_draws, open_draws, possible))
    columns = ("kind", "of", "at", "draws with a zone, fewest", "draws with a zone, most", "draws if the unknown agreed, most")
    shares = ("draws", "lowest share", "highest share", "highest share if the unknown agreed")
    note = "" if drawn.complete else "Too many readings to sample; some of them."
    return Table("zone-shares", "Shares of assumptions with a zone of possible agreement", columns + shares, tuple(rows), note)


# The case --------------------------------------------------------------------------------------------


def statements(case: Case) -> Table:
    """Return every statement with its source, its grades and what rests on it."""
    used = uses(case)
    rows = []
    for one in case.statements.values():
        who = [one.speaker, one.party and party_name(case, one.party), one.about and party_name(case, one.about)]
        reliability = case.sources[one.source].reliability if one.source in case.sources else None
        grades = [one.level, one.firm, reliability, one.credibility]
        what = [listed_cell(issue_name(case, issue) for issue in one.issues), one.stance]
        what.append(None if one.wants is None else condition_words(case, one.wants))
        on_it = listed_cell(use.what for use in used.get(one.id, ()))
        said = None if one.said is None else one.said.isoformat()
        rows.append((one.id, one.source, one.quote, *who, one.act, *grades, said, one.time, *what, one.within, on_it))
    columns = ("id", "source", "quotation", "speaker", "party", "about", "act", "indirectness, 0 to 4", "firmness")
    more = ("reliability", "credibility", "said", "speaks of", "issues", "stance", "speaks for", "part of", "what rests on it")
    return Table("statements", "Statements", columns + more, tuple(rows))


def assumptions(case: Case) -> Table:
    """Return the ledger of assumptions."""
    used = uses(case)
    rows = []
    for one in case.assumptions.values():
        drawn = "" if one.amount is None else "for each use" if one.per_place else "one for all"
        if one.per_parties:
            drawn = f"for each of {', '.join(party_name(case, name) for name in one.per_parties)}"
        amount = None if one.amount is None else format_amount(one.amount)
        sweep = listed_cell(format_amount(band) for band in one.sweep)
        on_it = listed_cell(use.what for use in used.get(one.id, ()))
        rows.append(
            (one.id, one.name, amount, drawn, yes_cell(one.split), sweep, one.reason, listed_cell(one.basis.because), on_it)
        )
    columns = ("id", "name", "value", "drawn", "readings shown apart", "shown over", "reason", "rests on", "what rests on it")
    return Table("assumptions", "Assumptions", columns, tuple(rows))


def numbers(case: Case) -> Table:
    """Return every number of the case with its basis."""
    rows: list[tuple[Cell, ...]] = [(one.path, format_amount(one.amount), *_basis(one.basis)) for one in judgements_of(case)]
    rows += [(what, written, *_basis(basis)) for what, written, basis in other_numbers(case)]
    columns = ("number", "as written", "rests on", "assumes", "basis inherited from")
    return Table("numbers", "Every number and what it rests on", columns, tuple(rows))


def issues(case: Case) -> Table:
    """Return the issues with their options."""
    rows: list[tuple[Cell, ...]] = []
    for issue in case.issues.values():
        for option in issue.options:
            now = yes_cell(None if issue.now is None else issue.now == option.id)
            name = option_name(case, issue.id, option.id)
            whole = "no" if issue.process else "yes"
            at, by = option.at, option.by if option.by is not None else issue.by
            control = None if by is None else format_condition(by)
            rows.append((issue.id, issue.name, issue.scale, whole, option.id, name, at, now, control, *_basis(option.basis)))
        if not issue.options:
            scale = f"{issue.low} to {issue.high} {issue.unit or ''}".strip()
            whole = "no" if issue.process else "yes"
            rows.append((issue.id, issue.name, scale, whole, None, None, None, issue.now, None, *_basis(issue.basis)))
    columns = ("issue", "name", "scale", "part of packages", "option", "option's name", "place on the scale", "in force")
    more = ("brought about by", "rests on", "assumes", "basis inherited from")
    return Table("issues", "Issues and options", columns + more, tuple(rows))


def rules(case: Case) -> Table:
    """Return the rules that every package must meet."""
    rows = tuple(
        (one.id, condition_words(case, one.condition), format_condition(one.condition), yes_cell(one.hard), *_basis(one.basis))
        for one in case.rules.values()
    )
    columns = ("rule", "says", "as written", "never given up", "rests on", "assumes", "basis inherited from")
    return Table("rules", "Rules", columns, rows)
