"""The answer in a sentence, and how named packages stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.conftest import CASES
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.report.answer import (
    acceptable_words,
    answer_sentence,
    base_caveat,
    blocked_words,
    condition_note,
    depends_words,
    package_standing,
    reading_sentences,
    silence_lines,
    unknown_consents,
    unknown_parties,
    vote_words,
)
from zopa.settlement import Settlement, sample, settle


def views_of(settlement: Settlement, name: str) -> tuple[list[int], list]:  # type: ignore[type-arg]
    members = settlement.members(name)
    return members, [settlement.view(index) for index in members]


def test_a_fixed_case_is_answered_without_shares() -> None:
    for name, wanted in [("labour", "there is a zone of possible agreement"), ("conflict", "there is no package")]:
        case = load_case(CASES / f"{name}.yaml")
        assert answer_sentence(case, settle(case), None).startswith(f"With the numbers given, {wanted}")


def test_what_is_not_known_is_not_answered() -> None:
    case = load_case(CASES / "draft")
    settlement = settle(case)
    drawn = sample(case, draws=5)
    assert "cannot be said" in answer_sentence(case, settlement, drawn)
    assert acceptable_words(settlement, drawn, *views_of(settlement, "p1")) == "not known"


def test_what_hangs_on_an_unknown_guarantor_is_not_called_empty() -> None:
    text = """\
zopa: 1
title: t
as_of: 2025-01-01
assume: x
parties: {a: A, b: {name: B, seat: guarantor, consent_if: i = p}}
issues: {i: {options: [p, q]}}
preferences: {a: {points: {i: [5, 1]}, no_deal: 3}, b: unknown}
"""
    case = read_text(text, Path("drawn/case.yaml")).case
    assert case is not None
    assert answer_sentence(case, settle(case), None).startswith("With the numbers given, no package is acceptable for sure")


def test_named_packages_stand_as_no_agreement_or_out_of_reach_or_open() -> None:
    text = """\
zopa: 1
title: t
as_of: 2025-01-01
assume: x
parties: {a: A}
issues: {i: {options: [p, q, r], now: p}}
preferences: {a: {points: {i: [0, 5, 1]}, no_deal: 0}}
packages: {N: {like: now}, Q: {terms: {i: q}}, R: {terms: {i: r}}}
gates: {G: {name: Spring, on: 2025-03-01}}
levers: {L: {by: a, from: G, allow: i = q}}
"""
    case = read_text(text, Path("drawn/case.yaml")).case
    assert case is not None
    before, later = settle(case, day=date(2025, 2, 1)), settle(case)
    assert package_standing(views_of(later, "N")[1]) == "no agreement"
    assert package_standing(views_of(later, "Q")[1]) is None
    assert package_standing(views_of(before, "Q")[1]) == "not to be had on that day"
    assert package_standing(views_of(before, "R")[1]) is None


def test_a_share_with_an_unknown_consent_says_what_is_sure_and_what_could_be() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settlement, drawn = settle(case), sample(case, draws=60, seed=1)
    members, views = views_of(settlement, "P6")
    assert unknown_parties(views) == ["NATO"]
    assert unknown_consents(settlement) == ["NATO"]
    assert "if NATO agreed" in acceptable_words(settlement, drawn, members, views)
    assert "NATO" not in acceptable_words(settlement, drawn, *views_of(settlement, "P4"))
    assert "if NATO agreed" in answer_sentence(case, settlement, drawn)
    # The reading with the most zones is one under which steps wait for each other, and the answer says so.
    assert any("wait for each other" in line for line in reading_sentences(case, settlement, drawn))
    russia = blocked_words(case, drawn, "RUS", members)
    assert russia is not None
    assert russia.startswith("Russian Federation ")
    assert blocked_words(case, drawn, "NATO", members) is None


def test_the_text_alone_in_words() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    text = settle(case).text
    assert depends_words(text) == "depending on the answers to 4 questions about how s17, s12, s14 are meant"
    lines = silence_lines(case, text)
    assert "NATO: any" in lines
    assert any(line.startswith("Russian Federation: ") and "Territory" in line for line in lines)
    assert condition_note(case, "L14") == "Ukraine: The guarantee must be joint (s14, if a joint guarantee is a must)"
    assert "Direction not stated" in base_caveat(case)


SEAT = """\
zopa: 1
title: t
as_of: 2025-01-01
assume: x
parties: {a: A, b: B, c: {name: C, seat: s}}
issues: {i: {options: [p, q]}}
assumptions: {s: {name: Seat of C, value: ORDER, split: yes, assume: not known}}
preferences:
  a: {points: {i: [0, 0..10]}, no_deal: 5}
  b: {points: {i: [0, 10]}, no_deal: 5}
  c: unknown
"""


def test_a_reading_in_which_an_unknown_party_signs_is_not_counted_as_a_refusal() -> None:
    said = []
    for order in ("observer | signatory", "signatory | observer"):
        case = read_text(SEAT.replace("ORDER", order), Path("drawn/case.yaml")).case
        assert case is not None
        drawn = sample(case, draws=200, seed=1)
        settlement = settle(case)
        assert not drawn.undecided
        assert len(drawn.counted) == 1
        assert drawn.zone_span().lowest == drawn.zone_span().highest > 50
        assert any(line.startswith("Not counted: 1 of the 2 readings") for line in reading_sentences(case, settlement, drawn))
        said.append(answer_sentence(case, settlement, drawn))
    # The order in which alternatives are written changes no answer.
    assert said[0] == said[1]


def test_a_vote_is_not_called_everybody() -> None:
    case = load_case(CASES / "game.yaml")
    assert "as many as the vote needs" in answer_sentence(case, settle(case), None)
    assert "votes" in vote_words(case)
    assert vote_words(load_case(CASES / "labour.yaml")) == ""
