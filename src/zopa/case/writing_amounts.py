"""Where an amount stands in a case file, and what has to stand there for it to be another one, with its reason.

A judgement has many forms: a bare number, a block with its basis, an item of a list, something that a default serves.  The
changes that are returned touch the values that must change and no other.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from zopa.case.composing import compose
from zopa.case.judgement_list import ASSUMPTIONS, judgement_at
from zopa.case.model import Basis, Case, Issue
from zopa.case.nodes import Mapping, Node, Scalar
from zopa.case.nodes import Sequence as Listed
from zopa.case.notation import Alternatives, Amount, NotationError, format_amount, names_in_amount, parse_amount
from zopa.case.reader import BASIS_KEYS
from zopa.case.references import option_of
from zopa.case.saving import find_node

Change = tuple[str, str | None]  # a path in the file, and what is to stand there on one line; None: the key goes
LONGEST_REASON: Final = 2000  # characters
_VAGUE: Final = frozenset({"direction", "shape", "for", "against"})


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a judgement stands.

    ``path`` is what changes; ``node`` holds the amount (a scalar, or a block with ``value``), and is only a model for
    a new entry where ``wrap`` says how that entry is made from the text of a judgement.  ``beside`` is a block whose
    basis is that of this judgement alone; it is ``loose`` where a name in the amount counts for more than it does.
    ``elsewhere`` says that what is inherited at the new place is another basis.
    """

    path: str
    node: Node | None
    beside: Mapping | None = None
    wrap: Callable[[str, Sequence[tuple[str, str]]], str] | None = None
    elsewhere: bool = False
    loose: bool = False


def amount_changes(text: str, case: Case, path: str, amount: str, basis: Basis | None) -> tuple[Change, ...]:
    """Return what must change in a case file for a judgement to have another amount.

    Parameters
    ----------
    text : str
        The text of the case file.
    case : Case
        What it says.
    path : str
        Path of the judgement; ``assumptions.ID`` for a named assumption; ``preferences.PARTY.no_deal`` also where no
        number stands yet: it is then a share.
    amount : str
        The amount in the notation of case files.
    basis : Basis or None
        What it is to rest on; None keeps what it rests on now.

    Returns
    -------
    tuple of (str, str or None)
        Paths in the file, each with the line of YAML that is to stand there, or None for a key that goes.

    Raises
    ------
    ValueError
        In words, when there is no such judgement, the amount cannot be read, or there is no basis for it.
    """
    parsed = _parsed(amount)
    placed = judgement_at(case, path)
    root = compose(text, "case.yaml", lambda _fault: None)
    if not isinstance(root, Mapping):
        raise ValueError("the case file cannot be read")
    spot = _spot(root, case, path)
    if spot is None or (placed is None and spot.wrap is None):
        raise ValueError(f"there is no number at {path}")
    if basis is not None:
        _check_basis(case, basis)
    if basis is None and placed is None:
        raise ValueError("a new number needs a reason: name a statement, or say what is assumed")
    refers = _refers(case, parsed)
    block = spot.node if isinstance(spot.node, Mapping) else None if spot.loose and refers else spot.beside
    own = set() if block is None else BASIS_KEYS & block.entries.keys()
    if basis is None and placed is not None:
        # What an amount rested on because of the name in it goes with the name.
        lost = (not own or spot.loose) and _refers(case, placed.amount)
        if (lost or spot.elsewhere) and not refers:
            basis = placed.basis
    written = format_amount(parsed)
    chance = _kept_chance(text, block, parsed)
    reasons = [] if basis is None else basis_entries(case, basis)
    if spot.wrap is not None:
        kept = [] if chance is None else [("chance", chance)]
        if basis is None and isinstance(spot.node, Mapping):
            kept += [(key, _flow(value)) for key, value in spot.node.items() if key in BASIS_KEYS]
        return ((spot.path, spot.wrap(written, [*kept, *reasons])),)
    assert spot.node is not None
    if block is None:
        return ((spot.path, judgement_text(written, reasons)),)
    at = f"{spot.path}.value" if isinstance(spot.node, Mapping) else spot.path
    found: list[Change] = [(at, written)]
    if "chance" in block and chance is None:
        found.append((f"{block.path}.chance", None))
    if basis is not None:
        found += _basis_changes(block, reasons)
    return tuple(found)


def basis_entries(case: Case, basis: Basis) -> list[tuple[str, str]]:
    """Return the keys of a basis with their values as YAML: ``because`` and ``assume``, those that are there."""
    found = []
    if basis.because:
        found.append(("because", basis.because[0] if len(basis.because) == 1 else f"[{', '.join(basis.because)}]"))
    if basis.assume is not None:
        found.append(("assume", basis.assume if basis.assume in case.assumptions else quoted_words(basis.assume)))
    return found


def basis_changes(text: str, case: Case, path: str, basis: Basis) -> tuple[Change, ...]:
    """Return what must change for the block at a path to rest on something else.

    Raises
    ------
    ValueError
        When there is no block at the path, or the basis names nothing.
    """
    _check_basis(case, basis)
    root = compose(text, "case.yaml", lambda _fault: None)
    block = None if root is None else find_node(root, path)
    if not isinstance(block, Mapping):
        raise ValueError(f"there is no block at {path}")
    return tuple(_basis_changes(block, basis_entries(case, basis)))


def judgement_text(amount: str, more: Sequence[tuple[str, str]]) -> str:
    """Return a judgement as YAML: bare, or a block with what it rests on."""
    return amount if not more else _braces([("value", amount), *more])


def quoted_words(words: str) -> str:
    """Return words as YAML in quotation marks, on one line.

    Raises
    ------
    ValueError
        When nothing is said, too much is said, or a control character stands in it.
    """
    return _quoted(said(words))


def said(words: str) -> str:
    """Return words on one line, without the blanks around them.

    Raises
    ------
    ValueError
        When nothing is said, too much is said, or a control character stands in it.
    """
    line = " ".join(words.splitlines()).replace("\t", " ").strip()
    if not line:
        raise ValueError("say in words why this number, or name a statement")
    if len(line) > LONGEST_REASON:
        raise ValueError(f"a reason has at most {LONGEST_REASON} characters")
    if any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in line):
        raise ValueError("a reason is plain text: a control character stands in it")
    return line


def _quoted(words: str) -> str:
    line = json.dumps(words, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in line)


def _parsed(amount: str) -> Amount:
    if len(amount) > LONGEST_REASON:
        raise ValueError("the amount is too long")
    try:
        return parse_amount(amount.strip())
    except NotationError as error:
        raise ValueError(f"{error.message}. {error.remedy}".strip()) from None


def _check_basis(case: Case, basis: Basis) -> None:
    for name in basis.because:
        source = case.sources.get(name)
        if name not in case.statements and (source is None or source.kind != "table"):
            raise ValueError(f"there is no statement called {name}")
    if basis.assume is not None:
        said(basis.assume)
    elif not basis.because:
        raise ValueError("a number needs a reason: name a statement, or say what is assumed")


def _basis_changes(block: Mapping, reasons: Sequence[tuple[str, str]]) -> list[Change]:
    named = dict(reasons)
    gone: list[Change] = [(f"{block.path}.{key}", None) for key in block.entries if key in BASIS_KEYS and key not in named]
    return [*((f"{block.path}.{key}", value) for key, value in reasons), *gone]


def _refers(case: Case, amount: Amount) -> bool:
    return any(name.id.partition(".")[0] in case.assumptions for name in names_in_amount(amount))


def _kept_chance(text: str, block: Mapping | None, amount: Amount) -> str | None:
    """Return the chances of the alternatives where there are still as many."""
    chances = None if block is None else block.get("chance")
    if not isinstance(chances, Listed) or not chances.flow:
        return None
    count = len(amount.items) if isinstance(amount, Alternatives) else 1
    return text[chances.start : chances.end].strip() if len(chances.items) == count else None


# Text of entries -----------------------------------------------------------------------------------


def _braces(entries: Sequence[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries) + "}"


def _flow(node: Node) -> str:
    """Return a node on one line, as a model for another entry."""
    if isinstance(node, Mapping):
        return _braces([(_key(key), _flow(value)) for key, value in node.items()])
    if isinstance(node, Listed):
        return "[" + ", ".join(_flow(item) for item in node.items) + "]"
    assert isinstance(node, Scalar)
    return node.text if node.plain and _bare(node.text) else _quoted(" ".join(node.text.splitlines()))


def _bare(text: str) -> bool:
    return bool(text) and text.isprintable() and not any(one in text for one in ",[]{}#:\"'&*!%@`?") and text == text.strip()


def _key(key: str) -> str:
    return key if _bare(key) else _quoted(key)


# Spots ---------------------------------------------------------------------------------------------


def _spot(root: Mapping, case: Case, path: str) -> _Spot | None:
    parts = path.split(".")
    if path.startswith(ASSUMPTIONS):
        entry = find_node(root, path)
        node = entry.get("value") if isinstance(entry, Mapping) else None
        return _Spot(f"{path}.value", node, entry) if isinstance(entry, Mapping) and node is not None else None
    if parts[0] == "levers" and len(parts) > 3:
        return _keyed(root, ".".join(parts[:3]), ".".join(parts[3:]))
    if parts[0] == "influence":
        node = find_node(root, path)
        return None if node is None else _Spot(path, node)
    if parts[0] != "preferences" or len(parts) < 3:
        return None
    if parts[2] == "no_deal" and len(parts) == 3:
        return _no_deal(root, case, path, parts[1])
    if parts[2] == "weights" and len(parts) == 4:
        return _keyed(root, ".".join(parts[:3]), parts[3])
    if parts[2] == "bonus" and len(parts) == 4:
        entry = find_node(root, path)
        node = entry.get("points") if isinstance(entry, Mapping) else None
        return (
            _Spot(f"{path}.points", node, entry, loose=not isinstance(node, Mapping))
            if isinstance(entry, Mapping) and node is not None
            else None
        )
    if parts[2] in {"scores", "points"} and len(parts) > 4 and parts[3] in case.issues:
        return _score(root, case.issues[parts[3]], ".".join(parts[:3]), ".".join(parts[4:]))
    return None


def _no_deal(root: Mapping, case: Case, path: str, party: str) -> _Spot | None:
    preferences = case.preferences.get(party)
    if preferences is None or preferences.kind == "unknown":
        return None
    node = find_node(root, path)
    if preferences.no_deal is None or preferences.no_deal.judgement is None:
        return _Spot(path, node, wrap=lambda amount, more: _braces([("share", amount), *more]))
    form = next((key for key in ("value", "share") if isinstance(node, Mapping) and key in node), None)
    if not isinstance(node, Mapping) or form is None:
        return None if node is None else _Spot(path, node)
    inner = node.get(form)
    if form == "share" and isinstance(inner, Mapping):
        return _Spot(f"{path}.share", inner)
    return _Spot(f"{path}.{form}", inner, node)


def _keyed(root: Mapping, base: str, key: str) -> _Spot | None:
    """Return the spot of a key of a block: there, served by a default, or under a key that no path can name."""
    block = find_node(root, base)
    if not isinstance(block, Mapping):
        return None
    node = block.get(key)
    if node is not None and "." not in key:
        return _Spot(f"{base}.{key}", node)
    if node is not None:
        return _Spot(base, node, wrap=lambda amount, more: _copied(block, key, judgement_text(amount, more)))
    default = block.get("default")
    return None if default is None else _Spot(f"{base}.{key}", default, wrap=judgement_text)


def _copied(block: Mapping, key: str, value: str) -> str:
    """Return a block on one line with the value of one key replaced, or added."""
    entries = [(_key(name), value if name == key else _flow(node)) for name, node in block.items()]
    return _braces(entries if key in block else [*entries, (_key(key), value)])


def _score(root: Mapping, issue: Issue, base: str, rest: str) -> _Spot | None:
    block = find_node(root, base)
    if not isinstance(block, Mapping):
        return None
    path = f"{base}.{issue.id}"
    own = block.get(issue.id)
    entry = own if own is not None else block.get("default")
    if isinstance(entry, Listed):
        ids = issue.option_ids()
        if rest not in ids or ids.index(rest) >= len(entry.items):
            return None
        number = ids.index(rest)
        item = entry.items[number]
        if own is not None:
            return _Spot(f"{path}.{number}", item)
        return _Spot(path, item, wrap=lambda amount, more: _listed(entry, number, judgement_text(amount, more)))
    if not isinstance(entry, Mapping):
        return None
    if _VAGUE & entry.entries.keys():
        return _vague(block, entry, path, rest, own is not None)
    return _table(issue, entry, path, rest, own is not None)


def _listed(entry: Listed, number: int, value: str) -> str:
    return "[" + ", ".join(value if at == number else _flow(item) for at, item in enumerate(entry.items)) + "]"


def _table(issue: Issue, entry: Mapping, path: str, rest: str, own: bool) -> _Spot | None:
    keys = [key for key in entry.entries if key not in BASIS_KEYS | {"order", "default"}]
    key = next((key for key in keys if (option_of(issue, key) or key) == rest), None)
    node = entry.get("default") if key is None else entry.get(key)
    if node is None:
        return None
    name = rest if key is None else key
    if own and "." not in name:
        return _Spot(f"{path}.{name}", node, wrap=judgement_text if key is None else None)
    return _Spot(path, node, wrap=lambda amount, more: _copied(entry, name, judgement_text(amount, more)))


def _vague(block: Mapping, entry: Mapping, path: str, rest: str, own: bool) -> _Spot | None:
    node = entry.get(rest)
    if rest == "direction" and node is not None:
        # Where the block says nothing else, its basis is that of the direction.
        alone = "shape" not in entry and not isinstance(node, Mapping)
        if own:
            return _Spot(f"{path}.direction", node, entry if alone else None, loose=alone)
        return _Spot(path, node, wrap=lambda amount, more: _copied(entry, "direction", judgement_text(amount, more)))
    if rest != "shape":
        return None
    if node is not None and own:
        return _Spot(f"{path}.shape", node)
    shared = node if node is not None else block.get("shape")
    if shared is None:
        return None
    if own:
        return _Spot(f"{path}.shape", shared, wrap=judgement_text, elsewhere=True)
    return _Spot(
        path, shared, wrap=lambda amount, more: _copied(entry, "shape", judgement_text(amount, more)), elsewhere=node is None
    )
