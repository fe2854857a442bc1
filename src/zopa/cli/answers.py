"""Running the analyses of a command, with progress where somebody watches."""

from __future__ import annotations

from datetime import date

from zopa.case import Case
from zopa.cli.watching import watched
from zopa.settlement import Sample, Settlement, sample, settle


def answer(case: Case, day: date | None, draws: int, seed: int) -> tuple[Settlement, Sample | None]:
    """Return the settlement of the base scenario and a sample (None for no draws)."""
    settlement = settle(case, day=day)
    if draws == 0:
        return settlement, None
    with watched("Scenarios") as progress:
        return settlement, sample(case, draws=draws, seed=seed, day=day, progress=progress)
