"""Where characters of a value stand in the file: folded lines, blocks of text, quotation marks, escapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case.composing import compose
from zopa.case.nodes import Mapping, Scalar
from zopa.case.spots import spot


def value_of(text: str) -> tuple[str, str]:
    """Return the first value of a text as written and as YAML reads it."""
    root = compose(text, "case.yaml", lambda fault: pytest.fail(str(fault)))
    assert isinstance(root, Mapping)
    node = next(value for _, value in root.items())
    assert isinstance(node, Scalar)
    return text[node.start : node.end], node.text


@pytest.mark.parametrize(
    "text",
    [
        "a: one two HERE\n",
        "a: one\n  two\n\n  HERE\nb: 1\n",
        "a: 'it''s\n  one HERE'\n",
        'a: "one \\x74wo\\n\\\n   \\u0074hree HERE"\n',
        'a: "\\tone\\N\\_two HERE"\n',
        "a: |\n  one\n    two\n  HERE\n",
        "a: >-  # why\n  one\n  two\n\n    three HERE\n",
        "a: |2-\n   one HERE\n",
    ],
)
def test_a_word_is_found_where_it_is_written(text: str) -> None:
    raw, value = value_of(text)
    for number, letter in enumerate("HERE"):
        at = spot(raw, value, value.index("HERE") + number)
        assert raw[at] == letter
    assert spot(raw, value, value.index("HERE") + 3) == raw.index("HERE") + 3
    end = spot(raw, value, len(value.rstrip()))
    assert raw[:end].endswith("HERE")


@pytest.mark.property
@given(st.text(alphabet="ab \n\t'\"\\é|>:#-", min_size=1, max_size=30))
def test_every_character_of_an_escaped_text_is_found(text: str) -> None:
    written = "".join(f"\\x{ord(one):02x}" if one in '"\\\n\t' else one for one in text)
    raw, value = value_of(f'a: "{written}"\n')
    assert value == text
    for number, letter in enumerate(text):
        if not letter.isspace():
            at = spot(raw, value, number)
            assert raw[at] == letter or raw.startswith(f"\\x{ord(letter):02x}", at)


@given(st.text(max_size=20), st.text(max_size=20), st.integers(0, 25))
def test_texts_that_do_not_belong_together_are_no_error(raw: str, value: str, offset: int) -> None:
    assert 0 <= spot(raw, value, offset) <= len(raw) + 1
