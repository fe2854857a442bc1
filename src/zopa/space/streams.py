"""Random streams keyed by the judgement they serve.

Each judgement draws from a counter-based generator (Philox; Salmon et al. 2011) whose key is a hash of
the seed and of the judgement's own key.  Deleting or adding a judgement therefore moves no other, draw
number k is the same however many draws are made, and an ensemble can be extended or split.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

SLOTS: Final = 4  # uniforms per draw: a choice, a value, and two in reserve; Philox makes four at a time


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
    digest = hashlib.sha256(f"{seed}\x00{key}".encode()).digest()
    generator = np.random.Philox(key=int.from_bytes(digest[:16], "little"))
    generator.advance(start)
    return np.random.Generator(generator).random((count, SLOTS))
