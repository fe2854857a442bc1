"""The tasks of an exploration: blocks of draws, and blocks in which one group after another is drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from zopa.exploration.analyses import Analysis, inputs_of
from zopa.exploration.together import Group
from zopa.settlement import Arrays, Plan, redrawn_block

ANEW: Final = 250  # draws of a block in which groups are drawn anew, one after another


@dataclass(frozen=True, slots=True)
class Work:
    """What all tasks share.

    Attributes
    ----------
    plan : Plan
        What is counted.
    keys : tuple of str
        Judgements whose values are kept.
    groups : tuple of Group
        What is drawn anew.
    analyses : tuple of Analysis
        What is run in every scenario.
    """

    plan: Plan
    keys: tuple[str, ...]
    groups: tuple[Group, ...]
    analyses: tuple[Analysis, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A block of draws; ``anew`` where groups are drawn anew in it."""

    start: int
    count: int
    anew: bool = False

    @property
    def key(self) -> str:
        """Name of the task among those of its run."""
        return f"{'anew' if self.anew else 'draws'}-{self.start}-{self.count}"


def run_task(work: Work, task: Task) -> Arrays:
    """Return what one task comes to.

    Returns
    -------
    dict of str to ndarray
        For draws what the analyses give and ``input`` (judgements, draws); nan where a judgement was not asked
        for, and the place of a word among its words.  For draws made anew see :func:`zopa.settlement.redrawn_block`.
    """
    plan = work.plan
    if task.anew:
        return redrawn_block(plan, task.start, task.count, [(frozenset(one.members), one.parties) for one in work.groups])
    found: Arrays = {}
    for analysis in work.analyses:
        made = analysis.over(plan, task.start, task.count)
        if twice := sorted(found.keys() & made.keys()):
            raise ValueError(f"two analyses have an outcome called {twice[0]}: rename one of them")
        found |= made
    rows = np.full((len(work.keys), task.count), np.nan)
    place = {key: number for number, key in enumerate(work.keys)}
    for one in inputs_of(plan, task.start, task.count):
        if one.key in place:
            rows[place[one.key]] = one.values
    return {**found, "input": rows}
