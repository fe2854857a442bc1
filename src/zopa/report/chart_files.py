"""The pictures of a report that stand still, as SVG files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from zopa.case import Case
from zopa.report.answer_view import answer_view
from zopa.report.explore_view import explore_view
from zopa.report.lever_view import lever_view
from zopa.report.package_view import package_view
from zopa.settlement import LeverComparison, Sample, Settlement

if TYPE_CHECKING:
    from zopa.exploration import Exploration

_OPENING: Final = "<svg "
_NAMES: Final = {
    "levels": "share-by-level",
    "changes": "changes-by-reading",
    "picture": "zone",
    "turning": "what-turns-the-answer",
    "map": "shares-of-packages",
    "zone": "zone-by-lever",
    "gain": "gains-by-lever",
}


def chart_files(
    case: Case,
    settlement: Settlement,
    drawn: Sample | None,
    exploration: Exploration | None = None,
    levers: LeverComparison | None = None,
) -> dict[str, bytes]:
    """Return the charts of a report as files by name, each with the style it needs, in light colours."""
    style = _style()
    found: dict[str, bytes] = {}
    hangs = explore_view(case, exploration)["hangs"] or {}
    levered = lever_view(case, settlement, levers)["levered"] or {}
    for view in (answer_view(case, settlement, drawn), package_view(case, settlement, drawn), hangs, levered):
        for key, value in view.items():
            pictures = list(_pictures(value))
            stem = _NAMES.get(key.removesuffix("_chart"), re.sub(r"\W+", "-", key))
            for number, picture in enumerate(pictures, 1):
                name = f"{stem}.svg" if len(pictures) == 1 else f"{stem}-{number}.svg"
                found[name] = _alone(picture, style).encode("utf-8")
    return found


def _pictures(value: Any) -> Iterator[str]:
    if isinstance(value, Markup):
        if value.startswith(_OPENING):
            yield str(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _pictures(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _pictures(inner)


def _alone(picture: str, style: str) -> str:
    """Return a picture of a page as a file: with its name space, a style, and a ground."""
    head, _, rest = picture.partition(">")
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" {head.removeprefix(_OPENING)}>'
    return f'{opened}<style>{style}</style><rect width="100%" height="100%" fill="#fff"/>{rest}\n'


def _style() -> str:
    """Return the rules for pictures from the one style of the report, with its light colours put in."""
    text = (files("zopa.report") / "static" / "design.css").read_text(encoding="utf-8")
    values = dict(re.findall(r"--([\w-]+):([^;}]+)", text.partition("@media")[0]))
    rules = re.findall(r"(?:^|(?<=\}))\s*(svg [^{}@]+\{[^{}]*\})", text.partition("@media print")[0], re.MULTILINE)
    sans = f"svg{{font:13px {values.get('sans', 'sans-serif')}}}"
    return sans + re.sub(r"var\(--([\w-]+)\)", lambda found: values.get(found[1], "inherit"), "".join(rules))
