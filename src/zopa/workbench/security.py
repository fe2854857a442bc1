"""What every request must pass before a page sees it, and the headers that every answer carries.

A page of somebody else that is open in the same browser can send requests here.  It must not read anything, change
anything, or reach this server under another name.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zopa.workbench.access import Access
from zopa.workbench.mishaps import mishap
from zopa.workbench.templating import render

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
BODIES: Final = frozenset({"application/json", "application/x-www-form-urlencoded"})


class SafeHeaders:
    """Gives every answer the headers that keep others out; an answer that has one of its own keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)


class Doorkeeper:
    """Lets in what comes under a name of this server, from its own pages, and with the token where one is needed."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (self.app if answer is None else answer)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """Return the answer to a request that does not get past the door."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1:
            return mishap(scope, 400, "The request must say once which server it is for.")
        if hosts[0].lower() not in self.access.hosts:
            return mishap(scope, 421, "This server does not answer under that name. Start it with --name to add one.")
        refused = _foreign(scope, headers, hosts[0].lower()) or (None if scope["method"] in SAFE else _unmarked(headers))
        if refused is not None:
            status, words = refused
            return mishap(scope, status, words)
        return self._unknown(scope, headers)

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a request that does not know the token, or that exchanges it for a cookie."""
        if self.access.token is None:
            return None
        if scope["path"] == "/" and scope["method"] == "GET":
            query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            given = [value for key, value in query if key == "token"]
            if given:
                rest = urlencode([(key, value) for key, value in query if key != "token"])
                return self._exchange(scope, headers, given[0], f"/?{rest}" if rest else "/")
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.access.knows(token.strip()):
            return None
        if self.access.remembers(_cookie(headers, self.access.cookie)):
            return None
        return mishap(scope, 401, headers={"WWW-Authenticate": 'Bearer realm="zopa"'})

    def _exchange(self, scope: Scope, headers: Headers, token: str, target: str) -> Response:
        """Return a cookie for a token, and lead away from the address that holds the token."""
        if not self.access.knows(token):
            return mishap(scope, 401, "That token is not the one of this server.")
        answer: Response
        if headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
            answer = RedirectResponse(target, 303)
        else:
            # Whoever followed a link from elsewhere would not send the cookie along with a redirect: a page of ours leads on.
            answer = HTMLResponse(render("enter.html.j2", target=target))
        answer.set_cookie(self.access.cookie, self.access.session, httponly=True, samesite="strict", path="/")
        return answer


def _foreign(scope: Scope, headers: Headers, host: str) -> tuple[int, str] | None:
    """Return why a request comes from a page that is not ours."""
    origins, site = headers.getlist("origin"), headers.get("sec-fetch-site")
    if any(origin.lower() not in {f"http://{host}", f"https://{host}"} for origin in origins):
        return 403, "The request comes from another site."
    if site is None or site in {"same-origin", "none"}:
        return None
    # A link from elsewhere may lead to a page; nothing else comes from elsewhere, also from another port of this machine.
    visit = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    page = scope["method"] == "GET" and not scope["path"].endswith(".json")
    return None if visit and page else (403, "The request comes from another site.")


def _unmarked(headers: Headers) -> tuple[int, str] | None:
    """Return why a request that changes something is not one of our pages' own."""
    if headers.get("x-zopa") != "1" and headers.get("hx-request") != "true":
        return 403, "A request that changes something must carry the header `X-Zopa: 1`."
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    empty = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    return None if kind in BODIES or (empty and not kind) else (415, "")


def _cookie(headers: Headers, name: str) -> str:
    jar: SimpleCookie = SimpleCookie()
    for line in headers.getlist("cookie"):
        try:
            jar.load(line)
        except CookieError:
            continue
    return jar[name].value if name in jar else ""
