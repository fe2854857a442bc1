"""Explorations: the same to the last bit however they are run, resumed and extended; figures against exact shares."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import ROOT
from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.exploration import EachScenario, StoreMismatch, exploration_json, explore, share_interval
from zopa.exploration.analyses import SettlementAnalysis
from zopa.settlement import sample, settle
from zopa.space import Scenarios, draw_scenarios

Make = Callable[..., Path]
LABOUR = load_case(shipped_case("labour-contract"))


def known(make_case: Make, low: int = 0, high: int = 100) -> Case:
    """A case whose zone exists exactly when both no-deal shares leave one of three packages: b's best, the middle, a's best.

    a has 0, 50, 100 and b 100, 50, 0; the status quo is a fourth package that is worth nothing to either and no deal.
    """
    text = f"""
zopa: 1
title: Known shares
as_of: 2025-01-01
assume: for a test
parties: {{a: A, b: B}}
issues: {{cake: {{options: [none, left, half, right], now: none}}}}
preferences:
  a: {{points: {{cake: [0, 0, 50, 100]}}, no_deal: {low}..{high}}}
  b: {{points: {{cake: [0, 100, 50, 0]}}, no_deal: {low}..{high}}}
"""
    return load_case(make_case(text))


def as_text(case: Case, **settings: Any) -> str:
    return json.dumps(exploration_json(explore(case, **settings)))


# The same to the last bit ---------------------------------------------------------------------------------


def test_the_same_however_many_work_on_it(tmp_path: Path) -> None:
    alone = as_text(LABOUR, draws=530, decisive_draws=60)
    assert as_text(LABOUR, draws=530, decisive_draws=60, workers=2, save=tmp_path / "kept.nc") == alone


@pytest.mark.slow
def test_the_same_with_four_and_on_a_cluster() -> None:
    pytest.importorskip("distributed")
    alone = as_text(LABOUR, draws=600, decisive_draws=60)
    assert as_text(LABOUR, draws=600, decisive_draws=60, workers=4) == alone
    assert as_text(LABOUR, draws=600, decisive_draws=60, seed=2) != alone
    assert as_text(LABOUR, draws=600, decisive_draws=60, workers=2, cluster="local") == alone


def test_a_longer_run_goes_on_from_a_file_and_is_the_same(tmp_path: Path) -> None:
    kept = tmp_path / "kept.nc"
    short = explore(LABOUR, draws=203, decisive_draws=60, save=kept)
    whole = as_text(LABOUR, draws=500, decisive_draws=60)
    done: list[tuple[int, int]] = []
    longer = explore(LABOUR, draws=500, decisive_draws=60, save=kept, progress=lambda *one: done.append(one))
    assert json.dumps(exploration_json(longer)) == whole
    assert len(done) == 1  # 297 draws more; those made anew were in the file
    assert (longer.open[:, :203] == short.open).all()
    again: list[tuple[int, int]] = []
    explore(LABOUR, draws=500, decisive_draws=60, save=kept, progress=lambda *one: again.append(one))
    assert not again
    assert not kept.with_name("kept.nc.parts").exists()


def test_a_file_of_other_settings_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "kept.nc"
    explore(LABOUR, draws=50, decisive_draws=0, save=kept)
    before = kept.read_bytes()
    with pytest.raises(StoreMismatch, match="seed: 1, now 2"):
        explore(LABOUR, draws=50, decisive_draws=0, seed=2, save=kept)
    with pytest.raises(StoreMismatch, match="50 draws, more than 20"):
        explore(LABOUR, draws=20, decisive_draws=0, save=kept)
    assert kept.read_bytes() == before
    other = tmp_path / "notes.nc"
    other.write_text("my notes")
    with pytest.raises(ValueError, match="not a saved ensemble"):
        explore(LABOUR, draws=50, decisive_draws=0, save=other)
    assert other.read_text() == "my notes"


def test_the_file_says_what_it_holds(tmp_path: Path) -> None:
    xarray = pytest.importorskip("xarray")
    kept = tmp_path / "kept.nc"
    found = explore(LABOUR, draws=60, decisive_draws=50, save=kept)
    with xarray.open_dataset(kept, engine="h5netcdf") as dataset:
        assert dataset.attrs["digest"] == LABOUR.digest
        assert dataset["open"].dims == ("reading", "draw")
        assert (dataset["open"].values.astype(bool) == found.open).all()
        counts = dataset["count.acceptable"]
        assert counts.dims == ("reading", "package")
        assert counts.sel(package=int(found.sample.indices[5])).values.tolist() == [one.acceptable[5] for one in found.readings]
        assert set(dataset["judgement"].values) >= {one.key for one in found.inputs}


def test_a_killed_run_goes_on_and_is_the_same(tmp_path: Path, make_case: Make) -> None:
    case = known(make_case)
    script = tmp_path / "run.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from zopa.case import load_case\n"
        "from zopa.exploration import explore\n"
        "explore(load_case(Path(sys.argv[2])), draws=8000, decisive_draws=0, save=Path(sys.argv[1]))\n"
    )
    kept = tmp_path / "kept.nc"
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    running = subprocess.Popen([sys.executable, str(script), str(kept), str(case.file)], env=environment, cwd=ROOT)
    parts = kept.with_name("kept.nc.parts")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(list(parts.glob("part-*.npz"))) < 2 and running.poll() is None:
        time.sleep(0.02)
    assert running.poll() is None, "the run ended before it could be killed"
    running.send_signal(signal.SIGKILL)
    running.wait()
    finished = len(list(parts.glob("part-*.npz")))
    assert finished >= 2
    assert not kept.exists()
    done: list[tuple[int, int]] = []
    resumed = explore(case, draws=8000, decisive_draws=0, save=kept, progress=lambda *one: done.append(one))
    assert kept.exists()
    assert not parts.exists()
    fresh = explore(case, draws=8000, decisive_draws=0)
    assert json.dumps(exploration_json(resumed)) == json.dumps(exploration_json(fresh))


# Figures ----------------------------------------------------------------------------------------------------


def test_figures_of_every_scenario_are_those_of_settle() -> None:
    found = explore(LABOUR, draws=40, decisive_draws=0)
    for row, number in enumerate(found.tried):
        for draw in range(0, 40, 7):
            one = settle(LABOUR, scenarios=draw_scenarios(LABOUR, 1, start=draw, reading=readings()[number]))
            assert found.traces["zone.count"][row, draw] == len(one.zone)
            assert found.open[number, draw] == bool(len(one.zone))
            outcomes = one.outcomes()
            for name in ("frontier.vectors", "frontier.packages"):
                assert found.traces[name][row, draw] == (outcomes[name] or 0)
            for name, rows in found.traces.items():
                if name.startswith("gain.nash"):
                    wanted = outcomes.get(name)
                    assert (np.isnan(rows[row, draw]) and wanted is None) or rows[row, draw] == pytest.approx(float(wanted or 0))


def readings() -> list[dict[str, int]]:
    from zopa.space import readings_of

    return readings_of(LABOUR)


@pytest.mark.oracle
def test_intervals_hold_the_exact_share_as_often_as_they_say(make_case: Make) -> None:
    # A zone exists when b's share leaves the middle for a, or an end: a <= 50 and b <= 50, or a no-deal of 0.  On the grid of
    # 0.01 the ends have next to no weight, so the share is (5000.5 / 10000) squared, and that of no zone the rest.
    case = known(make_case)
    exact = (5000.5 / 10000) ** 2 + 2 * (0.5 / 10000) * (1 - 5000.5 / 10000)
    inside = 0
    for seed in range(150):
        count = sample(case, draws=200, seed=seed).readings[0].open_draws
        low, high = share_interval(count, 200)
        inside += bool(low <= exact <= high)
    # 95 % of 150 is 142.5 with a standard deviation of 2.7; the interval is wide rather than narrow.
    assert inside >= 135


def test_decisive_judgements_are_those_that_matter(make_case: Make) -> None:
    found = explore(known(make_case), draws=1000, decisive_draws=1000)
    assert found.zone is not None
    assert found.zone.lowest.low <= 0.25 <= found.zone.lowest.high
    # Drawn anew, a no-deal value crosses the middle in half of the draws, and that turns the answer where the other's allows it.
    flips = {one.key: one.flips for one in found.decisive}
    assert set(flips) == {"preferences.a.no_deal", "preferences.b.no_deal"}
    for one in flips.values():
        assert one.lowest.low <= 0.25 <= one.lowest.high
    # With p = q = 1/2: first order (p - p^2) q^2 / (pq - p^2 q^2) = 1/3, total order 2/3, both for the number of packages
    # as for the answer, since the zone never holds more than one package but for the ends.
    for decisive in found.decisive:
        assert decisive.first_order is not None
        assert decisive.total_order is not None
        assert decisive.first_order.lowest.low <= 1 / 3 <= decisive.first_order.lowest.high
        assert decisive.total_order.lowest.low <= 2 / 3 <= decisive.total_order.lowest.high


def test_the_rule_of_a_known_case(make_case: Make) -> None:
    found = explore(known(make_case), draws=2000, decisive_draws=0)
    rule = next(one for one in found.rules if one.answer)
    ends = {one.key: one.at_most for one in rule.restrictions}  # type: ignore[union-attr]
    assert set(ends) == {"preferences.a.no_deal", "preferences.b.no_deal"}
    assert all(end is not None and 49 <= end <= 51 for end in ends.values())
    assert rule.density > 0.95  # type: ignore[union-attr]
    assert rule.coverage > 0.95  # type: ignore[union-attr]


def test_sobol_points_come_closer(make_case: Make) -> None:
    case = known(make_case)
    exact = (5000.5 / 10000) ** 2 + 2 * (0.5 / 10000) * (1 - 5000.5 / 10000)
    found = explore(case, draws=1024, decisive_draws=0, sobol=True)
    plain = explore(case, draws=1024, decisive_draws=0)
    assert found.zone is not None
    assert plain.zone is not None
    assert found.zone.lowest.low <= exact <= found.zone.lowest.high
    assert found.zone.lowest.high - found.zone.lowest.low < 0.6 * (plain.zone.lowest.high - plain.zone.lowest.low)


def test_where_nothing_varies_there_is_no_error(make_case: Make) -> None:
    text = """
zopa: 1
title: Fixed
as_of: 2025-01-01
assume: for a test
parties: {a: A, b: B}
issues: {cake: {options: [left, right]}}
preferences:
  a: {points: {cake: [0, 10]}, no_deal: 0}
  b: {points: {cake: [10, 0]}, no_deal: 5}
"""
    found = explore(load_case(make_case(text)), draws=1000)
    assert found.zone is not None
    assert (found.zone.lowest.low, found.zone.lowest.value, found.zone.lowest.high) == (1.0, 1.0, 1.0)
    assert found.decisive == ()
    assert found.rules == ()
    data = exploration_json(found)
    assert data["readings"][0]["zone_share"] == 1
    assert {one["id"]: one["acceptable_share"] for one in data["readings"][0]["packages"]} == {0: 1.0, 1: 0.0}


def test_a_party_without_preferences_leaves_the_zone_unknown(make_case: Make) -> None:
    text = """
zopa: 1
title: Half known
as_of: 2025-01-01
assume: for a test
parties: {a: A, b: B}
issues: {cake: {options: [left, right]}}
preferences:
  a: {points: {cake: [0, 10]}, no_deal: 0..10}
  b: unknown
"""
    found = explore(load_case(make_case(text)), draws=100)
    assert found.zone is None
    data = exploration_json(found)
    assert data["zone_share"] is None
    assert data["readings"][0]["zone_share"] is None
    assert data["readings"][0]["packages"][0]["acceptable_share"] is None
    json.dumps(data)


def test_ranks_and_regrets(make_case: Make) -> None:
    text = """
zopa: 1
title: Ranks
as_of: 2025-01-01
assume: for a test
parties: {a: A, b: B}
issues: {cake: {options: [left, half, right]}}
preferences:
  a: {points: {cake: [0, 40, 100]}, no_deal: 0..10}
  b: {points: {cake: [100, 50, 0]}, no_deal: 0..10}
packages: {L: {terms: {cake: left}}, H: {terms: {cake: half}}, either: {terms: {cake: left|right}}}
"""
    found = {one.name: one for one in explore(load_case(make_case(text)), draws=60).named}
    assert found["L"].ranks == {"a": (3.0, 3.0, 3.0), "b": (1.0, 1.0, 1.0)}
    assert found["H"].regrets == {"a": (60.0, 60.0, 60.0), "b": (50.0, 50.0, 50.0)}
    assert found["either"].ranks == {"a": (1.0, 1.0, 1.0), "b": (1.0, 1.0, 1.0)}
    accepted = found["H"].accepted_by["a"].lowest
    assert accepted.value == 1.0


# Another analysis --------------------------------------------------------------------------------------------


class Toy:
    """A result with figures of every kind."""

    def __init__(self, drawn: Scenarios) -> None:
        self.no_deal = drawn.parties["union"].no_deal if "union" in drawn.parties else None
        self.name = drawn.name()

    def outcomes(self) -> dict[str, bool | float | str | None]:
        return {"known": self.no_deal is not None, "nothing": None, "word": "same"}


def test_another_analysis_joins_by_its_outcomes() -> None:
    found = explore(LABOUR, draws=20, decisive_draws=0, analyses=(SettlementAnalysis(), EachScenario("toy", Toy)))
    assert found.traces["toy.known"].shape == (len(found.tried), 20)
    assert np.isnan(found.traces["toy.nothing"]).all()
    assert (found.traces["toy.word=same"] == 1).all()
    with pytest.raises(ValueError, match="two analyses have an outcome called"):
        explore(LABOUR, draws=20, decisive_draws=0, analyses=(SettlementAnalysis(), SettlementAnalysis()))


def test_no_draws_is_an_error_in_words() -> None:
    with pytest.raises(ValueError, match="at least one draw"):
        explore(LABOUR, draws=0)
    with pytest.raises(ValueError, match="cannot be made anew"):
        explore(LABOUR, draws=10, decisive_draws=-1)


# What once went wrong ------------------------------------------------------------------------------------------

SPLIT = """
zopa: 1
title: A question with a range behind one answer
as_of: 2025-01-01
assume: for a test
parties: {{a: A}}
issues: {{i: {{options: [none, deal], now: none}}}}
assumptions:
  w: {{value: {value}, split: yes}}{more}
preferences:
  a: {{points: {{i: [0, 5]}}, no_deal: w}}
"""


@pytest.mark.parametrize(("value", "more"), [("1..9 | 0", ""), ("0 | v", "\n  v: {value: 1..9}")])
def test_a_range_behind_an_answer_is_drawn_and_has_its_error(make_case: Make, value: str, more: str) -> None:
    found = explore(load_case(make_case(SPLIT.format(value=value, more=more))), draws=400, decisive_draws=200)
    ranged = next(number for number, one in enumerate(found.readings) if one.reading["w"] != "0")
    share = found.zone_share(ranged)
    assert share is not None
    assert 0.35 < share.low < 0.5 < share.high < 0.65
    assert found.sample.varied == 1
    assert [one.key for one in found.inputs] == ["v" if more else "w"]


def test_a_seat_that_is_drawn_is_found_to_decide(make_case: Make) -> None:
    text = """
zopa: 1
title: Does b sign
as_of: 2025-01-01
assume: for a test
parties: {a: A, b: {name: B, seat: sd}}
issues: {i: {options: [none, deal], now: none}}
assumptions: {sd: {value: observer | signatory}}
preferences:
  a: {points: {i: [0, 5]}, no_deal: 0..1}
  b: {points: {i: [5, 0]}, no_deal: 3}
"""
    found = explore(load_case(make_case(text)), draws=200, decisive_draws=200)
    assert found.found[0].key == "sd"
    assert found.found[0].settled.lowest.value == 1.0
    assert [one.key for one in found.rules[0].restrictions] == ["sd"]  # type: ignore[union-attr]


@pytest.mark.parametrize("order", ["x | y | z", "x | z | y", "z | x | y"])
def test_answers_to_a_question_may_be_written_in_any_order(make_case: Make, order: str) -> None:
    text = f"""
zopa: 1
title: Three answers
as_of: 2025-01-01
assume: for a test
parties: {{a: A}}
issues: {{i: {{options: [none, deal], now: none}}}}
assumptions: {{q: {{value: {order}, split: yes}}}}
preferences:
  a: {{points: {{i: [0, 5]}}, no_deal: 0..10, red_lines: {{L: {{refuses: i = deal, binds: q = z}}}}}}
"""
    found = explore(load_case(make_case(text)), draws=200, decisive_draws=0)
    (question,) = [one for one in found.decisive if one.kind == "reading"]
    assert question.flips.lowest.value == question.flips.highest.value == found.open.any(axis=0).mean()


def test_a_rare_zone_under_sobol_points_has_the_interval_of_a_rare_share(make_case: Make) -> None:
    found = explore(known(make_case, 50, 100), draws=160, decisive_draws=0, sobol=True)
    assert found.zone is not None
    assert (found.zone.lowest.value, found.zone.lowest.low) == (0.0, 0.0)
    assert 0.01 < found.zone.lowest.high < 0.03


def test_never_efficient_is_said_only_of_what_is_in_the_zone(make_case: Make) -> None:
    text = """
zopa: 1
title: Never
as_of: 2025-01-01
assume: for a test
parties: {a: A, b: B}
issues: {i: {options: [bad, poor, good]}}
preferences:
  a: {points: {i: [0, 5, 9]}, no_deal: 1..4}
  b: {points: {i: [0, 5, 9]}, no_deal: 1..4}
packages: {bad: {terms: {i: bad}}, poor: {terms: {i: poor}}}
"""
    data = exploration_json(explore(load_case(make_case(text)), draws=60, decisive_draws=0))
    assert data["never_efficient"]["named"] == ["poor"]
    assert [one["id"] for one in data["never_efficient"]["list"]] == [1]
    assert [one["id"] for one in data["robust"]] == [1, 2]


def test_the_unknown_is_not_empty(make_case: Make) -> None:
    text = """
zopa: 1
title: A guarantor of whom nothing is known
as_of: 2025-01-01
assume: for a test
parties: {a: A, g: {name: G, seat: guarantor, consent_if: i = deal}}
issues: {i: {options: [none, deal], now: none}}
preferences:
  a: {points: {i: [0, 5]}, no_deal: 0..10}
  g: unknown
"""
    found = explore(load_case(make_case(text)), draws=200, decisive_draws=0)
    data = exploration_json(found)
    assert data["zone_share"]["highest"]["value"] == 0
    assert 0.3 < data["empty_share"]["lowest"]["value"] < 0.7
    assert data["missing"][0]["path"] == "preferences.g"
    assert np.isnan(found.traces["zone.open"]).any()


def test_few_draws_say_what_was_not_looked_at(make_case: Make) -> None:
    data = exploration_json(explore(known(make_case), draws=20))
    assert "at least 50" in data["notes"][0]
    assert (data["rules"], data["finding_out"]) == ([], [])
