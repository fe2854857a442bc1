"""The section of the report on what would move the case: openings, nearest packages, trades, payments."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from zopa.case import Case
from zopa.report.moving_words import HEADINGS, nearby_sentences, opening_sentences, payment_sentences, trade_sentences
from zopa.report.plain import issue_name, package_words, party_name, short
from zopa.report.voting_words import listed
from zopa.settlement import AdjustedWinner, Moving, Settlement, Start, moving

MOST_LEANINGS: Final = 5
KINDS: Final = {"now": "From what is in force", "nash": "From the Nash point", "named": "From"}


def moving_view(case: Case, settlement: Settlement) -> dict[str, Any]:
    """Return what the section shows; ``moved`` is None where nothing was looked for, or nothing is there to say."""
    found = moving(settlement)
    openings = _nested(opening_sentences(settlement))
    starts = [_start(case, settlement, one) for one in found.starts]
    if found.skipped is not None or not (openings or starts):
        return {"moved": None}
    return {
        "moved": {
            "openings": openings,
            "starts": starts,
            "leanings": _leanings(case, found),
            "winner": winner_sentences(case, found.adjusted_winner),
        }
    }


def _start(case: Case, settlement: Settlement, start: Start) -> dict[str, Any]:
    called = "" if start.name is None else f" “{case.packages[start.name].name}”"
    moves = start.moves
    _, near, trades, payments = HEADINGS
    parts = [
        (near, nearby_sentences(settlement, moves)),
        (trades, trade_sentences(settlement, moves.trades)),
        (payments, payment_sentences(case, moves.payments)),
    ]
    return {
        "title": f"{KINDS[start.kind]}{called}",
        "package": package_words(case, settlement.space, moves.package),
        "parts": [(heading, _nested(lines)) for heading, lines in parts],
    }


def _nested(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Gather lines that are set in under the line before them."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("  ") and found:
            found[-1][1].append(line.strip())
        else:
            found.append((line.strip(), []))
    return found


def _leanings(case: Case, found: Moving) -> list[str]:
    """Return where two signatories weigh two issues very differently, so that a trade is near at hand."""
    lines = []
    for one in found.leanings[:MOST_LEANINGS]:
        gives, takes = (issue_name(case, issue) for issue in (one.first_issue, one.second_issue))
        first, second = party_name(case, one.first), party_name(case, one.second)
        lines.append(f"{first} weighs {gives} against {takes} {short(one.ratio, 1)} times as heavily as {second} does.")
    return lines


def winner_sentences(case: Case, found: AdjustedWinner | None) -> list[str]:
    """Return the split of issues that adjusted winner gives to two signatories; nothing where it does not apply."""
    if found is None or not found.splits:
        return []
    if set(found.tied) == set(found.issues):
        return ["It has nothing to go on here: both put as many points on every issue that is in dispute."]
    splits = list(found.splits.items())
    alike = len({split.share for _, split in splits}) == 1
    lines = []
    for favoured, split in splits[:1] if alike else splits:
        own = dict(zip(found.issues, split.share, strict=True))
        parts = [own, {issue: 1 - part for issue, part in own.items()}]
        each = zip(found.parties, parts, strict=True)
        said = "; ".join(f"{party_name(case, name)} gets its way on {_won(case, part)}" for name, part in each)
        tied = "" if alike else f" This is so when what both want equally goes to {party_name(case, favoured)} at first."
        lines.append(f"{said}. Each then has {short(split.totals[0], 1)} of its 100 points.{tied}")
    if found.agreed:
        lines.append(f"Set aside, because nothing is in dispute: {listed([issue_name(case, issue) for issue in found.agreed])}.")
    return lines


def _won(case: Case, parts: dict[str, Fraction]) -> str:
    won = [
        issue_name(case, issue) if part == 1 else f"{short(100 * part, 1)} % of {issue_name(case, issue)}"
        for issue, part in parts.items()
        if part
    ]
    return listed(won) if won else "nothing"
