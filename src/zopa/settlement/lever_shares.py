"""Levers over the assumptions: in which share of scenarios there is a zone, with and without each of them.

All sets of levers are looked at in the same draws and under the same readings, so that a difference between
two of them is what the levers do and nothing else.  Readings are never averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, at
from zopa.settlement.available import available_packages
from zopa.settlement.counting import any_package
from zopa.settlement.ensemble import Plan, blocks
from zopa.settlement.sample import Span, planned
from zopa.settlement.tracing import undecided_draws
from zopa.space import (
    LeverCache,
    PartyCache,
    Streams,
    VerdictCache,
    count_readings,
    draw_scenarios,
    judge,
    levers_vary,
    package_space,
    pull_levers,
)

Flags = NDArray[np.bool_]
Set = frozenset[str]
DRAWS: Final = 256


@dataclass(frozen=True, slots=True)
class ShareChange:
    """What pulling other levers does to the share of scenarios with a zone: the change of the number of draws.

    ``lowest`` and ``highest`` are over the readings tried; ``opened`` and ``closed`` are the most draws, under
    any reading, that get a zone and that lose theirs.
    """

    lowest: int
    highest: int
    opened: int
    closed: int


@dataclass(frozen=True, slots=True, eq=False)
class LeverShares:
    """Draws with a zone for several sets of levers.

    Attributes
    ----------
    draws, seed : int
        Number of draws under each reading, and the seed.
    sets : tuple of frozenset of str
        The sets of levers looked at.
    readings, readings_count : int
        Readings tried, and readings there are.
    open, granted : ndarray of bool, shape (sets, readings, draws)
        Where there is a zone for sure, and where there would be one if everything unknown were granted.
    undecided : ndarray of bool, shape (sets, readings)
        Where a signatory lacks an input, so that no share can be given.
    """

    draws: int
    seed: int
    sets: tuple[Set, ...]
    readings: int
    readings_count: int
    open: Flags
    granted: Flags
    undecided: Flags

    def span(self, levers: Collection[str]) -> Span | None:
        """Return the fewest and the most draws with a zone over the readings; None where a signatory lacks an input."""
        row = self.sets.index(frozenset(levers))
        sure = ~self.undecided[row]
        if not sure.any():
            return None
        counts = self._counts(self.open)[row][sure]
        return Span(int(counts.min()), int(counts.max()), self.possible(levers))

    def possible(self, levers: Collection[str]) -> int:
        """Return the most draws with a zone, over the readings, if everything unknown were granted."""
        return int(self._counts(self.granted)[self.sets.index(frozenset(levers))].max())

    def change(self, before: Collection[str], after: Collection[str]) -> ShareChange | None:
        """Return what going from one set of levers to another does, reading by reading in the same draws."""
        one, other = (self.sets.index(frozenset(levers)) for levers in (before, after))
        sure = ~(self.undecided[one] | self.undecided[other])
        if not sure.any():
            return None
        gained, lost = self.open[other] & ~self.open[one], self.open[one] & ~self.open[other]
        opened, closed = self._counts(gained)[sure], self._counts(lost)[sure]
        moved = opened - closed
        return ShareChange(int(moved.min()), int(moved.max()), int(opened.max()), int(closed.max()))

    def _counts(self, flags: Flags) -> NDArray[np.int64]:
        # Where nothing varies one draw was made, and stands for all.
        return np.asarray(flags.sum(axis=-1) * (self.draws // flags.shape[-1]))


def lever_shares(
    case: Case,
    sets: Iterable[Collection[str]],
    *,
    draws: int = DRAWS,
    seed: int = 1,
    day: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> LeverShares:
    """Return in which draws there is a zone, for several sets of pulled levers in the same draws.

    Parameters
    ----------
    case : Case
        The case.
    sets : iterable of collections of str
        Sets of levers; each is looked at once.
    draws : int
        Draws under each reading.
    seed : int
        Seed of the draws, which are those of :func:`~zopa.settlement.sample`.
    day : date, optional
        The date looked at; it does not decide which levers are pulled.
    progress : callable, optional
        Called with (done, total).

    Raises
    ------
    ValueError
        For less than one draw, an issue without options, or a lever that the case does not have.

    Notes
    -----
    Where there are more than 16 readings, those with the fewest and the most draws with a zone among the
    first draws are tried, and an even choice of others (as for the bands of a sample).
    """
    known = tuple(dict.fromkeys(frozenset(one) for one in sets))
    plan, made = planned(case, Streams(seed), draws, day)
    if levers_vary(case, frozenset().union(*known)):
        made = draws
    parts = blocks(case, len(plan.indices), made)
    found = [np.zeros((len(known), len(plan.tried), made), dtype=np.bool_) for _ in range(2)]
    undecided = np.zeros((len(known), len(plan.tried)), dtype=np.bool_)
    for number, (start, count) in enumerate(parts):
        _block(plan, known, start, count, found[0], found[1], undecided)
        if progress is not None:
            progress(number + 1, len(parts))
    return LeverShares(draws, seed, known, len(plan.tried), count_readings(case), found[0], found[1], undecided)


def _block(plan: Plan, sets: tuple[Set, ...], start: int, count: int, opened: Flags, granted: Flags, undecided: Flags) -> None:
    """Fill in one block of draws."""
    case, columns = plan.case, slice(start, start + count)
    space, moment = package_space(case), at(case, plan.day)
    reachable = [available_packages(case, space, moment, one)[plan.indices] for one in sets]
    uniforms: dict[str, NDArray[np.float64]] = {}
    parties, cache, moved = PartyCache(), VerdictCache(), LeverCache()
    zones: dict[tuple[int, ...], tuple[Flags, Flags]] = {}
    for place, number in enumerate(plan.tried):
        drawn = draw_scenarios(
            case,
            plan.streams.seed,
            start=start,
            draws=count,
            reading=plan.readings[number],
            streams=plan.streams,
            uniform_cache=uniforms,
            party_cache=parties,
        )
        for row, one in enumerate(sets):
            pulled = pull_levers(drawn, one, moved)
            verdicts = judge(pulled, plan.indices, available=reachable[row], cache=cache, pack=case.agreement.need is None)
            if verdicts.key not in zones:
                adopted = verdicts.adopted
                zones[verdicts.key] = (any_package(adopted.surely, count), any_package(adopted.possibly, count))
            opened[row, place, columns], granted[row, place, columns] = zones[verdicts.key]
            undecided[row, place] |= bool(undecided_draws(pulled).any())
