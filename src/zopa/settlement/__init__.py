"""Settlement: what the text decides, the zone, the frontier, solution points, blockers and conflicts."""

from zopa.settlement.adjusted_winner import AdjustedWinner, Split, adjusted_winner, adjusted_winner_of, option_scores
from zopa.settlement.asymmetric_nash import asymmetric_nash
from zopa.settlement.coalitions import Coalition, CoalitionConflict, CoalitionNash, Voting, Without, voting
from zopa.settlement.composed import ComposedSettlement, LargePoint, Opens, compose_settlement
from zopa.settlement.composed_output import composed_json, scale_notes
from zopa.settlement.composition import ComposedFrontier, compose_frontier
from zopa.settlement.concepts import CONCEPTS, PointsRange, points_range, solution_points
from zopa.settlement.conflict_items import ConflictItem, ConflictItems, conflict_items
from zopa.settlement.conflicts import minimal_conflict_sets, minimal_removals, one_minimal_conflict
from zopa.settlement.counting import ReadingShares
from zopa.settlement.ensemble import Arrays, Plan, Totals, blocks, counted, redrawn_block, run_block
from zopa.settlement.frontier import Frontier, find_frontier, nondominated
from zopa.settlement.ground import Ground, Grounds, grounds
from zopa.settlement.integer_program import TooFine
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
from zopa.settlement.moving import LARGEST as LARGEST_FOR_MOVING
from zopa.settlement.moving import (
    ChosenPackage,
    CoalitionOpening,
    Moving,
    PackageMoves,
    Start,
    chosen_package,
    moving,
    package_moves,
    zone_openings,
)
from zopa.settlement.moving_output import moving_json, package_moves_json
from zopa.settlement.nearest import Nearby, Nearest, distances, nearby, nearest, package_changes
from zopa.settlement.openings import Conflicts, Opening, Openings, Pooled, Removal, Sweetener, all_conflicts, openings
from zopa.settlement.output import case_json, settlement_json, unsettled_json
from zopa.settlement.posing import Posing, pose
from zopa.settlement.problem import Problem
from zopa.settlement.program_searches import Limits
from zopa.settlement.programmed_points import MostPoints, ProgrammedPoint, most_points, opens_by, programmed_points, zone_package
from zopa.settlement.sample import Band, Change, Sample, Span, planned, sample, sample_of
from zopa.settlement.settle import PackageView, Refusal, Settlement, settle, unlisted
from zopa.settlement.showing import Outcome, Shown
from zopa.settlement.side_payments import BetweenOpening, BetweenPackage, Interval, Payment, between_openings, side_payments
from zopa.settlement.solutions import (
    SolutionPoint,
    egalitarian,
    kalai_smorodinsky,
    leximin,
    nash,
    relative_welfare,
    utilitarian,
)
from zopa.settlement.states import TooWide
from zopa.settlement.text_alone import StatedCondition, TextAlone, TextReading, text_alone
from zopa.settlement.tracing import named_members
from zopa.settlement.trades import Leaning, Trade, TradeList, Trades, find_trades, logrolling_screen, trades
from zopa.settlement.voting_rule import VotingRule, smallest_coalitions, voting_rule
from zopa.settlement.zone_size import zone_size

__all__ = [
    "AdjustedWinner",
    "Arrays",
    "Band",
    "BetweenOpening",
    "BetweenPackage",
    "CONCEPTS",
    "Change",
    "ChosenPackage",
    "Coalition",
    "CoalitionConflict",
    "CoalitionNash",
    "CoalitionOpening",
    "ComposedFrontier",
    "ComposedSettlement",
    "ConflictItem",
    "ConflictItems",
    "Conflicts",
    "Frontier",
    "Ground",
    "Grounds",
    "Interval",
    "LARGEST_FOR_MOVING",
    "LEVER_DRAWS",
    "LargePoint",
    "Leaning",
    "LeverChange",
    "LeverComparison",
    "LeverFacts",
    "LeverMove",
    "LeverPoint",
    "LeverShares",
    "LeverState",
    "Limits",
    "MostPoints",
    "Moving",
    "Nearby",
    "Nearest",
    "Opening",
    "Openings",
    "Opens",
    "Outcome",
    "PackageMoves",
    "PackageView",
    "Payment",
    "Plan",
    "PointsRange",
    "Pooled",
    "Posing",
    "Problem",
    "ProgrammedPoint",
    "ReadingShares",
    "Refusal",
    "Removal",
    "Sample",
    "Settlement",
    "ShareChange",
    "Shown",
    "SolutionPoint",
    "Span",
    "Split",
    "Start",
    "StatedCondition",
    "Sweetener",
    "TextAlone",
    "TextReading",
    "TooFine",
    "TooWide",
    "Totals",
    "Trade",
    "TradeList",
    "Trades",
    "Voting",
    "VotingRule",
    "Without",
    "adjusted_winner",
    "adjusted_winner_of",
    "all_conflicts",
    "asymmetric_nash",
    "between_openings",
    "blocks",
    "case_json",
    "chosen_package",
    "compare_levers",
    "compose_frontier",
    "compose_settlement",
    "composed_json",
    "conflict_items",
    "counted",
    "distances",
    "egalitarian",
    "find_frontier",
    "find_trades",
    "grounds",
    "kalai_smorodinsky",
    "lever_change",
    "lever_fault",
    "lever_shares",
    "levers_json",
    "leximin",
    "logrolling_screen",
    "minimal_conflict_sets",
    "minimal_removals",
    "most_points",
    "moving",
    "moving_json",
    "named_members",
    "nash",
    "nearby",
    "nearest",
    "nondominated",
    "one_minimal_conflict",
    "openings",
    "opens_by",
    "option_scores",
    "package_changes",
    "package_moves",
    "package_moves_json",
    "planned",
    "points_range",
    "pose",
    "programmed_points",
    "redrawn_block",
    "relative_welfare",
    "run_block",
    "sample",
    "sample_of",
    "scale_notes",
    "settle",
    "settlement_json",
    "side_payments",
    "smallest_coalitions",
    "solution_points",
    "text_alone",
    "trades",
    "unlisted",
    "unsettled_json",
    "utilitarian",
    "voting",
    "voting_rule",
    "zone_openings",
    "zone_package",
    "zone_size",
]
