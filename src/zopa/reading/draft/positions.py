"""Where parties stand, from their own words alone.

What a named source says about another party, what unnamed sources report and what the narrator tells stay reported: they fill
no position.  Sympathy with a stand is not the stand.  Nothing becomes a number: a position says that an option is no worse
(``for``) or no better (``against``) than what is in force, and whoever says nothing stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from zopa.reading.draft.elements import DraftPosition, Ground, Stance, Way
from zopa.reading.draft.matters import turned
from zopa.reading.draft.options import Valued
from zopa.reading.draft.units import Unit
from zopa.reading.statements import PSEUDO_PARTIES

_NO_STAND: Final = frozenset({"sympathise", "admire"})
# A party that only says, reports or claims something about another one takes no stand of its own by it.
_TELLING: Final = frozenset({"say", "report", "fact", "fact-claim", "assess"})


def stances_of(issues: Iterable[Valued]) -> list[Stance]:
    """Return what statements of level 0 to 3 say for parties, own words and reported ones, in text order.

    Parameters
    ----------
    issues
        The issues of the case; those about talks are left out, for they are no part of packages.
    """
    found: list[Stance] = []
    for valued in issues:
        if valued.issue.process:
            continue
        for unit in valued.cluster.units:
            found.extend(_stances(valued, unit))
    return found


def _stances(valued: Valued, unit: Unit) -> list[Stance]:
    said, one = unit.said, unit.said.statement
    code = one.stance_code
    party = one.party.partition(".")[0]
    if party in PSEUDO_PARTIES or said.told or one.predicate in _NO_STAND or code not in {"for", "against"}:
        return []
    about = (one.about or "").partition(".")[0]
    if one.predicate in _TELLING and about and about != party:
        return []
    way: Way = "for" if code == "for" else "against"
    amounts = valued.amounts_of(unit)
    return [
        Stance(party, valued.issue.id, side, option, said.id, said.day, said.own, *amounts.get(option, (None, None)))
        for side, option in towards(valued, unit, way)
    ]


def towards(valued: Valued, unit: Unit, way: Way) -> list[tuple[Way, str]]:
    """Return the options a content is for or against.

    Where the issue has only degrees of the thing, wanting it is to be against having none of it, and refusing it is to be for
    none.
    """
    if turned(unit):
        way = "against" if way == "for" else "for"
    options = valued.options_of(unit)
    if options:
        return [(way, option) for option in (options if way == "for" else options[:1])]
    if not valued.issue.ordered or not valued.speaks_of_the_thing(unit):
        return []
    none = valued.nothing
    if none is None:
        return []
    return [("against" if way == "for" else "for", none)]


def positions_of(stances: Sequence[Stance]) -> list[DraftPosition]:
    """Return the positions that own words give, the latest word first; contradictions on one day give none."""
    own: dict[tuple[str, str], list[Stance]] = {}
    for stance in stances:
        if stance.own:
            own.setdefault((stance.party, stance.issue), []).append(stance)
    found: list[DraftPosition] = []
    for (party, issue), inside in own.items():
        last = max(_day(stance) for stance in inside)
        latest = [stance for stance in inside if _day(stance) == last]
        if {stance.option for stance in latest if stance.way == "for"} & {
            stance.option for stance in latest if stance.way == "against"
        }:
            continue
        chosen = next((stance for stance in latest if stance.way == "for"), latest[0])
        agreeing = [stance for stance in inside if (stance.way, stance.option) == (chosen.way, chosen.option)]
        ground = Ground(tuple(dict.fromkeys(stance.statement for stance in agreeing)))
        changed = tuple(stance for stance in inside if _day(stance) < last and departs(stance, chosen))
        found.append(DraftPosition(party, issue, chosen.way, chosen.option, ground, changed))
    return found


def contradict(one: Stance, other: Stance) -> bool:
    """Return whether two stances are for and against the same option."""
    return one.option == other.option and one.way != other.way


def departs(one: Stance, other: Stance) -> bool:
    """Return whether a later stance is another one: for what the first was against, or for something else."""
    if contradict(one, other):
        return True
    return (
        one.way == other.way == "for"
        and one.option != other.option
        and not (_leaves_room(one, other) or _leaves_room(other, one))
    )


def _leaves_room(one: Stance, other: Stance) -> bool:
    """Return whether the bound of one amount leaves room for another one."""
    if one.value is None or other.value is None:
        return False
    return (one.bound == "max" and other.value <= one.value) or (one.bound == "min" and other.value >= one.value)


def _day(stance: Stance) -> date:
    return stance.day or date.min
