"""The application: its first page, its styles and scripts, and what it leaves alone."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.workbench.apps import HOST, bare_app
from zopa.workbench.app import FOR_GOOD, ROUTERS, create_app
from zopa.workbench.templating import REPORT_FILES, static_address, static_bytes


@pytest.fixture
def app() -> FastAPI:
    return bare_app()


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=f"http://{HOST}", follow_redirects=False)


def test_the_first_page_is_finding_agreements_with_the_what_if_of_the_address(client: TestClient) -> None:
    assert client.get("/").headers["location"] == "/find"
    assert client.get("/?without=S1&at=2025-11-25").headers["location"] == "/find?without=S1&at=2025-11-25"
    assert client.get("/?//evil.example").headers["location"] == "/find?//evil.example"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("htmx.min.js", "text/javascript; charset=utf-8"),
        ("htmx.LICENSE.txt", "text/plain; charset=utf-8"),
        ("design.css", "text/css; charset=utf-8"),
    ],
)
def test_styles_and_scripts_are_served_and_kept_for_good(client: TestClient, name: str, kind: str) -> None:
    answer = client.get(static_address(name))
    assert answer.status_code == 200
    assert answer.content == static_bytes(name)
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == FOR_GOOD
    for other in (f"/static/{name}", f"/static/{name}?v=0", f"/static/{name}?v="):
        assert client.get(other).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "..%5capp.py",
        "app.py",
        "",
        ".",
        "%00",
        "htmx.min.js%00.css",
        "htmx.min.js/",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "report.html.j2",
        "HTMX.MIN.JS",
    ],
)
def test_no_other_file_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_long_text_is_packed_where_that_is_understood(client: TestClient) -> None:
    packed = client.get("/static/htmx.min.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == static_bytes("htmx.min.js")
    assert int(packed.headers["content-length"]) < 0.5 * len(packed.content)
    plain = client.get("/static/htmx.min.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(gzip.compress(client.get("/page").content)) < 1000
    assert client.get("/page").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/page.json").headers


def test_everything_that_pages_may_ask_for_has_a_kind(client: TestClient) -> None:
    from importlib.resources import files

    names = [one.name for one in (files("zopa.workbench") / "static").iterdir()]
    assert "htmx.min.js" in names
    for name in [*names, "design.css"]:
        assert client.get(f"/static/{name}").status_code == 200, name
    assert "design.css" in REPORT_FILES


def test_htmx_comes_with_its_licence_and_asks_nobody() -> None:
    licence, script = static_bytes("htmx.LICENSE.txt"), static_bytes("htmx.min.js")
    assert licence is not None
    assert script is not None
    assert b"Zero-Clause BSD" in licence
    assert b'version:"2.0.11"' in script
    assert b"://" not in script


def test_the_framework_brings_no_pages_of_its_own(client: TestClient) -> None:
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        assert client.get(path).status_code == 404


def test_background_work_ends_with_the_application(app: FastAPI) -> None:
    with TestClient(app, base_url=f"http://{HOST}"):
        assert app.state.context.closed == []
    assert app.state.context.closed == [True]


def test_telemetry_of_the_framework_is_off_whatever_the_surroundings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    app = bare_app()
    kept = app._telemetry
    assert not any(kept[key] for key in ("auto_configure", "tracing", "metrics", "logs", "operation_spans"))
    assert not app._native_telemetry.enabled()
    with TestClient(app, base_url=f"http://{HOST}") as client:
        assert client.get("/page").status_code == 200


def test_routers_are_there_once_their_modules_are(app: FastAPI) -> None:
    assert len(set(ROUTERS)) == len(ROUTERS)
    assert create_app(app.state.context, None, routers=("there_is_no_such_module",)) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize("module", ["zopa.workbench", "zopa.cli", "zopa.cli.serving", "zopa.workbench.job_process"])
def test_what_starts_quickly_does_not_load_the_framework(module: str) -> None:
    heavy = {"fastapi", "starlette", "uvicorn", "pydantic", "jinja2", "numpy", "opentelemetry"}
    probe = f"import sys, {module}; print(sorted({heavy!r} & set(sys.modules)))"
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"
