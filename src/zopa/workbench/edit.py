"""Changes of a case file, one value each, as texts before and after: applied only where nobody changed the same value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zopa.case import insert_entry, raw_at, remove_entry, replace_value, replace_values, same_value

__all__ = ["Edit", "EditConflict", "apply_edits", "inverse", "made_edits", "raw_at"]
_SHOWN = 60  # characters of a value that a sentence repeats


@dataclass(frozen=True, slots=True)
class Edit:
    """One value of a case file.

    Attributes
    ----------
    path : str
        Dotted path in the file, such as ``preferences.UKR.no_deal.share``.
    before : str or None
        The YAML text on one line that stands there; None where nothing does.
    after : str or None
        The YAML text on one line that is to stand there; None where the key goes.
    """

    path: str
    before: str | None
    after: str | None


class EditConflict(Exception):
    """Raised when something else stands where a value was to be changed; nothing has been changed then.

    Attributes
    ----------
    path : str
        Where.
    expected, found : str or None
        The YAML text that was expected there, and the one that stands there; None is nothing.
    """

    def __init__(self, path: str, expected: str | None, found: str | None) -> None:
        self.path, self.expected, self.found = path, expected, found
        if found is None:
            said = f"{_short(expected)} stood there, and nothing does now"
        elif expected is None:
            said = f"nothing stood there, and {_short(found)} does now"
        else:
            said = f"{_short(expected)} stood there, and {_short(found)} does now"
        super().__init__(f"{path} has been changed meanwhile: {said}.")


def _short(text: str | None) -> str:
    text = " ".join((text or "nothing").split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def inverse(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that take edits back, the last one first."""
    return tuple(Edit(one.path, one.after, one.before) for one in reversed(edits))


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return a case text after edits, one after the other; comments and everything else stay.

    Parameters
    ----------
    text : str
        Text of the case file.
    edits : sequence of Edit
        What changes.  A block that a new value needs is made; a block that loses its last value becomes ``{}``.

    Raises
    ------
    EditConflict
        When something else than expected stands at a path; layout and quotation marks do not matter.
    ValueError
        When a value cannot stand there on one line, or a comment would be lost; the message is a sentence.
    """
    return made_edits(text, edits)[0]


def made_edits(text: str, edits: Sequence[Edit]) -> tuple[str, tuple[Edit, ...]]:
    """Return a case text after edits, and the edits as they were made there: their inverse takes them back exactly.

    An edit that needs a new block is made as the whole block; one that changes nothing is left out.  Raises as
    :func:`apply_edits` does.
    """
    made: list[Edit] = []
    waiting: dict[str, str] = {}  # values to replace in one go, none inside another
    for edit in edits:
        if any(_inside(edit.path, path) or _inside(path, edit.path) for path in waiting):
            text, waiting = replace_values(text, waiting), {}
        found = raw_at(text, edit.path)
        if not same_value(found, edit.before):
            raise EditConflict(edit.path, edit.before, found)
        if (edit.after or "").strip() == (found or "") and (edit.after is None) == (found is None):
            continue
        if found is not None and edit.after is not None:
            waiting[edit.path] = edit.after
            made.append(Edit(edit.path, found, edit.after))
            continue
        text, waiting = replace_values(text, waiting) if waiting else text, {}
        if edit.after is None:
            text = remove_entry(text, edit.path)
            made.append(Edit(edit.path, found, None))
        else:
            text, one = _added(text, edit.path, edit.after)
            made.append(one)
    return replace_values(text, waiting) if waiting else text, tuple(made)


def _inside(path: str, other: str) -> bool:
    return f"{path}.".startswith(f"{other}.")


def _added(text: str, path: str, value: str) -> tuple[str, Edit]:
    """Return a text with a value where nothing stands, and the edit that this is: perhaps of a block around it."""
    parts = path.split(".")
    if not all(parts):
        raise ValueError(f"{path or 'an empty path'} is no path: join the names of blocks with dots")
    for depth in range(1, len(parts)):
        above = ".".join(parts[:depth])
        found = raw_at(text, above)
        if found is not None and found.startswith("["):
            raise ValueError(f"{above} is a list, which can only be replaced as a whole")
        if found is not None and found.startswith("{"):
            continue
        if found is not None and not same_value(found, "~"):
            raise EditConflict(above, None, found)
        for name in reversed(parts[depth:]):
            value = f"{{{name}: {value.strip()}}}"
        if found is not None:
            return replace_value(text, above, value), Edit(above, found, value)
        parts = parts[:depth]
        break
    try:
        return insert_entry(text, ".".join(parts[:-1]), parts[-1], value), Edit(".".join(parts), None, value)
    except KeyError:
        raise ValueError("the case file is not well formed") from None
