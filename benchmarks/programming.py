"""Solution points for many parties by programming: 40 issues, 5 parties, 40 rules, and a yardstick in the same run.

    python benchmarks/programming.py [FIRST LAST]

Weights and scores as in `million.py`; rules are "if this option then that one", drawn at random; everybody asks for
at least 35 of 100 points.  The yardstick is the plain formulation given once to the same solver as most texts have it:
a level below every gain, and the sum of logarithms below all its chords; it certifies nothing.  Where the frontier can
be composed (3 parties) its points are compared too.  Prints one line of JSON: processor seconds by seed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from math import log
from typing import Any

import numpy as np

from zopa.settlement.composition import compose_frontier
from zopa.settlement.concepts import solution_points
from zopa.settlement.problem import Problem
from zopa.settlement.programmed_points import programmed_points
from zopa.space import some_of, within

ISSUES, OPTIONS, PARTIES, RULES, MINIMUM = 40, 5, 5, 40, 35
CONCEPTS = ("egalitarian", "nash")


def generated(
    seed: int, *, issues: int = ISSUES, options: int = OPTIONS, parties: int = PARTIES, rules: int = RULES, minimum: int = MINIMUM
) -> Problem:
    """Return a problem drawn at random."""
    generator = np.random.default_rng(seed)
    points = []
    for party in range(parties):
        rows = []
        for weight in generator.multinomial(100, generator.dirichlet([2] * issues)):
            drawn = np.sort(generator.random(options))
            row = np.rint((drawn - drawn[0]) / (drawn[-1] - drawn[0]) * weight)
            row = row[::-1] if party == 1 else generator.permutation(row) if party > 1 else row
            rows.append(tuple(int(value) for value in row))
        points.append(tuple(rows))
    required = []
    for _ in range(rules):
        first, second = (int(axis) for axis in generator.choice(issues, 2, replace=False))
        option, other = (int(one) for one in generator.integers(options, size=2))
        unless = within(first, (1 << options) - 1 - (1 << option), options)
        required.append(some_of([unless, within(second, 1 << other, options)]))
    names = tuple(f"P{party}" for party in range(parties))
    always, never = (True,) * parties, (False,) * parties
    minimums = (minimum,) * parties
    return Problem(
        (options,) * issues, names, parties, tuple(points), (1,) * parties, (), minimums, tuple(required), always, never
    )


def plain(problem: Problem, concept: str) -> float:
    """Return the value that the plain formulation gives, in doubles."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    offsets = np.concatenate([[0], np.cumsum(problem.shape)])
    columns, parties = int(offsets[-1]), len(problem.parties)
    extra = 1 if concept == "egalitarian" else parties
    rows: list[tuple[dict[int, float], float, float]] = []
    for axis, count in enumerate(problem.shape):
        rows.append(({int(offsets[axis]) + option: 1.0 for option in range(count)}, 1.0, 1.0))
    for rule in problem.required:
        parts = {int(offsets[leaf.axis]) + bit: 1.0 for leaf in rule.of for bit in range(64) if leaf.options >> bit & 1}  # type: ignore[union-attr]
        rows.append((parts, 1.0, np.inf))
    for party in range(parties):
        row = [float(value) for values in problem.points[party] for value in values]
        gains = dict(enumerate(row))
        least = float(problem.minimums[party] or 0)
        rows.append((gains, least, np.inf))
        if concept == "egalitarian":
            rows.append((gains | {columns: -1.0}, least, np.inf))
            continue
        for gain in range(1, 100 - int(least)):
            rise = log(gain + 1) - log(gain)
            chord = {column: rise * value for column, value in gains.items()} | {columns + party: -1.0}
            rows.append((chord, rise * (gain + least) - log(gain), np.inf))
    matrix = np.zeros((len(rows), columns + extra))
    for place, (entries, _, _) in enumerate(rows):
        matrix[place, list(entries)] = list(entries.values())
    costs = np.concatenate([np.zeros(columns), -np.ones(extra)])
    found = milp(
        costs,
        integrality=np.concatenate([np.ones(columns), np.zeros(extra)]),
        bounds=Bounds(np.zeros(columns + extra), np.concatenate([np.ones(columns), np.full(extra, 100.0)])),
        constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
    )
    return -float(found.fun)


def timed(task: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor seconds of a task and what it gives."""
    start = time.process_time()
    found = task()
    return time.process_time() - start, found


def composed(problem: Problem) -> dict[str, Any]:
    """Return the values of both concepts on the composed frontier."""
    found = compose_frontier(problem)
    no_deal = [Fraction(MINIMUM)] * problem.seats
    points = solution_points(found.vectors, problem.units, no_deal, no_deal, no_deal)
    return {concept: points[concept].value for concept in CONCEPTS}


def main() -> None:
    """Measure and print."""
    first, last = (int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (0, 10)
    import scipy.optimize
    import scipy.sparse  # noqa: F401

    seconds: dict[str, list[float]] = {}

    def note(name: str, taken: float) -> None:
        seconds.setdefault(name, []).append(round(taken, 4))

    for seed in range(first, last):
        problem = generated(seed)
        for concept in CONCEPTS:
            no_deal = [Fraction(MINIMUM)] * PARTIES
            taken, found = timed(lambda: programmed_points(problem, no_deal, concepts=(concept,))[concept])  # noqa: B023
            assert found.status == "exact", (seed, concept)
            note(concept, taken)
            taken, value = timed(lambda: plain(problem, concept))  # noqa: B023
            expected = float(found.value) if concept == "egalitarian" else log(found.value)
            # The plain one stops within a ten-thousandth of the best.
            assert abs(value - expected) <= 1e-3 * abs(expected), (seed, concept)
            note(f"{concept} plain", taken)
        three = generated(seed, parties=3, rules=20)
        no_deal = [Fraction(MINIMUM)] * 3
        taken, listed = timed(lambda: composed(three))  # noqa: B023
        note("composed, 3 parties, 20 rules", taken)
        taken, points = timed(lambda: programmed_points(three, no_deal, concepts=CONCEPTS))  # noqa: B023
        note("programmed, 3 parties, 20 rules", taken)
        assert {concept: point.value for concept, point in points.items()} == listed, seed
    summary = {name: {"median": sorted(one)[len(one) // 2], "most": max(one), "all": one} for name, one in seconds.items()}
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
