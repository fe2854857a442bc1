"""What the text alone decides, before any weight, score or no-deal value is used.

Only red lines that rest on what the source gives as a party's own stand (or on a published table) count
here, and only readings of those sentences are varied.  Nothing is weighed: a package either contradicts
a stated condition or not.  The counts depend on the list of options, part of which an analyst added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from zopa.case import Case, CircularWait, RedLine, Statement, circular_waits, combinations_of, format_condition, mentioned
from zopa.settlement.deal_sets import ComposedDeals, DealSets, ListedDeals
from zopa.space import PackageSpace, condition_holds

MOST_READINGS = 512
LISTED = 20


@dataclass(frozen=True, slots=True)
class StatedCondition:
    """A red line that rests on what the source gives as the party's own stand.

    Attributes
    ----------
    line, party : str
        The red line and whose it is.
    because : tuple of str
        The statements or tables it rests on.
    own_words : bool
        True when one of them quotes or reports the party's words (or is a table); False when the source
        only tells the stand, without naming who said it.
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
    own_words: bool
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
        For each issue and party the statements that the source gives as the party's own: in its words,
        or told by the narrator as its stand.
    reported : mapping of str to mapping of str to tuple of str
        The same for what others say about the party; never counted as its own.
    unattributed : mapping of str to tuple of str
        For each issue the statements that are given to no party and are about none.
    added : int
        Options of package issues that rest on no statement: an analyst added them to complete a scale.
    options : int
        Options of package issues in all.
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
    unattributed: Mapping[str, tuple[str, ...]]
    added: int
    options: int
    named: Mapping[str, Mapping[str, tuple[str, ...]]]
    waits: tuple[CircularWait, ...]
    complete: bool

    def questions(self) -> tuple[str, ...]:
        """Return the assumptions that say how the sentences behind stated conditions are read."""
        return tuple(self.readings[0].reading) if self.readings else ()

    def sentences(self) -> tuple[str, ...]:
        """Return the statements and tables behind conditions that bind under some readings only."""
        bound = [frozenset(one.binding) for one in self.readings]
        open_lines = frozenset().union(*bound) - frozenset(bound[0]).intersection(*bound) if bound else frozenset()
        return tuple(dict.fromkeys(name for one in self.conditions if one.line in open_lines for name in one.because))

    def silent(self) -> dict[str, tuple[str, ...]]:
        """Return for each party the issues on which the source gives no stand of its own."""
        parties = list(next(iter(self.positions.values()), {}))
        return {party: tuple(issue for issue, row in self.positions.items() if not row[party]) for party in parties}


def is_stated(case: Case, line: RedLine) -> bool:
    """Return whether a red line rests on what the source gives as the party's own stand, or on a table."""
    return bool(stated_bases(case, line))


def speaks_for(statement: Statement) -> str | None:
    """Return the party a statement is made for, its principal cut off."""
    return None if statement.party is None else statement.party.partition(".")[0]


def text_alone(case: Case, space: PackageSpace, *, composed: bool = False) -> TextAlone:
    """Return what the text alone decides.

    Parameters
    ----------
    case : Case
        The case.
    space : PackageSpace
        Its packages.
    composed : bool
        Count without listing packages; the counts are the same.

    Raises
    ------
    TooWide
        When rules and red lines couple too many issues to be counted without listing packages.
    """
    stated = [line for preferences in case.preferences.values() for line in preferences.red_lines if is_stated(case, line)]
    sets: DealSets = ComposedDeals(case, space, stated) if composed else ListedDeals(case, space, stated)
    names = _read_by(case, stated)
    counts = [len(case.assumptions[name].words) for name in names]
    complete = prod(counts) <= MOST_READINGS
    readings = tuple(
        _reading({name: case.assumptions[name].words[number] for name, number in zip(names, one, strict=True)}, stated, sets)
        for one in combinations_of(counts, MOST_READINGS)
    )
    strictest = min(readings, key=lambda reading: reading.compatible, default=None)
    conditions = tuple(_condition(case, line, readings, sets) for line in stated)
    listed = [option for issue in case.package_issues() for option in issue.options]
    return TextAlone(
        total=space.size,
        allowed=sets.allowed,
        deals=sets.deals,
        conditions=conditions,
        readings=readings,
        strictest=strictest,
        without=_leave_one_out(case, strictest, stated, sets),
        positions=_positions(case, own=True),
        reported=_positions(case, own=False),
        unattributed=_unattributed(case),
        added=sum(not option.basis.because for option in listed),
        options=len(listed),
        named=_named(case, stated, sets),
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


def _reading(reading: Mapping[str, str], stated: list[RedLine], sets: DealSets) -> TextReading:
    binding = tuple(line.id for line in stated if _binds(line, reading))
    return TextReading(reading, binding, sets.clear_of(binding))


def _condition(case: Case, line: RedLine, readings: tuple[TextReading, ...], sets: DealSets) -> StatedCondition:
    names = mentioned(line.binds) if line.binds is not None else frozenset()
    first = next((reading.reading for reading in readings if line.id in reading.binding), {})
    return StatedCondition(
        line.id,
        line.party,
        line.basis.because,
        any(name not in case.statements or case.statements[name].own_words for name in stated_bases(case, line)),
        format_condition(line.refuses),
        {name: word for name, word in first.items() if name in names},
        sets.crossing(line.id),
        sets.first_crossing(line.id, LISTED),
    )


def stated_bases(case: Case, line: RedLine) -> tuple[str, ...]:
    """Return what a red line rests on that the source gives as the party's own stand, and tables."""
    return tuple(
        name
        for name in line.basis.because
        if (statement := case.statements.get(name)) is None or (statement.attributed and speaks_for(statement) == line.party)
    )


def _leave_one_out(case: Case, strictest: TextReading | None, stated: list[RedLine], sets: DealSets) -> dict[str, int]:
    """Return the deals left when a statement is set aside with every red line that rests on it alone."""
    if strictest is None:
        return {}
    bases = {line.id: stated_bases(case, line) for line in stated if line.id in strictest.binding}
    return {
        dropped: sets.clear_of([line for line, names in bases.items() if names != (dropped,)])
        for dropped in dict.fromkeys(name for names in bases.values() for name in names)
    }


def _positions(case: Case, *, own: bool) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the statements of each party on each issue: its own, or what others say about it."""
    return {
        issue: {
            party: tuple(
                one.id
                for one in case.statements.values()
                if issue in one.issues and (_is_by(one, party) if own else _is_of(one, party))
            )
            for party in case.parties
        }
        for issue in case.issues
    }


def _is_by(one: Statement, party: str) -> bool:
    # Level 2 is the party speaking about another: its own words, though never the other's.
    return speaks_for(one) == party and (one.attributed or one.level == 2)


def _is_of(one: Statement, party: str) -> bool:
    about = None if one.about is None else one.about.partition(".")[0]
    return not _is_by(one, party) and party in {speaks_for(one), about}


def _unattributed(case: Case) -> dict[str, tuple[str, ...]]:
    """Return for each issue the statements that belong to no party, neither as theirs nor as about them."""
    return {
        issue: tuple(
            one.id
            for one in case.statements.values()
            if issue in one.issues and not any(_is_by(one, party) or _is_of(one, party) for party in case.parties)
        )
        for issue in case.issues
    }


def _named(case: Case, stated: list[RedLine], sets: DealSets) -> dict[str, dict[str, tuple[str, ...]]]:
    wishes = [
        statement
        for statement in case.statements.values()
        if statement.wants is not None and statement.attributed and _over_packages(case, statement)
    ]
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, package in case.packages.items():
        # A stated condition is about agreements: what is no deal cannot contradict it.
        deal = sets.has_deal(package)
        against = [line for line in stated if deal and sets.always(package, line.refuses)]
        # A sentence that stands behind a contradicted condition is not listed a second time as a wish.
        said = {base for line in against for base in line.basis.because}
        found[name] = {
            "conditions": tuple(line.id for line in against),
            "wishes": tuple(
                statement.id
                for statement in wishes
                if statement.id not in said and statement.wants is not None and not sets.ever(package, statement.wants)
            ),
        }
    return found


def _over_packages(case: Case, statement: Statement) -> bool:
    assert statement.wants is not None
    inside = {issue.id for issue in case.package_issues()}
    return all(name in inside for name in mentioned(statement.wants))
