"""Saving: comments stay, faults change nothing, half a file never exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.case.broken import SOUND, SOURCE
from zopa.case import (
    CaseFaults,
    Fault,
    composing,
    encoded,
    holding,
    insert_entry,
    load_case,
    raw_at,
    read_case,
    remove_entry,
    remove_leftovers,
    replace_value,
    replace_values,
    same_value,
    save_text,
    set_value,
    values_of,
    write_starter,
    write_whole,
)
from zopa.case.composing import compose
from zopa.case.nodes import Mapping, Node, Scalar, Sequence
from zopa.case.rewriting import comments_of, said
from zopa.case.saving import find_node
from zopa.cases import shipped_case

Make = Callable[..., Path]


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    children = (
        [child for _, child in node.items()] if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else []
    )
    return [scalar for child in children for scalar in scalars(child)]


def whole(text: str) -> Node:
    root = compose(text, "case.yaml", lambda fault: pytest.fail(str(fault)))
    assert root is not None
    return root


UKRAINE = (shipped_case("ukraine-2025") / "case.yaml").read_text(encoding="utf-8")
ROOT = whole(UKRAINE)
LEAVES = [one for one in scalars(ROOT) if one.text and isinstance(find_node(ROOT, one.path), Scalar)]
BEFORE = {one.path: one.text for one in scalars(ROOT)}


@pytest.mark.property
@given(st.sampled_from(LEAVES), st.sampled_from(["40..60", '"words: with # and {"', "{share: 20..40}", "yes"]))
def test_one_value_changes_and_nothing_else(leaf: Scalar, value: str) -> None:
    changed = replace_value(UKRAINE, leaf.path, value)
    comments = re.findall(r"^\s*#.*$", UKRAINE, re.MULTILINE)
    assert re.findall(r"^\s*#.*$", changed, re.MULTILINE) == comments
    assert changed.startswith(UKRAINE[: leaf.start])
    assert changed.endswith(UKRAINE[leaf.end :])
    node = find_node(whole(changed), leaf.path)
    wanted = whole(value)
    assert type(node) is type(wanted)
    after = {one.path: one.text for one in scalars(whole(changed)) if not one.path.startswith(leaf.path)}
    assert {path: text for path, text in BEFORE.items() if not path.startswith(leaf.path)} == after


def test_a_block_is_replaced_whole() -> None:
    text = "a:\n  b: 1\n  c: 2  # last\n# between\nd: [x]\n"
    assert replace_value(text, "a", "{b: 3}") == "a: {b: 3}  # last\n# between\nd: [x]\n"
    assert replace_value(text, "d.0", "y") == text.replace("[x]", "[y]")
    assert replace_value("a:\nb: 1\n", "a", "2") == "a: 2\nb: 1\n"
    assert replace_value("a: |\n  long\n  text\nb: 1\n", "a", "2") == "a: 2\nb: 1\n"


def test_what_cannot_be_replaced_is_refused() -> None:
    with pytest.raises(KeyError):
        replace_value("a: 1\n", "b", "2")
    for value in ["", "  ", "two\nlines", "a\rb: 2", "a\x85b: 2", "a\u2028b", "a\x0bb", "\ud800", "a\0b", "40\n"]:
        with pytest.raises(ValueError, match="one line"):
            replace_value("a: 1\n", "a", value)
        with pytest.raises(ValueError, match="one line"):
            insert_entry("a: 1\n", "", "b", value)


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("a: {b: 1, c: 2}\n", "a.b", "3, c: 4"),
        ("a: {b: 1, c: 2}\n", "a.b", "3}"),
        ("a: {b: 1, c: 2}\n", "a.b", "3 # words"),
        ("a: [1, 2]\n", "a.0", "3, 4"),
        ("a: 1\nb: 2\n", "a", "c: 3"),
        ("a: 1\nb: 2\n", "a", '"open'),
    ],
)
def test_a_value_that_would_change_more_is_refused(text: str, path: str, value: str) -> None:
    with pytest.raises(ValueError, match="more than"):
        replace_value(text, path, value)


def test_an_entry_that_would_change_more_is_refused() -> None:
    for key, value in [("c", "3, d: 4"), ("c", "3}"), ("c: 1, d", "4"), ("c # ", "4")]:
        with pytest.raises(ValueError, match="more than"):
            insert_entry("a: {b: 1}\n", "a", key, value)


@pytest.mark.parametrize(
    "text",
    [
        "a:  # why\n  b: 1\n",
        "a:\n  # why: because\n  b: 1\n",
        "a:\n  b: 1  # why\n  c: 2\n",
        "a: {b: 1,  # why\n    c: 2}\n",
        "a: |  # why\n  words\n",
        "a:\n  - 1\n  # why\n  - 2\n",
    ],
)
def test_a_comment_inside_what_is_replaced_is_never_lost(text: str) -> None:
    with pytest.raises(ValueError, match="a comment stands inside a"):
        replace_value(text, "a", "{b: 3}")


def test_signs_that_are_no_comments_do_not_keep_a_value_from_being_replaced() -> None:
    assert replace_value('a: {b: "x # y", c: z#z}  # kept\n', "a", "1") == "a: 1  # kept\n"
    assert replace_value("a: |\n  # words\nb: 1\n", "a", "2") == "a: 2\nb: 1\n"
    assert replace_value("a: 1  # x: y\nb:\n  c: 1\n", "b", "2") == "a: 1  # x: y\nb: 2\n"
    assert replace_value("a:\n  - b: 1\n    c: 2\n", "a.0", "{b: 3}") == "a:\n  - {b: 3}\n"
    assert replace_value("a: 1\n", "a", "2  # why") == "a: 2  # why\n"


def test_several_values_are_replaced_at_once() -> None:
    text = "a: 1  # one\nb: {c: 2, d: [3, 4]}\ne:\n  f: 5\ng:\n"
    changed = replace_values(text, {"g": "9", "b.d.1": "8", "a": "7", "e": "{f: 6}", "b.c": "{x: y}"})
    assert changed == "a: 7  # one\nb: {c: {x: y}, d: [3, 8]}\ne: {f: 6}\ng: 9\n"
    assert replace_values(text, {}) == text
    with pytest.raises(KeyError):
        replace_values(text, {"a": "2", "z": "3"})
    for inside in ({"b": "1", "b.c": "2"}, {"b.c": "2", "b": "1"}, {"e.f": "1", "e": "2"}):
        with pytest.raises(ValueError, match=r"inside each other|more than"):
            replace_values(text, inside)
    with pytest.raises(ValueError, match=r"more than a, b\.c"):
        replace_values(text, {"a": "2", "b.c": "3, z: 4"})


def test_a_text_is_composed_once_for_many_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = composing._root

    def noted(text: str, report: Callable[..., None]) -> Node | None:
        made.append(text)
        return real(text, report)

    monkeypatch.setattr(composing, "_root", noted)
    composing._composed.cache_clear()
    changed = replace_values(UKRAINE, {"influence.RUS": "30..60", "influence.UKR": "30..60"})
    again = replace_value(changed, "influence.RUS", "30..50")
    assert [text for text in made if len(text) > 100] == [UKRAINE, changed, again]


def test_the_same_nodes_are_given_again_with_faults_under_the_name_of_each_file() -> None:
    text = "a: &x 1\nb: 2\nb: 3\n"
    found: list[list[str]] = []
    for file in ("one.yaml", "two.yaml"):
        faults: list[str] = []
        compose(text, file, lambda fault, faults=faults: faults.append(str(fault.place)))  # type: ignore[misc]
        found.append(faults)
    assert found == [["one.yaml:1:4", "one.yaml:3:1"], ["two.yaml:1:4", "two.yaml:3:1"]]


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("a: 1\nb: 2\n", "a", "b: 2\n"),
        ("a: 1\nb: 2", "b", "a: 1\n"),
        ("a: 1\n# above\nb: 2  # behind\nc: 3\n", "b", "a: 1\n# above\n# behind\nc: 3\n"),
        ("a:\n  b: 1\n  c:\n    d: [1]\n    e: 2\n\n  f: 3\n", "a.c", "a:\n  b: 1\n\n  f: 3\n"),
        ("a:  # of a\n  # above\n  b: 1  # of b\nc: 2\n", "a.b", "a: {}  # of a\n  # above\n  # of b\nc: 2\n"),
        ("a: {b: 1, c: 2, d: 3}\n", "a.b", "a: {c: 2, d: 3}\n"),
        ("a: {b: 1, c: 2, d: 3}  # x\n", "a.d", "a: {b: 1, c: 2}  # x\n"),
        ("a: {b: 1, c: 2,}\n", "a.c", "a: {b: 1,}\n"),
        ("a: { b: 1 }\n", "a.b", "a: {}\n"),
        ("a:\n  - b: 1\n    c: 2\n  - d: 3\n", "a.0.b", "a:\n  - c: 2\n  - d: 3\n"),
        ("a:\n  - b: 1\n    c: 2\n  - d: 3\n", "a.0.c", "a:\n  - b: 1\n  - d: 3\n"),
        ("a:\n  - d: 3\n", "a.0.d", "a:\n  - {}\n"),
        ("a: |\n  text\n  # no comment\n# comment\nb: 1\n", "a", "# comment\nb: 1\n"),
        ("a:\nb: 1\n", "a", "b: 1\n"),
        ("a:\n  b:\n    - 1\n    - 2\nc: 1\n", "a.b", "a: {}\nc: 1\n"),
        ("a: 'two\n  lines'\nb: 1\n", "a", "b: 1\n"),
    ],
)
def test_an_entry_goes_and_comments_stay(text: str, path: str, wanted: str) -> None:
    assert remove_entry(text, path) == wanted


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: 1\n", "a"),
        ("a: [1, 2]\nb: 1\n", "a.0"),
        ("a:\n  b: 1\n  # inside\n  c: 2\nd: 1\n", "a"),
        ("a: {b: 1, # inside\n  c: 2}\n", "a.b"),
        ("a:\n  - b: 1\n    # inside\n    c: 2\n", "a.0.b"),
    ],
)
def test_an_entry_that_would_take_more_with_it_stays(text: str, path: str) -> None:
    with pytest.raises(ValueError, match=r"comment|list|nothing would be left"):
        remove_entry(text, path)


def test_an_entry_that_is_not_there_cannot_go() -> None:
    for path in ("b", "a.b", ""):
        with pytest.raises(KeyError):
            remove_entry("a: 1\n", path)
    with pytest.raises(KeyError):
        remove_entry("a: [", "a")


def entries(node: Node) -> list[str]:
    if not isinstance(node, Mapping):
        return [path for item in node.items for path in entries(item)] if isinstance(node, Sequence) else []
    # A key with a dot in it has no path of its own.
    return [path for key, child in node.items() if "." not in key for path in (child.path, *entries(child))]


def removed(path: str) -> str | None:
    try:
        return remove_entry(UKRAINE, path)
    except ValueError:
        return None


@pytest.mark.property
@given(st.sampled_from(entries(ROOT)))
def test_one_entry_goes_and_nothing_else(path: str) -> None:
    node = find_node(ROOT, path)
    assert node is not None
    changed = removed(path)
    if changed is None:
        assert "#" in UKRAINE[node.start : node.end]
        return
    assert sorted(comments_of(changed)) == sorted(comments_of(UKRAINE))
    values = values_of(UKRAINE)
    kept = {one: text for one, text in values.items() if one != path and not one.startswith(f"{path}.")}
    assert values_of(changed) == kept
    assert raw_at(changed, path) is None


@pytest.mark.property
@given(st.sampled_from(entries(ROOT)))
def test_a_value_on_one_line_says_the_same(path: str) -> None:
    raw = raw_at(UKRAINE, path)
    node = find_node(ROOT, path)
    assert raw is not None
    assert node is not None
    assert raw.splitlines() == [raw]
    assert said(whole(f"value: {raw}\n")) == [("value", said(node))]


def test_a_save_of_many_values_composes_the_new_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    composed: list[int] = []
    real = composing._root

    def noted(text: str, report: Callable[[Fault], None]) -> Node | None:
        composed.append(len(text))
        return real(text, report)

    monkeypatch.setattr(composing, "_root", noted)
    whole(UKRAINE + "# before\n")
    del composed[:]
    values = {f"assumptions.{name}.value": f"0.{number}" for number, name in enumerate(("A2", "A11", "D", "A17", "A13", "A12"))}
    changed = replace_values(UKRAINE + "# before\n", values)
    whole(changed)
    assert [length for length in composed if length > 2_000] == [len(changed)]


def test_values_are_the_same_or_not() -> None:
    for one, other in [
        ("1", "'1'"),
        ("{a: 1}", "{ 'a': \"1\" }"),
        ("", "~"),
        ("[1,2]", "[1, 2]"),
        ("1  # why", "1"),
        ("[", "[ "),
    ]:
        assert same_value(one, other)
    for one, other in [("1", "2"), ("{a: 1}", "[a, 1]"), ("null", "'null'"), ("1", "1.0"), ("[", "{"), ("[", "~"), ("a: b", "~")]:
        assert not same_value(one, other)
        assert not same_value(other, one)
    assert same_value(None, None)
    assert not same_value(None, "~")
    assert not same_value("~", None)


def test_texts_are_written_with_the_marks_of_the_file() -> None:
    assert encoded("a\nb\n", b"\xef\xbb\xbfa\r\n") == b"\xef\xbb\xbfa\r\nb\r\n"
    assert encoded("a\n", b"") == b"a\n"


@pytest.mark.skipif(os.name == "nt", reason="locks of POSIX")
def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    file = write_starter(tmp_path / "lease")
    with holding(file.parent), pytest.raises(TimeoutError, match="another program"), holding(file.parent, patience=0.01):
        pytest.fail("held twice")
    with holding(file.parent):
        pass
    with pytest.raises(FileNotFoundError), holding(tmp_path / "nowhere"):
        pytest.fail("there is no such folder")
    set_value(file, "assumptions.no_deal_range.value", "10..60")
    with pytest.raises(CaseFaults):
        set_value(tmp_path / "nowhere", "title", "x")


def test_leftovers_are_those_of_the_file(tmp_path: Path) -> None:
    for name in (".case.yaml.12345678.part", ".case.yaml.x.part", ".case_yaml.12345678.part", "case.yaml"):
        (tmp_path / name).touch()
    remove_leftovers(tmp_path / "case.yaml")
    assert sorted(one.name for one in tmp_path.iterdir()) == [".case.yaml.x.part", ".case_yaml.12345678.part", "case.yaml"]


def test_an_entry_is_added_where_its_block_ends() -> None:
    text = "a:\n  b: 1  # one\n\nd: {x: 1}\ne: {}\n"
    assert insert_entry(text, "a", "c", "2") == "a:\n  b: 1  # one\n  c: 2\n\nd: {x: 1}\ne: {}\n"
    assert insert_entry(text, "d", "y", "2") == text.replace("{x: 1}", "{x: 1, y: 2}")
    assert insert_entry(text, "e", "y", "2") == text.replace("{}", "{y: 2}")
    assert insert_entry(text, "", "f", "3") == text + "f: 3\n"
    with pytest.raises(ValueError, match="already"):
        insert_entry(text, "a", "b", "2")
    with pytest.raises(KeyError):
        insert_entry(text, "nowhere", "b", "2")


@pytest.mark.property
@given(st.sampled_from(["sources", "parties", "issues", "assumptions", "packages", "preferences", "statements", "levers"]))
def test_an_added_entry_stands_in_its_block(block: str) -> None:
    changed = insert_entry(UKRAINE, block, "zzz", "{name: Added}")
    node = find_node(whole(changed), f"{block}.zzz.name")
    assert isinstance(node, Scalar)
    assert node.text == "Added"
    assert [one.text for one in scalars(whole(changed)) if not one.path.startswith(f"{block}.zzz")] == [
        one.text for one in scalars(ROOT)
    ]


def test_a_value_is_set_on_the_disk_and_comments_stay(tmp_path: Path) -> None:
    folder = tmp_path / "lease"
    file = write_starter(folder)
    before = file.read_text(encoding="utf-8")
    reading = set_value(folder, "assumptions.no_deal_range.value", "10..60")
    assert reading.case is not None
    after = file.read_text(encoding="utf-8")
    assert after == before.replace("value: 20..50", "value: 10..60")
    assert "# a draw for each party" in after
    assert load_case(folder).text == after


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("assumptions.no_deal_range.value", "60..10"),
        ("assumptions.nothing", "1"),
        ("issues.rent.step", "one\ntwo"),
        ("title", "a\rquestion: b"),
        ("title", '"\ud800"'),
        ("assumptions", "{}"),
        ("title", "&anchor words"),
        ("issues", "["),
    ],
)
def test_a_faulty_change_leaves_the_file_alone(tmp_path: Path, path: str, value: str) -> None:
    file = write_starter(tmp_path / "lease")
    before = file.read_bytes()
    with pytest.raises(CaseFaults):
        set_value(tmp_path / "lease", path, value)
    with pytest.raises(CaseFaults):
        save_text(tmp_path / "lease", "zopa: 1\n")
    assert file.read_bytes() == before
    assert sorted(one.name for one in file.parent.iterdir()) == ["case.yaml", "sources"]


@pytest.mark.parametrize("ends", [("\r\n",), ("\r",), ("\n", "\r\n"), ("\r\n", "\r\n", "\r", "\n")], ids=repr)
def test_line_ends_of_other_systems_stay(make_case: Make, ends: tuple[str, ...]) -> None:
    folder = make_case("placeholder", minutes=SOURCE)
    lines = ("\ufeff" + SOUND).splitlines()
    data = "".join(line + ends[number % len(ends)] for number, line in enumerate(lines)).encode("utf-8")
    (folder / "case.yaml").write_bytes(data)
    set_value(folder, "assumptions.A2.value", "20..30")
    assert (folder / "case.yaml").read_bytes() == data.replace(b"10..40", b"20..30")
    usual = max(ends, key=ends.count).encode()
    text = load_case(folder).text.replace("as_of:", "# a new line\nas_of:", 1)
    save_text(folder, text)
    assert b"# a new line" + usual in (folder / "case.yaml").read_bytes()


def test_rights_and_links_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_killed_save_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    """A process that saves without pause is killed at odd moments; the file is always whole."""
    target = tmp_path / "case.yaml"
    contents = [letter * 400_000 for letter in "ab"]
    target.write_text(contents[0], encoding="utf-8")
    program = textwrap.dedent(
        f"""
        from pathlib import Path
        from zopa.case import write_whole
        print("ready", flush=True)
        while True:
            for letter in "ab":
                write_whole(Path({str(target)!r}), letter.encode() * 400_000)
        """
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    for pause in (0.01, 0.017, 0.029, 0.05, 0.083):
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(pause)
        process.kill()
        process.wait()
        process.stdout.close()
        assert target.read_text(encoding="utf-8") in contents


def test_a_folder_that_cannot_be_written_is_an_error_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_starter(tmp_path / "lease")
    before = file.read_bytes()

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        set_value(file, "assumptions.no_deal_range.value", "10..60")
    monkeypatch.undo()
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir() if one.name.endswith(".part")] == []
    assert read_case(file).case is not None
