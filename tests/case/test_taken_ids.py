"""The ids that a case has given away."""

from __future__ import annotations

from zopa.case import load_case, taken_ids
from zopa.cases import shipped_case


def test_every_kind_of_thing_takes_an_id_and_options_take_none() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    found = taken_ids(case)
    assert {"briefing", "s1", "T1", "RUS", "outgoing", "nato", "R1", "A9", "P4", "G1", "cut_aid", "L17", "monitors"} <= found
    assert not {"ceasefire", "member", "joint_guarantee"} & found
