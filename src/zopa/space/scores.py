"""What each option of an issue is worth to a party: tables, lines, directions and orders, drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

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
)
from zopa.space.drawing import Drawer, Integers
from zopa.space.missing import Missing
from zopa.space.polytope import Group, draw_group
from zopa.space.streams import uniforms


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
    if score.order is not None and not drawer.base:
        _keep_order(drawer, score, score.order, known, approximate)
    return np.stack([known[option] for option in ids], axis=1)


def _keep_order(
    drawer: Drawer,
    score: ScoreTable,
    order: Chain,
    known: dict[str, Integers],
    approximate: NDArray[np.bool_],
) -> None:
    """Draw the ranges of a table again so that they keep its order; what others share stays as drawn."""
    from zopa.case import Range

    items = list(order.items)
    amounts = [score.values[item].amount for item in items]
    low = np.empty((drawer.draws, len(items)))
    high = np.empty_like(low)
    for number, (item, amount) in enumerate(zip(items, amounts, strict=True)):
        fixed = known[item].astype(np.float64) / drawer.scale
        low[:, number] = float(amount.low) if isinstance(amount, Range) else fixed
        high[:, number] = float(amount.high) if isinstance(amount, Range) else fixed
    pairs = order_pairs(order, items)
    group = Group(low, high, None, pairs, ())
    keys = [score.values[item].path for item in items]
    drawn = draw_group(group, group_uniform(drawer, keys))
    approximate |= drawn.approximate
    for number, (item, amount) in enumerate(zip(items, amounts, strict=True)):
        if isinstance(amount, Range):
            known[item] = drawer.on_grain(drawn.values[:, number])
            drawer.values[score.values[item].path] = known[item]


def order_pairs(order: Chain, items: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the pairs (a, b) of an order in which item a is not below item b."""
    pairs: list[tuple[int, int]] = []
    for first, second, relation in zip(order.items, order.items[1:], order.relations, strict=False):
        pairs.append((items.index(first), items.index(second)))
        if relation == "=":
            pairs.append((items.index(second), items.index(first)))
    return tuple(pairs)


def group_uniform(drawer: Drawer, keys: Sequence[str]) -> Callable[[int, int], NDArray[np.float64]]:
    """Return the uniforms of a group of judgements: by number and attempt, each attempt with its own stream."""

    def uniform(number: int, attempt: int) -> NDArray[np.float64]:
        if attempt == 0:
            return drawer.uniform(keys[number])[:, 1]
        assert drawer.seed is not None
        key = f"{keys[number]}#{attempt}"
        if key not in drawer.uniform_cache:
            drawer.uniform_cache[key] = uniforms(drawer.seed, key, drawer.start, drawer.draws)
        return drawer.uniform_cache[key][:, 1]

    return uniform


def _line(drawer: Drawer, score: Breakpoints, issue: Issue, party: str, path: str, lacks: list[Missing]) -> Integers | None:
    """Return the values of a line through breakpoints at the steps of a numeric issue."""
    ends = [(at, drawer.number(judgement, party)) for at, judgement in score.points]
    if any(values is None for _, values in ends):
        lacks.append(Missing(path, f"a value of {party} on {issue.id} is unknown", "Write an amount."))
        return None
    columns = []
    for option in issue.options:
        at = option.at
        assert at is not None
        before = max((end for end in ends if end[0] <= at), key=lambda end: end[0])
        after = min((end for end in ends if end[0] >= at), key=lambda end: end[0])
        assert before[1] is not None
        assert after[1] is not None
        if before[0] == after[0]:
            columns.append(before[1])
            continue
        share = (at - before[0]) / (after[0] - before[0])
        exact = [
            Fraction(int(low)) + (Fraction(int(high)) - int(low)) * share
            for low, high in zip(before[1].tolist(), after[1].tolist(), strict=True)
        ]
        columns.append(_to_grain(drawer, exact))
    return np.stack(columns, axis=1)


def _to_grain(drawer: Drawer, exact: list[Fraction]) -> Integers:
    """Return exact numbers in units of 1/scale; those that fall between units go to the grain."""
    unit = int(drawer.case.grain * drawer.scale)
    return drawer.integers([int(value) if value.denominator == 1 else round(value / unit) * unit for value in exact])


def _direction(drawer: Drawer, score: Direction, issue: Issue, party: str, path: str, lacks: list[Missing]) -> Integers | None:
    """Return scores from 0 to 100 along the scale: 100 (place / 100) ** shape, rounded to the grain."""
    words = drawer.word(score.value, ("up", "down", "flat"), party)
    places = [option.at for option in issue.options]
    if any(word is None for word in words) or any(place is None for place in places):
        lacks.append(
            Missing(path, f"the direction of {party} on {issue.id} is unknown", "Write {direction: up} or {direction: down}.")
        )
        return None
    lowest, highest = min(place for place in places if place is not None), max(place for place in places if place is not None)
    share = np.array(
        [float((place - lowest) / (highest - lowest)) if place is not None and highest > lowest else 0.0 for place in places]
    )
    shape = np.ones(drawer.draws)
    if score.shape is not None:
        drawn = drawer.number(score.shape, party)
        if drawn is None:
            lacks.append(
                Missing(f"{path}.shape", f"the shape of {party} on {issue.id} is unknown", "Write an exponent such as 0.5..2.")
            )
            return None
        shape = np.maximum(drawn.astype(np.float64) / drawer.scale, 1e-6)
    way = np.array([word == "down" for word in words])
    along = np.where(way[:, None], 1.0 - share[None, :], share[None, :])
    scores = 100.0 * np.where(along > 0, np.maximum(along, 1e-300) ** shape[:, None], 0.0)
    scores[np.array([word == "flat" for word in words])] = 50.0
    columns = [drawer.on_grain(scores[:, number]) for number in range(len(places))]
    return np.stack(columns, axis=1)


def _ordered(drawer: Drawer, order: Chain, issue: Issue, path: str, approximate: NDArray[np.bool_]) -> Integers:
    """Return scores that keep an order: best 100, worst 0, the rest drawn evenly between (even steps in the base)."""
    items = list(order.items)
    places: dict[str, NDArray[np.float64]] = {}
    if drawer.base or len(items) < 3:
        last = max(len(items) - 1, 1)
        rank = 0
        for number, item in enumerate(items):
            if number and order.relations[number - 1] != "=":
                rank = number
            places[item] = np.full(drawer.draws, 100.0 * (last - rank) / last)
    else:
        low, high = np.zeros((drawer.draws, len(items))), np.full((drawer.draws, len(items)), 100.0)
        low[:, 0], high[:, -1] = 100.0, 0.0
        group = Group(low, high, None, order_pairs(order, items), ())
        drawn = draw_group(group, group_uniform(drawer, [f"{path}.{item}" for item in items]))
        approximate |= drawn.approximate
        places = {item: drawn.values[:, number] for number, item in enumerate(items)}
    return np.stack([drawer.on_grain(places[option]) for option in issue.option_ids()], axis=1)
