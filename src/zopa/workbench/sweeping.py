"""The zone along one judgement: how many packages are in it at each place of a range, and where it opens and shuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from zopa.case import format_number, judgement_at, parse_number
from zopa.settlement import Settlement
from zopa.workbench.answers import Answers
from zopa.workbench.whatif import Posed, posed

PLACES: Final = 41
MOST_CROSSINGS: Final = 12  # that are narrowed down to the grain; the others are told between two places
State = Literal["open", "shut", "unknown", "refused"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Step:
    """The zone at one place.

    Attributes
    ----------
    amount : str
        The amount as a case file writes it.
    value : Fraction or None
        The number; None where it is a word.
    state : {'open', 'shut', 'unknown', 'refused'}
        Of the zone in the base scenario: something is in it for sure; nothing is; nothing is for sure, but packages hang on
        what is not known; or the case cannot have this amount.
    zone : int or None
        Packages surely adopted; None when they cannot be counted.
    possible : int
        Packages adopted surely or possibly.
    why : str
        Why the case cannot have this amount; empty when it can.
    """

    amount: str
    value: Fraction | None
    state: State
    zone: int | None
    possible: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two places between which the zone opens or shuts; ``exact`` when they are one grain apart."""

    below: Step
    above: Step
    exact: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring places with one state, from the first to the last, and the most packages in the zone at any of them."""

    first: Step
    last: Step
    state: State
    most: int


@dataclass(frozen=True, slots=True)
class Swept:
    """The zone along one judgement.

    Attributes
    ----------
    path : str
        The judgement.
    steps : tuple of Step
        In rising order; for words in the order in which they were given.
    crossings : tuple of Crossing
        Where the state changes, in rising order; none between words.
    deals : int
        Packages that meet the rules and count as agreement.
    """

    path: str
    steps: tuple[Step, ...]
    crossings: tuple[Crossing, ...]
    deals: int

    @property
    def most(self) -> int:
        """The most packages at any place, those that hang on what is not known included."""
        return max((max(one.zone or 0, one.possible) for one in self.steps), default=0)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The parts of the range, in rising order; each begins where the one before it ends."""
        if not self.steps:
            return ()
        starts = [self.steps[0], *(one.above for one in self.crossings)]
        ends = [*(one.below for one in self.crossings), self.steps[-1]]
        return tuple(
            Stretch(one, other, one.state, self._most_within(one, other)) for one, other in zip(starts, ends, strict=True)
        )

    def _most_within(self, first: Step, last: Step) -> int:
        known = [first, last]
        if first.value is not None and last.value is not None:
            known += [one for one in self.steps if one.value is not None and first.value <= one.value <= last.value]
        return max(one.possible if one.state == "unknown" else one.zone or 0 for one in known)


def places_between(low: Fraction, high: Fraction, grain: Fraction, most: int = PLACES) -> tuple[Fraction, ...]:
    """Return evenly spread numbers from low to high, both included, each between them a whole number of grains."""
    inner = [low + (high - low) * number / (most - 1) for number in range(1, most - 1)]
    on_grain = [Fraction(round(value / grain)) * grain for value in inner]
    return tuple(sorted({low, high, *(value for value in on_grain if low < value < high)}))


def sweep_zone(asked: Posed, path: str, places: Sequence[str], progress: Progress | None = None) -> Swept:
    """Return the zone at each of some amounts of one judgement, and where it opens and shuts; made by a worker.

    Parameters
    ----------
    asked : Posed
        The case with every other change; what it says of the judgement itself is put aside.
    path : str
        The judgement, or a named assumption as ``assumptions.ID``.
    places : sequence of str
        Amounts as a case file writes them: words, or numbers in rising order.
    progress : callable, optional
        Called with (done, total); the total grows where the zone opens or shuts.

    Returns
    -------
    Swept
        Exact at each place.  Between two places of one state a zone that opens and shuts again is not seen.

    Raises
    ------
    ValueError
        When the case has no such judgement, or cannot be settled whatever the amount.
    """
    placed = judgement_at(asked.written, path)
    if placed is None:
        raise ValueError(f"there is no judgement at {path}")
    tell = progress if progress is not None else _silent
    look = _Look(asked, path)
    steps: list[Step] = []
    for done, amount in enumerate(places):
        tell(done, len(places))
        steps.append(look.at(amount, None if placed.words else parse_number(amount)))
    crossings: list[Crossing] = []
    if not placed.words:
        changed = [(one, other) for one, other in pairwise(steps) if one.state != other.state]
        for number, (one, other) in enumerate(changed):
            tell(len(places) + number, len(places) + len(changed))
            left = MOST_CROSSINGS - len(crossings)
            crossings += look.crossings(one, other) if left > 0 else [Crossing(one, other, exact=False)]
    return Swept(path, tuple(steps), tuple(crossings), look.deals)


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


class _Look:
    """Settles a case at one amount after another, as a page does; what the text alone decides is the same at each."""

    def __init__(self, asked: Posed, path: str) -> None:
        self.written = asked.written
        self.whatif = asked.whatif
        self.path = path
        self.answers = Answers()
        self.deals = 0

    def at(self, amount: str, value: Fraction | None) -> Step:
        changed = self.whatif.putting(self.path, amount)
        now = posed(self.written, changed)
        if len(now.whatif.set) < len(changed.set):
            return Step(amount, value, "refused", None, 0, now.faults[0])
        found = self.answers.settlement(now)
        if not isinstance(found, Settlement):
            raise ValueError("The case cannot be settled yet.")
        self.deals = int((found.verdicts.allowed & found.verdicts.deals)[0].sum())
        size, possible = found.zone_count(), len(found.possible)
        return Step(amount, value, "open" if size else "unknown" if possible else "shut", size, possible)

    def crossings(self, one: Step, other: Step) -> list[Crossing]:
        """Return the neighbouring places between which the state changes, on the way from one place to another.

        Where the state changes more than once on the way, at least the way from the first state to the last is found.
        """
        found: list[Crossing] = []
        while one.state != other.state and len(found) < MOST_CROSSINGS:
            found.append(self.crossing(one, other))
            one = found[-1].above
        return found

    def crossing(self, one: Step, other: Step) -> Crossing:
        """Return two neighbouring places, a grain apart, of which only the lower one has the state of the first."""
        grain = self.written.grain
        below, above = one, other
        while below.value is not None and above.value is not None and above.value - below.value > grain:
            middle = Fraction((below.value + above.value) / 2 // grain) * grain
            if not below.value < middle < above.value:
                break
            step = self.at(format_number(middle), middle)
            below, above = (step, above) if step.state == one.state else (below, step)
        return Crossing(below, above, exact=True)
