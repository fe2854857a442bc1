"""What an exploration found: shares with their intervals, ranks and regrets, and what the answer hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, Moment
from zopa.exploration.analyses import Input
from zopa.exploration.discovery import NoRule, Rule
from zopa.exploration.finding_out import Finding
from zopa.exploration.intervals import replicate_interval, share_interval
from zopa.exploration.sensitivity import Flips, Sensitivity
from zopa.exploration.together import Group
from zopa.settlement import Outcome, ReadingShares, Sample, Shown
from zopa.space import Missing, PackageSpace

Floats = NDArray[np.float64]
FEWEST: Final = 50  # draws below which nothing is said about what decides
RARE: Final = 20  # draws of the rarer answer below which scrambles do not tell the error of a share


@dataclass(frozen=True, slots=True)
class Share:
    """A share of scenarios with its 95% interval: the error of drawing only so many, nothing else."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Across:
    """A figure over readings: the lowest and the highest, each with its interval, and the readings they belong to."""

    lowest: Share
    highest: Share
    lowest_reading: int
    highest_reading: int


def across(shares: Mapping[int, Share]) -> Across:
    """Return the lowest and the highest of shares by reading; the first of equal ones."""
    low = min(shares, key=lambda number: shares[number].value)
    high = max(shares, key=lambda number: shares[number].value)
    return Across(shares[low], shares[high], low, high)


def share(count: int, total: int) -> Share:
    """Return a share of independent draws (Clopper and Pearson 1934)."""
    lows, highs = _intervals(total)
    return Share(count / total, float(lows[count]), float(highs[count]))


@lru_cache(maxsize=8)
def _intervals(total: int) -> tuple[Floats, Floats]:
    """Return the intervals of all counts: thousands of shares have the same number of draws."""
    return share_interval(np.arange(total + 1), total)


def across_counts(counts: Mapping[int, int], total: int, *, varied: bool) -> Across:
    """Return the lowest and the highest of counts of draws by reading; without error where nothing varies."""
    low, high = min(counts, key=counts.__getitem__), max(counts, key=counts.__getitem__)

    def of(count: int) -> Share:
        return share(count, total) if varied else Share(count / total, count / total, count / total)

    return Across(of(counts[low]), of(counts[high]), low, high)


@dataclass(frozen=True, slots=True)
class NamedPackage:
    """A named package over all scenarios; a family counts with the form that is best in the respect asked about.

    Attributes
    ----------
    name : str
        Its id in the case.
    members : tuple of int
        Its forms that meet the rules, by index.
    acceptable, efficient : Across or None
        Share of scenarios in which it is in the zone, or is efficient there; None when that cannot be said.
    accepted_by : mapping of str to Across
        Share in which each party would accept it; parties without points are left out.
    ranks : mapping of str to tuple of float
        For each party how it ranks the package among the named ones (1 is best, ties share the better rank):
        the tenth percentile over scenarios (the lowest over readings), the middle under the first reading, and the
        ninetieth percentile (the highest over readings).
    regrets : mapping of str to tuple of float
        For each party what it misses compared with its best named package, in percent of the way from its worst to
        its best allowed package (Savage 1951): the same percentiles.
    """

    name: str
    members: tuple[int, ...]
    acceptable: Across | None
    efficient: Across | None
    accepted_by: Mapping[str, Across]
    ranks: Mapping[str, tuple[float, float, float]]
    regrets: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Decisive:
    """What turns the answer: a group of judgements drawn anew, or another answer to a question about the text.

    Attributes
    ----------
    key : str
        Of the group, or of the split assumption.
    kind : str
        ``judgement`` or ``reading``.
    flips : Across
        Share of scenarios in which "is there a zone?" is answered otherwise, everything else kept: over readings of
        everything else, and over every two answers to a question.
    first_order, total_order : Across or None
        Part of the variance of the size of the zone that comes from the group alone, and with everything it acts
        together with (Saltelli et al. 2010, Jansen 1999); None for questions, and where the size never varies.
    parties : frozenset of str
        Whose answers hang on it.
    """

    key: str
    kind: str
    flips: Across
    first_order: Across | None
    total_order: Across | None
    parties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What knowing one judgement would do, over the readings asked of."""

    key: str
    settled: Across
    gain: Across


@dataclass(frozen=True, eq=False)
class Exploration(Shown):
    """What an answer hangs on, over a seeded ensemble of scenarios.

    Attributes
    ----------
    case, moment
        The case and the date looked at.
    space : PackageSpace
        The packages.
    sample : Sample
        Counts for every reading, bands and levels.
    open : ndarray of bool, shape (readings, draws)
        Which draws have a zone; None where no zone can be counted.
    tried : tuple of int
        Readings whose figures are kept draw by draw.
    traces : mapping of str to ndarray of shape (tried, draws)
        Outcomes draw by draw.
    inputs : tuple of Input
        What every judgement was drawn as.
    points : str
        ``random`` or ``sobol``; with Sobol' points draw k belongs to scramble ``k % replicates``.
    replicates : int
        Independent scrambles; 1 for random draws.
    named : tuple of NamedPackage
        The packages that the case names.
    decisive : tuple of Decisive
        What turns the answer, the most first.
    decisive_draws : int
        Draws behind it.
    sensitivities, flips : mapping of int to Sensitivity or Flips
        By reading tried, group by group: the figures behind ``decisive``.
    groups : tuple of Group
        The groups they are about.
    found : tuple of Found
        What finding out one judgement would settle, the most first.
    findings : mapping of int to tuple of Finding
        The same by reading asked of.
    rules : tuple of Rule or NoRule
        When there mostly is a zone, and when there mostly is none.
    rule_readings : tuple of int
        Readings that the rules were sought over.
    mixing : mapping of str to float
        Groups that a Markov chain drew, with the worst R-hat of its check.
    missing : tuple of Missing
        What parties lack that may be asked; what hangs on them is not known.
    """

    case: Case
    moment: Moment
    space: PackageSpace
    sample: Sample
    open: NDArray[np.bool_]
    tried: tuple[int, ...]
    traces: Mapping[str, Floats]
    inputs: tuple[Input, ...]
    points: str
    replicates: int
    named: tuple[NamedPackage, ...]
    decisive: tuple[Decisive, ...]
    decisive_draws: int
    sensitivities: Mapping[int, Sensitivity]
    flips: Mapping[int, Flips]
    groups: tuple[Group, ...]
    found: tuple[Found, ...]
    findings: Mapping[int, tuple[Finding, ...]]
    rules: tuple[Rule | NoRule, ...]
    rule_readings: tuple[int, ...]
    mixing: Mapping[str, float]
    missing: tuple[Missing, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know about what was not looked at."""
        made = self.open.shape[1]
        if self.sample.varied and made < FEWEST:
            return (f"with {made} scenarios under each reading nothing is said about what decides: at least {FEWEST} are needed",)
        return ()

    @property
    def draws(self) -> int:
        """Number of draws under each reading."""
        return self.sample.draws

    @property
    def seed(self) -> int:
        """The seed."""
        return self.sample.seed

    @property
    def readings(self) -> tuple[ReadingShares, ...]:
        """The counts of every reading."""
        return self.sample.readings

    def zone_share(self, reading: int) -> Share | None:
        """Return the share of scenarios with a zone under one reading; None when it cannot be counted."""
        one = self.readings[reading]
        if one.undecided:
            return None
        if self.points == "sobol" and self.open.shape[1] >= 2 * self.replicates:
            return _by_scramble(self.open[reading], self.replicates)
        return self.of(one.open_draws)

    def of(self, count: int) -> Share:
        """Return a count of draws as a share; where nothing varies, without error."""
        if not self.sample.varied:
            return Share(count / self.draws, count / self.draws, count / self.draws)
        return share(count, self.draws)

    @cached_property
    def zone(self) -> Across | None:
        """Return the share of scenarios with a zone over all readings; None when it cannot be counted."""
        known = {number: one for number in range(len(self.readings)) if (one := self.zone_share(number)) is not None}
        return across(known) if known else None

    def row(self, index: int) -> int:
        """Return where a package stands among those that meet the rules."""
        return int(np.searchsorted(self.sample.indices, index))

    @cached_property
    def least(self) -> NDArray[np.int32]:
        """For each package the fewest draws over readings in which it is in the zone."""
        return np.asarray(np.min([one.acceptable for one in self.sample.counted], axis=0))

    @cached_property
    def most(self) -> NDArray[np.int32]:
        """For each package the most draws over readings in which it is in the zone."""
        return np.asarray(np.max([one.acceptable for one in self.sample.counted], axis=0))

    @cached_property
    def least_efficient(self) -> NDArray[np.int32] | None:
        """For each package the fewest draws over readings in which it is efficient."""
        kept = [one.efficient for one in self.sample.counted if one.efficient is not None]
        return np.asarray(np.min(kept, axis=0)) if kept else None

    @cached_property
    def most_efficient(self) -> NDArray[np.int32] | None:
        """For each package the most draws over readings in which it is efficient."""
        kept = [one.efficient for one in self.sample.counted if one.efficient is not None]
        return np.asarray(np.max(kept, axis=0)) if kept else None

    def robust(self, limit: int = 20) -> list[int]:
        """Return the packages that are in the zone most often even under the reading that is worst for them.

        Ties go by the highest share, then by index.  Packages that are never in the zone are left out.
        """
        order = np.lexsort((self.sample.indices, -self.most, -self.least))
        return [int(self.sample.indices[row]) for row in order[:limit] if self.most[row] > 0]

    def never_efficient(self) -> NDArray[np.intp] | None:
        """Return the packages that are in the zone in some scenario and efficient in none, by index.

        Over the readings whose frontiers were found.
        """
        kept = [one for one in self.sample.counted if one.efficient is not None]
        if self.most_efficient is None or not kept:
            return None
        most = np.max([one.acceptable for one in kept], axis=0)
        return np.asarray(self.sample.indices[(self.most_efficient == 0) & (most > 0)])

    def sometimes(self) -> int:
        """Return how many packages are in the zone in some scenario, under the readings whose frontiers were found."""
        kept = [one.acceptable for one in self.sample.counted if one.efficient is not None]
        return int((np.max(kept, axis=0) > 0).sum()) if kept else 0

    def unlocked_by(self, party: str) -> Across | None:
        """Return the share of scenarios with no zone that would have one if a party accepted everything."""
        counts = {
            number: one.opens.get(party, one.open_draws) - one.open_draws
            for number, one in enumerate(self.readings)
            if not one.undecided
        }
        if not any(party in one.opens for one in self.readings):
            return None
        return across_counts(counts, self.draws, varied=self.sample.varied > 0) if counts else None

    def outcomes(self) -> dict[str, Outcome]:
        """Return the main shares by name, lowest and highest over readings."""
        found: dict[str, Outcome] = {
            "zone_share.lowest": None if self.zone is None else self.zone.lowest.value,
            "zone_share.highest": None if self.zone is None else self.zone.highest.value,
        }
        for one in self.named:
            found[f"acceptable.{one.name}.lowest"] = None if one.acceptable is None else one.acceptable.lowest.value
            found[f"acceptable.{one.name}.highest"] = None if one.acceptable is None else one.acceptable.highest.value
        for decisive in self.decisive[:10]:
            found[f"flips.{decisive.kind}.{decisive.key}.highest"] = decisive.flips.highest.value
        return found


def _by_scramble(row: NDArray[np.bool_], replicates: int) -> Share:
    count = int(row.sum())
    if min(count, len(row) - count) < RARE:
        # Scrambles that agree because next to nothing happened say nothing about their error.
        return share(count, len(row))
    means = np.array([row[number::replicates].mean() for number in range(replicates)])
    _, low, high = replicate_interval(means)
    return Share(float(row.mean()), max(0.0, float(low)), min(1.0, float(high)))
