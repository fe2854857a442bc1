"""The weights of a party, or the scores of an issue, drawn together so that they keep a sum and orders.

Plain ranges are drawn together.  All other members are given: numbers, and whatever was drawn for
triangles, alternatives and assumptions.  They are never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zopa.case import Chain, Condition, Judgement, Ordering, Range, fits_grain, ordering
from zopa.space.drawing import Drawer, Integers
from zopa.space.mixing import worst_r_hat
from zopa.space.polytope import Flags, Floats, Group, feasible_points
from zopa.space.rounding import round_group
from zopa.space.sampling import draw_group

LARGEST = 10**300  # beyond this doubles run out


def draw_together(
    drawer: Drawer,
    names: Sequence[str],
    judgements: Sequence[Judgement],
    columns: Sequence[Integers],
    orders: Sequence[Chain | Condition],
    total: Fraction | None,
    what: str,
) -> tuple[list[Integers], Flags]:
    """Return the members of a group in units of 1/scale, and the draws that come from a Markov chain.

    Parameters
    ----------
    drawer : Drawer
        Draws the members; it is told the new values of plain ranges.
    names, judgements : sequences
        The members.
    columns : sequence of ndarray of shape (draws,)
        What each member was drawn to by itself.
    orders : sequence of Chain or Condition
        Orders among the names.
    total : Fraction or None
        What the members add up to.
    what : str
        What they are, for messages.

    Raises
    ------
    ValueError
        When in some draw nothing is left for the plain ranges; the check of the case sees to that, but for
        groups with very many corners or with products of drawn numbers.
    """
    case = drawer.case
    order = ordering(names, orders)
    grain = int(case.grain * drawer.scale)
    fits = all(fits_grain(judgement.amount, case.grain, case.assumptions) for judgement in judgements)
    fits = fits and (total is None or (total / case.grain).denominator == 1)
    fine = np.full(drawer.draws, not fits)
    for judgement, column in zip(judgements, columns, strict=True):
        if not isinstance(judgement.amount, Range):
            fine |= np.asarray(column % grain != 0, dtype=np.bool_)
    made = [column.copy() for column in columns]
    approximate = np.zeros(drawer.draws, dtype=np.bool_)
    for unit, rows in ((grain, np.flatnonzero(~fine)), (1, np.flatnonzero(fine))):
        if len(rows):
            whole = None if total is None else int(total * drawer.scale) // unit
            group = _group(drawer, judgements, [column[rows] for column in columns], order, unit, whole)
            keys = [_key(judgements, members) for members in order.classes]
            try:
                values, approximate[rows] = drawn_or_middle(drawer, group, keys, rows, what)
            except ValueError as error:
                raise ValueError(f"{what}: {error}") from error
            found = round_group(group, values) * unit
            for place, members in enumerate(order.classes):
                for member in members:
                    if isinstance(judgements[member].amount, Range):
                        made[member][rows] = found[:, place]
    for judgement, column in zip(judgements, made, strict=True):
        if isinstance(judgement.amount, Range):
            drawer.values[judgement.path] = column
    return made, approximate


def drawn_or_middle(
    drawer: Drawer, group: Group, keys: Sequence[str], rows: NDArray[np.intp], what: str = "numbers in an order"
) -> tuple[Floats, Flags]:
    """Return a group drawn for some rows, or in the base scenario its middle; and which rows are approximate.

    Where a Markov chain was used it is checked for the first of these rows, and the drawer is told under
    ``what`` how well it mixes.
    """
    if drawer.base:
        return feasible_points(group), np.zeros(len(rows), dtype=np.bool_)
    uniform = group_uniform(drawer, keys)
    drawn = draw_group(group, lambda number, attempt: uniform(number, attempt)[rows])
    if drawn.approximate.any():
        # One row has to do: where bounds differ by draw, a check of each would cost far more than the draws.
        first = group.part(np.flatnonzero(drawn.approximate)[:1])
        drawer.mixing[what] = max(worst_r_hat(first), drawer.mixing.get(what, 0.0))
    return drawn.values, drawn.approximate


def _key(judgements: Sequence[Judgement], members: Sequence[int]) -> str:
    """Return the stream of a class of tied members: that of its first plain range."""
    plain = [member for member in members if isinstance(judgements[member].amount, Range)]
    return judgements[(plain or list(members))[0]].path


def _group(
    drawer: Drawer,
    judgements: Sequence[Judgement],
    columns: Sequence[Integers],
    order: Ordering,
    unit: int,
    total: int | None,
) -> Group:
    draws = len(columns[0])
    lows, highs = [], []
    for members in order.classes:
        low, high = [], []
        for member in members:
            amount = judgements[member].amount
            if isinstance(amount, Range):
                first, last = amount.low * drawer.scale / unit, amount.high * drawer.scale / unit
                low.append(drawer.integers([-(-first // 1)] * draws))
                high.append(drawer.integers([last // 1] * draws))
            else:
                low.append(columns[member] // unit)
                high.append(low[-1])
        lows.append(np.maximum.reduce(low))
        highs.append(np.minimum.reduce(high))
    both = np.stack(lows, axis=1), np.stack(highs, axis=1)
    if drawer.wide and max(int(np.abs(end).max()) for end in both) > LARGEST:
        raise ValueError("the numbers are too large to be drawn together")
    gap = int(drawer.case.grain * drawer.scale) // unit
    sizes = tuple(len(members) for members in order.classes)
    return Group(*both, sizes, total, gaps(order, gap), order.in_top)


def gaps(order: Ordering, gap: int) -> tuple[tuple[int, int, int], ...]:
    """Return the pairs of an order with the distance each must keep; a strict one keeps ``gap``."""
    return tuple((above, below, gap if strict else 0) for above, below, strict in order.pairs)


def group_uniform(drawer: Drawer, keys: Sequence[str]) -> Callable[[int, int], Floats]:
    """Return the uniforms of a group of judgements: by number and attempt, each attempt with its own stream."""

    def uniform(number: int, attempt: int) -> Floats:
        return drawer.uniform(keys[number])[:, 1] if attempt == 0 else drawer.attempt(keys[number], attempt)

    return uniform
