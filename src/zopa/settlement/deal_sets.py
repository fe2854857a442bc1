"""Counting deals that meet conditions: over flags for every package, or composed where there are too many packages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, Condition, NamedPackage, RedLine, mentioned
from zopa.settlement.listing import first_packages, index_of
from zopa.settlement.problem import Problem
from zopa.settlement.zone_size import allowed_size
from zopa.space import (
    PackageSpace,
    Predicate,
    all_of,
    deal_packages,
    deal_predicate,
    fixed_rules,
    opposite,
    predicate_of,
    truth,
    within,
)

Flags = NDArray[np.bool_]


class DealSets(Protocol):
    """The deals of a case, and which of them cross stated red lines; nothing here hangs on an assumption."""

    @property
    def allowed(self) -> int:
        """Packages that meet the rules that mention no assumption."""
        ...

    @property
    def deals(self) -> int:
        """Those of them that count as agreement."""
        ...

    def crossing(self, line: str) -> int:
        """Return how many deals cross a red line."""
        ...

    def first_crossing(self, line: str, limit: int) -> tuple[int, ...]:
        """Return the first of them, by index."""
        ...

    def clear_of(self, lines: Collection[str]) -> int:
        """Return how many deals cross none of some red lines."""
        ...

    def has_deal(self, package: NamedPackage) -> bool:
        """Return whether some form of a named package is a deal."""
        ...

    def always(self, package: NamedPackage, condition: Condition) -> bool:
        """Return whether every form of a named package surely meets a condition."""
        ...

    def ever(self, package: NamedPackage, condition: Condition) -> bool:
        """Return whether some form of a named package possibly meets a condition."""
        ...


class ListedDeals:
    """The deals of a case as flags, one for each package."""

    def __init__(self, case: Case, space: PackageSpace, lines: Collection[RedLine]) -> None:
        self._space = space
        allowed = fixed_rules(space, case)
        self.allowed = int(allowed.sum())
        self._deals: Flags = allowed & deal_packages(space, case)
        self.deals = int(self._deals.sum())
        self._crossed: Mapping[str, Flags] = {
            line.id: space.flat(truth(line.refuses, space, {}).surely) & self._deals for line in lines
        }

    def crossing(self, line: str) -> int:
        """Return how many deals cross a red line."""
        return int(self._crossed[line].sum())

    def first_crossing(self, line: str, limit: int) -> tuple[int, ...]:
        """Return the first of them, by index."""
        return tuple(int(index) for index in np.flatnonzero(self._crossed[line])[:limit])

    def clear_of(self, lines: Collection[str]) -> int:
        """Return how many deals cross none of some red lines."""
        left = self._deals
        for line in lines:
            left = left & ~self._crossed[line]
        return int(left.sum())

    def has_deal(self, package: NamedPackage) -> bool:
        """Return whether some form of a named package is a deal."""
        return bool((self._space.flat(self._space.family(package)) & self._deals).any())

    def always(self, package: NamedPackage, condition: Condition) -> bool:
        """Return whether every form of a named package surely meets a condition."""
        members = self._space.flat(self._space.family(package))
        return bool(members.any()) and bool(self._space.flat(truth(condition, self._space, {}).surely)[members].all())

    def ever(self, package: NamedPackage, condition: Condition) -> bool:
        """Return whether some form of a named package possibly meets a condition."""
        members = self._space.flat(self._space.family(package))
        return bool((self._space.flat(truth(condition, self._space, {}).possibly) & members).any())


class ComposedDeals:
    """The deals of a case, counted without listing packages.

    Raises
    ------
    TooWide
        When rules and red lines couple too many issues; by every method.
    """

    def __init__(self, case: Case, space: PackageSpace, lines: Collection[RedLine]) -> None:
        self._case, self._space = case, space
        self._rules = [
            predicate_of(rule.condition, space, {}, unknown=False)
            for rule in case.rules.values()
            if not any(name in case.assumptions for name in mentioned(rule.condition))
        ]
        self._crossed = {line.id: predicate_of(line.refuses, space, {}, unknown=False) for line in lines}
        self._counted: dict[frozenset[Predicate], int] = {}

    @cached_property
    def allowed(self) -> int:
        """Packages that meet the rules that mention no assumption."""
        return self._count(self._rules)

    @cached_property
    def deals(self) -> int:
        """Those of them that count as agreement."""
        return self._count(self._fit)

    @property
    def _fit(self) -> list[Predicate]:
        return [*self._rules, deal_predicate(self._space, self._case)]

    def crossing(self, line: str) -> int:
        """Return how many deals cross a red line."""
        return self._count([*self._fit, self._crossed[line]])

    def first_crossing(self, line: str, limit: int) -> tuple[int, ...]:
        """Return the first of them, by index."""
        found = first_packages([*self._fit, self._crossed[line]], self._space.shape, limit)
        return tuple(index_of(one, self._space.shape) for one in found.packages)

    def clear_of(self, lines: Collection[str]) -> int:
        """Return how many deals cross none of some red lines."""
        return self._count([*self._fit, *(opposite(self._crossed[line], self._space.shape) for line in lines)])

    def has_deal(self, package: NamedPackage) -> bool:
        """Return whether some form of a named package is a deal."""
        return self._count([*self._fit, family_predicate(self._space, package)]) > 0

    def always(self, package: NamedPackage, condition: Condition) -> bool:
        """Return whether every form of a named package surely meets a condition."""
        members = family_predicate(self._space, package)
        unmet = opposite(predicate_of(condition, self._space, {}, unknown=False), self._space.shape)
        return self._count([members]) > 0 and self._count([members, unmet]) == 0

    def ever(self, package: NamedPackage, condition: Condition) -> bool:
        """Return whether some form of a named package possibly meets a condition."""
        met = predicate_of(condition, self._space, {}, unknown=True)
        return self._count([family_predicate(self._space, package), met]) > 0

    def _count(self, required: list[Predicate]) -> int:
        key = frozenset(required)
        if key not in self._counted:
            nobody: tuple[tuple[int, ...], ...] = tuple((0,) * count for count in self._space.shape)
            never = (False,)
            problem = Problem(self._space.shape, ("",), 1, (nobody,), (1,), (), (None,), tuple(required), never, never)
            self._counted[key] = allowed_size(problem)
        return self._counted[key]


def family_predicate(space: PackageSpace, package: NamedPackage) -> Predicate:
    """Return which packages belong to a named package."""
    parts: list[Predicate] = []
    for axis, issue in enumerate(space.issues):
        chosen = package.options.get(issue.id, ())
        if chosen:
            mask = sum(1 << place for place, option in enumerate(issue.option_ids()) if option in chosen)
            parts.append(within(axis, mask, space.shape[axis]))
    if package.when is not None:
        parts.append(predicate_of(package.when, space, {}, unknown=False))
    return all_of(parts)
