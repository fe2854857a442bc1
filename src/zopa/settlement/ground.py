"""What every party makes of every package, on one scale: the ground on which movements are looked for.

Gains over no deal of all parties stand over one denominator, so that they add up and compare exactly.
Under a voting rule there is one ground for each smallest coalition that carries a package: its members
are asked, other signatories are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.settle import Settlement
from zopa.settlement.voting_rule import smallest_coalitions, voting_rule
from zopa.space import Truth, condition_on, signing_truth

Flags = NDArray[np.bool_]
Whole = NDArray[Any]  # 32 or 64 bits, or Python integers
NARROW: Final = 2**31
WIDE: Final = 2**62
MOST_COALITIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Ground:
    """Who is asked, who refuses outright, and what each party gains; arrays hold one entry per package.

    Attributes
    ----------
    shape : tuple of int
        Number of options of each issue.
    fit : ndarray of bool
        Allowed deals that can be had on the date looked at.
    asked : mapping of str to ndarray of bool
        Where each party has to say yes, surely or possibly; parties that are never asked are left out.
    clear : mapping of str to ndarray of bool
        Where no red line of the party is crossed, not even possibly.
    gains : mapping of str to ndarray or None
        Gain over no deal as numerators over ``denominator``; None where an input is missing.
    denominator : int
        Shared by all parties.
    coalition : tuple of str
        The signatories whose yes is looked for: all of them, or a coalition under a voting rule.
    """

    shape: tuple[int, ...]
    fit: Flags
    asked: Mapping[str, Flags]
    clear: Mapping[str, Flags]
    gains: Mapping[str, Whole | None]
    denominator: int
    coalition: tuple[str, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """Parties that are heard and of whom points or the no-deal value are missing."""
        return tuple(name for name in self.heard if self.gains[name] is None)

    @property
    def heard(self) -> tuple[str, ...]:
        """Parties that have to say yes to some package that fits, surely or possibly."""
        return tuple(name for name, where in self.asked.items() if (where & self.fit).any())

    def points(self, numerator: int) -> Fraction:
        """Return a numerator as points."""
        return Fraction(int(numerator), self.denominator)

    def accepts(self, party: str) -> Flags:
        """Return where a party surely accepts."""
        gain = self.gains[party]
        nothing: Flags = np.zeros(len(self.fit), dtype=np.bool_)
        return nothing if gain is None else self.clear[party] & np.asarray(gain >= 0, dtype=np.bool_)

    def clear_packages(self) -> NDArray[np.intp]:
        """Return the fit packages that cross no red line and ask nobody of whom an input is missing."""
        kept = self.fit.copy()
        for name, gain in self.gains.items():
            kept &= ~self.asked[name] if gain is None else ~self.asked[name] | self.clear[name]
        return np.flatnonzero(kept)


@dataclass(frozen=True, slots=True)
class Grounds:
    """The grounds of a settlement, one for each coalition looked at (one alone under unanimity).

    ``complete`` is False when there are more coalitions than were looked at.
    """

    list: tuple[Ground, ...]
    complete: bool


def grounds(settlement: Settlement, limit: int = MOST_COALITIONS) -> Grounds:
    """Return the ground of a settlement, or one for each smallest coalition under a voting rule.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    limit : int
        Most coalitions looked at.

    Notes
    -----
    A coalition's members are asked everywhere, other signatories are not, and others than signatories where
    their consent is needed.  A seat of whom it is not known whether it signs is in no coalition; its veto and
    its consent count.
    """
    verdicts, size = settlement.verdicts, settlement.space.size
    fit = (verdicts.allowed & verdicts.deals)[0] & settlement.available
    gains, denominator = _gains(settlement)
    clear: dict[str, Flags] = {}
    for name, verdict in verdicts.parties.items():
        clear[name] = np.ones(size, dtype=np.bool_)
        for crossed in verdict.crossed.values():
            clear[name] &= ~_row(crossed.possibly, size)

    def ground(asked: Mapping[str, Flags], coalition: tuple[str, ...]) -> Ground:
        heard = {name: where for name, where in asked.items() if where.any()}
        return Ground(
            settlement.space.shape,
            fit,
            heard,
            {name: clear[name] for name in heard},
            {name: gains[name] for name in heard},
            denominator,
            coalition,
        )

    if settlement.case.agreement.need is None:
        asked = {name: _row(verdict.asked.possibly, size) for name, verdict in verdicts.parties.items()}
        return Grounds((ground(asked, settlement.seats),), True)
    consent = {name: _asked_outside(settlement, name) for name in verdicts.parties}
    everywhere: Flags = np.ones(size, dtype=np.bool_)
    sure = tuple(name for name in settlement.seats if _signs(settlement, name).surely[0, 0])
    coalitions, complete = smallest_coalitions(voting_rule(settlement.case, sure), limit)
    found = [ground({name: everywhere if name in one else consent[name] for name in consent}, one) for one in coalitions]
    return Grounds(tuple(found), complete)


def _signs(settlement: Settlement, name: str) -> Truth:
    return signing_truth(settlement.scenarios, settlement.case.parties[name])


def _asked_outside(settlement: Settlement, name: str) -> Flags:
    """Return where a party that is in no coalition has to say yes all the same."""
    size, party, signs = settlement.space.size, settlement.case.parties[name], _signs(settlement, name)
    if signs.surely[0, 0]:
        return np.zeros(size, dtype=np.bool_)
    if signs.possibly[0, 0] and name in settlement.case.agreement.veto:
        return np.ones(size, dtype=np.bool_)
    if party.consent_if is None:
        return np.zeros(size, dtype=np.bool_)
    return _row(condition_on(settlement.scenarios, party.consent_if, np.arange(size)).possibly, size)


def _row(flags: Flags, size: int) -> Flags:
    return np.asarray(np.broadcast_to(flags, (1, size))[0])


def _gains(settlement: Settlement) -> tuple[dict[str, Whole | None], int]:
    """Return everybody's gains over one denominator, in the narrowest whole numbers in which sums stay exact."""
    verdicts = settlement.verdicts.parties
    no_deal = {name: settlement.no_deal(name) for name in verdicts}
    units = {name: int(settlement.scenarios.parties[name].unit[0]) for name in verdicts}
    known = {name: value for name, value in no_deal.items() if value is not None and verdicts[name].values is not None}
    common = lcm(*(units[name] for name in known), *(value.denominator for value in known.values()))
    largest = 0
    for name, value in known.items():
        row = _values(settlement, name)
        ends = max(abs(int(row.max())), abs(int(row.min()))) if len(row) else 0
        largest = max(largest, ends * (common // units[name]) + abs(int(value * common)))
    bound = largest * 2 * max(len(known), 1)
    kind: Any = np.int32 if bound < NARROW else np.int64 if bound < WIDE else object
    found: dict[str, Whole | None] = dict.fromkeys(verdicts, None)
    for name, value in known.items():
        row = _values(settlement, name).astype(kind)
        row *= common // units[name]
        row -= int(value * common)
        found[name] = row
    return found, common


def _values(settlement: Settlement, party: str) -> Whole:
    values = settlement.verdicts.parties[party].values
    assert values is not None
    return np.asarray(values[0])
