"""Settlement at length: many drawn cases, ten million packages, the full Ukraine sample."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.million import MINIMUM, case_text, tables
from tests.settlement.test_settle import agrees_with_brute_force
from tests.strategies import Spec, specs
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.settlement import sample, settle

MANY = settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@pytest.mark.oracle
@MANY
@given(specs())
def test_many_cases_agree_with_brute_force(spec: Spec) -> None:
    agrees_with_brute_force(spec)


@pytest.mark.slow
@pytest.mark.oracle
@pytest.mark.parametrize(("options", "issues", "parties"), [(10, 7, 3), (10, 6, 2), (8, 7, 4)])
def test_millions_of_packages_agree_with_an_independent_count(options: int, issues: int, parties: int) -> None:
    """Packages are counted issue by issue, by the points they give; no list of packages is made."""
    scores = tables(options, issues, parties)
    counts: Counter[tuple[int, ...]] = Counter({(0,) * parties: 1})
    for issue in range(issues):
        rows = [tuple(scores[party][issue][option] for party in range(parties)) for option in range(options)]
        longer: Counter[tuple[int, ...]] = Counter()
        for total, number in counts.items():
            for row in rows:
                longer[tuple(a + b for a, b in zip(total, row, strict=True))] += number
        counts = longer
    zone = {total: number for total, number in counts.items() if min(total) >= MINIMUM}
    vectors = np.array(sorted(zone, reverse=True))
    kept: list[int] = []
    for place in range(len(vectors)):
        if not kept or not (vectors[kept] >= vectors[place]).all(axis=1).any():
            kept.append(place)
    efficient = {tuple(vectors[place].tolist()) for place in kept}

    case = read_text(case_text(scores), Path("million/case.yaml")).case
    assert case is not None
    found = settle(case)
    assert len(found.zone) == sum(zone.values())
    assert found.frontier is not None
    unit = found.scenarios.scale
    assert {tuple(int(value) // unit for value in row) for row in found.frontier.vectors} == efficient
    assert len(found.frontier.rows) == sum(zone[vector] for vector in efficient)


@pytest.mark.slow
@pytest.mark.golden
def test_the_figures_of_the_ukraine_sample_stay() -> None:
    """What the README and the report say: 1,000 scenarios under each of 1,024 readings, seed 1."""
    drawn = sample(load_case(shipped_case("ukraine-2025")), draws=1000, seed=1)
    assert len(drawn.readings) == 1024
    span = drawn.zone_span()
    assert (span.lowest, span.highest, span.possible) == (356, 622, 756)
    assert [(band.band, band.span.lowest, band.span.highest) for band in drawn.bands] == [
        ("10..50", 993, 1000),
        ("30..70", 540, 782),
        ("50..90", 22, 114),
        ("0..100", 287, 569),
    ]
    levels = {level.band: level.span for level in drawn.levels}
    assert (levels["40"].lowest, levels["80"].possible) == (984, 20)
