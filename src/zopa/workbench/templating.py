"""The templates of the workbench: its own beside those of the report, made with the same rules."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from zopa.report.templating import make_templates

REPORT_FILES = ("design.css", "chart-runtime.js", "picture.js")  # what the report and the workbench share


@lru_cache(maxsize=1)
def templates() -> Any:
    """Return the environment of the templates: those of the workbench first, then those of the report."""
    environment = make_templates("zopa.workbench", "zopa.report")
    environment.globals.update(static=static_address)
    return environment


def render(name: str, **values: Any) -> str:
    """Return a template filled in."""
    return str(templates().get_template(name).render(**values))


@lru_cache(maxsize=64)
def static_bytes(name: str) -> bytes | None:
    """Return a style or script that pages may ask for; None for any other name."""
    known = {one.name for one in (files("zopa.workbench") / "static").iterdir()}
    if name in REPORT_FILES:
        return (files("zopa.report") / "static" / name).read_bytes()
    return (files("zopa.workbench") / "static" / name).read_bytes() if name in known else None


@lru_cache(maxsize=64)
def static_address(name: str) -> str:
    """Return the address of a style or script, with its hash, so that it can be kept for good.

    Raises
    ------
    KeyError
        When there is no such file.
    """
    content = static_bytes(name)
    if content is None:
        raise KeyError(name)
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:16]}"
