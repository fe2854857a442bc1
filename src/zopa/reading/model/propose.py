"""Asking a model for statements: sentences in batches, every item through the gate, one second question, then no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zopa.reading.articles import Article, Span
from zopa.reading.gate import Admitted, Candidate, admit, line_of
from zopa.reading.model.answer import read_answer
from zopa.reading.model.consent import Permission
from zopa.reading.model.endpoint import Endpoint, EndpointError, complete
from zopa.reading.model.request import MAX_CHARACTERS, batches, request, too_long
from zopa.reading.statements import Reject

Send = Callable[[Endpoint, dict[str, object]], str]


@dataclass(frozen=True)
class Candidates:
    """What a model proposed for one article.

    Attributes
    ----------
    admitted
        Proposals that passed the gate, in the order of the text. Party, level and own words are still to be found by rules.
    rejects
        What was refused, also when the second answer mended it, with reasons.
    """

    admitted: tuple[Admitted, ...]
    rejects: tuple[Reject, ...]


def propose(article: Article, sentences: Sequence[Span], permission: Permission, send: Send = complete) -> Candidates:
    """Ask a model for statements in the sentences of an article.

    Parameters
    ----------
    article
        The text.
    sentences
        Its sentences; those on headings and too long ones are not sent.
    permission
        Where the sentences may be sent.
    send
        Sends one request and returns the words of the answer.

    Raises
    ------
    EndpointError
        When the endpoint does not answer; nothing of the article is kept then.
    """
    asking = _Asking(article, sentences, permission.endpoint, send)
    numbered = []
    for number, span in enumerate(sentences, start=1):
        line = line_of(article, span)
        if line is None or line.kind != "text":
            continue
        if too_long(span.of(article.text)):
            asking.rejects.append(Reject("sentence too long", {"sentence_id": number}))
        else:
            numbered.append((number, span.of(article.text)))
    for batch in batches(numbered):
        asking.ask(batch)
    admitted = sorted(asking.admitted, key=lambda one: (one.content.start, one.cue.start, one.content.end, one.predicate))
    return Candidates(tuple(admitted), tuple(asking.rejects))


class _Asking:
    """The state of asking about one article."""

    def __init__(self, article: Article, sentences: Sequence[Span], to: Endpoint, send: Send) -> None:
        self.article, self.sentences, self.to, self.send = article, sentences, to, send
        self.structured = True
        self.admitted: dict[Admitted, None] = {}
        self.rejects: list[Reject] = []

    def ask(self, batch: dict[int, str]) -> None:
        refused = self._round(batch, ())
        self.rejects += refused
        mendable = _within_bounds(refused)
        if mendable:
            numbers = {one.proposal.get("sentence_id") for one in mendable}
            # An answer that could not be read at all is asked for again as a whole.
            again = {number: text for number, text in batch.items() if number in numbers} or batch
            self.rejects += [one for one in self._round(again, mendable) if one not in refused]

    def _round(self, batch: dict[int, str], failed: Sequence[Reject]) -> list[Reject]:
        candidates, refused = read_answer(self._answer(batch, failed), batch.keys())
        for candidate in candidates:
            passed = admit(candidate, self.article, self.sentences[candidate.sentence_id - 1])
            if isinstance(passed, Reject):
                refused.append(Reject(passed.reason, _as_asked(candidate)))
            else:
                self.admitted[passed] = None
        return refused

    def _answer(self, batch: dict[int, str], failed: Sequence[Reject]) -> str:
        if self.structured:
            try:
                return self.send(self.to, request(batch, self.to.name, failed))
            except EndpointError as error:
                if not error.refuses_form:
                    raise
                self.structured = False  # this service does not know answers bound by a schema
        return self.send(self.to, request(batch, self.to.name, failed, structured=False))


def _within_bounds(refused: Sequence[Reject]) -> list[Reject]:
    """Return the refused items worth a second question, as many as one question holds."""
    chosen: list[Reject] = []
    room = MAX_CHARACTERS
    for one in refused:
        room -= sum(len(str(value)) for value in one.proposal.values())
        if room < 0:
            break
        if one.reason != "duplicate":
            chosen.append(one)
    return chosen


def _as_asked(candidate: Candidate) -> dict[str, object]:
    """Return a proposal under the names the model was asked to use."""
    return {
        "sentence_id": candidate.sentence_id,
        "source_quote": candidate.source_quote,
        "cue_quote": candidate.cue_quote,
        "content_quote": candidate.content_quote,
        "predicate": candidate.predicate,
        "stance_code": candidate.stance_code,
        "issue_hint": candidate.issue_hint,
    }
