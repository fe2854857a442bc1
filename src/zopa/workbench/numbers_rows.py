"""One number as the page for numbers shows it: what it is, what is written, what is looked at, what it rests on."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Any, Final

from zopa.case import (
    Amount,
    Basis,
    Case,
    Number,
    Placed,
    Range,
    Triangular,
    Unknown,
    format_amount,
    format_number,
    judgement_at,
    names_in_amount,
    with_amount,
)
from zopa.exploration import assumption_name, word_name
from zopa.report.plain import issue_name, option_name, party_name
from zopa.workbench.numbers_spans import Interval, hull, span
from zopa.workbench.whatif import set_name

PLACES: Final = 400  # of a slider at least


def row_view(written: Case, now: Case, placed: Placed, pending: str | None, fault: str = "") -> dict[str, Any]:
    """Return one number.

    Parameters
    ----------
    written, now : Case
        As it is written, and as it would stand.
    placed : Placed
        The judgement as it is written.
    pending : str or None
        The amount that somebody looks at, as the address has it; None when it stands as it is written.
    fault : str
        Why the amount that is looked at cannot be.
    """
    present = judgement_at(now, placed.path) or placed
    shown = present if pending is not None and not fault else placed
    ends = None if placed.words else _ends(written, placed, shown.amount)
    result: dict[str, Any] = {
        "id": row_id(placed.path),
        "path": placed.path,
        "kind": placed.kind,
        "name": set_name(written, placed.path),
        "label": label(written, placed),
        "was": placed.text,
        "amount": pending if pending is not None else placed.text,
        "pending": pending is not None and pending != placed.text,
        "fault": fault,
        "editor": _editor(shown.amount, placed.words),
        "words": [
            {"word": word, "says": word_name(written, placed.path.removeprefix("assumptions."), word)} for word in placed.words
        ],
        "says": word_words(written, placed, pending if pending is not None else placed.text),
        "shared": [] if placed.words else shared_names(written, placed),
        "alike": [party_name(written, path.split(".")[1]) for path in alike_paths(written, placed.path)],
        "own": "",
        **basis_view(written, placed.basis),
        **slider_view(shown.amount, ends),
    }
    if result["editor"] == "text" and names_in_amount(shown.amount) and ends is not None:
        reach = hull(written, shown.amount)
        if reach is not None:
            low, high = (format_number(_kept(end, placed)) for end in reach)
            result["own"] = low if low == high else f"{low}..{high}"
    result["stamp"] = hashlib.sha256(repr(sorted(result.items())).encode()).hexdigest()[:12]
    return result


def _kept(value: Fraction, placed: Placed) -> Fraction:
    """Return a number within the bounds of a judgement."""
    value = value if placed.low is None else max(value, Fraction(placed.low))
    return value if placed.high is None else min(value, Fraction(placed.high))


def row_id(path: str) -> str:
    """Return the id of a row in a page, from its path, which may hold anything."""
    return f"n-{hashlib.sha256(path.encode()).hexdigest()[:12]}"


def label(case: Case, placed: Placed) -> str:
    """Return what a number is called within the page of its party: the issue, the option."""
    if placed.issue is not None:
        if placed.option is not None:
            return option_name(case, placed.issue, placed.option)
        if placed.kind in {"direction", "shape"}:
            return {"direction": "Direction", "shape": "Curvature"}[placed.kind]
        return issue_name(case, placed.issue)
    if placed.kind == "assumption":
        return assumption_name(case.assumptions[placed.path.partition(".")[2]])
    if placed.kind == "influence" and placed.party is not None:
        return party_name(case, placed.party)
    return {"no_deal": "No-deal value"}.get(placed.kind, set_name(case, placed.path))


def alike_paths(case: Case, path: str) -> list[str]:
    """Return the paths of the same number of the parties that the case declares alike, where it compares that number."""
    root, _, rest = path.partition(".")
    party, _, inner = rest.partition(".")
    compared = root == "influence" or inner.startswith(("weights.", "no_deal")) or inner.endswith(".shape")
    if not compared:
        return []
    others = [other for group in case.alike if party in group for other in group if other != party]
    known = [".".join(part for part in (root, other, inner) if part) for other in dict.fromkeys(others)]
    return [one for one in known if judgement_at(case, one) is not None]


def word_words(case: Case, placed: Placed, amount: str) -> str:
    """Return what stands for a word that is none of its words: a shared assumption by its name, else the amount itself."""
    known = case.assumptions.get(amount)
    return amount if known is None or not placed.words else f"as shared: {assumption_name(known)}"


def shared_names(case: Case, placed: Placed) -> list[dict[str, str]]:
    """Return the shared assumptions that a number is reckoned from."""
    found = []
    for name in dict.fromkeys(one.id.partition(".")[0] for one in names_in_amount(placed.amount)):
        known = case.assumptions.get(name)
        if known is not None and known.amount is not None:
            found.append(
                {"id": name, "name": assumption_name(known), "amount": format_amount(known.amount).replace("..", " to ")}
            )
    return found


def basis_view(case: Case, basis: Basis) -> dict[str, Any]:
    """Return what a number rests on: statements with their words, an assumption or a reason, and where it is inherited from."""
    statements = [
        {"id": name, "quote": case.statements[name].quote if name in case.statements else case.sources[name].title}
        for name in basis.because
        if name in case.statements or name in case.sources
    ]
    assumed = basis.assume or ""
    if assumed in case.assumptions:
        known = case.assumptions[assumed]
        named = known.name if known.name != known.id else f"{known.id}"
        assumed = f"{named}: {known.reason}" if known.reason and known.reason != known.name else assumption_name(known)
    return {"statements": statements, "assumed": assumed, "inherited": _block_words(case, basis.inherited)}


def _block_words(case: Case, path: str) -> str:
    """Return which block gave a basis, in words."""
    if not path:
        return ""
    root, _, rest = path.partition(".")
    party, _, block = rest.partition(".")
    if root == "preferences" and party in case.parties:
        what = {"weights": "weights", "scores": "scores", "points": "points", "red_lines": "red lines"}.get(
            block.partition(".")[0], ""
        )
        return f"the {what or 'preferences'} of {party_name(case, party)}"
    blocks = {"preferences": "all preferences", "influence": "the block on influence", "the case": "the whole case"}
    return blocks.get(root, f"the block {path}")


# Sliders -------------------------------------------------------------------------------------------


def _editor(amount: Amount, words: tuple[str, ...]) -> str:
    if words:
        return "words"
    if isinstance(amount, Number):
        return "fixed"
    if isinstance(amount, Range):
        return "range"
    if isinstance(amount, Triangular):
        return "triangular"
    return "unknown" if isinstance(amount, Unknown) else "text"


def _ends(case: Case, placed: Placed, amount: Amount) -> Interval:
    low, high = span(case, placed)
    reach = hull(case, amount)
    return (low, high) if reach is None else (min(low, reach[0]), max(high, reach[1]))


def slider_view(amount: Amount, ends: Interval | None) -> dict[str, Any]:
    """Return the ends of a slider and where its thumbs stand, as numbers for a browser; exact text stands beside it."""
    if ends is None:
        return {"thumbs": [], "mode": "", "low": "", "high": "", "step": "", "low_text": "", "high_text": ""}
    thumbs: list[Fraction] = []
    mode = ""
    if isinstance(amount, Number):
        thumbs = [amount.value]
    elif isinstance(amount, Range | Triangular):
        thumbs = [amount.low, amount.high]
        mode = format_number(amount.mode) if isinstance(amount, Triangular) else ""
    return {
        "thumbs": [decimal(value) for value in thumbs],
        "mode": mode,
        "low": decimal(ends[0]),
        "high": decimal(ends[1]),
        "step": slider_step(ends, thumbs),
        "low_text": format_number(ends[0]),
        "high_text": format_number(ends[1]),
    }


def slider_step(ends: Interval, thumbs: list[Fraction]) -> str:
    """Return by which steps a slider goes: a power of ten that gives it some hundreds of places, finer where a thumb needs it."""
    width, digits = ends[1] - ends[0], 0
    while digits < 9 and (
        width * 10**digits < PLACES or (any((one * 10**digits).denominator > 1 for one in thumbs) and digits < 4)
    ):
        digits += 1
    return "any" if digits >= 9 else format_number(Fraction(1, 10**digits))


def decimal(value: Fraction) -> str:
    """Return a number as browsers read it."""
    return format_number(value) if "/" not in format_number(value) and len(format_number(value)) < 20 else f"{float(value):.12g}"


def fault_of(case: Case, path: str, amount: str) -> str:
    """Return why a judgement cannot have an amount, with how to mend it; empty when it can."""
    try:
        with_amount(case, path, amount)
    except ValueError as error:
        words = str(error)
        return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"
    return ""
