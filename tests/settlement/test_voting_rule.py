"""Smallest coalitions, vetoes and votes that never matter, against every set of seats."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.settlement.voting_rule import VotingRule, smallest_coalitions


@st.composite
def rules(draw: st.DrawFn) -> VotingRule:
    seats = tuple("abcdefg"[: draw(st.integers(1, 7))])
    kind = draw(st.sampled_from([st.just(Fraction(1)), st.integers(0, 4).map(Fraction), st.fractions(0, 5, max_denominator=3)]))
    votes = {name: draw(kind) for name in seats}
    need = Fraction(draw(st.integers(1, int(2 * sum(votes.values(), Fraction(1))))), 2)
    veto = tuple(name for name in seats if draw(st.integers(0, 3)) == 0)
    return VotingRule(seats, votes, need, veto, False)


def carrying(rule: VotingRule) -> list[frozenset[str]]:
    found = []
    for size in range(len(rule.seats) + 1):
        for some in combinations(rule.seats, size):
            if all(name in some for name in rule.veto) and sum(rule.votes[name] for name in some) >= rule.need:
                found.append(frozenset(some))
    return found


@pytest.mark.oracle
@given(rules())
def test_coalitions_agree_with_every_set_of_seats(rule: VotingRule) -> None:
    carry = carrying(rule)
    smallest = [one for one in carry if not any(other < one for other in carry)]
    found, complete = smallest_coalitions(rule, 1000)
    assert complete
    place = {name: at for at, name in enumerate(rule.seats)}
    expected = sorted((len(one), sorted(place[name] for name in one)) for one in smallest)
    assert [(len(one), [place[name] for name in one]) for one in found] == expected
    everywhere = frozenset(rule.seats).intersection(*carry) if carry else frozenset()
    assert set(rule.indispensable()) == everywhere
    never = rule.never_needed()
    assert never is not None
    assert set(never) == {name for name in rule.seats if not any(name in one for one in smallest)}


@pytest.mark.oracle
@given(rules(), st.integers(1, 5))
def test_a_limit_keeps_the_fewest_members_first(rule: VotingRule, limit: int) -> None:
    everything, _ = smallest_coalitions(rule, 1000)
    some, complete = smallest_coalitions(rule, limit)
    assert complete == (len(everything) <= limit)
    assert len(some) == min(limit, len(everything))
    assert set(some) <= set(everything)
    assert [len(one) for one in some] == [len(one) for one in everything[: len(some)]]


@pytest.mark.oracle
@given(rules(), st.data())
def test_without_a_seat_the_others_decide(rule: VotingRule, data: st.DataObject) -> None:
    party = data.draw(st.sampled_from(rule.seats))
    others = rule.without(party)
    expected = [one for one in carrying(rule) if party not in one]
    assert ([] if others is None else carrying(others)) == expected


def test_many_seats_are_listed_quickly() -> None:
    seats = tuple(f"s{number}" for number in range(27))
    weights = [29, 29, 29, 29, 27, 27, 14, 13, 12, 12, 12, 12, 12, 10, 10, 10, 7, 7, 7, 7, 7, 4, 4, 4, 4, 4, 3]
    rule = VotingRule(seats, dict(zip(seats, map(Fraction, weights), strict=True)), Fraction(255), (), False)
    found, complete = smallest_coalitions(rule, 100)
    assert (len(found), complete) == (100, False)
    assert all(rule.carries(one) and not rule.carries(one[:at] + one[at + 1 :]) for one in found for at in range(len(one)))
    # Thirteen heaviest have 257 votes and twelve have 245: no coalition is smaller than thirteen.
    assert len(found[0]) == 13
    assert {len(one) for one in found} == {13, 14}
    assert rule.never_needed() == ()


def test_a_small_vote_can_make_no_difference() -> None:
    rule = VotingRule(("a", "b", "c"), {"a": Fraction(50), "b": Fraction(49), "c": Fraction(1)}, Fraction(51), (), False)
    assert rule.never_needed() == ()
    assert rule.indispensable() == ("a",)
    rule = VotingRule(("a", "b", "c"), {"a": Fraction(50), "b": Fraction(49), "c": Fraction(1)}, Fraction(52), (), False)
    assert rule.never_needed() == ("c",)


def test_sums_of_votes_that_are_too_many_are_not_guessed() -> None:
    seats = tuple(f"s{number}" for number in range(24))
    votes = {name: Fraction(3**at + 7) for at, name in enumerate(seats)}
    assert VotingRule(seats, votes, sum(votes.values(), Fraction(0)) / 2, (), False).never_needed() is None
