"""The case had some statements never been made."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from zopa.case import (
    Basis,
    Case,
    Direction,
    ScoreTable,
    Unknown,
    UnknownScore,
    Without,
    format_amount,
    format_chain,
    format_condition,
    load_case,
    read_text,
    swap_parties,
    uses,
    without_assumptions,
    without_statements,
)
from zopa.cases import shipped_case, shipped_cases
from zopa.settlement import text_alone
from zopa.space import Scenarios, draw_scenarios, package_space, readings_of

MADE = """
zopa: 1
title: Everything
as_of: 2025-01-01
assume: made up
sources: {note: {title: A note, file: note.txt}, table: {title: A table, kind: table, file: note.txt}}
statements:
  a: {quote: alpha, source: note, party: A}
  b: {quote: beta, source: note, party: B, within: a}
  c: {quote: gamma, source: note}
parties: {A: {because: a}, B: Other}
influence: {A: {value: 10, because: a}, B: 20}
issues:
  i: {scale: ordered, options: {o0: Zero, o1: {because: a}, o2: Two}}
  j: {scale: ordered, options: [p0, p1]}
  k: {scale: ordered, options: [q0, q1]}
rules: {R: {that: j = p1 if i = o2, because: a}, S: {that: k = q0 if i = o0, because: [a, b]}}
assumptions:
  size: {value: 5..9, because: a}
  way: {value: up | down, because: a}
  on_size: {value: 1..2, assume: size}
  firm: {value: yes | no, split: yes, because: a, assume: read as one likes}
correlations: [{between: [size, on_size], rank: 0.5, because: a}]
preferences:
  A:
    weights: {default: 10..50, i: {value: 30..60, because: a}, sum: 100, order: {that: i >= j, because: a}}
    scores: {default: {direction: up}, i: [0, {value: 50, because: a}, 100], j: {direction: way}}
    red_lines: {L: {refuses: i = o0, binds: firm, because: a, assume: firm}, M: {refuses: i = o0, because: a, assume: known}}
    bonus: {more: {when: i = o2, points: {value: 5, because: a}}}
    no_deal: {share: 20, because: a}
  B:
    points: {i: [0, {value: size, because: [a, b]}, 9], j: {direction: up, because: a}, k: [0, 1]}
    no_deal: {package: offer, because: b}
positions: {i: {A: {position: {value: 5, because: a}, salience: 3}}}
packages: {offer: {terms: {i: o1, j: p0, k: q0}, because: a}, other: {terms: {i: o2, j: p1, k: q0}}}
gates:
  said: {fact: yes, because: a}
  dated: {on: 2025-02-01, because: a}
  step: {needs: said and dated}
  only: {needs: dated}
levers:
  pull: {by: A, from: dated, move: {B.no_deal: {value: 1..2, because: a}}, because: b}
  gone: {by: B, allow: i = o2, because: a}
holding:
  between: [A, B]
  win: {value: 0.5, because: a}
  cost: 1..2
  effects: {calm: {when: i = o1, move: {cost: {value: 1, because: a}}}}
tensions: {T: {says: alpha against beta, because: [a, b]}, U: {says: beta alone, because: [b]}}
"""


@cache
def shipped(name: str) -> Case:
    return load_case(shipped_case(name))


def read(text: str, folder: Path = Path("made")) -> Case:
    reading = read_text(text.lstrip(), folder / "case.yaml")
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    return reading.case


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("made")
    (folder / "note.txt").write_text("alpha and beta and gamma", encoding="utf-8")
    return read(MADE, folder)


def told(found: Without) -> dict[str, str]:
    return {one.what: one.outcome for one in found.gone}


def same_numbers(one: Scenarios, other: Scenarios) -> bool:
    for name, first in one.parties.items():
        second = other.parties[name]
        if (first.points is None) != (second.points is None) or list(first.binds) != list(second.binds):
            return False
        if first.points is not None and not np.array_equal(first.points, second.points):  # type: ignore[arg-type]
            return False
        values = [
            None if part.no_deal is None or part.no_deal.values is None else part.no_deal.values.tolist()
            for part in (first, second)
        ]
        if values[0] != values[1] or any((first.binds[line] != second.binds[line]).any() for line in first.binds):
            return False
    return True


# The shipped cases -----------------------------------------------------------------------------------


@pytest.mark.published
def test_the_counts_of_the_model_table_without_one_statement() -> None:
    case = shipped("ukraine-2025")
    counts = {}
    for name in ("s12", "s14", "s17"):
        fewer = without_statements(case, [name]).case
        found = text_alone(fewer, package_space(fewer)).strictest
        assert found is not None
        counts[name] = found.compatible
    assert counts == {"s12": 840, "s14": 1_680, "s17": 1_176}


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_a_statement_that_bears_nothing_changes_no_number(name: str) -> None:
    case = shipped(name)
    used = set(uses(case)) | {base for one in case.tensions.values() for base in one.because}
    idle = [one for one in case.statements if one not in used]
    assert idle
    found = without_statements(case, idle)
    assert found.gone == ()
    assert set(found.case.statements) == set(case.statements) - set(idle)
    assert found.case.digest != case.digest
    assert replace(found.case, statements=case.statements, digest=case.digest) == case
    for reading in readings_of(case, 3):
        assert same_numbers(
            draw_scenarios(case, 3, draws=20, reading=reading), draw_scenarios(found.case, 3, draws=20, reading=reading)
        )


def test_a_rule_that_rests_on_a_statement_goes_with_it() -> None:
    """By hand: 2 kinds of peace, 3 zones, 7 of territory, 3 short of an invitation, 1 guarantee, 4 of aid, and now 3 of arms."""
    case = shipped("ukraine-2025")
    fewer = without_statements(case, ["s19"]).case
    assert set(case.rules) - set(fewer.rules) == {"R4"}
    text = text_alone(fewer, package_space(fewer))
    assert text.strictest is not None
    assert text.strictest.compatible == 2 * 3 * 7 * 3 * 1 * 4 * 3


def test_the_narration_of_the_ukraine_case_bears_nothing() -> None:
    assert without_statements(shipped("ukraine-2025"), ["s13", "s25", "s26"]).gone == ()


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("statement", "party", "written"),
    [
        ("s15", "UKR", ["      nato: {direction: up, because: s15}\n", ", {that: nato >= arms, because: s15}"]),
        ("s18", "USA", ["      nato: {direction: down, because: s18}\n"]),
        ("s8", "USA", ["      fighting: {direction: up, because: s8}\n"]),
    ],
)
def test_a_party_wants_what_the_file_says_without_the_lines(statement: str, party: str, written: list[str]) -> None:
    """The other way round: the lines that rest on the statement alone are cut from the file, and it is read again."""
    case = shipped("ukraine-2025")
    text = case.text
    for line in written:
        assert text.count(line) == 1
        text = text.replace(line, "")
    reading = read_text(text, case.file)
    assert reading.case is not None
    cut, fewer = reading.case.preferences[party], without_statements(case, [statement]).case.preferences[party]
    assert {issue: _plain(score) for issue, score in cut.scores.items()} == {
        issue: _plain(score) for issue, score in fewer.scores.items()
    }
    assert [one.that for one in cut.weight_orders] == [one.that for one in fewer.weight_orders]
    issue = "fighting" if statement == "s8" else "nato"
    score = fewer.scores[issue]
    assert isinstance(score, Direction)
    assert (score.value.path, format_amount(score.value.amount)) == (f"preferences.{party}.scores.{issue}.direction", "A22")


def _plain(score: object) -> object:
    if isinstance(score, Direction):
        return [(one.path, one.amount, one.basis.assume) for one in (score.value, score.shape) if one is not None]
    return [(one.path, one.amount) for one in score.values.values()] if isinstance(score, ScoreTable) else score


def test_what_has_a_reason_of_its_own_stays_on_it() -> None:
    case = shipped("ukraine-2025")
    found = without_statements(case, ["s10", "s11"])
    assert found.case.levers["cut_aid"].basis == Basis((), "the size is assumed as D and r")
    assert found.case.levers["cut_aid"].moves == case.levers["cut_aid"].moves
    assert told(found)["lever cut_aid"] == "assumption"
    guarantee = without_statements(case, ["s17"]).case.preferences["RUS"].scores["guarantee"]
    before = case.preferences["RUS"].scores["guarantee"]
    assert isinstance(guarantee, ScoreTable)
    assert isinstance(before, ScoreTable)
    assert [one.amount for one in guarantee.values.values()] == [one.amount for one in before.values.values()]
    assert {(one.basis.because, one.basis.assume) for one in guarantee.values.values()} == {((), "A2")}


def test_a_question_about_a_sentence_is_moot_without_it() -> None:
    """The lines about the wide zone name s22 and how it is read; without s22 there is nothing to read."""
    fewer = without_statements(shipped("ukraine-2025"), ["s22"])
    assert not any(line.id.startswith("L22") for one in fewer.case.preferences.values() for line in one.red_lines)
    assert "A19" in fewer.case.assumptions


def test_gates_wait_for_nothing_that_was_never_said() -> None:
    case = shipped("ukraine-2025")
    fewer = without_statements(case, ["s12"]).case
    assert "talks" not in fewer.gates
    assert fewer.gates["joint"].needs is not None
    assert format_condition(fewer.gates["joint"].needs) == "usa_joins and eur_joins"
    willing = without_statements(case, ["s1"]).case
    assert willing.gates["will_RUS"].fact == "unknown"
    assert willing.gates["meet"] == case.gates["meet"]


def test_the_default_is_found_where_two_parties_have_changed_places() -> None:
    turned = swap_parties(shipped("ukraine-2025"), "RUS", "UKR").case
    score = without_statements(turned, ["s15"]).case.preferences["RUS"].scores["nato"]
    assert isinstance(score, Direction)
    assert (score.value.path, format_amount(score.value.amount)) == ("preferences.UKR.scores.nato.direction", "A22")


# A case that says everything -------------------------------------------------------------------------


def test_what_becomes_of_everything(small: Case) -> None:
    found = without_statements(small, ["a"])
    case = found.case
    assert list(case.statements) == ["b", "c"]
    assert case.statements["b"].within is None
    assert list(case.tensions) == ["U"]
    assert list(case.influence) == ["B"]
    assert list(case.rules) == ["S"]
    assert case.rules["S"].basis.because == ("b",)
    assert [option.id for option in case.issues["i"].options] == ["o0", "o1", "o2"]
    assert case.issues["i"].options[1].basis.because == ()
    assert case.correlations == ()
    position = case.positions["i"]["A"]
    assert position.position is None
    assert position.salience is not None
    assert list(case.packages) == ["other"]
    assert case.preferences["B"].no_deal is None
    assert case.holding is not None
    assert (list(case.holding.inputs), case.holding.texts, case.holding.effects) == (["cost"], {"win": "unknown"}, ())
    ours = case.preferences["A"]
    assert ours.weight_orders == ()
    assert ours.bonuses == ()
    assert ours.no_deal is None
    assert [line.id for line in ours.red_lines] == ["M"]
    assert told(found)["red line M of A"] == "assumption"
    assert told(found)["tension T"] == "gone"
    assert told(found)["no-deal value of A"] == "unknown"


def test_assumptions_that_are_gone_are_unknown_wherever_they_are_named(small: Case) -> None:
    case = without_statements(small, ["a"]).case
    for name in ("size", "way", "on_size"):
        amount = case.assumptions[name].amount
        assert amount is not None
        assert (format_amount(amount), case.assumptions[name].words) == ("unknown", ())
    way = case.preferences["A"].scores["j"]
    assert isinstance(way, Direction)
    assert format_amount(way.value.amount) == "up"  # the default of the block
    values = case.preferences["B"].scores["i"]
    assert isinstance(values, ScoreTable)
    assert [format_amount(one.amount) for one in values.values.values()] == ["0", "unknown", "9"]


def test_scores_and_weights_fall_back_on_the_default_of_their_block_or_are_unknown(small: Case) -> None:
    found = without_statements(small, ["a"])
    ours, theirs = found.case.preferences["A"], found.case.preferences["B"]
    assert (ours.weights["i"].path, format_amount(ours.weights["i"].amount)) == ("preferences.A.weights.i", "10..50")
    assert told(found)["weight of i for A"] == "default"
    assert isinstance(theirs.scores["j"], UnknownScore)
    assert told(found)["points of B on j"] == "unknown"
    drawn = draw_scenarios(found.case, 1, draws=5).parties["B"]
    assert drawn.points is None
    assert any(one.what == "nothing says what B makes of j" for one in drawn.missing)


def test_gates_and_levers_of_a_case_that_says_everything(small: Case) -> None:
    gates = without_statements(small, ["a"]).case.gates
    assert gates["said"].fact == "unknown"
    assert "dated" not in gates
    assert gates["step"].needs is not None
    assert format_condition(gates["step"].needs) == "said"
    assert (gates["only"].fact, gates["only"].needs) == ("unknown", None)
    levers = without_statements(small, ["a"]).case.levers
    assert list(levers) == ["pull"]
    assert levers["pull"].start is None
    assert format_amount(levers["pull"].moves["B.no_deal"].amount) == "unknown"


def test_rankings_lose_packages_and_keep_their_order() -> None:
    text = """
zopa: 1
title: A ranking
as_of: 2025-01-01
assume: made up
sources: {one: {title: One, kind: table}}
parties: {A: One}
issues: {i: {options: [o0, o1]}, j: {options: [p0, p1]}}
preferences: {A: {ranking: first >= second > third = fourth}}
packages:
  first: {terms: {i: o0}}
  second: {terms: {i: o1}, because: one}
  third: {terms: {j: p0}, because: one}
  fourth: {terms: {j: p1}}
"""
    fewer = without_statements(read(text), ["one"]).case
    assert [format_chain(chain) for chain in fewer.preferences["A"].ranking] == ["first > fourth"]


def test_a_source_goes_with_all_that_is_quoted_from_it() -> None:
    case = shipped("labour-contract")
    found = without_statements(case, ["story"]).case
    assert (list(found.sources), dict(found.statements)) == (["sheet"], {})
    assert found.digest == without_statements(case, ["story", "s1"]).case.digest
    points = [without_statements(case, ["sheet"]).case.preferences[party].scores["pay"] for party in ("bakers", "bakery")]
    assert all(isinstance(score, UnknownScore) for score in points)


def test_notes_say_what_happened_in_words() -> None:
    found = {str(one) for one in without_statements(shipped("ukraine-2025"), ["s17", "s1"]).gone}
    assert "red line L17 of RUS is gone; it rested on s17" in found
    assert "score of RUS on nato falls back on the default of its block (direction A22); it rested on s17" in found
    assert "gate will_RUS is not known any more; it rested on s1" in found
    assert "score of RUS on guarantee = none rests on an assumption alone (A2); it rested on s17" in found


def test_no_statement_is_no_change() -> None:
    case = shipped("panama-1977")
    found = without_statements(case, [])
    assert found.case is case
    assert found.gone == ()


def test_the_order_of_the_statements_does_not_matter() -> None:
    case = shipped("ukraine-2025")
    assert without_statements(case, ["s12", "s15"]) == without_statements(case, ["s15", "s12", "s15"])


def test_a_wrong_id_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"no statement or source called s112. Did you mean s12\?"):
        without_statements(shipped("ukraine-2025"), ["s1", "s112"])


def test_an_assumption_that_is_not_known_takes_along_what_rests_on_it_alone() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    found = without_assumptions(case, ["A9"])
    assert {one.anchor for one in found.gone} == {f"preferences.{party}.no_deal" for party in ("RUS", "UKR", "USA", "EUR")}
    assert {one.outcome for one in found.gone} == {"unknown"}
    assert isinstance(found.case.assumptions["A9"].amount, Unknown)
    assert found.case.digest not in {case.digest, without_assumptions(case, ["A2"]).case.digest}
    # A red line that rests on a statement as well stays; whether it binds is not known any more.
    reluctant = without_assumptions(case, ["A19"]).case
    assert {line.id for line in reluctant.preferences["UKR"].red_lines} == {"L12", "L14", "L22u"}
    assert not reluctant.assumptions["A19"].split


def test_no_assumption_off_is_the_case_itself_and_unknown_ones_are_named() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    assert without_assumptions(case, []).case is case
    with pytest.raises(ValueError, match="no assumption called A99"):
        without_assumptions(case, ["A99"])
