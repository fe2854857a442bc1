"""Dates, periods and recurring dates: ``2025-01-20``, ``signature + P20Y``, ``2028-11-07 every P4Y``."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zopa.case.notation.errors import NotationError

_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_PERIOD: Final = re.compile(r"P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?\Z")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in years, months and days."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        parts = [
            f"{self.years}Y" if self.years else "",
            f"{self.months}M" if self.months else "",
            f"{self.days}D" if self.days else "",
        ]
        return "P" + ("".join(parts) or "0D")


@dataclass(frozen=True, slots=True)
class OnDate:
    """A single date."""

    date: date


@dataclass(frozen=True, slots=True)
class AfterSignature:
    """A stretch of time after the signature of an agreement."""

    period: Period


@dataclass(frozen=True, slots=True)
class Recurring:
    """A first date and the stretch of time after which it comes again."""

    date: date
    period: Period


def parse_date(text: str) -> date:
    """Return a date written as YEAR-MONTH-DAY."""
    text = text.strip()
    match = _DATE.match(text) if text.isascii() else None
    if match is None:
        raise NotationError(f"{text[:40]} is not a date", 0, len(text), "Write it as 2025-01-31.")
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise NotationError(f"there is no day {text}", 0, len(text), "Write a day that exists, such as 2025-01-31.") from error


def parse_period(text: str) -> Period:
    """Return a period in the ISO 8601 form: P20Y, P6M, P90D, P2W."""
    text = text.strip()
    match = _PERIOD.match(text) if text.isascii() else None
    if match is None:
        raise NotationError(f"{text[:40]} is not a period", 0, len(text), "Write P20Y, P6M, P2W or P90D.")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Period(years, months, days + 7 * weeks)


def parse_timing(text: str) -> OnDate | AfterSignature | Recurring:
    """Return when a gate opens."""
    text = text.strip()
    first, plus, period = text.partition("+")
    if plus and first.strip() == "signature":
        return AfterSignature(parse_period(period))
    day, every, period = text.partition(" every ")
    if every:
        found = parse_period(period)
        if found == Period():
            raise NotationError("a period of nothing", 0, len(text), "Write for example `every P4Y`.")
        return Recurring(parse_date(day), found)
    try:
        return OnDate(parse_date(text))
    except NotationError as error:
        raise NotationError(
            error.message, 0, len(text), "Write 2025-01-20, `signature + P20Y`, or `2028-11-07 every P4Y`."
        ) from error


def add_period(day: date, period: Period) -> date:
    """Return the date a period later; a day that the month does not have becomes its last day.

    Raises
    ------
    NotationError
        Beyond the year 9999.
    """
    months = day.year * 12 + day.month - 1 + period.years * 12 + period.months
    year, month = divmod(months, 12)
    try:
        moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return moved + timedelta(days=period.days)
    except (ValueError, OverflowError) as error:
        raise NotationError("the date lies beyond the year 9999", 0, 0, "Write a shorter period.") from error
