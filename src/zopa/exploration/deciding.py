"""What decides the answer: flips, variance, what finding out would settle, and rules; for each reading by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.exploration.analyses import Input
from zopa.exploration.answers import FEWEST, Across, Decisive, Found, Share, across, across_counts
from zopa.exploration.discovery import NoRule, Rule, find_rule
from zopa.exploration.finding_out import Finding, rank_findings
from zopa.exploration.sensitivity import Flips, Sensitivity, count_flips, estimate_sensitivity
from zopa.exploration.together import Group
from zopa.settlement import Arrays, Plan, Sample
from zopa.space import answers_hang_on

Flags = NDArray[np.bool_]
ASKED: Final = 4  # readings under which finding out is looked at
ASKED_DRAWS: Final = 2000
ROWS: Final = 60_000  # scenarios over which rules are sought
RESAMPLES: Final = 100


def _generator(seed: int, what: str) -> np.random.Generator:
    """Return a generator of its own for one purpose, so that no resampling moves another."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(f"{seed}\x00{what}".encode()).digest()[:16], "little"))


def sensitivities_of(
    plan: Plan, groups: Sequence[Group], redrawn: Arrays, replicates: int
) -> tuple[dict[int, Sensitivity], dict[int, Flips]]:
    """Return the variance of the size of the zone, and flips of "is there a zone?", by reading tried."""
    if not redrawn or redrawn["first"].shape[1] < FEWEST:
        return {}, {}
    names = [one.key for one in groups]
    count = redrawn["first"].shape[1]
    scramble = np.arange(count) % replicates if replicates > 1 else None
    sensitivities: dict[int, Sensitivity] = {}
    flips: dict[int, Flips] = {}
    known: dict[bytes, int] = {}
    for row, number in enumerate(plan.tried):
        first, second, mixed = redrawn["first"][row], redrawn["second"][row], redrawn["mixed"][:, row]
        same = known.setdefault(first.tobytes() + second.tobytes() + mixed.tobytes(), number)
        if same != number:
            sensitivities[number], flips[number] = sensitivities[same], flips[same]
            continue
        generator = _generator(plan.streams.seed, "variance")
        sensitivities[number] = estimate_sensitivity(
            names, first.astype(np.float64), second.astype(np.float64), mixed.astype(np.float64), generator, by_replicate=scramble
        )
        flips[number] = count_flips(names, first > 0, mixed > 0)
    return sensitivities, flips


def decisive_of(
    plan: Plan,
    sample: Sample,
    opened: Flags,
    groups: Sequence[Group],
    sensitivities: Mapping[int, Sensitivity],
    flips: Mapping[int, Flips],
) -> tuple[Decisive, ...]:
    """Return what turns the answer, the most first; ties by key."""
    sure = {number for number in flips if not sample.readings[number].undecided}
    found = []
    for place, group in enumerate(groups):
        turned = {
            number: Share(float(one.shares[place]), float(one.low[place]), float(one.high[place]))
            for number, one in flips.items()
            if number in sure
        }
        if turned:
            found.append(
                Decisive(
                    group.key,
                    "judgement",
                    across(turned),
                    _indices(sensitivities, sure, place, "first_order"),
                    _indices(sensitivities, sure, place, "total_order"),
                    group.parties,
                )
            )
    found += _questions(plan, sample, opened)
    return tuple(sorted(found, key=lambda one: (-one.flips.highest.value, -one.flips.lowest.value, one.key)))


def _indices(sensitivities: Mapping[int, Sensitivity], sure: set[int], place: int, name: str) -> Across | None:
    shares = {}
    for number, one in sensitivities.items():
        if number in sure and not one.constant:
            low, high = getattr(one, f"{name}_interval")[:, place]
            shares[number] = Share(float(getattr(one, name)[place]), float(low), float(high))
    return across(shares) if shares else None


def _questions(plan: Plan, sample: Sample, opened: Flags) -> list[Decisive]:
    """Return for each question about the text how often another answer turns "is there a zone?"."""
    place = {tuple(reading.items()): number for number, reading in enumerate(plan.readings)}
    draws = opened.shape[1]
    found = []
    for key in plan.readings[0] if plan.readings else ():
        best: dict[tuple[tuple[str, int], ...], tuple[int, int]] = {}
        for number, reading in enumerate(plan.readings):
            rest = tuple((name, held) for name, held in reading.items() if name != key)
            for answer in range(reading[key]):
                other = place.get(tuple((name, answer if name == key else held) for name, held in reading.items()))
                if other is None or sample.readings[number].undecided or sample.readings[other].undecided:
                    continue
                count = int((opened[number] != opened[other]).sum())
                if rest not in best or count > best[rest][0]:
                    best[rest] = (count, number)
        turned = {number: count for count, number in best.values()}
        if turned:
            users = frozenset(party for party in plan.case.parties if key in answers_hang_on(plan.case, party))
            flips = across_counts(turned, draws, varied=sample.varied > 0)
            found.append(Decisive(key, "reading", flips, None, None, users))
    return found


def found_of(
    plan: Plan, sample: Sample, opened: Flags, inputs: Sequence[Input]
) -> tuple[dict[int, tuple[Finding, ...]], tuple[Found, ...]]:
    """Return what finding out one judgement would settle, by reading and over readings.

    Asked of the readings with the fewest and the most draws with a zone and of some between, over the first draws.
    """
    draws = min(opened.shape[1], ASKED_DRAWS)
    known = [number for number in plan.tried if not sample.readings[number].undecided]
    if draws < FEWEST or not known or not inputs:
        return {}, ()
    order = sorted(known, key=lambda number: (sample.readings[number].open_draws, number))
    chosen = [order[round(place)] for place in np.linspace(0, len(order) - 1, min(ASKED, len(order)))]
    values = {one.key: one.values[:draws] for one in inputs if not np.isnan(one.values[:draws]).any()}
    words = frozenset(one.key for one in inputs if one.words and one.key in values)
    by_reading = {
        number: rank_findings(
            opened[number, :draws], values, _generator(plan.streams.seed, "finding out"), words=words, resamples=RESAMPLES
        )
        for number in dict.fromkeys(chosen)
    }
    found = []
    for key in values:
        each = {number: next(one for one in ranked if one.key == key) for number, ranked in by_reading.items()}
        settled = across({number: _around(one.settled, one.settled_interval) for number, one in each.items()})
        gain = across({number: _around(one.gain, one.gain_interval) for number, one in each.items()})
        found.append(Found(key, settled, gain))
    return by_reading, tuple(sorted(found, key=lambda one: (-one.settled.highest.value, -one.gain.highest.value, one.key)))


def _around(value: float, interval: tuple[float, float]) -> Share:
    """Return a figure with its interval; resampling few draws can miss what all of them gave."""
    return Share(value, min(value, interval[0]), max(value, interval[1]))


def rules_of(
    plan: Plan, sample: Sample, opened: Flags, inputs: Sequence[Input]
) -> tuple[tuple[Rule | NoRule, ...], tuple[int, ...]]:
    """Return when there mostly is a zone and when there mostly is none, over the readings tried."""
    known = [number for number in plan.tried if not sample.readings[number].undecided]
    draws = min(opened.shape[1], ROWS // max(len(known), 1))
    if draws < FEWEST or not known:
        return (), ()
    numbers = {}
    words = {}
    for one in inputs:
        row = one.values[:draws]
        if np.isnan(row).any() or one.key in plan.readings[0]:
            continue  # a range behind one answer to a question: the answer stands for it
        if one.words:
            words[one.key] = (one.words, np.tile(row.astype(np.int64), len(known)))
        else:
            numbers[one.key] = np.tile(row, len(known))
    for key in plan.readings[0]:
        held = [plan.readings[number][key] for number in known]
        if len(set(held)) > 1:
            labels = tuple(dict.fromkeys(one.reading[key] for one in sample.readings))
            place = [labels.index(sample.readings[number].reading[key]) for number in known]
            words[key] = (labels, np.repeat(np.array(place, dtype=np.int64), draws))
    if not numbers and not words:
        return (), ()
    answers = np.concatenate([opened[number, :draws] for number in known])
    draw_of_row = np.tile(np.arange(draws), len(known))
    reading_of_row = np.repeat(np.array(known), draws)
    rules = tuple(
        find_rule(
            numbers,
            words,
            answers,
            draw_of_row=draw_of_row,
            reading_of_row=reading_of_row,
            seed=plan.streams.seed,
            answer=answer,
        )
        for answer in (True, False)
    )
    return rules, tuple(known)
