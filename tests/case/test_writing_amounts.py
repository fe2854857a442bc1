"""What has to stand in a case file for an amount to be another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from zopa.case import (
    Basis,
    Case,
    Placed,
    amount_changes,
    basis_changes,
    insert_entry,
    judgement_at,
    judgements,
    quoted_words,
    read_text,
    replace_value,
    with_amount,
)
from zopa.case.composing import compose
from zopa.case.nodes import Mapping
from zopa.case.rewriting import Plan, rewritten
from zopa.case.saving import find_node

FILES = [*sorted((ROOT / "src" / "zopa" / "cases").glob("*/case.yaml")), *sorted((ROOT / "tests" / "cases").glob("*.yaml"))]
HOSTILE = "why: {it}, [is] #1 “so”, \"here\" & 'there' | > * ! % @ `x` ~ <b>"
ASSUMED = Basis((), HOSTILE)
LARGE = {"panama-1977", "ukraine-2025"}
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")


def whole(text: str, file: Path) -> Case:
    reading = read_text(text, file)
    assert reading.case is not None, [fault.message for fault in reading.faults]
    return reading.case


def alone(file: Path) -> str:
    """The text of a case in which parties need not be treated alike."""
    return re.sub(r"(?m)^alike:.*\n", "", file.read_text(encoding="utf-8"))


def applied(text: str, changes: Iterable[tuple[str, str | None]]) -> str:
    for path, value in changes:
        root = compose(text, "case.yaml", lambda _fault: None)
        assert isinstance(root, Mapping)
        node = find_node(root, path)
        if value is None:
            assert node is not None, path
            plan = Plan()
            plan.drop(node)
            text = rewritten(text, root, plan, lambda _comment: True)
        elif node is None:
            text = insert_entry(text, *path.rpartition(".")[::2], value)
        else:
            text = replace_value(text, path, value)
    return text


def said(placed: Placed) -> tuple[str, str, tuple[str, ...], str | None]:
    return placed.path, placed.text, placed.basis.because, placed.basis.assume


def some(known: Sequence[Placed]) -> list[Placed]:
    """Judgements of every kind of every party; all of a small case."""
    return list(known) if len(known) < 20 else list({(one.kind, one.party): one for one in reversed(known)}.values())


def another(case: Case, placed: Placed) -> str | None:
    """Another amount that the case allows there."""
    numbers = ["1..2", "10..20", "10..30", "0..50", "5", "0", "1", "50", "unknown"]
    for amount in [*placed.words, "unknown"] if placed.words else numbers:
        if amount == placed.text:
            continue
        try:
            with_amount(case, placed.path, amount)
        except ValueError:
            continue
        return amount
    return None


@pytest.mark.parametrize(
    "file",
    [pytest.param(one, marks=[pytest.mark.slow] if one.parent.name in LARGE else []) for one in FILES],
    ids=lambda file: f"{file.parent.name}-{file.stem}",
)
def test_every_judgement_can_rest_on_something_else_and_keeps_its_amount(file: Path) -> None:
    text = alone(file)
    case = whole(text, file)
    for placed in judgements(case):
        text = applied(text, amount_changes(text, case, placed.path, placed.text, ASSUMED))
    found = whole(text, file)
    assert [said(one) for one in judgements(found)] == [(one.path, one.text, (), HOSTILE) for one in judgements(case)]


@each_file
def test_every_judgement_can_be_another_one_and_nothing_else_changes(file: Path) -> None:
    text = alone(file)
    case = whole(text, file)
    known = judgements(case)
    for placed in some(known):
        amount = another(case, placed)
        if amount is None:
            continue
        for basis in (ASSUMED, None):
            changed = applied(text, amount_changes(text, case, placed.path, amount, basis))
            found = {one.path: one for one in judgements(whole(changed, file))}
            assert list(found) == [one.path for one in known]
            assert found[placed.path].text == amount
            wanted = placed.basis if basis is None else basis
            assert said(found[placed.path])[2:] == (wanted.because, wanted.assume), placed.path
            others = [one for one in known if one.path != placed.path and not one.path.startswith("assumptions.")]
            assert [said(found[one.path]) for one in others] == [said(one) for one in others], placed.path


HEAD = """zopa: 1
title: T
as_of: 2025-01-01
sources: {paper: {title: A table, kind: table}}
parties: {a: {name: A}, b: {name: B}}
issues:
  rent: {scale: 0..10, step: 2.5, now: 0}
  term: {scale: ordered, options: [y1, y2, y3], now: y1}
  fence: {scale: yesno}
assumptions:
  own: {value: 10..20, assume: guessed}
  X: {value: 1 | 2, chance: [0.25, 0.75], assume: guessed}
preferences:
  assume: all guessed
"""


def small(preferences: str) -> str:
    return HEAD + preferences


FORMS = {
    "a default that is a block": """
    weights: {default: {value: 1..5, because: paper}}
    scores: {default: {direction: flat}}
""",
    "a default that is a list": """
    points: {default: [0, 1..2], rent: {0: 0, 2.5: 4, 10: 9}, term: [0, 5, 6]}
""",
    "a default that is a table": """
    weights: {default: 1}
    scores: {term: [0, 5, 6], default: {default: 5}, rent: {direction: up, shape: 1}}
""",
    "defaults with a shape": """
    weights: {default: 1}
    scores: {shape: 0.5..2, default: {direction: up, shape: X}, fence: [0, 1], term: {direction: up, because: paper}}
""",
    "a shape for all": """
    weights: {default: 1}
    scores:
      shape: {value: X, because: paper}
      fence: [0, 1]
      default: {direction: up, because: paper}
      term: {direction: up, assume: own reason}
""",
    "a table of options": """
    points: {fence: {no: 0, yes: {value: X, assume: own reason}}, term: {y1: 0, default: 3}, rent: {0: 0, 10: 1}}
    no_deal: 3
""",
    "a share in long form": """
    points: {term: [0, 5, 6]}
    no_deal: {share: {value: 0 | 10, chance: [0.5, 0.5], assume: own reason}}
""",
    "a share with chances": """
    points: {term: [0, 5, 6]}
    no_deal: {share: 0 | 10, chance: [0.5, 0.5], assume: own reason}
""",
    "blocks": """
    points:
      # above
      term:
        y1: 0   # beside
        y2: 1
        default: 3
    no_deal:
      value: own  # what else
    bonus:
      both: {when: fence, points: 3..4, because: paper}
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_judgement_can_be_set(form: str, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    text = small(f"  a:{FORMS[form]}")
    case = whole(text, file)
    known = [one for one in judgements(case) if one.kind != "assumption"]
    assert known
    for placed in known:
        amounts: tuple[str, ...] = ("down", "up | flat") if placed.words else ("7", "3..4", "1 | 2", "own")
        for amount in amounts:
            for basis in (Basis(("paper",), None), ASSUMED, Basis((), "own"), None):
                changed = applied(text, amount_changes(text, case, placed.path, amount, basis))
                found = {one.path: one for one in judgements(whole(changed, file))}
                assert found[placed.path].text == amount
                if amount != "own" or basis is not None:
                    wanted = placed.basis if basis is None else basis
                    assert said(found[placed.path])[2:] == (wanted.because, wanted.assume), (placed.path, changed)
                others = [one for one in known if one is not placed]
                assert [said(found[one.path]) for one in others] == [said(one) for one in others]
                added = HOSTILE.count("#") if basis is ASSUMED else 0
                assert changed.count("#") == text.count("#") + added


def test_chances_stay_while_there_are_as_many_alternatives(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    text = small("  a: {points: {term: [0, X, 6]}}\n")
    case = whole(text, file)
    kept = applied(text, amount_changes(text, case, "assumptions.X", "3 | 4", None))
    assert whole(kept, file).assumptions["X"].chance == (Fraction(1, 4), Fraction(3, 4))
    gone = applied(text, amount_changes(text, case, "assumptions.X", "3 | 4 | 5", None))
    assert whole(gone, file).assumptions["X"].chance is None


def test_a_no_deal_value_that_is_not_there_is_added_as_a_share(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    for before in ("", ", no_deal: unknown", ", no_deal: {package: now}"):
        text = small(f"  a: {{points: {{term: [0, 5, 6]}}{before}}}\n")
        case = whole(text, file)
        path = "preferences.a.no_deal"
        with pytest.raises(ValueError, match="reason"):
            amount_changes(text, case, path, "20..40", None)
        found = judgement_at(whole(applied(text, amount_changes(text, case, path, "20..40", ASSUMED)), file), path)
        assert found is not None
        assert (found.text, found.high, found.basis.assume) == ("20..40", 100, HOSTILE)


@pytest.mark.parametrize(
    ("path", "amount", "basis", "words"),
    [
        ("preferences.a.weights.term", "3", ASSUMED, "no number at"),
        ("preferences", "3", ASSUMED, "no number at"),
        ("assumptions.nothing", "3", ASSUMED, "no number at"),
        ("preferences.a.points.term.y9", "3", ASSUMED, "no number at"),
        ("preferences.a.points.term.y1", "30-50", ASSUMED, "30..50"),
        ("preferences.a.points.term.y1", "3 # 4", ASSUMED, "#"),
        ("preferences.a.points.term.y1", "3", Basis(), "needs a reason"),
        ("preferences.a.points.term.y1", "3", Basis(("nobody",), None), "no statement called nobody"),
        ("preferences.a.points.term.y1", "3", Basis((), "  "), "say in words"),
        ("preferences.a.points.term.y1", "3", Basis((), "a\x00b"), "control character"),
        ("preferences.a.points.term.y1", "3", Basis((), "a" * 3000), "at most"),
        ("preferences.a.points.term.y1", "3" * 3000, ASSUMED, "too long"),
    ],
)
def test_what_cannot_be_set_is_refused_in_words(path: str, amount: str, basis: Basis, words: str, tmp_path: Path) -> None:
    text = small("  a: {points: {term: [0, 5, 6]}}\n")
    with pytest.raises(ValueError, match=words):
        amount_changes(text, whole(text, tmp_path / "case.yaml"), path, amount, basis)


def test_the_basis_of_a_block_can_be_changed_alone(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    text = small("  a: {points: {term: [0, 5, 6]}, red_lines: {L1: {refuses: fence, because: paper}}}\n")
    case = whole(text, file)
    changed = applied(text, basis_changes(text, case, "preferences.a.red_lines.L1", ASSUMED))
    assert whole(changed, file).preferences["a"].red_lines[0].basis == ASSUMED
    with pytest.raises(ValueError, match="no block"):
        basis_changes(text, case, "preferences.a.red_lines.L2", ASSUMED)


@pytest.mark.property
@given(st.text(max_size=80))
def test_a_reason_reads_back_as_itself_and_only_the_wanted_value_changes(reason: str) -> None:
    file = Path("case.yaml")
    text = small("  a: {points: {term: [0, {value: 5, assume: old}, 6]}} # kept\n")
    case = whole(text, file)
    try:
        changes = amount_changes(text, case, "preferences.a.points.term.y2", "4..5", Basis((), reason))
    except ValueError:
        line = " ".join(reason.splitlines()).replace("\t", " ").strip()
        assert not line or not line.isprintable()
        return
    found = whole(applied(text, changes), file)
    placed = {one.path: one for one in judgements(found)}
    assert placed["preferences.a.points.term.y2"].basis.assume == " ".join(reason.splitlines()).replace("\t", " ").strip()
    assert placed["preferences.a.points.term.y2"].text == "4..5"
    assert [said(one) for one in judgements(case) if not one.path.endswith(".y2")] == [
        said(one) for path, one in placed.items() if not path.endswith(".y2")
    ]


@pytest.mark.property
@given(st.text(max_size=80))
def test_words_in_quotation_marks_are_one_line(reason: str) -> None:
    try:
        line = quoted_words(reason)
    except ValueError:
        return
    assert line.isprintable()
    assert line.splitlines() == [line]
