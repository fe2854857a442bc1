"""The ids of a case file."""

from __future__ import annotations

from dataclasses import dataclass, field

from zopa.case.faults import Place


@dataclass(slots=True)
class Names:
    """What each id of the file stands for, and where it was introduced first.

    An id introduced twice is a fault.  It then stands for both things, so that its uses are not reported
    as well.  ``lost`` are the kinds of which the ids could not be read: any id may stand for one of those.
    """

    kinds: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def add(self, name: str, kind: str, place: Place) -> None:
        """Take an id."""
        self.kinds.setdefault(name, []).append(kind)
        self.places.setdefault(name, place)

    def kind(self, name: str, *wanted: str) -> str | None:
        """Return what an id stands for (one of the kinds wanted if it is one of them), or None."""
        kinds = self.kinds.get(name, [])
        lost = (kind for kind in wanted if kind in self.lost)
        return next((kind for kind in kinds if kind in wanted), kinds[0] if kinds else next(lost, None))

    def is_a(self, name: str, *kinds: str) -> bool:
        """Return whether an id stands for one of these kinds."""
        return self.kind(name, *kinds) in kinds

    def of_kind(self, *kinds: str) -> list[str]:
        """Return the ids of these kinds, in file order."""
        return [name for name, own in self.kinds.items() if any(kind in kinds for kind in own)]


def with_article(word: str) -> str:
    """Return a word behind `a` or `an`."""
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"
