"""Which judgements each party's answers hang on, by the random streams that serve them."""

from __future__ import annotations

from typing import Final

from zopa.case import Case
from zopa.space.drawing import Drawer
from zopa.space.packages import package_space
from zopa.space.readings import alternatives, answers_hang_on, split_keys
from zopa.space.scenario import PartyCache
from zopa.space.streams import ATTEMPT

DRAWS: Final = 64  # so that an alternative of some judgement comes up as well, and with it what it names


def keys_of_parties(case: Case) -> dict[str, frozenset[str]]:
    """Return for each party the keys of the judgements that its answers hang on.

    Parameters
    ----------
    case : Case
        The case; every package issue must have options.

    Returns
    -------
    dict of str to frozenset of str
        With the assumptions behind rules, red lines and seats.  What is correlated with a judgement counts with it.

    Notes
    -----
    Found by drawing each party by itself, each alternative of a split assumption once.
    """
    space = package_space(case)
    split = split_keys(case)
    found: dict[str, frozenset[str]] = {}
    for party in case.parties:
        used = set(answers_hang_on(case, party))
        for turn in range(max((alternatives(one) for one in split.values()), default=1)):
            reading = {key: min(turn, alternatives(one) - 1) for key, one in split.items()}
            drawer = Drawer(case, 0, 0, DRAWS, reading)
            PartyCache().numbers(drawer, space, party)
            used |= {key for key in drawer.uniform_cache if ATTEMPT not in key}
        found[party] = frozenset(used)
    return found
