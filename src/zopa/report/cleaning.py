"""Text from sources made harmless: control characters and direction marks are taken out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Characters that change how a terminal or a page shows what follows: controls and direction marks.
_UNSAFE: Final = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]")


def clean(text: str) -> str:
    """Return text from a source without control characters and direction marks."""
    return _UNSAFE.sub("", unicodedata.normalize("NFC", text))
