"""Statements, assumptions, numbers, steps and levers, each linked with what rests on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from zopa.case import Basis, Case, Gate, Lever, Statement, Use, format_amount, other_numbers, uses
from zopa.report.plain import condition_words, party_name, timing_words
from zopa.space import judgements_of

LEVELS = (
    "direct quotation",
    "reported from a named source",
    "a named source about another",
    "unnamed, or an act told",
    "narration",
)
FIRMNESS = {"firm": "firm", "plain": "plain", "soft": "hedged"}
MOST_USES = 8


def evidence_view(case: Case) -> dict[str, Any]:
    """Return what the evidence, the ledger, and the issues with their rules, steps and levers show."""
    used = uses(case)
    numbers = _judgements(case)
    anchors = _anchors(case, numbers)
    return {
        "rules": [(rule, condition_words(case, rule.condition)) for rule in case.rules.values()],
        "gates": [_gate_row(case, gate) for gate in case.gates.values()],
        "levers": [_lever_row(case, lever) for lever in case.levers.values()],
        "statements": [_statement_row(case, one, _linked(used.get(one.id, ()), anchors)) for one in case.statements.values()],
        "assumptions": [
            {
                "id": one.id,
                "name": one.name,
                "reason": one.reason,
                "because": one.basis.because,
                "value": format_amount(one.amount).replace("..", " to ").replace(" | ", " or ")
                if one.amount is not None
                else "a reason only",
                "drawn": _drawn_words(case, one.id),
                "uses": _linked(used.get(one.id, ()), anchors),
            }
            for one in case.assumptions.values()
        ],
        "judgements": numbers,
    }


def _anchors(case: Case, numbers: list[dict[str, Any]]) -> frozenset[str]:
    """Return the places in the page that a use can lead to."""
    found = {row["anchor"] for row in numbers}
    found |= {*case.rules, *case.packages, *case.gates, *case.levers, *case.assumptions, *case.parties}
    found |= {line.id for preferences in case.preferences.values() for line in preferences.red_lines}
    return frozenset(found)


def _linked(found: tuple[Use, ...], anchors: frozenset[str]) -> list[dict[str, str]]:
    """Return uses with the place in the page where each stands; long lists say how many more there are."""
    rows = [{"what": use.what, "anchor": use.anchor if use.anchor in anchors else ""} for use in found[:MOST_USES]]
    if len(found) > MOST_USES:
        rows.append({"what": f"and {len(found) - MOST_USES} more", "anchor": ""})
    return rows


def _statement_row(case: Case, one: Statement, used: list[dict[str, str]]) -> dict[str, Any]:
    who = one.speaker or party_name(case, one.party)
    if one.speaker and one.party:
        who += f", for {party_name(case, one.party)}"
    if one.about:
        who += f", about {party_name(case, one.about)}"
    return {
        "id": one.id,
        "quote": one.quote,
        "who": who,
        "level": LEVELS[one.level] if one.level is not None else "–",
        "grade": one.credibility or "–",
        "firm": FIRMNESS.get(one.firm or "", "–"),
        "source": one.source,
        "uses": used,
    }


def _drawn_words(case: Case, name: str) -> str:
    assumption = case.assumptions[name]
    if assumption.amount is None:
        return "–"
    how = "one for all"
    if assumption.per_parties:
        how = f"for each of {', '.join(assumption.per_parties)}"
    elif assumption.per_place:
        how = "for each use"
    if assumption.split:
        how += "; readings shown apart"
    if assumption.sweep:
        bands = ", ".join(format_amount(band).replace("..", " to ") for band in assumption.sweep)
        how += f"; also shown over {bands}"
    return how


def _judgements(case: Case) -> list[dict[str, Any]]:
    found: list[tuple[str, str, Basis]] = [(one.path, format_amount(one.amount), one.basis) for one in judgements_of(case)]
    return [
        {"what": what, "anchor": what.replace(" ", "_"), "amount": written.replace("..", " to "), "basis": basis}
        for what, written, basis in (*found, *other_numbers(case))
    ]


def _gate_row(case: Case, gate: Gate) -> dict[str, Any]:
    if gate.needs is not None:
        when = f"needs: {condition_words(case, gate.needs)}"
    elif gate.fact is not None:
        when = {"yes": "is so", "no": "is not so", "unknown": "not known"}[gate.fact]
    else:
        when = timing_words(gate.timing)
    early = (
        f"; chance of coming earlier: {format_amount(gate.early.amount).replace('..', ' to ')}" if gate.early is not None else ""
    )
    opens = f"; opens: {condition_words(case, gate.opens)}" if gate.opens is not None else ""
    return {"id": gate.id, "name": gate.name, "when": f"{when}{early}{opens}", "basis": gate.basis}


def _lever_row(case: Case, lever: Lever) -> dict[str, Any]:
    does = []
    for verb, condition in (("makes possible", lever.allow), ("rules out", lever.block)):
        if condition is not None:
            does.append(f"{verb}: {condition_words(case, condition)}")
    for verb, targets in (("adds", lever.moves), ("multiplies by", lever.times)):
        for target, judgement in targets.items():
            whom = f"the no-deal value of {party_name(case, target.partition('.')[0])}"
            does.append(f"{verb} {format_amount(judgement.amount)} to {whom}")
    when = [f"{word} {_moment_words(case, moment)}" for word, moment in (("from", lever.start), ("until", lever.end)) if moment]
    return {
        "id": lever.id,
        "name": lever.name,
        "by": party_name(case, lever.by),
        "does": "; ".join(does),
        "when": " ".join(when) or "any time",
        "basis": lever.basis,
    }


def _moment_words(case: Case, moment: date | str) -> str:
    return case.gates[moment].name if isinstance(moment, str) and moment in case.gates else str(moment)
