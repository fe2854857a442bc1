"""What-ifs: in an address and back, posed on a case, taken back one by one, and deaf to whatever an address may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CASES
from zopa.case import Case, Unknown, judgement_at, judgements, load_case
from zopa.cases import shipped_case
from zopa.space import split_alternatives
from zopa.workbench.whatif import KEYS, LONGEST, MOST, WhatIf, posed, set_name

UKRAINE = load_case(shipped_case("ukraine-2025"))
LABOUR = load_case(shipped_case("labour-contract"))
SMALL = load_case(CASES / "conflict.yaml")
EVIL = "<script>alert(1)</script>\u202e{{ 7*7 }}"
NO_DEAL = "preferences.UKR.no_deal"


def read(query: str) -> WhatIf:
    made, faults = WhatIf.parse(parse_qs(query))
    assert faults == ()
    return made


# In an address and back ------------------------------------------------------------------------------------

name = st.text(min_size=1, max_size=12).map(lambda text: "".join(text.split()).replace(",", "").replace(":", "")).filter(bool)
amount = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)
whole = st.builds(
    WhatIf,
    set=st.lists(st.tuples(name, amount), max_size=4, unique_by=lambda pair: pair[0]).map(tuple),
    without=st.lists(name, max_size=4, unique=True).map(tuple),
    off=st.lists(name, max_size=4, unique=True).map(tuple),
    read=st.lists(st.tuples(name, amount), max_size=4, unique_by=lambda pair: pair[0]).map(tuple),
    pull=st.none() | st.lists(name.filter(lambda one: one != "none"), max_size=4, unique=True).map(tuple),
    day=st.none() | st.dates(min_value=date(1, 1, 1)),
)


@pytest.mark.property
@settings(max_examples=300, deadline=None)
@given(whole)
def test_an_address_holds_a_what_if_whole(what: WhatIf) -> None:
    text = what.query()
    assert text.isascii()
    assert not set(text) & set(" \"'<>#")
    assert read(text) == what
    assert read(text).query() == text
    assert (text == "") == what.nothing == (what.count == 0)


@pytest.mark.property
@settings(max_examples=150, deadline=None)
@given(whole, st.sampled_from(["without", "off"]), name)
def test_switching_twice_changes_nothing_but_the_order(what: WhatIf, kind: str, one: str) -> None:
    twice = what.toggled(kind, one).toggled(kind, one)
    assert sorted(getattr(twice, kind)) == sorted(getattr(what, kind))
    assert (one in getattr(what.toggled(kind, one), kind)) != (one in getattr(what, kind))
    assert replace(twice, without=(), off=()) == replace(what, without=(), off=())


@pytest.mark.property
@settings(max_examples=100, deadline=None)
@given(whole, name, amount)
def test_what_is_put_in_last_stands_last_and_can_be_taken_back(what: WhatIf, path: str, text: str) -> None:
    put = what.putting(path, text)
    assert put.set[-1] == (path, text)
    assert [one for one, _ in put.set].count(path) == 1
    assert put.putting(path, None).set == what.putting(path, None).set
    assert what.reading(path, text).read[-1] == (path, text)
    assert what.reading(path, text).reading(path, None).read == what.reading(path, None).read


def test_the_last_value_of_a_name_counts_and_stands_last() -> None:
    made = read("set=a:1&set=b:2&set=a:3&read=k:x&read=k:y")
    assert made.set == (("b", "2"), ("a", "3"))
    assert made.read == (("k", "y"),)


def test_several_names_may_stand_behind_one_key() -> None:
    made = read("without=s1,s2&without=s2&off=A1,%20A2&pull=one,two&at=2024-01-01&at=2025-01-20")
    assert (made.without, made.off, made.pull) == (("s1", "s2"), ("A1", "A2"), ("one", "two"))
    assert made.day == date(2025, 1, 20)


def test_no_lever_is_something_else_than_the_case_as_it_stands() -> None:
    assert read("pull=none").pull == ()
    assert read("").pull is None
    assert read(WhatIf(pull=()).query()).pull == ()


def test_what_cannot_be_read_is_said_and_left_out() -> None:
    made, faults = WhatIf.parse(parse_qs("set=a&set=:1&set=b:&set=c:1&at=tomorrow&read=k&without=s1"))
    assert made == WhatIf(set=(("c", "1"),), without=("s1",))
    assert len(faults) == 5
    assert any("tomorrow" in one for one in faults)


def test_other_keys_are_left_alone() -> None:
    assert WhatIf.parse({"package": ["P1"], "x": ["RUS"]}) == (WhatIf(), ())


def test_an_address_holds_so_many_changes_and_no_more() -> None:
    made, faults = WhatIf.parse({"without": [f"s{number}" for number in range(MOST + 1)], "off": ["x" * (LONGEST + 1)]})
    assert len(made.without) == MOST
    assert made.off == ()
    assert len(faults) == 2


# Posed on a case -------------------------------------------------------------------------------------------


def test_nothing_leaves_the_case_itself() -> None:
    found = posed(UKRAINE, WhatIf())
    assert found.case is UKRAINE
    assert not found.differs
    assert (found.chips(), found.gone, found.faults) == ((), (), ())


def test_statements_go_first_however_the_address_orders_them() -> None:
    path = "preferences.bakers.points.pay.4"
    before = judgement_at(LABOUR, path)
    assert before is not None
    assert posed(LABOUR, read(f"set={path}:7")).faults == ()
    found = posed(LABOUR, read(f"set={path}:7&without={before.basis.because[0]}"))
    assert found.whatif == WhatIf(without=before.basis.because[:1])
    assert set_name(LABOUR, path) in found.faults[0]


def test_an_assumption_that_is_off_can_be_set_all_the_same() -> None:
    off = posed(UKRAINE, read("off=A9"))
    assert off.case.assumptions["A9"].amount == Unknown()
    found = posed(UKRAINE, read("off=A9&set=assumptions.A9:40"))
    placed = judgement_at(found.case, "assumptions.A9")
    assert placed is not None
    assert placed.text == "40"


def test_what_rests_on_a_statement_is_told_to_be_gone() -> None:
    found = posed(UKRAINE, read("without=s14"))
    assert found.gone
    assert "s14" not in found.case.statements
    assert any("s14" in one.because for one in found.gone)


def test_readings_are_held_by_their_number() -> None:
    key, words = next(iter(split_alternatives(UKRAINE).items()))
    found = posed(UKRAINE, WhatIf(read=((key, words[1]),)))
    assert found.reading == {key: 1}
    assert found.case is UKRAINE
    assert found.differs


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ("without=nothing", "nothing"),
        ("off=nothing", "nothing"),
        ("set=preferences.UKR.nothing:4", "nothing"),
        (f"set={NO_DEAL}:101", "100"),
        (f"set={NO_DEAL}:word", "word"),
        (f"set={NO_DEAL}:60..30", "60..30"),
        ("read=A6:sideways", "sideways"),
        ("read=A9:40", "A9"),
        ("pull=nothing", "nothing"),
    ],
)
def test_what_cannot_be_done_is_said_and_left_out(query: str, about: str) -> None:
    found = posed(UKRAINE, read(query))
    assert found.whatif == WhatIf()
    assert not found.differs
    assert len(found.faults) == 1
    assert about in found.faults[0]


def test_known_levers_stay_beside_unknown_ones() -> None:
    found = posed(UKRAINE, read("pull=accession,nothing"))
    assert found.levers == frozenset({"accession"})
    assert len(found.faults) == 1


def test_faults_of_the_address_are_kept() -> None:
    assert posed(UKRAINE, WhatIf(), ["something"]).faults == ("something",)


def test_keys_hang_on_everything_that_is_asked() -> None:
    queries = [
        "",
        f"set={NO_DEAL}:40",
        f"set={NO_DEAL}:41",
        "without=s14",
        "off=A9",
        "read=A6:down",
        "pull=none",
        "pull=accession",
        "at=2025-01-01",
    ]
    keys = [posed(UKRAINE, read(query)).key for query in queries]
    assert len(set(keys)) == len(keys)
    assert posed(UKRAINE, read("pull=cut_aid,accession")).key == posed(UKRAINE, read("pull=accession,cut_aid")).key


# Chips -----------------------------------------------------------------------------------------------------

FULL = (
    f"set={NO_DEAL}:40&set=assumptions.A9:20..60&without=s14&off=A8&read=A6:down&read=A19.RUS:yes"
    "&pull=accession&pull=cut_aid&at=2025-01-20"
)


def test_every_change_has_a_chip_in_words() -> None:
    found = posed(UKRAINE, read(FULL))
    assert found.faults == ()
    assert [one.kind for one in found.chips()] == ["set", "set", "without", "off", "read", "read", "pull", "pull", "at"]
    words = {one.kind: one.words for one in found.chips()}
    assert UKRAINE.levers["cut_aid"].name in words["pull"]
    assert "2025-01-20" in words["at"]
    assert "A19.RUS" not in words["read"]
    assert UKRAINE.parties["RUS"].name in words["read"]


def test_taking_one_back_leaves_the_others() -> None:
    found = posed(UKRAINE, read(FULL))
    for one in found.chips():
        left = posed(UKRAINE, one.rest)
        assert left.faults == ()
        assert [(chip.kind, chip.name) for chip in left.chips()] == [
            (chip.kind, chip.name) for chip in found.chips() if (chip.kind, chip.name) != (one.kind, one.name)
        ]


@pytest.mark.parametrize("query", [FULL, "pull=none", "pull=accession"])
def test_taking_all_back_one_by_one_ends_at_the_case(query: str) -> None:
    found = posed(UKRAINE, read(query))
    for _ in range(len(found.chips())):
        found = posed(UKRAINE, found.chips()[0].rest)
    assert found.whatif.nothing
    assert not found.differs


# Whatever an address may hold ------------------------------------------------------------------------------


def words_of(case: Case) -> list[str]:
    """What an address could sensibly name, and what it could not."""
    known = [*case.statements, *case.sources, *case.assumptions, *case.levers, *split_alternatives(case)]
    known += [one.path for one in judgements(case)] + [f"assumptions.{one}" for one in case.assumptions]
    return [
        *known,
        "none",
        "",
        ":",
        ",",
        "unknown",
        EVIL,
        "\x00",
        "..",
        "9" * 50,
        "1/0",
        "A9 / A9",
        "x" * (LONGEST + 1),
        "0..1e9",
    ]


@pytest.mark.property
@pytest.mark.parametrize("case", [UKRAINE, LABOUR, SMALL], ids=["ukraine", "labour", "conflict"])
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_no_address_makes_it_fail(case: Case, data: st.DataObject) -> None:
    one = st.sampled_from(words_of(case)) | st.text(max_size=30)
    numbers = st.sampled_from(["0", "40", "20..60", "up", "unknown", "-1", "0 | 10", "yes", "A9", "assumptions.A9", "2025-02-30"])
    value = one | st.builds("{}:{}".format, one, one | numbers) | numbers
    query = data.draw(st.dictionaries(st.sampled_from(KEYS), st.lists(value, max_size=4)))
    what, faults = WhatIf.parse(query)
    found = posed(case, what, faults)
    assert all(isinstance(one, str) and one for one in found.faults)
    assert not any("\u202e" in one or "\x00" in one for one in found.faults)
    again = posed(case, read(found.whatif.query()))
    assert (again.whatif, again.faults, again.key) == (found.whatif, (), found.key)
    for chip in found.chips():
        assert chip.words
        assert posed(case, chip.rest).whatif.count <= found.whatif.count
