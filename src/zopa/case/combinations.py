"""All combinations of alternatives, or a fair choice of them when there are too many to go through."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from random import Random
from typing import Final

SEED: Final = 1


def combinations_of(counts: Sequence[int], most: int) -> list[tuple[int, ...]]:
    """Return combinations of alternatives: one number for each count, below it.

    Parameters
    ----------
    counts : sequence of int
        How many alternatives there are at each place.
    most : int
        Largest number of combinations wanted.

    Returns
    -------
    list of tuple of int
        Every combination in lexicographic order when there are at most ``most``.  Otherwise the first one, the
        last one, all that differ from the first in one place, and seeded random ones: the same for the
        same input, so that answers can be repeated.
    """
    if prod(counts) <= most:
        return list(product(*(range(count) for count in counts)))
    first = (0,) * len(counts)
    found = dict.fromkeys([first, tuple(count - 1 for count in counts)])
    for place, count in enumerate(counts):
        found.update(dict.fromkeys((*first[:place], other, *first[place + 1 :]) for other in range(1, count)))
    generator = Random(SEED)
    while len(found) < most:
        found[tuple(generator.randrange(count) for count in counts)] = None
    return list(found)[:most]
