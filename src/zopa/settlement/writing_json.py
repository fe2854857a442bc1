"""How numbers, lists and packages are written as JSON, the same everywhere in settlement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from zopa.space import PackageSpace

LISTED = 100


def count(number: int) -> int | str:
    """Return a count as JSON: text where other languages would lose digits."""
    return number if number < 2**53 else str(number)


def exact(value: Fraction | None) -> str | None:
    """Return an exact value as text."""
    return None if value is None else str(value)


def capped(items: Sequence[Any], limit: int = LISTED) -> dict[str, Any]:
    """Return a list that says when it was cut."""
    return {"list": list(items[:limit]), "truncated": len(items) > limit}


def package_list(space: PackageSpace, indices: Iterable[int], limit: int = LISTED) -> dict[str, Any]:
    """Return packages by id and options."""
    found = [int(index) for index in islice(indices, limit + 1)]
    return {
        "list": [{"id": index, "options": space.options(index)} for index in found[:limit]],
        "truncated": len(found) > limit,
    }
