"""Stances and drafts point the way the sentence does, also where something is denied, ended or lacking."""

from __future__ import annotations

from datetime import date

import pytest

from zopa.reading import Article, ArticleReading, Settings, default_actors, draft_case, draft_input, read_article, split_lines


def read(text: str) -> ArticleReading:
    return read_article(Article("a.txt", text, split_lines(text)), Settings(date(2025, 3, 3)))


@pytest.mark.parametrize(
    ("text", "predicate", "stance"),
    [
        ("Egypt will not sign the treaty unless Sudan releases more water.", "condition", "for"),
        ("Sweden wants neither a quota nor a ban.", "reject", "against"),
        ("Sweden wants no further cuts.", "reject", "against"),
        ("Chile would not accept the plan.", "reject", "against"),
        ("Chile did not rule out a truce.", "consider", "open"),
        ("Japan does not trust the ministry.", "doubt", "against"),
        ("Poland never demanded reparations.", "deny", "none"),
        ("Mexico warned that it would impose tariffs if the talks fail.", "threaten", "none"),
        ("Peru denied having offered a lease.", "deny", "against"),
    ],
)
def test_the_outer_statement(text: str, predicate: str, stance: str) -> None:
    one = next(one for one in read(text).statements if one.nested_in is None)
    assert (one.predicate, one.stance_code) == (predicate, stance)


@pytest.mark.parametrize(
    "text",
    [
        "Peru denied having offered a lease.",
        "Iran denies seeking a bomb.",
        "The teachers would rather strike than accept larger classes.",
        "Any sale must be approved by the league.",
        "The bloc gave Norway until Friday to accept the quota.",
        "Spain wants any buyer to promise investment.",
    ],
)
def test_nobody_is_booked_for_what_is_denied_spurned_or_asked_of_others(text: str) -> None:
    wanted = {"offer", "want", "support", "intend", "agree", "propose"}
    inner = [one for one in read(text).statements if one.own_words and one.predicate in wanted and one.cue.of(text) != "wants"]
    assert inner == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Finland called for an end to the fishing ban.", "fishing_ban: {against: as_put"),
        ("Norway cannot accept less than 31 percent of the cod.", "requires: cod >= from31percent"),
        ("Japan cannot accept a quota below 500 tonnes.", "quota: {for: from500tonne"),
        ("Iran will not give up enrichment.", "enrichment: {for: enrichment"),
    ],
)
def test_drafts_point_the_right_way(text: str, line: str) -> None:
    assert line in draft_case([draft_input(read(text), default_actors())]).text
