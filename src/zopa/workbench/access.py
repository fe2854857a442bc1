"""Who may come in: under which names the server answers, and the token that opens it to other machines."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

SHORTEST_TOKEN: Final = 16  # letters of a token that somebody thinks of
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in.

    Attributes
    ----------
    hosts : frozenset of str
        What a request may call this server: names with their ports, in lower case.
    token : str or None
        What a request must know; None on loopback, where nothing is asked.
    cookie : str
        Name of the cookie that stands for the token; cookies do not tell ports apart, so it names the port.
    session : str
        What that cookie holds: made anew at each start, so that it says nothing about the token.
    """

    hosts: frozenset[str]
    token: str | None = None
    cookie: str = "zopa_session"
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @classmethod
    def on(cls, port: int, address: str = LOOPBACK, names: Iterable[str] = (), token: str | None = None) -> Access:
        """Return the access to a server that listens on an address.

        Parameters
        ----------
        port : int
            Its port.
        address : str
            Its address.
        names : iterable of str
            More names that lead to it, with or without a port.
        token : str, optional
            What others must know.

        Raises
        ------
        ValueError
            When the address is open to other machines and there is no token.
        """
        if token is None and not is_loopback(address):
            raise ValueError("a server that other machines reach needs a token")
        known = {LOOPBACK, "localhost", "[::1]"}
        if not is_everywhere(address):
            known.add(bracketed(address))
        hosts = {f"{one}:{port}" for one in known}
        for name in names:
            hosts |= {name, name if has_port(name) else f"{name}:{port}"}
        if port == 80:
            hosts |= known
        return cls(frozenset(one.lower() for one in hosts), token, f"zopa_session_{port}")

    def knows(self, token: str) -> bool:
        """Return whether a token is the right one; how long that takes says nothing about it."""
        return self.token is not None and hmac.compare_digest(token.encode(), self.token.encode())

    def remembers(self, session: str) -> bool:
        """Return whether the cookie of a request is the one that this server gave."""
        return hmac.compare_digest(session.encode(), self.session.encode())


def is_loopback(address: str) -> bool:
    """Return whether an address can be reached from this machine alone."""
    return address == "localhost" or ipaddress.ip_address(address).is_loopback


def is_everywhere(address: str) -> bool:
    """Return whether an address stands for all addresses of this machine."""
    return address != "localhost" and ipaddress.ip_address(address).is_unspecified


def bracketed(address: str) -> str:
    """Return an address as it stands in the address of a page."""
    return f"[{address}]" if ":" in address else address


def has_port(name: str) -> bool:
    """Return whether a name ends with a port."""
    return name.rpartition(":")[2].isdecimal() and not name.endswith("]") and ":" in name


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)
