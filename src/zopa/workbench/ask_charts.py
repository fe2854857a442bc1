"""The picture of the zone along one judgement: how many packages are in it, where it is open and where not."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from markupsafe import Markup

from zopa.report.charts import WIDTH, cut_words, draw_line, draw_words, open_chart
from zopa.report.plain import short, thousands
from zopa.workbench.sweeping import Step, Swept

LEFT: Final = 66
RIGHT: Final = 24
TOP: Final = 18
HEIGHT: Final = 270
BOTTOM: Final = 62
FLOOR: Final = HEIGHT - BOTTOM


def sweep_chart(
    swept: Swept, across: str, title: str, present: Fraction | None, written: tuple[Fraction, Fraction] | None = None
) -> Markup:
    """Return the packages in the zone over the places of a judgement; what is only possible dashed, refused places bare.

    The strip below the axis says where the zone is open, and the whisker below it what the case writes; the line with the
    class ``present`` is moved by the script.
    """
    steps = [one for one in swept.steps if one.value is not None]
    low, high = float(steps[0].value or 0), float(steps[-1].value or 0)
    most = max(swept.most, 1)

    def at(value: Fraction | None) -> float:
        return LEFT + (float(value or 0) - low) / ((high - low) or 1) * (WIDTH - LEFT - RIGHT)

    def up(number: int) -> float:
        return TOP + (1 - number / most) * (FLOOR - TOP)

    parts = [open_chart(WIDTH, HEIGHT, title)]
    for number in sorted({0, most // 2, most}):
        parts += [draw_line(LEFT, up(number), WIDTH - RIGHT, up(number), "grid")]
        parts += [draw_words(LEFT - 8, up(number) + 4, thousands(number), "tick", "end")]
    first, last = steps[0].value or Fraction(0), steps[-1].value or Fraction(0)
    for tick in range(5):
        value = first + (last - first) * Fraction(tick, 4)
        parts.append(draw_words(at(value), FLOOR + 38, short(value), "tick", "middle"))
    points = _with_crossings(swept, steps)
    for run in _runs(points):
        line = [f"{at(one.value):.1f},{up(one.zone or 0):.1f}" for one in run]
        area = [f"{at(run[0].value):.1f},{FLOOR}", *line, f"{at(run[-1].value):.1f},{FLOOR}"]
        parts.append(Markup('<polygon class="band" points="{}"/>').format(" ".join(area)))
        parts.append(Markup('<polyline class="edge" points="{}"/>').format(" ".join(line)))
        if any(one.possible > (one.zone or 0) for one in run):
            more = " ".join(f"{at(one.value):.1f},{up(one.possible):.1f}" for one in run)
            parts.append(Markup('<polyline class="more" points="{}"/>').format(more))
    for stretch in swept.stretches:
        x, wide = at(stretch.first.value), at(stretch.last.value) - at(stretch.first.value)
        strip = Markup('<rect class="strip strip-{}" x="{:.1f}" y="{}" width="{:.1f}" height="10"/>')
        parts.append(strip.format(stretch.state, x, FLOOR + 6, max(wide, 1.0)))
    if written is not None:
        ends = [at(min(max(value, first), last)) for value in written]
        parts.append(draw_line(ends[0], FLOOR + 20, ends[1], FLOOR + 20, "whisker"))
        parts += [draw_line(end, FLOOR + 17, end, FLOOR + 23, "whisker") for end in ends]
    if present is not None:
        x = at(min(max(present, first), last))
        line_of = Markup(
            '<line class="nodeal present" id="sweep-present" x1="{:.1f}" y1="{}" x2="{:.1f}" y2="{}"'
            ' data-left="{}" data-wide="{}" data-low="{}" data-high="{}"/>'
        )
        parts.append(line_of.format(x, TOP - 6, x, FLOOR + 16, LEFT, WIDTH - LEFT - RIGHT, low, high))
    parts.append(draw_words(LEFT, TOP - 5, "packages in the zone", "tick", "start"))
    parts.append(draw_words(LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 6, cut_words(across, 80), "label", "middle"))
    return Markup("").join([*parts, Markup("</svg>")])


def _with_crossings(swept: Swept, steps: list[Step]) -> list[Step]:
    """Return the places with those around each crossing, in rising order."""
    known = {one.value: one for one in steps if one.value is not None}
    for crossing in swept.crossings:
        for one in (crossing.below, crossing.above):
            if one.value is not None:
                known.setdefault(one.value, one)
    return [known[value] for value in sorted(known)]


def _runs(points: list[Step]) -> list[list[Step]]:
    """Return the stretches of places that the case can have."""
    runs: list[list[Step]] = [[]]
    for one in points:
        if one.state == "refused":
            runs.append([])
        else:
            runs[-1].append(one)
    return [run for run in runs if run]
