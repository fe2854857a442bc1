"""Pictures of levers as inline SVG: how large the zone is without and with each, and what signatories gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from markupsafe import Markup

from zopa.report.charts import WIDTH, cut_words, draw_line, draw_words, open_chart

_LEFT: Final = 20
_COLOURS: Final = 8


@dataclass(frozen=True, slots=True)
class ZoneBar:
    """A lever with what the zone comes to without and with it, from the least to the most; None is not known.

    ``says`` are both figures in words.
    """

    name: str
    before: tuple[float, float] | None
    after: tuple[float, float] | None
    says: tuple[str, str]


@dataclass(frozen=True, slots=True)
class GainLine:
    """What one signatory gains over no deal without and with a lever; ``place`` is its place in the case."""

    party: str
    place: int
    before: float
    after: float
    says: str


@dataclass(frozen=True, slots=True)
class GainMove:
    """A lever and what it does to the gain of each signatory."""

    name: str
    lines: tuple[GainLine, ...]


def zone_chart(bars: Sequence[ZoneBar], most: float, unit: str, title: str) -> Markup:
    """Return two bars for each lever, hollow without it and filled with it, and the figures beside them.

    Parameters
    ----------
    bars : sequence of ZoneBar
        Between 0 and ``most``.
    most : float
        The end of the scale.
    unit : str
        Written behind the numbers of the scale.
    title : str
        For those who hear the picture.
    """
    right, step, top = 176, 56, 30
    wide = (WIDTH - _LEFT - right) / (most or 1)
    bottom = top + step * len(bars)
    parts = [open_chart(WIDTH, bottom + 6, title)]
    for tick in round_ticks(0.0, most):
        x = _LEFT + tick * wide
        parts.append(draw_line(x, top - 4, x, bottom, "grid" if tick else "zero"))
        parts.append(draw_words(x, 16, f"{tick:g}{unit}", "tick", "middle" if tick else "start"))
    for number, bar in enumerate(bars):
        y = top + step * number
        parts.append(draw_words(_LEFT, y + 14, cut_words(bar.name, 92), "label strong", "start"))
        for span, kind, down, says in ((bar.before, "hollow", 21, bar.says[0]), (bar.after, "bar", 36, bar.says[1])):
            parts.append(draw_words(WIDTH - right + 10, y + down + 10, says, "value", "start"))
            if span is None:
                continue
            thin = max(3.0, (span[1] - span[0]) * wide)
            start = min(_LEFT + span[0] * wide, _LEFT + most * wide - thin)
            parts.append(
                Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="11" rx="2"/>').format(
                    kind, start, y + down, thin
                )
            )
    return Markup("").join([*parts, Markup("</svg>")])


def round_ticks(low: float, high: float) -> list[float]:
    """Return at most six round numbers from ``low`` to ``high``, evenly apart; the ends alone where there is no room."""
    if not high > low:
        return [low]
    size = 10.0 ** floor(log10((high - low) / 5))
    step = next(one * size for one in (1, 2, 5, 10) if one * size * 5 >= high - low)
    return [round(number * step, 12) for number in range(ceil(low / step), floor(high / step) + 1)]


def gain_chart(moves: Sequence[GainMove], title: str) -> Markup:
    """Return for each lever a line a signatory, from its gain without the lever (hollow) to its gain with it (filled).

    A line has the colour of its party, by its place in the case, and its name beside it.
    """
    names, right, step, head, top = 210, 150, 24, 30, 30
    values = [0.0, *(value for move in moves for line in move.lines for value in (line.before, line.after))]
    low, high = min(values), max(values)
    room = (high - low) * 0.06 or 1.0
    low, high = low - room * (low < 0), high + room
    span = WIDTH - names - right

    def place(value: float) -> float:
        return names + (value - low) / (high - low) * span

    bottom = top + sum(head + step * len(move.lines) for move in moves)
    parts = [open_chart(WIDTH, bottom + 6, title)]
    for tick in round_ticks(low, high):
        parts.append(draw_line(place(tick), top - 4, place(tick), bottom, "grid" if tick else "zero"))
        parts.append(draw_words(place(tick), 16, f"{tick:g}".replace("-", "−"), "tick", "middle"))
    y = top
    for move in moves:
        parts.append(draw_words(_LEFT, y + 18, cut_words(move.name, 92), "label strong", "start"))
        y += head
        for line in move.lines:
            colour = f"c{line.place % _COLOURS}"
            parts.append(draw_words(_LEFT, y + 12, cut_words(line.party, 26), "label", "start"))
            parts.append(draw_line(place(line.before), y + 8, place(line.after), y + 8, f"moved {colour}"))
            dot = Markup('<circle class="{} {}" cx="{:.1f}" cy="{:.1f}" r="5"/>')
            parts += [
                dot.format("without", colour, place(line.before), y + 8),
                dot.format("with", colour, place(line.after), y + 8),
            ]
            parts.append(draw_words(WIDTH - right + 10, y + 12, line.says, "value", "start"))
            y += step
    return Markup("").join([*parts, Markup("</svg>")])
