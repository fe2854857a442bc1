"""Ids and file names made from any names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.formats.naming import Ids, distinct, file_names, slug


def test_ids_are_readable() -> None:
    ids = Ids()
    assert [ids.take(name, "x") for name in ("60 days", "Été!", "日本", "60 Days", "any", "Now")] == [
        "n60_days",
        "ete",
        "x",
        "n60_days_2",
        "any_1",
        "now_1",
    ]
    assert slug("$4.37") == "n4_37"


@pytest.mark.property
@given(st.lists(st.text(max_size=60), max_size=30))
def test_ids_are_valid_and_never_alike(names: list[str]) -> None:
    ids = Ids()
    made = [ids.take(name, "spare") for name in names]
    assert len({one.casefold() for one in made}) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", one) for one in made)
    again = Ids()
    assert [again.take(name, "spare") for name in names] == made


@pytest.mark.property
@given(st.lists(st.sampled_from(["a", "a (2)", "b", ""]), max_size=12))
def test_distinct_names_differ_and_first_ones_stay(names: list[str]) -> None:
    made = distinct(names)
    assert len(set(made)) == len(names)
    assert all(one == name for one, name in zip(made, names, strict=True) if names.count(name) == 1)


@pytest.mark.property
@given(st.lists(st.text(max_size=80), max_size=12), st.sampled_from(["", ".xml"]))
def test_file_names_are_safe_everywhere(names: list[str], ending: str) -> None:
    made = file_names(names, ending)
    assert len({one.casefold() for one in made}) == len(names)
    for one in made:
        assert not set(one) & set('<>:"/\\|?*\0\n\r\t')
        assert one.isprintable()
        assert one == one.strip(" .")
        assert one.endswith(ending)


def test_file_names_keep_what_is_safe() -> None:
    assert file_names(["The employer", "../../etc/passwd", "CON", "Été & Co."], ".xml") == [
        "The employer.xml",
        "_.._etc_passwd.xml",
        "CON_.xml",
        "Été & Co.xml",
    ]
    assert file_names(["a/b/Profile.XML", "c\\profile.xml", "noending"]) == ["Profile.xml", "profile_2.xml", "noending"]
