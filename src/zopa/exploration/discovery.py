"""Scenario discovery: a short rule in words under which an answer is mostly yes.

"The zone exists when this no-deal value is at most 38 and the guarantee is not joint."  The rule is sought
on the even draws and judged on the odd ones; all its figures are of the odd draws.  They count assumptions:
how much of what is assumed lies inside the rule and answers yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.exploration.bounds import Bound, Flags, Numbers, Words, rounded, sharpened, within
from zopa.exploration.intervals import share_interval
from zopa.exploration.peeling import CELLS, Cells, Side, Sides, first_values, floor_of, put_in_cells, search

Whole = NDArray[np.integer]

RESAMPLES: Final = 400  # for intervals
SEARCHES: Final = 20  # on resampled draws, for how often a restriction comes again
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Restriction(Bound):
    """One input and what the rule lets it be, its ends rounded.

    Attributes
    ----------
    kept : float
        Share of the held-out scenarios that keep this restriction.
    density_without : float
        Density of the rule without it: what it is there for.
    reproduced : float
        Share of the searches on resampled draws whose rule cuts the same ends of this number, or lets the
        same words stand.
    """

    kept: float
    density_without: float
    reproduced: float


@dataclass(frozen=True, slots=True)
class AcrossReadings:
    """The lowest and the highest figure over the readings that have one, and how many have."""

    low: float
    high: float
    readings: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A short rule and what it is worth on the held-out draws.

    Attributes
    ----------
    answer : bool
        The answer it is a rule for.
    restrictions : tuple of Restriction
        All of them hold together; what comes first when taken away loses most density.
    coverage : float
        Share of all scenarios with the answer that lie inside the rule.
    density : float
        Share of the scenarios inside the rule that have the answer.
    base_share : float
        The same share without any rule.
    floor : float
        The density that was sought: 0.8, or half-way from the base share to one where that is more.
    coverage_interval, density_interval : tuple of float
        95% intervals: error of drawing only so many, with the draws as what is independent.
    coverage_by_reading, density_by_reading : AcrossReadings
        Readings without the answer have no coverage, readings without scenario inside no density.
    rows, draws : int
        Held-out scenarios, and draws they come from.
    found_on : int
        Draws on which the rule was sought.
    """

    answer: bool
    restrictions: tuple[Restriction, ...]
    coverage: float
    density: float
    base_share: float
    floor: float
    coverage_interval: tuple[float, float]
    density_interval: tuple[float, float]
    coverage_by_reading: AcrossReadings
    density_by_reading: AcrossReadings
    rows: int
    draws: int
    found_on: int

    @property
    def reaches_floor(self) -> bool:
        """Return whether the density that was sought is reached on the held-out draws."""
        return self.density >= self.floor


@dataclass(frozen=True, slots=True)
class NoRule:
    """No rule can be stated, and why."""

    answer: bool
    reason: str
    base_share: float


def find_rule(
    numbers: Numbers,
    words: Words,
    answers: Flags,
    *,
    draw_of_row: Whole,
    reading_of_row: Whole,
    seed: int,
    answer: bool = True,
    most: int = 3,
    grains: Mapping[str, Fraction] | None = None,
) -> Rule | NoRule:
    """Return a short rule under which the answer is mostly the one asked for.

    Parameters
    ----------
    numbers : mapping of str to ndarray of float64, shape (rows,)
        Inputs that are numbers, one row per scenario.
    words : mapping of str to (tuple of str, ndarray of int, shape (rows,))
        Inputs that are words: at most 64 of them, and the place of each row's word among them.
    answers : ndarray of bool, shape (rows,)
    draw_of_row : ndarray of int, shape (rows,)
        Number of the draw of each scenario.  Rows of one draw under several readings depend on each other:
        they lie in the same half, and intervals and resamples take whole draws.
    reading_of_row : ndarray of int, shape (rows,)
        Which reading each scenario stands under.
    seed : int
        Of the resamples; the rule itself does not hang on it, only its intervals and ``reproduced``.
    answer : bool
        Which of the two answers a rule is sought for.
    most : int
        Inputs the rule may restrict.
    grains : mapping of str to Fraction, optional
        Step to which the ends of a number are rounded; else the largest power of ten of which the range of
        the number has at least 50.  Where that would lose more than 0.01 of the harmonic mean of coverage
        and density, a tenth of the step is taken, at most three times.

    Returns
    -------
    Rule or NoRule
        No rule where the answer never varies in one half of the draws, where no rule is better than none, and
        where the low end of the density interval on the held-out draws is not above the base share.

    Raises
    ------
    ValueError
        When rows do not match, a number is not finite, a word is not among the words, or nothing is there to
        restrict.

    Notes
    -----
    Pooled figures weigh every row alike, and so every reading as often as it was handed in; the figures by
    reading stand beside them.  Ties go to the input handed in first, never by its name.

    References
    ----------
    Friedman and Fisher (1999); Bryant and Lempert (2010); Kwakkel and Jaxa-Rozen (2016).  ``peeling`` says
    what is taken from where.
    """
    keys = [*numbers, *words]
    _check(numbers, words, {"answers": answers, "draw_of_row": draw_of_row, "reading_of_row": reading_of_row})
    if most < 1 or any(grain <= 0 for grain in (grains or {}).values()):
        raise ValueError("most must be at least 1, and every grain above 0")
    wanted = answers == answer
    sought_in = draw_of_row % 2 == 0
    halves = [wanted[sought_in], wanted[~sought_in]]
    base = float(halves[1].mean()) if len(halves[1]) else float(wanted.mean())
    if any(half.all() or not half.any() for half in halves):
        return NoRule(answer, _constant(wanted), base)
    seen = _part(numbers, words, sought_in)
    known = [(len(vocabulary), which) for vocabulary, which in seen[1].values()]
    cells = put_in_cells(list(seen[0].values()), [first_values(values) for values in seen[0].values()], known, halves[0])
    sides = search(cells, most)
    if not sides:
        return NoRule(answer, "no short rule is better than none on the draws on which it was sought", base)
    bounds = rounded(*sharpened(sides, cells, *seen), grains or {})
    if not bounds:
        return NoRule(answer, "with its ends rounded, the rule that was found leaves nothing out", base)
    held, yes, draws = _part(numbers, words, ~sought_in), halves[1], draw_of_row[~sought_in]
    inside = within(bounds, *held, len(draws))
    generator = np.random.default_rng(seed)
    coverage_interval, density_interval = _intervals(inside, yes, draws, generator)
    if density_interval[0] <= base:
        return NoRule(
            answer,
            "the rule found on one half of the draws is not borne out by the other half: "
            f"{100 * _share(yes[inside]):.0f} % of the scenarios inside it there have the answer (95 % interval from "
            f"{100 * density_interval[0]:.0f} %), {100 * base:.0f} % of all; more draws may help",
            base,
        )
    again = _search_again(cells, draw_of_row[sought_in], most, generator)
    restrictions = []
    for bound in bounds:
        number = keys.index(bound.key)
        others = within([other for other in bounds if other is not bound], *held, len(draws))
        alike = sum(_cuts(other, number) == _cuts(sides, number) for other in again)
        alone = float(within([bound], *held, len(draws)).mean())
        restrictions.append(
            Restriction(bound.key, bound.at_least, bound.at_most, bound.words, alone, _share(yes[others]), alike / len(again))
        )
    coverage_by_reading, density_by_reading = _by_reading(inside, yes, reading_of_row[~sought_in])
    return Rule(
        answer=answer,
        restrictions=tuple(sorted(restrictions, key=lambda one: one.density_without)),
        coverage=_share(inside[yes]),
        density=_share(yes[inside]),
        base_share=base,
        floor=floor_of(base),
        coverage_interval=coverage_interval,
        density_interval=density_interval,
        coverage_by_reading=coverage_by_reading,
        density_by_reading=density_by_reading,
        rows=len(draws),
        draws=len(np.unique(draws)),
        found_on=len(np.unique(draw_of_row[sought_in])),
    )


def in_rule(rule: Rule, numbers: Numbers, words: Words) -> Flags:
    """Return which rows lie inside a rule.

    Parameters
    ----------
    rule : Rule
    numbers, words : mapping
        As for ``find_rule``; those that the rule restricts are enough.

    Returns
    -------
    ndarray of bool, shape (rows,)

    Raises
    ------
    ValueError
        When an input that the rule restricts is missing.
    """
    missing = [one.key for one in rule.restrictions if one.key not in numbers and one.key not in words]
    if missing:
        raise ValueError(f"the rule restricts {', '.join(missing)}: not among the inputs; hand in those it was found on")
    keys = [one.key for one in rule.restrictions]
    lengths = [len(numbers[key]) if key in numbers else len(words[key][1]) for key in keys]
    return within(rule.restrictions, numbers, words, lengths[0])


def _check(numbers: Numbers, words: Words, columns: Mapping[str, NDArray[np.generic]]) -> None:
    rows = len(columns["answers"])
    if not rows or not (numbers or words):
        raise ValueError("without a scenario or without an input there is no rule to find; hand in at least one of each")
    if both := sorted(set(numbers) & set(words)):
        raise ValueError(f"{', '.join(both)}: an input is handed in as a number and as words; choose one")
    lengths = {key: len(column) for key, column in columns.items()}
    lengths |= {key: len(values) for key, values in numbers.items()} | {key: len(which) for key, (_, which) in words.items()}
    if odd := [key for key, length in lengths.items() if length != rows]:
        raise ValueError(f"{', '.join(odd)}: not one row per scenario ({rows}, as answers has)")
    if odd := [key for key, values in numbers.items() if not np.isfinite(values).all()]:
        raise ValueError(f"{', '.join(odd)}: missing in some scenario; hand it in as words, one of them for that")
    for key, (known, which) in words.items():
        if len(known) > CELLS or which.min() < 0 or which.max() >= len(known):
            raise ValueError(f"{key}: needs at most {CELLS} words, and for every scenario the place of one of them")


def _part(numbers: Numbers, words: Words, rows: Flags) -> tuple[Numbers, Words]:
    return (
        {key: np.asarray(values[rows], dtype=np.float64) for key, values in numbers.items()},
        {key: (known, which[rows]) for key, (known, which) in words.items()},
    )


def _share(flags: Flags) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _constant(wanted: Flags) -> str:
    if wanted.all() or not wanted.any():
        return "the answer is the same in every scenario"
    return "in one half of the draws the answer is the same in every scenario; more draws are needed to tell"


def _intervals(
    inside: Flags, yes: Flags, draws: Whole, generator: np.random.Generator
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return 95% intervals for coverage and density.

    Whole draws are resampled (Efron and Tibshirani 1993), by kinds of draws, for the sums hang on nothing else.
    What no draw showed no resample shows: the interval is widened to that of Clopper and Pearson with the
    draws that take part as trials, as if all rows of a draw said the same.  A resample without any row to
    divide by counts as nothing covered or held.
    """
    _, place = np.unique(draws, return_inverse=True)
    columns = (inside & yes, inside, yes)
    sums = np.stack([np.bincount(place.reshape(-1), column) for column in columns], axis=1)
    kinds, often = np.unique(sums, axis=0, return_counts=True)
    drawn = generator.multinomial(often.sum(), often / often.sum(), size=RESAMPLES).astype(np.float64) @ kinds
    found = []
    for whole in (2, 1):
        shares = drawn[:, 0] / np.maximum(drawn[:, whole], 1)
        low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        trials = int((sums[:, whole] > 0).sum())
        held = trials * sums[:, 0].sum() / max(sums[:, whole].sum(), 1)
        exact = share_interval([floor(held), ceil(held)], trials, LEVEL)
        found.append((min(float(low), float(exact[0][0])), max(float(high), float(exact[1][1]))))
    return found[0], found[1]


def _search_again(cells: Cells, draws: Whole, most: int, generator: np.random.Generator) -> list[Sides]:
    """Return the rules found when the draws are resampled, whole."""
    distinct, place = np.unique(draws, return_inverse=True)
    even = np.full(len(distinct), 1 / len(distinct))
    return [search(cells, most, generator.multinomial(len(distinct), even)[place.reshape(-1)]) for _ in range(SEARCHES)]


def _cuts(sides: Sides, number: int) -> set[tuple[int, str] | Side]:
    """Return what a box does to an input: the ends it cuts of a number, the very words it keeps."""
    return {side if side.end == "words" else side.place for side in sides if side.number == number}


def _by_reading(inside: Flags, yes: Flags, readings: Whole) -> tuple[AcrossReadings, AcrossReadings]:
    _, place = np.unique(readings, return_inverse=True)
    both, held, wanted = (np.bincount(place.reshape(-1), column) for column in (inside & yes, inside, yes))
    found = []
    for whole in (wanted, held):
        shares = both[whole > 0] / whole[whole > 0]
        found.append(AcrossReadings(float(shares.min()), float(shares.max()), len(shares)))
    return found[0], found[1]
