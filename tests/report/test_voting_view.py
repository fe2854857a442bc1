"""Who must say yes, coalitions and outsiders, as the report shows them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CASES
from tests.report.test_voting_words import three
from zopa.case import load_case, read_text
from zopa.report.voting_view import voting_view
from zopa.report.voting_words import loss_words
from zopa.settlement import Settlement, settle, voting

VOTE = "agreement: {need: 2, veto: [a]}\n"


def shown(settlement: Settlement) -> dict[str, Any]:
    found: dict[str, Any] = voting_view(settlement.case, settlement)["agree"]
    return found


def changed(text: str) -> Settlement:
    reading = read_text(text, Path("some/case.yaml"))
    assert reading.case is not None, [str(one) for one in reading.findings]
    return settle(reading.case)


def test_two_who_must_agree_need_sentences_and_no_table() -> None:
    found = shown(settle(load_case(CASES / "labour.yaml")))
    assert found["sentences"] == [
        "Both who sign must say yes: The union and The employer. Each of them could stop an agreement alone."
    ]
    assert not any(found[name] for name in ("consents", "seats", "coalitions", "left_out", "opens", "needed", "without"))


def test_three_who_must_agree_show_what_being_left_out_would_cost() -> None:
    found = shown(three())
    assert found["sentences"][0].startswith("All who sign must say yes: Aline, Bert and Cora.")
    assert found["coalitions"] == found["seats"] == []
    cora = next(row for row in found["without"] if row["party"]["name"] == "Cora")
    assert {name: cora[name] for name in ("count", "there", "no_deal", "loss", "exclusion")} == {
        "count": "2",
        "there": "0",
        "no_deal": "2",
        "loss": "2 less",
        "exclusion": "5 less",
    }
    aline = next(row for row in found["without"] if row["party"]["name"] == "Aline")
    assert (aline["loss"], aline["exclusion"]) == ("4 more", "the same")


def test_a_vote_shows_seats_coalitions_and_what_each_would_choose() -> None:
    found = shown(three(VOTE))
    assert found["sentences"] == [
        "An agreement needs 2 of 3 votes.",
        "Nothing is agreed without the yes of Aline, whatever the votes: a veto.",
    ]
    assert [(row["party"]["name"], row["votes"], row["veto"], row["stops"], row["matters"]) for row in found["seats"]] == [
        ("Aline", "1", "yes", "yes", "yes"),
        ("Bert", "1", "no", "no", "yes"),
        ("Cora", "1", "no", "no", "yes"),
    ]
    assert found["coalition_words"].startswith("2 coalitions are just enough")
    first, second = found["coalitions"]
    assert [party["name"] for party in first["members"]] == ["Aline", "Bert"]
    assert (first["count"], first["chosen"]) == ("2", "x")
    assert first["cells"] == ["9 (+8)", "8 (+7)", "0 (−2)"]
    assert (second["count"], second["chosen"]) == ("1", "y")
    assert found["carried"]
    assert [row["party"]["name"] for row in found["without"]] == ["Bert", "Cora"]
    assert found["needed"] == []


def test_the_figures_are_those_of_the_settlement() -> None:
    settlement = three(VOTE)
    found, computed = shown(settlement), voting(settlement)
    assert [row["count"] for row in found["coalitions"]] == [str(len(one.packages)) for one in computed.coalitions]
    assert [row["party"]["id"] for row in found["without"]] == [name for name, one in computed.without.items() if one.possible]


def test_where_nothing_can_be_carried_each_coalition_says_why() -> None:
    found = shown(three("agreement: {need: 2}\n", a="9", b="9", c="9"))
    assert not found["carried"]
    assert all(row["why"].startswith("these together exclude every deal: ") for row in found["coalitions"])
    assert found["opens"].startswith("A zone would open if one party alone accepted everything: Aline (1 package), ")


def test_what_is_not_known_is_said_and_never_nought() -> None:
    found = shown(three(VOTE, c="unknown"))
    assert "counts neither as a yes nor as a no" in found["sentences"][-1]
    cora = next(row for row in found["without"] if row["party"]["name"] == "Cora")
    assert (cora["no_deal"], cora["loss"]) == ("not known", "not known")
    assert [row["chosen"] for row in found["coalitions"]] == ["x", ""]


def test_who_consents_and_whose_seat_is_open() -> None:
    text = (
        "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: invented\n"
        "parties: {a: Ann, b: Ben, h: {name: Host, seat: who}, g: {name: Guard, seat: guarantor, consent_if: i = q}}\n"
        "assumptions: {who: {value: observer | signatory, split: yes, assume: nobody says}}\n"
        "issues: {i: {name: Site, options: [p, q]}}\n"
        "preferences:\n  a: {points: {i: [1, 2]}, no_deal: 1}\n  b: {points: {i: [2, 1]}, no_deal: 1}\n"
        "  h: {points: {i: [2, 1]}, no_deal: 1}\n  g: {points: {i: [2, 1]}, no_deal: 1}\n"
    )
    found = shown(changed(text))
    assert "Whether Host signs is open; in the base scenario it does not." in found["sentences"]
    assert [(row["name"], row["says"]) for row in found["consents"]] == [("Guard", "must say yes too wherever Site is “q”")]


@pytest.mark.parametrize(
    ("loss", "words"),
    [((0, 0), "the same"), ((1, 3), "1 to 3 less"), ((-3, -1), "1 to 3 more"), ((-1, 2), "from 1 more to 2 less")],
)
def test_losses_in_words(loss: tuple[int, int], words: str) -> None:
    assert loss_words((Fraction(loss[0]), Fraction(loss[1]))) == words


def test_many_coalitions_are_cut_and_the_cut_is_said() -> None:
    names = [f"p{number}" for number in range(7)]
    lines = ["zopa: 1", "title: Seven", "as_of: 2025-01-01", "assume: x", "parties:", *(f"  {one}: {one}" for one in names)]
    lines += ["agreement: {need: 3}", "issues: {i: {options: [x, y]}}", "preferences:"]
    lines += [f"  {name}: {{points: {{i: [1, 2]}}, no_deal: 1}}" for name in names]
    found = shown(changed("\n".join(lines) + "\n"))
    assert len(found["coalitions"]) == 20
    assert found["left_out"] == "15 more are not shown here; `zopa report --tables` lists them."
