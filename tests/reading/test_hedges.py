"""Words that firm up or soften."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading import hedges
from zopa.reading.articles import Span
from zopa.reading.hedges import firmness, triggers

WORDS = st.sampled_from(
    "may might not n’t won't will never rule out ruled only if unless made it clear any need some sympathy open to would likely "
    "no circumstances refuse provided that May . , as long possible".split(" ")
)


def read(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.force) for one in triggers(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "wanted", "firm"),
    [
        ("The crews might walk out.", [("might", "soft")], "soft"),
        ("Wages would likely have to fall.", [("would likely", "soft")], "soft"),
        ("Some sympathy was shown for tenants.", [("Some", "soft")], "soft"),
        ("The port is open to a longer lease.", [("open to", "soft")], "soft"),
        ("Any lease must be signed.", [("Any", "firm"), ("must", "firm")], "firm"),
        ("They will sign only if pay rises.", [("only if", "firm")], "firm"),
        ("They will not sign.", [("will not", "firm")], "firm"),
        ("The union won’t yield.", [("won’t", "firm")], "firm"),
        ("She ruled out a cut.", [("ruled out", "firm")], "firm"),
        ("It made it very clear that water is a red line.", [("made it very clear", "firm"), ("red line", "firm")], "firm"),
        ("The treaty is non-negotiable.", [("non-negotiable", "firm")], "firm"),
        ("They sign if pay rises.", [("if", "conditional")], "plain"),
        ("They sign as long as it rains.", [("as long as", "conditional")], "plain"),
        ("It agreed on condition that boats leave.", [("on condition", "conditional")], "plain"),
        ("They did not sign.", [("not", "negated")], "plain"),
        ("It refused the offer.", [("refused", "negated")], "plain"),
        # A soft word wins over a firm one, not over its own denial.
        ("Owners may require a deposit.", [("may", "soft"), ("require", "firm")], "soft"),
        ("It is not open to cuts.", [("not", "negated")], "plain"),
        ("It will never consider cuts.", [("will never", "firm")], "firm"),
        ("She didn’t rule out a strike.", [("n’t rule out", "soft")], "soft"),
        ("He refuses to rule out a strike.", [("refuses to rule out", "soft")], "soft"),
        ("It does not require consent.", [("not", "negated")], "plain"),
        ("Crews need not sign.", [("not", "negated")], "plain"),
    ],
)
def test_triggers_and_firmness(text: str, wanted: list[tuple[str, str]], firm: str) -> None:
    assert read(text) == wanted
    assert firmness(triggers(text, 0, len(text))) == firm


@pytest.mark.parametrize(
    "text",
    [
        "They met in May with some 300 boats and some members of any age.",
        "Its military might grew.",
        "He spoke on condition of anonymity, as if in a trance, even if tired.",
        "It was considered a success and is open to the public.",
        "A lease as long as 20 years, no more than 30, as soon as possible.",
        "The crane weighs 200 tonnes and appeared at No. 10.",
        "We have to go; it would help.",
        "Mayors seek a suggestive name.",
    ],
)
def test_look_alikes_are_no_triggers(text: str) -> None:
    assert read(text) == []


def test_the_cue_is_read_too() -> None:
    text = "The union has made it clear on Monday that any lease would need a cap."
    cue, start = Span(10, 27), text.index("that")
    assert cue.of(text) == "has made it clear"
    found = triggers(text, start, len(text), cue=cue)
    assert [one.text for one in found] == ["made it clear", "any", "need"]
    assert triggers(text, 0, len(text), cue=cue) == found


@pytest.mark.golden
def test_the_reference_reading_has_the_same_firmness(shared: Path) -> None:
    text = (shared / "article" / "article.txt").read_text(encoding="utf-8")
    rows = {row["id"]: row for row in json.loads((shared / "article" / "gold.json").read_text(encoding="utf-8"))["statements"]}
    wanted = dict.fromkeys((2, 7, 17, 18, 21, 25, 27, 28, 30, 39), "soft") | {19: "firm", 14: "plain", 11: "plain", 24: "plain"}
    got = {}
    for number in wanted:
        found = triggers(text, *rows[number]["content_span"], cue=Span(*rows[number]["cue_span"]))
        got[number] = firmness(found)
    assert got == wanted


@pytest.mark.property
@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), st.data())
def test_spans_slice_to_their_text_inside_the_part_read(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cue_start = data.draw(st.integers(0, len(text)))
    cue = Span(cue_start, data.draw(st.integers(cue_start, len(text))))
    for given_cue in (None, cue):
        reach = 0
        for one in triggers(text, start, end, cue=given_cue):
            assert one.span.of(text) == one.text
            assert one.span.within(Span(start, end)) or (given_cue is not None and one.span.within(given_cue))
            assert reach <= one.span.start < one.span.end
            reach = one.span.end


@pytest.mark.property
def test_patterns_have_no_open_repetition() -> None:
    for pattern in (*hedges._PATTERNS.values(), hedges._NEGATOR, hedges._NOUN_BEFORE):
        assert "*" not in pattern.pattern
        assert "+" not in pattern.pattern
        assert ",}" not in pattern.pattern
    assert triggers("not " * 50_000, 0, 200_000)[-1].span == Span(199_996, 199_999)
