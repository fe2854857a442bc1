"""Who accepts which package, in every draw of an ensemble.

A party accepts a package when its points reach its no-deal value (an exactly met value is met) and no
red line of it is crossed.  Where an input is not known the answer is not known either: ``surely`` and
``possibly`` differ.  A package is adopted when it meets the rules and everybody who is asked says yes:
the signatories always, others when the package holds what needs their consent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import lcm

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, Condition, Party, RedLine, mentioned
from zopa.space.conditions import Truth, certain, packed, truth
from zopa.space.drawing import Integers
from zopa.space.halves import Halves, halves
from zopa.space.judgements import measure
from zopa.space.no_deal import SAFE, Threshold, ends, threshold
from zopa.space.packages import PackageSpace
from zopa.space.partial import Predicate, all_of, opposite, predicate_of, within
from zopa.space.scenario import PartyNumbers, Scenarios

Flags = NDArray[np.bool_]
EXACT_IN_DOUBLE = 2**53
KEPT_CELLS = 16_000_000  # points of one party that are kept for further readings: 128 MB
MATRIX_PACKAGES = 100_000  # above this the matrix of options and packages costs more memory than it saves time


@dataclass(slots=True)
class VerdictCache:
    """What parties say, kept by the numbers it was made from; one cache serves one set of draws and packages.

    The numbers are held as well, so that their identity stays their own (see ``PartyCache``).
    """

    values: dict[tuple[str, int], tuple[Integers | None, Integers | None]] = field(default_factory=dict)
    verdicts: dict[tuple[str, int], tuple[Verdict, PartyNumbers]] = field(default_factory=dict)
    enough: dict[tuple[str, int, str, bytes], tuple[tuple[Integers | None, Threshold | None, Truth], Integers | None]] = field(
        default_factory=dict
    )
    frame: tuple[Flags, Flags] | None = None
    halves: dict[int, tuple[Halves, Integers]] = field(default_factory=dict)
    seen: dict[bytes, int] = field(default_factory=dict)

    def copy(self) -> VerdictCache:
        """Return a cache that knows the same and learns apart."""
        return VerdictCache(
            dict(self.values), dict(self.verdicts), dict(self.enough), self.frame, dict(self.halves), dict(self.seen)
        )

    def number(self, *found: Truth) -> int:
        """Return a number that equal answers share, so that readings which come to the same are found."""
        digest = hashlib.sha256()
        for flags in (part for one in found for part in ((one.surely,) if one.decided else (one.surely, one.possibly))):
            digest.update(repr(flags.shape).encode())
            digest.update(np.ascontiguousarray(flags).data)
        return self.seen.setdefault(digest.digest(), len(self.seen))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one party says to each package; arrays have a row per draw (or one row for all draws).

    Attributes
    ----------
    values : ndarray or None
        Numerators of the points, shape (draws, packages); None when an input is missing, and where eight
        draws share a byte.
    threshold : Threshold or None
        The no-deal value in the same unit.
    enough : Truth
        The points reach the no-deal value.
    crossed : mapping of str to Truth
        For each red line, where it binds and is crossed.
    asked : Truth
        The party has to say yes.
    accepts : Truth
        Enough, and no red line crossed.
    yes : Truth
        Not asked, or accepts: no veto of this party.
    number : int
        Equal for answers that are equal, where a cache was handed in.
    """

    party: str
    values: Integers | None
    threshold: Threshold | None
    enough: Truth
    crossed: Mapping[str, Truth]
    asked: Truth
    accepts: Truth
    yes: Truth
    number: int


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What all parties say to a list of packages.

    Attributes
    ----------
    indices : ndarray of shape (packages,)
        The packages looked at.
    allowed : ndarray
        Which of them meet the rules (one row, or one per draw).
    deals : ndarray of shape (1, packages)
        Which of them count as agreement.
    fits : Truth
        Allowed deals that can be reached at the date looked at.
    parties : mapping of str to Verdict
        One for each party, in file order.
    number : int
        Equal for packages that fit equally, where a cache was handed in.
    """

    scenarios: Scenarios = field(repr=False)
    indices: NDArray[np.intp]
    allowed: Flags
    deals: Flags
    fits: Truth
    parties: Mapping[str, Verdict]
    number: int

    @cached_property
    def adopted(self) -> Truth:
        """Allowed deals to which everybody asked says yes; this is the zone."""
        return _agreed(self.scenarios, self.parties, self.indices) & self.fits

    @property
    def key(self) -> tuple[int, ...]:
        """What the zone hangs on, when a cache was handed in: equal keys are equal zones."""
        return (self.number, *(verdict.number for verdict in self.parties.values()))


def fixed_rules(space: PackageSpace, case: Case) -> Flags:
    """Return which packages meet the rules that mention no assumption, one flag per package."""
    met: Flags = np.ones((1,) * len(space.shape), dtype=np.bool_)
    for rule in case.rules.values():
        if not _mentions_assumption(rule.condition, case):
            met = met & truth(rule.condition, space, {}).surely
    return space.flat(met)


def deal_packages(space: PackageSpace, case: Case) -> Flags:
    """Return which packages count as agreement, one flag per package.

    By default that is every package but the one in force (when that is fully known).
    """
    if case.deal is not None:
        return space.flat(truth(case.deal, space, {}).surely)
    everything = np.ones(space.size, dtype=np.bool_)
    now = {issue.id: issue.now for issue in space.issues}
    if all(option is not None for option in now.values()) and now:
        everything[space.index({issue: option for issue, option in now.items() if option is not None})] = False
    return everything


def deal_predicate(space: PackageSpace, case: Case) -> Predicate:
    """Return the same as a predicate, for spaces whose packages cannot be listed."""
    if case.deal is not None:
        return predicate_of(case.deal, space, {}, unknown=False)
    places = [None if issue.now is None else issue.option_ids().index(issue.now) for issue in space.issues]
    known = [place for place in places if place is not None]
    if not places or len(known) < len(places):
        return True
    kept = [within(axis, 1 << place, space.shape[axis]) for axis, place in enumerate(known)]
    return opposite(all_of(kept), space.shape)


def _mentions_assumption(condition: Condition, case: Case) -> bool:
    return any(name in case.assumptions for name in mentioned(condition))


def condition_on(scenarios: Scenarios, condition: Condition, indices: NDArray[np.intp]) -> Truth:
    """Return where a condition over issues and assumptions holds, one row for all draws or one per draw."""
    groups = scenarios.condition_values(condition)
    space = scenarios.space
    rows = []
    for values, draws in groups:
        found = truth(condition, space, values)
        rows.append((draws, space.flat(found.surely)[indices], space.flat(found.possibly)[indices]))
    if len(rows) == 1:
        return (
            certain(rows[0][1][None, :]) if (rows[0][1] == rows[0][2]).all() else Truth(rows[0][1][None, :], rows[0][2][None, :])
        )
    surely, possibly = (np.empty((scenarios.draws, len(indices)), dtype=np.bool_) for _ in range(2))
    for draws, sure, maybe in rows:
        surely[draws], possibly[draws] = sure, maybe
    return Truth(surely, possibly)


def package_values(numbers: PartyNumbers, scenarios: Scenarios, indices: NDArray[np.intp]) -> Integers | None:
    """Return the points of packages as exact numerators, shape (draws, packages).

    One draw, and draws over many packages, are summed over the whole grid by broadcasting; many draws over
    few packages go through one matrix product in doubles, which is exact because every partial sum stays
    below 2**53.  Where that bound does not hold, Python integers are used.
    """
    if numbers.points is None:
        return None
    points = numbers.points
    space = scenarios.space
    offsets = space.offsets
    largest = _largest_sum(points, offsets) + sum(int(np.abs(extra).max(initial=0)) for _, extra in numbers.bonuses)
    if points.dtype == object and largest < EXACT_IN_DOUBLE:
        points = points.astype(np.int64)
    if points.dtype == object or largest >= EXACT_IN_DOUBLE:
        values = _by_grid(points.astype(object), space, indices)
    elif len(points) == 1 or len(indices) > MATRIX_PACKAGES:
        values = _by_grid(points.astype(np.int32) if largest < 2**31 else points, space, indices)
    else:
        digits = space.digits(indices)
        chosen = np.zeros((offsets[-1], len(indices)))
        for axis in range(len(space.shape)):
            chosen[offsets[axis] + digits[:, axis], np.arange(len(indices))] = 1.0
        values = (points.astype(np.float64) @ chosen).astype(np.int64)
    for when, extra in numbers.bonuses:
        met = condition_on(scenarios, when, indices).surely
        values = values + np.where(met, extra[:, None], 0)
    return values


def _largest_sum(points: Integers, offsets: tuple[int, ...]) -> int:
    total = 0
    for start, end in pairwise(offsets):
        part = points[:, start:end]
        if part.size:
            total += max(abs(int(part.max())), abs(int(part.min())))
    return total


def _by_grid(points: Integers, space: PackageSpace, indices: NDArray[np.intp]) -> Integers:
    """Sum the options over the whole grid, issue by issue, then pick the packages."""
    offsets = space.offsets
    rows = []
    for row in points:
        total = np.zeros((1,) * len(space.shape), dtype=points.dtype)
        for axis, (start, end) in enumerate(pairwise(offsets)):
            shape = [1] * len(space.shape)
            shape[axis] = end - start
            total = total + row[start:end].reshape(shape)
        flat = np.ascontiguousarray(total).reshape(-1)
        rows.append(flat if len(indices) == space.size else flat[indices])
    return np.stack(rows) if len(rows) > 1 else rows[0][None, :]


def reaches(values: Integers, bound: Threshold) -> Flags:
    """Return where points reach a no-deal value, compared exactly."""
    return np.asarray(values >= bound.whole[:, None], dtype=np.bool_)


def signing_truth(scenarios: Scenarios, party: Party) -> Truth:
    """Return in which draws a party signs: one row for all draws, or one each."""
    seats: list[str | None] = [party.seat]
    if party.seat is None and party.seat_by is not None:
        words, choice = scenarios.drawer.assumption_words(party.seat_by, party.id, "")
        seats = [words[number] for number in choice.tolist()]
        seats = seats[:1] if len(set(seats)) == 1 else seats
    signs = np.array([seat == "signatory" for seat in seats])[:, None]
    unknown = np.array([seat == "unknown" for seat in seats])[:, None]
    return Truth(signs, signs | unknown) if unknown.any() else certain(signs)


def consent_truth(scenarios: Scenarios, party: Party, indices: NDArray[np.intp]) -> Truth:
    """Return in which packages the consent of a party is needed, should it not sign."""
    if party.consent_if is None:
        return certain(np.zeros((1, 1), dtype=np.bool_))
    return condition_on(scenarios, party.consent_if, indices)


def seat_truth(scenarios: Scenarios, party: Party, indices: NDArray[np.intp]) -> Truth:
    """Return where a party has to say yes: always (signatory), where its consent is needed, or never."""
    return signing_truth(scenarios, party) | consent_truth(scenarios, party, indices)


def signatories(scenarios: Scenarios, draw: int = 0) -> tuple[str, ...]:
    """Return the parties that sign in one draw; a seat that is not known counts as one that signs."""
    found = []
    for party in scenarios.case.parties.values():
        seat = party.seat
        if seat is None and party.seat_by is not None:
            words, choice = scenarios.drawer.assumption_words(party.seat_by, party.id, "")
            seat = words[int(choice[draw])]  # type: ignore[assignment]
        if seat in {"signatory", "unknown"}:
            found.append(party.id)
    return tuple(found)


def judge(
    scenarios: Scenarios,
    indices: NDArray[np.intp],
    *,
    available: Flags | None = None,
    cache: VerdictCache | None = None,
    pack: bool = False,
) -> Verdicts:
    """Return what every party says to packages.

    Parameters
    ----------
    scenarios : Scenarios
        The numbers, under one reading.
    indices : ndarray of shape (packages,)
        The packages; to take part of a no-deal share all allowed ones must be among them.
    available : ndarray of shape (packages,), optional
        Packages that can be reached at the date looked at (all by default).
    cache : VerdictCache, optional
        Shared by the readings and bands of the same draws and packages: what a reading does not touch is
        computed once.
    pack : bool
        Hold eight draws in a byte, which makes many readings of an ensemble quick; not under a voting
        rule, where yeses are counted.

    Returns
    -------
    Verdicts
        With the zone as ``adopted``.
    """
    case = scenarios.case
    allowed, deals = _frame(scenarios, indices, cache)
    parties: dict[str, Verdict] = {}
    for name, party in case.parties.items():
        parties[name] = _verdict(scenarios, party, indices, allowed, cache, pack)
    fit = allowed & deals
    if available is not None:
        fit = fit & available[None, :]
    fits = packed(certain(fit)) if pack else certain(fit)
    return Verdicts(scenarios, indices, allowed, deals, fits, parties, 0 if cache is None else cache.number(fits))


def _frame(scenarios: Scenarios, indices: NDArray[np.intp], cache: VerdictCache | None) -> tuple[Flags, Flags]:
    """Return which packages meet the rules, and which count as agreement."""
    case = scenarios.case
    fixed = cache is not None and not any(_mentions_assumption(rule.condition, case) for rule in case.rules.values())
    if cache is not None and fixed and cache.frame is not None:
        return cache.frame
    allowed: Flags = np.ones((1, len(indices)), dtype=np.bool_)
    for rule in case.rules.values():
        allowed = allowed & condition_on(scenarios, rule.condition, indices).surely
    deals = deal_packages(scenarios.space, case)[indices][None, :]
    if cache is not None and fixed:
        cache.frame = (allowed, deals)
    return allowed, deals


def _verdict(
    scenarios: Scenarios,
    party: Party,
    indices: NDArray[np.intp],
    allowed: Flags,
    cache: VerdictCache | None,
    pack: bool,
) -> Verdict:
    numbers = scenarios.parties[party.id]
    key = (party.id, id(numbers))
    if cache is not None and key in cache.verdicts:
        return cache.verdicts[key][0]
    values, bound, enough = _enough(scenarios, numbers, indices, allowed, cache, pack)
    crossed: dict[str, Truth] = {}
    accepts = enough
    for line in _red_lines(scenarios, party.id):
        where = condition_on(scenarios, line.refuses, indices)
        binding = numbers.binds[line.id][:, None]
        if (binding == binding[0]).all():
            binding = binding[:1]
        bound_by = certain(binding == 1) if (binding >= 0).all() else Truth(binding == 1, binding != 0)
        hit = packed(where) & packed(bound_by) if pack else where & bound_by
        crossed[line.id] = hit
        accepts = accepts & ~hit
    asked = seat_truth(scenarios, party, indices)
    if pack:
        asked = packed(asked)
    yes = ~asked | accepts
    # Under a vote it matters who accepts, not only who has no veto; without, who is asked at all.
    heard = (yes, asked) if scenarios.case.agreement.need is None else (yes, asked, accepts)
    number = 0 if cache is None else cache.number(*heard)
    verdict = Verdict(party.id, values, bound, enough, crossed, asked, accepts, yes, number)
    if cache is not None:
        cache.verdicts[key] = (verdict, numbers)
    return verdict


def _enough(
    scenarios: Scenarios,
    numbers: PartyNumbers,
    indices: NDArray[np.intp],
    allowed: Flags,
    cache: VerdictCache | None,
    pack: bool,
) -> tuple[Integers | None, Threshold | None, Truth]:
    """Return points, the no-deal value, and where the points reach it; red lines and seats do not touch these."""
    no_deal = numbers.no_deal
    key = None
    fixed = cache is not None and cache.frame is not None and allowed is cache.frame[0]
    if fixed and no_deal is not None and no_deal.values is not None and no_deal.values.dtype != object:
        moved = b"" if no_deal.moved is None else no_deal.moved.key
        key = (numbers.party, id(numbers.points), no_deal.kind, no_deal.values.tobytes() + moved)
        if cache is not None and key in cache.enough:
            return cache.enough[key][0]
    values: Integers | None = None
    if pack and len(allowed) == 1 and (parts := party_halves(numbers, scenarios.space, cache)) is not None:
        bound, enough = _by_halves(scenarios, numbers, parts, indices, allowed[0])
    else:
        values = _values(scenarios, numbers, indices, cache)
        bound, enough = _by_values(scenarios, numbers, values, allowed, pack)
    found = (None if pack else values, bound, enough)
    if cache is not None and key is not None and (pack or values is None or values.size <= KEPT_CELLS):
        cache.enough[key] = (found, numbers.points)
    return found


def _unknown(pack: bool) -> Truth:
    found = Truth(np.zeros((1, 1), dtype=np.bool_), np.ones((1, 1), dtype=np.bool_))
    return packed(found) if pack else found


def _by_values(
    scenarios: Scenarios, numbers: PartyNumbers, values: Integers | None, allowed: Flags, pack: bool
) -> tuple[Threshold | None, Truth]:
    bound = None if values is None else threshold(numbers, scenarios, lambda: ends(values, allowed))
    if values is None or bound is None:
        return bound, _unknown(pack)
    enough = certain(reaches(values, bound))
    return bound, packed(enough) if pack else enough


def _by_halves(
    scenarios: Scenarios, numbers: PartyNumbers, parts: Halves, indices: NDArray[np.intp], allowed: Flags
) -> tuple[Threshold | None, Truth]:
    """Return the same as by values, in bytes, without adding up the points of every package."""
    whole = np.zeros(scenarios.space.size, dtype=np.bool_)
    whole[indices] = allowed
    bound = threshold(numbers, scenarios, lambda: parts.ends(whole))
    if bound is None:
        return None, _unknown(True)
    if bound.whole.dtype == object or int(np.abs(bound.whole).max(initial=0)) >= SAFE:
        return _by_values(scenarios, numbers, package_values(numbers, scenarios, indices), allowed[None, :], True)
    return bound, certain(parts.reaching(bound.whole, indices))


def simple_points(case: Case) -> bool:
    """Return whether every party's points add up over issues in 64 bits, and the rules hang on no assumption."""
    if measure(case).wide or any(_mentions_assumption(rule.condition, case) for rule in case.rules.values()):
        return False
    return not any(preferences.bonuses for preferences in case.preferences.values())


def party_halves(numbers: PartyNumbers, space: PackageSpace, cache: VerdictCache | None) -> Halves | None:
    """Return a party's points in halves; None where they do not add up over issues, or need Python integers."""
    points = numbers.points
    if points is None or points.dtype == object or numbers.bonuses or _largest_sum(points, space.offsets) >= SAFE:
        return None
    if cache is None:
        return halves(points, space)
    if id(points) not in cache.halves:
        cache.halves[id(points)] = (halves(points, space), points)
    return cache.halves[id(points)][0]


def _values(
    scenarios: Scenarios, numbers: PartyNumbers, indices: NDArray[np.intp], cache: VerdictCache | None
) -> Integers | None:
    if cache is None:
        return package_values(numbers, scenarios, indices)
    key = (numbers.party, id(numbers.points))
    if key not in cache.values:
        values = package_values(numbers, scenarios, indices)
        if values is None or values.size > KEPT_CELLS:
            return values
        cache.values[key] = (values, numbers.points)
    return cache.values[key][0]


def _red_lines(scenarios: Scenarios, party: str) -> tuple[RedLine, ...]:
    preferences = scenarios.case.preferences.get(party)
    return () if preferences is None else preferences.red_lines


def _agreed(scenarios: Scenarios, parties: Mapping[str, Verdict], indices: NDArray[np.intp]) -> Truth:
    """Return where everybody who is asked says yes, or the votes needed are there."""
    need = scenarios.case.agreement.need
    count = len(indices)
    if need is None:
        kind = next((verdict.yes.surely.dtype for verdict in parties.values()), np.dtype(np.bool_))
        yes = certain(np.full((1, count), 255 if kind == np.uint8 else True, dtype=kind))
        for verdict in parties.values():
            yes = yes & verdict.yes
        return yes
    case = scenarios.case
    signing = {name: signing_truth(scenarios, party) for name, party in case.parties.items()}
    votes = case.agreement.votes or dict.fromkeys(signing, Fraction(1))
    scale = lcm(*(weight.denominator for weight in [*votes.values(), need]))
    surely, possibly = (np.zeros((1, count), dtype=np.int64) for _ in range(2))
    for name, signs in signing.items():
        weight = int(votes.get(name, Fraction(0)) * scale)
        yes_votes = signs & parties[name].accepts
        surely = surely + weight * yes_votes.surely
        possibly = possibly + weight * yes_votes.possibly
    yes = Truth(surely >= int(need * scale), possibly >= int(need * scale))
    for name in case.agreement.veto:
        yes = yes & (~signing[name] | parties[name].accepts)
    for name, party in case.parties.items():
        # A signatory votes; whoever does not sign must agree where the package needs its consent.
        asked = consent_truth(scenarios, party, indices) & ~signing[name]
        yes = yes & (~asked | parties[name].accepts)
    return yes
