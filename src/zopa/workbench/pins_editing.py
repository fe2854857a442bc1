"""Pinning a package: a named package with a note, written into the case file; only what was pinned here is taken away here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from zopa.case import Basis, Case, NamedPackage, basis_changes, basis_entries, quoted_words
from zopa.workbench.edit import Edit, raw_at
from zopa.workbench.editing_numbers import edits_of
from zopa.workbench.editing_red_lines import fresh_id

PINNED: Final = re.compile(r"Pin[1-9][0-9]*")
_BARE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.]*")


def is_pin(name: str) -> bool:
    """Return whether a named package was pinned here, as its id says."""
    return PINNED.fullmatch(name) is not None


def pin_package(case: Case, options: Mapping[str, str], title: str, note: str) -> tuple[Edit, ...]:
    """Return the edits that give a package a name and a note.

    Parameters
    ----------
    case : Case
        The case as it is written.
    options : mapping of str to str
        The option of every issue.
    title, note : str
        What readers see, and why it is kept: the note is what the named package rests on.

    Raises
    ------
    ValueError
        When the name or the note is empty.
    """
    if not title.strip():
        raise ValueError("A pinned package needs a name.")
    basis = _note(note)
    terms = ", ".join(
        f"{issue}: {option if _BARE.fullmatch(option) else quoted_words(option)}" for issue, option in options.items()
    )
    entries = [("name", quoted_words(title.strip())), ("terms", f"{{{terms}}}"), *basis_entries(case, basis)]
    entry = ", ".join(f"{key}: {value}" for key, value in entries)
    return (Edit(f"packages.{fresh_id(case, 'Pin')}", None, f"{{{entry}}}"),)


def change_note(case: Case, name: str, note: str) -> tuple[Edit, ...]:
    """Return the edits that change the note of a pinned package.

    Raises
    ------
    ValueError
        When there is no such pinned package, or the note is empty.
    """
    pinned(case, name)
    return edits_of(case.text, basis_changes(case.text, case, f"packages.{name}", _note(note)))


def unpin_package(case: Case, name: str) -> tuple[Edit, ...]:
    """Return the edits that take a pinned package away; the block goes with the last one.

    Raises
    ------
    ValueError
        When there is no such pinned package.
    """
    pinned(case, name)
    based = any(raw_at(case.text, f"packages.{key}") is not None for key in ("because", "assume"))
    path = "packages" if len(case.packages) == 1 and not based else f"packages.{name}"
    return edits_of(case.text, ((path, None),))


def pinned(case: Case, name: str) -> NamedPackage:
    """Return a package that was pinned here.

    Raises
    ------
    ValueError
        When there is none.
    """
    if name not in case.packages or not is_pin(name):
        raise ValueError("There is no such pinned package; packages that somebody named are changed in the case file.")
    return case.packages[name]


def _note(note: str) -> Basis:
    if not note.strip():
        raise ValueError("A pinned package needs a note: why it is kept.")
    return Basis((), " ".join(note.split()))
