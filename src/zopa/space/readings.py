"""Readings: the combinations of the alternatives of assumptions that are shown apart, never averaged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import prod

from zopa.case import (
    Alternatives,
    Assumption,
    Case,
    Judgement,
    OrderOnly,
    combinations_of,
    format_amount,
    mentioned,
    names_in_amount,
)
from zopa.space.drawing import is_random, judgements_of_party, judgements_of_points


def split_keys(case: Case) -> dict[str, Assumption]:
    """Return the keys of split judgements with their assumptions: one key, or one for each party."""
    return {
        key: assumption
        for assumption in case.split_assumptions()
        for key in ([f"{assumption.id}.{party}" for party in assumption.per_parties] or [assumption.id])
    }


def readings_of(case: Case, most: int | None = None, settled: Mapping[str, int] | None = None) -> list[dict[str, int]]:
    """Return every combination of the alternatives of split assumptions, or a fair choice of ``most`` of them.

    ``settled`` holds the number of the alternative of each key that is not to vary.
    """
    split = split_keys(case)
    known = {} if settled is None else settled
    counts = [1 if key in known else alternatives(assumption) for key, assumption in split.items()]
    found = combinations_of(counts, most if most is not None else prod(counts))
    return [{key: known.get(key, number) for key, number in zip(split, one, strict=True)} for one in found]


def count_readings(case: Case, settled: Collection[str] = ()) -> int:
    """Return the number of combinations of the alternatives of split assumptions, but for those that are settled."""
    return prod(alternatives(assumption) for key, assumption in split_keys(case).items() if key not in settled)


def alternatives(assumption: Assumption) -> int:
    """Return how many alternatives an assumption has."""
    if assumption.words:
        return len(assumption.words)
    return len(assumption.amount.items) if isinstance(assumption.amount, Alternatives) else 1


def split_alternatives(case: Case) -> dict[str, tuple[str, ...]]:
    """Return the alternatives of every split judgement as words or amounts, by key; the place of each is its number."""
    return {
        key: tuple(reading_words(case, {key: number})[key] for number in range(alternatives(assumption)))
        for key, assumption in split_keys(case).items()
        if assumption.words or isinstance(assumption.amount, Alternatives)
    }


def reading_words(case: Case, reading: Mapping[str, int]) -> dict[str, str]:
    """Return a reading in words: for each split assumption the alternative that holds."""
    found: dict[str, str] = {}
    for name, number in reading.items():
        assumption = case.assumptions[name.partition(".")[0]]
        if assumption.words:
            found[name] = assumption.words[number]
        elif isinstance(assumption.amount, Alternatives):
            found[name] = format_amount(assumption.amount.items[number])
    return found


def points_hang_on(case: Case, party: str) -> frozenset[str]:
    """Return the keys of the assumptions that a party's points hang on, directly or through others."""
    preferences = case.preferences.get(party)
    return frozenset() if preferences is None else _reached(case, _named(judgements_of_points(preferences)), party)


def answers_hang_on(case: Case, party: str) -> frozenset[str]:
    """Return the keys of the assumptions that a party's answers hang on.

    These are behind its points, no-deal value, red lines and seat, and the rules.  A key is the name of an
    assumption, or NAME.PARTY where it is drawn for each party.
    """
    found = {name for rule in case.rules.values() for name in mentioned(rule.condition)}
    known = case.parties[party]
    if known.seat_by is not None:
        found.add(known.seat_by)
    if known.consent_if is not None:
        found |= mentioned(known.consent_if)
    preferences = case.preferences.get(party)
    if preferences is not None:
        found |= _named(judgements_of_party(preferences))
        for line in preferences.red_lines:
            found |= mentioned(line.refuses)
            if line.binds is not None:
                found |= mentioned(line.binds)
    return _reached(case, found, party)


def _named(judgements: Iterable[Judgement]) -> set[str]:
    return {name.id for judgement in judgements for name in names_in_amount(judgement.amount)}


def _reached(case: Case, names: Iterable[str], party: str) -> frozenset[str]:
    """Return the keys of the assumptions among names, as one party uses them, and of those they refer to."""
    todo = [(name, party) for name in names]
    found: set[str] = set()
    while todo:
        name, owner = todo.pop()
        base, _, part = name.partition(".")
        assumption = case.assumptions.get(base)
        if assumption is None:
            continue
        owner = part or owner
        key = f"{base}.{owner}" if assumption.per_parties else base
        if key in found:
            continue
        found.add(key)
        if assumption.amount is not None and not assumption.words:
            todo.extend((other.id, owner) for other in names_in_amount(assumption.amount))
    return frozenset(found)


def hang_on(case: Case) -> frozenset[str]:
    """Return the assumptions that settlement hangs on: the answers of any party, and the rules."""
    return frozenset(key.partition(".")[0] for party in case.parties for key in answers_hang_on(case, party))


def anything_varies(case: Case) -> bool:
    """Return whether draws of the case can differ from one another under one reading."""
    judgements = [one.amount for preferences in case.preferences.values() for one in judgements_of_party(preferences)]
    if any(is_random(amount, case.assumptions) for amount in judgements):
        return True
    if any(isinstance(score, OrderOnly) for one in case.preferences.values() for score in one.scores.values()):
        return True
    for name in hang_on(case):
        assumption = case.assumptions[name]
        if assumption.amount is None:
            continue
        if assumption.split:
            # The choice is fixed by the reading; what it falls on may still be a range.
            items = assumption.amount.items if isinstance(assumption.amount, Alternatives) and not assumption.words else ()
            if any(is_random(item, case.assumptions) for item in items):
                return True
            continue
        if len(assumption.words) > 1 or is_random(assumption.amount, case.assumptions):
            return True
    return False
