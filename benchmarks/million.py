"""One million packages, three parties: zone, frontier and solution points, through the public functions.

The generator is the one of the comparison with NegMAS (`benchmarks/negmas_million.py`): weights from a
Dirichlet-multinomial, scores that rise with the option, party 2 reversed, party 3 permuted, minimum 30.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

OPTIONS, ISSUES, PARTIES, MINIMUM = 10, 6, 3, 30


def tables(options: int = OPTIONS, issues: int = ISSUES, parties: int = PARTIES) -> list[list[list[int]]]:
    """Return the score of each option: by party, issue, option."""
    generator = np.random.default_rng(1)
    found: list[list[list[int]]] = []
    for party in range(parties):
        weights = generator.multinomial(100, generator.dirichlet([2] * issues))
        rows = []
        for weight in weights:
            drawn = np.sort(generator.random(options))
            row = np.rint((drawn - drawn[0]) / (drawn[-1] - drawn[0]) * weight)
            if party == 1:
                row = row[::-1]
            elif party > 1:
                row = generator.permutation(row)
            rows.append([int(value) for value in row])
        found.append(rows)
    return found


def case_text(scores: list[list[list[int]]]) -> str:
    """Return the domain as a case file."""
    lines = ["zopa: 1", "title: One million packages", "as_of: 2025-01-01", "assume: generated", "parties:"]
    lines += [f"  P{party}: Party {party}" for party in range(len(scores))]
    lines.append("issues:")
    lines += [
        f"  i{issue}: {{options: [{', '.join(f'o{one}' for one in range(len(row)))}]}}" for issue, row in enumerate(scores[0])
    ]
    lines.append("preferences:")
    for party, rows in enumerate(scores):
        points = ", ".join(f"i{issue}: {row}" for issue, row in enumerate(rows))
        lines.append(f"  P{party}: {{no_deal: {MINIMUM}, points: {{{points}}}}}")
    return "\n".join(lines) + "\n"


def main() -> None:
    options = int(sys.argv[1]) if len(sys.argv) > 1 else OPTIONS
    issues = int(sys.argv[2]) if len(sys.argv) > 2 else ISSUES
    from zopa.case import read_text
    from zopa.settlement import settle

    case = read_text(case_text(tables(options, issues)), Path("million/case.yaml")).case
    assert case is not None
    times = []
    for _ in range(3):
        start = time.perf_counter()
        found = settle(case)
        times.append(time.perf_counter() - start)
    assert found.frontier is not None
    points = {name: sorted(found.tied_packages(name).tolist()) for name in found.points}
    print(
        json.dumps(
            {
                "packages": options**issues,
                "zone": len(found.zone),
                "vectors": len(found.frontier.vectors),
                "frontier_packages": len(found.frontier.rows),
                "first_seconds": times[0],
                "seconds": min(times),
                "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "points": points,
            }
        )
    )


if __name__ == "__main__":
    main()
