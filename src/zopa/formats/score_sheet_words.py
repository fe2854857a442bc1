"""The words by which score sheets name their columns and their special rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

_ISSUE: Final = frozenset({"issue", "issues", "topic", "topics", "issue name"})
_OPTION: Final = frozenset(
    {"option", "options", "alternative", "alternatives", "choice", "choices", "outcome", "outcomes", "option name"}
)
_POINTS: Final = frozenset(
    {"points", "point", "score", "scores", "value", "values", "utility", "your points", "my points", "payoff", "payoffs", "pts"}
)
_REMARKS: Final = frozenset(
    {
        "note",
        "notes",
        "comment",
        "comments",
        "remark",
        "remarks",
        "description",
        "explanation",
        "source",
        "why",
        "reason",
        "reasons",
    }
)
_WEIGHT: Final = frozenset({"weight", "weights", "importance", "priority", "weighting"})
# The first words are never the name of an option; the second could be one, where no issue stands beside them.
_NO_DEAL: Final = frozenset(
    {
        *("no deal", "no-deal", "no deal value", "no-deal value", "no deal points", "no agreement", "without agreement"),
        *("without an agreement", "batna", "batna value", "batna points", "reservation", "reservation value"),
        *("reservation points", "reservation price", "reservation score", "reserved value", "threshold", "walk away"),
        *("walk-away", "walkaway", "walk away value", "walk-away value", "minimum points", "minimum score", "no deal score"),
    }
)
_NO_DEAL_OR_OPTION: Final = frozenset({"minimum", "min", "least", "at least"})
_TOTAL: Final = frozenset(
    {"total", "totals", "sum", "sums", "subtotal", "sub-total", "grand total", "total points", "sum of points"}
)
_TOTAL_OR_OPTION: Final = frozenset(
    {"max", "maximum", "best", "max points", "maximum points", "max total", "max possible", "highest"}
)

Row = Literal["no deal", "no deal?", "total", "total?", ""]


def folded(text: str) -> str:
    """Return a text in small letters with single blanks, without a colon or stop at its end, for comparing."""
    return " ".join(re.sub(r"[_\s]+", " ", text).casefold().split()).rstrip(" .:")


def issue_column(row: Sequence[str]) -> int | None:
    """Return the place of the heading of the issues, None where there is none."""
    return next((at for at, text in enumerate(row) if folded(text) in _ISSUE), None)


def option_column(row: Sequence[str]) -> int | None:
    """Return the place of the heading of the options, None where there is none."""
    return next((at for at, text in enumerate(row) if folded(text) in _OPTION), None)


def is_header(row: Sequence[str]) -> bool:
    """Return whether a row has headings for issues and for options."""
    return issue_column(row) is not None and option_column(row) is not None


def is_points(text: str) -> bool:
    """Return whether a heading says that points stand below, without naming a party."""
    return folded(text) in _POINTS


def is_remark(text: str) -> bool:
    """Return whether a heading says that remarks stand below."""
    return folded(text) in _REMARKS


def is_weight(text: str) -> bool:
    """Return whether a heading says that weights stand below."""
    return folded(text) in _WEIGHT


def reserved(text: str) -> bool:
    """Return whether a heading cannot be the name of a party."""
    kept = is_points(text) or is_remark(text) or is_weight(text) or folded(text) in _ISSUE | _OPTION
    return kept or kind_of_row(text).startswith("total")


def kind_of_row(text: str) -> Row:
    """Return what a word in front of a row says: the no-deal value, a total, perhaps one of them, or nothing special."""
    word = folded(text)
    if word in _NO_DEAL:
        return "no deal"
    if word in _NO_DEAL_OR_OPTION:
        return "no deal?"
    if word in _TOTAL:
        return "total"
    return "total?" if word in _TOTAL_OR_OPTION else ""
