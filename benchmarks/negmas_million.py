"""The same million packages through NegMAS, run by its own environment (it is never installed beside Zopa)."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

MINIMUM = 0.3


def main() -> None:
    """Read the score tables from standard input and print times and counts."""
    negmas: Any = __import__("negmas")
    preferences: Any = __import__("negmas.preferences", fromlist=["ops"])
    tables = json.load(sys.stdin)
    issues = [negmas.make_issue([f"o{one}" for one in range(len(row))], f"i{number}") for number, row in enumerate(tables[0])]
    space = negmas.make_os(issues)
    functions = []
    for rows in tables:
        mappings = {f"i{number}": {f"o{one}": value / 100 for one, value in enumerate(row)} for number, row in enumerate(rows)}
        function = preferences.LinearAdditiveUtilityFunction(values=mappings, outcome_space=space)
        function.reserved_value = MINIMUM
        functions.append(function)
    start = time.perf_counter()
    frontier, outcomes = preferences.pareto_frontier(functions, issues=issues, max_cardinality=None)
    for point in (preferences.nash_points, preferences.kalai_points, preferences.ks_points, preferences.max_welfare_points):
        point(functions, frontier, outcome_space=space)
    seconds = time.perf_counter() - start
    import resource

    print(
        json.dumps(
            {
                "version": negmas.__version__,
                "seconds": seconds,
                "vectors": len(frontier),
                "frontier_packages": len(outcomes),
                "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
