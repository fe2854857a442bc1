"""The server on the wire: where it listens, what it does not wait for, and what odd requests get."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection

import httpx2
import pytest

from tests.workbench.apps import bare_app
from tests.workbench.servers import PATIENCE, running
from zopa.workbench import serving
from zopa.workbench.limits import MOST_BODY, MOST_HEAD
from zopa.workbench.serving import PatientProtocol, listen


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(bare_app) as number:
        yield number


def said(port: int, request: bytes) -> bytes:
    """Send bytes as they are and return everything that comes until the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def answered_once(port: int) -> socket.socket:
    """Return a connection on which one request was answered, and that is still open."""
    client = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.request("GET", "/page.json")
    assert client.getresponse().read()
    assert client.sock is not None
    return client.sock


def test_a_port_that_is_taken_leads_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    with listen(0) as first:
        taken = first.getsockname()[1]
        with listen(taken) as second:
            assert taken < second.getsockname()[1] <= taken + serving.MORE_PORTS
        monkeypatch.setattr(serving, "MORE_PORTS", 0)
        with pytest.raises(OSError, match=r"[Aa]ddress") as error:
            listen(taken)
        assert error.value.errno == errno.EADDRINUSE


def test_only_this_machine_is_listened_to() -> None:
    with listen(0) as made:
        assert made.getsockname()[0] == "127.0.0.1"
        assert made.proto == socket.IPPROTO_TCP  # what asyncio looks at before it sends small answers at once
    with pytest.raises(OSError, match=r"."):
        listen(0, "192.0.2.1")


def test_a_page_on_the_wire(port: int) -> None:
    answer = httpx2.get(f"http://127.0.0.1:{port}/page")
    assert answer.status_code == 200
    assert "server" not in answer.headers
    assert answer.headers.get_list("content-security-policy") != []
    assert len(answer.headers.get_list("cache-control")) == 1


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("GET /page HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
        ("GET /page HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        ("GET /page HTTP/1.0\r\n\r\n", 400),
        ("GET /page HTTP/1.1\r\nHost: HERE\r\nHost: HERE\r\nConnection: close\r\n\r\n", 400),
        ("GET http://evil.example/page HTTP/1.1\r\nHost: HERE\r\nConnection: close\r\n\r\n", 404),
        ("GET http://HERE/page HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
        ("OPTIONS * HTTP/1.1\r\nHost: HERE\r\nConnection: close\r\n\r\n", 404),
        ("TRACE /page HTTP/1.1\r\nHost: HERE\r\nConnection: close\r\n\r\n", 403),
        ("GET /static/../../app.py HTTP/1.1\r\nHost: HERE\r\nConnection: close\r\n\r\n", 404),
        ("GET /static/%2e%2e%2fapp.py HTTP/1.1\r\nHost: HERE\r\nConnection: close\r\n\r\n", 404),
        ("nonsense\r\n\r\n", 400),
        ("GET /page HTTP/1.1\r\nHost: HERE\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST /bare HTTP/1.1\r\nHost: HERE\r\nX-Zopa: 1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
    ],
)
def test_odd_requests_get_an_answer_and_no_page(port: int, request_text: str, expected: int) -> None:
    answer = said(port, request_text.replace("HERE", f"127.0.0.1:{port}").encode())
    assert status(answer) == expected
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_websocket_is_not_opened(port: int) -> None:
    request = (
        f"GET /page HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request.encode())
        assert status(connection.recv(65536)) == 200


def test_a_head_is_taken_up_to_its_limit(port: int) -> None:
    def sent(size: int) -> int:
        head = f"GET /page.json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        try:
            return status(said(port, f"{head}X-Long: {'x' * size}\r\n\r\n".encode()))
        except ConnectionError:
            return 400  # it hung up before the whole head was there

    assert sent(MOST_HEAD // 2) == 200
    assert sent(2 * MOST_HEAD) == 400


def test_a_body_in_pieces_that_does_not_end_is_cut_off(port: int) -> None:
    head = (
        f"POST /change HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Zopa: 1\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"1000\r\n" + b"x" * 4096 + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(head.encode())
        for _ in range(MOST_BODY // 4096 + 1):
            connection.sendall(piece)
        assert status(connection.recv(65536)) == 413
        while connection.recv(65536):
            pass  # the connection ends


@pytest.mark.parametrize("start", [b"", b"GET /page HTTP/1.1\r\nHos"])
def test_a_request_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    monkeypatch.setattr(PatientProtocol, "head_time", 0.1)
    with running(bare_app) as number:
        assert said(number, start) == b""


def test_the_rest_of_a_second_request_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_time", 0.1)
    with running(bare_app) as number, answered_once(number) as connection:
        connection.sendall(b"GET /pa")
        assert connection.recv(65536) == b""


def test_an_answer_that_takes_long_is_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_time", 0.1)
    gate = threading.Event()

    def make(access: object) -> object:
        app = bare_app(access)  # type: ignore[arg-type]

        @app.get("/slow.json")
        def slow() -> dict[str, bool]:
            return {"waited": not gate.wait(0.5)}

        return app

    with running(make) as number:  # type: ignore[arg-type]
        assert httpx2.get(f"http://127.0.0.1:{number}/slow.json", timeout=PATIENCE).json() == {"waited": True}


def test_the_server_ends_while_somebody_holds_a_connection() -> None:
    with running(bare_app) as number:
        connection = answered_once(number)
    with connection:
        assert connection.recv(65536) == b""


def test_what_a_broken_page_said_is_told_once(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    answer = httpx2.get(f"http://127.0.0.1:{port}/broken")
    assert answer.status_code == 500
    assert capsys.readouterr().err.count("Traceback") == 1
    assert httpx2.get(f"http://127.0.0.1:{port}/page").status_code == 200
