"""Every judgement of a shipped case leads to a statement, a table or an assumption; every share says what it is a share of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from rich.table import Table
from rich.text import Text

from zopa.case import Basis, Case, bases_of, load_case, other_numbers, settlement_bases, uses
from zopa.cases import shipped_case, shipped_cases
from zopa.report.answer import answer_sentence
from zopa.report.terminal import summary
from zopa.settlement import Sample, Settlement, sample, settle, settlement_json
from zopa.space import judgements_of

PER_CENT = re.compile(r"\d\s%")
# Columns that show what options are called: a per cent sign there is the option's.
NAMES_OF_OPTIONS = {"Package", "first package", "says", "Condition of", "against stated conditions"}


@cache
def shipped(name: str) -> tuple[Case, Settlement, Sample]:
    case = load_case(shipped_case(name))
    return case, settle(case), sample(case, draws=8, seed=1)


def leads_somewhere(case: Case, basis: Basis) -> bool:
    """Return whether a basis names statements, tables or assumptions that are there, or gives a reason in words."""
    tables = {name for name, source in case.sources.items() if source.kind == "table"}
    if not set(basis.because) <= set(case.statements) | tables:
        return False
    return bool(basis.because) or bool((basis.assume or "").strip())


def judged(case: Case) -> Iterator[tuple[str, Basis]]:
    """Give everything in a case that somebody judged, with what it rests on."""
    yield from ((one.path, one.basis) for one in judgements_of(case))
    yield from ((path, basis) for path, _, basis in other_numbers(case))
    for name, preferences in case.preferences.items():
        yield from ((f"preferences.{name}", basis) for basis in bases_of(preferences))
    yield from ((f"party {name}", party.basis) for name, party in case.parties.items())
    yield from ((f"principal {one.id}", one.basis) for party in case.parties.values() for one in party.principals)
    yield from ((f"{issue.id}.{one.id}", one.basis) for issue in case.issues.values() for one in issue.options)
    for block in (case.rules, case.assumptions, case.packages, case.gates, case.levers):
        yield from ((name, one.basis) for name, one in block.items())
    yield from (("correlation", one.basis) for one in case.correlations)


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_every_judgement_leads_to_a_statement_a_table_or_an_assumption(name: str) -> None:
    case, _, _ = shipped(name)
    found = list(judged(case))
    assert len(found) > 40
    assert [where for where, basis in found if not leads_somewhere(case, basis)] == []


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_every_basis_is_there_and_used(name: str) -> None:
    case, _, _ = shipped(name)
    known = {*case.statements, *case.sources, *case.assumptions}
    assert set(uses(case)) <= known
    assert set(case.assumptions) <= set(uses(case))
    assert all(one.source in case.sources and one.quote for one in case.statements.values())
    spans = [(one, case.sources[one.source].text) for one in case.statements.values()]
    assert all(text is None or text[one.span[0] : one.span[1]].strip() for one, text in spans)


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_the_answer_names_only_bases_that_are_there(name: str) -> None:
    case, settlement, drawn = shipped(name)
    data = settlement_json(settlement, drawn)
    bases = data["bases"]
    assert set(bases["statements"]) <= set(case.statements)
    assert set(bases["sources"]) <= set(case.sources)
    assert set(bases["assumptions"]) <= set(case.assumptions)
    assert not bases["reasons"]["truncated"]
    assert all(reason.strip() for reason in bases["reasons"]["list"])
    # Whatever else the answer says about bases leads to the same ids.
    named = set(inside(data, "because")) | set(inside(data, "wishes_unmet")) | set(inside(data, "statement"))
    assert named <= {*case.statements, *case.sources}
    assert set(inside(data, "assumption")) <= set(case.assumptions)
    # And what every number of settlement rests on is among them.
    found = settlement_bases(case)
    for judgement in judgements_of(case):
        assert set(judgement.basis.because) <= {*found.statements, *found.sources}
        reason = judgement.basis.assume
        assert reason is None or reason in {*found.assumptions, *found.reasons}


def inside(data: Any, wanted: str) -> Iterator[str]:
    """Give every id that stands under a key, at any depth."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == wanted and value is not None:
                yield from value if isinstance(value, list) else [value]
            else:
                yield from inside(value, wanted)
    elif isinstance(data, list):
        for one in data:
            yield from inside(one, wanted)


# Shares ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_cases())
def test_the_headline_says_in_which_share_of_the_assumptions(name: str) -> None:
    case, settlement, drawn = shipped(name)
    sentence = answer_sentence(case, settlement, drawn)
    assert PER_CENT.search(sentence)
    assert sentence.endswith("of the assumptions.")
    span = drawn.zone_span()
    shown = {f"{round(100 * count / drawn.draws)}" for count in (span.lowest, span.highest)}
    assert shown <= set(re.findall(r"\d+", sentence)) | {"100", "0"}


@pytest.mark.parametrize("name", shipped_cases())
def test_every_share_on_the_terminal_is_labelled(name: str) -> None:
    """A per cent sign about acceptance stands in a sentence or under a head that says what it is a share of."""
    _, settlement, drawn = shipped(name)
    parts = list(summary(settlement, drawn).renderables)
    words = [part.plain if isinstance(part, Text) else "" for part in parts]
    # The sentence that says what a share is stands before the first figure that needs it.
    explained = words.index("A share counts assumptions; it is not the chance of an agreement.")
    options = {option.name for issue in settlement.case.issues.values() for option in issue.options}
    for number, part in enumerate(parts):
        if isinstance(part, Text):
            if PER_CENT.search(part.plain) and not any(option in part.plain for option in options):
                assert "of the assumptions" in part.plain or number > explained, part.plain
        elif isinstance(part, Table):
            for column in part.columns:
                head = str(column.header)
                if head in NAMES_OF_OPTIONS or not any(PER_CENT.search(str(cell)) for cell in column.cells):
                    continue
                assert number > explained
                assert "share of the assumptions" in head, head


@pytest.mark.parametrize("name", shipped_cases())
def test_shares_for_other_programs_are_named_and_bounded(name: str) -> None:
    _, settlement, drawn = shipped(name)
    data = settlement_json(settlement, drawn)
    assert data["scenarios"]["what"] == "shares of assumptions, never chances"
    for share in shares(data):
        values = [value for value in share.values() if value is not None]
        assert set(share) >= {"lowest", "highest"}
        assert all(0 <= value <= 1 for value in values)
        assert share["lowest"] is None or share["lowest"] <= share["highest"] <= share["highest_if_unknown_granted"]


def shares(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in {"zone_share", "acceptable_share"} and isinstance(value, dict):
                yield value
            else:
                yield from shares(value)
    elif isinstance(data, list):
        for one in data:
            yield from shares(one)
