"""Settlement of whole cases: generated ones against brute force, published and hand-made ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from tests.strategies import Clause, Spec, specs
from zopa.case import load_case, read_text
from zopa.settlement import CONCEPTS, Settlement, minimal_conflict_sets, settle, settlement_json, voting
from zopa.space import Verdicts


def points_of(settlement: Settlement, concept: str) -> set[int]:
    return {int(index) for index in settlement.tied_packages(concept)}


@pytest.mark.oracle
@pytest.mark.property
@given(specs())
def test_a_whole_case_agrees_with_brute_force(spec: Spec) -> None:
    agrees_with_brute_force(spec)


def agrees_with_brute_force(spec: Spec) -> None:
    settlement = settle(spec.case())
    zone = [spec.index(package) for package in spec.zone()]
    assert settlement.zone.tolist() == zone
    assert settlement.possible.tolist() == zone
    assert settlement.text.allowed == sum(spec.allowed(package) for package in spec.packages())
    if not zone:
        assert settlement.frontier is None
        assert not settlement.points
        return
    efficient = spec.efficient()
    assert settlement.frontier is not None
    assert settlement.zone[settlement.frontier.rows].tolist() == [spec.index(package) for package in efficient]
    assert len(settlement.frontier.vectors) == len({spec.vector(package) for package in efficient})
    assert points_of(settlement, "nash") == spec.nash()
    assert points_of(settlement, "egalitarian") == spec.egalitarian()
    assert points_of(settlement, "utilitarian") == spec.utilitarian()
    assert points_of(settlement, "kalai_smorodinsky") == spec.kalai_smorodinsky()
    assert points_of(settlement, "kalai_smorodinsky_global") == spec.kalai_smorodinsky_global()
    assert points_of(settlement, "relative_welfare") == spec.relative_welfare()
    assert points_of(settlement, "leximin") == spec.leximin()
    found = settlement.points_range()
    chosen = set().union(*(points_of(settlement, concept) for concept in settlement.points))
    assert found is not None
    assert found.packages == len(chosen)
    for seat, party in enumerate(settlement.seats):
        values = [settlement.party_points(party, index) for index in chosen]
        assert (found.lowest[seat], found.highest[seat]) == (min(values), max(values))  # type: ignore[type-var]


@pytest.mark.oracle
@given(specs(), st.data())
def test_every_package_says_who_blocks_it(spec: Spec, data: st.DataObject) -> None:
    settlement = settle(spec.case())
    package = data.draw(st.sampled_from(list(spec.packages())))
    view = settlement.view(spec.index(package))
    refusing = [party for party in spec.parties if spec.asked(party, package) and not spec.accepts(party, package)]
    assert sorted(view.blockers()) == sorted(refusing)
    assert view.allowed == spec.allowed(package)
    assert view.adopted is (spec.allowed(package) and not refusing)
    for party in spec.parties:
        assert view.gains[party] == spec.value(party, package) - spec.no_deal[party]
    assert view.efficient == (package in spec.efficient())


@pytest.mark.property
@given(specs(), st.randoms(use_true_random=False))
def test_relabelling_parties_and_options_changes_only_labels(spec: Spec, random: Any) -> None:
    names = spec.parties.copy()
    random.shuffle(names)
    turned = dict(zip(spec.parties, names, strict=True))
    orders = [random.sample(range(count), count) for count in spec.shape]

    def moved(clause: Clause) -> Clause:
        def put(literals: list[tuple[int, tuple[int, ...]]]) -> list[tuple[int, tuple[int, ...]]]:
            return [(issue, tuple(orders[issue][option] for option in options)) for issue, options in literals]

        return Clause(put(clause.when), put(clause.then))

    def row(party: str, issue: int) -> list[Fraction]:
        found = [Fraction(0)] * spec.shape[issue]
        for option, value in enumerate(spec.points[party][issue]):
            found[orders[issue][option]] = value
        return found

    other = Spec(
        [turned[party] for party in reversed(spec.parties)],
        spec.shape,
        {turned[party]: [row(party, issue) for issue in range(len(spec.shape))] for party in spec.parties},
        {turned[party]: spec.no_deal[party] for party in spec.parties},
        [moved(clause) for clause in spec.rules],
        {turned[party]: [moved(clause) for clause in lines] for party, lines in spec.red_lines.items()},
        {turned[party]: moved(Clause(literals)).when for party, literals in spec.consent.items()},
    )

    def relabelled(indices: Any) -> set[int]:
        packages = list(spec.packages())
        by_index = {spec.index(package): package for package in packages}
        return {
            spec.index(tuple(orders[issue][option] for issue, option in enumerate(by_index[int(index)]))) for index in indices
        }

    first, second = settle(spec.case()), settle(other.case())
    assert relabelled(first.zone) == set(second.zone.tolist())
    assert set(first.points) == set(second.points)
    for concept in first.points:
        assert relabelled(first.tied_packages(concept)) == points_of(second, concept)


@pytest.mark.property
@given(specs(), st.fractions(min_value=Fraction(1, 9), max_value=9, max_denominator=9), st.integers(-50, 50))
def test_a_positive_affine_change_of_one_party_changes_no_zone(spec: Spec, factor: Fraction, shift: int) -> None:
    party = spec.parties[0]
    changed = [[value * factor for value in row] for row in spec.points[party]]
    changed[0] = [value + shift for value in changed[0]]
    other = replace(
        spec,
        points={**spec.points, party: changed},
        no_deal={**spec.no_deal, party: spec.no_deal[party] * factor + shift},
    )
    first, second = settle(spec.case()), settle(other.case())
    assert first.zone.tolist() == second.zone.tolist()
    for concept in ("nash", "kalai_smorodinsky", "kalai_smorodinsky_global", "relative_welfare"):
        if concept in first.points and first.points[concept].vectors:
            assert first.points[concept].compares == second.points[concept].compares
            if not first.points[concept].compares:
                assert points_of(first, concept) == points_of(second, concept)


def test_nash_says_when_it_compares_points_between_parties() -> None:
    # No package gives both a gain: a gains in one, b in another, so a's unit decides between them.
    def spec(unit: Fraction) -> Spec:
        points = {"a": [[Fraction(0), unit, Fraction(0)]], "b": [[Fraction(0), Fraction(0), Fraction(1)]]}
        return Spec(["a", "b"], [3], points, {"a": Fraction(0), "b": Fraction(0)}, [], {}, {})

    tied, apart = settle(spec(Fraction(1)).case()), settle(spec(Fraction(1, 9)).case())
    assert (points_of(tied, "nash"), points_of(apart, "nash")) == ({1, 2}, {2})
    for settlement in (tied, apart):
        assert settlement.points["nash"].compares
        assert any("Nash" in note for note in settlement.notes)


@pytest.mark.property
@given(specs(), st.data())
def test_an_exactly_met_minimum_is_met_and_a_higher_one_shrinks_the_zone(spec: Spec, data: st.DataObject) -> None:
    party = data.draw(st.sampled_from(spec.parties))
    before = set(settle(spec.case()).zone.tolist())
    package = data.draw(st.sampled_from(list(spec.packages())))
    spec.no_deal[party] = max(spec.no_deal[party], spec.value(party, package))
    after = set(settle(spec.case()).zone.tolist())
    assert after <= before
    if spec.index(package) in before and spec.value(party, package) == spec.no_deal[party]:
        assert spec.index(package) in after


@pytest.mark.property
@given(specs())
def test_an_empty_zone_has_a_minimal_conflict(spec: Spec) -> None:
    settlement = settle(spec.case())
    assert bool(settlement.conflict) == (not spec.zone())
    items = {item.id for item in settlement.conflict}

    def excluded(kept: set[str]) -> bool:
        """Whether the kept items exclude every package."""
        for package in spec.packages():
            broken = any(f"R{number}" in kept and not clause.holds(package) for number, clause in enumerate(spec.rules))
            for party in spec.parties:
                if spec.asked(party, package):
                    broken |= f"no_deal:{party}" in kept and spec.value(party, package) < spec.no_deal[party]
                    lines = enumerate(spec.red_lines.get(party, []))
                    broken |= any(f"L{party}{number}" in kept and not clause.holds(package) for number, clause in lines)
            if not broken:
                return False
        return True

    if items:
        assert excluded(items)
        for item in items:
            assert not excluded(items - {item})


# Reference values ------------------------------------------------------------------------------------


def case_of(name: str) -> Settlement:
    return settle(load_case(CASES / f"{name}.yaml"))


@pytest.mark.published
def test_panama_canal_points_of_raiffa_1982() -> None:
    settlement = case_of("panama")
    assert settlement.frontier is not None
    assert (len(settlement.zone), len(settlement.frontier.vectors), len(settlement.frontier.rows)) == (1024, 20, 26)
    assert points_of(settlement, "nash") == {175}
    assert points_of(settlement, "utilitarian") == {47, 175}
    assert settlement.points["nash"].value == 4352
    assert settlement.points["egalitarian"].value == 64


def test_the_labour_contract_has_its_known_answers() -> None:
    settlement = case_of("labour")
    assert len(settlement.zone) == 51
    assert settlement.frontier is not None
    assert len(settlement.frontier.rows) == 8
    assert settlement.points["nash"].value == 672
    assert settlement.points["egalitarian"].value == 24
    assert settlement.points["utilitarian"].value == 124
    only = int(settlement.tied_packages("nash")[0])
    assert settlement.space.options(only) == {"wage": "6", "term": "y3", "health": "h70", "notice": "m3"}
    assert [settlement.party_points(party, only) for party in ("union", "employer")] == [63, 59]


def test_a_strike_fund_lifts_the_no_deal_value_in_steps() -> None:
    text = (CASES / "labour.yaml").read_text(encoding="utf-8").replace("no_deal: 35", "no_deal: 45", 1)
    reading = read_text(text, CASES / "labour.yaml")
    assert reading.case is not None
    settlement = settle(reading.case)
    assert settlement.frontier is not None
    assert (len(settlement.zone), len(settlement.frontier.rows)) == (36, 6)
    assert settlement.points["nash"].value == 432
    first = int(settlement.tied_packages("egalitarian")[0])
    assert [settlement.party_points(party, first) for party in ("union", "employer")] == [67, 54]


def test_the_toy_without_a_zone_names_a_known_conflict() -> None:
    settlement = case_of("conflict")
    assert settlement.text.allowed == 5
    known = [{"L2", "L3", "no_deal:x"}, {"L1", "L2", "L3", "R1"}]
    assert {item.id for item in settlement.conflict} in known
    assert settlement.opens == {"x": 2, "y": 3}


def test_a_game_decided_by_votes_counts_votes_and_vetoes() -> None:
    settlement = case_of("game")
    assert len(settlement.zone) == 9
    assert set(settlement.points) == {"egalitarian", "leximin", "utilitarian"}
    verdicts: Verdicts = settlement.verdicts
    for index in settlement.zone:
        yes = [party for party in settlement.seats if verdicts.parties[party].accepts.surely[0, index]]
        assert len(yes) >= 5
        assert {"dev", "fund"} <= set(yes)


def toy_text(toy: dict[str, Any]) -> str:
    """A reference case in our case file."""
    parties = [f"p{number}" for number in range(len(toy["parties"]))]
    names = dict(zip(toy["parties"], parties, strict=True))
    shape = [len(options) for _, options in toy["issues"]]

    def literal(one: list[Any]) -> str:
        return f"i{one[0]} = {'|'.join(f'o{option}' for option in one[1])}"

    voting = toy.get("voting", {"type": "unanimity"})
    seats = [names[party] for party in voting.get("seats", toy["parties"])]
    lines = ["zopa: 1", "title: toy", "as_of: 2025-01-01", "assume: reference", "parties:"]
    for title, party in names.items():
        if party in seats:
            lines.append(f"  {party}: {party}")
        else:
            consent = " or ".join(literal(one) for one in voting["consent_if"][title])
            lines.append(f"  {party}: {{seat: guarantor, consent_if: {consent}}}")
    if voting["type"] == "k_of_n":
        lines.append(f"agreement: {{need: {voting['k']}, veto: [{', '.join(names[party] for party in voting['vetoes'])}]}}")
    if "influence" in toy:
        given_influence = ", ".join(f"{party}: {weight}" for party, weight in zip(parties, toy["influence"], strict=True))
        lines.append(f"influence: {{{given_influence}}}")
    lines.append("issues:")
    for number, count in enumerate(shape):
        lines.append(f"  i{number}: {{options: [{', '.join(f'o{option}' for option in range(count))}]}}")
    if toy.get("rules"):
        lines.append("rules:")
        for rule in toy["rules"]:
            when = " and ".join(literal(one) for one in rule.get("if", rule.get("all", [])))
            then = " and ".join(literal(one) for one in rule.get("then", []))
            lines.append(f"  {rule['id']}: " + (f"({then}) if ({when})" if rule["type"] == "implies" else f"not ({when})"))
    lines.append("preferences:")
    for title, party in names.items():
        lines.append(f"  {party}:")
        lines.append("    points:")
        for number, row in enumerate(toy["scores"][title]):
            lines.append(f"      i{number}: [{', '.join(str(value) for value in row)}]")
        if toy["no_deal"].get(title) is not None:
            lines.append(f"    no_deal: {toy['no_deal'][title]}")
        own = [line for line in toy.get("red_lines", []) if line["party"] == title]
        if own:
            lines.append("    red_lines:")
            for line in own:
                lines.append(f"      {line['id']}: {{refuses: {' and '.join(literal(one) for one in line['all'])}}}")
    return "\n".join(lines) + "\n"


def check_reference(toy: dict[str, Any], results: dict[str, Any], settlement: Settlement) -> None:
    assert settlement.text.total == results["packages"]
    assert len(settlement.zone) == results["zone_size"]
    if "admissible" in results:
        assert settlement.text.allowed == results["admissible"]
    for title, size in results.get("accepted_by", {}).items():
        verdict = settlement.verdicts.parties[f"p{toy['parties'].index(title)}"]
        assert int((verdict.accepts.surely & settlement.verdicts.allowed).sum()) == size
    opens = voting(settlement).opens
    for title, size in results.get("zone_size_if_party_always_accepts", {}).items():
        assert opens.get(f"p{toy['parties'].index(title)}", len(settlement.zone)) == size
    if "zone_ideal" in results and results["zone_size"]:
        seats = [int(party[1:]) for party in settlement.seats]
        for seat, ideal in zip(seats, results["zone_ideal"], strict=True):
            best = max(settlement.party_points(f"p{seat}", int(index)) or 0 for index in settlement.zone)
            assert float(best) == pytest.approx(float(Fraction(str(ideal))), abs=1e-8)
    if "zone_packages" in results:
        assert settlement.zone.tolist() == results["zone_packages"]
    if results["zone_size"]:
        assert settlement.frontier is not None
        assert len(settlement.frontier.vectors) == results["frontier_vectors"]
        assert settlement.zone[settlement.frontier.rows].tolist() == results["frontier_package_indices"]
        for concept in CONCEPTS:
            expected = results.get("solutions", {}).get(concept)
            found = settlement.points.get(concept)
            if expected is None:
                assert found is None or not found.vectors or settlement.case.agreement.need is not None
            else:
                assert points_of(settlement, concept) == set(expected["packages"])
                check_solution(expected, settlement, concept)
    elif "minimal_conflict_sets" in results:
        wanted = [{name.replace("no_deal:", "no_deal:p") for name in one} for one in results["minimal_conflict_sets"]]
        titles = {f"no_deal:p{title}": f"no_deal:p{number}" for number, title in enumerate(toy["parties"])}
        assert {item.id for item in settlement.conflict} in [{titles.get(name, name) for name in one} for one in wanted]


def check_solution(expected: dict[str, Any], settlement: Settlement, concept: str) -> None:
    """Hold value and points of a solution point against the reference."""
    point = settlement.points[concept]
    value = expected.get("value")
    if isinstance(value, list):
        assert list(point.ascending) == [Fraction(str(one)) for one in value]
    elif value is not None and point.gainers in {None, len(settlement.seats)}:
        assert point.value == Fraction(str(value))
    if "scores" in expected:
        assert settlement.frontier is not None
        found = []
        for vector in point.vectors:
            first = int(settlement.zone[int(settlement.frontier.rows_of(vector)[0])])
            found.append([settlement.party_points(party, first) for party in settlement.seats])
        for row, wanted in zip(found, expected["scores"], strict=True):
            assert [float(one or 0) for one in row] == pytest.approx([float(Fraction(str(one))) for one in wanted], abs=1e-8)


@pytest.mark.published
def test_every_reference_case_in_what_this_room_delivers(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))
    everything: dict[str, dict[str, Any]] = reference["cases"]
    checked = 0
    for name, one in everything.items():
        for variant, results in _variants(one):
            toy = dict(one)
            if "asymmetric_nash" in results.get("solutions", {}):
                toy["influence"] = [2, 1, 1, 1][: len(one["parties"])]
            if variant == "no_deal_60_percent":
                toy["no_deal"] = {title: str(Fraction(3, 5) * Fraction(str(one["full_score"]))) for title in one["parties"]}
            if variant == "exactly_met":
                toy["no_deal"] = _exactly_met(one, results["no_deal_is_score_of_package"])
            reading = read_text(toy_text(toy), Path("toy/case.yaml"))
            assert reading.case is not None, (name, [str(finding) for finding in reading.findings])
            check_reference(toy, results, settle(reading.case))
            checked += 1
    assert checked >= 12


def _variants(one: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    results = one["results"]
    if "base" in results:
        return list(results.items())
    return [("base", results)]


def _exactly_met(one: dict[str, Any], index: int) -> dict[str, str]:
    digits = []
    for _, options in reversed(one["issues"]):
        index, digit = divmod(index, len(options))
        digits.append(digit)
    digits.reverse()
    return {
        title: str(sum((Fraction(str(one["scores"][title][issue][digit])) for issue, digit in enumerate(digits)), Fraction(0)))
        for title in one["parties"]
    }


TOYS: dict[str, dict[str, Any]] = {
    # The traps of settlement.md, section 7, in our own numbers.
    "a minimum met exactly where sums of doubles fall short": {
        "parties": ["A", "B"],
        "issues": [["i", ["n", "y"]]] * 3,
        "scores": {"A": [[0, "1/100"], [0, "1/50"], [0, "29/100"]], "B": [["1/2", 0], ["3/10", 0], ["1/5", 0]]},
        "no_deal": {"A": "8/25", "B": 0},
        "results": {"packages": 8, "zone_size": 1, "zone_packages": [7], "frontier_vectors": 1, "frontier_package_indices": [7],
                    "solutions": {"nash": {"packages": [7]}, "egalitarian": {"packages": [7], "value": 0},
                                  "leximin": {"packages": [7], "value": [0, 0]},
                                  "kalai_smorodinsky_global": {"packages": [7], "value": 0},
                                  "utilitarian": {"packages": [7]}}},
    },
    "Kalai-Smorodinsky is the maximin of the shares, not their least spread": {
        "parties": ["A", "B"],
        "issues": [["i", ["w", "x", "y", "z"]]],
        "scores": {"A": [[1, "9/10", "33/50", 0]], "B": [[0, "7/10", "4/5", 1]]},
        "no_deal": {"A": 0, "B": 0},
        "results": {"packages": 4, "zone_size": 4, "frontier_vectors": 4, "frontier_package_indices": [0, 1, 2, 3],
                    "solutions": {"nash": {"packages": [1]}, "kalai_smorodinsky": {"packages": [1], "value": "7/10"},
                                  "egalitarian": {"packages": [1], "value": "7/10"},
                                  "kalai_smorodinsky_global": {"packages": [1], "value": "7/10"},
                                  "leximin": {"packages": [1], "value": ["7/10", "9/10"]},
                                  "relative_welfare": {"packages": [1], "value": "8/5"}, "utilitarian": {"packages": [1]}}},
    },
    "a no-deal value below every score is kept as given": {
        "parties": ["A", "B"],
        "issues": [["i", ["x", "y", "z"]]],
        "scores": {"A": [["1/2", "3/5", 1]], "B": [[1, "41/50", "9/20"]]},
        "no_deal": {"A": 0, "B": 0},
        "results": {"packages": 3, "zone_size": 3, "frontier_vectors": 3, "frontier_package_indices": [0, 1, 2],
                    "solutions": {"nash": {"packages": [0]}, "kalai_smorodinsky": {"packages": [1], "value": "3/5"},
                                  "egalitarian": {"packages": [1], "value": "3/5"},
                                  "kalai_smorodinsky_global": {"packages": [1], "value": "3/5"},
                                  "leximin": {"packages": [1], "value": ["3/5", "41/50"]},
                                  "relative_welfare": {"packages": [0], "value": "3/2"}, "utilitarian": {"packages": [0]}}},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", TOYS)
def test_toys_of_known_traps(name: str) -> None:
    toy = TOYS[name]
    reading = read_text(toy_text(toy), Path("toy/case.yaml"))
    assert reading.case is not None
    check_reference(toy, toy["results"], settle(reading.case))


# Missing inputs, dates, bonus ------------------------------------------------------------------------

TWO = """\
zopa: 1
title: Two
as_of: 2025-01-01
assume: test
parties: {{a: A, b: B{seat}}}
issues: {{i: {{scale: ordered, options: [x, y, z]}}}}
preferences:
  a: {{points: {{i: [0, 5, 10]}}, no_deal: 5}}
  b: {b}
"""


def two(make: Callable[..., Path], b: str, seat: str = "") -> Settlement:
    text = TWO.format(b=b, seat=seat).replace("b: B{", "b: {name: B, ") if seat else TWO.format(b=b, seat="")
    return settle(load_case(make(text)))


def test_a_missing_no_deal_value_is_never_replaced(make_case: Callable[..., Path]) -> None:
    settlement = two(make_case, "{points: {i: [10, 5, 0]}}")
    assert settlement.undecided
    data = settlement_json(settlement, None)
    assert data["zone"]["count"] is None
    assert data["zone"]["possible"] == 2
    assert data["solutions"]["nash"] is None
    assert [one["path"] for one in data["missing"]] == ["preferences.b.no_deal"]


def test_unknown_preferences_of_a_guarantor_leave_packages_undecided(make_case: Callable[..., Path]) -> None:
    settlement = two(make_case, "unknown", seat="{seat: guarantor, consent_if: i = z}")
    assert settlement.zone.tolist() == [1]
    assert settlement.possible.tolist() == [1, 2]
    assert settlement.view(2).adopted is None
    assert settlement.view(1).adopted is True
    assert settlement.view(0).adopted is False


def test_a_red_line_that_may_bind_leaves_packages_undecided(make_case: Callable[..., Path]) -> None:
    settlement = two(make_case, "{points: {i: [9, 9, 9]}, no_deal: 1, red_lines: {L: {refuses: i = z, binds: unknown}}}")
    assert settlement.zone.tolist() == [1]
    assert settlement.possible.tolist() == [1, 2]


def test_a_share_counts_from_the_worst_to_the_best_allowed_package(make_case: Callable[..., Path]) -> None:
    settlement = two(make_case, "{points: {i: [20, 10, 4]}, no_deal: {share: 25}}")
    assert settlement.no_deal("b") == 4 + Fraction(16, 4)
    assert settlement.zone.tolist() == [1]


def test_the_no_deal_value_can_be_a_package(make_case: Callable[..., Path]) -> None:
    text = (
        TWO.format(b="{points: {i: [20, 10, 4]}, no_deal: {package: status}}", seat="") + "packages: {status: {terms: {i: y}}}\n"
    )
    settlement = settle(load_case(make_case(text)))
    assert settlement.no_deal("b") == 10
    assert settlement.zone.tolist() == [1]


def test_a_bonus_counts_where_its_condition_holds(make_case: Callable[..., Path]) -> None:
    settlement = two(make_case, "{points: {i: [20, 10, 4]}, bonus: {extra: {when: i = z, points: 30}}, no_deal: 12}")
    assert settlement.party_points("b", 2) == 34
    assert settlement.zone.tolist() == [2]


def test_a_date_before_a_gate_takes_away_what_its_lever_allows(make_case: Callable[..., Path]) -> None:
    from datetime import date

    text = TWO.format(b="{points: {i: [10, 9, 8]}, no_deal: 1}", seat="") + (
        "gates: {G: {on: 2025-06-01}}\nlevers: {allow_z: {by: b, from: G, allow: i = z}}\n"
    )
    case = load_case(make_case(text))
    assert settle(case).zone.tolist() == [1, 2]
    assert settle(case, day=date(2025, 3, 1)).zone.tolist() == [1]
    assert settle(case, day=date(2025, 6, 1)).zone.tolist() == [1, 2]


def test_weights_and_scores_are_added_as_weighted_means(make_case: Callable[..., Path]) -> None:
    text = """\
zopa: 1
title: Weighted
as_of: 2025-01-01
assume: test
parties: {a: A}
issues: {i: {options: [x, y]}, j: {scale: 0..10, step: 5}}
preferences:
  a: {weights: {i: 30, j: 10}, scores: {i: [0, 100], j: {0: 0, 10: 50}}, no_deal: 75}
"""
    settlement = settle(load_case(make_case(text)))
    assert [settlement.party_points("a", index) for index in range(6)] == [
        Fraction(0), Fraction(25, 4), Fraction(25, 2), Fraction(75), Fraction(325, 4), Fraction(175, 2)
    ]  # fmt: skip
    assert settlement.zone.tolist() == [3, 4, 5]


def test_numbers_beyond_64_bits_stay_exact(make_case: Callable[..., Path]) -> None:
    tiny = "0.000000000000000000000001"
    text = TWO.format(b=f"{{points: {{i: [1, 1.{tiny[2:]}, 0]}}, no_deal: 1.{tiny[2:]}}}", seat="")
    settlement = settle(load_case(make_case(text)))
    assert settlement.zone.tolist() == [1]
    assert settlement.party_points("b", 1) == 1 + Fraction(tiny)


def test_json_of_a_whole_case_is_plain_and_exact() -> None:
    data = json.loads(json.dumps(settlement_json(case_of("labour"), None)))
    assert data["packages"] == {"total": 81, "allowed": 81, "deals": 81}
    assert data["frontier"]["exact"] is True
    assert data["solutions"]["nash"]["values"] == {"union": "63", "employer": "59"}
    assert data["solutions"]["nash"]["ties"] == 1
    assert data["solutions"]["nash"]["packages"]["list"][0]["options"]["wage"] == "6"
    assert data["zone"]["packages"]["truncated"] is False


def test_all_conflict_sets_of_the_toy() -> None:
    settlement = case_of("conflict")
    verdicts = settlement.verdicts
    rule = ~verdicts.allowed[0]
    masks: dict[str, np.ndarray[Any, np.dtype[np.bool_]]] = {"R1": rule}
    for party, verdict in verdicts.parties.items():
        for line, crossed in verdict.crossed.items():
            masks[line] = np.broadcast_to(crossed.surely, (1, 6))[0]
        masks[f"no_deal:{party}"] = ~verdict.enough.surely[0]
    found, complete = minimal_conflict_sets(masks)
    assert complete
    assert {frozenset(one) for one in found} == {frozenset({"L2", "L3", "no_deal:x"}), frozenset({"L1", "L2", "L3", "R1"})}
