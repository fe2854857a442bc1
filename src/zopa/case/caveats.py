"""What must be said first about the sources of a case."""

from __future__ import annotations

from zopa.case.model import Case

_SAYS = {
    "restatement": "restates somebody else's text in our own words and is no independent source",
    "recollection": "is told from general knowledge, without a text to check it against",
}


def speaking_sources(case: Case) -> tuple[str, ...]:
    """Return the caveats about the sources, restatements and recollections first, then grades that cannot be judged."""
    found = [f"{source.title} {_SAYS[source.kind]}." for kind in _SAYS for source in case.sources.values() if source.kind == kind]
    found += [
        f"The reliability of {source.title} cannot be judged (grade F)."
        for source in case.sources.values()
        if source.reliability == "F"
    ]
    if case.sources and len(case.sources) == 1:
        found.append("The whole case rests on a single source.")
    if not case.sources:
        found.append("The case quotes no source: everything in it is an assumption.")
    return tuple(found)
