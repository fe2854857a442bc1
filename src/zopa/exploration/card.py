"""The card of a package: every analysis that has something to say on one package says it in the same form.

An analysis joins by :data:`CARD_ANALYSES`, as it joins an ensemble by :data:`~zopa.exploration.ANALYSES`; pages show
whatever parts there are, so that a new analysis needs no new screen.  What settlement says comes first.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from zopa.case import RedLine, mentioned
from zopa.settlement import PackageView, Settlement
from zopa.space import PartyCache, Scenarios, answers_hang_on, condition_on, draw_scenarios, readings_of, split_alternatives

Says = Literal["yes", "no", "not known"]
MOST_READINGS: Final = 64  # of one red line; beyond, an even choice of them
LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class CardPart:
    """What one analysis says on one package.

    Attributes
    ----------
    key : str
        A short word that stays the same, for programs.
    title : str
        What is asked, in a few words: "In the zone".
    verdict : {'yes', 'no', 'not known'} or None
        The answer; None where the part only tells something.
    lines : tuple of str
        Sentences that go with it.
    because : tuple of str
        Ids of the case that it rests on (rules, red lines, levers), which a page puts into words.
    packages : tuple of int
        Other packages that it points to, by index.
    count : int
        How many such packages there are, should fewer be listed.
    """

    key: str
    title: str
    verdict: Says | None = None
    lines: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    packages: tuple[int, ...] = ()
    count: int = 0


class CardAnalysis(Protocol):
    """An analysis that has something to say on one package."""

    def __call__(self, settlement: Settlement, view: PackageView) -> CardPart | None:
        """Return its part of the card, or None where it has nothing to say."""


def says(truth: bool | None) -> Says:
    """Return a truth of three values in words."""
    return "not known" if truth is None else "yes" if truth else "no"


# What settlement says ---------------------------------------------------------------------------------


def broken_rules(settlement: Settlement, package: int) -> tuple[str, ...]:
    """Return the rules that a package breaks in the base scenario, in the order of the file."""
    at = np.array([package])
    rules = settlement.case.rules.values()
    return tuple(rule.id for rule in rules if not condition_on(settlement.scenarios, rule.condition, at).surely[0, 0])


def agreement_part(settlement: Settlement, view: PackageView) -> CardPart:
    """Return whether a package is an agreement that can be had: it counts as one, and it keeps every rule."""
    broken = () if view.allowed else broken_rules(settlement, view.index)
    lines = []
    if broken:
        lines.append("It breaks a rule of the case." if len(broken) == 1 else f"It breaks {len(broken)} rules of the case.")
    if not view.deal:
        lines.append("It does not count as an agreement.")
    if not view.available:
        when = "with these levers" if settlement.scenarios.levers is not None else f"on {settlement.moment.day}"
        lines.append(f"It cannot be had {when}.")
    return CardPart("agreement", "An agreement that can be had", says(not lines), tuple(lines), broken)


def zone_part(settlement: Settlement, view: PackageView) -> CardPart:
    """Return whether a package is in the zone, and why not."""
    case = settlement.case
    fit = view.allowed and view.deal and view.available
    blockers = [case.parties[name].name for name in view.blockers()] if fit else []
    lines = []
    if not view.asked:
        lines.append("Nobody is asked about it.")
    if blockers:
        verb = "blocks" if len(blockers) == 1 else "block"
        lines.append(f"{_listed(blockers)} {verb} it." if view.adopted is False else f"{_listed(blockers)} refuse it, outvoted.")
    unknown = dict.fromkeys(one.party for one in view.refusals if not one.certain and one.party in view.asked)
    if fit and unknown and view.adopted is not True:
        lines.append(f"It hangs on {_listed([case.parties[name].name for name in unknown])}, of whom too little is known.")
    return CardPart("zone", "In the zone", says(view.adopted), tuple(lines))


def efficient_part(settlement: Settlement, view: PackageView) -> CardPart:
    """Return whether a package is efficient within the zone, and what is better for somebody and worse for nobody."""
    title = "Efficient"
    if view.efficient:
        return CardPart("efficient", title, "yes", ("Nothing in the zone is better for one signatory and worse for none.",))
    better = better_packages(settlement, view.index)
    if better is None:
        return CardPart("efficient", title, "not known", ("Points of a signatory are missing.",))
    inside = view.adopted is True
    lines = [] if inside else ["Only a package of the zone can be efficient."]
    where = "of the zone" if inside else "that can be had"
    if better.count:
        number = "1 package" if better.count == 1 else f"{better.count:,} packages".replace(",", "\u202f")
        verb = "is" if better.count == 1 else "are"
        lines.append(f"{number} {where} {verb} better for a signatory and worse for none.")
    elif not inside:
        lines.append(f"Nothing {where} is better for one signatory and worse for none.")
    verdict: Says = "not known" if view.adopted is None else "no"
    return CardPart("efficient", title, verdict, tuple(lines), packages=better.packages, count=better.count)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


# Later analyses (stable, likely, would hold) join here.
CARD_ANALYSES: Final[tuple[CardAnalysis, ...]] = (agreement_part, zone_part, efficient_part)


def card_parts(settlement: Settlement, view: PackageView, analyses: Sequence[CardAnalysis] | None = None) -> tuple[CardPart, ...]:
    """Return what every analysis says on a package, in their order.

    Parameters
    ----------
    settlement : Settlement
        The base scenario.
    view : PackageView
        The package.
    analyses : sequence of CardAnalysis, optional
        Those that are asked; all by default.
    """
    asked = CARD_ANALYSES if analyses is None else analyses
    return tuple(part for part in (analysis(settlement, view) for analysis in asked) if part is not None)


# Packages that are better for somebody and worse for nobody --------------------------------------------


@dataclass(frozen=True, slots=True)
class Better:
    """Packages that give every signatory at least as much and one of them more: how many, and the first of them.

    ``strict`` counts those that give every signatory more.
    """

    count: int
    packages: tuple[int, ...]
    strict: int


def better_packages(settlement: Settlement, package: int, *, strict: bool = False, limit: int = LISTED) -> Better | None:
    """Return the packages that are better for a signatory and worse for none; None where points are missing.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    package : int
        The package to be bettered.
    strict : bool
        List only packages that are better for every signatory.
    limit : int
        Most packages listed.

    Notes
    -----
    From a package of the zone they are looked for in the zone; from elsewhere among the deals that can be had and
    cross no red line of a signatory.  Packages of the zone come first, then the largest smallest gain, which compares
    points of different parties, then the largest gain of all, then the index.
    """
    verdicts = settlement.verdicts
    surely = verdicts.adopted.surely[0]
    inside = bool(surely[package])
    fit = surely if inside else (verdicts.allowed & verdicts.deals)[0] & settlement.available
    if not settlement.seats:
        return None
    gains: list[tuple[NDArray[Any], int]] = []
    for name in settlement.seats:
        verdict = verdicts.parties[name]
        if verdict.values is None:
            return None
        for crossed in () if inside else verdict.crossed.values():
            fit = fit & ~np.broadcast_to(crossed.possibly, (1, settlement.space.size))[0]
        gains.append((verdict.values[0], int(settlement.scenarios.parties[name].unit[0])))
    rows = np.flatnonzero(fit)
    for values, _ in gains:
        rows = rows[values[rows] >= values[package]]
    more = np.zeros(len(rows), dtype=np.int64)
    for values, _ in gains:
        more += np.asarray(values[rows] > values[package], dtype=np.int64)
    every = rows[more == len(gains)]
    rows = rows[more > 0]
    listed = every if strict else rows

    def rank(index: int) -> tuple[bool, Fraction, Fraction, int]:
        found = [Fraction(int(values[index]) - int(values[package]), unit) for values, unit in gains]
        return not bool(surely[index]), -min(found), -sum(found, Fraction(0)), index

    if len(listed) > 4 * limit:  # the best in doubles first; those that are listed are ranked exactly
        near = np.min([(values[listed].astype(np.float64) - float(values[package])) / unit for values, unit in gains], axis=0)
        listed = listed[np.lexsort((-near, ~surely[listed]))][: 4 * limit]
    return Better(len(rows), tuple(sorted((int(index) for index in listed), key=rank)[:limit]), len(every))


# Red lines over the assumptions -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineShare:
    """In how many of ``draws`` a package crosses a red line: fewest and most over the readings.

    ``possible`` is the most if what is not known (whether the line binds) were so.  ``exact`` is True where it hangs on
    readings of the text alone, so that it was not sampled.
    """

    draws: int
    lowest: int
    highest: int
    possible: int
    exact: bool


class RedLineShares:
    """In which share of the assumptions packages cross red lines; what was drawn is kept for the next package.

    Parameters
    ----------
    settlement : Settlement
        The base scenario, for the case and its packages.
    draws, seed : int
        As in the sample that the shares stand beside: the same draws serve both.
    reading : mapping of str to int
        Questions about the text that are settled.

    Attributes
    ----------
    ready : bool
        True when everything that has to be drawn was drawn, so that the next package is quick.
    """

    def __init__(self, settlement: Settlement, draws: int, seed: int, reading: Mapping[str, int] | None = None) -> None:
        self.settlement = settlement
        self.draws, self.seed = draws, seed
        self.reading = dict(reading or {})
        self._uniforms: dict[str, NDArray[np.float64]] = {}
        self._numbers = PartyCache()
        self._drawn: dict[tuple[object, ...], Scenarios] = {}
        self._lock = threading.Lock()
        self.ready = False

    def of(self, package: int) -> dict[str, LineShare]:
        """Return the share of every red line by its id, for one package."""
        preferences = self.settlement.case.preferences.values()
        with self._lock:
            found = {line.id: self._share(line, package) for one in preferences for line in one.red_lines}
            self.ready = True
        return found

    def _share(self, line: RedLine, package: int) -> LineShare:
        at = np.array([package])
        keys = self._keys(line)
        exact = all(self._settled_by_reading(key) for key in keys)
        counts, possible = [], 0
        for reading in self._readings(frozenset(keys)):
            drawn = self._scenarios(reading, exact)
            where = condition_on(drawn, line.refuses, at)
            binds = drawn.parties[line.party].binds[line.id]
            whole = self.draws // len(binds)  # one draw stands for all where nothing is drawn
            sure, maybe = where.surely[:, 0] & (binds == 1), where.possibly[:, 0] & (binds != 0)
            counts.append(int(sure.sum()) * whole)
            possible = max(possible, int(maybe.sum()) * whole)
        return LineShare(self.draws, min(counts), max(counts), possible, exact)

    def _keys(self, line: RedLine) -> set[str]:
        """Return the keys of the assumptions that a red line hangs on, directly or through others."""
        case = self.settlement.case
        named = {name.partition(".")[0] for name in mentioned(line.refuses)}
        if line.binds is not None:
            named |= {name.partition(".")[0] for name in mentioned(line.binds)}
        named &= set(case.assumptions)
        if not named:
            return set()
        reached = answers_hang_on(case, line.party)
        # What an assumption refers to is among what the party's answers hang on; only named words can be told apart.
        plain = all(case.assumptions[name].words for name in named)
        return {key for key in reached if not plain or key.partition(".")[0] in named}

    def _settled_by_reading(self, key: str) -> bool:
        assumption = self.settlement.case.assumptions[key.partition(".")[0]]
        return bool(assumption.words) and (assumption.split or len(assumption.words) == 1)

    def _readings(self, keys: frozenset[str]) -> list[dict[str, int]]:
        """Return every combination of the readings that a red line hangs on, the others held at the first."""
        case = self.settlement.case
        settled = {key: 0 for key in split_alternatives(case) if key not in keys} | self.reading
        return readings_of(case, MOST_READINGS, settled)

    def _scenarios(self, reading: Mapping[str, int], exact: bool) -> Scenarios:
        key = (exact, *sorted(reading.items()))
        if key not in self._drawn:
            if len(self._drawn) >= 2 * MOST_READINGS:
                self._drawn.clear()
            if exact:
                self._drawn[key] = draw_scenarios(self.settlement.case, reading=reading)
            else:
                self._drawn[key] = draw_scenarios(
                    self.settlement.case,
                    self.seed,
                    draws=self.draws,
                    reading=reading,
                    uniform_cache=self._uniforms,
                    party_cache=self._numbers,
                )
        return self._drawn[key]
