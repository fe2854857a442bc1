"""Changing many values of a file at once: what stays keeps its layout, what goes takes its comments along."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import CASES
from zopa.case.composing import compose
from zopa.case.nodes import Mapping, Node
from zopa.case.rewriting import Plan, comments_of, rewritten, written
from zopa.case.saving import find_node
from zopa.cases import shipped_case

TEXT = """\
# The file
zopa: 1   # version

# About a
a:
  one: 1      # first
  # about two, with 47
  two:
    - x: 1    # deep
      # deeper
    - y: 2
    # below the list
  # about three
  three: {p: 1, q: [2, 3], "r s": 'no # comment'}   # flow
b: |   # opened
  words # not a comment
  more
# about c
c: done
"""


def root_of(text: str) -> Mapping:
    root = compose(text, "case.yaml", lambda _fault: None)
    assert isinstance(root, Mapping)
    return root


def changed(text: str, *paths: str, keeps: Callable[[str], bool] = lambda _comment: True, **values: str) -> str:
    root, plan = root_of(text), Plan()
    for path in paths:
        plan.drop(found(root, path))
    for path, value in values.items():
        plan.replace(found(root, path.replace("__", ".")), value)
    return rewritten(text, root, plan, keeps)


def found(root: Node, path: str) -> Node:
    node = find_node(root, path)
    assert node is not None
    return node


def test_nothing_planned_changes_nothing() -> None:
    assert changed(TEXT) == TEXT


def test_an_entry_goes_with_the_comments_above_and_inside_it() -> None:
    text = changed(TEXT, "a.two")
    for gone in ("about two", "x: 1", "deeper", "below the list"):
        assert gone not in text
    for kept in ("# About a", "one: 1      # first", "# about three", "# flow", "# opened", "words # not a comment"):
        assert kept in text


def test_items_and_entries_inside_braces() -> None:
    text = changed(TEXT, "a.two.0", "a.three.q.0")
    assert "x: 1" not in text
    assert "deep" not in text
    assert "- y: 2" in text
    assert 'three: {p: 1, q: [3], r s: "no # comment"}   # flow' in text


def test_a_block_becomes_a_word() -> None:
    text = changed(TEXT, a__two="unknown")
    assert "  two: unknown\n  # about three\n" in text
    assert "47" in text
    assert "deep" not in text


def test_a_text_that_needs_marks_gets_them() -> None:
    text = changed(TEXT, c="left out: a statement, and a # sign")
    assert 'c: "left out: a statement, and a # sign"' in text


def test_comments_are_asked_one_by_one() -> None:
    text = changed(TEXT, keeps=lambda comment: "47" not in comment and "deep" not in comment)
    assert comments_of(text) == [one for one in comments_of(TEXT) if "47" not in one and "deep" not in one]
    assert len(comments_of(TEXT)) == 12
    assert "words # not a comment" in text


def test_a_file_written_anew_says_the_same_without_comments() -> None:
    for text in [
        TEXT,
        *(file.read_text(encoding="utf-8") for file in [*CASES.glob("*.yaml"), shipped_case("ukraine-2025") / "case.yaml"]),
    ]:
        anew = written(root_of(text), Plan())
        assert comments_of(anew) == []
        assert says(root_of(anew)) == says(root_of(text))


def says(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key: says(value) for key, value in node.items()}
    items = getattr(node, "items", None)
    return [says(item) for item in items] if isinstance(items, list) else getattr(node, "text", "")
