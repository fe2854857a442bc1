"""A review as a person walks it: decide, move, jump, edit, add, take back, stop and come again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.readings import EAGER, FLEET, QUOTA, SHARE, Reading, article, herring, lease, span
from zopa.reading.articles import Span
from zopa.reading.decisions import Decision, Piece
from zopa.reading.review import Progress, Review, accept, add, edit, jump, move, progress, reject, start, undo
from zopa.reading.selecting import ReviewFault
from zopa.reading.statements import Statement

NOON = datetime(2024, 3, 12, 12, 0, tzinfo=UTC)
HERRING = herring()
TEXT = HERRING.article.text
SAID, REFUSES, ADDED, WILLING, DEMAND, QUOTED, OFFICIAL, TOLD = HERRING.statements


def begun(**more: Any) -> Review:
    return start([HERRING, lease()], **more)


def at(review: Review) -> Statement:
    assert review.current is not None
    return review.current.statement


def words(sentence: str, wanted: str) -> Span:
    return span(TEXT, wanted, span(TEXT, sentence))


# Walking -------------------------------------------------------------------------------------------------


def test_a_review_begins_at_the_first_open_statement_or_where_one_stopped() -> None:
    assert at(begun()) == SAID
    seen = [Decision(SAID.id, "accepted", NOON)]
    assert at(begun(decisions=seen)) == REFUSES
    assert at(begun(decisions=seen, stopped_at=TOLD.id)) == TOLD
    assert at(begun(decisions=seen, stopped_at="gone")) == REFUSES


def test_a_reading_without_statements_has_nothing_to_walk() -> None:
    empty = start([Reading(article("a.txt", ("text", "It rained.")), None, ())])
    assert empty.current is None
    assert progress(empty) == Progress(0, 0, 0, 0, 0, 0, 0)
    assert move(empty, 1) == empty
    for step in ("accept", "reject", "edit"):
        with pytest.raises(ReviewFault, match="no statement"):
            STEPS[step](empty)
    for target, why in (("", "No statement is open"), ("L1", "no statement"), ("1", "statements 1 to 0")):
        with pytest.raises(ReviewFault, match=why):
            jump(empty, target)


def test_accepting_and_rejecting_go_on_to_the_next_open_one_and_round() -> None:
    review = accept(begun(), NOON)
    assert at(review) == REFUSES
    review = reject(move(review, 1), NOON, "no words")
    assert at(review) == DEMAND  # the statement nested in the rejected one went with it
    assert progress(review) == Progress(total=9, open=6, accepted=1, edited=0, rejected=1, added=0, dropped=1)
    assert progress(review).decided == 3
    last = accept(jump(review, "9"), NOON)
    assert at(last) == REFUSES
    for _ in range(9):
        last = accept(last, NOON)
    assert progress(last).open == 0


def test_moving_stops_at_both_ends() -> None:
    review = begun()
    assert at(move(review, -1)) == SAID
    assert at(move(review, 100)).article == "lease.md"
    assert at(move(move(review, 3), -1)) == ADDED
    assert move(review, 3).decisions == ()


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("5", DEMAND),
        (" 5 ", DEMAND),
        ("L6", DEMAND),
        ("l4", DEMAND),
        (TOLD.id, TOLD),
        (TOLD.id[:8], TOLD),
        ("", REFUSES),
        ("open", REFUSES),
    ],
)
def test_jumps(target: str, wanted: Statement) -> None:
    assert at(jump(begun(), target)) == wanted


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("0", "statements 1 to 9"),
        ("10", "statements 1 to 9"),
        ("9" * 5000, "statements 1 to 9"),
        ("L99", "line 99 or below"),
        ("zzz", "No statement is called zzz"),
        ("-1", "No statement is called -1"),
    ],
)
def test_jumps_to_nowhere(target: str, why: str) -> None:
    with pytest.raises(ReviewFault, match=why):
        jump(begun(), target)


def test_a_short_id_must_name_one_statement() -> None:
    twins = replace(HERRING, statements=(replace(SAID, id="abc1"), replace(TOLD, id="abc2"), replace(DEMAND, id="abc")))
    review = start([twins])
    with pytest.raises(ReviewFault, match="3 statements begin with ab"):
        jump(review, "ab")
    assert at(jump(review, "abc")).id == "abc"


def test_a_statement_found_in_two_articles_comes_once() -> None:
    again = replace(HERRING, article=replace(HERRING.article, name="herring-2.txt"))
    review = start([HERRING, again])
    assert progress(review).total == 8
    assert len(accept(review, NOON).applied.kept) == 2


# Deciding ------------------------------------------------------------------------------------------------


def test_what_is_decided_is_kept_with_person_time_words_and_what_was_seen() -> None:
    (decision,) = accept(begun(by="Ana"), NOON, "  as in the minutes  ").decisions
    assert decision == Decision(
        SAID.id,
        "accepted",
        NOON,
        "Ana",
        seen={"party": "UNION", "level": 1},
        words="The coastal union will not sign a quota above 400,000 tonnes",
        note="as in the minutes",
    )
    (rejected,) = reject(begun(), NOON, "  ").decisions
    assert (rejected.by, rejected.note, rejected.seen) == (None, None, {})


def test_deciding_the_same_again_adds_nothing() -> None:
    once = accept(begun(), NOON)
    assert accept(jump(once, "1"), NOON).decisions == once.decisions
    gone = reject(begun(), NOON)
    assert reject(jump(gone, "1"), NOON).decisions == gone.decisions


def test_an_edit_keeps_the_reader_in_place_and_adds_up() -> None:
    review = edit(begun(), NOON, spans={"content": words(QUOTA, "a quota above 400,000 tonnes")})
    review = edit(review, NOON, fields={"predicate": "reject", "issue": "quota_2024"})
    one = at(review)
    assert (one.id, one.predicate, one.issue) == (SAID.id, "reject", "quota_2024")
    assert one.content.of(TEXT) == "a quota above 400,000 tonnes"
    assert review.current is not None
    assert review.current.state == "edited"
    assert progress(review).edited == 1
    # To accept what one has edited is to leave it as it is.
    assert accept(review, NOON).decisions == review.decisions
    # What was read is still what later readings are compared with.
    assert review.decisions[-1].seen == {"party": "UNION", "level": 1}


def test_an_edit_stores_places_in_the_sentence_not_in_the_text() -> None:
    (decision,) = edit(jump(begun(), "3"), NOON, spans={"content": words(EAGER, "settle the dispute")}).decisions
    assert decision.pieces == {"content": Piece(49, 67, "settle the dispute")}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, "Nothing is changed"),
        ({"fields": {"level": 1}}, "Nothing is changed"),
        ({"spans": {"cue": SAID.cue}}, "Nothing is changed"),
        ({"fields": {"content": "other words"}}, "content cannot be changed"),
        ({"spans": {"time": Span(0, 1)}}, "time cannot be selected"),
        ({"spans": {"content": words(EAGER, "the dispute")}}, "leaves its sentence"),
        ({"spans": {"source": None}}, "need a source"),
        ({"fields": {"party": "MARS"}}, "not a party of this reading"),
    ],
)
def test_an_edit_that_is_refused_changes_nothing(change: dict[str, Any], why: str) -> None:
    review = begun()
    with pytest.raises(ReviewFault, match=why):
        edit(review, NOON, **change)
    assert review == begun()


def test_what_one_party_says_about_another_is_not_made_the_other_s_own() -> None:
    inside = jump(begun(), "4")
    with pytest.raises(ReviewFault, match=r"inside what another party says \(statement 3\)"):
        edit(inside, NOON, fields={"level": 1})
    assert at(edit(inside, NOON, fields={"level": 3})).level == 3
    freed = edit(jump(reject(jump(begun(), "3"), NOON), "4"), NOON, fields={"level": 1})
    assert at(freed).own_words is True


# Adding --------------------------------------------------------------------------------------------------


def addition(review: Review, **more: Any) -> Review:
    spans = {"source": None, "cue": words(FLEET, "could be laid up"), "content": words(FLEET, "in return for compensation")}
    settings: dict[str, Any] = {
        "article": "herring.txt",
        "spans": spans,
        "fields": {"predicate": "condition", "party": "narrator", "level": 4},
    }
    return add(review, NOON, **(settings | more))


def test_an_addition_goes_to_its_place_and_can_be_edited_rejected_and_taken_back() -> None:
    review = addition(begun(by="Ana"))
    assert review.place == 7
    assert at(review).cue.of(TEXT) == "could be laid up"
    assert progress(review).added == 1
    changed = edit(review, NOON, fields={"predicate": "option"}, spans={"content": words(FLEET, "compensation")})
    assert changed.current is not None
    assert (changed.current.state, at(changed).predicate, at(changed).content.of(TEXT)) == ("added", "option", "compensation")
    assert progress(reject(changed, NOON)).rejected == 1
    gone = undo(review)
    assert (gone.decisions, progress(gone).total, gone.place) == ((), 9, 7)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"article": "other.txt"}, "no article called other.txt"),
        ({"spans": {}}, "Nothing is selected"),
        ({"spans": {"cue": Span(0, 7), "content": Span(8, 13)}}, "heading or a caption"),
        ({"spans": {"cue": words(EAGER, "added"), "content": words(QUOTA, "a quota")}}, "leaves its sentence"),
        ({"spans": {"cue": words(FLEET, "could"), "content": words(SHARE, "a share")}}, "leaves its sentence"),
        ({"spans": {"cue": Span(10**9, 10**9 + 3), "content": words(SHARE, "a share")}}, "leaves its sentence"),
        ({"fields": {"predicate": "condition"}}, "needs a predicate and a party"),
        ({"fields": {"predicate": "shout", "party": "UNION"}}, "shout is not a predicate"),
    ],
)
def test_additions_that_are_refused(more: dict[str, Any], why: str) -> None:
    with pytest.raises(ReviewFault, match=why):
        addition(begun(), **more)


def test_a_statement_is_not_added_twice() -> None:
    spans = {"source": DEMAND.source, "cue": DEMAND.cue, "content": DEMAND.content}
    with pytest.raises(ReviewFault, match="Statement 5 says this already"):
        add(begun(), NOON, article="herring.txt", spans=spans, fields={"predicate": "demand", "party": "ISLES"})


# Taking back ---------------------------------------------------------------------------------------------


def test_undo_takes_back_one_s_own_last_decision_only() -> None:
    hers = accept(begun(by="Ana"), NOON)
    his = accept(replace(hers, by="Bo"), NOON + timedelta(minutes=1))
    back = undo(replace(his, by="Ana"))
    assert [one.by for one in back.decisions] == ["Bo"]
    assert at(back) == SAID
    with pytest.raises(ReviewFault, match="nothing to take back"):
        undo(back)


def test_undo_brings_back_what_went_with_a_statement() -> None:
    review = undo(reject(jump(begun(), "3"), NOON))
    assert at(review) == ADDED
    assert progress(review).open == 9


STEPS: dict[str, Callable[[Review], Review]] = {
    "accept": lambda one: accept(one, NOON),
    "reject": lambda one: reject(one, NOON),
    "edit": lambda one: edit(one, NOON, fields={"firmness": "firm", "issue": "fish"}),
    "next": lambda one: move(one, 1),
    "back": lambda one: move(one, -1),
    "open": lambda one: jump(one, ""),
}


@pytest.mark.property
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=25))
def test_every_walk_can_be_taken_back_and_continued(steps: list[str]) -> None:
    review = begun(by="Ana")
    for step in steps:
        before = review
        try:
            review = STEPS[step](review)
        except ReviewFault:
            continue
        assert review.position in review.places
        assert review.decisions[: len(before.decisions)] == before.decisions
        counts = progress(review)
        assert counts.total == counts.open + counts.accepted + counts.edited + counts.rejected + counts.added + counts.dropped
        if len(review.decisions) > len(before.decisions):
            assert undo(review).applied == before.applied
        again = begun(by="Ana", decisions=review.decisions, stopped_at=review.position)
        assert again == review
