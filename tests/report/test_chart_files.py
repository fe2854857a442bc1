"""Charts as files: pictures that stand alone, without scripts, links or names that are not theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.report.chart_files import chart_files
from zopa.settlement import compare_levers, sample, settle


def test_the_charts_of_the_ukraine_case_stand_alone() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settlement, drawn = settle(case), sample(case, draws=16, seed=1)
    levers = compare_levers(case, draws=8)
    files = chart_files(case, settlement, drawn, levers=levers)
    assert {"share-by-level.svg", "changes-by-reading.svg", "zone-by-lever.svg", "gains-by-lever.svg"} <= set(files)
    for name, data in files.items():
        root = ElementTree.fromstring(data)
        assert root.tag == "{http://www.w3.org/2000/svg}svg", name
        assert root.get("aria-label"), name
        text = data.decode("utf-8")
        assert "var(" not in text, name
        assert "inherit" not in text, name
        assert "svg .grid{stroke:#" in text, name
        assert text.count("http") == 1, name
    assert files == chart_files(case, settlement, drawn, levers=levers)
    assert not [name for name in chart_files(case, settlement, drawn) if "lever" in name]


def test_hostile_names_stay_text(make_case: Callable[..., Path]) -> None:
    bad = "<script>x</script>&"
    folder = make_case(
        f"zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: x\nparties: {{a: '{bad}', b: B}}\n"
        "issues: {i: {options: [p, q, r]}}\n"
        "preferences: {a: {points: {i: [0, 1, 2]}, no_deal: 0}, b: {points: {i: [2, 1, 0]}, no_deal: 0}}\n"
    )
    case = load_case(folder)
    for data in chart_files(case, settle(case), None).values():
        assert b"<script" not in data
        ElementTree.fromstring(data)
