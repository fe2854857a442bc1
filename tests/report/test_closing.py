"""What closes the zone, in a sentence."""

from __future__ import annotations

from pathlib import Path

from zopa.case import Case, read_text
from zopa.report.closing import closing_sentence, scale_words
from zopa.settlement import sample

TEXT = """\
zopa: 1
title: t
as_of: 2025-01-01
assume: x
parties: {a: A, b: B}
issues: {i: {options: [p, q, r]}}
assumptions:
  w: {name: Worth of no deal, value: 0..100, SWEEP per: [a, b], assume: not known}
  firm: {name: Firm, value: yes | no, split: yes, labels: {yes: it is a must, no: it is a wish}, assume: two readings}
preferences:
  a: {points: {i: [0, 40..60, 100]}, no_deal: {share: w}, red_lines: {L: {refuses: i = q|r, binds: firm}}}
  b: {points: {i: [100, 40..60, 0]}, no_deal: {share: w}}
"""


def case_of(sweep: str) -> Case:
    reading = read_text(TEXT.replace("SWEEP", sweep), Path("made/case.yaml"))
    assert reading.case is not None, reading.faults
    return reading.case


def said(case: Case) -> str | None:
    return closing_sentence(case, sample(case, draws=300, seed=1))


def test_a_swept_range_leads() -> None:
    case = case_of("sweep: 0..50 | 50..100,")
    words = said(case)
    assert words is not None
    assert words.startswith("The zone closes as Worth of no deal rises: at 0 it exists in all of the assumptions, at ")
    assert scale_words(case, "w").startswith("At 0 no deal is worth as little")
    assert scale_words(case, "firm") == ""


def test_a_falling_effect_is_said_the_right_way_round() -> None:
    # A weight on what both want opens the zone as it rises.
    text = TEXT.replace("no_deal: {share: w}}\n", "no_deal: 60 - w}\n").replace("SWEEP", "sweep: 0..50 | 50..100,")
    text = text.replace("no_deal: {share: w}, red", "no_deal: 60 - w, red")
    reading = read_text(text, Path("made/case.yaml"))
    assert reading.case is not None, reading.faults
    words = said(reading.case)
    assert words is not None
    assert "as Worth of no deal falls" in words


def test_a_zone_that_opens_as_a_range_rises_is_said_so() -> None:
    text = TEXT.replace("no_deal: {share: w}}\n", "no_deal: 50 - w}\n").replace("SWEEP", "sweep: 0..50 | 50..100,")
    text = text.replace("no_deal: {share: w}, red_lines: {L: {refuses: i = q|r, binds: firm}}", "no_deal: 50 - w").replace(
        "firm: {name: Firm, value: yes | no, split: yes,", "firm: {name: Firm, value: yes | no,"
    )
    reading = read_text(text, Path("made/case.yaml"))
    assert reading.case is not None, reading.faults
    words = said(reading.case)
    assert words is not None
    assert "upwards" in words or "falls" in words


def test_a_share_that_goes_up_and_down_is_not_called_closed() -> None:
    text = TEXT.replace("no_deal: {share: w}}\n", "no_deal: 120 - (w - 50) * (w - 50) / 10}\n").replace(
        "no_deal: {share: w}, red_lines: {L: {refuses: i = q|r, binds: firm}}", "no_deal: 120 - (w - 50) * (w - 50) / 10"
    )
    reading = read_text(text.replace("SWEEP", "sweep: 0..100,"), Path("made/case.yaml"))
    assert reading.case is not None, reading.faults
    words = said(reading.case)
    assert words is not None
    assert "goes up and down" in words


def test_without_a_swept_range_the_reading_that_moves_most_leads() -> None:
    words = said(case_of(""))
    assert words is not None
    assert words.startswith("What moves the answer most is one reading: from “it is a must” to “it is a wish”")


def test_a_fixed_case_has_nothing_that_closes_it() -> None:
    text = TEXT.replace("40..60", "50").replace("{share: w}", "10").replace("split: yes, ", "").replace("SWEEP", "")
    case = read_text(text.replace(", binds: firm", ""), Path("made/case.yaml")).case
    assert case is not None
    assert said(case) is None
