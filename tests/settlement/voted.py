"""Cases decided by votes or unanimity, with parties of whom something is unknown, and a brute-force answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from fractions import Fraction
from itertools import combinations
from math import prod

from hypothesis import strategies as st

from tests.strategies import Package, Spec, specs


@dataclass
class Voted(Spec):
    """A case with a voting rule (``need`` is None for unanimity) and parties whose no-deal value is unknown."""

    need: Fraction | None = None
    votes: dict[str, Fraction] = field(default_factory=dict)
    veto: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def yaml(self) -> str:
        text = super().yaml()
        if self.need is not None:
            votes = f"{{quota: {self.need}, votes: {{{', '.join(f'{party}: {value}' for party, value in self.votes.items())}}}}}"
            text = text.replace("issues:\n", f"agreement: {{need: {votes}, veto: [{', '.join(self.veto)}]}}\nissues:\n", 1)
        for party in self.unknown:
            at = text.index("    no_deal: ", text.index(f"  {party}:\n    points:"))
            text = text[:at] + "    no_deal: unknown" + text[text.index("\n", at) :]
        return text

    # Brute force -------------------------------------------------------------------------------

    def says_yes(self, party: str, package: Package) -> bool:
        return party not in self.unknown and self.accepts(party, package)

    def weight(self, party: str) -> Fraction:
        return Fraction(1) if self.need is None else self.votes[party]

    def carry(self, yes: Collection[str], seats: Collection[str]) -> bool:
        """Whether these seats are enough among some seats: all of them, or votes enough with every veto."""
        if self.need is None:
            return set(yes) >= set(seats)
        enough = sum((self.weight(party) for party in yes), Fraction(0)) >= self.need
        return enough and all(party in yes for party in self.seats() if party in self.veto)

    def adopted(
        self, package: Package, out: str | None = None, gives_in: str | None = None, unknown_say_yes: bool = False
    ) -> bool:
        """Whether a package is adopted, perhaps without one seat, or with a party that accepts everything."""

        def yes(party: str) -> bool:
            granted = unknown_say_yes and party in self.unknown
            clear = all(clause.holds(package) for clause in self.red_lines.get(party, []))
            return party == gives_in or (granted and clear) or self.says_yes(party, package)

        consents = all(yes(party) for party in self.consent if self.asked(party, package))
        seats = [party for party in self.seats() if party != out]
        return self.allowed(package) and consents and self.carry([party for party in seats if yes(party)], seats)

    def perhaps(self, package: Package, out: str) -> bool:
        """Whether a package would be adopted without one seat if what is not known were enough."""
        if self.need is not None and out in self.veto:
            return False
        return self.adopted(package, out=out, unknown_say_yes=True)

    def smallest(self, out: str | None = None) -> list[tuple[str, ...]]:
        """The coalitions that are just enough, perhaps among all seats but one."""
        seats = [party for party in self.seats() if party != out]
        found: list[tuple[str, ...]] = []
        for size in range(len(seats) + 1):
            for some in combinations(seats, size):
                if self.carry(some, seats) and not any(set(one) <= set(some) for one in found):
                    found.append(some)
        return found

    def accepted(self, members: tuple[str, ...], out: str | None = None) -> list[Package]:
        return [
            package
            for package in self.packages()
            if self.adopted(package, out=out) and all(self.says_yes(party, package) for party in members)
        ]

    def coalition_nash(self, members: tuple[str, ...], out: str | None = None) -> tuple[set[int], Fraction | None]:
        """The packages of the Nash point of a coalition, and the product of the gains of all its members."""
        packages = self.accepted(members, out)
        vectors = {package: tuple(self.value(party, package) for party in members) for package in packages}

        def beaten(package: Package) -> bool:
            mine = vectors[package]
            return any(one != mine and all(a >= b for a, b in zip(one, mine, strict=True)) for one in vectors.values())

        keys = {}
        for package in packages:
            if not beaten(package):
                gains = [self.value(party, package) - self.no_deal[party] for party in members]
                positive = [gain for gain in gains if gain > 0]
                keys[package] = (len(positive), prod(positive, start=Fraction(1)), prod(gains, start=Fraction(1)))
        if not keys:
            return set(), None
        best = max(keys.values())
        return {self.index(package) for package, key in keys.items() if key[:2] == best[:2]}, best[2]

    # Why there is nothing ----------------------------------------------------------------------

    def violations(self, members: tuple[str, ...], package: Package) -> frozenset[str]:
        """The items that exclude a package for a coalition, by the names of the settlement."""
        broken = {f"R{number}" for number, clause in enumerate(self.rules) if not clause.holds(package)}
        for party in self.parties:
            heard = party in members or (party in self.consent and self.asked(party, package))
            if not heard:
                continue
            if party not in self.unknown and self.value(party, package) < self.no_deal[party]:
                broken.add(f"no_deal:{party}")
            lines = enumerate(self.red_lines.get(party, []))
            broken |= {f"L{party}{number}" for number, clause in lines if not clause.holds(package)}
        return frozenset(broken)


@st.composite
def voted(draw: st.DrawFn, *, unknown: bool = True) -> Voted:
    """Drawn cases of up to four parties with votes of unequal weight, vetoes, consent, ties and unknown no-deal values."""
    plain = draw(specs())
    spec = Voted(**{one.name: getattr(plain, one.name) for one in fields(Spec)})
    seats = spec.seats()
    if draw(st.integers(0, 3)):
        kind = draw(
            st.sampled_from([st.just(Fraction(1)), st.integers(0, 3).map(Fraction), st.fractions(0, 3, max_denominator=2)])
        )
        spec.votes = {party: draw(kind) for party in seats}
        # Nobody may ask for more votes than there are.
        spec.votes[seats[0]] = spec.votes[seats[0]] or Fraction(1)
        total = sum(spec.votes.values(), Fraction(0))
        spec.need = Fraction(draw(st.integers(1, int(2 * total))), 2)
        spec.veto = [party for party in seats if draw(st.integers(0, 3)) == 0]
    if unknown and draw(st.integers(0, 2)) == 0:
        spec.unknown = [draw(st.sampled_from(spec.parties))]
    return spec
