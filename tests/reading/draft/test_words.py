from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.draft.words import (
    content_words,
    plain,
    says_whose,
    shortened,
    skeleton,
    stem,
    weighted_stems,
    word_class,
    words_of,
)


@pytest.mark.parametrize(
    "words",
    [
        ("meet", "meets", "meeting", "meetings"),
        ("inspect", "inspection", "inspections", "inspected"),
        ("fee", "fees"),
        ("ratify", "ratifies"),
        ("stop", "stopped", "stopping"),
        ("membership", "accession", "joining"),
        ("guarantee", "assurances"),
    ],
)
def test_forms_of_a_word_share_a_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_different_words_keep_different_stems() -> None:
    assert len({stem(word) for word in ("fishing", "border", "pension", "lease", "quota", "dam")}) == 6


def test_possessives_and_typographic_apostrophes_are_cut() -> None:
    assert plain("Orba’s") == plain("Orba's") == "orba"
    assert plain("dockers'") == "dockers"


def test_nouns_weigh_two_verbs_and_adjectives_one() -> None:
    assert weighted_stems("to reduce the water fees") == {"reduc": 1, "water": 2, "fee": 2}
    assert weighted_stems("political will") == {"political": 1}


def test_the_caller_may_say_what_kind_a_word_is() -> None:
    assert weighted_stems("the strike", classes={"strike": "VERB"}) == {"strik": 1}


def test_a_noun_after_an_article_is_no_verb() -> None:
    assert word_class("cut", "a") == "NOUN"
    assert word_class("cut", "to") == "VERB"


def test_names_of_parties_and_what_is_made_from_them_say_nothing_about_the_matter() -> None:
    names = frozenset({"savia", "ruel"})
    assert [word.text for word in content_words("Savian quotas and Ruel's nets", names)] == ["quotas", "nets"]


def test_adverbs_numbers_and_generic_words_are_left_out() -> None:
    assert weighted_stems("the plan is officially 20th of 12 years") == {}


def test_skeletons_ignore_capitals_marks_and_blanks() -> None:
    assert skeleton("“The Dam’s  gate—open”") == skeleton('"the dam\'s gate - open"')


def test_long_contents_are_cut_at_a_word() -> None:
    assert shortened("that  it\tends") == "it ends"
    assert shortened(" ".join(f"word{number}" for number in range(40))).endswith("word15 …")


@pytest.mark.property
@given(st.text())
def test_words_stand_where_they_say_and_stems_never_fail(text: str) -> None:
    for word in words_of(text):
        assert text[word.start : word.end] == word.text
        assert stem(word.text) == stem(word.text.upper()) or not word.text.isascii()


def test_talks_say_nothing_beside_another_noun() -> None:
    assert weighted_stems("talks about the dam") == {"dam": 2}
    assert weighted_stems("the meeting about the dam") == {"meet": 1, "dam": 2}
    assert weighted_stems("formal talks") == {"formal": 1, "talk": 2}


def test_an_adjective_of_a_name_says_whose() -> None:
    names = frozenset({"savia", "savian"})
    assert says_whose("Savian", names)
    assert not says_whose("Savia", names)
    assert not says_whose("savian", names)
