"""Negations and modal words that govern a span from outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading import governing as module
from zopa.reading.articles import Span
from zopa.reading.governing import denial, denied_between, governors, has_negation, is_refusal, negated_source


def governing(marked: str) -> tuple[str | None, bool, bool]:
    """Return the words that govern what stands behind the bar, and what they are."""
    at = marked.index("|")
    text = marked.replace("|", "")
    found = governors(text, 0, at)
    words = None if found.start is None else text[found.start : at].strip()
    return words, found.negated, found.modal


@pytest.mark.parametrize(
    ("marked", "words", "negated", "modal"),
    [
        ("The union didn't |name a date", "didn't", True, False),
        ("The union didn’t yet |name a date", "didn’t yet", True, False),
        ("The port will not |accept the rent", "will not", True, True),
        ("The port won't |accept the rent", "won't", True, True),
        ("The port cannot |accept the rent", "cannot", True, True),
        ("The port might |accept the rent", "might", False, True),
        ("The port might well also be |open to it", None, False, False),  # "well" is a word that may mean anything
        ("The port may soon be |open to it", "may soon be", False, True),
        ("The port has never publicly |accepted it", "has never publicly", True, False),
        ("It has no |plans to sell", "has no", True, False),
        ("It made no concrete |offer", "no concrete", True, False),
        ("Robin May |said so", None, False, False),
        ("The ministry has not only |promised it", None, False, False),
        ("The union no doubt |wants more", None, False, False),
        ("The fleet refused to |leave", "refused to", True, False),
        ("The fleet is unwilling to |leave", "is unwilling to", True, False),
        ("They’ll |accept it", "’ll", False, True),
        ("The union |accepts it", None, False, False),
        ("It is not, the minister |said", None, False, False),
        ("That was not why the minister |said it", None, False, False),
        ("The mayor did n\u00adot |accept it", "did n\u00adot", True, False),
    ],
)
def test_what_governs(marked: str, words: str | None, negated: bool, modal: bool) -> None:
    assert governing(marked) == (words, negated, modal)


def test_nothing_before_the_floor_governs() -> None:
    text = "The port will not accept the rent"
    assert governors(text, text.index("accept"), text.index("the rent")).start is None
    assert governors(text, text.index("not") + 3, text.index("accept")).start is None


@pytest.mark.parametrize(
    ("between", "denied"),
    [
        (" it is not true that ", True),
        (" nothing about ", True),
        (" it refused to sign ", True),
        (" that ", False),
        (", although it did not ask, ", False),
        (" " + "very " * 40 + "not ", False),
        ("", False),
    ],
)
def test_what_denies_between_cue_and_content(between: str, denied: bool) -> None:
    text = f"said{between}the lease ended"
    assert denied_between(text, 4, 4 + len(between)) is denied


@pytest.mark.parametrize(
    ("words", "negated"),
    [("did not agree", True), ("isn’t open", True), ("is not only open", False), ("no doubt wants", False), ("agreed", False)],
)
def test_negations_inside(words: str, negated: bool) -> None:
    assert has_negation(f"It {words} to it", Span(3, 3 + len(words))) is negated


@pytest.mark.parametrize(
    ("marked", "negated"),
    [
        ("No |minister| said so", True),
        ("|No minister| said so", True),
        ("Neither |the union| nor the ministry said so", True),
        ("Neither the union nor |the ministry| said so", True),
        ("None of |the ports| said so", True),
        ("Nobody at |the ministry| said so", True),
        ("Not |the union| but the ministry said so", True),
        ("It did not move, |the ministry| said", False),
        ("|The ministry| did not say so", False),
        ("The deputy of |the minister| said so", False),
    ],
)
def test_denied_sources(marked: str, negated: bool) -> None:
    _, inside, _ = marked.split("|")
    start = marked.index("|")
    assert negated_source(marked.replace("|", ""), 0, Span(start, start + len(inside))) is negated


@pytest.mark.parametrize(("words", "refusal"), [("refused", True), ("ruled out", True), ("denies", True), ("provide", False)])
def test_refusals(words: str, refusal: bool) -> None:
    assert is_refusal(words) is refusal


@pytest.mark.parametrize(
    ("before", "words", "perfect", "past"),
    [
        ("The court does not sit ", "not", False, False),
        ("The court didn’t sit ", "didn’t", False, True),
        ("The court has never sat ", "never", True, False),
        ("The court had not sat ", "not", True, True),
        ("No court has sat ", "No", True, False),
        ("The boats can no longer sail ", "no", False, False),
        ("The owner declined to talk ", "declined", False, False),
        ("The court will not, for want of judges, sit ", "not", False, False),
    ],
)
def test_negations_of_a_clause(before: str, words: str, perfect: bool, past: bool) -> None:
    found = denial(before, 0, len(before))
    assert found is not None
    assert (before[found.start : found.end], found.perfect, found.past) == (words, perfect, past)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "The court sits ",
        "The court does not sit. It adjourned ",
        "The court does not sit (it adjourned) ",
        "The court does not sit — it adjourned ",
        "The court does not sit, it adjourned ",
        "The court does not sit when it adjourned ",
        "There is no doubt it adjourned ",
        "It has no judges ",  # an object, not a subject: what follows may be another clause
        "The judge who did not sit adjourned ",
        "It did not refuse to sit ",
        "It did not oppose sitting ",
        "not" + " in the old town hall" * 10 + " ",
    ],
)
def test_no_negation_of_a_clause(before: str) -> None:
    assert denial(before, 0, len(before)) is None


def test_the_window_begins_with_a_whole_word() -> None:
    text = "a knot" + " tied" * 31 + " to"
    at = text.index("not") + module._CLAUSE
    assert text[at - module._CLAUSE :].startswith("not")
    assert denial(text + " it" * 20, 0, at) is None


@pytest.mark.property
@given(
    st.lists(st.sampled_from(["not ", "n't", ",", ", ", "no ", "boat ", "may ", "but ", ". ", "1,2", "— "])).map("".join),
    st.data(),
)
def test_a_denial_lies_before_its_place_in_a_bounded_window(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    floor = data.draw(st.integers(0, at))
    found = denial(text, floor, at)
    if found is not None:
        assert max(floor, at - module._CLAUSE) <= found.start < found.end <= at
        assert denial("It did not rain. " + text, floor + 17, at + 17) == found._replace(
            start=found.start + 17, end=found.end + 17
        )


def test_no_words_hold_no_negation() -> None:
    assert not has_negation("The port: no", Span(8, 9))
