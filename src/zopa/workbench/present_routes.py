"""The presentation, and its JSON twin."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from zopa.workbench.context import Asked, Context
from zopa.workbench.find_columns import columns_of
from zopa.workbench.find_state import find_state
from zopa.workbench.pages import address, asked_by, context_of, own_query, page
from zopa.workbench.present_view import present_view
from zopa.workbench.whatif import WHATIF_QUERY

router = APIRouter(tags=["present"])


def _view(context: Context, asked: Asked, query: list[tuple[str, str]]) -> dict[str, Any]:
    settled = asked.settled
    if settled is None:
        return present_view(asked, None, None, [])
    state = find_state(settled, query, asked.query)
    wanted = any(key in {"package", "beside"} for key, _ in query)
    members = [found[0] for name in asked.case.packages if len(found := settled.members(name)) == 1]
    chosen = [state.package, *state.beside] if wanted else members
    return present_view(asked, columns_of(context, asked, settled), context.counted(asked), list(dict.fromkeys(chosen)))


@router.get("/present", response_class=HTMLResponse, include_in_schema=False)
def present(request: Request) -> HTMLResponse:
    """Return the presentation as a page."""
    asked, context = asked_by(request), context_of(request)
    view = _view(context, asked, request.query_params.multi_items())
    back = address("/find", asked.query, own_query(request))
    return page(request, asked, "present.html.j2", title="Present", back=back, **view)


class Slide(BaseModel):
    """A package of the presentation."""

    id: int
    title: str
    notes: list[str]
    options: list[tuple[str, str]]
    verdicts: dict[str, str | None]
    blockers: list[str]
    share: str | None = Field(description="Acceptable in this share of the assumptions; null until that is counted.")


class Presentation(BaseModel):
    """What the presentation shows."""

    title: str
    question: str | None
    as_of: str
    settled: bool
    sentence: str
    packages: list[Slide]


@router.get("/present.json", openapi_extra=WHATIF_QUERY)
def present_json(request: Request) -> Presentation:
    """Show what the presentation shows: the answer, and the named packages (or those of `package` and `beside`)."""
    asked = asked_by(request)
    view = _view(context_of(request), asked, request.query_params.multi_items())
    slides = [
        Slide(
            **{key: one[key] for key in ("id", "title", "notes", "options", "share")},
            verdicts={part["title"]: part["verdict"] for part in one["parts"]},
            blockers=[party["name"] for party in one["parties"] if party["blocks"]],
        )
        for one in view["packages"]
    ]
    case = asked.case
    return Presentation(
        title=case.title,
        question=case.question,
        as_of=case.as_of.isoformat(),
        settled=view["settled"],
        sentence=view["bar"]["sentence"],
        packages=slides,
    )
