"""Which packages can be had on a date: an option that a lever switches on needs a lever that can be pulled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, Condition, Moment
from zopa.space import PackageSpace, shut_by_levers, truth

Flags = NDArray[np.bool_]


def shut_levers(case: Case, moment: Moment, levers: frozenset[str] | None = None) -> list[tuple[str, Condition]]:
    """Return the levers that keep options out of reach, with those options.

    Where nothing is said about levers, these are the ones that cannot be pulled on the day; where exactly
    ``levers`` are pulled, the others that would make options possible, and those of them that rule options out.
    """
    if levers is not None:
        return shut_by_levers(case, levers)
    if moment.day is None:
        return []
    allowed = [(name, case.levers[name].allow) for name in moment.waiting]
    return [(name, condition) for name, condition in allowed if condition is not None]


def available_packages(case: Case, space: PackageSpace, moment: Moment, levers: frozenset[str] | None = None) -> Flags:
    """Return which packages can be reached: every lever that switches an option on can be pulled on the day, or is pulled."""
    reachable: Flags = np.ones((1,) * len(space.shape), dtype=np.bool_)
    for _, condition in shut_levers(case, moment, levers):
        reachable = reachable & ~truth(condition, space, {}).possibly
    return space.flat(reachable)
