"""Packages, conditions over them, scenarios of exact numbers, and who accepts what."""

from zopa.space.acceptance import (
    Threshold,
    Verdict,
    Verdicts,
    condition_on,
    deal_packages,
    fixed_rules,
    judge,
    signatories,
)
from zopa.space.conditions import Truth, truth
from zopa.space.packages import PackageSpace, describe, package_space, unlisted_issues
from zopa.space.reachability import check_packages
from zopa.space.scenario import (
    Missing,
    PartyNumbers,
    Scenarios,
    condition_holds,
    draw_scenarios,
    reading_words,
    readings_of,
)

__all__ = [
    "Missing",
    "PackageSpace",
    "PartyNumbers",
    "Scenarios",
    "Threshold",
    "Truth",
    "Verdict",
    "Verdicts",
    "check_packages",
    "condition_holds",
    "condition_on",
    "deal_packages",
    "describe",
    "draw_scenarios",
    "fixed_rules",
    "judge",
    "package_space",
    "reading_words",
    "readings_of",
    "signatories",
    "truth",
    "unlisted_issues",
]
