"""What of a content is at issue: not what it is tied to, and not what is said to be lacking.

"A treaty without inspections" is about inspections, and who is against it is for them; "any deal would need the approval of both
houses" is about the approval.
"""

from __future__ import annotations

import re
from typing import Final

from zopa.reading.draft.units import Unit
from zopa.reading.statements import Amount

# "A treaty without inspections": who is against it is for inspections.
_LACKS: Final = re.compile(r"(?<=\w )without\b", re.IGNORECASE)
_SHORT: Final = re.compile(
    r"(?:\A(?:that\s+|to\s+)?|\b(?:accept|agree to|settle for|sign|take)\s+)(?:any|every)?(?:thing)?\s*"
    r"(?:less than|short of|other than)\s+",
    re.IGNORECASE,
)
_MORE: Final = re.compile(r"(?:more|longer|greater|higher|over|above|in excess)\b", re.IGNORECASE)
_LESS: Final = re.compile(r"(?:less|fewer|shorter|lower|under|below)\b", re.IGNORECASE)
# "An end to the ban": who is for it is against the ban.
_ENDS: Final = re.compile(
    r"\A(?:that\s+|to\s+)?(?:an?\s+|the\s+)?(?:end|halt|stop|lifting|removal|repeal|abolition|scrapping|cancellation)\s+(?:to|of)\s+",
    re.IGNORECASE,
)
# "Any deal would need the approval of both houses": what is needed is at issue.
_NEEDED: Final = re.compile(
    r"\b(?:needs?|requires?|depends? on|calls? for|must (?:have|include|contain|rest on))\s+(?=\w)", re.IGNORECASE
)


def turned(unit: Unit) -> bool:
    """Return whether a stance towards a content is the contrary one towards what is at issue.

    A content may speak of doing without something. Or a denial turned the bound of its amount: who "cannot pay more than 9" is
    against the content and for at most 9.
    """
    return (_lack(unit) is not None) != any(inside(one, unit) and is_turned(one) for one in unit.said.statement.quantities)


def is_turned(amount: Amount) -> bool:
    """Return whether a denial turned the bound of an amount ("not more than 9" is at most 9)."""
    words = _MORE if amount.bound == "max" else _LESS if amount.bound == "min" else None
    return words is not None and words.match(amount.text) is not None


def matter_of(unit: Unit) -> str:
    """Return the words that are at issue: behind a "without", or behind what a condition says is needed, or all of them."""
    found = _lack(unit)
    if found is None and unit.said.statement.predicate in {"condition", "demand"}:
        found = _NEEDED.search(unit.text)
    return unit.text if found is None else unit.text[found.end() :].lstrip()


def _lack(unit: Unit) -> re.Match[str] | None:
    amounts = any(inside(amount, unit) for amount in unit.said.statement.quantities)  # "less than 5 percent" is a bound
    return _ENDS.search(unit.text) or _LACKS.search(unit.text) or (None if amounts else _SHORT.search(unit.text))


def inside(amount: Amount, unit: Unit) -> bool:
    """Return whether an amount stands in a unit."""
    pieces = (unit.span,) if unit.term else (unit.span, *unit.said.statement.further)
    return any(amount.span.within(span) for span in pieces)
