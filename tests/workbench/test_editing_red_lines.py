"""Adding, changing and removing red lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.case.test_writing_amounts import HOSTILE, alone, small, whole
from zopa.case import RedLine, format_condition
from zopa.cases import shipped_case
from zopa.workbench.edit import apply_edits
from zopa.workbench.editing_numbers import Reason
from zopa.workbench.editing_red_lines import add_red_line, change_red_line, fresh_id, remove_red_line

WHY = Reason(assume=HOSTILE)
UKRAINE = shipped_case("ukraine-2025") / "case.yaml"
FILE = Path("case.yaml")


def told(line: RedLine) -> tuple[str, str, str, str | None, tuple[str, ...]]:
    way, condition = ("refuses", line.refuses) if line.requires is None else ("requires", line.requires)
    return line.id, way, format_condition(condition), line.basis.assume, line.basis.because


def lines(text: str, file: Path, party: str) -> list[tuple[str, str, str, str | None, tuple[str, ...]]]:
    return [told(line) for line in whole(text, file).preferences[party].red_lines]


def test_a_red_line_is_added_to_those_that_are_there() -> None:
    text = alone(UKRAINE)
    case = whole(text, UKRAINE)
    before = lines(text, UKRAINE, "UKR")
    edits = add_red_line(text, case, "UKR", "requires", "territory = none|part_line", Reason(("s14",), HOSTILE), "No: {land}, #1")
    after = apply_edits(text, edits)
    assert lines(after, UKRAINE, "UKR") == [*before, ("L1", "requires", "territory = none|part_line", HOSTILE, ("s14",))]
    assert whole(after, UKRAINE).preferences["UKR"].red_lines[-1].name == "No: {land}, #1"
    assert lines(after, UKRAINE, "RUS") == lines(text, UKRAINE, "RUS")


def test_the_first_red_line_makes_the_block_and_the_last_one_takes_it_along() -> None:
    text = small("  a: {points: {term: [0, 5, 6]}}\n")
    case = whole(text, FILE)
    after = apply_edits(text, add_red_line(text, case, "a", "refuses", "term >= y2 and not fence", WHY))
    assert lines(after, FILE, "a") == [("L1", "refuses", "term >= y2 and not fence", HOSTILE, ())]
    assert apply_edits(after, remove_red_line(after, whole(after, FILE), "L1")) == text


def test_a_basis_of_the_block_stays_when_the_last_red_line_goes() -> None:
    text = small("  a: {points: {term: [0, 5, 6]}, red_lines: {L1: {refuses: fence}, assume: said}}\n")
    after = apply_edits(text, remove_red_line(text, whole(text, FILE), "L1"))
    assert "red_lines: {assume: said}" in after
    assert lines(after, FILE, "a") == []


def test_a_red_line_is_changed_in_both_ways_and_keeps_its_basis_when_wanted() -> None:
    text = small("  a: {points: {term: [0, 5, 6]}, red_lines: {L1: {name: N, refuses: fence, because: paper}}}\n")
    case = whole(text, FILE)
    after = apply_edits(text, change_red_line(text, case, "L1", "requires", "term = y2|y3", Reason(keep=True)))
    assert lines(after, FILE, "a") == [("L1", "requires", "term = y2|y3", None, ("paper",))]
    again = apply_edits(after, change_red_line(after, whole(after, FILE), "L1", "refuses", "rent > 5", WHY))
    assert lines(again, FILE, "a") == [("L1", "refuses", "rent > 5", HOSTILE, ())]
    assert whole(again, FILE).preferences["a"].red_lines[0].name == "N"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("", ""),
        ("term =", ""),
        ("nothing = y1", "no issue called nothing"),
        ("term = y9", "no option y9"),
        ("term = y1 # and", ""),
        ("term = y1, assume: x}", ""),
        ("term = " + "y" * 500, "at most"),
        ("own > 3", "no issue called own"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_in_words(condition: str, words: str) -> None:
    text = small("  a: {points: {term: [0, 5, 6]}}\n")
    with pytest.raises(ValueError, match=words or "."):
        add_red_line(text, whole(text, FILE), "a", "refuses", condition, WHY)


def test_what_is_missing_is_said_in_words() -> None:
    text = small("  a: {points: {term: [0, 5, 6]}}\n  b: unknown\n")
    case = whole(text, FILE)
    with pytest.raises(ValueError, match="no party called z"):
        add_red_line(text, case, "z", "refuses", "fence", WHY)
    with pytest.raises(ValueError, match="is not known"):
        add_red_line(text, case, "b", "refuses", "fence", WHY)
    with pytest.raises(ValueError, match="needs a reason"):
        add_red_line(text, case, "a", "refuses", "fence", Reason())
    with pytest.raises(ValueError, match="needs a reason"):
        add_red_line(text, case, "a", "refuses", "fence", Reason(keep=True))
    with pytest.raises(ValueError, match="no red line called L7"):
        remove_red_line(text, case, "L7")
    with pytest.raises(ValueError, match="no red line called L7"):
        change_red_line(text, case, "L7", "refuses", "fence", WHY)


def test_a_new_id_differs_from_all_others_whatever_their_capitals() -> None:
    text = small("  a: {points: {term: [0, 5, 6]}, red_lines: {l1: {refuses: fence}, L2: {refuses: not fence}}}\n")
    assert fresh_id(whole(text, FILE)) == "L3"


@pytest.mark.property
@given(st.text(max_size=60), st.text(max_size=60))
def test_names_and_reasons_read_back_as_themselves(name: str, reason: str) -> None:
    text = small("  a: {points: {term: [0, 5, 6]}, red_lines: {K: {refuses: fence, because: paper}}} # kept\n")
    case = whole(text, FILE)
    try:
        edits = add_red_line(text, case, "a", "requires", "term < y3", Reason(assume=reason), name)
    except ValueError:
        both = " ".join((reason + " " + name).splitlines()).replace("\t", " ").strip()
        assert not reason.strip() or not both.isprintable()
        return
    found = whole(apply_edits(text, edits), FILE).preferences["a"].red_lines
    assert [line.id for line in found] == ["K", "L1"]
    assert found[1].basis.assume == " ".join(reason.splitlines()).replace("\t", " ").strip()
    assert found[1].name == (" ".join(name.splitlines()).replace("\t", " ").strip() or "L1")
