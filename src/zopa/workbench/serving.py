"""The server: where it listens, how long it waits for a request, and how it ends."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from zopa.workbench.access import LOOPBACK
from zopa.workbench.limits import HEAD_TIME, MOST_HEAD

PORT: Final = 8765
MORE_PORTS: Final = 20  # ports that are tried after one that is taken
MOST_CONNECTIONS: Final = 512
LAST_WORDS: Final = 3  # seconds for requests that are under way when the server ends
QUIET: Final = 20  # seconds after which a connection on which nobody asks is closed


def listen(port: int = PORT, address: str = LOOPBACK) -> socket.socket:
    """Return a socket that listens, on the port or, where that is taken, on the next one that is free.

    Parameters
    ----------
    port : int
        Port; 0 for any that is free.
    address : str
        Address of this machine, as digits.

    Raises
    ------
    OSError
        When this machine has no such address, or all the ports are taken or reserved.
    """
    last = port if port == 0 else min(port + MORE_PORTS, 65535)
    for number in range(port, last + 1):
        try:
            return _bound(number, address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or number == last:
                raise
    raise AssertionError  # the loop returns or raises


def _bound(port: int, address: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # The protocol is named because asyncio sends small answers at once only then; else each would wait for 40 milliseconds.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            # A server that has just ended leaves connections behind; on Windows this would let two servers share a port.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        made.listen(256)
        made.set_inheritable(False)
    except BaseException:
        made.close()
        raise
    return made


class PatientProtocol(H11Protocol):
    """Closes a connection on which a request does not begin, or its head does not arrive, in time."""

    head_time = HEAD_TIME
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request; wait for the rest of its head, and no longer once that is there."""
        super().data_received(data)
        if self._answering():
            self._expect_nothing()
        elif self._late is None:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._expect_nothing()
        super().connection_lost(exc)

    def _answering(self) -> bool:
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def _expect(self) -> None:
        self._late = self.loop.call_later(self.head_time, self._close_late)

    def _expect_nothing(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close_late(self) -> None:
        self._late = None
        if not self._answering() and not self.transport.is_closing():
            self.transport.close()


class Server(uvicorn.Server):
    """A server that says when it has begun, and that ends cleanly when it is told to.

    Parameters
    ----------
    app : FastAPI
        The application.
    begun : callable, optional
        Called once requests are answered.
    """

    def __init__(self, app: FastAPI, begun: Callable[[], None] | None = None) -> None:
        super().__init__(_settings(app))
        self.begun = begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer requests."""
        await super().startup(sockets)
        if self.started and self.begun is not None:
            self.begun()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Let the stop key and a request to end be the end of the server, not an error."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; a second time, do not wait for anybody."""
        if self.should_exit:
            self.force_exit = True
        super().handle_exit(sig, frame)


def _settings(app: FastAPI) -> uvicorn.Config:
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_level="warning",
        access_log=False,  # addresses of pages hold what people think about in confidence
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=QUIET,
        timeout_graceful_shutdown=LAST_WORDS,
        h11_max_incomplete_event_size=MOST_HEAD,
    )
