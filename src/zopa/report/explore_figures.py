"""The figures of an exploration as people read them: shares, indices and ranks with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zopa.case import Amount, Triangular, format_amount
from zopa.report.plain import thousands

if TYPE_CHECKING:
    from collections.abc import Callable

    from zopa.exploration import Across, Exploration, Share

UNKNOWN = "not known"


def many_readings(exploration: Exploration) -> bool:
    """Return whether there is more than one reading, so that shares have a lowest and a highest."""
    return len(exploration.readings) > 1


def counted_words(number: int, what: str) -> str:
    """Return a number of things, in the singular for one."""
    return f"{thousands(number)} {what}{'' if number == 1 else 's'}"


def percent_words(*ends: float) -> str:
    """Return a share in per cent, or a range of two; with a decimal near none and near all, where intervals end."""
    return f"{' to '.join(dict.fromkeys(_percent(end) for end in ends))}\u00a0%"


def _percent(share: float) -> str:
    whole = 100 * share
    if share in {0, 1} or 1 <= whole <= 99:
        return f"{whole:.0f}"
    return {"0.0": "below 0.1", "100.0": "above 99.9"}.get(f"{whole:.1f}", f"{whole:.1f}")


def share_words(one: Share) -> str:
    """Return a share with its interval in brackets; without where it has no error."""
    return percent_words(one.value) if one.low == one.high else f"{percent_words(one.value)} ({percent_words(one.low, one.high)})"


def across_words(one: Across | None) -> str:
    """Return the lowest and the highest share over readings, each with its interval; one where they read the same."""
    return UNKNOWN if one is None else _over(one, share_words)


def ends_words(one: Across) -> str:
    """Return the lowest and the highest share over readings in short, without intervals."""
    return percent_words(one.lowest.value, one.highest.value)


def index_words(one: Across | None) -> str:
    """Return an index of sensitivity over readings with its interval, below 0 only by its error; a dash where there is none."""
    return "–" if one is None else _over(one, lambda end: _bracketed(end, 1, 2))


def points_words(one: Across) -> str:
    """Return a gain over readings in percentage points with its interval; “none” where it is below nought by its error."""
    return _over(one, _points)


def _points(one: Share) -> str:
    words = _bracketed(one, 100, 0)
    return f"none {words.partition(' ')[2]}" if words.startswith("−") else words


def _over(one: Across, words: Callable[[Share], str]) -> str:
    low, high = words(one.lowest), words(one.highest)
    return low if low == high else f"{low} to {high}"


def _bracketed(one: Share, times: int, digits: int) -> str:
    # Nought is added so that what rounds to nothing has no sign.
    ends = (f"{round(times * end, digits) + 0.0:.{digits}f}".replace("-", "−") for end in (one.value, one.low, one.high))
    value, low, high = ends
    return f"{value} ({low} to {high})"


def spread_words(ends: tuple[float, float, float]) -> str:
    """Return the middle of a rank or a regret with its tenth and ninetieth percentile, in whole numbers."""
    low, middle, high = (f"{number:.0f}" for number in ends)
    return middle if low == middle == high else f"{middle} ({low} to {high})"


def amount_words(amount: Amount) -> str:
    """Return an amount as written, for reading."""
    if isinstance(amount, Triangular):
        low, mode, high = format_amount(amount).split("..")
        return f"{low} to {high}, peak at {mode}"
    return format_amount(amount).replace("..", " to ").replace(" | ", " or ")
