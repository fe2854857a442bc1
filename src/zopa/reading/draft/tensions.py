"""Where statements of a draft pull in different directions; shown, never scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from zopa.reading.draft.elements import (
    DraftGate,
    DraftIssue,
    DraftPackage,
    DraftPosition,
    DraftRedLine,
    DraftTension,
    Stance,
)
from zopa.reading.draft.ids import Names
from zopa.reading.draft.options import Valued
from zopa.reading.draft.positions import contradict, departs
from zopa.reading.draft.units import Unit

Pull = tuple[str, tuple[str, ...]]


def tensions_of(
    issues: Sequence[Valued],
    stances: Sequence[Stance],
    positions: Sequence[DraftPosition],
    red_lines: Sequence[DraftRedLine],
    packages: Sequence[DraftPackage],
    gates: Sequence[DraftGate],
    parties: Mapping[str, str],
    taken: Names,
) -> list[DraftTension]:
    """Return every tension once.

    Opposite stances or values of one party; a stand that a later one replaces; a package against a red line; red lines that leave
    no option together; readiness against a date of the same party; what one says of another against the other's own words; one
    lever used both ways; and amounts of one thing that sources give differently.

    Parameters
    ----------
    issues, stances, positions, red_lines, packages, gates
        The draft so far.
    parties
        Name of each party by key.
    taken
        Ids of the case; those of the tensions are taken from it.
    """
    shown = _Shown({valued.issue.id: valued.issue for valued in issues}, parties)
    pulls: list[Pull] = [
        *_own_words(stances, positions, shown),
        *_packages(packages, red_lines, shown),
        *_red_lines(red_lines, shown),
        *_readiness(gates, shown),
        *_reports(stances, shown),
        *_process_reports(issues, shown),
        *_levers(issues, shown),
        *_amounts(issues, shown),
    ]
    seen: set[tuple[str, ...]] = set()
    found: dict[str, tuple[str, ...]] = {}
    for says, because in pulls:
        if because not in seen:
            seen.add(because)
            found[says] = tuple(dict.fromkeys((*found.get(says, ()), *because)))
    return [DraftTension(taken.number("T"), says, because) for says, because in found.items()]


class _Shown:
    """Names of issues, options and parties in words."""

    def __init__(self, issues: Mapping[str, DraftIssue], parties: Mapping[str, str]) -> None:
        self.issues = issues
        self._parties = parties

    def party(self, key: str) -> str:
        base = key.partition(".")[0]
        return self._parties.get(base, base)

    def issue(self, name: str) -> str:
        return self.issues[name].name

    def option(self, issue: str, option: str) -> str:
        return self.issues[issue].option(option).name


def _own_words(stances: Iterable[Stance], positions: Iterable[DraftPosition], shown: _Shown) -> list[Pull]:
    own: dict[tuple[str, str], list[Stance]] = {}
    seen: set[object] = set()
    for stance in stances:
        said = (stance.party, stance.issue, stance.way, stance.option, stance.day)
        if stance.own and said not in seen:  # one of those that say the same on a day stands for all
            seen.add(said)
            own.setdefault((stance.party, stance.issue), []).append(stance)
    replaced = {stance for position in positions for stance in position.earlier}
    found: list[Pull] = []
    for (party, issue), inside in own.items():
        for one, other in combinations(inside, 2):
            if one.statement == other.statement or not departs(one, other):
                continue
            first, second = _put(one, shown), _put(other, shown)
            who = f"{shown.party(party)} on {shown.issue(issue)}"
            if one in replaced and one.day != other.day:
                says = f"{who}: {first} on {one.day}, {second} on {other.day}; the later word stands in the draft"
            elif contradict(one, other):
                says = f"{who}: both {first} and {second}"
            else:
                says = f"{who}: two values, {first} and {second}"
            found.append((says, (one.statement, other.statement)))
    return found


def _put(stance: Stance, shown: _Shown) -> str:
    return f"{stance.way} “{shown.option(stance.issue, stance.option)}”"


def _packages(packages: Iterable[DraftPackage], red_lines: Sequence[DraftRedLine], shown: _Shown) -> list[Pull]:
    found: list[Pull] = []
    for package in packages:
        for line in red_lines:
            term = dict(package.terms).get(line.issue)
            if term is not None and set(term.split("|")) <= line.refused:
                held = " or ".join(shown.option(line.issue, option) for option in term.split("|"))
                says = (
                    f"The package “{package.name}” holds “{held}” on {shown.issue(line.issue)}, "
                    f"which a red line of {shown.party(line.party)} rules out"
                )
                found.append((says, (*package.ground.because, *line.ground.because)))
    return found


def _red_lines(red_lines: Sequence[DraftRedLine], shown: _Shown) -> list[Pull]:
    found: list[Pull] = []
    for one, other in combinations(red_lines, 2):
        if one.issue != other.issue:
            continue
        options = {option.id for option in shown.issues[one.issue].options}
        if options <= one.refused | other.refused:
            who = " and ".join(dict.fromkeys((shown.party(one.party), shown.party(other.party))))
            says = f"The red lines of {who} on {shown.issue(one.issue)} leave no option that the text names"
            found.append((says, (*one.ground.because, *other.ground.because)))
    return found


def _readiness(gates: Iterable[DraftGate], shown: _Shown) -> list[Pull]:
    gates = list(gates)
    found: list[Pull] = []
    for ready in gates:
        if ready.fact != "yes" or ready.party is None:
            continue
        for gate in gates:
            if gate.on is not None and gate.party == ready.party and gate.opens is not None:
                says = f"{shown.party(ready.party)} speaks for talks or a meeting, and yet lets them wait for {gate.on}"
                found.append((says, (*ready.ground.because, *gate.ground.because)))
    return found


def _reports(stances: Sequence[Stance], shown: _Shown) -> list[Pull]:
    """Return where what others say of a party goes against its own words."""
    found: list[Pull] = []
    for told in stances:
        if told.own:
            continue
        for own in stances:
            if own.own and (own.party, own.issue) == (told.party, told.issue) and contradict(own, told):
                says = (
                    f"{shown.party(own.party)} is reported to be {_put(told, shown)} on {shown.issue(own.issue)}, "
                    f"and says itself that it is {_put(own, shown)}"
                )
                found.append((says, (told.statement, own.statement)))
    return found


def _process_reports(issues: Iterable[Valued], shown: _Shown) -> list[Pull]:
    """Return where one party says of another that it wants to talk, or not, and the other says the opposite."""
    found: list[Pull] = []
    for valued in issues:
        if not valued.issue.process:
            continue
        units = [
            unit for unit in valued.cluster.units if unit.said.statement.stance_code in {"for", "against"} and not unit.said.told
        ]
        for told, own in ((one, other) for one in units for other in units):
            same = told.said.statement.party == own.said.statement.party
            if same and not told.said.own and own.said.own and told.said.statement.stance_code != own.said.statement.stance_code:
                who = shown.party(own.said.statement.party)
                says = f"{who} is reported to stand otherwise on “{valued.issue.name}” than it says itself"
                found.append((says, (told.said.id, own.said.id)))
    return found


def _levers(issues: Iterable[Valued], shown: _Shown) -> list[Pull]:
    """Return where one party may both give more and give less of the same thing."""
    found: list[Pull] = []
    for valued in issues:
        ways: dict[str, dict[bool, Unit]] = {}
        for unit, values in valued.values:
            actor = (unit.said.statement.about or unit.said.statement.party).partition(".")[0]
            if unit.said.background or unit.said.statement.party == "narrator":
                continue
            for value in values:
                if value.kind == "change" and value.rank != 2:
                    ways.setdefault(actor, {}).setdefault(value.rank > 2, unit)
        for actor, both in ways.items():
            if len(both) == 2 and both[True].said.id != both[False].said.id:
                says = f"{shown.party(actor)} on {shown.issue(valued.issue.id)}: the same lever is spoken of as more and as less"
                found.append((says, (both[False].said.id, both[True].said.id)))
    return found


def _amounts(issues: Iterable[Valued], shown: _Shown) -> list[Pull]:
    """Return where two sources give different exact amounts, in one unit, for what is in force."""
    found: list[Pull] = []
    for valued in issues:
        facts = [
            (unit, value.amount)
            for unit, values in valued.values
            if unit.said.statement.predicate in {"fact", "fact-claim"}
            for value in values
            if value.amount is not None and value.amount.bound is None
        ]
        for (one, first), (other, second) in combinations(facts, 2):
            differ = first.unit == second.unit and first.value != second.value
            if differ and one.said.source != other.said.source:
                says = f"{shown.issue(valued.issue.id)}: one source says “{first.text}”, another “{second.text}”"
                found.append((says, (one.said.id, other.said.id)))
    return found
