"""Small pictures as inline SVG: shares over levels, what readings change, and the zone with its frontier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from zopa.report.cleaning import clean

WIDTH: Final = 720


@dataclass(frozen=True, slots=True)
class Level:
    """Shares between 0 and 1 at one level: the fewest, the most, and the most if the unknown were granted."""

    at: float
    lowest: float
    highest: float
    possible: float


def level_chart(levels: Sequence[Level], across: str, title: str) -> Markup:
    """Return the band between the lowest and the highest share over the levels, and the most that is possible dashed."""
    height, left, right, top, bottom = 300, 60, 24, 18, 52
    low, high = levels[0].at, levels[-1].at

    def place(at: float, share: float) -> str:
        x = left + (at - low) / ((high - low) or 1) * (WIDTH - left - right)
        return f"{x:.1f},{top + (1 - share) * (height - top - bottom):.1f}"

    parts = [open_chart(WIDTH, height, title)]
    for tick in range(0, 101, 25):
        y = top + (1 - tick / 100) * (height - top - bottom)
        parts += [draw_line(left, y, WIDTH - right, y, "grid"), draw_words(left - 8, y + 4, f"{tick} %", "tick", "end")]
    for level in levels:
        x = float(place(level.at, 0).partition(",")[0])
        parts += [
            draw_line(x, top, x, height - bottom, "grid"),
            draw_words(x, height - bottom + 18, f"{level.at:g}", "tick", "middle"),
        ]
    outline = [place(one.at, one.highest) for one in levels] + [place(one.at, one.lowest) for one in reversed(levels)]
    parts.append(Markup('<polygon class="band" points="{}"/>').format(" ".join(outline)))
    for share in ("highest", "lowest"):
        line = " ".join(place(one.at, getattr(one, share)) for one in levels)
        parts.append(Markup('<polyline class="edge" points="{}"/>').format(line))
    if any(one.possible > one.highest for one in levels):
        line = " ".join(place(one.at, one.possible) for one in levels)
        parts.append(Markup('<polyline class="more" points="{}"/>').format(line))
    parts.append(draw_words(left + (WIDTH - left - right) / 2, height - 10, cut_words(across, 80), "label", "middle"))
    return Markup("").join([*parts, Markup("</svg>")])


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change from one answer to another, in percentage points, from the least to the most."""

    start: str
    end: str
    lowest: float
    highest: float

    @property
    def low(self) -> str:
        """The lowest change with its sign."""
        return _signed(self.lowest)

    @property
    def high(self) -> str:
        """The highest change with its sign."""
        return _signed(self.highest)


def change_chart(rows: Sequence[ChangeRow], title: str) -> Markup:
    """Return bars from the least to the most change around nought, one for each change, with both answers above it."""
    left, right, step, top = 20, 120, 58, 30
    most = max([5.0, *(max(abs(row.lowest), abs(row.highest)) for row in rows)])
    span = WIDTH - left - right

    def place(value: float) -> float:
        return left + (value / most + 1) / 2 * span

    bottom = top + step * len(rows)
    parts = [open_chart(WIDTH, bottom + 6, title)]
    for tick in (-most, -most / 2, 0.0, most / 2, most):
        parts += [
            draw_line(place(tick), top - 4, place(tick), bottom, "grid" if tick else "zero"),
            draw_words(place(tick), 16, _signed(tick), "tick", "middle"),
        ]
    for number, row in enumerate(rows):
        y = top + step * number
        parts.append(draw_words(left, y + 13, cut_words(f"from: {row.start}", 105), "tick", "start"))
        parts.append(draw_words(left, y + 29, cut_words(f"to: {row.end}", 100), "label strong", "start"))
        x, wide = place(row.lowest), max(3.0, place(row.highest) - place(row.lowest))
        parts.append(
            Markup('<rect class="bar" x="{:.1f}" y="{}" width="{:.1f}" height="11" rx="2"/>').format(
                x - (wide == 3.0) * 1.5, y + 36, wide
            )
        )
        shown = row.low if row.low == row.high else f"{row.low} to {row.high}"
        parts.append(draw_words(WIDTH - right + 10, y + 46, shown, "value", "start"))
    return Markup("").join([*parts, Markup("</svg>")])


def _signed(value: float) -> str:
    shown = f"{abs(value):.0f}"
    return "0" if shown == "0" else f"{'+' if value > 0 else '−'}{shown}"


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

    parts = [open_chart(WIDTH, size, title)]
    for step in range(5):
        x, y = x_low + (x_high - x_low) * step / 4, y_low + (y_high - y_low) * step / 4
        across_at, up_at = place(x, y)
        parts += [draw_line(across_at, pad, across_at, size - pad, "grid"), draw_line(pad, up_at, WIDTH - pad, up_at, "grid")]
        parts += [
            draw_words(across_at, size - pad + 18, f"{x:.0f}", "tick", "middle"),
            draw_words(pad - 8, up_at + 4, f"{y:.0f}", "tick", "end"),
        ]
    across_at, up_at = place(*no_deal)
    parts += [draw_line(across_at, pad, across_at, size - pad, "nodeal"), draw_line(pad, up_at, WIDTH - pad, up_at, "nodeal")]
    order = {"zone": 0, "frontier": 1, "named": 2}
    radius = {"zone": 3, "frontier": 5, "named": 6}
    for dot in sorted(dots, key=lambda dot: order[dot.kind]):
        x, y = place(dot.x, dot.y)
        parts.append(Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(dot.kind, x, y, radius[dot.kind]))
        if dot.label:
            parts.append(draw_words(x + 9, y - 7, dot.label, "label strong", "start"))
    parts.append(draw_words(WIDTH / 2, size - 12, f"{cut_words(across, 60)}: points", "label", "middle"))
    parts.append(draw_words(pad, pad - 20, f"{cut_words(up, 60)}: points", "label", "start"))
    return Markup("").join([*parts, Markup("</svg>")])


def _padded(low: float, high: float) -> tuple[float, float]:
    room = (high - low) * 0.06 or 1.0
    return low - room, high + room


def open_chart(width: int, height: float, title: str) -> Markup:
    """Return the opening of a chart."""
    return Markup('<svg class="chart" viewBox="0 0 {} {:.0f}" role="img" aria-label="{}">').format(width, height, clean(title))


def draw_line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """Return a line."""
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(kind, x1, y1, x2, y2)


def draw_words(x: float, y: float, words: str, kind: str, anchor: str) -> Markup:
    """Return words; whatever comes from a case is cleaned and escaped."""
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        kind, x, y, anchor, escape(clean(words))
    )


def cut_words(words: str, most: int) -> str:
    """Return words cut to a number of letters."""
    words = clean(words)
    return words if len(words) <= most else words[: most - 1] + "…"
