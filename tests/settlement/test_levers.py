"""Levers one by one and together: against brute force in fractions, and on the shipped cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import chain, combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.lever_cases import Levered, LeverSpec, levered, without_levers
from zopa.case import Case, at, load_case, read_text
from zopa.cases import shipped_case
from zopa.settlement import LeverState, Settlement, compare_levers, lever_change, lever_fault, settle
from zopa.settlement.levers import lever_wait, only_opens
from zopa.space import draw_scenarios


def same(settlement: Settlement, one: Levered, pulled: set[str]) -> None:
    """Hold a settlement with levers pulled against the fractions."""
    spec = one.settled(pulled)
    zone = spec.zone()
    assert settlement.zone.tolist() == [spec.index(package) for package in zone]
    for party in spec.parties:
        assert settlement.no_deal(party) == spec.no_deal[party], party
    if not zone:
        assert not settlement.points
        return
    for concept in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian"):
        found = {int(index) for index in settlement.tied_packages(concept)}
        assert found == getattr(spec, concept)(), concept


@pytest.mark.oracle
@pytest.mark.property
@given(levered(), st.data())
def test_exactly_these_levers_pulled_agrees_with_brute_force(one: Levered, data: st.DataObject) -> None:
    names = [lever.name for lever in one.levers]
    pulled = data.draw(st.sets(st.sampled_from(names)))
    same(settle(one.case(), levers=pulled), one, pulled)


@pytest.mark.oracle
@pytest.mark.property
@settings(max_examples=40)
@given(levered())
def test_every_state_of_a_comparison_agrees_with_brute_force(one: Levered) -> None:
    case = one.case()
    found = compare_levers(case)
    names = {lever.name for lever in one.levers}
    opening = {lever.name for lever in one.levers if lever.allow and not (lever.block or lever.moves or lever.times)}
    assert set(found.options.pulled) == opening
    assert set(found.together.pulled) == set(found.sized.pulled) == names
    for name in names:
        assert set(found.alone[name].pulled) == {name}
        assert set(found.turned[name].pulled) == opening ^ {name}
    ground = one.settled(set())
    before = {ground.index(package) for package in ground.zone()}
    for name, state in found.states().items():
        spec = one.settled(state.pulled)
        zone = {spec.index(package) for package in spec.zone()}
        assert (state.count, state.possible, state.open) == (len(zone), len(zone), bool(zone))
        assert state.no_deal == spec.no_deal
        if not name.startswith("turned."):
            change = lever_change(found.nothing, state)
            assert (change.gained, change.lost, change.zone) == (len(zone - before), len(before - zone), len(zone) - len(before))
        assert state.acceptable["base"] is (spec.index(one.base) in zone if spec.allowed(one.base) else False)


@pytest.mark.property
@given(levered())
def test_without_a_word_about_levers_they_change_nothing(one: Levered) -> None:
    plain, silent = settle(without_levers(one).case()), settle(one.case())
    assert plain.zone.tolist() == silent.zone.tolist()
    assert plain.outcomes() == silent.outcomes()


@pytest.mark.property
@given(levered(), st.data())
def test_a_lever_of_size_nothing_changes_nothing(one: Levered, data: st.DataObject) -> None:
    names = [lever.name for lever in one.levers]
    idle = LeverSpec("idle", dict.fromkeys(one.spec.parties, Fraction(0)), dict.fromkeys(one.spec.parties, Fraction(1)))
    pulled = data.draw(st.sets(st.sampled_from(names)))
    case = replace(one, levers=[*one.levers, idle]).case()
    assert settle(case, levers=pulled).outcomes() == settle(case, levers=pulled | {"idle"}).outcomes()


@pytest.mark.property
@given(levered(), st.randoms(use_true_random=False))
def test_the_order_of_levers_never_matters(one: Levered, random: object) -> None:
    names = {lever.name for lever in one.levers}
    shuffled = list(one.levers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = settle(one.case(), levers=names), settle(replace(one, levers=shuffled).case(), levers=names)
    assert first.outcomes() == second.outcomes()
    # One lever that does what two do together is both of them.
    if len(one.levers) > 1 and not any(lever.allow or lever.block for lever in one.levers):
        parties = one.spec.parties
        moves = {party: sum((lever.moves.get(party, Fraction(0)) for lever in one.levers), Fraction(0)) for party in parties}
        times = dict.fromkeys(parties, Fraction(1))
        for party in parties:
            for lever in one.levers:
                times[party] *= lever.times.get(party, Fraction(1))
        merged = replace(one, levers=[LeverSpec("whole", moves, times)])
        assert settle(merged.case(), levers={"whole"}).outcomes() == first.outcomes()


@pytest.mark.property
@given(levered())
def test_swapping_two_parties_swaps_what_levers_do(one: Levered) -> None:
    spec = one.spec
    if len(spec.parties) < 2 or spec.consent:
        return
    a, b = spec.parties[:2]
    turned = {**{party: party for party in spec.parties}, a: b, b: a}
    swapped = replace(
        spec,
        points={turned[party]: rows for party, rows in spec.points.items()},
        no_deal={turned[party]: value for party, value in spec.no_deal.items()},
        red_lines={turned[party]: lines for party, lines in spec.red_lines.items()},
    )
    levers = [
        replace(
            lever,
            moves={turned[party]: amount for party, amount in lever.moves.items()},
            times={turned[party]: amount for party, amount in lever.times.items()},
        )
        for lever in one.levers
    ]
    kinds = {turned[party]: kind for party, kind in one.kinds.items()}
    first = compare_levers(one.case())
    second = compare_levers(replace(one, spec=swapped, kinds=kinds, levers=levers).case())
    for name, state in first.states().items():
        other = second.states()[name]
        assert state.zone.tolist() == other.zone.tolist(), name
        assert {turned[party]: value for party, value in state.no_deal.items()} == other.no_deal
        for concept, point in state.solutions.items():
            # Of tied packages the first stands for all, whoever is named first.
            assert point.package == other.solutions[concept].package
            assert {turned[party]: gain for party, gain in point.gains.items()} == other.solutions[concept].gains


@pytest.mark.property
@given(levered(), st.fractions(min_value=0, max_value=9, max_denominator=9))
def test_a_lever_that_only_raises_a_no_deal_value_shrinks_the_zone(one: Levered, amount: Fraction) -> None:
    party = one.spec.parties[0]
    raising = LeverSpec("raise", {party: amount})
    case = replace(one, levers=[*one.levers, raising]).case()
    for pulled in (set(), {lever.name for lever in one.levers}):
        before, after = settle(case, levers=pulled), settle(case, levers=pulled | {"raise"})
        assert set(after.zone.tolist()) <= set(before.zone.tolist())


# Votes, unknown amounts, consent -------------------------------------------------------------------

HEAD = "zopa: 1\ntitle: A small case\nas_of: 2025-01-01\nassume: made up\n"
SMALL = (
    HEAD
    + """\
parties: {a: Ann, b: Ben, w: {name: Watcher, seat: observer}}
issues: {i: {options: [p, q, r]}, j: {options: [s, t]}}
preferences:
  a: {points: {i: [0, 4, 9], j: [1, 0]}, no_deal: 3}
  b: {points: {i: [9, 5, 0], j: [0, 1]}, no_deal: 3}
  w: {points: {i: [0, 0, 0], j: [0, 0]}, no_deal: 1}
packages: {mid: {terms: {i: q, j: s}}}
gates: {G: {on: 2025-06-01}, H: {on: 2026-01-01}}
"""
)


def small(levers: str, more: str = "") -> Case:
    reading = read_text(SMALL + "levers:\n" + levers + more, Path("small/case.yaml"))
    assert reading.case is not None, [str(one) for one in reading.findings]
    return reading.case


def test_an_unknown_amount_is_named_and_never_guessed() -> None:
    case = small("  x: {by: a, move: {b.no_deal: unknown}}\n  y: {by: b, move: {a.no_deal: 1}}\n")
    found = compare_levers(case)
    assert found.facts["x"].unknown == ("levers.x.move.b.no_deal",)
    alone = found.alone["x"]
    assert (alone.count, alone.open, alone.no_deal["b"]) == (None, None, None)
    assert [one.path for one in alone.missing] == ["levers.x.move.b.no_deal"]
    assert found.together.count is None
    assert (found.sized.pulled, found.sized.count) == (("y",), 2)
    change = lever_change(found.nothing, alone)
    assert (change.zone, change.gained, change.lost, change.no_deal) == (None, None, None, {"b": None})
    # With a's value alone known, what b might accept is an upper bound on the zone.
    assert alone.possible == 4


def test_what_settlement_does_not_use_is_named() -> None:
    case = small("  x: {by: a, move: {w.no_deal: 5, b.no_deal: 1}}\n")
    found = compare_levers(case)
    assert found.facts["x"].unused == ("w.no_deal",)
    assert not found.facts["x"].unknown
    unknown = compare_levers(small("  x: {by: a, move: {w.no_deal: unknown}}\n"))
    assert (unknown.facts["x"].unused, unknown.facts["x"].unknown) == (("w.no_deal",), ())
    assert unknown.alone["x"].count == unknown.nothing.count == 2


def test_votes_count_with_levers_too() -> None:
    case = small("  x: {by: a, move: {a.no_deal: 7}}\n", "agreement: {need: 1}\n")
    found = compare_levers(case)
    assert (found.nothing.count, found.alone["x"].count) == (6, 5)
    asked = settle(small("  x: {by: a, block: i = p}\n", "agreement: {need: 1}\n"), levers={"x"})
    assert len(asked.zone) == 4


def test_a_conflict_names_the_levers_that_shut_and_open() -> None:
    case = small("  x: {by: a, allow: i = q}\n  y: {by: b, block: i = q}\n")
    closed = settle(case, levers=())
    assert [(item.id, item.kind) for item in closed.conflict if item.id in {"x", "y"}] == [("x", "not_pulled")]
    ruled_out = settle(case, levers={"x", "y"})
    assert [(item.id, item.kind) for item in ruled_out.conflict if item.id in {"x", "y"}] == [("y", "pulled")]
    assert len(settle(case, levers={"x"}).zone) == 2


# Dates -----------------------------------------------------------------------------------------------


def test_a_lever_waits_for_its_day_and_ends_on_it() -> None:
    case = small(
        "  early: {by: a, until: G, move: {b.no_deal: 1}}\n"
        "  late: {by: a, from: G, until: 2026-01-01, move: {b.no_deal: 2}}\n"
        "  ever: {by: b, move: {a.no_deal: 1}}\n"
    )
    days = [date(2025, 5, 31), date(2025, 6, 1), date(2025, 12, 31), date(2026, 1, 1), None]
    ready = [set(compare_levers(case, day=day).alone) for day in days]
    assert ready == [{"early", "ever"}, {"late", "ever"}, {"late", "ever"}, {"ever"}, {"ever"}]
    before = compare_levers(case, day=days[0]).facts["late"]
    assert (before.why, before.when, before.available) == ("not_before", date(2025, 6, 1), False)
    after = compare_levers(case, day=days[1]).facts["early"]
    assert (after.why, after.when) == ("ended", date(2025, 6, 1))
    assert lever_wait(case, "late", at(case, None)) == ("ended", date(2026, 1, 1))
    assert lever_fault(case, ["late"], days[0]) is not None
    assert "it can from 2025-06-01" in str(lever_fault(case, ["late"], days[0]))
    assert "until 2025-06-01" in str(lever_fault(case, ["early"], days[3]))
    assert lever_fault(case, ["late", "ever"], days[1]) is None
    assert "Did you mean late?" in str(lever_fault(case, ["latte"], days[1]))


def test_a_lever_of_somebody_not_in_office_waits() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    day = date(2024, 12, 20)
    found = compare_levers(case, day=day)
    assert (found.facts["cut_aid"].why, found.facts["cut_aid"].when) == ("not_before", date(2025, 1, 20))
    assert "cut_aid" not in found.together.pulled
    reading = read_text(
        HEAD
        + "parties: {a: {name: Ann, principals: {one: {name: One, until: 2025-06-01}, two: {name: Two, from: 2025-06-01}}}}\n"
        + "issues: {i: {options: [p, q]}}\npreferences: {a: {points: {i: [0, 1]}, no_deal: 0}}\n"
        + "levers: {x: {by: a.two, move: {a.no_deal: 1}}}\n",
        Path("office/case.yaml"),
    )
    assert reading.case is not None
    assert lever_wait(reading.case, "x", at(reading.case, date(2025, 5, 1))) == ("not_in_office", None)
    assert "is not in office" in str(lever_fault(reading.case, ["x"], date(2025, 5, 1)))


# Shipped cases ---------------------------------------------------------------------------------------


def test_the_levers_of_the_ukraine_case() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    base = draw_scenarios(case)
    found = compare_levers(case, scenarios=base)
    stands = settle(case)
    # Nothing is said of levers in an answer as the case stands: the options are there and no value is moved.
    assert found.options.zone.tolist() == stands.zone.tolist()
    assert found.options.no_deal == {party: stands.no_deal(party) for party in case.parties}
    assert found.sized.pulled == (*found.facts,)[:5]
    moves = {move.target: move for move in found.facts["cut_aid"].moves}
    assert {move.unit for move in moves.values()} == {"share"}
    cut = found.turned["cut_aid"].no_deal
    for party in ("UKR", "RUS"):
        amount = moves[f"{party}.no_deal"].amount
        assert amount is not None
        values = stands.verdicts.parties[party].values
        assert values is not None
        allowed = values[0][stands.verdicts.allowed[0]]
        span = Fraction(int(allowed.max() - allowed.min()), int(base.parties[party].unit[0]))
        old, new = stands.no_deal(party), cut[party]
        assert old is not None
        assert new is not None
        assert new - old == amount / 100 * span
    drop = base.drawer.assumption("D", None, "")
    assert drop is not None
    assert moves["UKR.no_deal"].amount == -Fraction(int(drop[0]), base.scale)


def test_the_levers_of_the_labour_contract() -> None:
    found = compare_levers(load_case(shipped_case("labour-contract")))
    assert (found.nothing.count, found.alone["strike_fund"].count) == (51, 36)
    before, after = found.nothing.solutions["nash"], found.alone["strike_fund"].solutions["nash"]
    assert before.gains == {"bakers": 28, "bakery": 24}
    product = after.gains["bakers"] * after.gains["bakery"]  # type: ignore[operator]
    assert product == 432
    assert found.outcomes()["alone.strike_fund.zone.lost"] == 15


def test_only_opening_levers_are_told_from_others() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    opening = {name for name, lever in case.levers.items() if only_opens(lever)}
    assert opening == {"us_guarantee", "arms_deals", "eur_part", "accession"}


def test_every_subset_can_be_asked_for() -> None:
    case = small("  x: {by: a, move: {a.no_deal: 2}}\n  y: {by: b, times: {b.no_deal: 2}}\n  z: {by: a, block: j = t}\n")
    for chosen in chain.from_iterable(combinations("xyz", count) for count in range(4)):
        found: LeverState | None = compare_levers(case, chosen=chosen).chosen
        assert found is not None
        assert found.pulled == chosen
        assert found.zone.tolist() == settle(case, levers=chosen).zone.tolist()
    with pytest.raises(ValueError, match="no lever called q"):
        settle(case, levers={"q"})
