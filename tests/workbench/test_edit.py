"""Edits of a case file: applied where nobody changed the value, taken back exactly, comments kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.case.broken import SOUND
from zopa.case import values_of
from zopa.case.composing import compose
from zopa.case.nodes import Mapping, Node
from zopa.case.rewriting import comments_of, said
from zopa.workbench.edit import Edit, EditConflict, apply_edits, inverse, made_edits, raw_at

TEXT = """\
# A case
a:  # of a
  b: 1  # of b
  # above c
  c: {x: 1, y: "two # words"}
  d:
    - one
    - {k: v}
e: 'quoted'   # of e
f: |
  long
  text
# above g
g:
h: {i: [1, 2], j: {}}
"""


def say(text: str) -> object:
    root = compose(text, "case.yaml", lambda fault: pytest.fail(str(fault)))
    assert root is not None
    return said(root)


def test_a_value_is_given_as_it_is_written_or_on_one_line() -> None:
    assert raw_at(TEXT, "a.b") == "1"
    assert raw_at(TEXT, "e") == "'quoted'"
    assert raw_at(TEXT, "a.c") == '{x: 1, y: "two # words"}'
    assert raw_at(TEXT, "a.d") == "[one, {k: v}]"
    assert raw_at(TEXT, "a") == '{b: 1, c: {x: 1, y: "two # words"}, d: [one, {k: v}]}'
    assert raw_at(TEXT, "f") == '"long\\ntext\\n"'
    assert raw_at(TEXT, "g") == "~"
    assert raw_at(TEXT, "h.i.1") == "2"
    assert [raw_at(TEXT, path) for path in ("z", "a.z", "h.i.2", "a.b.c", "", ".")] == [None] * 6
    assert raw_at("a: [", "a") is None


def test_values_are_replaced_added_and_removed() -> None:
    edits = [Edit("a.b", "1", "2"), Edit("a.c.x", "1", None), Edit("h.i.0", '"1"', "3"), Edit("k", None, "new")]
    changed = apply_edits(TEXT, edits)
    wanted = TEXT.replace("b: 1", "b: 2").replace("{x: 1, y", "{y").replace("[1, 2]", "[3, 2]") + "k: new\n"
    assert changed == wanted
    back = apply_edits(changed, inverse(made_edits(TEXT, edits)[1]))
    assert in_any_order(say(back)) == in_any_order(say(TEXT))


def test_a_missing_block_is_made_and_goes_again_with_the_value() -> None:
    changed, made = made_edits(TEXT, [Edit("h.j.k.l", None, "1"), Edit("h.j.k.m", None, "2"), Edit("g.n", None, "3")])
    assert "j: {k: {l: 1, m: 2}}" in changed
    assert "# above g\ng: {n: 3}\n" in changed
    assert made == (Edit("h.j.k", None, "{l: 1}"), Edit("h.j.k.m", None, "2"), Edit("g", "~", "{n: 3}"))
    assert say(apply_edits(changed, inverse(made))) == say(TEXT)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit("a.b", "2", "3"), "a.b has been changed meanwhile: 2 stood there, and 1 does now."),
        (Edit("a.z", "2", "3"), "a.z has been changed meanwhile: 2 stood there, and nothing does now."),
        (Edit("a.b", None, "3"), "a.b has been changed meanwhile: nothing stood there, and 1 does now."),
        (Edit("a.b.x", None, "3"), "a.b has been changed meanwhile: nothing stood there, and 1 does now."),
        (Edit("a.b", "2", None), "a.b has been changed meanwhile: 2 stood there, and 1 does now."),
        (
            Edit("a.c", "{x: 1}", "3"),
            'a.c has been changed meanwhile: {x: 1} stood there, and {x: 1, y: "two # words"} does now.',
        ),
    ],
)
def test_another_value_than_expected_is_a_conflict(edit: Edit, words: str) -> None:
    with pytest.raises(EditConflict) as caught:
        apply_edits(TEXT, [Edit("e", "quoted", "x"), edit])
    assert str(caught.value) == words


def test_a_long_value_is_cut_in_the_sentence() -> None:
    with pytest.raises(EditConflict) as caught:
        apply_edits("a: " + "x" * 1000 + "\n", [Edit("a", "1", "2")])
    assert len(str(caught.value)) < 150


def test_layout_and_quotation_marks_do_not_matter() -> None:
    for before in ("quoted", '"quoted"', " 'quoted' ", "quoted  # of e"):
        assert "e: new   # of e" in apply_edits(TEXT, [Edit("e", before, "new")])
    assert "g: 1" in apply_edits(TEXT, [Edit("g", "null", "1")])
    with pytest.raises(EditConflict):
        apply_edits("a: 'null'\n", [Edit("a", "null", "1")])
    assert apply_edits("a:\n  b: 1\n  c: [2]\n", [Edit("a", '{ "b": 1 , c: ["2"]}', "3")]) == "a: 3\n"
    with pytest.raises(EditConflict):
        apply_edits("a: '{'\n", [Edit("a", "[", "1")])


@pytest.mark.parametrize(
    "edit",
    [
        Edit("h.i.2", None, "3"),
        Edit("h.i.0", "1", None),
        Edit("a..x", None, "3"),
        Edit("", None, "3"),
        Edit("a.b", "1", "two\nlines"),
        Edit("a.b", "1", ""),
        Edit("a.c.x", "1", "2, z: 3"),
        Edit("a.z: 1, q", None, "1"),
        Edit("a", raw_at(TEXT, "a"), None),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(edit: Edit) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        apply_edits(TEXT, [edit])


def test_nothing_to_do_changes_nothing() -> None:
    assert made_edits(TEXT, [Edit("a.b", "1", "1"), Edit("zz", None, None)]) == (TEXT, ())
    assert made_edits(TEXT, []) == (TEXT, ())


def test_later_edits_see_earlier_ones() -> None:
    edits = [Edit("a.b", "1", "{x: 1}"), Edit("a.b.x", "1", "2"), Edit("a.b", "{x: 2}", None), Edit("a.b", None, "9")]
    changed, made = made_edits(TEXT, edits)
    assert raw_at(changed, "a.b") == "9"
    assert raw_at(apply_edits(changed, inverse(made)), "a.b") == "1"


PATHS = sorted(path for path in values_of(SOUND) if not any(part.isdecimal() for part in path.split(".")))
VALUES = ["1", "40..60", "{x: {y: 1}, z: [1, 2]}", '"words: with # and {"', "[a, b]", "~", "'it''s'"]


def blocks(node: Node, path: str = "") -> list[str]:
    if not isinstance(node, Mapping):
        return []
    return [path, *(found for _, child in node.items() for found in blocks(child, child.path))]


ROOT = compose(SOUND, "case.yaml", lambda _fault: None)
assert ROOT is not None
BLOCKS = [path for path in blocks(ROOT) if path]


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, str | None]]:
    old = st.tuples(st.sampled_from([*PATHS, *BLOCKS]), st.sampled_from([*VALUES, None]))
    new = st.tuples(st.sampled_from(BLOCKS).map(lambda block: f"{block}.zzz"), st.sampled_from(VALUES))
    deep = st.tuples(st.sampled_from(BLOCKS).map(lambda block: f"{block}.zzz.yyy.xxx"), st.sampled_from(VALUES))
    return draw(st.lists(st.one_of(old, new, deep), min_size=1, max_size=4))


def commented(text: str, lines: set[int]) -> str:
    """Return a text with comments above and behind some of its lines."""
    found = []
    for number, line in enumerate(text.splitlines()):
        indent = " " * (len(line) - len(line.lstrip()))
        found += [f"{indent}# above {number}", f"{line}  # behind {number}"] if number in lines else [line]
    return "\n".join(found) + "\n"


@pytest.mark.property
@given(changes(), st.sets(st.integers(0, len(SOUND.splitlines()) - 1), max_size=8))
def test_edits_and_their_inverse_give_the_same_values_and_keep_comments(
    wanted: list[tuple[str, str | None]], lines: set[int]
) -> None:
    start = text = commented(SOUND, lines)
    done: list[tuple[Edit, ...]] = []
    for path, value in wanted:
        try:
            changed, made = made_edits(text, [Edit(path, raw_at(text, path), value)])
        except (ValueError, EditConflict):
            continue  # a comment stands inside, or what was a block is none any more
        assert sorted(comments_of(changed)) == sorted(comments_of(text))
        if value is None:
            assert raw_at(changed, path) is None
        else:
            assert say(f"v: {raw_at(changed, path)}\n") == say(f"v: {value}\n")
        text = changed
        done.append(made)
    for made in reversed(done):
        text = apply_edits(text, inverse(made))
    assert in_any_order(say(text)) == in_any_order(say(start))
    assert sorted(comments_of(text)) == sorted(comments_of(start))


def in_any_order(found: object) -> object:
    """Return what a case says, whatever the order of its keys: what was removed comes back at the end of its block."""
    if isinstance(found, list) and all(isinstance(one, tuple) for one in found):
        return {key: in_any_order(value) for key, value in found}
    return [in_any_order(one) for one in found] if isinstance(found, list) else found
