"""The page of a reading: the text whole, every mark verbatim and linked, nothing hostile obeyed, no network."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.readings import Reading, article, herring, lease, statement
from tests.report.test_page import EVIL, VOID, Document
from zopa.reading.articles import Span
from zopa.reading.decisions import Decision
from zopa.reading.statements import Amount, Reject, Statement, TimeExpression
from zopa.report.cleaning import clean
from zopa.report.plain import thousands
from zopa.report.reading_page import reading_page
from zopa.report.reading_view import amount_words, reading_view, time_words

NOON = datetime(2024, 3, 12, 12, 0, tzinfo=UTC)
HERRING = herring()
SAID, REFUSES, ADDED, WILLING, DEMAND, QUOTED, OFFICIAL, TOLD = HERRING.statements


class Texts(HTMLParser):
    """Collects the lines of the texts: their words, without the numbers and labels put between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.marks: list[tuple[list[str], set[tuple[int, str]], str]] = []
        self.open: list[dict[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        found = {name: value or "" for name, value in attrs}
        self.open.append(found)
        if "data-line" in found:
            self.lines.append("")
        if "data-of" in found and "mark" in found["class"].split():
            roles = [one.split(".") for one in found["data-of"].split()]
            self.marks.append((found["class"].split(), {(int(number), role) for number, role in roles}, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if any("chips" in one.get("class", "").split() for one in self.open):
            return
        if any("data-line" in one for one in self.open):
            self.lines[-1] += data
            if "data-of" in self.open[-1]:
                kinds, of, words = self.marks[-1]
                self.marks[-1] = (kinds, of, words + data)

    def marked(self, kind: str, number: int) -> str:
        return "".join(words for kinds, of, words in self.marks if kind in kinds and (number, kind) in of)


def page(*readings: Reading, **more: Any) -> str:
    return reading_page(readings or [HERRING, lease()], title="Two disputes", **more)


@pytest.fixture(scope="module")
def html() -> str:
    return page(case_digest="0123456789abcdef0123")


def test_the_page_has_every_part(html: str) -> None:
    document = Document(html)
    assert document.open == []
    for section in ("marks", "a1", "a2", "by-party", "measures", "rejects"):
        assert f'<section id="{section}"' in html
    for words in (
        "9 of 9 statements are unreviewed",
        "1 was proposed by a language model",
        "No document date: lease.md",
        "document date 2024-03-12",
        "reported from a named source",
        "case 0123456789abcdef",
        "This page needs no network",
    ):
        assert words in document.text, words


def test_the_whole_text_stands_there_in_its_lines(html: str) -> None:
    lines = [line.span.of(HERRING.article.text) for line in HERRING.article.lines if line.kind != "empty"]
    assert Texts(html).lines == [*lines, lease().article.text]


def test_marks_hold_the_words_of_their_statements(html: str) -> None:
    found, text = Texts(html), HERRING.article.text
    for number, one in enumerate(HERRING.statements, 1):
        assert one.content.of(text) in found.marked("content", number)
        assert one.cue.of(text) in found.marked("cue", number)
        if one.source is not None:
            assert one.source.of(text) in found.marked("source", number)
    # Headings hold no mark.
    assert not [words for _, _, words in found.marks if "Herring talks" in words]


def test_nested_contents_are_told_apart(html: str) -> None:
    depths = {words: {kind for kind in kinds if kind.startswith("deep")} for kinds, _, words in Texts(html).marks}
    assert depths["settle the dispute "] == {"deep-2"}
    assert depths["a share of "] == {"deep-1"}


def test_every_link_leads_somewhere_and_every_mark_has_its_record_and_back(html: str) -> None:
    document = Document(html)
    ids = [attributes["id"] for _, attributes in document.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [str(attributes["href"]) for tag, attributes in document.tags if tag == "a"]
    assert {link[1:] for link in links} <= set(ids)
    for number in range(1, 10):
        assert links.count(f"#m{number}") == 1
        assert f"#s{number}" in links
        assert {f"m{number}", f"s{number}"} <= set(ids)


def test_records_say_who_how_and_how_sure(html: str) -> None:
    record = Document(html.partition('<li id="s1"')[2].partition("</li>")[0]).text
    for words in (
        "Coastal union",
        "level 1, reported from a named source",
        "its chairwoman Ragna Dahl = Ragna Dahl",
        "against; firm, will not firm",
        "on Tuesday = 2024-03-12 (said)",
        "above 400,000 tonnes = at least 400",
        "unreviewed",
        "line 3 of the text",
    ):
        assert words in record, words
    inside = Document(html.partition('<li id="s4"')[2].partition("</li>")[0]).text
    assert "level 2, a named source about another" in inside
    assert "statement 3" in inside


def test_statements_stand_by_party_with_stand_ins_last() -> None:
    rows = reading_view([HERRING, lease()], [])["by_party"]
    names = [row["party"]["name"] for row in rows]
    assert list(dict.fromkeys(names)) == ["Coastal union", "Island government", "Landlord", "Anonymous", "The narrator"]
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5, 6, 9, 7, 8]


def test_filters_offer_what_there_is() -> None:
    view = reading_view([HERRING, lease()], [])
    assert {one["key"]: [value for value, _ in one["choices"]] for one in view["filters"]} == {
        "party": ["UNION", "ISLES", "LANDLORD", "anonymous", "narrator"],
        "issue": ["quota", "dispute", "share", "rent"],
        "level": [0, 1, 2, 3, 4],
        "act": ["say", "fact", "willing", "demand", "propose", "reject"],
    }
    assert reading_view([lease()], [])["filters"] == []


def test_decisions_show_and_what_was_rejected_does_not() -> None:
    decisions = [
        Decision(ADDED.id, "rejected", NOON),
        Decision(SAID.id, "accepted", NOON, "Ana", note="as in the minutes"),
        Decision("lost", "accepted", NOON, words="an older statement"),
    ]
    html = page(HERRING, decisions=decisions)
    text = Document(html).text
    assert "5 of 6 statements are unreviewed" in text
    assert "accepted by Ana: as in the minutes" in text
    assert re.search(r"<b>2</b>rejected in review", html)
    assert "is eager to" not in Document(html.partition('class="records"')[2].partition("</ol>")[0]).text
    assert "an older statement . The reading no longer holds this statement." in text
    assert 'data-filter="state"' in html


def test_what_was_not_kept_is_listed_with_its_reason(html: str) -> None:
    part = Document(html.partition('<section id="rejects">')[2].partition("</section>")[0]).text
    assert "not in sentence content quote: a quota above 500,000 tonnes predicate: demand" in part
    assert "No proposal was turned away." in page(lease())


def test_a_text_without_statements_has_a_page() -> None:
    html = page(Reading(article("a.txt", ("heading", "Rain"), ("text", "It rained.")), None, ()))
    document = Document(html)
    assert document.open == []
    for words in ("0 of 0 statements are unreviewed", "No statement was found in this text.", "None was found."):
        assert words in document.text
    assert Document(page()).open == []


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount("", Span(0, 0), 20, "year", "min"), "at least 20 years"),
        (Amount("", Span(0, 0), 1, "year", None), "1 year"),
        (Amount("", Span(0, 0), 0.5, "foot", None), "0.5 feet"),
        (Amount("", Span(0, 0), 3, "inch", None), "3 inches"),
        (Amount("", Span(0, 0), 9, "country", None), "9 countries"),
        (Amount("", Span(0, 0), 2, "day", None), "2 days"),
        (Amount("", Span(0, 0), 2, "euro per tonne", None), "2 euro per tonne"),
        (Amount("", Span(0, 0), 61_400_000_000, "USD", None), f"{thousands(61_400_000_000)} USD"),
        (Amount("", Span(0, 0), 2.5, None, "approx"), "about 2.5"),
        (Amount("", Span(0, 0), 4, "percent", "max"), "at most 4 percent"),
    ],
)
def test_amounts_in_words(amount: Amount, words: str) -> None:
    assert amount_words(amount) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (
            TimeExpression("", Span(0, 0), "2024-03-12", "point", "document date"),
            "2024-03-12 (point, counted from: document date)",
        ),
        (TimeExpression("", Span(0, 0), None, "unresolved", "event"), "unresolved, needs: event"),
        (TimeExpression("", Span(0, 0), None, "unresolved"), "unresolved"),
        (TimeExpression("", Span(0, 0), "P20Y", "duration", bound="min"), "at least P20Y (duration)"),
        (TimeExpression("", Span(0, 0), "a/b", "interval", fuzzy=True), "a/b (interval, by convention for a vague word)"),
    ],
)
def test_times_in_words(time: TimeExpression, words: str) -> None:
    assert time_words(time) == words


# Offline, strict, harmless -------------------------------------------------------------------------------


def test_the_page_needs_no_network_and_its_policy_names_what_stands_there(html: str) -> None:
    document = Document(html)
    assert not {tag for tag, _ in document.tags} & {"img", "link", "iframe", "object", "embed", "form", "base", "svg"}
    for tag, attributes in document.tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style", (tag, value)
            if name in {"href", "src"}:
                assert str(value).startswith("#"), value
    assert "url(" not in html
    assert "@import" not in html
    policy = re.search(
        r"default-src 'none'; style-src 'sha256-([^']+)'; script-src 'sha256-([^']+)'; base-uri 'none'; form-action 'none'", html
    )
    assert policy is not None
    style = html.partition("<style>")[2].partition("</style>")[0]
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(one.encode("utf-8")).digest()).decode("ascii") for one in (style, script)]
    assert tuple(hashes) == policy.groups()
    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script>")


def test_the_page_can_be_read_without_eyes(html: str) -> None:
    document = Document(html)
    tags = [tag for tag, _ in document.tags]
    assert dict(document.tags[tags.index("html")][1])["lang"] == "en"
    assert tags.count("h1") == 1
    assert {"main", "nav", "header", "footer", "aside"} <= set(tags)
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tags.count("table") == tags.count("caption")
    assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in document.tags if tag == "th")


def test_the_same_reading_gives_the_same_bytes(html: str) -> None:
    assert page(herring(), lease(), case_digest="0123456789abcdef0123") == html


def hostile() -> Reading:
    """A reading in which everything that comes from a text or a file carries markup, quotes and direction marks."""
    sentence = f"The {EVIL} said {EVIL} at {EVIL}."
    text = article(f"a{EVIL}.txt", ("heading", EVIL), ("text", sentence), ("caption", EVIL))
    one = statement(text, sentence, f"The {EVIL}", "said", f"{EVIL} at {EVIL}", party=EVIL, issue=EVIL, about=EVIL)
    one = replace(one, id=EVIL, speaker=EVIL, party_note=EVIL, addressee=EVIL, stance=EVIL, time=one.source, time_norm=EVIL)
    amount = Amount(EVIL, one.content, 3, EVIL, None)
    time = TimeExpression(EVIL, one.content, EVIL, "point")
    reject = Reject(EVIL, {EVIL: EVIL, "offsets": [1, EVIL]})
    return Reading(
        replace(text, title=EVIL), None, (replace(one, quantities=(amount,)),), (time,), (amount,), (reject,), {EVIL: EVIL}
    )


def test_hostile_text_is_shown_and_never_obeyed() -> None:
    decisions = [Decision(EVIL, "accepted", NOON, EVIL, note=EVIL), Decision("lost", "rejected", NOON, words=EVIL)]
    html = reading_page([hostile()], title=EVIL, case_digest=EVIL, decisions=decisions)
    document = Document(html)
    assert document.open == []
    assert [tag for tag, _ in document.tags].count("script") == 1
    assert html.count("</style>") == html.count("</script>") == 1
    assert not [name for _, attributes in document.tags for name in attributes if name.startswith("on")]
    assert not set("\u202e\u200b\x1b") & set(html)
    assert document.text.count("<script>alert(1)</script>") > 20
    assert "{{ 7*7 }}" in document.text


def test_our_script_makes_nothing_from_text_and_ends_no_element(html: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function(", "fetch", "http", "</"):
        assert word not in script, word


WORDS = st.lists(st.sampled_from(["port", "said", "é", "<b>", "“quota”", "&", "\u202e", "4%", "–"]), min_size=1, max_size=12)
PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=6, max_size=18)


@pytest.mark.property
@given(WORDS, WORDS, PLACES)
def test_however_marks_overlap_the_text_stays_whole_and_marks_stay_verbatim(
    first: list[str], second: list[str], places: list[tuple[int, int]]
) -> None:
    text = article("a.txt", ("text", " ".join(first)), ("heading", "Port & quota"), ("text", " ".join(second)))
    length = len(text.text)
    spans = [Span(start % length, min(length, start % length + more)) for start, more in places]
    lines = [line for line in text.lines if line.kind == "text"]

    def inside(one: Span, line: int) -> Span:
        span = lines[line].span
        start = span.start + one.start % (span.end - span.start)
        return Span(start, min(span.end, start + one.end - one.start))

    statements = tuple(
        Statement(
            id=f"s{number}",
            article="a.txt",
            line=1,
            sentence=lines[number % 2].span,
            source=inside(source, number % 2) if number % 3 else None,
            cue=inside(cue, number % 2),
            content=inside(content, number % 2),
            predicate="say",
            party="unnamed",
            level=3,
            own_words=False,
        )
        for number, (source, cue, content) in enumerate(zip(spans[::3], spans[1::3], spans[2::3], strict=False))
    )
    amounts = tuple(Amount("x", inside(one, 0), 1, None, None) for one in spans[:2])
    html = page(Reading(text, None, statements, (), amounts))
    assert Document(html).open == []
    found = Texts(html)
    assert [clean(one) for one in found.lines] == [clean(line.span.of(text.text)) for line in text.lines]
    order = {one.id: number for number, one in enumerate(sorted(statements, key=lambda one: one.sentence.start), 1)}
    for one in statements:
        for kind, place in (("content", one.content), ("cue", one.cue), ("source", one.source)):
            if place is not None:
                marked = re.sub(r"\s", "", found.marked(kind, order[one.id]))
                assert clean(re.sub(r"\s", "", place.of(text.text))) in clean(marked)
        assert f'id="m{order[one.id]}"' in html
