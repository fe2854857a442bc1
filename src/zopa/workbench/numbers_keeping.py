"""Keeping changed numbers in the case: what somebody saw is compared with what stands, and a reason is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from zopa.case import Case, CaseFaults, NotationError, format_amount, judgement_at, parse_amount
from zopa.report.plain import party_name
from zopa.workbench.desk import EditConflict, Standing
from zopa.workbench.edit import Edit
from zopa.workbench.editing_numbers import Reason, edit_number, edit_weights
from zopa.workbench.editing_red_lines import add_red_line, change_red_line, red_line_of, remove_red_line
from zopa.workbench.numbers_rows import alike_paths
from zopa.workbench.numbers_view import red_line_view
from zopa.workbench.pages import context_of
from zopa.workbench.replies import conflict_reply, faults_reply, refusal, saved_reply
from zopa.workbench.whatif import LONGEST, set_name

router = APIRouter(tags=["change the numbers"])
LONGEST_REASON: Final = 2000
LONGEST_WHY: Final = 120  # characters of a reason that stand with what can be undone
Words = Annotated[str, Field(max_length=LONGEST)]
Flag = Annotated[str, Field(max_length=10, description="`yes`, or empty.")]
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "It is saved: the new revision, and in words what was done."},
    409: {"description": "Somebody changed it in the meantime. Send it again with `force` to take yours all the same."},
    422: {"description": "Nothing was saved; `detail` and `faults` say why and how to mend it."},
}


class Reasoned(BaseModel):
    """What a change is to rest on."""

    because: list[Words] = Field(default=[], max_length=100, description="Statements or tables of the case.")
    assume: str = Field(default="", max_length=LONGEST_REASON, description="A reason in words, or a named assumption.")
    keep_basis: Flag = Field(default="", description="`yes`: what it rests on now still holds.")
    alike: Flag = Field(default="", description="`yes`: the same for the parties that the case declares alike.")
    force: Flag = Field(default="", description="`yes`: even if somebody changed it in the meantime.")

    def reason(self) -> Reason:
        """Return the reason."""
        return Reason(tuple(self.because), self.assume.strip() or None, self.keep_basis == "yes")


class Kept(Reasoned):
    """A number that is to stand in the case."""

    path: Words = Field(description="The judgement, or a named assumption as `assumptions.ID`.")
    amount: Words = Field(description="The amount in the notation of case files.")
    was: Words = Field(description="The amount that was seen.")


class KeptWeights(Reasoned):
    """Several weights of one party that are changed together, so that their sum is kept."""

    path: list[Words] = Field(min_length=1, max_length=400)
    amount: list[Words] = Field(min_length=1, max_length=400)
    was: list[Words] = Field(min_length=1, max_length=400)


class RedLineChange(Reasoned):
    """A red line that is added, changed or removed."""

    do: str = Field(pattern="^(add|change|remove)$", description="`add`, `change` or `remove`.")
    party: Words = ""
    id: Words = Field(default="", description="The red line; empty for a new one.")
    way: str = Field(default="refuses", pattern="^(refuses|requires)$")
    condition: Words = Field(default="", description="The condition; empty to take it from issue, comparison and options.")
    issue: Words = ""
    comparison: str = Field(default="=", pattern="^(=|!=|<|<=|>|>=)$")
    option: list[Words] = Field(default=[], max_length=400)
    name: Words = ""
    was: Words = Field(default="", description="What the red line said when it was seen: `refuses: CONDITION`.")

    def text(self) -> str:
        """Return the condition in the notation of case files."""
        return self.condition.strip() or f"{self.issue} {self.comparison} {'|'.join(self.option)}"


class NoDealChange(Reasoned):
    """A no-deal value that is given, as a share of the way from the worst to the best package that the rules allow."""

    party: Words
    share: Words = Field(description="Per cent, as an amount.")
    was: Words = Field(default="", description="The amount that was seen; empty when there was none.")


@router.post("/numbers/keep", responses=ANSWERS)
def keep(request: Request, sent: Kept) -> Response:
    """Keep a number in the case file, with the reason for it."""

    def make(case: Case) -> tuple[Edit, ...]:
        paths = [sent.path, *_others(case, sent.path, sent)]
        return tuple(edit for path in paths for edit in edit_number(case.text, case, path, sent.amount, sent.reason()))

    return _save(request, sent, [(sent.path, sent.was)], make, lambda case: f"{set_name(case, sent.path)}: {sent.amount}")


def _others(case: Case, path: str, sent: Reasoned) -> list[str]:
    """Return the paths of the same number of other parties, where it is to be the same for them."""
    return alike_paths(case, path) if sent.alike == "yes" else []


@router.post("/numbers/weights", responses=ANSWERS)
def weights(request: Request, sent: KeptWeights) -> Response:
    """Keep several weights of a party at once, for one reason."""
    if not len(sent.path) == len(sent.amount) == len(sent.was):
        return refusal("Give as many amounts, and amounts that were seen, as paths.", 422)
    amounts = dict(zip(sent.path, sent.amount, strict=True))

    def make(case: Case) -> tuple[Edit, ...]:
        made = edit_weights(case.text, case, amounts, sent.reason())
        others: dict[str, dict[str, str]] = {}
        for path, amount in amounts.items():
            for other in _others(case, path, sent):
                others.setdefault(other.split(".")[1], {})[other] = amount
        return (*made, *(edit for one in others.values() for edit in edit_weights(case.text, case, one, sent.reason())))

    return _save(request, sent, list(zip(sent.path, sent.was, strict=True)), make, _weights_words(amounts))


def _weights_words(amounts: dict[str, str]) -> Callable[[Case], str]:
    party = next(iter(amounts)).split(".")
    return lambda case: f"{len(amounts)} weights of {party_name(case, party[1] if len(party) > 1 else '')}"


@router.post("/numbers/red-line", responses=ANSWERS)
def red_line(request: Request, sent: RedLineChange) -> Response:
    """Add, change or remove a red line."""

    def make(case: Case) -> tuple[Edit, ...]:
        text = case.text
        if sent.do == "add":
            return add_red_line(text, case, sent.party, _way(sent), sent.text(), sent.reason(), sent.name)
        if sent.do == "change":
            return change_red_line(text, case, sent.id, _way(sent), sent.text(), sent.reason())
        if not sent.assume.strip():
            raise ValueError("Say why the red line goes: it is kept with what can be undone.")
        return remove_red_line(text, case, sent.id)

    def moved(case: Case) -> str | None:
        if sent.do == "add":
            return None
        line = red_line_view(case, red_line_of(case, sent.id))
        now = f"{line['way']}: {line['condition']}"
        return None if now == sent.was else f"The red line now {now}."

    done = {"add": "a red line added", "change": f"red line {sent.id} changed", "remove": f"red line {sent.id} removed"}[sent.do]
    # What goes leaves no place in the file for its reason: it stands with what can be undone.
    why = f" ({' '.join(sent.assume.split())[:LONGEST_WHY]})" if sent.do == "remove" else ""
    return _save(request, sent, [], make, lambda _case: done + why, moved)


def _way(sent: RedLineChange) -> Any:
    return sent.way


@router.post("/numbers/no-deal", responses=ANSWERS)
def no_deal(request: Request, sent: NoDealChange) -> Response:
    """Give a party a no-deal value where it has none, or where it is a package."""
    path = f"preferences.{sent.party}.no_deal"

    def make(case: Case) -> tuple[Edit, ...]:
        return edit_number(case.text, case, path, sent.share, sent.reason())

    def moved(case: Case) -> str | None:
        placed = judgement_at(case, path)
        text = "" if placed is None else placed.text
        return None if text == sent.was.strip() else f"The no-deal value is now {text or 'none'} in the case."

    return _save(request, sent, [], make, lambda case: f"No-deal value of {party_name(case, sent.party)}: {sent.share}", moved)


def _save(
    request: Request,
    sent: Reasoned,
    seen: Sequence[tuple[str, str]],
    make: Callable[[Case], tuple[Edit, ...]],
    words: Callable[[Case], str],
    moved: Callable[[Case], str | None] | None = None,
) -> Response:
    """Save edits, unless what somebody saw is no longer what stands there."""
    desk = context_of(request).desk
    standing: Standing = desk.look()
    case = standing.case
    if standing.faults:
        return refusal("The case file has faults: mend it first. Nothing was saved.", 422)
    try:
        known = [(one, was) for path, was in seen for one in (path, *_others(case, path, sent))]
        changed = [] if sent.force == "yes" else [line for path, was in known if (line := _differs(case, path, was))]
        if moved is not None and sent.force != "yes" and (line_now := moved(case)):
            changed.append(line_now)
        if changed:
            return refusal(" ".join(changed), 409)
        edits = make(case)
        if not edits:
            return refusal("Nothing would change.", 422)
        return saved_reply(desk.save(edits, words(case)), words(case))
    except CaseFaults as error:
        return faults_reply(error)
    except EditConflict as error:
        return conflict_reply(error)
    except ValueError as error:
        said = str(error)
        return refusal(f"{said[:1].upper()}{said[1:]}{'' if said.endswith('.') else '.'}", 422)


def _differs(case: Case, path: str, was: str) -> str | None:
    """Return in words what stands at a path now, when it is not what was seen."""
    placed = judgement_at(case, path)
    if placed is None:
        return None  # that there is no such number is said when the edit is made
    try:
        same = format_amount(parse_amount(was)) == placed.text
    except NotationError:
        same = False
    return None if same else f"{set_name(case, path)} is now {placed.text} in the case."
