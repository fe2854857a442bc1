"""Even-handedness of what exploration says of the shipped cases: exchanged parties, narration, symmetry, words."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tests.cases.test_wording import JUDGING
from tests.cases.transforming import narration, pair_of
from zopa.case import Case, load_case, read_text
from zopa.cases import shipped_case, shipped_cases
from zopa.exploration.comparing import Comparison, compare_swap, compare_without
from zopa.exploration.naming import answer_name, group_name, judgement_name, party_name
from zopa.exploration.together import groups_of
from zopa.report.compare_terminal import comparison_lines
from zopa.space import reading_words, readings_of, sobol_keys

DRAWS = 24


@cache
def shipped(name: str) -> Case:
    return load_case(shipped_case(name))


@cache
def exchanged(name: str) -> Comparison:
    return compare_swap(shipped(name), *pair_of(shipped(name)), draws=DRAWS, seed=4)


@cache
def told_less(name: str) -> Comparison:
    return compare_without(shipped(name), narration(shipped(name)), draws=DRAWS, seed=4)


def printed(found: Comparison) -> str:
    stream = io.StringIO()
    Console(file=stream, width=5000, highlight=False).print(comparison_lines(found))
    return stream.getvalue()


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_two_parties_that_change_places_keep_their_figures(name: str) -> None:
    found = exchanged(name)
    assert found.same, [row.name for row in found.changed]
    zone = next(row for row in found.rows if row.name == "zone_share")
    assert zone.before is not None
    assert any(0 < end < 1 for end in zone.before)  # a share that could differ
    assert found.differences  # though the case does not give the two the same


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_each_party_has_figures_of_its_own_to_be_exchanged(name: str) -> None:
    """Were the figures of the two equal anyway, the exchange would show nothing."""
    first, second = pair_of(shipped(name))
    rows = {row.name: row.before for row in exchanged(name).rows}
    pairs = [(one, f"{one.removesuffix(first)}{second}") for one in rows if one.endswith(f".{first}")]
    assert any(rows[one] != rows[other] for one, other in pairs if other in rows)


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_narration_moves_no_figure(name: str) -> None:
    found = told_less(name)
    assert narration(shipped(name))
    assert found.same, [row.name for row in found.changed]


# A case in which two parties are alike ---------------------------------------------------------------


def alike_case(rows: list[list[int]], line: bool) -> Case:
    """Return a case that says the same of A and B; what is drawn is drawn once for both."""
    red = ", red_lines: {LINE: {refuses: i0 = o0, binds: firm}}" if line else ""
    lines = ["zopa: 1", "title: Alike", "as_of: 2025-01-01", "assume: made up", "alike: [A, B]", "parties: {A: One, B: Other}"]
    lines += ["issues:"]
    lines += [f"  i{k}: {{options: [{', '.join(f'o{number}' for number in range(len(row)))}]}}" for k, row in enumerate(rows)]
    lines += ["assumptions: {n: {value: 0..30}, firm: {value: yes | no, split: yes}}", "preferences:"]
    points = ", ".join(f"i{k}: [{', '.join(map(str, row))}]" for k, row in enumerate(rows))
    lines += [f"  {party}: {{points: {{{points}}}, no_deal: n{red.replace('LINE', f'L{party}')}}}" for party in "AB"]
    lines += ["packages: {first: {terms: {i0: o0}}, last: {terms: {i0: o1}}}"]
    reading = read_text("\n".join(lines) + "\n", Path("alike/case.yaml"))
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    return reading.case


@pytest.mark.property
@given(
    st.lists(st.lists(st.integers(0, 20), min_size=2, max_size=4), min_size=1, max_size=3), st.booleans(), st.integers(0, 2**32)
)
def test_parties_that_are_alike_have_the_same_figures(rows: list[list[int]], line: bool, seed: int) -> None:
    found = compare_swap(alike_case(rows, line), "A", "B", draws=30, seed=seed)
    assert found.same
    assert found.differences == ()
    figures = {row.name: row.before for row in found.rows}
    of_one = {name: bounds for name, bounds in figures.items() if name.endswith(".A")}
    assert len(of_one) == 5
    assert of_one == {f"{name.removesuffix('B')}A": bounds for name, bounds in figures.items() if name.endswith(".B")}


# Words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_cases())
def test_no_name_of_a_judgement_and_no_comparison_judges(name: str) -> None:
    case = shipped(name)
    words = [judgement_name(case, key) for key in sobol_keys(case)]
    words += [group_name(case, one.key, one.members) for one in groups_of(case)]
    for reading in readings_of(case, 64):
        words += [answer_name(case, key, word) for key, word in reading_words(case, reading).items()]
    words += [printed(exchanged(name)), printed(told_less(name)), str(exchanged(name).as_json()), str(told_less(name).as_json())]
    assert len(words) > 4
    assert [hit for one in words for hit in JUDGING.findall(one)] == []


@pytest.mark.parametrize("name", shipped_cases())
def test_shares_are_said_to_be_of_assumptions_and_never_chances(name: str) -> None:
    for found in (exchanged(name), told_less(name)):
        assert "figure (shares of assumptions)" in printed(found)
        assert "Shares are shares of assumptions, never chances" in printed(found)
        assert found.as_json()["figures"].startswith("shares of assumptions, never chances")
        assert all(row.what.startswith("Share ") for row in found.rows if row.unit == "share")


@pytest.mark.parametrize("name", shipped_cases())
def test_both_parties_are_told_of_in_the_same_words(name: str) -> None:
    """A row about the one is the row about the other with the names exchanged."""
    case = shipped(name)
    names = [party_name(case, party) for party in pair_of(case)]
    rows = {row.name: row.what for row in exchanged(name).rows}
    compared = 0
    for one, words in rows.items():
        head, _, party = one.rpartition(".")
        if party == pair_of(case)[0]:
            assert (
                words.replace(f"by {names[0]}", f"by {names[1]}", 1).replace(f"if {names[0]}", f"if {names[1]}", 1)
                == rows[f"{head}.{pair_of(case)[1]}"]
            )
            compared += 1
    assert compared > 4
