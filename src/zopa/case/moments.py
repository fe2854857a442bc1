"""A case at a date: which dated gates have passed, who is in office, which levers can be pulled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zopa.case.model import Case, Gate, Lever, Principal
from zopa.case.notation import OnDate, Recurring


@dataclass(frozen=True, slots=True)
class Moment:
    """What holds at a date; ``day`` is None for the time after all dated gates.

    Attributes
    ----------
    day : date or None
        The date looked at.
    passed, ahead : tuple of str
        Dated gates that have and have not passed.
    in_office : mapping of str to str or None
        Who acts for each party that has principals; None where the case names nobody for the day.
    ready, waiting : tuple of str
        Levers that can and cannot be pulled.
    """

    day: date | None
    passed: tuple[str, ...]
    ahead: tuple[str, ...]
    in_office: Mapping[str, str | None]
    ready: tuple[str, ...]
    waiting: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the moment as plain JSON data."""
        return {
            "at": self.day.isoformat() if self.day is not None else None,
            "gates_passed": list(self.passed),
            "gates_ahead": list(self.ahead),
            "in_office": dict(self.in_office),
            "levers_ready": list(self.ready),
            "levers_waiting": list(self.waiting),
        }


def at(case: Case, day: date | None) -> Moment:
    """Return what holds at a date.

    Parameters
    ----------
    case : Case
        The case.
    day : date or None
        None stands for a time at which every dated gate has passed; whoever is last in office acts.

    Notes
    -----
    Gates that hang on a signature have no date yet, and recurring ones (elections) never pass for good;
    both are left to the analysis of holding.  A gate may
    open early where the case says so; that chance is not used here.
    """
    dated = {name: gate for name, gate in case.gates.items() if isinstance(gate.timing, OnDate)}
    passed = tuple(name for name, gate in dated.items() if day is None or _date(gate) <= day)
    in_office = {name: _acting(party.principals, day) for name, party in case.parties.items() if party.principals}
    ready = tuple(name for name, lever in case.levers.items() if _can_be_pulled(lever, day, case))
    return Moment(
        day,
        passed,
        tuple(name for name in dated if name not in passed),
        in_office,
        ready,
        tuple(name for name in case.levers if name not in ready),
    )


def _date(gate: Gate) -> date:
    assert isinstance(gate.timing, OnDate | Recurring)
    return gate.timing.date


def _acting(principals: tuple[Principal, ...], day: date | None) -> str | None:
    found = None
    for principal in principals:
        if day is None:
            if principal.end is None:
                found = principal.id
        elif (principal.start is None or principal.start <= day) and (principal.end is None or day < principal.end):
            found = principal.id
    return found


def _can_be_pulled(lever: Lever, day: date | None, case: Case) -> bool:
    start, end = (_moment(moment, case) for moment in (lever.start, lever.end))
    if day is None:
        return end is None
    return (start is None or start <= day) and (end is None or day < end) and _holder_acts(lever, day, case)


def _moment(moment: date | str | None, case: Case) -> date | None:
    if isinstance(moment, str):
        gate = case.gates.get(moment)
        return _date(gate) if gate is not None and isinstance(gate.timing, OnDate | Recurring) else None
    return moment


def _holder_acts(lever: Lever, day: date, case: Case) -> bool:
    """Return whether the holder of a lever is in office, when it is a principal."""
    party, dot, principal = lever.by.partition(".")
    return not dot or _acting(case.parties[party].principals, day) == principal
