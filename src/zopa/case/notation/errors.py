"""The error of all notations."""

from __future__ import annotations


class NotationError(ValueError):
    """Text that is not in the notation: what is wrong, from where to where, and how to mend it."""

    def __init__(self, message: str, start: int = 0, end: int = 0, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = max(end, start)
        self.remedy = remedy
