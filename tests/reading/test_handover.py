"""What a draft is made from: the parties somebody speaks for or about, and who acted for each."""

from __future__ import annotations

from datetime import date

from tests.reading.test_parsing import article
from zopa.reading.actors import NO_ACTORS, Actor, Actors
from zopa.reading.handover import draft_input
from zopa.reading.pipeline import ArticleReading, Settings, read_article

TEXT = """Peruvian President Ana Ruiz said on Monday that the river needs a treaty.
President-elect Eva Paz of Chile wants a new dam.
The bakers' guild met in the Hall of Tiles. Zorba left."""
DAY = date(2024, 3, 13)
ACTORS = Actors(
    (
        Actor("Ana Ruiz", "PER", role="president", from_=date(2020, 1, 1), until=date(2025, 1, 1)),
        Actor("Eva Paz", "CHL", role="president-elect", from_=date(2024, 1, 1), until=date(2024, 6, 1)),
        Actor("Eva Paz", "CHL", role="president", from_=date(2024, 6, 1), until=None),
    )
)


def read(actors: Actors = ACTORS) -> ArticleReading:
    return read_article(article(TEXT), Settings(DAY, actors))


def test_statements_text_and_date_are_handed_over() -> None:
    reading = read()
    found = draft_input(reading, ACTORS)
    assert found.article is reading.article
    assert found.document_date == DAY
    assert tuple(found.statements) == reading.statements
    assert found.word_classes is not None
    assert found.word_classes["river"] == "NOUN"


def test_only_some_statements_and_another_name() -> None:
    reading = read()
    renamed = article(TEXT, "stored.md")
    found = draft_input(reading, ACTORS, reading.statements[:1], renamed)
    assert found.article.name == "stored.md"
    assert tuple(found.statements) == reading.statements[:1]
    assert tuple(draft_input(reading, ACTORS, ()).statements) == ()


def test_offices_have_the_dates_of_the_actors() -> None:
    parties = draft_input(read(), ACTORS).parties
    (ruiz,) = [one for one in parties["PER"].principals if one.name == "Ana Ruiz"]
    assert (ruiz.start, ruiz.end) == (date(2020, 1, 1), date(2025, 1, 1))
    said = next(one for one in read().statements if one.speaker == "Ana Ruiz")
    assert said.id in ruiz.because
    # Who is elected takes office later.
    (paz,) = [one for one in parties["CHL"].principals if one.name == "Eva Paz"]
    assert paz.start == date(2024, 6, 1)


def test_without_actors_offices_have_no_dates() -> None:
    parties = draft_input(read(NO_ACTORS), NO_ACTORS).parties
    assert [(one.start, one.end) for one in parties["PER"].principals] == [(None, None)]


def test_every_party_that_speaks_is_handed_over_and_assumed_ones_only_with_words() -> None:
    reading = read()
    parties = draft_input(reading, ACTORS).parties
    assert {"PER", "CHL"} <= set(parties)
    spoken = {key for one in reading.statements for key in (one.party, one.about)}
    for key, found in reading.parties.table.items():
        assert (key in parties) == (not found.assumed or key in spoken)
        if key in parties:
            assert parties[key].name == found.name
            assert set(parties[key].words) == {mention.text for mention in found.mentions}
