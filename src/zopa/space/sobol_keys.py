"""The judgements of a case that random numbers serve: those that Sobol' points can take over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case
from zopa.space.readings import alternatives, split_keys
from zopa.space.scenario import draw_scenarios
from zopa.space.streams import ATTEMPT

DRAWS = 64  # so that an alternative of some other judgement comes up as well, and with it what it names


def sobol_keys(case: Case) -> tuple[str, ...]:
    """Return the keys of all judgements that random numbers serve, sorted.

    The case is drawn a few times by chance, each alternative of a split assumption and each band once.  A
    judgement behind an alternative that none of these draws takes is left out; it stays with chance.

    Parameters
    ----------
    case : Case
        The case; every package issue must have options.

    Returns
    -------
    tuple of str
        Keys without those of repeated attempts.

    Raises
    ------
    ValueError
        As ``draw_scenarios``.
    """
    split = split_keys(case)
    used: dict[str, NDArray[np.float64]] = {}
    for turn in range(max((alternatives(one) for one in split.values()), default=1)):
        reading = {key: min(turn, alternatives(one) - 1) for key, one in split.items()}
        draw_scenarios(case, 0, draws=DRAWS, reading=reading, uniform_cache=used).draw_all()
    bands = [one.sweep for one in case.assumptions.values()]
    for turn in range(max(map(len, bands), default=0)):
        sweep = {name: one.sweep[min(turn, len(one.sweep) - 1)] for name, one in case.assumptions.items() if one.sweep}
        draw_scenarios(case, 0, draws=DRAWS, sweep=sweep, uniform_cache=used).draw_all()
    return tuple(sorted(key for key in used if ATTEMPT not in key))
