"""Sizes, time and number of requests are bounded, and what is refused is refused in words."""

from __future__ import annotations

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from tests.workbench.apps import HOST, bare_app, marked
from zopa.workbench.limits import MOST_BODY, MOST_PATH, MOST_QUERY, Limits

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def client() -> TestClient:
    return TestClient(bare_app(), base_url=f"http://{HOST}")


def body(size: int) -> bytes:
    """Return a body of exactly some bytes that is sound JSON."""
    start, end = b'{"path": "', b'"}'
    return start + b"a" * (size - len(start) - len(end)) + end


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_is_taken_up_to_its_limit(client: TestClient, chunked: bool) -> None:
    def sent(size: int) -> int:
        whole = body(size)
        content = (whole[at : at + 5000] for at in range(0, len(whole), 5000)) if chunked else whole
        answer = client.post("/change", content=content, headers=marked(**JSON))
        if answer.status_code == 200:
            assert len(answer.json()["path"]) == size - 12
        else:
            assert "256 kB" in answer.json()["detail"]
        return answer.status_code

    assert sent(MOST_BODY) == 200
    assert sent(MOST_BODY + 1) == 413


@pytest.mark.parametrize("length", ["-1", "x", "9" * 400])
def test_a_length_that_cannot_be_is_refused(client: TestClient, length: str) -> None:
    answer = client.post("/change", content=b"{}", headers=marked(**JSON, **{"Content-Length": length}))
    assert answer.status_code == 413


def test_a_length_that_is_said_in_two_ways_is_refused(client: TestClient) -> None:
    headers = marked(**JSON, **{"Content-Length": "2", "Transfer-Encoding": "chunked"})
    assert client.post("/change", content=b"{}", headers=headers).status_code == 400


def test_an_address_is_taken_up_to_its_limit(client: TestClient) -> None:
    assert client.get(f"/page.json?{'x' * MOST_QUERY}").status_code == 200
    assert client.get(f"/page.json?{'x' * (MOST_QUERY + 1)}").status_code == 414
    assert client.get("/" + "x" * MOST_PATH).status_code == 414
    assert client.get("/" + "x" * (MOST_PATH - 1)).status_code == 404


def request(method: str = "GET", headers: tuple[tuple[bytes, bytes], ...] = ()) -> Scope:
    return {"type": "http", "method": method, "path": "/", "raw_path": b"/", "query_string": b"", "headers": list(headers)}


async def answered(guard: Limits, scope: Scope, receive: Receive) -> list[Message]:
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    await guard(scope, receive, send)
    return said


async def never() -> Message:
    await anyio.sleep_forever()
    raise AssertionError


async def fine(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_a_body_that_does_not_arrive_in_time_is_refused() -> None:
    scope = request("POST", ((b"content-length", b"10"),))
    said = anyio.run(answered, Limits(fine, body_time=0.01), scope, never)
    assert said[0]["status"] == 408


def test_a_client_that_goes_away_in_the_middle_is_no_error() -> None:
    async def leaves() -> Message:
        return {"type": "http.disconnect"}

    scope = request("POST", ((b"transfer-encoding", b"chunked"),))
    assert anyio.run(answered, Limits(fine), scope, leaves)[0]["status"] == 200


def test_too_many_at_once_are_refused_and_later_ones_taken() -> None:
    async def story() -> list[int]:
        gate = anyio.Event()
        statuses: list[int] = []

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            await gate.wait()
            await fine(scope, receive, send)

        guard = Limits(slow, most=2)

        async def ask() -> None:
            said = await answered(guard, request(), never)
            statuses.append(said[0]["status"])
            if said[0]["status"] == 503:
                assert (b"retry-after", b"1") in said[0]["headers"]

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(ask)
            await anyio.wait_all_tasks_blocked()
            assert statuses == [503]
            gate.set()
        await ask()
        return statuses

    assert anyio.run(story) == [503, 200, 200, 200]
