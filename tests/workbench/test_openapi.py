"""The description of the interface for programs, and the page about it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.workbench.apps import HOST, bare_app


@pytest.fixture
def client() -> TestClient:
    return TestClient(bare_app(), base_url=f"http://{HOST}")


def test_the_description_says_how_things_go_wrong_and_what_a_change_carries(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert set(schema["paths"]) == {"/page.json", "/change", "/bare", "/broken", "/faulty"}
    parts = schema["components"]["schemas"]
    assert "HTTPValidationError" not in parts
    assert set(parts["Problem"]["properties"]) == {"detail", "faults"}
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            assert "422" not in operation["responses"]
            assert "application/problem+json" in operation["responses"]["default"]["content"]
            marks = [one for one in operation.get("parameters", []) if one["name"] == "X-Zopa"]
            assert len(marks) == (0 if method == "get" else 1), path
    assert "HTTPValidationError" not in str(schema)


def test_what_the_description_says_of_errors_is_what_comes(client: TestClient) -> None:
    import jsonschema

    schema = client.get("/openapi.json").json()
    for answer in (client.get("/page.json?many=x"), client.post("/change"), client.get("/nowhere")):
        assert answer.is_error
        jsonschema.validate(answer.json(), schema["components"]["schemas"]["Problem"])


def test_the_page_lists_every_endpoint_and_needs_nobody(client: TestClient) -> None:
    page = client.get("/api").text
    for path in client.get("/openapi.json").json()["paths"]:
        assert f" {path}</code>" in page
    assert "<code>X-Zopa</code>" in page
    assert "<code>amount</code>" in page
    assert "<script" not in page
    assert "http" not in page
    assert "style=" not in page


def test_the_description_is_made_once() -> None:
    app = bare_app()
    first = app.openapi()
    assert app.openapi() is first
    (mark,) = [one for one in first["paths"]["/bare"]["post"]["parameters"] if one["name"] == "X-Zopa"]
    assert mark["required"] is True
