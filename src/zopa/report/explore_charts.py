"""The pictures of an exploration as inline SVG: what turns the answer, and shares over named packages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from zopa.report.charts import WIDTH, cut_words, draw_line, draw_words, open_chart
from zopa.report.cleaning import clean

if TYPE_CHECKING:
    from zopa.exploration import Across

_LEFT: Final = 20
HEAD_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A share over readings with what it is of, and the figures in words."""

    name: str
    across: Across
    says: str


def turning_chart(bars: Sequence[Bar], title: str) -> Markup:
    """Return a bar for each name from the lowest to the highest share, with whiskers where their intervals end.

    Parameters
    ----------
    bars : sequence of Bar
        Shares between 0 and 1; the scale ends at the next ten per cent above the largest end of an interval.
    title : str
        For those who hear the picture.
    """
    right, step, top = 150, 44, 30
    most = max((end.high for bar in bars for end in (bar.across.lowest, bar.across.highest)), default=1.0)
    end = min(1.0, max(1, ceil(10 * most)) / 10)
    wide = (WIDTH - _LEFT - right) / end
    bottom = top + step * len(bars)
    parts = [open_chart(WIDTH, bottom + 6, title)]
    for tick in range(5):
        share = tick / 4 * end
        x = _LEFT + share * wide
        parts.append(draw_line(x, top - 4, x, bottom, "grid" if tick else "zero"))
        parts.append(draw_words(x, 16, f"{100 * share:g} %", "tick", "middle" if tick else "start"))
    for number, bar in enumerate(bars):
        y = top + step * number
        parts.append(draw_words(_LEFT, y + 14, cut_words(bar.name, 92), "label strong", "start"))
        parts += _range(bar.across, _LEFT, wide, y + 20)
        parts.append(draw_words(WIDTH - right + 10, y + 30, bar.says, "value", "start"))
    return Markup("").join([*parts, Markup("</svg>")])


@dataclass(frozen=True, slots=True)
class Row:
    """A package and its shares, one for each column; None where it cannot be said."""

    name: str
    cells: tuple[Across | None, ...]


def package_map(columns: Sequence[str], rows: Sequence[Row], title: str) -> Markup:
    """Return a field for each package and column, from nothing to all scenarios, with a bar from lowest to highest.

    Parameters
    ----------
    columns : sequence of str
        Heads of the columns.
    rows : sequence of Row
        As many cells as there are columns.
    title : str
        For those who hear the picture.
    """
    gap, step = 14, 46
    width = max(WIDTH, 2 * _LEFT + len(columns) * 96)
    field = (width - 2 * _LEFT + gap) / len(columns) - gap
    letters = int(field / 7.8)
    heads = [wrap(clean(column), letters, max_lines=HEAD_LINES, placeholder="…") for column in columns]
    top = 20 + 15 * max(map(len, heads))
    bottom = top + step * len(rows)
    parts = [open_chart(width, bottom + 6, title)]
    for place, lines in enumerate(heads):
        x = _LEFT + place * (field + gap)
        parts += [draw_words(x, 16 + 15 * line, words, "label strong", "start") for line, words in enumerate(lines)]
    for number, row in enumerate(rows):
        y = top + step * number
        parts.append(draw_words(_LEFT, y + 12, cut_words(row.name, width // 8), "label", "start"))
        for place, cell in enumerate(row.cells):
            left = _LEFT + place * (field + gap)
            parts.append(
                Markup('<rect class="field" x="{:.1f}" y="{}" width="{:.1f}" height="13" rx="2"/>').format(left, y + 20, field)
            )
            if cell is None:
                parts.append(draw_words(left + 4, y + 31, "not known", "tick", "start"))
                continue
            parts += _range(cell, left, field, y + 21)
    return Markup("").join([*parts, Markup("</svg>")])


def _range(across: Across, left: float, wide: float, y: float) -> list[Markup]:
    """Return a bar from the lowest to the highest share and a line to the outer ends of their intervals."""
    low, high = left + across.lowest.value * wide, left + across.highest.value * wide
    start, end = left + across.lowest.low * wide, left + across.highest.high * wide
    middle, thin = y + 5.5, max(3.0, high - low)
    bar = Markup('<rect class="bar" x="{:.1f}" y="{}" width="{:.1f}" height="11" rx="2"/>')
    whisker = [draw_line(start, middle, end, middle, "whisker")]
    whisker += [draw_line(x, middle - 3, x, middle + 3, "whisker") for x in (start, end)]
    return [bar.format((low + high - thin) / 2, y, thin), *whisker]
