"""Units of amounts: one spelling for each, and singulars of what is counted."""

from __future__ import annotations

import pytest

from zopa.reading.measures import COUNTED, UNITS, UNITS_OF_TIME, singular


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("countries", "country"),
        ("branches", "branch"),
        ("boxes", "box"),
        ("lives", "life"),
        ("aircraft", "aircraft"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("quotas", "quota"),
    ],
)
def test_singular(word: str, wanted: str) -> None:
    assert singular(word) == wanted


@pytest.mark.parametrize(
    ("form", "unit"),
    [("km", "kilometre"), ("kilometers", "kilometre"), ("hrs", "hour"), ("inches", "inch"), ("people", "person")],
)
def test_one_spelling_for_each_unit(form: str, unit: str) -> None:
    assert UNITS[form] == unit


def test_every_unit_is_its_own_spelling() -> None:
    for unit in {*UNITS.values(), *COUNTED.values(), *UNITS_OF_TIME}:
        assert UNITS[unit] == unit
