"""What each option of an issue is worth to a party: tables, lines, directions and orders, drawn."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

from zopa.case import (
    Breakpoints,
    Chain,
    Direction,
    Issue,
    Leaning,
    OrderOnly,
    Preferences,
    ScoreTable,
    ordering,
)
from zopa.space.drawing import Drawer, Integers
from zopa.space.groups import draw_together, drawn_or_middle, gaps
from zopa.space.judgements import between, constant, straight
from zopa.space.missing import Missing
from zopa.space.polytope import Group
from zopa.space.rounding import round_group


def draw_scores(
    drawer: Drawer, preferences: Preferences, issue: Issue, lacks: list[Missing], approximate: NDArray[np.bool_]
) -> Integers | None:
    """Return the scores of one party on the options of one issue, shape (draws, options)."""
    party = preferences.party
    block = "points" if preferences.kind == "points" else "scores"
    path = f"preferences.{party}.{block}.{issue.id}"
    score = preferences.scores.get(issue.id)
    if isinstance(score, ScoreTable):
        return _table(drawer, score, issue, party, path, lacks, approximate)
    if isinstance(score, Breakpoints):
        return _line(drawer, score, issue, party, path, lacks)
    if isinstance(score, Direction):
        return _direction(drawer, score, issue, party, path, lacks)
    if isinstance(score, OrderOnly) and preferences.kind == "weighted":
        return _ordered(drawer, score.order, issue, path, approximate)
    if isinstance(score, Leaning):
        what = f"{party} is only known to be {score.stance} {score.option} on {issue.id}"
    elif isinstance(score, OrderOnly):
        what = f"{party} only orders the options of {issue.id}, and an order is no points"
    else:
        what = f"nothing says what {party} makes of {issue.id}"
    lacks.append(Missing(path, what, f"Write `{issue.id}:` with a number for each option, or a direction."))
    return None


def _table(
    drawer: Drawer,
    score: ScoreTable,
    issue: Issue,
    party: str,
    path: str,
    lacks: list[Missing],
    approximate: NDArray[np.bool_],
) -> Integers | None:
    ids = issue.option_ids()
    columns = {option: drawer.number(score.values[option], party) for option in ids}
    known = {option: column for option, column in columns.items() if column is not None}
    for option in ids:
        if option not in known:
            lacks.append(Missing(f"{path}.{option}", f"the score of {party} for {option} is unknown", "Write an amount."))
    if len(known) != len(ids):
        return None
    if score.order is not None:
        names = list(score.order.items)
        judgements = [score.values[name] for name in names]
        what = f"the scores of {party} on {issue.id}"
        made, walked = draw_together(drawer, names, judgements, [known[name] for name in names], [score.order], None, what)
        approximate |= walked
        known.update(zip(names, made, strict=True))
    return np.stack([known[option] for option in ids], axis=1)


def _line(drawer: Drawer, score: Breakpoints, issue: Issue, party: str, path: str, lacks: list[Missing]) -> Integers | None:
    """Return the values of a line through breakpoints at the steps of a numeric issue.

    Between written numbers they are exact; between drawn ones they are rounded to the grain.
    """
    ends = {judgement.path: drawer.number(judgement, party) for _, judgement in score.points}
    known = {key: values for key, values in ends.items() if values is not None}
    if len(known) != len(ends):
        lacks.append(Missing(path, f"a value of {party} on {issue.id} is unknown", "Write an amount."))
        return None
    columns = []
    for option in issue.options:
        assert option.at is not None
        first, last, share = between(score, option.at)
        low, high = known[first.path], known[last.path]
        if share == 0:
            columns.append(low)
            continue
        written = all(constant(one.amount, drawer.case.assumptions) is not None for one in (first, last))
        exact = [int(one) + (int(other) - int(one)) * share for one, other in zip(low.tolist(), high.tolist(), strict=True)]
        columns.append(_exactly(drawer, exact) if written else _to_grain(drawer, exact))
    return np.stack(columns, axis=1)


def _exactly(drawer: Drawer, exact: list[Fraction]) -> Integers:
    """Return numbers in units of 1/scale; only where a band takes the place of a number they may fall between."""
    return drawer.integers([drawer.unit_of(value / drawer.scale) for value in exact])


def _to_grain(drawer: Drawer, exact: list[Fraction]) -> Integers:
    """Return numbers in units of 1/scale, rounded to the grain (halves upwards)."""
    unit = int(drawer.case.grain * drawer.scale)
    return drawer.integers([floor(value / unit + Fraction(1, 2)) * unit for value in exact])


def _direction(drawer: Drawer, score: Direction, issue: Issue, party: str, path: str, lacks: list[Missing]) -> Integers | None:
    """Return scores from 0 to 100 along the scale: 100 (place / 100) ** shape.

    A straight line (shape 1, or none) is exact; others are rounded to the grain.
    """
    words = drawer.word(score.value, ("up", "down", "flat"), party)
    places = [option.at for option in issue.options if option.at is not None]
    if any(word is None for word in words) or len(places) != len(issue.options):
        lacks.append(
            Missing(path, f"the direction of {party} on {issue.id} is unknown", "Write {direction: up} or {direction: down}.")
        )
        return None
    flat = np.array([word == "flat" for word in words])
    down = np.array([word == "down" for word in words])
    exact = straight(score, issue, drawer.case.assumptions)
    if exact is not None and not (score.shape is not None and drawer.swept(score.shape.amount)):
        columns = [np.where(down, drawer.constant(100 - value), drawer.constant(value)) for value in exact]
    else:
        shape = np.ones(drawer.draws)
        if score.shape is not None:
            drawn = drawer.number(score.shape, party)
            if drawn is None:
                what = f"the shape of {party} on {issue.id} is unknown"
                lacks.append(Missing(f"{path}.shape", what, "Write an exponent such as 0.5..2."))
                return None
            shape = np.maximum(drawn.astype(np.float64) / drawer.scale, 1e-6)
        columns = _bent(drawer, places, shape, down)
    return np.stack([np.where(flat, drawer.constant(Fraction(50)), column) for column in columns], axis=1)


def _bent(drawer: Drawer, places: list[Fraction], shape: NDArray[np.float64], down: NDArray[np.bool_]) -> list[Integers]:
    lowest, highest = min(places), max(places)
    share = np.array([float((place - lowest) / (highest - lowest)) if highest > lowest else 0.0 for place in places])
    along = np.where(down[:, None], 1.0 - share[None, :], share[None, :])
    scores = 100.0 * np.where(along > 0, np.maximum(along, 1e-300) ** shape[:, None], 0.0)
    return [drawer.on_grain(scores[:, number]) for number in range(len(places))]


def _ordered(drawer: Drawer, order: Chain, issue: Issue, path: str, approximate: NDArray[np.bool_]) -> Integers:
    """Return scores that keep an order: best 100, worst 0, tied options alike, the rest drawn between.

    In the base scenario the steps are even.
    """
    items = list(order.items)
    found = ordering(items, [order])
    last = len(found.classes) - 1
    if drawer.base:
        even = np.array([[100.0 * (last - place) / last if last else 100.0 for place in range(last + 1)]])
        columns = [drawer.on_grain(even[:, place]) for place in range(last + 1)]
    else:
        steps = int(100 / drawer.case.grain)
        low, high = np.zeros((drawer.draws, last + 1), np.int64), np.full((drawer.draws, last + 1), steps, np.int64)
        low[:, 0] = steps
        if last:
            high[:, last] = 0
        group = Group(low, high, (1,) * (last + 1), None, gaps(found, 1))
        keys = [f"{path}.{items[members[0]]}" for members in found.classes]
        values, walked = drawn_or_middle(drawer, group, keys, np.arange(drawer.draws))
        approximate |= walked
        unit = int(drawer.case.grain * drawer.scale)
        columns = [drawer.integers(column) * unit for column in round_group(group, values).T]
    place_of = {items[member]: place for place, members in enumerate(found.classes) for member in members}
    return np.stack([columns[place_of[option]] for option in issue.option_ids()], axis=1)
