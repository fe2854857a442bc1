"""Running the analyses of a command, with progress where somebody watches."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from zopa.case import Case
from zopa.cli.watching import watched
from zopa.settlement import Sample, Settlement, sample, settle


def answer(
    case: Case, day: date | None, draws: int, seed: int, levers: Collection[str] | None = None
) -> tuple[Settlement, Sample | None]:
    """Return the settlement of the base scenario and a sample (None for no draws), with exactly some levers pulled if asked."""
    settlement = settle(case, day=day, levers=levers)
    if draws == 0:
        return settlement, None
    with watched("Scenarios") as progress:
        return settlement, sample(case, draws=draws, seed=seed, day=day, levers=levers, progress=progress)
