"""NegoLog profiles in."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.formats.sheets import fractions_of
from zopa.formats import FormatError, read_negolog

A: dict[str, Any] = {
    "reservationValue": 0.4,
    "issueWeights": {"x": 0.25, "y": 0.75},
    "issues": {"x": {"p": 1.0, "q": 0.1}, "y": {"r": 0.5, "s": 1}},
}
B: dict[str, Any] = {
    "reservationValue": 0,
    "issueWeights": {"y": 0.5, "x": 0.5},
    "issues": {"y": {"s": 0, "r": 1}, "x": {"q": 1, "p": 0}},
}


def written(folder: Path, **files: object) -> Path:
    for name, data in files.items():
        (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def test_points_are_weight_times_value(tmp_path: Path) -> None:
    sheet = read_negolog([written(tmp_path, profileA=A, profileB=B, domain={"domainName": "x"})])
    assert [(issue.name, issue.options) for issue in sheet.issues] == [("x", ("p", "q")), ("y", ("r", "s"))]
    first, second = sheet.parties
    assert first.points == ((Fraction(1, 4), Fraction(1, 40)), (Fraction(3, 8), Fraction(3, 4)))
    assert second.points == fractions_of((0, "1/2"), ("1/2", 0))
    assert (first.no_deal, second.no_deal) == (Fraction(2, 5), Fraction(0))
    assert sheet.defects == ()
    assert "domain.json" in sheet.not_taken[0]


def test_defects_are_reported(tmp_path: Path) -> None:
    odd = {"issueWeights": {"x": 0.5}, "issues": {"x": {"p": 1}}}
    sheet = read_negolog([written(tmp_path, profileA=A, profileB=odd)])
    told = "\n".join(map(str, sheet.defects))
    for words in ("add up to 0.5", "it has no options", "no number for the option q", "no reservation value"):
        assert words in told
    assert sheet.parties[1].points == ((Fraction(1, 2), None), (None, None))
    assert sheet.parties[1].no_deal is None


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ({**A, "issues": {"z": {"p": 1}}}, "has no issue z"),
        ({**A, "issueWeights": {"x": "much", "y": 1}}, "not a number"),
        ({**A, "reservationValue": [1]}, "no number stands here"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(profile: object, words: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=words):
        read_negolog([written(tmp_path, profileA=A, profileB=profile)])


def test_files_that_are_no_profiles_are_refused(tmp_path: Path) -> None:
    written(
        tmp_path, domain={"a": 1}, empty={"issues": {}, "issueWeights": {}}, bare={"issues": {"x": {}}, "issueWeights": {"x": 1}}
    )
    for name, words in [("domain", "it is no profile"), ("empty", "no issues"), ("bare", "no options")]:
        with pytest.raises(FormatError, match=words):
            read_negolog([tmp_path / f"{name}.json"])
