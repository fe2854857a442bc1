"""Negations and modal words that govern a span from outside."""

from __future__ import annotations

import pytest

from zopa.reading.articles import Span
from zopa.reading.governing import denied_between, governors, has_negation, is_refusal, negated_source


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


def test_no_words_hold_no_negation() -> None:
    assert not has_negation("The port: no", Span(8, 9))
