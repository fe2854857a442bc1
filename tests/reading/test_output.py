"""The JSON of a reading: everything can be looked up in the text, and the scorer can read it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.test_parsing import ANY, ODD, article
from zopa.reading.actors import NO_ACTORS
from zopa.reading.articles import Article, Span
from zopa.reading.lines import split_lines
from zopa.reading.model.propose import Candidates
from zopa.reading.output import reading_json, statement_json
from zopa.reading.pipeline import ArticleReading, Settings, read_article
from zopa.reading.statements import Reject

TEXT = """Water talks resume
Peruvian minister Ana Ruiz told reporters on Tuesday that Chile might pay up to $3 million for 20 years.
“The dam is full,” she said. “It cannot wait.”
The treaty could stop the fishing."""
DAY = date(2024, 3, 13)
UP_TO = [TEXT.index("up to"), TEXT.index(" for 20")]
YEARS = [TEXT.index("20 years"), TEXT.index("20 years.") + 8]


def read(text: str = TEXT, day: date | None = DAY) -> ArticleReading:
    return read_article(article(text), Settings(day, NO_ACTORS))


@pytest.mark.golden
def test_a_statement_with_everything() -> None:
    data = reading_json(read())
    told = data["statements"][0]
    assert {key: told[key] for key in told if not key.endswith("span") and key not in {"id", "party_note", "hedges"}} == {
        "line": 2,
        "sentence": TEXT.split("\n")[1],
        "source": "Peruvian minister Ana Ruiz",
        "cue": "told",
        "content": "that Chile might pay up to $3 million for 20 years",
        "further": [],
        "quoted": False,
        "speaker": "Ana Ruiz",
        "party": "Peru",
        "party_key": "PER",
        "about": "Chile",
        "predicate": "say",
        "issue": None,
        "stance_code": "none",
        "stance": None,
        "hedge": "might",
        "firmness": "soft",
        "level": 1,
        "nested_in": None,
        "own_words": True,
        "time": "on Tuesday",
        "time_norm": "2024-03-12",
        "time_role": "said",
        "quantities": [
            {"text": "up to $3 million", "span": UP_TO, "value": 3_000_000, "unit": "USD", "bound": "max"},
            {"text": "20 years", "span": YEARS, "value": 20, "unit": "year", "bound": None},
        ],
        "addressee": "reporters",
        "by": "rules",
    }  # fmt: skip


def test_the_whole_reading() -> None:
    data = reading_json(read())
    assert data["document_date"] == "2024-03-13"
    assert data["by_rules"] is True
    assert data["rejects"] == []
    found = data["article"]
    assert (found["name"], found["title"], found["characters"]) == ("a.txt", None, len(TEXT))
    assert found["sha256"] == read().article.digest
    assert found["headings"] == [[0, 18]]
    assert found["offered_date"] is None
    assert [(one["text"], one["norm"], one["kind"]) for one in data["dates"]] == [("on Tuesday", "2024-03-12", "point")]
    assert [(one["text"], one["norm"]) for one in data["durations"]] == [("for 20 years", "P20Y")]
    assert {one["text"] for one in data["quantities"]} == {"up to $3 million", "20 years"}
    assert data["parties"]["PER"]["name"] == "Peru"
    assert all(TEXT[slice(*one["span"])] == one["text"] for party in data["parties"].values() for one in party["mentions"])


def test_speech_in_pieces_and_the_narrator() -> None:
    data = reading_json(read())
    (said,) = [one for one in data["statements"] if one["quoted"]]
    assert (said["content"], [one["text"] for one in said["further"]]) == ("The dam is full", ["It cannot wait."])
    told = data["statements"][-1]
    assert (told["source"], told["source_span"], told["speaker"], told["party"], told["level"]) == (
        None,
        None,
        None,
        "narrator",
        4,
    )


def test_a_party_without_a_name_keeps_its_word() -> None:
    reading = read("A senior official said the dam is full.")
    (one,) = reading.statements
    assert statement_json(one, reading.article.text, {})["party"] == "anonymous"
    assert statement_json(one, reading.article.text, {"anonymous": "Somebody"})["party"] == "Somebody"


def test_title_and_offered_date_of_the_file() -> None:
    text = "The union left."
    made = Article("b.html", text, split_lines(text), title="A title", dated=DAY)
    found = reading_json(read_article(made, Settings(None, NO_ACTORS)))
    assert (found["article"]["title"], found["article"]["offered_date"], found["document_date"]) == (
        "A title",
        "2024-03-13",
        None,
    )


def test_rejects_are_listed_with_their_reason() -> None:
    rejects = (Reject("not in sentence", {"cue_quote": "sang"}),)
    reading = read_article(article(TEXT), Settings(DAY, NO_ACTORS, propose=lambda *_: Candidates((), rejects)))
    assert reading_json(reading)["rejects"] == [{"reason": "not in sentence", "proposal": {"cue_quote": "sang"}}]


SAID = st.sampled_from(
    ["Chile said the dam is full.", "“We left,” Chile said. “Now.”", "A title", "Peru asked for 4 percent by June 3."]
)


@pytest.mark.property
@given(st.lists(st.one_of(SAID, ANY, st.text(ODD, max_size=10)), max_size=5).map("\n".join))
def test_every_word_can_be_looked_up(text: str) -> None:
    data = json.loads(json.dumps(reading_json(read(text))))
    for one in data["statements"]:
        for role in ("sentence", "source", "cue", "content", "time"):
            place = one[f"{role}_span"]
            assert (place is None) == (one[role] is None)
            assert place is None or one[role] == text[slice(*place)]
        assert all(
            piece["text"] == text[slice(*piece["span"])] for piece in (*one["further"], *one["hedges"], *one["quantities"])
        )
    for one in (*data["dates"], *data["durations"], *data["quantities"]):
        assert one["text"] == text[slice(*one["span"])]
    assert not [one for one in data["dates"] if one["kind"] == "duration"]
    assert all(Span(*span).of(text).strip() for span in data["article"]["headings"])
