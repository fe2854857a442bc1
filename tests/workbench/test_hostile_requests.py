"""Requests that almost make sense: known names in wrong places, odd amounts, script in every field.

The description of the interface says only that a field is a text; here its texts come from the case itself, so that they
reach far behind the first check.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.workbench.apps import HOST
from tests.workbench.asking import whole_app
from zopa.case import Case, judgements, read_case, write_starter
from zopa.cases import shipped_case

EVIL: Final = "<script>zopa_evil()</script>"
AMOUNTS: Final = (
    "40..60",
    "0",
    "-1",
    "100..0",
    "1e999",
    "1/0",
    "1/3..2/3",
    "9" * 60,
    "50%",
    "",
    " ",
    "{share: 20}",
    "[1, 2]",
    "yes",
)
ODD: Final = (
    EVIL,
    "'\"><img src=x onerror=zopa_evil()>",
    "{{7*7}}",
    "../../etc/passwd",
    "\x00",
    "\u202e\ud7ff",
    "\n- key: value",
    "a: b # c",
    "&x *x !x",
    "0",
    "-1",
    "999999999999",
    "none",
    "true",
    "2025-11-25",
    "2025-02-30",
    "x" * 5000,
    "é" * 300,
    ",,,",
    "::",
)


def words_of(case: Case) -> list[str]:
    """Return names that the case knows, and texts that look like them."""
    paths = [one.path for one in judgements(case)][:60]
    issues = [name for name, issue in case.issues.items() for _ in issue.options]
    options = [option.id for issue in case.issues.values() for option in issue.options]
    names = [*case.parties, *case.assumptions, *case.statements, *case.sources, *case.levers, *case.issues, *options]
    package = [f"{issue}:{option}" for issue, option in zip(issues, options, strict=True)]
    return [
        *names,
        *paths,
        *package,
        ",".join(package),
        *(f"{path}:{amount}" for path in paths[:12] for amount in AMOUNTS[:8]),
        *(f"{name}:{word}" for name in names[:12] for word in (*options[:3], EVIL)),
        *(f"{name}.value" for name in names[:6]),
    ]


def texts(case: Case) -> st.SearchStrategy[str]:
    words = words_of(case)
    known = st.integers(0, len(words) - 1).map(lambda at: words[at])  # a list of hundreds would be shown with each example
    return st.one_of(known, known, st.sampled_from([*AMOUNTS, *ODD]), st.tuples(known, known).map(":".join), st.text(max_size=20))


@pytest.fixture(params=["starter", pytest.param("ukraine-2025", marks=pytest.mark.slow)])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "starter":
        write_starter(tmp_path / "case")
    else:
        shutil.copytree(shipped_case(request.param), tmp_path / "case")
    return tmp_path / "case"


@pytest.fixture
def app(folder: Path) -> Iterator[FastAPI]:
    with whole_app(folder) as made:
        yield made


@pytest.fixture
def case(folder: Path) -> Case:
    found = read_case(folder).case
    assert found is not None
    return found


def sound(client: TestClient, method: str, address: str, **sent: Any) -> None:
    """Ask, and check that the answer is no error of the program and carries no script of somebody else."""
    answer = client.request(method, address, **sent)
    assert answer.status_code < 500, (method, address[:500], sent, answer.text[:500])
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "<script>zopa_evil" not in answer.text, (method, address[:500])
        assert "<img src=x" not in answer.text, (method, address[:500])


def examples(request: pytest.FixtureRequest) -> int:
    return 400 if request.node.get_closest_marker("slow") else 20


@pytest.mark.property
def test_no_query_leads_to_an_error_or_to_script(app: FastAPI, case: Case, request: pytest.FixtureRequest) -> None:
    operations = [
        (path, [one["name"] for one in item["get"].get("parameters", []) if one["in"] == "query"])
        for path, item in app.openapi()["paths"].items()
        if "get" in item
    ]
    client = TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False)

    @seed(1)
    @given(data=st.data())
    @settings(max_examples=examples(request), database=None, deadline=None, suppress_health_check=list(HealthCheck))
    def asked(data: st.DataObject) -> None:
        path, keys = data.draw(st.sampled_from(operations))
        pairs = data.draw(st.lists(st.tuples(st.sampled_from(keys or ["x"]), texts(case)), max_size=5))
        query = urlencode(pairs)
        sound(client, "GET", f"{path}?{query}")
        page = path.removesuffix(".json")
        sound(client, "GET", f"{page}?{query}", headers={"Accept": "text/html"})
        sound(client, "GET", f"{page}?{query}", headers={"HX-Request": "true"})

    asked()


@pytest.mark.property
def test_no_change_leads_to_an_error_or_breaks_the_case(
    app: FastAPI, folder: Path, case: Case, request: pytest.FixtureRequest
) -> None:
    schema = app.openapi()
    client = TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False, headers={"X-Zopa": "1"})
    around = {one for one in folder.parent.rglob("*") if "case.yaml" not in one.name}
    operations = []
    for path, item in schema["paths"].items():
        for method in set(item) & {"post", "put", "patch", "delete"}:
            body = item[method].get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            fields = schema["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
            operations.append((method.upper(), path, fields))

    def field(one: dict[str, Any]) -> st.SearchStrategy[Any]:
        text = texts(case)
        if "enum" in one or "const" in one:
            return st.one_of(st.sampled_from(one.get("enum", [one.get("const")])), text)
        if one.get("type") == "array" or any(other.get("type") == "array" for other in one.get("anyOf", [])):
            return st.one_of(st.lists(text, max_size=4), text)
        return text

    @seed(2)
    @given(data=st.data())
    @settings(max_examples=examples(request), database=None, deadline=None, suppress_health_check=list(HealthCheck))
    def asked(data: st.DataObject) -> None:
        method, path, fields = data.draw(st.sampled_from(operations))
        sent = {name: data.draw(field(one)) for name, one in fields.items() if data.draw(st.integers(0, 4))}
        sound(client, method, path, json=sent)

    asked()
    assert read_case(folder).faults == ()
    assert {one for one in folder.parent.rglob("*") if "case.yaml" not in one.name} - around <= {
        one for one in folder.rglob("*") if one.parent != folder.parent
    }
