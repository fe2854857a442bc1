"""What stands on every page: the answer, its shares, undo and redo, and whether the case changed elsewhere."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from zopa.workbench.answers import DRAWS, MORE_DRAWS
from zopa.workbench.bar_view import bar_view
from zopa.workbench.context import Asked, shares_key
from zopa.workbench.desk import EditConflict, NothingToUndo, Standing
from zopa.workbench.jobs import Job
from zopa.workbench.pages import PAGES, asked_by, chip_values, context_of, tab_of
from zopa.workbench.replies import conflict_reply, refusal, saved_reply
from zopa.workbench.templating import render
from zopa.workbench.whatif import KEYS, WHATIF_QUERY

router = APIRouter(tags=["answer"])


class Revision(BaseModel):
    """Where the case stands."""

    revision: str = Field(description="Digest of the case file as it is on the disk.")
    count: int = Field(description="How many changes have been seen since the server started.")
    faults: list[str] = Field(description="What is wrong with the file, if somebody broke it outside; nothing can be saved then.")
    undo: str | None = Field(description="What would be undone.")
    redo: str | None = Field(description="What would be done again.")
    outside: str | None = Field(description="The last change that was made outside this program.")


class Figure(BaseModel):
    """One figure of the answer."""

    name: str
    value: str
    note: str


class Answer(BaseModel):
    """The answer in the base scenario, and over the assumptions where that has been counted."""

    state: str = Field(description="Of the zone: open, shut, unknown or missing.")
    sentence: str
    figures: list[Figure]
    conflict: list[str] = Field(description="What excludes every deal, where one minimal set was found.")
    missing: list[dict[str, str]]
    shares: dict[str, str] | None = Field(description="Shares of the assumptions; null until they are counted.")
    closing: str | None = Field(description="What closes the zone, in words.")
    faults: list[str] = Field(description="Parts of the what-if that could not be applied.")
    chips: list[dict[str, str]] = Field(description="The what-if in words.")


def revision_of(standing: Standing) -> Revision:
    """Return where a case stands, for programs."""
    faults = [f"{one.place.line}:{one.place.column} {one.message} {one.remedy}" for one in standing.faults[:50]]
    return Revision(
        revision=standing.revision,
        count=standing.count,
        faults=faults,
        undo=standing.undo,
        redo=standing.redo,
        outside=standing.outside,
    )


def current_page(request: Request) -> tuple[str, str]:
    """Return the path, and the query besides the what-if, of the page that a script is on."""
    parts = urlsplit(request.headers.get("hx-current-url", ""))
    known = {path for path, _ in PAGES}
    path = parts.path if any(parts.path == one or parts.path.startswith(f"{one}/") for one in known) else "/find"
    own = urlencode([(key, value) for key, value in parse_qsl(parts.query) if key not in KEYS])
    return path, own


def _bar(request: Request, asked: Asked) -> dict[str, Any]:
    path, own = current_page(request)
    return {"bar": bar_view(asked, context_of(request).counted(asked)), "work": None, **chip_values(asked, path, own)}


@router.get("/answer", response_class=HTMLResponse, include_in_schema=False)
def answer(request: Request) -> HTMLResponse:
    """Return the answer as a part of a page."""
    return HTMLResponse(render("bar.html.j2", **_bar(request, asked_by(request))))


@router.get("/answer.json", openapi_extra=WHATIF_QUERY)
def answer_json(request: Request) -> Answer:
    """Return the zone of the case as it would stand, and the shares where they have been counted."""
    values = _bar(request, asked_by(request))
    bar = values["bar"]
    return Answer(
        **{key: bar[key] for key in ("state", "sentence", "figures", "conflict", "missing", "shares", "closing")},
        faults=list(values["whatif_faults"]),
        chips=[{key: one[key] for key in ("kind", "name", "words")} for one in values["chips"]],
    )


@router.get("/shares", response_class=HTMLResponse, include_in_schema=False)
def shares(request: Request, again: Annotated[str, Query(max_length=5)] = "") -> HTMLResponse:
    """Return the shares as a part of a page, or how far counting them has come."""
    asked = asked_by(request)
    context = context_of(request)
    job: Job | None = None
    if asked.settled is not None:
        job = context.jobs.get(shares_key(asked))
        if job is None or (again and job.state in {"cancelled", "failed"}):
            job = context.shares(asked, tab_of(request))
    return HTMLResponse(render("shares.html.j2", bar=bar_view(asked, context.counted(asked)), work=job))


@router.post("/shares/cancel", response_class=HTMLResponse, include_in_schema=False)
def cancel_shares(request: Request) -> HTMLResponse:
    """Stop counting shares."""
    asked = asked_by(request)
    context = context_of(request)
    key = shares_key(asked)
    context.jobs.cancel(key)
    return HTMLResponse(render("shares.html.j2", bar=bar_view(asked, context.counted(asked)), work=context.jobs.get(key)))


class Shares(BaseModel):
    """Shares of the assumptions, or how far counting has come."""

    state: str = Field(description="waiting, running, done, failed, cancelled, or missing where nothing can be settled.")
    done: int
    total: int
    error: str | None
    draws: int
    seed: int | None = None
    readings: int | None = None
    zone_lowest: int | None = Field(default=None, description="Draws with a zone under the reading with the fewest.")
    zone_highest: int | None = None
    zone_possible: int | None = Field(default=None, description="The most if the unknown agreed.")
    undecided: bool | None = None


@router.get("/shares.json", openapi_extra=WHATIF_QUERY)
def shares_json(request: Request, more: bool = False) -> Shares:
    """Count the shares of the assumptions in the background; ask again until the state is done.

    `more` counts 2,000 draws under each reading in place of 256.
    """
    asked = asked_by(request)
    draws = MORE_DRAWS if more else DRAWS
    if asked.settled is None:
        return Shares(state="missing", done=0, total=0, error=None, draws=draws)
    context = context_of(request)
    job = context.shares(asked, tab_of(request) or "programs", draws)
    counted = context.counted(asked, draws)
    found = Shares(state=job.state, done=job.done, total=job.total, error=job.error, draws=draws)
    if counted is not None:
        table = counted.table
        found.seed, found.readings, found.undecided = table.seed, table.readings, table.undecided
        found.zone_lowest, found.zone_highest, found.zone_possible = table.zone.lowest, table.zone.highest, table.zone.possible
    return found


@router.get("/revision.json")
def revision(request: Request) -> Revision:
    """Where the case stands on the disk: changes made elsewhere are noticed here."""
    return revision_of(context_of(request).desk.look())


@router.get("/history", response_class=HTMLResponse, include_in_schema=False)
def history(request: Request) -> HTMLResponse:
    """Return undo and redo as a part of a page."""
    return HTMLResponse(render("history.html.j2", standing=context_of(request).desk.look()))


@router.get("/notices", response_class=HTMLResponse, include_in_schema=False)
def notices(request: Request) -> HTMLResponse:
    """Return what happened to the case outside, as a part of a page."""
    return HTMLResponse(render("notices.html.j2", standing=context_of(request).desk.look()))


@router.post("/undo", responses={409: {"description": "Nothing to undo, or the same number was changed since."}})
def undo(request: Request) -> Response:
    """Undo the last change that was saved."""
    return _moved(request, "undo")


@router.post("/redo", responses={409: {"description": "Nothing to do again, or the same number was changed since."}})
def redo(request: Request) -> Response:
    """Do again what was undone."""
    return _moved(request, "redo")


def _moved(request: Request, way: str) -> Response:
    desk = context_of(request).desk
    try:
        standing = desk.undo() if way == "undo" else desk.redo()
    except NothingToUndo as error:
        return refusal(str(error), 409)
    except EditConflict as error:
        return conflict_reply(error)
    return saved_reply(standing, "undone" if way == "undo" else "done again")
