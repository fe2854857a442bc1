"""Conditions over issues, assumptions, gates and parties.

``dmz > none``, ``guarantee = joint|collective``, ``not (delay and accept)``, ``arms = none if nato != deferred``,
``nato = member iff guarantee = collective``, ``fighting in top 2``.  ``X if Y`` is false only when Y and not X.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from zopa.case.notation.errors import NotationError
from zopa.case.notation.lexer import Cursor

_WORDS: Final = frozenset({"and", "or", "not", "if", "iff", "in"})
_HOW: Final = "Write for example `issue = option`, `issue >= option`, joined by and, or, not, if, iff."


@dataclass(frozen=True, slots=True)
class Compare:
    """An issue or assumption compared with values; several values only with ``=`` and ``!=``."""

    name: str
    op: str
    values: tuple[str, ...]
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Flag:
    """A name alone: a yes/no issue or assumption, a gate, or a party."""

    name: str
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class InTop:
    """Fewer than ``count`` others are above ``name``."""

    name: str
    count: int
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    of: Condition


@dataclass(frozen=True, slots=True)
class And:
    """All of several conditions."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of several conditions."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class If:
    """``then`` wherever ``when``."""

    then: Condition
    when: Condition


@dataclass(frozen=True, slots=True)
class Iff:
    """Both or neither."""

    left: Condition
    right: Condition


Condition = Compare | Flag | InTop | Not | And | Or | If | Iff


def parse_condition(text: str) -> Condition:
    """Return the condition a text holds.

    Raises
    ------
    NotationError
        With the place and a remedy.
    """
    cursor = Cursor(text)
    condition = _whole(cursor)
    cursor.finish(_HOW)
    return condition


def _whole(cursor: Cursor) -> Condition:
    cursor.deeper()
    left = _either(cursor)
    joint = cursor.take("if", "iff")
    if joint is not None:
        right = _either(cursor)
        left = If(left, right) if joint.text == "if" else Iff(left, right)
        if cursor.here.text in {"if", "iff"}:
            raise cursor.unexpected("Put brackets around one of the two.", f"a second `{cursor.here.text}` is ambiguous")
    cursor.shallower()
    return left


def _either(cursor: Cursor) -> Condition:
    items = [_all(cursor)]
    while cursor.take("or"):
        items.append(_all(cursor))
    return items[0] if len(items) == 1 else Or(tuple(items))


def _all(cursor: Cursor) -> Condition:
    items = [_unit(cursor)]
    while cursor.take("and"):
        items.append(_unit(cursor))
    return items[0] if len(items) == 1 else And(tuple(items))


def _unit(cursor: Cursor) -> Condition:
    if cursor.take("not"):
        cursor.deeper()
        inner = _unit(cursor)
        cursor.shallower()
        return Not(inner)
    if cursor.take("("):
        inner = _whole(cursor)
        cursor.expect(")", "Close every bracket.")
        return inner
    token = cursor.here
    if token.kind != "name" or token.text in _WORDS:
        raise cursor.unexpected(_HOW)
    cursor.next()
    if cursor.here.text == "in" and cursor.here.kind == "name":
        return _in_top(cursor, token.text, token.start)
    op = cursor.take("=", "!=", "<=", ">=", "<", ">")
    if op is None:
        if cursor.here.text in {">>", "->"}:
            raise cursor.unexpected("Write >, >=, <, <=, = or !=.")
        return Flag(token.text, token.start, token.end)
    values = [_value(cursor)]
    while bar := cursor.take("|"):
        if op.text not in {"=", "!="}:
            raise NotationError(f"several values do not go with {op.text}", bar.start, bar.end, "Use = or !=.")
        values.append(_value(cursor))
    end = cursor.tokens[cursor.position - 1].end
    return Compare(token.text, op.text, tuple(values), token.start, end)


def _in_top(cursor: Cursor, name: str, start: int) -> InTop:
    cursor.next()
    if not cursor.take("top"):
        raise cursor.unexpected("Write `NAME in top 2`.")
    token = cursor.here
    if token.kind != "number" or not token.text.isdigit() or int(token.text) < 1:
        raise cursor.unexpected("Write a whole number, such as `in top 2`.")
    cursor.next()
    return InTop(name, int(token.text), start, token.end)


def _value(cursor: Cursor) -> str:
    minus = cursor.take("-")
    token = cursor.here
    if token.kind == "number":
        cursor.next()
        shown = token.text
        if cursor.take("/"):
            divisor = cursor.here
            if divisor.kind != "number" or not divisor.text.isdigit() or int(divisor.text) == 0:
                raise cursor.unexpected("Write a fraction such as 1/3.")
            cursor.next()
            shown = f"{shown}/{divisor.text}"
        return f"-{shown}" if minus else shown
    if token.kind != "name" or minus is not None or token.text in _WORDS:
        raise cursor.unexpected("Write the id of an option, or a number.")
    cursor.next()
    return token.text


def evaluate(
    condition: Condition,
    flag: Callable[[str], bool | None],
    compare: Callable[[Compare | InTop], bool | None],
) -> bool | None:
    """Return whether a condition holds, in three-valued logic (Kleene 1952); None is not known.

    Parameters
    ----------
    condition : Condition
        What to evaluate.
    flag : callable
        Truth of a name that stands alone.
    compare : callable
        Truth of a comparison.
    """
    if isinstance(condition, Flag):
        return flag(condition.name)
    if isinstance(condition, Compare | InTop):
        return compare(condition)
    if isinstance(condition, Not):
        inner = evaluate(condition.of, flag, compare)
        return None if inner is None else not inner
    if isinstance(condition, And | Or):
        deciding = isinstance(condition, Or)
        found = [evaluate(item, flag, compare) for item in condition.items]
        if deciding in found:
            return deciding
        return None if None in found else not deciding
    if isinstance(condition, If):
        return evaluate(Or((condition.then, Not(condition.when))), flag, compare)
    left, right = evaluate(condition.left, flag, compare), evaluate(condition.right, flag, compare)
    return None if left is None or right is None else left == right


def substitute(condition: Condition, known: Callable[[Flag | Compare | InTop], bool | None]) -> Condition | bool:
    """Return what is left of a condition when some of its parts are decided.

    Parameters
    ----------
    condition : Condition
        What to simplify.
    known : callable
        Truth of an elementary part, or None to leave it standing.
    """
    if isinstance(condition, Flag | Compare | InTop):
        truth = known(condition)
        return condition if truth is None else truth
    if isinstance(condition, Not):
        inner = substitute(condition.of, known)
        return not inner if isinstance(inner, bool) else Not(inner)
    if isinstance(condition, And | Or):
        deciding = isinstance(condition, Or)
        parts = [substitute(item, known) for item in condition.items]
        if any(part is deciding for part in parts):
            return deciding
        rest = tuple(part for part in parts if not isinstance(part, bool))
        if not rest:
            return not deciding
        if len(rest) == 1:
            return rest[0]
        return Or(rest) if deciding else And(rest)
    if isinstance(condition, If):
        return _substituted_if(substitute(condition.then, known), substitute(condition.when, known))
    return _substituted_iff(substitute(condition.left, known), substitute(condition.right, known))


def _substituted_if(then: Condition | bool, when: Condition | bool) -> Condition | bool:
    if when is False or then is True:
        return True
    if isinstance(when, bool):
        return then
    return Not(when) if isinstance(then, bool) else If(then, when)


def _substituted_iff(left: Condition | bool, right: Condition | bool) -> Condition | bool:
    if isinstance(left, bool):
        if isinstance(right, bool):
            return left == right
        return right if left else Not(right)
    if isinstance(right, bool):
        return left if right else Not(left)
    return Iff(left, right)


def format_condition(condition: Condition) -> str:
    """Return a condition in the notation; reading it gives the same condition again."""
    return _format(condition, 0)


def _format(condition: Condition, level: int) -> str:
    if isinstance(condition, Flag):
        return condition.name
    if isinstance(condition, Compare):
        return f"{condition.name} {condition.op} {'|'.join(condition.values)}"
    if isinstance(condition, InTop):
        return f"{condition.name} in top {condition.count}"
    if isinstance(condition, Not):
        return f"not {_format(condition.of, 4)}"
    if isinstance(condition, And):
        own, shown = 3, " and ".join(_format(item, 4) for item in condition.items)
    elif isinstance(condition, Or):
        own, shown = 2, " or ".join(_format(item, 3) for item in condition.items)
    elif isinstance(condition, If):
        own, shown = 1, f"{_format(condition.then, 2)} if {_format(condition.when, 2)}"
    else:
        own, shown = 1, f"{_format(condition.left, 2)} iff {_format(condition.right, 2)}"
    return f"({shown})" if own < level else shown
