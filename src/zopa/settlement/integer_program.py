"""The zone of a problem as a mixed-integer program for HiGHS, and its questions answered with exact re-checks.

Each option is a column that is 0 or 1, each issue a row that lets one option be chosen.  Conditions become
clauses, each at least one of its parts; what is nested gets a column of its own.  The solver works in doubles and
within tolerances: every package it proposes is checked again in whole numbers, and one that fails is barred.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import gcd, inf, isfinite
from typing import Final, Literal

import numpy as np

from zopa.settlement.problem import Extra, Problem
from zopa.space import All, Predicate, Within, opposite

MOST_WIDTH: Final = 2**31  # steps between the least and the most points of a party; finer is lost in doubles
FINE: Final = 2**17  # beyond so many steps a party's points are scaled down for the solver
MOST_CLAUSES: Final = 8  # of one condition when it is multiplied out; beyond, it gets a column of its own
MOST_BARRED: Final = 50  # packages that fail the exact check before a question is given up
State = Literal["optimal", "none", "open"]
Vector = tuple[int, ...]


class TooFine(Exception):
    """Points have more digits than the solver's doubles can tell apart."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Points of a party as small whole numbers: ``base + step * y`` for ``y`` from 0 to ``width``."""

    base: int
    step: int
    width: int

    def steps(self, numerator: int) -> int:
        """Return the fewest steps that reach a numerator; below 0 when less than nothing is needed."""
        return -(-(numerator - self.base) // self.step)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found.

    Attributes
    ----------
    state : str
        ``optimal``: ``package`` attains the largest value within the solver's tolerance; ``none``: there is no
        such package; ``open``: the time ran out, with or without a package.
    package : tuple of int or None
        Option numbers; met every exact check.
    steps : tuple of int
        The points of each party in steps of its scale, computed in whole numbers.
    bound : float
        No package has a larger value, within the solver's tolerance.
    """

    state: State
    package: tuple[int, ...] | None
    steps: Vector
    bound: float


@dataclass(frozen=True, slots=True)
class _Clause:
    leaves: Mapping[int, int]  # axis to options, as a bit mask
    columns: frozenset[int]


def scale_of(problem: Problem, party: int) -> Scale:
    """Return the coarsest scale on which all points of a party are whole."""
    rows = problem.points[party]
    extras = [extra for extra in problem.extras if extra.party == party and extra.when is not False]
    base = sum(min(row) for row in rows)
    width = sum(max(row) - min(row) for row in rows)
    step = gcd(*(value - min(row) for row in rows for value in row))
    for extra in extras:
        if extra.when is True:
            base += extra.points
        else:
            base += min(extra.points, 0)
            width += abs(extra.points)
            step = gcd(step, extra.points)
    step = step or 1
    return Scale(base, step, width // step)


class Program:
    """The zone of a problem as rows and columns; more rows may be added, and copies be made.

    Parameters
    ----------
    problem : Problem
        With whole points.

    Raises
    ------
    TooFine
        When a party's points have more than 2**31 steps, or votes lie as far apart.

    Notes
    -----
    What parties gain only ever helps: all rows ask for points to be at least something, so that a column for a
    combination is bound in one direction only.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.scales = tuple(scale_of(problem, party) for party in range(len(problem.parties)))
        for name, scale in zip(problem.parties, self.scales, strict=True):
            if scale.width > MOST_WIDTH:
                raise TooFine(f"the points of {name} have {scale.width:,} steps, more than {MOST_WIDTH:,}")
        self.impossible = False
        self._low: list[float] = []
        self._high: list[float] = []
        self._integer: list[int] = []
        self._at: list[int] = []
        self._values: list[float] = []
        self._starts: list[int] = [0]
        self._row_low: list[float] = []
        self._row_high: list[float] = []
        self._excluded: list[Vector] = []
        self._options = [[self.column(0, 1, integer=True) for _ in range(count)] for count in problem.shape]
        for columns in self._options:
            self.row(dict.fromkeys(columns, 1.0), 1, 1)
        self.shrink = tuple(max(1.0, scale.width / FINE) for scale in self.scales)
        self._least = [0] * len(self.scales)
        self._points = [self.column(0, scale.width / self.shrink[party]) for party, scale in enumerate(self.scales)]
        for party in range(len(self.scales)):
            self._add_points(party)
        for predicate in problem.required:
            self.enforce(predicate)
        self._add_agreement()

    def copy(self) -> Program:
        """Return a program to which rows can be added without touching this one."""
        other = object.__new__(Program)
        for name, value in self.__dict__.items():
            other.__dict__[name] = list(value) if isinstance(value, list) and name != "_options" else value
        return other

    def column(self, low: float, high: float, *, integer: bool = False) -> int:
        """Add a column between two bounds and return its number."""
        self._low.append(low)
        self._high.append(high)
        self._integer.append(int(integer))
        return len(self._low) - 1

    def row(self, entries: Mapping[int, float], low: float = -inf, high: float = inf) -> None:
        """Add a row: the sum of entries times columns is between two bounds."""
        self._at += entries.keys()
        self._values += entries.values()
        self._starts.append(len(self._at))
        self._row_low.append(low)
        self._row_high.append(high)

    def close(self, column: int) -> None:
        """Keep a column at 0."""
        self._high[column] = 0

    def points_column(self, party: int) -> int:
        """Return the column of a party's points; it holds steps divided by ``shrink``."""
        return self._points[party]

    def least(self, party: int) -> int:
        """Return the fewest steps that a party has to have, as asked so far."""
        return self._least[party]

    def require(self, party: int, steps: int) -> None:
        """Ask for at least so many steps for a party."""
        if steps > self._least[party]:
            self._least[party] = steps
            self._low[self._points[party]] = self._shrunk(party, steps)
            self.impossible |= steps > self.scales[party].width

    def require_if(self, party: int, steps: int, column: int) -> None:
        """Ask for at least so many steps for a party where a column is 1."""
        if steps > self.scales[party].width:
            self.close(column)
        elif steps > self._least[party]:
            low = self._low[self._points[party]]
            self.row({self._points[party]: 1.0, column: low - self._shrunk(party, steps)}, low=low)

    def exclude(self, steps: Vector, *, unless: int | None = None) -> None:
        """Leave out whatever gives no seat more than a vector of steps, unless a column is 1 (Sylva and Crema 2004)."""
        seats = range(self.problem.seats)
        if any(steps[seat] < self._least[seat] for seat in seats):
            return  # nothing asked for gives so little
        more = {} if unless is None else {unless: 1.0}
        for seat in seats:
            if steps[seat] < self.scales[seat].width:
                column = self.column(0, 1, integer=True)
                self.require_if(seat, steps[seat] + 1, column)
                more[column] = 1.0
        self.impossible |= not more
        self.row(more, low=1)
        if unless is None:
            self._excluded.append(steps)

    def _shrunk(self, party: int, steps: int) -> float:
        # Where steps are scaled down half a step is left for rounding; no whole number lies within.
        return float(steps) if self.shrink[party] == 1 else (steps - 0.5) / self.shrink[party]

    def _add_points(self, party: int) -> None:
        scale, shrink = self.scales[party], self.shrink[party]
        entries = {self._points[party]: -1.0}
        for columns, row in zip(self._options, self.problem.points[party], strict=True):
            for column, value in zip(columns, row, strict=True):
                if value > min(row):
                    entries[column] = (value - min(row)) // scale.step / shrink
        high = 0.0
        for extra in self.problem.extras:
            if extra.party == party and not isinstance(extra.when, bool) and extra.points:
                entries[self._extra(extra)] = extra.points // scale.step / shrink
                high += min(extra.points, 0) // scale.step / shrink
        self.row(entries, high, high)

    def _extra(self, extra: Extra) -> int:
        column = self.column(0, 1)
        if extra.points > 0:
            self.enforce(extra.when, on=column)
        else:
            self.enforce(opposite(extra.when, self.problem.shape), off=column)
        return column

    def _add_agreement(self) -> None:
        """Add who must accept: everybody who is asked, or the votes needed."""
        problem = self.problem
        votes: list[int] = []
        for party in range(len(problem.parties)):
            asked, by_vote = problem.asked[party], problem.ballot is not None and party < problem.seats
            if problem.ballot is not None and by_vote:
                asked = party in problem.ballot.vetoes
            if asked is False and not by_vote:
                continue
            line = opposite(problem.refused[party], problem.shape)
            minimum = problem.minimums[party]
            column = self.column(int(asked is True), 1, integer=True)  # 1: the party accepts
            self.enforce(opposite(asked, problem.shape), off=column)
            self.enforce(line, on=None if asked is True else column)
            if minimum is None:
                self.close(column)
                self.impossible |= asked is True
            elif asked is True:
                self.require(party, self.scales[party].steps(minimum))
            else:
                self.require_if(party, self.scales[party].steps(minimum), column)
            if problem.ballot is not None and by_vote:
                votes.append(column)
        if problem.ballot is not None:
            shared = gcd(*problem.ballot.votes) or 1
            if max(problem.ballot.votes) // shared > MOST_WIDTH:
                raise TooFine("the votes of the parties lie too far apart")
            row = {column: float(problem.ballot.votes[seat] // shared) for seat, column in enumerate(votes)}
            self.row(row, low=float(-(-problem.ballot.need // shared)))

    def enforce(self, predicate: Predicate, *, on: int | None = None, off: int | None = None) -> None:
        """Ask for a condition: always, only where column ``on`` is 1, or unless column ``off`` is 1."""
        for clause in self._clauses(predicate):
            entries = {self._options[axis][option]: 1.0 for axis, mask in clause.leaves.items() for option in _members(mask)}
            entries.update(dict.fromkeys(clause.columns, 1.0))
            if on is not None:
                self.row({**entries, on: -1.0}, low=0)
            elif off is not None:
                self.row({**entries, off: 1.0}, low=1)
            elif not entries:
                self.impossible = True
            elif len(clause.leaves) == 1 and not clause.columns:
                axis, mask = next(iter(clause.leaves.items()))
                for option, column in enumerate(self._options[axis]):
                    if not mask >> option & 1:
                        self._high[column] = 0
            else:
                self.row(entries, low=1)

    def _clauses(self, predicate: Predicate) -> list[_Clause]:
        """Return clauses that together mean a condition; large nested parts are given columns of their own."""
        if isinstance(predicate, bool):
            return [] if predicate else [_Clause({}, frozenset())]
        if isinstance(predicate, Within):
            return [_Clause({predicate.axis: predicate.options}, frozenset())]
        if isinstance(predicate, All):
            return [clause for part in predicate.of for clause in self._clauses(part)]
        found = [_Clause({}, frozenset())]
        for part in predicate.of:
            clauses = self._clauses(part)
            if len(found) * len(clauses) > MOST_CLAUSES:
                # With whole options a share of this column is only had where the part holds.
                column = self.column(0, 1)
                self.enforce(part, on=column)
                clauses = [_Clause({}, frozenset((column,)))]
            found = [joined for one in found for other in clauses if (joined := self._either(one, other)) is not None]
        return found

    def _either(self, one: _Clause, other: _Clause) -> _Clause | None:
        leaves = dict(one.leaves)
        for axis, mask in other.leaves.items():
            leaves[axis] = leaves.get(axis, 0) | mask
            if leaves[axis] == (1 << self.problem.shape[axis]) - 1:
                return None
        return _Clause(leaves, one.columns | other.columns)

    def maximise(self, objective: Mapping[int, float], seconds: float) -> Answer:
        """Return a package of the zone that makes the sum of entries times columns largest.

        Parameters
        ----------
        objective : mapping of int to float
            Entries by column; empty asks only whether there is a package.
        seconds : float
            Time for each run of the solver.
        """
        if self.impossible:
            return Answer("none", None, (), -inf)
        working, left = self, MOST_BARRED
        while True:
            state, values, bound = working._run(objective, seconds)
            if values is None:
                return Answer(state, None, (), bound)
            package = tuple(int(np.argmax(values[columns[0] : columns[-1] + 1])) for columns in self._options)
            steps = self.steps(package)
            if self.problem.adopts(package) and self._meets(steps):
                return Answer(state, package, steps, bound)
            if not left:
                return Answer("open", None, (), bound)
            left -= 1
            working = working.copy() if working is self else working
            working.bar(package)

    def bar(self, package: Sequence[int]) -> None:
        """Leave out one package."""
        chosen = {columns[option]: 1.0 for columns, option in zip(self._options, package, strict=True)}
        self.row(chosen, high=len(chosen) - 1)

    def steps(self, package: Sequence[int]) -> Vector:
        """Return the points of every party in a package, in steps of its scale."""
        scores = self.problem.scores(package)
        return tuple((value - scale.base) // scale.step for value, scale in zip(scores, self.scales, strict=True))

    def _meets(self, steps: Vector) -> bool:
        seats = range(self.problem.seats)
        enough = all(value >= least for value, least in zip(steps, self._least, strict=True))
        return enough and all(any(steps[seat] > old[seat] for seat in seats) for old in self._excluded)

    def _run(self, objective: Mapping[int, float], seconds: float) -> tuple[State, np.ndarray | None, float]:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        costs = np.zeros(len(self._low))
        for column, value in objective.items():
            costs[column] = -value
        matrix = csr_array((self._values, self._at, self._starts), shape=(len(self._row_low), len(self._low)))
        constraints = LinearConstraint(matrix, np.array(self._row_low), np.array(self._row_high))
        bounds = Bounds(np.array(self._low), np.array(self._high))
        for presolve in (True, False):
            options = {"time_limit": seconds, "mip_rel_gap": 0.0, "presolve": presolve}
            with _without_stray_lines():
                found = milp(costs, integrality=np.array(self._integer), bounds=bounds, constraints=constraints, options=options)
            if found.status != 4:  # now and then the solver fails on what it has simplified
                break
        if found.status == 2:
            return "none", None, -inf
        bound = inf if found.mip_dual_bound is None or not isfinite(found.mip_dual_bound) else -float(found.mip_dual_bound)
        return ("optimal" if found.status == 0 else "open"), found.x, bound


@contextmanager
def _without_stray_lines() -> Iterator[None]:
    """Keep standard output clean: HiGHS 1.12 leaves a line there now and then, however silent it is told to be.

    The line comes from below Python, so that the file itself is turned away; what another thread prints meanwhile is
    lost with it.
    """
    import ctypes

    try:
        kept = os.dup(1)
    except OSError:  # nobody listens
        yield
        return
    library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    library.fflush(None)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    try:
        yield
    finally:
        library.fflush(None)
        os.dup2(kept, 1)
        os.close(kept)


def _members(mask: int) -> list[int]:
    return [option for option in range(mask.bit_length()) if mask >> option & 1]


def always_accepting(problem: Problem, party: int) -> Problem:
    """Return the problem in which one party, by place, accepts everything."""
    scale = scale_of(problem, party)
    minimums, refused = list(problem.minimums), list(problem.refused)
    minimums[party], refused[party] = scale.base, False
    return replace(problem, minimums=tuple(minimums), refused=tuple(refused))
