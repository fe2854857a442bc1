"""Applications for the tests of the guards: a page, a twin, something that changes, something that breaks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Annotated, Any

from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from zopa.case import CaseFaults, Fault, Place
from zopa.workbench.access import Access
from zopa.workbench.app import create_app

HOST = "127.0.0.1:8765"
TOKEN = "a-token-for-the-tests"


class Change(BaseModel):
    """A change."""

    path: str
    amount: int = 0


def bare_app(access: Access | None = None) -> FastAPI:
    """Return an application with its guards and pages of the tests."""
    closed: list[bool] = []
    context: Any = SimpleNamespace(jobs=SimpleNamespace(close=lambda: closed.append(True)), closed=closed)
    app = create_app(context, access or Access.on(8765), routers=())

    @app.get("/page", response_class=HTMLResponse, include_in_schema=False)
    def page() -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>A page</title>" + "<p>words</p>" * 200)

    @app.get("/page.json")
    def twin(many: Annotated[int, Query(ge=0)] = 0, few: Annotated[int, Query(le=3)] = 0) -> dict[str, int]:
        return {"many": many, "few": few}

    @app.get("/own", response_class=HTMLResponse, include_in_schema=False)
    def own() -> HTMLResponse:
        return HTMLResponse("own", headers={"Content-Security-Policy": "default-src 'none'", "Cache-Control": "private"})

    @app.post("/change")
    def change(one: Change) -> Change:
        return one

    @app.post("/bare")
    def bare() -> dict[str, str]:
        return {}

    @app.get("/broken")
    def broken() -> None:
        raise KeyError("what was confided")

    @app.get("/faulty")
    def faulty() -> None:
        fault = Fault("ZC040", Place("case.yaml", 3, 1), "the range is upside down", "Turn it round.")
        raise CaseFaults((fault, fault))

    return app


def marked(**more: str) -> dict[str, Any]:
    """Return the headers of a request that may change something."""
    return {"X-Zopa": "1", **more}
