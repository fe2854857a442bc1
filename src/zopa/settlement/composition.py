"""The frontier of a zone without listing packages: composed issue by issue, exact, with the count of every tie.

Partial packages that another one beats cannot become efficient whatever follows, so that only the best points
have to be kept for each state of the open conditions.  How many packages there are does not matter: what
matters is how many different points they can have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.frontier import nondominated
from zopa.settlement.layers import MOST_BYTES, SAFE, DenseLayer, Ranges, dense_cost, dense_layers, ranges_of
from zopa.settlement.lists import MOST_ROWS, ListLayer, list_layers
from zopa.settlement.paths import Paths, trace_back
from zopa.settlement.problem import Problem, in_steps
from zopa.settlement.states import StateGraph, state_graph, without_dominated

Flags = NDArray[np.bool_]
MOST_VISITED: Final = 2_000_000_000  # cells of tables; beyond, lists are tried


@dataclass(frozen=True, slots=True, eq=False)
class ComposedFrontier:
    """Efficient vectors of a zone, each with the number of packages that attain it.

    Attributes
    ----------
    vectors : ndarray of shape (vectors, seats)
        Numerators of the points, in falling lexicographic order.
    counts : tuple of int
        Packages that attain each vector.
    paths : Paths or None
        These packages, folded together; None when there are none.
    states : int
        The largest number of states of open conditions on the way.
    method : str
        ``tables`` or ``lists``.
    """

    vectors: NDArray[Any]
    counts: tuple[int, ...]
    paths: Paths | None
    states: int
    method: str

    def packages(self, vector: int, limit: int) -> list[tuple[int, ...]]:
        """Return up to ``limit`` packages of one vector, as option numbers by issue."""
        return [] if self.paths is None else self.paths.packages(vector, limit)


def compose_frontier(problem: Problem, *, form: str | None = None, most_rows: int = MOST_ROWS) -> ComposedFrontier:
    """Return the frontier of a problem.

    Parameters
    ----------
    problem : Problem
        With points and no-deal values of every seat.
    form : str, optional
        ``tables`` or ``lists``; by default tables where they fit, lists where points are fine.
    most_rows : int
        Longest list of partial packages after one issue.

    Raises
    ------
    TooWide
        When neither tables nor lists fit into the memory there is.

    References
    ----------
    The principle is that of dynamic programming over non-dominated partial solutions (Nemhauser and Ullmann
    1969), with the open clauses of the constraints as states.
    """
    coarse, bases, steps = in_steps(problem)
    found = _composed(coarse, form, most_rows)
    columns = [found.vectors[:, seat] for seat in range(problem.seats)]
    largest = [
        abs(base) + step * max(1, int(column.max(initial=0))) for base, step, column in zip(bases, steps, columns, strict=False)
    ]
    kind: Any = object if found.vectors.dtype == object or max(largest, default=0) >= SAFE else np.int64
    vectors = np.empty(found.vectors.shape, dtype=kind)
    for seat, column in enumerate(columns):
        vectors[:, seat] = column.astype(kind) * steps[seat] + bases[seat]
    return replace(found, vectors=vectors)


def _composed(problem: Problem, form: str | None, most_rows: int) -> ComposedFrontier:
    """Return the same with vectors in the steps of the problem."""
    graph = state_graph(problem)
    if graph is None or (problem.ballot is None and any(minimum is None for minimum in problem.minimums[: problem.seats])):
        return _nothing(problem)
    pruned = StateGraph(tuple(without_dominated(step, problem.seats) for step in graph.steps), graph.asked, graph.refused)
    ranges = ranges_of(pruned, _needs(problem), len(problem.parties))
    left_out = max(range(problem.seats), key=lambda seat: (ranges.widths[seat], -seat))
    if any(low > high for low, high in zip(*ranges.bounds()[-1], strict=True)):
        return _nothing(problem)
    if form is None:
        form = "lists" if ranges.wide or not _fits(pruned, ranges, left_out) else "tables"
    if form == "tables":
        layers = dense_layers(pruned, ranges, left_out)
        return _nothing(problem) if layers is None else _from_tables(problem, pruned, ranges, left_out, layers)
    lists = list_layers(pruned, ranges, left_out, problem.seats, most_rows)
    return _nothing(problem) if lists is None else _from_lists(problem, pruned, ranges, left_out, lists)


def _fits(graph: StateGraph, ranges: Ranges, left_out: int) -> bool:
    held, visited = dense_cost(graph, ranges, left_out)
    return held <= MOST_BYTES and visited <= MOST_VISITED


def _nothing(problem: Problem) -> ComposedFrontier:
    return ComposedFrontier(np.zeros((0, problem.seats), dtype=np.int64), (), None, 0, "tables")


def _needs(problem: Problem) -> list[int | None]:
    """Return what each party must reach in whatever is adopted; None where that hangs on the package or the votes."""
    always = set(range(problem.seats)) if problem.ballot is None else set(problem.ballot.vetoes)
    return [minimum if party in always else None for party, minimum in enumerate(problem.minimums)]


def _adopted(problem: Problem, graph: StateGraph, ranges: Ranges, left_out: int, layer: DenseLayer) -> Flags:
    """Return which cells of the last table are adopted packages."""
    best = layer.best
    held = np.asarray(best >= 0)
    others = [party for party in range(len(problem.parties)) if party != left_out]

    def reached(party: int) -> Flags:
        minimum = problem.minimums[party]
        if minimum is None:
            return np.zeros((1,) * best.ndim, dtype=np.bool_)
        bound = minimum - ranges.least[party]
        if party == left_out:
            return np.asarray(best >= bound)
        axis = others.index(party)
        values = np.arange(best.shape[axis + 1]) + layer.low[axis]
        return np.asarray(values >= bound).reshape([-1 if place == axis + 1 else 1 for place in range(best.ndim)])

    def by_state(bits: NDArray[np.bool_]) -> Flags:
        return bits.reshape((-1,) + (1,) * (best.ndim - 1))

    if problem.ballot is None:
        for seat in range(problem.seats):
            held = held & reached(seat)
    else:
        voted: Any = 0
        for seat, votes in enumerate(problem.ballot.votes):
            accepts = reached(seat) & ~by_state(graph.refused[:, seat])
            voted = voted + votes * accepts
            if seat in problem.ballot.vetoes:
                held = held & accepts
        held = held & (voted >= problem.ballot.need)
    for party in range(problem.seats, len(problem.parties)):
        held = held & (~by_state(graph.asked[:, party]) | reached(party))
    return held


def _from_tables(
    problem: Problem, graph: StateGraph, ranges: Ranges, left_out: int, layers: list[DenseLayer]
) -> ComposedFrontier:
    """Return the efficient cells of the last table, and the packages behind them."""
    last = layers[-1]
    adopted = _adopted(problem, graph, ranges, left_out, last)
    best = np.where(adopted, last.best, -1)
    others = [party for party in range(len(problem.parties)) if party != left_out]
    beyond = tuple(axis + 1 for axis, party in enumerate(others) if party >= problem.seats)
    whole = best.max(axis=(0, *beyond), keepdims=True) if best.size else best[:1]
    seats_axes = [axis + 1 for axis, party in enumerate(others) if party < problem.seats]
    above = whole
    for axis in seats_axes:
        above = np.flip(np.maximum.accumulate(np.flip(above, axis), axis=axis), axis)
    efficient = whole >= 0
    for axis in seats_axes:
        rest = np.full_like(above, -1)
        cut = [slice(None)] * above.ndim
        end = [slice(None)] * above.ndim
        cut[axis], end[axis] = slice(None, -1), slice(1, None)
        rest[tuple(cut)] = above[tuple(end)]
        efficient = efficient & (whole > rest)
    nodes = np.flatnonzero((best == whole) & efficient)
    if not len(nodes):
        return _nothing(problem)
    _, points, own = last.split(nodes)
    columns = np.empty((len(nodes), problem.seats), dtype=np.int64)
    for seat in range(problem.seats):
        columns[:, seat] = (own if seat == left_out else points[:, others.index(seat)]) + ranges.least[seat]
    distinct, number = np.unique(columns, axis=0, return_inverse=True)
    vector_of_node = len(distinct) - 1 - number.reshape(-1)
    paths = trace_back(graph.steps, ranges.shifts, layers, others, left_out, nodes, vector_of_node, len(distinct))
    return ComposedFrontier(distinct[::-1].copy(), paths.counts, paths, graph.widest, "tables")


def _from_lists(problem: Problem, graph: StateGraph, ranges: Ranges, left_out: int, layers: list[ListLayer]) -> ComposedFrontier:
    """Return the efficient rows of the last list, and the packages behind them."""
    last = layers[-1]
    parties = [party for party in range(len(problem.parties)) if party != left_out] + [left_out]
    least = np.array([ranges.least[party] for party in parties], dtype=last.rows.dtype)
    points = last.rows + least
    reached = {
        party: np.zeros(len(points), dtype=np.bool_)
        if minimum is None
        else np.asarray(points[:, column] >= minimum, dtype=np.bool_)
        for column, party in enumerate(parties)
        for minimum in (problem.minimums[party],)
    }
    good = np.ones(len(points), dtype=np.bool_)
    if problem.ballot is None:
        for seat in range(problem.seats):
            good &= reached[seat]
    else:
        accepts = [reached[seat] & ~graph.refused[last.states, seat] for seat in range(problem.seats)]
        voted = sum((votes * yes for votes, yes in zip(problem.ballot.votes, accepts, strict=True)), np.zeros(len(points), int))
        good &= voted >= problem.ballot.need
        for seat in problem.ballot.vetoes:
            good &= accepts[seat]
    for party in range(problem.seats, len(problem.parties)):
        good &= ~graph.asked[last.states, party] | reached[party]
    nodes = np.flatnonzero(good)
    columns = points[nodes][:, [parties.index(seat) for seat in range(problem.seats)]]
    nodes, columns = nodes[(kept := nondominated(columns))], columns[kept]
    if not len(nodes):
        return _nothing(problem)
    rows = [tuple(row) for row in columns.tolist()]
    distinct = sorted(set(rows), reverse=True)
    number_of = {row: number for number, row in enumerate(distinct)}
    vector_of_node = np.array([number_of[row] for row in rows], dtype=np.intp)
    paths = trace_back(graph.steps, ranges.shifts, layers, parties[:-1], left_out, nodes, vector_of_node, len(distinct))
    vectors = np.array(distinct, dtype=columns.dtype).reshape(len(distinct), problem.seats)
    return ComposedFrontier(vectors, paths.counts, paths, graph.widest, "lists")
