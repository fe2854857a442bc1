"""What rests on what: for every statement, table and assumption the judgements that use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from zopa.case.model import (
    Basis,
    Breakpoints,
    Case,
    Direction,
    Judgement,
    Leaning,
    OrderOnly,
    Preferences,
    ScoreTable,
)
from zopa.case.notation import Amount, format_amount, names_in_amount
from zopa.case.references import mentioned

_Entry = tuple["Use", Basis, tuple[Amount, ...]]


class Use(NamedTuple):
    """Something that rests on a basis: what it is in words, and the id or path under which it stands."""

    what: str
    anchor: str


def other_numbers(case: Case) -> list[tuple[str, str, Basis]]:
    """Return the numbers of a case that settlement does not draw on: what each is, the amount as written, its basis."""
    found = [(f"influence.{name}", one) for name, one in case.influence.items()]
    for issue, row in case.positions.items():
        for name, position in row.items():
            parts = (("position", position.position), ("salience", position.salience))
            found += [(f"positions.{issue}.{name}.{part}", one) for part, one in parts if one is not None]
    found += [(f"gates.{gate.id}.early", gate.early) for gate in case.gates.values() if gate.early is not None]
    for lever in case.levers.values():
        found += [(f"levers.{lever.id}.move.{target}", one) for target, one in lever.moves.items()]
        found += [(f"levers.{lever.id}.times.{target}", one) for target, one in lever.times.items()]
    if case.holding is not None:
        found += [(f"holding.{name}", one) for name, one in case.holding.inputs.items()]
        for effect in case.holding.effects:
            moved = [("move", effect.moves), ("times", effect.times)]
            found += [(f"holding.effects.{effect.id}.{way}.{name}", one) for way, ones in moved for name, one in ones.items()]
    rows = [(path, format_amount(judgement.amount), judgement.basis) for path, judgement in found]
    return rows + [(f"rank correlation of {' and '.join(one.between)}", str(one.rank), one.basis) for one in case.correlations]


@dataclass(frozen=True, slots=True)
class Bases:
    """What an answer rests on: statements, tables, named assumptions (ids in file order), and reasons given in words."""

    statements: tuple[str, ...]
    sources: tuple[str, ...]
    assumptions: tuple[str, ...]
    reasons: tuple[str, ...]


def settlement_bases(case: Case) -> Bases:
    """Return what settlement rests on: seats, options, rules, preferences, and the assumptions behind them."""
    found: list[_Entry] = []
    for party in case.parties.values():
        found.append((Use(f"party {party.id}", party.id), party.basis, ()))
    for issue in case.package_issues():
        found += [
            (Use(f"option {issue.id} = {option.id}", f"{issue.id}.{option.id}"), option.basis, ()) for option in issue.options
        ]
    conditions = [rule.condition for rule in case.rules.values()]
    for rule in case.rules.values():
        found.append((Use(f"rule {rule.id}", rule.id), rule.basis, ()))
    names = [party.seat_by for party in case.parties.values() if party.seat_by is not None]
    conditions += [party.consent_if for party in case.parties.values() if party.consent_if is not None]
    for preferences in case.preferences.values():
        found += _of_party(preferences)
        conditions += [line.refuses for line in preferences.red_lines]
        conditions += [line.binds for line in preferences.red_lines if line.binds is not None]
    for condition in conditions:
        names += mentioned(condition)
    return _behind(case, found, names)


def bases_of(preferences: Preferences) -> Iterator[Basis]:
    """Return the basis of every judgement of one party."""
    return (basis for _, basis, _ in _of_party(preferences))


def _behind(case: Case, found: Iterable[_Entry], names: list[str]) -> Bases:
    """Return the bases of uses and of assumptions they name, those that these name in turn included."""
    because: set[str] = set()
    reasons: dict[str, None] = {}
    todo: list[str] = [name.partition(".")[0] for name in names]

    def take(basis: Basis, amounts: tuple[Amount, ...]) -> None:
        because.update(basis.because)
        if basis.assume in case.assumptions:
            todo.append(str(basis.assume))
        elif basis.assume:
            reasons[basis.assume] = None
        todo.extend(name.id.partition(".")[0] for amount in amounts for name in names_in_amount(amount))

    for _, basis, amounts in found:
        take(basis, amounts)
    reached: set[str] = set()
    while todo:
        name = todo.pop()
        assumption = case.assumptions.get(name)
        if assumption is None or name in reached:
            continue
        reached.add(name)
        take(assumption.basis, (assumption.amount,) if assumption.amount is not None and not assumption.words else ())
    for name in reached:
        reasons.pop(case.assumptions[name].reason or "", None)
    return Bases(
        tuple(name for name in case.statements if name in because),
        tuple(name for name in case.sources if name in because),
        tuple(name for name in case.assumptions if name in reached),
        tuple(reasons),
    )


def uses(case: Case) -> dict[str, tuple[Use, ...]]:
    """Return for each statement, source and assumption what rests on it, in file order, each thing once."""
    found: dict[str, dict[str, Use]] = {}
    for what, basis, amounts in _everything(case):
        names = [*basis.because]
        if basis.assume in case.assumptions:
            names.append(str(basis.assume))
        names += [name.id.partition(".")[0] for amount in amounts for name in names_in_amount(amount)]
        for name in names:
            if name in case.statements or name in case.assumptions or name in case.sources:
                found.setdefault(name, {}).setdefault(what.what, what)
    for preferences in case.preferences.values():
        for line in preferences.red_lines:
            for name in mentioned(line.binds) if line.binds is not None else ():
                words = f"whether red line {line.id} of {line.party} binds"
                found.setdefault(name, {})[words] = Use(words, line.id)
    for party in case.parties.values():
        if party.seat_by is not None:
            words = f"the seat of {party.id}"
            found.setdefault(party.seat_by, {})[words] = Use(words, party.id)
    return {name: tuple(what.values()) for name, what in found.items()}


def _everything(case: Case) -> Iterator[_Entry]:
    for party in case.parties.values():
        yield Use(f"party {party.id}", party.id), party.basis, ()
        for principal in party.principals:
            yield Use(f"principal {party.id}.{principal.id}", party.id), principal.basis, ()
    for name, judgement in case.influence.items():
        yield _use(f"influence of {name}", judgement)
    for issue in case.issues.values():
        for option in issue.options:
            yield Use(f"option {issue.id} = {option.id}", f"{issue.id}.{option.id}"), option.basis, ()
    for rule in case.rules.values():
        yield Use(f"rule {rule.id}", rule.id), rule.basis, ()
    for assumption in case.assumptions.values():
        amounts = (assumption.amount,) if assumption.amount is not None and not assumption.words else ()
        yield Use(f"assumption {assumption.id}", assumption.id), assumption.basis, amounts
    for preferences in case.preferences.values():
        yield from _of_party(preferences)
    for issue_id, row in case.positions.items():
        for name, position in row.items():
            for part in (position.position, position.salience):
                if part is not None:
                    yield _use(f"position of {name} on {issue_id}", part)
    for package in case.packages.values():
        yield Use(f"package {package.id}", package.id), package.basis, ()
    for gate in case.gates.values():
        yield Use(f"gate {gate.id}", gate.id), gate.basis, ()
    for lever in case.levers.values():
        yield Use(f"lever {lever.id}", lever.id), lever.basis, ()
        for moved in (*lever.moves.values(), *lever.times.values()):
            yield _use(f"lever {lever.id}", moved)
    if case.holding is not None:
        for name, judgement in case.holding.inputs.items():
            yield _use(f"holding: {name}", judgement)
        for effect in case.holding.effects:
            for judgement in (*effect.moves.values(), *effect.times.values()):
                yield _use(f"holding: effect {effect.id}", judgement)
    for correlation in case.correlations:
        yield Use(f"correlation of {' and '.join(correlation.between)}", ""), correlation.basis, ()


def _of_party(preferences: Preferences) -> Iterator[_Entry]:
    party = preferences.party
    for issue, judgement in preferences.weights.items():
        yield _use(f"weight of {issue} for {party}", judgement)
    for order in preferences.weight_orders:
        yield Use(f"order of the weights of {party}", party), order.basis, ()
    for issue, score in preferences.scores.items():
        what = f"{'points' if preferences.kind == 'points' else 'score'} of {party} on {issue}"
        if isinstance(score, ScoreTable):
            for judgement in score.values.values():
                yield _use(what, judgement)
        elif isinstance(score, Breakpoints):
            for _, judgement in score.points:
                yield _use(what, judgement)
        elif isinstance(score, Direction):
            yield _use(what, score.value)
            if score.shape is not None:
                yield _use(what, score.shape)
        elif isinstance(score, OrderOnly | Leaning):
            yield Use(what, party), score.basis, ()
    for bonus in preferences.bonuses:
        yield _use(f"bonus {bonus.id} of {party}", bonus.points)
    for line in preferences.red_lines:
        yield Use(f"red line {line.id} of {party}", line.id), line.basis, ()
    if preferences.no_deal is not None:
        if preferences.no_deal.judgement is not None:
            yield _use(f"no-deal value of {party}", preferences.no_deal.judgement)
        else:
            yield Use(f"no-deal value of {party}", party), preferences.no_deal.basis, ()


def _use(what: str, judgement: Judgement) -> _Entry:
    return Use(what, judgement.path), judgement.basis, (judgement.amount,)
