"""Judgements and readings in words: a key of a random stream as a reader of the case understands it.

One set of templates serves every party: only the names that the case gives are put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from zopa.case import (
    Assumption,
    Basis,
    Breakpoints,
    Case,
    Direction,
    IssueScore,
    Judgement,
    Leaning,
    OrderOnly,
    Preferences,
    ScoreTable,
    format_condition,
    option_of,
)

_LONGEST: Final = 60  # characters of a reason that stands in for a name


def judgement_name(case: Case, key: str) -> str:
    """Return what a judgement, or a group of judgements drawn together, is about.

    Parameters
    ----------
    case : Case
        The case.
    key : str
        Key of a random stream (``A9.RUS``, ``A8@preferences.EUR.scores.aid.shape``,
        ``preferences.RUS.weights.dmz``), or of a block (``preferences.RUS.weights``).

    Returns
    -------
    str
        Words, without a full stop; the key itself where the case knows nothing of it.
    """
    base, mark, path = key.partition("@")
    name, _, party = base.partition(".")
    assumption = case.assumptions.get(name)
    if assumption is not None:
        where = _place(case, path) if mark else party_name(case, party) if party else ""
        return f"{assumption_name(assumption)}: {where}" if where else assumption_name(assumption)
    return _path_name(case, key) or key


def group_name(case: Case, key: str, members: Iterable[str]) -> str:
    """Return what a group is about: the name of its key, and of what a declared correlation ties to it.

    Parameters
    ----------
    case : Case
        The case.
    key : str
        Key of the group.
    members : iterable of str
        Keys of its judgements.
    """
    heads = dict.fromkeys([key, *(_head(case, member) for member in members if not member.startswith(f"{key}."))])
    return " together with ".join(judgement_name(case, head) for head in heads)


def judgement_basis(case: Case, key: str) -> Basis:
    """Return what a judgement rests on; for a block all that its members, and the orders among them, rest on.

    Parameters
    ----------
    case : Case
        The case.
    key : str
        As for :func:`judgement_name`.

    Returns
    -------
    Basis
        Statements and tables each once; assumptions and reasons joined by semicolons.  Empty for an unknown key.

    Notes
    -----
    What is drawn for an assumption rests on what the assumption rests on, wherever it is used.
    """
    assumption = case.assumptions.get(key.partition("@")[0].partition(".")[0])
    if assumption is not None:
        return assumption.basis
    found = [basis for path, basis in _bases(case) if path == key or path.startswith(f"{key}.")]
    because = tuple(dict.fromkeys(name for basis in found for name in basis.because))
    assume = "; ".join(dict.fromkeys(basis.assume for basis in found if basis.assume))
    return Basis(because, assume or None)


def word_name(case: Case, key: str, word: str) -> str:
    """Return an alternative as the case puts it for readers; the word itself where it has no label."""
    assumption = case.assumptions.get(key.partition("@")[0].partition(".")[0])
    return word if assumption is None else assumption.labels.get(word, word)


def answer_name(case: Case, key: str, word: str) -> str:
    """Return one answer to a split assumption in words that stand alone, with the party it is about.

    Parameters
    ----------
    case : Case
        The case.
    key, word : str
        The split assumption, such as ``A19.RUS``, and the alternative that holds.
    """
    label = word_name(case, key, word)
    if label == word:
        return f"{judgement_name(case, key)}: {word}"
    party = key.partition(".")[2]
    return f"{party_name(case, party)}: {label}" if party else label


def reading_name(case: Case, reading: Mapping[str, str]) -> str:
    """Return a reading in words, one answer after another."""
    return "; ".join(answer_name(case, key, word) for key, word in reading.items())


def assumption_name(assumption: Assumption) -> str:
    """Return the name of an assumption; where it has none, its id with the beginning of a reason of its own."""
    if assumption.name != assumption.id or not assumption.reason or assumption.basis.inherited:
        return assumption.name
    reason = assumption.reason
    if len(reason) > _LONGEST:
        reason = f"{reason[:_LONGEST].rpartition(' ')[0].rstrip(',;:')} …"
    return f"{assumption.id} ({reason})"


def party_name(case: Case, party: str) -> str:
    """Return the name of a party; the id of one that the case does not have."""
    return case.parties[party].name if party in case.parties else party


# Paths -------------------------------------------------------------------------------------------------


def _parts(case: Case, path: str) -> tuple[Preferences | None, str, str, str]:
    """Return whose preferences a path is about, the block, the issue or other entry, and what is inside that."""
    root, party, block, entry, inside = (path.split(".", 4) + [""] * 4)[:5]
    preferences = case.preferences.get(party) if root == "preferences" else None
    return preferences, block, entry, inside


def _path_name(case: Case, path: str) -> str:
    preferences, block, entry, inside = _parts(case, path)
    if preferences is None:
        return ""
    who = party_name(case, preferences.party)
    if block == "weights" and not entry:
        return f"Weights of {who}"
    if block == "no_deal" and not entry:
        return f"No-deal value of {who}"
    if block == "bonus":
        when = next((format_condition(one.when) for one in preferences.bonuses if one.id == entry), None)
        return f"Bonus of {who} if {when}" if when is not None else ""
    if entry not in case.issues:
        return ""
    issue = case.issues[entry].name
    if block == "weights":
        return f"Weight of {issue}, for {who}"
    if block not in {"scores", "points"}:
        return ""
    what = "Points" if block == "points" else "Scores"
    if not inside:
        return f"{what} on {issue}, for {who}"
    score = preferences.scores.get(entry)
    if isinstance(score, Direction):
        kind = {"direction": "Direction", "shape": "Curvature"}.get(inside)
        return f"{kind} of {what.lower()} on {issue}, for {who}" if kind else ""
    one = "Points" if block == "points" else "Score"
    return f"{one} of {_option_name(case, entry, inside)} ({issue}), for {who}"


def _place(case: Case, path: str) -> str:
    """Return where an assumption that is drawn for each place is used."""
    preferences, block, entry, inside = _parts(case, path)
    if preferences is None or block not in {"scores", "points"} or entry not in case.issues:
        return _path_name(case, path) or path
    direct = isinstance(preferences.scores.get(entry), Direction) or not inside
    option = "" if direct else f", {_option_name(case, entry, inside)}"
    return f"{case.issues[entry].name}{option}, for {party_name(case, preferences.party)}"


def _option_name(case: Case, issue: str, option: str) -> str:
    known = case.issues[issue]
    found = option_of(known, option)
    name = next((one.name for one in known.options if one.id == found), option)
    return f"{name} {known.unit}" if known.unit and known.scale == "numeric" else name


def _head(case: Case, member: str) -> str:
    """Return the block that a member is drawn with, or the member."""
    preferences, block, entry, inside = _parts(case, member)
    if preferences is None:
        return member
    if block == "weights" and (preferences.weight_sum is not None or preferences.weight_orders):
        return member.rpartition(".")[0]
    score = preferences.scores.get(entry) if block in {"scores", "points"} and inside else None
    tied = isinstance(score, OrderOnly) or (isinstance(score, ScoreTable) and score.order is not None)
    return f"preferences.{preferences.party}.{block}.{entry}" if tied else member


# Bases -------------------------------------------------------------------------------------------------


def _bases(case: Case) -> Iterator[tuple[str, Basis]]:
    """Give every path of preferences with what stands behind it, in the order of the case."""
    for party, preferences in case.preferences.items():
        start = f"preferences.{party}"
        yield from _of(preferences.weights.values())
        yield from ((f"{start}.weights", order.basis) for order in preferences.weight_orders)
        block = "points" if preferences.kind == "points" else "scores"
        for issue, score in preferences.scores.items():
            yield from _of_score(f"{start}.{block}.{issue}", score)
        yield from _of(bonus.points for bonus in preferences.bonuses)
        if preferences.no_deal is not None:
            yield f"{start}.no_deal", preferences.no_deal.basis


def _of(judgements: Iterable[Judgement]) -> Iterator[tuple[str, Basis]]:
    yield from ((one.path, one.basis) for one in judgements)


def _of_score(path: str, score: IssueScore) -> Iterator[tuple[str, Basis]]:
    if isinstance(score, ScoreTable):
        yield from _of(score.values.values())
    elif isinstance(score, Breakpoints):
        yield from _of(one for _, one in score.points)
    elif isinstance(score, Direction):
        yield from _of(one for one in (score.value, score.shape) if one is not None)
    elif isinstance(score, OrderOnly):
        # What is known is the order: it stands behind the score of each option.
        yield from ((f"{path}.{option}", score.basis) for option in score.order.items)
    elif isinstance(score, Leaning):
        yield path, score.basis
