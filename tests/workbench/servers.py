"""A real server on a free port, in a thread of the tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from zopa.workbench.access import Access
from zopa.workbench.serving import Server, listen

PATIENCE = 60  # seconds for what must come; nothing is measured


@contextmanager
def running(make: Callable[[Access], FastAPI]) -> Iterator[int]:
    """Run an application and give its port."""
    listening = listen(0)
    port = listening.getsockname()[1]
    begun = threading.Event()
    server = Server(make(Access.on(port)), begun.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        assert begun.wait(PATIENCE)
        yield port
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
    assert not thread.is_alive()
