"""Adding, changing and removing what a party refuses or requires, as edits of the case file."""

from __future__ import annotations

import re
from typing import Final, Literal

from zopa.case import (
    Case,
    Condition,
    NotationError,
    RedLine,
    basis_changes,
    basis_entries,
    format_condition,
    leaves,
    option_of,
    parse_condition,
    quoted_words,
    taken_ids,
)
from zopa.workbench.edit import Edit, raw_at
from zopa.workbench.editing_numbers import Reason, edits_of

Says = Literal["refuses", "requires"]
LONGEST: Final = 400  # characters of a condition
_BARE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ .<>=|()+-]*(?<! )")


def add_red_line(
    text: str, case: Case, party: str, says: Says, condition: str, reason: Reason, name: str = ""
) -> tuple[Edit, ...]:
    """Return the edits that add a red line; it holds under every reading.

    Parameters
    ----------
    text, case : str, Case
        The case.
    party : str
        Whose it is.
    says : str
        Whether the party refuses or requires it.
    condition : str
        The condition over issues, in the notation of case files.
    reason : Reason
        What it rests on; there is nothing to keep yet.
    name : str
        What readers see; the id where it is empty.

    Raises
    ------
    ValueError
        In words, when the party has no preferences to add it to, the condition cannot be read, or no reason is given.
    """
    if party not in case.parties:
        raise ValueError(f"There is no party called {party}.")
    preferences = case.preferences.get(party)
    if preferences is None or preferences.kind == "unknown":
        raise ValueError(f"What {case.parties[party].name} wants is not known. Write its preferences in the case file first.")
    basis = reason.basis()
    if basis is None:
        raise ValueError("A new red line needs a reason: name a statement, or say what is assumed.")
    if says not in {"refuses", "requires"}:
        raise ValueError("A party refuses or requires something.")
    wanted = condition_text(case, condition)
    new = fresh_id(case)
    entries = [*([("name", quoted_words(name))] if name.strip() else []), (says, wanted), *basis_entries(case, basis)]
    entry = "{" + ", ".join(f"{key}: {value}" for key, value in entries) + "}"
    block = f"preferences.{party}.red_lines"
    there = raw_at(text, block) is not None
    return edits_of(text, ((f"{block}.{new}", entry),) if there else ((block, f"{{{new}: {entry}}}"),))


def change_red_line(text: str, case: Case, name: str, says: Says, condition: str, reason: Reason) -> tuple[Edit, ...]:
    """Return the edits that make a red line say something else.

    Raises
    ------
    ValueError
        In words, as for :func:`add_red_line`; also when there is no such red line.
    """
    line = red_line_of(case, name)
    if says not in {"refuses", "requires"}:
        raise ValueError("A party refuses or requires something.")
    path = f"preferences.{line.party}.red_lines.{name}"
    wanted = condition_text(case, condition)
    basis = reason.basis()
    other = "requires" if says == "refuses" else "refuses"
    changes: list[tuple[str, str | None]] = [(f"{path}.{says}", wanted), (f"{path}.{other}", None)]
    if basis is not None:
        changes += basis_changes(text, case, path, basis)
    return edits_of(text, tuple(changes))


def remove_red_line(text: str, case: Case, name: str) -> tuple[Edit, ...]:
    """Return the edits that take a red line away; the block goes with the last one, unless it holds a basis.

    Raises
    ------
    ValueError
        When there is no such red line.
    """
    line = red_line_of(case, name)
    block = f"preferences.{line.party}.red_lines"
    alone = len(case.preferences[line.party].red_lines) == 1
    based = any(raw_at(text, f"{block}.{key}") is not None for key in ("because", "assume"))
    return edits_of(text, ((block if alone and not based else f"{block}.{name}", None),))


def red_line_of(case: Case, name: str) -> RedLine:
    """Return the red line with an id.

    Raises
    ------
    ValueError
        When there is none.
    """
    found = next((line for one in case.preferences.values() for line in one.red_lines if line.id == name), None)
    if found is None:
        raise ValueError(f"There is no red line called {name}.")
    return found


def condition_text(case: Case, condition: str) -> str:
    """Return a condition over issues as YAML, after checking that it can be read and names what the case has.

    Raises
    ------
    ValueError
        In words, when it cannot be read or names nothing.
    """
    if len(condition) > LONGEST:
        raise ValueError(f"A condition has at most {LONGEST} characters.")
    try:
        parsed: Condition = parse_condition(condition.strip())
    except NotationError as error:
        raise ValueError(f"{error.message}. {error.remedy}".strip()) from None
    for leaf in leaves(parsed):
        issue = case.issues.get(leaf.name)
        if issue is None or issue.process:
            raise ValueError(f"There is no issue called {leaf.name} that a package decides.")
        wrong = [value for value in getattr(leaf, "values", ()) if option_of(issue, value) is None and issue.scale != "numeric"]
        if wrong:
            raise ValueError(f"{issue.name} has no option {wrong[0]}.")
    written = format_condition(parsed)
    return written if _BARE.fullmatch(written) else quoted_words(written)


def fresh_id(case: Case, start: str = "L") -> str:
    """Return an id that nothing in the case has, whatever its capitals."""
    taken = {name.casefold() for name in taken_ids(case)}
    return next(f"{start}{number}" for number in range(1, len(taken) + 2) if f"{start}{number}".casefold() not in taken)
