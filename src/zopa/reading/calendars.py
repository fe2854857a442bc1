"""Days, months, seasons and thirds of stretches: what is counted in the calendar.

Nothing here raises: what lies beyond the calendar of ``datetime`` is None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first months, of the northern year


def calendar_date(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_span(year: int, month: int) -> tuple[date, date]:
    """Return first and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def plus_months(day: date, months: int, days: int = 0) -> date | None:
    """Return a date so many months and then days away, or None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    last = monthrange(year, month + 1)[1]
    return shifted(date(year, month + 1, min(day.day, last)), days, "day")


def shifted(day: date, count: int, unit: str) -> date | None:
    """Return a date so many units away; the end of a shorter month stands for a day it lacks."""
    if unit in {"day", "week"}:
        try:
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        except OverflowError:
            return None
    return plus_months(day, count * {"month": 1, "year": 12, "decade": 120}[unit])


def stretch(day: date, period: str, step: int) -> tuple[date | None, date | None]:
    """Return first and last day of the week, month, year ... a date lies in, or of one before or after it."""
    if period in {"week", "weekend"}:
        monday = shifted(day - timedelta(days=min(day.weekday(), day.toordinal() - 1)), step, "week")
        if monday is None:
            return None, None
        return shifted(monday, 5 if period == "weekend" else 0, "day"), shifted(monday, 6, "day")
    if period in SEASONS:
        seasons = [season(day.year + more, period) for more in (-2, -1, 0, 1, 2)]
        if step < 0:
            return max(
                ((first, last) for first, last in seasons if last is not None and last < day), default=(None, None), key=str
            )
        near = [(first, last) for first, last in seasons if first is not None and last is not None and last >= day]
        return near[0] if step == 0 or near[0][0] > day else near[1]
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[period]
    begin = (day.year * 12 + day.month - 1) // months * months + step * months
    year, month = divmod(begin, 12)
    first = calendar_date(year, month + 1, 1)
    return first, None if first is None else plus_months(first, months, -1)


def season(year: int, name: str) -> tuple[date | None, date | None]:
    """Return first and last day of the season that begins in a year."""
    first = calendar_date(year, SEASONS[name], 1)
    return first, None if first is None else plus_months(first, 3, -1)


def third(first: date, last: date, which: int) -> tuple[date, date]:
    """Return a third: whole months of a quarter or more, ten days of a month, else whole days."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months >= 3:
        begin = plus_months(first, months * which // 3) or first
        return begin, last if which == 2 else (plus_months(first, months * (which + 1) // 3, -1) or last)
    days = 10 if months == 1 and first.day == 1 and last.day >= 28 else max(1, ((last - first).days + 1) // 3)
    begin = first + timedelta(days=days * which)
    return begin, last if which == 2 else begin + timedelta(days=days - 1)
