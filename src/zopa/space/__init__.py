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
    package_values,
    party_halves,
    signatories,
    signing_truth,
    simple_points,
)
from zopa.space.conditions import Truth, certain, packed, truth
from zopa.space.drawing import judgements_of
from zopa.space.missing import Missing
from zopa.space.packages import PackageSpace, describe, package_space, unlisted_issues
from zopa.space.party_keys import keys_of_parties
from zopa.space.reachability import check_packages
from zopa.space.readings import answers_hang_on, anything_varies, count_readings, hang_on, reading_words, readings_of
from zopa.space.scenario import PartyCache, PartyNumbers, Scenarios, condition_holds, draw_scenarios
from zopa.space.sobol_keys import sobol_keys
from zopa.space.streams import ATTEMPT, SobolPoints, Streams

__all__ = [
    "ATTEMPT",
    "Missing",
    "PackageSpace",
    "PartyCache",
    "PartyNumbers",
    "Scenarios",
    "SobolPoints",
    "Streams",
    "Threshold",
    "Truth",
    "Verdict",
    "VerdictCache",
    "Verdicts",
    "answers_hang_on",
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
    "keys_of_parties",
    "package_space",
    "package_values",
    "packed",
    "party_halves",
    "reading_words",
    "readings_of",
    "signatories",
    "signing_truth",
    "simple_points",
    "sobol_keys",
    "truth",
    "unlisted_issues",
]
