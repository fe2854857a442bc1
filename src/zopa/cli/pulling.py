"""Levers on the command line: which are pulled, and what they come to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from zopa.cli.watching import watched

if TYPE_CHECKING:
    from zopa.case import Case
    from zopa.settlement import LeverComparison, Settlement

PullOption = Annotated[
    list[str] | None,
    typer.Option("--pull", metavar="LEVER", help="Pull exactly these levers (repeatable); `none` or `all` that can be."),
]


def chosen_levers(case: Case, names: list[str] | None, day: date | None) -> frozenset[str] | str | None:
    """Return the levers a user asks for, None where nothing was asked, or in words why they cannot be pulled."""
    from zopa.case import at
    from zopa.settlement import lever_fault

    if not names:
        return None
    found: set[str] = set()
    for name in names:
        if name in {"none", "all"} and name not in case.levers:
            if len(names) > 1:
                return f"--pull {name} stands alone: leave the other levers out"
            return frozenset(at(case, day).ready if name == "all" else ())
        found.add(name)
    fault = lever_fault(case, sorted(found), day)
    return frozenset(found) if fault is None else f"--pull: {fault}"


def lever_answer(settlement: Settlement, draws: int, seed: int) -> LeverComparison | None:
    """Return what the levers of a settled case do, with progress where somebody watches."""
    from zopa.report.making import lever_answer as answer

    return answer(settlement, draws, seed, watched)
