"""Decisions: what may stand in them, and the ids of added statements."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading.readings import herring, lease
from zopa.reading.decisions import Piece, added_id, check_fields, known_parties
from zopa.reading.selecting import ReviewFault
from zopa.reading.statements import PREDICATES, PSEUDO_PARTIES

PARTIES = {"UNION": "Coastal union", **{name: name for name in PSEUDO_PARTIES}}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"predicate": "says"}, "says is not a predicate; choose one of: say, stress"),
        ({"stance_code": "pro"}, "pro is not a stance; choose one of: for, against"),
        ({"firmness": "hard"}, "hard is not a firmness"),
        ({"level": 5}, "5 is not a level; choose one of: 0, 1, 2, 3, 4"),
        ({"level": True}, "True is not a level"),
        ({"level": "1"}, "1 is not a level"),
        ({"party": "UNIONS"}, "Did you mean UNION"),
        ({"party": None}, "None is not a party of this reading"),
        ({"issue": "the quota"}, "cannot name an issue"),
        ({"issue": "9"}, "cannot name an issue"),
        ({"issue": "quota\n"}, "cannot name an issue"),
        ({"speaker": "Ragna Dahl"}, "speaker cannot be changed"),
        ({"content": "typed words"}, "content cannot be changed"),
        ({"stance": "typed words"}, "stance cannot be changed"),
    ],
)
def test_values_outside_the_closed_lists_are_refused(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(ReviewFault, match=why):
        check_fields(fields, PARTIES)


def test_values_of_the_closed_lists_pass() -> None:
    for predicate in PREDICATES:
        check_fields({"predicate": predicate, "issue": None, "party": "narrator", "level": 0}, PARTIES)
    check_fields({"issue": "quota_of-2024", "stance_code": "open", "firmness": "soft"}, PARTIES)


def test_parties_of_all_readings_and_the_stand_ins_are_known() -> None:
    assert known_parties([herring(), lease()]) == {
        "UNION": "Coastal union",
        "ISLES": "Island government",
        "LANDLORD": "Landlord",
        **{name: name for name in PSEUDO_PARTIES},
    }


def test_the_id_of_an_addition_hangs_on_words_and_act_alone() -> None:
    pieces = {"source": None, "cue": Piece(0, 3, "The"), "content": Piece(4, 8, "port")}
    one = added_id("The port agreed.", pieces, "agree")
    assert one == added_id("The port agreed.", dict(reversed(pieces.items())), "agree")
    others = {
        added_id("The port agreed!", pieces, "agree"),
        added_id("The port agreed.", pieces, "say"),
        added_id("The port agreed.", {**pieces, "source": Piece(0, 3, "The")}, "agree"),
    }
    assert len({one, *others}) == 4
    assert one.startswith("added_")
