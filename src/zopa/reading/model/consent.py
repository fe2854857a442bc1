"""Consent, asked once for each service before a text leaves the machine."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zopa.case import write_whole
from zopa.reading.model.endpoint import Endpoint


class ConsentMissing(RuntimeError):
    """Nobody has agreed that text may leave the machine."""


@dataclass(frozen=True)
class Permission:
    """An endpoint that text may be sent to; made only by :func:`permission`.

    Attributes
    ----------
    endpoint
        Where text may go.
    why
        ``this machine``, ``agreed before``, ``agreed now`` or ``for this run``.
    """

    endpoint: Endpoint
    why: str


def permission(to: Endpoint, ask: Callable[[str], bool] | None = None, send: bool = False) -> Permission:
    """Return the permission to send sentences to an endpoint, asking for it when need be.

    A model on this machine needs none: the text stays here. Consent is remembered by host and port in
    ``consent.json`` of the user's folder for settings; consent by ``send`` holds for one run and is not remembered.

    Parameters
    ----------
    to
        Where text would go.
    ask
        Puts a question to the user and returns whether the answer was yes; None when nobody can be asked.
    send
        Whether the caller was told explicitly, as by an option in a script.

    Raises
    ------
    ConsentMissing
        When the user says no, or nobody can be asked.
    """
    if to.loopback:
        return Permission(to, "this machine")
    if send:
        return Permission(to, "for this run")
    if to.place in _agreed():
        return Permission(to, "agreed before")
    if ask is None:
        raise ConsentMissing(
            f"the sentences of the text would be sent to {to.place}, and nobody has agreed to that: start once in a terminal "
            "and say yes, or give --yes-send"
        )
    if not ask(question(to)):
        raise ConsentMissing(f"nothing was sent to {to.place}; the text was read by rules alone")
    with contextlib.suppress(OSError, RuntimeError):  # a folder that cannot be written only means that the question comes again
        _remember(to.place)
    return Permission(to, "agreed now")


def question(to: Endpoint) -> str:
    """Return the question that is put to the user."""
    return (
        f"The sentences of this text, and of texts you read with the same model later, will be sent to {to.place}, "
        "outside this machine. Send them?"
    )


def consent_file() -> Path:
    """Return where consent is remembered: ``$XDG_CONFIG_HOME/zopa/consent.json``, else ``~/.config/zopa/consent.json``."""
    chosen = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    # A path that is not absolute is invalid and ignored (XDG Base Directory Specification).
    return (chosen if chosen.is_absolute() else Path.home() / ".config") / "zopa" / "consent.json"


def _agreed() -> frozenset[str]:
    """Return the places agreed to; a file that cannot be read or is malformed agrees to nothing."""
    try:
        kept = json.loads(consent_file().read_text(encoding="utf-8"))
        places = kept["agreed"]
    except (OSError, ValueError, RuntimeError, LookupError, TypeError):  # RuntimeError: no home, or bottomless nesting
        return frozenset()
    return frozenset(one for one in places if isinstance(one, str)) if isinstance(places, list) else frozenset()


def _remember(place: str) -> None:
    path = consent_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    path.chmod(0o600)  # the writer keeps the mode of what is there
    write_whole(path, json.dumps({"agreed": sorted({*_agreed(), place})}, indent=1).encode("utf-8"))
