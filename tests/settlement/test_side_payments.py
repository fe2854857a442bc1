"""Side payments on numeric issues, against the points at many numbers between the listed ones."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.voted import Voted, voted
from tests.strategies import Package
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.settlement import Interval, between_openings, grounds, settle, side_payments
from zopa.settlement.side_payments import joined

PARTS = [Fraction(part, 24) for part in range(25)]


@dataclass
class Numeric(Voted):
    """A case some of whose issues are numbers: option o of a numeric issue is the number `step * o`."""

    steps: dict[int, Fraction] = field(default_factory=dict)

    def number(self, issue: int, option: int) -> Fraction:
        return self.steps[issue] * option

    def literal(self, one: tuple[int, tuple[int, ...]]) -> str:
        issue, options = one
        if issue not in self.steps:
            return super().literal(one)
        return f"i{issue} = {'|'.join(str(self.number(issue, option)) for option in options)}"

    def yaml(self) -> str:
        text = super().yaml()
        for issue, step in self.steps.items():
            listed = ", ".join(f"o{option}" for option in range(self.shape[issue]))
            text = text.replace(
                f"  i{issue}: {{scale: ordered, options: [{listed}]}}\n",
                f"  i{issue}: {{scale: 0..{self.number(issue, self.shape[issue] - 1)}, step: {step}}}\n",
            )
        # A consent that never is needed asks for two options of one issue; see Spec.
        return text.replace("i0 = o0 and i0 = o1", f"{self.literal((0, (0,)))} and {self.literal((0, (1,)))}")

    # Brute force -------------------------------------------------------------------------------

    def asked_in(self, members: tuple[str, ...], party: str, package: Package) -> bool:
        return party in members or (party in self.consent and self.asked(party, package))

    def suits(self, party: str, low: Package, high: Package, part: Fraction) -> bool:
        """Whether a party accepts something between two packages."""
        if party in self.unknown or not all(clause.holds(one) for clause in self.red_lines.get(party, []) for one in (low, high)):
            return False
        return self.value(party, low) * (1 - part) + self.value(party, high) * part >= self.no_deal[party]

    def suits_all(self, low: Package, high: Package, part: Fraction) -> bool:
        if not (self.allowed(low) and self.allowed(high)):
            return False
        return any(
            all(
                self.suits(party, low, high, part)
                for party in self.parties
                if self.asked_in(members, party, low) or self.asked_in(members, party, high)
            )
            for members in self.smallest()
        )


@st.composite
def numeric(draw: st.DrawFn) -> Numeric:
    plain = draw(voted())
    spec = Numeric(**{one.name: getattr(plain, one.name) for one in fields(Voted)})
    for issue in range(len(spec.shape)):
        if draw(st.integers(0, 2)):
            spec.steps[issue] = draw(st.sampled_from([Fraction(1), Fraction(5), Fraction(1, 4)]))
    return spec


def within(number: Fraction, parts: tuple[Interval, ...]) -> bool:
    return any(one.low <= number <= one.high for one in parts)


def along(package: Package, issue: int, count: int) -> list[Package]:
    return [(*package[:issue], option, *package[issue + 1 :]) for option in range(count)]


@pytest.mark.oracle
@pytest.mark.property
@given(numeric(), st.data())
def test_what_suits_whom_agrees_with_many_numbers(spec: Numeric, data: st.DataObject) -> None:
    settlement = settle(spec.case())
    package = data.draw(st.sampled_from(list(spec.packages())))
    found = side_payments(settlement, grounds(settlement, limit=1000), spec.index(package))
    assert [one.issue for one in found] == [f"i{issue}" for issue in range(len(spec.shape))]
    for issue, one in enumerate(found):
        line = along(package, issue, spec.shape[issue])
        check_directions(spec, issue, line, one.rising, one.falling)
        names = [f"{float(spec.number(issue, x)):g}" if issue in spec.steps else f"o{x}" for x in range(spec.shape[issue])]
        asked = [
            party
            for party in spec.parties
            if any(spec.asked_in(members, party, other) for members in spec.smallest() for other in line)
        ]
        assert set(one.accepted) == set(asked)
        for party, options in one.accepted.items():
            assert list(options) == [name for name, other in zip(names, line, strict=True) if spec.says_yes(party, other)]
        assert list(one.options) == [name for name, other in zip(names, line, strict=True) if spec.adopted(other)]
        assert one.between == (issue in spec.steps)
        if not one.between:
            assert not one.ranges
            assert not one.range
            continue
        for place, (low, high) in enumerate(pairwise(line)):
            for part in PARTS:
                number = spec.number(issue, place) + part * spec.steps[issue]
                for party, parts in one.ranges.items():
                    at_end = (part == 0 and spec.says_yes(party, low)) or (part == 1 and spec.says_yes(party, high))
                    beside = spec.suits(party, low, high, part)
                    if 0 < part < 1:
                        assert within(number, parts) == beside
                    else:
                        assert within(number, parts) == at_end
                if 0 < part < 1:
                    assert within(number, one.range) == spec.suits_all(low, high, part)
                else:
                    assert within(number, one.range) == spec.adopted(low if part == 0 else high)
        check_ends(spec, issue, line, one.range)


def check_directions(spec: Numeric, issue: int, line: list[Package], rising: tuple[str, ...], falling: tuple[str, ...]) -> None:
    for party in spec.parties:
        points = [spec.value(party, one) for one in line]
        assert (party in rising) == (points == sorted(points) and points[0] != points[-1]), (issue, party)
        assert (party in falling) == (points == sorted(points, reverse=True) and points[0] != points[-1])


def check_ends(spec: Numeric, issue: int, line: list[Package], found: tuple[Interval, ...]) -> None:
    """Every end is a listed number, or a number at which some party has just its no-deal value."""
    for one in found:
        for end in (one.low, one.high):
            place, rest = divmod(end, spec.steps[issue])
            if rest == 0:
                continue
            low, high, part = line[int(place)], line[int(place) + 1], rest / spec.steps[issue]
            worth = {party: spec.value(party, low) * (1 - part) + spec.value(party, high) * part for party in spec.parties}
            assert any(worth[party] == spec.no_deal[party] for party in spec.parties)
            assert spec.suits_all(low, high, part)


@pytest.mark.oracle
@pytest.mark.property
@given(numeric())
def test_steps_that_open_a_zone_agree_with_the_numbers_on_them(spec: Numeric) -> None:
    settlement = settle(spec.case())
    for ground in grounds(settlement, limit=1000).list:
        members = ground.coalition
        found = {one.issue: one for one in between_openings(settlement, ground, limit=10_000)}
        for issue in spec.steps:
            wanted = {}
            for low in spec.packages():
                if low[issue] + 1 == spec.shape[issue]:
                    continue
                high = (*low[:issue], low[issue] + 1, *low[issue + 1 :])
                asked = [p for p in spec.parties if spec.asked_in(members, p, low) or spec.asked_in(members, p, high)]
                # What suits everybody on a step reaches from somebody's just enough to another's.
                stops = {Fraction(0), Fraction(1)}
                for party in asked:
                    at, then = (spec.value(party, one) - spec.no_deal[party] for one in (low, high))
                    if at != then and 0 <= at / (at - then) <= 1:
                        stops.add(at / (at - then))
                good = [x for x in stops if all(spec.suits(party, low, high, x) for party in asked)]
                if good and spec.allowed(low) and spec.allowed(high):
                    start, step = spec.number(issue, low[issue]), spec.steps[issue]
                    wanted[spec.index(low)] = Interval(start + min(good) * step, start + max(good) * step)
            shown = found.pop(f"i{issue}", None)
            assert {one.lower: one.numbers for one in ([] if shown is None else shown.listed)} == wanted
            assert (0 if shown is None else shown.count) == len(wanted)
        assert not found


def test_the_labour_contract_can_pay_either_side() -> None:
    settlement = settle(load_case(shipped_case("labour-contract")))
    package = settlement.members("middle")[0]
    pay, term, *_ = side_payments(settlement, grounds(settlement), package)
    assert (pay.issue, pay.rising, pay.falling, pay.between) == ("pay", ("bakers",), ("bakery",), True)
    assert dict(pay.rates) == {"bakers": Fraction(10), "bakery": None}
    assert (term.issue, term.rising, term.falling, term.between) == ("term", ("bakery",), ("bakers",), False)
    assert pay.options == ("2", "4", "6")
    assert pay.range == (Interval(Fraction(2), Fraction(6)),)


def test_a_number_between_two_options_opens_a_zone() -> None:
    text = (
        "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: test\nparties: {a: A, b: B}\nissues: {price: {scale: 0..10, step: 10}}\n"
        "preferences:\n  a: {points: {price: [0, 100]}, no_deal: 40}\n  b: {points: {price: [100, 0]}, no_deal: 45}\n"
    )
    reading = read_text(text, Path("t/case.yaml"))
    assert reading.case is not None
    settlement = settle(reading.case)
    assert not len(settlement.zone)
    found = grounds(settlement)
    (one,) = between_openings(settlement, found.list[0])
    assert (one.issue, one.count) == ("price", 1)
    assert one.listed[0].numbers == Interval(Fraction(4), Fraction(11, 2))
    (payment,) = side_payments(settlement, found, 0)
    assert payment.range == (Interval(Fraction(4), Fraction(11, 2)),)
    assert payment.ranges["a"] == (Interval(Fraction(4), Fraction(10)),)
    assert payment.options == ()


def test_intervals_that_touch_are_joined() -> None:
    one, two, far = (Interval(Fraction(a), Fraction(b)) for a, b in ((0, 1), (1, 2), (3, 3)))
    assert joined([far, two, one]) == (Interval(Fraction(0), Fraction(2)), far)
    assert joined([Interval(Fraction(0), Fraction(5)), two]) == (Interval(Fraction(0), Fraction(5)),)


def test_a_number_that_both_just_accept_opens_a_zone() -> None:
    text = (
        "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: test\nparties: {a: A, b: B}\nissues: {price: {scale: 0..10, step: 10}}\n"
        "preferences:\n  a: {points: {price: [0, 100]}, no_deal: 30}\n  b: {points: {price: [100, 0]}, no_deal: LEAST}\n"
    )
    for least, count in (("70", 1), ("70.01", 0)):
        reading = read_text(text.replace("LEAST", least), Path("t/case.yaml"))
        assert reading.case is not None
        settlement = settle(reading.case)
        found = between_openings(settlement, grounds(settlement).list[0])
        assert sum(one.count for one in found) == count
        assert all(one.listed[0].numbers == Interval(Fraction(3), Fraction(3)) for one in found)
