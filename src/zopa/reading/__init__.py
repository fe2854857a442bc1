"""From a text to sourced statements, and from statements to a draft case."""

from zopa.reading.actors import NO_ACTORS, Actor, Actors, default_actors, read_actors
from zopa.reading.applying import Applied, Orphan, Standing, apply
from zopa.reading.articles import Article, Line, Span
from zopa.reading.decision_file import Decisions, FaultyDecisions, decision_file, load_decisions, reconciled, save_decisions
from zopa.reading.decisions import PIECES, Decision, Value, known_parties
from zopa.reading.document_faults import DocumentFault
from zopa.reading.documents import open_article
from zopa.reading.draft.drafting import Draft, draft_case, write_draft
from zopa.reading.draft.existing import Added, add_to_case
from zopa.reading.draft.inputs import NothingToDraft
from zopa.reading.draft.reviewed import Reviewed, update_case
from zopa.reading.english import refuse_other_languages
from zopa.reading.events import NO_EVENTS, Event, Events, read_events
from zopa.reading.handover import draft_input
from zopa.reading.lines import offered_date, split_lines
from zopa.reading.model.consent import ConsentMissing, Permission, permission
from zopa.reading.model.endpoint import Endpoint, EndpointError, endpoint
from zopa.reading.model.propose import Candidates, propose
from zopa.reading.output import reading_json
from zopa.reading.parsing import ReadingUnavailable, Sentence, language, parse
from zopa.reading.parties import Parties, PartyFound
from zopa.reading.pipeline import ArticleReading, Settings, read_article, read_articles
from zopa.reading.resolving import Resolved
from zopa.reading.review import Review, accept, add, edit, jump, move, progress, reject, start, undo
from zopa.reading.selecting import ReadArticle, ReviewFault, line_at, words_of
from zopa.reading.statements import PREDICATES, PSEUDO_PARTIES, Amount, Reject, Statement, TimeExpression, Trigger

__all__ = [
    "Actor",
    "Actors",
    "Added",
    "Amount",
    "Applied",
    "Article",
    "ArticleReading",
    "Candidates",
    "ConsentMissing",
    "Decision",
    "Decisions",
    "DocumentFault",
    "Draft",
    "Endpoint",
    "EndpointError",
    "Event",
    "Events",
    "FaultyDecisions",
    "Line",
    "NO_ACTORS",
    "NO_EVENTS",
    "NothingToDraft",
    "Orphan",
    "PIECES",
    "PREDICATES",
    "PSEUDO_PARTIES",
    "Parties",
    "PartyFound",
    "Permission",
    "ReadArticle",
    "ReadingUnavailable",
    "Reject",
    "Resolved",
    "Review",
    "ReviewFault",
    "Reviewed",
    "Sentence",
    "Settings",
    "Span",
    "Standing",
    "Statement",
    "TimeExpression",
    "Trigger",
    "Value",
    "accept",
    "add",
    "add_to_case",
    "apply",
    "decision_file",
    "default_actors",
    "draft_case",
    "draft_input",
    "edit",
    "endpoint",
    "jump",
    "known_parties",
    "language",
    "line_at",
    "load_decisions",
    "move",
    "offered_date",
    "open_article",
    "parse",
    "permission",
    "progress",
    "propose",
    "read_actors",
    "read_article",
    "read_articles",
    "read_events",
    "reading_json",
    "reconciled",
    "refuse_other_languages",
    "reject",
    "save_decisions",
    "split_lines",
    "start",
    "undo",
    "update_case",
    "words_of",
    "write_draft",
]
