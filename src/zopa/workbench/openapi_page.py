"""The interface for programs: its description (OpenAPI), and a page about it for people."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from zopa import __version__
from zopa.workbench.mishaps import PROBLEM_TYPE
from zopa.workbench.templating import render

DESCRIPTION: Final = (
    "Every page of the workbench has a twin in JSON at the same address with `.json` behind its path. "
    "What if: the query of an address holds changes that are looked at and never written. "
    "A request that changes the case carries the header `X-Zopa: 1`; where the server was started with a token, every request "
    "carries `Authorization: Bearer TOKEN`."
)
PROBLEM: Final = {
    "title": "Problem",
    "description": "What went wrong, in words.",
    "type": "object",
    "required": ["detail", "faults"],
    "properties": {
        "detail": {"type": "string", "title": "What went wrong"},
        "faults": {"type": "array", "items": {"type": "string"}, "title": "All faults, where there are several"},
    },
    "additionalProperties": False,
}
MARK: Final = {
    "name": "X-Zopa",
    "in": "header",
    "required": True,
    "description": "Says that the request comes from a program of its own accord, not from a page of somebody else.",
    "schema": {"type": "string", "enum": ["1"]},
}
METHODS: Final = ("get", "put", "post", "delete", "patch")


def describe(app: FastAPI) -> None:
    """Let an application describe itself, with what its guards ask for and how it says what went wrong."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            app.openapi_schema = _completed(made)
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    parts = schema.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        parts.pop(name, None)
    parts["Problem"] = PROBLEM
    reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
    content = {PROBLEM_TYPE: reference, "application/json": reference, "text/html": {"schema": {"type": "string"}}}
    for item in schema.get("paths", {}).values():
        for method in METHODS:
            if method not in item:
                continue
            operation = item[method]
            answers = operation.setdefault("responses", {})
            answers.pop("422", None)
            for status, answer in answers.items():
                if status.startswith(("4", "5")):
                    answer["content"] = content
            answers["default"] = {"description": "What went wrong, in words", "content": content}
            if method != "get":
                operation.setdefault("parameters", []).append(MARK)
    return schema


async def openapi_page(request: Request) -> HTMLResponse:
    """Return the page about the interface for programs."""
    schema = request.app.openapi()
    return HTMLResponse(render("api.html.j2", endpoints=_endpoints(schema), about=DESCRIPTION, version=__version__))


def _endpoints(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all endpoints in the order of their paths."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "about": operation.get("description", ""),
            "parameters": [_parameter(one) for one in operation.get("parameters", [])],
            "body": _fields(schema, operation.get("requestBody", {})),
            "answer": _fields(schema, _success(operation)),
        }
        for path, item in sorted(schema.get("paths", {}).items())
        for method, operation in item.items()
        if method in METHODS
    ]


def _success(operation: dict[str, Any]) -> dict[str, Any]:
    return next((answer for status, answer in operation["responses"].items() if status.startswith("2")), {})


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "where": one["in"],
        "needed": one.get("required", False),
        "about": one.get("description", ""),
        "kind": _kind(one.get("schema", {})),
    }


def _fields(schema: dict[str, Any], holder: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of a body or an answer, one level deep; the whole stands in the description."""
    found = holder.get("content", {}).get("application/json", {}).get("schema", {})
    found = _resolved(schema, found)
    needed = found.get("required", [])
    return [
        {"name": name, "kind": _kind(one), "about": one.get("description", ""), "needed": name in needed}
        for name, one in found.get("properties", {}).items()
    ]


def _resolved(schema: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    name = found.get("$ref", "").rpartition("/")[2]
    resolved: dict[str, Any] = schema["components"]["schemas"].get(name, found)
    return resolved


def _kind(schema: dict[str, Any]) -> str:
    """Return the kind of a value in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return "nothing" if kind == "null" else kind
