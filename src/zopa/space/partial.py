"""Conditions over packages as small expressions that can be evaluated one issue at a time.

A condition becomes a :data:`Predicate` in which only issues are left: what it says of assumptions has been
put in, and negations stand at its leaves.  ``given`` puts in the option of one issue and returns what is
left to be met by the others; equal remainders are equal values, so that they can serve as states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray

from zopa.case import And, Compare, Condition, Flag, If, Iff, InTop, Not, Or
from zopa.space.conditions import Value, assumption_meets, options_meeting
from zopa.space.packages import PackageSpace, along_axis


@dataclass(frozen=True, slots=True)
class Within:
    """The option of one issue (by its axis) is one of a set, as a bit mask over the options."""

    axis: int
    options: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; no part is constant or of this kind."""

    of: frozenset[Predicate]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds; no part is constant or of this kind."""

    of: frozenset[Predicate]


Predicate = bool | Within | All | Some


def predicate_of(condition: Condition, space: PackageSpace, values: Mapping[str, Value], *, unknown: bool) -> Predicate:
    """Return a condition as a predicate over the issues of a space.

    Parameters
    ----------
    condition : Condition
        Over package issues and assumptions.
    space : PackageSpace
        The issues.
    values : mapping of str to str or Fraction
        Words and numbers of the assumptions; one that is missing is not known.
    unknown : bool
        What a part that hangs on something not known counts as: False gives where the condition is met
        surely, True where it is met possibly.

    Notes
    -----
    As negations stand at the leaves, putting in one truth value for whatever is not known gives Kleene's
    (1952) sure or possible truth.
    """
    return _leaning(condition, space, values, unknown, positive=True)


def _leaning(
    condition: Condition, space: PackageSpace, values: Mapping[str, Value], unknown: bool, *, positive: bool
) -> Predicate:
    if isinstance(condition, Not):
        return _leaning(condition.of, space, values, unknown, positive=not positive)
    if isinstance(condition, And | Or):
        parts = [_leaning(item, space, values, unknown, positive=positive) for item in condition.items]
        return all_of(parts) if isinstance(condition, And) == positive else some_of(parts)
    if isinstance(condition, If):
        then = _leaning(condition.then, space, values, unknown, positive=positive)
        when = _leaning(condition.when, space, values, unknown, positive=not positive)
        return some_of([then, when]) if positive else all_of([then, when])
    if isinstance(condition, Iff):
        left, right, no_left, no_right = (
            _leaning(side, space, values, unknown, positive=sign)
            for sign in (True, False)
            for side in (condition.left, condition.right)
        )
        if positive:
            return some_of([all_of([left, right]), all_of([no_left, no_right])])
        return some_of([all_of([left, no_right]), all_of([no_left, right])])
    return _leaf(condition, space, values, unknown, positive=positive)


def _leaf(
    leaf: Compare | Flag | InTop, space: PackageSpace, values: Mapping[str, Value], unknown: bool, *, positive: bool
) -> Predicate:
    for axis, issue in enumerate(space.issues):
        if issue.id == leaf.name:
            met = options_meeting(leaf, issue)
            return within(axis, _mask(met if positive else ~met), len(issue.options))
    known = assumption_meets(leaf, values)
    return unknown if known is None else known == positive


def _mask(met: NDArray[np.bool_]) -> int:
    return sum(1 << option for option in np.flatnonzero(met).tolist())


def within(axis: int, options: int, count: int) -> Predicate:
    """Return the predicate that an issue of ``count`` options takes one of a set; constant where it says nothing."""
    return False if options == 0 else True if options == (1 << count) - 1 else Within(axis, options)


def all_of(parts: Sequence[Predicate]) -> Predicate:
    """Return the conjunction in its shortest form: leaves on the same issue are merged."""
    return _joined(parts, All, absorbing=False)


def some_of(parts: Sequence[Predicate]) -> Predicate:
    """Return the disjunction in its shortest form: leaves on the same issue are merged.

    A disjunction of leaves that takes in every option of an issue is not noticed here, because a leaf does not
    know how many there are; it is when that issue is given.
    """
    return _joined(parts, Some, absorbing=True)


def _joined(parts: Sequence[Predicate], kind: type[All] | type[Some], *, absorbing: bool) -> Predicate:
    leaves: dict[int, list[int]] = {}
    others: list[Predicate] = []
    left = list(parts)
    while left:
        part = left.pop()
        if isinstance(part, bool):
            if part == absorbing:
                return absorbing
        elif isinstance(part, kind):
            left.extend(part.of)
        elif isinstance(part, Within):
            leaves.setdefault(part.axis, []).append(part.options)
        else:
            others.append(part)
    for axis, masks in leaves.items():
        mask = reduce(or_ if absorbing else and_, masks)
        if mask == 0:
            return False
        others.append(Within(axis, mask))
    found = frozenset(others)
    if not found:
        return not absorbing
    return next(iter(found)) if len(found) == 1 else kind(found)


def opposite(predicate: Predicate, shape: Sequence[int]) -> Predicate:
    """Return the negation of a predicate."""
    if isinstance(predicate, bool):
        return not predicate
    if isinstance(predicate, Within):
        whole = (1 << shape[predicate.axis]) - 1
        return within(predicate.axis, whole & ~predicate.options, shape[predicate.axis])
    parts = [opposite(part, shape) for part in predicate.of]
    return some_of(parts) if isinstance(predicate, All) else all_of(parts)


def given(predicate: Predicate, axis: int, option: int) -> Predicate:
    """Return what is left of a predicate once one issue has its option."""
    if isinstance(predicate, bool):
        return predicate
    if isinstance(predicate, Within):
        return bool(predicate.options >> option & 1) if predicate.axis == axis else predicate
    parts = [given(part, axis, option) for part in predicate.of]
    return all_of(parts) if isinstance(predicate, All) else some_of(parts)


def axes_of(predicate: Predicate) -> frozenset[int]:
    """Return the axes of the issues that a predicate mentions."""
    if isinstance(predicate, bool):
        return frozenset()
    if isinstance(predicate, Within):
        return frozenset((predicate.axis,))
    return frozenset().union(*(axes_of(part) for part in predicate.of))


def meets(predicate: Predicate, package: Sequence[int]) -> bool:
    """Return whether one package, as option numbers, meets a predicate."""
    if isinstance(predicate, bool):
        return predicate
    if isinstance(predicate, Within):
        return bool(predicate.options >> package[predicate.axis] & 1)
    found = (meets(part, package) for part in predicate.of)
    return all(found) if isinstance(predicate, All) else any(found)


def meeting(predicate: Predicate, axes: Sequence[int], shape: Sequence[int]) -> NDArray[np.bool_]:
    """Return where combinations of some issues meet a predicate, as a broadcastable array over those issues.

    Parameters
    ----------
    predicate : Predicate
        Mentions no other issue.
    axes : sequence of int
        The issues, by axis.
    shape : sequence of int
        Number of options of each of them.
    """
    if isinstance(predicate, bool):
        return np.full((1,) * len(axes), predicate)
    if isinstance(predicate, Within):
        place = list(axes).index(predicate.axis)
        met = np.array([bool(predicate.options >> option & 1) for option in range(shape[place])])
        return along_axis(met, place, len(axes))
    parts = [meeting(part, axes, shape) for part in predicate.of]
    return np.asarray(reduce(np.logical_and if isinstance(predicate, All) else np.logical_or, parts))
