"""What the report says of openings, nearest packages, trades, payments and adjusted winner."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.conftest import CASES
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.report.moving_view import moving_view, winner_sentences
from zopa.settlement import adjusted_winner_of, settle


def view_of(name: str, *, levers: tuple[str, ...] | None = None) -> dict[str, Any]:
    case = load_case(shipped_case(name))
    found: dict[str, Any] = moving_view(case, settle(case, levers=levers))
    return found


def test_an_open_zone_has_starts_and_no_openings() -> None:
    moved = view_of("labour-contract")["moved"]
    assert moved["openings"] == []
    assert moved["starts"][0]["title"] == "From “The middle of everything”"
    headings = [heading for heading, _ in moved["starts"][0]["parts"]]
    assert headings == ["Nearest packages", "Trades", "Side payments"]


def test_an_empty_zone_says_what_would_open_it() -> None:
    case = load_case(CASES / "conflict.yaml")
    moved = moving_view(case, settle(case))["moved"]
    assert moved["openings"][0][0].startswith("What would open a zone")
    assert moved["openings"][0][1]


@pytest.mark.published
def test_panama_as_published() -> None:
    """Brams and Taylor (1996): land and water are split, 2/15 to the United States, and each side has 66 points."""
    (only,) = view_of("panama-1977")["moved"]["winner"]
    assert "13.3 % of Land and water of the zone" in only
    assert only.endswith("Each then has 66 of its 100 points.")


def test_nothing_is_shared_out_where_every_issue_ties() -> None:
    """Equal weights are an assumption of the Ukraine case: a split of its issues would be an artefact."""
    (only,) = view_of("ukraine-2025")["moved"]["winner"]
    assert "nothing to go on" in only


def test_two_splits_where_favouring_one_matters() -> None:
    case = load_case(shipped_case("labour-contract"))
    found = adjusted_winner_of(settle(case))
    assert found is not None
    assert len(winner_sentences(case, found)) == 1
    assert {split.totals for split in found.splits.values()} == {(Fraction(55), Fraction(55))}
