"""The application: its pages, what guards them, and what is asked for with them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI, Request, Response
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse

from zopa import __version__
from zopa.workbench.access import Access
from zopa.workbench.limits import Limits
from zopa.workbench.mishaps import Mishaps, explain_mishaps
from zopa.workbench.openapi_page import DESCRIPTION, describe, openapi_page
from zopa.workbench.security import Doorkeeper, SafeHeaders
from zopa.workbench.templating import static_address, static_bytes

if TYPE_CHECKING:
    from zopa.workbench.context import Context

ROUTERS: Final = ("bar_routes", "find_routes", "ask_routes", "numbers_routes", "present_routes", "report_routes")
KINDS: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
FOR_GOOD: Final = "public, max-age=31536000, immutable"
# Telemetry of the framework would name the addresses of pages, and with them what people think about in confidence.
NO_TELEMETRY: Final[TelemetryConfig] = {
    "auto_configure": False,
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
}


def create_app(context: Context, access: Access, routers: Sequence[str] = ROUTERS) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    context : Context
        What its pages work with; its background work ends with the application.
    access : Access
        Who may come in.
    routers : sequence of str
        Modules of this room that hold its pages; one that is not there is left out.
    """

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        yield
        context.jobs.close()

    app = FastAPI(
        title="Zopa workbench",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=running,
        telemetry=NO_TELEMETRY,
        redirect_slashes=False,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(Mishaps),
            Middleware(Doorkeeper, access=access),
            Middleware(Limits),
            Middleware(GZipMiddleware, minimum_size=800, compresslevel=5),
        ],
    )
    app.state.context = context
    explain_mishaps(app)
    app.add_api_route("/", _home, include_in_schema=False)
    app.add_api_route("/static/{name}", _static, include_in_schema=False)
    app.add_api_route("/api", openapi_page, include_in_schema=False)
    for name in routers:
        module = f"zopa.workbench.{name}"
        if find_spec(module) is not None:
            app.include_router(import_module(module).router)
    describe(app)
    return app


async def _home(request: Request) -> Response:
    """Lead to the first page, with the what-if of the address."""
    query = request.url.query
    return RedirectResponse(f"/find?{query}" if query else "/find", 303)


async def _static(name: str, v: str = "") -> Response:
    """Return a style or script; one that is asked for with its hash may be kept for good."""
    content, kind = static_bytes(name), KINDS.get(name.rpartition(".")[2])
    if content is None or kind is None:
        raise HTTPException(404)
    kept = static_address(name).endswith(f"?v={v}")
    return Response(content, media_type=kind, headers={"Cache-Control": FOR_GOOD if kept else "no-cache"})
