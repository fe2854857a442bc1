"""The table of parties: who acts as one, and what is never one."""

from __future__ import annotations

import pytest

from tests.reading.test_parties import Text, sentences_of
from zopa.reading.roster import acting_ends


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("The exporters refused the offer.", ["exporters"]),
        ("The exporters are opposed to it.", ["exporters"]),
        ("The pilots and the exporters demand a share.", ["pilots", "exporters"]),
        ("The minister told exporters to wait.", ["exporters"]),
        ("Fees rose in the spring.", []),
        ("The delay cost exporters a year.", []),
    ],
)
def test_who_acts(line: str, words: list[str]) -> None:
    (sentence,) = sentences_of(line)
    ends = acting_ends(sentence.tokens)
    assert [word for word in ("pilots", "exporters") if line.find(word) + len(word) in ends] == words
    assert "Fees" not in {line[end - 4 : end] for end in ends}


def test_a_common_noun_that_does_nothing_is_no_party_until_it_is_a_source() -> None:
    text = Text("The strike cost the exporters a year. The union demands a share. Fears of the growers grew.")
    assert "EXPORTERS" not in text.parties.table
    assert "UNION" in text.parties.table
    assert text.of("the growers").party == "GROWERS"
    assert "GROWERS" in text.parties.table
    assert "EXPORTERS" not in text.parties.table


def test_rivers_dams_and_deals_are_no_parties() -> None:
    text = Text("The Elm River is low. The Rose Dam leaks. The Port Vik Agreement failed. Peru and the Northern Pact disagree.")
    assert set(text.parties.table) == {"PER"}


def test_regions_and_ranks_make_no_party() -> None:
    text = Text(
        "A Baltic envoy met the Council. A senior Council member left. The Council refused. The Caribbean waits. "
        "Western envoys refused it."
    )
    assert set(text.parties.table) == {"COUNCIL"}
    assert text.of("A senior Council member").party == "COUNCIL"
