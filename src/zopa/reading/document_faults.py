"""What is wrong with a document that cannot be read, where, and what to do."""

from __future__ import annotations


class DocumentFault(ValueError):
    """Raised when a file cannot be read as an English article.

    Parameters
    ----------
    file
        Short name of the file.
    message
        What is wrong, in words, without a full stop.
    remedy
        What to do about it, in words, without a full stop.
    line
        Line counted from 1, where one is to blame.
    """

    def __init__(self, file: str, message: str, remedy: str, line: int | None = None) -> None:
        self.file = shown(file)
        self.message = shown(message)
        self.remedy = shown(remedy)
        self.line = line
        place = self.file if line is None else f"{self.file}:{line}"
        super().__init__(f"{place}: {self.message}; {self.remedy}")


def shown(text: str) -> str:
    """Return a text fit for one line of a terminal: whatever cannot be printed stands as an escape."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)
