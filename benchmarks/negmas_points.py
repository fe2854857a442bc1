"""Frontier and solution points of small domains by NegMAS, run by its own environment (it is never installed beside Zopa)."""

from __future__ import annotations

import json
import sys
from typing import Any

UNIT = 64  # points are sixty-fourths, which doubles hold exactly


def main() -> None:
    """Read domains from standard input and print what NegMAS finds for each."""
    negmas: Any = __import__("negmas")
    preferences: Any = __import__("negmas.preferences", fromlist=["ops"])
    operations: Any = __import__("negmas.preferences.ops", fromlist=["max_relative_welfare_points"])
    concepts = {
        "nash": preferences.nash_points,
        "egalitarian": preferences.kalai_points,
        "kalai_smorodinsky": preferences.ks_points,
        "utilitarian": preferences.max_welfare_points,
        "relative_welfare": operations.max_relative_welfare_points,
    }
    answers = []
    for domain in json.load(sys.stdin):
        rows = domain["points"][0]
        issues = [negmas.make_issue([f"o{one}" for one in range(len(row))], f"i{number}") for number, row in enumerate(rows)]
        space = negmas.make_os(issues)
        functions = []
        for points, minimum in zip(domain["points"], domain["minimums"], strict=True):
            values = {f"i{issue}": {f"o{one}": value / UNIT for one, value in enumerate(row)} for issue, row in enumerate(points)}
            function = preferences.LinearAdditiveUtilityFunction(values=values, outcome_space=space)
            function.reserved_value = minimum / UNIT
            functions.append(function)
        frontier, _ = preferences.pareto_frontier(functions, issues=issues, max_cardinality=None)
        answer: dict[str, Any] = {"frontier": [[value * UNIT for value in vector] for vector in frontier]}
        for name, concept in concepts.items():
            found = concept(functions, frontier, outcome_space=space)
            answer[name] = [[value * UNIT for value in vector] for vector, _ in found]
        answers.append(answer)
    print(json.dumps({"version": negmas.__version__, "answers": answers}))


if __name__ == "__main__":
    main()
