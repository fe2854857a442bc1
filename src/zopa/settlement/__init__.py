"""Settlement: what the text decides, the zone, the frontier, solution points, blockers and conflicts."""

from zopa.settlement.conflicts import minimal_conflict_sets, minimal_removals, one_minimal_conflict
from zopa.settlement.counting import ReadingShares
from zopa.settlement.ensemble import Arrays, Plan, Totals, blocks, counted, redrawn_block, run_block
from zopa.settlement.frontier import Frontier, find_frontier, nondominated
from zopa.settlement.output import case_json, settlement_json, unsettled_json
from zopa.settlement.sample import Band, Change, Sample, Span, planned, sample, sample_of
from zopa.settlement.settle import ConflictItem, PackageView, Refusal, Settlement, settle, unlisted
from zopa.settlement.showing import Outcome, Shown
from zopa.settlement.solutions import SolutionPoint, egalitarian, kalai_smorodinsky, nash, utilitarian
from zopa.settlement.text_alone import StatedCondition, TextAlone, TextReading, text_alone
from zopa.settlement.tracing import named_members

__all__ = [
    "Arrays",
    "Band",
    "Change",
    "ConflictItem",
    "Frontier",
    "Outcome",
    "PackageView",
    "Plan",
    "ReadingShares",
    "Refusal",
    "Sample",
    "Settlement",
    "Shown",
    "SolutionPoint",
    "Span",
    "StatedCondition",
    "TextAlone",
    "TextReading",
    "Totals",
    "blocks",
    "case_json",
    "counted",
    "egalitarian",
    "find_frontier",
    "kalai_smorodinsky",
    "minimal_conflict_sets",
    "minimal_removals",
    "named_members",
    "nash",
    "nondominated",
    "one_minimal_conflict",
    "planned",
    "redrawn_block",
    "run_block",
    "sample",
    "sample_of",
    "settle",
    "settlement_json",
    "text_alone",
    "unlisted",
    "unsettled_json",
    "utilitarian",
]
