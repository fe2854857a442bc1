"""The cases that ship with Zopa, each a folder that ``zopa check`` passes."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped_case", "shipped_cases"]


def shipped_cases() -> tuple[str, ...]:
    """Return the names of the shipped cases."""
    here = Path(__file__).parent
    return tuple(sorted(folder.parent.relative_to(here).as_posix() for folder in here.rglob("case.yaml")))


def shipped_case(name: str) -> Path:
    """Return the folder of a shipped case.

    Raises
    ------
    KeyError
        When there is no such case.
    """
    if name not in shipped_cases():
        raise KeyError(name)
    return Path(__file__).parent / name
