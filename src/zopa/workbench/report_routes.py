"""The report at any moment: made in the background, shown under its own policy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from zopa.case import Case
from zopa.report.making import make_report
from zopa.workbench.context import Asked, Context
from zopa.workbench.jobs import Job
from zopa.workbench.pages import asked_by, context_of, is_fragment, page
from zopa.workbench.replies import refusal
from zopa.workbench.templating import render

router = APIRouter(tags=["report"])
DRAWS: Final = 1000
SEED: Final = 1
POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
DAY_QUERY: Final = {
    "parameters": [
        {
            "name": "at",
            "in": "query",
            "required": False,
            "description": "The date looked at; by default all dated gates have passed.",
            "schema": {"type": "string", "maxLength": 40},
        }
    ]
}


def report_of(case: Case, day: date | None, progress: Callable[[int, int], None] | None = None) -> str:
    """Return the report about a case as it is written, as a page; made by a worker.

    Parameters
    ----------
    case : Case
        The case as it is written.
    day : date or None
        The date looked at.
    progress : callable, optional
        Called with (done, total) in hundredths: scenarios count for two thirds, levers for the rest.
    """
    stretches = {"Scenarios": (0, 66), "Levers": (66, 99)}

    @contextmanager
    def watch(title: str) -> Iterator[Callable[[int, int], None] | None]:
        start, end = stretches.get(title, (0, 99))

        def told(done: int, total: int) -> None:
            if progress is not None:
                progress(start + (end - start) * done // max(total, 1), 100)

        told(0, 1)
        yield told

    return make_report(case, draws=DRAWS, seed=SEED, day=day, watch=watch).html


def _key(asked: Asked) -> str:
    return f"report {asked.standing.case.digest} {asked.posed.day or ''}"


def _begun(context: Context, asked: Asked) -> Job:
    return context.jobs.start(_key(asked), report_of, asked.standing.case, asked.posed.day, slot="report")


@router.get("/report", response_class=HTMLResponse, include_in_schema=False)
def report(request: Request) -> HTMLResponse:
    """Return the page on which the report is made."""
    asked = asked_by(request)
    job = context_of(request).jobs.get(_key(asked))
    if is_fragment(request):
        return HTMLResponse(render("making.html.j2", **_making(asked, job)))
    return page(request, asked, "making_page.html.j2", title="Report", **_making(asked, job))


def _making(asked: Asked, job: Job | None) -> dict[str, Any]:
    whatif = asked.posed.whatif
    day = asked.posed.day
    return {
        "job": job,
        "day": day,
        "unwritten": whatif.count - (1 if day is not None else 0),
        "opened": "/report/page" if day is None else f"/report/page?at={day}",
        "begin": "/report/make" if day is None else f"/report/make?at={day}",
        "stop": "/report/cancel" if day is None else f"/report/cancel?at={day}",
        "again": "/report" if day is None else f"/report?at={day}",
    }


@router.post("/report/make", response_class=HTMLResponse, include_in_schema=False)
def make(request: Request) -> HTMLResponse:
    """Begin making the report."""
    asked = asked_by(request)
    return HTMLResponse(render("making.html.j2", **_making(asked, _begun(context_of(request), asked))))


@router.post("/report/cancel", response_class=HTMLResponse, include_in_schema=False)
def cancel(request: Request) -> HTMLResponse:
    """Stop making the report."""
    asked, context = asked_by(request), context_of(request)
    context.jobs.cancel(_key(asked))
    return HTMLResponse(render("making.html.j2", **_making(asked, context.jobs.get(_key(asked)))))


class Making(BaseModel):
    """How far the report has come."""

    state: str = Field(description="waiting, running, done, failed or cancelled.")
    done: int = Field(description="How far, of `total`.")
    total: int
    error: str | None
    page: str | None = Field(description="Where the report is, once it is done.")


@router.get("/report.json", openapi_extra=DAY_QUERY)
def report_json(request: Request) -> Making:
    """Make the report about the case as it is written, and say how far it has come; ask again until it is done."""
    asked = asked_by(request)
    job = _begun(context_of(request), asked)
    opened = str(_making(asked, job)["opened"]) if job.state == "done" else None
    return Making(state=job.state, done=job.done, total=job.total, error=job.error, page=opened)


@router.get(
    "/report/page",
    response_class=HTMLResponse,
    openapi_extra=DAY_QUERY,
    responses={409: {"description": "The report has not been made yet."}},
)
def report_page(request: Request) -> Response:
    """Return the report as one file without network, under its own policy."""
    asked = asked_by(request)
    job = context_of(request).jobs.get(_key(asked))
    if job is None or job.state != "done":
        return refusal("The report has not been made yet, or the case has changed since. Make it first.", 409)
    html = str(job.result)
    # Our own page names its two scripts and its style by their hashes; the head of the answer must allow the same.
    found = POLICY.search(html)
    policy = (found.group(1) if found else "default-src 'none'") + "; frame-ancestors 'none'"
    name = f"{asked.standing.case.folder.resolve().name or 'report'}.html".encode("ascii", "replace").decode().replace('"', "")
    headers = {"Content-Security-Policy": policy, "Content-Disposition": f'inline; filename="{name}"'}
    return HTMLResponse(html, headers=headers)
