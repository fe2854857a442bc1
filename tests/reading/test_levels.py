"""How directly a statement is somebody's own, and what kind of act it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.levels import Standing, refined, standing, turned
from zopa.reading.statements import PREDICATES

OWN = Standing(1, own_words=True)
QUOTED = Standing(0, own_words=True)
UNNAMED = Standing(3, own_words=False)
NARRATED = Standing(4, own_words=False)


def level(kind: str = "verb", predicate: str = "say", **more: Any) -> tuple[int, bool]:
    values: dict[str, Any] = {
        "named": True, "narrated": False, "quoted": False, "spoken": False, "parent": None,
        "same_party": False, "same_voice": False, **more,
    }  # fmt: skip
    found = standing(kind=kind, predicate=predicate, **values)
    return found.level, found.own_words


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        # Outside any other statement.
        ({"quoted": True}, (0, True)),
        ({}, (1, True)),
        ({"predicate": "demand"}, (1, True)),
        ({"predicate": "reject"}, (1, True)),
        ({"kind": "according"}, (1, True)),
        ({"named": False}, (3, False)),
        ({"named": False, "quoted": True}, (3, False)),
        ({"kind": "adjective", "predicate": "fear"}, (3, False)),
        ({"predicate": "fear", "spoken": True}, (1, True)),  # "warned that"
        ({"kind": "light", "predicate": "sympathise"}, (3, False)),
        ({"predicate": "admire"}, (3, False)),
        ({"kind": "noun", "predicate": "oppose"}, (4, False)),
        ({"narrated": True}, (4, False)),
        ({"narrated": True, "quoted": True}, (4, False)),
        # Inside what a named party says: about itself, about another, about nobody known.
        ({"parent": OWN, "same_party": True, "same_voice": True}, (1, True)),
        ({"parent": QUOTED, "same_party": True, "same_voice": True}, (1, True)),
        ({"parent": OWN}, (2, False)),
        ({"parent": OWN, "named": False}, (3, False)),
        ({"parent": OWN, "kind": "noun"}, (4, False)),
        # What the palace says about the king is not said by the king.
        ({"parent": OWN, "same_party": True}, (2, False)),
        # Inside what nobody named says, and inside narration.
        ({"parent": UNNAMED}, (3, False)),
        ({"parent": UNNAMED, "quoted": True}, (3, False)),
        ({"parent": UNNAMED, "same_party": True, "same_voice": True}, (3, False)),
        ({"parent": UNNAMED, "kind": "noun"}, (4, False)),
        ({"parent": NARRATED}, (4, False)),
    ],
)
def test_levels(given: dict[str, Any], wanted: tuple[int, bool]) -> None:
    assert level(**given) == wanted


@pytest.mark.property
@given(
    st.sampled_from(["verb", "adjective", "noun", "light", "according", "turn", "narrator"]),
    st.sampled_from(PREDICATES),
    st.tuples(*[st.booleans()] * 6),
    st.sampled_from([None, OWN, QUOTED, UNNAMED, NARRATED, Standing(2, own_words=False)]),
)
def test_own_words_are_named_direct_and_inside_own_words(
    kind: str, predicate: str, flags: tuple[bool, ...], parent: Standing | None
) -> None:
    names = ("named", "narrated", "quoted", "spoken", "same_party", "same_voice")
    found = standing(kind=kind, predicate=predicate, parent=parent, **dict(zip(names, flags, strict=True)))
    given = dict(zip(names, flags, strict=True))
    assert 0 <= found.level <= 4
    if found.own_words:
        assert found.level <= 1
        assert given["named"]
        assert not given["narrated"]
        assert parent is None or (parent.own_words and given["same_party"])
    if parent is not None and not given["narrated"]:
        # Nothing inside is more direct than reported speech, nor better known than what holds it.
        assert found.level >= (1 if parent.level < 3 else 3)


@pytest.mark.parametrize(
    ("predicate", "wanted"),
    [
        ("support", ("reject", "against")),  # would not accept
        ("agree", ("reject", "against")),
        ("propose", ("reject", "against")),
        ("reject", ("consider", "open")),  # did not rule out
        ("deny", ("consider", "open")),
        ("willing", ("decline", "against")),
        ("intend", ("decline", "against")),
        ("say", ("decline", "none")),  # would not say
        ("assess", ("assess", "none")),
    ],
)
def test_denied_cues_turn(predicate: str, wanted: tuple[str, str]) -> None:
    assert turned(predicate, "none") == wanted


@pytest.mark.parametrize("predicate", PREDICATES)
def test_turning_stays_in_the_closed_list_and_never_leaves_a_yes(predicate: str) -> None:
    found, stance = turned(predicate, "none")
    assert found in PREDICATES
    assert stance != "for"


@pytest.mark.parametrize(
    ("predicate", "content", "wanted"),
    [
        ("say", "that the pier must close", ("demand", "for")),
        ("say", "that talks would need a mediator", ("condition", "for")),
        ("say", "talks have to wait until spring", ("condition", "for")),
        ("say", "it will sign only if rents fall", ("condition", "for")),
        ("report", "that a loan might not be enough", ("doubt", "against")),
        ("stress", "the need for a new dam", ("demand", "for")),
        ("say", "that the cut is unacceptable", ("reject", "against")),
        ("say", "that it will not accept a cut", ("reject", "against")),
        ("say", "that the pier is old", ("say", "none")),
        ("fact-claim", "that rain fell", ("fact-claim", "none")),
        # Other acts say already what they are.
        ("propose", "that the pier must close", ("propose", "none")),
        ("want", "a loan that is not enough", ("want", "none")),
    ],
)
def test_speech_is_looked_at(predicate: str, content: str, wanted: tuple[str, str]) -> None:
    assert refined(predicate, "none", content, denied=False) == wanted


def test_a_denied_cue_turns_whatever_its_content() -> None:
    assert refined("support", "for", "a pay cut that must end", denied=True) == ("reject", "against")
    assert refined("say", "none", "that the pier must close", denied=True) == ("decline", "none")
