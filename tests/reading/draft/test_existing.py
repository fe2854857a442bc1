from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import ndiff
from pathlib import Path

import pytest

from tests.reading.draft.statements import PORT, UNION, Story, harbour
from zopa.case import CaseFaults, Leaning, load_case, write_starter
from zopa.cases import shipped_case
from zopa.reading.draft import Office, PartyName, add_to_case, draft_case, write_draft

CITY = PartyName("CITY", "The city")


def second(day: date | None = date(2024, 6, 10)) -> Story:
    """A later article about the same harbour."""
    hart = PartyName("UNION", "The dockers' union", principals=(Office("Jo Hart", "new chair", start=date(2024, 6, 1)),))
    made = Story(
        """\
The dockers' union now accepts a pay rise of 4 percent, Jo Hart said.
Hart demanded a new canteen, which the port must build.
Moss said the union would never accept night shifts.
The city wants cleaner cranes.""",
        [hart, CITY],
        day,
        "second.txt",
    )
    made.say(
        "a pay rise of 4 percent",
        "accepts",
        "agree",
        "UNION",
        source="The dockers' union",
        amounts=[("4 percent", 4, "percent", None)],
        stance_code="for",
        id="pay_later",
    )
    made.say("a new canteen", "demanded", "demand", "UNION", source="Hart", firm="must", stance_code="for", id="canteen_wish")
    made.say(
        "night shifts", "would never accept", "reject", "UNION", source="Moss", firm="never", stance_code="against", id="again"
    )
    made.say("cleaner cranes", "wants", "want", "CITY", source="The city", stance_code="for", id="cranes_wish")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A drafted case that a person has edited."""
    file = write_draft(tmp_path / "case", draft_case([harbour().read()]))
    text = file.read_text(encoding="utf-8")
    edited = text.replace('    name: "Night shifts"', '    name: "Work at night"   # renamed by me')
    edited = edited.replace("  P2: ", "  # no plan of theirs, please\n  # P2: ")
    assert edited.count("# ") == text.count("# ") + 3
    file.write_text(edited, encoding="utf-8")
    return tmp_path / "case"


def test_nothing_a_person_wrote_is_changed(folder: Path) -> None:
    before = (folder / "case.yaml").read_text(encoding="utf-8").splitlines()
    add_to_case(folder, [second().read()])
    after = (folder / "case.yaml").read_text(encoding="utf-8").splitlines()
    gone = [line[2:] for line in ndiff(before, after) if line.startswith("- ")]
    now = "\n".join(after)
    # Lines of statements and of the party get something added at their end; the day moves on.
    assert all(line.rstrip("}") in now for line in gone if not line.startswith("as_of:"))
    assert "# renamed by me" in now
    assert "# no plan of theirs, please" in now


def test_what_is_new_is_added_with_its_source(folder: Path) -> None:
    added = add_to_case(folder, [second().read()])
    case = load_case(folder)
    assert added.sources == ("sources/second.md",)
    assert added.statements == ("pay_later", "canteen_wish", "cranes_wish")
    assert case.as_of == date(2024, 6, 10)
    assert case.statements["pay_later"].source == "a2"
    assert case.statements["pay_union"].source == "a1"
    assert case.statements["pay_later"].issues == ("pay_rise",)
    assert case.statements["canteen_wish"].issues == ("canteen",)
    assert {"issues.canteen", "issues.cleaner_cranes", "preferences.CITY"} <= {
        one.removesuffix(".scores.cleaner_cranes") for one in added.elements
    }


def test_the_same_statement_gets_a_second_source(folder: Path) -> None:
    add_to_case(folder, [second().read()])
    assert load_case(folder).statements["nights_union"].also == ("a2",)


def test_a_new_holder_of_an_office_is_no_new_party(folder: Path) -> None:
    add_to_case(folder, [second().read()])
    case = load_case(folder)
    assert [(one.id, one.start) for one in case.parties["UNION"].principals] == [("hart", date(2024, 6, 1))]
    assert case.statements["canteen_wish"].party == "UNION.hart"
    assert list(case.parties) == ["UNION", "PORT", "CITY"]


def test_a_newer_word_stands_beside_what_the_case_holds(folder: Path) -> None:
    add_to_case(folder, [second().read()])
    case = load_case(folder)
    held = case.preferences["UNION"].scores["pay_rise"]
    assert isinstance(held, Leaning)
    assert held.option == "from5percent"
    assert ("pay_union", "pay_later") in {one.because for one in case.tensions.values()}


def test_a_second_time_nothing_is_added(folder: Path) -> None:
    add_to_case(folder, [second().read()])
    before = (folder / "case.yaml").read_bytes()
    again = add_to_case(folder, [second().read(), harbour().read()])
    assert (again.sources, again.statements, again.elements) == ((), (), ())
    assert (folder / "case.yaml").read_bytes() == before


def test_what_a_person_took_out_stays_out(folder: Path) -> None:
    file = folder / "case.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("  G1:") and line != "gates:\n"), encoding="utf-8")
    added = add_to_case(folder, [second().read(), harbour().read()], removed={"cranes_wish", "canteen"})
    case = load_case(folder)
    assert not case.gates
    assert "P2" not in case.packages
    assert "cranes_wish" not in case.statements
    assert "canteen" not in case.issues
    assert "canteen_wish" in case.statements
    assert "statement cranes_wish: removed by a person" in added.skipped


def test_an_equal_id_of_another_statement_is_parted(folder: Path) -> None:
    story = Story("The city wants cleaner cranes.", [CITY], date(2024, 6, 1), "third.txt")
    story.say("cleaner cranes", "wants", "want", "CITY", source="The city", stance_code="for", id="pay_union")
    assert add_to_case(folder, [story.read()]).statements == ("pay_union_2",)


def test_a_case_with_faults_is_left_alone(folder: Path) -> None:
    file = folder / "case.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("now: unknown", "now: nowhere", 1), encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(CaseFaults):
        add_to_case(folder, [second().read()])
    assert file.read_bytes() == before
    assert [one.name for one in (folder / "sources").iterdir()] == ["story.md"]


def test_a_file_that_is_no_source_is_not_overwritten(folder: Path) -> None:
    (folder / "sources" / "second.md").write_text("mine", encoding="utf-8")
    before = (folder / "case.yaml").read_bytes()
    with pytest.raises(FileExistsError):
        add_to_case(folder, [second().read()])
    assert (folder / "case.yaml").read_bytes() == before
    assert (folder / "sources" / "second.md").read_text(encoding="utf-8") == "mine"


def test_a_party_that_is_only_a_name_gets_no_principals(tmp_path: Path) -> None:
    write_starter(tmp_path / "case")
    party = PartyName("owner", "The owner", principals=(Office("Ada Lund"),))
    story = Story("Lund wants a new gate.", [party], date(2025, 2, 1), "gate.txt")
    story.say("a new gate", "wants", "want", "owner", source="Lund", stance_code="for", own_words=True, id="gate_wish")
    added = add_to_case(tmp_path / "case", [story.read()])
    case = load_case(tmp_path / "case")
    assert case.statements["gate_wish"].party == "owner"
    assert "principals of owner: its entry is only a name" in added.skipped
    assert case.issues.keys() >= {"rent", "term", "roof"}


def test_a_party_is_known_by_its_name_and_its_voices(folder: Path) -> None:
    other = replace(PORT, key="COMPANY")
    story = Story("Venn wants a new gate.", [other], date(2024, 6, 1), "gate.txt")
    story.say("a new gate", "wants", "want", "COMPANY", source="Venn", stance_code="for", id="gate_wish")
    add_to_case(folder, [story.read()])
    case = load_case(folder)
    assert case.statements["gate_wish"].party == "PORT"
    assert list(case.parties) == ["UNION", "PORT"]


def test_shipped_cases_take_an_article(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(shipped_case("labour-contract"), tmp_path / "case")
    story = Story("The bakers want a sauna, Rosa Lind said.", [replace(UNION, key="bakers")], date(2025, 3, 1), "leaflet.txt")
    story.say("a sauna", "want", "want", "bakers", source="The bakers", stance_code="for", own_words=True, id="sauna_wish")
    added = add_to_case(tmp_path / "case", [story.read()])
    assert added.statements == ("sauna_wish",)
    assert "sauna" in load_case(tmp_path / "case").issues
    assert "bakers on sauna: its preferences are points" in added.skipped
