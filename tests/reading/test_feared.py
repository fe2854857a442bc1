"""What is feared names an option: "fears that the owner might sell"."""

from __future__ import annotations

import pytest

from tests.reading.test_parsing import article, sentences
from zopa.reading.extraction import extract
from zopa.reading.feared import feared_options


def options(text: str) -> list[tuple[str, str, str]]:
    found = []
    for one in feared_options(extract(article(text), sentences(text))):
        assert one.source_span is not None
        assert (one.cue.kind, one.cue.entry.predicate, one.cue.entry.stance) == ("option", "option", "open")
        found.append((one.source_span.of(text), one.cue_span.of(text), one.contents[0].of(text)))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The union fears that the airline could cut 300 jobs.", [("the airline", "could", "cut 300 jobs")]),
        ("The baker is worried that flour will cost more.", [("flour", "will", "cost more")]),
        ("The tenants are afraid that the owner may sell the mill.", [("the owner", "may", "sell the mill")]),
        (
            "There are concerns within the guild about whether the city might close or move the market.",
            [("the city", "might", "close or move the market")],
        ),
        # A fear of something that is no act names no option, nor does what is said.
        ("The union fears a strike.", []),
        ("The union fears that the pier is old.", []),
        ("The union said that the airline could cut 300 jobs.", []),
        ("The boats left.", []),
    ],
)
def test_options(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert options(text) == wanted
