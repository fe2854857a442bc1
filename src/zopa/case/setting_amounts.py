"""A case with one amount replaced, in memory: what a slider shows while it moves.

The file is not touched and its text not read again; the checks are those of the file, so that what is shown here could
be written there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from zopa.case.checks import check_numbers
from zopa.case.derived import derived_digest
from zopa.case.faults import Place, Severity, did_you_mean
from zopa.case.judgement_list import ASSUMPTIONS, Placed, judgement_at, judgements
from zopa.case.model import (
    Assumption,
    Basis,
    Breakpoints,
    Case,
    Direction,
    IssueScore,
    Judgement,
    Preferences,
    ScoreTable,
)
from zopa.case.nodes import Scalar
from zopa.case.notation import Alternatives, Amount, Name, Unknown, format_amount, names_in_amount
from zopa.case.reader import Reader
from zopa.case.references import check_amount, check_divisors

WHAT_IF: Final = "a what-if that is not written in the case"
LONGEST: Final = 400  # characters of an amount


def with_amount(case: Case, path: str, amount: str) -> Case:
    """Return a case in which one judgement, or one named assumption, has another amount.

    Parameters
    ----------
    case : Case
        The case.
    path : str
        Path of the judgement, or ``assumptions.ID``.
    amount : str
        The amount in the notation of case files, such as ``40``, ``20..60`` or ``unknown``; a word or words for a
        judgement that is one.

    Returns
    -------
    Case
        Its digest hangs on the path and the amount; the judgement keeps its path, and so its random stream.  Text and
        places are still those of the file.

    Raises
    ------
    ValueError
        In words, when there is no such judgement, the amount cannot be read or lies out of bounds, or what is drawn
        together could no longer keep its orders and its sum.
    """
    return with_amounts(case, {path: amount})


def with_amounts(case: Case, amounts: Mapping[str, str]) -> Case:
    """Return a case in which several judgements have other amounts at once, such as weights that keep their sum.

    Parameters
    ----------
    case : Case
        The case.
    amounts : mapping of str to str
        Paths and amounts, as for :func:`with_amount`, in the order in which they are set.

    Raises
    ------
    ValueError
        As for :func:`with_amount`; what is drawn together is looked at when all amounts are set.
    """
    made, reader = case, None
    for path, amount in amounts.items():
        made, reader = _with_one(made, path, amount)
    if reader is not None:
        check_numbers(made, reader)
        _stop_at_faults(reader)
    return made


def _with_one(case: Case, path: str, amount: str) -> tuple[Case, Reader]:
    placed = judgement_at(case, path)
    if placed is None:
        remedy = did_you_mean(path, [one.path for one in judgements(case)], "judgements")
        raise ValueError(f"there is no judgement at {path[:LONGEST]}. {remedy}")
    reader, node = _reader(case, amount)
    parsed = reader.amount(node, placed.what)
    _stop_at_faults(reader)
    assert parsed is not None
    digest = derived_digest(case, "amount", path, format_amount(parsed))
    if placed.kind == "assumption":
        made = replace(case, assumptions=_assumptions(case, reader, node, placed, parsed), digest=digest)
        reader.assumptions = dict(made.assumptions)
        _check_users(made, path.removeprefix(ASSUMPTIONS), reader, node)
    else:
        check_amount(
            reader,
            node,
            parsed,
            placed.what,
            words=placed.words,
            low=placed.low,
            high=placed.high,
            party=placed.party,
            chance=None,
        )
        _stop_at_faults(reader)
        made = replace(_replaced(case, placed, parsed), digest=digest)
    return made, reader


def _reader(case: Case, amount: str) -> tuple[Reader, Scalar]:
    """Return a reader that knows the assumptions of a case, and an amount as a node."""
    text = amount.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        raise ValueError(f"an amount is a number such as 40, a range such as 20..60, or unknown, in at most {LONGEST} characters")
    reader = Reader(case.file, str(case.file), text)
    reader.assumptions = dict(case.assumptions)
    start = Place(str(case.file), 1, 1)
    for name in case.assumptions:
        reader.names.add(name, "assumption", start)
    return reader, Scalar("", 1, 1, 0, len(text), text=text)


def _stop_at_faults(reader: Reader) -> None:
    found = [one for one in reader.faults if one.severity is Severity.FAULT]
    if found:
        raise ValueError(" ".join(dict.fromkeys(f"{one.message}. {one.remedy}".strip() for one in found[:3])))


# One judgement -------------------------------------------------------------------------------------


def _replaced(case: Case, placed: Placed, amount: Amount) -> Case:
    def changed(one: Judgement) -> Judgement:
        return replace(one, amount=amount, chance=None, basis=_basis(amount, one.basis)) if one.path == placed.path else one

    if placed.kind == "influence":
        return replace(case, influence=_each(case.influence, changed))
    if placed.kind == "lever":
        levers = {
            name: replace(one, moves=_each(one.moves, changed), times=_each(one.times, changed))
            for name, one in case.levers.items()
        }
        return replace(case, levers=levers)
    assert placed.party is not None
    preferences = _preferences(case.preferences[placed.party], changed)
    return replace(case, preferences={**case.preferences, placed.party: preferences})


def _basis(amount: Amount, basis: Basis) -> Basis:
    """Return what a changed judgement rests on: an assumption that it refers to, else nothing but the what-if."""
    named = [name.id.partition(".")[0] for name in names_in_amount(amount)]
    known = named[0] if named and amount != Unknown() else WHAT_IF
    return Basis((), known, "") if basis.assume != known else basis


def _each(table: Mapping[str, Judgement], changed: Callable[[Judgement], Judgement]) -> Mapping[str, Judgement]:
    """Return a table with its judgements changed; the very same table where none is."""
    found = {name: changed(one) for name, one in table.items()}
    return table if all(found[name] is one for name, one in table.items()) else found


def _preferences(one: Preferences, changed: Callable[[Judgement], Judgement]) -> Preferences:
    no_deal = one.no_deal
    if no_deal is not None and no_deal.judgement is not None:
        judged = changed(no_deal.judgement)
        no_deal = no_deal if judged is no_deal.judgement else replace(no_deal, judgement=judged, basis=judged.basis)
    scores = {issue: _score(score, changed) for issue, score in one.scores.items()}
    bonuses = tuple(replace(bonus, points=changed(bonus.points)) for bonus in one.bonuses)
    return replace(
        one,
        weights=_each(one.weights, changed),
        # What is not touched stays the same object: later steps know by that what need not be worked out again.
        scores=one.scores if all(scores[issue] is score for issue, score in one.scores.items()) else scores,
        bonuses=one.bonuses if bonuses == one.bonuses else bonuses,
        no_deal=no_deal,
    )


def _score(score: IssueScore, changed: Callable[[Judgement], Judgement]) -> IssueScore:
    if isinstance(score, ScoreTable):
        values = _each(score.values, changed)
        return score if values is score.values else replace(score, values=values)
    if isinstance(score, Breakpoints):
        points = tuple((at, changed(one)) for at, one in score.points)
        return score if points == score.points else replace(score, points=points)
    if isinstance(score, Direction):
        value, shape = changed(score.value), None if score.shape is None else changed(score.shape)
        same = value is score.value and shape is score.shape
        return score if same else replace(score, value=value, shape=shape)
    return score


# A named assumption --------------------------------------------------------------------------------


def _assumptions(case: Case, reader: Reader, node: Scalar, placed: Placed, amount: Amount) -> dict[str, Assumption]:
    name = placed.path.removeprefix(ASSUMPTIONS)
    old = case.assumptions[name]
    words: tuple[str, ...] = ()
    if old.words:
        check_amount(
            reader, node, amount, f"value of {placed.what}", words=old.words, low=None, high=None, party=None, chance=None
        )
        items = amount.items if isinstance(amount, Alternatives) else (amount,)
        words = tuple(dict.fromkeys(item.id for item in items if isinstance(item, Name)))
        if not reader.faults and not words:  # whoever refers to it needs a word, here and in the file
            raise ValueError(f"{name} is one of {', '.join(old.words)}, or counts as not known when it is switched off.")
    else:
        check_amount(reader, node, amount, f"value of {placed.what}", words=(), low=None, high=None, party=None, chance=None)
        if name in _reached(case, amount):
            raise ValueError(f"{name} would refer to itself. Write a number or a range.")
    _stop_at_faults(reader)
    changed = replace(old, amount=amount, words=words, chance=None, split=old.split and isinstance(amount, Alternatives))
    return {**case.assumptions, name: changed}


def _reached(case: Case, amount: Amount) -> set[str]:
    """Return the assumptions that an amount refers to, directly or through others."""
    todo, found = [amount], set()
    while todo:
        for name in names_in_amount(todo.pop()):
            base = name.id.partition(".")[0]
            if base not in found:
                found.add(base)
                inner = case.assumptions[base].amount if base in case.assumptions else None
                todo += [inner] if inner is not None else []
    return found


def _check_users(case: Case, name: str, reader: Reader, node: Scalar) -> None:
    """Check everything that refers to an assumption against its own bounds, and divisors against nought."""
    for one in judgements(case):
        if one.words or name not in _reached(case, one.amount):
            continue
        if one.kind == "assumption":
            # Whose draw of another assumption is meant is settled where the first one is used.
            check_divisors(reader, node, one.amount, one.what)
        else:
            limits = {"low": one.low, "high": one.high}
            check_amount(reader, node, one.amount, one.what, words=(), party=one.party, chance=None, **limits)
    _stop_at_faults(reader)
