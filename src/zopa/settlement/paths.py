"""From vectors back to packages: which partial packages lead to efficient vectors, how many, and which packages.

Layers hold the best points only.  Going back from the vectors that turned out to be efficient, a move was taken
where the cell before it holds exactly what is missing; all such moves together are the packages that attain
the vectors.  Counting them goes forward again along these moves alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.states import Step

EXACT_IN_DOUBLE = 2**53
Numbers = NDArray[np.intp]


class Layer(Protocol):
    """Partial packages after some issues."""

    def find(self, states: Numbers, vectors: NDArray[Any], last: NDArray[Any]) -> tuple[NDArray[np.bool_], Numbers]:
        """Return which partial packages are held with exactly these points, and where."""
        ...

    def split(self, flat: Numbers) -> tuple[Numbers, NDArray[Any], NDArray[Any]]:
        """Return states and points of what is held at some places."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Back:
    """Moves into one layer: from which node before to which node after, and by which move of the step."""

    nodes: Numbers
    previous: Numbers
    moves: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """All packages that attain some vectors, folded together.

    Attributes
    ----------
    steps : tuple of Step
        The steps composed, in order.
    back : tuple of _Back
        For each step its moves that lie on the way to some vector.
    vector_of_node : ndarray
        For each node after the last step the vector it attains.
    counts : tuple of int
        How many packages attain each vector.
    """

    steps: tuple[Step, ...]
    back: tuple[_Back, ...]
    vector_of_node: Numbers
    counts: tuple[int, ...]

    def packages(self, vector: int, limit: int) -> list[tuple[int, ...]]:
        """Return up to ``limit`` packages that attain a vector, as options in the order of the issues.

        They come in the order of their index: where issues were taken in another order, all are listed and
        sorted first, up to 20,000; beyond, the first found are returned.
        """
        axes = [step.axis for step in self.steps]
        falling = axes == sorted(axes, reverse=True)
        most = limit if falling or self.counts[vector] > MOST_SORTED else MOST_SORTED
        start = np.flatnonzero(self.vector_of_node == vector)
        found = [tuple(option for _, option in sorted(one)) for one in islice(self._walk(len(self.steps), start), most)]
        return found[:limit] if falling else sorted(found)[:limit]

    def _walk(self, taken: int, nodes: Numbers) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield the packages that end in some nodes, the last issue taken varying slowest, options rising."""
        if taken == 0:
            yield ()
            return
        back, step = self.back[taken - 1], self.steps[taken - 1]
        into = np.isin(back.nodes, nodes)
        previous, moves = back.previous[into], back.moves[into]
        options = sorted((option, move) for move in np.unique(moves).tolist() for option in step.moves[move].options)
        for option in dict.fromkeys(option for option, _ in options):
            chosen = [move for one, move in options if one == option]
            before = np.unique(previous[np.isin(moves, chosen)])
            for rest in self._walk(taken - 1, before):
                yield (*rest, (step.axis, option))


MOST_SORTED = 20_000


def trace_back(
    steps: Sequence[Step],
    shifts: Sequence[tuple[int, ...]],
    layers: Sequence[Layer],
    parties: Sequence[int],
    left_out: int,
    nodes: Numbers,
    vector_of_node: Numbers,
    vectors: int,
) -> Paths:
    """Return all packages that lead to some nodes of the last layer.

    Parameters
    ----------
    steps : sequence of Step
        The steps of the graph the layers were made from.
    shifts : sequence of tuple of int
        What was taken from the points of each party at each step.
    layers : sequence of Layer
        One more than steps.
    parties : sequence of int
        The parties that span the vectors, in order.
    left_out : int
        The party whose points the layers hold as their best.
    nodes : ndarray of int
        Places in the last layer.
    vector_of_node : ndarray of int
        For each of them the number of its vector.
    vectors : int
        Number of vectors.
    """
    back: list[_Back] = []
    flat = nodes
    for number in reversed(range(len(steps))):
        step, shift = steps[number], shifts[number]
        states, points, last = layers[number + 1].split(flat)
        found_nodes, found_flat, found_moves = [], [], []
        for which, move in enumerate(step.moves):
            own, sources = _into(move.sources, move.targets, states, step.after)
            vector = np.array([move.vector[party] - shift[party] for party in parties], dtype=points.dtype)
            held, at = layers[number].find(sources, points[own] - vector, last[own] - (move.vector[left_out] - shift[left_out]))
            found_nodes.append(own[held])
            found_flat.append(at[held])
            found_moves.append(np.full(int(held.sum()), which, dtype=np.intp))
        flat, previous = np.unique(np.concatenate(found_flat), return_inverse=True)
        back.append(_Back(np.concatenate(found_nodes), previous.reshape(-1), np.concatenate(found_moves)))
    back.reverse()
    counts = _counted(steps, back, vector_of_node, vectors)
    return Paths(tuple(steps), tuple(back), vector_of_node, counts)


def _into(sources: Numbers, targets: Numbers, states: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """Return each node with each state from which a move leads into its state."""
    if len(targets) == count == 1:
        return np.arange(len(states)), np.full(len(states), sources[0], dtype=np.intp)
    order = np.argsort(targets, kind="stable")
    starts = np.searchsorted(targets[order], np.arange(count + 1))
    many = np.diff(starts)[states]
    own = np.repeat(np.arange(len(states)), many)
    within = np.arange(len(own)) - np.repeat(np.cumsum(many) - many, many)
    return own, sources[order][starts[states][own] + within]


def _counted(steps: Sequence[Step], back: Sequence[_Back], vector_of_node: Numbers, vectors: int) -> tuple[int, ...]:
    """Return how many packages attain each vector: in doubles while they are exact, else in Python integers.

    Every node leads to a vector, so that no count on the way is larger than one at the end.
    """
    held: NDArray[Any] = np.ones(1)
    for step, moves in zip(steps, back, strict=True):
        ways = np.array([float(len(move.options)) for move in step.moves])
        count = int(moves.nodes.max(initial=-1)) + 1
        held = np.bincount(moves.nodes, weights=held[moves.previous] * ways[moves.moves], minlength=count)
    total = np.bincount(vector_of_node, weights=held, minlength=vectors)
    if total.max(initial=0) < EXACT_IN_DOUBLE:
        return tuple(int(value) for value in total.tolist())
    whole: NDArray[np.object_] = np.array([1], dtype=object)
    for step, moves in zip(steps, back, strict=True):
        many = np.array([len(move.options) for move in step.moves], dtype=object)
        after = np.zeros(int(moves.nodes.max(initial=-1)) + 1, dtype=object)
        np.add.at(after, moves.nodes, whole[moves.previous] * many[moves.moves])
        whole = after
    exact: NDArray[np.object_] = np.zeros(vectors, dtype=object)
    np.add.at(exact, vector_of_node, whole)
    return tuple(int(value) for value in exact.tolist())
