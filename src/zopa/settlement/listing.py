"""The first packages of a zone, or of any part of the space, in the order of their index, without listing all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from zopa.settlement.problem import Problem
from zopa.space import Predicate, given

MOST_STEPS: Final = 50_000  # partial packages looked at


@dataclass(frozen=True, slots=True)
class Listing:
    """Packages as option numbers, by index.

    ``complete`` is False where there are, or may be, more than were looked for.
    """

    packages: tuple[tuple[int, ...], ...]
    complete: bool


def index_of(package: Sequence[int], shape: Sequence[int]) -> int:
    """Return the index of a package in mixed radix, the first issue most significant; exact at any size."""
    found = 0
    for option, count in zip(package, shape, strict=True):
        found = found * count + option
    return found


def package_of(index: int, shape: Sequence[int]) -> tuple[int, ...]:
    """Return the option numbers of the package with an index."""
    found = []
    for count in reversed(shape):
        index, option = divmod(index, count)
        found.append(option)
    return tuple(reversed(found))


def first_packages(required: Sequence[Predicate], shape: Sequence[int], limit: int) -> Listing:
    """Return the first packages that meet some conditions.

    Parameters
    ----------
    required : sequence of Predicate
        What each of them meets.
    shape : sequence of int
        Number of options of each issue.
    limit : int
        Most packages returned.
    """
    return _taken(_walk(list(required), shape, [], _Budget(MOST_STEPS), (), ()), limit)


def first_adopted(problem: Problem, limit: int) -> Listing:
    """Return the first packages of a zone.

    A branch ends where a condition can no longer be met, or a party that must always agree can no longer reach
    its no-deal value.  Where such ends do not show early the search stops after 50,000 partial packages.
    """
    always = range(problem.seats) if problem.ballot is None else problem.ballot.vetoes
    rows, needs = [], []
    for party in always:
        minimum = problem.minimums[party]
        if minimum is None:
            return Listing((), complete=True)
        rows.append(problem.points[party])
        needs.append(minimum - sum(max(0, extra.points) for extra in problem.extras if extra.party == party))
    found = _walk(list(problem.required), problem.shape, rows, _Budget(MOST_STEPS), tuple(needs), ())
    return _taken((one if one is None or problem.adopts(one) else () for one in found), limit)


@dataclass(slots=True)
class _Budget:
    left: int


def _taken(found: Iterator[tuple[int, ...] | None], limit: int) -> Listing:
    """Return the first that are found; an empty tuple is passed over, None says that the search was cut off."""
    kept: list[tuple[int, ...]] = []
    for one in found:
        if one is None or (one and len(kept) == limit):
            return Listing(tuple(kept), complete=False)
        if one:
            kept.append(one)
    return Listing(tuple(kept), complete=True)


def _walk(
    required: list[Predicate],
    shape: Sequence[int],
    rows: Sequence[tuple[tuple[int, ...], ...]],
    budget: _Budget,
    needs: tuple[int, ...],
    package: tuple[int, ...],
) -> Iterator[tuple[int, ...] | None]:
    if any(one is False for one in required):
        return
    axis = len(package)
    if axis == len(shape):
        yield package
        return
    rests = [sum(max(row[later]) for later in range(axis + 1, len(shape))) for row in rows]
    for option in range(shape[axis]):
        budget.left -= 1
        if budget.left < 0:
            yield None
            return
        left = tuple(need - row[axis][option] for need, row in zip(needs, rows, strict=True))
        if any(need > rest for need, rest in zip(left, rests, strict=True)):
            continue
        after: list[Predicate] = [met for one in required if (met := given(one, axis, option)) is not True]
        yield from _walk(after, shape, rows, budget, left, (*package, option))
        if budget.left < 0:
            return
