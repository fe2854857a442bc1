"""Dates, periods and recurring dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import AfterSignature, NotationError, OnDate, Period, Recurring, add_period, parse_date, parse_period, parse_timing


def test_timings_are_read() -> None:
    assert parse_timing("2025-01-20") == OnDate(date(2025, 1, 20))
    assert parse_timing("signature + P20Y") == AfterSignature(Period(years=20))
    assert parse_timing("2028-11-07 every P4Y") == Recurring(date(2028, 11, 7), Period(years=4))
    assert parse_period("P1Y2M3W4D") == Period(1, 2, 25)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30",
        "2025-1-1",
        "20 January 2025",
        "0000-01-01",
        "signature",
        "signature + 20",
        "2025-01-01 every P0D",
        "٢٠٢٥-٠١-٠١",
    ],
)
def test_what_is_no_timing_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        parse_timing(text)


@pytest.mark.parametrize("text", ["", "P", "20Y", "PT1H", "P-1Y", "P1.5Y", "P12345Y"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        parse_period(text)


def test_a_day_the_month_lacks_becomes_its_last() -> None:
    assert add_period(date(2024, 1, 31), Period(months=1)) == date(2024, 2, 29)
    assert add_period(date(2024, 2, 29), Period(years=1)) == date(2025, 2, 28)
    assert add_period(date(2024, 12, 31), Period(days=1)) == date(2025, 1, 1)
    with pytest.raises(NotationError):
        add_period(date(9999, 12, 31), Period(days=1))


@pytest.mark.property
@given(st.dates(), st.integers(0, 30), st.integers(0, 40), st.integers(0, 400))
def test_dates_and_periods_are_written_as_they_are_read(day: date, years: int, months: int, days: int) -> None:
    assert parse_date(day.isoformat()) == day
    period = Period(years, months, days)
    assert parse_period(str(period)) == period
    if day.year < 9900:
        assert add_period(day, period) >= day
