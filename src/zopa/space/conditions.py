"""Conditions over packages: which packages surely, and which possibly, meet them.

Truth has three values (Kleene 1952): a condition that mentions an assumption whose value is not known
may be met surely, possibly or not at all.  Arrays stay broadcastable: they vary only along the issues a
condition mentions, so that a rule on two issues costs the product of their options, whatever the size
of the space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.case import And, Compare, Condition, Flag, If, Iff, InTop, Issue, Not, Or, option_of, parse_number
from zopa.space.packages import PackageSpace, along_axis

_ORDER = {"<": lt, "<=": le, ">": gt, ">=": ge}
Value = str | Fraction


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a condition is surely met, and where it may be met; ``surely`` implies ``possibly``.

    The arrays are flags, or, when packed, bytes that hold eight draws each (see :func:`packed`).
    """

    surely: NDArray[Any]
    possibly: NDArray[Any]

    @property
    def decided(self) -> bool:
        """True when both arrays are one, so that half of the work can be saved."""
        return self.surely is self.possibly

    def __invert__(self) -> Truth:
        if self.decided:
            return certain(~self.surely)
        return Truth(~self.possibly, ~self.surely)

    def __and__(self, other: Truth) -> Truth:
        if self.decided and other.decided:
            return certain(self.surely & other.surely)
        return Truth(self.surely & other.surely, self.possibly & other.possibly)

    def __or__(self, other: Truth) -> Truth:
        if self.decided and other.decided:
            return certain(self.surely | other.surely)
        return Truth(self.surely | other.surely, self.possibly | other.possibly)


def packed(found: Truth) -> Truth:
    """Return a truth over (draws, packages) with eight draws in a byte.

    A row that stands for all draws becomes bytes of all or no bits.  The last byte may hold bits of
    draws that do not exist; whoever counts cuts them off.
    """
    surely = _packed(found.surely)
    return certain(surely) if found.decided else Truth(surely, _packed(found.possibly))


def _packed(flags: NDArray[np.bool_]) -> NDArray[np.uint8]:
    if len(flags) == 1:
        return np.where(flags, np.uint8(255), np.uint8(0))
    # Eight passes over whole rows: np.packbits along this axis steps through memory and takes far longer.
    bits = flags.view(np.uint8)
    found = np.zeros((-(-len(bits) // 8), bits.shape[1]), dtype=np.uint8)
    for place in range(8):
        part = bits[place::8]
        found[: len(part)] |= part << np.uint8(7 - place)
    return found


def certain(where: NDArray[Any]) -> Truth:
    """Return a truth without doubt."""
    return Truth(where, where)


def constant(value: bool | None, dimensions: int) -> Truth:
    """Return a truth that is the same for every package; None is not known."""
    shape = (1,) * dimensions
    if value is not None:
        return certain(np.full(shape, value))
    return Truth(np.zeros(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_))


def truth(condition: Condition, space: PackageSpace, values: Mapping[str, Value]) -> Truth:
    """Return where a condition is met.

    Parameters
    ----------
    condition : Condition
        Over package issues and assumptions.
    space : PackageSpace
        The packages.
    values : mapping of str to str or Fraction
        Words and numbers of assumptions; one that is missing is not known.

    Returns
    -------
    Truth
        Two arrays with one axis per issue, broadcastable to the shape of the space.
    """
    if isinstance(condition, Not):
        return ~truth(condition.of, space, values)
    if isinstance(condition, And | Or):
        parts = [truth(item, space, values) for item in condition.items]
        whole = parts[0]
        for part in parts[1:]:
            whole = whole & part if isinstance(condition, And) else whole | part
        return whole
    if isinstance(condition, If):
        return truth(condition.then, space, values) | ~truth(condition.when, space, values)
    if isinstance(condition, Iff):
        left, right = truth(condition.left, space, values), truth(condition.right, space, values)
        return (left & right) | (~left & ~right)
    return _leaf(condition, space, values)


def _leaf(leaf: Compare | Flag | InTop, space: PackageSpace, values: Mapping[str, Value]) -> Truth:
    dimensions = len(space.shape)
    issue = next((issue for issue in space.issues if issue.id == leaf.name), None)
    if issue is not None:
        axis = space.axis(leaf.name)
        met = along_axis(options_meeting(leaf, issue), axis, dimensions)
        return certain(met)
    return constant(assumption_meets(leaf, values), dimensions)


def options_meeting(leaf: Compare | Flag | InTop, issue: Issue) -> NDArray[np.bool_]:
    """Return which options of an issue meet an elementary condition on it."""
    ids = issue.option_ids()
    if isinstance(leaf, Flag):
        return np.array([option == "yes" for option in ids])
    if isinstance(leaf, InTop):
        raise ValueError("`in top` belongs to orders of weights")
    wanted = [option_of(issue, value) for value in leaf.values]
    if leaf.op in {"=", "!="}:
        met = np.array([option in wanted for option in ids])
        return met if leaf.op == "=" else ~met
    places = {option.id: option.at if option.at is not None else Fraction(0) for option in issue.options}
    compared = places[wanted[0] or ""]
    operator = _ORDER[leaf.op]
    return np.array([bool(operator(places[option], compared)) for option in ids])


def assumption_meets(leaf: Compare | Flag | InTop, values: Mapping[str, Value]) -> bool | None:
    """Return whether an assumption meets an elementary condition; None when its value is not known."""
    value = values.get(leaf.name)
    if value is None:
        return None
    if isinstance(leaf, Flag):
        return value == "yes"
    if isinstance(leaf, InTop):
        return None
    if leaf.op in {"=", "!="}:
        same = any(value == wanted if isinstance(value, str) else value == parse_number(wanted) for wanted in leaf.values)
        return same if leaf.op == "=" else not same
    if isinstance(value, str):
        return None
    return bool(_ORDER[leaf.op](value, parse_number(leaf.values[0])))
