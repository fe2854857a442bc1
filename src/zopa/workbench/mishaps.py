"""What goes wrong, in plain words: a page for people, JSON for scripts and programs, never a traceback."""

from __future__ import annotations

import secrets
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zopa.case import CaseFaults
from zopa.report.cleaning import clean
from zopa.workbench.templating import render

PROBLEM_TYPE: Final = "application/problem+json"
MOST_FAULTS: Final = 50  # of one request that are told
WORDS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("The request cannot be read", "The request cannot be read."),
    401: ("A token is needed", "This workbench needs a token. It was shown where `zopa serve` was started."),
    403: ("Refused", "The request was refused."),
    404: ("Not found", "There is nothing at this address."),
    405: ("Not possible here", "This address does not take such a request."),
    408: ("Too slow", "The request took too long to arrive."),
    409: ("Changed meanwhile", "The case was changed meanwhile."),
    413: ("Too large", "The request is too large."),
    414: ("Too long", "The address is too long."),
    415: ("Not readable", "The request must carry JSON or the fields of a form."),
    421: ("Another name", "This server does not answer under that name."),
    422: ("Not accepted", "Something in the request cannot be taken as it is."),
    431: ("Too large", "The head of the request is too large."),
    500: ("An error of the program", "The program made an error. Nothing was half-written; the case is as it was."),
    503: ("Too much at once", "Too many requests at once. Ask again in a moment."),
}


def wants_page(scope: Scope) -> bool:
    """Return whether the answer to a request is for a person: a page of a browser, not a script or a program."""
    if scope["method"] not in {"GET", "HEAD"} or scope["path"].endswith(".json"):
        return False
    headers = Headers(scope=scope)
    return headers.get("hx-request") != "true" and "text/html" in headers.get("accept", "")


def mishap(
    scope: Scope, status: int, detail: str = "", faults: Sequence[str] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """Return the answer that says in words what went wrong.

    Parameters
    ----------
    scope : Scope
        The request; it decides between a page and JSON.
    status : int
        Status of HTTP.
    detail : str
        What went wrong; empty for the usual words of the status.
    faults : sequence of str
        All faults, where there are several.
    headers : mapping, optional
        More headers.
    """
    title, usual = WORDS.get(status, ("Not done", "The request cannot be answered."))
    detail = clean(detail or usual)
    said = [clean(one) for one in faults[:MOST_FAULTS]]
    if wants_page(scope):
        page = render("mishap.html.j2", title=title, detail=detail, faults=said, status=status)
        return HTMLResponse(page, status, headers=dict(headers or {}))
    return JSONResponse({"detail": detail, "faults": said}, status, headers=dict(headers or {}), media_type=PROBLEM_TYPE)


class Mishaps:
    """Turns an error of the program into words for people; the traceback goes to standard error, under the same number."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            number = secrets.token_hex(4)
            # Without the query, which may hold what somebody thinks about in confidence.
            said = f"error {number} in {scope['method']} {clean(scope['path'][:200])}"
            print(f"zopa: {said}\n{traceback.format_exc()}", file=sys.stderr, flush=True)
            if begun:
                raise ConnectionAbortedError(said) from None  # the answer is half sent: the connection is all that can end
            detail = f"{WORDS[500][1]} Its details stand on standard error under the number {number}."
            await mishap(scope, 500, detail)(scope, receive, send)


def explain_mishaps(app: FastAPI) -> None:
    """Let an application answer all errors in words."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(CaseFaults, _faulty)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail: Any = error.detail
    faults: list[str] = []
    if isinstance(detail, Mapping):
        faults = [str(one) for one in detail.get("faults", ())]
        detail = detail.get("detail", "")
    elif isinstance(detail, list | tuple):
        faults, detail = [str(one) for one in detail], ""
    # The framework's own words are names of statuses, not sentences.
    words = "" if str(detail) in _STATUS_NAMES else str(detail)
    return mishap(request.scope, error.status_code, words, faults, error.headers)


_STATUS_NAMES: Final = frozenset({"Bad Request", "Unauthorized", "Forbidden", "Not Found", "Method Not Allowed"})


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return mishap(request.scope, 422, "", [_fault(one) for one in error.errors()])


def _fault(error: Mapping[str, Any]) -> str:
    """Return one fault of a request in words: where, and what; what was sent is not repeated."""
    where = ".".join(str(part) for part in error["loc"][1:])  # behind the query, the body or the header
    if error["type"] == "json_invalid":
        return "The request is not sound JSON."
    return f"{where or 'The request'}: {str(error['msg'])[:300]}."


def _faulty(request: Request, error: Exception) -> Response:
    assert isinstance(error, CaseFaults)
    said = [f"{one.message.rstrip('.')}. {one.remedy}".strip() for one in error.faults]
    return mishap(request.scope, 422, "The case has faults.", said)
