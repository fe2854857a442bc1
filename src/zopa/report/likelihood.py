"""Words of likelihood for readers who have adopted a prior: the scale of Intelligence Community Directive 203.

A share of assumptions is no likelihood.  It becomes one only for those who take the ranges of a case, and the even
weight on all that lies in them, as what they believe themselves.  Whoever says so gets the words; nobody else.
"""

from __future__ import annotations

from typing import Final

# Word, from, to; shares.  The ends of neighbours are the same: see the rule below.
SCALE: Final = (
    ("almost no chance", 0.01, 0.05),
    ("very unlikely", 0.05, 0.20),
    ("unlikely", 0.20, 0.45),
    ("roughly even chance", 0.45, 0.55),
    ("likely", 0.55, 0.80),
    ("very likely", 0.80, 0.95),
    ("almost certain", 0.95, 0.99),
)
BELOW: Final = "outside the scale (below 1 per cent)"
ABOVE: Final = "outside the scale (above 99 per cent)"
_EVEN: Final = 0.5


def likelihood_words(share: float, adopted_prior: bool) -> str | None:
    """Return the word for a share.

    Parameters
    ----------
    share : float
        From 0 to 1.
    adopted_prior : bool
        Whether the reader has adopted a prior under which the share is a likelihood.

    Returns
    -------
    str or None
        None where no prior is adopted.  On a boundary the word of the range nearer to an even chance; below 1 and
        above 99 per cent the scale has no word, and the answer says that the share is outside the scale.

    Raises
    ------
    ValueError
        When the share is not between 0 and 1.

    References
    ----------
    Office of the Director of National Intelligence (2015), Intelligence Community Directive 203, *Analytic
    Standards*, section D.6.e(2)(a).  The directive leaves open to whom a boundary belongs.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not at {share}")
    if not adopted_prior:
        return None
    fitting = [(abs((low + high) / 2 - _EVEN), word) for word, low, high in SCALE if low <= share <= high]
    if not fitting:
        return BELOW if share < _EVEN else ABOVE
    return min(fitting)[1]


def likelihood_span(low: float, high: float, adopted_prior: bool) -> str | None:
    """Return the word for a share that lies between two ends, or both words where a boundary lies between them.

    Parameters
    ----------
    low, high : float
        From 0 to 1.
    adopted_prior : bool
        As in ``likelihood_words``.

    Returns
    -------
    str or None
        None where no prior is adopted.

    Raises
    ------
    ValueError
        As ``likelihood_words``.
    """
    first, last = likelihood_words(low, adopted_prior), likelihood_words(high, adopted_prior)
    return first if first == last else f"{first} to {last}"


def scale_rule() -> str:
    """Return the scale and the rule for its boundaries in a sentence."""
    words = ", ".join(f"{word} {100 * low:.0f} to {100 * high:.0f}" for word, low, high in SCALE)
    return (
        f"The words are those of Intelligence Community Directive 203 (2015), in per cent: {words}. "
        "A share on a boundary takes the word of the range nearer to an even chance; below 1 and above 99 there is no word. "
        "Where so few scenarios cannot tell on which side of a boundary a share lies, both words stand."
    )
