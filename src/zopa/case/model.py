"""The case: everything a case file says, as frozen values.

A case is a faithful reading of the file, not an interpretation: amounts stay ranges and references,
conditions stay conditions.  `zopa.space` turns it into numbers, one scenario at a time.  Every
judgement carries its :class:`Basis` and its place, so that any result can be traced to a statement,
a table or an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from zopa.case.faults import Place
from zopa.case.notation import AfterSignature, Amount, Chain, Condition, OnDate, Period, Recurring

Seat = Literal["signatory", "guarantor", "facilitator", "observer", "unknown"]
Scale = Literal["listed", "ordered", "yesno", "numeric"]


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a judgement stands: statements or tables (``because``), words or an assumption (``assume``).

    ``inherited`` names the path of the block that gave the basis, or is empty when the judgement
    carries it itself.
    """

    because: tuple[str, ...] = ()
    assume: str | None = None
    inherited: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A number or word that somebody judged: its path is the key of its random stream."""

    path: str
    amount: Amount
    basis: Basis
    place: Place
    chance: tuple[Fraction, ...] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A text or table the case rests on; ``text`` is None for a source without a file."""

    id: str
    title: str
    kind: str
    file: str | None
    date: date | None
    reliability: str | None
    text: str | None
    digest: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number inside a statement with its bound (min, max, approx or exact)."""

    quote: str
    value: Fraction
    unit: str | None
    bound: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or part of one, quoted from a source, with who said it and for whom.

    ``level`` is the indirectness: 0 direct quotation, 1 reported from a named source, 2 a named source
    about another party, 3 unnamed or an act told by the narrator, 4 the narrator.  ``wants`` is the
    condition over issues that the words speak for, where they speak for one.
    """

    id: str
    source: str
    quote: str
    span: tuple[int, int]
    speaker: str | None
    party: str | None
    about: str | None
    act: str | None
    level: int | None
    firm: str | None
    said: date | None
    time: str | None
    issues: tuple[str, ...]
    stance: str | None
    wants: Condition | None
    within: str | None
    quantities: tuple[Quantity, ...]
    credibility: str | None
    review: str | None
    also: tuple[str, ...]
    place: Place

    @property
    def own_words(self) -> bool:
        """True when the statement may count as the party's own word (level 0 or 1, not nested in another's)."""
        return self.level is not None and self.level <= 1

    @property
    def attributed(self) -> bool:
        """True when the source gives the content as the party's own stand: in its words, or told by the narrator.

        What a named source says about another party (level 2, or ``about`` another party) never is.
        """
        return self.level is not None and self.level != 2 and self.about is None


@dataclass(frozen=True, slots=True)
class Tension:
    """Where statements pull in different directions, in words; shown, never scored."""

    id: str
    says: str
    because: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts for a party in a stretch of time."""

    id: str
    name: str
    start: date | None
    end: date | None
    voices: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Party:
    """A party: ``seat`` is its seat, or None when the named assumption ``seat_by`` decides."""

    id: str
    name: str
    seat: Seat | None
    seat_by: str | None
    consent_if: Condition | None
    principals: tuple[Principal, ...]
    voices: tuple[str, ...]
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who must say yes: ``need`` is None for all signatories, else the votes needed."""

    need: Fraction | None = None
    votes: Mapping[str, Fraction] | None = None
    veto: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One option of an issue; ``at`` is its place on the scale (0 to 100, or the number itself)."""

    id: str
    name: str
    by: Condition | None
    at: Fraction | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue with its options; options of a numeric issue are its numbers as text.

    A numeric issue without a step has no options: it serves forecasts, not packages.  ``now`` is the
    option in force, or None when that is unknown.  A process issue stands outside packages.
    """

    id: str
    name: str
    scale: Scale
    options: tuple[Option, ...]
    low: Fraction | None
    high: Fraction | None
    step: Fraction | None
    unit: str | None
    by: Condition | None
    moves: str | tuple[tuple[str, str], ...] | Mapping[str, str | tuple[tuple[str, str], ...]]
    now: str | None
    process: bool
    basis: Basis
    place: Place

    @property
    def ordered(self) -> bool:
        """True when ``<`` makes sense between options."""
        return self.scale in {"ordered", "numeric"}

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of the options in file order."""
        return tuple(option.id for option in self.options)


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that binds every package; a hard rule is never proposed for removal."""

    id: str
    condition: Condition
    hard: bool
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Assumption:
    """A named judgement that others share, or only a named reason (``amount`` is None).

    ``per_parties`` means a draw for each of these parties, ``per_place`` one for each use, neither one
    for all.  With ``split`` its readings are shown apart and never averaged.  ``labels`` say how readers
    see a word.
    """

    id: str
    name: str
    reason: str
    amount: Amount | None
    words: tuple[str, ...]
    labels: Mapping[str, str]
    per_parties: tuple[str, ...]
    per_place: bool
    split: bool
    sweep: tuple[Amount, ...]
    chance: tuple[Fraction, ...] | None
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Correlation:
    """Rank correlation between named judgements."""

    between: tuple[str, ...]
    rank: Fraction
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """A number for each option of an issue, perhaps with an order among them."""

    values: Mapping[str, Judgement]
    order: Chain | None
    place: Place


@dataclass(frozen=True, slots=True)
class Breakpoints:
    """Numbers at some values of a numeric issue, straight lines between them."""

    points: tuple[tuple[Fraction, Judgement], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Direction:
    """Only whether more is better (up), worse (down) or neither (flat); ``shape`` is the exponent."""

    value: Judgement
    shape: Judgement | None
    place: Place


@dataclass(frozen=True, slots=True)
class OrderOnly:
    """Only the order of the options of an issue."""

    order: Chain
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Leaning:
    """Only that one option is no worse (for) or no better (against) than what is in force."""

    stance: Literal["for", "against"]
    option: str
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class UnknownScore:
    """Nothing is known; it is never filled silently."""

    place: Place


IssueScore = ScoreTable | Breakpoints | Direction | OrderOnly | Leaning | UnknownScore


@dataclass(frozen=True, slots=True)
class WeightOrder:
    """An order among the weights of issues: a chain, or `ISSUE in top N`."""

    that: Chain | Condition
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points added when a condition over issues holds."""

    id: str
    when: Condition
    points: Judgement


@dataclass(frozen=True, slots=True)
class RedLine:
    """What a party refuses; ``binds`` says under which reading (None: always), ``unknown`` if not known.

    ``requires`` keeps the condition as the file wrote it when the file wrote `requires`.
    """

    id: str
    name: str
    party: str
    refuses: Condition
    requires: Condition | None
    binds: Condition | None
    unknown: bool
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class NoDeal:
    """The no-deal value: points, a share (per cent of the way from worst to best), or a package's value."""

    kind: Literal["points", "share", "package"]
    judgement: Judgement | None
    package: str | None
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a party wants, in one of the ways in which it can be written.

    ``kind`` is points, weighted, ranking, priorities, unknown (the file says so) or none (only red
    lines or a no-deal value).  Scores hold an entry for each issue that has one, defaults filled in.
    """

    party: str
    kind: Literal["points", "weighted", "ranking", "priorities", "unknown", "none"]
    scores: Mapping[str, IssueScore]
    weights: Mapping[str, Judgement]
    weight_sum: Fraction | None
    weight_orders: tuple[WeightOrder, ...]
    ranking: tuple[Chain, ...]
    priorities: tuple[Condition, ...]
    bonuses: tuple[Bonus, ...]
    red_lines: tuple[RedLine, ...]
    no_deal: NoDeal | None
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands on an issue, and how much it cares."""

    position: Judgement | None
    salience: Judgement | None


@dataclass(frozen=True, slots=True)
class NamedPackage:
    """A package or a family of packages: the options allowed for each issue, empty for any.

    ``when`` further restricts a family; ``as_one`` merges it into one state.
    """

    id: str
    name: str
    options: Mapping[str, tuple[str, ...]]
    when: Condition | None
    as_one: bool
    author: str | None
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be true, or which date must pass, before a step: exactly one of timing, fact, needs."""

    id: str
    name: str
    timing: OnDate | AfterSignature | Recurring | None
    fact: Literal["yes", "no", "unknown"] | None
    needs: Condition | None
    early: Judgement | None
    opens: Condition | None
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Lever:
    """Who can move whose no-deal value, or switch an option on (allow) or off (block), from when."""

    id: str
    name: str
    by: str
    start: date | str | None
    end: date | str | None
    moves: Mapping[str, Judgement]
    times: Mapping[str, Judgement]
    allow: Condition | None
    block: Condition | None
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Effect:
    """How a term of settlement moves or scales an input of holding."""

    id: str
    when: Condition
    moves: Mapping[str, Judgement]
    times: Mapping[str, Judgement]


@dataclass(frozen=True, slots=True)
class Holding:
    """Inputs of the question whether an agreement would last."""

    between: tuple[str, ...]
    stake: tuple[str, ...]
    period: Period | None
    inputs: Mapping[str, Judgement]
    texts: Mapping[str, str]
    effects: tuple[Effect, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Case:
    """A whole case, free of faults.  Mappings keep the order of the file."""

    file: Path
    digest: str
    text: str
    version: int
    title: str
    question: str | None
    as_of: date
    grain: Fraction
    absent: tuple[str, ...]
    deal: Condition | None
    alike: tuple[tuple[str, ...], ...]
    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]
    tensions: Mapping[str, Tension]
    parties: Mapping[str, Party]
    agreement: Agreement
    influence: Mapping[str, Judgement]
    issues: Mapping[str, Issue]
    rules: Mapping[str, Rule]
    assumptions: Mapping[str, Assumption]
    correlations: tuple[Correlation, ...]
    preferences: Mapping[str, Preferences]
    positions: Mapping[str, Mapping[str, Position]]
    packages: Mapping[str, NamedPackage]
    gates: Mapping[str, Gate]
    levers: Mapping[str, Lever]
    holding: Holding | None

    @property
    def folder(self) -> Path:
        """The case folder."""
        return self.file.parent

    def place_of(self, key: str) -> Place:
        """Return where a key of the root stands; the first line where it cannot be told."""
        lines = enumerate(self.text.split("\n"), 1)
        return Place(str(self.file), next((number for number, line in lines if line.startswith(f"{key}:")), 1), 1)

    def package_issues(self) -> tuple[Issue, ...]:
        """Return the issues a package decides, in file order (process issues stand outside)."""
        return tuple(issue for issue in self.issues.values() if not issue.process)

    def split_assumptions(self) -> tuple[Assumption, ...]:
        """Return the assumptions whose readings are shown apart."""
        return tuple(assumption for assumption in self.assumptions.values() if assumption.split)
