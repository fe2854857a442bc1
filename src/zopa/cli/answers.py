"""Running the analyses of a command, with progress where somebody watches."""

from __future__ import annotations

import sys
from datetime import date

from zopa.case import Case
from zopa.settlement import Sample, Settlement, sample, settle


def answer(case: Case, day: date | None, draws: int, seed: int) -> tuple[Settlement, Sample | None]:
    """Return the settlement of the base scenario and a sample (None for no draws)."""
    settlement = settle(case, day=day)
    if draws == 0:
        return settlement, None
    if not sys.stderr.isatty():
        return settlement, sample(case, draws=draws, seed=seed, day=day)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Scenarios", total=None)

        def shown(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        return settlement, sample(case, draws=draws, seed=seed, day=day, progress=shown)
