"""The keys of the case file, in one table.

The loader, the JSON Schema of ``zopa schema`` and the reference page of the handbook are all made from
this table, so that they cannot disagree.  ``kind`` says what may stand behind a key:

text, words (one of a list), flag (yes or no), integer, number, date, timing, period, id, ids (an id or
a list of them), texts (a text or a list), amount, condition, chain, chains (one or a list), mapping
(free keys, described by ``of``), block (fixed keys, described by ``of``), any (several forms, described
in ``doc``).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

ACTS: Final = tuple(
    "say stress fact-claim report fact assess want willing intend aim demand condition propose offer consider "
    "option consequence support sympathise admire agree concede oppose reject resist decline deny doubt fear "
    "threaten".split()
)
PSEUDO_PARTIES: Final = ("narrator", "anonymous", "unnamed", "unresolved")
RESERVED: Final = frozenset(
    "because assume default order sum shape and or not if iff in top any now unknown yes no up down flat".split()
)
SEATS: Final = ("signatory", "guarantor", "facilitator", "observer", "unknown")
SOURCE_KINDS: Final = ("report", "table", "interview", "restatement", "recollection")
RELIABILITY: Final = ("A", "B", "C", "D", "E", "F")
CREDIBILITY: Final = ("1", "2", "3", "4", "5", "6")
DIRECTIONS: Final = ("up", "down", "flat")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a block: its kind, what it means, whether it must stand there."""

    name: str
    kind: str
    doc: str
    required: bool = False
    words: tuple[str, ...] = ()
    of: str = ""


_BASIS = (
    Key("because", "ids", "statements, or a source of kind table, that this rests on"),
    Key("assume", "text", "a reason in words, or the id of an assumption"),
)

BLOCKS: Final = MappingProxyType(
    {
        "case": (
            Key("zopa", "integer", "version of the format: 1", required=True),
            Key("title", "text", "what the case is about", required=True),
            Key("question", "text", "what the reader wants to know"),
            Key("as_of", "date", "no evidence after this date counts", required=True),
            Key("grain", "number", "drawn numbers are rounded to this (0.01)"),
            Key("absent", "texts", "what the sources do not mention; printed, never scored"),
            Key("deal", "condition", "which packages count as agreement (default: all but what is in force)"),
            Key("alike", "any", "parties whose ranges are equal unless a statement differs: [A, B] or a list of such"),
            Key("sources", "mapping", "texts and tables the case rests on", of="source"),
            Key("statements", "mapping", "quotations from the sources", of="statement"),
            Key("tensions", "mapping", "where statements pull in different directions", of="tension"),
            Key("parties", "mapping", "who takes part", required=True, of="party"),
            Key("agreement", "block", "who must say yes", of="agreement"),
            Key("influence", "mapping", "an amount of power for each party", of="amounts"),
            Key("issues", "mapping", "what is decided", required=True, of="issue"),
            Key("rules", "mapping", "conditions every package must meet", of="rule"),
            Key("assumptions", "mapping", "named judgements and reasons that others share", of="assumption"),
            Key("correlations", "any", "a list of {between, rank} with a basis"),
            Key("preferences", "mapping", "what each party wants", of="preferences"),
            Key("positions", "mapping", "for each issue, for each party an amount or [position, salience]", of="positions"),
            Key("packages", "mapping", "packages with a name", of="package"),
            Key("gates", "mapping", "what must be true, or what date must pass, before a step", of="gate"),
            Key("levers", "mapping", "who can move whose no-deal value, or switch options on or off", of="lever"),
            Key("holding", "block", "inputs of the question whether an agreement would last", of="holding"),
            *_BASIS,
        ),
        "source": (
            Key("file", "text", "path inside the case folder; a table may do without"),
            Key("title", "text", "title, author and place of publication", required=True),
            Key("date", "date", "date of publication"),
            Key("kind", "words", "what it is (report)", words=SOURCE_KINDS),
            Key("reliability", "words", "grade of the source, F: cannot be judged", words=RELIABILITY),
        ),
        "statement": (
            Key("source", "id", "the source; may be left out when there is only one"),
            Key("quote", "text", "words that stand in the source, verbatim", required=True),
            Key("at", "any", "[start, end] offsets in the source, when the words stand there more than once"),
            Key("speaker", "text", "who said it, in words"),
            Key("party", "text", "the party spoken for, PARTY.principal, or narrator, anonymous, unnamed, unresolved"),
            Key("about", "text", "the party it is about, when it is another one"),
            Key("act", "words", "what kind of statement it is", words=ACTS),
            Key("level", "words", "indirectness: 0 direct quotation to 4 narration", words=("0", "1", "2", "3", "4")),
            Key("firm", "words", "how firmly it is put", words=("firm", "plain", "soft")),
            Key("said", "date", "when it was said"),
            Key("time", "text", "the time it speaks about"),
            Key("issue", "ids", "the issue or issues it is about"),
            Key("stance", "words", "towards its content", words=("for", "against", "open", "none")),
            Key("wants", "condition", "the packages these words speak for"),
            Key("within", "id", "the statement that contains this one"),
            Key("quantities", "any", "a list of {quote, value, unit, bound}"),
            Key("credibility", "words", "grade of the information, 6: cannot be judged", words=CREDIBILITY),
            Key("review", "words", "state of a drafted statement", words=("open", "done")),
            Key("also", "ids", "further sources that say the same"),
        ),
        "tension": (
            Key("says", "text", "what pulls against what, in words", required=True),
            Key("because", "ids", "the statements", required=True),
        ),
        "party": (
            Key("name", "text", "name shown to readers"),
            Key("seat", "text", "signatory (default), guarantor, facilitator, observer, unknown, or an assumption"),
            Key("consent_if", "condition", "packages in which a party without a signature must agree as well"),
            Key("principals", "mapping", "who acts for the party, and when", of="principal"),
            Key("voices", "texts", "who speaks for it"),
            *_BASIS,
        ),
        "principal": (
            Key("name", "text", "name shown to readers"),
            Key("from", "date", "first day"),
            Key("until", "date", "day on which the next one takes over"),
            Key("voices", "texts", "who speaks for it"),
            *_BASIS,
        ),
        "agreement": (
            Key("need", "any", "all (default), a number of signatories, or {quota, votes}"),
            Key("veto", "ids", "signatories without whom nothing is agreed"),
            *_BASIS,
        ),
        "issue": (
            Key("name", "text", "name shown to readers"),
            Key("scale", "text", "listed (default), ordered, yesno, LOW..HIGH, or an order such as a < b = c"),
            Key("options", "any", "a list of ids or a block id: name"),
            Key("step", "number", "distance between the values of a numeric issue"),
            Key("unit", "text", "unit of a numeric issue"),
            Key("by", "condition", "the parties that control it: A, A and B (jointly), A or B (either)"),
            Key("moves", "any", "free (default), up, down, a list of a -> b, or one of these for each party"),
            Key("now", "text", "the option in force, or unknown (default; no for yesno issues)"),
            Key("process", "flag", "yes: about the talks, not part of packages"),
            *_BASIS,
        ),
        "option": (
            Key("name", "text", "name shown to readers"),
            Key("by", "condition", "the parties that can bring this option about"),
            Key("at", "number", "place on the scale, 0 to 100"),
            *_BASIS,
        ),
        "rule": (
            Key("that", "condition", "what must hold", required=True),
            Key("hard", "flag", "yes: never proposed for removal"),
            *_BASIS,
        ),
        "assumption": (
            Key("name", "text", "name shown to readers"),
            Key("value", "amount", "a number, a range, alternatives or words"),
            Key("labels", "any", "word: how readers see it, for assumptions that hold words"),
            Key("per", "any", "a list of parties (a draw for each), or place (a draw for each use)"),
            Key("split", "flag", "yes: its readings are shown apart, never averaged"),
            Key("sweep", "amount", "a line or bands over which to show results beside each other"),
            Key("chance", "any", "a list of chances of the alternatives (equal by default)"),
            *_BASIS,
        ),
        "judgement": (
            Key("value", "amount", "the amount", required=True),
            Key("chance", "any", "a list of chances of the alternatives (equal by default)"),
            *_BASIS,
        ),
        "correlation": (
            Key("between", "ids", "two or more judgements, such as [A12.RUS, A12.UKR]", required=True),
            Key("rank", "number", "rank correlation between -1 and 1", required=True),
            *_BASIS,
        ),
        "preferences": (
            Key("points", "mapping", "points for the options of each issue, added as written", of="scores"),
            Key("weights", "mapping", "a weight for each issue", of="weights"),
            Key("scores", "mapping", "scores from 0 to 100 for the options of each issue", of="scores"),
            Key("ranking", "chains", "packages from best to worst: s1 > s2 = s3"),
            Key("priorities", "any", "a list of conditions, most important first"),
            Key("bonus", "mapping", "points for combinations", of="bonus"),
            Key("red_lines", "mapping", "what the party refuses", of="red_line"),
            Key("no_deal", "any", "points, {share: per cent}, or {package: id}"),
            *_BASIS,
        ),
        "weights": (
            Key("default", "amount", "weight of every issue not named"),
            Key("sum", "number", "what the weights add up to"),
            Key("order", "any", "orders among issues: a > b, `a in top 2`, or a list of {that} with a basis"),
            *_BASIS,
        ),
        "scores": (
            Key("default", "any", "score of every issue not named"),
            Key("shape", "amount", "exponent of every direction that has no own"),
            *_BASIS,
        ),
        "score": (
            Key("direction", "amount", "up, down or flat along the scale of the issue"),
            Key("shape", "amount", "exponent: above 1 gains grow, below 1 they shrink"),
            Key("order", "chain", "order of the options"),
            Key("for", "id", "this option is no worse than what is in force"),
            Key("against", "id", "this option is no better than what is in force"),
            *_BASIS,
        ),
        "order": (Key("that", "any", "an order among issues, or `ISSUE in top N`", required=True), *_BASIS),
        "bonus": (
            Key("when", "condition", "the combination", required=True),
            Key("points", "amount", "points added (or taken away)", required=True),
            *_BASIS,
        ),
        "red_line": (
            Key("name", "text", "name shown to readers"),
            Key("refuses", "condition", "the packages refused"),
            Key("requires", "condition", "the packages not refused"),
            Key("binds", "condition", "yes (default), unknown, or the reading under which it binds"),
            *_BASIS,
        ),
        "no_deal": (
            Key("value", "amount", "the no-deal value in points"),
            Key("share", "amount", "per cent of the way from the worst to the best allowed package"),
            Key("package", "id", "as good as this package"),
            Key("chance", "any", "a list of chances of the alternatives"),
            *_BASIS,
        ),
        "position": (
            Key("position", "amount", "place on the scale of the issue"),
            Key("salience", "amount", "how much the party cares"),
            *_BASIS,
        ),
        "package": (
            Key("name", "text", "name shown to readers"),
            Key("like", "id", "now, or a package whose options it takes over"),
            Key("terms", "mapping", "issue: option, a|b, or any"),
            Key("when", "condition", "a family: all packages that meet this"),
            Key("as_one", "flag", "yes: treated as one state"),
            Key("author", "text", "who proposed it: a party or a pseudo-party"),
            *_BASIS,
        ),
        "gate": (
            Key("name", "text", "name shown to readers"),
            Key("on", "timing", "a date, `signature + P20Y`, or `DATE every P4Y`"),
            Key("fact", "words", "whether it is so", words=("yes", "no", "unknown")),
            Key("needs", "condition", "the gates that must open first"),
            Key("early", "amount", "chance that it opens before its date"),
            Key("opens", "condition", "the option of a process issue it opens"),
            *_BASIS,
        ),
        "lever": (
            Key("name", "text", "name shown to readers"),
            Key("by", "text", "the party that holds it", required=True),
            Key("from", "text", "a date or a gate"),
            Key("until", "text", "a date or a gate"),
            Key("move", "mapping", "target: amount, added (PARTY.no_deal)", of="targets"),
            Key("times", "mapping", "target: amount, multiplied", of="targets"),
            Key("allow", "condition", "options it switches on"),
            Key("block", "condition", "options it switches off"),
            *_BASIS,
        ),
        "holding": (
            Key("between", "ids", "the two parties that could fight again"),
            Key("stake", "ids", "the issues they would fight about"),
            Key("period", "period", "length of a round, such as P1Y"),
            Key("effects", "mapping", "how terms of an agreement move these inputs", of="effect"),
            Key("class", "text", "reference class"),
            *(
                Key(name, "any", "an amount, or an amount for each party")
                for name in (
                    "win cost patience shift first_strike obligations fulfils turnover limited_aims detection erosion "
                    "hurting ratifiers spoilers hazard fidelity aims lag false_alarm"
                ).split()
            ),
            *_BASIS,
        ),
        "effect": (
            Key("when", "condition", "the terms that have this effect", required=True),
            Key("move", "mapping", "input: amount, added", of="targets"),
            Key("times", "mapping", "input: amount, multiplied", of="targets"),
            *_BASIS,
        ),
    }
)


def block_keys(block: str) -> dict[str, Key]:
    """Return the keys of a block by name."""
    return {key.name: key for key in BLOCKS[block]}
