"""What a case would have to say before a question can be answered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that an answer lacks, and the line of the case that would supply it."""

    path: str
    what: str
    remedy: str

    def as_json(self) -> dict[str, str]:
        """Return plain JSON data."""
        return {"path": self.path, "what": self.what, "remedy": self.remedy}
