"""Making a report: everything it shows is computed here, for the command line and for the workbench alike."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Final

from zopa.case import Case
from zopa.exploration import Exploration, explore
from zopa.report.page import page
from zopa.settlement import LEVER_DRAWS, LeverComparison, Sample, Settlement, compare_levers, settle, unlisted
from zopa.space import Missing

DECISIVE_DRAWS: Final = 500  # enough for a picture; `zopa explore` takes more
LARGEST_FOR_SHARES: Final = 1_000_000  # packages; beyond, shares for every lever would take minutes
Progress = Callable[[int, int], None]
Watch = Callable[[str], AbstractContextManager[Progress | None]]


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and what it was made from."""

    html: str
    case: Case
    settlement: Settlement | None
    drawn: Sample | None
    missing: tuple[Missing, ...]
    exploration: Exploration | None
    levers: LeverComparison | None


def make_report(
    case: Case,
    *,
    draws: int = 1000,
    seed: int = 1,
    day: date | None = None,
    view_of: str | None = None,
    prior: str | None = None,
    workers: int = 1,
    watch: Watch | None = None,
) -> Made:
    """Return the report about a case.

    Parameters
    ----------
    case : Case
        The case.
    draws, seed : int
        The sample beside the base scenario; no draws, no sample.
    day : date, optional
        The date looked at.
    view_of : str, optional
        The party whose view is put first.
    prior : str, optional
        The prior that the reader has adopted, in words.
    workers : int
        Processes for the exploration.
    watch : callable, optional
        Called with the title of a stretch of work; gives what is to be called with (done, total).

    Raises
    ------
    ValueError
        For what cannot be settled or explored, in words.
    zopa.exploration.WorkerDied
        When a worker dies again and again.
    """
    watched: Watch = watch if watch is not None else _unwatched
    missing = unlisted(case)
    settlement, exploration, levers = None, None, None
    if not missing:
        settlement = settle(case, day=day)
        if draws:
            with watched("Scenarios") as progress:
                exploration = explore(
                    case,
                    draws=draws,
                    seed=seed,
                    day=day,
                    decisive_draws=DECISIVE_DRAWS,
                    all_fronts=False,
                    workers=workers,
                    progress=progress,
                )
        levers = lever_answer(settlement, draws, seed, watched)
    drawn = None if exploration is None else exploration.sample
    html = page(case, settlement, drawn, missing, view_of=view_of, exploration=exploration, prior=prior, levers=levers)
    return Made(html, case, settlement, drawn, missing, exploration, levers)


def lever_answer(settlement: Settlement, draws: int, seed: int, watch: Watch | None = None) -> LeverComparison | None:
    """Return what the levers of a settled case do (None without levers), with shares where draws are wanted."""
    case = settlement.case
    if not case.levers:
        return None
    wanted = min(draws, LEVER_DRAWS) if settlement.space.size <= LARGEST_FOR_SHARES else 0
    with (watch if watch is not None else _unwatched)("Levers") as progress:
        return compare_levers(
            case, day=settlement.moment.day, chosen=settlement.scenarios.levers, draws=wanted, seed=seed, progress=progress
        )


def _unwatched(_title: str) -> AbstractContextManager[Progress | None]:
    return nullcontext(None)
