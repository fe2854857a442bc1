"""The answer over the assumptions and what decides it, as the report shows them."""

from __future__ import annotations

from typing import Any

from zopa.case import Case, circular_waits
from zopa.report.answer import (
    answer_sentence,
    base_caveat,
    reading_sentences,
    sampling_error,
    tried_words,
    unknown_consents,
    vote_words,
)
from zopa.report.charts import ChangeRow, Level, change_chart, level_chart
from zopa.report.closing import closing_sentence, closing_words, scale_words
from zopa.report.plain import conflict_words, issue_name, party_row, percent, percent_range, reading_label
from zopa.settlement import Sample, Settlement


def answer_view(case: Case, settlement: Settlement, drawn: Sample | None) -> dict[str, Any]:
    """Return what the answer and the section on what decides it show."""
    sampled = drawn if drawn is not None and drawn.spread and not drawn.undecided else None
    changes = [] if sampled is None else change_rows(case, sampled)
    return {
        "headline": _headline(answer_sentence(case, settlement, drawn), closing_sentence(case, drawn)),
        "reading_sentences": reading_sentences(case, settlement, drawn),
        "unknown": unknown_consents(settlement),
        "vote": vote_words(case),
        "fixed": drawn is not None and not drawn.spread,
        "tried": "" if sampled is None else tried_words(sampled),
        "error": "" if sampled is None else sampling_error(sampled),
        "ranges": sampled is not None,
        "base_caveat": base_caveat(case) if sampled is not None else "",
        "levels": [] if sampled is None else level_rows(case, sampled),
        "bands": [] if sampled is None else _band_rows(case, sampled),
        "changes": changes,
        "changes_chart": change_chart(changes, "Change of the share of assumptions with a zone, by reading") if changes else None,
        "opens": _opens(case, sampled),
        "conflict": [
            {"id": item.id, "says": conflict_words(case, item), "because": item.because, "assume": item.assume}
            for item in settlement.conflict
        ],
    }


def _headline(answer: str, closing: str | None) -> str:
    """Return the answer led by what closes the zone."""
    return answer if closing is None else f"{closing} Over all assumptions together {answer[:1].lower()}{answer[1:]}"


def level_rows(case: Case, drawn: Sample) -> list[dict[str, Any]]:
    """Return for each swept range the share with a zone at each level: a picture, a sentence and a table."""
    rows = []
    whole = drawn.draws
    for name in dict.fromkeys(level.assumption for level in drawn.levels):
        levels = [level for level in drawn.levels if level.assumption == name]
        title = issue_name(case, name)
        curve = [
            Level(float(level.value), level.span.lowest / whole, level.span.highest / whole, level.span.possible / whole)
            for level in levels
        ]
        rows.append(
            {
                "name": title,
                "says": f"{closing_words(case, drawn, name)} {scale_words(case, name)}".strip(),
                "chart": level_chart(curve, title, f"Share of assumptions with a zone by {title}"),
                "cells": [
                    (
                        level.band,
                        percent_range(level.span.lowest / whole, level.span.highest / whole),
                        percent(level.span.possible, whole),
                    )
                    for level in levels
                ],
            }
        )
    return rows


def _band_rows(case: Case, drawn: Sample) -> list[tuple[str, str]]:
    return [
        (
            f"{issue_name(case, band.assumption)} {band.band.replace('..', ' to ')}",
            percent_range(band.span.lowest / drawn.draws, band.span.highest / drawn.draws),
        )
        for band in drawn.bands
    ]


def change_rows(case: Case, drawn: Sample) -> list[ChangeRow]:
    """Return what each reading changes, the largest change first; * marks readings under which steps wait for each other."""
    waits = {(key, word) for wait in circular_waits(case.gates, case.assumptions) for key, word in wait.reading.items()}

    def label(key: str, word: str) -> str:
        words = reading_label(case, {key: word})
        return f"{words} *" if (key, word) in waits else words

    rows = [
        ChangeRow(
            label(one.key, one.start),
            label(one.key, one.end),
            100 * one.lowest / drawn.draws,
            100 * one.highest / drawn.draws,
        )
        for one in drawn.changes()
    ]
    return sorted(rows, key=lambda row: -max(abs(row.lowest), abs(row.highest)))


def _opens(case: Case, drawn: Sample | None) -> list[tuple[dict[str, Any], float, float]]:
    if drawn is None:
        return []
    found = []
    for name in dict.fromkeys(name for one in drawn.counted for name in one.opens):
        if case.preferences.get(name) is None or case.preferences[name].kind == "unknown":
            continue  # what a party of which nothing is known could add is shown as such
        counts = [one.opens.get(name, 0) / drawn.draws for one in drawn.counted]
        found.append((party_row(case, name), min(counts), max(counts)))
    return found
