"""The line to a language model: one POST to an OpenAI-compatible endpoint, by the standard library.

What goes out and where to is the user's own decision, so this module is narrow on purpose:

* ``https`` only, unless the endpoint is on loopback (``127.0.0.0/8``, ``::1``, or ``localhost`` when every address it
  resolves to is loopback); any other name counts as remote, whatever it resolves to.
* No redirect is followed and no proxy of the environment is used, so that the text reaches the named host or nobody.
* The key comes only from ``ZOPA_MODEL_KEY``, is read when a request is sent, goes only into the ``Authorization`` header,
  and stands in no attribute, message or log. What the server says about an error is not repeated: it may echo the key.
* Answers are bounded in size and time, attempts in number.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import json
import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from zopa.reading.model.answer import BadAnswer, parse_json

KEY_VARIABLE: Final = "ZOPA_MODEL_KEY"
_HOST: Final = re.compile(r"[a-z0-9_.-]*[a-z0-9]")
MAX_BYTES: Final = 4_000_000
ATTEMPTS: Final = 3
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_UNSTRUCTURED: Final = frozenset({400, 404, 415, 422, 501})


class EndpointError(RuntimeError):
    """The endpoint cannot be used or did not answer; the message says why and never holds a key.

    Attributes
    ----------
    status
        HTTP status, where the server gave one.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status

    @property
    def refuses_form(self) -> bool:
        """Whether the server may have refused the form of the question, such as a schema that it does not know."""
        return self.status in _UNSTRUCTURED


@dataclass(frozen=True)
class Endpoint:
    """An address of an OpenAI-compatible service, checked.

    Attributes
    ----------
    scheme, host, port, path
        Parts of the base URL; requests go to ``path + "/chat/completions"``.
    name
        Name of the model, where the service needs one.
    seconds
        Longest time one attempt may take as a whole.
    """

    scheme: str
    host: str
    port: int
    path: str
    name: str | None = None
    seconds: float = field(default=120.0, compare=False)

    @property
    def place(self) -> str:
        """Host and port, by which consent is remembered."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether the service runs on this machine, so that no text leaves it."""
        return self.host == "localhost" or _is_loopback(self.host)


def endpoint(url: str, name: str | None = None, seconds: float = 120.0) -> Endpoint:
    """Check the address of a service.

    Parameters
    ----------
    url
        Base URL as people give it on the command line, such as ``https://models.example.org/v1``.
    name
        Name of the model.
    seconds
        Longest time one attempt may take as a whole.

    Raises
    ------
    EndpointError
        When the URL is not http or https, holds a user name, password, query or fragment, names no host or a host in other
        than ASCII letters, or is http and not on loopback. The message does not repeat the URL.
    """
    if not url.isascii() or not url.isprintable() or " " in url:
        raise EndpointError("the model's URL must be plain ASCII without blanks (write a foreign host name in its xn-- form)")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise EndpointError("the model's URL cannot be read") from None
    if parts.scheme not in {"http", "https"}:
        raise EndpointError("the model's URL must begin with https:// (or http:// for a model on this machine)")
    if "@" in parts.netloc:
        raise EndpointError(f"the model's URL must not hold a user name or password: put the key into {KEY_VARIABLE}")
    if "?" in url or "#" in url:
        raise EndpointError(f"the model's URL must not hold a query or fragment: put the key into {KEY_VARIABLE}")
    if not parts.hostname or port == 0:
        raise EndpointError("the model's URL names no host")
    host = parts.hostname.rstrip(".")
    if _HOST.fullmatch(host) is None and not _is_address(host):
        raise EndpointError("the model's URL names no proper host")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    made = Endpoint(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path, name, seconds)
    if made.scheme == "http" and not made.loopback:
        raise EndpointError("http is only for a model on this machine (127.0.0.1, ::1, localhost): use https://")
    return made


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if not _is_address(host):
        return False
    parsed = ipaddress.ip_address(host)
    return parsed in ipaddress.ip_network("127.0.0.0/8") if parsed.version == 4 else parsed == ipaddress.ip_address("::1")


def complete(to: Endpoint, payload: dict[str, object], pause: Callable[[float], None] = time.sleep) -> str:
    """Send one question and return the words of the answer, unparsed.

    A busy server (429, 5xx) or a broken connection is tried again, at most three attempts in all; a time-out is not.

    Parameters
    ----------
    to
        Where the question goes.
    payload
        Body of a chat completion request.
    pause
        Waits between attempts.

    Raises
    ------
    EndpointError
        When no attempt brought an answer in the expected form.
    """
    body = json.dumps(payload, allow_nan=False).encode("ascii")
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"} | _authorization()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _message(_post(to, body, headers))
        except EndpointError as error:
            if attempt == ATTEMPTS or error.status not in _BUSY:
                raise
        except ConnectionError:
            if attempt == ATTEMPTS:
                raise EndpointError(f"the connection to {to.place} fails") from None
        pause(float(2 ** (attempt - 1)))
    raise AssertionError("every attempt returns or raises")


def _authorization() -> dict[str, str]:
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not key:
        return {}
    if not key.isascii() or not key.isprintable() or " " in key:
        raise EndpointError(f"{KEY_VARIABLE} holds blanks or signs that no key has")
    return {"Authorization": f"Bearer {key}"}


def _post(to: Endpoint, body: bytes, headers: dict[str, str]) -> bytes:
    connection = _connection(to)
    late = f"{to.place} did not answer within {to.seconds:g} seconds"
    try:
        with _Deadline(connection, to.seconds) as deadline:
            try:
                connection.connect()
                deadline.line = connection.sock
                connection.request("POST", f"{to.path}/chat/completions", body, headers)
                with connection.getresponse() as response:
                    _check(to, response)
                    data = response.read(MAX_BYTES + 1)
            except (OSError, http.client.HTTPException, ValueError) as error:
                if deadline.passed.is_set() or isinstance(error, TimeoutError):
                    raise EndpointError(late) from None
                raise _failure(to, error) from None
            if deadline.passed.is_set():
                raise EndpointError(late)
    finally:
        connection.close()
    if len(data) > MAX_BYTES:
        raise EndpointError(f"the answer of {to.place} is larger than {MAX_BYTES:,} bytes")
    return data


def _connection(to: Endpoint) -> http.client.HTTPConnection:
    host = _local_address(to) if to.host == "localhost" else to.host
    if to.scheme == "http":
        return http.client.HTTPConnection(host, to.port, timeout=to.seconds)
    return http.client.HTTPSConnection(host, to.port, timeout=to.seconds, context=ssl.create_default_context())


def _local_address(to: Endpoint) -> str:
    """Return the address of ``localhost``, after checking that it is this machine and nothing else."""
    try:
        found = socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)
    except OSError:
        raise EndpointError("localhost does not resolve to an address: write 127.0.0.1") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(_is_loopback(address) for address in addresses):
        raise EndpointError("localhost resolves to another machine: write 127.0.0.1")
    # A service usually listens on IPv4; with an address in hand no second look-up can lead elsewhere.
    return min(addresses, key=lambda address: ":" in address)


class _Deadline:
    """Cuts a connection after a time, however slowly it drips: a socket's own time-out starts anew with every byte."""

    def __init__(self, connection: http.client.HTTPConnection, seconds: float) -> None:
        self.connection = connection
        self.line: socket.socket | None = None  # the connection forgets its socket once an answer has begun
        self.passed = threading.Event()
        self.timer = threading.Timer(seconds, self._cut)
        self.timer.daemon = True

    def __enter__(self) -> _Deadline:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()

    def _cut(self) -> None:
        self.passed.set()
        line = self.line or self.connection.sock
        if line is not None:
            with contextlib.suppress(OSError):
                # Of the bare socket: an encrypted one would take its own state away under a read that is going on.
                socket.socket.shutdown(line, socket.SHUT_RDWR)


def _check(to: Endpoint, response: http.client.HTTPResponse) -> None:
    status = response.status
    if 300 <= status < 400:
        raise EndpointError(f"{to.place} redirects elsewhere, which is not followed: give the final URL", status)
    if status != 200:
        phrase = HTTPStatus(status).phrase if status in {one.value for one in HTTPStatus} else "unknown status"
        hint = f"; set {KEY_VARIABLE}" if status in {401, 403} else "; is the model named?" if status in {400, 404, 422} else ""
        raise EndpointError(f"{to.place} answers {status} ({phrase}){hint}", status)
    if response.getheader("Content-Encoding", "identity").lower() != "identity":
        raise EndpointError(f"{to.place} sends a packed answer, which was not asked for")


def _failure(to: Endpoint, error: Exception) -> Exception:
    if isinstance(error, EndpointError | ConnectionError):
        return error
    if isinstance(error, ssl.SSLError):
        return EndpointError(f"the certificate or encryption of {to.place} cannot be trusted")
    if isinstance(error, socket.gaierror):
        return EndpointError(f"{to.host} is not known: no such host, or this machine is offline")
    if isinstance(error, OSError):
        return EndpointError(f"the connection to {to.place} fails")
    return EndpointError(f"{to.place} does not speak HTTP as expected")


def _message(data: bytes) -> str:
    """Return the text of the first choice of a chat completion."""
    try:
        answer = parse_json(data.decode("utf-8"))
        content = answer["choices"][0]["message"]["content"]  # type: ignore[index]
    except (BadAnswer, UnicodeDecodeError, LookupError, TypeError):
        raise EndpointError("the answer is not a chat completion") from None
    if not isinstance(content, str):
        raise EndpointError("the answer of the model holds no text")
    return content
