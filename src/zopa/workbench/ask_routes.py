"""Ask what if: switches, what they move, and one judgement dragged from end to end of its range, each with its JSON twin."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from zopa.workbench.ask_switches import switches_view
from zopa.workbench.ask_view import Dragged, compare_view, drag_groups, drag_view, dragged, first_path, start_sweep
from zopa.workbench.ask_words import swept_json
from zopa.workbench.context import Asked, Context
from zopa.workbench.jobs import Job
from zopa.workbench.pages import asked_by, context_of, page, tab_of
from zopa.workbench.replies import refusal
from zopa.workbench.sweeping import Swept
from zopa.workbench.templating import render
from zopa.workbench.whatif import LONGEST, WHATIF_QUERY

router = APIRouter(tags=["ask what if"])
Path = Annotated[str, Query(max_length=LONGEST, description="The judgement, or a named assumption as `assumptions.ID`.")]
REFUSED: Final[dict[int | str, dict[str, Any]]] = {404: {"description": "The case has no such judgement."}}


@router.get("/ask", response_class=HTMLResponse, include_in_schema=False)
def ask(request: Request) -> HTMLResponse:
    """Return the page."""
    asked, context = asked_by(request), context_of(request)
    return page(
        request,
        asked,
        "ask.html.j2",
        title="Ask what if",
        switches=switches_view(asked),
        groups=drag_groups(asked.posed.written),
        **compare_view(asked, context),
        **_dragging(request, asked, context),
    )


def _path(request: Request, asked: Asked) -> str:
    return request.query_params.get("drag", "") or first_path(asked.posed.written)


def _dragging(request: Request, asked: Asked, context: Context, *, again: bool = False) -> dict[str, Any]:
    found = dragged(asked, context, _path(request, asked)) or dragged(asked, context, first_path(asked.posed.written))
    if found is None:
        return {"drag": None}
    job = context.jobs.get(found.key)
    if job is None or (again and job.state in {"cancelled", "failed"}):
        job = start_sweep(context, found, tab_of(request))
    return {"drag": drag_view(found, job, _levels(context, asked, found))}


def _levels(context: Context, asked: Asked, found: Dragged) -> list[dict[str, Any]]:
    """Return the share curve of an assumption that is shown over bands, where it has been counted."""
    counted = context.counted(found.base) or context.counted(asked)
    name = asked.posed.written.assumptions.get(found.placed.path.removeprefix("assumptions."))
    return [] if counted is None or name is None else [one for one in counted.levels if one["name"] == name.name]


@router.get("/ask/compare", response_class=HTMLResponse, include_in_schema=False)
def compare(request: Request) -> HTMLResponse:
    """Return what moved, as a part of a page."""
    return HTMLResponse(render("ask_compare.html.j2", **compare_view(asked_by(request), context_of(request))))


@router.get("/ask/switches", response_class=HTMLResponse, include_in_schema=False)
def switches(request: Request) -> HTMLResponse:
    """Return the switches as a part of a page."""
    return HTMLResponse(render("ask_switches.html.j2", switches=switches_view(asked_by(request))))


@router.get("/ask/drag", response_class=HTMLResponse, include_in_schema=False)
def drag(request: Request, again: Annotated[str, Query(max_length=5)] = "") -> HTMLResponse:
    """Return the slider and the zone along it, as a part of a page."""
    asked = asked_by(request)
    return HTMLResponse(
        render("ask_drag.html.j2", query=asked.query, **_dragging(request, asked, context_of(request), again=bool(again)))
    )


@router.get("/ask/sweep", response_class=HTMLResponse, include_in_schema=False)
def sweep_part(request: Request, again: Annotated[str, Query(max_length=5)] = "") -> HTMLResponse:
    """Return the zone along the slider as a part of a page, or how far working it out has come."""
    return HTMLResponse(
        render("ask_sweep.html.j2", **_dragging(request, asked_by(request), context_of(request), again=bool(again)))
    )


@router.post("/ask/sweep/cancel", response_class=HTMLResponse, include_in_schema=False)
def cancel_sweep(request: Request) -> HTMLResponse:
    """Stop looking along the slider."""
    asked, context = asked_by(request), context_of(request)
    found = dragged(asked, context, _path(request, asked))
    if found is not None:
        context.jobs.cancel(found.key)
    return HTMLResponse(render("ask_sweep.html.j2", **_dragging(request, asked, context)))


class Moved(BaseModel):
    """One figure as it is written and as it would stand."""

    name: str
    before: str
    after: str


class MovedPackage(BaseModel):
    """A named package as it is written and as it would stand, with the parties that surely refuse it."""

    id: str
    name: str
    before: str
    after: str
    blocks_before: list[str]
    blocks_after: list[str]


class WhatIfs(BaseModel):
    """What can be switched, and what the switches of the address move."""

    statements: list[dict[str, Any]] = Field(description="id, quote, who, what rests on it, and whether it counts.")
    assumptions: list[dict[str, Any]] = Field(description="Those with a value.")
    questions: list[dict[str, Any]] = Field(description="Questions about the text with their answers.")
    levers: list[dict[str, Any]]
    gates: list[dict[str, Any]] = Field(description="Gates with a date.")
    judgements: list[dict[str, Any]] = Field(description="What can be dragged: path, name, amount.")
    figures: list[Moved]
    packages: list[MovedPackage]
    gone: list[str] = Field(description="What rested on what is set aside.")


@router.get("/ask.json", openapi_extra=WHATIF_QUERY)
def ask_json(request: Request) -> WhatIfs:
    """Return what can be switched off and on, its state, and what moved against the case as it is written."""
    asked = asked_by(request)
    switched = switches_view(asked)
    seen = compare_view(asked, context_of(request))
    return WhatIfs(
        **{key: switched[key] for key in ("statements", "assumptions", "questions", "levers", "gates")},
        judgements=[entry for group in drag_groups(asked.posed.written) for entry in group["entries"]],
        figures=[Moved(**{key: one[key] for key in ("name", "before", "after")}) for one in seen["comparison"]["figures"]],
        packages=[
            MovedPackage(
                id=one["id"],
                name=one["name"],
                before=one["before"]["says"],
                after=one["after"]["says"],
                blocks_before=[party["id"] for party in one["before"]["blocks"]],
                blocks_after=[party["id"] for party in one["after"]["blocks"]],
            )
            for one in seen["comparison"]["packages"]
        ],
        gone=seen["gone"],
    )


class SweepStep(BaseModel):
    """The zone at one place."""

    amount: str
    state: str = Field(description="open, shut, unknown or refused.")
    zone: int | None
    possible: int
    why: str = Field(description="Why the case cannot have this amount.")


class Sweep(BaseModel):
    """The zone along one judgement, or how far working it out has come."""

    path: str
    state: str = Field(description="waiting, running, done, failed, cancelled, or missing where nothing can be settled.")
    done: int
    total: int
    error: str | None
    written: str
    low: str = Field(description="Ends of the range that is looked at, exact.")
    high: str
    steps: list[SweepStep] = []
    crossings: list[dict[str, Any]] = Field(default=[], description="Neighbouring places between which the zone opens or shuts.")
    deals: int | None = None
    words: list[str] = []


@router.get("/ask/sweep.json", openapi_extra=WHATIF_QUERY, response_model=Sweep, responses=REFUSED)
def sweep_json(request: Request, path: Path) -> Response | Sweep:
    """Look along one judgement in the background: the zone in the base scenario at each place; ask again until it is done."""
    asked, context = asked_by(request), context_of(request)
    found = dragged(asked, context, path)
    if found is None:
        return refusal("The case has no such judgement.", 404)
    job: Job | None = start_sweep(context, found, tab_of(request) or "programs")
    seen = drag_view(found, job, [])
    known = {key: seen[key] for key in ("path", "state", "done", "total", "error", "low", "high")}
    result = job.result if job is not None and job.state == "done" else None
    made = swept_json(result) if isinstance(result, Swept) else {}
    return Sweep(written=found.written, **known, **made)
