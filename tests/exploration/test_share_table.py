"""What a sample says about every package, against the readings one by one."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.exploration import share_table
from zopa.settlement import sample


@pytest.mark.oracle
def test_the_ends_are_those_over_all_readings() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settled = {"A19.RUS": 0, "A19.UKR": 0, "A19.USA": 1, "A19.EUR": 0, "firm17": 0, "scope17": 0}
    found = sample(case, draws=24, reading=settled, fronts=True)
    table = share_table(found)
    assert (table.readings, table.complete, table.draws) == (len(found.readings), True, 24)
    assert table.readings == 2**4
    assert all(one.reading["A19.USA"] == "yes" for one in found.readings)
    for row in range(0, len(table.indices), 97):
        shares = table.of(int(table.indices[row]))
        assert shares is not None
        known = [int(one.acceptable[row]) for one in found.counted]
        assert shares.acceptable == (min(known), max(known))
        for party in case.parties:
            blocked = [int(one.blocked_by[party][row]) for one in found.readings]
            accepted = [int(one.accepted_by[party][row]) for one in found.readings]
            assert shares.blocked[party] == (min(blocked), max(blocked))
            assert shares.accepted[party] == (min(accepted), max(accepted))
        assert shares.possible == max(int(one.possible[row]) for one in found.readings)
        efficient = [int(one.efficient[row]) for one in found.counted if one.efficient is not None]
        assert shares.efficient == (min(efficient), max(efficient))
        assert shares.efficient[1] <= shares.acceptable[1]


def test_a_package_that_breaks_a_rule_has_no_shares() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    table = share_table(sample(case, draws=8, reading={f"A19.{party}": 0 for party in ("RUS", "UKR", "USA", "EUR")}))
    broken = next(index for index in range(20000) if index not in set(table.indices.tolist()))
    assert table.of(broken) is None
    assert table.of(10**9) is None
    assert table.efficient is None


def test_a_settled_reading_is_the_same_as_the_one_among_all() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    keys = {"table": 1, "A6": 1, "row12": 0, "scope17": 1, "firm14": 0, "firm17": 1}
    keys |= {f"A19.{party}": 0 for party in ("RUS", "UKR", "USA", "EUR")}
    alone = sample(case, draws=16, reading=keys)
    whole = sample(case, draws=16, reading={key: number for key, number in keys.items() if key != "A6"})
    same = next(one for one in whole.readings if one.reading["A6"] == "down")
    assert len(alone.readings) == 1
    assert np.array_equal(alone.readings[0].acceptable, same.acceptable)
    assert alone.readings[0].open_draws == same.open_draws


def test_a_table_is_small_enough_to_send() -> None:
    case = load_case(shipped_case("labour-contract"))
    table = share_table(sample(case, draws=32, fronts=True))
    sent = pickle.loads(pickle.dumps(table))
    assert np.array_equal(sent.acceptable.high, table.acceptable.high)
    assert len(pickle.dumps(table)) < 200 * (len(table.indices) + 100)
