"""What the summary says about votes, coalitions, outsiders and the range between ideas of fairness."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CASES
from zopa.case import load_case, read_text
from zopa.report.voting_words import listed, range_sentences, voting_sentences
from zopa.settlement import Settlement, settle, voting

THREE = """\
zopa: 1
title: Three
as_of: 2025-01-01
assume: invented
parties: {{a: Aline, b: Bert, c: Cora}}
{agreement}issues: {{i: {{name: Site, options: [x, y, z]}}}}
preferences:
  a: {{points: {{i: [9, 5, 0]}}, no_deal: {a}}}
  b: {{points: {{i: [8, 5, 0]}}, no_deal: {b}}}
  c: {{points: {{i: [0, 5, 9]}}, no_deal: {c}}}
"""


def three(agreement: str = "", a: str = "1", b: str = "1", c: str = "2") -> Settlement:
    reading = read_text(THREE.format(agreement=agreement, a=a, b=b, c=c), Path("three/case.yaml"))
    assert reading.case is not None, [str(finding) for finding in reading.findings]
    return settle(reading.case)


def said(settlement: Settlement) -> str:
    return "\n".join(voting_sentences(settlement, voting(settlement)))


@pytest.mark.parametrize(
    ("names", "words"), [([], "nobody"), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_stand_in_a_sentence(names: list[str], words: str) -> None:
    assert listed(names) == words


def test_the_range_names_everybody() -> None:
    assert range_sentences(settle(load_case(CASES / "labour.yaml"))) == [
        "Whichever of these 7 ideas of fairness one takes, the points are between 63 and 75 for The union and between 49 and 59 "
        "for The employer. Together they choose 2 packages with 2 different outcomes."
    ]
    one = range_sentences(three())
    assert one == [
        "Whichever of these 7 ideas of fairness one takes, the points are 5 for Aline, 5 for Bert and 5 for Cora. "
        "They all choose the same package."
    ]


def test_one_idea_alone_has_no_range() -> None:
    assert range_sentences(three(c="unknown")) == []


def test_under_unanimity_outsiders_are_those_who_are_not_asked() -> None:
    words = said(three())
    assert "votes carry" not in words
    assert (
        "Cora: if it were not asked, the others could agree on 2 packages. At what they would choose, it gets 0 points, "
        "2 less than without an agreement and 5 less than at the Nash point that counts it in." in words
    )
    assert (
        "Aline: if it were not asked, the others could agree on 1 package. At what they would choose, it gets 5 points, " in words
    )
    assert "4 more than without an agreement and as many as at the Nash point that counts it in." in words
    assert said(settle(load_case(CASES / "labour.yaml"))) == ""


def test_votes_say_who_is_needed_and_who_never_is() -> None:
    words = said(three("agreement: {need: {quota: 3, votes: {a: 2, b: 1, c: 0}}}\n"))
    assert words.startswith("3 of 3 votes carry an agreement.\nNothing can be agreed without Aline and Bert.\n")
    assert "The vote never makes a difference of Cora." in words
    assert "1 coalition is just enough" in words
    assert "  Aline and Bert: 2 packages they all accept, and of these x." in words
    assert "Cora: without its vote, the others could agree on 2 packages." in words
    assert "find no package without" not in words


def test_votes_without_a_zone_say_what_stands_in_the_way_of_each_coalition() -> None:
    words = said(three("agreement: {need: 2}\n", a="9", b="9", c="9"))
    assert "  Aline and Bert: no package, because these together exclude every deal: Bert accepts nothing worth less" in words
    assert words.endswith("A zone would open if one party accepted everything: Aline (1), Bert (2), Cora (1).")


def test_more_coalitions_than_lines() -> None:
    names = [f"p{number}" for number in range(6)]
    lines = ["zopa: 1", "title: Six", "as_of: 2025-01-01", "assume: invented", "parties:", *(f"  {one}: {one}" for one in names)]
    lines += ["agreement: {need: 3}", "issues: {i: {options: [x, y]}}", "preferences:"]
    lines += [f"  {name}: {{points: {{i: [1, 2]}}, no_deal: 1}}" for name in names]
    reading = read_text("\n".join(lines) + "\n", Path("six/case.yaml"))
    assert reading.case is not None
    words = said(settle(reading.case))
    assert "20 coalitions are just enough" in words
    assert "and 12 coalitions that are not shown here." in words
