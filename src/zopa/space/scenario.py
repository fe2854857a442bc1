"""Scenarios: full sets of numbers drawn from a case, as exact integers.

A scenario says for every party what each option is worth, what no deal is worth, and which red lines
bind.  ``Scenarios`` holds many of them as arrays; the base scenario is an ensemble of one.  Points are
numerators over one unit per party and draw, so that sums and comparisons are exact.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zopa.case import (
    Amount,
    Case,
    Compare,
    Condition,
    InTop,
    Preferences,
    RedLine,
    Unknown,
    evaluate,
    format_amount,
)
from zopa.space.conditions import Value, assumption_meets
from zopa.space.drawing import Drawer, Integers
from zopa.space.missing import Missing
from zopa.space.packages import PackageSpace, package_space
from zopa.space.readings import answers_hang_on, points_hang_on, split_keys
from zopa.space.scores import draw_scores
from zopa.space.streams import Streams
from zopa.space.weights import draw_weights


@dataclass(frozen=True, slots=True)
class Moved:
    """What pulled levers do to a no-deal value: it is multiplied by ``times``, then ``added`` is added.

    Both are Python integers of shape (draws,) over one ``denominator``, in the unit in which the no-deal value
    is written; where that is a package, in points.
    """

    times: Integers
    added: Integers
    denominator: int

    @property
    def key(self) -> bytes:
        """Bytes that differ where the numbers differ."""
        return repr((self.times.tolist(), self.added.tolist(), self.denominator)).encode()


@dataclass(frozen=True, slots=True)
class NoDealNumbers:
    """The no-deal value before packages are counted: points or a share in units of 1/scale, or a package.

    ``moved`` is what pulled levers do to it (see :mod:`zopa.space.levers`); None where none was pulled.
    """

    kind: str
    values: Integers | None
    package: Mapping[str, str] | None
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class PartyNumbers:
    """What one party's judgements came to.

    Attributes
    ----------
    points : ndarray of shape (draws, options) or None
        Numerators of the points of every option of every issue, issues after one another; None when an
        input is missing.
    unit : ndarray of shape (draws,)
        What one point is: ``points / unit`` are points.
    bonuses : tuple of (Condition, ndarray)
        Numerators added where a condition holds.
    no_deal : NoDealNumbers or None
        None when the case gives none.
    binds : mapping of str to ndarray of shape (draws,)
        For each red line 1 (binds), 0 (does not) or -1 (not known).
    missing : tuple of Missing
        Why points or the no-deal value are None.
    approximate : ndarray of shape (draws,)
        Draws in which numbers came from a Markov chain.
    mixing : mapping of str to float
        Groups of numbers that a Markov chain drew, in words, with the worst R-hat of the check of the chain.
    """

    party: str
    points: Integers | None
    unit: Integers
    bonuses: tuple[tuple[Condition, Integers], ...]
    no_deal: NoDealNumbers | None
    binds: Mapping[str, NDArray[np.int8]]
    missing: tuple[Missing, ...]
    approximate: NDArray[np.bool_]
    mixing: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenarios:
    """An ensemble: the numbers of every party in every draw, under one reading of the case.

    ``levers`` are those that are pulled (see :func:`~zopa.space.levers.pull_levers`); None leaves the case as
    it stands: no-deal values as written, and every option that a lever makes possible there.
    """

    case: Case
    space: PackageSpace
    seed: int | None
    start: int
    draws: int
    scale: int
    reading: Mapping[str, int]
    parties: Mapping[str, PartyNumbers]
    drawer: Drawer = field(repr=False, compare=False)
    levers: frozenset[str] | None = None

    def name(self, draw: int = 0) -> str:
        """Return DIGEST/SEED/INDEX, which names a scenario for good."""
        streams = self.drawer.streams
        which = "base" if streams is None else f"{streams.name}/{self.start + draw}"
        return f"{self.case.digest[:12]}/{which}"

    @property
    def mixing(self) -> dict[str, float]:
        """Groups of numbers that a Markov chain drew, in words, with the worst R-hat of the check of the chain.

        Above ``zopa.space.mixing.MIXED`` the draws hang on where the chain starts.
        """
        return {what: worst for numbers in self.parties.values() for what, worst in numbers.mixing.items()}

    def draw_all(self) -> None:
        """Draw what only rules, seats and red lines use, too: it is drawn when it is asked for."""
        for party in self.case.parties:
            for key in sorted(answers_hang_on(self.case, party)):
                assumption = self.case.assumptions[key.partition(".")[0]]
                if assumption.per_place:
                    continue  # drawn with the judgements that refer to it
                if assumption.words:
                    self.drawer.assumption_words(key, party, "")
                elif assumption.amount is not None:
                    self.drawer.assumption(key, party, "")

    def condition_values(self, condition: Condition) -> list[tuple[dict[str, Value], NDArray[np.bool_]]]:
        """Return the values of the assumptions a condition mentions, with the draws in which they hold."""
        return condition_values(self.drawer, condition, None)

    def values(self, draw: int = 0) -> dict[str, str]:
        """Return every number and word drawn, as exact text by key: enough to replay the scenario."""
        self.draw_all()
        found: dict[str, str] = {}
        for key, numbers in self.drawer.values.items():
            found[key] = "unknown" if numbers is None else str(Fraction(int(numbers[draw]), self.scale))
        for key, (words, choice) in self.drawer.words.items():
            found[key] = words[int(choice[draw])]
        return dict(sorted(found.items()))


def draw_scenarios(
    case: Case,
    seed: int | None = None,
    *,
    start: int = 0,
    draws: int = 1,
    reading: Mapping[str, int] | None = None,
    sweep: Mapping[str, Amount] | None = None,
    uniform_cache: dict[str, NDArray[np.float64]] | None = None,
    party_cache: PartyCache | None = None,
    streams: Streams | None = None,
) -> Scenarios:
    """Return scenarios of a case.

    Parameters
    ----------
    case : Case
        The case; every package issue must have options.
    seed : int or None
        None gives the base scenario: midpoints, modes, first alternatives, unknown stays unknown.
    start, draws : int
        First draw and number of draws (at least 1); draw k is the same whatever the other numbers.
    reading : mapping of str to int, optional
        The alternative that holds for assumptions that are split (the first where none is given).
    sweep : mapping of str to Amount, optional
        Bands that take the place of the values of assumptions.
    uniform_cache : dict, optional
        Uniforms already made; shared by the readings of one ensemble.
    party_cache : PartyCache, optional
        Numbers already drawn; shared by the readings and bands of the same draws, so that what a reading
        does not touch is drawn once.
    streams : Streams, optional
        Which random numbers serve which judgement, of the same seed; each its own where none are given.  The
        two caches serve one choice of streams.

    Returns
    -------
    Scenarios
        Exact integers.

    Raises
    ------
    ValueError
        When an issue has no options, correlations cannot hold together, there is no draw, or the streams have
        another seed.
    """
    if seed is not None and draws < 1:
        raise ValueError(f"{draws} draws are no scenarios: ask for at least 1")
    full = dict.fromkeys(split_keys(case), 0) | dict(reading or {})
    draws = 1 if seed is None else draws
    drawer = Drawer(
        case,
        seed,
        start,
        draws,
        full,
        sweep or {},
        uniform_cache if uniform_cache is not None else {},
        streams,
    )
    space = package_space(case)
    cache = party_cache if party_cache is not None else PartyCache()
    return Scenarios(
        case,
        space,
        seed,
        start,
        draws,
        drawer.scale,
        full,
        {name: cache.numbers(drawer, space, name) for name in case.parties},
        drawer,
    )


# One party -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class PartyCache:
    """Numbers of parties, kept by what they hang on: the readings and bands of the assumptions they use.

    One cache serves one set of draws of one case.  Equal circumstances give the very same object, which
    lets later steps keep what they made from it.
    """

    points: dict[tuple[object, ...], PartyNumbers] = field(default_factory=dict)
    whole: dict[tuple[object, ...], PartyNumbers] = field(default_factory=dict)
    hang_on: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def without(self, parties: Collection[str]) -> PartyCache:
        """Return a cache that keeps all numbers but those of some parties, which are to be drawn from other streams."""
        points, whole = ({key: one for key, one in kept.items() if key[0] not in parties} for kept in (self.points, self.whole))
        return PartyCache(points, whole, self.hang_on)

    def numbers(self, drawer: Drawer, space: PackageSpace, party: str) -> PartyNumbers:
        """Return what one party's judgements come to."""
        if party not in self.hang_on:
            self.hang_on[party] = (points_hang_on(drawer.case, party), answers_hang_on(drawer.case, party))
        few, all_of_them = self.hang_on[party]
        key = (party, *_held(drawer, all_of_them))
        if key not in self.whole:
            inner = (party, *_held(drawer, few))
            if inner not in self.points:
                self.points[inner] = _party_points(drawer, space, party)
            self.whole[key] = _with_limits(drawer, self.points[inner])
        return self.whole[key]


def _held(drawer: Drawer, names: frozenset[str]) -> tuple[object, ...]:
    """Return the readings and bands in force for the keys of some assumptions."""
    readings = tuple((key, number) for key, number in drawer.reading.items() if key in names)
    bases = {name.partition(".")[0] for name in names}
    bands = tuple((name, format_amount(band)) for name, band in sorted(drawer.sweep.items()) if name in bases)
    return readings, bands


def _party_points(drawer: Drawer, space: PackageSpace, party: str) -> PartyNumbers:
    preferences = drawer.case.preferences.get(party)
    ones = drawer.integers([1] * drawer.draws)
    calm = np.zeros(drawer.draws, dtype=np.bool_)
    if preferences is None or preferences.kind == "unknown":
        written = "are unknown" if preferences is not None else "are not given"
        missing = Missing(
            f"preferences.{party}",
            f"the preferences of {party} {written}",
            f"Write preferences.{party}: points or weights and scores.",
        )
        return PartyNumbers(party, None, ones, (), None, {}, (missing,), calm)
    lacks: list[Missing] = []
    approximate = calm.copy()
    checked = set(drawer.mixing)
    points, unit = _points(drawer, space, preferences, lacks, approximate)
    bonuses: list[tuple[Condition, Integers]] = []
    for bonus in preferences.bonuses:
        value = drawer.number(bonus.points, party)
        if value is None:
            lacks.append(Missing(bonus.points.path, f"the points of bonus {bonus.id} are unknown", "Write an amount."))
            points = None
        else:
            # A bonus is in points; unit counts 1/scale twice where weights are used.
            bonuses.append((bonus.when, value * (unit // drawer.scale)))
    mixing = {what: worst for what, worst in drawer.mixing.items() if what not in checked}
    return PartyNumbers(party, points, unit, tuple(bonuses), None, {}, tuple(lacks), approximate, mixing)


def _with_limits(drawer: Drawer, numbers: PartyNumbers) -> PartyNumbers:
    """Return numbers with the no-deal value, and with which red lines bind."""
    preferences = drawer.case.preferences.get(numbers.party)
    if preferences is None:
        return replace(numbers)  # an object of its own for each circumstance: its seat may differ
    lacks: list[Missing] = []
    no_deal = None if preferences.kind == "unknown" else _no_deal(drawer, preferences, lacks)
    binds = {line.id: _binds(drawer, line) for line in preferences.red_lines}
    return replace(numbers, no_deal=no_deal, binds=binds, missing=(*numbers.missing, *lacks))


def _points(
    drawer: Drawer, space: PackageSpace, preferences: Preferences, lacks: list[Missing], approximate: NDArray[np.bool_]
) -> tuple[Integers | None, Integers]:
    party = preferences.party
    scale = drawer.integers([drawer.scale] * drawer.draws)
    if preferences.kind not in {"points", "weighted"}:
        what = {
            "ranking": f"{party} ranks packages, but has no points",
            "priorities": f"{party} has priorities, but no points",
            "none": f"{party} has no points or scores",
        }[preferences.kind]
        lacks.append(Missing(f"preferences.{party}", what, f"Write preferences.{party}.points, or weights and scores."))
        return None, scale
    columns: list[Integers | None] = []
    for issue in space.issues:
        columns.append(draw_scores(drawer, preferences, issue, lacks, approximate))
    if preferences.kind == "points":
        known = [column for column in columns if column is not None]
        return (np.concatenate(known, axis=1) if len(known) == len(columns) else None), scale
    weights = draw_weights(drawer, space, preferences, lacks, approximate)
    known = [column for column in columns if column is not None]
    if weights is None or len(known) != len(columns):
        return None, scale
    total = weights.sum(axis=1)
    if not (total > 0).all():
        lacks.append(Missing(f"preferences.{party}.weights", f"all weights of {party} are zero", "Give one issue a weight."))
        return None, scale
    weighted = [column * weights[:, [axis]] for axis, column in enumerate(known)]
    return np.concatenate(weighted, axis=1), total * drawer.scale


def _no_deal(drawer: Drawer, preferences: Preferences, lacks: list[Missing]) -> NoDealNumbers | None:
    party = preferences.party
    no_deal = preferences.no_deal
    path = f"preferences.{party}.no_deal"
    if no_deal is None:
        lacks.append(
            Missing(path, f"{party} has no no-deal value", f"Write `no_deal:` for {party}: what it gets without an agreement.")
        )
        return None
    if no_deal.judgement is not None:
        values = drawer.number(no_deal.judgement, party)
        if values is None:
            lacks.append(Missing(path, f"the no-deal value of {party} is unknown", "Write an amount."))
            return None
        return NoDealNumbers(no_deal.kind, values, None)
    case = drawer.case
    if no_deal.package == "now":
        package = {issue.id: issue.now or "" for issue in case.package_issues()}
    else:
        package = {issue: options[0] for issue, options in case.packages[no_deal.package or ""].options.items()}
    return NoDealNumbers("package", None, package)


# Conditions over assumptions -------------------------------------------------------------------------


def _binds(drawer: Drawer, line: RedLine) -> NDArray[np.int8]:
    if line.unknown:
        return np.full(drawer.draws, -1, dtype=np.int8)
    if line.binds is None:
        return np.ones(drawer.draws, dtype=np.int8)
    found = np.empty(drawer.draws, dtype=np.int8)
    for values, draws in condition_values(drawer, line.binds, line.party):
        met = condition_holds(line.binds, values)
        found[draws] = -1 if met is None else int(met)
    return found


def condition_holds(condition: Condition, values: Mapping[str, Value]) -> bool | None:
    """Return whether a condition over assumptions holds; None when a value is not known."""

    def flag(name: str) -> bool | None:
        value = values.get(name)
        return None if value is None else value == "yes"

    def compare(leaf: Compare | InTop) -> bool | None:
        return assumption_meets(leaf, values)

    return evaluate(condition, flag, compare)


def condition_values(drawer: Drawer, condition: Condition, party: str | None) -> list[tuple[dict[str, Value], NDArray[np.bool_]]]:
    """Return each combination of values of the assumptions a condition names, with its draws.

    ``party`` picks the draw of assumptions made per party.
    """
    from zopa.case import leaves

    names = [
        name
        for name in dict.fromkeys(leaf.name for leaf in leaves(condition))
        if name.partition(".")[0] in drawer.case.assumptions
    ]
    known: list[str] = []
    columns: list[tuple[list[Value], NDArray[np.int64]]] = []
    for name in names:
        column = _assumption_column(drawer, name, party)
        if column is not None:
            known.append(name)
            columns.append(column)
    code = np.zeros(drawer.draws, dtype=np.int64)
    for held, choice in columns:
        code = code * len(held) + choice
    found: list[tuple[dict[str, Value], NDArray[np.bool_]]] = []
    for one in np.unique(code):
        draws = code == one
        first = int(np.argmax(draws))
        found.append(({name: held[int(choice[first])] for name, (held, choice) in zip(known, columns, strict=True)}, draws))
    return found


def _assumption_column(drawer: Drawer, name: str, party: str | None) -> tuple[list[Value], NDArray[np.int64]] | None:
    """Return the values an assumption takes and which of them holds in each draw; None when not known."""
    base, _, part = name.partition(".")
    assumption = drawer.case.assumptions[base]
    owner = part or party
    if assumption.per_place or (assumption.per_parties and owner not in assumption.per_parties):
        return None
    if assumption.words:
        words, choice = drawer.assumption_words(name, owner, "")
        return list(words), choice
    if assumption.amount is None or isinstance(assumption.amount, Unknown):
        return None
    numbers = drawer.assumption(name, owner, "")
    if numbers is None:
        return None
    distinct, choice = np.unique(numbers, return_inverse=True)
    return [Fraction(int(value), drawer.scale) for value in distinct.tolist()], choice.reshape(-1)
