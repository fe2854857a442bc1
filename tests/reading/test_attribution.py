"""Direct speech: the words of attribution before it, behind it, inside it, and speech that goes on."""

from __future__ import annotations

import pytest

from tests.reading.test_parsing import article, sentences
from zopa.reading.articles import Line, Span
from zopa.reading.attribution import is_whole
from zopa.reading.extraction import extract
from zopa.reading.quotations import quotations


def spoken(text: str) -> list[tuple[str, str, list[str]]]:
    """Return source, cue and the pieces of every whole quotation, in the order of the text."""
    found = []
    for one in extract(article(text), sentences(text)):
        if one.quoted and one.source_span is not None:
            found.append((one.source_span.of(text), one.cue_span.of(text), [span.of(text) for span in sorted(one.contents)]))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Behind the speech.
        ("“We will not sign the lease,” the owner said.", [("the owner", "said", ["We will not sign the lease"])]),
        ("“We will not sign the lease,” said the owner.", [("the owner", "said", ["We will not sign the lease"])]),
        ('"We will not sign the lease," the owner said.', [("the owner", "said", ["We will not sign the lease"])]),
        ("''We will not sign the lease,'' the owner said.", [("the owner", "said", ["We will not sign the lease"])]),
        ("“Is the water safe?” the nurses' union asked.", [("the nurses' union", "asked", ["Is the water safe?"])]),
        # Before it.
        ("The owner said: “We will not sign the lease.”", [("The owner", "said", ["We will not sign the lease."])]),
        ("The owner said, “We will not sign the lease.”", [("The owner", "said", ["We will not sign the lease."])]),
        ("The owner told the court: “We will not sign.”", [("The owner", "told", ["We will not sign."])]),
        # In the middle.
        (
            "“We will not sign the lease,” the owner said, “until the roof is repaired.”",
            [("the owner", "said", ["We will not sign the lease", "until the roof is repaired."])],
        ),
        # The next sentence goes on.
        ("“Water is life,” the mayor said. “We cannot wait.”", [("the mayor", "said", ["Water is life", "We cannot wait."])]),
        # The next one has a word of speech of its own.
        (
            "“Water is life,” the mayor said. “We cannot wait,” the baker added.",
            [("the mayor", "said", ["Water is life"]), ("the baker", "added", ["We cannot wait"])],
        ),
        # Two speeches of one speaker.
        (
            "“We agree,” the nurses' union said, adding: “The pay is fair.”",
            [("the nurses' union", "said", ["We agree"]), ("the nurses' union", "adding", ["The pay is fair."])],
        ),
    ],
)
def test_speech_on_one_line(text: str, wanted: list[tuple[str, str, list[str]]]) -> None:
    assert spoken(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # A colon at the end of a line introduces the quotation that opens the next.
        ("The mayor said:\n“The harbour belongs to the town.”", ["The harbour belongs to the town."]),
        ("The mayor said:\n\n“The harbour belongs to the town.”", ["The harbour belongs to the town."]),
        # A paragraph left open goes on in the next.
        (
            "The mayor said: “The harbour belongs to the town.\n“It must stay open.”",
            ["The harbour belongs to the town.", "It must stay open."],
        ),
        (
            "“Water is life,” the mayor said. “We cannot wait.\n“The dam must be built now.\n“It will cost little.”",
            ["Water is life", "We cannot wait.", "The dam must be built now.", "It will cost little."],
        ),
        # A closed one does not.
        ("The mayor said: “The harbour belongs to the town.”\n“It must stay open.”", ["The harbour belongs to the town."]),
        # Nor over a line without a quotation.
        ("The mayor said: “The harbour is old.\nThe boats left.\n“It must stay open.”", ["The harbour is old."]),
    ],
)
def test_speech_over_lines(text: str, wanted: list[str]) -> None:
    assert spoken(text)[0][2] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The union called the offer “excellent” and left.",
        "The “excellent” talks ended.",
        "The mayor left. “We cannot wait another year for the water.”",
        "The mayor said the pay was “a very bad joke”.",
    ],
)
def test_words_in_marks_that_are_no_whole_speech(text: str) -> None:
    assert spoken(text) == []


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("We left", False),
        ("We left.", True),
        ("We left the old harbour", True),
        ("until the roof is repaired", False),
        ("excellent", False),
        ("we never got a letter,", True),
        ("Yes!", True),
        ("… and they left", True),
    ],
)
def test_a_whole_quotation_opens_with_a_capital_or_ends_in_a_stop(words: str, whole: bool) -> None:
    text = f"“{words}”"
    (one,) = quotations(text, Line(1, Span(0, len(text)), "text"))
    assert is_whole(text, one) is whole
