"""One lexer for amounts, conditions and chains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from zopa.case.notation.errors import NotationError

MAX_LENGTH: Final = 10_000
MAX_DEPTH: Final = 50
MAX_DIGITS: Final = 100  # products of two doubles written out in full have some 70

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*)
    |(?P<sign>\.\.|->|>>|>=|<=|!=|[-+*/()|=<>])""",
    re.VERBOSE,
)
_HINTS: Final = (
    ("==", "Write a single =."),
    ("&&", "Write `and`."),
    ("||", "Write `or`; a single | separates options."),
    ("...", "Write two dots: 10..20."),
    ("%", "Write the number alone, without a % sign."),
    ("_", "Write numbers without _."),
    ("≥", "Write >=."),
    ("≤", "Write <=."),
    ("≠", "Write !=."),
    ("–", "Write .. for a range and - for a minus."),
    ("−", "Write - for a minus."),
    (",", "Write decimals with a point, and separate options with |."),
    ("!", "Write `not`, or != for `is not`."),
    ("'", "Leave out the quotation marks inside the notation."),
    ('"', "Leave out the quotation marks inside the notation."),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text: its kind (number, name, sign, end), the text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, with an ``end`` token behind the last.

    Raises
    ------
    NotationError
        For a character that belongs to no notation, with a hint for common slips.
    """
    if len(text) > MAX_LENGTH:
        raise NotationError(f"the text is longer than {MAX_LENGTH:,} characters", 0, MAX_LENGTH, "Split it.")
    if not text.strip():
        raise NotationError("nothing stands here", 0, 0, "Write a value.")
    for slip in ("==", "&&", "||", "..."):
        at = text.find(slip)
        if at >= 0:
            raise NotationError(f"{slip} is not known", at, at + len(slip), dict(_HINTS)[slip])
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _strange(text, position)
        kind = match.lastgroup or ""
        if kind == "number":
            _check_number(text, match)
        if kind != "space":
            found.append(Token(kind, match.group(), position, match.end()))
        position = match.end()
    return [*found, Token("end", "", len(text), len(text))]


def _strange(text: str, position: int) -> NotationError:
    for slip, remedy in _HINTS:
        if text.startswith(slip, position):
            return NotationError(f"{slip} is not known", position, position + len(slip), remedy)
    shown = text[position]
    return NotationError(
        f"the character {shown!r} is not known", position, position + 1, "Use letters, digits and the signs of the notation."
    )


def _check_number(text: str, match: re.Match[str]) -> None:
    """Refuse numbers that run into letters (1e5, 1_000, 20years) and numbers nobody can mean."""
    if max(map(len, match.group().split("."))) > MAX_DIGITS:
        remedy = f"Write at most {MAX_DIGITS} digits before the point and behind it."
        raise NotationError("the number has too many digits", match.start(), match.end(), remedy)
    rest = text[match.end() : match.end() + 1]
    if rest.isalpha() or rest == "_":
        glued = re.match(r"\w+", text[match.start() :])
        shown = glued.group() if glued else match.group()
        if re.match(r"\d+e\d", shown, re.IGNORECASE):
            remedy = "Write the number in full, without an exponent."
        elif "_" in shown:
            remedy = "Write the number without _."
        else:
            remedy = "Separate the number from the word."
        raise NotationError(f"{shown} is neither a number nor a name", match.start(), match.start() + len(shown), remedy)


class Cursor:
    """Reads tokens one after another and guards the depth of nesting."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.position = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.position]

    def next(self) -> Token:
        """Return the next token and step over it."""
        token = self.here
        if token.kind != "end":
            self.position += 1
        return token

    def take(self, *texts: str) -> Token | None:
        """Step over the next token if it is one of these, and return it."""
        if self.here.kind in {"sign", "name"} and self.here.text in texts:
            return self.next()
        return None

    def expect(self, text: str, remedy: str) -> Token:
        """Step over a token that must be there."""
        found = self.take(text)
        if found is None:
            raise self.unexpected(remedy, f"{text} is missing")
        return found

    def unexpected(self, remedy: str, message: str | None = None) -> NotationError:
        """Return an error at the next token."""
        token = self.here
        shown = "the end" if token.kind == "end" else token.text
        return NotationError(message or f"{shown} cannot stand here", token.start, token.end, remedy)

    def finish(self, remedy: str) -> None:
        """Check that nothing is left."""
        if self.here.kind != "end":
            raise self.unexpected(remedy)

    def deeper(self) -> None:
        """Note one more level of nesting."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotationError(
                f"nested more than {MAX_DEPTH} levels", self.here.start, self.here.end, "Split it into named parts."
            )

    def shallower(self) -> None:
        """Note that a level of nesting has ended."""
        self.depth -= 1
