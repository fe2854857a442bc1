"""A grammar of reported speech: which words announce a statement, and what they announce."""

from __future__ import annotations

import pytest

from tests.reading.test_parsing import sentences
from zopa.reading.cues import cues

Row = tuple[str, str, str]


def found(text: str) -> list[Row]:
    """Return kind, words of the cue and words of the content of every cue of a text."""
    rows = []
    for sentence in sentences(text):
        doc = sentence.tokens.doc
        for cue in cues(sentence):
            content = " ".join(doc[place].text for place in sorted(cue.content) if not doc[place].is_punct)
            rows.append((cue.kind, sentence.over(cue.first, cue.last).of(text), content))
    return rows


def check(text: str, kind: str, cue: str, content: str) -> None:
    assert (kind, cue, content) in found(text)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The landlord said that the lease ends in June.", "said", "that the lease ends in June"),
        ("The landlord said the lease ends in June.", "said", "the lease ends in June"),
        ("The bakers asked whether the price would fall.", "asked", "whether the price would fall"),
        ("The bakers asked how the price was set.", "asked", "how the price was set"),
        ("The airline told the pilots that the offer stands.", "told", "that the offer stands"),
        ("The harbour board has repeatedly warned that the pier is old.", "has repeatedly warned", "that the pier is old"),
        ("The city denied that it took the money.", "denied", "that it took the money"),
        ("The fishermen demanded that the quota be raised.", "demanded", "that the quota be raised"),
        ("The guild would not say whether it will sue.", "would not say", "whether it will sue"),
    ],
)
def test_verbs_with_a_clause(text: str, cue: str, content: str) -> None:
    check(text, "verb", cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The mayor urged tenants to pay the rent.", "urged", "tenants to pay the rent"),
        ("The court asked the owners to repair the roof.", "asked", "the owners to repair the roof"),
        ("The captain told the crew to turn back.", "told", "the crew to turn back"),
        ("Chile wants Peru to open the river.", "wants", "Peru to open the river"),
        ("The nurses' union called on the hospital to hire more staff.", "called on", "the hospital to hire more staff"),
    ],
)
def test_verbs_with_somebody_who_is_to_act(text: str, cue: str, content: str) -> None:
    check(text, "verb", cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The airline plans to hire pilots.", "plans", "to hire pilots"),
        ("The sailors demand to see the contract.", "demand", "to see the contract"),
        ("The company declined to comment.", "declined", "to comment"),
        ("The board never promised to lower the rent.", "never promised", "to lower the rent"),
        ("The union agreed to end the strike.", "agreed", "to end the strike"),
        ("Peru recommended lowering the tariff.", "recommended", "lowering the tariff"),
        ("The city is considering selling the stadium.", "is considering", "selling the stadium"),
        ("The city denied taking the money.", "denied", "taking the money"),
    ],
)
def test_verbs_with_an_infinitive_or_a_gerund(text: str, cue: str, content: str) -> None:
    check(text, "verb", cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The teachers' union rejected the offer.", "rejected", "the offer"),
        ("The farmers want lower taxes.", "want", "lower taxes"),
        ("The union has proposed a pause in exchange for new boats.", "has proposed", "a pause in exchange for new boats"),
        ("The board described the offer as an insult.", "described", "the offer as an insult"),
        ("The union regards the offer as an insult.", "regards", "the offer as an insult"),
        ("The ministry called the quota a disaster.", "called", "the quota a disaster"),
        ("What the mayor called a mistake was a crime.", "called", "a mistake"),
        ("Norway accused Iceland of breaking the treaty.", "accused Iceland of", "breaking the treaty"),
        ("Chile blamed Peru for the delay.", "blamed Peru for", "the delay"),
        ("The union thanked the board for the raise.", "thanked the board for", "the raise"),
    ],
)
def test_verbs_with_an_object(text: str, cue: str, content: str) -> None:
    check(text, "verb", cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The nurses' union called for a shorter week.", "called for", "a shorter week"),
        ("The guild pushed for a lower price.", "pushed for", "a lower price"),
        ("Iceland insisted on a larger share.", "insisted on", "a larger share"),
        ("The union agreed to a pause.", "agreed to", "a pause"),
        ("The court warned against a delay.", "warned against", "a delay"),
        ("The tenants complained about the noise.", "complained about", "the noise"),
        ("The tenants disagreed with the verdict.", "disagreed with", "the verdict"),
        ("Denmark ruled out a new tariff.", "ruled out", "a new tariff"),
        ("Denmark has not ruled out a new tariff.", "has not ruled out", "a new tariff"),
    ],
)
def test_verbs_with_a_preposition_or_a_particle(text: str, cue: str, content: str) -> None:
    check(text, "verb", cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The port authority made it clear that the strike must end.", "made it clear", "that the strike must end"),
        ("The judge has made clear that the fine stands.", "has made clear", "that the fine stands"),
    ],
)
def test_making_it_clear(text: str, cue: str, content: str) -> None:
    check(text, "verb", cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Bolivia is open to a longer lease.", "is open to", "a longer lease"),
        ("The tenants' association is eager to sign a contract.", "is eager", "to sign a contract"),
        ("The owners remain reluctant to sign the contract.", "remain reluctant", "to sign the contract"),
        ("The tenants are not willing to pay more.", "are not willing", "to pay more"),
        ("The owners seem keen on a deal.", "seem keen on", "a deal"),
        ("The owners are confident that the roof will last.", "are confident", "that the roof will last"),
        ("The baker is worried that flour will cost more.", "is worried", "that flour will cost more"),
        ("The owners are ready for talks.", "are ready for", "talks"),
    ],
)
def test_adjectives(text: str, cue: str, content: str) -> None:
    check(text, "adjective", cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The union's opposition to the merger grew.", "opposition to", "the merger"),
        ("The drivers' demand for a break was ignored.", "demand for", "a break"),
        ("Norway's refusal to share the maps angered the crews.", "refusal", "to share the maps"),
        ("The claim by the drivers that the road is closed was false.", "claim", "that the road is closed"),
        ("There are concerns within the ministry about the price of water.", "concerns", "the price of water"),
    ],
)
def test_nouns_with_a_possessor(text: str, cue: str, content: str) -> None:
    kind = "held" if " by the " in text or " within " in text else "noun"
    check(text, kind, cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The pilots' union expressed its readiness to meet the airline.", "expressed its readiness", "to meet the airline"),
        ("The board voiced concern about the cost.", "voiced concern about", "the cost"),
        ("The board made a promise to lower the rent.", "made a promise", "to lower the rent"),
        ("The board gave its approval for the sale.", "gave its approval for", "the sale"),
        ("Chile has expressed some sympathy for the crews.", "has expressed some sympathy for", "the crews"),
    ],
)
def test_light_verbs(text: str, cue: str, content: str) -> None:
    check(text, "light", cue, content)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The plan was rejected by the farmers' union.", "was rejected by", "The plan"),
        ("The merger was approved by the shareholders.", "was approved by", "The merger"),
    ],
)
def test_passives_with_by(text: str, cue: str, content: str) -> None:
    check(text, "verb", cue, content)


def test_according_to() -> None:
    assert ("according", "According to", "") in found("According to the Water Board, the dam is safe.")
    assert ("according", "according to", "") in found("The dam is safe, according to the Water Board.")


def test_what_a_relative_clause_plans_is_what_it_is_equated_with() -> None:
    text = "One of the things the mayor plans to discuss is the repair of the bridge."
    check(text, "verb", "plans to discuss", "the repair of the bridge")


@pytest.mark.parametrize(
    "text",
    [
        "The boats left the harbour at noon.",
        "The merger was announced in June.",
        "The opposition lost the vote.",
        "A fear of water is common.",
        "The green door is open.",
        "According the honour took an hour.",
        "The ship sank.",
        "The committee prepared a report.",
        "They made a cake.",
    ],
)
def test_what_announces_nothing(text: str) -> None:
    assert [row for row in found(text) if row[2]] == []
