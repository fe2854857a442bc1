"""Packages with a name, and those that are pinned with a note: the list below the table, and what changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from zopa.case import Case, CaseFaults
from zopa.report.plain import package_words
from zopa.settlement import Settlement, chosen_package
from zopa.workbench.context import Asked
from zopa.workbench.desk import EditConflict
from zopa.workbench.edit import Edit
from zopa.workbench.find_state import LONGEST, Addresses
from zopa.workbench.pages import asked_by, context_of
from zopa.workbench.pins_editing import change_note, is_pin, pin_package, pinned, unpin_package
from zopa.workbench.replies import conflict_reply, faults_reply, refusal, saved_reply

router = APIRouter(tags=["pins"])
LONGEST_NOTE: Final = 2000
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "It is saved: the new revision, and in words what was done."},
    409: {"description": "Somebody changed it in the meantime. Send it again with `force` to take yours all the same."},
    422: {"description": "Nothing was saved; `detail` and `faults` say why."},
}


class Pin(BaseModel):
    """A package that is to have a name."""

    package: str = Field(max_length=LONGEST, description="A named package, a number, or `issue=option,…` for every issue.")
    title: str = Field(max_length=200, description="What readers see.")
    note: str = Field(max_length=LONGEST_NOTE, description="Why it is kept.")
    force: str = Field(default="", max_length=10)


class Unpin(BaseModel):
    """A pinned package that is to go."""

    name: str = Field(max_length=200, description="Its id, such as Pin1.")
    force: str = Field(default="", max_length=10)


class Note(BaseModel):
    """The note of a pinned package."""

    name: str = Field(max_length=200, description="Its id, such as Pin1.")
    note: str = Field(max_length=LONGEST_NOTE)
    was: str = Field(default="", max_length=LONGEST_NOTE, description="The note that was seen.")
    force: str = Field(default="", max_length=10, description="`yes`: even if somebody changed it in the meantime.")


@router.post("/find/pin", responses=ANSWERS)
def pin(request: Request, sent: Pin) -> Response:
    """Pin a package: write it into the case file with a name and a note."""
    settlement = asked_by(request).settled
    if settlement is None:
        return refusal("The case cannot be settled yet, so that there is no package to pin.", 422)

    def make(case: Case) -> tuple[Edit, ...]:
        index = chosen_package(settlement, sent.package).package
        return pin_package(case, settlement.space.options(index), sent.title, sent.note)

    return _save(request, make, f"pinned: {sent.title.strip()}")


@router.post("/find/unpin", responses=ANSWERS)
def unpin(request: Request, sent: Unpin) -> Response:
    """Take a pinned package out of the case file."""
    return _save(request, lambda case: unpin_package(case, sent.name), f"unpinned: {sent.name}")


@router.post("/find/note", responses=ANSWERS)
def note(request: Request, sent: Note) -> Response:
    """Change the note of a pinned package."""

    def make(case: Case) -> tuple[Edit, ...]:
        there = pinned(case, sent.name).basis.assume or ""
        if sent.force != "yes" and there != sent.was:
            raise _Moved(f"The note now says: {there}")
        return change_note(case, sent.name, sent.note)

    return _save(request, make, f"the note of {sent.name}")


class _Moved(Exception):
    """What somebody saw is no longer what stands there."""


def _save(request: Request, make: Callable[[Case], tuple[Edit, ...]], words: str) -> Response:
    desk = context_of(request).desk
    standing = desk.look()
    if standing.faults:
        return refusal("The case file has faults: mend it first. Nothing was saved.", 422)
    try:
        edits = make(standing.case)
        if not edits:
            return refusal("Nothing would change.", 422)
        return saved_reply(desk.save(edits, words), words)
    except _Moved as error:
        return refusal(str(error), 409)
    except CaseFaults as error:
        return faults_reply(error)
    except EditConflict as error:
        return conflict_reply(error)
    except (ValueError, KeyError) as error:
        said = str(error.args[0] if error.args else error)
        return refusal(f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '?')) else '.'}", 422)


def pins_view(asked: Asked, settlement: Settlement, to: Addresses) -> list[dict[str, Any]]:
    """Return the named packages with their notes, pinned ones first, and where their links lead."""
    found = []
    now = {issue.id: issue.now for issue in settlement.space.issues}
    names = sorted(settlement.case.packages, key=lambda name: not is_pin(name))
    for name in names:
        package, members = settlement.case.packages[name], settlement.members(name)
        if not members:
            continue
        options = settlement.space.options(members[0])
        changed = frozenset(issue for issue, option in options.items() if option != now[issue])
        found.append(
            {
                "id": name,
                "name": package.name,
                "note": package.basis.assume or "",
                "words": package_words(settlement.case, settlement.space, members[0], only=changed) or "nothing changes",
                "members": len(members),
                "own": is_pin(name) and name in asked.standing.case.packages and not asked.standing.faults,
                "take": to.take(members[0]),
                "beside": to.beside(members[0]),
            }
        )
    return found
