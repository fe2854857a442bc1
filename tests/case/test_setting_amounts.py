"""An amount set in memory says the same as one written into the file, and is refused where the file would be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from zopa.case import Case, judgement_at, judgements, load_case, read_text, replace_value, with_amount
from zopa.case.composing import compose
from zopa.case.nodes import Mapping
from zopa.case.saving import find_node
from zopa.cases import shipped_case
from zopa.settlement import settle

AMOUNTS = ("0", "5", "40", "10..20", "2..45", "60..30", "-3", "unknown", "150", "1/3", "5..7..10", "0 | 20", "nobody", "100 - x")
SMALL = ("labour.yaml", "panama.yaml", "elmira.yaml", "conflict.yaml", "directive.yaml")


def cases() -> list[Case]:
    here = ROOT / "tests" / "cases"
    known = [load_case(shipped_case("labour-contract")), load_case(shipped_case("panama-1977"))]
    return known + [load_case(here / name) for name in SMALL]


CASES = cases()


def said(case: Case) -> list[tuple[object, ...]]:
    return [(one.path, one.kind, one.party, one.issue, one.option, one.text, one.low, one.high) for one in judgements(case)]


@pytest.mark.property
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_set_is_what_the_file_would_say(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    known = judgements(case)
    if not known:
        return
    placed = data.draw(st.sampled_from(known))
    words = ["up", "down", "flat"] if placed.words else []
    amount = data.draw(st.sampled_from([*AMOUNTS, *words, *placed.words]))
    place = f"{placed.path}.value" if placed.kind == "assumption" else placed.path
    parent = find_node(compose(case.text, "case.yaml", lambda _fault: None) or pytest.fail("no text"), place.rpartition(".")[0])
    if not isinstance(parent, Mapping):
        return  # a list of numbers, in which an option has no key of its own
    try:
        text = replace_value(case.text, place, amount)
    except (KeyError, ValueError):
        return  # served by a default: the file holds it elsewhere
    written = read_text(text, case.file)
    made, why = None, ""
    try:
        made = with_amount(case, placed.path, amount)
    except ValueError as error:
        why = str(error)
    if made is None:
        assert written.case is None, f"{placed.path} = {amount} was refused, and the file takes it: {why}"
        return
    split = placed.kind == "assumption" and case.assumptions[placed.path.removeprefix("assumptions.")].split
    if split and written.case is None and not made.assumptions[placed.path.removeprefix("assumptions.")].split:
        return  # a question with one answer left: a what-if settles it, and a file has to give up the question
    # The file may also be refused for its basis, which a what-if does not have; never for anything else.
    assert written.case is not None or {one.code for one in written.faults} <= {"ZC036", "ZC037", "ZC055"}, written.faults
    # A no-deal value that the file calls unknown is no judgement there, and an unknown one here.
    if written.case is not None and placed.kind != "no_deal":
        assert said(made) == said(written.case)


def test_a_set_amount_keeps_the_stream_and_changes_the_digest() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    path = "preferences.UKR.weights.nato"
    made = with_amount(case, path, "10..20")
    assert made.digest not in {case.digest, with_amount(case, path, "10..21").digest}
    assert made.digest == with_amount(case, path, " 10..20 ").digest
    assert (judgement_at(made, path) or pytest.fail("gone")).text == "10..20"
    others = [one for one in said(made) if one[0] != path]
    assert others == [one for one in said(case) if one[0] != path]
    assert made.text == case.text


def test_an_assumption_is_set_for_everybody_who_uses_it() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    low, high = (settle(with_amount(case, "assumptions.A9", amount)) for amount in ("10", "90"))
    assert low.zone_count() != high.zone_count()
    assert low.no_deal("UKR") is not None
    assert len(low.zone) > len(settle(case).zone) > len(high.zone)


def test_a_question_about_the_text_takes_one_of_its_words() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    assert with_amount(case, "assumptions.table", "signatory").assumptions["table"].words == ("signatory",)
    with pytest.raises(ValueError, match="cannot be chairman"):
        with_amount(case, "assumptions.table", "chairman")


@pytest.mark.parametrize(
    ("path", "amount", "words"),
    [
        ("assumptions.A2", "0..150", "must lie from 0 to 100"),
        ("preferences.UKR.weights.nato", "90", "never 100"),
        ("preferences.UKR.weights.nato", "-1", "must not be below 0"),
        ("preferences.UKR.weights.nato", "4..2", "upside down"),
        ("preferences.UKR.no_deal", "140", "from 0 to 100"),
        ("preferences.UKR.no_deal", "1\n2", "an amount is a number"),
        ("preferences.UKR.no_deal", "", "an amount is a number"),
        ("preferences.UKR.no_deal", "1" * 500, "at most 400"),
        ("assumptions.A6", "unknown", "switched off"),
        ("assumptions.table", "unknown", "switched off"),
        ("assumptions.A9", "A9 + 1", "refer to itself"),
        ("assumptions.D", "r * D", "refer to itself"),
        ("preferences.ATL.no_deal", "4", "there is no judgement"),
        ("assumptions.A1", "4", "there is no judgement"),
        ("preferences.RUS.scores.nato.direction", "sideways", "cannot be sideways"),
    ],
)
def test_refusals_say_what_is_wrong(path: str, amount: str, words: str) -> None:
    case = load_case(shipped_case("ukraine-2025"))
    with pytest.raises(ValueError, match=words):
        with_amount(case, path, amount)


def test_every_judgement_of_the_shipped_cases_can_be_set_to_what_it_is() -> None:
    for name in ("ukraine-2025", "labour-contract", "panama-1977"):
        case = load_case(shipped_case(name))
        for one in judgements(case):
            assert said(with_amount(case, one.path, one.text)) == said(case), one.path


def test_paths_lead_to_what_they_name() -> None:
    for case in CASES:
        for one in judgements(case):
            assert judgement_at(case, one.path) == one
    assert judgement_at(CASES[0], "preferences") is None
    assert judgement_at(CASES[0], "") is None
    assert isinstance(CASES[0].file, Path)
