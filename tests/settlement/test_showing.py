"""Results show their figures by name."""

from __future__ import annotations

import io

from rich.console import Console

from tests.conftest import CASES
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.settlement import sample, settle


def test_outcomes_are_flat_and_agree_with_the_result() -> None:
    found = settle(load_case(shipped_case("ukraine-2025")))
    outcomes = found.outcomes()
    assert outcomes["zone.count"] == len(found.zone)
    assert outcomes["zone.open"] is True
    assert outcomes["acceptable.P5"] is False
    assert found.frontier is not None
    assert outcomes["frontier.vectors"] == len(found.frontier.vectors)
    assert {name for name in outcomes if name.startswith("gain.nash.")} == {f"gain.nash.{party}" for party in found.seats}


def test_an_empty_zone_is_shut_and_an_unknown_one_is_not_known() -> None:
    assert settle(load_case(CASES / "conflict.yaml")).outcomes()["zone.open"] is False
    text = "zopa: 1\ntitle: t\nas_of: 2025-01-01\nparties: {a: A}\nissues: {i: {options: [p, q]}}\npreferences: {a: unknown}\n"
    from pathlib import Path

    case = read_text(text, Path("drawn/case.yaml")).case
    assert case is not None
    outcomes = settle(case).outcomes()
    assert (outcomes["zone.open"], outcomes["zone.count"]) == (None, None)


def test_shares_lie_between_none_and_all() -> None:
    drawn = sample(load_case(shipped_case("ukraine-2025")), draws=5, seed=1)
    shares = list(drawn.outcomes().values())
    assert all(isinstance(share, float) and 0 <= share <= 1 for share in shares)
    assert len(shares) == 3 * (1 + len(drawn.bands) + len(drawn.levels))


def test_results_show_themselves_without_markup_of_a_case() -> None:
    found = settle(load_case(CASES / "labour.yaml"))
    assert "<th>zone.count</th>" in found._repr_html_()
    buffer = io.StringIO()
    Console(file=buffer, width=100).print(found)
    assert "zone.count" in buffer.getvalue()
