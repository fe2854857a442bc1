"""Problems drawn at random, and their answers by listing every package in plain Python."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import strategies as st

from zopa.settlement.problem import Ballot, Extra, Problem
from zopa.space import Predicate, all_of, some_of, within

Package = tuple[int, ...]


@st.composite
def predicates(draw: st.DrawFn, shape: tuple[int, ...], depth: int = 2) -> Predicate:
    """Conditions over the issues of a shape."""
    if depth == 0 or draw(st.integers(0, 2)) == 0:
        axis = draw(st.integers(0, len(shape) - 1))
        return within(axis, draw(st.integers(1, (1 << shape[axis]) - 1)), shape[axis])
    parts = [draw(predicates(shape, depth - 1)) for _ in range(draw(st.integers(2, 3)))]
    return all_of(parts) if draw(st.booleans()) else some_of(parts)


@st.composite
def problems(draw: st.DrawFn, *, wide: bool = False) -> Problem:
    """Problems of 1 to 4 issues and 1 to 4 parties with ties, rules, red lines, consent, votes and bonuses.

    With ``wide`` the points are far beyond 64 bits.
    """
    shape = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)))
    count = draw(st.integers(1, 4))
    seats = draw(st.integers(1, count))
    unit = 10**30 if wide else 1
    values = st.integers(-2, 4).map(lambda one: one * unit + (one if wide else 0))
    points = tuple(tuple(tuple(draw(values) for _ in range(options)) for options in shape) for _ in range(count))
    minimums = tuple(draw(st.one_of(st.integers(-3, 8).map(lambda one: one * unit), st.just(-100 * unit))) for _ in range(count))
    required = tuple(draw(st.lists(predicates(shape), max_size=3)))
    refused = tuple(draw(st.one_of(st.just(False), predicates(shape, 1))) for _ in range(count))
    ballot = None
    asked: list[Predicate] = [True] * seats
    if draw(st.booleans()):
        votes = tuple(draw(st.integers(0, 3)) for _ in range(seats))
        vetoes = tuple(draw(st.lists(st.integers(0, seats - 1), max_size=1)))
        ballot = Ballot(draw(st.integers(0, sum(votes) + 1)), votes, vetoes)
    asked += [draw(predicates(shape, 1)) for _ in range(count - seats)]
    extras = tuple(
        Extra(draw(st.integers(0, count - 1)), draw(predicates(shape, 1)), draw(values))
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2])))
    )
    names = tuple("abcd"[:count])
    return Problem(shape, names, seats, points, (1,) * count, extras, minimums, required, tuple(asked), refused, ballot)


def zone(problem: Problem) -> list[Package]:
    """Return every adopted package, by listing all."""
    return [one for one in product(*(range(count) for count in problem.shape)) if problem.adopts(one)]


def frontier(problem: Problem) -> dict[tuple[int, ...], list[Package]]:
    """Return the efficient vectors of the seats with the packages that attain them, by comparing all."""
    vectors: dict[tuple[int, ...], list[Package]] = {}
    for package in zone(problem):
        vectors.setdefault(problem.scores(package)[: problem.seats], []).append(package)

    def beaten(vector: tuple[int, ...]) -> bool:
        return any(other != vector and all(more >= less for more, less in zip(other, vector, strict=True)) for other in vectors)

    return {vector: vectors[vector] for vector in sorted(vectors, reverse=True) if not beaten(vector)}


def as_mapping(found: Any) -> dict[tuple[int, ...], list[Package]]:
    """Return a composed frontier as the same mapping."""
    rows = [tuple(int(value) for value in row) for row in found.vectors]
    assert [len(found.packages(number, 10_000)) for number in range(len(rows))] == list(found.counts)
    return {row: found.packages(number, 10_000) for number, row in enumerate(rows)}
