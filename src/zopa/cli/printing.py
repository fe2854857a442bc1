"""How commands print: tables for people, JSON for other programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def console(*, errors: bool = False) -> Console:
    """Return where tables are printed; lines are not folded where nobody watches, because other programs read them."""
    from rich.console import Console

    wide = None if (sys.stderr if errors else sys.stdout).isatty() else 160
    return Console(stderr=errors, width=wide, highlight=False)


def print_json(data: Any) -> None:
    """Print data as JSON, in plain letters where the terminal knows no others."""
    import json

    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(data, ensure_ascii=plain, indent=2))
