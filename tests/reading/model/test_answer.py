"""Reading a stranger's JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.gate import Candidate
from zopa.reading.model.answer import FIELDS, MAX_ITEMS, MAX_QUOTE, BadAnswer, parse_json, read_answer

GOOD = {
    "sentence_id": 1, "source_quote": "The port", "cue_quote": "wants", "content_quote": "a lease",
    "predicate": "want", "stance_code": "for", "issue_hint": "lease",
}  # fmt: skip
READ = Candidate(1, "The port", "wants", "a lease", "want", "for", "lease")


def answer(*items: object) -> str:
    return json.dumps({"statements": items})


@pytest.mark.parametrize("text", [answer(GOOD), f"```json\n{answer(GOOD)}\n```", f" ```\n{answer(GOOD)}``` "])
def test_a_good_item_is_read(text: str) -> None:
    assert read_answer(text, {1}) == ([READ], [])


def test_nothing_may_be_found() -> None:
    assert read_answer(answer(), {1}) == ([], [])
    assert read_answer(answer(GOOD | {"source_quote": None, "issue_hint": None}), {1})[0][0].source_quote is None


def test_a_hint_is_plain_words() -> None:
    hints = {"\x1b[2Jrent\u202e, and <b>fish</b>": "2Jrent and b fish b", "…": None, "word " * 50: ("word " * 12).strip()}
    for hint, kept in hints.items():
        assert read_answer(answer(GOOD | {"issue_hint": hint}), {1})[0][0].issue_hint == kept


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"sentence_id": 2}, "unknown sentence"),
        ({"sentence_id": 1.0}, "wrong form"),
        ({"sentence_id": True}, "wrong form"),
        ({"sentence_id": "1"}, "wrong form"),
        ({"cue_quote": None}, "wrong form"),
        ({"content_quote": ["a lease"]}, "wrong form"),
        ({"source_quote": 5}, "wrong form"),
        ({"issue_hint": {}}, "wrong form"),
        ({"start": 0}, "wrong form"),
        ({"content_quote": "x" * (MAX_QUOTE + 1)}, "too long"),
        ({"issue_hint": "x" * (MAX_QUOTE + 1)}, "too long"),
    ],
)
def test_one_bad_item_does_not_spoil_the_others(changed: dict[str, object], reason: str) -> None:
    candidates, (reject,) = read_answer(answer(GOOD | changed, GOOD), {1})
    assert candidates == [READ]
    assert reject.reason == reason
    assert len(json.dumps(reject.proposal)) < 2_000, "what is kept of a bad item is bounded"


def test_a_missing_key_is_wrong_form() -> None:
    for name in FIELDS:
        _, (reject,) = read_answer(answer({key: value for key, value in GOOD.items() if key != name}), {1})
        assert reject.reason == "wrong form"


def test_duplicates_and_crowds() -> None:
    candidates, rejects = read_answer(answer(GOOD, GOOD, GOOD), {1})
    assert (candidates, [one.reason for one in rejects]) == ([READ], ["duplicate", "duplicate"])
    _, (reject,) = read_answer(answer(*[GOOD] * (MAX_ITEMS + 1)), {1})
    assert (reject.reason, reject.proposal) == ("too many items", {"items": MAX_ITEMS + 1})
    assert len(read_answer(answer(*[GOOD | {"cue_quote": str(n)} for n in range(MAX_ITEMS)]), {1})[0]) == MAX_ITEMS


@pytest.mark.parametrize(
    "text",
    [
        "", "null and void", "{", "[" * 100_000, '{"a":' * 100_000, "NaN", "[Infinity]", "-Infinity", "9" * 5_000,
        '{"statements": [], "statements": []}', answer(GOOD) + answer(GOOD),
    ],
)  # fmt: skip
def test_broken_json(text: str) -> None:
    with pytest.raises(BadAnswer):
        parse_json(text)
    candidates, (reject,) = read_answer(text, {1})
    assert candidates == []
    assert reject.reason == "broken JSON"
    assert len(str(reject.proposal)) < 300


@pytest.mark.parametrize(
    "text", ["[]", "null", "1", '"statements"', "{}", '{"statements": null}', '{"statements": [], "more": 1}']
)
def test_other_json(text: str) -> None:
    candidates, (reject,) = read_answer(text, {1})
    assert candidates == []
    assert reject.reason == "wrong form"


leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=10)
trees = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4))


@pytest.mark.property
@given(st.lists(trees | st.fixed_dictionaries(dict.fromkeys(FIELDS, trees)), max_size=5))
def test_every_item_is_either_read_or_refused_with_a_reason(items: list[object]) -> None:
    candidates, rejects = read_answer(answer(*items), {0, 1, 2})
    assert len(candidates) + len(rejects) == len(items)
    assert all(one.reason for one in rejects)
    assert all(isinstance(one.cue_quote, str) and one.sentence_id in {0, 1, 2} for one in candidates)
    json.dumps([one.proposal for one in rejects])
