"""Samples of scenarios: shares, readings, streams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import CASES
from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.settlement import blocks, sample, settle, settlement_json
from zopa.space import draw_scenarios, fixed_rules, judge, package_space, readings_of

RANGES = """\
zopa: 1
title: Ranges
as_of: 2025-01-01
assume: test
parties: {a: A, b: B}
issues: {i: {scale: ordered, options: [x, y, z]}, j: {options: [u, v]}}
assumptions:
  firm: {value: yes | no, split: yes, assume: two readings}
  low: {value: 0..100, per: [a, b], sweep: 0..50 | 50..100, assume: not known}
preferences:
  a: {points: {i: [0, 40..60, 100], j: [0, 10]}, no_deal: {share: low}, red_lines: {L: {refuses: i = x, binds: firm}}}
  b: {points: {i: [100, 40..60, 0], j: [5, 0]}, no_deal: {share: low}}
"""


def ranges(make: Callable[..., Path]) -> Case:
    return load_case(make(RANGES))


def test_every_draw_agrees_with_its_own_settlement(make_case: Callable[..., Path]) -> None:
    case = ranges(make_case)
    drawn = sample(case, draws=60, seed=3)
    for number, reading in enumerate(readings_of(case)):
        opened = 0
        acceptable = np.zeros(6, dtype=int)
        for draw in range(60):
            one = settle(case, scenarios=draw_scenarios(case, 3, start=draw, draws=1, reading=reading))
            opened += bool(len(one.zone))
            acceptable[one.zone] += 1
        assert drawn.readings[number].open_draws == opened
        assert drawn.readings[number].acceptable.tolist() == acceptable[drawn.indices].tolist()


def test_the_same_seed_gives_the_same_sample_however_it_is_cut(
    make_case: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = ranges(make_case)
    whole = sample(case, draws=50, seed=8)
    monkeypatch.setattr("zopa.settlement.ensemble.CELLS", 6 * 16)
    assert blocks(case, len(whole.indices), 50) == [(0, 16), (16, 16), (32, 16), (48, 2)]
    cut = sample(case, draws=50, seed=8)
    assert [one.open_draws for one in whole.readings] == [one.open_draws for one in cut.readings]
    assert all((one.acceptable == other.acceptable).all() for one, other in zip(whole.readings, cut.readings, strict=True))
    assert whole.bands == cut.bands
    assert [one.open_draws for one in sample(case, draws=50, seed=9).readings] != [one.open_draws for one in whole.readings]


def test_readings_are_shown_apart_and_share_their_draws(make_case: Callable[..., Path]) -> None:
    drawn = sample(ranges(make_case), draws=200, seed=1)
    yes, no = drawn.readings
    assert (yes.reading, no.reading) == ({"firm": "yes"}, {"firm": "no"})
    # A red line can only take packages away, in every draw.
    assert (yes.acceptable <= no.acceptable).all()
    assert drawn.by_word()["firm"]["yes"].highest == yes.open_draws
    lowest, highest = drawn.extremes()
    assert lowest.open_draws <= highest.open_draws


def test_bands_split_a_range(make_case: Callable[..., Path]) -> None:
    drawn = sample(ranges(make_case), draws=300, seed=1)
    low, high = drawn.bands
    assert (low.band, high.band) == ("0..50", "50..100")
    assert low.span.lowest > high.span.highest
    # At single levels the zone closes step by step as no deal gets better for everybody.
    shares = [level.span.highest for level in drawn.levels]
    assert [level.band for level in drawn.levels] == ["0", "12.5", "25", "37.5", "50", "62.5", "75", "87.5", "100"]
    assert shares == sorted(shares, reverse=True)
    assert (shares[0], shares[-1]) == (300, 0)


def test_a_case_without_ranges_has_nothing_to_sample() -> None:
    case = load_case(CASES / "labour.yaml")
    drawn = sample(case, draws=5)
    assert drawn.varied == 0
    assert drawn.readings[0].open_draws == 5


def test_what_is_fixed_is_drawn_once_for_all() -> None:
    case = load_case(CASES / "labour.yaml")
    few, many = sample(case, draws=1), sample(case, draws=700)
    assert (many.readings[0].acceptable == 700 * few.readings[0].acceptable).all()
    assert {name: counts.tolist() for name, counts in many.readings[0].blocked_by.items()} == {
        name: (700 * counts).tolist() for name, counts in few.readings[0].blocked_by.items()
    }


def test_who_blocks_is_counted_where_a_party_is_asked(make_case: Callable[..., Path]) -> None:
    case = ranges(make_case)
    drawn = sample(case, draws=40, seed=2)
    for number, reading in enumerate(readings_of(case)):
        for party in case.parties:
            blocked = np.zeros(6, dtype=int)
            for draw in range(40):
                one = settle(case, scenarios=draw_scenarios(case, 2, start=draw, draws=1, reading=reading))
                blocked += [party in one.view(index).blockers() for index in range(6)]
            assert drawn.readings[number].blocked_by[party].tolist() == blocked.tolist()


UNKNOWN = """\
zopa: 1
title: Unknown
as_of: 2025-01-01
assume: test
parties: {a: A, b: {name: B, seat: guarantor, consent_if: i = x}}
issues: {i: {options: [x, y]}}
preferences: {a: {points: {i: [10, 0..10]}, no_deal: 5}, b: unknown}
"""


def test_what_hangs_on_an_unknown_consent_is_counted_apart(make_case: Callable[..., Path]) -> None:
    case = load_case(make_case(UNKNOWN))
    drawn = sample(case, draws=400, seed=1)
    span = drawn.zone_span()
    assert 150 < span.lowest == span.highest < 250
    assert span.possible == 400
    found = drawn.acceptable_span([0])
    assert found is not None
    assert (found.highest, found.possible) == (0, 400)
    shares = settlement_json(settle(case), drawn)["scenarios"]["zone_share"]
    assert shares["highest_if_unknown_granted"] == 1
    assert shares["highest"] == span.highest / 400


def test_shares_are_null_where_a_signatory_lacks_an_input(make_case: Callable[..., Path]) -> None:
    case = load_case(make_case(UNKNOWN.replace(", no_deal: 5", "")))
    drawn = sample(case, draws=10)
    assert drawn.undecided
    shares = settlement_json(settle(case), drawn)["scenarios"]["zone_share"]
    assert (shares["lowest"], shares["highest"], shares["highest_if_unknown_granted"]) == (None, None, 1)
    assert drawn.outcomes()["zone_share.lowest"] is None


def test_a_share_of_no_deal_follows_the_rules_of_each_reading(make_case: Callable[..., Path]) -> None:
    # Under `yes` the rule leaves a only the packages with i = x, so that its share counts from them.
    text = """\
zopa: 1
title: Rules by reading
as_of: 2025-01-01
assume: test
parties: {a: A, b: B}
issues: {i: {options: [x, y]}, j: {options: [u, v]}}
assumptions: {q: {value: no | yes, split: yes, assume: z}}
rules: {R: i = x if q}
preferences:
  a: {points: {i: [10, 100], j: [0, 20]}, no_deal: {share: 90}}
  b: {points: {i: [0, 0], j: [20, 0]}, no_deal: 0}
"""
    case = load_case(make_case(text))
    drawn = sample(case, draws=5)
    for number, reading in enumerate(readings_of(case)):
        one = settle(case, scenarios=draw_scenarios(case, 1, reading=reading))
        assert drawn.readings[number].open_draws == 5 * bool(len(one.zone))
        assert len(one.zone) == 1


def test_a_draw_without_any_allowed_package_closes_only_itself(make_case: Callable[..., Path]) -> None:
    text = """\
zopa: 1
title: Rules that may exclude everything
as_of: 2025-01-01
assume: test
parties: {a: A}
issues: {i: {options: [x, y]}}
assumptions: {q: {value: no | yes, assume: z}, w: {value: no | yes, assume: z}}
rules: {R1: i = x if q, R2: i = y if w}
preferences: {a: {points: {i: [10, 100]}, no_deal: {share: 10}}}
"""
    drawn = sample(load_case(make_case(text)), draws=400, seed=1)
    span = drawn.zone_span()
    assert 250 < span.lowest == span.highest == span.possible < 350  # three quarters, but for both rules at once


def test_seats_that_are_assumed_are_counted_draw_by_draw_under_a_vote(make_case: Callable[..., Path]) -> None:
    text = """\
zopa: 1
title: An assumed seat under a vote
as_of: 2025-01-01
assume: test
parties: {a: {name: A, seat: st}, b: B, c: C}
agreement: {need: 2}
issues: {i: {options: [x, y]}}
assumptions: {st: {value: signatory | observer, assume: z}}
preferences:
  a: {points: {i: [10, 10]}, no_deal: 0}
  b: {points: {i: [20, 20]}, no_deal: 0}
  c: {points: {i: [20, 20]}, no_deal: 50}
"""
    case = load_case(make_case(text))
    drawn = sample(case, draws=64, seed=1)
    singly = sum(bool(len(settle(case, scenarios=draw_scenarios(case, 1, start=draw)).zone)) for draw in range(64))
    assert drawn.readings[0].open_draws == singly
    assert 16 < singly < 48


def test_bands_reach_through_other_assumptions(make_case: Callable[..., Path]) -> None:
    text = RANGES.replace("no_deal: {share: low}, red_lines", "no_deal: {share: 100 - high}, red_lines").replace(
        "  low: {", "  high: {value: 0..100, sweep: 0..50 | 50..100, assume: not known}\n  low: {"
    )
    assert [band.assumption for band in sample(load_case(make_case(text)), draws=8).bands] == ["high", "high", "low", "low"]


def test_less_than_one_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one draw"):
        sample(load_case(CASES / "labour.yaml"), draws=0)


def test_votes_are_counted_in_samples_too() -> None:
    drawn = sample(load_case(CASES / "game.yaml"), draws=4)
    assert drawn.readings[0].open_draws == 4
    assert drawn.readings[0].acceptable.sum() == 4 * 9


# The Ukraine case ------------------------------------------------------------------------------------


def ukraine() -> Case:
    return load_case(shipped_case("ukraine-2025"))


@pytest.mark.golden
def test_the_ukraine_sample_shows_lowest_and_highest() -> None:
    case = ukraine()
    drawn = sample(case, draws=100, seed=1)
    assert len(drawn.readings) == 1024
    assert drawn.complete
    data = settlement_json(settle(case), drawn)["scenarios"]
    assert 0 < data["zone_share"]["lowest"] < data["zone_share"]["highest"] < 1
    assert [band["band"] for band in data["bands"]] == ["10..50", "30..70", "50..90", "0..100"]
    assert data["zone_share"]["highest"] < data["zone_share"]["highest_if_unknown_granted"]  # NATO, of which nothing is known
    *bands, whole = [band["zone_share"]["highest"] for band in data["bands"]]
    assert bands == sorted(bands, reverse=True)
    assert bands[-1] < whole < bands[0]
    assert drawn.approximate_draws == 0


@pytest.mark.property
def test_swapping_the_belligerents_data_swaps_the_answer() -> None:
    """All party data of the two belligerents change places; every stream travels with its data."""
    case = ukraine()
    space = package_space(case)
    indices = np.flatnonzero(fixed_rules(space, case))
    drawn = draw_scenarios(case, 4, draws=80)
    swapped_parties = {**drawn.parties, "RUS": drawn.parties["UKR"], "UKR": drawn.parties["RUS"]}
    turned = {"RUS": "UKR", "UKR": "RUS"}
    preferences = dict(case.preferences)
    for name, other in turned.items():
        lines = tuple(replace(line, party=name) for line in case.preferences[other].red_lines)
        preferences[name] = replace(case.preferences[other], party=name, red_lines=lines)
    exchanged = replace(drawn, case=replace(case, preferences=preferences), parties=swapped_parties)
    first, second = judge(drawn, indices), judge(exchanged, indices)
    assert (first.adopted.surely == second.adopted.surely).all()
    for name, opposite in turned.items():
        assert (first.parties[name].accepts.surely == second.parties[opposite].accepts.surely).all()
        values, swapped = first.parties[name].values, second.parties[opposite].values
        assert values is not None
        assert swapped is not None
        assert (values == swapped).all()


@pytest.mark.property
def test_deleting_a_judgement_moves_no_other(make_case: Callable[..., Path]) -> None:
    before = draw_scenarios(ranges(make_case), 5, draws=40)
    text = RANGES.replace("a: {points: {i: [0, 40..60, 100]", "a: {points: {i: [0, 50, 100]")
    after = draw_scenarios(load_case(make_case(text)), 5, draws=40)
    first, second = before.parties["b"].points, after.parties["b"].points
    assert first is not None
    assert second is not None
    assert (first == second).all()
    one, other = before.parties["a"].no_deal, after.parties["a"].no_deal
    assert one is not None
    assert other is not None
    assert one.values is not None
    assert other.values is not None
    assert (one.values == other.values).all()


@pytest.mark.property
def test_a_statement_that_only_narrates_moves_no_number() -> None:
    case = ukraine()
    fewer = replace(case, statements={name: one for name, one in case.statements.items() if name not in {"s13", "s25", "s26"}})
    first, second = draw_scenarios(case, 2, draws=20), draw_scenarios(fewer, 2, draws=20)
    for name in case.parties:
        one, other = first.parties[name].points, second.parties[name].points
        assert (one is None and other is None) or (one is not None and other is not None and (one == other).all())


def test_drawn_numbers_keep_their_ranges_orders_and_sums() -> None:
    case = ukraine()
    drawn = draw_scenarios(case, 11, draws=300)
    for draw in range(300):
        values = {key: Fraction(text) for key, text in drawn.values(draw).items() if key.startswith("preferences.UKR.weights.")}
        weights = {key.rpartition(".")[2]: value for key, value in values.items()}
        assert sum(weights.values()) == 100
        assert all(2 <= value <= 45 for value in weights.values())
        assert max(weights["aid"], weights["arms"]) <= 25
        assert weights["guarantee"] >= max(weights["dmz"], weights["arms"])
        assert weights["nato"] >= weights["arms"]
        assert all((value * 100).denominator == 1 for value in weights.values())
        scores = {
            key.rpartition(".")[2]: Fraction(text) for key, text in drawn.values(draw).items() if "RUS.scores.guarantee" in key
        }
        assert 100 >= scores["european"] >= scores["joint"] >= 0
    top = draw_scenarios(case, 11, draws=200)
    for draw in range(200):
        weights = {
            key.rpartition(".")[2]: Fraction(text)
            for key, text in top.values(draw).items()
            if key.startswith("preferences.USA.weights.")
        }
        assert sum(value > weights["fighting"] for value in weights.values()) < 2


def test_few_readings_are_all_tried_for_bands_and_levels(make_case: Callable[..., Path]) -> None:
    case = ranges(make_case)
    drawn = sample(case, draws=80, seed=4)
    assert drawn.tried == 2
    for level in drawn.levels:
        counts = []
        for reading in readings_of(case):
            one = draw_scenarios(case, 4, draws=80, reading=reading, sweep={"low": level.amount})
            indices = np.flatnonzero(fixed_rules(package_space(case), case))
            counts.append(int(judge(one, indices).adopted.surely.any(axis=1).sum()))
        assert (level.span.lowest, level.span.highest) == (min(counts), max(counts))
    assert sample(ukraine(), draws=8).tried == 16
