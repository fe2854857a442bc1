"""The tables of an exploration as plain data: ranges, what decides, rules, finding out, shares and ranks of packages."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np

from zopa.case import Case
from zopa.exploration import NoRule, judgement_name
from zopa.report.explore_words import decisive_name, restriction_words
from zopa.report.explore_zone import compared
from zopa.report.plain import issue_name, option_name, party_name
from zopa.report.tables import MOST_ROWS, Cell, Table, rounded

if TYPE_CHECKING:
    from zopa.exploration import Across, Decisive, Exploration, NamedPackage, Share

_SHARES: Final = (
    "Lowest and highest over readings; from and to: ends of the 95% interval, the error of drawing only so many scenarios."
)


def exploration_tables(exploration: Exploration) -> tuple[Table, ...]:
    """Return every table of an exploration.

    Parameters
    ----------
    exploration : Exploration
        The exploration.

    Returns
    -------
    tuple of Table
        Shares are rounded to six places; what is not known is an empty cell.
    """
    case = exploration.case
    return (
        _ranges(case, exploration),
        _decisive(case, exploration),
        _rules(case, exploration),
        _finding_out(case, exploration),
        _named(case, exploration),
        _ranks(case, exploration),
        _packages(case, exploration),
    )


def _columns(what: str) -> tuple[str, ...]:
    return tuple(f"{what}, {end}{part}" for end in ("lowest", "highest") for part in ("", " from", " to"))


def _cells(one: Across | None) -> tuple[Cell, ...]:
    return (None,) * 6 if one is None else (*_share(one.lowest), *_share(one.highest))


def _share(one: Share) -> tuple[Cell, ...]:
    return tuple(_number(value) for value in (one.value, one.low, one.high))


def _number(value: float) -> Cell:
    return rounded(Fraction(value))


def _ranges(case: Case, exploration: Exploration) -> Table:
    """Return the share with a zone when an assumption is held within a range."""
    rows: list[tuple[Cell, ...]] = []
    for band in exploration.sample.bands:
        name, ends = band.assumption, (exploration.of(band.span.lowest), exploration.of(band.span.highest))
        cells = _cells(None) if exploration.zone is None else (*_share(ends[0]), *_share(ends[1]))
        rows.append((name, issue_name(case, name), band.band, compared(band.amount, case.assumptions[name].amount), *cells))
    rows.append((None, None, "as assumed", "as assumed", *_cells(exploration.zone)))
    columns = ("assumption", "name", "held within", "beside what is assumed", *_columns("with a zone"))
    return Table("explored-ranges", "Exploration: other ranges", columns, tuple(rows), _SHARES)


def _decisive(case: Case, exploration: Exploration) -> Table:
    def row(one: Decisive) -> tuple[Cell, ...]:
        shares = (*_cells(one.flips), *_cells(one.first_order), *_cells(one.total_order))
        whose = "; ".join(party_name(case, name) for name in case.parties if name in one.parties)
        return one.key, decisive_name(exploration, one), one.kind, *shares, whose

    columns = ("key", "name", "kind", *_columns("turns the answer"), *_columns("first order"), *_columns("total order"))
    note = f"{_SHARES} {exploration.decisive_draws:,} draws were made anew."
    rows = tuple(row(one) for one in exploration.decisive)
    return Table("decisive", "Exploration: what turns the answer", (*columns, "answers of"), rows, note)


def _rules(case: Case, exploration: Exploration) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for rule in exploration.rules:
        answer = "a zone" if rule.answer else "no zone"
        if isinstance(rule, NoRule):
            rows.append((answer, "no short rule that holds was found", *[None] * 11, _number(rule.base_share)))
            continue
        by_reading = (rule.density_by_reading, rule.coverage_by_reading)
        ends = [(_number(one.low), _number(one.high)) for one in by_reading]
        rows.append(
            (
                answer,
                " and ".join(restriction_words(case, one) for one in rule.restrictions),
                _number(rule.density),
                *(_number(end) for end in rule.density_interval),
                *ends[0],
                _number(rule.coverage),
                *(_number(end) for end in rule.coverage_interval),
                *ends[1],
                "yes" if rule.reaches_floor else "no",
                _number(rule.base_share),
            )
        )
    columns = [f"{what}{part}" for what in ("density", "coverage") for part in ("", ", from", ", to", ", lowest", ", highest")]
    named = ("answer", "rule", *columns, "reaches what was sought", "share without the rule")
    note = "Pooled over readings, each with the same weight; lowest and highest by reading. Judged on draws kept for the trial."
    return Table("rules-found", "Exploration: rules in words", named, tuple(rows), note)


def _finding_out(case: Case, exploration: Exploration) -> Table:
    rows = tuple((one.key, judgement_name(case, one.key), *_cells(one.gain), *_cells(one.settled)) for one in exploration.found)
    columns = ("key", "name", *_columns("called right more often by"), *_columns("settled"))
    return Table("finding-out", "Exploration: finding out", columns, rows, _SHARES)


def _named(case: Case, exploration: Exploration) -> Table:
    parties = list(case.parties)

    def row(one: NamedPackage) -> tuple[Cell, ...]:
        shares = (one.acceptable, one.efficient, *(one.accepted_by.get(name) for name in parties))
        cells = (cell for share in shares for cell in _cells(share))
        return one.name, case.packages[one.name].name, len(one.members), *cells

    heads = ["acceptable to all asked", "efficient", *(f"acceptable to {party_name(case, name)}" for name in parties)]
    columns = ("id", "name", "forms", *(column for head in heads for column in _columns(head)))
    rows = tuple(row(one) for one in exploration.named)
    return Table("explored-packages", "Exploration: named packages", columns, rows, _SHARES)


def _ranks(case: Case, exploration: Exploration) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in exploration.named:
        for party, ranks in one.ranks.items():
            figures = (*ranks, *one.regrets.get(party, ()))
            rows.append((one.name, case.packages[one.name].name, party_name(case, party), *(_number(value) for value in figures)))
    parts = ("tenth percentile", "middle", "ninetieth percentile")
    columns = ("id", "name", "party", *(f"{what}, {part}" for what in ("rank", "regret") for part in parts))
    note = "Ranks among the named packages, 1 is best; regret in per cent of the way from a party's worst to its best package."
    return Table("ranks", "Exploration: ranks and regrets", columns, tuple(rows), note)


def _packages(case: Case, exploration: Exploration) -> Table:
    """Return the shares of every package that meets the rules; beyond the limit those acceptable most often."""
    indices, columns = exploration.sample.indices, ["package", *(issue.name for issue in exploration.space.issues)]
    known = [] if exploration.zone is None else [exploration.least, exploration.most]
    efficient = [exploration.least_efficient, exploration.most_efficient]
    known += [counts for counts in efficient if counts is not None and exploration.zone is not None]
    chosen, note = np.arange(len(indices)), _SHARES
    if len(indices) > MOST_ROWS:
        order = np.lexsort(np.stack([indices, *(-counts for counts in known[1::-1])]))
        chosen = np.sort(order[:MOST_ROWS])
        note += f" {MOST_ROWS:,} of {len(indices):,} packages that meet the rules: those acceptable most often."
    # Counts repeat, and their intervals are costly.
    cells = {int(count): _share(exploration.of(int(count))) for counts in known for count in np.unique(counts[chosen])}
    rows = []
    for place in chosen.tolist():
        options = exploration.space.options(int(indices[place]))
        names = (option_name(case, issue, option) for issue, option in options.items())
        shares = [cell for counts in known for cell in cells[int(counts[place])]]
        rows.append((int(indices[place]), *names, *shares, *[None] * (12 - len(shares))))
    columns += [*_columns("acceptable to all asked"), *_columns("efficient")]
    return Table("package-shares", "Exploration: shares of packages", tuple(columns), tuple(rows), note)
