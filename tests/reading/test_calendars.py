"""Days, months, seasons and thirds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.calendars import calendar_date, month_span, plus_months, season, shifted, stretch, third

DAY = date(2025, 1, 10)


def test_dates_that_do_not_exist() -> None:
    assert calendar_date(2024, 2, 29) == date(2024, 2, 29)
    assert calendar_date(2025, 2, 29) is None
    assert calendar_date(10_000, 1, 1) is None


def test_months_end_where_the_calendar_ends_them() -> None:
    assert month_span(2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))
    assert plus_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert plus_months(date(2025, 1, 1), 3, -1) == date(2025, 3, 31)
    assert plus_months(date.max, 1) is None


@pytest.mark.parametrize(
    ("count", "unit", "wanted"),
    [
        (-3, "day", date(2025, 1, 7)),
        (2, "week", date(2025, 1, 24)),
        (-2, "month", date(2024, 11, 10)),
        (1, "decade", date(2035, 1, 10)),
        (10_000, "year", None),
        (10**9, "day", None),
    ],
)
def test_shifts(count: int, unit: str, wanted: date | None) -> None:
    assert shifted(DAY, count, unit) == wanted


@pytest.mark.parametrize(
    ("period", "step", "first", "last"),
    [
        ("week", 0, "2025-01-06", "2025-01-12"),
        ("weekend", 1, "2025-01-18", "2025-01-19"),
        ("month", -1, "2024-12-01", "2024-12-31"),
        ("quarter", 1, "2025-04-01", "2025-06-30"),
        ("decade", 0, "2020-01-01", "2029-12-31"),
        ("summer", -1, "2024-06-01", "2024-08-31"),
        ("winter", 0, "2024-12-01", "2025-02-28"),
        ("winter", 1, "2025-12-01", "2026-02-28"),
    ],
)
def test_stretches(period: str, step: int, first: str, last: str) -> None:
    assert stretch(DAY, period, step) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_season_beyond_the_calendar() -> None:
    assert season(2024, "autumn") == (date(2024, 9, 1), date(2024, 11, 30))
    assert season(9999, "winter") == (date(9999, 12, 1), None)


@pytest.mark.property
@given(st.dates(date(1, 1, 1), date(9990, 1, 1)), st.integers(0, 4000))
def test_thirds_tile_a_stretch(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    thirds = [third(first, last, which) for which in range(3)]
    assert thirds[0][0] == first
    if length >= 2:
        assert thirds[2][1] == last
        assert thirds[1][0] == thirds[0][1] + timedelta(days=1)
        assert thirds[2][0] == thirds[1][1] + timedelta(days=1)


@pytest.mark.property
@given(st.dates(date(20, 1, 1), date(9980, 1, 1)), st.sampled_from(["week", "month", "quarter", "year", "decade"]))
def test_a_stretch_holds_its_day_and_meets_its_neighbours(day: date, period: str) -> None:
    (before, before_end), (first, last), (after, _) = (stretch(day, period, step) for step in (-1, 0, 1))
    assert before is not None
    assert first is not None
    assert last is not None
    assert before < first <= day <= last
    assert before_end == first - timedelta(days=1)
    assert last + timedelta(days=1) == after
