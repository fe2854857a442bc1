"""Orders among the members of a group: which are equal, which stand above which.

A group is the weights of a party or the scores of an issue.  Tied members are merged into one class;
what is left has no circles, so that the least and the greatest values that keep all orders can be found
in one pass each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zopa.case.notation import Chain, Condition, InTop


@dataclass(frozen=True, slots=True)
class Ordering:
    """Orders among members that are known by number, tied ones merged.

    Attributes
    ----------
    classes : tuple of tuple of int
        The members of each class, by number; classes in the order of their first members.
    pairs : tuple of (int, int, bool)
        Pairs of classes (a, b, strict): a is above b, or not below it.  Those with a low b stand first, so
        that one pass carries lower bounds upwards, and one pass backwards carries upper bounds down.
    in_top : tuple of (int, int)
        Pairs (a, n): fewer than n members of other classes are above class a.
    """

    classes: tuple[tuple[int, ...], ...]
    pairs: tuple[tuple[int, int, bool], ...]
    in_top: tuple[tuple[int, int], ...]

    def above(self, one: int) -> frozenset[int]:
        """Return the classes that the orders put above a class, or level with it."""
        found: set[int] = set()
        todo = [one]
        while todo:
            low = todo.pop()
            more = [above for above, below, _ in self.pairs if below == low and above not in found]
            found.update(more)
            todo.extend(more)
        return frozenset(found)


def ordering(names: Sequence[str], orders: Iterable[Chain | Condition]) -> Ordering:
    """Return the orders among named members.

    Parameters
    ----------
    names : sequence of str
        The members; classes refer to them by number.
    orders : iterable of Chain or Condition
        Chains from best to worst, and ``NAME in top N``.

    Raises
    ------
    ValueError
        When the orders contradict each other; the message says how.
    """
    number = {name: place for place, name in enumerate(names)}
    edges: dict[tuple[int, int], bool] = {}
    leader = list(range(len(names)))
    tops: list[tuple[int, int]] = []

    def put(high: int, low: int, strict: bool) -> None:
        edges[high, low] = edges.get((high, low), False) or strict

    for order in orders:
        if isinstance(order, InTop):
            one = number[order.name]
            if order.count == 1:
                for other in range(len(names)):
                    if other != one:
                        put(one, other, False)
            elif order.count < len(names):
                tops.append((one, order.count))
        elif isinstance(order, Chain):
            for first, second, relation in zip(order.items, order.items[1:], order.relations, strict=False):
                if relation == "=":
                    _join(leader, number[first], number[second])
                else:
                    put(number[first], number[second], relation in {">", ">>"})
    while True:
        merged: dict[tuple[int, int], bool] = {}
        for (high, low), strict in edges.items():
            pair = _find(leader, high), _find(leader, low)
            merged[pair] = merged.get(pair, False) or strict
        for (high, low), strict in merged.items():
            if high == low and strict:
                raise ValueError(f"{names[high]} would have to be above itself")
        merged = {pair: strict for pair, strict in merged.items() if pair[0] != pair[1]}
        ranks, circle = _ranks(merged)
        if not circle:
            break
        # Members that are no less than each other in a circle are equal.
        for one in circle[1:]:
            _join(leader, circle[0], one)
    return _numbered(names, leader, merged, ranks, tops)


def _numbered(
    names: Sequence[str],
    leader: list[int],
    merged: dict[tuple[int, int], bool],
    ranks: dict[int, int],
    tops: list[tuple[int, int]],
) -> Ordering:
    classes: dict[int, list[int]] = {}
    for one in range(len(names)):
        classes.setdefault(_find(leader, one), []).append(one)
    place = {head: position for position, head in enumerate(classes)}
    kept = [(high, low, strict) for (high, low), strict in merged.items() if not _follows(merged, high, low, strict)]
    kept.sort(key=lambda pair: (ranks[pair[1]], ranks[pair[0]]))
    found = Ordering(
        tuple(tuple(members) for members in classes.values()),
        tuple((place[high], place[low], strict) for high, low, strict in kept),
        tuple((place[_find(leader, one)], count) for one, count in tops),
    )
    for one, count in found.in_top:
        above = [member for other in sorted(found.above(one)) for member in found.classes[other]]
        if len(above) >= count:
            which = ", ".join(names[member] for member in above)
            raise ValueError(
                f"{names[found.classes[one][0]]} would have to be in the top {count}, but {which} must not be below it"
            )
    return found


def _find(leader: list[int], one: int) -> int:
    while leader[one] != one:
        leader[one] = leader[leader[one]]
        one = leader[one]
    return one


def _join(leader: list[int], first: int, second: int) -> None:
    ends = sorted((_find(leader, first), _find(leader, second)))
    leader[ends[1]] = ends[0]


def _ranks(edges: dict[tuple[int, int], bool]) -> tuple[dict[int, int], list[int]]:
    """Return the items from the lowest to the highest (by rank), or the items of a circle."""
    lower: dict[int, set[int]] = {}
    higher: dict[int, set[int]] = {}
    for high, low in edges:
        lower.setdefault(high, set()).add(low)
        lower.setdefault(low, set())
        higher.setdefault(low, set()).add(high)
    left = {one: len(below) for one, below in lower.items()}
    ready = sorted(one for one, count in left.items() if not count)
    ranks: dict[int, int] = {}
    for one in ready:
        ranks[one] = len(ranks)
        for high in sorted(higher.get(one, ())):
            left[high] -= 1
            if not left[high]:
                ready.append(high)
    if len(ranks) == len(lower):
        return ranks, []
    # Whoever is left has somebody left below it, so walking down must come round.
    walk = [next(one for one in lower if one not in ranks)]
    while walk.count(walk[-1]) == 1:
        walk.append(next(one for one in sorted(lower[walk[-1]]) if one not in ranks))
    return {}, walk[walk.index(walk[-1]) : -1]


def _follows(edges: dict[tuple[int, int], bool], high: int, low: int, strict: bool) -> bool:
    """Return whether a pair follows from a path of others (one with a strict step when the pair is strict)."""
    todo = [(other, step) for (above, other), step in edges.items() if above == high and other != low]
    seen: set[tuple[int, bool]] = set()
    while todo:
        one, strictly = todo.pop()
        if (one, strictly) in seen:
            continue
        seen.add((one, strictly))
        if one == low:
            if strictly or not strict:
                return True
            continue
        todo += [(other, strictly or step) for (above, other), step in edges.items() if above == one]
    return False
