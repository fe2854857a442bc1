"""The line to a model: where text may go, and what happens when the other side misbehaves."""

from __future__ import annotations

import ast
import contextlib
import http.server
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import ROOT
from zopa.reading.model import endpoint as module
from zopa.reading.model.endpoint import ATTEMPTS, Endpoint, EndpointError, complete, endpoint

KEY = "key-for-tests-only"
SENT: dict[str, object] = {"messages": [{"role": "user", "content": "Der Hafen – „ja“ \ud800"}]}
ANSWER = json.dumps({"choices": [{"message": {"content": "words"}}]}).encode()

# ---------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("url", "place", "path", "loopback"),
    [
        ("https://models.example/v1", "models.example:443", "/v1", False),
        ("https://Models.Example.:8443/v1/", "models.example:8443", "/v1", False),
        ("https://models.example/v1/chat/completions", "models.example:443", "/v1", False),
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080", "/v1", True),
        ("http://127.8.9.1", "127.8.9.1:80", "", True),
        ("http://[::1]:8080/v1", "[::1]:8080", "/v1", True),
        ("http://LOCALHOST:8080/v1", "localhost:8080", "/v1", True),
        ("https://[2001:db8::1]/v1", "[2001:db8::1]:443", "/v1", False),
    ],
)
def test_addresses(url: str, place: str, path: str, loopback: bool) -> None:
    made = endpoint(url, "some-model")
    assert (made.place, made.path, made.loopback, made.name) == (place, path, loopback, "some-model")


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example/v1",
        "http://127.0.0.1.models.example/v1",
        "http://localhost.models.example/v1",
        "http://models.localhost/v1",
        "http://2130706433/v1",
        "http://127.1/v1",
        "http://0x7f.0.0.1/v1",
        "http://0.0.0.0/v1",
        "http://[::]/v1",
        "http://[::ffff:127.0.0.1]/v1",
        "http://10.0.0.1/v1",
        "ftp://127.0.0.1/v1",
        "file:///etc/hostname",
        "models.example/v1",
        "https://",
        "https:///v1",
        "https://models.example:0/v1",
        "https://models.example:70000/v1",
        "https://[::1/v1",
        "https://user:secret-word@models.example/v1",
        "https://secret-word@models.example/v1",
        "https://models.example/v1?key=secret-word",
        "https://models.example/v1#secret-word",
        "https://models.example\\@127.0.0.1/v1",
        "https://mödels.example/v1",
        "https://models.example/v1\r\nX: y",
        "https://models .example/v1",
        "https://-%/v1",
        "",
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(EndpointError) as refused:
        endpoint(url)
    assert "secret-word" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_name_that_resolves_elsewhere_is_not_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*addresses: str) -> Callable[..., list[Any]]:
        return lambda _host, port, **_: [(0, 0, 0, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve("127.0.0.1", "192.0.2.7"))
    with pytest.raises(EndpointError, match="another machine"):
        complete(endpoint("http://localhost:8080"), SENT)
    monkeypatch.setattr(socket, "getaddrinfo", resolve())
    with pytest.raises(EndpointError, match="another machine"):
        complete(endpoint("http://localhost:8080"), SENT)


def test_an_unknown_host_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(EndpointError, match=r"models\.example is not known"):
        complete(endpoint("https://models.example/v1"), SENT)
    with pytest.raises(EndpointError, match="localhost does not resolve"):
        complete(endpoint("http://localhost:8080"), SENT)


# ---------------------------------------------------------------------------------------------------- a server


@dataclass
class Service:
    """A server of this test: what it was sent, and how it answers."""

    port: int = 0
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[Callable[[http.server.BaseHTTPRequestHandler], None]] = field(default_factory=list)
    cut: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


def reply(status: int = 200, body: bytes = ANSWER, **headers: str) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    def write(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        with contextlib.suppress(OSError):  # the other side may have gone already
            handler.wfile.write(body)

    return write


@pytest.fixture
def service(reachable: set[int]) -> Iterator[Service]:
    made = Service()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.heard.append((self.path, dict(self.headers), body))
            made.answers.pop(0)(self)

        def log_message(self, *_: object) -> None:
            pass

    reachable.add(-1)  # the server itself may open its socket
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.cut = made.cut  # type: ignore[attr-defined]
        made.port = server.server_address[1]
        reachable.add(made.port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()


def test_a_question_and_its_answer(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOPA_MODEL_KEY", f" {KEY}\n")
    service.answers = [reply()]
    assert complete(endpoint(service.url), SENT) == "words"
    ((path, headers, body),) = service.heard
    assert path == "/v1/chat/completions"
    assert json.loads(body) == SENT
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert [name for name, value in headers.items() if KEY in value] == ["Authorization"]
    assert KEY.encode() not in body


def test_without_a_key_none_is_sent(service: Service) -> None:
    service.answers = [reply()]
    complete(endpoint(service.url), SENT)
    assert "Authorization" not in service.heard[0][1]


def test_localhost_is_reached_by_its_address(service: Service) -> None:
    service.answers = [reply()]
    assert complete(endpoint(f"http://localhost:{service.port}/v1"), SENT) == "words"


def test_a_proxy_of_the_environment_is_not_used(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.delenv("no_proxy", raising=False)
    service.answers = [reply()]
    assert complete(endpoint(service.url), SENT) == "words"


def test_redirects_are_not_followed(service: Service) -> None:
    for status in (301, 302, 303, 307, 308):
        service.answers = [reply(status, b"", Location=f"http://127.0.0.1:{service.port}/elsewhere")]
        with pytest.raises(EndpointError, match="redirects elsewhere"):
            complete(endpoint(service.url), SENT)
    assert {path for path, _, _ in service.heard} == {"/v1/chat/completions"}


def test_a_busy_server_is_asked_again_but_not_for_ever(service: Service) -> None:
    waits: list[float] = []
    service.answers = [reply(503), reply(429), reply()]
    assert complete(endpoint(service.url), SENT, waits.append) == "words"
    assert waits == [1.0, 2.0]
    service.answers = [reply(500)] * ATTEMPTS
    with pytest.raises(EndpointError, match=r"answers 500 \(Internal Server Error\)") as refused:
        complete(endpoint(service.url), SENT, waits.append)
    assert refused.value.status == 500
    assert not refused.value.refuses_form
    assert len(service.heard) == 3 + ATTEMPTS


@pytest.mark.parametrize(
    ("status", "words", "form"),
    [(401, "ZOPA_MODEL_KEY", False), (400, "named", True), (404, "named", True), (418, "418", False), (299, "unknown", False)],
)
def test_a_refusal_is_told_without_the_words_of_the_server(
    service: Service, monkeypatch: pytest.MonkeyPatch, status: int, words: str, form: bool
) -> None:
    monkeypatch.setenv("ZOPA_MODEL_KEY", KEY)
    service.answers = [reply(status, f"wrong key {KEY} \x1b[31m".encode())]
    with pytest.raises(EndpointError, match=words) as refused:
        complete(endpoint(service.url), SENT)
    assert refused.value.refuses_form is form
    assert KEY not in str(refused.value)
    assert "\x1b" not in str(refused.value)


def test_a_huge_answer_is_cut_off(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1_000)
    service.answers = [reply(body=b" " * 1_000_000)]
    with pytest.raises(EndpointError, match="larger than 1,000 bytes"):
        complete(endpoint(service.url), SENT)


def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
    for _ in range(100):
        try:
            handler.wfile.write(b"H")
        except OSError:
            handler.server.cut.set()  # type: ignore[attr-defined]
            return
        time.sleep(0.02)


def drip_body(handler: http.server.BaseHTTPRequestHandler) -> None:
    reply(body=b"", Content_Length="100")(handler)
    drip(handler)


def silence(handler: http.server.BaseHTTPRequestHandler) -> None:
    if handler.connection.recv(1) == b"":
        handler.server.cut.set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("answer", [silence, drip, drip_body])
def test_a_slow_answer_is_given_up_however_it_drips(service: Service, answer: Any) -> None:
    service.answers = [answer]
    with pytest.raises(EndpointError, match=r"did not answer within 0\.5 seconds"):
        complete(endpoint(service.url, seconds=0.5), SENT)
    assert len(service.heard) == 1, "a time-out is not tried again"
    assert service.cut.wait(1), "the line is cut, not waited for"


def hang_up(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def test_a_broken_line_is_tried_again(service: Service) -> None:
    service.answers = [hang_up, reply()]
    assert complete(endpoint(service.url), SENT, lambda _: None) == "words"
    service.answers = [hang_up] * ATTEMPTS
    with pytest.raises(EndpointError, match=r"connection to 127\.0\.0\.1"):
        complete(endpoint(service.url), SENT, lambda _: None)


def garbage(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 two hundred\r\n\r\n")
    handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (garbage, "does not speak HTTP"),
        (reply(Content_Encoding="gzip"), "packed"),
        (reply(body=b"\xff\xfe"), "not a chat completion"),
        (reply(body=b"<html>"), "not a chat completion"),
        (reply(body=b'{"choices": []}'), "not a chat completion"),
        (reply(body=b'{"choices": [{"message": null}]}'), "not a chat completion"),
        (reply(body=b"[1, 2]"), "not a chat completion"),
        (reply(body=b"[" * 300_000), "not a chat completion"),
        (reply(body=b'{"choices": [{"message": {"content": null}}]}'), "holds no text"),
        (reply(body=ANSWER[:-5], Content_Length=str(len(ANSWER))), "not a chat completion"),
    ],
)
def test_answers_that_are_none(service: Service, answer: Any, words: str) -> None:
    def once(handler: http.server.BaseHTTPRequestHandler) -> None:
        answer(handler)
        handler.close_connection = True

    service.answers = [once]
    with pytest.raises(EndpointError, match=words):
        complete(endpoint(service.url), SENT)


@pytest.mark.parametrize("key", ["two words", "line\nbreak: x", "schlüssel", "\x1b[31m"])
def test_a_malformed_key_is_not_shown(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("ZOPA_MODEL_KEY", key)
    with pytest.raises(EndpointError, match="ZOPA_MODEL_KEY holds") as refused:
        complete(endpoint("https://models.example/v1"), SENT)
    assert key not in str(refused.value)


def test_an_endpoint_shows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOPA_MODEL_KEY", KEY)
    made = endpoint("https://models.example/v1")
    assert KEY not in repr(made)
    assert isinstance(made, Endpoint)


def test_encryption_that_cannot_be_trusted(service: Service) -> None:
    service.answers = []
    with pytest.raises(EndpointError, match=r"certificate or encryption of 127\.0\.0\.1"):
        complete(endpoint(f"https://127.0.0.1:{service.port}/v1"), SENT, lambda _: None)


def test_no_file_can_name_an_endpoint() -> None:
    """Addresses come from the command line alone: only consent is read from a file, and only there."""
    readers: dict[str, set[str]] = {"files": set(), "environment": set(), "endpoints": set()}
    for path in sorted((ROOT / "src" / "zopa").rglob("*.py")):
        name = str(path.relative_to(ROOT / "src" / "zopa"))
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        words = {one.attr for one in nodes if isinstance(one, ast.Attribute)}
        calls = {one.func.id for one in nodes if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
        if name.startswith("reading/model/"):
            if words & {"read_text", "read_bytes"} or "open" in calls:
                readers["files"].add(name)
            if words & {"environ", "getenv"}:
                readers["environment"].add(name)
        if calls & {"endpoint", "Endpoint"} and not name.startswith("cli/"):
            readers["endpoints"].add(name)
    assert readers == {
        "files": {"reading/model/consent.py"},
        "environment": {"reading/model/consent.py", "reading/model/endpoint.py"},
        "endpoints": {"reading/model/endpoint.py"},
    }


def test_the_network_is_blocked(reachable: set[int]) -> None:
    with pytest.raises(AssertionError, match="looked up"):
        socket.getaddrinfo("models.example", 443)
    with pytest.raises(AssertionError, match="without a server"):
        socket.create_connection(("192.0.2.1", 443), timeout=1)
    reachable.add(1)
    with pytest.raises(AssertionError, match="connected to"):
        socket.create_connection(("192.0.2.1", 443), timeout=1)
