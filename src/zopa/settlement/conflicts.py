"""Why there is no zone: minimal conflict sets and minimal removals.

An item is a rule, a red line or a no-deal value; each excludes some packages.  A conflict set is a set
of items that together exclude every package; a removal is a set of items whose removal lets at least one
package through.  Minimal means that no part of it would do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
WORD: Final = 62


def violation_sets(items: Mapping[str, Flags]) -> tuple[int, ...]:
    """Return the distinct sets of items that packages violate, as bit masks in the order of the items.

    Parameters
    ----------
    items : mapping of str to ndarray of shape (packages,)
        For each item, True where a package violates it.
    """
    masks = list(items.values())
    if not masks:
        return ()
    words = []
    for start in range(0, len(masks), WORD):
        word = np.zeros(len(masks[0]), dtype=np.int64)
        for bit, mask in enumerate(masks[start : start + WORD]):
            word |= mask.astype(np.int64) << bit
        words.append(word)
    if len(words) == 1:
        return tuple(int(value) for value in np.unique(words[0]))
    distinct = np.unique(np.stack(words, axis=1), axis=0)
    return tuple(sorted(sum(int(part) << (WORD * number) for number, part in enumerate(row)) for row in distinct.tolist()))


def minimal_masks(masks: Sequence[int]) -> tuple[int, ...]:
    """Return the masks that contain no other, smallest first."""
    found: list[int] = []
    for mask in sorted(set(masks), key=lambda mask: (mask.bit_count(), mask)):
        if not any(known & mask == known for known in found):
            found.append(mask)
    return tuple(found)


def minimal_removals(items: Mapping[str, Flags]) -> tuple[tuple[str, ...], ...]:
    """Return the inclusion-minimal sets of items whose removal opens the zone, smallest first.

    A set opens the zone when some package violates nothing else; the minimal ones are the minimal sets
    of violations.  When a package violates nothing the zone is open and the only removal is empty.
    """
    names = list(items)
    return tuple(_named(mask, names) for mask in minimal_masks(violation_sets(items)))


def minimal_conflict_sets(items: Mapping[str, Flags], limit: int = 10_000) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Return the minimal conflict sets, smallest first, and whether they are all.

    They are the minimal transversals of the minimal removals, built one removal at a time (Berge 1989).

    Parameters
    ----------
    items : mapping of str to ndarray of bool
        As for :func:`violation_sets`.
    limit : int
        Most sets kept on the way; beyond it the answer holds true conflict sets but perhaps not all.

    References
    ----------
    Berge (1989), Hypergraphs; Liffiton and Sakallah (2008) for the duality of the two.
    """
    names = list(items)
    removals = minimal_masks(violation_sets(items))
    if not removals or 0 in removals:
        return (), True
    transversals: tuple[int, ...] = (0,)
    complete = True
    for removal in removals:
        grown = []
        for known in transversals:
            if known & removal:
                grown.append(known)
            else:
                grown.extend(known | (1 << bit) for bit in range(len(names)) if removal >> bit & 1)
        transversals = minimal_masks(grown)
        if len(transversals) > limit:
            transversals, complete = transversals[:limit], False
    return tuple(_named(mask, names) for mask in transversals), complete


def one_minimal_conflict(items: Mapping[str, Flags]) -> tuple[str, ...]:
    """Return one minimal conflict set, or nothing when some package violates no item.

    The deletion filter tries to do without each item in turn, the last first, so that earlier items are
    kept where there is a choice.

    References
    ----------
    Chinneck and Dravnieks (1991), Locating minimal infeasible constraint sets in linear programs.
    """
    names = list(items)
    masks = violation_sets(items)
    if not masks or 0 in masks:
        return ()
    kept = (1 << len(names)) - 1
    for bit in reversed(range(len(names))):
        without = kept & ~(1 << bit)
        if all(mask & without for mask in masks):
            kept = without
    return _named(kept, names)


def _named(mask: int, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(names) if mask >> bit & 1)
