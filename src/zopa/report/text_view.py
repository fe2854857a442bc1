"""What the text alone decides, as the report shows it."""

from __future__ import annotations

from typing import Any

from zopa.case import Case
from zopa.report.answer import depends_words, listed_words, silence_lines, text_left
from zopa.report.plain import party_name, party_row, reading_label, red_line, red_line_words
from zopa.settlement import Settlement, TextAlone


def text_view(case: Case, settlement: Settlement) -> dict[str, Any]:
    """Return what the text section shows."""
    text = settlement.text
    return {
        "text": text,
        "compatible": text_left(text),
        "depends": depends_words(text),
        "listed": listed_words(case, text),
        "silence": silence_lines(case, text) if case.statements else [],
        "conditions": [_condition_row(case, settlement, one.line) for one in text.conditions],
        "readings": _reading_rows(case, text),
        "without": list(text.without.items()),
        "speaking": [party_row(case, party.id) for party in case.parties.values() if party.seat != "observer"],
        "positions": _position_rows(case, text),
        "waits": _waits(case, text),
    }


def _condition_row(case: Case, settlement: Settlement, name: str) -> dict[str, Any]:
    line = red_line(case, name)
    one = next(found for found in settlement.text.conditions if found.line == name)
    quotes = [(key, case.statements[key].quote if key in case.statements else case.sources[key].title) for key in one.because]
    return {
        "party": party_row(case, one.party),
        "says": red_line_words(case, line),
        "quotes": quotes,
        "own_words": one.own_words,
        "reading": reading_label(case, dict(one.reading)) or "always",
        "name": line.name,
        "count": one.contradicting,
    }


def _reading_rows(case: Case, text: TextAlone) -> list[dict[str, Any]]:
    """Return the readings, those with the same effect together, the strictest first."""
    grouped: dict[tuple[tuple[str, ...], int], int] = {}
    for one in text.readings:
        grouped[one.binding, one.compatible] = grouped.get((one.binding, one.compatible), 0) + 1
    found = [
        {
            "binding": "; ".join(
                f"{party_name(case, red_line(case, name).party)}: {red_line(case, name).name}" for name in binding
            )
            or "none of them",
            "count": count,
            "left": left,
        }
        for (binding, left), count in grouped.items()
    ]
    return sorted(found, key=lambda row: row["left"])


def _position_rows(case: Case, text: TextAlone) -> list[dict[str, Any]]:
    """Return for each issue what each party says, what is told of it or said about it, and what belongs to nobody."""
    speaking = [party for party in case.parties.values() if party.seat != "observer"]
    rows = []
    for issue, row in text.positions.items():
        cells = []
        for party in speaking:
            own = [name for name in row[party.id] if (case.statements[name].level or 0) <= 2]
            told = [name for name in row[party.id] if name not in own]
            cells.append({"own": own, "told": told, "others": text.reported[issue][party.id]})
        rows.append({"issue": case.issues[issue].name, "cells": cells, "nobody": text.unattributed[issue]})
    return rows


def _waits(case: Case, text: TextAlone) -> list[str]:
    found = []
    for wait in text.waits:
        names = " and ".join(case.gates[name].name for name in wait.gates)
        under = f"If {reading_label(case, dict(wait.reading))}: " if wait.reading else ""
        behind = f" Behind them waits: {', '.join(case.gates[name].name for name in wait.behind)}." if wait.behind else ""
        found.append(f"{under}each of these needs the other first: {names}.{behind}")
    return found
