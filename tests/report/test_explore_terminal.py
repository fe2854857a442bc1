"""What the answer hangs on, on a terminal: short, the same words as the page, deaf to markup."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from tests.conftest import CASES
from tests.report.test_explore_view import CONFIDENCE, LIKELIHOOD, RULE, labour, sentences, small, ukraine, written
from zopa.case import load_case
from zopa.exploration import Exploration, explore
from zopa.report.explore_figures import across_words, ends_words, share_words
from zopa.report.explore_terminal import explore_summary
from zopa.report.explore_words import caveat_lines, finding_sentences, lifted, rule_sentences
from zopa.report.explore_zone import range_rows, range_sentence, zone_sentence
from zopa.report.plain import package_short, party_name


def shown(explored: Exploration, prior: str | None = None) -> str:
    stream = io.StringIO()
    Console(file=stream, width=5000, highlight=False, color_system=None).print(explore_summary(explored, prior))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def test_it_says_what_the_page_says() -> None:
    explored = replace(labour(), rules=(RULE,), mixing={"no_contract.bakery": 1.3})
    case, told = explored.case, shown(explored).splitlines()
    wanted = [range_sentence(case, explored), zone_sentence(explored), *caveat_lines(case, explored)]
    wanted += [" ".join(rule_sentences(case, RULE)), " ".join(finding_sentences(case, explored))]
    places = [told.index(str(words)) for words in wanted]
    assert places == sorted(places)
    assert any("is not mixed" in line for line in told)


def test_the_five_that_turn_the_answer_most_and_every_named_package_have_a_line() -> None:
    first = labour().decisive[0]
    explored = replace(labour(), decisive=tuple(replace(first, key=f"no_contract.{number}") for number in range(7)))
    lines = [line for line in shown(explored).splitlines() if line.startswith("Worth of no contract: ")]
    assert len(lines) == 5
    assert all(line.endswith(across_words(first.flips)) for line in lines)
    assert "2 more turn it less often." in shown(explored).splitlines()
    for one in explored.named:
        line, accepted = [line for line in shown(explored).splitlines() if line.startswith(f"{one.name} ")]
        assert across_words(one.acceptable) in line
        assert all(ends_words(share) in accepted for share in one.accepted_by.values())


def test_other_ranges_the_most_robust_packages_and_lifted_limits_have_lines() -> None:
    explored = labour()
    told = shown(explored).splitlines()
    for row in range_rows(explored.case, explored):
        (line,) = [line for line in told if line.startswith(f"{row.held}  ")]
        assert row.compared in line
        assert all(share_words(share) in line for share in row.shares)
    short = [line.partition(": ")[2] for line in told[told.index("Acceptable most often, by their lowest share:") + 1 :][:5]]
    assert short == [package_short(explored.case, explored.space, index) for index in explored.robust(5)]
    for party, share in lifted(explored.case, explored):
        (line,) = [line for line in told if line.startswith(f"{party_name(explored.case, party)}  ")]
        assert line.endswith(across_words(share))
    assert any(line.startswith("Not a verdict on anybody") for line in told)
    assert any("draws held out for the trial" in line for line in shown(replace(explored, rules=(RULE,))).splitlines())


def test_the_date_and_whoever_is_unknown_have_lines() -> None:
    told = shown(ukraine())
    assert "Dates that lie ahead count as passed (Inauguration)." in told.splitlines()
    assert "if NATO agreed: highest" in told
    assert "All shares are for sure: what hangs on NATO is not counted." in told


def test_words_of_likelihood_need_a_prior_and_stand_without_intervals() -> None:
    told = shown(small(), "the ranges as they are")
    found = [one for line in told.splitlines() for one in sentences(line)]
    assert "The prior that was adopted: the ranges as they are" in told
    likely = [one for one in found if LIKELIHOOD.search(one)]
    assert len(likely) > len(small().named)
    assert [one for one in likely if CONFIDENCE.search(one)] == []
    assert LIKELIHOOD.search(shown(small())) is None


@pytest.mark.parametrize(("name", "words"), [("labour", "nothing is left"), ("elmira", "cannot be said")])
def test_a_case_in_which_nothing_varies_is_short(name: str, words: str) -> None:
    told = shown(explore(load_case(CASES / f"{name}.yaml"), draws=3, seed=1))
    assert words in told
    assert len(told.splitlines()) == 2


def test_an_unknown_party_leaves_the_zone_unknown() -> None:
    text = (
        "zopa: 1\ntitle: Small\nas_of: 2025-01-01\nassume: made up\nparties: {a: Anna, b: Bert}\n"
        "issues: {price: [low, high]}\npackages: {first: {terms: {price: low}}}\n"
        "preferences: {a: {points: {price: {low: 0..50, high: 60}}, no_deal: 0..80}, b: unknown}\n"
    )
    explored = explore(written(text.replace("[low, high]", "{options: [low, high]}")), draws=8, seed=1)
    told = shown(explored, "mine")
    assert zone_sentence(explored) in told
    assert told.count("not known") == 2
    assert "None" not in told
    assert LIKELIHOOD.search(told) is None


def test_markup_and_control_signs_of_a_case_do_not_reach_the_terminal() -> None:
    explored = small()
    stream = io.StringIO()
    title = "[bold red]x[/] [link=file:///etc]y[/link] \x1b[31m \x07 \u202e"
    summary = explore_summary(replace(explored, case=replace(explored.case, title=title)), prior=title)
    Console(file=stream, width=200, force_terminal=True).print(summary)
    assert "[bold red]x[/] [link=file:///etc]y[/link]" in stream.getvalue()
    for sign in ("\x07", "\u202e", "\x1b[31m"):
        assert sign not in stream.getvalue()
