"""Decisions applied to readings: what is kept, open and gone; what nests; what has lost its statement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.readings import EAGER, FLEET, QUOTA, SHARE, Reading, article, herring, lease, span, statement
from zopa.reading.applying import apply, changed, made
from zopa.reading.articles import Span
from zopa.reading.decisions import Decision, Piece, Value, Verdict, Whereabouts, known_parties
from zopa.reading.selecting import ReviewFault
from zopa.reading.statements import Amount, Statement

NOON = datetime(2024, 3, 12, 12, 0, tzinfo=UTC)
HERRING = herring()
SAID, REFUSES, ADDED, WILLING, DEMAND, QUOTED, OFFICIAL, TOLD = HERRING.statements
PARTIES = known_parties([HERRING])


def decide(one: Statement, verdict: Verdict, **more: Any) -> Decision:
    return Decision(one.id, verdict, NOON, **more)


def piece(sentence: str, words: str) -> Piece:
    at = sentence.index(words)
    return Piece(at, at + len(words), words)


def ids(statements: tuple[Statement, ...]) -> list[str]:
    return [one.id for one in statements]


# Kept, open, gone ----------------------------------------------------------------------------------------


def test_without_decisions_everything_is_open_and_unchanged() -> None:
    found = apply([HERRING, lease()], [])
    assert found.open == (*HERRING.statements, *lease().statements)
    assert (found.kept, found.gone, found.orphaned) == ((), (), ())


def test_the_last_decision_counts() -> None:
    found = apply([HERRING], [decide(DEMAND, "rejected"), decide(DEMAND, "accepted"), decide(QUOTED, "accepted")])
    assert ids(found.kept) == [DEMAND.id, QUOTED.id]
    again = apply([HERRING], [decide(DEMAND, "accepted"), decide(DEMAND, "rejected")])
    assert ids(again.gone) == [DEMAND.id]


def test_what_is_nested_in_a_rejected_statement_goes_with_it() -> None:
    found = apply([HERRING], [decide(ADDED, "rejected")])
    assert ids(found.gone) == [ADDED.id, WILLING.id]
    assert [one.state for one in found.standings][2:4] == ["rejected", "dropped"]


def test_a_nested_statement_accepted_by_itself_stays_and_never_becomes_own_words() -> None:
    found = apply([HERRING], [decide(ADDED, "rejected"), decide(WILLING, "accepted")])
    (kept,) = found.kept
    assert (kept.id, kept.nested_in, kept.level, kept.own_words) == (WILLING.id, None, 2, False)


def test_a_statement_deep_inside_hangs_on_what_is_left_around_it() -> None:
    sentence = "The mayor said the union claims that the port wants a lease."
    text = article("port.txt", ("text", sentence))
    outer = statement(text, sentence, "The mayor", "said", "the union claims that the port wants a lease", party="MAYOR")
    middle = statement(
        text, sentence, "the union", "claims", "that the port wants a lease", party="UNION", level=2, nested_in=outer.id
    )
    inner = statement(text, sentence, "the port", "wants", "a lease", "want", party="PORT", level=2, nested_in=middle.id)
    reading = Reading(text, None, (outer, middle, inner), party_names={"MAYOR": "Mayor", "UNION": "Union", "PORT": "Port"})
    found = apply([reading], [decide(middle, "rejected"), decide(inner, "accepted")])
    assert [one.nested_in for one in found.kept] == [outer.id]
    everything = apply([reading], [decide(outer, "rejected")])
    assert ids(everything.gone) == [outer.id, middle.id, inner.id]
    # An accepted one in between holds what is inside it.
    held = apply([reading], [decide(outer, "rejected"), decide(middle, "accepted")])
    assert (ids(held.kept), ids(held.open)) == ([middle.id], [inner.id])


def test_a_ring_of_nesting_ends() -> None:
    text = article("a.txt", ("text", QUOTA))
    one = statement(text, QUOTA, None, "said", "on Tuesday", party="narrator", level=4)
    other = statement(text, QUOTA, None, "sign", "a quota", party="narrator", level=4)
    ring = Reading(text, None, (replace(one, nested_in=other.id), replace(other, nested_in=one.id)))
    assert len(apply([ring], [decide(one, "rejected")]).gone) == 2


# Edits ---------------------------------------------------------------------------------------------------


def edited(one: Statement, fields: Mapping[str, Any] | None = None, **pieces: Piece | None) -> Statement:
    return changed(HERRING, one, fields or {}, pieces, PARTIES)


def test_an_edit_selects_other_words_and_reads_amounts_again() -> None:
    found = edited(SAID, {"predicate": "reject"}, content=piece(QUOTA, "a quota above 400,000 tonnes"))
    text = HERRING.article.text
    assert found.content.of(text) == "a quota above 400,000 tonnes"
    assert found.quantities == SAID.quantities
    assert (found.id, found.predicate, found.party) == (SAID.id, "reject", "UNION")
    assert edited(SAID, content=piece(QUOTA, "The coastal union")).quantities == ()
    # Hedges and firmness are read again from the new words, unless a person says how firm it is.
    weaker = edited(SAID, content=piece(QUOTA, "a quota above 400,000 tonnes"))
    assert (weaker.hedges, weaker.firmness) == ((), "plain")
    assert edited(SAID, {"firmness": "firm"}, content=piece(QUOTA, "a quota")).firmness == "firm"
    official = edited(OFFICIAL, content=piece(FLEET, "could be laid up in return for compensation"))
    assert ([one.text for one in official.hedges], official.firmness) == (["suggested", "could"], "soft")


def test_a_content_that_cuts_an_amount_or_a_cue_that_leaves_its_negation_is_widened() -> None:
    assert edited(DEMAND, content=piece(SHARE, "15 percent")).content.of(HERRING.article.text) == "at least 15 percent"
    assert edited(REFUSES, cue=piece(QUOTA, "sign")).cue.of(HERRING.article.text) == "will not sign"


def test_a_quotation_that_runs_beyond_its_sentence_can_be_cut_and_survives_lines_above() -> None:
    words = "“The nets stay in. Nobody leaves the harbour,” the skipper said."
    text = article("port.txt", ("text", words))
    said = statement(text, "Nobody leaves the harbour,” the skipper said.", "the skipper", "said", "Nobody", level=0, quoted=True)
    said = replace(said, content=span(text.text, "The nets stay in. Nobody leaves the harbour"), party="unnamed")
    reading = Reading(text, None, (said,))
    cut = decide(said, "edited", pieces={"content": Piece(0, 16, "The nets stay in")})
    for one in (reading, moved(reading, "A line was put above.")):
        found = apply([one], [cut])
        assert [kept.content.of(one.article.text) for kept in found.kept] == ["The nets stay in"]
        assert [kept.level for kept in found.kept] == [0]


def test_an_amount_is_not_taken_in_over_the_cue() -> None:
    sentence = "The fee exceeds 7 percent."
    text = article("fee.txt", ("text", sentence))
    amount = Amount("exceeds 7 percent", span(text.text, "exceeds 7 percent"), 7, "percent", "min")
    said = statement(text, sentence, None, "exceeds", "7 percent", "fact", party="narrator", level=4, own_words=False)
    reading = Reading(text, None, (said,), (), (amount,))
    assert changed(reading, said, {}, {"content": piece(sentence, "7 percent")}, PARTIES).content == said.content


def test_another_party_is_noted_and_another_source_speaks() -> None:
    found = edited(DEMAND, {"party": "UNION"}, source=piece(SHARE, "Jón Lind"))
    assert (found.party, found.party_note, found.speaker) == ("UNION", "set in review", "Jón Lind")
    narrated = edited(OFFICIAL, {"level": 4, "party": "narrator"}, source=None)
    assert (narrated.source, narrated.speaker, narrated.own_words) == (None, None, False)


def test_own_words_follow_from_level_and_party_and_from_nothing_else() -> None:
    assert edited(DEMAND, {"level": 3}).own_words is False
    assert edited(DEMAND, {"party": "unresolved"}).own_words is False
    assert edited(OFFICIAL, {"level": 1, "party": "ISLES"}).own_words is True
    assert edited(replace(DEMAND, own_words=False), {"issue": "shares"}).own_words is False


def test_quotation_marks_decide_what_is_quoted() -> None:
    assert edited(DEMAND, content=piece(SHARE, "We cannot wait")).quoted is True
    assert edited(QUOTED, {"level": 1}, content=piece(SHARE, "a share")).quoted is False
    with pytest.raises(ReviewFault, match="Level 0 is a quotation"):
        edited(QUOTED, content=piece(SHARE, "a share"))
    with pytest.raises(ReviewFault, match="Level 0 is a quotation"):
        edited(DEMAND, {"level": 0})


@pytest.mark.parametrize(
    ("fields", "pieces", "why"),
    [
        ({}, {"cue": None}, "needs a cue and a content"),
        ({}, {"content": None}, "needs a cue and a content"),
        ({}, {"source": None}, "Levels 0 to 2 need a source"),
        ({}, {"time": None}, "time cannot be selected"),
        ({}, {"cue": Piece(0, 7, "Another")}, "no longer stand there"),
        ({}, {"cue": Piece(0, 3, "Min")}, "cuts a word"),
        ({}, {"cue": Piece(len(SHARE) - 1, len(SHARE) + 9, "”\nA senior")}, "leaves its sentence"),
        ({"level": 7}, {}, "7 is not a level"),
    ],
)
def test_edits_the_text_does_not_bear_out(fields: dict[str, Any], pieces: dict[str, Any], why: str) -> None:
    with pytest.raises(ReviewFault, match=why):
        changed(HERRING, DEMAND, fields, pieces, PARTIES)


def test_an_edit_inside_what_another_party_says_makes_no_own_words() -> None:
    """Even where a file says so by hand: what A says about B is never B's own."""
    found = apply([HERRING], [decide(WILLING, "edited", fields={"level": 1})])
    (kept,) = found.kept
    assert (kept.level, kept.own_words) == (1, False)
    freed = apply([HERRING], [decide(ADDED, "rejected"), decide(WILLING, "edited", fields={"level": 1})])
    assert [one.own_words for one in freed.kept] == [True]


# Read again ----------------------------------------------------------------------------------------------


def moved(reading: Reading, by: str) -> Reading:
    """The same statements in a text with a line more at its start."""
    text, shift = reading.article.text, len(by) + 1

    def on(one: Span) -> Span:
        return Span(one.start + shift, one.end + shift)

    lines = tuple(replace(line, number=line.number + 1, span=on(line.span)) for line in reading.article.lines)
    new = article(reading.article.name, ("text", by))
    statements = tuple(
        replace(
            one,
            line=one.line + 1,
            sentence=on(one.sentence),
            source=None if one.source is None else on(one.source),
            cue=on(one.cue),
            content=on(one.content),
            time=None if one.time is None else on(one.time),
        )
        for one in reading.statements
    )
    amounts = tuple(replace(one, span=on(one.span)) for one in reading.amounts)
    reading = replace(reading, amounts=amounts)
    return replace(reading, article=replace(new, text=f"{by}\n{text}", lines=(*new.lines, *lines)), statements=statements)


def addition(words: str = "laid up in return for compensation") -> Decision:
    start = HERRING.article.text.index(FLEET)
    pieces = {"source": None, "cue": piece(FLEET, "could be"), "content": piece(FLEET, words)}
    fields: dict[str, Value] = {"predicate": "option", "party": "narrator", "level": 4}
    return Decision(
        "added-1", "added", NOON, fields=fields, pieces=pieces, place=Whereabouts("herring.txt", start, FLEET), words=words
    )


def test_decisions_outlive_a_text_that_grows_above_them() -> None:
    before = [
        decide(DEMAND, "accepted", seen={"party": "ISLES", "level": 1}),
        decide(SAID, "edited", pieces={"content": piece(QUOTA, "a quota above 400,000 tonnes")}),
        decide(TOLD, "rejected"),
        addition(),
    ]
    old, new = apply([HERRING], before), apply([moved(HERRING, "A line was put above.")], before)
    assert new.orphaned == ()
    longer = "A line was put above.\n" + HERRING.article.text
    assert [one.content.of(longer) for one in new.kept] == [one.content.of(HERRING.article.text) for one in old.kept]
    assert [one.id for one in new.kept] == [SAID.id, DEMAND.id, "added-1"]


def test_decisions_without_a_statement_are_handed_back() -> None:
    fewer = replace(HERRING, statements=HERRING.statements[:2])
    found = apply([fewer], [decide(DEMAND, "accepted"), decide(SAID, "accepted"), decide(TOLD, "rejected")])
    assert [one.decision.id for one in found.orphaned] == [DEMAND.id, TOLD.id]
    assert {one.reason for one in found.orphaned} == {"The reading no longer holds this statement."}
    assert ids(found.kept) == [SAID.id]


def test_an_edit_whose_words_are_gone_leaves_the_statement_open() -> None:
    found = apply([HERRING], [decide(SAID, "edited", pieces={"content": Piece(0, 5, "Other")})])
    assert SAID in found.open
    assert [one.reason for one in found.orphaned] == ["The words chosen for it no longer stand there."]


def test_what_is_now_read_as_another_party_s_must_be_seen_again() -> None:
    seen = {"party": "ISLES", "level": 1}
    other = replace(HERRING, statements=tuple(replace(one, party="UNION") for one in HERRING.statements))
    for verdict in ("accepted", "edited"):
        found = apply([other], [decide(DEMAND, verdict, seen=seen)])
        assert found.kept == ()
        assert "Its party was ISLES" in found.orphaned[0].reason
    assert ids(apply([other], [decide(DEMAND, "rejected", seen=seen)]).gone) == [DEMAND.id]
    assert ids(apply([HERRING], [decide(DEMAND, "accepted", seen=seen)]).kept) == [DEMAND.id]


def test_a_party_that_the_reading_lost_is_not_booked() -> None:
    lost = replace(HERRING, party_names={"ISLES": "Island government"})
    found = apply([lost], [decide(DEMAND, "edited", fields={"party": "UNION"})])
    assert "UNION is not a party of this reading" in found.orphaned[0].reason


# Additions -----------------------------------------------------------------------------------------------


def test_an_addition_comes_in_its_place_and_can_be_rejected_and_taken_up_again() -> None:
    found = apply([HERRING], [addition()])
    assert [one.state for one in found.standings].index("added") == 7
    (kept,) = found.kept
    assert (kept.line, kept.own_words, kept.content.of(HERRING.article.text)) == (7, False, "laid up in return for compensation")
    again = [addition(), Decision("added-1", "rejected", NOON)]
    assert [one.id for one in apply([HERRING], again).gone] == ["added-1"]
    assert [one.id for one in apply([HERRING], [*again, Decision("added-1", "accepted", NOON)]).kept] == ["added-1"]


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (None, "does not say from which sentence"),
        (Whereabouts("other.txt", 0, FLEET), "no article called other.txt"),
        (Whereabouts("herring.txt", 0, "The fleet is gone."), "no longer stands in the text"),
        (Whereabouts("herring.txt", 0, ""), "no longer stands in the text"),
        (Whereabouts("herring.txt", 0, "Herring talks open on the islands"), "heading or a caption"),
        (Whereabouts("herring.txt", 0, HERRING.article.text), "goes over the end of a line"),
    ],
)
def test_an_addition_without_its_sentence_is_handed_back(place: Whereabouts | None, why: str) -> None:
    found = apply([HERRING], [replace(addition(), place=place)])
    assert found.kept == ()
    (orphan,) = found.orphaned
    assert re.search(why, orphan.reason)


def test_an_addition_that_the_reader_now_finds_is_handed_back() -> None:
    same = addition("that part of the fleet could be laid up in return for compensation")
    pieces = {
        "source": piece(FLEET, "A senior official"),
        "cue": piece(FLEET, "suggested"),
        "content": piece(FLEET, "that part of the fleet could be laid up in return for compensation"),
    }
    same = replace(same, pieces=pieces, fields={"predicate": "propose", "party": "anonymous", "level": 3})
    (orphan,) = apply([HERRING], [same]).orphaned
    assert "now finds this statement by itself" in orphan.reason


def test_of_several_sentences_alike_the_nearest_counts() -> None:
    twice = article("a.txt", ("text", "They refused."), ("text", "They refused."))
    pieces = {"source": piece("They refused.", "They"), "cue": piece("They refused.", "refused"), "content": Piece(0, 4, "They")}
    fields: dict[str, Value] = {"predicate": "reject", "party": "unresolved", "level": 1}
    for start, line in ((0, 1), (14, 2), (99, 2)):
        place = Whereabouts("a.txt", start, "They refused.")
        added = Decision("added-2", "added", NOON, fields=fields, pieces=pieces, place=place)
        assert [one.line for one in apply([Reading(twice, None, ())], [added]).kept] == [line]


def test_the_level_of_an_addition_is_what_the_words_show() -> None:
    text = HERRING.article.text
    share, eager = span(text, SHARE), span(text, EAGER)
    cue = piece(SHARE, "said")

    def level(content: str, source: str | None) -> int:
        speaks = None if source is None else piece(SHARE, source)
        fields = {"predicate": "say", "party": "ISLES"}
        return made(HERRING, share, "x", fields, {"source": speaks, "cue": cue, "content": piece(SHARE, content)}, PARTIES).level

    assert level("We cannot wait", "Minister Jón Lind") == 0
    assert level("a share", "Minister Jón Lind") == 1
    assert level("a share", None) == 3
    inside = {
        "source": piece(EAGER, "the island government"),
        "cue": piece(EAGER, "is eager to"),
        "content": piece(EAGER, "settle the dispute"),
    }
    about = made(HERRING, eager, "x", {"predicate": "want", "party": "ISLES", "level": 1}, inside, PARTIES)
    assert (about.level, about.nested_in, about.own_words) == (2, ADDED.id, False)
    itself = made(HERRING, eager, "x", {"predicate": "want", "party": "UNION"}, inside, PARTIES)
    assert (itself.level, itself.nested_in, itself.own_words) == (1, ADDED.id, True)


@pytest.mark.parametrize(
    ("fields", "pieces", "why"),
    [
        ({"party": "ISLES"}, {"cue": piece(SHARE, "said"), "content": piece(SHARE, "a share")}, "predicate and a party"),
        ({"predicate": "say"}, {"cue": piece(SHARE, "said"), "content": piece(SHARE, "a share")}, "predicate and a party"),
        ({"predicate": "say", "party": "ISLES"}, {"content": piece(SHARE, "a share")}, "cue and a content"),
        ({"predicate": "say", "party": "ISLES"}, {"cue": piece(SHARE, "said")}, "cue and a content"),
        (
            {"predicate": "say", "party": "ISLES", "level": 1},
            {"cue": piece(SHARE, "said"), "content": piece(SHARE, "a share")},
            "need a source",
        ),
    ],
)
def test_additions_that_are_not_whole(fields: dict[str, Any], pieces: dict[str, Piece], why: str) -> None:
    with pytest.raises(ReviewFault, match=why):
        made(HERRING, span(HERRING.article.text, SHARE), "x", fields, pieces, PARTIES)


# Always --------------------------------------------------------------------------------------------------

CHOICES = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(["accepted", "rejected", "edited"]), st.integers(0, 4), st.integers(0, 12)),
    max_size=12,
)


@pytest.mark.property
@given(CHOICES)
def test_every_statement_stands_somewhere_verbatim_and_nobody_is_given_another_s_words(choices: list[Any]) -> None:
    made_up = []
    for number, verdict, level, start in choices:
        one = HERRING.statements[number]
        sentence = one.sentence.of(HERRING.article.text)
        words = sentence[start : start + 20].strip()
        edit = {"fields": {"level": level}, "pieces": {"content": piece(sentence, words)}} if verdict == "edited" else {}
        made_up.append(decide(one, verdict, **edit))
    found = apply([HERRING], made_up)
    assert len(found.kept) + len(found.open) + len(found.gone) == len(HERRING.statements)
    parties = {one.id: one.party for one in HERRING.statements}
    left = {one.id for one in (*found.kept, *found.open)}
    for one in (*found.kept, *found.open):
        for place in (one.source, one.cue, one.content):
            assert place is None or place.within(one.sentence)
        assert one.nested_in is None or one.nested_in in left
        if one.own_words and one.nested_in is not None:
            assert parties[one.nested_in] == one.party
