"""Exploration of a case: an ensemble of scenarios under every reading, and what its answer hangs on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

import zopa
from zopa.case import Case, at
from zopa.exploration.analyses import ANALYSES, TRACE, Analysis, Input, inputs_of
from zopa.exploration.answers import Exploration
from zopa.exploration.deciding import decisive_of, found_of, rules_of, sensitivities_of
from zopa.exploration.ensemble_file import Kept, read_kept, write_kept
from zopa.exploration.packages import named_packages
from zopa.exploration.storing import PartStore
from zopa.exploration.tasks import ANEW, Task, Work, run_task
from zopa.exploration.together import groups_of
from zopa.exploration.working import run_tasks
from zopa.settlement import Arrays, Plan, Totals, blocks, planned, sample_of
from zopa.space import Missing, PartyCache, SobolPoints, Streams, draw_scenarios, judge, package_space, sobol_keys

DECISIVE_DRAWS: Final = 1000
REPLICATES: Final = 16
LOOKED_AT: Final = 8  # draws in which chains are checked and missing inputs looked for
Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


def explore(
    case: Case,
    *,
    draws: int = 1000,
    seed: int = 1,
    day: date | None = None,
    sobol: bool = False,
    analyses: tuple[Analysis, ...] = ANALYSES,
    decisive_draws: int = DECISIVE_DRAWS,
    all_fronts: bool = True,
    workers: int = 1,
    cluster: str | None = None,
    save: Path | None = None,
    progress: Progress | None = None,
) -> Exploration:
    """Return what the answer of a case hangs on.

    Parameters
    ----------
    case : Case
        The case; every package issue must have options.
    draws : int
        Draws under each reading.
    seed : int
        The same seed gives the same exploration to the last bit, on however many workers.
    day : date, optional
        The date looked at.
    sobol : bool
        Take scrambled Sobol' points in place of random numbers.
    analyses : tuple of Analysis
        What is run in every scenario; settlement first.
    decisive_draws : int
        Draws in which one group after another is drawn anew, at most ``draws``; 0 for none.
    all_fronts : bool
        Find frontiers and solution points under every reading; otherwise under those that are looked at closely.
    workers : int
        Processes.
    cluster : str, optional
        ``local`` or the address of a Dask cluster.
    save : Path, optional
        A netCDF file for the ensemble.  An interrupted run with the same settings goes on where it stopped; a
        finished file with fewer draws is extended.
    progress : callable, optional
        Called with (done, total).

    Raises
    ------
    ValueError
        For less than one draw, an issue without options, a file of other settings, or an extra that is not installed.
    zopa.exploration.WorkerDied
        When a worker dies again and again; what is finished stays.
    """
    if decisive_draws < 0:
        raise ValueError(f"{decisive_draws} draws cannot be made anew: 0 for none")
    keys = sobol_keys(case)
    streams = Streams(seed, sobol=SobolPoints(keys, REPLICATES) if sobol else None)
    plan, made = planned(case, streams, draws, day)
    plan = replace(plan, traced=True, fronts=tuple(range(len(plan.readings))) if all_fronts else plan.tried)
    work = Work(plan, keys, groups_of(case, keys), analyses)
    settings = _settings(work, decisive_draws)
    kept = None if save is None or not save.exists() else read_kept(save, settings, made)
    totals = Totals(plan)
    gathered = _Gathered(totals)
    if kept is not None:
        totals.load(kept.totals)
        gathered.inputs[0] = kept.inputs
    anew = min(decisive_draws, made) if made > 1 else 0
    if kept is not None and kept.anew and kept.anew["first"].shape[1] == anew:
        gathered.anew[0] = kept.anew
    tasks = {one.key: one for one in _tasks(work, made, totals.draws, 0 if gathered.anew else anew)}
    store = None if save is None else PartStore.open(save, settings)
    for key, arrays in run_tasks(run_task, work, tasks, workers=workers, cluster=cluster, store=store, progress=progress):
        gathered.add(tasks[key], arrays)
    inputs, redrawn = gathered.joined_inputs(len(keys)), gathered.joined_anew()
    if save is not None and store is not None:
        if tasks or kept is None:
            write_kept(save, work, settings, Kept(totals.state(), inputs, redrawn))
        store.finish()
    return _explored(work, totals, draws, draws // made, inputs, redrawn)


def _settings(work: Work, decisive_draws: int) -> dict[str, str]:
    """Return everything that the parts of a run depend on, but for how many draws there are."""
    plan = work.plan
    return {
        "case": plan.case.digest,
        "seed": str(plan.streams.seed),
        "date": "all gates passed" if plan.day is None else plan.day.isoformat(),
        "points": "random" if plan.streams.sobol is None else f"Sobol', {plan.streams.sobol.replicates} scrambles",
        "tried readings": " ".join(str(number) for number in plan.tried),
        "analyses": " ".join(one.name for one in work.analyses),
        "frontiers": "every reading" if len(plan.fronts) == len(plan.readings) else "tried readings",
        "draws made anew": str(decisive_draws),
        "version": zopa.__version__,
    }


def _tasks(work: Work, made: int, start: int, anew: int) -> Iterable[Task]:
    plan = work.plan
    for first, count in blocks(plan.case, len(plan.indices), made, start):
        yield Task(first, count)
    if work.groups:
        for first in range(0, anew, ANEW):
            yield Task(first, min(ANEW, anew - first), anew=True)


@dataclass(slots=True)
class _Gathered:
    """Takes what tasks give, in any order."""

    totals: Totals
    inputs: dict[int, Floats] = field(default_factory=dict)
    anew: dict[int, Arrays] = field(default_factory=dict)

    def add(self, task: Task, arrays: Arrays) -> None:
        if task.anew:
            self.anew[task.start] = arrays
            return
        self.inputs[task.start] = arrays["input"]
        self.totals.add(task.start, {name: rows for name, rows in arrays.items() if name != "input"})

    def joined_inputs(self, count: int) -> Floats:
        parts = [self.inputs[start] for start in sorted(self.inputs)]
        return np.concatenate(parts, axis=1) if parts else np.empty((count, 0))

    def joined_anew(self) -> Arrays:
        if not self.anew:
            return {}
        parts = [self.anew[start] for start in sorted(self.anew)]
        return {name: np.concatenate([part[name] for part in parts], axis=-1) for name in ("first", "second", "mixed")}


def _explored(work: Work, totals: Totals, draws: int, whole: int, values: Floats, redrawn: Arrays) -> Exploration:
    plan = work.plan
    case = plan.case
    sample = sample_of(plan, totals, draws, whole)
    inputs = _inputs(work, values)
    opened = totals.open
    replicates = 1 if plan.streams.sobol is None else plan.streams.sobol.replicates
    sensitivities, flips = sensitivities_of(plan, work.groups, redrawn, replicates)
    findings, found = found_of(plan, sample, opened, inputs)
    rules, rule_readings = rules_of(plan, sample, opened, inputs)
    mixing, missing = _looked_at(plan)
    traces = {name.removeprefix(TRACE): rows for name, rows in totals.traces().items()}
    return Exploration(
        case,
        at(case, plan.day),
        package_space(case),
        sample,
        opened,
        plan.tried,
        traces,
        inputs,
        "random" if plan.streams.sobol is None else "sobol",
        replicates,
        named_packages(plan, sample, traces),
        decisive_of(plan, sample, opened, work.groups, sensitivities, flips),
        redrawn["first"].shape[1] if redrawn else 0,
        sensitivities,
        flips,
        work.groups,
        found,
        findings,
        rules,
        rule_readings,
        mixing,
        missing,
    )


def _looked_at(plan: Plan) -> tuple[dict[str, float], tuple[Missing, ...]]:
    """Return the checks of Markov chains, and what parties lack that may be asked, over the readings tried."""
    mixing: dict[str, float] = {}
    lacks: dict[Missing, None] = {}
    uniforms: dict[str, Floats] = {}
    numbers = PartyCache()
    for place in plan.tried:
        drawn = draw_scenarios(
            plan.case,
            plan.streams.seed,
            draws=LOOKED_AT,
            reading=plan.readings[place],
            streams=plan.streams,
            uniform_cache=uniforms,
            party_cache=numbers,
        )
        mixing |= drawn.mixing
        if any(one not in lacks for party in drawn.parties.values() for one in party.missing):
            asked = judge(drawn, plan.indices).parties
            for name, party in drawn.parties.items():
                lacks |= dict.fromkeys(party.missing if asked[name].asked.possibly.any() else ())
    return mixing, tuple(lacks)


def _inputs(work: Work, values: Floats) -> tuple[Input, ...]:
    """Return what was drawn, with the words; judgements that never differ are left out."""
    plan = work.plan
    words = {one.key: one.words for one in inputs_of(plan, 0, 64)}
    found = []
    for key, row in zip(work.keys, values, strict=True):
        known = row[~np.isnan(row)]
        if len(known) and (known != known[0]).any():
            found.append(Input(key, row, words.get(key, ())))
    return tuple(found)
