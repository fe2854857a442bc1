"""Asking everything that an application says about itself: what is wrong with an answer is an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.workbench.apps import HOST
from zopa.workbench.access import Access
from zopa.workbench.answers import Answers
from zopa.workbench.app import create_app
from zopa.workbench.context import Context
from zopa.workbench.desk import Desk
from zopa.workbench.jobs import Jobs

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@contextmanager
def whole_app(folder: Path, access: Access | None = None) -> Iterator[FastAPI]:
    """Give the application with all its pages over a case."""
    jobs = Jobs()
    try:
        yield create_app(Context(Desk(folder), Answers(), jobs), access or Access.on(8765))
    finally:
        jobs.close()


def ask(app: FastAPI, examples: int, number: int = 0, headers: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ask every operation of an application for something, some of it sound and some not.

    Returns
    -------
    dict of str to str
        What was wrong, by operation; empty when all is well.
    """
    sent = {"Host": HOST, **(headers or {})}
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=sent)
    wrong: dict[str, str] = {}
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # an operation that cannot be read is an error here

        @seed(number)
        @given(case=operation.as_strategy())
        @settings(max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck))
        def asked(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, headers=sent)

        try:
            asked()
        except (Exception, BaseExceptionGroup) as error:
            wrong[operation.label] = "\n".join(str(one) for one in getattr(error, "exceptions", [error]))
    return wrong
