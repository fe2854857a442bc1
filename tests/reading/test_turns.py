"""Transcripts and collections of voices: a name and a sign instead of a verb."""

from __future__ import annotations

import pytest

from tests.reading.test_parsing import article, sentences
from zopa.reading.turns import turns


def said(text: str) -> list[tuple[str, str, list[str]]]:
    """Return name, sign and words of each turn."""
    found = []
    for sentence, cue, who, contents in turns(article(text), sentences(text)):
        found.append(
            (sentence.over(*who).of(text), sentence.over(cue.first, cue.last).of(text), [span.of(text) for span in contents])
        )
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "MAYOR: We are ready to talk.\nUNION: We want a new bridge.",
            [("MAYOR", ":", ["We are ready to talk."]), ("UNION", ":", ["We want a new bridge."])],
        ),
        ("ANA RUIZ: We are ready to talk.", [("ANA RUIZ", ":", ["We are ready to talk."])]),
        ("MAYOR: We are ready. We have a plan.", [("MAYOR", ":", ["We are ready.", "We have a plan."])]),
        # A name in small letters counts when it opens two lines.
        (
            "Ruiz: We are ready to talk.\nHolm: Nobody asked us.\nRuiz: We did ask.",
            [("Ruiz", ":", ["We are ready to talk."]), ("Ruiz", ":", ["We did ask."])],
        ),
        ("Note: the harbour is closed today.", []),
        ("A: We left the harbour.", []),
        ("The mayor said: We are ready to talk.", []),
        # Signed quotations.
        ("“We were never asked about the harbour.” — Ana Ruiz", [("Ana Ruiz", "—", ["We were never asked about the harbour."])]),
        ('"We were never asked." -- Ana Ruiz, baker.', []),
        ('"We were never asked about it." -- Ana Ruiz', [("Ana Ruiz", "--", ["We were never asked about it."])]),
        ("The harbour was closed — Ana Ruiz left.", []),
        ("The union left the talks.", []),
        ("", []),
    ],
)
def test_turns(text: str, wanted: list[tuple[str, str, list[str]]]) -> None:
    assert said(text) == wanted


def test_a_long_line_is_searched_only_at_its_end() -> None:
    # The place of a signature is bounded, so that hostile lines of many marks stay quick.
    assert said("“" + "” - " * 5_000 + "end.") == []
    long = "“" + "The boats left the bay. " * 60 + "” — Ana Ruiz"
    ((name, sign, words),) = said(long)
    assert (name, sign) == ("Ana Ruiz", "—")
    assert len(words) == 60
