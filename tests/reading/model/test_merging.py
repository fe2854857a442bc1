"""Joining rule statements with proposals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.articles import Span
from zopa.reading.gate import Admitted
from zopa.reading.model.merging import enclosing, merge
from zopa.reading.statements import Amount, Statement

TEXT = "The water board said it would share one third of the river, and the farmers want half of the river."
SENTENCE = Span(0, len(TEXT))


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def rule(id: str, source: str | None, content: str, sentence: Span = SENTENCE, cue: str = "said") -> Statement:
    return Statement(
        id=id, article="river.txt", line=1, sentence=sentence, source=None if source is None else at(source), cue=at(cue),
        content=at(content), predicate="offer", party="BOARD", level=1, own_words=True,
        quantities=(Amount("one third", at("one third"), 1, None, None),),
    )  # fmt: skip


def proposal(source: str | None, content: str, cue: str = "said", article: str = "river.txt") -> Admitted:
    place = None if source is None else at(source)
    return Admitted(article, 1, SENTENCE, place, at(cue), at(content), "say", "for", False, (), (), "water")


LONG, SHORT = "it would share one third of the river", "share one third of the river"


def test_the_same_statement_is_confirmed_and_the_rule_keeps_its_numbers() -> None:
    one, other = rule("a", "The water board", LONG), proposal("board", SHORT)
    merged = merge([one], [other], TEXT)
    assert merged.confirmed == {"a": other}
    assert merged.fresh == ()
    assert one.quantities


@pytest.mark.parametrize(
    ("statement", "proposed"),
    [
        (rule("a", "The water board", LONG), proposal("the farmers", SHORT)),
        (rule("a", "The water board", LONG), proposal(None, SHORT)),
        (rule("a", None, LONG), proposal("The water board", SHORT)),
        (rule("a", "The water board", LONG), proposal("The water board", "half of the river")),
        (rule("a", "The water board", LONG), proposal("The water board", "one third")),
        (rule("a", "The water board", LONG, Span(0, 60)), proposal("The water board", LONG)),
        (rule("a", "The water board", LONG), proposal("The water board", LONG, article="other.txt")),
    ],
)
def test_what_differs_stays_apart(statement: Statement, proposed: Admitted) -> None:
    merged = merge([statement], [proposed], TEXT)
    assert merged.confirmed == {}
    assert merged.fresh == (proposed,)


def test_narration_without_a_source_is_joined_too() -> None:
    assert merge([rule("a", None, LONG)], [proposal(None, SHORT)], TEXT).fresh == ()


def test_one_half_is_enough() -> None:
    # Four words of eight.
    assert merge([rule("a", "The water board", LONG)], [proposal("The water board", "third of the river")], TEXT).fresh == ()


def test_the_best_pair_is_joined_first() -> None:
    statements = [rule("a", "The water board", SHORT), rule("b", "The water board", LONG)]
    longer, shorter = proposal("The water board", LONG), proposal("The water board", SHORT)
    merged = merge(statements, [longer, shorter], TEXT)
    assert merged.confirmed == {"a": shorter, "b": longer}
    again = merge(statements[:1], [shorter, longer], TEXT)
    assert (again.confirmed, again.fresh) == ({"a": shorter}, (longer,))


def test_of_equals_the_more_alike_cue_is_joined() -> None:
    statements = [rule("a", "The water board", LONG, cue="want"), rule("b", "The water board", LONG)]
    merged = merge(statements, [proposal("The water board", LONG)], TEXT)
    assert list(merged.confirmed) == ["b"]


def test_what_stands_inside_a_statement_is_told() -> None:
    outer = rule("a", "The water board", "it would share one third of the river, and the farmers want half of the river")
    inner = rule("b", "The water board", "the farmers want half of the river")
    proposed = proposal("the farmers", "half of the river", cue="want")
    assert enclosing([outer, inner], proposed) == inner
    assert enclosing([outer], proposed) == outer
    assert enclosing([rule("a", "The water board", LONG)], proposed) is None
    assert enclosing([outer], proposal("The water board", LONG)) is None, "the cue stands outside"
    assert enclosing([outer], proposal("the farmers", "half of the river", cue="want", article="other.txt")) is None


CONTENTS = st.sampled_from([LONG, SHORT, "third of the river", "half of the river"])
SOURCES = st.sampled_from([None, "The water board", "the farmers"])


@pytest.mark.property
@given(st.lists(st.tuples(SOURCES, CONTENTS), max_size=5), st.lists(st.tuples(SOURCES, CONTENTS), max_size=5))
def test_every_proposal_is_confirmed_or_fresh_once(
    rules: list[tuple[str | None, str]], found: list[tuple[str | None, str]]
) -> None:
    statements = [rule(str(number), *one) for number, one in enumerate(rules)]
    proposals = [proposal(*one) for one in found]
    merged = merge(statements, proposals, TEXT)
    assert len(merged.confirmed) + len(merged.fresh) == len(proposals)
    assert len(merged.confirmed) <= len(statements)
