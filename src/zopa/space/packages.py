"""The package space: every combination of one option per issue, numbered in mixed radix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, Issue, NamedPackage

LARGEST_SPACE: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class PackageSpace:
    """All packages of a case, allowed or not.

    A package is named by its index: options count from 0 and the first issue is the most significant
    digit, which is the order of ``numpy.indices(shape).reshape(issues, -1)``.

    Attributes
    ----------
    issues : tuple of Issue
        The issues that packages decide, in file order.
    shape : tuple of int
        Number of options of each issue.
    """

    issues: tuple[Issue, ...]
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """Number of packages, as an exact integer (1 for a case without package issues)."""
        return prod(self.shape)

    @property
    def offsets(self) -> tuple[int, ...]:
        """Where the options of each issue start in a row of all options, with the total at the end."""
        found = [0]
        for count in self.shape:
            found.append(found[-1] + count)
        return tuple(found)

    def axis(self, issue: str) -> int:
        """Return the position of an issue."""
        return next(axis for axis, known in enumerate(self.issues) if known.id == issue)

    def options(self, index: int) -> dict[str, str]:
        """Return the option of each issue in a package."""
        chosen: dict[str, str] = {}
        for issue, count in zip(reversed(self.issues), reversed(self.shape), strict=True):
            index, digit = divmod(index, count)
            chosen[issue.id] = issue.options[digit].id
        return {issue.id: chosen[issue.id] for issue in self.issues}

    def index(self, options: Mapping[str, str]) -> int:
        """Return the index of the package with these options.

        Raises
        ------
        KeyError
            When an issue is left out or has no such option.
        """
        found = 0
        for issue, count in zip(self.issues, self.shape, strict=True):
            wanted = options[issue.id]
            ids = issue.option_ids()
            if wanted not in ids:
                raise KeyError(f"{issue.id} has no option {wanted}")
            found = found * count + ids.index(wanted)
        return found

    def digits(self, indices: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the option numbers of packages, shape (packages, issues)."""
        if not self.shape:
            return np.zeros((len(indices), 0), dtype=np.intp)
        return np.stack(np.unravel_index(indices, self.shape), axis=1)

    def family(self, package: NamedPackage) -> NDArray[np.bool_]:
        """Return which packages belong to a named package, as a broadcastable array over the issues."""
        found: NDArray[np.bool_] = np.ones((1,) * len(self.shape), dtype=np.bool_)
        for axis, issue in enumerate(self.issues):
            chosen = package.options.get(issue.id, ())
            if chosen:
                found = found & along_axis(np.array([option in chosen for option in issue.option_ids()]), axis, len(self.shape))
        if package.when is not None:
            from zopa.space.conditions import truth

            found = found & truth(package.when, self, {}).surely
        return found

    def flat(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return a broadcastable array over the issues as one flag per package."""
        return np.ascontiguousarray(np.broadcast_to(mask, self.shape)).reshape(-1)


def along_axis(values: NDArray[np.bool_], axis: int, dimensions: int) -> NDArray[np.bool_]:
    """Return a vector as an array that varies along one axis only."""
    shape = [1] * dimensions
    shape[axis] = len(values)
    return values.reshape(shape)


def package_space(case: Case) -> PackageSpace:
    """Return the package space of a case.

    Raises
    ------
    ValueError
        When a numeric issue has no step and therefore no options; see :func:`unlisted_issues`.
    """
    unlisted = unlisted_issues(case)
    if unlisted:
        names = ", ".join(unlisted)
        raise ValueError(f"packages need options, but {names} is a continuous scale: add `step:` to it")
    issues = case.package_issues()
    return PackageSpace(issues, tuple(len(issue.options) for issue in issues))


def listable_space(case: Case) -> PackageSpace:
    """Return the package space of a case whose packages can all be listed.

    Raises
    ------
    ValueError
        When a numeric issue has no step, or there are more than 20 million packages.
    """
    space = package_space(case)
    if space.size > LARGEST_SPACE:
        raise ValueError(
            f"{space.size:,} packages are too many to list (at most {LARGEST_SPACE:,}): `zopa settle` answers without "
            "listing them; for everything else merge options or drop issues"
        )
    return space


def unlisted_issues(case: Case) -> tuple[str, ...]:
    """Return the issues without options: continuous scales, which packages cannot list."""
    return tuple(issue.id for issue in case.package_issues() if not issue.options)


def describe(space: PackageSpace, index: int, issues: Sequence[str] | None = None) -> str:
    """Return a package in words: issue and option names."""
    chosen = space.options(index)
    parts = []
    for issue in space.issues:
        if issues is None or issue.id in issues:
            option = next(option for option in issue.options if option.id == chosen[issue.id])
            unit = f" {issue.unit}" if issue.unit and issue.scale == "numeric" else ""
            parts.append(f"{issue.name}: {option.name}{unit}")
    return "; ".join(parts)
