"""Drawing the judgements of a case: one number or word for each, exact on the grid of the case.

Every judgement becomes an integer in units of 1/scale, where the scale is a common denominator of the
grain and of all written numbers.  Written numbers are taken as they are; drawn ones are rounded to the
grain.  The base draw takes midpoints, modes and first alternatives; it is a point of reference, never a
headline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

from zopa.case import (
    Alternatives,
    Amount,
    Assumption,
    Binary,
    Case,
    Judgement,
    Name,
    Negative,
    Number,
    Range,
    Triangular,
    Unknown,
    assumption_key,
    format_amount,
    names_in_amount,
)
from zopa.space.judgements import judgements_of as judgements_of
from zopa.space.judgements import judgements_of_party as judgements_of_party
from zopa.space.judgements import judgements_of_points as judgements_of_points
from zopa.space.judgements import largest_band, measure
from zopa.space.streams import ATTEMPT, Streams

Integers = NDArray[np.int64]  # or an array of Python integers where 64 bits do not suffice


@dataclass(slots=True)
class Drawer:
    """Draws the judgements of a case, each from its own stream.

    Parameters
    ----------
    case : Case
        The case.
    seed : int or None
        Seed of the ensemble; None for the base scenario (one draw).
    start, draws : int
        First draw and number of draws.
    reading : mapping of str to int
        For assumptions that are split: the number of the alternative that holds.
    sweep : mapping of str to Amount
        For assumptions shown band by band: the band that takes the place of their value.
    uniform_cache : dict
        Uniforms already made, by key; share it between readings of one ensemble, which then differ only
        in what the readings change.
    streams : Streams or None
        Which random numbers serve which judgement; None for each judgement its own stream.

    Attributes
    ----------
    mixing : dict of str to float
        Groups of numbers that a Markov chain drew, in words, with the worst R-hat of the check of the chain.

    Raises
    ------
    ValueError
        When the streams have another seed.
    """

    case: Case
    seed: int | None = None
    start: int = 0
    draws: int = 1
    reading: Mapping[str, int] = field(default_factory=dict)
    sweep: Mapping[str, Amount] = field(default_factory=dict)
    uniform_cache: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    streams: Streams | None = None
    scale: int = 0
    values: dict[str, Integers | None] = field(default_factory=dict)
    words: dict[str, tuple[tuple[str, ...], NDArray[np.int64]]] = field(default_factory=dict)
    mixing: dict[str, float] = field(default_factory=dict)
    wide: bool = field(init=False)

    def __post_init__(self) -> None:
        if self.streams is None and self.seed is not None:
            self.streams = Streams(self.seed)
        if self.streams is not None and self.streams.seed != self.seed:
            of_draws = "no seed (the base scenario draws nothing)" if self.seed is None else f"seed {self.seed}"
            raise ValueError(f"the draws have {of_draws} and their streams seed {self.streams.seed}: give both the same seed")
        found = measure(self.case)
        self.scale = self.scale or found.scale
        # 64 bits may not hold products of judgements; then Python integers are used.
        self.wide = found.wide or any(largest_band(band) > found.bits.get(name, 0.0) for name, band in self.sweep.items())

    @property
    def base(self) -> bool:
        """True for the base scenario."""
        return self.seed is None

    def uniform(self, key: str) -> NDArray[np.float64]:
        """Return the uniforms of a judgement, shape (draws, slots)."""
        if key not in self.uniform_cache:
            assert self.streams is not None
            # The order decides which stream is left as it is; it goes with the streams, not with the names.
            group = tuple(sorted(correlated_with(self.case, key), key=self.streams.source))
            made = [self.streams.uniforms(member, self.start, self.draws) for member in group]
            if len(group) > 1:
                made = correlate(self.case, group, made)
            self.uniform_cache.update(zip(group, made, strict=True))
        return self.uniform_cache[key]

    def attempt(self, key: str, number: int) -> NDArray[np.float64]:
        """Return the values of a judgement that is drawn again, shape (draws,): each attempt has its own stream."""
        assert self.streams is not None
        tried = f"{key}{ATTEMPT}{number}"
        if tried not in self.uniform_cache:
            # One column is enough to keep: there can be hundreds of attempts.
            self.uniform_cache[tried] = self.streams.uniforms(tried, self.start, self.draws)[:, 1].copy()
        return self.uniform_cache[tried]

    def constant(self, value: Fraction) -> Integers:
        """Return a written number in units of 1/scale, one for each draw."""
        return self.integers([self.unit_of(value)] * self.draws)

    def unit_of(self, value: Fraction) -> int:
        """Return a number in units of 1/scale: exactly where it is a whole number of them, else at the grain."""
        exact = value * self.scale
        if exact.denominator == 1:
            return int(exact)
        return floor(value / self.case.grain + Fraction(1, 2)) * int(self.case.grain * self.scale)

    def integers(self, values: list[int] | NDArray[np.int64]) -> Integers:
        """Return integers in the kind of array this case needs."""
        return np.array(values, dtype=object) if self.wide else np.asarray(values, dtype=np.int64)

    def on_grain(self, values: NDArray[np.float64], low: Fraction | None = None, high: Fraction | None = None) -> Integers:
        """Return numbers rounded to the grain (halves upwards) and kept within bounds, in units of 1/scale."""
        grain = self.case.grain
        unit = int(grain * self.scale)
        first, last = (None, None) if low is None or high is None else (-((-low) // grain), high // grain)
        if low is not None and first is not None and last is not None and first > last:
            return self.constant(low)
        steps = np.floor(values * float(1 / grain) + 0.5)
        if not self.wide:
            whole = steps.astype(np.int64)
            return (whole if first is None or last is None else np.clip(whole, first, last)) * unit
        exact = [int(step) for step in steps]
        if first is not None and last is not None:
            exact = [min(max(step, first), last) for step in exact]
        return self.integers([step * unit for step in exact])

    def swept(self, amount: Amount) -> bool:
        """Return whether a band takes the place of an assumption that an amount refers to."""
        names = {name.id.partition(".")[0] for name in names_in_amount(amount)}
        inner = [self.case.assumptions[name].amount for name in names if name in self.case.assumptions]
        return bool(names & set(self.sweep)) or any(self.swept(one) for one in inner if one is not None)

    # Numbers -----------------------------------------------------------------------------------

    def number(self, judgement: Judgement, party: str | None) -> Integers | None:
        """Return a judgement that is a number, in units of 1/scale; None when it is unknown."""
        key = judgement.path
        if key not in self.values:
            self.values[key] = self._amount(judgement.amount, key, party, judgement.path, judgement.chance)
        return self.values[key]

    def _amount(
        self, amount: Amount, key: str, party: str | None, path: str, chance: tuple[Fraction, ...] | None
    ) -> Integers | None:
        if isinstance(amount, Number):
            return self.constant(amount.value)
        if isinstance(amount, Unknown):
            return None
        if isinstance(amount, Range | Triangular):
            return self._range(amount, key)
        if isinstance(amount, Name):
            return self.assumption(amount.id, party, path)
        if isinstance(amount, Negative):
            inner = self._amount(amount.of, key, party, path, None)
            return None if inner is None else -inner
        if isinstance(amount, Binary):
            return self._binary(amount, key, party, path)
        return self._alternatives(amount, key, party, path, chance)

    def _range(self, amount: Range | Triangular, key: str) -> Integers:
        if self.base:
            middle = amount.mode if isinstance(amount, Triangular) else (amount.low + amount.high) / 2
            grain = self.case.grain
            first, last = -((-amount.low) // grain), amount.high // grain
            if first > last:
                return self.constant(amount.low)
            return self.constant(min(max(floor(middle / grain + Fraction(1, 2)), first), last) * grain)
        share = self.uniform(key)[:, 1]
        low, high = float(amount.low), float(amount.high)
        if isinstance(amount, Range):
            return self.on_grain(low + (high - low) * share, amount.low, amount.high)
        if high == low:
            return self.constant(amount.low)
        mode = float(amount.mode)
        turn = (mode - low) / (high - low)
        rising = low + np.sqrt(share * (high - low) * (mode - low))
        falling = high - np.sqrt((1 - share) * (high - low) * (high - mode))
        return self.on_grain(np.where(share < turn, rising, falling), amount.low, amount.high)

    def _binary(self, amount: Binary, key: str, party: str | None, path: str) -> Integers | None:
        left = self._amount(amount.left, key, party, path, None)
        right = self._amount(amount.right, key, party, path, None)
        if left is None or right is None:
            return None
        if amount.op == "+":
            return left + right
        if amount.op == "-":
            return left - right
        pairs = zip(left.tolist(), right.tolist(), strict=True)
        scale = self.scale
        exact = [
            Fraction(one * other, scale * scale) if amount.op == "*" else Fraction(one, other) if other else None
            for one, other in pairs
        ]
        if any(value is None for value in exact):
            return None
        return self.integers([self.unit_of(value) for value in exact if value is not None])

    def _choice(self, key: str, count: int, chance: tuple[Fraction, ...] | None) -> NDArray[np.int64]:
        """Return which alternative holds in each draw."""
        if self.base:
            return np.zeros(1, dtype=np.int64)
        share = self.uniform(key)[:, 0]
        chances = chance if chance is not None else tuple(Fraction(1, count) for _ in range(count))
        edges = np.cumsum([float(part) for part in chances])[:-1]
        return np.searchsorted(edges, share, side="right").astype(np.int64)

    def _alternatives(
        self, amount: Alternatives, key: str, party: str | None, path: str, chance: tuple[Fraction, ...] | None
    ) -> Integers | None:
        held = self.reading.get(key)
        count = len(amount.items)
        choice = np.full(self.draws, held, dtype=np.int64) if held is not None else self._choice(key, count, chance)
        parts = [
            self._amount(item, key, party, path, None) if (choice == number).any() else self.constant(Fraction(0))
            for number, item in enumerate(amount.items)
        ]
        whole = self.constant(Fraction(0))
        for number, part in enumerate(parts):
            if part is None:
                return None
            whole = np.where(choice == number, part, whole)
        return whole

    def assumption_key(self, name: str, party: str | None, path: str) -> str:
        """Return the key of the draw that a reference to an assumption means."""
        return assumption_key(self.case.assumptions[name.partition(".")[0]], name, party, path)

    def assumption(self, name: str, party: str | None, path: str) -> Integers | None:
        """Return the value of an assumption as one party and place uses it, in units of 1/scale."""
        base, _, part = name.partition(".")
        assumption = self.case.assumptions[base]
        key = self.assumption_key(name, party, path)
        if key not in self.values:
            amount = self.sweep.get(base, assumption.amount)
            chance = None if base in self.sweep else assumption.chance
            self.values[key] = None if amount is None else self._amount(amount, key, part or party, path, chance)
        return self.values[key]

    # Words -------------------------------------------------------------------------------------

    def word(self, judgement: Judgement, words: tuple[str, ...], party: str | None) -> list[str | None]:
        """Return a judgement that is one of some words, for each draw; None when it is unknown."""
        amount = judgement.amount
        items = amount.items if isinstance(amount, Alternatives) else (amount,)
        if len(items) == 1:
            choice = np.zeros(self.draws, dtype=np.int64)
        else:
            choice = self._choice(judgement.path, len(items), judgement.chance)
            self.words[judgement.path] = (tuple(format_amount(item) for item in items), choice)
        columns = [self._word(item, words, party, judgement.path) for item in items]
        return [columns[number][draw] for draw, number in enumerate(choice.tolist())]

    def _word(self, amount: Amount, words: tuple[str, ...], party: str | None, path: str) -> list[str | None]:
        if not isinstance(amount, Name):
            return [None] * self.draws
        if amount.id in words and amount.id not in self.case.assumptions:
            return [amount.id] * self.draws
        base = amount.id.partition(".")[0]
        if base not in self.case.assumptions:
            return [amount.id] * self.draws
        held, choice = self.assumption_words(amount.id, party, path)
        return [held[number] for number in choice.tolist()]

    def assumption_words(self, name: str, party: str | None, path: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """Return the words of an assumption and which of them holds in each draw."""
        base = name.partition(".")[0]
        assumption = self.case.assumptions[base]
        key = self.assumption_key(name, party, path)
        if key not in self.words:
            held = self.reading.get(key)
            if held is None:
                choice = self._choice(key, len(assumption.words), assumption.chance)
                if len(assumption.words) == 1:
                    choice = np.zeros(self.draws, dtype=np.int64)
            else:
                choice = np.full(self.draws, held, dtype=np.int64)
            self.words[key] = (assumption.words, choice)
        return self.words[key]


def correlated_with(case: Case, key: str) -> tuple[str, ...]:
    """Return the judgements correlated with one, directly or through others, sorted, itself included."""
    group = {key}
    while True:
        more = group.union(*(set(one.between) for one in case.correlations if group & set(one.between)))
        if more == group:
            return tuple(sorted(group))
        group = more


def correlate(case: Case, group: tuple[str, ...], made: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Return uniforms with the declared rank correlations (Gaussian copula; Iman and Conover 1982 give the aim).

    The rank correlation r is reached by normal scores that correlate 2 sin(pi r / 6).  Only the value of
    a judgement is correlated, not the choice between its alternatives.

    Raises
    ------
    ValueError
        When no numbers can have these correlations together.
    """
    from scipy.special import ndtr, ndtri

    matrix = np.eye(len(group))
    for one in case.correlations:
        for first in one.between:
            for second in one.between:
                if first != second and first in group and second in group:
                    matrix[group.index(first), group.index(second)] = 2 * np.sin(np.pi * float(one.rank) / 6)
    try:
        factor = np.linalg.cholesky(matrix + 1e-12 * np.eye(len(group)))
    except np.linalg.LinAlgError as error:
        raise ValueError(f"the correlations among {', '.join(group)} cannot hold together: make them weaker") from error
    scores = np.stack([ndtri(np.clip(one[:, 1], 1e-16, 1 - 1e-16)) for one in made], axis=1) @ factor.T
    changed = []
    for number, uniform in enumerate(made):
        copy = uniform.copy()
        copy[:, 1] = ndtr(scores[:, number])
        changed.append(copy)
    return changed


def is_random(amount: Amount, assumptions: Mapping[str, Assumption]) -> bool:
    """Return whether an amount can differ from draw to draw (readings that are split count as fixed)."""
    if isinstance(amount, Range | Triangular):
        return True
    if isinstance(amount, Alternatives):
        return True
    for name in names_in_amount(amount):
        assumption = assumptions.get(name.id.partition(".")[0])
        if (
            assumption is not None
            and assumption.amount is not None
            and not assumption.split
            and is_random(assumption.amount, assumptions)
        ):
            return True
    if isinstance(amount, Negative):
        return is_random(amount.of, assumptions)
    if isinstance(amount, Binary):
        return is_random(amount.left, assumptions) or is_random(amount.right, assumptions)
    return False
