from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.reading.draft.statements import UNION, Story, harbour, river
from zopa.reading.draft.drafting import draft_case
from zopa.reading.draft.elements import DraftGate


def gates(line: str, content: str, time: str, norm: str | None, **more: Any) -> list[DraftGate]:
    story = Story(f"{line}\nThe union wants warm cabins.", [UNION])
    role = more.pop("role", "about")
    story.say(content, "said", "condition", "UNION", source="the union", time=time, time_norm=norm, time_role=role, **more)
    story.say("warm cabins", "wants", "want", "UNION", source="The union", stance_code="for")
    return [gate for gate in draft_case([story.read()]).gates if gate.on is not None]


@pytest.mark.parametrize(
    ("words", "norm"),
    [("until 1 June", "2024-06-01"), ("by 1 June", "../2024-06-01"), ("after 1 June", "2024-06-01/..")],
)
def test_dates_behind_until_by_and_after_are_gates(words: str, norm: str) -> None:
    (gate,) = gates(f"The ferry waits {words}, the union said.", f"The ferry waits {words}", words, norm)
    assert gate.on == date(2024, 6, 1)
    assert gate.name == f"The ferry waits {words}"


@pytest.mark.parametrize(
    ("words", "norm"),
    [
        ("on 1 June", "2024-06-01"),  # no word that makes anything wait
        ("for 20 years", "P20Y"),  # a duration is a value of an option
        ("until June", "2024-06-01/2024-06-30"),  # no single day
        ("until Monday", None),
        ("until 1 April", "2024-04-01"),  # before the day of the article
    ],
)
def test_other_times_are_no_gates(words: str, norm: str | None) -> None:
    assert gates(f"The ferry waits {words}, the union said.", f"The ferry waits {words}", words, norm) == []


def test_when_it_was_said_is_no_gate() -> None:
    assert gates("The ferry waits, the union said by 1 June.", "The ferry waits", "by 1 June", "../2024-06-01", role="said") == []


def test_a_hedge_is_said_in_words() -> None:
    (gate,) = gates(
        "The ferry may wait until 1 June, the union said.",
        "The ferry may wait until 1 June",
        "until 1 June",
        "2024-06-01",
        soft="may",
    )
    assert gate.name.startswith("perhaps: ")


def test_a_gate_of_talks_opens_them() -> None:
    (gate,) = draft_case([harbour().read()]).gates
    assert (gate.on, gate.opens) == (date(2024, 6, 1), ("talks", "talks"))


def test_readiness_is_a_fact_of_ones_own_words() -> None:
    facts = [gate for gate in draft_case([river().read()]).gates if gate.fact is not None]
    assert [(gate.fact, gate.ground.because, gate.party) for gate in facts] == [("yes", ("ready",), "UPPER")]


def test_what_talks_need_stands_apart() -> None:
    story = Story("Talks need warm cabins, the union said.", [UNION])
    name = story.say("Talks need warm cabins", "said", "condition", "UNION", source="the union", stance_code="for", firm="need")
    draft = draft_case([story.read()])
    assert [(gate.fact, gate.ground.because) for gate in draft.gates] == [("unknown", (name,))]


def test_a_term_with_an_end_and_a_bare_year_are_no_gates() -> None:
    assert gates("The ferry waits until 2027, the union said.", "The ferry waits until 2027", "until 2027", "../2027-12-31") == []
    story = Story("The union offers a freeze until 1 June.", [UNION])
    story.say(
        "a freeze until 1 June",
        "offers",
        "offer",
        "UNION",
        source="The union",
        time="until 1 June",
        time_norm="../2024-06-01",
        time_role="about",
    )
    assert draft_case([story.read()]).gates == ()
