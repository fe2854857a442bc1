"""Adjusted winner: two parties split the issues so that both get the same number of points.

Each party spreads 100 points over the issues.  Every issue goes to the party that puts more on it, then
issues move from the richer to the poorer party, those on which the two differ least first, the last one
in part, until both have the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zopa.settlement.settle import Settlement

WHOLE: Final = Fraction(100)


@dataclass(frozen=True, slots=True)
class Split:
    """The outcome of adjusted winner.

    Attributes
    ----------
    share : tuple of Fraction
        Part of each issue that goes to the first party, from 0 to 1; the second party gets the rest.
    totals : tuple of (Fraction, Fraction)
        Points of both; equal.
    start : tuple of (Fraction, Fraction)
        Points of both when every issue has gone to the higher bidder.
    moved : tuple of (int, Fraction)
        Issues that then moved, by number, and which part of each.
    """

    share: tuple[Fraction, ...]
    totals: tuple[Fraction, Fraction]
    start: tuple[Fraction, Fraction]
    moved: tuple[tuple[int, Fraction], ...]


def adjusted_winner(first: Sequence[Fraction], second: Sequence[Fraction]) -> Split:
    """Return the split of issues between two parties.

    Parameters
    ----------
    first, second : sequence of Fraction
        Points each party puts on each issue, none below nought, with the same sum above nought.

    Returns
    -------
    Split
        Exact.  Equal in points, efficient, and free of envy; at most one issue is divided.  Where both put
        as much on an issue it goes to the first party at first, and issues with one ratio move in order:
        which issue is divided can hang on the order of the parties, the totals cannot.

    Raises
    ------
    ValueError
        When the points are not as asked for.

    References
    ----------
    Brams and Taylor (1996), Fair division: from cake-cutting to dispute resolution.
    """
    if len(first) != len(second) or sum(first) != sum(second) or not sum(first) or min(*first, *second) < 0:
        raise ValueError("adjusted winner needs the same sum of points above nought from both parties, none below nought")
    share = [Fraction(int(mine >= theirs)) for mine, theirs in zip(first, second, strict=True)]

    def totals() -> tuple[Fraction, Fraction]:
        mine = sum((part * value for part, value in zip(share, first, strict=True)), Fraction(0))
        theirs = sum(((1 - part) * value for part, value in zip(share, second, strict=True)), Fraction(0))
        return mine, theirs

    start = totals()
    richer_is_first = start[0] >= start[1]
    rich, poor = (first, second) if richer_is_first else (second, first)
    held = [issue for issue, part in enumerate(share) if (part == 1) is richer_is_first]
    # Ascending ratio of the points of the richer to those of the poorer; what the poorer does not want comes last.
    held.sort(key=lambda issue: (poor[issue] == 0, rich[issue] / poor[issue] if poor[issue] else Fraction(0)))
    moved = []
    for issue in held:
        mine, theirs = totals()
        ahead = abs(mine - theirs)
        both = rich[issue] + poor[issue]
        if not ahead or not both:
            continue
        part = min(Fraction(1), ahead / both)
        share[issue] = 1 - part if richer_is_first else part
        moved.append((issue, part))
        if part < 1:
            break
    return Split(tuple(share), totals(), start, tuple(moved))


@dataclass(frozen=True, slots=True)
class AdjustedWinner:
    """Adjusted winner on a case, or why it does not apply.

    Attributes
    ----------
    parties : tuple of str
        The two signatories, or whoever signs when they are not two.
    reason : str
        Why it does not apply; empty when it does.
    issues : tuple of str
        Issues on which the two want different things: these are split.
    agreed : mapping of str to str
        Issues on which both want the same option, or to at least one of them nothing is at stake.  There is
        no conflict there: they are set aside, each with the option that suits both.
    points : mapping of str to tuple of Fraction
        What each party puts on each of ``issues``, 100 in total: its span between best and worst option.
    tied : tuple of str
        Issues of ``issues`` on which both put as much.
    splits : mapping of str to Split
        The outcome, its shares those of the first of ``parties``, for tied issues going to each of the two at
        first: the procedure has to favour one, so both are given.  They are one where nothing is tied, and may
        be where something is.  Nothing when it does not apply.
    """

    parties: tuple[str, ...]
    reason: str
    issues: tuple[str, ...]
    agreed: Mapping[str, str]
    points: Mapping[str, tuple[Fraction, ...]]
    tied: tuple[str, ...]
    splits: Mapping[str, Split]

    @property
    def agree(self) -> bool:
        """True when it applies, and the shares are the same whoever gets the tied issues at first."""
        return len({split.share for split in self.splits.values()}) == 1


def adjusted_winner_of(settlement: Settlement) -> AdjustedWinner:
    """Return adjusted winner between the two signatories of a case.

    Notes
    -----
    To win an issue is to get one's best option of it, and half of an issue counts as half of what lies
    between one's worst and best option.  Rules, red lines and no-deal values play no part.
    """
    seats = settlement.seats

    def not_for(reason: str) -> AdjustedWinner:
        return AdjustedWinner(seats, reason, (), {}, {}, (), {})

    if len(seats) != 2:
        return not_for(f"adjusted winner is for two parties, and {len(seats)} sign")
    scores = {name: option_scores(settlement, name) for name in seats}
    for name, rows in scores.items():
        if rows is None:
            return not_for(f"points of {name} are missing, or do not add up over issues")
    first, second = (rows for rows in scores.values() if rows is not None)
    split_issues, agreed = [], {}
    for axis, issue in enumerate(settlement.space.issues):
        best = [{at for at, value in enumerate(row) if value == max(row)} for row in (first[axis], second[axis])]
        if best[0] & best[1]:
            agreed[issue.id] = issue.options[min(best[0] & best[1])].id
        else:
            split_issues.append(axis)
    if not split_issues:
        return not_for("there is no issue on which the two want different things")
    points = []
    for rows in (first, second):
        spans = [max(rows[axis]) - min(rows[axis]) for axis in split_issues]
        points.append(tuple(span * WHOLE / sum(spans) for span in spans))
    names = tuple(settlement.space.issues[axis].id for axis in split_issues)
    tied = tuple(name for name, mine, theirs in zip(names, *points, strict=True) if mine == theirs)
    splits = (adjusted_winner(*points), _mirrored(adjusted_winner(points[1], points[0])))
    shown = dict(zip(seats, points, strict=True))
    return AdjustedWinner(seats, "", names, agreed, shown, tied, dict(zip(seats, splits, strict=True)))


def _mirrored(split: Split) -> Split:
    """Return the same split as seen by the other party."""
    (mine, theirs), (before, other) = split.totals, split.start
    return Split(tuple(1 - part for part in split.share), (theirs, mine), (other, before), split.moved)


def option_scores(settlement: Settlement, party: str) -> tuple[tuple[Fraction, ...], ...] | None:
    """Return a party's points for each option of each issue; None when missing, or when a bonus is added to them."""
    numbers = settlement.scenarios.parties[party]
    if numbers.points is None or numbers.bonuses:
        return None
    unit, offsets = int(numbers.unit[0]), settlement.space.offsets
    row = numbers.points[0].tolist()
    return tuple(
        tuple(Fraction(int(value), unit) for value in row[offsets[axis] : offsets[axis + 1]])
        for axis in range(len(settlement.space.shape))
    )
