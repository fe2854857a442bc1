"""Packages with a name, and those that are pinned with a note: the list beside the builder, and what changes it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from zopa.report.plain import package_words
from zopa.settlement import Settlement
from zopa.workbench.context import Asked
from zopa.workbench.find_state import Addresses

router = APIRouter(tags=["pins"])


def pins_view(asked: Asked, settlement: Settlement, to: Addresses) -> list[dict[str, Any]]:
    """Return the named packages with their notes, and where their links lead."""
    found = []
    written = asked.standing.case
    for name, package in settlement.case.packages.items():
        members = settlement.members(name)
        first = members[0] if members else None
        if first is None:
            continue
        now = {issue.id: issue.now for issue in settlement.space.issues}
        changed = frozenset(issue for issue, option in settlement.space.options(first).items() if option != now[issue])
        found.append(
            {
                "id": name,
                "name": package.name,
                "note": package.basis.assume or "",
                "words": package_words(settlement.case, settlement.space, first, only=changed) or "nothing changes",
                "members": len(members),
                "own": name in written.packages and False,
                "take": to.take(first),
                "beside": to.beside(first),
            }
        )
    return found
