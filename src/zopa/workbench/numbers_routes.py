"""Change the numbers: every judgement of a party with its basis, seen at once and kept with a reason, with a JSON twin."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from zopa.case import NotationError, Number, format_number, judgement_at, judgements, names_in_amount, parse_number
from zopa.workbench.context import Asked
from zopa.workbench.keeping_sums import SumRefused, keep_sum
from zopa.workbench.numbers_keeping import router as keeping_router
from zopa.workbench.numbers_rows import fault_of
from zopa.workbench.numbers_spans import hull, span
from zopa.workbench.numbers_view import Rows, issues_view, numbers_view, reasons_view, wanted_amounts
from zopa.workbench.pages import asked_by, page
from zopa.workbench.replies import refusal
from zopa.workbench.templating import render
from zopa.workbench.whatif import LONGEST, WHATIF_QUERY, set_name

router = APIRouter(tags=["change the numbers"])
router.include_router(keeping_router)
Path = Annotated[str, Query(max_length=LONGEST, description="The judgement, or a named assumption as `assumptions.ID`.")]
Text = Annotated[str, Query(max_length=LONGEST)]
NOT_THERE: Final[dict[int | str, dict[str, Any]]] = {404: {"description": "The case has no such number."}}


def _wanted(request: Request) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        values.setdefault(key, []).append(value)
    return wanted_amounts(values)


@router.get("/numbers", response_class=HTMLResponse, include_in_schema=False)
def numbers(request: Request) -> HTMLResponse:
    """Return the page."""
    asked = asked_by(request)
    written = asked.posed.written
    return page(
        request,
        asked,
        "numbers.html.j2",
        title="Change the numbers",
        reasons=reasons_view(written),
        issues=issues_view(written),
        **numbers_view(asked, _wanted(request), request.query_params.get("party", "")),
    )


@router.get("/numbers/row", response_class=HTMLResponse, include_in_schema=False)
def row(request: Request, path: Path = "") -> HTMLResponse:
    """Return one number as a part of a page."""
    asked = asked_by(request)
    found = Rows(asked, _wanted(request)).at(path)
    if found is None:
        return HTMLResponse("", 404)
    return HTMLResponse(render("numbers_row.html.j2", row=found, reasons=reasons_view(asked.posed.written), grouped=False))


class Numeral(BaseModel):
    """One judgement."""

    path: str
    kind: str = Field(description="weight, score, points, direction, shape, bonus, no_deal, influence, lever or assumption.")
    name: str
    party: str | None
    issue: str | None
    option: str | None
    amount: str = Field(description="As the case file writes it.")
    low: str | None = Field(description="The smallest and largest number it may be, exact; null for words and for the unknown.")
    high: str | None
    bounds: list[str] = Field(description="From where to where a slider goes.")
    words: list[str] = Field(description="The words it may be; empty for a number.")
    because: list[str]
    assume: str | None
    inherited: str = Field(description="The block that gave the basis; empty when the number carries it itself.")
    shared: list[str] = Field(description="The shared assumptions it is reckoned from.")
    looked_at: str | None = Field(description="The amount that the address sets.")
    fault: str = Field(description="Why the case cannot have that amount.")


class Numbers(BaseModel):
    """All judgements of a case."""

    judgements: list[Numeral]


@router.get("/numbers.json", openapi_extra=WHATIF_QUERY)
def numbers_json(request: Request) -> Numbers:
    """Return every judgement with its amount, its bounds and what it rests on."""
    asked = asked_by(request)
    case, wanted, made = asked.posed.written, _wanted(request), dict(asked.posed.whatif.set)
    found = []
    for one in judgements(case):
        reach = None if one.words else hull(case, one.amount)
        pending = wanted.get(one.path)
        fault = fault_of(case, one.path, pending) if pending is not None and one.path not in made else ""
        found.append(
            Numeral(
                path=one.path,
                kind=one.kind,
                name=set_name(case, one.path),
                party=one.party,
                issue=one.issue,
                option=one.option,
                amount=one.text,
                low=None if reach is None else format_number(reach[0]),
                high=None if reach is None else format_number(reach[1]),
                bounds=[] if one.words else [format_number(end) for end in span(case, one)],
                words=list(one.words),
                because=list(one.basis.because),
                assume=one.basis.assume,
                inherited=one.basis.inherited,
                shared=sorted({name.id.partition(".")[0] for name in names_in_amount(one.amount)} & set(case.assumptions)),
                looked_at=pending,
                fault=fault,
            )
        )
    return Numbers(judgements=found)


class Checked(BaseModel):
    """Whether a judgement can have an amount."""

    fits: bool
    fault: str = Field(description="Why not, and how to mend it; empty when it can.")


@router.get("/numbers/check.json", responses=NOT_THERE, response_model=Checked)
def check(request: Request, path: Path, amount: Text) -> Response | Checked:
    """Look whether a judgement can have an amount, without setting it."""
    case = asked_by(request).posed.written
    if judgement_at(case, path) is None:
        return refusal("The case has no such number.", 404)
    fault = fault_of(case, path, amount)
    return Checked(fits=not fault, fault=fault)


class Given(BaseModel):
    """Weights that keep their sum."""

    amounts: dict[str, str] = Field(description="The amount of each weight, by path.")
    fault: str = Field(description="Why the sum cannot be kept; empty when it can.")


@router.get("/numbers/give.json", openapi_extra=WHATIF_QUERY, responses=NOT_THERE, response_model=Given)
def give(
    request: Request,
    path: Path,
    to: Text,
    held: Annotated[list[Text] | None, Query(max_length=400)] = None,
) -> Response | Given:
    """Move one weight that is a number, and let the others give way so that the sum is kept exactly."""
    asked = asked_by(request)
    placed = judgement_at(asked.case, path)
    party = None if placed is None or placed.kind != "weight" else placed.party
    preferences = None if party is None else asked.case.preferences[party]
    if placed is None or preferences is None:
        return refusal("The case has no such weight.", 404)
    return _given(asked, path, to, tuple(held or ()), preferences.party)


def _given(asked: Asked, path: str, to: str, held: tuple[str, ...], party: str) -> Given:
    preferences = asked.case.preferences[party]
    weights = {one.path: one.amount.value for one in preferences.weights.values() if isinstance(one.amount, Number)}
    if preferences.weight_sum is None or len(weights) != len(preferences.weights):
        return Given(amounts={}, fault="The sum is kept where all weights are numbers and the case gives a sum.")
    try:
        moved = keep_sum(weights, path, parse_number(to), preferences.weight_sum, asked.case.grain, held)
    except (SumRefused, NotationError) as error:
        return Given(amounts={}, fault=str(error))
    return Given(amounts={name: format_number(value) for name, value in moved.items()}, fault="")
