"""Two answers side by side: exchanged parties, statements set aside, an earlier day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.case.test_swapping import RICH
from tests.strategies import Spec, specs
from zopa.case import Basis, Case, Compare, Difference, Lever, Swapped, load_case, read_text, swap_parties
from zopa.cases import shipped_case
from zopa.exploration.comparing import Comparison, Row, compare_as_of, compare_swap, compare_without
from zopa.exploration.sides import sampled
from zopa.settlement import planned, run_block, sample
from zopa.space import Streams, readings_of

# A case of which every part can be taken away: `a` bears the limit, `b` the no-deal value, `c` a question.
SMALL = """
zopa: 1
title: Small
as_of: 2025-01-10
assume: made up
sources: {old: {title: Old, date: 2025-01-02, file: note.txt}, new: {title: New, date: 2025-01-09, file: note.txt}}
statements:
  a: {quote: alpha, source: old, party: A, level: 1}
  b: {quote: beta, source: new, party: B, level: 1}
  c: {quote: gamma, source: new, party: A, level: 1}
  d: {quote: delta, source: new}
parties: {A: First, B: Second, C: {name: Third, seat: observer}}
issues: {i: {options: [o0, o1, o2]}}
assumptions:
  x: {value: 0..50, per: [A, B]}
  firm: {value: yes | no, split: yes, labels: {yes: a limit, no: a wish}, because: c}
preferences:
  A:
    points: {i: [0, 40, 60]}
    red_lines: {L: {refuses: i = o0, because: a}, M: {refuses: i = o1, binds: firm, because: c}}
    no_deal: x
  B: {points: {i: [60, 50, 0]}, no_deal: {value: x, because: b}}
packages: {middle: {name: The middle, terms: {i: o1}, because: c}}
"""
OPTION = Compare("i", "=", ("o1",))


def read(text: str, folder: Path | None = None) -> Case:
    reading = read_text(text, (folder or Path("made")) / "case.yaml")
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    return reading.case


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("small")
    (folder / "note.txt").write_text("alpha beta gamma delta\n", encoding="utf-8")
    return read(SMALL, folder)


@cache
def ukraine() -> Case:
    return load_case(shipped_case("ukraine-2025"))


def row(comparison: Comparison, name: str) -> Row:
    return next(one for one in comparison.rows if one.name == name)


# What is drawn ---------------------------------------------------------------------------------------


def test_a_sample_from_its_own_streams_is_the_usual_sample(small: Case) -> None:
    usual, made = sample(small, draws=50, seed=3), sampled(small, Streams(3), 50, None)
    assert len(usual.readings) == len(made.readings) == 2
    for one, other in zip(usual.readings, made.readings, strict=True):
        assert (one.reading, one.open_draws, one.opens) == (other.reading, other.open_draws, other.opens)
        assert (one.acceptable == other.acceptable).all()
        assert all((one.blocked_by[party] == other.blocked_by[party]).all() for party in one.blocked_by)
    assert sampled(small, Streams(4), 50, None).readings[1].open_draws != made.readings[1].open_draws


def test_readings_come_in_the_order_asked_for(small: Case) -> None:
    made = sampled(small, Streams(3), 20, None, list(reversed(readings_of(small))))
    assert [one.reading["firm"] for one in made.readings] == ["no", "yes"]


def test_a_party_unlocks_the_draws_that_have_no_zone_without_it(small: Case) -> None:
    found = compare_without(small, ["d"], draws=40)
    for party in ("A", "B"):
        more = [one.opens[party] - one.open_draws for one in sampled(small, Streams(1), 40, None).readings]
        assert 0 < max(more) < 41
        assert row(found, f"unlocked_by.{party}").before == (min(more) / 40, max(more) / 40)


# Exchanged parties -----------------------------------------------------------------------------------


@pytest.mark.property
@given(specs())
@settings(max_examples=25)
def test_exchanged_parties_have_each_others_figures(spec: Spec) -> None:
    if len(spec.parties) < 2:
        return
    found = compare_swap(read(spec.yaml()), *spec.parties[:2], draws=20)
    assert found.same, [one.name for one in found.changed]
    assert found.changed == ()


@pytest.mark.property
@pytest.mark.parametrize("pair", [("A", "B"), ("A", "C"), ("B", "C"), ("C", "A")])
def test_every_way_of_keying_a_draw_follows_the_exchange(pair: tuple[str, str]) -> None:
    """Votes, vetoes, consent, correlations, orders alone, assumptions for each party and place, split ones too."""
    found = compare_swap(read(RICH), *pair, draws=120, seed=7)
    assert found.same, [one.name for one in found.changed]
    assert row(found, "zone_share").before not in {(0.0, 0.0), (1.0, 1.0)}
    assert len({one.before for one in found.rows}) > 8
    assert found.differences


def test_the_exchange_notices_whose_stream_is_not_carried_along(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(case: Case, first: str, second: str) -> Swapped:
        return replace(swap_parties(case, first, second), streams={})

    monkeypatch.setattr("zopa.exploration.comparing.swap_parties", careless)
    found = compare_swap(read(RICH), "A", "B", draws=120, seed=7)
    assert not found.same
    assert "does not treat the two alike" in found.says


def test_the_exchange_notices_a_program_that_favours_a_chair(small: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def favouring(plan: Any, start: int, count: int) -> Any:
        found = run_block(plan, start, count)
        if plan.case is not small:
            found["accepted"] = np.maximum(found["accepted"] - 1, 0)
        return found

    monkeypatch.setattr("zopa.settlement.ensemble.run_block", favouring)
    found = compare_swap(small, "A", "B", draws=30)
    assert not found.same
    assert {one.name for one in found.changed} <= {"accepted.middle.A", "accepted.middle.B"}


def test_counts_behind_the_rows_are_compared_as_well(small: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package without a name stands in no row; a change in it is a change all the same."""

    def favouring(plan: Any, start: int, count: int) -> Any:
        found = run_block(plan, start, count)
        if plan.case is not small:
            found["blocked"] = found["blocked"] + np.array([0, 0, 1], dtype=np.int32)
        return found

    monkeypatch.setattr("zopa.settlement.ensemble.run_block", favouring)
    found = compare_without(small, ["d"], draws=30)
    assert (found.changed, found.same) == ((), False)
    assert "counts behind them differ" in found.says


def test_what_the_case_gives_two_parties_differently_stands_beside(small: Case) -> None:
    found = compare_swap(small, "A", "B", draws=30)
    assert found.parties == ("First", "Second")
    assert found.says == "Every figure is the same: the program treats the two alike. Whether the case does is listed apart."
    assert [one.what for one in found.differences] == ["points on i", "red line", "red line"]
    assert all(isinstance(one, Difference) for one in found.differences)


def test_only_two_different_parties_of_the_case_change_places(small: Case) -> None:
    with pytest.raises(ValueError, match="no party called Z"):
        compare_swap(small, "A", "Z", draws=10)
    with pytest.raises(ValueError, match="cannot change places with itself"):
        compare_swap(small, "A", "A", draws=10)
    with pytest.raises(ValueError, match="at least one draw"):
        compare_swap(small, "A", "B", draws=0)


def test_more_readings_than_can_be_gone_through_are_compared_one_by_one() -> None:
    """The choice of readings is made once: an own choice for the exchanged case would be another one."""
    names = [f"q{number}" for number in range(7)]
    text = SMALL.partition("sources:")[0] + "parties: {A: First, B: Second}\nissues: {i: {options: [o0, o1]}}\nassumptions:\n"
    text += "".join(f"  {name}: {{value: yes | no, split: yes, per: [A, B]}}\n" for name in names)
    text += "preferences:\n"
    for party in "AB":
        lines = ", ".join(
            f"{party}{name}: {{refuses: i = o0, binds: {name}.{party}}}" for name in names[: 5 if party == "A" else 2]
        )
        text += f"  {party}: {{points: {{i: [3, 2]}}, red_lines: {{{lines}}}, no_deal: 1}}\n"
    found = compare_swap(read(text), "A", "B", draws=1)
    assert found.same
    assert any("more readings than the 4096" in note for note in found.notes)


# Statements set aside --------------------------------------------------------------------------------


def test_a_limit_goes_with_its_statement(small: Case) -> None:
    found = compare_without(small, ["a"], draws=100)
    assert not found.same
    assert row(found, "text.deals").before == row(found, "text.deals").after == (3.0, 3.0)
    assert row(found, "text.compatible").before == (1.0, 2.0)
    assert row(found, "text.compatible").after == (2.0, 3.0)
    assert [one.anchor for one in found.gone] == ["L"]
    assert found.after == "without a"
    assert [one.name for one in found.changed] == ["text.compatible"]
    assert found.says == "1 of 13 figures changes."


def test_a_statement_that_bears_nothing_changes_nothing(small: Case) -> None:
    found = compare_without(small, ["d"], draws=60)
    assert found.same
    assert found.says == "No figure changes."
    assert found.gone == ()
    assert compare_without(small, [], draws=60).same


def test_a_question_that_is_no_longer_asked_is_named(small: Case) -> None:
    found = compare_without(small, ["c"], draws=60)
    assert not found.same
    assert "No longer asked, as the sentence behind it is set aside: firm." in found.notes
    assert row(found, "zone_share.firm.yes").after is None
    assert row(found, "zone_share.firm.yes").what == "Share with a zone, if read: a limit"
    assert row(found, "zone_share").after == row(found, "zone_share.firm.no").before
    # The package of that name rests on the statement too; its terms are still there to be looked at.
    assert "middle" in {one.anchor for one in found.gone}
    middle = row(found, "acceptable.middle")
    assert middle.before is not None
    assert middle.after is not None
    assert middle.before[1] == middle.after[1] > 0


def test_a_question_that_goes_is_a_change_even_where_its_answer_made_no_difference(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("alpha beta gamma delta\n", encoding="utf-8")
    text = SMALL.replace("refuses: i = o1, binds: firm", "refuses: i = o0, binds: firm").replace(", because: c}}\n", "}}\n")
    found = compare_without(read(text, tmp_path), ["c"], draws=60)
    assert [one.name for one in found.changed] == ["zone_share.firm.yes", "zone_share.firm.no"]
    assert not found.same


def test_what_cannot_be_counted_is_said_and_not_taken_for_nothing(small: Case) -> None:
    found = compare_without(small, ["b"], draws=60)
    zone = row(found, "zone_share")
    assert zone.before is not None
    assert zone.after is None
    assert row(found, "acceptable.middle").after is None
    assert row(found, "accepted.middle.B").after is None
    assert row(found, "accepted.middle.A").after == row(found, "accepted.middle.A").before
    assert "Without b: no zone can be counted, because B has no no-deal value." in found.notes
    assert not any(note.startswith("The case as it stands") for note in found.notes)


def test_an_undecided_case_is_undecided_on_both_sides(small: Case) -> None:
    known = small.preferences["B"]
    unknown = replace(small, preferences={**small.preferences, "B": replace(known, no_deal=None)})
    found = compare_swap(unknown, "A", "B", draws=30)
    assert found.same
    assert row(found, "zone_share").before is row(found, "zone_share").after is None
    assert "The case as it stands: no zone can be counted, because B has no no-deal value." in found.notes
    assert sum("no zone can be counted" in note for note in found.notes) == 1
    found = compare_without(unknown, ["d"], draws=30)
    assert found.same
    assert sum("no zone can be counted" in note for note in found.notes) == 2


def test_a_case_that_cannot_be_drawn_any_more_is_told_of_in_words(small: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(case: Case, *rest: Any) -> Any:
        if case is not small:
            raise ValueError("the weights of A cannot reach their sum")
        return planned(case, *rest)

    monkeypatch.setattr("zopa.exploration.sides.planned", failing)
    found = compare_without(small, ["a"], draws=30)
    assert "Without a no scenario can be drawn: the weights of A cannot reach their sum." in found.notes
    assert row(found, "text.compatible").after == (2.0, 3.0)
    assert row(found, "zone_share").after is None
    assert not found.same
    json.dumps(found.as_json())


def test_a_statement_that_is_none_is_refused(small: Case) -> None:
    with pytest.raises(ValueError, match="no statement or source called z"):
        compare_without(small, ["z"], draws=10)


@pytest.mark.published
def test_the_ukraine_counts_without_one_statement_stand_side_by_side() -> None:
    """The expected values of our page on the case, counted there by another program."""
    found = compare_without(ukraine(), ["s14"], draws=8)
    assert (row(found, "text.compatible").before, row(found, "text.compatible").after) == ((840, 3192), (1680, 3192))
    found = compare_without(ukraine(), ["s19"], draws=8)
    assert row(found, "text.compatible").after == (1512, 6552)
    assert row(found, "text.deals").after == (6552, 6552)


# An earlier day --------------------------------------------------------------------------------------


def test_what_was_said_later_does_not_bear_on_an_earlier_day(small: Case) -> None:
    found = compare_as_of(small, date(2025, 1, 5), draws=60)
    assert found.kind == "as_of"
    assert found.what == "3 of 4 statements were made, or published, after 2025-01-05 and are set aside"
    assert {one.anchor for one in found.gone} >= {"M", "middle"}
    assert "Both answers are looked at on 2025-01-05: dates, offices and levers are the same for both." in found.notes
    assert row(found, "text.compatible").after == (2.0, 2.0)


def test_both_answers_are_looked_at_on_the_day(small: Case) -> None:
    late = {"pull": Lever("pull", "Pull", "A", date(2025, 1, 8), None, {}, {}, OPTION, None, Basis(), small.parties["A"].place)}
    later = replace(small, levers=late)
    shut, open_then = date(2025, 1, 5), date(2025, 1, 9)
    assert row(compare_as_of(later, shut, draws=60), "acceptable.middle").before == (0.0, 0.0)
    assert row(compare_as_of(later, open_then, draws=60), "acceptable.middle").before != (0.0, 0.0)
    for compared in (compare_without(later, ["d"], draws=60, day=shut), compare_swap(later, "A", "B", draws=60, day=shut)):
        assert row(compared, "acceptable.middle").before == row(compared, "acceptable.middle").after == (0.0, 0.0)


def test_a_day_that_is_not_earlier_changes_nothing(small: Case) -> None:
    found = compare_as_of(small, date(2025, 2, 1), draws=60)
    assert found.same
    assert found.what == "The case knows nothing after 2025-01-10, so as of 2025-02-01 it is the same"


def test_statements_without_a_date_are_named(small: Case) -> None:
    undated = replace(small, sources={**small.sources, "new": replace(small.sources["new"], date=None)})
    found = compare_as_of(undated, date(2025, 1, 5), draws=20)
    assert "Without a date, and therefore kept: b, c and d." in found.notes


# Handing on ------------------------------------------------------------------------------------------


def test_the_json_says_what_the_comparison_says(small: Case) -> None:
    found = compare_without(small, ["c"], draws=60)
    data = json.loads(json.dumps(found.as_json()))
    assert (data["kind"], data["draws"], data["seed"], data["same"]) == ("without", 60, 1, False)
    assert [one["name"] for one in data["rows"] if one["changed"]] == [one.name for one in found.changed]
    zone = next(one for one in data["rows"] if one["name"] == "zone_share")
    assert (zone["before"]["lowest"], zone["before"]["highest"]) == row(found, "zone_share").before
    assert next(one for one in data["rows"] if one["name"] == "zone_share.firm.no")["after"] is None
    assert {one["outcome"] for one in data["gone"]} <= {"gone", "default", "unknown", "assumption"}
    assert "never chances" in data["figures"]
    data = json.loads(json.dumps(compare_swap(small, "A", "B", draws=20).as_json()))
    assert data["parties"] == ["First", "Second"]
    assert data["differences"][1]["second"] is None


def test_the_same_seed_gives_the_same_comparison(small: Case) -> None:
    first, again = (json.dumps(compare_without(small, ["c"], draws=40, seed=5).as_json()) for _ in range(2))
    assert first == again
    assert json.dumps(compare_without(small, ["c"], draws=40, seed=6).as_json()) != first
