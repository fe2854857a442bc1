"""Random streams keyed by the judgement they serve.

Each judgement draws from a counter-based generator (Philox; Salmon et al. 2011) whose key is a hash of
the seed and of the judgement's own key.  Deleting or adding a judgement therefore moves no other, draw
number k is the same however many draws are made, and an ensemble can be extended or split.

``Streams`` says which stream serves which judgement: usually its own; that of another judgement where two
parties change places; its second one where a judgement is drawn anew while all others stay (the second
sample of Saltelli et al. 2010, section 2); or scrambled Sobol' points, which are more even than chance.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.stats.qmc import Sobol

SLOTS: Final = 4  # uniforms per draw: a choice, a value, and two in reserve; Philox makes four at a time
ATTEMPT: Final = "#"  # stands in a key before the number of a repeated attempt
SECOND: Final = "\x00second"  # ends the key of a second stream; no judgement's key has a zero byte
USED: Final = 2  # slots that Sobol' points fill: the choice and the value
BITS: Final = 32  # of a Sobol' point: the most that the generator takes fast


def uniforms(seed: int, key: str, start: int, count: int) -> NDArray[np.float64]:
    """Return the uniforms of draws ``start`` to ``start + count`` of one judgement.

    Parameters
    ----------
    seed : int
        Seed of the ensemble.
    key : str
        Key of the judgement, such as ``A9.RUS``.
    start, count : int
        First draw and number of draws.

    Returns
    -------
    ndarray of float64, shape (count, SLOTS)
        Numbers in [0, 1).
    """
    generator = np.random.Philox(key=_digest(seed, key))
    generator.advance(start)
    return np.random.Generator(generator).random((count, SLOTS))


def _digest(seed: int, key: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}\x00{key}".encode()).digest()[:16], "little")


@dataclass(frozen=True, slots=True)
class SobolPoints:
    """Scrambled Sobol' points in place of chance, for the choice and the value of some judgements.

    Draw k is point k // replicates of replicate k % replicates, and every replicate is scrambled by itself
    (Matousek 1998: linear matrix scramble and digital shift; direction numbers of Joe and Kuo 2008).  So
    every replicate is an estimate of its own, and their spread gives an interval (Owen 1997).  They are most
    even when replicates x 2**m draws are made.

    The judgement of rank r among n keys has dimensions 2 r (choice) and 2 r + 1 (value), and for its second
    stream 2 n + 2 r and 2 n + 2 r + 1: one sequence of 4 n dimensions, as for the two samples of Saltelli et
    al. (2010).  A scramble apart would not do for the second stream: scrambles keep the digits of a point
    tied to those of the same dimension, so that the two would not be independent across the draws.

    Parameters
    ----------
    keys : tuple of str
        Keys of the judgements, sorted, each once (``sobol_keys``).
    replicates : int
        Number of independent scrambles.

    Raises
    ------
    ValueError
        When keys are not sorted, or there is no replicate.
    """

    keys: tuple[str, ...]
    replicates: int = 16

    def __post_init__(self) -> None:
        if list(self.keys) != sorted(set(self.keys)):
            raise ValueError("the keys of Sobol' points must be sorted and each stand once: give them sorted(set(keys))")
        if self.replicates < 1:
            raise ValueError(f"Sobol' points need at least 1 replicate, not {self.replicates}: 16 are usual")

    def rank(self, key: str) -> int | None:
        """Return the place of a key among the keys, or None where it is none of them."""
        place = bisect_left(self.keys, key)
        return place if place < len(self.keys) and self.keys[place] == key else None


@dataclass(frozen=True, slots=True)
class Streams:
    """Which random numbers serve which judgement.

    Parameters
    ----------
    seed : int
        Seed of the ensemble.
    instead : mapping of str to str
        Keys that take the streams of other keys: with two parties exchanged, each number takes its stream along.
    redrawn : frozenset of str
        Keys (not those they stand for) that take their second stream, which is independent of the first, in
        repeated attempts too.  Judgements that are correlated or drawn together belong in it together.
    all_redrawn : bool
        Whether every key takes its second stream.
    sobol : SobolPoints or None
        Points in place of chance.  Keys that are not among theirs, repeated attempts and Markov chains draw
        by chance as ever.  With a judgement more or less the points of others move, other than by chance.
    """

    seed: int
    instead: Mapping[str, str] = field(default_factory=dict)
    redrawn: frozenset[str] = frozenset()
    all_redrawn: bool = False
    sobol: SobolPoints | None = None

    @property
    def name(self) -> str:
        """The seed; with a mark of what differs from the usual streams, where anything does."""
        if not (self.instead or self.redrawn or self.all_redrawn or self.sobol):
            return str(self.seed)
        what = (sorted(self.instead.items()), sorted(self.redrawn), self.all_redrawn, self.sobol)
        return f"{self.seed}-{hashlib.sha256(repr(what).encode()).hexdigest()[:12]}"

    def source(self, key: str) -> str:
        """Return the key whose stream serves a key."""
        base, mark, attempt = key.partition(ATTEMPT)
        return self.instead.get(base, base) + mark + attempt

    def uniforms(self, key: str, start: int, count: int) -> NDArray[np.float64]:
        """Return the uniforms of draws ``start`` to ``start + count`` of one judgement.

        Parameters
        ----------
        key : str
            Key of the judgement, such as ``A9.RUS``, or of an attempt, such as ``A9.RUS#3``.
        start, count : int
            First draw and number of draws.

        Returns
        -------
        ndarray of float64, shape (count, SLOTS)
            Numbers in [0, 1).
        """
        source = self.source(key)
        second = self.all_redrawn or key.partition(ATTEMPT)[0] in self.redrawn
        made = uniforms(self.seed, source + SECOND if second else source, start, count)
        rank = None if self.sobol is None else self.sobol.rank(source)
        if self.sobol is not None and rank is not None:
            points = _points(self.seed, len(self.sobol.keys), self.sobol.replicates, second, start, count)
            made[:, :USED] = points[:, USED * rank : USED * (rank + 1)]
        return made


@lru_cache(maxsize=2)  # both streams of the draws that are worked on
def _points(seed: int, keys: int, replicates: int, second: bool, start: int, count: int) -> NDArray[np.float64]:
    """Return the Sobol' points of some draws for all keys, shape (draws, USED x keys)."""
    made = np.empty((count, USED * keys))
    columns = slice(USED * keys, None) if second else slice(USED * keys)
    for replicate in range(min(replicates, start + count)):
        first = -((replicate - start) // replicates)  # of this replicate's points, the first at or after the start
        at = first * replicates + replicate - start
        if at >= count:
            continue
        engine = deepcopy(_engine(seed, keys, replicate))
        many = len(range(at, count, replicates))
        if first:
            engine.fast_forward(first)
            made[at::replicates] = engine.random(many)[:, columns]
        else:
            # The first point by itself: for other numbers than powers of two the generator would warn.
            made[at] = engine.random(1)[0, columns]
            if many > 1:
                made[at + replicates :: replicates] = engine.random(many - 1)[:, columns]
    made.flags.writeable = False
    return made


@lru_cache(maxsize=64)
def _engine(seed: int, keys: int, replicate: int) -> Sobol:
    """Return the generator of one replicate at its first point; the caller moves a copy."""
    from scipy.stats.qmc import Sobol

    generator = np.random.default_rng(_digest(seed, f"\x00Sobol' points\x00{replicate}"))
    return Sobol(2 * USED * keys, scramble=True, bits=BITS, rng=generator)
