"""An article as stored: one text, its lines, and which of them speak."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

LineKind = Literal["text", "heading", "dateline", "caption", "empty"]


@dataclass(frozen=True, order=True)
class Span:
    """A half-open range of code points of an article's text.

    Attributes
    ----------
    start, end
        Offsets in Unicode code points, ``start <= end``.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words it names."""
        return text[self.start : self.end]

    def within(self, other: Span) -> bool:
        """Return whether it lies inside another span."""
        return other.start <= self.start and self.end <= other.end

    def touches(self, other: Span) -> bool:
        """Return whether both share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Line:
    """One line of an article.

    Attributes
    ----------
    number
        Counted from 1.
    span
        Where it stands in the text, without its line end.
    kind
        Only lines of kind ``text`` yield statements.
    """

    number: int
    span: Span
    kind: LineKind


@dataclass(frozen=True)
class Article:
    """A text to read.

    Attributes
    ----------
    name
        Short name without folder, such as ``article.txt``.
    text
        The stored text; every offset counts its code points. Lines end with ``\\n``.
    lines
        All lines of the text in order.
    title
        Title, where the file names one.
    dated
        Date that the text or the file itself offers; used only when a person confirms it.
    """

    name: str
    text: str
    lines: tuple[Line, ...]
    title: str | None = None
    dated: date | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the stored text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()
