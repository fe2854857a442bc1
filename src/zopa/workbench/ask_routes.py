"""Ask what if: switches, what they move, and one judgement dragged from end to end of its range, each with its JSON twin."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from zopa.workbench import ask_json as models
from zopa.workbench.ask_comparing import compare_view
from zopa.workbench.ask_switches import switches_view
from zopa.workbench.ask_view import drag_groups, drag_view, dragged, first_path, start_sweep
from zopa.workbench.ask_words import swept_json
from zopa.workbench.context import Asked, Context
from zopa.workbench.jobs import Job
from zopa.workbench.pages import address, asked_by, context_of, own_query, page, tab_of
from zopa.workbench.replies import refusal
from zopa.workbench.sweeping import Swept
from zopa.workbench.templating import render
from zopa.workbench.whatif import LONGEST, WHATIF_QUERY

router = APIRouter(tags=["ask what if"])
Path = Annotated[str, Query(max_length=LONGEST, description="The judgement, or a named assumption as `assumptions.ID`.")]
Again = Annotated[str, Query(max_length=5)]


@router.get("/ask", response_class=HTMLResponse, include_in_schema=False)
def ask(request: Request) -> HTMLResponse:
    """Return the page."""
    asked, context = asked_by(request), context_of(request)
    return page(
        request,
        asked,
        "ask.html.j2",
        title="Ask what if",
        switches=switches_view(context, asked),
        groups=drag_groups(asked.posed.written),
        **_comparing(request, asked, context),
        **_dragging(request, asked, context),
    )


def _comparing(request: Request, asked: Asked, context: Context) -> dict[str, Any]:
    return {**compare_view(context, asked), "back": address("/ask", own_query(request))}


def _path(request: Request, asked: Asked) -> str:
    return request.query_params.get("path", "") or first_path(asked.posed.written)


def _dragging(request: Request, asked: Asked, context: Context, *, again: bool = False) -> dict[str, Any]:
    found = dragged(asked, context, _path(request, asked)) or dragged(asked, context, first_path(asked.posed.written))
    if found is None:
        return {"drag": None}
    job = context.jobs.get(found.key)
    if job is None or (again and job.state in {"cancelled", "failed"}):
        job = start_sweep(context, found, tab_of(request))
    return {"drag": drag_view(context, found, job)}


@router.get("/ask/compare", response_class=HTMLResponse, include_in_schema=False)
def compare(request: Request) -> HTMLResponse:
    """Return what moved, as a part of a page."""
    return HTMLResponse(render("ask_compare.html.j2", **_comparing(request, asked_by(request), context_of(request))))


@router.get("/ask/switches", response_class=HTMLResponse, include_in_schema=False)
def switches(request: Request) -> HTMLResponse:
    """Return the switches as a part of a page."""
    return HTMLResponse(render("ask_switches.html.j2", switches=switches_view(context_of(request), asked_by(request))))


@router.get("/ask/drag", response_class=HTMLResponse, include_in_schema=False)
def drag(request: Request, again: Again = "") -> HTMLResponse:
    """Return the slider and the zone along it, as a part of a page."""
    asked = asked_by(request)
    return HTMLResponse(render("ask_drag.html.j2", **_dragging(request, asked, context_of(request), again=bool(again))))


@router.get("/ask/sweep", response_class=HTMLResponse, include_in_schema=False)
def sweep_part(request: Request, again: Again = "") -> HTMLResponse:
    """Return the zone along the slider as a part of a page, or how far working it out has come."""
    asked = asked_by(request)
    return HTMLResponse(render("ask_sweep.html.j2", **_dragging(request, asked, context_of(request), again=bool(again))))


@router.post("/ask/sweep/cancel", response_class=HTMLResponse, include_in_schema=False)
def cancel_sweep(request: Request) -> HTMLResponse:
    """Stop looking along the slider."""
    asked, context = asked_by(request), context_of(request)
    found = dragged(asked, context, _path(request, asked))
    if found is not None:
        context.jobs.cancel(found.key)
    return HTMLResponse(render("ask_sweep.html.j2", **_dragging(request, asked, context)))


# For programs ------------------------------------------------------------------------------------------------


@router.get("/ask.json", openapi_extra=WHATIF_QUERY, response_model=models.WhatIfs)
def ask_json(request: Request) -> Any:
    """Return what can be switched off and on, how it stands, and what that moves against the case as it is written."""
    asked, context = asked_by(request), context_of(request)
    return {
        **switches_view(context, asked),
        "judgements": [entry for group in drag_groups(asked.posed.written) for entry in group["entries"]],
        "comparison": compare_view(context, asked),
    }


@router.get(
    "/ask/sweep.json",
    openapi_extra=WHATIF_QUERY,
    response_model=models.Sweep,
    responses={404: {"description": "The case has no such judgement."}},
)
def sweep_json(request: Request, path: Path) -> Any:
    """Look along one judgement in the background: the zone in the base scenario at each place; ask again until it is done."""
    asked, context = asked_by(request), context_of(request)
    found = dragged(asked, context, path)
    if found is None:
        return refusal("The case has no such judgement.", 404)
    job: Job | None = context.jobs.get(found.key)
    if job is None or job.state in {"cancelled", "failed"}:
        job = start_sweep(context, found, tab_of(request) or "programs")
    seen = drag_view(context, found, job)
    result = job.result if job is not None and job.state == "done" else None
    return {
        **{key: seen[key] for key in ("path", "name", "written", "set", "value", "state", "done", "total", "error")},
        "low": None if found.slider is None else seen["slider"]["low"],
        "high": None if found.slider is None else seen["slider"]["high"],
        **(swept_json(result) if isinstance(result, Swept) else {}),
    }
