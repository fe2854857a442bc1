"""Findings: their codes stand in the reference, and each can always be shown."""

from __future__ import annotations

import os

import pytest

from tests.conftest import ROOT
from zopa.case import CODES, Fault
from zopa.case.faults import Place, printable

PAGE = ROOT / "docs" / "case-file.md"
START, END = "<!-- codes: written by the tests from the table of codes -->\n", "<!-- end of codes -->"


@pytest.mark.golden
def test_every_code_stands_in_the_reference() -> None:
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(START)
    _, _, tail = rest.partition(END)
    rows = "".join(f"| {code} | {meaning} |\n" for code, meaning in CODES.items())
    wanted = f"{head}{START}\n| code | what is wrong |\n|---|---|\n{rows}\n{END}{tail}"
    if os.environ.get("ZOPA_GOLDEN") == "write":
        PAGE.write_text(wanted, encoding="utf-8")
        text = wanted
    assert text == wanted


def test_codes_are_numbered_without_doubles() -> None:
    assert list(CODES) == sorted(CODES)
    assert len(set(CODES.values())) == len(CODES)


def test_a_fault_can_always_be_shown() -> None:
    assert printable("Café “30” – ñ") == "Café “30” – ñ"
    assert printable("a\ud800\0\n\u202e\u2028") == "a\\ud800\\x00\\n\\u202e\\u2028"
    fault = Fault("ZC010", Place("a\udcff", 1, 1), "b\ud800", "c\n", "d\0")
    assert str(fault).isprintable()
    str(fault.as_json()).encode("utf-8")


def test_a_code_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="ZC999"):
        Fault("ZC999", Place("case.yaml", 1, 1), "wrong", "Mend it.")
