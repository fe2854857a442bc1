"""What the levers would do, each alone and several together, as the report shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from zopa.case import Case
from zopa.report.lever_charts import GainLine, GainMove, ZoneBar, gain_chart, zone_chart
from zopa.report.lever_words import (
    has_options,
    lever_cells,
    lever_columns,
    lever_rows,
    lever_sentences,
    seen_states,
    share_words,
    together_rows,
    together_states,
)
from zopa.report.plain import CONCEPT_NAMES, package_short, party_name, party_row, short, signed, thousands
from zopa.settlement import LeverComparison, LeverPoint, LeverState, Settlement

_Pair = tuple[str, LeverState, LeverState]


def lever_view(case: Case, settlement: Settlement, found: LeverComparison | None) -> dict[str, Any]:
    """Return what the section on levers shows, under the key ``levered``; None where nothing was compared."""
    if found is None or not found.facts:
        return {"levered": None}
    if settled(found):
        found = replace(found, shares=None)  # every share would be all or nothing, and say what the count says
    pairs = lever_pairs(found)
    concept = leading_concept(pairs)
    moved = [] if concept is None else [pair for pair in pairs if _moves(pair, concept)]
    still = [] if concept is None else [name for name, before, after in pairs if _stays(before, after, concept)]
    rows = [*lever_rows(found), *together_rows(found)]
    picture, in_shares = _zone_picture(found, pairs)
    return {
        "levered": {
            "sentences": lever_sentences(found),
            "beside": has_options(found),
            "columns": lever_columns(found),
            "rows": [lever_cells(found, row) for row in rows],
            "zone_chart": picture,
            "in_shares": in_shares,
            "gain_chart": _gain_picture(case, settlement, moved, concept),
            "seats": [party_row(case, name) for name in settlement.seats],
            "concept": "" if concept is None else CONCEPT_NAMES[concept],
            "points": [] if concept is None else point_rows(case, settlement, pairs, concept),
            "still": ", ".join(still),
            "others": _others(case, settlement, pairs, concept),
        }
    }


def settled(found: LeverComparison) -> bool:
    """Return whether the shares rest on one scenario, because nothing varies."""
    return found.shares is not None and found.shares.readings_count == 1 and found.shares.open.shape[-1] == 1


def lever_pairs(found: LeverComparison) -> list[_Pair]:
    """Return each lever that can be pulled with the states without and with it, then the sets of several levers."""
    pairs = [(found.case.levers[name].name, *seen_states(found, name)) for name, one in found.facts.items() if one.available]
    for title, state in together_states(found):
        pairs.append((title, found.nothing, state))
    return pairs


def leading_concept(pairs: list[_Pair]) -> str | None:
    """Return the first idea of fairness that has a point in some state; the Nash point where there is one."""
    return next((name for name in CONCEPT_NAMES if any(name in one.solutions for pair in pairs for one in pair[1:])), None)


def _moves(pair: _Pair, concept: str) -> bool:
    """Return whether a lever is known to change what a signatory gains at a solution point."""
    before, after = (state.solutions.get(concept) for state in pair[1:])
    if before is None or after is None or before.gains == after.gains:
        return False
    return None not in before.gains.values() and None not in after.gains.values()


def _stays(before: LeverState, after: LeverState, concept: str) -> bool:
    one, other = before.solutions.get(concept), after.solutions.get(concept)
    return one is not None and other is not None and (one.points, one.gains) == (other.points, other.gains)


def point_rows(case: Case, settlement: Settlement, pairs: list[_Pair], concept: str) -> list[dict[str, Any]]:
    """Return for each lever what every signatory gets at a solution point without and with it, where that differs."""
    rows = []
    for name, before, after in pairs:
        if _stays(before, after, concept):
            continue
        one, other = before.solutions.get(concept), after.solutions.get(concept)
        if one is None and other is None and before.open is False and after.open is False:
            continue  # no zone in either state: there is no point to move
        cells = [f"{_point(before, one, seat)}, then {_point(after, other, seat)}" for seat in settlement.seats]
        words = "–" if other is None else package_short(case, settlement.space, other.package)
        if one is not None and other is not None and one.package == other.package:
            words = "the same package"
        rows.append({"name": name, "idea": CONCEPT_NAMES[concept], "cells": cells, "words": words})
    return rows


def _point(state: LeverState, point: LeverPoint | None, seat: str) -> str:
    if point is None:
        return "no zone" if state.open is False else "not known"
    return f"{short(point.points[seat], 1)} ({signed(point.gains[seat])})"


def _others(case: Case, settlement: Settlement, pairs: list[_Pair], first: str | None) -> list[dict[str, Any]]:
    """Return the same for the other ideas of fairness."""
    names = [name for name in CONCEPT_NAMES if name != first and any(name in one.solutions for pair in pairs for one in pair[1:])]
    return [row for name in names for row in point_rows(case, settlement, pairs, name)]


def _zone_picture(found: LeverComparison, pairs: list[_Pair]) -> tuple[Markup | None, bool]:
    """Return the zone without and with each lever where some lever is known to change it, and whether it is in shares."""
    if found.shares is not None:
        bars = [
            ZoneBar(name, _share(found, before), _share(found, after), (_shared(found, before), _shared(found, after)))
            for name, before, after in pairs
        ]
        if _differ(bars):
            title = "Share of the assumptions with a zone without and with each lever; the table below holds the same figures"
            return zone_chart(bars, 100.0, " %", title), True
    bars = [ZoneBar(name, _count(before), _count(after), (_counted(before), _counted(after))) for name, before, after in pairs]
    if not _differ(bars):
        return None, False
    most = max(bar[1] for one in bars for bar in (one.before, one.after) if bar is not None)
    title = "Packages in the zone without and with each lever; the table below holds the same figures"
    return zone_chart(bars, most, "", title), False


def _differ(bars: list[ZoneBar]) -> bool:
    return any(one.before is not None and one.after is not None and one.before != one.after for one in bars)


def _share(found: LeverComparison, state: LeverState) -> tuple[float, float] | None:
    assert found.shares is not None
    span = found.shares.span(state.pulled)
    return None if span is None else (100 * span.lowest / found.shares.draws, 100 * span.highest / found.shares.draws)


def _shared(found: LeverComparison, state: LeverState) -> str:
    return "not known" if _share(found, state) is None else share_words(found, state)


def _count(state: LeverState) -> tuple[float, float] | None:
    return None if state.count is None else (0.0, float(state.count))


def _counted(state: LeverState) -> str:
    return "not known" if state.count is None else thousands(state.count)


def _gain_picture(case: Case, settlement: Settlement, moved: list[_Pair], concept: str | None) -> Markup | None:
    """Return what signatories gain at the leading solution point, for the levers known to change it."""
    if concept is None or not moved:
        return None
    moves = []
    for name, before, after in moved:
        one, other = before.solutions[concept].gains, after.solutions[concept].gains
        lines = tuple(_line(case, seat, one, other) for seat in settlement.seats)
        moves.append(GainMove(name, lines))
    title = (
        f"Gain over no deal at the {CONCEPT_NAMES[concept]} point without and with each lever; the table below holds the figures"
    )
    return gain_chart(moves, title)


def _line(case: Case, seat: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> GainLine:
    place = list(case.parties).index(seat)
    says = f"{signed(before[seat])} to {signed(after[seat])}"
    return GainLine(party_name(case, seat), place, float(before[seat] or 0), float(after[seat] or 0), says)
