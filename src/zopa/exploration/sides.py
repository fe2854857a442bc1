"""One answer as it is put beside another one: a sample, what the text alone decides, and the figures of both by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case
from zopa.exploration.naming import answer_name, party_name
from zopa.settlement import ReadingShares, Sample, TextAlone, counted, planned, sample_of, text_alone
from zopa.space import PartyCache, Streams, draw_scenarios, package_space, readings_of

Unit = Literal["share", "deals"]
Bounds = tuple[float, float]
_LOOKED_AT: Final = 16  # draws, so that an alternative which is unknown comes up


def sampled(
    case: Case, streams: Streams, draws: int, day: date | None, readings: Sequence[Mapping[str, int]] | None = None
) -> Sample:
    """Return settlement over a sample drawn from given streams, without bands and levels.

    Parameters
    ----------
    case : Case
        The case.
    streams : Streams
        Which random numbers serve which judgement.
    draws : int
        Draws under each reading.
    day : date or None
        The date looked at.
    readings : sequence of mapping, optional
        The readings in the order wanted; as in `zopa.settlement.sample` where none are given.

    Raises
    ------
    ValueError
        As `zopa.settlement.sample`.
    """
    plan, made = planned(case, streams, draws, day)
    plan = replace(plan, bands=(), readings=plan.readings if readings is None else tuple(readings))
    return sample_of(plan, counted(plan, made), draws, draws // made)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two answers.

    Attributes
    ----------
    case : Case
        The case.
    text : TextAlone
        What the text alone decides.
    sample : Sample or None
        None where no scenario can be drawn.
    lacking : mapping of str to tuple of str
        For each party what its points or its no-deal value lack.
    fault : str
        Why no scenario can be drawn.
    """

    case: Case
    text: TextAlone
    sample: Sample | None
    lacking: Mapping[str, tuple[str, ...]]
    fault: str = ""

    def numbers(self) -> list[dict[str, int]]:
        """Return the readings of the sample by number of the alternative, in their order."""
        return [] if self.sample is None else readings_of(self.case, len(self.sample.readings))


def side_of(
    case: Case, streams: Streams, draws: int, day: date | None, readings: Sequence[Mapping[str, int]] | None = None
) -> Side:
    """Return an answer, drawn from given streams; raises ValueError as `sampled`."""
    drawn = sampled(case, streams, draws, day, readings)
    return Side(case, text_alone(case, package_space(case)), drawn, _lacking(case, streams, len(drawn.readings)))


def try_side(
    case: Case, streams: Streams, draws: int, day: date | None, readings: Sequence[Mapping[str, int]] | None = None
) -> Side:
    """Return an answer; where what was done to the case leaves numbers that fit nothing, say so."""
    try:
        return side_of(case, streams, draws, day, readings)
    except ValueError as error:
        return Side(case, text_alone(case, package_space(case)), None, {}, str(error))


def _lacking(case: Case, streams: Streams, readings: int) -> dict[str, tuple[str, ...]]:
    """Return for each party what its points or its no-deal value lack, under any reading."""
    found: dict[str, dict[str, None]] = {}
    uniform_cache: dict[str, NDArray[np.float64]] = {}
    party_cache = PartyCache()
    for reading in readings_of(case, readings):
        drawn = draw_scenarios(
            case,
            streams.seed,
            draws=_LOOKED_AT,
            reading=reading,
            streams=streams,
            uniform_cache=uniform_cache,
            party_cache=party_cache,
        )
        for party, numbers in drawn.parties.items():
            found.setdefault(party, {}).update(dict.fromkeys(one.what for one in numbers.missing))
    return {party: tuple(what) for party, what in found.items() if what}


def told_back(side: Side, chairs: Mapping[str, str], answers: Mapping[str, str]) -> Side:
    """Return an answer with the figures of each chair under the party whose data sit in it."""
    if side.sample is None:
        return side

    def own(entries: Mapping[str, Any]) -> dict[str, Any]:
        return {chairs.get(name, name): one for name, one in entries.items()}

    readings = tuple(
        replace(
            one,
            reading={answers.get(key, key): word for key, word in one.reading.items()},
            opens=own(one.opens),
            blocked_by=own(one.blocked_by),
            accepted_by=own(one.accepted_by),
        )
        for one in side.sample.readings
    )
    return replace(side, sample=replace(side.sample, readings=readings), lacking=own(side.lacking))


# Figures -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, its lowest and highest over the readings (None where it cannot be said), and its unit."""

    what: str
    bounds: Bounds | None
    unit: Unit = "share"


def figures_of(names: Case, side: Side) -> dict[str, Figure]:
    """Return the figures of one answer by name, in words that name things as a case does."""
    left = [one.compatible for one in side.text.readings]
    found = {
        "text.deals": Figure("Deals that meet the rules", (side.text.deals, side.text.deals), "deals"),
        "text.compatible": Figure("Deals that contradict no stated condition", (min(left), max(left)), "deals"),
    }
    drawn = side.sample
    if drawn is None:
        return found
    whole = drawn.draws
    known = not drawn.undecided
    span = drawn.zone_span()
    found["zone_share"] = Figure("Share with a zone", (span.lowest / whole, span.highest / whole) if known else None)
    found["zone_share.if_unknown_were_granted"] = Figure(
        "Share with a zone if what is unknown were granted", _range([one.possible_draws for one in drawn.readings], whole)
    )
    for key, words in drawn.by_word().items():
        for word, spans in words.items():
            bounds = (spans.lowest / whole, spans.highest / whole) if known else None
            found[f"zone_share.{key}.{word}"] = Figure(f"Share with a zone, if read: {answer_name(names, key, word)}", bounds)
    asked = list(dict.fromkeys(party for one in drawn.readings for party in one.opens))
    for party in sorted(asked, key=list(names.parties).index):
        more = [one.opens[party] - one.open_draws for one in drawn.counted if party in one.opens] if known else []
        words_of = f"Share without a zone that would have one if {party_name(names, party)} accepted everything"
        found[f"unlocked_by.{party}"] = Figure(words_of, _range(more, whole))
    # The packages that the case names, whether or not the other case still names them: options stay, so they are the same.
    space = package_space(names)
    for package in names.packages.values():
        rows = np.flatnonzero(np.isin(drawn.indices, np.flatnonzero(space.flat(space.family(package)))))
        found |= _package_figures(names, side, drawn, package.id, package.name, rows, asked)
    return found


def _package_figures(
    names: Case, side: Side, drawn: Sample, key: str, name: str, rows: NDArray[np.intp], asked: Sequence[str]
) -> dict[str, Figure]:
    """Return in which shares a named package is in the zone, accepted, refused: over its forms and the readings."""

    def bounds(counts: Iterable[NDArray[np.int32]]) -> Bounds | None:
        return _range([int(end) for one in counts if len(rows) for end in (one[rows].min(), one[rows].max())], drawn.draws)

    found = {
        f"acceptable.{key}": Figure(
            f"Share in the zone: {name}", None if drawn.undecided else bounds(one.acceptable for one in drawn.counted)
        )
    }
    for party in names.parties:
        who = party_name(names, party)
        if party not in side.lacking:
            accepted = bounds(one.accepted_by[party] for one in drawn.readings)
            found[f"accepted.{key}.{party}"] = Figure(f"Share accepted by {who}: {name}", accepted)
        if party in asked:
            blocked = bounds(one.blocked_by[party] for one in drawn.readings)
            found[f"blocked.{key}.{party}"] = Figure(f"Share refused by {who} where it is asked: {name}", blocked)
    return found


def _range(counts: Sequence[int], whole: int) -> Bounds | None:
    return (min(counts) / whole, max(counts) / whole) if counts else None


# The same ----------------------------------------------------------------------------------------------


def same_counts(before: Sample, after: Sample | None) -> bool:
    """Return whether every count for every package and party is the same, reading by reading."""
    return (
        after is not None
        and np.array_equal(before.indices, after.indices)
        and [one.reading for one in before.readings] == [one.reading for one in after.readings]
        and all(_equal(one, other) for one, other in zip(before.readings, after.readings, strict=True))
    )


def _equal(one: ReadingShares, other: ReadingShares) -> bool:
    plain = [(each.open_draws, each.possible_draws, each.undecided, each.opens) for each in (one, other)]
    return (
        plain[0] == plain[1]
        and np.array_equal(one.acceptable, other.acceptable)
        and np.array_equal(one.possible, other.possible)
        and all(np.array_equal(counts, other.blocked_by[party]) for party, counts in one.blocked_by.items())
        and all(np.array_equal(counts, other.accepted_by[party]) for party, counts in one.accepted_by.items())
    )


def undecided_note(label: str, side: Side) -> list[str]:
    """Say where no zone can be counted because a party that signs lacks an input, and which."""
    assert side.sample is not None
    count = sum(one.undecided for one in side.sample.readings)
    if not count:
        return []
    signing = [party for party, one in side.case.parties.items() if one.seat == "signatory" or one.seat_by is not None]
    lacks = [what for party in signing for what in side.lacking.get(party, ())]
    where = "" if count == len(side.sample.readings) else f" under {count} of {len(side.sample.readings)} readings"
    why = f", because {listed(lacks)}" if lacks else ""
    return [f"{label[0].upper()}{label[1:]}: no zone can be counted{where}{why}."]


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
