"""JSON and YAML become the same tree; what could do harm or is not the format is refused with its line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.formats.json_tree import parse_json
from zopa.formats.tree import Branch, Leaf, Listing, Node, TreeFault
from zopa.formats.yaml_tree import parse_yaml

NO_HALVES = st.characters(exclude_categories=["Cs"])
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(NO_HALVES, max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('abc"\\é', max_size=4), inner, max_size=4),
    max_leaves=20,
)


def plain(node: Node) -> object:
    """Return a tree as Python data, single values as text."""
    if isinstance(node, Branch):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Listing) else node.text


def texts(data: object) -> object:
    if isinstance(data, dict):
        return {key: texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [texts(one) for one in data]
    return data if isinstance(data, str) else json.dumps(data)


@pytest.mark.property
@given(DATA, st.sampled_from([None, 1]))
def test_json_is_read_as_the_standard_library_reads_it(data: object, indent: int | None) -> None:
    assert plain(parse_json(json.dumps(data, indent=indent).encode()).root) == texts(data)
    assert plain(parse_json(json.dumps(data, ensure_ascii=False).encode()).root) == texts(data)


@pytest.mark.property
@given(st.text('{}[]:,"\\ \n0123456789.eE+-truefalsnN', max_size=30))
def test_what_json_takes_and_refuses_is_what_the_standard_library_does(text: str) -> None:
    try:
        expected = texts(json.loads(text, parse_constant=lambda word: word, parse_float=str, parse_int=str))
    except ValueError:
        with pytest.raises(TreeFault):
            parse_json(text.encode())
        return
    assert plain(parse_json(text.encode()).root) == expected


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "empty", 1),
        ('{"a": 1,\n}', "cannot stand here|missing", 2),
        ("[1 2]", "comma", 1),
        ('{"a" 1}', "colon", 1),
        ("{a: 1}", "key", 1),
        ("nul", "not known", 1),
        ('["\\q"]', "backslash", 1),
        ('{"a": 1}\n{', "follows", 2),
        ("[[1]", "ends before", 1),
        ("[" * 100_000, "nested", 1),
        ('{"a": ٣}', "cannot stand", 1),
    ],
)
def test_json_faults_name_their_line(text: str, words: str, line: int) -> None:
    with pytest.raises(TreeFault, match=words) as caught:
        parse_json(text.encode())
    assert caught.value.line == line
    assert caught.value.remedy


def test_keys_written_twice_are_noted() -> None:
    tree = parse_json(b'{"a": 1,\n "a": 2}')
    assert plain(tree.root) == {"a": "2"}
    assert tree.twice == (("a", 2),)
    assert parse_yaml(b"a: 1\nb: 3\na: 2\n").twice == (("a", 3),)


def test_yaml_keeps_the_words_of_the_file() -> None:
    tree = parse_yaml(b"a: [0.10, '0.10', no, null, -.inf, 1e-3]\nb: {c: &x d}\ne: *x\n").root
    assert plain(tree) == {"a": ["0.10", "0.10", "no", "null", "-.inf", "1e-3"], "b": {"c": "d"}, "e": "d"}
    assert isinstance(tree, Branch)
    row = tree.entries["a"]
    assert isinstance(row, Listing)
    assert [one.kind for one in row.items if isinstance(one, Leaf)] == ["number", "text", "text", "nothing", "number", "number"]
    endless = row.items[4]
    assert isinstance(endless, Leaf)
    assert endless.endless


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: !!python/object/apply:os.system [x]", "tag"),
        ("a: !x {b: c}", "tag"),
        ("!y\na: b", "tag"),
        ("a: *q", "stands for nothing"),
        ("a: &a [*a]", "stands for nothing"),
        ("? [a]\n: b", "used as a key"),
        ("a: 1\n---\nb: 2", "several documents"),
        ("", "empty"),
        ("[" * 5000, "nested"),
        ("a:\n\t- b", "no YAML"),
        ("%YAML 9.9\n---\na: b", "no YAML"),
        ("a: b: c", "no YAML"),
        ("%TAG ! tag:x,2000:\n%TAG ! tag:y,2000:\n---\na", "no YAML"),
    ],
)
def test_yaml_that_is_not_taken_says_why(text: str, words: str) -> None:
    with pytest.raises(TreeFault, match=words):
        parse_yaml(text.encode())


def test_yaml_aliases_do_not_grow() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]" for at in range(1, 40)]
    root = parse_yaml("\n".join(lines).encode()).root
    assert isinstance(root, Branch)
    assert len(root.entries) == 40


def test_bytes_that_are_no_text_are_refused() -> None:
    for parse in (parse_json, parse_yaml):
        with pytest.raises(TreeFault, match="UTF-8"):
            parse(b'{"a": "\xff\xfe\xff"}')
    assert plain(parse_json('{"a": "é"}'.encode("utf-16")).root) == {"a": "é"}
    assert plain(parse_json(b"\xef\xbb\xbf[1]").root) == ["1"]
