"""Candidate red lines: what a party says in its own words, with a firm marker, that it must have or will not accept.

A goal ("pushed for") is none.  A hedge beside the marker leaves open whether the line binds; so does a condition that the
sentence ties to talks, which may be needed for talking only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from zopa.reading.draft.elements import DraftIssue, DraftRedLine, Ground
from zopa.reading.draft.ids import Names
from zopa.reading.draft.matters import turned
from zopa.reading.draft.options import Valued
from zopa.reading.draft.units import Unit

_ACTS: Final = frozenset({"condition", "demand", "reject"})
_TALKS: Final = re.compile(
    r"\b(?:any|all|further|formal|official|new|peace|the|no|before|for|to)?\s*(?:talks?|negotiations?|dialogue|meetings?|summit)\b",
    re.IGNORECASE,
)
TALKS_ONLY: Final = "the sentence may make this a condition of talks, not of an agreement"
HEDGED: Final = "the words are hedged"


def red_lines_of(issues: Iterable[Valued], taken: Names) -> list[DraftRedLine]:
    """Return the candidate red lines in text order, one for each party, issue and condition."""
    found: dict[tuple[str, str, str], DraftRedLine] = {}
    for valued in issues:
        if valued.issue.process:
            continue
        for unit in valued.cluster.units:
            line = _red_line(valued, unit)
            if line is None:
                continue
            key = (line.party, line.issue, line.condition)
            if key not in found:
                found[key] = line
            else:
                found[key] = _joined(found[key], line)
    return [
        DraftRedLine(
            taken.number("L"),
            one.party,
            one.issue,
            one.name,
            one.word,
            one.condition,
            one.refused,
            one.hard,
            one.remark,
            one.ground,
        )
        for one in found.values()
    ]


def conditions_talks(unit: Unit) -> bool:
    """Return whether a condition names talks as what it is for."""
    return unit.said.statement.predicate == "condition" and bool(_TALKS.search(unit.text))


def firm(unit: Unit) -> bool:
    """Return whether a statement carries a firm marker."""
    one = unit.said.statement
    return one.firmness == "firm" or any(trigger.force == "firm" for trigger in one.hedges)


def hedged(unit: Unit) -> bool:
    """Return whether a statement carries a hedge."""
    one = unit.said.statement
    return one.firmness == "soft" or any(trigger.force == "soft" for trigger in one.hedges)


def _red_line(valued: Valued, unit: Unit) -> DraftRedLine | None:
    one, said = unit.said.statement, unit.said
    if not said.own or one.predicate not in _ACTS or not firm(unit) or unit.term:
        return None
    against = (one.predicate == "reject" or one.stance_code == "against") != turned(unit)
    issue = valued.issue
    condition = _condition(valued, unit, against)
    if condition is None:
        return None
    word, text, refused = condition
    if not refused or len(refused) == len(issue.options):
        return None
    talks = conditions_talks(unit)
    soft = hedged(unit)
    remark = TALKS_ONLY if talks else HEDGED if soft else None
    name = _name(word, issue, refused)
    party = one.party.partition(".")[0]
    return DraftRedLine("", party, issue.id, name, word, text, refused, not (talks or soft), remark, Ground((said.id,)))


def _condition(valued: Valued, unit: Unit, against: bool) -> tuple[Literal["refuses", "requires"], str, frozenset[str]] | None:
    issue = valued.issue
    order = [option.id for option in issue.options]
    options = valued.options_of(unit)
    if not options:
        none = valued.nothing
        if none is None or not issue.ordered or not valued.speaks_of_the_thing(unit):
            return None
        if against:
            return "requires", f"{issue.id} = {none}", frozenset(order) - {none}
        return "refuses", f"{issue.id} = {none}", frozenset({none})
    option = options[0]
    least = order.index(option)
    bound = valued.amounts_of(unit).get(option, (None, None))[1]
    if issue.ordered and bound == "max":
        above = frozenset(order[least + 1 :]) if not against else frozenset(order[: least + 1])
        return ("refuses", f"{issue.id} <= {option}", above) if against else ("requires", f"{issue.id} <= {option}", above)
    if against:
        refused = frozenset(order[least:]) if issue.ordered and bound == "min" else frozenset({option})
        return "refuses", f"{issue.id} {'>=' if len(refused) > 1 else '='} {option}", refused
    if issue.ordered:
        return "requires", f"{issue.id} >= {option}", frozenset(order[:least])
    return "requires", f"{issue.id} = {option}", frozenset(order) - {option}


def _name(word: str, issue: DraftIssue, refused: frozenset[str]) -> str:
    kept = [option.name for option in issue.options if option.id not in refused]
    out = [option.name for option in issue.options if option.id in refused]
    return f"{issue.name}: not {' or '.join(out)}" if word == "refuses" else f"{issue.name}: only {' or '.join(kept)}"


def _joined(one: DraftRedLine, other: DraftRedLine) -> DraftRedLine:
    """Return a red line that two statements draw: it is as firm as the firmer of them."""
    stronger = one if one.hard or not other.hard else other
    because = tuple(dict.fromkeys((*one.ground.because, *other.ground.because)))
    return DraftRedLine(
        "", one.party, one.issue, one.name, one.word, one.condition, one.refused, stronger.hard, stronger.remark, Ground(because)
    )
