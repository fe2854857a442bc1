"""Settlement over blocks of draws: against one scenario after another, however the draws are cut, and drawn anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.drawn import ensembles, made, one_by_one, plan_of, same_shares, same_traces, totals_of
from zopa.case import Case, load_case
from zopa.cases import shipped_case, shipped_cases
from zopa.settlement import Plan, Totals, blocks, planned, redrawn_block, run_block, settle
from zopa.settlement.ensemble import CELLS, LARGEST_BLOCK, PLAIN_CELLS, Grouped
from zopa.space import Streams, draw_scenarios, keys_of_parties, sobol_keys

DRAWS = 11  # a byte of eight draws, and three in another one


def as_one_by_one(case: Case, draws: int = DRAWS, plan: Plan | None = None) -> Totals:
    """Hold every count and trace of every reading against settlements one by one."""
    plan = plan or plan_of(case)
    totals = totals_of(plan, {0: draws})
    shares, traces = totals.shares(), totals.traces()
    for number in range(len(plan.readings)):
        counted = one_by_one(plan, number, draws)
        same_shares(plan, shares[number], counted)
        same_traces(traces, number, counted)
    return totals


@pytest.mark.oracle
@settings(max_examples=12)
@given(ensembles(votes=False), st.sampled_from([1, 8, DRAWS]))
def test_a_drawn_case_comes_to_the_same_one_scenario_at_a_time(text: str, draws: int) -> None:
    as_one_by_one(made(text), draws)


@pytest.mark.oracle
@settings(max_examples=8)
@given(ensembles(votes=True), st.sampled_from([1, 8, DRAWS]))
def test_a_drawn_vote_comes_to_the_same_one_scenario_at_a_time(text: str, draws: int) -> None:
    as_one_by_one(made(text), draws)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("name", "numbers", "draws"), [("labour-contract", (0,), 9), ("panama-1977", (0, -1), 9), ("ukraine-2025", (0, 341, -1), 2)]
)
def test_a_shipped_case_comes_to_the_same_one_scenario_at_a_time(name: str, numbers: tuple[int, ...], draws: int) -> None:
    case = load_case(shipped_case(name))
    readings = plan_of(case).readings
    chosen = tuple(dict.fromkeys(number % len(readings) for number in numbers))
    every = tuple(range(len(chosen)))
    plan = Plan(case, Streams(2), tuple(readings[number] for number in chosen), case.as_of, every, True, every)
    as_one_by_one(case, draws, plan)


# What hangs on one thing at a time ----------------------------------------------------------------------------------------

PAIR = """\
issues: {{i: {{options: [x, y]}}, j: {{options: [u, v]}}}}
assumptions: {{{assumptions}}}
packages: {{offer: {{terms: {{i: y}}}}}}
preferences:
  a: {{points: {{i: [10, 12], j: [0, 3..6]}}, no_deal: 11}}
  b: {{points: {{i: [20, 20..30], j: [4, 0]}}, no_deal: {no_deal}}}
"""


def pair(parties: str, assumptions: str, no_deal: str = "22", more: str = "") -> Case:
    return made(f"parties: {{{parties}}}\n{more}{PAIR.format(assumptions=assumptions, no_deal=no_deal)}")


@pytest.mark.oracle
@pytest.mark.parametrize("split", ["", ", split: yes"])
@pytest.mark.parametrize("draws", [8, 16, DRAWS])
def test_a_rule_that_hangs_on_an_assumption(split: str, draws: int) -> None:
    """What everybody says stays the same; which packages may be chosen does not."""
    case = pair("a: A, b: B", f"q: {{value: no | yes{split}}}", more="rules: {R: i = x if q}\n")
    as_one_by_one(case, draws)


@pytest.mark.oracle
@pytest.mark.parametrize("split", ["", ", split: yes"])
@pytest.mark.parametrize("draws", [8, 16, DRAWS])
def test_a_seat_that_hangs_on_an_assumption(split: str, draws: int) -> None:
    """A party that signs and accepts everything, and one that is not asked, both stand in nobody's way."""
    seat = f"st: {{value: signatory | observer{split}}}"
    as_one_by_one(pair("a: A, b: {name: B, seat: st}", seat, "0"), draws)
    as_one_by_one(pair("a: A, b: {name: B, seat: st}", seat), draws)


@pytest.mark.oracle
@pytest.mark.parametrize("split", ["", ", split: yes"])
@pytest.mark.parametrize("draws", [8, 16, DRAWS])
def test_a_seat_that_hangs_on_an_assumption_under_a_vote(split: str, draws: int) -> None:
    seat = f"st: {{value: signatory | observer{split}}}"
    parties = "a: A, b: {name: B, seat: st}, c: {name: C}"
    more = "  c: {points: {i: [1, 1], j: [1, 1]}, no_deal: 1}\n"
    text = f"parties: {{{parties}}}\nagreement: {{need: 2}}\n{PAIR.format(assumptions=seat, no_deal='0')}{more}"
    as_one_by_one(made(text), draws)


@pytest.mark.oracle
@pytest.mark.parametrize("split", ["", ", split: yes"])
@pytest.mark.parametrize("wants", ["", "  c: unknown\n"])
def test_a_party_of_which_nothing_is_known_signs_or_does_not(split: str, wants: str) -> None:
    """Where it does not sign there is a zone with its frontier, draw by draw and reading by reading."""
    seat = f"st: {{value: signatory | observer{split}}}"
    parties = "a: A, b: B, c: {name: C, seat: st}"
    as_one_by_one(made(f"parties: {{{parties}}}\n{PAIR.format(assumptions=seat, no_deal='22')}{wants}"))


@pytest.mark.oracle
def test_consent_a_veto_and_unequal_votes() -> None:
    parties = "a: A, b: B, c: {name: C, seat: guarantor, consent_if: j = v}, d: D"
    more = "  c: {points: {i: [1, 0..3], j: [1, 1]}, no_deal: 3}\n  d: {points: {i: [1, 0..2], j: [1, 1]}, no_deal: 2}\n"
    text = PAIR.format(assumptions="", no_deal="22").replace("assumptions: {}\n", "") + more
    for agreement in ("need: 2", "need: 2, veto: [b]", "need: {quota: 3, votes: {a: 2, b: 1, d: 1}}", "need: 1, veto: [a, d]"):
        as_one_by_one(made(f"parties: {{{parties}}}\nagreement: {{{agreement}}}\n{text}"))
    as_one_by_one(made(f"parties: {{{parties}}}\n{text}"))


@pytest.mark.oracle
def test_points_that_64_bits_do_not_hold() -> None:
    text = PAIR.format(assumptions="", no_deal="22").replace("assumptions: {}\n", "")
    as_one_by_one(made("parties: {a: A, b: B}\n" + text.replace("[10, 12]", "[10000000000000000000001, 12]")))


def test_nobody_signs_in_some_draws() -> None:
    """Then every package that may be chosen is agreed to, and there is nobody to have a frontier."""
    case = made(
        "parties: {a: {name: A, seat: st}}\nissues: {i: {options: [x, y]}}\n"
        "assumptions: {st: {value: signatory | observer}}\n"
        "preferences: {a: {points: {i: [0, 5]}, no_deal: 5}}\n"
    )
    totals = totals_of(plan_of(case), {0: 40})
    (one,) = totals.shares()
    without = 40 - int(one.acceptable[0])
    assert one.acceptable.tolist() == [40 - without, 40]
    assert 10 < without < 30
    for draw in range(40):
        assert len(settle(case, scenarios=draw_scenarios(case, 3, start=draw)).zone) in {1, 2}


def test_rules_that_leave_no_package() -> None:
    for more in ("", ", bonus: {m: {when: i = x, points: 2}}"):
        case = made(
            "parties: {a: A}\nissues: {i: {options: [x, y]}}\nrules: {R: i = x, S: i = y}\n"
            f"preferences: {{a: {{points: {{i: [1, 7..9]}}, no_deal: {{share: 5}}{more}}}}}\n"
        )
        totals = as_one_by_one(case)
        assert totals.shares()[0].open_draws == 0


# Blocks -------------------------------------------------------------------------------------------------------------------


def same_totals(one: Totals, other: Totals) -> None:
    assert (one.draws, one.varied, one.approximate) == (other.draws, other.varied, other.approximate)
    assert (one.open == other.open).all()
    assert (one.granted == other.granted).all()
    assert (one.band_open == other.band_open).all()
    assert (one.band_granted == other.band_granted).all()
    for first, second in zip(one.shares(), other.shares(), strict=True):
        for name in ("reading", "open_draws", "possible_draws", "opens", "undecided"):
            assert getattr(first, name) == getattr(second, name), name
    assert set(one.grouped) == set(other.grouped)
    for name, counts in one.grouped.items():
        for reading in range(one.readings):
            assert (counts.of(reading) == other.grouped[name].of(reading)).all(), name
    first_rows, second_rows = one.traces(), other.traces()
    assert set(first_rows) == set(second_rows)
    for name, rows in first_rows.items():
        np.testing.assert_array_equal(rows, second_rows[name], err_msg=name)


def cut(draws: int, sizes: list[int], turned: bool) -> Mapping[int, int]:
    """Return blocks of some sizes, one after another, until all draws are in one; or the last of them first."""
    parts: dict[int, int] = {}
    start = 0
    while start < draws:
        parts[start] = min(sizes[len(parts) % len(sizes)], draws - start)
        start += parts[start]
    return dict(reversed(parts.items())) if turned else parts


@pytest.mark.property
@settings(max_examples=10)
@given(ensembles(), st.lists(st.integers(1, 9), min_size=1, max_size=4), st.booleans())
def test_blocks_come_to_the_same_in_any_order_and_however_cut(text: str, sizes: list[int], turned: bool) -> None:
    plan = plan_of(made(text))
    same_totals(totals_of(plan, {0: 19}), totals_of(plan, cut(19, sizes, turned)))


@pytest.mark.slow
@pytest.mark.property
def test_blocks_of_a_shipped_case_with_bands_and_readings() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    whole, _ = planned(case, Streams(1), 4, None)
    readings = whole.readings[::200]
    plan = replace(whole, readings=readings, tried=(0, 3), bands=whole.bands[:2], fronts=(0, 2, 3), traced=True)
    first = totals_of(plan, {0: 6})
    same_totals(first, totals_of(plan, {4: 2, 0: 3, 3: 1}))
    assert first.grouped["efficient"].of(1).sum() == 0 < first.grouped["efficient"].of(0).sum()  # looked for only where asked


@pytest.mark.property
def test_a_block_in_which_nobody_asks_a_party() -> None:
    """A party that is asked in few draws: in the others, having its consent changes nothing."""
    case = pair("a: A, b: {name: B, seat: st}", "st: {value: observer | guarantor | signatory}")
    plan = plan_of(case)
    same_totals(totals_of(plan, {0: 16}), totals_of(plan, dict.fromkeys(range(16), 1)))


@pytest.mark.property
def test_a_block_without_any_zone() -> None:
    case = pair("a: A, b: B", "low: {value: 20..40}", "low")
    plan = plan_of(case)
    whole = totals_of(plan, {0: 16})
    assert 0 < whole.open.sum() < 16
    same_totals(whole, totals_of(plan, dict.fromkeys(range(16), 1)))


def test_blocks_hang_on_the_case_alone() -> None:
    case = pair("a: A, b: B", "low: {value: 20..40}", "low")
    largest = LARGEST_BLOCK
    assert blocks(case, 4, 2 * largest + 5) == [(0, largest), (largest, largest), (2 * largest, 5)]
    assert blocks(case, 4, 2 * largest + 5, start=2 * largest) == [(2 * largest, 5)]
    assert blocks(case, CELLS // 16, 34) == [(0, 16), (16, 16), (32, 2)]
    assert blocks(case, 10**9, 17) == [(0, 8), (8, 8), (16, 1)]
    bonus = made(
        "parties: {a: A}\nissues: {i: {options: [x, y]}}\n"
        "preferences: {a: {points: {i: [1, 7..9]}, no_deal: 5, bonus: {m: {when: i = x, points: 2}}}}\n"
    )
    assert blocks(bonus, PLAIN_CELLS // 16, 20) == [(0, 16), (16, 4)]


@pytest.mark.oracle
@given(st.data())
def test_grouped_counts_are_plain_sums(data: st.DataObject) -> None:
    readings, packages = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
    numbers = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    grouped, plain = Grouped(readings, packages), np.zeros((readings, packages), dtype=int)
    for _ in range(data.draw(st.integers(0, 4))):
        rows = numbers.integers(0, 5, (int(numbers.integers(0, 4)), packages)).astype(np.int32)
        which = numbers.integers(-1, len(rows), readings).astype(np.int32)
        grouped.add(which, rows)
        plain += np.array([rows[one] if one >= 0 else np.zeros(packages, dtype=int) for one in which])
    for reading in range(readings):
        assert grouped.of(reading).tolist() == plain[reading].tolist()
        assert grouped.of(reading, 7).tolist() == (7 * plain[reading]).tolist()


def test_readings_that_come_to_the_same_share_their_counts() -> None:
    grouped = Grouped(6, 2)
    for _ in range(3):
        grouped.add(np.array([0, 0, 1, 1, 0, 1]), np.array([[1, 2], [3, 4]], dtype=np.int32))
    assert len(grouped.rows) == 2


# Drawn anew ---------------------------------------------------------------------------------------------------------------


def sizes(plan: Plan, streams: Streams, start: int, count: int) -> list[list[int]]:
    """Return the size of the zone in every draw from some streams, from settlements one by one."""
    found: list[list[int]] = []
    for number in plan.tried:
        row = []
        for draw in range(start, start + count):
            scenario = draw_scenarios(plan.case, streams.seed, start=draw, reading=plan.readings[number], streams=streams)
            row.append(len(settle(plan.case, scenarios=scenario).zone))
        found.append(row)
    return found


def as_drawn_from_scratch(
    case: Case, groups: list[frozenset[str]], start: int = 3, count: int = 9, tried: Any = None
) -> np.ndarray:
    users = keys_of_parties(case)
    whole = plan_of(case)
    plan = replace(whole, tried=whole.tried if tried is None else tried)
    reached = [frozenset(party for party, keys in users.items() if keys & members) for members in groups]
    found = redrawn_block(plan, start, count, list(zip(groups, reached, strict=True)))
    assert found["first"].tolist() == sizes(plan, plan.streams, start, count)
    assert found["second"].tolist() == sizes(plan, replace(plan.streams, all_redrawn=True), start, count)
    for members, mixed in zip(groups, found["mixed"], strict=True):
        assert mixed.tolist() == sizes(plan, replace(plan.streams, redrawn=members), start, count), sorted(members)
    return np.array([(mixed != found["first"]).any() for mixed in found["mixed"]])


@pytest.mark.oracle
@settings(max_examples=5)
@given(ensembles(), st.data())
def test_one_group_drawn_anew_is_the_case_drawn_from_scratch(text: str, data: st.DataObject) -> None:
    case = made(text)
    keys = sobol_keys(case)
    some = [frozenset({key}) for key in keys[:3]]
    if keys:
        some.append(frozenset(data.draw(st.sets(st.sampled_from(keys), min_size=1))))
    as_drawn_from_scratch(case, some, tried=(0,))


@pytest.mark.oracle
def test_all_kinds_of_judgements_drawn_anew() -> None:
    """A rule, a seat, a red line, weights with a sum (drawn again where they do not fit), and what is correlated."""
    case = made(
        "parties: {a: A, b: {name: B, seat: chair}, c: {name: C, seat: guarantor, consent_if: i = x and asked}}\n"
        "issues: {i: {options: [x, y, z]}, j: {options: [u, v]}, k: {options: [s, t]}}\n"
        "assumptions:\n  chair: {value: signatory | observer}\n  asked: {value: no | yes}\n  ruled: {value: no | yes}\n"
        "  own: {value: 0..100, per: [a, b]}\n  firm: {value: yes | no, split: yes}\n  rare: {value: yes | no}\n"
        "correlations: [{between: [own.a, own.b], rank: 0.8}]\n"
        "rules: {R: not (i = z and j = v) if ruled}\n"
        "preferences:\n"
        "  a: {weights: {i: 20..70, j: 0..100, k: 1..30, sum: 100, order: i > k},"
        " scores: {i: [0..9, 5, 9], j: [1, 4], k: [0, 2..5]}, no_deal: {share: own}}\n"
        "  b: {points: {i: [9, 5, 0..5], j: [4, 1], k: [1, 0]}, no_deal: {share: own},"
        " red_lines: {L: {refuses: i = x, binds: firm}}}\n"
        "  c: {points: {i: [3, 0..9, 3], j: [1, 4], k: [0, 0]}, no_deal: 3, red_lines: {M: {refuses: j = v, binds: rare}}}\n"
    )
    keys = sobol_keys(case)
    weights = frozenset(key for key in keys if ".weights." in key)
    assert len(weights) == 3
    groups = [weights, frozenset({"own.a", "own.b"})]
    groups += [frozenset({key}) for key in keys if key not in weights and not key.startswith("own")]
    changed = as_drawn_from_scratch(case, groups, count=9, tried=(1,))
    assert changed.sum() >= len(groups) // 2


def test_a_group_that_touches_nobody_changes_nothing() -> None:
    case = pair("a: A, b: B", "low: {value: 20..40}, idle: {value: 0..1}", "low")
    plan = plan_of(case)
    found = redrawn_block(plan, 0, 16, [(frozenset({"idle"}), frozenset()), (frozenset({"low"}), frozenset({"b"}))])
    assert (found["mixed"][0] == found["first"]).all()
    assert (found["mixed"][1] != found["first"]).any()
    assert (found["second"] != found["first"]).any()


@pytest.mark.oracle
@pytest.mark.parametrize("name", [name for name in shipped_cases() if name != "ukraine-2025"])
def test_a_shipped_case_drawn_anew(name: str) -> None:
    case = load_case(shipped_case(name))
    keys = sobol_keys(case)
    as_drawn_from_scratch(case, [frozenset({key}) for key in keys[:: max(1, len(keys) // 3)]], count=2, tried=(0,))


def test_only_what_is_asked_for_is_in_a_block() -> None:
    plan = plan_of(pair("a: A, b: B", "q: {value: no | yes, split: yes}", more="rules: {R: i = x if q}\n"))
    bare = run_block(replace(plan, fronts=(), traced=False), 0, 8)
    assert not any(name.startswith(("trace", "solution", "efficient", "front", "band")) for name in bare)
    full = run_block(plan, 0, 8)
    for name, rows in bare.items():
        assert (rows == full[name]).all(), name
