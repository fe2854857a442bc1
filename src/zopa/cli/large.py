"""``zopa settle`` where packages are too many to list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from zopa.cli.printing import console, print_json
from zopa.cli.watching import watched

if TYPE_CHECKING:
    from zopa.case import Case

MOST_LISTED = 1_000_000  # packages; up to here listing takes about a second, and everything is compared


def large_command(case: Case, day: date | None, levers: Collection[str] | None, *, as_json: bool) -> bool:
    """Print the settlement of a case with more than a million packages, and return True; False for others.

    Raises
    ------
    ValueError
        When the case asks for more than can be computed.
    """
    from zopa.space import package_space

    if package_space(case).size <= MOST_LISTED:
        return False
    from zopa.settlement import compose_settlement, composed_json

    with watched("Composing"):
        settlement = compose_settlement(case, day=day, levers=levers)
    if as_json:
        print_json(composed_json(settlement))
    else:
        from zopa.report.composed_terminal import composed_summary

        console().print(composed_summary(settlement))
    return True
