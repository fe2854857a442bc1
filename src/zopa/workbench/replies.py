"""What a request that changes the case is answered with: saved, refused, or changed by somebody else meanwhile."""

from __future__ import annotations

import json

from fastapi.responses import JSONResponse

from zopa.case import CaseFaults
from zopa.report.cleaning import clean
from zopa.workbench.desk import DeskFault, EditConflict, Standing


def saved_reply(standing: Standing, words: str) -> JSONResponse:
    """Return that a change was saved, and tell the page so that all its parts are drawn anew."""
    said = {"zopa:saved": {"revision": standing.revision, "words": words}}
    return JSONResponse({"revision": standing.revision, "words": words}, headers={"HX-Trigger": json.dumps(said)})


def refusal(detail: str, status: int, faults: list[str] | None = None) -> JSONResponse:
    """Return that something was not done, and why, in words."""
    return JSONResponse({"detail": clean(detail), "faults": [clean(one) for one in faults or []]}, status)


def faults_reply(error: CaseFaults) -> JSONResponse:
    """Return that a change would leave the case with faults; nothing was written."""
    said = [f"{one.message}. {one.remedy}".strip() for one in error.faults[:20]]
    why = "the file cannot be written" if isinstance(error, DeskFault) else "the case would have faults"
    return refusal(f"The change was not saved: {why}.", 422, said)


def conflict_reply(error: EditConflict) -> JSONResponse:
    """Return that the same value was changed by somebody else meanwhile; a person decides."""
    return refusal(str(error), 409)
