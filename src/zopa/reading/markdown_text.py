"""Markdown as people read it: the marks inside a line go, the marks of headings and lists stay."""

from __future__ import annotations

import re
from typing import Final

# Every part that repeats is bounded, so that no line can make a search slow.
_IMAGE: Final = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,500}(?:\s\"[^\"\n]{0,200}\")?\)")
_LINK: Final = re.compile(r"\[(?P<words>[^\[\]\n]{1,300})\]\([^()\s]{1,500}(?:\s\"[^\"\n]{0,200}\")?\)")
_AUTOLINK: Final = re.compile(r"<(https?://[^<>\s]{1,500})>")
_STRONG: Final = re.compile(r"(?<![\w*])\*\*(?P<words>[^\s*](?:[^*\n]{0,500}[^\s*])?)\*\*(?![\w*])")
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*(?P<words>[^\s*](?:[^*\n]{0,500}[^\s*])?)\*(?![\w*])")
_UNDERLINED: Final = re.compile(r"(?<!\w)(?P<mark>__?)(?P<words>[^\s_](?:[^_\n]{0,500}[^\s_])?)(?P=mark)(?!\w)")
_QUOTED: Final = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)


def plain_markdown(text: str) -> str:
    """Return a text without the marks that a Markdown reader does not show.

    Links keep their words and lose their address; pictures, comments and the marks of emphasis and of quoted blocks go.  Headings
    (``#``), lists, tables and the data before a text stay, because :func:`zopa.reading.lines.split_lines` knows them.
    Plain text without such marks is returned as it is.

    Parameters
    ----------
    text
        Any text; lines end with LF.
    """
    text = _without_comments(text)
    text = _IMAGE.sub("", text)
    for pattern in (_LINK, _STRONG, _EMPHASIS, _UNDERLINED):
        text = pattern.sub(lambda match: match["words"], text)
    text = _AUTOLINK.sub(r"\1", text)
    return _QUOTED.sub("", text)


def _without_comments(text: str) -> str:
    """Cut out what stands between ``<!--`` and ``-->``: it is not shown, and nobody checks it."""
    pieces = []
    start = 0
    while (opening := text.find("<!--", start)) >= 0:
        closing = text.find("-->", opening + 4)
        if closing < 0:
            break
        pieces.append(text[start:opening])
        start = closing + 3
    pieces.append(text[start:])
    return "".join(pieces)
