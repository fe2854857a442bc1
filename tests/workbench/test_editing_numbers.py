"""From a wanted number to the edits of the case file."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.case.test_writing_amounts import FILES, HOSTILE, alone, another, each_file, said, small, some, whole
from zopa.case import judgement_at, judgements, with_amounts
from zopa.cases import shipped_case
from zopa.workbench.edit import apply_edits, inverse, made_edits
from zopa.workbench.editing_numbers import Reason, edit_number, edit_weights
from zopa.workbench.keeping_sums import keep_sum

WHY = Reason(assume=HOSTILE)
UKRAINE = shipped_case("ukraine-2025") / "case.yaml"


@each_file
def test_every_judgement_is_set_with_its_reason_and_undone_again(file: Path) -> None:
    text = before = alone(file)
    case = whole(text, file)
    done = []
    chosen = some(judgements(case))
    for placed in chosen:
        edits = edit_number(text, case, placed.path, placed.text, WHY)
        text, made = made_edits(text, edits)
        done.append(made)
    found = whole(text, file)
    wanted = {one.path: (one.path, one.text, (), HOSTILE) for one in chosen}
    assert [said(one) for one in judgements(found)] == [wanted.get(one.path, said(one)) for one in judgements(case)]
    for made in reversed(done):
        text = apply_edits(text, inverse(made))
    again = whole(text, file)
    assert [said(one) for one in judgements(again)] == [said(one) for one in judgements(case)]
    assert [line.partition("#")[2] for line in before.splitlines()] == [line.partition("#")[2] for line in text.splitlines()]


@pytest.mark.parametrize("path", ["preferences.UKR.no_deal", "preferences.UKR.weights.dmz", "preferences.EUR.scores.aid.shape"])
def test_a_number_that_is_shared_or_served_by_a_default_becomes_one_of_its_own(path: str) -> None:
    text = alone(UKRAINE)
    case = whole(text, UKRAINE)
    found = whole(apply_edits(text, edit_number(text, case, path, "1..2", WHY)), UKRAINE)
    changed = [one.path for one, other in zip(judgements(found), judgements(case), strict=True) if said(one) != said(other)]
    assert changed == [path]
    assert said(next(one for one in judgements(found) if one.path == path)) == (path, "1..2", (), HOSTILE)


def test_a_shared_assumption_is_changed_for_all_and_keeps_its_reason() -> None:
    text = UKRAINE.read_text(encoding="utf-8")
    case = whole(text, UKRAINE)
    edits = edit_number(text, case, "assumptions.A9", "20..40", Reason(keep=True))
    assert [(one.path, one.before, one.after) for one in edits] == [("assumptions.A9.value", "10..90", "20..40")]
    found = whole(apply_edits(text, edits), UKRAINE)
    assert found.assumptions["A9"].reason == case.assumptions["A9"].reason


def test_what_would_not_change_anything_is_no_edit() -> None:
    text = UKRAINE.read_text(encoding="utf-8")
    case = whole(text, UKRAINE)
    assert edit_number(text, case, "assumptions.A9", "10 .. 90", Reason(keep=True)) == ()


def test_a_reason_is_demanded_and_statements_must_be_known() -> None:
    text = UKRAINE.read_text(encoding="utf-8")
    case = whole(text, UKRAINE)
    with pytest.raises(ValueError, match="needs a reason"):
        edit_number(text, case, "assumptions.A9", "20..40", Reason())
    with pytest.raises(ValueError, match="needs a reason"):
        edit_number(text, case, "assumptions.A9", "20..40", Reason(assume="   "))
    with pytest.raises(ValueError, match="no statement called s99"):
        edit_number(text, case, "assumptions.A9", "20..40", Reason(because=("s99",)))
    found = whole(apply_edits(text, edit_number(text, case, "assumptions.A9", "20..40", Reason(("s1", "s2", "s1")))), UKRAINE)
    assert found.assumptions["A9"].basis.because == ("s1", "s2")


def test_several_weights_are_changed_at_once_and_keep_their_sum(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    text = small("  a: {weights: {rent: 40, term: 40, fence: 20, sum: 100}, scores: {default: {direction: up}, fence: [0, 1]}}\n")
    case = whole(text, file)
    weights = {one.path: Fraction(str(one.text)) for one in judgements(case) if one.kind == "weight"}
    moved = keep_sum(weights, "preferences.a.weights.rent", Fraction(55), Fraction(100), case.grain)
    amounts = {path: str(value) for path, value in moved.items()}
    found = whole(apply_edits(text, edit_weights(text, case, amounts, WHY)), file)
    assert {one.path: one.text for one in judgements(found) if one.kind == "weight"} == {
        "preferences.a.weights.rent": "55",
        "preferences.a.weights.term": "30",
        "preferences.a.weights.fence": "15",
    }
    assert with_amounts(case, amounts).preferences["a"].weight_sum == 100


def test_only_weights_of_one_party_are_changed_together() -> None:
    text = UKRAINE.read_text(encoding="utf-8")
    case = whole(text, UKRAINE)
    both = {"preferences.RUS.weights.aid": "5", "preferences.UKR.weights.aid": "5"}
    for amounts in (both, {}, {"preferences.RUS.no_deal": "5"}, {"preferences.RUS.weights.aid": "5", "assumptions.A9": "5"}):
        with pytest.raises(ValueError, match="one party"):
            edit_weights(text, case, amounts, WHY)


def test_a_comment_inside_a_value_is_never_lost(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    text = small("  a:\n    points:\n      rent:\n        0: 1  # first\n        2.5: 3  # second\n        10: 4\n")
    case = whole(text, file)
    edits = edit_number(text, case, "preferences.a.points.rent.10", "5", WHY)
    assert "# second" in apply_edits(text, edits)
    with pytest.raises(ValueError, match="comment"):
        apply_edits(text, edit_number(text, case, "preferences.a.points.rent.2.5", "5", WHY))


def test_the_files_of_the_tests_are_there() -> None:
    assert len(FILES) > 10
    case = whole(UKRAINE.read_text(encoding="utf-8"), UKRAINE)
    placed = judgement_at(case, "assumptions.A9")
    assert placed is not None
    assert another(case, placed) is not None
