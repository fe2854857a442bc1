"""What the page "Ask what if" answers to programs."""

from __future__ import annotations

from pydantic import BaseModel, Field


class PartyName(BaseModel):
    """A party: its id, its name, and its place in the case."""

    id: str
    name: str
    place: int


class Switch(BaseModel):
    """Something that can be switched off and on."""

    id: str
    on: bool


class Resting(Switch):
    """A switch with what rests on it."""

    uses: list[str] = Field(description="What rests on it, the first of it.")
    count: int = Field(description="How many things rest on it.")


class StatementSwitch(Resting):
    """A statement; off, it is set aside (`without`)."""

    quote: str
    who: str
    source: str


class AssumptionSwitch(Resting):
    """A named assumption; off, it counts as not known (`off`)."""

    name: str
    reason: str
    amount: str = Field(description="Empty for one that is only a reason.")
    fixed: str = Field(description="Why it cannot be switched off; empty where it can.")


class AnswerWord(BaseModel):
    """One answer to a question about the text."""

    word: str
    says: str


class Quote(BaseModel):
    """A statement that a question is about."""

    id: str
    quote: str


class Question(BaseModel):
    """A question about the text (`read`)."""

    key: str
    name: str
    party: str
    because: list[Quote]
    words: list[AnswerWord]
    chosen: str = Field(description="The answer that is held; empty while it is open.")


class LeverSwitch(Switch):
    """A lever; on, it is among those that are pulled (`pull`)."""

    name: str
    by: str
    does: list[str]
    ready: bool = Field(description="Whether it can be pulled on the date looked at.")


class DatedGate(BaseModel):
    """A gate with a date (`at`)."""

    id: str
    name: str
    date: str
    here: bool


class Listed(BaseModel):
    """A judgement that can be dragged."""

    path: str
    name: str
    amount: str


class Moved(BaseModel):
    """A figure as it is written and as it would stand, in words."""

    before: str
    after: str
    change: str


class Stands(BaseModel):
    """How a named package stands."""

    verdict: str = Field(description="Whether it is in the zone: yes, no or not known.")
    standing: str = Field(description="Why nobody is asked about it; empty when somebody is.")
    efficient: bool
    forms: int = Field(description="Its forms that meet the rules.")
    in_zone: int = Field(description="Those of them that are in the zone.")
    blockers: list[PartyName] = Field(description="Parties that surely refuse every form.")
    sometimes: list[PartyName] = Field(description="Parties that surely refuse some of the forms.")
    not_known: list[PartyName] = Field(description="Parties whose answer is not known.")


class MovedPackage(BaseModel):
    """A named package as it is written and as it would stand."""

    id: str
    name: str
    before: Stands | None
    after: Stands | None
    change: str


class Lacking(BaseModel):
    """What stands in the way of an answer, as written or as it would stand."""

    when: str
    what: str
    remedy: str


class Kept(BaseModel):
    """An amount that could be kept in the case, and the page where."""

    path: str
    name: str
    amount: str
    href: str


class Comparison(BaseModel):
    """The case as it is written beside the case as it would stand."""

    differs: bool
    zone: Moved
    efficient: Moved
    packages: list[MovedPackage]
    gone: list[str] = Field(description="What rested on what is switched off, and what became of it.")
    missing: list[Lacking]
    faults: list[str] = Field(description="Parts of the what-if that could not be applied.")
    keep: list[Kept]


class WhatIfs(BaseModel):
    """What can be switched, how it stands, and what that moves."""

    statements: list[StatementSwitch]
    assumptions: list[AssumptionSwitch]
    questions: list[Question]
    levers: list[LeverSwitch]
    pulling: bool = Field(description="Whether exactly the levers that are on are pulled; else the case is as it stands.")
    gates: list[DatedGate]
    day: str = Field(description="The date looked at; empty when every dated gate has passed.")
    judgements: list[Listed]
    comparison: Comparison


class Place(BaseModel):
    """The zone at one place."""

    amount: str
    state: str = Field(description="open, shut, unknown or refused.")
    zone: int | None = Field(description="Packages that are surely in it; null when they cannot be counted.")
    possible: int = Field(description="Packages that are surely or possibly in it.")
    why: str = Field(description="Why the case cannot have this amount.")


class Crossing(BaseModel):
    """Two places between which the zone opens or shuts."""

    below: Place
    above: Place
    exact: bool = Field(description="Whether they are one grain apart.")


class Sweep(BaseModel):
    """The zone along one judgement, or how far working it out has come."""

    path: str
    name: str
    written: str
    set: str | None = Field(description="The amount of the what-if.")
    value: str = Field(description="The number in the base scenario; empty for a word or when it is not known.")
    low: str | None = Field(description="Ends of the range that is looked at, exact; null for a word.")
    high: str | None
    state: str = Field(description="waiting, running, done, failed, cancelled, or missing where nothing can be settled.")
    done: int
    total: int
    error: str | None
    steps: list[Place] = []
    crossings: list[Crossing] = []
    deals: int | None = None
    words: list[str] = Field(default=[], description="Where the zone is open, in sentences.")
