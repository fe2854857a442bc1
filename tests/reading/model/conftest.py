"""No test of the model may open a connection, except to the server that it starts itself."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest


class GuardedSocket(socket.socket):
    """A socket that reaches only allowed addresses."""

    allowed: ClassVar[set[int]] = set()

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        if fileno is None and not self.allowed:
            raise AssertionError("a test without a server of its own opened a socket")
        super().__init__(family, type, proto, fileno)

    def connect(self, address: Any) -> None:
        """Connect to the server of the test, or fail."""
        if address[0] != "127.0.0.1" or address[1] not in self.allowed:
            self.close()
            raise AssertionError(f"a test connected to {address}")
        super().connect(address)


@pytest.fixture(autouse=True)
def reachable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[set[int]]:
    """Block the network; give the set of ports of this machine that a test may open. Settings and key are the test's own."""
    GuardedSocket.allowed = set()
    look_up = socket.getaddrinfo

    def guarded(host: Any, *details: Any, **named: Any) -> Any:
        if host != "localhost" and not str(host)[:1].isdigit():
            raise AssertionError(f"a test looked up {host}")
        return look_up(host, *details, **named)

    monkeypatch.setattr(socket, "socket", GuardedSocket)
    monkeypatch.setattr(socket, "getaddrinfo", guarded)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.delenv("ZOPA_MODEL_KEY", raising=False)
    yield GuardedSocket.allowed
    GuardedSocket.allowed = set()
