"""The parties, their voices, red lines and no-deal values, as the report shows them."""

from __future__ import annotations

from typing import Any

from zopa.case import Case, Judgement, format_amount
from zopa.report.plain import condition_words, issue_name, party_row, red_line_words


def party_card(case: Case, name: str) -> dict[str, Any]:
    """Return what the card of a party shows."""
    party = case.parties[name]
    preferences = case.preferences.get(name)
    seat = party.seat if party.seat is not None else f"open: {issue_name(case, party.seat_by or '')}"
    if party.consent_if is not None:
        seat = f"{seat}; must consent if {condition_words(case, party.consent_if)}"
    no_deal, basis = "not given", None
    if preferences is not None and preferences.no_deal is not None:
        given = preferences.no_deal
        basis = given.basis
        if given.judgement is not None:
            unit = "% of the way from its worst to its best package" if given.kind == "share" else "points"
            no_deal = f"{judgement_words(case, given.judgement)} {unit}"
        else:
            no_deal = f"as good as the package {given.package}"
    return {
        **party_row(case, name),
        "id": name,
        "basis": party.basis,
        "principals": [
            f"{one.name}{f' from {one.start}' if one.start else ''}{f' until {one.end}' if one.end else ''}"
            for one in party.principals
        ],
        "seat": seat,
        "voices": ", ".join([*party.voices, *(voice for one in party.principals for voice in one.voices)]) or "–",
        "lines": [
            {
                "id": line.id,
                "name": line.name,
                "says": red_line_words(case, line),
                "when": "known" if line.unknown else condition_words(case, line.binds) if line.binds is not None else "",
                "basis": line.basis,
            }
            for line in (preferences.red_lines if preferences is not None else ())
        ],
        "no_deal": no_deal,
        "no_deal_basis": basis,
    }


def judgement_words(case: Case, judgement: Judgement) -> str:
    """Return a judgement as written, with the range of an assumption it names."""
    written = format_amount(judgement.amount)
    assumption = case.assumptions.get(written.partition(".")[0])
    if assumption is not None and assumption.amount is not None and not assumption.words:
        return format_amount(assumption.amount).replace("..", " to ")
    return written.replace("..", " to ")
