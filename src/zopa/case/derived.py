"""What cases made from another case share: their own digest, and amounts and conditions with other names in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from zopa.case.model import Case
from zopa.case.notation import (
    Alternatives,
    Amount,
    And,
    Binary,
    Compare,
    Condition,
    Flag,
    If,
    Iff,
    InTop,
    Name,
    Negative,
    Not,
    Or,
)

Leaf = Flag | Compare | InTop


def derived_digest(case: Case, *how: str) -> str:
    """Return the digest of a case that was made from another one: a SHA-256 of its digest and of what was done."""
    return hashlib.sha256("\x00".join((case.digest, *how)).encode("utf-8", "surrogatepass")).hexdigest()


def with_names(amount: Amount, new: Callable[[Name], Amount]) -> Amount:
    """Return an amount in which every name has been replaced."""
    if isinstance(amount, Name):
        return new(amount)
    if isinstance(amount, Negative):
        return Negative(with_names(amount.of, new), amount.start, amount.end)
    if isinstance(amount, Binary):
        left, right = with_names(amount.left, new), with_names(amount.right, new)
        return Binary(amount.op, left, right, amount.start, amount.end)
    if isinstance(amount, Alternatives):
        return Alternatives(tuple(with_names(item, new) for item in amount.items), amount.start, amount.end)
    return amount


def with_leaves(condition: Condition, new: Callable[[Leaf], Leaf]) -> Condition:
    """Return a condition in which every elementary part has been replaced."""
    if isinstance(condition, Flag | Compare | InTop):
        return new(condition)
    if isinstance(condition, Not):
        return Not(with_leaves(condition.of, new))
    if isinstance(condition, And):
        return And(tuple(with_leaves(item, new) for item in condition.items))
    if isinstance(condition, Or):
        return Or(tuple(with_leaves(item, new) for item in condition.items))
    if isinstance(condition, If):
        return If(with_leaves(condition.then, new), with_leaves(condition.when, new))
    return Iff(with_leaves(condition.left, new), with_leaves(condition.right, new))
