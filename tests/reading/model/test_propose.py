"""What comes of honest and of hostile answers."""

from __future__ import annotations

import json

import pytest

from tests.reading.model.recorded import ALLOWED, REMOTE, Cassette, article, cases, sentences
from zopa.reading.articles import Span
from zopa.reading.model.endpoint import Endpoint, EndpointError
from zopa.reading.model.propose import Candidates, propose
from zopa.reading.model.request import MAX_CHARACTERS

ARTICLE = article()
REASONS = {
    "paraphrase": ["not in sentence"],
    "swapped number": ["not in sentence"],
    "number cut open": ["not in sentence"],
    "another sentence": ["not in sentence"],
    "two sentences": ["crosses sentences"],
    "invented source": ["not in sentence"],
    "source inside what is said": ["roles overlap"],
    "dropped negation of the cue": ["dropped negation"],
    "dropped negation of the content": ["dropped negation"],
    "stance against its words": ["stance against its words"],
    "unknown predicate": ["unknown word"],
    "unknown stance": ["unknown word"],
    "unknown sentence": ["unknown sentence"],
    "heading": ["unknown sentence"],
    "broken JSON": ["broken JSON", "broken JSON"],
    "not a number": ["broken JSON"],
    "key twice": ["broken JSON"],
    "wrong types": ["wrong form"] * 7,
    "not a list": ["wrong form"],
    "more than was asked": ["wrong form"],
    "offsets": ["wrong form"],
    "empty quotes": ["empty", "empty"],
    "obeys the article": ["not in sentence"],
}


def play(name: str, case: str) -> tuple[Candidates, Cassette]:
    cassette = Cassette(name, case)
    found = propose(ARTICLE, sentences(ARTICLE), ALLOWED, cassette)
    assert not cassette.left, "a recorded answer was not asked for"
    return found, cassette


def words(span: Span | None) -> str | None:
    return None if span is None else span.of(ARTICLE.text)


@pytest.mark.parametrize("case", cases("hostile"))
def test_hostile_answers_leave_only_rejects(case: str) -> None:
    found, _ = play("hostile", case)
    assert found.admitted == ()
    assert [one.reason for one in found.rejects] == REASONS[case]


def test_honest_answers_become_places_in_the_text() -> None:
    found, _ = play("honest", "honest")
    assert found.rejects == ()
    assert [(words(one.source), words(one.cue), words(one.content)) for one in found.admitted] == [
        ("Mayor Ilse Brandt", "said", "that the port would extend the lease by at least 12 years"),
        ("Jon Aas", "said", "“We will not accept a lower rent,”"),
        ("The dockers’ union", "did not support", "the plan"),
        ("the union", "said", "The company might sell 3 of its 8 cranes"),
        ("Aas", "confirmed", "that the council wants a longer lease"),
        ("the council", "wants", "a longer lease"),
    ]
    assert [(one.value, one.unit, one.bound) for one in found.admitted[0].quantities] == [(12, "year", "min")]
    assert found.admitted[2].negated
    assert found.admitted[0].issue_hint == "lease"


def test_what_was_refused_is_asked_for_once_more() -> None:
    found, cassette = play("honest", "mended")
    assert [(words(one.cue), words(one.content)) for one in found.admitted] == [
        ("did not support", "the plan"),
        ("said", "might sell 3 of its 8 cranes"),  # the modal word was left out, and is put back
    ]
    assert [one.reason for one in found.rejects] == ["dropped negation", "not in sentence"]
    first, second = (json.dumps(one["messages"], ensure_ascii=False) for one in cassette.played)
    assert "sell 3 of its cranes" in second
    assert "Mayor Ilse Brandt" in first
    assert "Mayor Ilse Brandt" not in second, "only the sentences in question are sent again"


def test_an_instruction_in_the_article_surfaces_only_as_its_own_words() -> None:
    found, _ = play("honest", "instruction in the article")
    (one,) = found.admitted
    assert one.source is None
    assert one.line == 6
    assert one.content.within(ARTICLE.lines[5].span)


def test_headings_are_not_sent() -> None:
    _, cassette = play("honest", "honest")
    assert "Harbour talks resume" not in json.dumps(cassette.played)


@pytest.mark.parametrize("answer", [json.dumps({"statements": [{"sentence_id": 2}] * 10_000}), "[" * 200_000, "9" * 10_000])
def test_endless_answers_are_refused_whole(answer: str) -> None:
    found = propose(ARTICLE, sentences(ARTICLE), ALLOWED, lambda _to, _payload: answer)
    assert found.admitted == ()
    assert len(found.rejects) == 1


def test_the_same_item_refused_twice_is_told_once() -> None:
    item = {
        "sentence_id": 2,
        "source_quote": None,
        "cue_quote": "swore",
        "content_quote": "revenge",
        "predicate": "threaten",
        "stance_code": "for",
        "issue_hint": None,
    }
    asked = []

    def send(_to: Endpoint, payload: dict[str, object]) -> str:
        asked.append(payload)
        return json.dumps({"statements": [item, item]})

    found = propose(ARTICLE, sentences(ARTICLE), ALLOWED, send)
    assert [one.reason for one in found.rejects] == ["duplicate", "not in sentence"]
    assert len(asked) == 2


def test_a_second_question_stays_within_bounds() -> None:
    item = {
        "sentence_id": 2,
        "source_quote": None,
        "cue_quote": "x" * 3_900,
        "predicate": "say",
        "stance_code": "for",
        "issue_hint": None,
    }
    sizes = []

    def send(_to: Endpoint, payload: dict[str, object]) -> str:
        sizes.append(len(json.dumps(payload)))
        return json.dumps({"statements": [item | {"content_quote": f"word {number}"} for number in range(100)]})

    found = propose(ARTICLE, sentences(ARTICLE), ALLOWED, send)
    assert len(found.rejects) == 100
    assert len(sizes) == 2
    assert sizes[1] < sizes[0] + 2 * MAX_CHARACTERS


def test_a_service_without_schemas_is_asked_in_words() -> None:
    forms = []

    def send(_to: Endpoint, payload: dict[str, object]) -> str:
        forms.append("response_format" in payload)
        if forms[-1]:
            raise EndpointError("bad request", 400)
        return '```json\n{"statements": []}\n```'

    long = article(("One said yes. ".strip(),) * 90)
    assert propose(long, sentences(long), ALLOWED, send) == Candidates((), ())
    assert forms == [True, False, False, False]


def test_other_failures_come_through() -> None:
    def send(_to: Endpoint, _payload: dict[str, object]) -> str:
        raise EndpointError("busy", 503)

    with pytest.raises(EndpointError, match="busy"):
        propose(ARTICLE, sentences(ARTICLE), ALLOWED, send)


def test_a_sentence_too_long_is_not_sent() -> None:
    long = article(("The union said no. ".strip(), "word " * 3_000 + "end."))
    sent = []

    def send(to: Endpoint, payload: dict[str, object]) -> str:
        assert to == REMOTE
        sent.append(json.dumps(payload))
        return '{"statements": []}'

    found = propose(long, sentences(long), ALLOWED, send)
    assert [one.reason for one in found.rejects] == ["sentence too long"]
    assert len(sent) == 1
    assert "word word" not in sent[0]


def test_nothing_to_say_is_not_sent() -> None:
    empty = article(("A heading",))
    assert propose(empty, sentences(empty), ALLOWED, Cassette("honest", "honest")) == Candidates((), ())
