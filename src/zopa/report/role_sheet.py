"""Role sheets: a page to print for each party, with its own numbers and what all parties share, and nothing else.

Each page is one HTML file without scripts and without network; the policy allows its one style by its hash.  A page is
made from the preferences of its own party alone, so that it cannot show the numbers of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from zopa import __version__
from zopa.case import Binary, Breakpoints, Case, Judgement, NoDeal, Number, Party, Preferences, RedLine, ScoreTable, format_number
from zopa.report.party_view import judgement_words
from zopa.report.plain import condition_words, issue_name, option_name, party_name, short
from zopa.report.templating import inline, static_text, templates
from zopa.space import Scenarios, draw_scenarios

OFFERS: Final = 8  # rows to note offers in
_WIDEST: Final = 4  # issues that have columns of their own in the table of offers
_SEATS: Final = {
    "signatory": "signs an agreement",
    "guarantor": "guarantees an agreement",
    "facilitator": "helps the talks",
    "observer": "watches",
    "unknown": "it is not known whether it signs",
}
_NOT_KNOWN: Final = "not known"


@dataclass(frozen=True, slots=True)
class RoleSheets:
    """The role sheets of a case.

    Attributes
    ----------
    pages : tuple of (str, str)
        Name of the party, and its page as HTML, in the order of the case.
    left : tuple of str
        What the sheets do not hold, in words.
    """

    pages: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


def role_sheets(case: Case) -> RoleSheets:
    """Return a page to print for each party that has something to decide.

    Parameters
    ----------
    case : Case
        A case whose packages can be listed (no numeric issue without a step).

    Returns
    -------
    RoleSheets
        The same case and version give the same text, byte for byte; whatever comes from the case is escaped.

    Notes
    -----
    Points are those of the base scenario; a range that the case gives for an option is shown as the range.  Who helps or
    watches and has no preferences gets no page.
    """
    scenarios = draw_scenarios(case)
    left = []
    pages = []
    for party in case.parties.values():
        if party.seat in {"facilitator", "observer"} and party.id not in case.preferences:
            left.append(f"{party.name} gets no sheet: it {_SEATS[party.seat]} and has no preferences")
        else:
            pages.append((party.name, _page(case, scenarios, party)))
    for things, words in ((case.levers, "levers"), (case.gates, "steps and dates"), (case.statements, "quotations")):
        if things:
            left.append(f"the {words}")
    return RoleSheets(tuple(pages), tuple(left))


def _page(case: Case, scenarios: Scenarios, party: Party) -> str:
    style = f"{static_text('design.css')}\n{static_text('role_sheet.css')}"
    preferences = case.preferences.get(party.id)
    rows = _points(case, scenarios, party.id, preferences)
    names = [issue.name for issue in scenarios.space.issues]
    return str(
        templates()
        .get_template("role_sheet.html.j2")
        .render(
            title=case.title,
            question=case.question,
            as_of=case.as_of,
            version=__version__,
            style=inline(style),
            party=party.name,
            table=[_seat(case, one) for one in case.parties.values()],
            agreement=_agreement(case),
            issues=list(zip(names, rows, strict=True)),
            known=any(words != _NOT_KNOWN for row in rows for _, words, _ in row),
            one_reading=preferences is not None and preferences.kind in {"points", "weighted"} and not _fixed(preferences),
            extent=_extent(scenarios, party.id, preferences),
            bonuses=[] if preferences is None else _bonuses(case, preferences),
            no_deal=_no_deal(case, None if preferences is None else preferences.no_deal),
            lines=[] if preferences is None else [_line(case, line) for line in preferences.red_lines],
            rules=[condition_words(case, rule.condition) for rule in case.rules.values()],
            offers=range(1, OFFERS + 1),
            terms=names if len(names) <= _WIDEST else ["Terms"],
        )
    )


# What all parties share ----------------------------------------------------------------------------------


def _seat(case: Case, party: Party) -> tuple[str, str]:
    seat = f"whether it signs is open: {issue_name(case, party.seat_by or '')}" if party.seat is None else _SEATS[party.seat]
    consent = "" if party.consent_if is None else f"; must agree where {condition_words(case, party.consent_if)}"
    return party.name, f"{seat}{consent}"


def _agreement(case: Case) -> list[str]:
    """Return who must agree, in sentences."""
    rule = case.agreement
    lines = ["All who sign must agree."]
    if rule.need is not None:
        votes = "vote of those who sign carries" if rule.need == 1 else "votes of those who sign carry"
        lines = [f"{format_number(rule.need)} {votes} an agreement."]
        if rule.votes is not None:
            shares = ", ".join(f"{party_name(case, name)} {format_number(votes)}" for name, votes in rule.votes.items())
            lines.append(f"Votes: {shares}.")
    if rule.veto:
        lines.append(f"Nothing is agreed without {' and '.join(party_name(case, name) for name in rule.veto)}.")
    if case.deal is not None:
        lines.append(f"An agreement needs: {condition_words(case, case.deal)}.")
    return lines


# What is the party's own ---------------------------------------------------------------------------------


def _base(scenarios: Scenarios, party: str, preferences: Preferences | None) -> list[list[Fraction]] | None:
    """Return the points of a party in the base scenario where it gives numbers and none is missing."""
    numbers = scenarios.parties.get(party)
    if numbers is None or numbers.points is None or preferences is None or preferences.kind not in {"points", "weighted"}:
        return None
    row = [Fraction(int(one), int(numbers.unit[0])) for one in numbers.points[0]]
    return [row[start:end] for start, end in pairwise(scenarios.space.offsets)]


def _points(case: Case, scenarios: Scenarios, party: str, preferences: Preferences | None) -> list[list[tuple[str, str, bool]]]:
    """Return for each issue its options: name, the points in words, and whether it is in force now."""
    base = _base(scenarios, party, preferences)
    exact = preferences is not None and _fixed(preferences)
    found = []
    for at, issue in enumerate(scenarios.space.issues):
        written = _written(case, preferences, issue.id)
        row = []
        for place, option in enumerate(issue.options):
            words = written.get(option.id, _NOT_KNOWN)
            if option.id not in written and base is not None:
                words = format_number(base[at][place]) if exact else short(base[at][place], 1)
            row.append((option_name(case, issue.id, option.id), words, option.id == issue.now))
        found.append(row)
    return found


def _written(case: Case, preferences: Preferences | None, issue: str) -> dict[str, str]:
    """Return the points of options as the case gives them, ranges as ranges; without those that are sums or products."""
    if preferences is None or preferences.kind != "points":
        return {}
    score = preferences.scores.get(issue)
    if isinstance(score, ScoreTable):
        return {option: _amount(case, one) for option, one in score.values.items() if not isinstance(one.amount, Binary)}
    if isinstance(score, Breakpoints):
        options = {option.at: option.id for option in case.issues[issue].options}
        return {
            options[at]: _amount(case, one) for at, one in score.points if at in options and not isinstance(one.amount, Binary)
        }
    return {}


def _amount(case: Case, judgement: Judgement) -> str:
    if isinstance(judgement.amount, Number):
        return format_number(judgement.amount.value)
    words = judgement_words(case, judgement)
    return _NOT_KNOWN if words == "unknown" else words.replace(" | ", " or ")


def _fixed(preferences: Preferences) -> bool:
    """Return whether every point follows from plain numbers, so that the base scenario is no choice among several."""
    for score in preferences.scores.values():
        if isinstance(score, ScoreTable):
            given = list(score.values.values())
        elif isinstance(score, Breakpoints):
            given = [one for _, one in score.points]
        else:
            return False
        if not all(isinstance(one.amount, Number) for one in given):
            return False
    return all(isinstance(one.amount, Number) for one in preferences.weights.values()) and not preferences.weight_orders


def _extent(scenarios: Scenarios, party: str, preferences: Preferences | None) -> tuple[str, str] | None:
    """Return the least and the most points that options can add up to; None where numbers are open or bonuses add to them."""
    base = _base(scenarios, party, preferences)
    if base is None or preferences is None or preferences.bonuses or not _fixed(preferences):
        return None
    least, most = (sum((pick(row) for row in base), Fraction(0)) for pick in (min, max))
    return format_number(least), format_number(most)


def _bonuses(case: Case, preferences: Preferences) -> list[str]:
    return [f"{_amount(case, one.points)} points where {condition_words(case, one.when)}" for one in preferences.bonuses]


def _no_deal(case: Case, given: NoDeal | None) -> Sequence[str]:
    """Return what a party has without an agreement, in sentences."""
    if given is None:
        return ["This sheet gives no value for what you have without an agreement."]
    if given.judgement is None:
        return _no_deal_package(case, given.package or "")
    words = _amount(case, given.judgement)
    if words == _NOT_KNOWN:
        return ["What you have without an agreement is not known."]
    if given.kind == "share":
        return [
            f"Without an agreement you are {words} % of the way from your worst package to your best one.",
            "Take no package that is worse for you than that.",
        ]
    return [
        f"Without an agreement you have {words} points.",
        "A package worth more is better for you than no agreement. One worth exactly as much is as good. Take none worth less.",
    ]


def _no_deal_package(case: Case, name: str) -> list[str]:
    package = case.packages.get(name)
    if package is None:
        return [f"Without an agreement you are as well off as with the package {name}."]
    terms = [
        f"{issue_name(case, issue)}: {' or '.join(option_name(case, issue, one) for one in options)}"
        for issue, options in package.options.items()
    ]
    return [
        f"Without an agreement you are as well off as with the package “{package.name}” ({'; '.join(terms)}).",
        "Take no package that is worth less to you than that one.",
    ]


def _line(case: Case, line: RedLine) -> tuple[str, str]:
    """Return the name of a red line and what it says."""
    if line.requires is not None:
        says = f"Accept a package only where {condition_words(case, line.requires)}."
    else:
        says = f"Refuse every package where {condition_words(case, line.refuses)}."
    if line.unknown:
        says += " Whether this line holds is not known."
    elif line.binds is not None:
        says += f" This holds only where {condition_words(case, line.binds)}."
    return line.name, says
