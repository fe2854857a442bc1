"""Frontiers without listing packages: seconds by issues, options, parties and rules, and how they grow.

    python benchmarks/composing.py [million | ten-million | growth FILE.svg]

Weights and scores as in `million.py`; the scenario is in memory.  Without an argument prints one line of JSON: for each
setting the best of three runs, vectors and packages of the frontier.  `million` is the whole analysis of one million
packages with three parties (frontier with ties, size of the zone, solution points); `ten-million` the same with one
issue more, in a process of its own, with its memory.  `growth` draws how the time grows.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from html import escape
from math import log10
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.programming import generated  # noqa: E402
from zopa.settlement.composition import compose_frontier  # noqa: E402
from zopa.settlement.concepts import solution_points  # noqa: E402
from zopa.settlement.problem import Problem  # noqa: E402
from zopa.settlement.states import TooWide  # noqa: E402
from zopa.settlement.zone_size import zone_size  # noqa: E402


def best(task: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """Return the least seconds of some runs, and what the task gives."""
    least, found = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        found = task()
        least = min(least, time.perf_counter() - start)
    return least, found


def analysis(problem: Problem) -> tuple[Any, int | None, dict[str, Any]]:
    """Return frontier, size of the zone and all solution points."""
    frontier = compose_frontier(problem)
    no_deal = [Fraction(minimum or 0) for minimum in problem.minimums]
    ideal = [Fraction(int(frontier.vectors[:, seat].max())) for seat in range(problem.seats)]
    top = [Fraction(sum(max(row) for row in rows)) for rows in problem.points]
    influence = [Fraction(1)] * problem.seats
    return frontier, zone_size(problem), solution_points(frontier.vectors, problem.units, no_deal, ideal, top, influence)


def settings() -> dict[str, Any]:
    """Measure the promised settings."""
    found: dict[str, Any] = {}
    for parties in (2, 3, 4):
        for issues in (20, 30, 40):
            problem = generated(1, issues=issues, parties=parties, rules=0, minimum=0)
            seconds, frontier = best(lambda: compose_frontier(problem))  # noqa: B023
            found[f"{parties} parties, 5^{issues}"] = [round(seconds, 4), len(frontier.vectors), sum(frontier.counts)]
    for parties, rules in ((2, 40), (2, 60), (3, 20), (3, 40), (4, 20)):
        problem = generated(3, parties=parties, rules=rules, minimum=30)
        seconds, frontier = best(lambda: compose_frontier(problem))  # noqa: B023
        found[f"{parties} parties, 5^40, {rules} rules"] = [round(seconds, 4), len(frontier.vectors), sum(frontier.counts)]
    return found


def million(issues: int) -> dict[str, Any]:
    """Measure the whole analysis of 10 options an issue, three parties."""
    problem = generated(1, issues=issues, options=10, parties=3, rules=0, minimum=30)
    seconds, (frontier, size, points) = best(lambda: analysis(problem), 5)
    return {
        "packages": problem.size,
        "seconds": seconds,
        "zone": size,
        "vectors": len(frontier.vectors),
        "frontier_packages": sum(frontier.counts),
        "points": {name: str(point.value) for name, point in points.items()},
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def growth() -> dict[str, dict[str, list[tuple[float, float]]]]:
    """Measure seconds by issues (5 options), by options (20 issues) and by parties (20 issues, 5 options)."""
    panels: dict[str, dict[str, list[tuple[float, float]]]] = {"issues": {}, "options": {}, "parties": {}}

    def seconds(**setting: int) -> float | None:
        try:
            return best(lambda: compose_frontier(generated(1, **setting)), 2)[0]
        except TooWide:
            return None

    def add(panel: str, line: str, place: int, **setting: int) -> None:
        taken = seconds(**setting)
        if taken is not None:
            panels[panel].setdefault(line, []).append((place, taken))

    for parties in (2, 3, 4):
        for issues in (10, 20, 30, 40, 60, 80):
            add("issues", f"{parties} parties", issues, issues=issues, parties=parties, rules=0, minimum=30)
    for issues in (10, 20, 30, 40, 60):
        add("issues", "3 parties, as many rules", issues, issues=issues, parties=3, rules=issues, minimum=30)
    for parties in (2, 3, 4):
        for options in (2, 4, 6, 8, 12, 16):
            add("options", f"{parties} parties", options, issues=20, options=options, parties=parties, rules=0, minimum=30)
    for minimum in (30, 50):
        for parties in (2, 3, 4, 5):
            name = f"no deal worth {minimum} of 100"
            add("parties", name, parties, issues=20, parties=parties, rules=0, minimum=minimum)
    return panels


TITLES = {
    "issues": "issues, 5 options each",
    "options": "options of each of 20 issues",
    "parties": "parties, 20 issues of 5 options",
}
WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 240, 60, 40, 70


def picture(panels: dict[str, dict[str, list[tuple[float, float]]]]) -> str:
    """Return the growth as SVG: seconds on a logarithmic scale, the same in every panel."""
    dashes = ("", "6 3", "2 3", "8 3 2 3")
    low, high = -3, 1
    parts = []
    for number, (panel, lines) in enumerate(panels.items()):
        left = LEFT + number * (WIDTH + GAP)
        places = [place for line in lines.values() for place, _ in line]
        first, last = min(places), max(places)

        def at(place: float, taken: float, left: int = left, first: float = first, last: float = last) -> str:
            along = left + WIDTH * (place - first) / max(last - first, 1)
            return f"{along:.1f},{TOP + HEIGHT * (high - log10(taken)) / (high - low):.1f}"

        parts.append(f'<text x="{left}" y="{TOP - 16}" font-weight="bold">{escape(TITLES[panel])}</text>')
        for power in range(low, high + 1):
            y = TOP + HEIGHT * (high - power) / (high - low)
            parts.append(f'<line x1="{left}" x2="{left + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d0d0d0"/>')
            parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
        for place in sorted(set(places)):
            x = left + WIDTH * (place - first) / max(last - first, 1)
            parts.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{place:g}</text>')
        for row, (name, line) in enumerate(lines.items()):
            dash = dashes[row % len(dashes)]
            points = " ".join(at(*one) for one in line)
            parts.append(f'<polyline points="{points}" fill="none" stroke="#1b4f72" stroke-width="2" stroke-dasharray="{dash}"/>')
            y = TOP + HEIGHT + 40 + 18 * row
            parts.append(
                f'<line x1="{left}" x2="{left + 36}" y1="{y - 4}" y2="{y - 4}" stroke="#1b4f72" stroke-width="2" '
                f'stroke-dasharray="{dash}"/><text x="{left + 44}" y="{y}">{escape(name)}</text>'
            )
    width = LEFT + len(panels) * (WIDTH + GAP)
    height = TOP + HEIGHT + 120
    label = "Seconds to compose a frontier with all tie counts, by issues, by options and by parties"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{label}" font-family="sans-serif" font-size="12"><rect width="{width}" height="{height}" fill="#ffffff"/>'
        f"{''.join(parts)}</svg>\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Measure what is asked for."""
    if arguments[:1] == ["growth"]:
        panels = growth()
        Path(arguments[1]).write_text(picture(panels), encoding="utf-8")
        print(json.dumps(panels))
    elif arguments[:1] == ["ten-million"]:
        print(json.dumps(million(7)))
    elif arguments[:1] == ["million"]:
        print(json.dumps(million(6)))
    else:
        print(json.dumps(settings()))


if __name__ == "__main__":
    main(sys.argv[1:])
