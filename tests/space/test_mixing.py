"""The check of the walk: what is well mixed passes, what has not had time does not, and no draw moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.space.groups import group_of, uniform_of
from zopa.case import Case, read_text
from zopa.space import PartyCache, draw_scenarios
from zopa.space.mixing import MIXED, r_hat, worst_r_hat
from zopa.space.polytope import Group, in_order
from zopa.space.sampling import draw_group

LONG = 12


def long_and_thin(draws: int = 1) -> Group:
    """Twelve numbers in order with a sum: each has little room between its neighbours."""
    pairs = in_order([(one, one + 1, 0) for one in range(LONG - 1)])
    low, high = list(range(LONG)), [1000 - one for one in range(LONG)]
    low[3], high[7] = 0, 990
    return group_of(low, high, 1000, draws, pairs)


WELL = {
    "a simplex": group_of([0] * 4, [10_000] * 4, 10_000),
    "a box": group_of([0, 5], [100, 9]),
    "in the top of a chain": group_of([0] * 3, [60] * 3, pairs=((0, 1, 0),), in_top=((1, 2),)),
    "ties with a sum and an order": group_of([0] * 3, [50] * 3, 100, pairs=((0, 1, 0),), sizes=[2, 1, 1]),
    "numbers beyond 64 bits": group_of([0] * 3, [10**60] * 3, 10**60, pairs=((0, 1, 0),), kind=object),
    "some fixed": group_of([30, 0, 0], [30, 60, 60], 100, pairs=((1, 0, 0),)),
}


@pytest.mark.parametrize("name", WELL)
def test_what_is_small_and_round_mixes(name: str) -> None:
    assert 0.97 < worst_r_hat(WELL[name]) < MIXED


def test_what_is_long_and_thin_needs_its_steps() -> None:
    assert worst_r_hat(long_and_thin()) < MIXED
    assert worst_r_hat(long_and_thin(), 200) > 2
    assert worst_r_hat(long_and_thin(), 0) == float("inf")


def test_where_nothing_can_move_nothing_needs_mixing() -> None:
    assert worst_r_hat(group_of([4, 6], [4, 6], 10)) == 1.0


def test_a_set_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(ValueError, match="no numbers keep"):
        worst_r_hat(group_of([0, 5], [4, 9], None, 1, ((0, 1, 0),)))


def test_chains_that_agree_and_chains_that_do_not() -> None:
    alike = np.tile(np.arange(8.0), (5, 1))
    assert r_hat(alike) == pytest.approx(np.sqrt(7 / 8))  # nothing between them: (n - 1) / n is left
    made = np.random.default_rng(1).standard_normal((64, 16))
    assert 0.97 < r_hat(made) < 1.03
    assert r_hat(made + np.arange(64)[:, None] / 32) > MIXED
    assert r_hat(np.repeat(np.arange(4.0)[:, None], 6, axis=1)) == float("inf")


def test_chains_that_differ_in_spread_alone_do_not_agree() -> None:
    spread = np.where(np.arange(64) % 2, 1.0, 4.0)[:, None]
    assert r_hat(np.random.default_rng(1).standard_normal((64, 16)) * spread) > MIXED


@pytest.mark.oracle
def test_r_hat_of_normal_scores_worked_by_hand() -> None:
    """Two chains of two places with ranks 1, 2 and 3, 4: normal scores -1.0494, -0.2993, 0.2993, 1.0494.

    Variance within 0.2813 each, between the means 0.9095: the square is 1/2 + 0.9095 / 0.2813.
    """
    assert r_hat(np.array([[1.0, 2.0], [30.0, 400.0]])) == pytest.approx(np.sqrt(0.5 + 0.90949 / 0.28133), rel=1e-3)


# In a case -------------------------------------------------------------------------------------------


def narrow_case(split: bool = False) -> Case:
    group = long_and_thin()
    low, high = group.low[0].tolist(), group.high[0].tolist()
    weights = ", ".join(f"i{one}: {low[one] / 100}..{high[one] / 100}" for one in range(LONG))
    order = " >= ".join(f"i{one}" for one in range(LONG))
    issues = ", ".join(f"i{one}: {{options: [p, q]}}" for one in range(LONG))
    scores = ", ".join(f"i{one}: [0, 100]" for one in range(LONG))
    assumptions = "assumptions: {s: {value: 1 | 2, split: yes}}\n" if split else ""
    text = (
        f"zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: m\nparties: {{a: A}}\nissues: {{{issues}}}\n{assumptions}preferences:\n"
    )
    text += f"  a: {{weights: {{{weights}, sum: 10, order: {order}}}, scores: {{{scores}}}, no_deal: {'s' if split else 0}}}\n"
    reading = read_text(text, Path("narrow/case.yaml"))
    assert reading.case is not None, reading.faults
    return reading.case


def test_scenarios_say_how_well_the_walk_mixed() -> None:
    case = narrow_case()
    first, later = draw_scenarios(case, 1, draws=3), draw_scenarios(case, 1, start=3, draws=2)
    assert first.parties["a"].approximate.all()
    assert set(first.mixing) == {"the weights of a"}
    assert first.mixing["the weights of a"] == pytest.approx(worst_r_hat(long_and_thin()))
    assert first.mixing == later.mixing
    assert draw_scenarios(case).mixing == {}


def test_readings_that_share_their_numbers_share_the_check() -> None:
    case, cache = narrow_case(split=True), PartyCache()
    used: dict[str, np.ndarray] = {}
    found = [draw_scenarios(case, 1, draws=2, reading={"s": number}, uniform_cache=used, party_cache=cache) for number in (0, 1)]
    assert found[0].parties["a"].points is found[1].parties["a"].points
    assert set(found[0].mixing) == {"the weights of a"}
    assert found[0].mixing == found[1].mixing


def test_the_check_moves_no_draw() -> None:
    group = long_and_thin(3)
    before = draw_group(group, uniform_of(1, 3))
    worst_r_hat(group)
    worst_r_hat(group, 100)
    assert (draw_group(group, uniform_of(1, 3)).values == before.values).all()
    case = narrow_case()
    whole = draw_scenarios(case, 1, draws=5)
    parts = [draw_scenarios(case, 1, start=start, draws=draws) for start, draws in ((0, 2), (2, 3))]
    rows = [scenarios.values(draw) for scenarios in parts for draw in range(scenarios.draws)]
    assert [whole.values(draw) for draw in range(5)] == rows
