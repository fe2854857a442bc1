"""From a number that somebody wants to the edits of the case file that give it, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zopa.case import Basis, Case, amount_changes
from zopa.workbench.edit import Edit, raw_at


@dataclass(frozen=True, slots=True)
class Reason:
    """What a changed number is to rest on.

    Attributes
    ----------
    because : tuple of str
        Statements, or sources of kind table.
    assume : str or None
        A reason in words, or a named assumption.
    keep : bool
        What it rests on now, still holds; the others are then left alone.
    """

    because: tuple[str, ...] = ()
    assume: str | None = None
    keep: bool = False

    def basis(self) -> Basis | None:
        """Return the basis; None where the present one is kept.

        Raises
        ------
        ValueError
            When no reason is given.
        """
        if self.keep:
            return None
        assume = None if self.assume is None or not self.assume.strip() else self.assume
        if not self.because and assume is None:
            raise ValueError("A changed number needs a reason: keep the present one, name a statement, or say what is assumed.")
        return Basis(tuple(dict.fromkeys(self.because)), assume)


def edit_number(text: str, case: Case, path: str, amount: str, reason: Reason) -> tuple[Edit, ...]:
    """Return the edits that give a judgement, or a named assumption, another amount at its own path.

    Parameters
    ----------
    text : str
        The text of the case file.
    case : Case
        What it says.
    path : str
        Path of the judgement, or ``assumptions.ID``.
    amount : str
        The amount in the notation of case files.
    reason : Reason
        What it is to rest on.

    Raises
    ------
    ValueError
        In words, when there is no such number, the amount cannot be read, or no reason is given.
    """
    return edits_of(text, amount_changes(text, case, path, amount, reason.basis()))


def edit_weights(text: str, case: Case, amounts: Mapping[str, str], reason: Reason) -> tuple[Edit, ...]:
    """Return the edits that give several weights of a party other amounts at once, for one reason.

    Parameters
    ----------
    text, case : str, Case
        The case.
    amounts : mapping of str to str
        Paths of weights, and their amounts.
    reason : Reason
        What all of them are to rest on.

    Raises
    ------
    ValueError
        As for :func:`edit_number`; also when a path is no weight, or the weights are not of one party.
    """
    parties = {path.split(".")[1] for path in amounts if path.startswith("preferences.") and ".weights." in path}
    if len(parties) != 1 or not all(path.startswith(f"preferences.{next(iter(parties))}.weights.") for path in amounts):
        raise ValueError("Only weights of one party are changed together.")
    return tuple(edit for path, amount in amounts.items() for edit in edit_number(text, case, path, amount, reason))


def edits_of(text: str, changes: tuple[tuple[str, str | None], ...]) -> tuple[Edit, ...]:
    """Return changes as edits: with what stands there now, and without those that change nothing."""
    found = (Edit(path, raw_at(text, path), after) for path, after in changes)
    return tuple(edit for edit in found if edit.before != edit.after)
