"""No broken file ends in a traceback; each fault stands in the right line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.case.broken import BROKEN, SOUND, SOURCE
from zopa.case import Fault, Severity, read_case, read_text
from zopa.space import check_packages

Make = Callable[..., Path]
WORDS = re.compile(r"(?<![\w.])[A-Za-z][A-Za-z0-9_]*(?![\w.])")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case folder with the source; texts are read as if they stood in it."""
    made = tmp_path_factory.mktemp("harbour")
    (made / "sources").mkdir()
    (made / "sources" / "minutes.md").write_text(SOURCE, encoding="utf-8")
    return made


def findings(text: str, folder: Path) -> tuple[Fault, ...]:
    reading = read_text(text, folder / "case.yaml")
    more = check_packages(reading.part) if reading.part is not None else ()
    return (*reading.findings, *more)


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part)) + 1


def test_the_sound_case_has_no_fault(folder: Path) -> None:
    assert [str(one) for one in findings(SOUND, folder) if one.severity is Severity.FAULT] == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_line_is_named(name: str, folder: Path) -> None:
    old, new, code = BROKEN[name]
    assert SOUND.count(old) == 1, f"{old!r} must stand once in the sound case"
    text = SOUND.replace(old, new)
    line = line_of(SOUND, old)
    found = [one for one in findings(text, folder) if one.severity is Severity.FAULT]
    if not code:
        return
    codes = [(one.code, one.place.line) for one in found]
    lines = [one.place.line for one in found if one.code == code]
    assert lines, (name, codes)
    near = range(line, line + 1 + new.count("\n"))
    # An unclosed bracket or quotation is noticed where the text stops making sense, not where it began;
    # packages and preferences name the block they belong to.
    if code not in {"ZC004", "ZC050"} and name not in {"not treated alike", "weights below their sum", "weights above their sum"}:
        assert any(number in near for number in lines), (name, codes)
    for one in found:
        assert one.message
        assert one.remedy.endswith((".", "?")), one.remedy
        assert 1 <= one.place.line <= text.count("\n") + 1
        assert one.place.column >= 1


def test_there_are_enough_broken_cases() -> None:
    generated = sum(1 for _ in misspellings())
    assert len(BROKEN) >= 160
    assert len(BROKEN) + generated >= 300


IDS = (
    "minutes s1 s2 s3 city port bank talks term dredging loan rent fence A2 A3 A4 "
    "A6 P1 G1 G3 y20 y30 y50 by_port shared half full none"
)


def misspellings() -> list[tuple[int, int, str]]:
    """Every use of an id outside names and quotations: (line, offset, id)."""
    found = []
    offset = 0
    for number, line in enumerate(SOUND.splitlines(keepends=True), 1):
        bare = re.sub(
            r"((name|title|quote|speaker|voices|assume|file|question): |The |nobody )[^,}\n]*",
            lambda match: " " * len(match.group()),
            line,
        )
        if not line.startswith(("title", "question", "absent")):
            found += [
                (number, offset + match.start(), match.group()) for match in WORDS.finditer(bare) if match.group() in IDS.split()
            ]
        offset += len(line)
    return found


def test_a_misspelt_id_is_found_wherever_it_stands(folder: Path) -> None:
    """A misspelt use is named in its line; a misspelt definition in every line that uses it."""
    tried = 0
    for line, offset, name in misspellings():
        text = SOUND[:offset] + f"{name}x" + SOUND[offset + len(name) :]
        found = [one for one in findings(text, folder) if one.severity is Severity.FAULT]
        after = SOUND[offset + len(name) :].lstrip(" ")
        if after.startswith(":"):
            # A definition: whoever refers to the old id is told; an id nobody uses may be renamed freely.
            assert all(one.code in {"ZC012", "ZC016", "ZC020", "ZC021", "ZC022", "ZC023", "ZC047"} for one in found), (
                line,
                name,
                [str(one) for one in found],
            )
        else:
            assert any(one.place.line == line for one in found) or _spoils_a_definition(SOUND, offset), (
                line,
                name,
                [str(one) for one in found],
            )
        tried += 1
    assert tried > 100


def _spoils_a_definition(text: str, offset: int) -> bool:
    """Whether an offset lies in a list of options, where a new word is a new option."""
    start = text.rfind("\n", 0, offset)
    return "options: [" in text[start:offset] or "scale:" in text[start:offset]


@pytest.mark.property
@given(st.data())
def test_damaged_text_never_ends_in_a_traceback(folder: Path, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SOUND) - 1))
    length = data.draw(st.integers(0, 12))
    junk = data.draw(st.text(alphabet=st.sampled_from(list("{}[]:,|&*!%@#'\"<>=-.()\n\t ab0é\u202e")), max_size=6))
    text = SOUND[:start] + junk + SOUND[start + length :]
    for one in findings(text, folder):
        assert 1 <= one.place.line <= text.count("\n") + 2
        str(one)


@pytest.mark.property
@given(st.text(max_size=200))
def test_any_text_is_read_without_a_traceback(folder: Path, text: str) -> None:
    assert read_text(text, folder / "case.yaml").case is None


@pytest.mark.property
@given(st.data())
def test_lines_in_any_order_or_missing_end_in_no_traceback(folder: Path, data: st.DataObject) -> None:
    lines = SOUND.splitlines()
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=30))
    for one in findings("\n".join(kept), folder):
        assert 1 <= one.place.line <= len(kept) + 2
        assert one.message in str(one)


ONE_SOURCE = """\
zopa: 1
title: t
as_of: 2025-01-01
sources: {x: {file: sources/x.md, title: X}}
parties: {a: A}
issues: {i: {options: [p, q]}}
"""

NO_BASIS = """\
zopa: 1
title: t
as_of: 2025-01-01
parties: {a: A}
issues: {i: {options: [p, q]}}
preferences:
  a:
    points: {i: [1, 2]}
    no_deal: 1
    red_lines: {L: {refuses: i = p}}
"""

# Whole files -----------------------------------------------------------------------------------------


def codes(path: Path) -> set[str]:
    reading = read_case(path)
    assert reading.case is None
    return {one.code for one in reading.faults}


def test_all_faults_come_at_once(folder: Path) -> None:
    text = SOUND
    chosen = ["unknown seat", "unknown act", "range upside down", "unknown gate", "too few numbers", "flag that is neither"]
    lines = {}
    for name in chosen:
        old, new, code = BROKEN[name]
        text = text.replace(old, new)
        lines[name] = (code, line_of(SOUND, old))
    found = {(one.code, one.place.line) for one in findings(text, folder)}
    assert set(lines.values()) <= found


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert codes(tmp_path / "nowhere") == {"ZC001"}
    for name, content, code in [
        ("latin", "title: caf\xe9\n".encode("latin-1"), "ZC002"),
        ("control", b"title: a\x07b\n", "ZC002"),
        ("nul", b"zopa: 1\x00", "ZC002"),
        ("empty", b"", "ZC056"),
        ("comments", b"# nothing\n", "ZC056"),
        ("list", b"- a\n- b\n", "ZC010"),
        ("scalar", b"just words\n", "ZC010"),
        ("large", b"# " + b"x" * 2_100_000, "ZC003"),
        ("deep", b"a: " + b"[" * 5000, "ZC005"),
        ("deep map", b"a: " + b"{b: " * 300, "ZC005"),
        ("many", b"absent: [" + b"a, " * 250_000 + b"a]", "ZC005"),
        ("bomb", b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "ZC006"),
        ("version 1.1", b"%YAML 9.9\n---\nzopa: 1\n", "ZC004"),
    ]:
        made = tmp_path / name
        made.mkdir()
        (made / "case.yaml").write_bytes(content)
        assert code in codes(made), name


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").mkdir()
    assert codes(tmp_path) == {"ZC001"}


def test_a_source_behind_a_link_that_leads_out_is_refused(make_case: Make, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("a secret sentence", encoding="utf-8")
    made = make_case(ONE_SOURCE)
    (made / "sources" / "x.md").symlink_to(secret)
    assert codes(made) == {"ZC031"}


@pytest.mark.parametrize(("content", "code"), [(b"caf\xe9", "ZC002"), (None, "ZC032")])
def test_sources_that_cannot_be_read(make_case: Make, content: bytes | None, code: str) -> None:
    made = make_case(ONE_SOURCE)
    if content is not None:
        (made / "sources" / "x.md").write_bytes(content)
    assert codes(made) == {code}


def test_a_judgement_without_a_basis_is_a_fault(make_case: Make) -> None:
    made = make_case(NO_BASIS)
    found: list[Any] = [(one.code, one.place.line) for one in read_case(made).faults]
    assert found.count(("ZC030", 8)) == 2
    assert ("ZC030", 9) in found
    assert ("ZC030", 10) in found


def test_columns_point_at_the_word(folder: Path) -> None:
    text = SOUND.replace("if term = y50, because", "if term = y60, because")
    (fault,) = [one for one in findings(text, folder) if one.code == "ZC022"]
    line = text.splitlines()[fault.place.line - 1]
    assert line[fault.place.column - 1 :].startswith("y60")
    assert "y50" in fault.remedy or "y30" in fault.remedy


def test_windows_line_ends_and_a_byte_order_mark_are_read(make_case: Make) -> None:
    made = make_case("placeholder", minutes=SOURCE)
    (made / "case.yaml").write_bytes(("\ufeff" + SOUND).replace("\n", "\r\n").encode("utf-8"))
    reading = read_case(made)
    assert reading.case is not None
    assert reading.case.rules["R1"].place.line == line_of(SOUND, "R1: ")


def test_a_number_that_rests_on_words_alone_is_a_warning(folder: Path) -> None:
    text = SOUND.replace("{share: A2, assume: no offer known}", "{value: 20, because: s3}").replace("share: A2", "value: 30")
    (warning,) = [one for one in findings(text, folder) if one.code == "ZC037"]
    assert warning.severity is Severity.WARNING
    assert not [one for one in findings(text.replace("because: s3}", "because: s2}"), folder) if one.code == "ZC037"]


def test_what_cannot_be_enumerated_is_not_checked(folder: Path) -> None:
    reading = read_text(SOUND, folder / "case.yaml")
    assert reading.case is not None
    (note,) = check_packages(reading.case, bound=10)
    assert (note.code, note.severity) == ("ZC052", Severity.NOTE)


def test_options_and_packages_that_no_rule_allows_are_warnings(folder: Path) -> None:
    text = SOUND.replace("not (fence and rent > 5)", "rent < 10")
    found = {(one.code, one.text) for one in findings(text, folder)}
    assert ("ZC051", "10") in found
    assert ("ZC054", "P2") in found
