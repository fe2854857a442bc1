"""Whether a walk forgets where it started: walks from opposite ends of the set are compared.

A draw of ``zopa.space.walk`` is the place where a walk ends, so it is good when that place does not hang on
the start.  Several walks leave from each of many ends of the set, and take as many steps as a draw does; the
R-hat of Gelman and Rubin (1992) then compares how the places differ between starts with how they differ among
walks from one start.  Walks from one start stand where the classical form has the successive places of one chain
(many short chains: Margossian et al. 2024), for the draws too are the ends of walks of their own; and places are
ranked first (Vehtari et al. 2021).  It is about 1 where the start is forgotten.  The check moves no draw.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.space.polytope import Floats, Group, Room, chosen, feasible_points, room_of
from zopa.space.walk import steps_for, walk

MIXED: Final = 1.05  # an R-hat above it says that the start is not forgotten
DIRECTIONS: Final = 32  # at least; walks start at both ends of each
WALKS: Final = 16  # from each start
INSIDE: Final = 1e-3  # of the way from an end to the middle of all: walks start there, where rounding puts none outside


def worst_r_hat(group: Group, steps: int | None = None) -> float:
    """Return how well the walk through one group mixes: the largest R-hat over its numbers.

    Walks leave from both ends of the set along every number and some other directions: 16 from each of 64 or
    more starts.  The value is kept, so that a group is checked once however many draws are made.

    Parameters
    ----------
    group : Group
        Bounds, sum and orders of one draw.
    steps : int, optional
        Steps of each walk; as many as a draw takes where none are given.

    Returns
    -------
    float
        About 1 where the start is forgotten; infinity where no walk moves; above ``MIXED`` the draws hang on
        where the walk starts.  Where numbers must be in the top, the ends are those of one choice of the
        numbers above them.

    Raises
    ------
    ValueError
        When nothing keeps bounds, sum and orders.
    """
    made = steps if steps is not None else steps_for(len(group.sizes))
    low, high = tuple(group.low[0].tolist()), tuple(group.high[0].tolist())
    return _worst(low, high, group.sizes, group.total, group.pairs, group.in_top, made)


@lru_cache(maxsize=4096)
def _worst(
    low: tuple[int, ...],
    high: tuple[int, ...],
    sizes: tuple[int, ...],
    total: int | None,
    pairs: tuple[tuple[int, int, int], ...],
    in_top: tuple[tuple[int, int], ...],
    steps: int,
) -> float:
    one = Group(np.array([low], dtype=object), np.array([high], dtype=object), sizes, total, pairs, in_top)
    starts = _ends(one)
    count = len(starts)
    room = room_of(one.part(np.zeros(count * WALKS, dtype=np.intp)))
    places = walk(room, starts.repeat(WALKS, axis=0), [[number] for number in range(count * WALKS)], steps)
    spread = np.ptp(starts, axis=0)
    moving = spread > 1e-9 * spread.max()
    return max((r_hat(places[:, number].reshape(count, WALKS)) for number in np.flatnonzero(moving)), default=1.0)


def _ends(group: Group) -> Floats:
    """Return points at opposite ends of the set of one group, shape (2 x directions, numbers)."""
    middle = feasible_points(group)[0]
    if group.in_top:
        _, group = next(chosen(group))
    room = room_of(group)
    free = np.flatnonzero(room.high[0] > room.low[0])
    count = len(group.sizes)
    others = np.random.default_rng(0).standard_normal((max(DIRECTIONS - len(free), 0), count))
    directions = np.concatenate([np.eye(count)[free], others])
    found = np.array([_end(room, sign * direction, middle) for direction in directions for sign in (1.0, -1.0)])
    return np.asarray(found + INSIDE * (found.mean(axis=0) - found))


def _end(room: Room, direction: Floats, middle: Floats) -> Floats:
    """Return the point of a room that lies farthest in a direction; without ``in_top``, which is no matter of lines.

    Places are reckoned as shares of the largest room of a number, from the middle on, so that numbers of any
    size can be solved.
    """
    from scipy.optimize import linprog

    scale = max(float((room.high[0] - room.low[0]).max()), 1.0)
    bounds = np.stack([room.low[0] - middle, room.high[0] - middle], axis=1) / scale
    rows = np.zeros((len(room.pairs), len(middle)))
    slack = np.zeros(len(room.pairs))
    for row, (above, below, gap) in enumerate(room.pairs):
        rows[row, [above, below]] = -1.0, 1.0
        slack[row] = (middle[above] - middle[below] - gap) / scale
    total = {} if room.total is None else {"A_eq": room.sizes[None, :], "b_eq": [0.0]}
    solved = linprog(-direction, A_ub=rows, b_ub=np.maximum(slack, 0.0), bounds=bounds, **total)
    return np.asarray(middle + scale * solved.x, dtype=np.float64)


def r_hat(chains: Floats) -> float:
    """Return the rank-normalised R-hat of chains of one number.

    The larger of two: of the ranks, and of the ranks of the distances from the median, which tell chains apart
    that differ in spread alone (Vehtari et al. 2021, section 4).

    Parameters
    ----------
    chains : ndarray of shape (chains, places)
        Places of each chain.

    Returns
    -------
    float
        Infinity where chains differ and none of them moves.
    """
    return max(_plain(_normal(chains)), _plain(_normal(np.abs(chains - np.median(chains)))))


def _normal(values: Floats) -> NDArray[np.float64]:
    """Return the normal scores of ranks (Vehtari et al. 2021, equation 14)."""
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(values, axis=None).reshape(values.shape)
    return np.asarray(ndtri((ranks - 0.375) / (values.size + 0.25)), dtype=np.float64)


def _plain(chains: Floats) -> float:
    """Return the square root of all variance over that within chains (equations 1 to 4)."""
    places = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    between = float(chains.mean(axis=1).var(ddof=1))
    if within == 0.0:
        return 1.0 if between == 0.0 else float("inf")
    return float(np.sqrt((places - 1) / places + between / within))
