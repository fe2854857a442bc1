"""Cases with ranges, drawn so that everything an ensemble can meet comes up, and their answers scenario by scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from zopa.case import Case, read_text
from zopa.settlement import Plan, ReadingShares, Totals, run_block, settle
from zopa.settlement.zones import CONCEPTS
from zopa.space import Streams, draw_scenarios, readings_of

HEAD = "zopa: 1\ntitle: A drawn case\nas_of: 2025-01-01\nassume: drawn at random\n"
ASSUMPTIONS = """\
assumptions:
  low: {value: 0..100}
  worth: {value: 0..9, per: [PARTIES]}
  seat_read: {value: signatory | observer, split: yes}
  seat_drawn: {value: observer | signatory | guarantor}
  read: {value: no | yes, split: yes}
  drawn: {value: no | yes}
"""


def made(text: str) -> Case:
    """Return the case of a text without its head."""
    reading = read_text(HEAD + text, Path("drawn/case.yaml"))
    assert reading.case is not None, "\n".join(map(str, reading.findings)) + "\n" + text
    return reading.case


@st.composite
def ensembles(draw: st.DrawFn, votes: bool | None = None) -> str:
    """Texts of cases of 1 to 3 issues and 1 to 4 parties; the first one always signs.

    Points and no-deal values are numbers, ranges or assumptions; seats, rules and red lines may hang on what is
    drawn, or on what is read one way or the other; consent, votes with a veto, bonuses and unknown parties.
    """
    shape = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    parties = ["a", "b", "c", "d"][: draw(st.integers(1, 4))]

    def some(*choices: str) -> str:
        return draw(st.sampled_from(choices))

    def condition() -> str:
        issue = draw(st.integers(0, len(shape) - 1))
        return f"i{issue} = o{draw(st.integers(0, shape[issue] - 1))}"

    lines = ["parties:", "  a: A"]
    for party in parties[1:]:
        consent = f"seat: guarantor, consent_if: {condition()}"
        seat = some("seat: signatory", "seat: signatory", "seat: seat_read", "seat: seat_drawn", "seat: observer", consent)
        lines.append(f"  {party}: {{name: {party.upper()}, {seat}}}")
    if votes or (votes is None and len(parties) > 1 and draw(st.booleans())):
        signing = 1 + sum("seat: signatory" in line for line in lines)
        lines.append(f"agreement: {{need: {draw(st.integers(1, signing))}{some('', ', veto: [a]')}}}")
    lines.append("issues:")
    lines += [f"  i{at}: {{options: [{', '.join(f'o{one}' for one in range(count))}]}}" for at, count in enumerate(shape)]
    if draw(st.booleans()):
        lines += ["rules:", f"  R: not ({condition()} and {condition()}) {some('', '', 'if drawn', 'if read')}".rstrip()]
    lines.append(ASSUMPTIONS.rstrip().replace("PARTIES", ", ".join(parties[:2])))
    lines.append("preferences:")
    for party in parties:
        if party != "a" and draw(st.integers(0, 5)) == 0:
            lines.append(f"  {party}: unknown")
            continue
        amounts = ["0", "1", "3", "9", "0..9", "2..4"] + (["worth"] if party in "ab" else [])
        rows = [f"i{at}: [{', '.join(some(*amounts) for _ in range(count))}]" for at, count in enumerate(shape)]
        no_deal = some("0", "1", "5", "0..6", "{share: 50}", "{share: 0..100}", "{share: low}")
        more = some("", "", f", bonus: {{more_{party}: {{when: {condition()}, points: 1..3}}}}")
        binds = some("", "", ", binds: read", ", binds: drawn", ", binds: unknown")
        line = some("", f", red_lines: {{L{party}: {{refuses: {condition()}{binds}}}}}")
        lines.append(f"  {party}: {{points: {{{', '.join(rows)}}}, no_deal: {no_deal}{more}{line}}}")
    options = [draw(st.sampled_from(["any", *(f"o{one}" for one in range(count))])) for count in shape]
    lines += ["packages:", f"  offer: {{terms: {{{', '.join(f'i{at}: {one}' for at, one in enumerate(options))}}}}}"]
    return "\n".join(lines) + "\n"


def plan_of(case: Case, streams: Streams | None = None) -> Plan:
    """Return a plan that counts and keeps everything, bands apart."""
    readings = tuple(readings_of(case))
    every = tuple(range(len(readings)))
    return Plan(case, streams or Streams(3), readings, fronts=every, traced=True, tried=every)


def totals_of(plan: Plan, parts: Mapping[int, int]) -> Totals:
    """Return what blocks, by first draw and number of draws, add up to."""
    totals = Totals(plan)
    for start, count in parts.items():
        totals.add(start, run_block(plan, start, count))
    return totals


# Scenario by scenario ----------------------------------------------------------------------------------


@dataclass
class Counted:
    """What one reading comes to when every scenario is settled by itself."""

    open: int = 0
    granted: int = 0
    counts: dict[str, np.ndarray] = field(default_factory=dict)
    opens: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    traces: dict[str, list[Any]] = field(default_factory=dict)
    lacking: list[bool] = field(default_factory=list)

    def add(self, name: str, packages: Any, size: int) -> None:
        """Count some packages, given by index or by flag."""
        self.counts.setdefault(name, np.zeros(size, dtype=int))[packages] += 1


def one_by_one(plan: Plan, reading: int, draws: int, start: int = 0) -> Counted:
    """Return the same figures as the ensemble, from one settlement after another."""
    case, found = plan.case, Counted()
    for draw in range(start, start + draws):
        scenario = draw_scenarios(case, plan.streams.seed, start=draw, reading=plan.readings[reading], streams=plan.streams)
        one = settle(case, day=plan.day, scenarios=scenario)
        size = one.space.size
        found.open += bool(len(one.zone))
        found.granted += bool(len(one.possible))
        found.add("acceptable", one.zone, size)
        found.add("possible", one.possible, size)
        found.add("efficient", one.zone[one.frontier.rows] if one.frontier is not None else [], size)
        # An ensemble follows four of the concepts.
        for concept in CONCEPTS:
            if concept in one.points:
                found.add(f"solution.{concept}", one.tied_packages(concept), size)
        for party, verdict in one.verdicts.parties.items():
            found.add(f"accepted.{party}", np.broadcast_to(verdict.accepts.surely[0], (size,)), size)
            blocked = (verdict.asked.surely & ~verdict.accepts.possibly)[0]
            found.add(f"blocked.{party}", np.broadcast_to(blocked, (size,)), size)
            possibly = verdict.asked.possibly[0]
            asked = possibly if len(possibly) == 1 else possibly[plan.indices]
            found.asked |= {party} if asked.any() and one.opens else set()
            # Where a party is not asked, accepting everything changes nothing.
            found.opens[party] = found.opens.get(party, 0) + bool(one.opens.get(party, len(one.zone)))
        found.lacking.append(any(one.verdicts.parties[party].values is None for party in one.seats))
        for name, value in one.outcomes().items():
            found.traces.setdefault(name, [None] * draws)[draw - start] = value
    return found


def same_shares(plan: Plan, shares: ReadingShares, counted: Counted) -> None:
    """Hold the counts of one reading against those made scenario by scenario."""
    nothing = np.zeros(counted.counts["acceptable"].shape, dtype=int)
    assert (shares.open_draws, shares.possible_draws) == (counted.open, counted.granted)
    assert dict(shares.opens) == {party: counted.opens[party] for party in counted.opens if party in counted.asked}
    assert shares.efficient is not None
    kept: dict[str, Any] = {
        "acceptable": shares.acceptable,
        "possible": shares.possible,
        "efficient": shares.efficient,
        **{f"accepted.{party}": rows for party, rows in shares.accepted_by.items()},
        **{f"blocked.{party}": rows for party, rows in shares.blocked_by.items()},
        **{f"solution.{concept}": rows for concept, rows in shares.solutions.items()},
    }
    assert set(counted.counts) <= set(kept)
    for name, rows in kept.items():
        assert rows.tolist() == counted.counts.get(name, nothing)[plan.indices].tolist(), name


def same_traces(traces: Mapping[str, np.ndarray], row: int, counted: Counted) -> None:
    """Hold the figures kept draw by draw against the outcomes of every settlement."""
    gains = {name for name in counted.traces if name.startswith("gain.") and name.split(".")[1] in CONCEPTS}
    assert gains <= set(traces)
    for name, rows in traces.items():
        if name.startswith("points."):
            continue
        values = counted.traces.get(name, [None] * rows.shape[1])
        nothing = 0.0 if name.startswith("frontier.") else np.nan
        expected = np.array([nothing if value is None else float(value) for value in values])
        # Where a signatory has no points there is no frontier to speak of.
        blank = np.array(counted.lacking) & name.startswith("frontier.") & np.isnan(rows[row])
        expected[blank] = np.nan
        np.testing.assert_allclose(rows[row], expected, rtol=1e-12, atol=1e-12, err_msg=name)
