"""Whole cases with levers, drawn at random, with a brute-force answer that shares no code with the product."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from tests.strategies import Package, Spec, specs
from zopa.case import Case, read_text

Literal = tuple[int, tuple[int, ...]]
MOVES = st.sampled_from([Fraction(0), Fraction(1), Fraction(-2), Fraction(1, 3), Fraction(-5, 7), Fraction(7, 2), Fraction(25)])
TIMES = st.sampled_from([Fraction(1), Fraction(0), Fraction(2), Fraction(1, 3), Fraction(3, 2), Fraction(-1)])


@dataclass
class LeverSpec:
    """A lever as plain data."""

    name: str
    moves: dict[str, Fraction] = field(default_factory=dict)
    times: dict[str, Fraction] = field(default_factory=dict)
    allow: Literal | None = None
    block: Literal | None = None

    def text(self, spec: Spec) -> str:
        parts = ["by: a"]
        for key, targets in (("move", self.moves), ("times", self.times)):
            if targets:
                parts.append(f"{key}: {{{', '.join(f'{party}.no_deal: {amount}' for party, amount in targets.items())}}}")
        for key, literal in (("allow", self.allow), ("block", self.block)):
            if literal is not None:
                parts.append(f"{key}: {spec.literal(literal)}")
        return f"  {self.name}: {{{', '.join(parts)}}}"


@dataclass
class Levered:
    """A case with levers; each no-deal value is written as points, as a share, or as the package ``base``."""

    spec: Spec
    kinds: dict[str, str]
    base: Package
    levers: list[LeverSpec]

    def yaml(self) -> str:
        lines = []
        for line in self.spec.yaml().splitlines():
            name = line.strip().partition(":")[0]
            if name in self.spec.parties and line.startswith("  ") and not line.startswith("   ") and line.endswith(":"):
                party = name
            if name == "no_deal":
                written = {
                    "points": str(self.spec.no_deal[party]),
                    "share": f"{{share: {self.share(party)}}}",
                    "package": "{package: base}",
                }
                line = f"    no_deal: {written[self.kinds[party]]}"
            lines.append(line)
        terms = ", ".join(f"i{issue}: o{option}" for issue, option in enumerate(self.base))
        lines += ["packages:", f"  base: {{terms: {{{terms}}}}}"]
        if self.levers:
            lines += ["levers:", *(lever.text(self.spec) for lever in self.levers)]
        return "\n".join(lines) + "\n"

    def case(self) -> Case:
        reading = read_text(self.yaml(), Path("drawn/case.yaml"))
        assert reading.case is not None, "\n".join(map(str, reading.findings)) + "\n" + self.yaml()
        return reading.case

    def share(self, party: str) -> Fraction:
        """Some share below 100, made from the no-deal value in points."""
        return abs(self.spec.no_deal[party]) % 100

    # Brute force -------------------------------------------------------------------------------

    def no_deal(self, party: str, pulled: Collection[str]) -> Fraction:
        """The no-deal value in points with some levers pulled."""
        kind, spec = self.kinds[party], self.spec
        value = {"points": spec.no_deal[party], "share": self.share(party), "package": spec.value(party, self.base)}[kind]
        chosen = [lever for lever in self.levers if lever.name in pulled]
        for lever in chosen:
            value *= lever.times.get(party, 1)
        value += sum((lever.moves.get(party, Fraction(0)) for lever in chosen), Fraction(0))
        if kind != "share":
            return value
        worth = [spec.value(party, package) for package in spec.packages() if spec.allowed(package)] or [Fraction(0)]
        return min(worth) + value / 100 * (max(worth) - min(worth))

    def reachable(self, package: Package, pulled: Collection[str]) -> bool:
        for lever in self.levers:
            shut = lever.block if lever.name in pulled else lever.allow
            if shut is not None and package[shut[0]] in shut[1]:
                return False
        return True

    def settled(self, pulled: Collection[str]) -> Spec:
        """The case with these levers pulled; what cannot be reached is for the caller to leave out."""
        return _Settled(self, frozenset(pulled))


class _Settled(Spec):
    """A case in which levers have been pulled: its zone holds only what can be reached."""

    def __init__(self, levered: Levered, pulled: frozenset[str]) -> None:
        spec = levered.spec
        no_deal = {party: levered.no_deal(party, pulled) for party in spec.parties}
        super().__init__(spec.parties, spec.shape, spec.points, no_deal, spec.rules, spec.red_lines, spec.consent)
        self.levered, self.pulled = levered, pulled

    def zone(self) -> list[Package]:
        return [package for package in super().zone() if self.levered.reachable(package, self.pulled)]


@st.composite
def levered(draw: st.DrawFn) -> Levered:
    """Cases with up to four levers that move, multiply, make possible and rule out."""
    spec = draw(specs())
    kinds = {party: draw(st.sampled_from(["points", "points", "share", "package"])) for party in spec.parties}
    base = tuple(draw(st.integers(0, count - 1)) for count in spec.shape)
    levers = []
    for number in range(draw(st.integers(1, 4))):
        lever = LeverSpec(f"v{number}")
        while not (lever.moves or lever.times or lever.allow or lever.block):
            for party in spec.parties:
                if draw(st.integers(0, 3)) == 0:
                    lever.moves[party] = draw(MOVES)
                if draw(st.integers(0, 5)) == 0:
                    lever.times[party] = draw(TIMES)
            if draw(st.integers(0, 2)) == 0:
                lever.allow = _literal(draw, spec)
            if draw(st.integers(0, 3)) == 0:
                lever.block = _literal(draw, spec)
        levers.append(lever)
    return Levered(spec, kinds, base, levers)


def _literal(draw: st.DrawFn, spec: Spec) -> Literal:
    issue = draw(st.integers(0, len(spec.shape) - 1))
    return issue, (draw(st.integers(0, spec.shape[issue] - 1)),)


def without_levers(one: Levered) -> Levered:
    """The same case without a lever."""
    return replace(one, levers=[])
