from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.draft.statements import harbour
from zopa.case import insert_entry, replace_value
from zopa.reading.draft import draft_case
from zopa.reading.draft.elements import Ground
from zopa.reading.draft.write import block, comment, grounds, ids, quoted, verbatim


def test_one_id_stands_alone_and_several_in_a_list() -> None:
    assert ids(["s1"]) == "s1"
    assert ids(["s1", "s2"]) == "[s1, s2]"


def test_grounds_name_statements_and_assumptions() -> None:
    assert grounds(Ground(("s1",), "added")) == 'because: s1, assume: "added"'
    with pytest.raises(ValueError, match="needs statements or an assumption"):
        Ground()


def test_a_block_without_entries_is_left_out() -> None:
    assert block("gates", ["6."], []) == []
    assert block("gates", ["6."], ["  G1: x"]) == ["", "# 6.", "gates:", "  G1: x"]


@pytest.mark.property
@given(st.text())
def test_prose_and_comments_hold_only_what_can_be_seen(text: str) -> None:
    assert quoted(text).isprintable()
    assert verbatim(text).isprintable()
    assert comment(text).isprintable() or comment(text) == ""
    assert len(comment(text)) <= 120


@pytest.mark.property
@given(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs")), min_size=1))
def test_a_quotation_is_read_back_as_it_was(text: str) -> None:
    # The saver refuses what would not be read back as one value in its place.
    assert replace_value("title: x\n", "title", verbatim(text)) == f"title: {verbatim(text)}\n"
    assert insert_entry("a: {}\n", "a", "b", verbatim(text)) == f"a: {{b: {verbatim(text)}}}\n"


@pytest.mark.golden
def test_a_draft_reads_as_a_person_would_write_it() -> None:
    text = draft_case([harbour().read()]).text
    assert (
        """
  pay_rise:
    name: "Pay rise"
    scale: ordered
    options:
      none: {name: "none", assume: "added by zopa read"}
      percent3: {name: "3 percent", because: pay_port}
      percent4: {name: "4 percent", because: plan}
      upto4percent: {name: "not exceed 4 percent", because: ceiling}
      from5percent: {name: "at least 5 percent", because: pay_union}
    now: unknown
    because: [pay_union, pay_port, plan, ceiling]
"""
        in text
    )
    assert (
        """
  UNION:
    scores:
      pay_rise: {for: from5percent, because: pay_union}
      night_shifts: {for: drop, because: nights_union}
    red_lines:
      L2: {name: "Night shifts: only drop", requires: night_shifts = drop, because: nights_union}
"""
        in text
    )
