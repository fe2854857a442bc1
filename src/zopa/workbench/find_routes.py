"""Finding agreements: the package builder, the card, what could be done, the picture and the table, each with its JSON twin."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from zopa.exploration import RedLineShares
from zopa.report.package_data import listed_packages
from zopa.report.plain import party_row
from zopa.settlement import Settlement
from zopa.workbench import find_json as models
from zopa.workbench.answers import DRAWS, SEED
from zopa.workbench.context import Asked, Context, shares_key
from zopa.workbench.find_builder import builder_view
from zopa.workbench.find_card import card_view, share_view
from zopa.workbench.find_columns import Columns, columns_of
from zopa.workbench.find_compare import compare_view
from zopa.workbench.find_moves import moves_view
from zopa.workbench.find_picture import picture_caveat, picture_columns, picture_issues
from zopa.workbench.find_state import Addresses, FindState, find_state, rated_parties
from zopa.workbench.find_table import table_view
from zopa.workbench.pages import asked_by, context_of, page, tab_of
from zopa.workbench.pins_routes import pins_view
from zopa.workbench.pins_routes import router as pins_router
from zopa.workbench.replies import refusal
from zopa.workbench.templating import render

router = APIRouter(tags=["find agreements"])
router.include_router(pins_router)
PAUSE: Final = 500  # milliseconds of rest after which shares are counted
POLL: Final = 400
MISSING: Final[dict[int | str, dict[str, Any]]] = {
    409: {"description": "The case cannot be settled yet; `faults` says what is missing."}
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a request looks at: the case as it would stand, settled, and the package, table and axes of the address."""

    context: Context
    asked: Asked
    settlement: Settlement
    columns: Columns
    state: FindState
    to: Addresses


def finding(request: Request) -> Finding | Asked:
    """Return what a request looks at, or only the case where it cannot be settled."""
    context, asked = context_of(request), asked_by(request)
    settlement = asked.settled
    if settlement is None:
        return asked
    state = find_state(settlement, request.query_params.multi_items(), asked.query)
    return Finding(context, asked, settlement, columns_of(context, asked, settlement), state, Addresses(settlement, state))


def _missing(asked: Asked) -> list[dict[str, str]]:
    return [{"what": one.what, "remedy": one.remedy} for one in getattr(asked.settlement, "missing", ())]


def _unsettled(asked: Asked) -> JSONResponse:
    return refusal("The case cannot be settled yet.", 409, [f"{one['what']}. {one['remedy']}" for one in _missing(asked)])


def red_lines(found: Finding) -> RedLineShares:
    """Return what counts crossed red lines over the assumptions, kept with what it has drawn."""
    posed = found.asked.posed
    return found.context.answers.once("red lines", posed.key, lambda: RedLineShares(found.settlement, DRAWS, SEED, posed.reading))


def card_shares(found: Finding, package: int, *, quick: bool = False) -> dict[str, Any] | None:
    """Return the shares of a package where they have been counted; with ``quick`` only where nothing has to be drawn."""
    counted = found.context.counted(found.asked)
    if counted is None or not counted.table.spread:
        return None
    lines = red_lines(found)
    if quick and not lines.ready:
        return None
    return share_view(found.settlement, counted.table.of(package), lines.of(package))


def _share_words(found: Finding) -> str:
    counted = found.context.counted(found.asked)
    if counted is None:
        return ""
    if not counted.table.spread:
        return "Nothing in this case is a range: with the numbers given there is one answer."
    if counted.table.of(found.state.package) is None:
        return "Shares are counted for packages that keep the rules."
    return ""


def _share_values(found: Finding, work: Any, *, quick: bool) -> dict[str, Any]:
    counted = found.context.counted(found.asked)
    words = _share_words(found)
    shares = None if words else card_shares(found, found.state.package, quick=quick)
    wait = PAUSE if counted is None and work is None else POLL if counted is None else 1
    return {"shares": shares, "share_words": words, "work": work if counted is None else None, "share_wait": wait}


def _asks(found: Finding) -> list[dict[str, Any]]:
    case, to, now = found.settlement.case, found.to, found.state.moves
    asked = [name for name, verdict in found.settlement.verdicts.parties.items() if verdict.asked.possibly.any()]
    asks = [("improve", "Improve this for everyone"), ("nearest", "Nearest acceptable")]
    asks += [(f"need.{name}", f"What would {case.parties[name].name} need?") for name in asked]
    return [{"words": words, "here": key == now, "href": to.asking("" if key == now else key), "key": key} for key, words in asks]


def _now_values(found: Finding) -> dict[str, Any]:
    """Return what hangs on the package: builder, card, what could be done."""
    settlement, columns, to = found.settlement, found.columns, found.to
    others = [one for one in (found.state.package,) if len(found.state.beside) < 5]
    return {
        "state": found.state,
        "builder": builder_view(settlement, columns, to),
        "card": card_view(settlement, columns, to),
        "asks": _asks(found),
        "moves": moves_view(settlement, columns, to),
        "beside_now": _keep_beside(found) if others else None,
        "pinnable": not found.asked.standing.faults,
        **_share_values(found, None, quick=True),
    }


def _keep_beside(found: Finding) -> str | None:
    """Return the address that keeps this package beside while the builder goes on from the first of the others, or itself."""
    state = found.state
    if state.package in state.beside:
        return None
    return found.to.to(replace(state, beside=(*state.beside, state.package)))


def _rest_values(found: Finding) -> dict[str, Any]:
    """Return what stands below: packages side by side, the table, the pins."""
    counted = found.context.counted(found.asked)
    table = None if counted is None else counted.table
    return {
        "state": found.state,
        "compare": compare_view(found.settlement, found.columns, found.to, table),
        "table": table_view(found.settlement, found.columns, found.to, table),
        "pins": pins_view(found.asked, found.settlement, found.to),
    }


@router.get("/find", response_class=HTMLResponse, include_in_schema=False)
def find(request: Request) -> HTMLResponse:
    """Return the page."""
    found = finding(request)
    if isinstance(found, Asked):
        return page(request, found, "find.html.j2", title="Find agreements", missing=_missing(found))
    settlement = found.settlement
    values = {
        "missing": [],
        "axes": [party_row(settlement.case, name) for name in settlement.case.parties if name in rated_parties(settlement)],
        "whole": listed_packages(settlement)[1],
        "caveat": picture_caveat(settlement),
        **_now_values(found),
        **_rest_values(found),
    }
    return page(request, found.asked, "find.html.j2", title="Find agreements", **values)


@router.get("/find/now", response_class=HTMLResponse, include_in_schema=False)
def find_now(request: Request) -> HTMLResponse:
    """Return builder, card and what could be done as a part of the page."""
    found = finding(request)
    return _part("" if isinstance(found, Asked) else render("find_now.html.j2", **_now_values(found)))


@router.get("/find/rest", response_class=HTMLResponse, include_in_schema=False)
def find_rest(request: Request) -> HTMLResponse:
    """Return packages side by side, table and pins as a part of the page."""
    found = finding(request)
    return _part("" if isinstance(found, Asked) else render("find_rest.html.j2", **_rest_values(found)))


@router.get("/find/shares", response_class=HTMLResponse, include_in_schema=False)
def find_shares(request: Request, again: Annotated[str, Query(max_length=5)] = "") -> HTMLResponse:
    """Return the shares of the package as a part of its card, or how far counting them has come."""
    found = finding(request)
    if isinstance(found, Asked):
        return _part("")
    job = None
    if found.context.counted(found.asked) is None:
        job = found.context.jobs.get(shares_key(found.asked))
        if job is None or (again and job.state in {"cancelled", "failed"}):
            job = found.context.shares(found.asked, tab_of(request))
    return _part(render("find_shares.html.j2", **_share_values(found, job, quick=False)))


def _part(html: str) -> HTMLResponse:
    missing = '<p class="note">Packages cannot be looked at: the case cannot be settled as it would stand.</p>'
    return HTMLResponse(html or missing)


# For programs ------------------------------------------------------------------------------------------------


@router.get("/find.json", openapi_extra=models.FIND_QUERY, responses=MISSING, response_model=models.Found)
def find_json(request: Request) -> Any:
    """Return the card of a package: points, gains, answers, red lines, what every analysis says, and its shares."""
    found = finding(request)
    if isinstance(found, Asked):
        return _unsettled(found)
    builder = builder_view(found.settlement, found.columns, found.to)
    return {
        "card": card_view(found.settlement, found.columns, found.to),
        "broken": builder["broken"],
        "mend": builder["mend"],
        "shares": card_shares(found, found.state.package),
        "faults": list(found.state.faults),
    }


@router.get("/find/table.json", openapi_extra=models.FIND_QUERY, responses=MISSING, response_model=models.Table)
def table_json(request: Request) -> Any:
    """Return one page of the table of packages."""
    found = finding(request)
    if isinstance(found, Asked):
        return _unsettled(found)
    counted = found.context.counted(found.asked)
    table = table_view(found.settlement, found.columns, found.to, None if counted is None else counted.table)
    return {**table, "faults": list(found.state.faults)}


@router.get("/find/moves.json", openapi_extra=models.FIND_QUERY, responses=MISSING, response_model=models.Moves)
def moves_json(request: Request) -> Any:
    """Return what could be done with a package; without `moves`, what would be better for everyone."""
    found = finding(request)
    if isinstance(found, Asked):
        return _unsettled(found)
    state = found.state if found.state.moves else replace(found.state, moves="improve")
    moves = moves_view(found.settlement, found.columns, Addresses(found.settlement, state))
    return {"asked": state.moves, **(moves or {}), "faults": list(state.faults)}


@router.get("/find/compare.json", openapi_extra=models.FIND_QUERY, responses=MISSING, response_model=models.Compared)
def compare_json(request: Request) -> Any:
    """Return packages side by side: the card of each, and its shares."""
    found = finding(request)
    if isinstance(found, Asked):
        return _unsettled(found)
    chosen = (found.state.package, *found.state.beside)
    return {
        "cards": [card_view(found.settlement, found.columns, found.to, one) for one in chosen],
        "shares": [card_shares(found, one) for one in chosen],
        "faults": list(found.state.faults),
    }


@router.get(
    "/find/picture.json",
    openapi_extra=models.FIND_QUERY,
    responses={**MISSING, 200: {"model": models.Picture}},
)
def picture_json(request: Request, bare: Annotated[bool, Query(description="leave out what stays the same")] = False) -> Response:
    """Return the picture as columns: points of two parties, the zone, the frontier; `bare` leaves out issues and words."""
    found = finding(request)
    if isinstance(found, Asked):
        return _unsettled(found)
    columns = picture_columns(found.settlement, found.state)
    columns["issues"] = None if bare else picture_issues(found.settlement)
    columns["caveat"] = None if bare else picture_caveat(found.settlement)
    # Written straight away: thousands of numbers are not to be checked one by one while somebody drags.
    return Response(json.dumps(columns, separators=(",", ":")), media_type="application/json")
