"""`zopa explore`: what the answer hangs on, and comparisons side by side."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zopa.case import Case, did_you_mean
from zopa.cli.watching import watched

if TYPE_CHECKING:
    from zopa.exploration import Comparison, Exploration

MOST_WORKERS: Final = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asked to explore.

    Attributes
    ----------
    draws, seed, day
        The sample, and the date looked at.
    sobol : bool
        Sobol' points.
    decisive_draws : int
        Draws in which one judgement after another is drawn anew.
    workers : int
        Processes; 0 for as many as there are processors.
    cluster : str or None
        A Dask cluster.
    save : Path or None
        Where the ensemble is kept.
    prior : str or None
        The prior that the reader adopts, in the reader's words.
    """

    draws: int
    seed: int
    day: date | None
    sobol: bool = False
    decisive_draws: int = 1000
    workers: int = 0
    cluster: str | None = None
    save: Path | None = None
    prior: str | None = None

    def fault(self) -> str | None:
        """Return what is wrong with it, in words; None when nothing is."""
        if self.draws < 1:
            return "--draws: at least one draw is needed"
        if self.prior is not None and not self.prior.strip():
            return "--prior: say in words which prior you adopt"
        if self.save is not None and self.save.is_dir():
            return f"--save: {self.save} is a folder; name a file, such as {self.save / 'ensemble.nc'}"
        if self.save is not None and not self.save.absolute().parent.is_dir():
            return f"--save: there is no folder {self.save.parent}"
        return None


def processors() -> int:
    """Return how many processes make sense here."""
    known = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST_WORKERS, known))


def explored(case: Case, wanted: Wanted, *, all_fronts: bool = True) -> Exploration:
    """Return an exploration, with progress where somebody watches.

    Raises
    ------
    ValueError
        For what cannot be explored, in words.
    zopa.exploration.WorkerDied
        When a worker dies again and again.
    """
    from zopa.exploration import explore

    with watched("Scenarios") as progress:
        return explore(
            case,
            draws=wanted.draws,
            seed=wanted.seed,
            day=wanted.day,
            sobol=wanted.sobol,
            decisive_draws=wanted.decisive_draws,
            all_fronts=all_fronts,
            workers=wanted.workers or processors(),
            cluster=wanted.cluster,
            save=wanted.save,
            progress=progress,
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """What a user wants put side by side: at most one of the three."""

    swap: tuple[str, str] | None
    without: tuple[str, ...]
    as_of: date | None

    @property
    def asked(self) -> bool:
        """True when something is to be compared."""
        return self.swap is not None or bool(self.without) or self.as_of is not None

    def fault(self, case: Case, wanted: Wanted) -> str | None:
        """Return what is wrong with it, in words; None when nothing is."""
        if sum((self.swap is not None, bool(self.without), self.as_of is not None)) > 1:
            return "--swap, --without and --as-of each compare with the case as it is: give one at a time"
        if self.asked and (wanted.save is not None or wanted.cluster is not None or wanted.sobol):
            return "--save, --dask and --sobol do not go with a comparison"
        if self.asked and wanted.prior is not None:
            return "--prior does not go with a comparison"
        for party in self.swap or ():
            if party not in case.parties:
                return f"--swap: there is no party called {party}. {did_you_mean(party, case.parties, 'parties')}"
        if self.swap is not None and self.swap[0] == self.swap[1]:
            return "--swap: name two different parties"
        known = {*case.statements, *case.sources}
        for name in self.without:
            if name not in known:
                return f"--without: there is no statement or source called {name}. {did_you_mean(name, known, 'statements')}"
        return None


def comparison(case: Case, compared: Compared, wanted: Wanted) -> Comparison:
    """Return the case beside its changed self."""
    from zopa.exploration import compare_as_of, compare_swap, compare_without

    draws, seed = wanted.draws, wanted.seed
    if compared.swap is not None:
        return compare_swap(case, *compared.swap, draws=draws, seed=seed, day=wanted.day)
    if compared.without:
        return compare_without(case, compared.without, draws=draws, seed=seed, day=wanted.day)
    assert compared.as_of is not None
    return compare_as_of(case, compared.as_of, draws=draws, seed=seed)
