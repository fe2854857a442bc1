"""Files of actors: dates decide, the user's file replaces, every fault is told with its line."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from zopa.case import CaseFaults
from zopa.reading.actors import MAX_BYTES, Actor, Actors, default_actors, folded, read_actors
from zopa.reading.countries import countries
from zopa.reading.metonyms import organisations

GOOD = """
actors:
  - name: Kari Dahl
    aliases: [Dahl]
    party: NOR
    role: fisheries minister
    from: 2020-01-01
    until: 2024-01-01
  - {name: Ann Lee, party: DOCKERS, party_name: Dockers’ union}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "actors.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    actors = read_actors(write(tmp_path, GOOD))
    assert actors.entries[0] == Actor(
        "Kari Dahl", "NOR", None, ("Dahl",), "fisheries minister", date(2020, 1, 1), date(2024, 1, 1)
    )
    assert actors.named("DAHL") == actors.named("kari  dahl") == actors.entries[:1]
    assert actors.names() == {"DOCKERS": "Dockers’ union"}
    assert actors.words() == {"Dahl"}


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2019, 12, 31), False), (date(2020, 1, 1), True), (date(2023, 12, 31), True), (date(2024, 1, 1), False)],
)
def test_the_first_day_counts_and_the_last_no_longer(tmp_path: Path, day: date, held: bool) -> None:
    assert read_actors(write(tmp_path, GOOD)).entries[0].at(day) is held


def test_entries_without_dates_always_hold() -> None:
    assert Actor("A B", "NOR").at(date.min)
    assert Actor("A B", "NOR").at(date.max)


def test_a_file_of_ones_own_replaces_all_entries_of_a_name() -> None:
    one, two, other = Actor("A B", "NOR", role="x"), Actor("A B", "NOR", role="y"), Actor("C D", "DNK")
    mine = Actor("a b", "SWE")
    assert Actors((one, two, other)).extended(Actors((mine,))).entries == (other, mine)


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = (
        "actors:\n"
        "  - {name: Kari Dahl, party: NRO}\n"
        "  - {name: '', party: NOR, rôle: x}\n"
        "  - {name: A, party: NOR, from: soon, aliases: B}\n"
        "  - {name: A, name: B, party: no, party_name: x}\n"
        "  - {party: NOR, from: 2020-01-02, until: 2020-01-01}\n"
        "  - words\n"
    )
    with pytest.raises(CaseFaults) as caught:
        read_actors(write(tmp_path, text))
    told = {(fault.place.line, fault.code) for fault in caught.value.faults}
    assert told == {
        (2, "ZC020"), (3, "ZC010"), (3, "ZC011"), (4, "ZC017"), (4, "ZC010"), (5, "ZC007"), (5, "ZC013"), (6, "ZC012"),
        (6, "ZC040"), (7, "ZC010"),
    }  # fmt: skip
    assert all(fault.remedy for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ZC056"),
        ("- a\n", "ZC010"),
        ("people: []\n", "ZC012"),
        ("actors: 3\n", "ZC010"),
        ("actors: [\n", "ZC004"),
        ("actors: [&a [*a]]\n", "ZC010"),
        ("[" * 5000, "ZC004"),
        ("a: \x07\n", "ZC004"),
        ("actors:\n  - {name: [A], party: {a: b}}\n", "ZC010"),
    ],
)
def test_broken_files_are_faults(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(CaseFaults) as caught:
        read_actors(write(tmp_path, text))
    assert code in {fault.code for fault in caught.value.faults}
    assert str(caught.value).replace("\n", "").isprintable()


def test_unreadable_files_are_faults(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    for name, code in (("none.yaml", "ZC001"), ("binary.yaml", "ZC002"), ("large.yaml", "ZC003")):
        with pytest.raises(CaseFaults) as caught:
            read_actors(tmp_path / name)
        assert [fault.code for fault in caught.value.faults] == [code]


def test_the_shipped_offices_are_dated_and_do_not_overlap_without_reason() -> None:
    actors = default_actors()
    parties = {*countries(), *organisations()}
    assert all(actor.from_ is not None and actor.role and actor.party in parties for actor in actors.entries)
    by_name: dict[str, list[Actor]] = {}
    for actor in actors.entries:
        by_name.setdefault(folded(actor.name), []).append(actor)
    for entries in by_name.values():
        entries.sort(key=lambda actor: actor.from_ or date.min)
        for one, following in pairwise(entries):
            assert one.until is not None
            assert following.from_ is not None
            assert one.until <= following.from_


@pytest.mark.published
@pytest.mark.parametrize(
    ("day", "roles"),
    # Twentieth Amendment: terms end at noon on 20 January.
    [
        (date(2024, 12, 1), {"Donald Trump": "president-elect", "Joe Biden": "president"}),
        (date(2025, 1, 20), {"Donald Trump": "president"}),
        (date(2018, 5, 5), {"Donald Trump": "president"}),
        (date(2023, 5, 5), {"Joe Biden": "president"}),
    ],
)
def test_an_office_changes_hands_on_its_day(day: date, roles: dict[str, str]) -> None:
    found = {actor.name: actor.role for name in ("Trump", "Biden") for actor in default_actors().named(name) if actor.at(day)}
    assert found == roles


def test_aliases_that_are_common_words_are_not_shipped() -> None:
    for word in ("May", "Brown", "Johnson", "Lee", "Kim", "Khan", "King", "Duke", "Hope", "Li", "Wang"):
        assert default_actors().named(word) == ()
