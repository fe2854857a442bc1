"""Two parties changing places: everything the case says of the one is said of the other.

What moves is what belongs to a party: its name and seat, its consent, principals and voices, its influence,
positions and preferences with red lines and no-deal value, its part in levers, in control over options, in
holding and in votes, and the statements that are its own or about it.  What stays is what belongs to nobody:
issues with their options, rules, named packages, gates (whatever their ids suggest), and the order in which
things stand in the file.  An id is then a chair, and the data sit down in the other one.

A judgement keeps its path, and with it its random stream: streams travel with the data.  Draws of assumptions
made for each party, and of scores known by their order alone, are keyed by the chair instead; for those
``Swapped.streams`` says whose stream to take.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from zopa.case.derived import Leaf, derived_digest, with_leaves, with_names
from zopa.case.faults import did_you_mean
from zopa.case.model import (
    Agreement,
    Assumption,
    Breakpoints,
    Case,
    Correlation,
    Direction,
    Effect,
    Gate,
    Holding,
    Issue,
    IssueScore,
    Judgement,
    Lever,
    OrderOnly,
    Party,
    Position,
    Preferences,
    RedLine,
    ScoreTable,
    Statement,
)
from zopa.case.notation import Amount, Condition, Name

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Swapped:
    """A case in which two parties have each other's data.

    Attributes
    ----------
    case : Case
        The case; its text, and all places, are still those of the file.
    streams : mapping of str to str
        For keys of draws that name a chair the key whose stream they take, such as ``A9.RUS`` to ``A9.UKR``.
        Every other key keeps its own.
    readings : mapping of str to str
        The same for the keys of split assumptions: the alternative that the first has here is the one that
        the second has in the case swapped from.
    """

    case: Case
    streams: Mapping[str, str]
    readings: Mapping[str, str]


def swap_parties(case: Case, first: str, second: str) -> Swapped:
    """Return the case with all data of two parties exchanged.

    Parameters
    ----------
    case : Case
        The case.
    first, second : str
        Ids of two parties.

    Returns
    -------
    Swapped
        Its case has a digest of its own.  Swapping the same two again gives the case back, all but the digest.

    Raises
    ------
    ValueError
        When one of the two is no party of the case, or both are the same.

    Notes
    -----
    With the streams carried along, every answer is the same after the ids are exchanged back, if the
    program treats parties alike.  Whether the *case* does is another question: see `differences`.
    """
    check_pair(case, first, second)
    turn = Turn(case, first, second)
    return Swapped(
        turn.case(),
        _streams(turn),
        {
            f"{assumption.id}.{other}": f"{assumption.id}.{party}"
            for assumption in case.split_assumptions()
            for party, other in ((first, second), (second, first))
            if party in assumption.per_parties
        },
    )


def check_pair(case: Case, first: str, second: str) -> None:
    """Raise ValueError unless these are two different parties of the case."""
    for name in (first, second):
        if name not in case.parties:
            raise ValueError(f"the case has no party called {name}. {did_you_mean(name, case.parties, 'parties')}")
    if first == second:
        raise ValueError(f"{first} cannot change places with itself. Name two different parties of {', '.join(case.parties)}.")


def _streams(turn: Turn) -> dict[str, str]:
    case = turn.whole
    found = {
        f"{assumption.id}.{turn.names[party]}": f"{assumption.id}.{party}"
        for assumption in case.assumptions.values()
        for party in assumption.per_parties
        if party in turn.names
    }
    for party, chair in turn.names.items():
        preferences = case.preferences.get(party)
        for issue, score in preferences.scores.items() if preferences is not None else ():
            if isinstance(score, OrderOnly):
                for option in score.order.items:
                    found[f"preferences.{chair}.scores.{issue}.{option}"] = f"preferences.{party}.scores.{issue}.{option}"
    placed = [assumption.id for assumption in case.assumptions.values() if assumption.per_place]
    for old, new in turn.moved.items():
        found |= {new: old} | {f"{name}@{new}": f"{name}@{old}" for name in placed}
    return found


def _moved(case: Case, names: Mapping[str, str]) -> dict[str, str]:
    """Return the paths that cannot travel, because the other party's scores of the same issue are keyed by the chair."""
    found = {}
    for party, chair in names.items():
        own, other = case.preferences.get(party), case.preferences.get(chair)
        for issue, score in own.scores.items() if own is not None and other is not None else ():
            if other is not None and isinstance(other.scores.get(issue), OrderOnly):
                for judgement in _numbers(score):
                    block, _, rest = judgement.path.split(".", 2)
                    found[judgement.path] = f"{block}.{chair}.{rest}"
    return found


def _numbers(score: IssueScore) -> list[Judgement]:
    if isinstance(score, ScoreTable):
        return list(score.values.values())
    return [one for _, one in score.points] if isinstance(score, Breakpoints) else []


class Turn:
    """Exchanges two parties in whatever can name one."""

    def __init__(self, case: Case, first: str, second: str) -> None:
        self.whole = case
        self.names = {first: second, second: first}
        self.moved = _moved(case, self.names)

    # Names -------------------------------------------------------------------------------------

    def head(self, name: str) -> str:
        """Return PARTY, or PARTY.REST, with the party exchanged."""
        party, dot, rest = name.partition(".")
        return f"{self.names.get(party, party)}{dot}{rest}"

    def tail(self, name: str) -> str:
        """Return NAME.PARTY with the party exchanged."""
        base, dot, party = name.partition(".")
        return f"{base}{dot}{self.names.get(party, party)}"

    def either(self, name: str) -> str:
        """Return a name of a condition, in which a party stands first, or behind the assumption drawn for it."""
        return self.head(name) if name.partition(".")[0] in self.names else self.tail(name)

    def maybe(self, name: str | None) -> str | None:
        """Return a party that need not be there, exchanged."""
        return None if name is None else self.head(name)

    def members(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return a set of parties, exchanged, in which whoever stays keeps its place."""
        return tuple(self.table(dict.fromkeys(names), self.head))

    def table(self, entries: Mapping[str, Thing], key: Callable[[str], str]) -> dict[str, Thing]:
        """Return a table with its keys exchanged, in the order in which the keys stood."""
        turned = {key(name): one for name, one in entries.items()}
        places = [name if name in turned else key(name) for name in entries]
        return {place: turned[place] for place in places}

    # Notations ---------------------------------------------------------------------------------

    def amount(self, amount: Amount) -> Amount:
        """Return an amount with the parties behind assumptions exchanged."""
        return with_names(amount, lambda name: Name(self.tail(name.id), name.start, name.end))

    def condition(self, condition: Condition) -> Condition:
        """Return a condition with parties exchanged."""

        def leaf(one: Leaf) -> Leaf:
            return replace(one, name=self.either(one.name))

        return with_leaves(condition, leaf)

    def condition_or_none(self, condition: Condition | None) -> Condition | None:
        """Return a condition that need not be there, with parties exchanged."""
        return None if condition is None else self.condition(condition)

    def judgement(self, one: Judgement) -> Judgement:
        """Return a judgement under its old path (save where that would be taken), with the parties in its amount exchanged."""
        return replace(one, path=self.moved.get(one.path, one.path), amount=self.amount(one.amount))

    def judgement_or_none(self, one: Judgement | None) -> Judgement | None:
        """Return a judgement that need not be there."""
        return None if one is None else self.judgement(one)

    def judgements(self, ones: Mapping[str, Judgement]) -> dict[str, Judgement]:
        """Return judgements that stay under their keys."""
        return {name: self.judgement(one) for name, one in ones.items()}

    # Blocks ------------------------------------------------------------------------------------

    def case(self) -> Case:
        """Return the whole case."""
        case = self.whole
        return replace(
            case,
            digest=derived_digest(case, "swapped", *sorted(self.names)),
            deal=self.condition_or_none(case.deal),
            alike=tuple(self.members(group) for group in case.alike),
            statements={name: self.statement(one) for name, one in case.statements.items()},
            parties=self.table({name: self.party(one) for name, one in case.parties.items()}, self.head),
            agreement=self.agreement(case.agreement),
            influence=self.table(self.judgements(case.influence), self.head),
            issues={name: self.issue(one) for name, one in case.issues.items()},
            rules={name: replace(one, condition=self.condition(one.condition)) for name, one in case.rules.items()},
            assumptions={name: self.assumption(one) for name, one in case.assumptions.items()},
            correlations=tuple(self.correlation(one) for one in case.correlations),
            preferences=self.table({name: self.preferences(one) for name, one in case.preferences.items()}, self.head),
            positions={issue: self.positions(row) for issue, row in case.positions.items()},
            packages={
                name: replace(one, when=self.condition_or_none(one.when), author=self.maybe(one.author))
                for name, one in case.packages.items()
            },
            gates={name: self.gate(one) for name, one in case.gates.items()},
            levers={name: self.lever(one) for name, one in case.levers.items()},
            holding=None if case.holding is None else self.holding(case.holding),
        )

    def statement(self, one: Statement) -> Statement:
        """Return a statement of, or about, the other party."""
        return replace(one, party=self.maybe(one.party), about=self.maybe(one.about), wants=self.condition_or_none(one.wants))

    def party(self, one: Party) -> Party:
        """Return a party in the other chair."""
        return replace(one, id=self.head(one.id), consent_if=self.condition_or_none(one.consent_if))

    def agreement(self, one: Agreement) -> Agreement:
        """Return who must say yes."""
        votes = None if one.votes is None else self.table(one.votes, self.head)
        return Agreement(one.need, votes, self.members(one.veto))

    def issue(self, one: Issue) -> Issue:
        """Return an issue under the control, and with the moves, of the other party."""
        options = tuple(replace(option, by=self.condition_or_none(option.by)) for option in one.options)
        moves = self.table(one.moves, self.head) if isinstance(one.moves, Mapping) else one.moves
        return replace(one, options=options, by=self.condition_or_none(one.by), moves=moves)

    def assumption(self, one: Assumption) -> Assumption:
        """Return an assumption that is drawn for the other party."""
        return replace(
            one,
            amount=None if one.amount is None else self.amount(one.amount),
            per_parties=self.members(one.per_parties),
            sweep=tuple(self.amount(band) for band in one.sweep),
        )

    def correlation(self, one: Correlation) -> Correlation:
        """Return a correlation between the same draws, of which those made for a party are the other party's now."""
        return replace(one, between=tuple(self.tail(name) for name in one.between))

    def positions(self, row: Mapping[str, Position]) -> dict[str, Position]:
        """Return who stands where on one issue."""
        turned = {
            name: Position(self.judgement_or_none(one.position), self.judgement_or_none(one.salience))
            for name, one in row.items()
        }
        return self.table(turned, self.head)

    def gate(self, one: Gate) -> Gate:
        """Return a gate; it belongs to nobody, but can hang on assumptions drawn for a party."""
        return replace(one, needs=self.condition_or_none(one.needs), early=self.judgement_or_none(one.early))

    def lever(self, one: Lever) -> Lever:
        """Return a lever in the other hand, and on the other no-deal value."""
        return replace(
            one,
            by=self.head(one.by),
            moves=self.table(self.judgements(one.moves), self.head),
            times=self.table(self.judgements(one.times), self.head),
        )

    def holding(self, one: Holding) -> Holding:
        """Return the inputs of holding; who is named first in ``between`` is exchanged too, as shares are those of the first."""
        return replace(
            one,
            between=tuple(self.head(name) for name in one.between),
            inputs=self.table(self.judgements(one.inputs), self.tail),
            texts=self.table(one.texts, self.tail),
            effects=tuple(self.effect(effect) for effect in one.effects),
        )

    def effect(self, one: Effect) -> Effect:
        """Return an effect on the other party's input."""
        moves, times = (self.table(self.judgements(ones), self.tail) for ones in (one.moves, one.times))
        return replace(one, moves=moves, times=times)

    def preferences(self, one: Preferences) -> Preferences:
        """Return what the other party wants."""
        return replace(
            one,
            party=self.head(one.party),
            scores={issue: self.score(score) for issue, score in one.scores.items()},
            weights=self.judgements(one.weights),
            bonuses=tuple(replace(bonus, points=self.judgement(bonus.points)) for bonus in one.bonuses),
            red_lines=tuple(self.red_line(line) for line in one.red_lines),
            no_deal=None
            if one.no_deal is None
            else replace(one.no_deal, judgement=self.judgement_or_none(one.no_deal.judgement)),
        )

    def score(self, one: IssueScore) -> IssueScore:
        """Return a score; only amounts can name a party."""
        if isinstance(one, ScoreTable):
            return replace(one, values=self.judgements(one.values))
        if isinstance(one, Breakpoints):
            return replace(one, points=tuple((at, self.judgement(value)) for at, value in one.points))
        if isinstance(one, Direction):
            return replace(one, value=self.judgement(one.value), shape=self.judgement_or_none(one.shape))
        return one

    def red_line(self, one: RedLine) -> RedLine:
        """Return the red line of the other party; what it refuses names issues only."""
        return replace(one, party=self.head(one.party), binds=self.condition_or_none(one.binds))
