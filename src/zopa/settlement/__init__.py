"""Settlement: what the text decides, the zone, the frontier, solution points, blockers and conflicts."""

from zopa.settlement.asymmetric_nash import asymmetric_nash
from zopa.settlement.coalitions import Coalition, CoalitionConflict, CoalitionNash, Voting, Without, voting
from zopa.settlement.concepts import CONCEPTS, PointsRange, points_range, solution_points
from zopa.settlement.conflict_items import ConflictItem, ConflictItems, conflict_items
from zopa.settlement.conflicts import minimal_conflict_sets, minimal_removals, one_minimal_conflict
from zopa.settlement.counting import ReadingShares
from zopa.settlement.ensemble import Arrays, Plan, Totals, blocks, counted, redrawn_block, run_block
from zopa.settlement.frontier import Frontier, find_frontier, nondominated
from zopa.settlement.lever_output import levers_json
from zopa.settlement.lever_shares import DRAWS as LEVER_DRAWS
from zopa.settlement.lever_shares import LeverShares, ShareChange, lever_shares
from zopa.settlement.levers import (
    LeverChange,
    LeverComparison,
    LeverFacts,
    LeverMove,
    LeverPoint,
    LeverState,
    compare_levers,
    lever_change,
    lever_fault,
)
from zopa.settlement.output import case_json, settlement_json, unsettled_json
from zopa.settlement.sample import Band, Change, Sample, Span, planned, sample, sample_of
from zopa.settlement.settle import PackageView, Refusal, Settlement, settle, unlisted
from zopa.settlement.showing import Outcome, Shown
from zopa.settlement.solutions import (
    SolutionPoint,
    egalitarian,
    kalai_smorodinsky,
    leximin,
    nash,
    relative_welfare,
    utilitarian,
)
from zopa.settlement.text_alone import StatedCondition, TextAlone, TextReading, text_alone
from zopa.settlement.tracing import named_members
from zopa.settlement.voting_rule import VotingRule, smallest_coalitions, voting_rule

__all__ = [
    "Arrays",
    "Band",
    "CONCEPTS",
    "Change",
    "Coalition",
    "CoalitionConflict",
    "CoalitionNash",
    "ConflictItem",
    "ConflictItems",
    "Frontier",
    "LEVER_DRAWS",
    "LeverChange",
    "LeverComparison",
    "LeverFacts",
    "LeverMove",
    "LeverPoint",
    "LeverShares",
    "LeverState",
    "Outcome",
    "PackageView",
    "Plan",
    "PointsRange",
    "ReadingShares",
    "Refusal",
    "Sample",
    "Settlement",
    "ShareChange",
    "Shown",
    "SolutionPoint",
    "Span",
    "StatedCondition",
    "TextAlone",
    "TextReading",
    "Totals",
    "Voting",
    "VotingRule",
    "Without",
    "asymmetric_nash",
    "blocks",
    "case_json",
    "compare_levers",
    "conflict_items",
    "counted",
    "egalitarian",
    "find_frontier",
    "kalai_smorodinsky",
    "lever_change",
    "lever_fault",
    "lever_shares",
    "levers_json",
    "leximin",
    "minimal_conflict_sets",
    "minimal_removals",
    "named_members",
    "nash",
    "nondominated",
    "one_minimal_conflict",
    "planned",
    "points_range",
    "redrawn_block",
    "relative_welfare",
    "run_block",
    "sample",
    "sample_of",
    "settle",
    "settlement_json",
    "smallest_coalitions",
    "solution_points",
    "text_alone",
    "unlisted",
    "unsettled_json",
    "utilitarian",
    "voting",
    "voting_rule",
]
