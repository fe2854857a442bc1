"""From a request to a page, a part of a page, or its JSON twin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from zopa import __version__
from zopa.case import speaking_sources
from zopa.workbench.bar_view import bar_view
from zopa.workbench.context import Asked, Context
from zopa.workbench.templating import render
from zopa.workbench.whatif import KEYS, WhatIf

PAGES: Final = (
    ("/find", "Find agreements"),
    ("/ask", "Ask what if"),
    ("/numbers", "Change the numbers"),
    ("/present", "Present"),
    ("/report", "Report"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation."""

    href: str
    name: str
    here: bool


def context_of(request: Request) -> Context:
    """Return what the requests of a server work with."""
    return cast(Context, request.app.state.context)


def asked_by(request: Request) -> Asked:
    """Return the case as the address of a request asks for it."""
    return context_of(request).ask(request.query_params.multi_items())


def tab_of(request: Request) -> str:
    """Return which tab of a browser asks, as its script says; empty where nobody says so."""
    return request.headers.get("x-zopa-tab", "")


def is_fragment(request: Request) -> bool:
    """Return whether a script asks for a part of a page."""
    return request.headers.get("hx-request") == "true"


def own_query(request: Request) -> str:
    """Return what an address says besides the what-if: the package, the axes, the place in a table."""
    return urlencode([(key, value) for key, value in request.query_params.multi_items() if key not in KEYS])


def address(path: str, *queries: str) -> str:
    """Return an address from a path and parts of its query, empty ones left out."""
    query = "&".join(part for part in queries if part)
    return f"{path}?{query}" if query else path


def page(request: Request, asked: Asked, template: str, *, title: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page around a template, or only its content where a script asks for a part.

    Parameters
    ----------
    request : Request
        The request.
    asked : Asked
        The case as the request asks for it.
    template : str
        A template that extends ``layout``.
    title : str
        Name of the page.
    status : int
        Status of the answer.
    values
        What the template shows.
    """
    fragment = is_fragment(request)
    outer = {"fragment": True, "layout": "fragment.html.j2"} if fragment else page_values(request, asked, title)
    return HTMLResponse(render(template, asked=asked, case=asked.case, query=asked.query, **{**outer, **values}), status)


def page_values(request: Request, asked: Asked, title: str) -> dict[str, Any]:
    """Return what the frame of a page shows: the navigation, the what-if, the answer, what can be undone."""
    own, path = own_query(request), request.url.path
    return {
        "fragment": False,
        "layout": "base.html.j2",
        "title": title,
        "version": __version__,
        "standing": asked.standing,
        "links": [Link(address(to, asked.query), name, path == to or path.startswith(f"{to}/")) for to, name in PAGES],
        "caveats": speaking_sources(asked.case),
        "bar": bar_view(asked, None),
        **chip_values(asked, path, own),
    }


def chip_values(asked: Asked, path: str, own: str) -> dict[str, Any]:
    """Return the changes of a what-if, each with the address of the page without it."""
    posed = asked.posed
    return {
        "chips": [
            {"kind": one.kind, "name": one.name, "words": one.words, "href": address(path, own, one.rest.query())}
            for one in posed.chips()
        ],
        "put_back": address(path, own, WhatIf().query()),
        "whatif_faults": posed.faults,
        "gone": posed.gone,
    }
