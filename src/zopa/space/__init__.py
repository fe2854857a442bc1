"""Packages, conditions over them, scenarios of exact numbers, and who accepts what."""

from zopa.space.acceptance import (
    Threshold,
    Verdict,
    VerdictCache,
    Verdicts,
    condition_on,
    deal_packages,
    fixed_rules,
    judge,
    signatories,
    signing_truth,
)
from zopa.space.conditions import Truth, certain, packed, truth
from zopa.space.drawing import judgements_of
from zopa.space.missing import Missing
from zopa.space.packages import PackageSpace, describe, package_space, unlisted_issues
from zopa.space.reachability import check_packages
from zopa.space.readings import anything_varies, count_readings, hang_on, reading_words, readings_of
from zopa.space.scenario import PartyCache, PartyNumbers, Scenarios, condition_holds, draw_scenarios

__all__ = [
    "Missing",
    "PackageSpace",
    "PartyCache",
    "PartyNumbers",
    "Scenarios",
    "Threshold",
    "Truth",
    "Verdict",
    "VerdictCache",
    "Verdicts",
    "anything_varies",
    "certain",
    "check_packages",
    "condition_holds",
    "condition_on",
    "count_readings",
    "deal_packages",
    "describe",
    "draw_scenarios",
    "fixed_rules",
    "hang_on",
    "judge",
    "judgements_of",
    "package_space",
    "packed",
    "reading_words",
    "readings_of",
    "signatories",
    "signing_truth",
    "truth",
    "unlisted_issues",
]
