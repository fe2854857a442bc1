"""Two answers side by side on a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from zopa.exploration import share_interval
from zopa.report.findings import text
from zopa.report.plain import percent_range, thousands

if TYPE_CHECKING:
    from zopa.case import Difference, Side
    from zopa.exploration import Comparison


def comparison_lines(comparison: Comparison) -> Group:
    """Return two answers side by side, with what went and what the case gives two parties differently.

    Parameters
    ----------
    comparison : Comparison
        What `zopa.exploration` found.

    Returns
    -------
    Group
        A sentence, a table with a row for each main figure and for each figure that changed (marked by the word
        ``changed``), what rested on statements that are set aside, differences between exchanged parties, notes.
    """
    shown = [row for row in comparison.rows if row.main or row.changed]
    table = _table("figure (shares of assumptions)", comparison.before, comparison.after, "")
    for row in shown:
        cells = (row.what, _bounds(row.unit, row.before), _bounds(row.unit, row.after), "changed" if row.changed else "")
        table.add_row(*(text(cell, "bold" if row.changed else "") for cell in cells))
    parts: list[RenderableType] = [text(f"{comparison.what}.", "bold"), text(comparison.says), table]
    left = len(comparison.rows) - len(shown)
    if left:
        parts.append(
            text(f"{thousands(left)} further {'figure is' if left == 1 else 'figures are'} the same (--json lists all).")
        )
    if comparison.gone:
        parts.append(text("\nWhat rested on what is set aside", "bold"))
        parts += [text(f"  {one}.") for one in comparison.gone]
        parts.append(text("Packages and options whose basis went are kept, so that both columns count the same packages.", "dim"))
    if any(row.name.startswith("unlocked_by.") for row in shown):
        parts.append(
            text(
                "\nNot a verdict on anybody: a zone opened by one party counts scenarios in which it alone had no red lines and "
                "asked for nothing. A party with more recorded conditions has more to lift."
            )
        )
    if comparison.parties:
        parts += _differences(comparison.differences, comparison.parties)
    parts.append(text(""))
    parts += [text(_grouped(note)) for note in comparison.notes]
    parts.append(text(_error(comparison.draws)))
    return Group(*parts)


def _error(draws: int) -> str:
    """Return how far a share may be off: half the width of the interval of Clopper and Pearson at one half."""
    lows, highs = share_interval([draws // 2], draws)
    half = f"{50 * float(highs[0] - lows[0]):.1f}".removesuffix(".0")
    under = "1 scenario" if draws == 1 else f"{thousands(draws)} scenarios"
    return (
        f"Shares stand here without their intervals: with {under} for each reading, one of 50 % may be off by {half} points "
        "(95 %) because scenarios are drawn; both columns have the same draws, so a change is surer than either share."
    )


def _grouped(note: str) -> str:
    """Return a note with its counts in groups of three digits."""
    return re.sub(r"\b\d{4,}(?= (?:readings|scenarios)\b)", lambda found: thousands(int(found[0])), note)


def _differences(differences: Sequence[Difference], parties: Sequence[str]) -> list[RenderableType]:
    """Return what a case gives two parties differently, each with its basis."""
    first, second = parties
    if not differences:
        return [text(f"\nThe case gives {first} and {second} the same in everything.")]
    table = _table("what", first, second)
    for one in differences:
        table.add_row(*(text(cell) for cell in (one.what, _side(one.first), _side(one.second))))
    head: Text = text(f"\nWhat the case gives {first} and {second} differently, and why", "bold")
    return [
        head,
        table,
        text("What rests on assumptions alone is the analyst's; what rests on a statement may be what the text says."),
    ]


def _side(side: Side | None) -> str:
    if side is None:
        return "–"
    bases = ", ".join((*side.because, *side.assume))
    return f"{side.written} ({bases})" if bases else side.written


def _bounds(unit: str, bounds: tuple[float, float] | None) -> str:
    """Return the lowest and the highest of a figure for reading."""
    if bounds is None:
        return "cannot be said"
    if unit == "share":
        return percent_range(*bounds)
    low, high = (thousands(int(end)) for end in bounds)
    return low if low == high else f"{low} to {high}"


def _table(*columns: str) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(text(column), overflow="fold")
    return table
