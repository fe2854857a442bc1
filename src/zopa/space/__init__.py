"""Packages, conditions over them, scenarios of exact numbers, and who accepts what."""

from zopa.space.acceptance import (
    Cache,
    Threshold,
    Verdict,
    Verdicts,
    condition_on,
    deal_packages,
    fixed_rules,
    judge,
    signatories,
)
from zopa.space.conditions import Truth, certain, packed, truth
from zopa.space.drawing import judgements_of
from zopa.space.missing import Missing
from zopa.space.packages import PackageSpace, describe, package_space, unlisted_issues
from zopa.space.reachability import check_packages
from zopa.space.readings import count_readings, reading_words, readings_of
from zopa.space.scenario import PartyNumbers, Scenarios, condition_holds, draw_scenarios

__all__ = [
    "Cache",
    "Missing",
    "PackageSpace",
    "PartyNumbers",
    "Scenarios",
    "Threshold",
    "Truth",
    "Verdict",
    "Verdicts",
    "certain",
    "check_packages",
    "condition_holds",
    "condition_on",
    "count_readings",
    "deal_packages",
    "describe",
    "draw_scenarios",
    "fixed_rules",
    "judge",
    "judgements_of",
    "package_space",
    "packed",
    "reading_words",
    "readings_of",
    "signatories",
    "truth",
    "unlisted_issues",
]
