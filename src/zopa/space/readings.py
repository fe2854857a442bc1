"""Readings: the combinations of the alternatives of assumptions that are shown apart, never averaged."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from zopa.case import Alternatives, Assumption, Case, combinations_of, format_amount, names_in_amount
from zopa.space.drawing import judgements_of_party


def split_keys(case: Case) -> dict[str, Assumption]:
    """Return the keys of split judgements with their assumptions: one key, or one for each party."""
    return {
        key: assumption
        for assumption in case.split_assumptions()
        for key in ([f"{assumption.id}.{party}" for party in assumption.per_parties] or [assumption.id])
    }


def readings_of(case: Case, most: int | None = None) -> list[dict[str, int]]:
    """Return every combination of the alternatives of split assumptions, or a fair choice of ``most`` of them."""
    split = split_keys(case)
    counts = [alternatives(assumption) for assumption in split.values()]
    return [dict(zip(split, one, strict=True)) for one in combinations_of(counts, most if most is not None else prod(counts))]


def count_readings(case: Case) -> int:
    """Return the number of combinations of the alternatives of split assumptions."""
    return prod(alternatives(assumption) for assumption in split_keys(case).values())


def alternatives(assumption: Assumption) -> int:
    """Return how many alternatives an assumption has."""
    if assumption.words:
        return len(assumption.words)
    return len(assumption.amount.items) if isinstance(assumption.amount, Alternatives) else 1


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


def split_dependencies(case: Case, party: str) -> frozenset[str]:
    """Return the split assumptions that a party's points and no-deal value hang on, directly or through others."""
    preferences = case.preferences.get(party)
    if preferences is None:
        return frozenset()
    todo: set[str] = set()
    for judgement in judgements_of_party(preferences):
        todo.update(name.id.partition(".")[0] for name in names_in_amount(judgement.amount))
    found: set[str] = set()
    while todo:
        name = todo.pop()
        assumption = case.assumptions.get(name)
        if assumption is None or name in found:
            continue
        found.add(name)
        if assumption.amount is not None and not assumption.words:
            todo.update(other.id.partition(".")[0] for other in names_in_amount(assumption.amount))
    return frozenset(name for name in found if case.assumptions[name].split)
