"""Which conditions are still open after each issue: the skeleton on which packages are composed.

Issues are taken one after another.  After each, a partial package is known by what is left of every
condition it has begun to meet (its state); partial packages in the same state may be completed in the same
ways.  A condition that is met or that no longer matters leaves the state, one that can no longer be met ends the
branch.  For clauses this is the usual "set of open clauses"; it serves any condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.problem import Problem
from zopa.space import Predicate, all_of, axes_of, given, opposite, some_of

MOST_STATES: Final = 50_000
MOST_REMAINDERS: Final = 5_000  # of one condition
MET, BROKEN = 1, 0
Numbers = NDArray[np.intp]


class TooWide(Exception):
    """The conditions couple too many issues to be composed in the memory there is."""


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """Options of one issue that are alike: the points they add, and from which state to which they lead.

    Attributes
    ----------
    options : tuple of int
        Options of equal points that lead to the same states.
    vector : tuple of int
        Numerators added for each party.
    sources, targets : ndarray of int
        Pairs of states before and after; a source occurs once.
    """

    options: tuple[int, ...]
    vector: tuple[int, ...]
    sources: Numbers
    targets: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One issue: its moves, and the number of states before and after it."""

    axis: int
    before: int
    after: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StateGraph:
    """All steps, and what the last states say.

    Attributes
    ----------
    steps : tuple of Step
        In the order in which issues are taken.
    asked, refused : ndarray of bool, shape (last states, parties)
        Whether each party is asked, and whether a red line of it is crossed that is not excluded anyway.
    """

    steps: tuple[Step, ...]
    asked: NDArray[np.bool_]
    refused: NDArray[np.bool_]

    @property
    def widest(self) -> int:
        """The largest number of states after any issue."""
        return max((step.after for step in self.steps), default=1)


@dataclass(slots=True)
class _Column:
    """One condition as an automaton: remainders are numbered, 0 is broken and 1 is met."""

    predicate: Predicate
    kind: str
    number: int
    axes: frozenset[int]
    start: int = 0
    table: dict[int, NDArray[np.int16]] | None = None


def conditions_of(problem: Problem) -> tuple[list[Predicate], list[Predicate], list[Predicate]]:
    """Return what every package must meet, and for each party where it is asked and where a red line is crossed.

    What only the yes of a single party hangs on is turned into a requirement where the party must always
    agree, so that fewer conditions have to be remembered to the end.
    """
    required = list(problem.required)
    asked, refused = list(problem.asked), list(problem.refused)
    vetoes = set(range(problem.seats)) if problem.ballot is None else set(problem.ballot.vetoes)
    for party in range(len(problem.parties)):
        line = opposite(refused[party], problem.shape)
        if party in vetoes:
            required.append(line)
            refused[party] = False
        elif party >= problem.seats:
            required.append(some_of([opposite(asked[party], problem.shape), line]))
            refused[party] = False
    if all_of(required) is False:
        return [False], asked, refused
    return [one for one in required if one is not True], asked, refused


def order_of(predicates: Iterable[Predicate], issues: int) -> tuple[int, ...]:
    """Return an order of the issues in which few conditions are open at a time.

    Greedy: the next issue is the one that leaves the fewest conditions begun and unfinished, then the one that
    finishes most.  Issues that no condition mentions come last, in falling order; without any condition that
    couples issues the whole order is falling, so that packages unfold in the order of their index.
    """
    coupling = [axes for axes in map(axes_of, predicates) if len(axes) > 1]
    left = {axis for axes in coupling for axis in axes}
    order: list[int] = []
    placed: set[int] = set()

    def cost(axis: int) -> tuple[int, int, int]:
        now = placed | {axis}
        opened = sum(1 for axes in coupling if axes & now and not axes <= now)
        finished = sum(1 for axes in coupling if axis in axes and axes <= now)
        return (opened, -finished, -axis)

    while left:
        chosen = min(left, key=cost)
        order.append(chosen)
        placed.add(chosen)
        left.remove(chosen)
    return (*order, *(axis for axis in reversed(range(issues)) if axis not in placed))


def state_graph(problem: Problem, *, order: Sequence[int] | None = None, most_states: int = MOST_STATES) -> StateGraph | None:
    """Return the skeleton of a problem, or None when no package can be adopted whatever the points.

    Parameters
    ----------
    problem : Problem
        The problem.
    order : sequence of int, optional
        The order in which issues are taken; by default :func:`order_of`.
    most_states : int
        Largest number of states after any issue.

    Raises
    ------
    TooWide
        When there are more states, or one condition has more than 5,000 remainders.
    """
    problem = _without_constant_extras(problem)
    required, asked, refused = conditions_of(problem)
    if any(one is False for one in required):
        return None
    columns = [_Column(one, "required", number, axes_of(one)) for number, one in enumerate(required)]
    columns += [_Column(one, "asked", party, axes_of(one)) for party, one in enumerate(asked)]
    columns += [_Column(one, "refused", party, axes_of(one)) for party, one in enumerate(refused)]
    columns += [_Column(extra.when, "extra", number, axes_of(extra.when)) for number, extra in enumerate(problem.extras)]
    taken = order if order is not None else order_of([column.predicate for column in columns], len(problem.shape))
    for column in columns:
        _fill(column, taken, problem.shape)
    states = np.array([[column.start for column in columns]], dtype=np.int16).reshape(1, len(columns))
    steps: list[Step] = []
    for axis in taken:
        step, states = _step(problem, columns, states, axis)
        if not len(states):
            return None
        if len(states) > most_states:
            raise TooWide(f"more than {most_states:,} states")
        steps.append(step)
    bits = {
        kind: np.stack([states[:, at] == MET for at, one in enumerate(columns) if one.kind == kind], axis=1)
        for kind in ("asked", "refused")
    }
    return StateGraph(tuple(steps), bits["asked"], bits["refused"])


def _without_constant_extras(problem: Problem) -> Problem:
    """Return the same problem with points that every package gets put on the first issue."""
    if not any(isinstance(extra.when, bool) for extra in problem.extras):
        return problem
    always = [
        sum(extra.points for extra in problem.extras if extra.when is True and extra.party == party)
        for party in range(len(problem.parties))
    ]
    points = tuple(
        (tuple(value + more for value in rows[0]), *rows[1:]) for rows, more in zip(problem.points, always, strict=True)
    )
    return replace(problem, points=points, extras=tuple(extra for extra in problem.extras if not isinstance(extra.when, bool)))


def _fill(column: _Column, order: Sequence[int], shape: Sequence[int]) -> None:
    """Give a number to whatever can be left of a condition, and note where each option leads."""
    numbers: dict[Predicate, int] = {False: BROKEN, True: MET}
    if isinstance(column.predicate, bool):
        column.start, column.table = int(column.predicate), {}
        return
    numbers[column.predicate] = 2
    column.start = 2
    level: set[Predicate] = {column.predicate}
    found: dict[int, list[tuple[int, list[int]]]] = {}
    for axis in (axis for axis in order if axis in column.axes):
        following: set[Predicate] = set()
        rows = []
        for predicate in sorted(level, key=lambda one: numbers[one]):
            row = []
            for option in range(shape[axis]):
                after = given(predicate, axis, option)
                if after not in numbers:
                    numbers[after] = len(numbers)
                    if len(numbers) > MOST_REMAINDERS:
                        raise TooWide(f"a condition over {len(column.axes)} issues has too many remainders")
                if not isinstance(after, bool):
                    following.add(after)
                row.append(numbers[after])
            rows.append((numbers[predicate], row))
        found[axis] = rows
        level = following
    column.table = {}
    for axis, rows in found.items():
        table = np.zeros((len(numbers), shape[axis]), dtype=np.int16)
        table[BROKEN], table[MET] = BROKEN, MET
        for number, row in rows:
            table[number] = row
        column.table[axis] = table


def _step(problem: Problem, columns: list[_Column], states: NDArray[np.int16], axis: int) -> tuple[Step, NDArray[np.int16]]:
    count = problem.shape[axis]
    if not any(axis in (column.table or {}) for column in columns):
        same = np.arange(len(states), dtype=np.intp)
        return Step(axis, len(states), len(states), _free_moves(problem, axis, same)), states
    after = np.repeat(states[None, :, :], count, axis=0)
    alive = np.ones((count, len(states)), dtype=np.bool_)
    extras: list[tuple[int, NDArray[np.bool_]]] = []
    for at, column in enumerate(columns):
        table = (column.table or {}).get(axis)
        if table is None:
            continue
        reached = table[states[:, at]].T
        if column.kind == "required":
            alive &= reached != BROKEN
        elif column.kind == "extra":
            extras.append((column.number, (reached == MET) & (states[:, at] != MET)[None, :]))
            reached = np.where(reached == BROKEN, MET, reached)  # decided either way: nothing more hangs on it
        after[:, :, at] = reached
    kept = after[alive]
    distinct, number = np.unique(kept, axis=0, return_inverse=True) if len(kept) else (kept, np.zeros(0, dtype=np.intp))
    targets = np.full((count, len(states)), -1, dtype=np.intp)
    targets[alive] = number.reshape(-1)
    return Step(axis, len(states), len(distinct), _moves(problem, axis, targets, extras)), distinct


def _free_moves(problem: Problem, axis: int, same: Numbers) -> tuple[Move, ...]:
    """Gather the options of an issue that no condition mentions."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for option in range(problem.shape[axis]):
        groups.setdefault(tuple(rows[axis][option] for rows in problem.points), []).append(option)
    return tuple(Move(tuple(options), vector, same, same) for vector, options in groups.items())


def _moves(problem: Problem, axis: int, targets: Numbers, extras: list[tuple[int, NDArray[np.bool_]]]) -> tuple[Move, ...]:
    """Gather options that add the same points and lead the same ways."""
    groups: dict[tuple[Any, ...], tuple[list[int], Numbers, Numbers]] = {}
    for option in range(problem.shape[axis]):
        base = [rows[axis][option] for rows in problem.points]
        pattern = np.zeros(targets.shape[1], dtype=np.int64)
        for place, (_, gained) in enumerate(extras):
            pattern |= gained[option].astype(np.int64) << place
        for one in np.unique(pattern[targets[option] >= 0]).tolist():
            sources = np.flatnonzero((targets[option] >= 0) & (pattern == one))
            vector = list(base)
            for place, (number, _) in enumerate(extras):
                if one >> place & 1:
                    vector[problem.extras[number].party] += problem.extras[number].points
            reached = targets[option][sources]
            key = (tuple(vector), sources.tobytes(), reached.tobytes())
            if key in groups:
                groups[key][0].append(option)
            else:
                groups[key] = ([option], sources, reached)
    return tuple(Move(tuple(options), key[0], sources, reached) for key, (options, sources, reached) in groups.items())


def without_dominated(step: Step, seats: int) -> Step:
    """Return a step without moves that another beats everywhere: equal ways on, no fewer points, more for some seat.

    No completion of such a move is efficient, so that frontier and counts stay what they are.
    """
    groups: dict[tuple[bytes, bytes], list[Move]] = {}
    for move in step.moves:
        groups.setdefault((move.sources.tobytes(), move.targets.tobytes()), []).append(move)
    kept = [
        move
        for alike in groups.values()
        for move in alike
        if not any(
            other.vector[:seats] != move.vector[:seats]
            and all(more >= less for more, less in zip(other.vector, move.vector, strict=True))
            for other in alike
        )
    ]
    return Step(step.axis, step.before, step.after, tuple(kept))
