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


def violation_words(items: Mapping[str, Flags]) -> NDArray[np.int64]:
    """Return what each package violates: bits in the order of the items, 62 to a word.

    Parameters
    ----------
    items : mapping of str to ndarray of shape (packages,)
        For each item, True where a package violates it.

    Returns
    -------
    ndarray of int64, shape (words, packages)
    """
    masks = list(items.values())
    words = []
    for start in range(0, len(masks), WORD):
        word = np.zeros(len(masks[0]), dtype=np.int64)
        for bit, mask in enumerate(masks[start : start + WORD]):
            word |= mask.astype(np.int64) << bit
        words.append(word)
    return np.stack(words) if words else np.zeros((0, 0), dtype=np.int64)


def violation_sets(items: Mapping[str, Flags]) -> tuple[int, ...]:
    """Return the distinct sets of items that packages violate, as bit masks in the order of the items.

    Parameters
    ----------
    items : mapping of str to ndarray of shape (packages,)
        For each item, True where a package violates it.
    """
    return distinct_sets(violation_words(items))


def distinct_sets(words: NDArray[np.int64]) -> tuple[int, ...]:
    """Return the distinct columns of :func:`violation_words` as bit masks, ascending."""
    if len(words) == 1:
        return tuple(int(value) for value in np.unique(words[0]))
    distinct = np.unique(words.T, axis=0)
    return tuple(sorted(sum(int(part) << (WORD * number) for number, part in enumerate(row)) for row in distinct.tolist()))


def minimal_masks(masks: Sequence[int]) -> tuple[int, ...]:
    """Return the masks that contain no other, smallest first."""
    ordered = sorted(set(masks), key=lambda mask: (mask.bit_count(), mask))
    found: list[int] = []
    if ordered and max(ordered) < 2**WORD:
        # Each mask that is left is minimal when its turn comes, and takes all that contain it away.
        left = np.array(ordered, dtype=np.int64)
        while len(left):
            found.append(int(left[0]))
            left = left[(left & left[0]) != left[0]]
        return tuple(found)
    for mask in ordered:
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

    They are the minimal transversals of the minimal removals, searched depth first, one size after
    another: an item joins only while every item chosen before still meets a removal that no other meets.

    Parameters
    ----------
    items : mapping of str to ndarray of bool
        As for :func:`violation_sets`.
    limit : int
        Most sets returned.  Where there are more, or the search takes more than 200 steps for each, every
        set returned is a minimal conflict set, all smaller ones are there, and the second value is False.

    References
    ----------
    Berge (1989), Hypergraphs; Liffiton and Sakallah (2008) for the duality of the two; Murakami and Uno
    (2014), Efficient algorithms for dualizing large-scale hypergraphs, for the search.
    """
    names = list(items)
    found, complete = minimal_transversals(minimal_masks(violation_sets(items)), limit)
    return tuple(_named(mask, names) for mask in found), complete


def minimal_transversals(sets: Sequence[int], limit: int = 10_000) -> tuple[tuple[int, ...], bool]:
    """Return the minimal masks that meet every given mask, smallest first, and whether they are all.

    Nothing meets an empty mask, and no mask at all is met by everything: both give no transversal.
    """
    if not sets or 0 in sets:
        return (), True
    search = _Search(sets, limit)
    everything = 0
    for one in sets:
        everything |= one
    size = 1
    while search.wanted(size):
        search.cut = False
        search.extend((), {}, everything, (1 << len(sets)) - 1, size)
        if not search.cut:
            break
        size += 1
    return tuple(sorted(search.found, key=lambda mask: (mask.bit_count(), mask))[:limit]), not search.stopped


class _Search:
    """The depth-first search for minimal transversals of one size."""

    def __init__(self, sets: Sequence[int], limit: int) -> None:
        self.sets = sorted(sets, key=lambda mask: (mask.bit_count(), mask))
        bits = max(one.bit_length() for one in sets)
        self.meets = [sum(1 << number for number, one in enumerate(self.sets) if one >> bit & 1) for bit in range(bits)]
        self.limit, self.steps = limit, 200 * limit
        self.found: list[int] = []
        self.cut = self.stopped = False

    def wanted(self, size: int) -> bool:
        return not self.stopped and size <= len(self.meets)

    def extend(self, chosen: tuple[int, ...], alone: dict[int, int], open_to: int, unmet: int, room: int) -> None:
        """Add items until nothing is unmet; ``alone`` holds the sets that only one chosen item meets."""
        if not unmet:
            # Smaller ones were found at their own size.
            if room == 0:
                if len(self.found) == self.limit:
                    self.stopped = True
                else:
                    self.found.append(sum(1 << bit for bit in chosen))
            return
        if room == 0:
            self.cut = True
            return
        self.steps -= 1
        if self.stopped or self.steps < 0:
            self.stopped = True
            return
        first = self.sets[(unmet & -unmet).bit_length() - 1]
        here = [bit for bit in range(first.bit_length()) if first & open_to & (1 << bit)]
        for bit in here:
            open_to &= ~(1 << bit)
        for bit in here:
            left = {one: sets & ~self.meets[bit] for one, sets in alone.items()}
            if all(left.values()):
                left[bit] = unmet & self.meets[bit]
                self.extend((*chosen, bit), left, open_to, unmet & ~self.meets[bit], room - 1)
                open_to |= 1 << bit


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
