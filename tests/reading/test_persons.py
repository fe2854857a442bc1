"""People who are parties of their own: heard more than once, of no institution, and not asked for what they know."""

from __future__ import annotations

import pytest

from tests.reading.test_parties import Text


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("Ida Dam said rents must fall. Dam demanded a cap.", "Dam"),
        ("Ida Dam, who has two boats, said the quay must stay. Later Dam refused the offer.", "Dam"),
        ("The Danish shipping magnate Kai Holt offered more. Holt pledged to wait. His lawyer said so.", "Holt"),
        ("Russian businessman Oleg Lund said he would sell. Lund refused the lease.", "Lund"),
    ],
)
def test_parties_of_one(text: str, surname: str) -> None:
    read = Text(text)
    found = read.of(surname)
    party = read.parties.table[found.party]
    assert (party.kind, party.assumed, party.voices) == ("person", True, (party.name,))
    assert found.named
    assert found.note is not None
    assert found.note.startswith("assumed: ")


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("Ida Dam said rents must fall. Rents rose.", "Ida Dam"),
        ("Ida Dam, an economist, said rents must fall. Dam warned of it.", "Dam"),
        ("Professor Ida Dam said rents must fall. Dam warned of it.", "Dam"),
        ("Former minister Ida Dam said rents must fall. Dam warned of it.", "Dam"),
        ("Ida Dam, a tidal-marsh specialist at the institute, said it rains. Dam warned of it.", "Dam"),
        ("Harbour specialist Ida Dam said it rains. Dam warned of it.", "Dam"),
        ("Ida Dam, who teaches law, said it rains. Dam warned of it.", "Dam"),
        ("Ida Dam (Free Coast) said it rains. Dam warned of it.", "Dam"),
        ("Chile met Peru. Foreign minister Ida Dam said no. Dam refused.", "Dam"),
    ],
)
def test_people_who_are_none(text: str, surname: str) -> None:
    read = Text(text)
    assert read.of(surname).party not in {key for key, party in read.parties.table.items() if party.kind == "person"}


def test_his_campaign_is_heard_for_him() -> None:
    read = Text("Kai Holt demanded a cap on rents. His campaign said the talks failed.")
    found = read.of("His campaign")
    assert (found.party, found.named, found.person) == ("KAI_HOLT", True, False)
