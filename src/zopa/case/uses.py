"""What rests on what: for every statement, table and assumption the judgements that use it."""

from __future__ import annotations

from collections.abc import Iterator

from zopa.case import (
    Amount,
    Basis,
    Breakpoints,
    Case,
    Direction,
    Judgement,
    Leaning,
    OrderOnly,
    Preferences,
    ScoreTable,
    mentioned,
    names_in_amount,
)

Use = tuple[str, Basis, tuple[Amount, ...]]


def uses(case: Case) -> dict[str, tuple[str, ...]]:
    """Return for each statement, source and assumption what rests on it, in words, in file order."""
    found: dict[str, dict[str, None]] = {}
    for what, basis, amounts in _everything(case):
        names = [*basis.because]
        if basis.assume in case.assumptions:
            names.append(str(basis.assume))
        names += [name.id.partition(".")[0] for amount in amounts for name in names_in_amount(amount)]
        for name in names:
            if name in case.statements or name in case.assumptions or name in case.sources:
                found.setdefault(name, {})[what] = None
    for preferences in case.preferences.values():
        for line in preferences.red_lines:
            for name in mentioned(line.binds) if line.binds is not None else ():
                found.setdefault(name, {})[f"whether red line {line.id} of {line.party} binds"] = None
    for party in case.parties.values():
        if party.seat_by is not None:
            found.setdefault(party.seat_by, {})[f"the seat of {party.id}"] = None
    return {name: tuple(what) for name, what in found.items()}


def _everything(case: Case) -> Iterator[Use]:
    for party in case.parties.values():
        yield f"party {party.id}", party.basis, ()
        for principal in party.principals:
            yield f"principal {party.id}.{principal.id}", principal.basis, ()
    for name, judgement in case.influence.items():
        yield _use(f"influence of {name}", judgement)
    for issue in case.issues.values():
        for option in issue.options:
            yield f"option {issue.id} = {option.id}", option.basis, ()
    for rule in case.rules.values():
        yield f"rule {rule.id}", rule.basis, ()
    for assumption in case.assumptions.values():
        amounts = (assumption.amount,) if assumption.amount is not None and not assumption.words else ()
        yield f"assumption {assumption.id}", assumption.basis, amounts
    for preferences in case.preferences.values():
        yield from _of_party(preferences)
    for issue_id, row in case.positions.items():
        for name, position in row.items():
            for part in (position.position, position.salience):
                if part is not None:
                    yield _use(f"position of {name} on {issue_id}", part)
    for package in case.packages.values():
        yield f"package {package.id}", package.basis, ()
    for gate in case.gates.values():
        yield f"gate {gate.id}", gate.basis, ()
    for lever in case.levers.values():
        yield f"lever {lever.id}", lever.basis, ()
        for moved in (*lever.moves.values(), *lever.times.values()):
            yield _use(f"lever {lever.id}", moved)
    if case.holding is not None:
        for name, judgement in case.holding.inputs.items():
            yield _use(f"holding: {name}", judgement)
        for effect in case.holding.effects:
            for judgement in (*effect.moves.values(), *effect.times.values()):
                yield _use(f"holding: effect {effect.id}", judgement)
    for correlation in case.correlations:
        yield f"correlation of {' and '.join(correlation.between)}", correlation.basis, ()


def _of_party(preferences: Preferences) -> Iterator[Use]:
    party = preferences.party
    for issue, judgement in preferences.weights.items():
        yield _use(f"weight of {issue} for {party}", judgement)
    for order in preferences.weight_orders:
        yield f"order of the weights of {party}", order.basis, ()
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
            yield what, score.basis, ()
    for bonus in preferences.bonuses:
        yield _use(f"bonus {bonus.id} of {party}", bonus.points)
    for line in preferences.red_lines:
        yield f"red line {line.id} of {party}", line.basis, ()
    if preferences.no_deal is not None:
        if preferences.no_deal.judgement is not None:
            yield _use(f"no-deal value of {party}", preferences.no_deal.judgement)
        else:
            yield f"no-deal value of {party}", preferences.no_deal.basis, ()


def _use(what: str, judgement: Judgement) -> Use:
    return what, judgement.basis, (judgement.amount,)
