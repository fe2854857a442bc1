"""Weights of the issues for a party: bounds, sum and orders, drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zopa.case import Preferences
from zopa.space.drawing import Drawer, Integers
from zopa.space.groups import draw_together
from zopa.space.missing import Missing
from zopa.space.packages import PackageSpace


def draw_weights(
    drawer: Drawer,
    space: PackageSpace,
    preferences: Preferences,
    lacks: list[Missing],
    approximate: NDArray[np.bool_],
) -> Integers | None:
    """Return the weights of all issues in units of 1/scale, shape (draws, issues).

    Parameters
    ----------
    drawer : Drawer
        Draws the judgements.
    space : PackageSpace
        The issues.
    preferences : Preferences
        Weights of one party, with their sum and orders.
    lacks : list of Missing
        Takes what is missing; then the result is None.
    approximate : ndarray of shape (draws,)
        Takes the draws that come from a Markov chain.
    """
    party = preferences.party
    judgements = []
    columns: list[Integers] = []
    for issue in space.issues:
        judgement = preferences.weights.get(issue.id)
        column = None if judgement is None else drawer.number(judgement, party)
        if judgement is None or column is None:
            lacks.append(
                Missing(
                    f"preferences.{party}.weights.{issue.id}",
                    f"the weight of {issue.id} for {party} is missing",
                    "Write an amount, or `default:`.",
                )
            )
        else:
            judgements.append(judgement)
            columns.append(column)
    if len(columns) != len(space.issues):
        return None
    orders = [order.that for order in preferences.weight_orders]
    if preferences.weight_sum is not None or orders:
        names = [issue.id for issue in space.issues]
        what = f"the weights of {party}"
        columns, walked = draw_together(drawer, names, judgements, columns, orders, preferences.weight_sum, what)
        approximate |= walked
    return np.stack(columns, axis=1)
