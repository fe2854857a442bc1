"""The zone along one judgement: exact at each place, and its openings found to the grain."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from zopa.case import Case, format_number, judgements, load_case
from zopa.cases import shipped_case
from zopa.settlement import Settlement, settle
from zopa.space import draw_scenarios
from zopa.workbench.answers import Answers
from zopa.workbench.sweeping import MOST_CROSSINGS, Crossing, Step, Swept, places_between, sweep_zone
from zopa.workbench.whatif import Posed, WhatIf, posed

UKRAINE = load_case(shipped_case("ukraine-2025"))
NO_DEAL = "preferences.UKR.no_deal"
# Two parties that share one number: what one gains by a deal the other loses, and x says how much.
WINDOW = """\
zopa: 1
title: A price
as_of: 2024-01-01
grain: 0.1
parties:
  buyer: {name: Buyer, seat: signatory}
  seller: {name: Seller, seat: signatory}
issues:
  price: {name: Price, options: [deal, none], now: none}
deal: price = deal
assumptions:
  x: {value: 0..10, assume: nobody knows}
preferences:
  assume: nobody knows
  buyer:
    points: {price: {deal: 3 - x, none: 0}}
    no_deal: {value: -4}
  seller:
    points: {price: {deal: x - 2, none: 0}}
    no_deal: {value: 0}
"""


def asked(case: Case, query: str = "") -> Posed:
    what, faults = WhatIf.parse(parse_qs(query))
    assert not faults
    return posed(case, what)


def places(low: int, high: int, case: Case, most: int = 11) -> tuple[str, ...]:
    return tuple(format_number(one) for one in places_between(Fraction(low), Fraction(high), case.grain, most))


def spans(found: Swept) -> list[tuple[str, str, str]]:
    return [(one.first.amount, one.last.amount, one.state) for one in found.stretches]


@pytest.fixture
def window(make_case: Callable[..., Path]) -> Case:
    return load_case(make_case(WINDOW))


# Places ----------------------------------------------------------------------------------------------------

numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)


@given(
    numbers, st.fractions(min_value=Fraction(1, 60), max_value=500, max_denominator=60), st.integers(1, 1000), st.integers(2, 60)
)
def test_places_run_from_end_to_end_on_the_grain(low: Fraction, width: Fraction, parts: int, most: int) -> None:
    grain = Fraction(1, parts)
    found = places_between(low, low + width, grain, most)
    assert (found[0], found[-1]) == (low, low + width)
    assert all(one < other for one, other in pairwise(found))
    assert len(found) <= most
    assert all((one / grain).denominator == 1 for one in found[1:-1])


def test_a_range_is_looked_at_in_forty_steps() -> None:
    assert places_between(Fraction(0), Fraction(100), Fraction(1, 100)) == tuple(Fraction(5 * n, 2) for n in range(41))


# The zone --------------------------------------------------------------------------------------------------


def test_the_window_in_which_both_sign_is_found_to_the_grain(window: Case) -> None:
    """The buyer signs up to x = 7, the seller from x = 2."""
    found = sweep_zone(asked(window), "assumptions.x", places(0, 10, window))
    assert spans(found) == [("0", "1.9", "shut"), ("2", "7", "open"), ("7.1", "10", "shut")]
    assert [one.exact for one in found.crossings] == [True, True]
    assert [one.most for one in found.stretches] == [0, 1, 0]
    assert (found.most, found.deals) == (1, 1)


def test_a_zone_between_two_places_is_not_seen(window: Case) -> None:
    found = sweep_zone(asked(window), "assumptions.x", ("0", "1", "8", "10"))
    assert spans(found) == [("0", "10", "shut")]


def test_what_is_between_two_states_is_found_as_well() -> None:
    """From open to shut the zone passes through amounts at which nothing is sure."""
    found = sweep_zone(asked(UKRAINE), NO_DEAL, ("70", "100"))
    assert [one.state for one in found.stretches] == ["open", "unknown", "shut"]
    assert found.stretches[0].first.amount == "70"
    assert found.stretches[-1].last.amount == "100"
    for crossing in found.crossings:
        assert crossing.below.value is not None
        assert crossing.above.value == crossing.below.value + UKRAINE.grain


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("path", "query"),
    [
        (NO_DEAL, ""),
        ("assumptions.A9", "without=s14&read=A6:down&pull=cut_aid"),
        ("preferences.RUS.weights.dmz", f"set={NO_DEAL}:40&at=2025-01-01&off=A8"),
        ("levers.cut_aid.move.UKR.no_deal", "pull=cut_aid&read=table:signatory"),
    ],
)
def test_every_place_is_what_the_page_would_show(path: str, query: str) -> None:
    base = asked(UKRAINE, query)
    found = sweep_zone(base, path, ("0", "20", "45", "60", "95"))
    assert found.steps
    for step in found.steps:
        shown = posed(UKRAINE, base.whatif.putting(path, step.amount))
        if step.state == "refused":
            assert shown.whatif.set == base.whatif.set
            assert step.why
            continue
        assert shown.whatif.set == (*base.whatif.set, (path, step.amount))
        drawn = draw_scenarios(shown.case, reading=shown.reading)
        alone = settle(shown.case, day=shown.day, scenarios=drawn, levers=shown.levers)
        assert (step.zone, step.possible) == (alone.zone_count(), len(alone.possible))
        answer = Answers().settlement(shown)
        assert isinstance(answer, Settlement)
        assert step.zone == answer.zone_count()


def test_weights_that_keep_a_sum_are_set_together_as_on_the_page(make_case: Callable[..., Path]) -> None:
    """Alone, the weight that somebody set cannot be: its place is judged with the one that is dragged."""
    summed = """\
zopa: 1
title: Shares
as_of: 2024-01-01
parties:
  a: {name: A, seat: signatory}
  b: {name: B, seat: signatory}
issues:
  one: {name: One, options: [no, yes], now: no}
  two: {name: Two, options: [no, yes], now: no}
preferences:
  assume: made up
  a:
    weights: {one: 50, two: 50, sum: 100}
    scores: {one: [0, 100], two: [100, 0]}
    no_deal: {share: 50}
  b:
    weights: {one: 50, two: 50, sum: 100}
    scores: {one: [0, 100], two: [100, 0]}
    no_deal: {share: 50}
"""
    case = load_case(make_case(summed))
    base = asked(case, "set=preferences.a.weights.one:30&set=preferences.a.weights.two:70")
    assert base.faults == ()
    found = sweep_zone(base, "preferences.a.weights.two", ("60", "70", "80"))
    assert [one.state == "refused" for one in found.steps] == [True, False, True]


def test_amounts_that_the_case_cannot_have_are_told(window: Case) -> None:
    found = sweep_zone(asked(UKRAINE), "preferences.RUS.weights.dmz", ("80", "100"))
    assert [one.state for one in found.stretches] == ["open", "refused"]
    assert found.steps[-1].why
    assert found.steps[-1].zone is None
    everywhere = sweep_zone(asked(UKRAINE), NO_DEAL, ("101", "150"))
    assert [one.state for one in everywhere.stretches] == ["refused"]
    assert everywhere.most == 0
    with pytest.raises(ValueError, match="no judgement"):
        sweep_zone(asked(window), "assumptions.y", ("0", "1"))


def test_open_or_shut_from_end_to_end(window: Case) -> None:
    assert spans(sweep_zone(asked(window), "assumptions.x", places(3, 6, window))) == [("3", "6", "open")]
    assert spans(sweep_zone(asked(window), "assumptions.x", places(8, 10, window))) == [("8", "10", "shut")]
    assert spans(sweep_zone(asked(window), "assumptions.x", ("5",))) == [("5", "5", "open")]


def test_words_are_looked_at_one_by_one() -> None:
    word = next(one for one in judgements(UKRAINE) if one.kind == "direction")
    found = sweep_zone(asked(UKRAINE), word.path, (*word.words, "unknown", "sideways"))
    assert [one.value for one in found.steps] == [None] * 5
    assert found.crossings == ()
    assert found.steps[-1].state == "refused"
    assert {one.state for one in found.steps[:3]} <= {"open", "shut", "unknown"}


def test_a_judgement_that_is_not_known_can_be_looked_along() -> None:
    unknown = next(one for one in judgements(UKRAINE) if one.text == "unknown" and one.kind == "lever")
    found = sweep_zone(asked(UKRAINE, "pull=press_ukr"), unknown.path, ("-20", "0", "20"))
    assert all(one.zone is not None for one in found.steps)
    assert isinstance(Answers().settlement(asked(UKRAINE, "pull=press_ukr")), Settlement)


def test_a_case_that_cannot_be_settled_is_told() -> None:
    case = load_case(CASES / "emission.yaml")
    known = judgements(case)
    assert known
    with pytest.raises(ValueError, match="settled"):
        sweep_zone(asked(case), known[0].path, ("5", "6"))


def test_progress_never_goes_back_and_stops_when_it_is_told_to() -> None:
    told: list[tuple[int, int]] = []
    sweep_zone(asked(UKRAINE), "assumptions.A9", ("0", "50", "100"), progress=lambda done, total: told.append((done, total)))
    assert len(told) >= 3
    assert all(0 <= done <= total for done, total in told)
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)

    class Stopped(BaseException):
        pass

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        sweep_zone(asked(UKRAINE), "assumptions.A9", ("0", "50", "100"), progress=stop)


def test_many_crossings_are_not_all_narrowed_down() -> None:
    def step(number: int) -> Step:
        return Step(str(number), Fraction(number), "open" if number % 2 else "shut", number % 2, number % 2)

    steps = tuple(step(number) for number in range(6))
    crossings = tuple(Crossing(one, other, exact=False) for one, other in pairwise(steps))
    found = Swept("p", steps, crossings, 1)
    assert [one.state for one in found.stretches] == ["shut", "open"] * 3
    assert MOST_CROSSINGS < 41
    assert Swept("p", (), (), 0).stretches == ()
