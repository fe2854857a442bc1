"""What would move a case: what opens an empty zone, and what could be gained from one package.

Everything here walks the list of packages; a space too large to walk at every settlement is left out, and
the result says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zopa.case import did_you_mean, option_of
from zopa.settlement.adjusted_winner import AdjustedWinner, adjusted_winner_of, option_scores
from zopa.settlement.ground import Grounds, grounds
from zopa.settlement.nearest import Nearby, nearby
from zopa.settlement.openings import Conflicts, Openings, all_conflicts, openings
from zopa.settlement.settle import PackageView, Settlement
from zopa.settlement.side_payments import BetweenOpening, Payment, between_openings, side_payments
from zopa.settlement.trades import Leaning, Trades, logrolling_screen, trades

LARGEST: Final = 1_000_000  # packages; beyond, this would take longer than all the rest of a settlement
MOST_STARTS: Final = 10
AT_FIRST: Final = 20_000_000  # packages walked for all coalitions together


@dataclass(frozen=True, slots=True)
class CoalitionOpening:
    """What would give one coalition a package; under unanimity all signatories are the coalition.

    ``conflicts`` is None where a package is excluded by nothing for sure, but hangs on what is unknown.
    """

    members: tuple[str, ...]
    points: Openings
    conflicts: Conflicts | None
    between: tuple[BetweenOpening, ...]


@dataclass(frozen=True, slots=True)
class PackageMoves:
    """What could be done with one package.

    Attributes
    ----------
    package : int
        The package.
    view : PackageView
        Who gets what, and who refuses it.
    nearby : Nearby
        The nearest packages that suit each party that is asked and refuses, the nearest in the zone and
        on the frontier.
    trades : Trades or None
        What all signatories could gain together; None where points of one are missing.
    payments : tuple of Payment
        What each numeric or ordered issue could do.
    """

    package: int
    view: PackageView
    nearby: Nearby
    trades: Trades | None
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """A package from which moves are looked for: in force (``now``), ``named``, or the first ``nash`` package."""

    kind: str
    name: str | None
    moves: PackageMoves


@dataclass(frozen=True, slots=True)
class Moving:
    """What would move a case.

    Attributes
    ----------
    skipped : str or None
        Why nothing was looked for; None when it was.
    openings : tuple of CoalitionOpening
        What would open the zone, for each coalition; nothing where the zone is open.
    complete : bool
        False when there are more coalitions than were looked at.
    starts : tuple of Start
        Moves from the package in force where it is known; else from each named package that leaves no issue
        open, at most ten; else from the first package of the Nash point.
    leanings : tuple of Leaning
        Where trades are to be looked for: pairs of issues that two signatories weigh very differently.
    adjusted_winner : AdjustedWinner or None
        The split of issues between two signatories, or why there is none; None when nothing was looked for.
    """

    skipped: str | None
    openings: tuple[CoalitionOpening, ...]
    complete: bool
    starts: tuple[Start, ...]
    leanings: tuple[Leaning, ...]
    adjusted_winner: AdjustedWinner | None


def moving(settlement: Settlement, largest: int = LARGEST) -> Moving:
    """Return what would move a case.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    largest : int
        Where there are more packages than this (by default a million) nothing is looked for.
    """
    size = settlement.space.size
    if size > largest:
        return Moving(
            f"{size:,} packages are more than the {largest:,} among which trades and openings are looked for unasked",
            (),
            True,
            (),
            (),
            None,
        )
    few = max(1, min(20, AT_FIRST // size))
    found = grounds(settlement, few)
    opened = () if len(settlement.zone) else zone_openings(settlement, found)
    scores = {name: rows for name in settlement.seats if (rows := option_scores(settlement, name)) is not None}
    issues = [issue.id for issue in settlement.space.issues]
    return Moving(
        None,
        opened,
        found.complete,
        tuple(Start(kind, name, package_moves(settlement, package, found=found)) for kind, name, package in _starts(settlement)),
        logrolling_screen(scores, issues),
        adjusted_winner_of(settlement),
    )


def zone_openings(settlement: Settlement, found: Grounds | None = None) -> tuple[CoalitionOpening, ...]:
    """Return what would open a zone, for each coalition that could carry a package.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    found : Grounds, optional
        Of this settlement, where they are known already.
    """
    known = grounds(settlement) if found is None else found
    impossible = not len(settlement.possible)
    return tuple(
        CoalitionOpening(
            one.coalition,
            openings(one),
            all_conflicts(settlement, one) if impossible else None,
            between_openings(settlement, one),
        )
        for one in known.list
    )


def _starts(settlement: Settlement) -> list[tuple[str, str | None, int]]:
    now = {issue.id: issue.now for issue in settlement.space.issues if issue.now is not None}
    if now and len(now) == len(settlement.space.issues):
        return [("now", None, settlement.space.index(now))]
    whole: list[tuple[str, str | None, int]] = []
    for name in settlement.case.packages:
        members = settlement.members(name)
        if len(members) == 1:
            whole.append(("named", name, members[0]))
    if whole:
        return whole[:MOST_STARTS]
    return [("nash", None, int(settlement.tied_packages("nash")[0]))] if "nash" in settlement.points else []


def package_moves(
    settlement: Settlement,
    package: int,
    party: str | None = None,
    *,
    issues: int = 2,
    found: Grounds | None = None,
) -> PackageMoves:
    """Return what could be done with one package.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    package : int
        The package, by index.
    party : str, optional
        Look for the nearest package that suits this party, too, whether it refuses or not.
    issues : int
        Most issues that a trade changes, at least two.
    found : Grounds, optional
        Of this settlement, where they are known already.

    Raises
    ------
    ValueError
        When too many combinations of changes would have to be looked at.
    """
    view = settlement.view(package)
    refusing = {one.party for one in view.refusals if one.party in view.asked}
    looked = [name for name in settlement.case.parties if name in refusing or name == party]
    return PackageMoves(
        package,
        view,
        nearby(settlement, package, looked),
        trades(settlement, package, issues=issues),
        side_payments(settlement, grounds(settlement) if found is None else found, package),
    )


@dataclass(frozen=True, slots=True)
class ChosenPackage:
    """A package that somebody asked for, by index.

    ``name`` is the named package it belongs to, if one was asked for, and ``members`` how many packages that
    name leaves open: the one taken is the first of them that meets the rules.
    """

    package: int
    name: str | None
    members: int


def chosen_package(settlement: Settlement, written: str) -> ChosenPackage:
    """Return the package that is meant: a named one, an index, or ``issue=option,…`` for every issue.

    Raises
    ------
    ValueError
        In words, when there is no such package.
    """
    case, space = settlement.case, settlement.space
    if written in case.packages:
        members = settlement.members(written)
        if not members:
            raise ValueError(f"no package belongs to {written}")
        return ChosenPackage(members[0], written, len(members))
    if written.isascii() and written.isdigit():
        if len(written) > len(str(space.size)) or int(written) >= space.size:
            raise ValueError(f"packages are numbered from 0 to {space.size - 1}: there is no {written}")
        return ChosenPackage(int(written), None, 1)
    if "=" not in written:
        raise ValueError(f"there is no package called {written}. {did_you_mean(written, case.packages, 'packages')}")
    return ChosenPackage(space.index(_options(settlement, written.split(","))), None, 1)


def _options(settlement: Settlement, parts: Sequence[str]) -> dict[str, str]:
    issues = {issue.id: issue for issue in settlement.space.issues}
    found: dict[str, str] = {}
    for part in parts:
        name, _, value = (word.strip() for word in part.partition("="))
        if name not in issues:
            raise ValueError(f"there is no issue called {name}. {did_you_mean(name, issues, 'issues')}")
        option = option_of(issues[name], value)
        if option is None:
            remedy = did_you_mean(value, issues[name].option_ids(), "options")
            raise ValueError(f"{name} has no option called {value}. {remedy}")
        if name in found:
            raise ValueError(f"{name} is given twice")
        found[name] = option
    left = [name for name in issues if name not in found]
    if left:
        raise ValueError(f"a package has one option for every issue: say {', '.join(left)}, too")
    return found
