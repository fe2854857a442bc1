"""Role sheets: a party's own numbers and what all share, nothing of others, nothing hostile, no network."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from tests.conftest import CASES
from tests.report.test_page import EVIL, Document
from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.report.role_sheet import OFFERS, role_sheets

HEAD = "zopa: 1\ntitle: T\nas_of: 2025-01-01\nassume: invented\n"
ISSUES = "issues: {wage: {name: Wage, options: {low: Low, high: High}}, term: {name: Term, options: {one: One, two: Two}}}\n"


def case_of(folder: Path, text: str) -> Case:
    (folder / "case.yaml").write_text(HEAD + text, encoding="utf-8")
    return load_case(folder)


def two(folder: Path, anna: str, ben: str = "{points: {wage: [7771, 0], term: [0, 7772]}, no_deal: 7773}", more: str = "") -> str:
    """Return the sheet of Anna; the numbers of Ben all begin with 777."""
    text = f"parties: {{anna: {{name: Anna, seat: signatory}}, ben: {{name: Ben, seat: signatory}}}}\n{ISSUES}{more}"
    return dict(role_sheets(case_of(folder, f"{text}preferences:\n  anna: {anna}\n  ben: {ben}\n")).pages)["Anna"]


def words(html: str) -> str:
    return Document(html).text


def test_a_sheet_says_what_a_player_needs_and_no_more() -> None:
    sheets = role_sheets(load_case(CASES / "labour.yaml"))
    assert [name for name, _ in sheets.pages] == ["The union", "The employer"]
    union, employer = (words(html) for _, html in sheets.pages)
    assert "Wage rise 2 % (as it is now) 0 4 % 20 6 % 40 Term 1 year 20 2 years 12 3 years 0" in union
    assert "Wage rise 2 % (as it is now) 30 4 % 18 6 % 0 Term 1 year 0 2 years 15 3 years 25" in employer
    assert "Options can add up to anything from 0 to 100 points for you." in union
    assert "Without an agreement you have 35 points. A package worth more is better for you than no agreement." in union
    assert "All who sign must agree." in union
    assert "Your red lines" not in union
    assert "middle was taken" not in union
    assert sheets.left == ("the levers",)


def test_nothing_of_another_party_stands_on_a_sheet(tmp_path: Path) -> None:
    lines = "red_lines: {secret: {name: Secret, refuses: wage = high}}"
    ben = f"{{points: {{wage: [7771, 0], term: [0, 7772]}}, no_deal: 7773, {lines}}}"
    html = two(tmp_path, "{points: {wage: [1, 2], term: [3, 4]}, no_deal: 5}", ben)
    assert "777" not in words(html)
    assert "Secret" not in html
    other = two(tmp_path, "{points: {wage: [1, 2], term: [3, 4]}, no_deal: 5}", "{points: {wage: [0, 1], term: [0, 1]}}")
    assert other == html


def test_red_lines_rules_bonuses_and_votes_in_words(tmp_path: Path) -> None:
    lines = "red_lines: {cap: {name: A cap, refuses: wage = high}, base: {name: A base, requires: term = two}}"
    anna = f"{{points: {{wage: [1/3, 2], term: [3, 4]}}, bonus: {{extra: {{when: wage = low, points: 5}}}}, no_deal: 1, {lines}}}"
    text = words(two(tmp_path, anna, more="rules: {r: wage = low or term = one}\nagreement: {need: 1, veto: [ben]}\n"))
    assert "A cap. Refuse every package where Wage is “High”." in text
    assert "A base. Accept a package only where Term is “Two”." in text
    assert "Every package must meet these. Wage is “Low” or Term is “One”" in text
    assert "Added to the sum: 5 points where Wage is “Low”" in text
    assert "1 vote of those who sign carries an agreement. Nothing is agreed without Ben." in text
    assert "Low 1/3 High 2" in text
    assert "can add up to" not in text  # a bonus comes on top


@pytest.mark.parametrize(
    ("no_deal", "said"),
    [
        ("no_deal: 40..60", "Without an agreement you have 40 to 60 points."),
        ("no_deal: 40|60", "Without an agreement you have 40 or 60 points."),
        ("no_deal: {share: 30}", "Without an agreement you are 30 % of the way from your worst package to your best one."),
        ("no_deal: {package: today}", "as well off as with the package “As it is” (Wage: Low; Term: One)."),
        ("no_deal: {value: unknown}", "What you have without an agreement is not known."),
        ("", "This sheet gives no value for what you have without an agreement."),
    ],
)
def test_what_a_party_has_without_an_agreement(tmp_path: Path, no_deal: str, said: str) -> None:
    more = "packages: {today: {name: As it is, terms: {wage: low, term: one}}}\n"
    anna = f"{{points: {{wage: [1, 2], term: [3, 4]}}{', ' if no_deal else ''}{no_deal}}}"
    assert said in words(two(tmp_path, anna, more=more))


def test_ranges_orders_and_what_is_not_known(tmp_path: Path) -> None:
    text = words(two(tmp_path, "{points: {wage: [10..20, 2], term: unknown}}"))
    assert "Low 10 to 20 High 2" in text
    assert "One not known Two not known" in text
    assert "the middle was taken" in text
    reckoned = words(two(tmp_path, "{points: {wage: [1, far + 1], term: [0, 1]}}", more="assumptions: {far: {value: 4..6}}\n"))
    assert "Low 1 High 6" in reckoned
    weighted = words(two(tmp_path, "{weights: {wage: 60, term: 40}, scores: {wage: [0, 100], term: [100, 0]}}"))
    assert "Low 0 High 60" in weighted
    assert "One 40 Two 0" in weighted
    assert "the middle was taken" not in weighted
    nothing = words(two(tmp_path, "unknown"))
    assert "This sheet gives no points for you." in nothing


def test_a_shipped_case_marks_one_reading_and_leaves_out_who_only_watches() -> None:
    sheets = role_sheets(load_case(shipped_case("ukraine-2025")))
    assert len(sheets.pages) == 5
    assert any("gets no sheet: it watches and has no preferences" in one for one in sheets.left)
    for _, html in sheets.pages:
        text = words(html)
        assert "whether it signs is open" in text
        assert "An agreement needs: Fighting is at least “Ceasefire in place”." in text
        assert ("the middle was taken" in text) == ("gives no points for you" not in text)


def test_there_is_a_table_to_note_offers_in() -> None:
    (_, small), *_ = role_sheets(load_case(CASES / "labour.yaml")).pages
    (_, large), *_ = role_sheets(load_case(CASES / "panama.yaml")).pages
    assert small.count('<th scope="row" class="number">') == large.count('<th scope="row" class="number">') == OFFERS
    assert '<th scope="col">Term</th>' in small
    assert 'class="terms-cell">Terms</th>' in large


def test_the_policy_allows_one_style_and_nothing_else() -> None:
    for _, html in role_sheets(load_case(CASES / "game.yaml")).pages:
        found = Document(html)
        assert not found.open
        (policy,) = (one["content"] for tag, one in found.tags if one.get("http-equiv") == "Content-Security-Policy")
        style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
        assert style is not None
        digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
        assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        assert not {"script", "link", "img", "iframe", "form", "a"} & {tag for tag, _ in found.tags}
        assert not any(name.startswith("on") or name in {"style", "src", "href"} for _, one in found.tags for name in one)
        assert "url(" not in style.group(1)
        assert "@import" not in style.group(1)


def test_hostile_names_are_shown_and_never_obeyed(tmp_path: Path) -> None:
    quoted = '"' + EVIL.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = (
        f"question: {quoted}\nparties: {{a: {{name: {quoted}, seat: signatory}}}}\n"
        f"issues: {{x: {{name: {quoted}, options: {{p: {quoted}, q: Q}}}}}}\n"
        f"preferences: {{a: {{points: {{x: [1, 2]}}, red_lines: {{l: {{name: {quoted}, refuses: x = p}}}}}}}}\n"
    )
    (_, html), *_ = role_sheets(case_of(tmp_path, text)).pages
    assert "script" not in {tag for tag, _ in Document(html).tags}
    assert "<script>alert(1)</script>" in Document(html).text
    assert "{{ 7*7 }}" in html
    assert not {"\u202e", "\u200b"} & set(html)


def test_the_same_case_gives_the_same_pages() -> None:
    case = load_case(CASES / "game.yaml")
    assert role_sheets(case) == role_sheets(case)
