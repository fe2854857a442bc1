"""All faults at once: the whole is checked where its parts are sound, and one fault is reported once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.case.broken import BROKEN, SOUND, SOURCE
from zopa.case import Fault, Severity, load_case, read_text
from zopa.case.composing import compose
from zopa.case.faults import Place
from zopa.case.nodes import Mapping
from zopa.case.soundness import Soundness
from zopa.space import check_packages


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("harbour")
    (made / "sources").mkdir()
    (made / "sources" / "minutes.md").write_text(SOURCE, encoding="utf-8")
    (made / "case.yaml").write_text(SOUND, encoding="utf-8")
    return made


def faults(text: str, folder: Path) -> list[Fault]:
    reading = read_text(text, folder / "case.yaml")
    more = check_packages(reading.part) if reading.part is not None else ()
    return [one for one in (*reading.findings, *more) if one.severity is Severity.FAULT]


# Two things are wrong in these: the old id is used elsewhere, or the no-deal values are also written differently.
TWO = {"id with a hyphen", "id used twice", "no-deal package that is a family"}


@pytest.mark.parametrize("name", sorted(BROKEN.keys() - TWO))
def test_one_fault_is_reported_once(name: str, folder: Path) -> None:
    old, new, code = BROKEN[name]
    found = faults(SOUND.replace(old, new), folder)
    assert len(found) == 1 or not code, [str(one) for one in found]


WHOLE = (
    "weights below their sum",
    "order against fixed scores",
    "not treated alike",
    "more votes than there are",
    "lever that ends before it begins",
    "deal that no package meets",
    "rules that exclude everything",
)


@pytest.mark.parametrize("other", ["level out of range", "unknown gate", "unknown statement in because", "flag that is neither"])
@pytest.mark.parametrize("name", WHOLE)
def test_checks_of_the_whole_come_with_the_faults_of_values(name: str, other: str, folder: Path) -> None:
    text = SOUND
    for one in (name, other):
        old, new, _ = BROKEN[one]
        assert old in text
        text = text.replace(old, new)
    if (name, other) == ("rules that exclude everything", "flag that is neither"):
        return  # both stand in the same rule, which is not judged then
    assert {one.code for one in faults(text, folder)} == {BROKEN[name][2], BROKEN[other][2]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    weights: {default: 10..30, term: 20..60", "    weights: {default: 10..30, term: 20.60..1e3"),
        ("{that: not (fence and rent > 5), assume", "{that: fence and not fence and y99, assume"),
        ("now: y20}", "now: y20x}"),
    ],
)
def test_what_only_follows_from_a_fault_is_not_reported(old: str, new: str, folder: Path) -> None:
    assert len(faults(SOUND.replace(old, new), folder)) == 1


@pytest.mark.parametrize("block", ["sources", "statements", "parties", "issues", "assumptions", "packages", "gates"])
@pytest.mark.parametrize("wrong", ["{}x", "[]", "misspelt"])
def test_a_block_that_cannot_be_read_is_one_fault(block: str, wrong: str, folder: Path) -> None:
    lines, inside = [], False
    for line in SOUND.splitlines():
        inside = line.startswith(f"{block}:") if not line.startswith((" ", "-")) else inside
        if inside and line.startswith(f"{block}:"):
            lines.append(
                f"{block}xx:" if wrong == "misspelt" else f"{block}: {wrong.removesuffix('x') if wrong == '[]' else 'x'}"
            )
        elif not inside or wrong == "misspelt":
            lines.append(line)
    found = faults("\n".join(lines) + "\n", folder)
    required = wrong == "misspelt" and block in {"parties", "issues"}
    assert len(found) == 1 + required, [str(one) for one in found]


def test_sound_parts_by_path() -> None:
    text = "a:\n  b: {c: 1, d: 2}\n  e: 3\nf: 4\n"
    root = compose(text, "case.yaml", lambda fault: pytest.fail(str(fault)))
    assert isinstance(root, Mapping)
    sound = Soundness(root, text, [Fault("ZC010", Place("case.yaml", 2, 13), "wrong", "Mend it.")])
    assert not sound.of("a")
    assert not sound.of("a", "b")
    assert not sound.of("a", "b", "d")
    assert not sound.of("a", "b", "d", "deeper")
    assert sound.of("a", "b", "c")
    assert sound.of("a", "e")
    assert sound.of("f")
    assert sound.of("nothing")
    assert sound.of("a", but=["b"])
    assert sound.word("a", "e") == "3"
    assert sound.word("a", "b") is None


def test_a_sound_case_is_its_own_sound_part(folder: Path) -> None:
    reading = read_text(SOUND, folder / "case.yaml")
    assert reading.case is reading.part
    assert load_case(folder).tensions == {}
