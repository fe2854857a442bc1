"""What the page on finding agreements answers to programs."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, Field

from zopa.workbench.whatif import LONGEST, MOST, WHATIF_QUERY

_OWN: Final = (
    ("package", "a named package, a number, or `issue=option,…` for every issue; the first Nash package where it is left out"),
    ("x", "the party of the horizontal axis"),
    ("y", "the party of the vertical axis"),
    ("beside", "a package put side by side with it; may be repeated, five at most"),
    ("sort", "`package`, `issue.ID`, `gain.PARTY`, `blocks` or `share`; `-` before it turns the order round"),
    ("show", "`zone`, `efficient`, `named` or `unknown`; all packages that keep the rules where it is left out"),
    ("who", "a party that blocks, or `nobody`"),
    ("with", "`issue=option`, to which the table is narrowed; may be repeated"),
    ("page", "page of the table, from 1"),
    ("moves", "`improve`, `nearest` or `need.PARTY`"),
)
FIND_QUERY: Final[dict[str, Any]] = {
    "parameters": [
        *WHATIF_QUERY["parameters"],
        *(
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": says,
                "schema": {"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "maxItems": MOST},
            }
            for name, says in _OWN
        ),
    ]
}


class PartyName(BaseModel):
    """A party: its id, its name, and its place in the case."""

    id: str
    name: str
    place: int


class Basis(BaseModel):
    """What a judgement rests on."""

    kind: str = Field(description="statement or assumption")
    id: str
    words: str


class Change(BaseModel):
    """One issue that has to change."""

    issue: str
    name: str
    start: str = Field(alias="from")
    to: str


class Gain(PartyName):
    """What a party gains."""

    gain: str = Field(description="Points, exact, such as 71/100.")


class Listed(BaseModel):
    """A package in a list."""

    id: int
    title: str
    options: dict[str, str]
    changes: list[Change]
    gains: list[Gain]
    zone: str
    efficient: bool
    blockers: list[PartyName]


class Because(BaseModel):
    """A rule, red line or lever that something rests on."""

    id: str
    words: str
    basis: list[Basis]


class Part(BaseModel):
    """What one analysis says on a package."""

    key: str
    title: str
    verdict: str | None = Field(description="yes, no, not known; null where the part only tells something")
    lines: list[str]
    because: list[Because]
    packages: list[Listed]
    count: int


class Option(BaseModel):
    """The option of one issue in a package."""

    issue: str
    issue_name: str
    option: str
    name: str
    in_force: bool


class Line(BaseModel):
    """A red line that a package crosses."""

    id: str
    name: str
    says: str
    certain: bool
    when: str
    basis: list[Basis]


class PartySays(PartyName):
    """What a party gets from a package and says to it."""

    points: str | None = Field(description="Exact, such as 71/100; null where they are not known.")
    gain: str | None = Field(description="Points over no deal, exact.")
    no_deal: str | None
    asked: str = Field(description="yes, no, not known: whether it has to say yes")
    accepts: str = Field(description="yes, no, not known")
    blocks: bool
    short: str | None = Field(description="Points missing to the no-deal value, exact.")
    red_lines: list[Line]


class Span(BaseModel):
    """Draws in which something holds: under the reading with the fewest and with the most."""

    lowest: int
    highest: int


class AcceptableSpan(Span):
    """The same for what everybody asked accepts, with the most if the unknown agreed."""

    possible: int


class LineSpan(AcceptableSpan):
    """Draws in which a red line is crossed; `exact` where that hangs on readings of the text alone."""

    id: str
    name: str
    exact: bool


class PartyShares(PartyName):
    """Shares of one party."""

    known: bool = Field(description="Whether its points and its no-deal value are known.")
    accepts: Span
    blocks: Span | None
    red_lines: list[LineSpan]


class CardShares(BaseModel):
    """Shares of the assumptions for one package, as draws."""

    draws: int
    acceptable: AcceptableSpan
    efficient: Span | None
    parties: list[PartyShares]


class Card(BaseModel):
    """Everything on one package."""

    id: int
    spelt: str
    title: str
    names: list[str]
    points: str = Field(description="The solution points it belongs to.")
    options: list[Option]
    parts: list[Part]
    parties: list[PartySays]
    blockers: list[str]


class Found(BaseModel):
    """A package: its card, the rules it breaks, and its shares of the assumptions."""

    card: Card
    broken: list[Because]
    mend: list[Listed] = Field(description="The nearest packages that keep the rules, where it breaks one.")
    shares: CardShares | None = Field(description="Null until they are counted: ask /shares.json.")
    faults: list[str] = Field(description="What of the address could not be followed.")


class GainCell(BaseModel):
    """A gain over no deal."""

    exact: str | None


class ShareCell(Span):
    """Draws in which everybody asked accepts a package."""

    draws: int


class TableRow(BaseModel):
    """A package in the table."""

    id: int
    title: str
    options: dict[str, str]
    zone: str
    efficient: bool
    deal: bool
    available: bool
    blockers: list[PartyName]
    gains: dict[str, GainCell]
    share: ShareCell | None


class Table(BaseModel):
    """One page of the table."""

    rows: list[TableRow]
    total: int
    page: int
    pages: int
    faults: list[str]


class MovesList(BaseModel):
    """Packages of one kind, nearest or best first."""

    title: str
    note: str
    count: int
    packages: list[Listed]


class Moves(BaseModel):
    """What could be done with a package."""

    asked: str
    title: str
    lines: list[str]
    lists: list[MovesList]
    faults: list[str]


class Compared(BaseModel):
    """Packages side by side."""

    cards: list[Card]
    shares: list[CardShares | None]
    faults: list[str]


class Name(BaseModel):
    """A name."""

    name: str


class OptionName(BaseModel):
    """An option by id and name."""

    id: str
    name: str


class IssueNames(BaseModel):
    """An issue with its options."""

    id: str
    name: str
    options: list[OptionName]


class Picture(BaseModel):
    """The packages as columns; rows are packages."""

    id: list[int]
    whole: bool = Field(description="False where there were too many packages to list.")
    parties: list[Name]
    axes: list[int]
    points: list[list[int] | None] = Field(description="By party, whole hundredths; null for parties that are on no axis.")
    no_deal: list[int | None]
    zone: str = Field(description="A sign per row: y, n, u for not known.")
    efficient: str = Field(description="A sign per row: 1 or 0.")
    names: dict[str, str]
    labels: dict[str, str]
    chosen: int
    issues: list[IssueNames] | None = Field(description="Left out with `bare=1`.")
    caveat: str | None
