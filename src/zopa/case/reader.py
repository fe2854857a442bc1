"""The reader: turns located nodes into values, and every mistake into a fault with a place.

Reading never stops at the first mistake.  A value that cannot be read becomes None (or is left out) and
a fault is noted; the case is built only when there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

from zopa.case.faults import Fault, Place, Severity, did_you_mean, nearest
from zopa.case.keys import RESERVED, Key, block_keys
from zopa.case.model import Assumption, Basis, Issue, Judgement
from zopa.case.names import Names, with_article
from zopa.case.nodes import Mapping, Node, Scalar, Sequence
from zopa.case.notation import (
    Amount,
    Chain,
    Condition,
    NotationError,
    names_in_amount,
    parse_amount,
    parse_chain,
    parse_condition,
    parse_date,
    parse_number,
)
from zopa.case.spots import spot

ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
BASIS_KEYS: Final = frozenset({"because", "assume"})


@dataclass(slots=True)
class Reader:
    """State of one reading: faults found so far, and what has been read already.

    ``whole`` is the text of the file.  ``vague`` holds issues whose options, assumptions whose values and
    sources whose files have a fault: what rests on these is not judged.  ``shared`` holds values that are
    read once for each of many uses (defaults), whose faults count once.
    """

    file: Path
    shown: str
    whole: str = ""
    faults: list[Fault] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    table_sources: set[str] = field(default_factory=set)
    as_of: date | None = None
    issues: dict[str, Issue] = field(default_factory=dict)
    assumptions: dict[str, Assumption] = field(default_factory=dict)
    principals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    quotes: dict[str, str] = field(default_factory=dict)
    quantified: set[str] = field(default_factory=set)
    ends: dict[str, tuple[Fraction, Fraction] | None] = field(default_factory=dict)
    vague: set[str] = field(default_factory=set)
    shared: list[Node] = field(default_factory=list)
    later: list[Callable[[], None]] = field(default_factory=list)

    # Faults ------------------------------------------------------------------------------------

    def place(self, node: Node, offset: int | None = None) -> Place:
        """Return the place of a node, or of one of the characters of a scalar's value."""
        if offset is None or offset < 0 or not isinstance(node, Scalar):
            return Place(self.shown, node.line, node.column)
        at = node.start + spot(self.whole[node.start : node.end], node.text, offset)
        line = node.line + self.whole.count("\n", node.start, at)
        return Place(self.shown, line, at - self.whole.rfind("\n", 0, at))

    def fault(
        self,
        node: Node,
        code: str,
        message: str,
        remedy: str,
        text: str | None = None,
        *,
        offset: int | None = None,
        severity: Severity = Severity.FAULT,
    ) -> None:
        """Note a finding at a node, or at one of the characters of its value."""
        shown = text if text is not None else (node.text if isinstance(node, Scalar) else "")
        shown = shown if len(shown) <= 120 else shown[:117] + "…"
        self.faults.append(Fault(code, self.place(node, offset), message, remedy, shown, severity))

    def fault_at(
        self, place: Place, code: str, message: str, remedy: str, text: str = "", severity: Severity = Severity.FAULT
    ) -> None:
        """Note a finding at a place."""
        self.faults.append(Fault(code, place, message, remedy, text, severity))

    def marred(self, since: int) -> bool:
        """Return whether a fault has been found since there were a number of findings."""
        return any(finding.severity is Severity.FAULT for finding in self.faults[since:])

    # Kinds of node -----------------------------------------------------------------------------

    def scalar(self, node: Node | None, what: str) -> Scalar | None:
        """Return the node as a single value that is not empty."""
        if node is None or node.refused:
            return None
        if not isinstance(node, Scalar):
            self.fault(node, "ZC010", f"{what} must be a single value, not a list or block", "Write it behind the colon.")
            return None
        if node.empty:
            self.fault(node, "ZC012", f"{what} is empty", "Write a value, or remove the key.", node.path.rsplit(".", 1)[-1])
            return None
        return node

    def text(self, node: Node | None, what: str) -> str | None:
        """Return a text."""
        found = self.scalar(node, what)
        return None if found is None else found.text.strip()

    def mapping(self, node: Node | None, what: str) -> Mapping | None:
        """Return the node as a block of keys."""
        if node is None or node.refused:
            return None
        if isinstance(node, Mapping):
            return node
        if isinstance(node, Scalar) and node.empty:
            self.fault(node, "ZC012", f"{what} is empty", "Write its keys, or remove it.", node.path.rsplit(".", 1)[-1])
        else:
            self.fault(
                node, "ZC010", f"{what} must be a block of `key: value`", "Write `key: value` pairs below it or in braces."
            )
        return None

    def block(self, node: Node | None, block: str, what: str) -> Mapping | None:
        """Return a block after checking its keys against the table of keys."""
        found = self.mapping(node, what)
        if found is None:
            return None
        keys = block_keys(block)
        for name in found.entries:
            if name not in keys:
                self.unknown_key(found, name, keys, what)
        for key in keys.values():
            if key.required and key.name not in found:
                self.fault(found, "ZC012", f"{what} needs the key {key.name}", f"Add `{key.name}:` ({key.doc}).", "")
        return found

    def unknown_key(self, block: Mapping, name: str, known: Iterable[str], what: str) -> None:
        """Report a key that is not known."""
        self.fault(block.key(name), "ZC011", f"{what} has no key {name}", did_you_mean(name, known, "keys"))

    def items(self, node: Node | None, what: str) -> list[Node]:
        """Return the nodes of a list; a single value counts as a list of one."""
        if node is None or node.refused:
            return []
        if isinstance(node, Sequence):
            return node.items
        if isinstance(node, Scalar):
            return [node] if self.scalar(node, what) is not None else []
        self.fault(node, "ZC010", f"{what} must be a list", "Write [a, b].", "")
        return []

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """Return a list of texts."""
        found = (self.text(item, what) for item in self.items(node, what))
        return tuple(text for text in found if text is not None)

    def word(self, node: Node | None, key: Key, what: str) -> str | None:
        """Return one of the words a key allows."""
        text = self.text(node, f"{key.name} of {what}")
        if text is None or node is None:
            return None
        if text not in key.words:
            self.fault(node, "ZC016", f"{key.name} of {what} cannot be {text}", did_you_mean(text, key.words, "words"), text)
            return None
        return text

    def flag(self, node: Node | None, what: str) -> bool:
        """Return yes or no as a truth value; a missing flag is no."""
        text = self.text(node, what)
        if text is None or node is None:
            return False
        if text.casefold() in {"yes", "true"}:
            return True
        if text.casefold() not in {"no", "false"}:
            self.fault(node, "ZC016", f"{what} must be yes or no", "Write yes or no.", text)
        return False

    def day(self, node: Node | None, what: str) -> date | None:
        """Return a date."""
        found = self.scalar(node, what)
        if found is None:
            return None
        try:
            return parse_date(found.text.strip())
        except NotationError as error:
            self.fault(found, "ZC017", f"{what} is not a date: {error.message}", error.remedy or "Write it as 2025-01-31.")
            return None

    def number(self, node: Node | None, what: str) -> Fraction | None:
        """Return an exact number."""
        found = self.scalar(node, what)
        if found is None:
            return None
        return self.parsed_number(found, what)

    def parsed_number(self, node: Scalar, what: str) -> Fraction | None:
        """Return the exact number a scalar holds."""
        try:
            return parse_number(node.text)
        except NotationError as error:
            self.fault(node, "ZC018", f"{what} is not a number: {error.message}", error.remedy)
            return None

    # Ids ---------------------------------------------------------------------------------------

    def check_id(self, key: Scalar, what: str) -> None:
        """Check the form of an id."""
        if not ID.match(key.text):
            made = re.sub(r"\W+", "_", key.text.strip()).strip("_")
            made = made if ID.match(made) else f"x{made}"
            self.fault(key, "ZC013", f"the id of {what} is malformed", f"Use letters, digits and _, for example {made}.")
        elif key.text in RESERVED and not (what.startswith("a party") and key.text == "no"):  # Norway
            self.fault(key, "ZC014", f"{key.text} is a reserved word", f"Name it otherwise, for example {key.text}_1.")

    def register(self, root: Mapping, block: str, kind: str) -> None:
        """Take the ids of a block into the common namespace, before anything refers to them."""
        node = root.get(block)
        if isinstance(node, Mapping):
            self.register_keys(node, kind, f"{with_article(kind)} in {block}")
        keys = block_keys("case")
        misspelt = node is None and any(name not in keys and nearest(name, keys) == block for name in root.entries)
        empty = keys[block].required and (node is None or (isinstance(node, Mapping) and not node.entries))
        if misspelt or empty or (node is not None and not isinstance(node, Mapping)):
            self.names.lost.add(kind)  # which has a fault of its own

    def register_keys(self, node: Mapping, kind: str, what: str) -> None:
        """Take the keys of one block as ids of a kind, faulty ones too: what uses them is not at fault."""
        folded = {name.casefold(): name for name in self.names.of_kind(kind)}
        for name in node.entries:
            if name in BASIS_KEYS:
                continue
            key = node.key(name)
            self.check_id(key, what)
            known = self.names.kind(name)
            twin = folded.get(name.casefold())
            if known is not None:
                first = self.names.places[name]
                self.fault(
                    key,
                    "ZC015",
                    f"{name} names {with_article(kind)} and already {with_article(known)} (line {first.line})",
                    "Ids are shared by all blocks but options: rename one of the two.",
                )
            elif twin is not None:
                self.fault(key, "ZC015", f"{name} and {twin} differ only in capitals", "Rename one of the two.")
            self.names.add(name, kind, self.place(key))
            folded.setdefault(name.casefold(), name)

    def reference(
        self, node: Scalar, what: str, *kinds: str, text: str | None = None, known: Callable[[], list[str]] | None = None
    ) -> str | None:
        """Return an id after checking that it names something of one of these kinds.

        ``known`` gives the names to suggest where not all of the kinds will do.
        """
        name = node.text.strip() if text is None else text
        kind = self.names.kind(name, *kinds)
        if kind in kinds:
            return name
        listed = " or ".join(kinds)
        code, message = "ZC020", f"there is no {listed} called {name}"
        if kind is not None:
            code, message = "ZC021", f"{name} is {with_article(kind)}, not {with_article(listed)}"
        able, called = (self.names.of_kind(*kinds), f"{kinds[0]} ids") if known is None else (known(), "names here")
        remedy = did_you_mean(name, able, called)
        self.fault(node, code, f"{what}: {message}", remedy, name)
        return None

    def references(self, node: Node | None, what: str, *kinds: str) -> tuple[str, ...]:
        """Return a list of checked ids; a single id counts as a list of one."""
        found: list[str] = []
        for item in self.items(node, what):
            single = self.scalar(item, what)
            if single is not None:
                name = self.reference(single, what, *kinds)
                if name is not None and name not in found:
                    found.append(name)
        return tuple(found)

    def party_reference(self, node: Node | None, what: str, extra: tuple[str, ...] = ()) -> str | None:
        """Return PARTY or PARTY.principal (or one of some further words)."""
        found = self.scalar(node, what)
        if found is None:
            return None
        name = found.text.strip()
        if name in extra:
            return name
        party, dot, principal = name.partition(".")
        if not self.names.is_a(party, "party"):
            self.fault(
                found,
                "ZC020",
                f"{what}: there is no party called {party}",
                did_you_mean(party, [*self.names.of_kind("party"), *extra], "parties"),
                name,
            )
            return None
        if dot and principal not in self.principals.get(party, ()) and party in self.names.kinds:
            self.fault(
                found,
                "ZC020",
                f"{what}: {party} has no principal called {principal}",
                did_you_mean(principal, self.principals.get(party, ()), "principals"),
                name,
                offset=len(party) + 1,
            )
            return None
        return name

    # Bases -------------------------------------------------------------------------------------

    def basis(self, block: Mapping | None, inherited: Basis) -> Basis:
        """Return the basis a block gives, or the one it inherits."""
        if block is None or not (BASIS_KEYS & block.entries.keys()):
            return inherited
        because = self._because(block.get("because"))
        assume = self.text(block.get("assume"), "assume")
        if assume is not None and self.names.is_a(assume, "assumption"):
            self.used.add(assume)
        elif assume is not None:
            self._warn_missing_assumption(block.get("assume"), assume)
        elif not because:
            # Why neither key stands has been said; that a basis is missing would only repeat it.
            assume = ""
        return Basis(because, assume)

    def _because(self, node: Node | None) -> tuple[str, ...]:
        if isinstance(node, Sequence) and not node.items:
            self.fault(node, "ZC012", "because is empty", "Name a statement, or remove the key.", "because")
        found: list[str] = []
        for item in self.items(node, "because"):
            single = self.scalar(item, "because")
            name = None if single is None else self.reference(single, "because", "statement", "source", known=self._able)
            if single is None or name is None or name in found:
                continue
            if self.names.is_a(name, "statement") or name in self.table_sources:
                found.append(name)
            elif name not in self.vague and name in self.names.kinds:  # else what it is has a fault of its own
                self.fault(
                    single,
                    "ZC021",
                    f"because: {name} is a source of another kind than table",
                    "Quote the sentence in `statements` and name the statement.",
                )
        return tuple(found)

    def _able(self) -> list[str]:
        """Return the ids that can be a basis."""
        return [*self.names.of_kind("statement"), *(name for name in self.names.of_kind("source") if name in self.table_sources)]

    def _warn_missing_assumption(self, node: Node | None, text: str) -> None:
        if node is None or not re.fullmatch(r"[A-Za-z]\w*\d\w*", text):
            return
        guess = nearest(text, self.names.of_kind("assumption"))
        if guess is not None:
            self.fault(
                node,
                "ZC020",
                f"assume: there is no assumption called {text}, so it counts as a reason in words",
                f"Did you mean {guess}?",
                severity=Severity.WARNING,
            )

    def inherit(self, basis: Basis, path: str) -> Basis:
        """Return a basis as what is inside the block at ``path`` inherits it."""
        if not basis.because and basis.assume is None:
            return basis
        return basis if basis.inherited else Basis(basis.because, basis.assume, path or "the case")

    def own(self, block: Mapping | None, inherited: Basis, path: str) -> tuple[Basis, Basis]:
        """Return (the basis of a block, the basis of what is inside it)."""
        basis = self.basis(block, inherited)
        return basis, self.inherit(basis, path)

    def need_basis(self, node: Node, basis: Basis, what: str) -> None:
        """Report a judgement without a basis."""
        if not basis.because and basis.assume is None:
            self.fault(
                node,
                "ZC030",
                f"{what} has no basis",
                "Add `because: STATEMENT`, or `assume: a reason in words`, here or once for the block around it.",
            )

    # Notations ---------------------------------------------------------------------------------

    def notation_fault(self, node: Scalar, what: str, error: NotationError) -> None:
        """Report text that is not in the notation."""
        start = max(0, min(error.start, len(node.text)))
        shown = node.text[start : error.end] or node.text
        self.fault(
            node, "ZC018", f"{what} cannot be read: {error.message}", error.remedy or "See the notations.", shown, offset=start
        )

    def condition(self, node: Node | None, what: str, *kinds: str) -> Condition | None:
        """Return a condition; what it names is checked once everything has been read.

        ``kinds`` are the kinds of thing it may name: issue, process (process issues too), assumption,
        gate, party.
        """
        from zopa.case.references import check_condition, mentioned

        found = self.scalar(node, what)
        if found is None:
            return None
        try:
            condition = parse_condition(found.text)
        except NotationError as error:
            self.notation_fault(found, what, error)
            return None
        self.used.update(mentioned(condition))
        self.later.append(lambda: check_condition(self, found, condition, what, kinds))
        return condition

    def chain(self, node: Node | None, what: str) -> Chain | None:
        """Return an order; what it names is for the caller to check."""
        found = self.scalar(node, what)
        if found is None:
            return None
        try:
            return parse_chain(found.text)
        except NotationError as error:
            self.notation_fault(found, what, error)
            return None

    def amount(self, node: Scalar, what: str) -> Amount | None:
        """Return an amount as written."""
        try:
            amount = parse_amount(node.text)
        except NotationError as error:
            self.notation_fault(node, what, error)
            return None
        self.used.update(name.id.partition(".")[0] for name in names_in_amount(amount))
        return amount

    def chances(self, node: Node | None, what: str) -> tuple[Fraction, ...] | None:
        """Return a list of chances that add up to one."""
        if node is None:
            return None
        numbers = [self.number(item, f"a chance of {what}") for item in self.items(node, f"the chances of {what}")]
        found = tuple(number for number in numbers if number is not None)
        if len(found) != len(numbers):
            return None
        if sum(found) != 1 or any(chance < 0 for chance in found):
            self.fault(
                node, "ZC043", f"the chances of {what} do not add up to 1", "Write chances from 0 to 1 that add up to 1.", ""
            )
            return None
        return found

    def judgement(
        self,
        node: Node | None,
        path: str,
        inherited: Basis,
        what: str,
        *,
        words: tuple[str, ...] = (),
        low: int | None = None,
        high: int | None = None,
        party: str | None = None,
    ) -> Judgement | None:
        """Return a judgement: a number within bounds, or one of some words.

        Parameters
        ----------
        node : Node or None
            A scalar, or a block {value, chance, because, assume}.
        path : str
            Path of the judgement, which is the key of its random stream.
        inherited : Basis
            Basis of the block around it.
        what : str
            What it is, for faults.
        words : tuple of str
            The words allowed; empty for a number.
        low, high : int or None
            Bounds of a number.
        party : str or None
            The party it belongs to, which picks the draw of an assumption made per party.
        """
        from zopa.case.references import check_amount

        chance: tuple[Fraction, ...] | None = None
        basis = inherited
        value = node
        if isinstance(node, Mapping):
            block = self.block(node, "judgement", what)
            basis = self.basis(block, inherited)
            value = node.get("value")
            chance = self.chances(node.get("chance"), what)
        found = self.scalar(value, what)
        if found is None or node is None:
            return None
        amount = self.amount(found, what)
        if amount is None:
            return None
        basis = self._basis_of_reference(amount, basis, node)
        named = [name.id.partition(".")[0] for name in names_in_amount(amount) if name.id not in words]
        if all(self.names.is_a(name, "assumption") for name in named):
            self.need_basis(node, basis, what)  # a misspelt name is reported as such
        self.later.append(
            lambda: check_amount(self, found, amount, what, words=words, low=low, high=high, party=party, chance=chance)
        )
        self.later.append(lambda: self._warn_unquantified(found, basis, what, words))
        return Judgement(path, amount, basis, self.place(found), chance)

    def _basis_of_reference(self, amount: Amount, basis: Basis, node: Node) -> Basis:
        """Return the basis of a judgement; a reference to a named assumption is one, unless it gives its own."""
        if isinstance(node, Mapping) and BASIS_KEYS & node.entries.keys():
            return basis
        named = [name.id.partition(".")[0] for name in names_in_amount(amount)]
        known = [name for name in named if self.names.is_a(name, "assumption")]
        if not known:
            return basis
        return Basis(basis.because if not basis.inherited else (), known[0])

    def _warn_unquantified(self, node: Scalar, basis: Basis, what: str, words: tuple[str, ...]) -> None:
        from zopa.case.references import is_quantified

        if words or basis.assume is not None or not basis.because:
            return
        if not any(is_quantified(self, name) for name in basis.because):
            self.fault(
                node,
                "ZC037",
                f"{what} is a number, but {', '.join(basis.because)} names no quantity",
                "Say with `assume:` where the size comes from; the sentence gives only the direction.",
                severity=Severity.WARNING,
            )
