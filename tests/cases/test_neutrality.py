"""Even-handedness of every shipped case: parties exchanged, statements left out, narration, the as-of date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.transforming import (
    day_after,
    limits,
    narration,
    pair_of,
    plain,
    redated,
    relabelled,
    sample_from,
    turned,
    without,
    without_line,
)
from zopa.case import Case, load_case, read_text, swap_parties
from zopa.cases import shipped_case, shipped_cases
from zopa.settlement import Sample, Settlement, sample, settle, settlement_json, text_alone
from zopa.space import Scenarios, Streams, draw_scenarios, package_space

DRAWS = 24
STATEMENTS = [(name, one) for name in shipped_cases() for one in load_case(shipped_case(name)).statements]


@cache
def shipped(name: str) -> Case:
    return load_case(shipped_case(name))


@cache
def sampled(name: str) -> Sample:
    return sample(shipped(name), draws=DRAWS, seed=4)


@cache
def drawn_numbers(name: str) -> Scenarios:
    return draw_scenarios(shipped(name), 2, draws=12)


@cache
def shipped_counts(name: str) -> list[tuple[tuple[str, ...], int]]:
    return text_counts(shipped(name))


@cache
def shipped_conclusions(name: str) -> dict[str, object]:
    return conclusions(shipped(name), sampled(name))


# Swap ------------------------------------------------------------------------------------------------


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_exchanging_two_parties_exchanges_the_whole_answer(name: str) -> None:
    """All data of the pair change places and every stream travels with its data: nothing but the names differs."""
    case = shipped(name)
    before, drawn = settle(case), sampled(name)
    pair = pair_of(case)
    names = turned(*pair)
    swapped = swap_parties(case, *pair)
    other = swapped.case
    assert list(other.parties) == list(case.parties)
    assert other.parties[pair[0]].name == case.parties[pair[1]].name
    after, redrawn = settle(other), sample_from(other, Streams(4, swapped.streams), DRAWS)
    same_settlement(before, after, names)
    same_sample(drawn, redrawn, names)
    first, second = settlement_json(before, drawn), relabelled(settlement_json(after, redrawn), names)
    assert first["frontier"]["truncated"] is False
    for data in (first, second):
        del data["case"]["digest"], data["scenario"]  # a swapped case is another case
    assert plain(first) == plain(second)


def same_settlement(before: Settlement, after: Settlement, names: dict[str, str]) -> None:
    assert before.zone.tolist() == after.zone.tolist()
    assert before.possible.tolist() == after.possible.tolist()
    for party, verdict in before.verdicts.parties.items():
        mirrored = after.verdicts.parties[names.get(party, party)]
        assert (verdict.accepts.surely == mirrored.accepts.surely).all()
        assert (verdict.asked.surely == mirrored.asked.surely).all()
        assert before.no_deal(party) == after.no_deal(names.get(party, party))
        if verdict.values is not None:
            assert mirrored.values is not None
            assert (verdict.values == mirrored.values).all()
    assert before.frontier is not None
    assert after.frontier is not None
    assert sorted(before.frontier.rows.tolist()) == sorted(after.frontier.rows.tolist())
    assert set(before.points) == set(after.points)
    for concept, point in before.points.items():
        assert before.tied_packages(concept).tolist() == after.tied_packages(concept).tolist()
        assert point.value == after.points[concept].value
    assert {names.get(party, party): size for party, size in before.opens.items()} == after.opens


def same_sample(drawn: Sample, redrawn: Sample, names: dict[str, str]) -> None:
    mirrored = {readings_key(relabelled(one.reading, names)): one for one in redrawn.readings}
    assert len(mirrored) == len(drawn.readings)
    for one in drawn.readings:
        other = mirrored[readings_key(one.reading)]
        assert (one.open_draws, one.possible_draws) == (other.open_draws, other.possible_draws)
        assert (one.acceptable == other.acceptable).all()
        assert (one.possible == other.possible).all()
        assert {names.get(party, party): count for party, count in one.opens.items()} == other.opens
        for party, counts in one.blocked_by.items():
            assert (counts == other.blocked_by[names.get(party, party)]).all()
    assert [(one.band, one.span) for one in drawn.bands] == [(one.band, one.span) for one in redrawn.bands]
    assert [(one.band, one.span) for one in drawn.levels] == [(one.band, one.span) for one in redrawn.levels]


def readings_key(reading: Any) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(dict(reading).items()))


def test_the_exchange_would_notice_a_party_that_is_favoured() -> None:
    """The guard itself is tested: a case changed for one party only does not pass."""
    case = shipped("panama-1977")
    names = turned("USA", "PAN")
    spoilt = settle(without_points(swap_parties(case, "USA", "PAN").case))
    with pytest.raises(AssertionError):
        same_settlement(settle(case), spoilt, names)


def without_points(case: Case) -> Case:
    return replace(case, preferences={**case.preferences, "USA": replace(case.preferences["PAN"], party="USA")})


# A case that is its own mirror image -----------------------------------------------------------------


@st.composite
def mirrored_tables(draw: st.DrawFn) -> tuple[list[list[int]], int, bool]:
    shape = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    rows = [[draw(st.integers(0, 20)) for _ in range(count)] for count in shape]
    return rows, draw(st.integers(0, 30)), draw(st.booleans())


def mirror_case(rows: list[list[int]], no_deal: str, line: bool) -> Case:
    """Return a case in which B's points are A's with the options of every issue in reverse order."""
    lines = ["zopa: 1", "title: A mirror", "as_of: 2025-01-01", "assume: made up", "alike: [A, B]", "parties: {A: One, B: Other}"]
    lines += ["issues:"]
    lines += [f"  i{k}: {{options: [{', '.join(f'o{number}' for number in range(len(row)))}]}}" for k, row in enumerate(rows)]
    lines += [f"assumptions: {{n: {{value: {no_deal}, per: [A, B], assume: the same for both}}}}", "preferences:"]
    for party, way in (("A", 1), ("B", -1)):
        points = ", ".join(f"i{k}: [{', '.join(str(value) for value in row[::way])}]" for k, row in enumerate(rows))
        refused = "o0" if way > 0 else f"o{len(rows[0]) - 1}"
        red = f", red_lines: {{L{party}: {{refuses: i0 = {refused}}}}}" if line else ""
        lines.append(f"  {party}: {{points: {{{points}}}, no_deal: {{value: n}}{red}}}")
    reading = read_text("\n".join(lines) + "\n", Path("mirror/case.yaml"))
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    return reading.case


@pytest.mark.property
@given(mirrored_tables())
def test_a_symmetric_case_has_a_symmetric_settlement(drawn: tuple[list[list[int]], int, bool]) -> None:
    rows, no_deal, line = drawn
    found = settle(mirror_case(rows, str(no_deal), line))
    last = found.space.size - 1  # the mirror image of a package has every option counted from the other end

    def mirror(indices: Any) -> list[int]:
        return sorted(last - int(index) for index in indices)

    assert mirror(found.zone) == found.zone.tolist()
    one, other = found.verdicts.parties["A"], found.verdicts.parties["B"]
    assert (one.accepts.surely[0] == other.accepts.surely[0][::-1]).all()
    if found.frontier is not None:
        assert mirror(found.zone[found.frontier.rows]) == sorted(found.zone[found.frontier.rows].tolist())
        for concept in found.points:
            assert mirror(found.tied_packages(concept)) == found.tied_packages(concept).tolist()


@pytest.mark.property
@given(mirrored_tables(), st.integers(0, 2**32))
def test_a_symmetric_case_has_symmetric_shares(drawn: tuple[list[list[int]], int, bool], seed: int) -> None:
    rows, no_deal, line = drawn
    case = mirror_case(rows, f"0..{no_deal + 1}", line)
    before = sample(case, draws=30, seed=seed)
    after = sample_from(case, Streams(seed, {"n.A": "n.B", "n.B": "n.A"}), 30)
    (one,), (other,) = before.readings, after.readings
    assert one.open_draws == other.open_draws
    assert (one.acceptable == other.acceptable[::-1]).all()
    assert (one.blocked_by["A"] == other.blocked_by["B"][::-1]).all()


# Delete one statement --------------------------------------------------------------------------------


def same_numbers(first: Scenarios, second: Scenarios) -> bool:
    """Return whether every utility, no-deal value and red line of two ensembles is the same."""
    for name, one in first.parties.items():
        other = second.parties[name]
        if (one.no_deal is None) != (other.no_deal is None):
            return False
        if not same_arrays(one.points, other.points):
            return False
        if one.no_deal is not None and other.no_deal is not None and not same_arrays(one.no_deal.values, other.no_deal.values):
            return False
        if list(one.binds) != list(other.binds) or any((one.binds[line] != other.binds[line]).any() for line in one.binds):
            return False
    return True


def conclusions(case: Case, drawn: Sample) -> dict[str, object]:
    """Return what the answer says: the counts of the text alone, and the shares."""
    text = text_alone(case, package_space(case))
    span = drawn.zone_span()
    found: dict[str, object] = {
        "strictest": None if text.strictest is None else text.strictest.compatible,
        "counts": tuple(sorted({one.compatible for one in text.readings})),
        "zone": (span.lowest, span.highest, span.possible),
    }
    settlement = settle(case)
    found["base zone"] = len(settlement.zone)
    for name in case.packages:
        members = settlement.members(name)
        found[f"acceptable {name}"] = drawn.acceptable_span(members)
        found[f"blocked {name}"] = [drawn.blocked_span(party, members) for party in case.parties]
    return found


# What changes when a statement goes with the red lines and orders that rest on it alone; nothing for all others.
CHANGES: dict[str, dict[str, str]] = {
    "labour-contract": {"s3": "counts strictest", "s7": "counts strictest"},
    "ukraine-2025": {
        "s12": "acceptable blocked counts zone",
        "s14": "base counts strictest zone",
        "s15": "acceptable blocked zone",
        "s17": "blocked counts strictest",
        "s22": "blocked",
    },
}


@pytest.mark.property
@pytest.mark.parametrize(("name", "statement"), STATEMENTS)
def test_without_one_statement_only_what_rests_on_it_changes(name: str, statement: str) -> None:
    case = shipped(name)
    fewer = without(case, [statement])
    assert statement not in fewer.statements
    before, after = drawn_numbers(name), draw_scenarios(fewer, 2, draws=12)
    touched = {party for party in case.preferences if limits(case.preferences[party]) != limits(fewer.preferences[party])}
    for party, one in before.parties.items():
        if party not in touched:
            assert same_arrays(one.points, after.parties[party].points)
    if not touched:
        assert same_numbers(before, after)
        assert shipped_counts(name) == text_counts(fewer)
        assert CHANGES.get(name, {}).get(statement) is None
    else:
        was, now = shipped_conclusions(name), conclusions(fewer, sample(fewer, draws=DRAWS, seed=4))
        assert " ".join(sorted({key.split()[0] for key in was if was[key] != now[key]})) == CHANGES[name][statement]


def same_arrays(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return bool((one == other).all())


def text_counts(case: Case) -> list[tuple[tuple[str, ...], int]]:
    return [(one.binding, one.compatible) for one in text_alone(case, package_space(case)).readings]


@pytest.mark.published
@pytest.mark.parametrize("statement", shipped("ukraine-2025").statements)
def test_the_ukraine_counts_without_one_statement(statement: str) -> None:
    """The expected values of our page on the case, counted there by another program."""
    expected = {"s12": 840, "s14": 1680, "s17": 1176}.get(statement, 840)
    case = shipped("ukraine-2025")
    fewer = without(case, [statement])
    found = text_alone(fewer, package_space(fewer)).strictest
    assert found is not None
    assert found.compatible == expected
    # The answer itself says the same of the statements behind a stated condition.
    said = text_alone(case, package_space(case)).without
    assert said.get(statement, 840) == expected
    assert set(said) <= {"s12", "s14", "s17"}


# Narration -------------------------------------------------------------------------------------------


def test_each_case_says_something_that_bears_no_number() -> None:
    assert {"s13", "s25", "s26"} <= set(narration(shipped("ukraine-2025")))
    assert {"b2", "b10"} & set(narration(shipped("panama-1977")))
    assert "s12" in narration(shipped("labour-contract"))


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_narration_bears_no_utility_constraint_or_ranking(name: str) -> None:
    """The lines go from the file itself, and the whole answer stays but for the list of what was said."""
    case = shipped(name)
    text = case.text
    for statement in narration(case):
        text = without_line(text, statement)
    reading = read_text(text, case.file)
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    assert len(reading.case.statements) == len(case.statements) - len(narration(case))
    assert same_numbers(draw_scenarios(case, 3, draws=60), draw_scenarios(reading.case, 3, draws=60))
    before = settlement_json(settle(case), sampled(name))
    after = settlement_json(settle(reading.case), sample(reading.case, draws=DRAWS, seed=4))
    for data in (before, after):
        del data["case"]["digest"], data["scenario"]
        for listing in ("positions", "reported_by_others", "about_no_party", "no_position"):
            del data["text"][listing]
    assert before == after


# As of -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_cases())
def test_statements_and_sources_after_the_as_of_date_are_refused(name: str) -> None:
    """Each is dated in the text of the file: on the last day that counts all pass, a day later every one of them is named."""
    case = shipped(name)
    late, last = case.text, case.text
    items = [(one, "said") for one in case.statements] + [(one.id, "date") for one in case.sources.values() if one.date]
    for item, key in items:
        last = redated(last, item, key, case.as_of)
        late = redated(late, item, key, day_after(case))
    assert read_text(last, case.file).case is not None
    reading = read_text(late, case.file)
    assert reading.case is None
    assert {fault.code for fault in reading.faults} == {"ZC036"}
    lines = late.splitlines()
    named = [lines[fault.place.line - 1].strip().partition(":")[0] for fault in reading.faults]
    assert sorted(named) == sorted(item for item, _ in items)


@pytest.mark.parametrize("name", shipped_cases())
def test_one_statement_after_the_as_of_date_is_enough(name: str) -> None:
    case = shipped(name)
    for statement in list(case.statements)[::7]:
        late = read_text(redated(case.text, statement, "said", day_after(case)), case.file)
        assert late.case is None
        assert [(fault.code, fault.text) for fault in late.faults] == [("ZC036", str(day_after(case)))]


@pytest.mark.parametrize("name", shipped_cases())
def test_an_earlier_as_of_date_refuses_what_came_later(name: str) -> None:
    """The date of the case itself is moved: everything said after it is named."""
    case = shipped(name)
    dates = [one.said for one in case.statements.values() if one.said] + [one.date for one in case.sources.values() if one.date]
    earliest = min(dates)
    text = case.text.replace(f"as_of: {case.as_of}", f"as_of: {earliest - timedelta(days=1)}", 1)
    late = read_text(text, case.file)
    assert late.case is None
    assert [fault.code for fault in late.faults].count("ZC036") >= len(dates)
