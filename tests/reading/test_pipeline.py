"""Whole texts: parties, levels, times, quantities and ids of statements, and what holds for any text."""

from __future__ import annotations

import gc
import importlib.util
import json
import subprocess
import sys
import weakref
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.reading.test_parsing import ANY, ODD, article
from zopa.reading.actors import NO_ACTORS
from zopa.reading.articles import Article, Span
from zopa.reading.gate import Admitted
from zopa.reading.lines import split_lines
from zopa.reading.model.propose import Candidates
from zopa.reading.output import reading_json
from zopa.reading.parsing import language
from zopa.reading.pipeline import ArticleReading, Settings, read_article, read_articles
from zopa.reading.statements import PREDICATES, PSEUDO_PARTIES, Reject, Statement

WEDNESDAY = date(2024, 3, 13)
RUIZ = "Peruvian minister Ana Ruiz"


def read(text: str, day: date | None = None) -> ArticleReading:
    return read_article(article(text), Settings(day, NO_ACTORS))


def by_cue(text: str, cue: str, day: date | None = WEDNESDAY) -> Statement:
    (found,) = [one for one in read(text, day).statements if one.cue.of(text) == cue]
    return found


# Levels, predicates, parties ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cue", "party", "level", "own"),
    [
        (f"“The dam is full,” {RUIZ} said.", "said", "PER", 0, True),
        (f"{RUIZ} called the dam “a very bad joke”.", "called", "PER", 0, True),
        (f"{RUIZ} said the dam is full.", "said", "PER", 1, True),
        ("The teachers' union rejected the offer.", "rejected", "TEACHERS_UNION", 1, True),
        ("Chile has pushed for a seat in the club.", "has pushed for", "CHL", 1, True),
        ("According to Chile, the dam is full.", "According to", "CHL", 1, True),
        (f"{RUIZ} said that she wants to visit the dam.", "wants", "PER", 1, True),
        # What A says about B is never booked as B's own.
        ("Chile said that Peru wants to buy water.", "wants", "PER", 2, False),
        ("Chile said that Peru is eager to buy water.", "is eager", "PER", 2, False),
        ("“Peru rejected the plan,” Chile said.", "rejected", "PER", 2, False),
        ("Bolivia is open to a deal, according to Chile.", "is open to", "BOL", 2, False),
        # Acts and attitudes told without words.
        ("Bolivia is worried about the deal.", "is worried about", "BOL", 3, False),
        ("Chile has expressed some sympathy for the crews.", "has expressed some sympathy for", "CHL", 3, False),
        ("Chile declined to comment.", "declined", "CHL", 3, False),
        # Nobody is named.
        ("A senior official said that the tariff would fall.", "said", "anonymous", 3, False),
        ("Reports suggest that Chile is considering a cut.", "suggest", "anonymous", 3, False),
        ("Reports suggest that Chile is considering a cut.", "is considering", "CHL", 3, False),
        ("“The tariff will fall,” a senior official said.", "said", "anonymous", 3, False),
        # Narration and what is taken for granted.
        ("The union's opposition to the merger grew.", "opposition to", "UNION", 4, False),
        ("This truce could stop the fishing.", "could stop", "narrator", 4, False),
        ("The treaty is designed to protect the river.", "is designed", "unnamed", 4, False),
        ("Chile has paid Peru $40 million since 2019.", "has paid", "narrator", 4, False),
    ],
)
def test_who_speaks_and_how_directly(text: str, cue: str, party: str, level: int, own: bool) -> None:
    found = by_cue(text, cue)
    assert (found.party, found.level, found.own_words) == (party, level, own)


@pytest.mark.parametrize(
    ("text", "cue", "predicate", "stance"),
    [
        ("Chile accepted the treaty.", "accepted", "support", "for"),
        ("Chile would not accept the treaty.", "would not accept", "reject", "against"),
        ("Chile didn’t accept the treaty.", "didn’t accept", "reject", "against"),
        ("Chile ruled out a new tariff.", "ruled out", "reject", "against"),
        ("Chile did not rule out a new tariff.", "did not rule out", "consider", "open"),
        ("Chile never promised to lower the rent.", "never promised", "deny", "none"),
        ("Nobody in the union accepted the treaty.", "accepted", "reject", "against"),
        ("Chile not only rejected the treaty but left.", "rejected", "reject", "against"),
        ("Chile said that talks would need a mediator.", "said", "condition", "for"),
        ("Chile suggested that a loan might not be enough.", "suggested", "doubt", "against"),
        ("Chile left, stressing the need for a loan.", "stressing", "demand", "for"),
    ],
)
def test_predicates(text: str, cue: str, predicate: str, stance: str) -> None:
    found = by_cue(text, cue)
    assert (found.predicate, found.stance_code) == (predicate, stance)


def test_a_part_stands_as_its_whole_does_and_lies_in_it() -> None:
    text = f"{RUIZ} said that the dam is full and that the river is low."
    whole, *found = sorted(read(text).statements, key=lambda one: one.nested_in is not None)
    assert {one.content.of(text) for one in found} == {"that the dam is full", "that the river is low"}
    for one in found:
        assert one.nested_in == whole.id
        assert (one.source, one.cue, one.party, one.level, one.own_words) == (whole.source, whole.cue, "PER", 1, True)


def test_an_option_lies_in_the_fear_that_names_it() -> None:
    text = "The union fears that the airline could cut 300 jobs."
    fear, option = read(text).statements
    assert (fear.predicate, option.predicate, option.nested_in) == ("fear", "option", fear.id)
    assert (option.party, option.own_words) == ("AIRLINE", False)


def test_speech_in_a_transcript_is_the_speakers() -> None:
    text = "UNION: We want a new bridge.\nMAYOR: We have no money."
    found = read(text).statements
    assert [(one.source.of(text), one.quoted) for one in found if one.source is not None and one.nested_in is None] == [
        ("UNION", True),
        ("MAYOR", True),
    ]
    inner = next(one for one in found if one.nested_in is not None)
    assert (inner.content.of(text), inner.party, inner.level) == ("a new bridge", "UNION", 1)


def test_who_is_addressed_and_spoken_about() -> None:
    found = by_cue("Chile told reporters that Peru needs water.", "told")
    assert (found.addressee, found.about) == ("reporters", "PER")
    assert by_cue("Chile said that Peru and Bolivia met.", "said").about is None


# Times and quantities --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "norm", "role"),
    [
        ("Chile said on Tuesday that the dam is full.", "on Tuesday", "2024-03-12", "said"),
        ("On Tuesday, Chile said that the dam is full.", "On Tuesday", "2024-03-12", "said"),
        ("Chile said that the dam would be full by June 3.", "by June 3", "../2024-06-03", "about"),
        ("Chile said on Tuesday that the dam would be full by June 3.", "on Tuesday", "2024-03-12", "said"),
        ("Chile proposed a pause for at least five years.", "for at least five years", "P5Y", "about"),
    ],
)
def test_when_it_was_said_and_what_time_it_is_about(text: str, words: str, norm: str, role: str) -> None:
    (found,) = [one for one in read(text, WEDNESDAY).statements if one.nested_in is None]
    assert found.time is not None
    assert (found.time.of(text), found.time_norm, found.time_role) == (words, norm, role)


def test_without_a_document_date_weekdays_stay_open() -> None:
    found = by_cue("Chile said on Tuesday that the dam is full.", "said", day=None)
    assert found.time is not None
    assert (found.time_norm, found.time_role) == (None, "said")
    assert all(one.norm is None for one in read("Chile said on Tuesday that June 3 is free.").times)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The airline said it would pay more than 4 percent.", [(4, "percent", "min")]),
        ("The airline said it would not pay more than 4 percent.", [(4, "percent", "max")]),
        ("The airline said it can’t pay less than 4 percent.", [(4, "percent", "min")]),
        ("The airline said that crews did not move and that it pays more than 4 percent.", [(4, "percent", "min")]),
        ("The airline said it would not pay at least 4 percent.", [(4, "percent", "min")]),
        ("The airline said it would pay up to $3 million for 20 years.", [(3_000_000, "USD", "max"), (20, "year", None)]),
        ("The airline said it would pay.", []),
    ],
)
def test_quantities_and_what_a_denial_does_to_their_bounds(text: str, wanted: list[tuple[int, str, str | None]]) -> None:
    found = next(one for one in read(text).statements if one.nested_in is None)
    assert [(one.value, one.unit, one.bound) for one in found.quantities] == wanted
    assert all(one.span.within(found.content) and one.span.of(text) == one.text for one in found.quantities)


# Ids ---------------------------------------------------------------------------------------------------------


def test_an_id_depends_on_the_sentence_alone() -> None:
    text = f"{RUIZ} said the dam is full."
    (first,) = read(text).statements
    (second,) = read(f"A title\n\n{text}").statements
    assert first.id == second.id
    assert first.id[0] == "x"
    (changed,) = read(text.replace("full", "dry")).statements
    assert changed.id != first.id


def test_a_sentence_that_comes_twice_has_two_ids() -> None:
    text = f"{RUIZ} said the dam is full."
    first, second = read(f"{text}\nThe boats left.\n{text}").statements
    assert first.id == read(text).statements[0].id
    assert second.id == f"{first.id}_2"


# A model's proposals -----------------------------------------------------------------------------------------


def admitted(text: str, source: str | None, cue: str, content: str, predicate: str = "demand") -> Admitted:
    def place(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    who = None if source is None else place(source)
    return Admitted("a.txt", 1, Span(0, len(text)), who, place(cue), place(content), predicate, "for", False, (), ())


def test_proposals_are_completed_by_the_same_rules_and_rejects_are_kept() -> None:
    text = "Chile hammered the table over a pause of at least 5 years on Tuesday."
    assert [one.predicate for one in read(text).statements] == ["fact"]
    proposal = admitted(text, "Chile", "hammered the table", "a pause of at least 5 years")
    rejects = (Reject("not in sentence", {"cue": "x"}),)
    asked: list[list[str]] = []

    def propose(one: Article, spans: Any) -> Candidates:
        asked.append([span.of(one.text) for span in spans])
        return Candidates((proposal,), rejects)

    found = read_article(article(text), Settings(WEDNESDAY, NO_ACTORS, propose=propose))
    assert asked == [[text]]
    assert found.rejects == rejects
    (one,) = [one for one in found.statements if one.by == "model"]
    assert (one.by, one.party, one.predicate, one.stance_code, one.level) == ("model", "CHL", "demand", "for", 1)
    assert [(amount.value, amount.bound) for amount in one.quantities] == [(5, "min")]
    assert one.cue.of(text) == "hammered the table"


def test_what_rules_have_found_is_not_doubled() -> None:
    text = "Chile demanded a pause of at least 5 years."
    proposal = admitted(text, "Chile", "demanded", "a pause of at least 5 years")
    found = read_article(article(text), Settings(None, NO_ACTORS, propose=lambda *_: Candidates((proposal,), ())))
    assert found.statements == read(text).statements


# What holds for any text ------------------------------------------------------------------------------------

SENTENCES = (
    "{A} said that {B} wants to buy water.",
    "“We will not pay more than 4 percent,” {A} said on Tuesday. “We cannot.”",
    "{A} rejected the offer, adding that talks must wait until June 3.",
    "According to {A}, {B} is open to a longer lease.",
    "{A} has expressed some sympathy for {B}'s opposition to the dam.",
    "The treaty between {A} and {B} could stop the fishing.",
    "{A} said that the dam is full and that {B} is to blame.",
    "It said the pay is low.",
    "{A} fears that {B} might close the bay.",
    "A senior official said that {B} refused to sell 300 boats.",
    "{B} called the plan “a very bad joke”.",
)
PAIRS = (("Chile", "Peru"), ("the harbour union", "the river board"), ("Norway", "the bakers' guild"))
LINE = st.one_of(
    st.tuples(st.sampled_from(SENTENCES), st.sampled_from(PAIRS)).map(lambda one: one[0].format(A=one[1][0], B=one[1][1])),
    st.sampled_from(["Rents Rise Again", "12 March 2024", "", "“Never.” — Ana Ruiz", "Photo: a boat"]),
    ANY,
    st.text(ODD, max_size=12),
)
TEXT = st.lists(st.lists(LINE, min_size=1, max_size=2).map(" ".join), max_size=5).map("\n".join)


def holds(reading: ArticleReading) -> None:
    """Check what every reading keeps to."""
    text = reading.article.text
    whole = Span(0, len(text))
    speaking = [line for line in reading.article.lines if line.kind == "text"]
    ids = [one.id for one in reading.statements]
    assert len(ids) == len(set(ids))
    known = set(reading.parties.table) | set(PSEUDO_PARTIES)
    for one in reading.statements:
        (line,) = [line for line in speaking if line.number == one.line]
        assert one.sentence.within(line.span)
        for span in (one.source, one.cue, one.content, one.time, one.relative):
            assert span is None or span.within(one.sentence)
            assert span is None or span.of(text).strip()
        for span in one.further:
            assert span.within(whole)
            assert any(span.within(other.span) for other in speaking)
        assert all(amount.span.within(one.content) and amount.text == amount.span.of(text) for amount in one.quantities)
        assert all(hedge.text == hedge.span.of(text) for hedge in one.hedges)
        assert one.nested_in is None or (one.nested_in in ids and one.nested_in != one.id)
        assert not one.own_words or (one.level <= 1 and one.party not in PSEUDO_PARTIES and one.source is not None)
        assert one.predicate in PREDICATES
        assert one.party in known
        assert one.about is None or (one.about in reading.parties.table and one.about != one.party)
        assert one.source is not None or one.party == "narrator"
    places = [(one.text, one.span) for one in reading.times] + [(one.text, one.span) for one in reading.amounts]
    for words, span in places:
        assert words == span.of(text)
        assert any(span.within(line.span) for line in speaking)


@pytest.mark.property
@given(TEXT, st.sampled_from([None, WEDNESDAY]))
def test_every_reading_keeps_to_the_rules_and_is_the_same_again(text: str, day: date | None) -> None:
    first = read(text, day)
    holds(first)
    assert reading_json(first) == reading_json(read(text, day))


@pytest.mark.property
@given(TEXT, st.sampled_from(["𝔘🚢", "e\u0301", "\u200f\u202e", "שלום", "\u200b\u2060"]))
def test_letters_before_a_text_only_move_its_places(text: str, odd: str) -> None:
    heading = f"{odd} and so on"
    moved = len(heading) + 2
    lines = split_lines(f"{heading}\n\n{text}")
    assume(lines[0].kind == "heading")
    assume([one.kind for one in lines[2:]] == [one.kind for one in split_lines(text)])
    first, second = read(text), read(f"{heading}\n\n{text}")

    def shift(one: Span) -> Span:
        return Span(one.start + moved, one.end + moved)

    assert [(one.id, shift(one.content), shift(one.cue)) for one in first.statements] == [
        (one.id, one.content, one.cue) for one in second.statements
    ]


@pytest.mark.property
@given(
    st.lists(
        st.sampled_from(["Rents Rise Again", "# The union said it will strike.", "", "12 March 2024", "Photo: a boat said it."])
    )
)
def test_headings_captions_and_dates_yield_nothing(lines: list[str]) -> None:
    found = read("\n".join(lines), WEDNESDAY)
    assert (found.statements, found.times, found.amounts) == ((), (), ())


UNRELATED = (
    "The weather in the hills was mild.",
    "“The tower is old,” Mongolian minister Bat Erdene said.",
    "Fiji wants a museum.",
)
ROW = tuple[Any, ...]


def kept(reading: ArticleReading) -> list[ROW]:
    """Return what an unrelated paragraph must not change."""
    text = reading.article.text
    rows = []
    for one in reading.statements:
        words = tuple(None if span is None else span.of(text) for span in (one.source, one.cue, one.content, one.time))
        more = tuple(span.of(text) for span in one.further)
        rows.append(
            (one.id, words, more, one.party, one.speaker, one.level, one.own_words, one.predicate, one.nested_in, one.time_norm)
        )
    return rows


PLAIN = st.lists(
    st.tuples(st.sampled_from([one for one in SENTENCES if not one.startswith("It ")]), st.sampled_from(PAIRS)).map(
        lambda one: one[0].format(A=one[1][0], B=one[1][1])
    ),
    min_size=1,
    max_size=5,
    unique=True,
).map("\n".join)


@pytest.mark.property
@given(PLAIN, st.sampled_from(UNRELATED))
def test_an_unrelated_paragraph_changes_no_other_statement(text: str, more: str) -> None:
    rows, alone = kept(read(text, WEDNESDAY)), kept(read(more, WEDNESDAY))
    assert kept(read(f"{text}\n\n{more}", WEDNESDAY)) == [*rows, *alone]
    assert kept(read(f"{more}\n\n{text}", WEDNESDAY)) == [*alone, *rows]


@pytest.mark.property
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True))
def test_two_names_that_change_places_change_places_in_the_result(sentences: list[str]) -> None:
    other = {"CHL": "BOL", "BOL": "CHL"}

    def rows(first: str, second: str, keys: dict[str, str]) -> list[ROW]:
        text = "\n".join(sentences).format(A=first, B=second)
        found = read(text, WEDNESDAY).statements
        places = {one.id: number for number, one in enumerate(found)}
        return [
            (
                keys.get(one.party, one.party), keys.get(one.about or "", one.about), one.level, one.own_words, one.predicate,
                one.stance_code, one.firmness, one.time_norm, None if one.nested_in is None else places[one.nested_in],
            )
            for one in found
        ]  # fmt: skip

    assert rows("Chile", "Bolivia", {}) == rows("Bolivia", "Chile", other)


# Many articles -----------------------------------------------------------------------------------------------


def test_articles_are_read_one_after_another_and_let_go() -> None:
    taken: list[weakref.ref[Article]] = []

    def supply() -> Iterator[Article]:
        for number in range(300):
            one = article("Chile said that the dam is full.\nPeru refused to pay.", f"{number}.txt")
            taken.append(weakref.ref(one))
            yield one

    stream = read_articles(supply(), Settings(None, NO_ACTORS))
    assert taken == []
    for number in range(120):
        assert next(stream).article.name == f"{number}.txt"
    gc.collect()
    assert len(taken) < 250
    assert sum(one() is not None for one in taken) < 100


def test_no_articles_give_no_readings() -> None:
    assert list(read_articles([])) == []


def test_the_shipped_actors_are_used_unless_others_are_given() -> None:
    text = article("Chile said that the dam is full.")
    assert read_article(text).statements == read_article(text, Settings()).statements
    assert replace(Settings(), document_date=WEDNESDAY).events is Settings().events


# The reference article and the corpus, when they are beside this checkout ------------------------------------


def scorer(shared: Path) -> ModuleType:
    path = shared / "tools" / "score_reading.py"
    if not path.exists():
        pytest.skip("the scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score_reading", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # The scorer is no file of ours: leave no compiled copy beside it.
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def reference(shared: Path, day: date | None) -> ArticleReading:
    path = shared / "article" / "article.txt"
    if not path.exists():
        pytest.skip("the reference article is not beside this checkout")
    return read_article(article(path.read_bytes().decode("utf-8"), "article.txt"), Settings(day))


FRIDAY = date(2025, 1, 10)


def agreed(shared: Path, reading: ArticleReading) -> tuple[dict[str, Any], dict[int, int]]:
    """Return the gold reading, and which statement of ours is which row of it, paired as the scorer pairs."""
    score = scorer(shared)
    gold = json.loads((shared / "article" / "gold.json").read_text(encoding="utf-8"))
    words = score.Words(reading.article.text)
    ours = reading_json(reading)["statements"]

    def sets(rows: list[dict[str, Any]]) -> list[dict[str, frozenset[int]]]:
        items = [score.item_of(row) for row in rows]
        return [{role: words.covered(words.tidy(item[role])) for role in score.ROLES} for item in items]

    wanted, found = sets(gold["statements"]), sets(ours)
    candidates = []
    for g, left in enumerate(wanted):
        for p, right in enumerate(found):
            share = score.jaccard(left["content"], right["content"])
            if share >= score.MIN_JACCARD and ((not left["source"] and not right["source"]) or left["source"] & right["source"]):
                candidates.append((share, score.jaccard(left["cue"], right["cue"]), -g, -p))
    pairs: dict[int, int] = {}
    for _, _, g, p in sorted(candidates, reverse=True):
        if -g not in pairs and -p not in pairs.values():
            pairs[-g] = -p
    return gold, pairs


@pytest.mark.golden
def test_the_reference_article_reads_as_people_read_it(shared: Path) -> None:
    reading = reference(shared, FRIDAY)
    gold, pairs = agreed(shared, reading)
    holds(reading)
    rows = gold["statements"]
    assert sum(rows[number]["must"] for number in pairs) >= 28
    assert len(reading.statements) - len(pairs) <= 2
    headings = [Span(*span) for span in gold["no_statement_spans"]]
    assert not [
        one for one in reading.statements for heading in headings if one.content.touches(heading) or one.cue.touches(heading)
    ]
    others = {2, 5, 9, 18, 26, 28, 34}
    booked = {rows[g]["id"] for g, p in pairs.items() if rows[g]["id"] in others and reading.statements[p].own_words}
    assert booked == set()
    inside = {rows[g]["id"] for g, p in pairs.items() if rows[g]["id"] in others and reading.statements[p].nested_in is None}
    assert inside == set()
    levels = sum(rows[g]["level"] == reading.statements[p].level for g, p in pairs.items())
    assert levels >= len(pairs) - 2


@pytest.mark.golden
def test_the_reference_article_has_its_quantities_and_dates(shared: Path) -> None:
    data, undated = (reading_json(reference(shared, day)) for day in (FRIDAY, None))
    gold = json.loads((shared / "article" / "gold.json").read_text(encoding="utf-8"))
    keys = ("text", "value", "unit", "bound")
    wanted = {tuple(one[key] for key in keys) for one in gold["quantities"]}
    assert len(wanted) == 4
    assert {tuple(one[key] for key in keys) for one in data["quantities"]} == wanted
    assert {tuple(one[key] for key in keys) for row in data["statements"] for one in row["quantities"]} <= wanted
    points = {
        (one["text"], one["norm"])
        for one in gold["dates"]
        if one["kind"] == "point" and str(one["needs"]).startswith("document date")
    }
    found = {(one["text"], one["norm"]) for one in data["dates"] if one["norm"] is not None}
    assert found == points
    assert len(points) == 3
    assert [one for one in undated["dates"] if one["norm"] is not None] == []
    assert {row["time_norm"] for row in undated["statements"]} <= {None, "P20Y"}


def attribution(one: Statement) -> dict[str, list[list[int]]]:
    """Return a statement as the corpus marks it: a relative pronoun is its own source there."""
    source = one.relative or one.source
    spans: dict[str, list[Span]] = {
        "source": [] if source is None else [source],
        "cue": [one.cue],
        "content": [one.content, *one.further],
    }
    return {role: [[span.start, span.end] for span in found] for role, found in spans.items()}


@pytest.mark.slow
@pytest.mark.published
def test_the_scores_on_the_corpus(shared: Path) -> None:
    """Newell, Margolin and Ruths (LREC 2018), development articles; outermost statements of levels 0 to 3."""
    path = shared / "data" / "polnear-dev" / "dev.jsonl"
    if not path.exists():
        pytest.skip("the corpus is not beside this checkout")
    score = scorer(shared)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    counts: Counter[Any] = Counter()
    articles = (article(row["text"], row["id"]) for row in rows)
    for row, reading in zip(rows, read_articles(articles), strict=True):
        assert reading.article.name == row["id"]
        outer = [attribution(one) for one in reading.statements if one.nested_in is None and one.level <= 3]
        counts.update(score.count_document(row["text"], row["gold"], outer))
    table = score.rates(counts)
    precision, _, relation = table["REL"]
    assert relation >= 65
    assert precision >= 70
    assert table["source exact"][2] >= 74
    assert table["cue exact"][2] >= 66
    assert table["content exact"][2] >= 58


def test_reading_loads_the_grammar_only_when_a_text_is_read() -> None:
    probe = "import sys, zopa.reading; print(sorted({'spacy', 'trafilatura', 'pypdfium2', 'docx', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert language() is language()
