"""What is not well formed is reported where it was opened; nothing unprintable gets in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.case.broken import SOUND
from zopa.case import Fault, read_text
from zopa.case.composing import compose
from zopa.case.nodes import Mapping, Scalar


def only_fault(text: str) -> Fault:
    found: list[Fault] = []
    compose(text, "case.yaml", found.append)
    (fault,) = found
    return fault


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('a: 1\nb: "open\nc: 2\n', 2, 4, 'quotation mark " opened in line 2'),
        ('a: 1\nb: "open\nc: "shut"\nd: 1\n', 2, 4, "in line 3"),
        ("b: 'open\nc: 'shut'\n", 1, 4, "quotation mark ' opened in line 1"),
        ('a: {b: 1, c: "open}\nd: "shut"\n', 1, 14, "quotation mark"),
        ("a: 1\nb: [x, y\nc: 2\nd: {e: 3}\n", 2, 4, "bracket [ opened in line 2 is not closed"),
        ("a: {b: 1\nc: {d: 2}\n", 1, 4, "brace { opened in line 1"),
        ("a: {b: 1, c: {d: 2}\ne: 1\n", 1, 4, "brace"),
        ("a: [1, [2, 3]\n", 1, 4, "bracket"),
        ("a: {quote: words # more, b: 1}\nc: 2\n", 1, 4, "brace"),
        ("a: {b: 1,\n    c: d: e}\n", 2, 9, "in the { opened in line 1"),
        ("a: {b: c d: e}\n", 1, 11, "expected ',' or '}'"),
        ('a: "\\q"\n', 1, 6, "escape"),
    ],
)
def test_what_was_never_closed_is_named_where_it_opens(text: str, line: int, column: int, words: str) -> None:
    fault = only_fault(text)
    assert (fault.code, fault.place.line, fault.place.column) == ("ZC004", line, column), str(fault)
    assert words in fault.message


def test_a_comment_that_swallows_a_brace_is_said() -> None:
    assert "# begins a comment" in only_fault("a: {quote: words # more, b: 1}\nc: 2\n").remedy


@pytest.mark.parametrize(
    ("escape", "column"), [("\\ud800", 11), ("\\0", 11), ("\\x1b", 11), ("\\x41\\U00000007", 15)], ids=lambda one: str(one)[1:]
)
def test_escapes_for_what_no_file_holds_are_refused_in_their_place(escape: str, column: int) -> None:
    fault = only_fault(f'a: 1\ntitle: "ab{escape}c"\n')
    assert (fault.code, fault.place.line, fault.place.column) == ("ZC002", 2, column)
    str(fault).encode("utf-8")
    assert str(fault).isprintable()


def test_escapes_for_what_a_file_may_hold_are_read() -> None:
    root = compose('a: "x\\ty\\nz\\u00e9"\n', "case.yaml", lambda fault: pytest.fail(str(fault)))
    assert isinstance(root, Mapping)
    (value,) = (node for _, node in root.items())
    assert isinstance(value, Scalar)
    assert value.text == "x\ty\nzé"


def test_lines_are_counted_as_editors_count_them() -> None:
    text = SOUND.replace("title: A harbour lease", 'title: "A\u2028harbour\x85lease"').replace("seat: signatory", "seat: boss")
    (fault,) = [one for one in read_text(text, Path("drawn/case.yaml")).faults if one.code == "ZC016"]
    assert text.split("\n")[fault.place.line - 1][fault.place.column - 1 :].startswith("boss")
