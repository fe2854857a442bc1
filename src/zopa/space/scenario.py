"""Scenarios: full sets of numbers drawn from a case, as exact integers.

A scenario says for every party what each option is worth, what no deal is worth, and which red lines
bind.  ``Scenarios`` holds many of them as arrays; the base scenario is an ensemble of one.  Points are
numerators over one unit per party and draw, so that sums and comparisons are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from zopa.case import (
    Amount,
    Assumption,
    Breakpoints,
    Case,
    Chain,
    Compare,
    Condition,
    Direction,
    InTop,
    Issue,
    Leaning,
    OrderOnly,
    Preferences,
    RedLine,
    ScoreTable,
    Unknown,
    evaluate,
    format_amount,
)
from zopa.space.conditions import Value, assumption_meets
from zopa.space.drawing import Drawer, Integers
from zopa.space.packages import PackageSpace, package_space
from zopa.space.polytope import Group, draw_group, round_group
from zopa.space.streams import uniforms


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that an answer lacks, and the line of the case that would supply it."""

    path: str
    what: str
    remedy: str

    def as_json(self) -> dict[str, str]:
        """Return plain JSON data."""
        return {"path": self.path, "what": self.what, "remedy": self.remedy}


@dataclass(frozen=True, slots=True)
class NoDealNumbers:
    """The no-deal value before packages are counted: points or a share in units of 1/scale, or a package."""

    kind: str
    values: Integers | None
    package: Mapping[str, str] | None


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
    """

    party: str
    points: Integers | None
    unit: Integers
    bonuses: tuple[tuple[Condition, Integers], ...]
    no_deal: NoDealNumbers | None
    binds: Mapping[str, NDArray[np.int8]]
    missing: tuple[Missing, ...]
    approximate: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scenarios:
    """An ensemble: the numbers of every party in every draw, under one reading of the case."""

    case: Case
    space: PackageSpace
    seed: int | None
    start: int
    draws: int
    scale: int
    reading: Mapping[str, int]
    parties: Mapping[str, PartyNumbers]
    drawer: Drawer = field(repr=False, compare=False)

    def name(self, draw: int = 0) -> str:
        """Return DIGEST/SEED/INDEX, which names a scenario for good."""
        which = "base" if self.seed is None else f"{self.seed}/{self.start + draw}"
        return f"{self.case.digest[:12]}/{which}"

    def condition_values(self, condition: Condition) -> list[tuple[dict[str, Value], NDArray[np.bool_]]]:
        """Return the values of the assumptions a condition mentions, with the draws in which they hold."""
        return condition_values(self.drawer, condition, None)

    def values(self, draw: int = 0) -> dict[str, str]:
        """Return every number and word drawn, as exact text by key: enough to replay the scenario."""
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
    party_cache: dict[tuple[object, ...], PartyNumbers] | None = None,
) -> Scenarios:
    """Return scenarios of a case.

    Parameters
    ----------
    case : Case
        The case; every package issue must have options.
    seed : int or None
        None gives the base scenario: midpoints, modes, first alternatives, unknown stays unknown.
    start, draws : int
        First draw and number of draws; draw k is the same whatever the other numbers.
    reading : mapping of str to int, optional
        The alternative that holds for assumptions that are split (the first where none is given).
    sweep : mapping of str to Amount, optional
        Bands that take the place of the values of assumptions.
    uniform_cache, party_cache : dict, optional
        Shared by the readings of one ensemble, so that what a reading does not touch is drawn once.

    Returns
    -------
    Scenarios
        Exact integers.

    Raises
    ------
    ValueError
        When an issue has no options, or correlations cannot hold together.
    """
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
    )
    space = package_space(case)
    parties: dict[str, PartyNumbers] = {}
    for name in case.parties:
        relevant = split_dependencies(case, name)
        bands = tuple(sorted((one, format_amount(band)) for one, band in (sweep or {}).items()))
        key = (name, tuple((one, held) for one, held in full.items() if one.partition(".")[0] in relevant), bands)
        cached = party_cache.get(key) if party_cache is not None else None
        numbers = cached if cached is not None else _party_numbers(drawer, space, name)
        if party_cache is not None:
            party_cache[key] = numbers
        preferences = case.preferences.get(name)
        lines = () if preferences is None else preferences.red_lines
        parties[name] = replace(numbers, binds={line.id: _binds(drawer, line) for line in lines})
    return Scenarios(case, space, seed, start, draws, drawer.scale, full, parties, drawer)


def split_keys(case: Case) -> dict[str, Assumption]:
    """Return the keys of split judgements with their assumptions: one key, or one for each party."""
    return {
        key: assumption
        for assumption in case.split_assumptions()
        for key in ([f"{assumption.id}.{party}" for party in assumption.per_parties] or [assumption.id])
    }


def readings_of(case: Case, most: int | None = None) -> list[dict[str, int]]:
    """Return every combination of the alternatives of split assumptions (at most ``most``), first ones first."""
    split = split_keys(case)
    ranges = [range(alternatives(assumption)) for assumption in split.values()]
    return [dict(zip(split, combination, strict=True)) for combination in islice(product(*ranges), most)]


def count_readings(case: Case) -> int:
    """Return the number of combinations of the alternatives of split assumptions."""
    return prod(alternatives(assumption) for assumption in split_keys(case).values())


def alternatives(assumption: Assumption) -> int:
    """Return how many alternatives an assumption has."""
    from zopa.case import Alternatives

    if assumption.words:
        return len(assumption.words)
    return len(assumption.amount.items) if isinstance(assumption.amount, Alternatives) else 1


def reading_words(case: Case, reading: Mapping[str, int]) -> dict[str, str]:
    """Return a reading in words: for each split assumption the alternative that holds."""
    from zopa.case import Alternatives

    found: dict[str, str] = {}
    for name, number in reading.items():
        assumption = case.assumptions[name.partition(".")[0]]
        if assumption.words:
            found[name] = assumption.words[number]
        elif isinstance(assumption.amount, Alternatives):
            found[name] = format_amount(assumption.amount.items[number])
    return found


def split_dependencies(case: Case, party: str) -> frozenset[str]:
    """Return the split assumptions that a party's points and no-deal value hang on, directly or through others."""
    from zopa.case import names_in_amount

    preferences = case.preferences.get(party)
    if preferences is None:
        return frozenset()
    todo: set[str] = set()
    for judgement in _party_judgements(preferences):
        todo.update(name.id.partition(".")[0] for name in names_in_amount(judgement.amount))
    found: set[str] = set()
    while todo:
        name = todo.pop()
        assumption = case.assumptions.get(name)
        if assumption is None or name in found:
            continue
        found.add(name)
        if assumption.amount is not None and not assumption.words:
            todo.update(other.id.partition(".")[0] for other in names_in_amount(assumption.amount))
    return frozenset(name for name in found if case.assumptions[name].split)


def _party_judgements(preferences: Preferences) -> list:  # type: ignore[type-arg]
    found = list(preferences.weights.values())
    for score in preferences.scores.values():
        if isinstance(score, ScoreTable):
            found.extend(score.values.values())
        elif isinstance(score, Breakpoints):
            found.extend(judgement for _, judgement in score.points)
        elif isinstance(score, Direction):
            found.extend(judgement for judgement in (score.value, score.shape) if judgement is not None)
    found.extend(bonus.points for bonus in preferences.bonuses)
    if preferences.no_deal is not None and preferences.no_deal.judgement is not None:
        found.append(preferences.no_deal.judgement)
    return found


# One party -----------------------------------------------------------------------------------------


def _party_numbers(drawer: Drawer, space: PackageSpace, party: str) -> PartyNumbers:
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
    points, unit = _points(drawer, space, preferences, lacks, approximate)
    no_deal = _no_deal(drawer, preferences, lacks)
    bonuses: list[tuple[Condition, Integers]] = []
    for bonus in preferences.bonuses:
        value = drawer.number(bonus.points, party)
        if value is None:
            lacks.append(Missing(bonus.points.path, f"the points of bonus {bonus.id} are unknown", "Write an amount."))
            points = None
        else:
            # A bonus is in points; unit counts 1/scale twice where weights are used.
            bonuses.append((bonus.when, value * (unit // drawer.scale)))
    return PartyNumbers(party, points, unit, tuple(bonuses), no_deal, {}, tuple(lacks), approximate)


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
        columns.append(_issue_scores(drawer, preferences, issue, lacks, approximate))
    if preferences.kind == "points":
        known = [column for column in columns if column is not None]
        return (np.concatenate(known, axis=1) if len(known) == len(columns) else None), scale
    weights = _weights(drawer, space, preferences, lacks, approximate)
    known = [column for column in columns if column is not None]
    if weights is None or len(known) != len(columns):
        return None, scale
    total = weights.sum(axis=1)
    if not (total > 0).all():
        lacks.append(Missing(f"preferences.{party}.weights", f"all weights of {party} are zero", "Give one issue a weight."))
        return None, scale
    weighted = [column * weights[:, [axis]] for axis, column in enumerate(known)]
    return np.concatenate(weighted, axis=1), total * drawer.scale


def _issue_scores(
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
    pairs = _pairs(order, items)
    group = Group(low, high, None, pairs, ())
    keys = [score.values[item].path for item in items]
    drawn = draw_group(group, _group_uniform(drawer, keys))
    approximate |= drawn.approximate
    for number, (item, amount) in enumerate(zip(items, amounts, strict=True)):
        if isinstance(amount, Range):
            known[item] = drawer.on_grain(drawn.values[:, number])
            drawer.values[score.values[item].path] = known[item]


def _pairs(order: Chain, items: Sequence[str]) -> tuple[tuple[int, int], ...]:
    pairs: list[tuple[int, int]] = []
    for first, second, relation in zip(order.items, order.items[1:], order.relations, strict=False):
        pairs.append((items.index(first), items.index(second)))
        if relation == "=":
            pairs.append((items.index(second), items.index(first)))
    return tuple(pairs)


def _group_uniform(drawer: Drawer, keys: Sequence[str]):  # type: ignore[no-untyped-def]
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
        group = Group(low, high, None, _pairs(order, items), ())
        drawn = draw_group(group, _group_uniform(drawer, [f"{path}.{item}" for item in items]))
        approximate |= drawn.approximate
        places = {item: drawn.values[:, number] for number, item in enumerate(items)}
    return np.stack([drawer.on_grain(places[option]) for option in issue.option_ids()], axis=1)


def _weights(
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
            pairs.extend(_pairs(Chain(tuple(item for item in one.that.items), one.that.relations), ids))
        elif isinstance(one.that, InTop):
            tops.append((ids.index(one.that.name), one.that.count))
    group = Group(low, high, None if total is None else float(total), tuple(pairs), tuple(tops))
    keys = [judgement.path for judgement in judgements if judgement is not None]
    if drawer.base:
        from zopa.space.polytope import feasible_point

        values = feasible_point(group, 0)[None, :]
    else:
        drawn = draw_group(group, _group_uniform(drawer, keys))
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
