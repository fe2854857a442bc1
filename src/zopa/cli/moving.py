"""One package on the command line: who blocks it, what lies near it, what could be traded and paid."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from zopa.cli.printing import console, print_json

if TYPE_CHECKING:
    from rich.console import Group

    from zopa.case import Case
    from zopa.settlement import ChosenPackage, PackageMoves, Settlement

WRONG_USE: Final = 2

PackageOption = Annotated[
    str | None,
    typer.Option("--package", metavar="PACKAGE", help="Only this package: a name, a number, or issue=option,… for every issue."),
]
ForOption = Annotated[
    str | None, typer.Option("--for", metavar="PARTY", help="With --package: the nearest one this party would accept.")
]
TradeOption = Annotated[
    int, typer.Option("--trade-issues", min=2, max=6, help="With --package: trades on up to so many issues at a time.")
]


@dataclass(frozen=True, slots=True)
class PackageAnswer:
    """What could be done with one package."""

    settlement: Settlement
    chosen: ChosenPackage
    moves: PackageMoves
    party: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        from zopa.settlement import case_json, package_moves_json

        settlement = self.settlement
        return {
            "case": case_json(settlement.case),
            "scenario": settlement.scenarios.name(),
            "date": settlement.moment.as_json(),
            "chosen": {"name": self.chosen.name, "packages": self.chosen.members, "for": self.party},
            **package_moves_json(settlement, self.moves),
            "missing": [one.as_json() for one in settlement.missing],
            "notes": list(settlement.notes),
        }

    def shown(self) -> Group:
        """Return the answer for a terminal."""
        from rich.console import Group

        from zopa.report.findings import text
        from zopa.report.moving_words import package_sections

        case = self.settlement.case
        parts = [text(case.title, "bold underline"), text("With the numbers of the base scenario.", "dim")]
        for heading, lines in package_sections(self.settlement, self.moves, self.chosen, self.party):
            parts.append(text(f"\n{heading}", "bold"))
            parts += [text(line) for line in lines]
        return Group(*parts)


def package_command(
    case: Case,
    package: str | None,
    party: str | None,
    issues: int,
    day: date | None,
    levers: Collection[str] | None,
    *,
    as_json: bool,
) -> bool:
    """Print what could be done with a package, and return True; False where none was asked for.

    Raises
    ------
    ValueError
        When the case asks for more than can be computed.
    """
    if (fault := wrong_use(case, package, party, issues)) is not None:
        _stop(fault)
    if package is None:
        return False
    found = package_answer(case, package, party, issues, day, levers)
    if isinstance(found, str):
        _stop(found)
    if as_json:
        print_json(found.as_json())
    else:
        console().print(found.shown())
    return True


def _stop(words: str) -> NoReturn:
    from zopa.report.cleaning import clean

    print(f"zopa: {clean(words)}", file=sys.stderr)
    raise typer.Exit(WRONG_USE)


def wrong_use(case: Case, package: str | None, party: str | None, issues: int) -> str | None:
    """Return in words why the options do not go together, or None."""
    from zopa.case import did_you_mean

    if package is None and party is not None:
        return "--for PARTY goes with --package: say which package"
    if package is None and issues != 2:
        return "--trade-issues goes with --package: say which package"
    if party is not None and party not in case.parties:
        return f"--for: there is no party called {party}. {did_you_mean(party, case.parties, 'parties')}"
    return None


def package_answer(
    case: Case, package: str, party: str | None, issues: int, day: date | None, levers: Collection[str] | None
) -> PackageAnswer | str:
    """Return what could be done with a package, or in words why there is no such package.

    Raises
    ------
    ValueError
        When the case asks for more than can be computed.
    """
    from zopa.settlement import chosen_package, package_moves, settle
    from zopa.space import LARGEST_SPACE, package_space

    if (size := package_space(case).size) > LARGEST_SPACE:
        raise ValueError(f"--package compares with every package, and {size:,} are too many (at most {LARGEST_SPACE:,})")
    settlement = settle(case, day=day, levers=levers)
    try:
        chosen = chosen_package(settlement, package)
    except ValueError as error:
        return f"--package: {error}"
    return PackageAnswer(settlement, chosen, package_moves(settlement, chosen.package, party, issues=issues), party)
