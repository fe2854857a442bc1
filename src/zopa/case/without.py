"""A case as it would stand had some statements never been made.

A basis loses what is set aside.  What rested on that alone is gone; what also gives an assumption or a reason of
its own stays on it.  The list of parties, issues and options is the analyst's and stays, so that answers before
and after are about the same packages.

What *gone* means for each kind of thing:

==========================================  ==================================================================
red line, rule, bonus, order of weights,    not there
lever, named package, influence, position,
correlation, effect of a term
score or weight                             what ``default`` gives in its block; without one it is unknown
no-deal value, input of holding,            unknown
named assumption, size of a lever
gate that is a fact                         not known whether it holds
any other gate                              not there, and nothing waits for it
tension                                     not there once one of its statements is: its words repeat them all
==========================================  ==================================================================

A split assumption all of whose statements are set aside asked how a sentence is to be read.  Without the sentence
the question is moot: what rested on the sentence under that assumption is gone as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from zopa.case.defaults import Defaults
from zopa.case.derived import derived_digest
from zopa.case.faults import did_you_mean
from zopa.case.model import (
    Assumption,
    Basis,
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
    Leaning,
    Lever,
    NamedPackage,
    NoDeal,
    OrderOnly,
    Party,
    Position,
    Preferences,
    Rule,
    ScoreTable,
    Statement,
    Tension,
    UnknownScore,
)
from zopa.case.notation import Chain, Flag, Unknown, format_amount, substitute
from zopa.case.references import mentioned
from zopa.case.setting_aside import Gone, SettingAside

Based = TypeVar("Based", Rule, NamedPackage, Correlation)
_STRENGTH: Final = ("=", ">=", ">", ">>")


@dataclass(frozen=True, slots=True)
class Without:
    """A case without some statements, and what became of what rested on them, in the order of the case."""

    case: Case
    gone: tuple[Gone, ...]


def without_statements(case: Case, ids: Iterable[str]) -> Without:
    """Return the case as it would stand had some statements never been made.

    Parameters
    ----------
    case : Case
        The case.
    ids : iterable of str
        Ids of statements; the id of a source stands for the source and every statement quoted from it.

    Returns
    -------
    Without
        Its case has a digest of its own; the text, and all places, are still those of the file.  Judgements keep
        their paths, and so their random streams: what does not rest on the statements is drawn as before.  A
        statement that bears nothing changes no number.

    Raises
    ------
    ValueError
        When an id is neither a statement nor a source of the case.

    Notes
    -----
    Titles, names and reasons are the analyst's prose and stay, even where they tell what a statement said.
    """
    wanted = dict.fromkeys(ids)
    for name in wanted:
        if name not in case.statements and name not in case.sources:
            known = [*case.statements, *case.sources]
            remedy = did_you_mean(name, known, "statements and sources")
            raise ValueError(f"the case has no statement or source called {name}. {remedy}")
    if not wanted:
        return Without(case, ())
    inside = [one.id for one in case.statements.values() if one.source in wanted]
    fewer = _Fewer(case, frozenset([*wanted, *inside]))
    return Without(fewer.made(), tuple(fewer.gone))


def without_assumptions(case: Case, ids: Iterable[str]) -> Without:
    """Return the case as it would stand if some named assumptions were not known.

    Parameters
    ----------
    case : Case
        The case.
    ids : iterable of str
        Ids of assumptions.

    Returns
    -------
    Without
        What rested on them alone is gone in the same sense as for :func:`without_statements`; what also rests on a
        statement stays.

    Raises
    ------
    ValueError
        When an id is no assumption of the case.
    """
    wanted = dict.fromkeys(ids)
    for name in wanted:
        if name not in case.assumptions:
            raise ValueError(f"the case has no assumption called {name}. {did_you_mean(name, case.assumptions, 'assumptions')}")
    if not wanted:
        return Without(case, ())
    fewer = _Fewer(case, frozenset(), frozenset(wanted))
    return Without(fewer.made(), tuple(fewer.gone))


class _Fewer(SettingAside):
    """Makes the case, block by block."""

    def __init__(self, case: Case, names: frozenset[str], off: frozenset[str] = frozenset()) -> None:
        super().__init__(case, names, off)
        self.case = case
        self.off = off
        self.defaults = Defaults(case)
        self.lost_packages = {name for name, one in case.packages.items() if self.stands(one.basis) is None}
        self.lost_gates = {name for name, one in case.gates.items() if one.fact is None and self.stands(one.basis) is None}

    def made(self) -> Case:
        """Return the whole case."""
        case = self.case
        return replace(
            case,
            digest=derived_digest(case, "without", *sorted(self.names), *(f"off {name}" for name in sorted(self.off))),
            sources={name: one for name, one in case.sources.items() if name not in self.names},
            statements={name: self.statement(one) for name, one in case.statements.items() if name not in self.names},
            tensions={name: one for name, one in case.tensions.items() if self.whole_tension(one)},
            parties={name: self.party(one) for name, one in case.parties.items()},
            influence=self.judgements(case.influence, "influence of {}"),
            issues={name: self.issue(one) for name, one in case.issues.items()},
            rules={name: rule for name, one in case.rules.items() if (rule := self.based(one, f"rule {name}", name))},
            assumptions={name: self.assumption(one) for name, one in case.assumptions.items()},
            correlations=tuple(kept for one in case.correlations if (kept := self.correlation(one))),
            preferences={name: self.preferences(one) for name, one in case.preferences.items()},
            positions={issue: self.positions(issue, row) for issue, row in case.positions.items()},
            packages={name: found for name, one in case.packages.items() if (found := self.based(one, f"package {name}", name))},
            gates={name: gate for name, one in case.gates.items() if (gate := self.gate(one))},
            levers={name: lever for name, one in case.levers.items() if (lever := self.lever(one))},
            holding=None if case.holding is None else self.holding(case.holding),
        )

    # What the case lists -----------------------------------------------------------------------

    def statement(self, one: Statement) -> Statement:
        within = None if one.within in self.names else one.within
        return replace(one, within=within, also=tuple(name for name in one.also if name not in self.names))

    def whole_tension(self, one: Tension) -> bool:
        lost = self.lost(Basis(one.because))
        if lost:
            self.note(f"tension {one.id}", one.id, lost, "gone")
        return not lost

    def party(self, one: Party) -> Party:
        basis = self.analysts(f"party {one.id}", one.id, one.basis)
        principals = tuple(
            replace(person, basis=self.analysts(f"principal {one.id}.{person.id}", one.id, person.basis))
            for person in one.principals
        )
        found = replace(one, basis=basis, principals=principals)
        if one.seat_by in self.dead:
            self.note(f"seat of {one.id}", one.id, (), "unknown")
            return replace(found, seat="unknown", seat_by=None)
        return found

    def issue(self, one: Issue) -> Issue:
        options = tuple(
            replace(option, basis=self.analysts(f"option {one.id} = {option.id}", f"{one.id}.{option.id}", option.basis))
            for option in one.options
        )
        return replace(one, options=options, basis=self.kept(one.basis))

    def based(self, one: Based, what: str, anchor: str) -> Based | None:
        basis = self.basis(what, anchor, one.basis)
        return None if basis is None else replace(one, basis=basis)

    def correlation(self, one: Correlation) -> Correlation | None:
        return self.based(one, f"rank correlation of {' and '.join(one.between)}", "")

    def assumption(self, one: Assumption) -> Assumption:
        basis = self.basis(f"assumption {one.id}", one.id, one.basis, "unknown")
        if basis is not None and one.id not in self.off:
            amount = None if one.amount is None else self.amount(one.amount)
            return replace(one, amount=amount, sweep=tuple(self.amount(band) for band in one.sweep), basis=basis)
        amount = None if one.amount is None else Unknown()
        return replace(one, amount=amount, words=(), split=False, sweep=(), chance=None, basis=self.kept(one.basis))

    # Preferences -------------------------------------------------------------------------------

    def preferences(self, one: Preferences) -> Preferences:
        party = one.party
        whole = one
        if one.kind in {"ranking", "priorities"} and self.basis(f"{one.kind} of {party}", party, one.basis) is None:
            whole = replace(one, kind="none", ranking=(), priorities=())
        lines = ((line, self.basis(f"red line {line.id} of {party}", line.id, line.basis)) for line in one.red_lines)
        orders = ((order, self.basis(f"order of the weights of {party}", party, order.basis)) for order in one.weight_orders)
        bonuses = ((bonus, self.judged_or_none(bonus.points, f"bonus {bonus.id} of {party}")) for bonus in one.bonuses)
        return replace(
            whole,
            weights={issue: self.weight(one, issue) for issue in one.weights},
            weight_orders=tuple(replace(order, basis=basis) for order, basis in orders if basis is not None),
            scores={issue: self.score(one, issue) for issue in one.scores},
            ranking=tuple(_shorter(chain, self.lost_packages) for chain in whole.ranking),
            bonuses=tuple(replace(bonus, points=points) for bonus, points in bonuses if points is not None),
            red_lines=tuple(replace(line, basis=basis) for line, basis in lines if basis is not None),
            no_deal=None if one.no_deal is None else self.no_deal(one.no_deal, party),
            basis=self.kept(one.basis),
        )

    def weight(self, preferences: Preferences, issue: str) -> Judgement:
        one = preferences.weights[issue]
        what = f"weight of {issue} for {preferences.party}"
        default = self.defaults.weight(preferences, issue) if self.stands(one.basis) is None else None
        if default is None or self.stands(default.basis) is None:
            return self.judged(one, what)
        self.note(what, one.path, self.lost(one.basis), "default", format_amount(default.amount))
        return self.judged(default, what)

    def score(self, preferences: Preferences, issue: str) -> IssueScore:
        score = preferences.scores[issue]
        block = "points" if preferences.kind == "points" else "scores"
        what = f"{'points' if block == 'points' else 'score'} of {preferences.party} on {issue}"
        bases = _bases(score)
        fallen = [basis for basis in bases if self.stands(basis) is None]
        if not fallen:
            return self.rejudged(score, what)
        anchor = f"preferences.{preferences.party}.{block}.{issue}"
        default = self.defaults.score(preferences, issue)
        if default is not None and all(self.stands(basis) is not None for basis in _bases(default)):
            self.note(what, anchor, self.lost(*fallen), "default", _in_words(default))
            return self.rejudged(default, what)
        if len(fallen) < len(bases):
            return self.rejudged(score, what)
        self.note(what, anchor, self.lost(*fallen), "unknown")
        return UnknownScore(score.place)

    def rejudged(self, score: IssueScore, what: str) -> IssueScore:
        if isinstance(score, ScoreTable):
            return replace(score, values={name: self.judged(one, f"{what} = {name}") for name, one in score.values.items()})
        if isinstance(score, Breakpoints):
            return replace(score, points=tuple((at, self.judged(one, f"{what} at {at}")) for at, one in score.points))
        if isinstance(score, Direction):
            shape = None if score.shape is None else self.judged(score.shape, f"shape of the {what}")
            return replace(score, value=self.judged(score.value, what), shape=shape)
        if isinstance(score, OrderOnly | Leaning):
            return replace(score, basis=self.kept(score.basis))
        return score

    def no_deal(self, one: NoDeal, party: str) -> NoDeal | None:
        what, anchor = f"no-deal value of {party}", f"preferences.{party}.no_deal"
        basis = self.basis(what, anchor, one.basis, "unknown")
        if basis is None:
            return None
        if one.package in self.lost_packages:
            self.note(what, anchor, self.lost(self.case.packages[str(one.package)].basis), "unknown")
            return None
        judgement = None if one.judgement is None else self.judged(one.judgement, what)
        return replace(one, judgement=judgement, basis=basis)

    def positions(self, issue: str, row: Mapping[str, Position]) -> dict[str, Position]:
        return {
            party: Position(
                self.judged_or_none(one.position, f"position of {party} on {issue}"),
                self.judged_or_none(one.salience, f"salience of {issue} for {party}"),
            )
            for party, one in row.items()
        }

    # Steps and levers --------------------------------------------------------------------------

    def gate(self, one: Gate) -> Gate | None:
        what = f"gate {one.id}"
        basis = self.basis(what, one.id, one.basis, "gone" if one.fact is None else "unknown")
        if one.fact is not None:
            return replace(one, fact="unknown" if basis is None else one.fact, basis=basis or self.kept(one.basis))
        if basis is None:
            return None
        found = replace(one, early=self.judged_or_none(one.early, f"early opening of {what}"), basis=basis)
        dropped = set() if one.needs is None else self.lost_gates & mentioned(one.needs)
        if one.needs is None or not dropped:
            return found
        lost = self.lost(*(self.case.gates[name].basis for name in sorted(dropped)))
        needs = substitute(one.needs, lambda leaf: True if isinstance(leaf, Flag) and leaf.name in dropped else None)
        if isinstance(needs, bool):
            self.note(f"what {what} needs", one.id, lost, "unknown")
            return replace(found, needs=None, fact="unknown")
        self.note(f"part of what {what} needs", one.id, lost, "gone")
        return replace(found, needs=needs)

    def lever(self, one: Lever) -> Lever | None:
        what = f"lever {one.id}"
        basis = self.basis(what, one.id, one.basis)
        if basis is None:
            return None
        return replace(
            one,
            start=None if one.start in self.lost_gates else one.start,
            end=None if one.end in self.lost_gates else one.end,
            moves={target: self.judged(judgement, f"{what} on {target}") for target, judgement in one.moves.items()},
            times={target: self.judged(judgement, f"{what} on {target}") for target, judgement in one.times.items()},
            basis=basis,
        )

    def holding(self, one: Holding) -> Holding:
        inputs = self.judgements(one.inputs, "holding: {}", "unknown")
        texts = {name: word for name, word in one.texts.items() if word not in self.lost_gates}
        texts |= {name: "unknown" for name in one.inputs if name not in inputs}
        effects = tuple(self.effect(effect) for effect in one.effects)
        return replace(
            one,
            inputs=inputs,
            texts=texts,
            effects=tuple(effect for effect in effects if effect.moves or effect.times),
            basis=self.kept(one.basis),
        )

    def effect(self, one: Effect) -> Effect:
        what = f"holding: effect {one.id} on {{}}"
        return replace(one, moves=self.judgements(one.moves, what), times=self.judgements(one.times, what))


def _bases(score: IssueScore) -> list[Basis]:
    """Return the bases of what a score says; how a line is bent is a judgement of its own."""
    if isinstance(score, ScoreTable):
        return [one.basis for one in score.values.values()]
    if isinstance(score, Breakpoints):
        return [one.basis for _, one in score.points]
    if isinstance(score, Direction):
        return [score.value.basis]
    return [score.basis] if isinstance(score, OrderOnly | Leaning) else []


def _in_words(score: IssueScore) -> str:
    if isinstance(score, Direction):
        return f"direction {format_amount(score.value.amount)}"
    if isinstance(score, ScoreTable):
        return ", ".join(f"{option}: {format_amount(one.amount)}" for option, one in score.values.items())
    return "an order or a leaning"


def _shorter(chain: Chain, gone: set[str]) -> Chain:
    """Return an order without some items; between neighbours the strongest relation that lay between them holds."""
    items: list[str] = []
    relations: list[str] = []
    strongest = 0
    for number, item in enumerate(chain.items):
        if number:
            strongest = max(strongest, _STRENGTH.index(chain.relations[number - 1]))
        if item not in gone:
            if items:
                relations.append(_STRENGTH[strongest])
            items.append(item)
            strongest = 0
    return Chain(tuple(items), tuple(relations))
