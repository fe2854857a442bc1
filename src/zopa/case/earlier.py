"""A case as of an earlier day: nothing that was said or published later bears on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from zopa.case.derived import derived_digest
from zopa.case.model import Case, Statement
from zopa.case.setting_aside import Gone
from zopa.case.without import without_statements


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case as of a day.

    Attributes
    ----------
    case : Case
        The case; the one given when the day is not before its own.
    gone : tuple of Gone
        What became of what rested on later statements.
    later, undated : tuple of str
        Sources and statements that are set aside, and statements that stay because nothing says when they were
        made: neither they nor their source have a date.
    says : str
        What was done, in a sentence.
    """

    case: Case
    gone: tuple[Gone, ...]
    later: tuple[str, ...]
    undated: tuple[str, ...]
    says: str


def as_of(case: Case, day: date) -> Earlier:
    """Return the case as of a day, without hindsight.

    Parameters
    ----------
    case : Case
        The case.
    day : date
        The last day whose evidence counts.  Who is in office, which gates have passed and which levers can be
        pulled on that day is asked of `zopa.case.at`, as ever.

    Returns
    -------
    Earlier
        Its case obeys the date rule of case files: no statement, and no source, is later than its day.  What is
        set aside has the consequences of `without_statements`.

    Notes
    -----
    A statement made before the day, but known only from a source published after it, is set aside: on that day
    nobody could have read it there.  Hindsight in titles, names, reasons, and in the choice of issues and options
    cannot be seen by a program and stays.
    """
    late = {name for name, one in case.sources.items() if one.date is not None and one.date > day}
    late |= {name for name, one in case.statements.items() if one.source in late or (one.said is not None and one.said > day)}
    later = tuple(name for name in (*case.sources, *case.statements) if name in late)
    undated = tuple(name for name, one in case.statements.items() if name not in late and _undated(case, one))
    if day >= case.as_of:
        says = f"the case knows nothing after {case.as_of}, so as of {day} it is the same"
        return Earlier(case, (), later, undated, says)
    found = without_statements(case, later)
    dropped = sum(name in case.statements for name in later)
    says = f"{dropped} of {len(case.statements)} statements were made, or published, after {day} and are set aside"
    digest = derived_digest(case, "as of", day.isoformat())
    return Earlier(replace(found.case, as_of=day, digest=digest), found.gone, later, undated, says)


def _undated(case: Case, one: Statement) -> bool:
    source = case.sources.get(one.source)
    return one.said is None and (source is None or source.date is None)
