"""Which judgements are drawn together: the groups that sensitivity looks at as one input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zopa.case import Case, OrderOnly, ScoreTable
from zopa.space import keys_of_parties, sobol_keys


@dataclass(frozen=True, slots=True)
class Group:
    """Judgements that depend on each other, or one judgement alone.

    Attributes
    ----------
    key : str
        The key of the judgement, or of the block its members stand in.
    members : tuple of str
        Keys of the judgements, sorted.
    parties : frozenset of str
        Whose answers hang on them.
    """

    key: str
    members: tuple[str, ...]
    parties: frozenset[str]


def groups_of(case: Case, keys: Sequence[str] | None = None) -> tuple[Group, ...]:
    """Return the judgements a case draws on in groups that are independent of each other.

    The weights of a party that keep a sum or orders, the scores of an issue that keep an order, and judgements
    with a declared correlation depend on each other; so whoever asks what one of them decides asks about all.

    Parameters
    ----------
    case : Case
        The case; every package issue must have options.
    keys : sequence of str, optional
        What :func:`zopa.space.sobol_keys` gives, where it is known already.

    Returns
    -------
    tuple of Group
        In the order of their keys.
    """
    keys = sobol_keys(case) if keys is None else keys
    blocks = _blocks(case)
    block_of = {key: next((block for block in blocks if key.startswith(f"{block}.")), key) for key in keys}
    joined = {name: name for name in block_of.values()}

    def root(name: str) -> str:
        while joined[name] != name:
            name = joined[name]
        return name

    for one in case.correlations:
        members = sorted({block_of[key] for key in one.between if key in block_of})
        for other in members[1:]:
            first, last = sorted((root(members[0]), root(other)))
            joined[last] = first
    sets: dict[str, list[str]] = {}
    for key in keys:
        sets.setdefault(root(block_of[key]), []).append(key)
    users = keys_of_parties(case)
    return tuple(
        Group(name, tuple(members), frozenset(party for party, used in users.items() if used & set(members)))
        for name, members in sorted(sets.items())
    )


def _blocks(case: Case) -> list[str]:
    """Return the blocks whose plain ranges are drawn together."""
    found = []
    for party, preferences in case.preferences.items():
        if preferences.weight_sum is not None or preferences.weight_orders:
            found.append(f"preferences.{party}.weights")
        block = "points" if preferences.kind == "points" else "scores"
        for issue, score in preferences.scores.items():
            if isinstance(score, OrderOnly) or (isinstance(score, ScoreTable) and score.order is not None):
                found.append(f"preferences.{party}.{block}.{issue}")
    return found
