"""Small pictures as inline SVG: ranges of shares, and the zone with its frontier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from zopa.report.plain import clean, percent_range

WIDTH: Final = 720
MOST_DOTS: Final = 3000


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A labelled range of shares between 0 and 1."""

    label: str
    lowest: float
    highest: float
    strong: bool = False


def range_chart(rows: Sequence[RangeRow], title: str) -> Markup:
    """Return bars from the lowest to the highest share, one for each row, on a scale from 0 to 100 per cent."""
    left, right, height = 330, 90, 26
    span = WIDTH - left - right
    top = 24
    parts = [_open(WIDTH, top + height * len(rows) + 8, title)]
    for tick in range(0, 101, 25):
        x = left + span * tick / 100
        parts.append(_line(x, top - 4, x, top + height * len(rows), "grid"))
        parts.append(_text(x, 12, f"{tick} %", "tick", "middle"))
    for number, row in enumerate(rows):
        y = top + height * number
        x, wide = left + span * row.lowest, max(3.0, span * (row.highest - row.lowest))
        parts.append(_text(left - 10, y + 16, _cut(row.label, 50), "label strong" if row.strong else "label", "end"))
        kind = "bar main" if row.strong else "bar"
        parts.append(
            Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="12" rx="3"/>').format(kind, x, y + 6, wide)
        )
        parts.append(_text(WIDTH - right + 8, y + 16, percent_range(row.lowest, row.highest), "value", "start"))
    return Markup("").join([*parts, Markup("</svg>")])


@dataclass(frozen=True, slots=True)
class Dot:
    """A package in the picture: coordinates in points, its kind (zone, frontier, named), a label or nothing."""

    x: float
    y: float
    kind: str
    label: str = ""


def scatter(dots: Sequence[Dot], across: str, up: str, no_deal: tuple[float, float], title: str) -> Markup:
    """Return packages by the points of two parties, the frontier in a layer of its own, no-deal values as lines."""
    size, pad = 460, 56
    xs = [dot.x for dot in dots] + [no_deal[0]]
    ys = [dot.y for dot in dots] + [no_deal[1]]
    x_low, x_high = _padded(min(xs), max(xs))
    y_low, y_high = _padded(min(ys), max(ys))

    def place(x: float, y: float) -> tuple[float, float]:
        across_at = pad + (x - x_low) / (x_high - x_low) * (WIDTH - 2 * pad)
        return across_at, size - pad - (y - y_low) / (y_high - y_low) * (size - 2 * pad)

    parts = [_open(WIDTH, size, title)]
    for step in range(5):
        x, y = x_low + (x_high - x_low) * step / 4, y_low + (y_high - y_low) * step / 4
        across_at, up_at = place(x, y)
        parts += [_line(across_at, pad, across_at, size - pad, "grid"), _line(pad, up_at, WIDTH - pad, up_at, "grid")]
        parts += [
            _text(across_at, size - pad + 18, f"{x:.0f}", "tick", "middle"),
            _text(pad - 8, up_at + 4, f"{y:.0f}", "tick", "end"),
        ]
    across_at, up_at = place(*no_deal)
    parts += [_line(across_at, pad, across_at, size - pad, "nodeal"), _line(pad, up_at, WIDTH - pad, up_at, "nodeal")]
    order = {"zone": 0, "frontier": 1, "named": 2}
    radius = {"zone": 3, "frontier": 5, "named": 6}
    for dot in sorted(dots, key=lambda dot: order[dot.kind]):
        x, y = place(dot.x, dot.y)
        parts.append(Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(dot.kind, x, y, radius[dot.kind]))
        if dot.label:
            parts.append(_text(x + 9, y - 7, dot.label, "label strong", "start"))
    parts.append(_text(WIDTH / 2, size - 12, f"{_cut(across, 60)}: points", "label", "middle"))
    parts.append(_text(pad, pad - 20, f"{_cut(up, 60)}: points", "label", "start"))
    return Markup("").join([*parts, Markup("</svg>")])


def _padded(low: float, high: float) -> tuple[float, float]:
    room = (high - low) * 0.06 or 1.0
    return low - room, high + room


def _open(width: int, height: float, title: str) -> Markup:
    return Markup('<svg viewBox="0 0 {} {:.0f}" role="img" aria-label="{}">').format(width, height, clean(title))


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(kind, x1, y1, x2, y2)


def _text(x: float, y: float, words: str, kind: str, anchor: str) -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        kind, x, y, anchor, escape(clean(words))
    )


def _cut(words: str, most: int) -> str:
    words = clean(words)
    return words if len(words) <= most else words[: most - 1] + "…"
