"""Ensembles: the shipped war case, a hundred thousand packages with ranges, and one against two workers.

    python benchmarks/exploring.py ukraine WORKERS DRAWS one|tried|all
    python benchmarks/exploring.py hundred-thousand DRAWS
    python benchmarks/exploring.py dask DRAWS
    python benchmarks/exploring.py memory

Each prints one line of JSON: seconds, megabytes, scenarios a second.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

PARTIES, ISSUES, OPTIONS = 5, 5, 10


def hundred_thousand() -> str:
    """Return a case of 100,000 packages and five parties, everything a range."""
    generator = np.random.default_rng(1)
    lines = ["zopa: 1", "title: A hundred thousand packages", "as_of: 2025-01-01", "assume: drawn at random", "parties:"]
    lines += [f"  p{party}: Party {party}" for party in range(PARTIES)]
    lines.append("issues:")
    options = ", ".join(f"o{option}" for option in range(OPTIONS))
    lines += [f"  i{issue}: {{scale: ordered, options: [{options}]}}" for issue in range(ISSUES)]
    lines.append("preferences:")
    for party in range(PARTIES):
        lines += [f"  p{party}:", "    weights: {default: 5..60, sum: 100}", "    scores:"]
        for issue in range(ISSUES):
            scores = sorted(int(one) for one in generator.integers(0, 101, OPTIONS))
            scores[0], scores[-1] = 0, 100
            row = scores if party % 2 == 0 else scores[::-1]
            lines.append(f"      i{issue}: [{', '.join(str(one) for one in row)}]")
        lines.append("    no_deal: {share: 30..70}")
    return "\n".join(lines) + "\n"


def written() -> Path:
    """Write the case to a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="zopa-bench-"))
    (folder / "case.yaml").write_text(hundred_thousand(), encoding="utf-8")
    return folder


def megabytes() -> float:
    """Return the most memory that this process and its children have held."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


def ukraine(workers: int, draws: int, readings: str, *, cluster: str | None = None) -> dict[str, Any]:
    """Zone, frontier and solution points of the shipped case, under one, sixteen or all of its readings."""
    from zopa.case import load_case
    from zopa.cases import shipped_case
    from zopa.exploration import ANALYSES
    from zopa.exploration.tasks import Task, Work, run_task
    from zopa.exploration.working import run_tasks
    from zopa.settlement import Totals, blocks, planned
    from zopa.space import Streams

    case = load_case(shipped_case("ukraine-2025"))
    start = time.perf_counter()
    plan, _ = planned(case, Streams(1), draws, None)
    chosen = {"one": (0,), "tried": plan.tried, "all": range(len(plan.readings))}[readings]
    kept = tuple(plan.readings[number] for number in chosen)
    plan = replace(plan, readings=kept, tried=(0,), bands=(), fronts=tuple(range(len(kept))))
    totals = Totals(plan)
    tasks = {f"{first}": Task(first, count) for first, count in blocks(case, len(plan.indices), draws)}
    for key, arrays in run_tasks(run_task, Work(plan, (), (), ANALYSES), tasks, workers=workers, cluster=cluster):
        arrays.pop("input")
        totals.add(tasks[key].start, arrays)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "megabytes": megabytes(), "scenarios": draws * len(kept), "share": float(totals.open[0].mean())}


def hundred(draws: int) -> dict[str, Any]:
    """Zone shares of 100,000 packages for five parties, in one process."""
    from zopa.case import load_case
    from zopa.settlement import counted, planned
    from zopa.space import Streams

    case = load_case(written())
    start = time.perf_counter()
    plan, _ = planned(case, Streams(1), draws, None)
    totals = counted(plan, draws)
    seconds = time.perf_counter() - start
    cells = draws * len(plan.indices) * PARTIES
    return {"seconds": seconds, "megabytes": megabytes(), "cells": cells, "share": float(totals.open[0].mean())}


def dask(draws: int) -> dict[str, Any]:
    """The shipped case, all readings, on a local Dask cluster of one and of two workers by turns; the best of each.

    Workers that are up and have everything imported, as on a cluster that stands.
    """
    from distributed import Client, LocalCluster

    best = {1: float("inf"), 2: float("inf")}
    for _ in range(2):
        for workers in best:
            with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as local, Client(local) as client:
                client.run(ukraine, 1, 16, "one")
                found = ukraine(workers, draws, "all", cluster=local.scheduler_address)
                best[workers] = min(best[workers], found["seconds"])
    return {"one": best[1], "two": best[2], "ratio": best[1] / best[2]}


def memory() -> dict[str, Any]:
    """Return what this machine copies in a second, in gigabytes written: what no kernel can outrun."""
    source, target = np.zeros(1 << 27, dtype=np.uint8), np.zeros(1 << 27, dtype=np.uint8)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        np.copyto(target, source)
        best = min(best, time.perf_counter() - start)
    return {"gigabytes_a_second": len(source) / best / 1e9}


def main(arguments: list[str]) -> None:
    """Run one of them."""
    what, *rest = arguments
    if what == "ukraine":
        found = ukraine(int(rest[0]), int(rest[1]), rest[2])
    elif what == "hundred-thousand":
        found = hundred(int(rest[0]))
    elif what == "dask":
        found = dask(int(rest[0]))
    else:
        found = memory()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
