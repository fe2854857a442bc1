"""Two answers side by side on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

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
    if comparison.parties:
        parts += _differences(comparison.differences, comparison.parties)
    parts.append(text(""))
    parts += [text(note) for note in comparison.notes]
    return Group(*parts)


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
