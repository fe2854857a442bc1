"""Base scenarios of cases that differ little: what a change does not touch is not worked out again.

While somebody drags a judgement, every place of the slider is a case of its own, and most of its numbers are those of the
one before.  The points of a party are kept by everything that they hang on.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

from zopa.case import Case
from zopa.space.judgements import measure
from zopa.space.readings import points_hang_on, split_keys
from zopa.space.scenario import PartyCache, PartyNumbers, Scenarios, draw_scenarios

KEPT: Final = 64
Key = tuple[object, ...]


class BaseScenarios:
    """Draws base scenarios and remembers the points of parties; safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Beside the numbers stands what the key names by identity, so that no other object can take its place.
        self._kept: OrderedDict[tuple[object, ...], tuple[dict[tuple[object, ...], PartyNumbers], tuple[object, ...]]] = (
            OrderedDict()
        )

    def draw(self, case: Case, reading: Mapping[str, int] | None = None) -> Scenarios:
        """Return the base scenario of a case, exactly as :func:`~zopa.space.draw_scenarios` does.

        Parameters
        ----------
        case : Case
            The case.
        reading : mapping of str to int, optional
            Questions about the text that are settled.
        """
        full = tuple(sorted((dict.fromkeys(split_keys(case), 0) | dict(reading or {})).items()))
        keys = {party: self._ingredients(case, party, full) for party in case.preferences}
        cache = PartyCache()
        with self._lock:
            for key, _ in keys.values():
                if key in self._kept:
                    self._kept.move_to_end(key)
                    cache.points.update(self._kept[key][0])
        drawn = draw_scenarios(case, reading=reading, party_cache=cache)
        with self._lock:
            for party, (key, held) in keys.items():
                own = {inner: numbers for inner, numbers in cache.points.items() if inner[0] == party}
                self._kept[key] = own, held
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return drawn

    def _ingredients(self, case: Case, party: str, reading: tuple[Any, ...]) -> tuple[Key, Key]:
        """Return what the points of a party hang on, as a key, and the objects that the key names by identity."""
        preferences, found = case.preferences[party], measure(case)
        reached = tuple(sorted({name.partition(".")[0] for name in points_hang_on(case, party)}))
        held: Key = (
            preferences.scores,
            preferences.weights,
            preferences.weight_orders,
            preferences.bonuses,
            *(case.assumptions[name] for name in reached),
            *case.issues.values(),
        )
        plain = (party, preferences.kind, preferences.weight_sum, found.scale, found.wide, case.grain, reading, reached)
        return (*plain, *(id(one) for one in held)), held
