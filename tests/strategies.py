"""Whole cases, drawn at random, with a brute-force answer that shares no code with the product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from pathlib import Path

from hypothesis import strategies as st

from zopa.case import Case, read_text

Package = tuple[int, ...]


@dataclass
class Clause:
    """`not all of` literals (issue, options), or `if all of these then one of those`."""

    when: list[tuple[int, tuple[int, ...]]]
    then: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def holds(self, package: Package) -> bool:
        met = all(package[issue] in options for issue, options in self.when)
        return not met or any(package[issue] in options for issue, options in self.then)


@dataclass
class Spec:
    """A case as plain data; options are numbered, issue i is called i0, i1 …"""

    parties: list[str]
    shape: list[int]
    points: dict[str, list[list[Fraction]]]
    no_deal: dict[str, Fraction]
    rules: list[Clause] = field(default_factory=list)
    red_lines: dict[str, list[Clause]] = field(default_factory=dict)
    consent: dict[str, list[tuple[int, tuple[int, ...]]]] = field(default_factory=dict)

    def literal(self, one: tuple[int, tuple[int, ...]]) -> str:
        issue, options = one
        return f"i{issue} = {'|'.join(f'o{option}' for option in options)}"

    def rule_text(self, clause: Clause) -> str:
        when = " and ".join(self.literal(one) for one in clause.when)
        if not clause.then:
            return f"not ({when})"
        return f"({' or '.join(self.literal(one) for one in clause.then)}) if ({when})"

    def yaml(self) -> str:
        lines = ["zopa: 1", "title: A drawn case", "as_of: 2025-01-01", "assume: drawn at random", "parties:"]
        for party in self.parties:
            if party in self.consent:
                need = " or ".join(self.literal(one) for one in self.consent[party]) or "i0 = o0 and i0 = o1"
                lines.append(f"  {party}: {{name: Party {party}, seat: guarantor, consent_if: {need}}}")
            else:
                lines.append(f"  {party}: Party {party}")
        lines.append("issues:")
        for number, count in enumerate(self.shape):
            lines.append(f"  i{number}: {{scale: ordered, options: [{', '.join(f'o{option}' for option in range(count))}]}}")
        if self.rules:
            lines.append("rules:")
            lines += [f"  R{number}: {self.rule_text(clause)}" for number, clause in enumerate(self.rules)]
        lines.append("preferences:")
        for party in self.parties:
            lines.append(f"  {party}:")
            lines.append("    points:")
            for number, row in enumerate(self.points[party]):
                lines.append(f"      i{number}: [{', '.join(str(value) for value in row)}]")
            lines.append(f"    no_deal: {self.no_deal[party]}")
            if self.red_lines.get(party):
                lines.append("    red_lines:")
                for number, clause in enumerate(self.red_lines[party]):
                    refuses = " and ".join(self.literal(one) for one in clause.when)
                    lines.append(f"      L{party}{number}: {{refuses: {refuses}}}")
        return "\n".join(lines) + "\n"

    def case(self) -> Case:
        reading = read_text(self.yaml(), Path("drawn/case.yaml"))
        assert reading.case is not None, "\n".join(map(str, reading.findings)) + "\n" + self.yaml()
        return reading.case

    # Brute force -------------------------------------------------------------------------------

    def packages(self) -> Iterable[Package]:
        return product(*(range(count) for count in self.shape))

    def index(self, package: Package) -> int:
        found = 0
        for digit, count in zip(package, self.shape, strict=True):
            found = found * count + digit
        return found

    def value(self, party: str, package: Package) -> Fraction:
        return sum((self.points[party][issue][option] for issue, option in enumerate(package)), Fraction(0))

    def accepts(self, party: str, package: Package) -> bool:
        if self.value(party, package) < self.no_deal[party]:
            return False
        return all(clause.holds(package) for clause in self.red_lines.get(party, []))

    def asked(self, party: str, package: Package) -> bool:
        if party not in self.consent:
            return True
        return any(package[issue] in options for issue, options in self.consent[party])

    def allowed(self, package: Package) -> bool:
        return all(clause.holds(package) for clause in self.rules)

    def zone(self) -> list[Package]:
        return [
            package
            for package in self.packages()
            if self.allowed(package)
            and all(not self.asked(party, package) or self.accepts(party, package) for party in self.parties)
        ]

    def seats(self) -> list[str]:
        return [party for party in self.parties if party not in self.consent]

    def vector(self, package: Package) -> tuple[Fraction, ...]:
        return tuple(self.value(party, package) for party in self.seats())

    def efficient(self) -> list[Package]:
        zone = self.zone()
        vectors = {package: self.vector(package) for package in zone}

        def beaten(mine: tuple[Fraction, ...]) -> bool:
            return any(other != mine and all(a >= b for a, b in zip(other, mine, strict=True)) for other in vectors.values())

        return [package for package in zone if not beaten(vectors[package])]

    def best(self, key: Callable[[tuple[Fraction, ...]], object]) -> set[int]:
        """Efficient packages with the largest key of their vector."""
        efficient = self.efficient()
        scored = [(key(self.vector(package)), self.index(package)) for package in efficient]
        top = max(score for score, _ in scored)  # type: ignore[type-var]
        return {index for score, index in scored if score == top}

    def gains(self, vector: tuple[Fraction, ...]) -> list[Fraction]:
        return [value - self.no_deal[party] for value, party in zip(vector, self.seats(), strict=True)]

    def nash(self) -> set[int]:
        def key(vector: tuple[Fraction, ...]) -> tuple[int, Fraction]:
            positive = [gain for gain in self.gains(vector) if gain > 0]
            return len(positive), prod(positive, start=Fraction(1))

        return self.best(key)

    def kalai_smorodinsky(self) -> set[int]:
        zone = [self.vector(package) for package in self.zone()]
        ideal = [max(vector[seat] for vector in zone) for seat in range(len(self.seats()))]
        room = [best - self.no_deal[party] for best, party in zip(ideal, self.seats(), strict=True)]
        if not any(room):
            return set()
        return self.best(lambda vector: min(gain / one for gain, one in zip(self.gains(vector), room, strict=True) if one))

    def shares_of(self, ideals_over: list[Package], key: Callable[[list[Fraction]], Fraction]) -> set[int]:
        """Efficient packages with the largest key of the gains as parts of the best gains over some packages."""
        vectors = [self.vector(package) for package in ideals_over]
        best = [max(vector[seat] for vector in vectors) for seat in range(len(self.seats()))]
        room = [one - self.no_deal[party] for one, party in zip(best, self.seats(), strict=True)]
        if not any(room):
            return set()
        return self.best(lambda vector: key([gain / one for gain, one in zip(self.gains(vector), room, strict=True) if one]))

    def kalai_smorodinsky_global(self) -> set[int]:
        return self.shares_of([package for package in self.packages() if self.allowed(package)], min)

    def relative_welfare(self) -> set[int]:
        return self.shares_of(self.zone(), lambda shares: sum(shares, Fraction(0)))

    def leximin(self) -> set[int]:
        return self.best(lambda vector: sorted(self.gains(vector)))

    def asymmetric_nash(self, weights: Mapping[str, int]) -> set[int]:
        def key(vector: tuple[Fraction, ...]) -> tuple[int, Fraction]:
            gains = zip(self.seats(), self.gains(vector), strict=True)
            positive = [gain ** weights[party] for party, gain in gains if gain > 0]
            return len(positive), prod(positive, start=Fraction(1))

        return self.best(key)

    def egalitarian(self) -> set[int]:
        return self.best(lambda vector: min(self.gains(vector)))

    def utilitarian(self) -> set[int]:
        return self.best(lambda vector: sum(vector))


def _literals(draw: st.DrawFn, shape: list[int], most: int) -> list[tuple[int, tuple[int, ...]]]:
    issues = draw(st.lists(st.integers(0, len(shape) - 1), min_size=1, max_size=min(most, len(shape)), unique=True))
    return [
        (issue, tuple(sorted(draw(st.sets(st.integers(0, shape[issue] - 1), min_size=1, max_size=max(1, shape[issue] - 1))))))
        for issue in issues
    ]


_NUMBERS = st.one_of(
    st.integers(0, 6).map(Fraction),
    st.integers(-20, 100).map(Fraction),
    st.integers(-300, 10_000).map(lambda number: Fraction(number, 100)),
    st.fractions(min_value=-3, max_value=60, max_denominator=7),
)


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """Cases with 1 to 4 issues, 1 to 4 parties, rules, red lines, consent, ties and exactly met minimums."""
    shape = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    names = ["a", "b", "c", "d"][: draw(st.integers(1, 4))]
    numbers = draw(st.sampled_from([st.integers(0, 4).map(Fraction), _NUMBERS]))
    points = {party: [[draw(numbers) for _ in range(count)] for count in shape] for party in names}
    spec = Spec(names, shape, points, dict.fromkeys(names, Fraction(0)))
    everything = list(spec.packages())
    for party in names:
        met = spec.value(party, draw(st.sampled_from(everything)))
        spec.no_deal[party] = draw(st.sampled_from([met, met, met + Fraction(1, 100), met - Fraction(1, 3), met - 10]))
        if draw(st.booleans()):
            count = draw(st.integers(1, 2))
            spec.red_lines[party] = [Clause(_literals(draw, shape, 2)) for _ in range(count)]
    for _ in range(draw(st.integers(0, 2))):
        then = _literals(draw, shape, 2) if draw(st.booleans()) else []
        spec.rules.append(Clause(_literals(draw, shape, 2), then))
    if len(names) > 1 and draw(st.booleans()):
        spec.consent[names[-1]] = _literals(draw, shape, 2)
    return spec
