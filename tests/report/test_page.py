"""The report: complete, escaped, offline, the same bytes for the same case and seed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tests.case.broken import SOUND
from tests.conftest import CASES
from zopa.case import Case, load_case, read_text, redact
from zopa.cases import shipped_case
from zopa.report.fairness_view import CONCEPT_TAKES
from zopa.report.lever_tables import lever_tables
from zopa.report.page import page
from zopa.report.plain import CONCEPT_NAMES, thousands
from zopa.report.voting_tables import voting_tables
from zopa.settlement import Sample, Settlement, compare_levers, sample, settle, unlisted

Make = Callable[..., Path]
VOID = {"meta", "br", "hr", "img", "link", "input", "circle", "line", "path", "rect", "polygon", "polyline", "col"}


class Document(HTMLParser):
    """Checks nesting and collects what tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def answered(case: Case, draws: int = 20) -> tuple[Settlement, Sample]:
    return settle(case), sample(case, draws=draws, seed=1)


@pytest.fixture(scope="module")
def ukraine() -> str:
    case = load_case(shipped_case("ukraine-2025"))
    return page(case, *answered(case), levers=compare_levers(case, draws=8))


@pytest.mark.golden
def test_the_ukraine_report_has_every_part(ukraine: str) -> None:
    document = Document(ukraine)
    assert document.open == []
    case = load_case(shipped_case("ukraine-2025"))
    ids = [attributes["id"] for _, attributes in document.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    anchors = {attributes.get("href", "") for tag, attributes in document.tags if tag == "a"}
    assert {str(anchor)[1:] for anchor in anchors} <= set(ids)
    for name in [*case.statements, *case.assumptions, *case.rules, *case.packages]:
        assert name in ids or name in case.packages, name
    for number in [15_120, 3_268, 3_192, 1_680, 840]:
        assert thousands(number) in " ".join(document.words), number
    assert "A share counts assumptions" in document.text
    for words in case.absent:
        assert words in document.text, words
    for statement in case.statements.values():
        assert " ".join(statement.quote.split()) in document.text, statement.id
    for party in case.parties.values():
        assert party.name in document.text


def outside_scripts(html: str) -> str:
    return re.sub(r"<script[^>]*>.*?</script>", "", html, flags=re.DOTALL)


def test_the_report_needs_no_network(ukraine: str) -> None:
    document = Document(ukraine)
    assert not {tag for tag, _ in document.tags} & {"img", "link", "iframe", "object", "embed", "form", "base"}
    scripts = [attributes for tag, attributes in document.tags if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "packages-data"}, {}, {}, {}]
    for tag, attributes in document.tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style", (tag, value)
            if name in {"href", "src", "xlink:href"}:
                assert str(value).startswith("#"), value
    assert "url(" not in outside_scripts(ukraine)
    assert "@import" not in outside_scripts(ukraine)
    assert len(ukraine.encode("utf-8")) < 1_000_000


def test_the_policy_names_the_style_and_the_scripts_that_stand_there(ukraine: str) -> None:
    match = re.search(
        r"default-src 'none'; style-src 'sha256-([^']+)'; script-src 'sha256-([^']+)' 'sha256-([^']+)' 'sha256-([^']+)'; "
        r"base-uri 'none'; form-action 'none'",
        ukraine,
    )
    assert match is not None
    style = ukraine.partition("<style>")[2].partition("</style>")[0]
    found = [style, *re.findall(r"<script>(.*?)</script>", ukraine, re.DOTALL)]
    hashes = [base64.b64encode(hashlib.sha256(one.encode("utf-8")).digest()).decode("ascii") for one in found]
    assert tuple(hashes) == match.groups()
    assert ukraine.index("Content-Security-Policy") < ukraine.index("<style>") < ukraine.index("<script")


def test_the_sections_come_in_the_order_a_reader_needs(ukraine: str) -> None:
    wanted = "text answer decides parties must-agree packages blocks lever-effects absent rules evidence assumptions".split()
    places = [ukraine.index(f'<section id="{name}">') for name in wanted]
    assert places == sorted(places)
    # The answer is led by what closes the zone, and carries its share of assumptions.
    answer = re.search(r'<p class="answer">(.*?)</p>', ukraine)
    assert answer is not None
    assert answer.group(1).startswith("The zone closes as No-deal value rises")
    assert answer.group(1).endswith("of the assumptions.")


def test_the_data_block_holds_every_package_and_ends_no_element(ukraine: str) -> None:
    block = re.search(r'<script type="application/json" id="packages-data">(.*?)</script>', ukraine, re.DOTALL)
    assert block is not None
    assert not set("<>&") & set(block.group(1))
    data = json.loads(block.group(1))
    assert len(data["id"]) == 3_268
    for name in ("zone", "deal", "efficient", "low", "high", "possible"):
        assert len(data[name]) == 3_268, name
    case = load_case(shipped_case("ukraine-2025"))
    settlement, drawn = answered(case)
    row = data["id"].index(int(settlement.zone[0]))
    options = settlement.space.options(int(settlement.zone[0]))
    for place, issue in enumerate(settlement.space.issues):
        chosen = [option.id for option in issue.options][int(data["options"][place][row], 36)]
        assert chosen == options[issue.id]
    points = settlement.party_points("RUS", int(settlement.zone[0]))
    assert points is not None
    assert data["points"][0][row] == round(points * 100)
    span = drawn.acceptable_span([int(settlement.zone[0])])
    assert span is not None
    assert (data["low"][row], data["high"][row], data["possible"][row]) == (span.lowest, span.highest, span.possible)


def part(html: str, name: str) -> str:
    """Return one section of a page."""
    return html.partition(f'<section id="{name}">')[2].partition("</section>")[0]


def test_levers_have_a_section_only_where_they_were_compared(ukraine: str) -> None:
    case = load_case(shipped_case("ukraine-2025"))
    words = Document(part(ukraine, "lever-effects")).text
    for lever in case.levers.values():
        assert lever.name in words, lever.id
    assert part(ukraine, "lever-effects").count("<svg") == 2
    assert "this is no forecast and no advice" in words
    none = load_case(shipped_case("panama-1977"))
    without = page(none, *answered(none), levers=compare_levers(none))
    assert "lever-effects" not in without
    assert "must-agree" in without


def test_the_section_on_who_must_say_yes_has_no_empty_table(ukraine: str) -> None:
    assert "<table" not in part(ukraine, "must-agree")
    assert "Both who sign must say yes: Russian Federation and Ukraine." in Document(part(ukraine, "must-agree")).text
    game = load_case(CASES / "game.yaml")
    assert part(page(game, *answered(game)), "must-agree").count("<table") == 3


def test_all_eight_ideas_of_fairness_stand_in_the_report_with_their_range(ukraine: str) -> None:
    words = Document(part(ukraine, "packages")).text
    for name, says in CONCEPT_TAKES.items():
        assert f"{CONCEPT_NAMES[name]} {says}" in words, name
    assert "How far these ideas lie apart" in words
    assert "Whichever of these 8 ideas of fairness one takes" in words


SECRET = """\
zopa: 1
title: Three
as_of: 2025-01-01
assume: invented
parties: {a: Aline, b: Bert, c: Cora}
AGREEMENTissues: {i: {name: Site, options: [x, y, z]}}
preferences:
  a: {points: {i: [9, 5, 0]}, no_deal: 1}
  b: {points: {i: [83.25, 57.75, 0]}, no_deal: 12.75}
  c: {points: {i: [0, 5, 9]}, no_deal: 2}
levers:
  push: {name: Push, by: a, move: {b.no_deal: 31.25}}
  pull: {name: Pull, by: c, move: {a.no_deal: 1}}
"""
# What is Bert's own, in every form in which a page or a table might write it: as given, rounded, and as sums.
HIDDEN = ("83.2", "57.7", "12.7", "31.2", "70.5", "45", "44", "333/4", "231/4", "51/4", "125/4", "141/2")


@pytest.mark.parametrize("agreement", ["", "agreement: {need: 2, veto: [a]}\n"])
def test_a_copy_without_a_party_shows_nothing_of_its_numbers(agreement: str) -> None:
    whole = read_text(SECRET.replace("AGREEMENT", agreement), Path("three/case.yaml")).case
    assert whole is not None

    def sections(case: Case, view_of: str | None = None) -> str:
        settlement, levers = settle(case), compare_levers(case)
        html = page(case, settlement, None, levers=levers, view_of=view_of)
        tables = voting_tables(settlement) + lever_tables(levers)
        cells = "\n".join(str(row) for table in tables for row in table.rows)
        parts = [part(html, name) for name in ("must-agree", "packages", "lever-effects")]
        return outside_scripts("\n".join([*parts, cells]))

    shown = sections(whole)
    assert "12.75" in shown or "12.8" in shown
    copy = read_text(redact(whole, without=["b"]).text, Path("three/case.yaml")).case
    assert copy is not None
    for view_of in (None, "a", "c"):
        left = re.sub(r'(x|y|cx|cy|x1|x2|y1|y2|width|height|viewBox)="[^"]*"', "", sections(copy, view_of))
        assert "Bert" in left
        for number in HIDDEN:
            assert not re.search(rf"(?<![\d.]){re.escape(number)}", left), (number, view_of)
    assert "not known" in sections(copy)


def test_one_party_s_view_shows_the_same_sections_on_votes_and_levers() -> None:
    case = load_case(shipped_case("labour-contract"))
    settlement, levers = settle(case), compare_levers(case)
    whole = page(case, settlement, None, levers=levers)
    for name in case.parties:
        view = page(case, settlement, None, levers=levers, view_of=name)
        for section in ("must-agree", "lever-effects"):
            assert part(view, section) == part(whole, section) != ""


def test_one_party_s_view_changes_no_number_and_comes_first() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settlement, drawn = answered(case)
    whole, view = page(case, settlement, drawn), page(case, settlement, drawn, view_of="UKR")
    document = Document(view)
    assert "The view of Ukraine" in document.text
    assert 'id="view"' not in whole
    assert view.index('id="UKR"') < view.index('id="RUS"')
    numbers = [json.loads(re.findall(r'id="packages-data">(.*?)</script>', one, re.DOTALL)[0]) for one in (whole, view)]
    assert numbers[1].pop("first") == 1
    assert numbers[0] == numbers[1]


def test_the_report_can_be_read_without_eyes(ukraine: str) -> None:
    document = Document(ukraine)
    tags = [tag for tag, _ in document.tags]
    assert dict(document.tags[tags.index("html")][1])["lang"] == "en"
    assert tags.count("h1") == 1
    assert {"main", "nav", "header", "footer"} <= set(tags)
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tags.count("table") == tags.count("caption")
    for tag, attributes in document.tags:
        if tag == "svg":
            assert attributes.get("role") == "img"
            assert attributes.get("aria-label") or attributes.get("aria-labelledby")
        if tag == "th":
            assert attributes.get("scope") in {"col", "row"}


def test_the_same_case_and_seed_give_the_same_bytes() -> None:
    case = load_case(CASES / "elmira.yaml")
    assert page(case, *answered(case)) == page(load_case(CASES / "elmira.yaml"), *answered(case))


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_trial_case_has_a_report(path: Path) -> None:
    case = load_case(path)
    missing = unlisted(case)
    html = page(case, None, None, missing) if missing else page(case, *answered(case, 5))
    document = Document(html)
    assert document.open == []
    assert case.title in document.text
    assert "None" not in document.text.replace("None of", "") or "None" in case.text


EVIL = "<script>alert(1)</script>\"' onload=x &amp; {{ 7*7 }} \u202e\u200b</style>"


WRITTEN = [
    *["A harbour lease", "Which lease could both sign?", "taxes", "Council minutes", "Price table", "The city", "Talks", "logic"],
    *["The port company", "The board", "The bank", "equal bargaining power", "Who dredges", "20 years", "nobody knows"],
    *["both feel the market", "First offer", "Election", "made up for tests"],
]


def test_hostile_text_is_shown_and_never_obeyed(make_case: Make) -> None:
    """Every text an author or a source can set carries markup, quotes, template signs and direction marks."""
    quoted = '"' + EVIL.replace("\\", "\\\\").replace('"', '\\"') + '"'
    source = "# Minutes\nno lease beyond 30 years " + EVIL + " end.\nput its costs at 12 million\nasked for a long lease again\n"
    text = SOUND
    for old in WRITTEN:
        assert old in text, old
        text = text.replace(old, quoted, 1)
    case = load_case(make_case(text, minutes=source))
    html = page(case, *answered(case))
    document = Document(html)
    assert document.open == []
    assert [tag for tag, _ in document.tags].count("script") in {0, 4}
    assert html.count("</style>") == 1
    assert html.count("</script>") == [tag for tag, _ in document.tags].count("script")
    assert not [name for _, attributes in document.tags for name in attributes if name.startswith("on")]
    assert "\u202e" not in html
    assert "\u200b" not in html
    assert document.text.count("<script>alert(1)</script>") > 15
    assert "{{ 7*7 }}" in document.text


def test_a_hostile_quotation_is_escaped(make_case: Make) -> None:
    source = f"# Minutes\nno lease beyond 30 years {EVIL} end. put its costs at 12 million asked for a long lease again\n"
    quoted = '"no lease beyond 30 years ' + EVIL.replace('"', '\\"') + ' end"'
    case = load_case(make_case(SOUND.replace("quote: no lease beyond 30 years", f"quote: {quoted}"), minutes=source))
    html = page(case, *answered(case))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_large_case_stays_below_a_megabyte_and_says_that_packages_are_left_out() -> None:
    parties, issues, options = "abcdefghij", 6, 5
    lines = [
        "zopa: 1",
        "title: Large",
        "as_of: 2025-01-01",
        "assume: made up",
        f"parties: {{{', '.join(f'{one}: {one}' for one in parties)}}}",
    ]
    listed = ", ".join(f"o{number}" for number in range(options))
    lines.append(f"issues: {{{', '.join(f'i{issue}: {{options: [{listed}]}}' for issue in range(issues))}}}")
    lines.append("preferences:")
    for place, one in enumerate(parties):
        rows = ", ".join(
            f"i{issue}: [{', '.join(str((option * (place + 2) + issue * 3) % 11) for option in range(options))}]"
            for issue in range(issues)
        )
        lines.append(f"  {one}: {{points: {{{rows}}}, no_deal: 5..35}}")
    case = read_text("\n".join(lines) + "\n", Path("large/case.yaml")).case
    assert case is not None
    html = page(case, settle(case), sample(case, draws=16, seed=1))
    assert len(html.encode("utf-8")) < 1_000_000
    assert "There are too many packages to list" in html
