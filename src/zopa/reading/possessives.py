"""Whom "its", "his", "her" or "their" before an office stands for: the most recent fitting party, else nobody.

"Its" looks for a body or a state, "his" and "her" for a person, "their" for several. What stands before it in the same
sentence counts first, else the sentence before. Of several bodies the one subject counts; of several people, whose sex names
do not tell, and of several groups nobody is taken, unless all are of one party.
People without a name count only where nobody else fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zopa.reading.resolving import Resolved


@dataclass(frozen=True)
class Candidate:
    """A phrase before a possessive: what it comes to, and whether it is the subject of its clause."""

    found: Resolved
    subject: bool


def possessor(possessive: str, *sentences: Sequence[Candidate]) -> Resolved | None:
    """Return whom a possessive stands for, or None where nobody fits, two do, or whoever fits has neither name nor party.

    Parameters
    ----------
    possessive
        "its", "his", "her" or "their".
    sentences
        The candidates before it: of its own sentence, then of the one before.
    """
    for candidates in sentences:
        fitting = [one for one in candidates if _fits(possessive, one.found)]
        distinct = _distinct(fitting)
        if len(distinct) > 1 and possessive == "its":
            distinct = _distinct([one for one in fitting if one.subject])
        elif len(distinct) > 1 and possessive in {"his", "her"}:
            # "A mediator" whom nobody names has no office of whom the next sentence tells.
            distinct = _distinct([one for one in fitting if one.found.speaker is not None])
        if distinct and len({one.party for one in distinct}) == 1 and (len(distinct) == 1 or distinct[0].found):
            found = distinct[0]
            return found if found.found or found.speaker is not None else None
        if fitting:
            return None
    return None


def _fits(possessive: str, found: Resolved) -> bool:
    if possessive == "its":
        return found.found and not found.person and not found.plural
    if possessive == "their":
        return found.plural
    return found.person and not found.plural


def _distinct(candidates: Sequence[Candidate]) -> list[Resolved]:
    """Return what candidates come to, each party or person once."""
    return list({(one.found.party, one.found.speaker if one.found.person else None): one.found for one in candidates}.values())
