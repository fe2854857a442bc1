"""Named packages: terms that the text itself puts together.

"A in exchange for B", "a plan which includes A", "A plus B", and conditions listed by one voice.  What is said to follow from a
proposal is a claimed effect, no term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from zopa.reading.draft.elements import DraftPackage, Ground
from zopa.reading.draft.ids import Names
from zopa.reading.draft.merging import Said
from zopa.reading.draft.options import Valued
from zopa.reading.draft.units import Unit, conjuncts_of
from zopa.reading.draft.words import shortened
from zopa.reading.statements import PSEUDO_PARTIES

_PUT_FORWARD: Final = frozenset({"propose", "offer", "consider", "option"})
_LISTING: Final = frozenset({"propose", "offer", "demand", "condition", "consider", "option"})
_PLAN: Final = re.compile(
    r"\b(?:plan|proposal|deal|package|formula|draft|scheme|roadmap|compromise|initiative|framework)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class _Offer:
    """Terms and who puts them together."""

    said: Said
    terms: tuple[tuple[str, str], ...]
    name: str


def packages_of(issues: Sequence[Valued], said: Sequence[Said], taken: Names) -> list[DraftPackage]:
    """Return the packages of a draft in text order; the same terms told twice are one package.

    Parameters
    ----------
    issues
        The issues of the case.
    said
        All statements.
    taken
        Ids of the case; those of the packages are taken from it.
    """
    terms = _terms(issues)
    by_id = {one.id: one for one in said}
    conjuncts = conjuncts_of(said)
    offers: list[_Offer] = []
    for one in said:
        own = terms.get(one.id, [])
        listed = [term for part in conjuncts.get(one.id, []) for term in terms.get(part.id, [])]
        if len(own) > 1 and any(unit.term for unit, _, _ in own):
            offers.append(_Offer(one, _distinct(own), shortened(one.content)))
        elif listed and one.statement.predicate in _LISTING and len(_distinct(listed)) > 1:
            offers.append(_Offer(one, _distinct(listed), shortened(one.content)))
        elif own and (any(unit.term for unit, _, _ in own) or _unattributed_proposal(one)):
            offers.append(_Offer(one, _distinct(own), shortened(one.subject if _PLAN.search(one.subject) else one.content)))
    found: dict[tuple[object, ...], DraftPackage] = {}
    for offer in offers:
        author, status = _author(offer.said, by_id)
        because = (offer.said.id, *(part.id for part in conjuncts.get(offer.said.id, [])))
        key = tuple(sorted(offer.terms))
        if key in found:
            before = found[key]
            because = tuple(dict.fromkeys((*before.ground.because, *because)))
            author, status = (before.author, before.status) if before.status == "own words" else _better(before, author, status)
            found[key] = DraftPackage("", before.name, author, status, before.terms, before.effects, Ground(because))
        else:
            effects = _effects(issues, offer)
            found[key] = DraftPackage("", offer.name, author, status, offer.terms, effects, Ground(because))
    return [
        DraftPackage(taken.number("P"), one.name, one.author, one.status, one.terms, one.effects, one.ground)
        for one in found.values()
    ]


def _terms(issues: Iterable[Valued]) -> dict[str, list[tuple[Unit, str, str]]]:
    found: dict[str, list[tuple[Unit, str, str]]] = {}
    for valued in issues:
        if valued.issue.process:
            continue
        for unit in valued.cluster.units:
            options = valued.options_of(unit) or valued.degrees_of(unit)
            if options and unit.said.statement.predicate != "consequence":
                found.setdefault(unit.said.id, []).append((unit, valued.issue.id, options[0]))
    for own in found.values():
        own.sort(key=lambda term: term[0].span)
    return found


def _distinct(terms: Iterable[tuple[Unit, str, str]]) -> tuple[tuple[str, str], ...]:
    """Return issue and option of each term, the first option where an issue stands twice."""
    found: dict[str, str] = {}
    for _, issue, option in terms:
        found.setdefault(issue, option)
    return tuple(found.items())


def _unattributed_proposal(one: Said) -> bool:
    """Return whether nobody who could hold it as a position puts it forward."""
    statement = one.statement
    return statement.party in PSEUDO_PARTIES and statement.predicate in {"propose", "offer"}


def _author(one: Said, by_id: dict[str, Said]) -> tuple[str, Literal["own words", "reported", "unattributed"]]:
    statement = one.statement
    if one.own:
        return statement.party, "own words"
    outer = by_id.get(statement.nested_in or "")
    told_by = outer.statement.party if outer is not None else statement.party
    if statement.party in PSEUDO_PARTIES and told_by in PSEUDO_PARTIES:
        reported = statement.predicate in {"report", "say"} or statement.party == "anonymous"
        return ("anonymous", "reported") if reported else ("unnamed", "unattributed")
    if told_by in {"anonymous", "unnamed", "unresolved"}:
        return told_by, "reported"
    return statement.party, "reported"


def _better(
    before: DraftPackage, author: str, status: Literal["own words", "reported", "unattributed"]
) -> tuple[str, Literal["own words", "reported", "unattributed"]]:
    """Return the author nearest to the proposal: its own words before what is reported, that before nobody."""
    order = ("own words", "reported", "unattributed")
    return (author, status) if order.index(status) < order.index(before.status) else (before.author, before.status)


def _effects(issues: Iterable[Valued], offer: _Offer) -> tuple[str, ...]:
    """Return the consequences claimed about the issues of an offer."""
    concerned = {issue for issue, _ in offer.terms}
    return tuple(
        unit.said.id
        for valued in issues
        if valued.issue.id in concerned
        for unit in valued.cluster.units
        if unit.said.statement.predicate == "consequence" and unit.said.read is offer.said.read
    )
