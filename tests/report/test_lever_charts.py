"""Pictures of levers: well-formed, within their frame, with every figure in words."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.report.charts import WIDTH
from zopa.report.lever_charts import GainLine, GainMove, ZoneBar, gain_chart, round_ticks, zone_chart

SPAN = st.tuples(st.floats(0, 100), st.floats(0, 100)).map(lambda ends: (min(ends), max(ends)))


def texts(picture: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(picture).iter("text")]


@pytest.mark.property
@given(st.lists(st.tuples(st.none() | SPAN, st.none() | SPAN), min_size=1, max_size=5))
def test_bars_stay_within_the_frame(spans: list[tuple[tuple[float, float] | None, tuple[float, float] | None]]) -> None:
    bars = [ZoneBar(f"<{n}>", one, other, ("before", "after")) for n, (one, other) in enumerate(spans)]
    root = ElementTree.fromstring(zone_chart(bars, 100.0, " %", "T"))
    rows = list(root.iter("rect"))
    assert len(rows) == sum(one is not None for pair in spans for one in pair)
    for row in rows:
        x, wide = float(row.get("x", "")), float(row.get("width", ""))
        assert x >= 19
        assert x + wide <= WIDTH - 170
    words = [one.text for one in root.iter("text")]
    assert words.count("before") == words.count("after") == len(spans)


def test_a_gain_has_its_party_its_colour_and_its_figures() -> None:
    lines = (GainLine("Ann", 0, 1.0, 4.0, "+1 to +4"), GainLine("Ben", 9, -2.0, -2.5, "−2 to −2.5"))
    picture = gain_chart([GainMove("Aid & arms", lines)], "T")
    assert {"Aid & arms", "Ann", "Ben", "+1 to +4", "−2 to −2.5"} <= set(texts(picture))
    circles = [one.get("class") for one in ElementTree.fromstring(picture).iter("circle")]
    assert circles == ["without c0", "with c0", "without c1", "with c1"]


def test_nothing_moves_in_a_picture_of_zeros() -> None:
    assert "0" in texts(gain_chart([GainMove("x", (GainLine("Ann", 0, 0.0, 0.0, "0"),))], "T"))


@pytest.mark.property
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_few_even_and_within(low: float, width: float) -> None:
    high = low + width
    ticks = round_ticks(low, high)
    assert len(ticks) <= 6
    assert all(low - 1e-6 * width <= tick <= high + 1e-6 * width for tick in ticks)
    steps = {round((after - before) / width, 6) for before, after in pairwise(ticks)}
    assert len(steps) <= 1


def test_ticks_of_a_count_are_whole() -> None:
    assert round_ticks(0, 7) == [0, 2, 4, 6]
    assert round_ticks(0, 100) == [0, 20, 40, 60, 80, 100]
    assert round_ticks(3, 3) == [3]
