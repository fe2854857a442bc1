from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.draft.ids import Names, slug


def test_slugs_are_plain_words() -> None:
    assert slug("Security guarantees") == "security_guarantees"
    assert slug("Orba’s Überflug über alles heute") == "orba_uberflug_uber"
    assert slug("3 percent") == "n3_percent"
    assert slug("…") == ""


def test_no_id_is_given_twice_whatever_its_capitals() -> None:
    names = Names(["dam"])
    assert names.take("Dam", "x") == "Dam_2"
    assert names.take("dam", "x") == "dam_3"


def test_reserved_words_are_avoided() -> None:
    assert Names().take("order", "x") == "order_1"
    assert Names().take("anonymous", "x") == "anonymous_1"


def test_what_is_no_id_gets_the_spare_one() -> None:
    assert Names().take("a-b", "spare") == "spare"


def test_numbers_skip_what_is_taken() -> None:
    names = Names(["l1"])
    assert [names.number("L"), names.number("L")] == ["L2", "L3"]


@pytest.mark.property
@given(st.lists(st.text(max_size=12), max_size=12))
def test_every_id_is_well_formed_and_its_own(texts: list[str]) -> None:
    names = Names()
    made = [names.take(slug(text), "spare") for text in texts]
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]*", one) for one in made)
    assert len({one.casefold() for one in made}) == len(made)
