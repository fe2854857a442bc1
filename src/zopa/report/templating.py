"""What every page is made with: the set of templates, the files that stand in a page, and the policy that names them."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from zopa.report.cleaning import clean
from zopa.report.plain import percent, thousands


def static_text(name: str) -> str:
    """Return a style or script that stands in a page.

    A script must not end its element early: none of ours holds the sign for it, and a test keeps it so.
    """
    return (files("zopa.report") / "static" / name).read_text(encoding="utf-8").strip()


def content_hash(text: str) -> str:
    """Return the hash by which a content-security policy names a style or a script."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def inline(text: str) -> dict[str, Any]:
    """Return one of our styles or scripts as a template takes it: the text as it is, and its hash."""
    return {"text": Markup(text), "hash": content_hash(text)}


@lru_cache(maxsize=1)
def templates() -> Any:
    """Return the environment of the report's templates."""
    return make_templates("zopa.report")


def make_templates(*packages: str) -> Any:
    """Return an environment over the templates of some packages: everything is escaped, nothing may be undefined."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(thousands=thousands, percent=percent)
    return environment


def _harmless(value: Any) -> Any:
    """Return what a page may show: text from a source loses its control characters and direction marks."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
