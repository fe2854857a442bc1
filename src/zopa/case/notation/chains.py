"""Chains: orders of options, packages or issues, such as ``a > b = c >= d``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zopa.case.notation.errors import NotationError
from zopa.case.notation.lexer import Cursor

_DOWN: Final = {">", ">=", ">>"}
_TURN: Final = {"<": ">", "<=": ">=", "=": "="}
_HOW: Final = "Write for example a > b = c, or a < b < c."


@dataclass(frozen=True, slots=True)
class Chain:
    """Items with the relation between each and the next: ``>``, ``>=`` (not known which), ``=``, ``>>`` (much), ``<``, ``<=``."""

    items: tuple[str, ...]
    relations: tuple[str, ...]

    def best_first(self) -> Chain:
        """Return the same order with the best item first."""
        if not any(relation in {"<", "<="} for relation in self.relations):
            return self
        return Chain(self.items[::-1], tuple(_TURN[relation] for relation in reversed(self.relations)))


def parse_chain(text: str) -> Chain:
    """Return the order a text holds.

    Raises
    ------
    NotationError
        Also when rising and falling signs are mixed, or an item stands twice.
    """
    cursor = Cursor(text)
    items, relations = [_item(cursor)], []
    rising: bool | None = None
    while token := cursor.take(">", ">=", "=", ">>", "<", "<="):
        if token.text != "=":
            if rising is not None and rising != (token.text not in _DOWN):
                raise NotationError(
                    "an order cannot rise and fall", token.start, token.end, "Use only > and >=, or only < and <=."
                )
            rising = token.text not in _DOWN
        relations.append(token.text)
        start = cursor.here
        item = _item(cursor)
        if item in items:
            raise NotationError(f"{item} stands twice in the order", start.start, start.end, "Name each item once.")
        items.append(item)
    cursor.finish(_HOW)
    return Chain(tuple(items), tuple(relations))


def _item(cursor: Cursor) -> str:
    minus = cursor.take("-")
    token = cursor.here
    if token.kind == "number" or (token.kind == "name" and minus is None):
        cursor.next()
        return f"-{token.text}" if minus else token.text
    raise cursor.unexpected(_HOW)


def format_chain(chain: Chain) -> str:
    """Return an order in the notation."""
    parts = [chain.items[0]]
    for relation, item in zip(chain.relations, chain.items[1:], strict=True):
        parts += [relation, item]
    return " ".join(parts)


def tiers(chain: Chain) -> tuple[tuple[str, ...], ...]:
    """Return the groups of equal items, best first.

    Raises
    ------
    NotationError
        When the chain leaves an order open with ``>=`` or ``<=``.
    """
    turned = chain.best_first()
    groups: list[list[str]] = [[turned.items[0]]]
    for relation, item in zip(turned.relations, turned.items[1:], strict=True):
        if relation == ">=":
            raise NotationError("this order must not leave anything open", 0, 0, "Use > or = instead of >=.")
        if relation == "=":
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(tuple(group) for group in groups)
