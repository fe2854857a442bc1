"""Options named in the text: amounts, changes, delays, alone or joint, nothing, or the thing itself.

An issue whose values lie on one scale is ordered: amounts of one unit by value, changes from ending to raising, guarantees and
the like from one party alone to several jointly, a thing now or later.  What is added to a scale (its lower end, "anything else")
is said to be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from zopa.reading.draft.elements import ADDED, DraftIssue, DraftOption, Ground
from zopa.reading.draft.ids import Names, slug
from zopa.reading.draft.issues import Cluster
from zopa.reading.draft.matters import inside, is_turned, matter_of, turned
from zopa.reading.draft.units import Unit
from zopa.reading.draft.words import EVALUATIVE, names_party, plain, says_whose, shortened, stem, word_class, words_of
from zopa.reading.statements import PSEUDO_PARTIES, Amount

Kind = Literal["amount", "change", "delay", "extent", "nothing", "named", "thing"]

_CHANGES: Final[dict[str, int]] = {
    **dict.fromkeys(
        (
            "abandon abolish ban block cancel close drop end forgo halt remove renounce repeal scrap shut stop suspend terminate "
            "waive withdraw withhold"
        ).split(),
        0,
    ),
    **dict.fromkeys("cut curb decrease lower reduce shorten shrink trim weaken halve limit".split(), 1),
    **dict.fromkeys("continue freeze keep maintain preserve retain".split(), 2),
    **dict.fromkeys(
        "boost double expand extend grow increase lengthen lift raise reopen rise strengthen triple widen".split(), 3
    ),
}
_CHANGE_STEMS: Final = {stem(word): level for word, level in _CHANGES.items()}
_ENDS: Final = re.compile(
    r"\b(?:cut(?:s|ting)?\s+off|phase(?:s|d)?\s+out|giv(?:e|es|ing)\s+up|do(?:es)?\s+away\s+with)\b", re.IGNORECASE
)
# `to lift sanctions` ends them; so for a few verbs whose object decides.
_LIFTED: Final = re.compile(
    r"\blift(?:s|ed|ing)?\s+(?:all\s+|the\s+|its\s+|their\s+)*(?:sanction|ban|embargo|blockade|restriction|tariff)", re.I
)
_DELAY: Final = re.compile(
    r"\b(?:delay|defer|postpone)(?:s|ed|ing|ment|ral)?\b|\b(?:only later|at a later|not yet)\b"
    r"|\bput(?:s|ting)?\s+(?:\w+\s+){0,4}?off\b",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"\b(?:joint(?:ly)?|shared?|together|common|collective(?:ly)?|mutual(?:ly)?)\b|\bboth\s+(?:the\s+)?(?-i:[A-Z]).{0,60}?\band\b",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    r"\b(?:alone|unilateral(?:ly)?|sole(?:ly)?|by (?:itself|himself|herself|themselves)|on (?:its|their) own)\b", re.IGNORECASE
)
_NOTHING: Final = re.compile(
    r"\A(?:that\s+)?(?:there\s+(?:will|should|must|can)\s+be\s+)?(?:no|without(?:\s+any)?|zero)\s+\w", re.IGNORECASE
)
_ENOUGH: Final = re.compile(r"\b(?:enough|suffic\w*|insufficient|fall(?:s|ing)? short)\b", re.IGNORECASE)
_PRESENT: Final = re.compile(
    r"\b(?:at present|currently|as things stand|so far|these days|today|at the moment|now|still|to date|until now)\b"
    r"|\b(?:has|have) been \w{1,20}ing\b|\bstands? at\b|\bin force\b",
    re.IGNORECASE,
)
_TALKED: Final = re.compile(
    r"(?:\A(?:to\s+)?|\b(?:willingness|readiness|ready|willing|open|openness|wish|desire|agreed)\s+to\s+)"
    r"(?:discuss|talk|negotiat|consider|debat|examin|explor|study|hear|look|convers)\w*\b",
    re.IGNORECASE,
)
_PUT_FORWARD: Final = frozenset({"propose", "offer", "option", "consider"})
_FACTS: Final = frozenset({"fact", "fact-claim"})
_EXTENT_NAMES: Final = ("alone", "joint")


@dataclass(frozen=True)
class Value:
    """What a content says the issue could come to.

    Attributes
    ----------
    kind
        On which scale it lies.
    rank
        Place on that scale.
    key
        What makes two values the same.
    words
        How the text puts it.
    amount
        The amount, where it is one.
    """

    kind: Kind
    rank: float
    key: tuple[object, ...]
    words: str
    amount: Amount | None = None


@dataclass(frozen=True)
class Valued:
    """The values each unit of an issue names, and the option each of them is in the case."""

    issue: DraftIssue
    cluster: Cluster
    values: tuple[tuple[Unit, tuple[Value, ...]], ...]
    named: dict[tuple[object, ...], str]

    @property
    def nothing(self) -> str | None:
        """The option of having none of the thing, or of ending it, where the issue has one."""
        return next((option.id for option in self.issue.options if option.id == "none"), self.named.get(("change", 0)))

    @cached_property
    def _of(self) -> dict[int, tuple[Value, ...]]:
        """The values of each unit, by identity: the units live as long as this does."""
        return {id(unit): values for unit, values in self.values}

    def options_of(self, unit: Unit) -> tuple[str, ...]:
        """Return the options a unit names, those the issue does not have left out."""
        return tuple(dict.fromkeys(self.named[value.key] for value in self._of.get(id(unit), ()) if value.key in self.named))

    def degrees_of(self, unit: Unit) -> tuple[str, ...]:
        """Return, as one term such as ``alone|joint``, all options but having none, where a unit speaks of the thing as such."""
        if not self.issue.ordered or self.nothing is None or not self.speaks_of_the_thing(unit):
            return ()
        return ("|".join(option.id for option in self.issue.options if option.id != self.nothing),)

    def amounts_of(self, unit: Unit) -> dict[str, tuple[float, str | None]]:
        """Return value and bound of the options of a unit that are amounts."""
        return {
            self.named[one.key]: (float(one.amount.value), one.amount.bound)
            for one in self._of.get(id(unit), ())
            if one.amount is not None and one.key in self.named
        }

    def speaks_of_the_thing(self, unit: Unit) -> bool:
        """Return whether a unit speaks of the thing as such, where the issue has only degrees of it."""
        return any(value.kind == "thing" for value in self._of.get(id(unit), ()))


def values_of(unit: Unit, names: frozenset[str], label: str) -> list[Value]:
    """Return the values that one content names, in text order; the thing itself where it names no other.

    Readiness to discuss something names none: it is no stand on it; nor does the purpose of a plan that nobody has signed.
    """
    text, one = unit.text, unit.said.statement
    matter = matter_of(unit)
    text = " " * (len(text) - len(matter)) + matter  # places stay
    found: list[Value] = []
    if _TALKED.search(matter) or (one.predicate == "aim" and one.party in PSEUDO_PARTIES):
        return []
    heads = {stem(word.text) for word in words_of(label)}
    changes = [one for one in _changes(text, names) if stem(one[0]) not in heads]  # in "pay rise" the rise is the thing
    amounts = [amount for amount in one.quantities if inside(amount, unit)]
    if _NOTHING.match(matter) and not amounts:
        return [Value("nothing", 0, ("nothing",), "none")]
    delay = _DELAY.search(text)
    if delay is not None:
        words = _phrase(text, delay.start(), amounts, unit) or f"{label} later"
        return [Value("delay", 1, ("delay", *(_amount_key(one) for one in amounts[:1])), words, amounts[0] if amounts else None)]
    directions = {level for _, level, _, _ in changes}
    for amount in amounts:
        first = amount.span.within(unit.span)  # offsets of later pieces of a quotation are others
        start = next((at for _, _, at, _ in changes if first and at < amount.span.start - unit.span.start), None)
        words = (_phrase(text, start, [amount], unit) if start is not None else None) or _counted(amount, unit)
        down = bool(directions) and directions <= {0, 1}
        rank = float(amount.value) * (-1 if down else 1)
        found.append(Value("amount", rank, ("amount", *_amount_key(amount), down), words, amount))
    if found:
        return found
    for word, level, _, _ in changes:
        found.append(Value("change", level, ("change", level), word))
    if found:
        return found
    if _JOINT.search(text):
        return [Value("extent", 2, ("extent", 2), _noun_phrase(unit, _JOINT, label) or "joint")]
    if _ALONE.search(text):
        return [Value("extent", 1, ("extent", 1), _noun_phrase(unit, _ALONE, label) or "alone")]
    named = _named(unit, names, label)
    if named is not None:
        if _ENOUGH.search(text):
            return [Value("extent", 1, ("extent", 1), named)]
        return [Value("named", 0, ("named", *sorted(plain(word.text) for word in words_of(named))), named)]
    return [Value("thing", 0, ("thing",), label)]


def value_issue(cluster: Cluster, names: frozenset[str], taken: Names, number: int) -> Valued:
    """Return an issue with its options, ordered where its values lie on one scale.

    Parameters
    ----------
    cluster
        The contents.
    names
        Words of parties' names.
    taken
        Ids of the case; that of the issue is taken from it.
    number
        Used for the id where the label has no plain letters.
    """
    values: list[tuple[Unit, tuple[Value, ...]]] = []
    for unit in cluster.units:
        own = (
            tuple(values_of(unit, names, cluster.label))
            if not cluster.process
            else (Value("thing", 0, ("thing",), cluster.label),)
        )
        if unit.back and values and [value.kind for value in own] == ["thing"]:
            own = values[-1][1]  # "this approach": what was said just before
        values.append((unit, own))
    terms = [(unit, value) for unit, own in values for value in own if not _is_fact(unit)]
    meant = [(unit, value) for unit, value in terms if value.kind != "thing" or _means(unit)]
    terms = meant or terms
    present = [(unit, value) for unit, own in values for value in own if _is_fact(unit) and _says_present(unit)]
    scale = _scale(value for _, value in terms)
    if scale == "change" and any(
        value.kind == "thing" and unit.said.statement.predicate in _PUT_FORWARD for unit, value in terms
    ):
        scale = None  # something is put forward beside a change of it: no one scale
    if scale == "amount":
        # A freeze lies where an increase begins.
        terms = [(unit, replace(value, rank=0.0) if value.kind == "change" else value) for unit, value in terms]
    allowed = {scale, "nothing", *(("change",) if scale == "amount" else ())}
    kept = [(unit, value) for unit, value in terms if scale is None or value.kind in allowed]
    now: Value | None = None
    if scale == "amount":
        now = next((value for _, value in present if value.kind == "amount" and _fits(value, kept)), None)
        kept += [(unit, value) for unit, value in present if now is not None and value.key == now.key]
    options, named = _options(kept, scale, cluster)
    standing: str | None = named.get(now.key) if now is not None else None
    if scale == "change" and present:
        standing = "kept" if "kept" in {option.id for option in options} else named.get(("change", 2))
    because = tuple(dict.fromkeys(unit.said.id for unit, value in present if now is None or value.key == now.key))
    issue = DraftIssue(
        taken.take(slug(cluster.label), f"issue_{number}"),
        cluster.label[:1].upper() + cluster.label[1:],
        tuple(options),
        scale is not None,
        cluster.process,
        standing,
        because if standing is not None else (),
        Ground(tuple(dict.fromkeys(unit.said.id for unit in cluster.units))),
    )
    return Valued(issue, cluster, tuple(values), named)


def _options(
    kept: Sequence[tuple[Unit, Value]], scale: Kind | None, cluster: Cluster
) -> tuple[list[DraftOption], dict[tuple[object, ...], str]]:
    ids = Names()
    first: dict[tuple[object, ...], tuple[Value, list[str]]] = {}
    for unit, value in kept:
        first.setdefault(value.key, (value, []))[1].append(unit.said.id)
    if scale is None and not first:
        first[("thing",)] = (Value("thing", 0, ("thing",), cluster.label), [unit.said.id for unit in cluster.units])
    ordered = sorted(first.values(), key=lambda item: item[0].rank) if scale is not None else list(first.values())
    made: list[DraftOption] = []
    named: dict[tuple[object, ...], str] = {}
    added = Ground(assume=ADDED)
    if scale in {"amount", "extent"} and not {("nothing",), ("change", 2)} & set(first):
        made.append(DraftOption(ids.take("none", "none"), "none", added))
    levels = [value.rank for value, _ in ordered]
    for value, because in ordered:
        if value.kind == "thing":
            value = _thing(value, kept, cluster)
        if scale == "change" and 2 not in levels and value.rank > 2 and all(option.id != "kept" for option in made):
            made.append(DraftOption(ids.take("kept", "kept"), "as it is", added))
        name = ids.take(_option_id(value, cluster.label), f"option_{len(made) + 1}")
        named[value.key] = name
        made.append(DraftOption(name, value.words, Ground(tuple(dict.fromkeys(because)))))
    if scale == "change" and 2 not in levels and all(option.id != "kept" for option in made):
        made.append(DraftOption(ids.take("kept", "kept"), "as it is", added))
    if scale is None or len(made) < 2:
        made.append(DraftOption(ids.take("other", "other"), "anything else", added))
    return made, named


def _thing(value: Value, kept: Sequence[tuple[Unit, Value]], cluster: Cluster) -> Value:
    """Return the thing as the text puts it: in the words of a party where one speaks for it, the shortest of them."""
    if cluster.process:
        return value
    units = [unit for unit, own in kept if own.key == value.key and not unit.back]

    def rank(unit: Unit) -> tuple[bool, bool, int]:
        return unit.said.statement.stance_code != ("against" if turned(unit) else "for"), not unit.said.own, len(unit.text)

    best = min(units, key=rank, default=None)
    words = shortened(matter_of(best)) if best is not None else value.words
    return replace(value, words=words)


def _option_id(value: Value, label: str) -> str:
    if value.kind == "thing":
        first = next((word.plain for word in words_of(value.words) if word.plain not in {"a", "an", "the"}), "")
        verbal = first in {"to", "we", "they", "he", "she", "it", "i"} or word_class(first, None) == "VERB"
        return "as_put" if verbal else slug(label.split()[-1])
    if value.kind == "nothing":
        return "none"
    if value.kind == "extent":
        return _EXTENT_NAMES[int(value.rank) - 1]
    if value.kind == "delay":
        return "later"
    if value.amount is not None:
        prefix = {"min": "from", "max": "upto", "approx": "about"}.get(value.amount.bound or "", "")
        unit = "" if value.amount.unit is None else slug(value.amount.unit, 1)
        digits = re.sub(r"[^0-9]+", "_", f"{value.amount.value:.10g}").strip("_")
        return f"{prefix}{digits}{unit}" if prefix else f"{unit or 'n'}{digits}"
    return slug(value.words)


def _scale(values: Iterable[Value]) -> Kind | None:
    """Return the one scale on which all values lie; the thing as such and nothing at all may stand beside them."""
    values = list(values)
    kinds = {value.kind for value in values} - {"thing", "nothing"}
    if kinds == {"amount", "change"} and {value.rank for value in values if value.kind == "change"} == {2}:
        kinds = {"amount"}
    if kinds == {"amount"}:
        amounts = [value for value in values if value.kind == "amount"]
        units = {value.amount.unit for value in amounts if value.amount is not None}
        ways = {value.key[-1] for value in amounts}
        return "amount" if len(units) == 1 and len(ways) == 1 else None
    if kinds == {"change"} and {value.rank for value in values if value.kind == "change"} == {2}:
        return None  # "keep" alone spans no scale
    return next(iter(kinds)) if len(kinds) == 1 and kinds <= {"change", "extent"} else None


def _means(unit: Unit) -> bool:
    """Return whether a content puts the thing itself up: what follows from it, and mere talk about it, do not."""
    one = unit.said.statement
    return one.predicate != "consequence" and (
        one.stance_code != "none" or one.predicate in {*_PUT_FORWARD, "demand", "condition"}
    )


def _fits(value: Value, kept: Sequence[tuple[Unit, Value]]) -> bool:
    """Return whether an amount has the unit of those the issue is about."""
    own = value.amount
    return own is not None and any(other.amount is not None and other.amount.unit == own.unit for _, other in kept)


def _is_fact(unit: Unit) -> bool:
    return unit.said.statement.predicate in _FACTS


def _says_present(unit: Unit) -> bool:
    one = unit.said.statement
    return bool(_PRESENT.search(one.sentence.of(unit.said.read.article.text)))


def _amount_key(amount: Amount) -> tuple[object, ...]:
    return float(amount.value), amount.unit, amount.bound


def _changes(text: str, names: frozenset[str]) -> list[tuple[str, int, int, int]]:
    """Return the verbs of change of a text: as written, level, start and end; "Lower Saxony" holds none."""
    found: list[tuple[str, int, int, int]] = []
    ends = [match.span() for match in _ENDS.finditer(text)]
    lifted = [match.start() for match in _LIFTED.finditer(text)]
    found += [(text[start:end], 0, start, end) for start, end in ends]
    for word in words_of(text):
        small = word.plain
        level = _CHANGES.get(
            small, _CHANGE_STEMS.get(stem(small)) if small.endswith(("ed", "es", "s", "ing", "ion", "tion")) else None
        )
        named = word.text[:1].isupper() and (word.start > 0 or names_party(word.text, names))
        if level is None or named or any(start <= word.start < end for start, end in ends):
            continue
        found.append((word.text, 0 if word.start in lifted else level, word.start, word.end))
    return sorted(found, key=lambda item: item[2])


def _phrase(text: str, start: int, amounts: Sequence[Amount], unit: Unit) -> str | None:
    """Return the words from a verb to the end of an amount where they are few, else None."""
    if not amounts:
        words = words_of(text[start:])
        return text[start:].rstrip(" .;,") if len(words) <= 6 else None
    end = amounts[0].span.end - unit.span.start
    phrase = text[start:end] if start < end <= len(text) else ""
    return phrase if phrase and len(words_of(phrase)) <= 10 else None


def _counted(amount: Amount, unit: Unit) -> str:
    """Return an amount, with the two words behind it where it counts things without a unit."""
    if is_turned(amount):
        # "not more than 9" is put as what it allows: "at most 9".
        bare = amount.text.split(" ", 2 if " than " in amount.text else 1)[-1]
        return f"{'at least' if amount.bound == 'min' else 'at most'} {bare}"
    if amount.unit is not None or not amount.span.within(unit.span):
        return amount.text
    rest = unit.text[amount.span.end - unit.span.start :]
    words = words_of(rest)[:2]
    return amount.text + (rest[: words[-1].end] if words and not rest[: words[0].start].strip() else "")


def _noun_phrase(unit: Unit, pattern: re.Pattern[str], label: str) -> str | None:
    """Return the word that tells the extent with the thing behind it, at most eight words."""
    match = pattern.search(unit.text)
    if match is None:
        return None
    if pattern is _ALONE:
        before = unit.text[: match.end()]
        return before if len(words_of(before)) <= 8 else None
    words = words_of(unit.text[match.start() :])
    heads = {stem(word.text) for word in words_of(label)}
    last = next((word for word in words[:8] if stem(word.text) in heads), None)
    if last is not None:
        return unit.text[match.start() : match.start() + last.end]
    return match.group() if len(words_of(match.group())) <= 8 else None


def _named(unit: Unit, names: frozenset[str], label: str) -> str | None:
    """Return the thing with the name that tells it from others of its kind: "Danish assurances", not "Denmark's offer"."""
    words = words_of(unit.text)
    known = {stem(word.text) for word in words_of(label)}
    for number, word in enumerate(words[:-1]):
        possessive = word.text.endswith(("'s", "’s", "'", "’"))
        # A name by itself says whose, only an adjective made from it says which kind.
        if possessive or not says_whose(word.text, names) or stem(word.text) in known:
            continue
        rest = words[number + 1 : number + 4]
        head = next((later for later in reversed(rest) if stem(later.text) in known or stem(later.text) in unit.stems), None)
        if head is not None and all(plain(later.text) not in EVALUATIVE for later in rest[: rest.index(head)]):
            return unit.text[word.start : head.end]
    return None


def without_process(valued: Valued) -> Valued:
    """Return an issue as part of packages, for a case that would have none otherwise."""
    return replace(valued, issue=replace(valued.issue, process=False))
