"""The one interface through which every analysis joins an ensemble: a result names its outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from zopa.settlement import Arrays, Outcome, Plan, run_block
from zopa.space import ATTEMPT, PartyCache, Scenarios, draw_scenarios

TRACE: Final = "trace."


class HasOutcomes(Protocol):
    """A result of an analysis."""

    def outcomes(self) -> Mapping[str, Outcome]:
        """Return its figures by name."""


class Analysis(Protocol):
    """Something that has an answer in every scenario."""

    @property
    def name(self) -> str:
        """What it is called; outcomes of two analyses must not have the same names."""

    def over(self, plan: Plan, start: int, count: int) -> Arrays:
        """Return its figures over a block of draws.

        ``trace.NAME`` holds one number for each reading that is tried and each draw: shape (tried, draws), yes
        and no as 1 and 0, what is not known as nan.  Other arrays are its own affair.
        """


@dataclass(frozen=True, slots=True)
class SettlementAnalysis:
    """Zone, frontier, solution points and blockers, all readings at once."""

    name: str = "settlement"

    def over(self, plan: Plan, start: int, count: int) -> Arrays:
        """Return the counts of settlement, and its figures draw by draw."""
        return run_block(plan, start, count)


@dataclass(frozen=True, slots=True)
class EachScenario:
    """Any function from one scenario to a result, run for scenario after scenario.

    Attributes
    ----------
    name : str
        What the analysis is called; its outcomes are called ``NAME.OUTCOME``.
    function : callable
        From scenarios of one draw to a result with ``outcomes()``; importable by name, so that worker processes
        find it.
    """

    name: str
    function: Callable[[Scenarios], HasOutcomes]

    def over(self, plan: Plan, start: int, count: int) -> Arrays:
        """Return its figures draw by draw; words become a yes/no figure ``NAME.OUTCOME=WORD`` each."""
        values: dict[str, dict[tuple[int, int], Outcome]] = {}
        for row, number in enumerate(plan.tried):
            for draw in range(count):
                drawn = draw_scenarios(
                    plan.case,
                    plan.streams.seed,
                    start=start + draw,
                    reading=plan.readings[number],
                    streams=plan.streams,
                )
                for outcome, value in self.function(drawn).outcomes().items():
                    values.setdefault(f"{self.name}.{outcome}", {})[row, draw] = value
        shape = (len(plan.tried), count)
        return {f"{TRACE}{name}": rows for outcome, known in values.items() for name, rows in _figures(outcome, known, shape)}


def _figures(
    outcome: str, known: Mapping[tuple[int, int], Outcome], shape: tuple[int, int]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield an outcome as numbers; one that is words as a yes/no figure for each word."""
    words: list[str | None] = [*sorted({value for value in known.values() if isinstance(value, str)})]
    for word in words or [None]:
        rows = np.full(shape, np.nan)
        for place, value in known.items():
            if value is not None:
                rows[place] = float(value == word if word is not None else value)
        yield (outcome if word is None else f"{outcome}={word}"), rows


ANALYSES: Final[tuple[Analysis, ...]] = (SettlementAnalysis(),)


@dataclass(frozen=True, slots=True)
class Input:
    """What one judgement was drawn as.

    Attributes
    ----------
    key : str
        The judgement.
    values : ndarray of shape (draws,)
        Numbers, or places among the words.
    words : tuple of str
        The words it can be; empty for a number.
    """

    key: str
    values: NDArray[np.float64]
    words: tuple[str, ...]


def inputs_of(plan: Plan, start: int, count: int) -> tuple[Input, ...]:
    """Return what every judgement that differs from draw to draw was drawn as, in the order of their keys.

    Under the readings that are tried; a judgement that several of them use was drawn once.
    """
    found: dict[str, Input] = {}
    uniforms: dict[str, NDArray[np.float64]] = {}
    numbers = PartyCache()
    for place in plan.tried:
        drawn = draw_scenarios(
            plan.case,
            plan.streams.seed,
            start=start,
            draws=count,
            reading=plan.readings[place],
            streams=plan.streams,
            uniform_cache=uniforms,
            party_cache=numbers,
        )
        drawn.draw_all()
        drawer = drawn.drawer
        for key in uniforms:
            if ATTEMPT in key or key in found:
                continue  # a repeated attempt of a judgement, or known already
            values: NDArray[Any] | None
            if key in drawer.words:
                words, choice = drawer.words[key]
                found[key] = Input(key, choice.astype(np.float64), words)
            elif (values := drawer.values.get(key)) is not None:
                found[key] = Input(key, values.astype(np.float64) / drawer.scale, ())
    return tuple(found[key] for key in sorted(found))
