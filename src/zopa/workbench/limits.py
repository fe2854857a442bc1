"""How much a request may ask for: sizes, time, and how many at once."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zopa.workbench.mishaps import mishap

MOST_BODY: Final = 256 * 1024  # bytes
MOST_QUERY: Final = 32 * 1024
MOST_PATH: Final = 2 * 1024
MOST_HEAD: Final = 64 * 1024  # request line and headers
MOST_AT_ONCE: Final = 128  # requests under way
BODY_TIME: Final = 15.0  # seconds in which a body must arrive
HEAD_TIME: Final = 15.0  # seconds in which a request must begin and its head arrive


class Limits:
    """Refuses what is too long, too large, too slow or too much at once, before anything is worked out.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    body_time : float
        Seconds in which a body must arrive.
    most : int
        Requests that may be under way at once.
    """

    def __init__(self, app: ASGIApp, body_time: float = BODY_TIME, most: int = MOST_AT_ONCE) -> None:
        self.app = app
        self.body_time = body_time
        self.most = most
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.under_way >= self.most:
            await mishap(scope, 503, headers={"Retry-After": "1", "Connection": "close"})(scope, receive, send)
            return
        self.under_way += 1
        try:
            await self._within(scope, receive, send)
        finally:
            self.under_way -= 1

    async def _within(self, scope: Scope, receive: Receive, send: Send) -> None:
        if len(scope["query_string"]) > MOST_QUERY or len(scope.get("raw_path") or b"") > MOST_PATH:
            await mishap(scope, 414)(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = headers.get("content-length", "")
        if length and (not length.isdecimal() or int(length[:20]) > MOST_BODY):
            await _too_large(scope, receive, send)
            return
        if length and "transfer-encoding" in headers:
            await mishap(scope, 400, "The request says its length in two ways.", headers={"Connection": "close"})(
                scope, receive, send
            )
            return
        if length not in {"", "0"} or "transfer-encoding" in headers:
            try:
                body = await asyncio.wait_for(_body(receive), self.body_time)
            except TimeoutError:
                await mishap(scope, 408, headers={"Connection": "close"})(scope, receive, send)
                return
            if body is None:
                await _too_large(scope, receive, send)
                return
            receive = _replayed(body, receive)
        await self.app(scope, receive, send)


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    words = f"The request is too large: at most {MOST_BODY // 1024} kB are taken."
    # What is still to come is not read: the connection ends with the answer.
    await mishap(scope, 413, words, headers={"Connection": "close"})(scope, receive, send)


async def _body(receive: Receive) -> bytes | None:
    """Return the whole body of a request, or None as soon as it is too large; also of one that does not say its length."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)  # whoever asked has gone
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BODY:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a body that was read already as it would have come, and then what comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
