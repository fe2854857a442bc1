"""Every number and word that somebody judged, with what it is about and what it may be: for lists, sliders and checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from zopa.case.keys import DIRECTIONS
from zopa.case.model import Assumption, Basis, Breakpoints, Case, Direction, Judgement, Preferences, ScoreTable
from zopa.case.notation import Amount, format_amount, format_number

Kind = Literal["weight", "score", "points", "direction", "shape", "bonus", "no_deal", "influence", "lever", "assumption"]
ASSUMPTIONS: Final = "assumptions."


@dataclass(frozen=True, slots=True)
class Placed:
    """A judgement, or a named assumption that has a value, in its place.

    Attributes
    ----------
    path : str
        Path of the judgement; ``assumptions.ID`` for an assumption.
    kind : str
        What it is: weight, score, points, direction, shape, bonus, no_deal, influence, lever or assumption.
    what : str
        The same in words, with its party and issue by their ids, as faults name it.
    party, issue, option : str or None
        What it is about.
    amount : Amount
        What is written.
    basis : Basis
        What it rests on.
    words : tuple of str
        The words that it may be; empty for a number.
    low, high : int or None
        Bounds of a number.
    """

    path: str
    kind: Kind
    what: str
    party: str | None
    issue: str | None
    option: str | None
    amount: Amount
    basis: Basis
    words: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None

    @property
    def text(self) -> str:
        """The amount as a case file writes it."""
        return format_amount(self.amount)


def judgements(case: Case) -> tuple[Placed, ...]:
    """Return the judgements that settlement draws on, and the named assumptions that have a value, in file order."""
    found = [one for preferences in case.preferences.values() for one in _of_party(preferences)]
    found += [_placed(one, "influence", f"influence of {name}", name, low=0) for name, one in case.influence.items()]
    for lever in case.levers.values():
        for targets in (lever.moves, lever.times):
            for target, one in targets.items():
                party = target.partition(".")[0]
                found.append(_placed(one, "lever", f"{target} in lever {lever.id}", party))
    known = [placed_assumption(assumption) for assumption in case.assumptions.values()]
    return (*found, *(placed for placed in known if placed is not None))


def judgement_at(case: Case, path: str) -> Placed | None:
    """Return the judgement at a path, None where there is none.  An assumption stands at ``assumptions.ID``."""
    if path.startswith(ASSUMPTIONS):
        assumption = case.assumptions.get(path.removeprefix(ASSUMPTIONS))
        return None if assumption is None else placed_assumption(assumption)
    root, _, rest = path.partition(".")
    if root == "preferences":
        preferences = case.preferences.get(rest.partition(".")[0])
        known: Iterator[Placed] = iter(()) if preferences is None else _of_party(preferences)
        return next((one for one in known if one.path == path), None)
    return next((one for one in judgements(case) if one.path == path), None)


def placed_assumption(assumption: Assumption) -> Placed | None:
    """Return a named assumption as a judgement; None for one that is only a reason."""
    if assumption.amount is None:
        return None
    path, what = f"{ASSUMPTIONS}{assumption.id}", f"assumption {assumption.id}"
    words = assumption.words
    return Placed(path, "assumption", what, None, None, None, assumption.amount, assumption.basis, words)


def _of_party(preferences: Preferences) -> Iterator[Placed]:
    party = preferences.party
    for issue, one in preferences.weights.items():
        yield _placed(one, "weight", f"weight of {issue} for {party}", party, issue, low=0)
    pointed = preferences.kind == "points"
    kind: Kind = "points" if pointed else "score"
    low, high = (None, None) if pointed else (0, 100)
    for issue, score in preferences.scores.items():
        what = f"{kind} of {party} on {issue}"
        if isinstance(score, ScoreTable):
            for option, one in score.values.items():
                yield _placed(one, kind, what, party, issue, option, low=low, high=high)
        elif isinstance(score, Breakpoints):
            for at, one in score.points:
                yield _placed(one, kind, what, party, issue, format_number(at), low=low, high=high)
        elif isinstance(score, Direction):
            yield _placed(score.value, "direction", f"direction of {what}", party, issue, words=DIRECTIONS)
            if score.shape is not None:
                yield _placed(score.shape, "shape", f"shape of {what}", party, issue, low=0)
    for bonus in preferences.bonuses:
        yield _placed(bonus.points, "bonus", f"points of bonus {bonus.id}", party)
    no_deal = preferences.no_deal
    if no_deal is not None and no_deal.judgement is not None:
        share = no_deal.kind == "share"
        ends = (0, 100) if share else (None, None)
        yield _placed(no_deal.judgement, "no_deal", f"no-deal value of {party}", party, low=ends[0], high=ends[1])


def _placed(
    one: Judgement,
    kind: Kind,
    what: str,
    party: str | None,
    issue: str | None = None,
    option: str | None = None,
    *,
    words: tuple[str, ...] = (),
    low: int | None = None,
    high: int | None = None,
) -> Placed:
    return Placed(one.path, kind, what, party, issue, option, one.amount, one.basis, words, low, high)
