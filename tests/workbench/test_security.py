"""Nobody else reads or changes anything here: names, origins, marks, tokens, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.workbench.apps import HOST, TOKEN, bare_app, marked
from zopa.workbench.access import Access, has_port, is_everywhere, is_loopback, new_token
from zopa.workbench.security import HEADERS, POLICY

HOME = f"http://{HOST}"
CHANGE = {"path": "a", "amount": 3}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(bare_app(), base_url=HOME, raise_server_exceptions=False, follow_redirects=False) as made:
        yield made


@pytest.fixture
def locked() -> Iterator[TestClient]:
    access = Access.on(8765, "192.168.1.20", ["mediation.example"], TOKEN)
    with TestClient(bare_app(access), base_url="http://192.168.1.20:8765", follow_redirects=False) as made:
        yield made


# Names


@pytest.mark.parametrize("host", [HOST, "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_the_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/page", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost",
        "127.0.0.1.evil.example:8765",
        "0.0.0.0:8765",
        "",
    ],
)
def test_another_name_is_refused_so_that_a_rebound_name_reads_nothing(client: TestClient, host: str) -> None:
    for path in ("/page", "/page.json", "/static/htmx.min.js", "/nowhere"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 421
        assert "A page" not in answer.text


def test_a_name_said_twice_is_refused(client: TestClient) -> None:
    answer = client.get("/page", headers=[("Host", HOST), ("Host", "evil.example")])
    assert answer.status_code == 400


def test_an_address_and_names_that_were_given_are_answered_and_no_others(locked: TestClient) -> None:
    key = {"Authorization": f"Bearer {TOKEN}"}
    for host in ("192.168.1.20:8765", "mediation.example", "mediation.example:8765", HOST):
        assert locked.get("/page", headers={"Host": host, **key}).status_code == 200
    for host in ("192.168.1.21:8765", "mediation.example:9", "192.168.1.20"):
        assert locked.get("/page", headers={"Host": host, **key}).status_code == 421


def test_names_and_addresses_are_told_apart() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("0.0.0.0")
    assert is_everywhere("::")
    assert not is_everywhere("192.168.1.20")
    assert [has_port(one) for one in ("a", "a:1", "[::1]", "[::1]:80", "a:b")] == [False, True, False, True, False]
    assert "127.0.0.1" in Access.on(80).hosts
    assert "[fd00::1]:8765" in Access.on(8765, "fd00::1", token=TOKEN).hosts
    assert not any("0.0.0.0" in one for one in Access.on(8765, "0.0.0.0", ["a"], TOKEN).hosts)
    with pytest.raises(ValueError, match="token"):
        Access.on(8765, "192.168.1.20")


# Where a request comes from


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": HOME},
        {"Origin": HOME.replace("http", "https")},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": HOME, "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_requests_of_our_own_pages_and_of_programs_pass(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/change", json=CHANGE, headers=marked(**headers)).json() == CHANGE
    assert client.get("/page.json", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://localhost:8765"},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "something new"},
    ],
)
def test_a_page_of_somebody_else_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/change", json=CHANGE, headers=marked(**headers))
    assert answer.status_code == 403
    assert answer.json()["detail"] == "The request comes from another site."


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_somebody_else_reads_and_embeds_nothing(client: TestClient, site: str) -> None:
    def status(path: str, mode: str, target: str) -> int:
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": target}
        return client.get(path, headers=headers).status_code

    assert status("/page", "navigate", "document") == 200  # a link may lead here
    assert status("/page", "navigate", "iframe") == 403
    assert status("/page", "no-cors", "script") == 403
    assert status("/page", "cors", "empty") == 403
    assert status("/page.json", "navigate", "document") == 403
    assert status("/static/htmx.min.js", "no-cors", "script") == 403


def test_a_page_of_somebody_else_learns_nothing_from_asking_beforehand(client: TestClient) -> None:
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    answer = client.options("/change", headers=headers)
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "QUERY"])
def test_what_changes_something_is_marked(client: TestClient, method: str) -> None:
    answer = client.request(method, "/change", json=CHANGE)
    assert answer.status_code == 403
    assert "X-Zopa" in answer.json()["detail"]
    assert client.request(method, "/change", json=CHANGE, headers={"X-Zopa": "0"}).status_code == 403
    expected = 200 if method == "POST" else 405
    assert client.request(method, "/change", json=CHANGE, headers={"X-Zopa": "1"}).status_code == expected
    assert client.request(method, "/change", json=CHANGE, headers={"HX-Request": "true"}).status_code == expected


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/jsonp", ""])
def test_what_a_foreign_form_can_send_is_not_read(client: TestClient, kind: str) -> None:
    answer = client.post("/change", content=b'{"path": "a"}', headers=marked(**{"Content-Type": kind}))
    assert answer.status_code == 415


def test_json_forms_and_nothing_at_all_are_read(client: TestClient) -> None:
    for kind in ("application/json", "Application/JSON; charset=utf-8"):
        answer = client.post("/change", content=b'{"path": "a"}', headers=marked(**{"Content-Type": kind}))
        assert answer.status_code == 200
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/bare", content=b"a=1", headers=marked(**form)).status_code == 200
    assert client.post("/bare", headers=marked()).status_code == 200


# The token


def test_without_the_token_nothing_is_shown(locked: TestClient) -> None:
    for path in ("/", "/page", "/page.json", "/api", "/openapi.json", "/static/htmx.min.js", "/nowhere"):
        answer = locked.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "A page" not in answer.text
    assert locked.post("/change", json=CHANGE, headers=marked()).status_code == 401
    for key in ("Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer tökén"):
        assert locked.get("/page", headers=[(b"Authorization", key.encode())]).status_code == 401, key


def test_programs_show_the_token(locked: TestClient) -> None:
    key = {"Authorization": f"Bearer {TOKEN}"}
    assert locked.get("/page.json", headers=key).status_code == 200
    assert locked.post("/change", json=CHANGE, headers=marked(**key)).status_code == 200


def test_a_browser_gets_a_cookie_for_the_token_and_an_address_without_it(locked: TestClient) -> None:
    entered = locked.get(f"/?token={TOKEN}&without=S1&without=S2")
    assert entered.status_code == 303
    assert entered.headers["location"] == "/?without=S1&without=S2"
    assert entered.headers["referrer-policy"] == "no-referrer"
    (cookie,) = entered.headers.get_list("set-cookie")
    assert cookie.startswith("zopa_session_8765=")
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= flags
    assert TOKEN not in cookie
    assert not any(flag.startswith("domain") for flag in flags)
    assert locked.get("/page").status_code == 200
    assert locked.get(f"/?token={TOKEN}").headers["location"] == "/"


def test_a_link_from_elsewhere_enters_by_a_page_so_that_the_cookie_is_sent(locked: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    entered = locked.get(f"/?token={TOKEN}&at=2025-11-25", headers=headers)
    assert entered.status_code == 200
    assert 'content="0;url=/?at=2025-11-25"' in entered.text
    assert TOKEN not in entered.text
    assert "set-cookie" in entered.headers


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN.upper(), "%00", "tökén"])
def test_a_wrong_token_opens_nothing(locked: TestClient, token: str) -> None:
    answer = locked.get("/", params={"token": token}, headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert 'name="token"' in answer.text  # where it can be entered
    assert locked.get("/page").status_code == 401


@pytest.mark.parametrize("session", ["", "wrong", TOKEN, '"', "a\\", "é"])
def test_a_wrong_cookie_opens_nothing(locked: TestClient, session: str) -> None:
    cookie = f"other=1; zopa_session_8765={session}".encode()
    assert locked.get("/page", headers=[(b"Cookie", cookie)]).status_code == 401


def test_the_cookie_of_another_start_opens_nothing(locked: TestClient) -> None:
    other = Access.on(8765, "192.168.1.20", token=TOKEN)
    assert locked.get("/page", headers={"Cookie": f"{other.cookie}={other.session}"}).status_code == 401
    assert TOKEN not in other.session
    assert other.session not in repr(other)


def test_the_cookie_does_not_help_a_page_of_somebody_else(locked: TestClient) -> None:
    locked.get(f"/?token={TOKEN}")
    assert locked.post("/change", json=CHANGE, headers=marked()).status_code == 200
    assert locked.post("/change", json=CHANGE, headers=marked(Origin="http://evil.example")).status_code == 403
    assert locked.get("/page.json", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_on_loopback_no_token_is_asked_for_unless_one_is_given(client: TestClient) -> None:
    assert client.get("/?token=anything").status_code == 303
    with TestClient(bare_app(Access.on(8765, token=TOKEN)), base_url=HOME) as guarded:
        assert guarded.get("/page").status_code == 401


def test_tokens_cannot_be_guessed() -> None:
    assert len({new_token() for _ in range(50)}) == 50
    assert min(len(new_token()) for _ in range(50)) >= 32
    assert not Access.on(8765).knows("")


# The headers of answers


def test_every_answer_carries_the_headers(client: TestClient, locked: TestClient) -> None:
    answers = [
        client.get("/page"),
        client.get("/page.json"),
        client.get("/api"),
        client.get("/openapi.json"),
        client.get("/"),
        client.get("/static/htmx.min.js"),
        client.get("/static/nothing.js"),
        client.get("/nowhere"),
        client.get("/broken"),
        client.get("/faulty"),
        client.get("/page.json?many=x"),
        client.get("/page", headers={"Host": "evil.example"}),
        client.get(f"/page?{'x' * 40000}"),
        client.put("/page", headers=marked()),
        client.post("/change", json=CHANGE),
        client.post("/change", content=b"x" * 300_000, headers=marked(**{"Content-Type": "application/json"})),
        client.post("/change", json=CHANGE, headers=marked()),
        locked.get("/page"),
        locked.get(f"/?token={TOKEN}"),
    ]
    assert {answer.status_code for answer in answers} >= {200, 303, 401, 403, 404, 405, 413, 414, 421, 422, 500}
    for answer in answers:
        for name, value in HEADERS.items():
            if name == "Cache-Control" and answer.request.url.path == "/static/htmx.min.js":
                continue
            assert answer.headers.get_list(name) == [value], (answer.request.url.path, answer.status_code, name)
        assert "server" not in answer.headers


def test_the_policy_allows_only_what_this_server_sends() -> None:
    parts = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == parts["style-src"] == parts["connect-src"] == parts["form-action"] == "'self'"
    assert parts["frame-ancestors"] == parts["base-uri"] == parts["font-src"] == "'none'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_an_answer_may_bring_a_policy_of_its_own(client: TestClient) -> None:
    own = client.get("/own")
    assert own.headers.get_list("content-security-policy") == ["default-src 'none'"]
    assert own.headers.get_list("cache-control") == ["private"]
    assert own.headers["x-content-type-options"] == "nosniff"


def test_websockets_are_refused(client: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/page"):
        pass
