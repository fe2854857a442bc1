"""What the text alone decides, before any assumption is used.

Only red lines that rest on a party's own words (or on a published table) count here, and only readings
of those words are varied.  Nothing is weighed: a package either contradicts a stated condition or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, CircularWait, RedLine, Statement, circular_waits, combinations_of, format_condition, mentioned
from zopa.space import PackageSpace, Truth, condition_holds, deal_packages, fixed_rules, truth

Flags = NDArray[np.bool_]
MOST_READINGS = 512
LISTED = 20


@dataclass(frozen=True, slots=True)
class StatedCondition:
    """A red line that rests on a party's own words.

    Attributes
    ----------
    line, party : str
        The red line and whose it is.
    because : tuple of str
        The statements or tables it rests on.
    refuses : str
        The condition in the notation.
    reading : mapping of str to str
        A reading under which it binds (empty: under every reading).
    contradicting : int
        Deals that contradict it.
    packages : tuple of int
        The first of them, by index.
    """

    line: str
    party: str
    because: tuple[str, ...]
    refuses: str
    reading: Mapping[str, str]
    contradicting: int
    packages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextReading:
    """How many deals contradict no stated condition under one reading, and which conditions bind."""

    reading: Mapping[str, str]
    binding: tuple[str, ...]
    compatible: int


@dataclass(frozen=True, slots=True)
class TextAlone:
    """What can be said before any assumption.

    Attributes
    ----------
    total, allowed, deals : int
        Packages in all, those that meet the rules, those of them that count as agreement.
    conditions : tuple of StatedCondition
        Stated conditions with the deals that contradict them.
    readings : tuple of TextReading
        Under each reading of the stated conditions, the deals that contradict none.
    strictest : TextReading or None
        The reading that leaves fewest deals.
    without : mapping of str to int
        Under the strictest reading, the deals left when one statement is set aside.
    positions : mapping of str to mapping of str to tuple of str
        For each issue and party the statements in which the party itself takes a position.
    reported : mapping of str to mapping of str to tuple of str
        The same for what others say of the party; never counted as its own word.
    named : mapping of str to mapping of str to tuple of str
        For each named package what it contradicts (`conditions`) and which wishes it leaves unmet
        (`wishes`), as statement or red line ids.
    waits : tuple of CircularWait
        Gates that wait for each other.
    complete : bool
        False when there are too many readings to go through.
    """

    total: int
    allowed: int
    deals: int
    conditions: tuple[StatedCondition, ...]
    readings: tuple[TextReading, ...]
    strictest: TextReading | None
    without: Mapping[str, int]
    positions: Mapping[str, Mapping[str, tuple[str, ...]]]
    reported: Mapping[str, Mapping[str, tuple[str, ...]]]
    named: Mapping[str, Mapping[str, tuple[str, ...]]]
    waits: tuple[CircularWait, ...]
    complete: bool


def is_stated(case: Case, line: RedLine) -> bool:
    """Return whether a red line rests on the party's own words or on a table."""
    return bool(stated_bases(case, line))


def speaks_for(statement: Statement) -> str | None:
    """Return the party a statement is made for, its principal cut off."""
    return None if statement.party is None else statement.party.partition(".")[0]


def text_alone(case: Case, space: PackageSpace) -> TextAlone:
    """Return what the text alone decides.

    Parameters
    ----------
    case : Case
        The case.
    space : PackageSpace
        Its packages; the counts are by enumeration.
    """
    allowed = fixed_rules(space, case)
    deals = allowed & deal_packages(space, case)
    stated = [line for preferences in case.preferences.values() for line in preferences.red_lines if is_stated(case, line)]
    refused = {line.id: space.flat(truth(line.refuses, space, {}).surely) & deals for line in stated}
    names = _read_by(case, stated)
    counts = [len(case.assumptions[name].words) for name in names]
    complete = prod(counts) <= MOST_READINGS
    readings = tuple(
        _reading(
            {name: case.assumptions[name].words[number] for name, number in zip(names, one, strict=True)}, stated, refused, deals
        )
        for one in combinations_of(counts, MOST_READINGS)
    )
    strictest = min(readings, key=lambda reading: reading.compatible, default=None)
    conditions = tuple(_condition(line, readings, refused[line.id]) for line in stated)
    return TextAlone(
        total=space.size,
        allowed=int(allowed.sum()),
        deals=int(deals.sum()),
        conditions=conditions,
        readings=readings,
        strictest=strictest,
        without=_leave_one_out(case, strictest, stated, refused, deals),
        positions=_positions(case, own=True),
        reported=_positions(case, own=False),
        named=_named(case, space, stated, deals),
        waits=circular_waits(case.gates, case.assumptions),
        complete=complete,
    )


def _read_by(case: Case, stated: list[RedLine]) -> list[str]:
    """Return the discrete assumptions that decide whether stated conditions bind, in file order."""
    found = {name for line in stated if line.binds is not None for name in mentioned(line.binds)}
    return [
        name for name, assumption in case.assumptions.items() if name in found and assumption.words and not assumption.per_parties
    ]


def _binds(line: RedLine, reading: Mapping[str, str]) -> bool:
    if line.binds is None:
        return not line.unknown
    return condition_holds(line.binds, reading) is True


def _reading(reading: Mapping[str, str], stated: list[RedLine], refused: Mapping[str, Flags], deals: Flags) -> TextReading:
    binding = tuple(line.id for line in stated if _binds(line, reading))
    left = deals
    for name in binding:
        left = left & ~refused[name]
    return TextReading(reading, binding, int(left.sum()))


def _condition(line: RedLine, readings: tuple[TextReading, ...], refused: Flags) -> StatedCondition:
    names = mentioned(line.binds) if line.binds is not None else frozenset()
    first = next((reading.reading for reading in readings if line.id in reading.binding), {})
    return StatedCondition(
        line.id,
        line.party,
        line.basis.because,
        format_condition(line.refuses),
        {name: word for name, word in first.items() if name in names},
        int(refused.sum()),
        tuple(int(index) for index in np.flatnonzero(refused)[:LISTED]),
    )


def stated_bases(case: Case, line: RedLine) -> tuple[str, ...]:
    """Return the statements of the party itself, and the tables, that a red line rests on."""
    return tuple(
        name
        for name in line.basis.because
        if (statement := case.statements.get(name)) is None or (statement.own_words and speaks_for(statement) == line.party)
    )


def _leave_one_out(
    case: Case, strictest: TextReading | None, stated: list[RedLine], refused: Mapping[str, Flags], deals: Flags
) -> dict[str, int]:
    """Return the deals left when a statement is set aside with every red line that rests on it alone."""
    if strictest is None:
        return {}
    bases = {line.id: stated_bases(case, line) for line in stated if line.id in strictest.binding}
    found: dict[str, int] = {}
    for dropped in dict.fromkeys(name for names in bases.values() for name in names):
        left = deals
        for line, names in bases.items():
            if names != (dropped,):
                left = left & ~refused[line]
        found[dropped] = int(left.sum())
    return found


def _positions(case: Case, *, own: bool) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for issue in case.issues:
        row: dict[str, tuple[str, ...]] = {}
        for party in case.parties:
            row[party] = tuple(
                statement.id
                for statement in case.statements.values()
                if issue in statement.issues
                and (
                    (statement.own_words and speaks_for(statement) == party)
                    if own
                    else (
                        (not statement.own_words and speaks_for(statement) == party)
                        or (statement.about is not None and statement.about.partition(".")[0] == party)
                    )
                )
            )
        found[issue] = row
    return found


def _named(case: Case, space: PackageSpace, stated: list[RedLine], deals: Flags) -> dict[str, dict[str, tuple[str, ...]]]:
    wishes = [
        statement
        for statement in case.statements.values()
        if statement.wants is not None and statement.own_words and _over_packages(case, statement)
    ]
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, package in case.packages.items():
        members = space.flat(space.family(package))
        # A stated condition is about agreements: what is no deal cannot contradict it.
        deal = bool((members & deals).any())
        found[name] = {
            "conditions": tuple(line.id for line in stated if deal and _all(members, truth(line.refuses, space, {}), space)),
            "wishes": tuple(
                statement.id
                for statement in wishes
                if statement.wants is not None and not (space.flat(truth(statement.wants, space, {}).possibly) & members).any()
            ),
        }
    return found


def _over_packages(case: Case, statement: Statement) -> bool:
    assert statement.wants is not None
    inside = {issue.id for issue in case.package_issues()}
    return all(name in inside for name in mentioned(statement.wants))


def _all(members: Flags, where: Truth, space: PackageSpace) -> bool:
    return bool(members.any()) and bool(space.flat(where.surely)[members].all())
