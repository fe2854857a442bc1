"""Which parts of a case were read without a fault.

Checks of the case as a whole run on these parts, so that they come at once with the faults of single
values and never report what only follows from one of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import replace
from typing import TypeVar

from zopa.case.faults import Fault, Place, Severity
from zopa.case.model import Agreement, Case, IssueScore, Judgement, NamedPackage, Preferences, ScoreTable
from zopa.case.nodes import Mapping, Node, Scalar
from zopa.case.notation import Amount, Condition, names_in_amount
from zopa.case.references import mentioned

# What says nothing about which options there are: a fault in it leaves packages alone.
_APART = ("name", "unit", "by", "moves", "now")
_Block = TypeVar("_Block")


class Soundness:
    """The faults of a file by place.

    Parameters
    ----------
    root : Mapping
        The root node.
    text : str
        The text it was composed from.
    faults : iterable of Fault
        What has been found.
    """

    def __init__(self, root: Mapping, text: str, faults: Iterable[Fault]) -> None:
        self.root = root
        self.spots = tuple(_offsets(text, [fault.place for fault in faults if fault.severity is Severity.FAULT]))

    def of(self, *path: str, but: Iterable[str] = ()) -> bool:
        """Return whether nothing is wrong at a path of keys, leaving out some of the keys inside; what is not there is right."""
        node: Node = self.root
        start = 0
        for part in path:
            if not isinstance(node, Mapping):
                break
            if part not in node:
                return True
            start, node = node.key(part).start, node.entries[part][1]
        spots = [spot for spot in self.spots if start <= spot <= max(node.end, start)]
        if isinstance(node, Mapping):
            apart = [(node.key(key).start, node.entries[key][1].end) for key in but if key in node]
            spots = [spot for spot in spots if not any(first <= spot <= last for first, last in apart)]
        return not spots

    def options(self, *path: str) -> bool:
        """Return whether issues (all, or the one at a path) are sound in what packages are made of."""
        if path:
            return self.of("issues", *path, but=_APART)
        block = self.root.get("issues")
        if not isinstance(block, Mapping):
            return False
        return self.of("issues", but=block.entries) and all(self.options(name) for name in block.entries)

    def all_of(self, block: str, entries: Iterable[str]) -> bool:
        """Return whether these are all the entries of a block of the root."""
        node = self.root.get(block)
        return isinstance(node, Mapping) and set(entries) >= set(node.entries) - {"because", "assume"}

    def word(self, *path: str) -> str | None:
        """Return the single value at a path of keys, or None."""
        node: Node | None = self.root
        for part in path:
            node = node.get(part) if isinstance(node, Mapping) else None
        return node.text.strip() if isinstance(node, Scalar) else None


def _offsets(text: str, places: Iterable[Place]) -> list[int]:
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    return [lines[min(place.line, len(lines)) - 1] + place.column - 1 for place in places]


def counted_once(text: str, faults: Sequence[Fault], shared: Iterable[Node]) -> list[Fault]:
    """Return faults without the repetitions that a value read for many uses (a default) brings with it."""
    spans = [(node.start, node.end) for node in shared]
    kept: dict[object, Fault] = {}
    for number, (fault, at) in enumerate(zip(faults, _offsets(text, [fault.place for fault in faults]), strict=True)):
        inside = any(start <= at <= end for start, end in spans)
        kept.setdefault((fault.place, fault.code, fault.text) if inside else number, fault)
    return list(kept.values())


def sound_part(case: Case, sound: Soundness) -> Case:
    """Return a case without rules, packages, preferences, gates and other blocks that have a fault or rest on one."""
    if not sound.spots:
        return case

    def each(block: str, entries: Table[str, _Block]) -> dict[str, _Block]:
        return {name: entry for name, entry in entries.items() if sound.of(block, name)}

    packages = each("packages", case.packages)
    return replace(
        case,
        deal=case.deal if sound.of("deal") and _holds(case.deal, sound) else None,
        alike=case.alike if sound.of("alike") else (),
        agreement=case.agreement if sound.of("agreement") and sound.of("parties") else Agreement(),
        influence=case.influence if sound.of("influence") else {},
        rules={name: rule for name, rule in each("rules", case.rules).items() if _holds(rule.condition, sound)},
        preferences={name: _preferences(one, case, sound) for name, one in case.preferences.items()},
        packages={name: package for name, package in packages.items() if _package(package, packages, sound)},
        gates={name: gate for name, gate in each("gates", case.gates).items() if _holds(gate.needs, sound)},
        levers=each("levers", case.levers),
        holding=case.holding if sound.of("holding") else None,
    )


def _holds(condition: Condition | None, sound: Soundness) -> bool:
    """Return whether everything a condition names is sound."""
    if condition is None:
        return True
    names = mentioned(condition)
    return all(sound.options(name) and sound.of("assumptions", name) for name in names)


def _package(package: NamedPackage, packages: Table[str, NamedPackage], sound: Soundness) -> bool:
    like, seen = sound.word("packages", package.id, "like"), {package.id}
    while like is not None and like != "now" and like not in seen:
        if like not in packages:
            return False
        seen.add(like)
        like = sound.word("packages", like, "like")
    return _holds(package.when, sound) and (like != "now" or sound.of("issues"))


def _preferences(preferences: Preferences, case: Case, sound: Soundness) -> Preferences:
    path = ("preferences", preferences.party)
    block = "points" if preferences.kind == "points" else "scores"
    own = sound.of(*path, "weights") and sound.options() and _steady(preferences.weights.values(), case, sound)
    defaults = sound.of(*path, block, "default") and sound.of(*path, block, "shape")
    return replace(
        preferences,
        scores={
            issue: score
            for issue, score in preferences.scores.items()
            if defaults and sound.of(*path, block, issue) and sound.options(issue) and _steady(_judgements(score), case, sound)
        },
        weights=preferences.weights if own else {},
        weight_sum=preferences.weight_sum if own else None,
        weight_orders=preferences.weight_orders if own else (),
        no_deal=preferences.no_deal if sound.of(*path, "no_deal") else None,
    )


def _judgements(score: IssueScore) -> Iterable[Judgement]:
    return score.values.values() if isinstance(score, ScoreTable) else ()


def _steady(judgements: Iterable[Judgement], case: Case, sound: Soundness) -> bool:
    """Return whether all assumptions behind some judgements are sound."""
    seen: set[str] = set()
    todo: list[Amount] = [judgement.amount for judgement in judgements]
    while todo:
        for name in names_in_amount(todo.pop()):
            base = name.id.partition(".")[0]
            if base in seen:
                continue
            seen.add(base)
            if not sound.of("assumptions", base):
                return False
            assumption = case.assumptions.get(base)
            if assumption is not None and assumption.amount is not None:
                todo.append(assumption.amount)
    return True
