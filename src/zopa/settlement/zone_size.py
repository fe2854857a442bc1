"""How many packages a zone holds, without listing them, and how far the points of allowed packages reach.

Only how much each party still lacks to its no-deal value matters for counting, so that points above it are not
told apart.  Counts are kept modulo several primes and put together at the end (Chinese remainder theorem),
which makes them exact at any size.
"""

from __future__ import annotations

from math import prod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.layers import Ranges, ranges_of
from zopa.settlement.problem import Problem, in_steps
from zopa.settlement.states import Move, StateGraph, state_graph

MOST_VISITED: Final = 150_000_000  # cells, over all moves and primes
MOST_APART: Final = 20_000  # different points of partial packages, where they are counted one by one
# The largest primes below 2**31.
PRIMES: Final = (
    2147483647,
    2147483629,
    2147483587,
    2147483579,
    2147483563,
    2147483549,
    2147483543,
    2147483497,
    2147483489,
    2147483477,
    2147483423,
    2147483399,
    2147483353,
    2147483323,
    2147483269,
    2147483249,
)


def zone_size(problem: Problem, *, most_visited: int = MOST_VISITED, most_apart: int = MOST_APART) -> int | None:
    """Return the number of adopted packages, exactly; None where counting would take too long.

    Parameters
    ----------
    problem : Problem
        The problem; a party without a no-deal value never accepts.
    most_visited : int
        Cells that may be visited in tables, over all moves of all issues.
    most_apart : int
        Different points that partial packages may have where tables are too large, so that they are counted one by one.

    Raises
    ------
    TooWide
        When the conditions couple too many issues.
    """
    problem, _, _ = in_steps(problem)
    graph = state_graph(problem)
    if graph is None:
        return 0
    parties = len(problem.parties)
    always = set(range(problem.seats)) if problem.ballot is None else set(problem.ballot.vetoes)
    if any(problem.minimums[party] is None for party in always):
        return 0
    ranges = ranges_of(graph, [minimum if minimum is not None else None for minimum in problem.minimums], parties)
    # Who never or always reaches its minimum needs no axis.
    axes = [party for party in range(parties) if 0 < ranges.needs[party] <= ranges.widths[party]]
    if any(ranges.needs[party] > ranges.widths[party] for party in always):
        return 0
    windows = _windows(ranges, axes, always)
    primes = PRIMES[: max(1, -(-problem.size.bit_length() // 30))]
    too_long = _visits(graph, windows) * len(primes) > most_visited
    if (ranges.wide and axes) or len(PRIMES) * 30 < problem.size.bit_length() or too_long:
        return _counted_apart(problem, graph, ranges, axes, windows, most_apart)
    table = _counted(graph, ranges, axes, windows, primes)
    adopted = _adopted(problem, graph, ranges, axes, windows[-1][0], table.shape[1:])
    left = (table * adopted).reshape(len(primes), -1)
    return _joined([sum(row.tolist()) % prime for row, prime in zip(left, primes, strict=True)], primes)


def _counted_apart(
    problem: Problem, graph: StateGraph, ranges: Ranges, axes: list[int], windows: list[tuple[list[int], list[int]]], most: int
) -> int | None:
    """Count partial packages by their points one vector at a time, for fine points and few packages; None beyond ``most``.

    Counts are Python integers, points beyond a need count as the need, as in the tables.
    """
    held: dict[tuple[int, tuple[int, ...]], int] = {(0, (0,) * len(axes)): 1}
    for number, step in enumerate(graph.steps):
        lows, highs = windows[number + 1]
        shift = ranges.shifts[number]
        ways: dict[int, list[tuple[int, list[int], int]]] = {}
        for move in step.moves:
            more = [move.vector[party] - shift[party] for party in axes]
            for source, target in zip(move.sources.tolist(), move.targets.tolist(), strict=True):
                ways.setdefault(source, []).append((target, more, len(move.options)))
        after: dict[tuple[int, tuple[int, ...]], int] = {}
        for (state, points), many in held.items():
            for target, more, options in ways.get(state, ()):
                moved = tuple(min(value + add, high) for value, add, high in zip(points, more, highs, strict=True))
                if any(value < low for value, low in zip(moved, lows, strict=True)):
                    continue
                key = (target, moved)
                after[key] = after.get(key, 0) + many * options
            if len(after) > most:
                return None
        held = after
    count = 0
    for (state, points), many in held.items():
        reached = dict(zip(axes, points, strict=True))
        if _is_adopted(problem, graph, ranges, state, reached):
            count += many
    return count


def _is_adopted(problem: Problem, graph: StateGraph, ranges: Ranges, state: int, reached: dict[int, int]) -> bool:
    """Return whether packages in a last state, with these points over the worst, are adopted."""
    accepts = []
    for party, minimum in enumerate(problem.minimums):
        points = reached.get(party, ranges.widths[party])  # without an axis: it always reaches its need, or never does
        enough = minimum is not None and points >= ranges.needs[party]
        accepts.append(enough and not bool(graph.refused[state, party]))
    asked = [party < problem.seats or bool(graph.asked[state, party]) for party in range(len(problem.parties))]
    return problem.carried(accepts, asked)


def _windows(ranges: Ranges, axes: list[int], always: set[int]) -> list[tuple[list[int], list[int]]]:
    """Return for each number of steps the least and most points told apart: what is above the need counts as the need."""
    found = []
    for lows, highs in ranges.bounds():
        found.append(
            (
                [lows[party] if party in always else 0 for party in axes],
                [min(highs[party], ranges.needs[party]) for party in axes],
            )
        )
    return found


def _visits(graph: StateGraph, windows: list[tuple[list[int], list[int]]]) -> int:
    total = 0
    for step, (lows, highs) in zip(graph.steps, windows[1:], strict=True):
        cells = prod(max(0, high - low + 1) for low, high in zip(lows, highs, strict=True))
        total += cells * sum(len(move.sources) for move in step.moves)
    return total


def _counted(
    graph: StateGraph, ranges: Ranges, axes: list[int], windows: list[tuple[list[int], list[int]]], primes: tuple[int, ...]
) -> NDArray[np.int64]:
    """Return the table of counts after the last issue, shape (primes, states, cells…)."""
    modulus = np.array(primes, dtype=np.int64).reshape((-1,) + (1,) * (1 + len(axes)))
    table = np.ones((len(primes), 1) + (1,) * len(axes), dtype=np.int64)
    for number, step in enumerate(graph.steps):
        (lows, _), (new_lows, new_highs) = windows[number], windows[number + 1]
        extents = [max(0, high - low + 1) for low, high in zip(new_lows, new_highs, strict=True)]
        after = np.zeros((len(primes), step.after, *extents), dtype=np.int64)
        for move in step.moves:
            more = [move.vector[party] - ranges.shifts[number][party] for party in axes]
            moved = table[:, move.sources]
            for place, (low, add, new_low, extent) in enumerate(zip(lows, more, new_lows, extents, strict=True)):
                moved = _shifted(moved, place + 2, low + add - new_low, extent)
            _add(after, move, moved * (len(move.options) % modulus) % modulus)
        table = after % modulus
    return table


def _add(after: NDArray[np.int64], move: Move, counts: NDArray[np.int64]) -> None:
    """Add counts to their states; several sources may lead to one target."""
    if len(np.unique(move.targets)) == len(move.targets):
        after[:, move.targets] += counts
    else:
        for table, more in zip(after, counts, strict=True):
            np.add.at(table, move.targets, more)


def _shifted(table: NDArray[np.int64], axis: int, offset: int, extent: int) -> NDArray[np.int64]:
    """Move cells along one axis; what falls below is dropped, what goes beyond is held in the last cell."""
    shape = list(table.shape)
    shape[axis] = extent
    found = np.zeros(shape, dtype=np.int64)
    if extent == 0:
        return found

    def cut(start: int, end: int) -> tuple[Any, ...]:
        return (slice(None),) * axis + (slice(start, end),)

    count = table.shape[axis]
    start = max(0, -offset)  # the first cell that does not fall below
    end = min(count, extent - 1 - offset)  # from here on everything is held in the last cell
    if end > start:
        found[cut(start + offset, end + offset)] = table[cut(start, end)]
    top = max(start, end)
    if top < count:
        found[cut(extent - 1, extent)] += table[cut(top, count)].sum(axis=axis, keepdims=True)
    return found


def _adopted(
    problem: Problem, graph: StateGraph, ranges: Ranges, axes: list[int], lows: list[int], shape: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Return which cells of the last table are adopted, shape (states, cells…)."""

    def by_state(bits: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return bits.reshape((-1,) + (1,) * len(axes))

    def reached(party: int) -> NDArray[np.bool_]:
        if party not in axes:
            enough = problem.minimums[party] is not None and ranges.needs[party] <= ranges.widths[party]
            return np.full((1,) * (1 + len(axes)), enough)
        axis = axes.index(party) + 1
        values = np.arange(shape[axis]) + lows[axis - 1]
        return np.asarray(values >= ranges.needs[party]).reshape([-1 if place == axis else 1 for place in range(len(shape))])

    held = np.ones(shape, dtype=np.bool_)
    if problem.ballot is None:
        for seat in range(problem.seats):
            held &= reached(seat)
    else:
        voted: Any = 0
        for seat, votes in enumerate(problem.ballot.votes):
            accepts = reached(seat) & ~by_state(graph.refused[:, seat])
            voted = voted + votes * accepts
            if seat in problem.ballot.vetoes:
                held &= accepts
        held &= voted >= problem.ballot.need
    for party in range(problem.seats, len(problem.parties)):
        held &= ~by_state(graph.asked[:, party]) | reached(party)
    return held


def _joined(remainders: list[int], primes: tuple[int, ...]) -> int:
    """Return the number below the product of the primes with these remainders."""
    value, modulus = 0, 1
    for remainder, prime in zip(remainders, primes, strict=True):
        value += modulus * ((remainder - value) * pow(modulus, -1, prime) % prime)
        modulus *= prime
    return value


def allowed_size(problem: Problem) -> int:
    """Return the number of packages that meet the required conditions, exactly, whatever anybody says.

    Raises
    ------
    TooWide
        When the conditions couple too many issues.
    """
    graph = state_graph(problem)
    if graph is None:
        return 0
    counts: NDArray[np.object_] = np.array([1], dtype=object)
    for step in graph.steps:
        after: NDArray[np.object_] = np.zeros(step.after, dtype=object)
        for move in step.moves:
            np.add.at(after, move.targets, counts[move.sources] * len(move.options))
        counts = after
    return int(counts.sum())


def extremes(problem: Problem, party: int) -> tuple[int, int] | None:
    """Return the least and the most points (numerators) of a party over the packages that meet the required conditions.

    None when there is no such package.

    Raises
    ------
    TooWide
        When the conditions couple too many issues.
    """
    graph = state_graph(problem)
    if graph is None:
        return None
    least: list[int] = [0]
    most: list[int] = [0]
    for step in graph.steps:
        low: list[int | None] = [None] * step.after
        high: list[int | None] = [None] * step.after
        for move in step.moves:
            more = move.vector[party]
            for source, target in zip(move.sources.tolist(), move.targets.tolist(), strict=True):
                down, up = low[target], high[target]
                low[target] = least[source] + more if down is None else min(down, least[source] + more)
                high[target] = most[source] + more if up is None else max(up, most[source] + more)
        least = [value for value in low if value is not None]
        most = [value for value in high if value is not None]
    return min(least), max(most)
