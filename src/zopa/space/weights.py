"""Weights of the issues for a party: bounds, sum and orders, drawn."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zopa.case import (
    Chain,
    InTop,
    Preferences,
)
from zopa.space.drawing import Drawer, Integers
from zopa.space.missing import Missing
from zopa.space.packages import PackageSpace
from zopa.space.polytope import Group, draw_group, round_group
from zopa.space.scores import group_uniform, order_pairs


def draw_weights(
    drawer: Drawer,
    space: PackageSpace,
    preferences: Preferences,
    lacks: list[Missing],
    approximate: NDArray[np.bool_],
) -> Integers | None:
    """Return the weights of all issues in units of 1/scale, shape (draws, issues)."""
    from zopa.case import Number, Range

    party = preferences.party
    judgements = [preferences.weights.get(issue.id) for issue in space.issues]
    columns: list[Integers] = []
    for issue, judgement in zip(space.issues, judgements, strict=True):
        column = None if judgement is None else drawer.number(judgement, party)
        if column is None:
            lacks.append(
                Missing(
                    f"preferences.{party}.weights.{issue.id}",
                    f"the weight of {issue.id} for {party} is missing",
                    "Write an amount, or `default:`.",
                )
            )
        else:
            columns.append(column)
    if len(columns) != len(judgements):
        return None
    together = np.stack(columns, axis=1)
    total = preferences.weight_sum
    if total is None and not preferences.weight_orders:
        return together
    amounts = [judgement.amount for judgement in judgements if judgement is not None]
    whole = together.astype(np.float64) / drawer.scale
    low, high = whole.copy(), whole.copy()
    for axis, amount in enumerate(amounts):
        if isinstance(amount, Range):
            low[:, axis], high[:, axis] = float(amount.low), float(amount.high)
    fixed_all = all(isinstance(amount, Number) for amount in amounts)
    if fixed_all:
        return together
    ids = [issue.id for issue in space.issues]
    pairs: list[tuple[int, int]] = []
    tops: list[tuple[int, int]] = []
    for one in preferences.weight_orders:
        if isinstance(one.that, Chain):
            pairs.extend(order_pairs(Chain(tuple(item for item in one.that.items), one.that.relations), ids))
        elif isinstance(one.that, InTop):
            tops.append((ids.index(one.that.name), one.that.count))
    group = Group(low, high, None if total is None else float(total), tuple(pairs), tuple(tops))
    keys = [judgement.path for judgement in judgements if judgement is not None]
    if drawer.base:
        from zopa.space.polytope import feasible_point

        values = feasible_point(group, 0)[None, :]
    else:
        drawn = draw_group(group, group_uniform(drawer, keys))
        approximate |= drawn.approximate
        values = drawn.values
    rounded = _rounded_weights(drawer, values, low, high, total, tuple(pairs))
    for axis, key in enumerate(keys):
        drawer.values[key] = rounded[:, axis]
    return rounded


def _rounded_weights(
    drawer: Drawer,
    values: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    total: Fraction | None,
    pairs: tuple[tuple[int, int], ...],
) -> Integers:
    grain = drawer.case.grain
    steps = 1 / grain
    on_grid = total is None or (total * steps).denominator == 1
    unit = int(grain * drawer.scale)
    wanted = None if total is None or not on_grid else int(total * steps)
    floors = np.ceil(low * float(steps) - 1e-6).astype(np.int64)
    ceilings = np.floor(high * float(steps) + 1e-6).astype(np.int64)
    rounded = np.empty_like(floors)
    same = (floors == floors[:1]).all() and (ceilings == ceilings[:1]).all()
    if same:
        rounded = round_group(values, int(steps), floors[0].tolist(), ceilings[0].tolist(), wanted)
    else:
        for draw in range(len(values)):
            rounded[draw] = round_group(
                values[draw : draw + 1], int(steps), floors[draw].tolist(), ceilings[draw].tolist(), wanted
            )[0]
    for above, below in pairs:
        # Two equal weights may come apart by one grid point when the sum is made up; order goes before chance.
        turned = rounded[:, above] < rounded[:, below]
        rounded[turned, above], rounded[turned, below] = rounded[turned, below], rounded[turned, above]
    return drawer.integers([]) if not len(rounded) else (rounded * unit if not drawer.wide else rounded.astype(object) * unit)
