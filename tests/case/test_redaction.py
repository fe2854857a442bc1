"""Copies without a party's numbers, notes or sources: sound, silent about what was left out, and open about that it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.case.broken import SOUND, SOURCE
from tests.conftest import CASES
from tests.strategies import Spec, specs
from zopa.case import Case, RedactionError, RedLine, load_case, read_case, read_text, redact, write_copy
from zopa.case.redaction import NOTICE
from zopa.case.rewriting import comments_of
from zopa.cases import shipped_case
from zopa.settlement import sample, settle
from zopa.space import check_packages

Make = Callable[..., Path]
UKRAINE = load_case(shipped_case("ukraine-2025"))


def copied(
    case: Case, folder: Path, without: tuple[str, ...] = (), *, notes: bool = True, sources: bool = True
) -> tuple[Case, str]:
    """Write a copy; return the case read from it, and all its bytes as one text."""
    file = write_copy(redact(case, without=without, notes=notes, sources=sources), folder)
    reading = read_case(file)
    assert reading.case is not None, [str(one) for one in reading.faults]
    assert not [one for one in check_packages(reading.case) if one.severity == "fault"]
    everything = "\n".join(one.read_text(encoding="utf-8") for one in sorted(folder.rglob("*")) if one.is_file())
    return reading.case, everything


@pytest.mark.parametrize("party", list(UKRAINE.parties))
def test_the_ukraine_case_without_one_party(party: str, tmp_path: Path) -> None:
    case, everything = copied(UKRAINE, tmp_path / "copy", (party,))
    known = UKRAINE.preferences.get(party)
    if known is not None:
        assert case.preferences[party].kind == "unknown"
        assert not case.preferences[party].red_lines
        for line in known.red_lines:
            assert line.name not in everything or line.name in {other.name for other in _lines(case)}
            assert not re.search(rf"(?m)^\s*{line.id}:", everything)
            assert f"- `{line.id}`" in everything
    assert party not in case.influence
    assert all(party not in group for group in case.alike)
    assert all(party not in row for row in case.positions.values())
    assert not [
        target for lever in case.levers.values() for target in (*lever.moves, *lever.times) if target == f"{party}.no_deal"
    ]
    assert not [one for one in case.assumptions.values() if party in one.per_parties]
    assert party in case.parties


def _lines(case: Case) -> list[RedLine]:
    return [line for one in case.preferences.values() for line in one.red_lines]


def test_what_only_russia_used_goes_with_it(tmp_path: Path) -> None:
    case, everything = copied(UKRAINE, tmp_path / "copy", ("RUS",))
    assert {"A2", "r", "scope17", "firm17"} & case.assumptions.keys() == set()
    assert {"A1", "A9", "A22", "firm14"} <= case.assumptions.keys()
    assert case.correlations == ()
    assert "press_rus" not in case.levers
    assert case.levers["cut_aid"].moves.keys() == {"UKR.no_deal"}
    for words in ("loss at a joint guarantee", "0..1.5", "No dated invitation", "a long war is dear"):
        assert words in UKRAINE.text
        assert words not in everything
    assert "# Seats and consents" in everything  # other notes stay


def test_other_parties_keep_their_points(tmp_path: Path) -> None:
    case, _ = copied(UKRAINE, tmp_path / "copy", ("EUR",))
    before, after = settle(UKRAINE), settle(case)
    for name in ("RUS", "UKR", "USA"):
        for index in range(0, before.space.size, 97):
            assert after.party_points(name, index) == before.party_points(name, index)
        assert after.no_deal(name) == before.no_deal(name)
    one, other = (sample(some, draws=16, seed=3).readings[0].blocked_by["UKR"] for some in (UKRAINE, case))
    assert one.tolist() == other.tolist()


def test_without_sources_no_quotation_and_no_file_stays(tmp_path: Path) -> None:
    case, everything = copied(UKRAINE, tmp_path / "copy", sources=False)
    assert not case.statements
    assert not case.sources
    assert not case.tensions
    assert [file.name for file in sorted((tmp_path / "copy").rglob("*")) if file.is_file()] == [NOTICE, "case.yaml"]
    for statement in UKRAINE.statements.values():
        assert statement.quote not in everything
    assert "left out of this copy: a statement of a source" in everything
    assert settle(case).outcomes()["zone.count"] == settle(UKRAINE).outcomes()["zone.count"]


def test_without_notes_no_comment_stays(tmp_path: Path) -> None:
    case, _ = copied(UKRAINE, tmp_path / "copy", notes=False)
    assert comments_of(case.text)[1:] == []  # only the line that says what was left out
    assert case.digest == UKRAINE.digest
    notice = (tmp_path / "copy" / NOTICE).read_text(encoding="utf-8")
    assert f"Comments ({len(comments_of(UKRAINE.text))})" in notice


def test_everything_at_once_for_every_trial_case(tmp_path: Path) -> None:
    for number, file in enumerate(sorted(CASES.glob("*.yaml"))):
        case = read_case(file).case
        if case is not None:
            first, last = next(iter(case.parties)), list(case.parties)[-1]
            left, _ = copied(case, tmp_path / f"{number}a", (first,), notes=False, sources=False)
            assert first not in left.preferences or left.preferences[first].kind == "unknown"
            copied(case, tmp_path / f"{number}b", (last,))


_SPOKEN = "no_deal: {share: 17.25, because: s2}   # the board said 17.25 on the phone"
SECRET = (
    SOUND.replace("no_deal: {share: A2, assume: no offer known}", _SPOKEN)
    .replace("prices: {title: Price table", "prices: {file: sources/prices.csv, title: Price table")
    .replace("packages:\n", "# The port company would take less\npackages:   # 3 points more for the bonus\n")
)


def test_secrets_in_comments_tables_and_alike(make_case: Make, tmp_path: Path) -> None:
    folder = make_case(SECRET, minutes=SOURCE)
    (folder / "sources" / "prices.csv").write_text("y50,987654\n", encoding="utf-8")
    case, everything = copied(load_case(folder), tmp_path / "copy", ("port",))
    for words in ("17.25", "on the phone", "would take less", "987654", "prices.csv", "B1:", "3 points more"):
        assert words not in everything, words
    assert "prices" not in case.sources
    assert case.alike == ()
    assert not case.correlations
    assert case.assumptions["A2"].per_parties == ("city",)
    assert "port" not in case.positions["term"]
    assert case.preferences["city"].red_lines[0].id == "L1"


def test_a_number_that_others_use_stays_and_is_named(make_case: Make, tmp_path: Path) -> None:
    text = SOUND.replace("no_deal: {share: A2}\n  port:", "no_deal: {share: 100 - A2.port, assume: mirror}\n  port:")
    case = load_case(make_case(text.replace("alike: [city, port]\n", ""), minutes=SOURCE))
    copy = redact(case, without=["port"])
    assert ("A2.port") in [one.id for one in copy.look_at]
    left, _ = copied(case, tmp_path / "copy", ("port",))
    assert left.assumptions["A2"].per_parties == ("city", "port")


def test_a_reason_that_names_the_party_is_listed(make_case: Make) -> None:
    case = load_case(make_case(SOUND.replace("A1: nobody knows", "A1: what the port company told us"), minutes=SOURCE))
    assert "assumptions.A1" in [one.id for one in redact(case, without=["port"]).look_at]


def test_the_notice_is_for_people_and_programs() -> None:
    copy = redact(UKRAINE, without=["RUS"], sources=False)
    (block,) = re.findall(r"```json\n(.*?)```", copy.notice(), re.DOTALL)
    data = json.loads(block)
    assert data == copy.as_json()
    assert data["without"] == {"parties": ["RUS"], "notes": False, "sources": True}
    assert {"kind": "red line", "id": "L17"} in data["left_out"]
    assert copy.text.startswith("# A copy of a case without: the numbers and red lines of RUS; sources.")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    copy = redact(UKRAINE, without=["RUS"])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".hidden").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_copy(copy, tmp_path / "full")
    assert [file.name for file in (tmp_path / "full").iterdir()] == [".hidden"]
    (tmp_path / "empty").mkdir()
    assert write_copy(copy, tmp_path / "empty") == tmp_path / "empty" / "case.yaml"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["empty", "full"]


def test_an_unknown_party_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(RedactionError, match="Did you mean RUS"):
        redact(UKRAINE, without=["RUSS"])


@pytest.mark.property
@given(specs(), st.data())
def test_generated_cases_keep_the_points_of_all_others(spec: Spec, data: st.DataObject) -> None:
    case = spec.case()
    party = data.draw(st.sampled_from(spec.parties))
    notes = data.draw(st.booleans())
    copy = redact(case, without=[party], notes=notes, sources=data.draw(st.booleans()))
    body = copy.text.partition("\n")[2]
    assert f"  {party}: unknown\n" in body
    left = read_text(copy.text, case.file).case
    assert left is not None
    before, after = settle(case), settle(left)
    assert after.party_points(party, 0) is None
    for other in spec.parties:
        if other != party:
            for index in range(before.space.size):
                assert after.party_points(other, index) == before.party_points(other, index)
            assert after.no_deal(other) == before.no_deal(other)
    assert f"L{party}0" not in body


@pytest.mark.parametrize(
    ("name", "party", "table"),
    [("panama-1977", "PAN", "raiffa"), ("labour-contract", "bakery", "sheet"), ("labour-contract", "bakers", "sheet")],
)
def test_a_table_that_stays_is_named_as_a_place_to_look_at_for_every_party_alike(name: str, party: str, table: str) -> None:
    copy = redact(load_case(shipped_case(name)), without=[party])
    looked = {(one.kind, one.id) for one in copy.look_at}
    assert any("table" in kind and place == table for kind, place in looked)


def test_packages_named_after_a_party_are_places_to_look_at() -> None:
    copy = redact(load_case(shipped_case("labour-contract")), without=["bakers"])
    assert any("package" in one.kind and one.id == "bakers_best" for one in copy.look_at)
