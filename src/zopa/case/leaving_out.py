"""What to leave out of a case for a copy, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from zopa.case.composing import compose
from zopa.case.loading import FILE_NAME, read_text
from zopa.case.model import Case
from zopa.case.nodes import Mapping, Node, Scalar, Sequence, children
from zopa.case.quotation import fold
from zopa.case.rewriting import Plan, staying, written
from zopa.case.saving import find_node

LEFT_OUT_BASIS: Final = "left out of this copy: a statement of a source"
_BASIS: Final = frozenset({"because", "assume"})
# Keys whose values are words for readers, in which names of assumptions mean nothing.
_PROSE: Final = frozenset("assume name title question absent says quote speaker voices unit labels".split())
_NUMBER: Final = re.compile(r"(?<![A-Za-z_\d])\d+(?:\.\d+)?")
_LONG: Final = 12  # letters; a shorter quotation is a word or two that may stand anywhere


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in a copy: what it is, and its id or path."""

    kind: str
    id: str


class LeavingOut:
    """What to leave out of a case: a plan in the making, with notes of what it leaves out."""

    def __init__(self, case: Case, parties: tuple[str, ...]) -> None:
        self.case = case
        self.parties = parties
        root = compose(case.text, FILE_NAME, lambda _fault: None)
        assert isinstance(root, Mapping)
        self.root = root
        self.plan = Plan()
        self.left: dict[LeftOut, None] = {}
        self.look: dict[LeftOut, None] = {}
        self.numbers: set[str] = set()
        self.words: set[str] = set()

    def note(self, kind: str, name: str) -> None:
        """Write down what was left out."""
        self.left[LeftOut(kind, name)] = None

    def block(self, *path: str) -> Mapping | None:
        """Return a block that stays."""
        node: Node | None = self.root
        for part in path:
            node = node.get(part) if isinstance(node, Mapping) else None
            if node is None or self.plan.gone(node) or id(node) in self.plan.values:
                return None
        return node if isinstance(node, Mapping) else None

    def drop(self, holder: Mapping, key: str) -> bool:
        """Leave out one entry of a block; True when nothing but a basis is left in it."""
        node = holder.get(key)
        if node is not None:
            self.hide(node)
            self.plan.drop(node)
        return not set(self.plan.kept(holder)) - _BASIS

    # Parties -----------------------------------------------------------------------------------

    def leave_out(self, party: str) -> None:
        """Leave out the numbers of one party."""
        wanted = find_node(self.root, f"preferences.{party}")
        if wanted is not None and not (isinstance(wanted, Scalar) and wanted.text.strip() == "unknown"):
            self.hide(wanted)
            self.plan.replace(wanted, "unknown")
            self.note("preferences, now unknown", party)
            known = self.case.preferences[party]
            for line in known.red_lines:
                self.note("red line", line.id)
                self.words.add(line.id)
            for bonus in known.bonuses:
                self.note("bonus", bonus.id)
        influence = self.block("influence")
        if influence is not None and party in influence:
            self.note("influence", party)
            if self.drop(influence, party):
                self.drop(self.root, "influence")
        self._positions(party)
        self._levers(party)
        self._holding(party)
        self._alike(party)

    def _positions(self, party: str) -> None:
        positions = self.block("positions")
        for issue in [] if positions is None else [name for name in self.plan.kept(positions) if name not in _BASIS]:
            row = self.block("positions", issue)
            if positions is not None and row is not None and party in row:
                self.note("position", f"{issue}.{party}")
                if self.drop(row, party) and self.drop(positions, issue):
                    self.drop(self.root, "positions")

    def _levers(self, party: str) -> None:
        levers = self.block("levers")
        for name in [] if levers is None else [one for one in self.plan.kept(levers) if one not in _BASIS]:
            lever = self.block("levers", name)
            if levers is None or lever is None:
                continue
            self._targets(lever, f"levers.{name}", lambda target: target.partition(".")[0] == party, "move of a lever")
            if not {"move", "times", "allow", "block"} & self.plan.kept(lever).keys():
                self.note("lever that only moved what was left out", name)
                if self.drop(levers, name):
                    self.drop(self.root, "levers")

    def _targets(self, entry: Mapping, path: str, wanted: Callable[[str], bool], kind: str) -> None:
        for way in ("move", "times"):
            targets = entry.get(way)
            for target in list(self.plan.kept(targets)) if isinstance(targets, Mapping) else []:
                if wanted(target) and isinstance(targets, Mapping):
                    self.note(kind, f"{path}.{way}.{target}")
                    if self.drop(targets, target):
                        self.drop(entry, way)

    def _holding(self, party: str) -> None:
        holding = self.block("holding")
        if holding is None:
            return
        for name in list(self.plan.kept(holding)):
            inner = self.block("holding", name)
            if inner is not None and name != "effects" and "value" not in inner and party in inner:
                self.note("input of holding", f"holding.{name}.{party}")
                if self.drop(inner, party):
                    self.drop(holding, name)
            elif inner is None and name in self._shared_inputs(party):
                self.look[LeftOut("input of holding for both sides", f"holding.{name}")] = None
        effects = self.block("holding", "effects")
        for name in [] if effects is None else [one for one in self.plan.kept(effects) if one not in _BASIS]:
            effect = self.block("holding", "effects", name)
            if effects is None or effect is None:
                continue
            self._targets(effect, f"holding.effects.{name}", lambda target: target.endswith(f".{party}"), "effect on holding")
            if not {"move", "times"} & self.plan.kept(effect).keys() and self.drop(effects, name):
                self.drop(holding, "effects")

    def _shared_inputs(self, party: str) -> set[str]:
        """Return the inputs of holding that are given once, where they may tell of a party."""
        known = self.case.holding
        return set(known.inputs) if known is not None and (not known.between or party in known.between) else set()

    def _alike(self, party: str) -> None:
        """Leave a party out of what says that ranges are the same: they would tell its own."""
        node = self.root.get("alike")
        if node is None or self.plan.gone(node):
            return
        groups: list[Node] = [one for one in children(node) if isinstance(one, Sequence)] or [node]
        for group in groups:
            members = [one for one in children(group) if isinstance(one, Scalar) and not self.plan.gone(one)]
            inside = [one for one in members if one.text.strip() == party]
            if not inside:
                continue
            self.note("mention under alike", party)
            self.plan.drop(inside[0])
            if len(members) <= 2:
                self.plan.drop(group)
        if all(self.plan.gone(group) for group in groups):
            self.plan.drop(node)

    # Assumptions ---------------------------------------------------------------------------------

    def leave_out_assumptions(self) -> None:
        """Leave out assumptions that only the numbers left out used, and correlations with what is not drawn any more."""
        register = self.block("assumptions")
        if register is None:
            return
        correlations = self.root.get("correlations")
        apart = {id(correlations)} if correlations is not None else set()
        before = self._unused(Plan(set(apart)))
        trial = Plan(self.plan.dropped | apart, self.plan.values, self.plan.keys)
        removed: set[str] = set()
        while new := self._unused(trial) - before - removed:
            removed |= new
            trial.dropped |= {id(register.get(name)) for name in new}
        for name in [one for one in register.entries if one in removed]:
            self.note("assumption used for nothing else", name)
            self.words.add(name)
            if self.drop(register, name):
                self.drop(self.root, "assumptions")
        self._correlations(removed | self._draws(trial))

    def _unused(self, plan: Plan) -> set[str]:
        """Return the assumptions that are used nowhere after a plan."""
        reading = read_text(written(self.root, plan), self.case.file)
        return {one.text for one in reading.findings if one.code == "ZC055"}

    def _draws(self, trial: Plan) -> set[str]:
        """Take the parties left out of the assumptions drawn for each party; return the draws that are gone."""
        gone: set[str] = set()
        named = self._named(trial)
        for name, assumption in self.case.assumptions.items():
            entry = self.block("assumptions", name)
            leaving = [party for party in self.parties if party in assumption.per_parties]
            if entry is None or not leaving:
                continue
            for party in [one for one in leaving if f"{name}.{one}" in named]:
                self.look[LeftOut("number of a party left out that other judgements use", f"{name}.{party}")] = None
            leaving = [one for one in leaving if f"{name}.{one}" not in named]
            gone |= {f"{name}.{party}" for party in leaving}
            for party in leaving:
                self.note("draw of a shared assumption", f"{name}.{party}")
            self._without_draws(entry, set(leaving), only=set(leaving) == set(assumption.per_parties))
        return gone

    def _without_draws(self, entry: Mapping, leaving: set[str], *, only: bool) -> None:
        per = entry.entries["per"][1]
        if not only:
            for item in children(per):
                if isinstance(item, Scalar) and item.text.strip() in leaving:
                    self.plan.drop(item)
            return
        value = entry.entries["value"][1]  # it is named as a reason elsewhere, its number is nobody else's
        self.hide(value)
        self.plan.replace(value, "unknown")
        for key in ("per", "chance", "split", "sweep", "labels"):
            if key in entry:
                self.drop(entry, key)

    def _named(self, plan: Plan) -> set[str]:
        """Return the draws NAME.PARTY that what stays refers to."""
        found: set[str] = set()
        for node in staying(self.root, plan):
            if isinstance(node, Scalar) and _key(node) not in _PROSE:
                found.update(re.findall(r"(?<![\w.])[A-Za-z]\w*\.[A-Za-z]\w*(?![\w.])", node.text))
        return found

    def _correlations(self, undrawn: set[str]) -> None:
        node = self.root.get("correlations")
        items = [item for item in children(node) if isinstance(item, Mapping)] if node is not None else []
        for item in items:
            between = item.get("between")
            names = [one.text.strip() for one in children(between) if isinstance(one, Scalar)] if between is not None else []
            if any(name in undrawn or name.partition(".")[0] in undrawn for name in names):
                self.note("correlation", " and ".join(names))
                self.hide(item)
                self.plan.drop(item)
        if node is not None and items and all(self.plan.gone(item) for item in items):
            self.plan.drop(node)

    # Sources ---------------------------------------------------------------------------------------

    def leave_out_tables(self) -> None:
        """Leave out tables on which only numbers left out rested."""
        sources = self.block("sources")
        if sources is None:
            return
        before, after = self._rested_on(Plan()), self._rested_on(self.plan)
        cited = {name for one in self.case.statements.values() for name in (one.source, *one.also)}
        for name, source in self.case.sources.items():
            if source.kind == "table" and name in before and name not in after | cited:
                self.note("table used for nothing else", name)
                if self.drop(sources, name):
                    self.drop(self.root, "sources")
            elif source.kind == "table" and self.parties:
                # A table is kept whole, and whose numbers stand in its text no program can tell.
                self.look[LeftOut("table, kept whole, that may hold the numbers left out", name)] = None

    def _rested_on(self, plan: Plan) -> set[str]:
        return {node.text.strip() for node in staying(self.root, plan) if isinstance(node, Scalar) and _key(node) == "because"}

    def leave_out_sources(self) -> None:
        """Leave out sources, statements and tensions; what rested on them says so."""
        for kind, block in (("source", "sources"), ("statement", "statements"), ("tension", "tensions")):
            entries = self.block(block)
            for name in [] if entries is None else [one for one in self.plan.kept(entries) if one not in _BASIS]:
                self.note(kind, name)
            if block in self.root:
                self.plan.drop(self.root.entries[block][1])
        for node in staying(self.root, self.plan):
            because = node.get("because") if isinstance(node, Mapping) else None
            if not isinstance(node, Mapping) or because is None or self.plan.gone(because):
                continue
            if "assume" in node:
                self.plan.drop(because)
            else:
                self.plan.replace(because, LEFT_OUT_BASIS, "assume")
        quotes = [words for words in map(_folded, self._quotes()) if len(words) >= _LONG]
        for node in staying(self.root, self.plan):
            if isinstance(node, Scalar) and any(words in _folded(node.text) for words in quotes):
                if _is_reason(node):
                    self.plan.replace(node, "left out of this copy: words of a source")
                    self.note("reason that quotes a source", node.path)
                else:
                    self.look[LeftOut("text that holds words of a source", node.path)] = None
        self.words |= {*self.case.statements, *self.case.sources, *self._quotes()}

    def _quotes(self) -> list[str]:
        statements = self.case.statements.values()
        return [one.quote for one in statements] + [part.quote for one in statements for part in one.quantities]

    # What stays ------------------------------------------------------------------------------------

    def hide(self, node: Node) -> None:
        """Remember the numbers of what goes, so that no comment tells them."""
        for one in staying(node, Plan()):
            if isinstance(one, Scalar) and _key(one) not in _PROSE | {"because"}:
                self.numbers.update(_NUMBER.findall(one.text))

    def look_around(self) -> None:
        """Note what stays and names a party left out, or was used for its numbers: a person has to judge it."""
        used = self._behind_numbers()
        for name in self.case.assumptions:
            if name in used and self.block("assumptions", name) is not None:
                self.look[LeftOut("assumption that numbers left out used as well", name)] = None
        for node in staying(self.root, self.plan):
            if not isinstance(node, Scalar) or not _is_told(node):
                continue
            for party in self.parties:
                if any(_mentions(node.text, word) for word in (party, self.case.parties[party].name)):
                    self.look[LeftOut(f"text that names {party}", node.path)] = None

        for name, package in self.case.packages.items():
            named = " ".join((name.replace("_", " "), package.name, package.author or ""))
            for party in self.parties:
                words = (party, self.case.parties[party].name)
                if any(_mentions(named, word) for word in words) and self.block("packages", name) is not None:
                    self.look[LeftOut(f"package of, or named after, {party}: its terms stay", name)] = None

    def _behind_numbers(self) -> set[str]:
        kept = {id(node) for node in staying(self.root, self.plan)}
        gone = [node for node in staying(self.root, Plan()) if id(node) not in kept and isinstance(node, Scalar)]
        words = {word for node in gone if _key(node) not in _PROSE for word in re.findall(r"[A-Za-z]\w*", node.text)}
        return words & set(self.case.assumptions)

    def keeps_comment(self, comment: str) -> bool:
        """Return whether a comment names nothing that was left out: no party, no id, no number, no quotation."""
        names = {*self.words}
        for party in self.parties:
            known = self.case.parties[party]
            names |= {party, known.name, *known.voices}
            names |= {word for one in known.principals for word in (one.name, *one.voices)}
        if any(_mentions(comment, name) for name in names):
            return False
        return not self.numbers & set(_NUMBER.findall(comment))


def _key(node: Node) -> str:
    """Return the key a value stands under, that of the list when it stands in one."""
    parts = node.path.split(".")
    return next((part for part in reversed(parts) if not part.isdecimal()), "")


def _is_reason(node: Node) -> bool:
    parts = node.path.split(".")
    return parts[-1] == "assume" or (parts[0] == "assumptions" and (len(parts) == 2 or parts[-1] == "name"))


def _is_told(node: Node) -> bool:
    """Return whether a text was written by the author for readers: it may say what numbers would have said."""
    parts = node.path.split(".")
    own_name = parts[0] == "parties" and parts[-1] in {"name", "voices"}
    return not own_name and (
        _is_reason(node) or parts[-1] in {"says", "title", "question", "name", "absent"} or "labels" in parts
    )


def _folded(text: str) -> str:
    return fold(text).text.strip().casefold()


def _mentions(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_folded(word))}(?!\w)", _folded(text)) is not None
