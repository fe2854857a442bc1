"""From a case to a sheet: the points of the base scenario, and in words what of the case a sheet cannot hold.

The base scenario takes the middle of ranges and the first of alternatives; a weighted score becomes points by the
rule of the case format (the weighted mean of the scores).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from zopa.case import Case, Issue, Number, Preferences, ScoreTable
from zopa.formats.model import FormatError, FormatFault, Sheet, SheetIssue, SheetParty
from zopa.formats.naming import distinct
from zopa.space import Scenarios, draw_scenarios, judge, judgements_of, unlisted_issues

MAX_PACKAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case as a sheet.

    Attributes
    ----------
    sheet : Sheet
        Issues, options, points and no-deal values.
    lost : tuple of str
        What of the case is not in the sheet, or is there otherwise, in words.
    """

    sheet: Sheet
    lost: tuple[str, ...]


def sheet_of_case(case: Case) -> CaseSheet:
    """Return a case as a sheet.

    Parameters
    ----------
    case : Case
        Any case without faults.

    Raises
    ------
    FormatError
        When packages cannot be listed because a numeric issue has no step.
    """
    unlisted = unlisted_issues(case)
    if unlisted:
        what = f"{', '.join(unlisted)} has no options"
        raise FormatError(FormatFault(str(case.file), "issues", what, "Add `step:` to each continuous scale."))
    scenarios = draw_scenarios(case)
    lost: list[str] = []
    issues = tuple(_issue(issue, name) for issue, name in zip(scenarios.space.issues, distinct(_names(scenarios)), strict=True))
    thresholds = _thresholds(scenarios)
    names = distinct([party.name for party in case.parties.values()])
    parties = []
    for name, (party, shown) in zip(names, case.parties.items(), strict=True):
        preferences = case.preferences.get(party)
        points: tuple[tuple[Fraction | None, ...], ...] | None = _points(scenarios, party)
        if points is None and preferences is not None:
            points = _written(scenarios, preferences)
        if points is None:
            why = "; ".join(one.what for one in scenarios.parties[party].missing) or "nothing says what it wants"
            lost.append(f"{name} is left out: {why}")
            continue
        package = _package(scenarios, party, issues)
        no_deal = None if package is not None else thresholds.get(party)
        if package is None and no_deal is None and preferences is not None and preferences.no_deal is not None:
            lost.append(f"the no-deal value of {name} cannot be reckoned and is left out")
        parties.append(SheetParty(name, "", points, no_deal, package))
        if shown.seat != "signatory":
            lost.append(f"{name} does not sign for sure ({shown.seat or shown.seat_by}) but is written like a party that signs")
        if shown.consent_if is not None:
            lost.append(f"{name} must agree only to some packages; that is left out")
    lost += _lost(case)
    return CaseSheet(Sheet(case.title, "Zopa", issues, tuple(parties)), tuple(lost))


def _names(scenarios: Scenarios) -> list[str]:
    return [issue.name for issue in scenarios.space.issues]


def _issue(issue: Issue, name: str) -> SheetIssue:
    options = tuple(distinct([option.name for option in issue.options]))
    places = [option.at for option in issue.options if option.at is not None]
    numbers = tuple(places) if issue.scale == "numeric" and len(places) == len(options) else None
    return SheetIssue(name, options, numbers)


def _points(scenarios: Scenarios, party: str) -> tuple[tuple[Fraction, ...], ...] | None:
    """Return the points of a party in the base scenario; None when an input is missing."""
    numbers = scenarios.parties[party]
    if numbers.points is None:
        return None
    unit = int(numbers.unit[0])
    row = [Fraction(int(one), unit) for one in numbers.points[0]]
    return tuple(tuple(row[start:end]) for start, end in pairwise(scenarios.space.offsets))


def _written(scenarios: Scenarios, preferences: Preferences) -> tuple[tuple[Fraction | None, ...], ...] | None:
    """Return points as they are written, with gaps where nothing is; None for other kinds of preferences."""
    if preferences.kind != "points":
        return None
    rows = []
    for issue in scenarios.space.issues:
        score = preferences.scores.get(issue.id)
        values = score.values if isinstance(score, ScoreTable) else {}
        amounts = [values[option].amount if option in values else None for option in issue.option_ids()]
        rows.append(tuple(amount.value if isinstance(amount, Number) else None for amount in amounts))
    return tuple(rows)


def _package(scenarios: Scenarios, party: str, issues: Iterable[SheetIssue]) -> dict[str, str] | None:
    """Return the package whose value is the no-deal value, by names; None for other kinds."""
    no_deal = scenarios.parties[party].no_deal
    if no_deal is None or no_deal.package is None:
        return None
    found = {}
    for issue, shown in zip(scenarios.space.issues, issues, strict=True):
        option = no_deal.package.get(issue.id, "")
        if option not in issue.option_ids():
            return None
        found[shown.name] = shown.options[issue.option_ids().index(option)]
    return found


def _thresholds(scenarios: Scenarios) -> dict[str, Fraction]:
    """Return the no-deal values in points where they are known.

    A share is counted from the worst to the best allowed package.  Without rules and bonuses these are sums of the
    worst and best options; else the packages are gone through, up to a million.
    """
    found: dict[str, Fraction] = {}
    case, space = scenarios.case, scenarios.space
    verdicts = None
    for party, numbers in scenarios.parties.items():
        no_deal = numbers.no_deal
        if no_deal is None or no_deal.values is None:
            continue
        value = Fraction(int(no_deal.values[0]), scenarios.scale)
        if no_deal.kind == "points":
            found[party] = value
            continue
        rows = _points(scenarios, party)
        if rows is not None and not case.rules and not numbers.bonuses:
            worst, best = (sum((pick(row) for row in rows), Fraction(0)) for pick in (min, max))
            found[party] = worst + value / 100 * (best - worst)
        elif rows is not None and space.size <= MAX_PACKAGES:
            verdicts = verdicts or judge(scenarios, np.arange(space.size, dtype=np.intp))
            bound = verdicts.parties[party].threshold
            if bound is not None:
                found[party] = Fraction(int(bound.numerator[0]), bound.denominator * int(numbers.unit[0]))
    return found


def _lost(case: Case) -> list[str]:
    """Return in words what a sheet has no place for."""
    lost = []
    for party, preferences in case.preferences.items():
        name = case.parties[party].name
        own = [one for one in judgements_of(case) if one.path.startswith(f"preferences.{party}.")]
        open_ones = sum(not isinstance(one.amount, Number) for one in own)
        if open_ones:
            count = _count(open_ones, "number")
            lost.append(f"{count} of {name} stood as ranges, alternatives or references; the middle or the first was taken")
        if preferences.kind == "weighted":
            lost.append(f"the weights and scores of {name} became points")
        lines, bonuses = preferences.red_lines, preferences.bonuses
        _several(lost, lines, f"red line of {name}", f"red lines of {name}", [line.id for line in lines])
        _several(lost, bonuses, f"bonus of {name}", f"bonuses of {name}", [bonus.id for bonus in bonuses])
    _several(lost, case.rules, "rule", "rules", case.rules)
    if case.agreement.need is not None or case.agreement.veto:
        lost.append("the voting rule (agreement)")
    if case.deal is not None:
        lost.append("the condition that says which packages count as agreement (deal)")
    _several(lost, [one for one in case.issues.values() if one.process], "issue about the talks", "issues about the talks")
    _several(lost, case.statements, "quotation", "quotations")
    lost.append("on which source or assumption each number rests")
    _several(lost, case.tensions, "tension", "tensions")
    _several(lost, case.positions, "issue with positions", "issues with positions", case.positions)
    _several(lost, case.gates, "gate", "gates", case.gates)
    _several(lost, case.levers, "lever", "levers", case.levers)
    used = {one.no_deal.package for one in case.preferences.values() if one.no_deal is not None}
    named = [name for name in case.packages if name not in used]
    _several(lost, named, "named package", "named packages", named)
    if case.influence:
        lost.append("influence")
    if case.holding is not None:
        lost.append("the inputs of holding")
    return lost


def _several(lost: list[str], things: Iterable[object], word: str, plural: str, names: Iterable[str] = ()) -> None:
    """Add how many things of a kind there are, with their ids."""
    number = len(list(things))
    shown = ", ".join(names)
    if number:
        lost.append(f"{number} {word if number == 1 else plural}{f' ({shown})' if shown else ''}")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
