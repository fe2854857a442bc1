"""Exploration: many scenarios, what the answer hangs on, and how much of it is assumption."""

from zopa.exploration.analyses import ANALYSES, Analysis, EachScenario, Input, SettlementAnalysis
from zopa.exploration.answers import Across, Decisive, Exploration, Found, NamedPackage, Share
from zopa.exploration.card import (
    CARD_ANALYSES,
    Better,
    CardAnalysis,
    CardPart,
    LineShare,
    RedLineShares,
    better_packages,
    broken_rules,
    card_parts,
)
from zopa.exploration.comparing import Comparison, Row, compare_as_of, compare_swap, compare_without
from zopa.exploration.discovery import AcrossReadings, NoRule, Restriction, Rule, find_rule, in_rule
from zopa.exploration.explore import explore
from zopa.exploration.finding_out import Finding, find_out, rank_findings
from zopa.exploration.intervals import replicate_interval, share_interval
from zopa.exploration.naming import (
    answer_name,
    assumption_name,
    group_name,
    judgement_basis,
    judgement_name,
    reading_name,
    word_name,
)
from zopa.exploration.output import exploration_json, unexplored_json
from zopa.exploration.sensitivity import Flips, Sensitivity, count_flips, estimate_sensitivity
from zopa.exploration.share_table import Counted, PackageShares, ShareTable, share_table
from zopa.exploration.storing import StoreMismatch
from zopa.exploration.together import Group, groups_of
from zopa.exploration.working import WorkerDied

__all__ = [
    "ANALYSES",
    "Across",
    "AcrossReadings",
    "Analysis",
    "Better",
    "CARD_ANALYSES",
    "CardAnalysis",
    "CardPart",
    "Comparison",
    "Counted",
    "Decisive",
    "EachScenario",
    "Exploration",
    "Finding",
    "Flips",
    "Found",
    "Group",
    "Input",
    "LineShare",
    "NamedPackage",
    "NoRule",
    "PackageShares",
    "RedLineShares",
    "Restriction",
    "Row",
    "Rule",
    "Sensitivity",
    "SettlementAnalysis",
    "Share",
    "ShareTable",
    "StoreMismatch",
    "WorkerDied",
    "answer_name",
    "assumption_name",
    "better_packages",
    "broken_rules",
    "card_parts",
    "compare_as_of",
    "compare_swap",
    "compare_without",
    "count_flips",
    "estimate_sensitivity",
    "exploration_json",
    "explore",
    "find_out",
    "find_rule",
    "group_name",
    "groups_of",
    "in_rule",
    "judgement_basis",
    "judgement_name",
    "rank_findings",
    "reading_name",
    "replicate_interval",
    "share_interval",
    "share_table",
    "unexplored_json",
    "word_name",
]
