"""The workbench over one case, for the tests of finding agreements: work in the background is done at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fastapi.testclient import TestClient

from zopa.workbench.access import Access
from zopa.workbench.answers import Answers
from zopa.workbench.app import create_app
from zopa.workbench.context import Context
from zopa.workbench.desk import Desk

PORT = 8765


class DoneAtOnce:
    """Jobs that are done in the request that begins them; `idle` ones never begin."""

    def __init__(self, *, idle: bool = False) -> None:
        self.found: dict[str, Any] = {}
        self.idle = idle

    def start(self, key: str, function: Callable[..., Any], *arguments: Any, slot: str) -> Any:
        if key not in self.found:
            result = None if self.idle else function(*arguments, progress=None)
            state = "running" if self.idle else "done"
            self.found[key] = SimpleNamespace(key=key, state=state, done=0, total=8, result=result, error=None, slot=slot)
        return self.found[key]

    def get(self, key: str) -> Any:
        return self.found.get(key)

    def cancel(self, key: str) -> None:
        self.found[key].state = "cancelled"

    def close(self) -> None:
        self.found.clear()


@contextmanager
def opened(folder: Path, *, idle: bool = False) -> Iterator[TestClient]:
    """Yield a client of the workbench over a case."""
    context: Any = Context(Desk(folder), Answers(), DoneAtOnce(idle=idle))  # type: ignore[arg-type]
    with TestClient(create_app(context, Access.on(PORT)), base_url=f"http://127.0.0.1:{PORT}", headers={"X-Zopa": "1"}) as client:
        yield client


class Page(HTMLParser):
    """Checks nesting, and collects tags with their attributes and the words."""

    VOID = frozenset({"meta", "br", "hr", "img", "link", "input", "circle", "line", "path", "rect"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        """The words of the page, spaces made one."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Return the attributes of the tags with these values."""
        names = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [one for found, one in self.tags if found == tag and all(one.get(name) == value for name, value in names.items())]
