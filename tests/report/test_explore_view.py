"""What the answer hangs on, as the report shows it: the same figures as the exploration, in words that promise nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.case.broken import SOUND
from tests.conftest import CASES
from tests.report.test_page import EVIL, WRITTEN, Document
from zopa.case import Case, load_case, read_text
from zopa.cases import shipped_case
from zopa.exploration import Across, AcrossReadings, Decisive, Exploration, Found, NoRule, Restriction, Rule, Share, explore
from zopa.report.explore_charts import Bar, Row, package_map, turning_chart
from zopa.report.explore_figures import (
    across_words,
    counted_words,
    index_words,
    percent_words,
    points_words,
    share_words,
    spread_words,
)
from zopa.report.explore_view import explore_view
from zopa.report.explore_words import (
    caveat_lines,
    date_sentence,
    few_line,
    finding_sentences,
    lifted,
    likelihood_lines,
    never_sentence,
    rule_sentences,
    turns_sentence,
)
from zopa.report.explore_zone import compared, range_sentence, unknown_whom, zone_sentence
from zopa.report.likelihood import SCALE
from zopa.report.page import page
from zopa.settlement import Span, settle

SMALL = """\
zopa: 1
title: Small
as_of: 2025-01-01
assume: made up
parties: {a: Anna, b: Bert}
issues: {price: {options: [low, high]}, date: {options: [soon, late]}}
assumptions:
  worth: {name: Worth of no deal, value: 0..80, sweep: 0..40 | 40..80 | 0..100, per: [a, b], assume: made up}
packages: {first: {terms: {price: low, date: soon}}, dear: {terms: {price: high}}}
preferences:
  a: {points: {price: {low: 0, high: 60}, date: {soon: 40, late: 0}}, no_deal: worth}
  b: {points: {price: {low: 60, high: 0}, date: {soon: 0..40, late: 20}}, no_deal: worth}
"""
LIKELIHOOD = re.compile(rf"\b(?:{'|'.join(word for word, _, _ in SCALE)}|likel\w*|probab\w*)\b", re.IGNORECASE)
CONFIDENCE = re.compile(r"confiden|interval|credib|significan", re.IGNORECASE)


def written(text: str) -> Case:
    case = read_text(text, Path("small/case.yaml")).case
    assert case is not None
    return case


@lru_cache(maxsize=1)
def labour() -> Exploration:
    return explore(load_case(shipped_case("labour-contract")), draws=200, seed=1, decisive_draws=60)


@lru_cache(maxsize=1)
def small() -> Exploration:
    return explore(written(SMALL), draws=60, seed=1)


@lru_cache(maxsize=1)
def ukraine() -> Exploration:
    return explore(load_case(shipped_case("ukraine-2025")), draws=24, seed=1, decisive_draws=4)


@lru_cache(maxsize=4)
def shown(make: Callable[[], Exploration], prior: str | None = None) -> str:
    explored = make()
    return page(explored.case, settle(explored.case), explored.sample, exploration=explored, prior=prior)


def section(html: str) -> str:
    """Return both sections on what the answer hangs on: the second screen, and the rest after the answer."""
    return "".join(html.partition(f'<section id="{name}">')[2].partition("</section>")[0] for name in ("hangs", "explored"))


def words_of(html: str) -> str:
    return Document(html).text


def view(explored: Exploration, prior: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = explore_view(explored.case, explored, prior)["hangs"]
    return found


def same(value: float, low: float = 0.0, high: float = 0.0) -> Across:
    one = Share(value, low, high)
    return Across(one, one, 0, 0)


def test_the_section_stands_before_the_answer_and_the_rest_after_it_and_every_link_leads_somewhere() -> None:
    html = shown(labour)
    document = Document(html)
    assert document.open == []
    order = [html.index(f'<section id="{name}">') for name in ("text", "hangs", "answer", "explored", "decides")]
    assert order == sorted(order)
    ids = [attributes["id"] for _, attributes in document.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    anchors = {str(attributes.get("href"))[1:] for tag, attributes in document.tags if tag == "a"}
    assert anchors <= set(ids)
    assert "hangs" in anchors
    tags = [tag for tag, _ in document.tags]
    assert tags.count("table") == tags.count("caption")
    assert all(attributes.get("aria-label") for tag, attributes in document.tags if tag == "svg")
    assert "A share counts assumptions: it is never the chance of an agreement." in words_of(section(html))


def test_nothing_is_shown_twice() -> None:
    html = shown(labour)
    assert "when a range is narrowed to one band" not in html
    assert html.count("if one party alone accepted everything") == 1
    assert html.count("<h3>If the limits of one party were lifted</h3>") == 1


def test_without_an_exploration_the_page_has_no_such_section() -> None:
    explored = labour()
    html = page(explored.case, settle(explored.case), explored.sample)
    assert 'id="hangs"' not in html
    assert "when a range is narrowed to one band" in html


def test_the_first_sentence_says_what_other_ranges_do() -> None:
    explored = labour()
    sentence = range_sentence(explored.case, explored)
    assert sentence is not None
    assert sentence.startswith(
        "The answer hangs on the range of Worth of no contract: held within 0 to 20 (narrower and lower), a zone"
    )
    assert "; as assumed (0 to 80, peak at 35), in " in sentence
    assert re.search(r'<section id="hangs">\s*<h2>[^<]*</h2>\s*<p class="answer">(.*?)</p>', shown(labour)) is not None
    rows = view(explored)["ranges"]
    assert [row["compared"] for row in rows] == ["as assumed", *["narrower and lower"] * 2, *["narrower and higher"] * 2]
    for row, band in zip(rows[1:], explored.sample.bands, strict=True):
        ends = (explored.of(band.span.lowest), explored.of(band.span.highest))
        assert row["shares"] == [share_words(end) for end in ends]
    assert [row["compared"] for row in view(small())["ranges"]] == [
        "as assumed",
        "narrower and lower",
        "narrower and higher",
        "wider and higher",
    ]


def test_bands_are_compared_with_what_is_assumed() -> None:
    bands = {one.band: one.amount for one in small().sample.bands}
    assert compared(bands["0..40"], bands["0..100"]) == "narrower and lower"
    assert compared(bands["0..100"], bands["0..40"]) == "wider and higher"
    assert compared(bands["40..80"], bands["0..40"]) == "higher"
    assert compared(bands["0..40"], bands["0..40"]) == "as assumed"
    assert compared(bands["0..40"], None) == "–"


def test_what_turns_the_answer_has_the_figures_and_the_order_of_the_exploration() -> None:
    explored = labour()
    rows = view(explored)["decisive"]
    assert len(rows) == min(10, len(explored.decisive))
    for row, one in zip(rows, explored.decisive, strict=False):
        assert row["shares"] == [share_words(one.flips.lowest), share_words(one.flips.highest)]
        assert row["first"] == index_words(one.first_order)
        assert row["anchor"] in explored.case.assumptions
        assert row["ids"][0] == row["anchor"]
    assert rows[0]["name"] in turns_sentence(explored)
    readings = [row["name"] for row, one in zip(rows, explored.decisive, strict=False) if one.kind == "reading"]
    assert readings
    assert all(name.startswith("Reading: ") for name in readings)


def test_five_are_drawn_ten_are_listed_and_the_rest_is_counted() -> None:
    first = labour().decisive[0]
    many = tuple(replace(first, key=f"no_contract.bakers{number}") for number in range(13))
    explored = replace(labour(), decisive=many)
    assert (len(view(explored)["decisive"]), view(explored)["left"]) == (10, 3)
    assert (view(explored)["short"], view(explored)["left_short"]) == (5, 8)
    assert view(explored)["turning_chart"].count('class="bar"') == 5
    calm = replace(labour(), decisive=(replace(first, flips=same(0.0)),))
    assert view(calm)["turning_chart"] is None
    assert view(calm)["turns"].startswith("Nothing turns the answer alone")


RULE = Rule(
    answer=True,
    restrictions=(
        Restriction("no_contract.bakery", None, Fraction(38), None, 0.5, 0.6, 0.95),
        Restriction("no_contract.bakers", Fraction(5), Fraction(81, 2), None, 0.5, 0.6, 0.9),
        Restriction("fund", None, None, ("0",), 0.5, 0.6, 0.55),
    ),
    coverage=0.62,
    density=0.91,
    base_share=0.4,
    floor=0.8,
    coverage_interval=(0.58, 0.66),
    density_interval=(0.88, 0.94),
    coverage_by_reading=AcrossReadings(0.5, 0.7, 4),
    density_by_reading=AcrossReadings(0.85, 0.96, 4),
    rows=400,
    draws=100,
    found_on=100,
)


def test_a_rule_is_told_in_words() -> None:
    sentences = rule_sentences(labour().case, RULE)
    told = " ".join(sentences).replace("\u00a0", " ")
    assert told == (
        "A zone exists in 91 % (95 % interval 88 to 94 %) of the scenarios in which “Worth of no contract: The bakery” is at "
        "most 38, “Worth of no contract: The bakers' union” lies between 5 and 40.5 and “Strike fund (points for the bakers "
        "without a contract)” is “0”; these are 62 % (58 to 66 %) of all scenarios with a zone (coverage). "
        "Without the rule it is 40 %. By reading: 85 to 96 % of the scenarios inside the rule, and 50 to 70 % of all scenarios "
        "with a zone. "
        "Searches on resampled draws cut in the same way: “Worth of no contract: The bakery” in 95 %; “Worth of no contract: "
        "The bakers' union” in 90 %; “Strike fund (points for the bakers without a contract)” in 55 %."
    )


def test_a_weak_rule_says_so_and_no_rule_says_why() -> None:
    case = labour().case
    weak = " ".join(rule_sentences(case, replace(RULE, density=0.7, answer=False)))
    assert weak.endswith("Without it, it is 40\u00a0%. It is weak: 80\u00a0% inside were sought.")
    assert weak.startswith("No rule that holds well was found; the best one was: there is no zone in 70")
    assert "By reading" not in weak
    rare = replace(RULE, restrictions=(*RULE.restrictions[:2], replace(RULE.restrictions[2], reproduced=0.25)))
    assert "the same way (“Strike fund (points for the bakers without a contract)” in 25" in " ".join(rule_sentences(case, rare))
    assert "of all scenarios without a zone (coverage)" in weak
    assert "weak" not in " ".join(rule_sentences(case, RULE))
    one_reading = replace(RULE, density_by_reading=AcrossReadings(0.9, 0.9, 1), coverage_by_reading=AcrossReadings(0.6, 0.6, 1))
    assert "By reading" not in " ".join(rule_sentences(case, one_reading))
    assert rule_sentences(case, NoRule(False, "every scenario has the answer", 1.0)) == [
        "No short rule that holds was found; there is no zone in 100\u00a0% of these scenarios."
    ]


def test_finding_out_names_the_first_and_those_it_is_not_told_apart_from() -> None:
    def gains(value: float, low: float, high: float) -> Found:
        return Found("no_contract.bakery", same(0.4, 0.3, 0.5), same(value, low, high))

    near = replace(gains(0.1, 0.02, 0.19), key="no_contract.bakers")
    explored = replace(labour(), found=(gains(0.2, 0.18, 0.25), near))
    first, second = finding_sentences(explored.case, explored)
    assert "“Worth of no contract: The bakery” would do most" in first
    assert "by 20 (18 to 25) percentage points" in first
    assert second == "So many draws do not tell it apart from “Worth of no contract: The bakers' union”."
    apart = replace(labour(), found=(gains(0.2, 0.18, 0.25), gains(0.1, 0.02, 0.15)))
    assert len(finding_sentences(apart.case, apart)) == 1
    useless = replace(labour(), found=(gains(-0.01, -0.05, 0.0),))
    assert finding_sentences(useless.case, useless)[0].startswith("As far as these scenarios tell, no single judgement")


def test_the_map_holds_every_named_package_for_everybody() -> None:
    explored = labour()
    found = view(explored)
    assert found["map_heads"] == ["All asked", "Efficient", "The bakers' union", "The bakery"]
    for row, one in zip(found["map_rows"], explored.named, strict=True):
        cells = [one.acceptable, one.efficient, *(one.accepted_by[name] for name in ("bakers", "bakery"))]
        assert row["cells"] == [across_words(cell) for cell in cells]
    assert found["map"].count('class="field"') == 4 * len(explored.named)
    assert [row["ranks"][1] for row in found["ranks"]] == [spread_words(one.ranks["bakery"]) for one in explored.named]
    assert [row["regrets"][0] for row in found["ranks"]] == [spread_words(one.regrets["bakers"]) for one in explored.named]


def test_robust_packages_are_those_of_the_sample() -> None:
    explored = labour()
    count = int((explored.least * 2 > explored.draws).sum())
    assert count > 1
    assert view(explored)["robust"].startswith(f"{count} packages are acceptable to all asked in more than half of the scenarios")
    rows = view(explored)["robust_rows"]
    assert len(rows) == 10
    assert rows[0]["shares"][0] == share_words(explored.of(int(explored.least.max())))
    best = view(small())["robust"]
    assert best.endswith(f"the one that comes closest is so in {percent_words(int(small().least.max()) / 60)}.")
    never = explored.never_efficient()
    assert never is not None
    assert f"{len(never)} are efficient in none" in view(explored)["never"]


def test_efficient_packages_are_counted_under_the_readings_that_have_them() -> None:
    explored = labour()
    first, *others = explored.readings
    assert first.efficient is not None
    sample = replace(explored.sample, readings=(first, *(replace(one, efficient=None) for one in others)))
    partly = replace(explored, sample=sample)
    entered = first.acceptable > 0
    words = f"Of the {int(entered.sum())} packages in the zone in some of these 200 scenarios under the 1 of 4 readings "
    never = int((entered & (first.efficient == 0)).sum())
    assert view(partly)["never"].startswith(f"{words}for which efficient packages were counted, {never} are efficient in none")
    assert "Which packages are efficient was counted under 1 of the 4 readings." in view(partly)["caveats"]
    assert not any("efficient" in line for line in view(explored)["caveats"])
    nowhere = replace(explored.sample, readings=tuple(replace(one, efficient=None) for one in explored.readings))
    assert view(replace(explored, sample=nowhere))["never"] is None
    assert view(replace(explored, sample=nowhere))["robust_rows"][0]["efficient"] == ["–", "–"]


def test_whoever_alone_could_open_the_zone_is_counted_for_all_known_parties() -> None:
    explored = labour()
    assert [name for name, _ in lifted(explored.case, explored)] == ["bakers", "bakery"]
    assert view(explored)["lifted"][0][1] == across_words(explored.unlocked_by("bakers"))


def test_one_reading_has_one_column_and_no_word_of_readings() -> None:
    found = view(small())
    assert found["ends"] == [""]
    assert {len(row["shares"]) for row in [*found["ranges"], *found["decisive"], *found["robust_rows"]]} == {1}
    text = words_of(section(shown(small)))
    assert "lowest" not in text
    assert "reading" not in text.replace("one question about the text", "")


def test_a_zone_that_cannot_be_counted_is_said_to_be_unknown() -> None:
    case = written(SMALL.partition("  b: {points")[0] + "  b: unknown\n")
    explored = explore(case, draws=20, seed=1)
    assert explored.zone is None
    html = page(case, settle(case), explored.sample, exploration=explored, prior="mine")
    text = words_of(section(html))
    assert "cannot be said" in text
    assert "not known" in text
    assert "None" not in text
    assert LIKELIHOOD.search(text) is None


@pytest.mark.parametrize(
    ("name", "words"), [("labour", "nothing is left that could turn the answer"), ("elmira", "cannot be said"), ("game", "fixed")]
)
def test_a_case_in_which_nothing_varies_says_so(name: str, words: str) -> None:
    case = load_case(CASES / f"{name}.yaml")
    explored = explore(case, draws=5, seed=1)
    html = page(case, settle(case), explored.sample, exploration=explored)
    assert words in words_of(section(html))
    assert "svg" not in section(html)


def test_what_a_reader_must_mind_is_said() -> None:
    explored = labour()
    assert not any("mixed" in line for line in caveat_lines(explored.case, explored))
    mixed = replace(explored, mixing={"no_contract.bakery": 1.21, "no_contract.bakers": 1.01})
    (line,) = [line for line in caveat_lines(mixed.case, mixed) if "mixed" in line]
    assert line == (
        "The Markov chain behind “Worth of no contract: The bakery” is not mixed (R-hat 1.21): do not rely on what it gave."
    )
    rough = replace(explored, tried=(0, 1), sample=replace(explored.sample, approximate_draws=7, complete=False))
    told = " ".join(caveat_lines(rough.case, rough))
    assert "under 2 of the 4 readings" in told
    assert "7 draws come from a Markov chain and are approximate" in told
    assert "more readings than were run" in told


def sentences(html: str) -> list[str]:
    """Return the sentences of a section: blocks end one as well as full stops do."""
    blocks = re.split(r"</?(?:p|li|td|th|caption|h\d|figcaption|summary|ul|text|div)\b[^>]*>", html)
    plain = [re.sub(r"<[^>]*>", " ", block) for block in blocks]
    return [one for block in plain for one in re.split(r"(?<=[.!?])\s+", block) if one.strip()]


@pytest.mark.parametrize("make", [labour, small])
def test_without_a_prior_no_word_of_likelihood_stands_in_the_section(make: Callable[[], Exploration]) -> None:
    assert [one for one in sentences(section(shown(make))) if LIKELIHOOD.search(one)] == []


@pytest.mark.parametrize("make", [labour, small])
def test_likelihood_and_confidence_never_share_a_sentence(make: Callable[[], Exploration]) -> None:
    found = sentences(section(shown(make, "the ranges of the ledger")))
    likely = [one for one in found if LIKELIHOOD.search(one)]
    assert len(likely) > len(make().named)
    assert [one for one in likely if CONFIDENCE.search(one)] == []
    assert [one for one in found if CONFIDENCE.search(one)]  # intervals are there, elsewhere
    assert any("the ranges of the ledger" in one for one in found)


def test_likelihood_words_come_from_the_ends_of_the_shares() -> None:
    explored = labour()
    zone = Across(Share(0.5, 0.40, 0.60), Share(0.9, 0.85, 0.92), 0, 1)
    object.__setattr__(fresh := replace(explored, named=()), "zone", zone)
    assert likelihood_lines(explored.case, fresh, None) == []
    assert likelihood_lines(explored.case, fresh, "mine") == [
        "Under the adopted prior, a zone of possible agreement: unlikely to likely under the reading with the fewest, "
        "very likely under the reading with the most."
    ]


def test_figures_read_well() -> None:
    plain = "\u00a0"
    assert share_words(Share(0.5, 0.4, 0.6)) == f"50{plain}% (40 to 60{plain}%)"
    assert share_words(Share(0.5, 0.5, 0.5)) == f"50{plain}%"
    assert share_words(Share(0.0, 0.0, 0.0037)) == f"0{plain}% (0 to 0.4{plain}%)"
    assert share_words(Share(0.998, 0.9925, 0.99999)) == f"99.8{plain}% (99.2 to above 99.9{plain}%)"
    assert [percent_words(share) for share in (0.0001, 0.5, 1.0)] == [f"below 0.1{plain}%", f"50{plain}%", f"100{plain}%"]
    assert percent_words(0.501, 0.502) == f"50{plain}%"
    assert across_words(None) == "not known"
    assert across_words(same(0.5, 0.4, 0.6)) == share_words(Share(0.5, 0.4, 0.6))
    assert index_words(same(-0.001, -0.2, 0.3)) == "0.00 (−0.20 to 0.30)"
    assert index_words(None) == "–"
    assert points_words(same(-0.002, -0.1, 0.25)) == "0 (−10 to 25)"
    assert spread_words((1.0, 2.0, 3.0)) == "2 (1 to 3)"
    assert spread_words((2.0, 2.0, 2.0)) == "2"


def test_bars_stand_where_the_shares_are() -> None:
    across = Across(Share(0.2, 0.1, 0.3), Share(0.4, 0.3, 0.5), 0, 1)
    chart = str(turning_chart([Bar("first", across, "20 to 40 %")], "Title"))
    (x, wide), scale = re.findall(r'class="bar" x="([\d.]+)" y="\d+" width="([\d.]+)"', chart)[0], 550 / 0.5
    assert (float(x), float(wide)) == (20 + 0.2 * scale, 0.2 * scale)
    ends = [float(end) for end in re.findall(r'class="whisker" x1="([\d.]+)" y1="55.5" x2="([\d.]+)"', chart)[0]]
    assert ends == [20 + 0.1 * scale, 20 + 0.5 * scale]
    drawn = str(package_map(["All", "Few"], [Row("one", (across, None))], "Title"))
    assert drawn.count('class="field"') == 2
    assert drawn.count('class="bar"') == 1
    assert "not known" in drawn
    long = ["All asked", "Russian Federation", "Europe (collective)", "United States", "Ukraine", "Efficient"]
    heads = str(package_map(long, [Row("one", (across,) * 6)], "Title"))
    lines = re.findall(r'y="([\d.]+)" text-anchor="start">(Russian|Federation)<', heads)
    assert lines == [("16.0", "Russian"), ("31.0", "Federation")]
    assert "…" not in heads


def test_hostile_text_is_shown_and_never_obeyed(make_case: Callable[..., Path]) -> None:
    quoted = '"' + EVIL.replace("\\", "\\\\").replace('"', '\\"') + '"'
    source = "# Minutes\nno lease beyond 30 years " + EVIL + " end.\nput its costs at 12 million\nasked for a long lease again\n"
    text = SOUND
    for old in WRITTEN:
        text = text.replace(old, quoted, 1)
    explored = explore(load_case(make_case(text, minutes=source)), draws=16, seed=1)
    html = page(explored.case, settle(explored.case), explored.sample, exploration=explored, prior=EVIL)
    document = Document(html)
    assert document.open == []
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert not [name for _, attributes in document.tags for name in attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in words_of(section(html))


def test_the_same_exploration_gives_the_same_bytes() -> None:
    again = explore(written(SMALL), draws=60, seed=1)
    assert page(again.case, settle(again.case), again.sample, exploration=again) == shown(small)


@pytest.mark.golden
def test_the_ukraine_page_says_first_what_narrower_and_higher_ranges_do() -> None:
    explored = ukraine()
    html = page(explored.case, settle(explored.case), explored.sample, exploration=explored)
    document = Document(html)
    assert document.open == []
    first = re.search(r'<section id="hangs">\s*<h2>[^<]*</h2>\s*<p class="answer">(.*?)</p>', html)
    assert first is not None
    assert first[1].startswith(
        "The answer hangs on the range of No-deal value: held within 10 to 50 (narrower and lower), a zone "
    )
    assert "under 16 of the 1\u202f024 readings" in section(html)
    assert "Too few scenarios for what judgements drawn anew would turn" in section(html)
    assert "draws were made anew" not in section(html)
    assert len(html.encode("utf-8")) < 1_000_000
    ids = {attributes["id"] for _, attributes in document.tags if "id" in attributes}
    assert {str(attributes.get("href"))[1:] for tag, attributes in document.tags if tag == "a"} <= ids


def test_a_decisive_question_without_an_assumption_links_to_its_number() -> None:
    explored = small()
    (row,) = [row for row in view(explored)["decisive"] if "date" in row["name"]]
    assert row["anchor"] == "preferences.b.points.date.soon"
    assert isinstance(next(one for one in explored.decisive if one.key == row["anchor"]), Decisive)
    assert f'id="{row["anchor"]}"' in shown(small)


def test_what_hangs_on_an_unknown_party_is_not_called_empty() -> None:
    explored = ukraine()
    assert (unknown_whom(explored), unknown_whom(labour())) == ("NATO", "")
    possible = [one.possible_draws / 24 for one in explored.readings]
    words = zone_sentence(explored)
    assert words.startswith("A zone exists for sure in ")
    assert f"in up to {percent_words(max(possible))} if NATO agreed, which is not known" in words
    assert words.endswith(f"It is empty for sure in {percent_words(1 - max(possible), 1 - min(possible))}.")
    assert "for sure" not in zone_sentence(labour())
    no = NoRule(False, "because", 0.6)
    (told,) = rule_sentences(explored.case, no, "NATO")
    assert told.endswith("there is no zone, or it hangs on NATO, in 60\u00a0% of these scenarios.")
    rows = view(explored)["ranges"]
    assert rows[0]["possible"] == percent_words(max(possible))
    assert [row["possible"] for row in rows[1:]] == [percent_words(band.span.possible / 24) for band in explored.sample.bands]


def test_the_answer_hangs_on_a_range_only_where_its_bands_differ() -> None:
    explored = labour()
    first = explored.sample.bands[0]
    near = (replace(first, span=Span(100, 110, 110)), replace(first, span=Span(104, 116, 116)))
    alike = replace(explored, sample=replace(explored.sample, bands=near))
    sentence = range_sentence(alike.case, alike)
    assert sentence == (
        "Whichever range of Worth of no contract is taken of those below, a zone exists in 50 to 58\u00a0% of the scenarios."
    )


def test_too_few_scenarios_are_said_and_nothing_is_concluded_from_them() -> None:
    few = explore(written(SMALL), draws=20, seed=1)
    told = few_line(few)
    assert told is not None
    assert "at least 50 are needed" in told
    assert told in caveat_lines(few.case, few)
    assert "Nothing turns the answer" not in words_of(section(page(few.case, settle(few.case), few.sample, exploration=few)))
    anew = explore(labour().case, draws=60, seed=1, decisive_draws=10)
    assert few_line(anew) == (
        "Too few scenarios to say which judgement turns the answer: 10 scenarios drawn anew under each reading tried."
    )
    assert turns_sentence(anew).endswith("judgements were not tried.")
    assert not turns_sentence(anew).startswith("What turns the answer most often")
    assert few_line(labour()) is None


def test_a_judgement_helps_only_where_its_gain_is_larger_than_its_error() -> None:
    gain = Across(Share(-0.07, -0.23, 0.21), Share(0.13, -0.03, 0.35), 0, 1)
    unsure = Found("no_contract.bakery", same(0.4, 0.3, 0.5), gain)
    explored = replace(labour(), found=(unsure,))
    (told,) = finding_sentences(explored.case, explored)
    assert told.startswith("As far as these scenarios tell, no single judgement")
    assert "−" not in told
    assert points_words(gain) == "none (−23 to 21) to 13 (−3 to 35)"
    sure = replace(unsure, gain=replace(gain, highest=Share(0.13, 0.03, 0.35)))
    first = finding_sentences(explored.case, replace(explored, found=(sure,)))[0]
    assert "by up to 13 (3 to 35) percentage points (under some readings by no more than the error)" in first


def test_one_of_a_kind_is_in_the_singular() -> None:
    explored = labour()
    assert counted_words(1, "package") == "1 package"
    rough = replace(explored, sample=replace(explored.sample, approximate_draws=1))
    assert "1 draw comes from a Markov chain and is approximate." in caveat_lines(rough.case, rough)
    alone = explored.readings[0]
    assert alone.efficient is not None
    place = int((alone.efficient > 0).argmax())
    reading = replace(
        alone,
        acceptable=np.where(np.arange(len(alone.acceptable)) == place, alone.acceptable, 0),
        efficient=np.where(np.arange(len(alone.acceptable)) == place, alone.efficient, 0),
    )
    single = replace(explored, sample=replace(explored.sample, readings=(reading,)))
    assert never_sentence(single) == "The 1 package in the zone in some of these 200 scenarios is efficient in some scenario."


def test_a_day_looked_at_is_named() -> None:
    explored = ukraine()
    assert date_sentence(explored) == "Dates that lie ahead count as passed (Inauguration)."
    assert date_sentence(labour()) == ""
    dated = replace(explored, moment=replace(explored.moment, day=date(2025, 1, 1), waiting=()))
    assert date_sentence(dated) == "Looked at on 2025-01-01."
