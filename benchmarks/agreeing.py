"""Where Zopa and NegMAS agree: frontiers and solution points of a few hundred small domains, in one run.

    python benchmarks/agreeing.py [DOMAINS]

Points are sixty-fourths, so that doubles are exact; two or three parties; every party has a no-deal value that it can reach.
Makes an environment for NegMAS in `out/negmas`.  Prints a table: on how many domains each answer is the same set of
vectors, and on how many the two conventions have to give the same (`docs/negmas.md` says why the others differ).
"""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.negmas_points import UNIT  # noqa: E402
from benchmarks.run import negmas_python  # noqa: E402
from zopa.settlement.composition import compose_frontier  # noqa: E402
from zopa.settlement.concepts import solution_points  # noqa: E402
from zopa.settlement.problem import Problem  # noqa: E402

CONCEPTS = (
    "nash",
    "egalitarian",
    "utilitarian",
    "kalai_smorodinsky",
    "relative_welfare",
    "relative_welfare, best over all packages",
)


def drawn(generator: np.random.Generator) -> dict[str, Any]:
    """Return a domain with a zone in which everybody can gain."""
    while True:
        parties, issues = int(generator.integers(2, 4)), int(generator.integers(1, 5))
        shape = [int(one) for one in generator.integers(2, 5, issues)]
        points = [[[int(value) for value in generator.integers(0, 17, count)] for count in shape] for _ in range(parties)]
        minimums = [int(generator.integers(sum(map(min, rows)), sum(map(max, rows)) + 1)) for rows in points]
        frontier = compose_frontier(problem_of({"points": points, "minimums": [minimum + 1 for minimum in minimums]}))
        if len(frontier.vectors):
            return {"points": points, "minimums": minimums}


def problem_of(domain: dict[str, Any], *, cut: bool = True) -> Problem:
    """Return a domain as a problem, cut at the no-deal values or not."""
    points = tuple(tuple(tuple(row) for row in rows) for rows in domain["points"])
    count = len(points)
    minimums = tuple(domain["minimums"]) if cut else tuple(sum(map(min, rows)) for rows in points)
    names = tuple(f"P{party}" for party in range(count))
    always, never = (True,) * count, (False,) * count
    return Problem(tuple(map(len, points[0])), names, count, points, (UNIT,) * count, (), minimums, (), always, never)


def ours(domain: dict[str, Any]) -> dict[str, set[tuple[int, ...]]]:
    """Return frontier and solution points as sets of vectors."""
    whole = compose_frontier(problem_of(domain, cut=False))
    problem = problem_of(domain)
    frontier = compose_frontier(problem)
    no_deal = [Fraction(minimum, UNIT) for minimum in domain["minimums"]]
    ideal = [Fraction(int(column.max()), UNIT) for column in frontier.vectors.T]
    top = [Fraction(int(column.max()), UNIT) for column in whole.vectors.T]
    points = solution_points(frontier.vectors, problem.units, no_deal, ideal, top)
    over_all = solution_points(frontier.vectors, problem.units, no_deal, top, top)
    points["relative_welfare, best over all packages"] = over_all["relative_welfare"]
    found = {concept: {tuple(frontier.vectors[one].tolist()) for one in points[concept].vectors} for concept in CONCEPTS}
    return {"frontier": {tuple(vector) for vector in frontier.vectors.tolist()}, **found}


def main() -> None:
    """Compare and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    generator = np.random.default_rng(1)
    domains = [drawn(generator) for _ in range(count)]
    command = [str(negmas_python()), str(ROOT / "benchmarks" / "negmas_points.py")]
    done = subprocess.run(command, input=json.dumps(domains), check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"NegMAS {found['version']}, {count} domains")
    expected = [ours(domain) for domain in domains]
    for name in ("frontier", *CONCEPTS):
        theirs = [
            {tuple(round(value) for value in vector) for vector in answer[name.partition(",")[0]]} for answer in found["answers"]
        ]
        same = sum(one == other[name] for one, other in zip(theirs, expected, strict=True))
        within = sum(bool(one) and one <= other[name] for one, other in zip(theirs, expected, strict=True))
        print(f"{name:<42} the same vectors on {same}, some of the same on {within}")


if __name__ == "__main__":
    main()
