"""The gate: words of one sentence, found where they stand, or a reason."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from zopa.reading.articles import Article, Line, Span
from zopa.reading.gate import Admitted, Candidate, admit, find_quote, line_of
from zopa.reading.statements import Reject

# ---------------------------------------------------------------------------------------------------- finding words

TEXT = "The river board met.\n“No canal — not one — will open,” said the river board’s chair; the river board agreed.\nIt left."
SENTENCE = Span(TEXT.index("“No"), TEXT.index("\nIt left"))
ALPHABET = "abN  \n\t.'’“\"—-,15é\u0301\u0323\u200b\u200d\u00ad\u1112\u1161\u11ab\u212b\u09c7\u09be𝒜"


def found(quote: str, near: Span | None = None) -> str:
    place = find_quote(TEXT, SENTENCE, quote, near)
    return place.of(TEXT) if isinstance(place, Span) else f"({place})"


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ('"No canal - not one - will open,"', "“No canal — not one — will open,”"),
        ("  the river\n board's   chair ", "the river board’s chair"),
        ("No canal", "No canal"),
        ("no canal", "(not in sentence)"),
        ("No canals", "(not in sentence)"),
        ("canal open", "(not in sentence)"),
        ("ver board", "(not in sentence)"),
        ("The river board met", "(not in sentence)"),
        ("the river board agreed. It left", "(crosses sentences)"),
        ("met. “No canal", "(crosses sentences)"),
        ("", "(empty)"),
        (" \u200b\u0301\n", "(empty)"),
        (',"', ",”"),
        ("!", "(not in sentence)"),
    ],
)
def test_words_are_found_in_their_sentence_alone(quote: str, wanted: str) -> None:
    assert found(quote) == wanted


def test_of_several_places_the_nearest_is_taken() -> None:
    first, second = (match.start() for match in re.finditer("the river board", TEXT))
    agreed, said = Span(TEXT.index("agreed"), TEXT.index("agreed") + 6), Span(TEXT.index("said"), TEXT.index("said") + 4)
    places = [find_quote(TEXT, SENTENCE, "the river board", near) for near in (None, said, agreed)]
    assert [place.start for place in places if isinstance(place, Span)] == [first, first, second]
    both = find_quote(TEXT, SENTENCE, "the river board", Span(first + 15, second), agreed)
    assert isinstance(both, Span)
    assert both.start == second, "as near to the content, nearer to the cue"


def folded(text: str) -> str:
    shaped = unicodedata.normalize("NFC", text)
    for shapes, plain in (("“”„‟«»″", '"'), ("‘’‚‛′`´", "'"), ("‐‑‒–—―−", "-")):
        shaped = "".join(plain if character in shapes else character for character in shaped)
    return re.sub(r"\s+", " ", shaped)


def splits(text: str, at: int) -> bool:
    """Return whether a place of a folded text lies inside a word, a number or a contraction, or before a mark."""
    if at in {0, len(text)}:
        return False
    if unicodedata.category(text[at])[0] == "M":
        return True
    left = "".join(character for character in text[:at] if unicodedata.category(character) != "Cf")[-1:]
    right = "".join(character for character in text[at:] if unicodedata.category(character) != "Cf")[:1]
    if all(one and (one.isalnum() or one == "_" or unicodedata.category(one)[0] == "M") for one in (left, right)):
        return True
    number = re.compile(r"(?<=\d)[.,:/-](?=\d)")
    if any(match.start() in {at, at - 1} for match in number.finditer(text)):
        return True
    return any(match.start() in {at, at - 1} for match in re.finditer(r"(?<=[nN])'(?=[tT](?!\w))", text))


@pytest.mark.oracle
@given(st.text(alphabet=ALPHABET, max_size=24), st.data())
@example("a b\u0301 5.1", None)
def test_a_quotation_is_found_just_when_its_folded_words_stand_between_word_boundaries(
    text: str, data: st.DataObject | None
) -> None:
    sentence = Span(0, len(text))
    if data is None:
        quote = "5"
    else:
        first = data.draw(st.integers(0, len(text)))
        quote = data.draw(
            st.just(text[first : data.draw(st.integers(first, len(text)))]) | st.text(alphabet=ALPHABET, max_size=4)
        )
    whole, wanted = folded(text), folded(quote).strip()
    stands = any(
        whole.startswith(wanted, at) and not splits(whole, at) and not splits(whole, at + len(wanted))
        for at in range(len(whole) - len(wanted) + 1)
    )
    place = find_quote(text, sentence, quote)
    if all(unicodedata.category(character)[0] in "CMZ" for character in quote):
        assert place == "empty"
    elif stands:
        assert isinstance(place, Span)
        assert folded(place.of(text)).strip() == wanted
    else:
        assert place == "not in sentence"


@pytest.mark.property
@given(st.text(max_size=15), st.text(alphabet=ALPHABET, max_size=25) | st.text(max_size=15), st.text(max_size=15), st.data())
def test_every_place_lies_in_the_sentence_and_reads_as_quoted(before: str, middle: str, after: str, data: st.DataObject) -> None:
    text = before + middle + after
    sentence = Span(len(before), len(before) + len(middle))
    first = data.draw(st.integers(0, len(text)))
    quote = text[first : data.draw(st.integers(first, len(text)))]
    near = Span(first, first)
    place = find_quote(text, sentence, quote, near)
    if isinstance(place, Span):
        assert place.within(sentence)
        assert place.start < place.end
        assert folded(place.of(text)).strip() == folded(quote).strip()


@pytest.mark.property
@given(
    st.lists(st.sampled_from(["canal", "will", "e\u0301te\u0301", "5.5", "“open”", "—", "don’t", "𝒜b", "각"]), min_size=1),
    st.data(),
)
def test_whole_words_are_always_found_however_they_are_written(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    quote = " ".join(words[first:last])
    assume(any(character.isalnum() for character in quote))
    quote = data.draw(st.sampled_from([unicodedata.normalize("NFC", quote), unicodedata.normalize("NFD", quote)]))
    quote = quote.replace("“", '"').replace("’", "'").replace("—", "-").replace(" ", "\n")
    text = "  ".join(words)
    place = find_quote(text, Span(0, len(text)), quote)
    assert isinstance(place, Span)
    assert folded(place.of(text)) == folded(quote)


# ---------------------------------------------------------------------------------------------------- letting through


def make(*lines: str, heading: int | None = None) -> Article:
    made, start = [], 0
    for number, line in enumerate(lines, start=1):
        made.append(Line(number, Span(start, start + len(line)), "heading" if number == heading else "text"))
        start += len(line) + 1
    return Article("text.txt", "\n".join(lines), tuple(made))


def judged(
    sentence: str, source: str | None, cue: str, content: str, predicate: str = "say", stance: str = "none"
) -> Admitted | Reject:
    article = make("Before it.", sentence, "After it.")
    return admit(Candidate(1, source, cue, content, predicate, stance), article, article.lines[1].span)


def roles(sentence: str, *proposal: str | None) -> tuple[str, str] | str:
    """Return cue and content as admitted, or the reason."""
    result = judged(sentence, *proposal)  # type: ignore[arg-type]
    text = make("Before it.", sentence, "After it.").text
    return result.reason if isinstance(result, Reject) else (result.cue.of(text), result.content.of(text))


FISH = "The fleet owners didn't provide figures, but said the quota might fall by up to 20% if stocks do not recover."
RENT = "The council will not accept the rent, and the tenants said it might accept a delay."


@pytest.mark.parametrize(
    ("sentence", "proposal", "wanted"),
    [
        (FISH, ("The fleet owners", "provide", "figures", "decline", "none"), ("didn't provide", "figures")),
        (FISH, ("The fleet owners", "provide", "figures", "offer", "for"), "dropped negation"),
        (FISH, ("The fleet owners", "said", "the quota might fall by up to 20%"), ("said", "the quota might fall by up to 20%")),
        (FISH, ("The fleet owners", "said", "fall by up to 20%"), ("said", "might fall by up to 20%")),
        (FISH, ("The fleet owners", "said", "20% if stocks do not recover"), ("said", "up to 20% if stocks do not recover")),
        (FISH, ("The fleet owners", "said", "the quota might fall by up"), ("said", "the quota might fall by up to 20%")),
        (FISH, ("The fleet owners", "said", "stocks do"), ("said", "stocks do")),
        (FISH, ("The fleet owners", "said", "recover"), "dropped negation"),
        (FISH, ("The fleet owners", "said", "the quota might fall by up to 2"), "not in sentence"),
        (RENT, ("The council", "accept", "the rent", "agree", "for"), "dropped negation"),
        (RENT, ("The council", "accept", "the rent", "reject", "against"), ("will not accept", "the rent")),
        (RENT, ("The council", "will not accept", "the rent", "reject", "against"), ("will not accept", "the rent")),
        (RENT, ("The council", "will not accept", "the rent", "agree", "for"), "stance against its words"),
        (RENT, ("it", "accept", "a delay", "concede", "open"), ("might accept", "a delay")),
        (RENT, ("the tenants", "said", "accept a delay"), ("said", "might accept a delay")),
        ("The union did not reject the plan.", ("The union", "reject", "the plan", "reject", "against"), "dropped negation"),
        ("The union did not say when.", ("The union", "say", "when"), ("did not say", "when")),
        ("The union did not say when.", ("The union", "say", "when", "say", "for"), "dropped negation"),
        ("The union said it is not true that talks ended.", ("The union", "said", "talks ended"), "dropped negation"),
        ("No union said that talks ended.", ("union", "said", "that talks ended"), "negated source"),
        (
            "The ferry line asks for at least 5 years.",
            ("The ferry line", "asks for at least", "5 years", "demand", "for"),
            "cuts a number",
        ),
        ("Nobody at the port agreed to it.", ("the port", "agreed to", "it", "agree", "for"), "negated source"),
        ("Ada said no.", ("Ada", "said", "said no"), "roles overlap"),
        ("Aas said that Aas wants a lease.", ("Aas", "said", "that Aas wants a lease"), ("said", "that Aas wants a lease")),
        ("At least 40 ships wait, it said.", ("At least", "said", "40 ships wait"), "roles overlap"),
        ("The port wants a lease.", ("The port", "wants a lease", "a lease", "want", "for"), "roles overlap"),
        ("The port wants a lease.", ("The port", "wants", "After it", "want", "for"), "not in sentence"),
        ("The port wants a lease.", ("The port", "craves", "a lease", "want", "for"), "not in sentence"),
        ("The port wants a lease.", ("The mayor", "wants", "a lease", "want", "for"), "not in sentence"),
        ("The port wants a lease.", ("The port", "wants", "a lease. After", "want", "for"), "crosses sentences"),
        ("The port wants a lease.", ("The port", "wants", "a lease", "yearn", "for"), "unknown word"),
        ("The port wants a lease.", ("The port", "wants", "a lease", "want", "pro"), "unknown word"),
        ("The port wants a lease.", ("The port", "wants", "", "want", "for"), "empty"),
        ("The port wants a lease.", ("The port", "wants", ".", "want", "for"), "empty"),
        ("The port: no new lease.", ("The port", ":", "no new lease", "say", "none"), (":", "no new lease")),
    ],
)
def test_negations_modals_and_numbers_are_read_from_the_text(
    sentence: str, proposal: tuple[str, ...], wanted: tuple[str, str] | str
) -> None:
    assert roles(sentence, *proposal) == wanted


def test_cue_and_content_are_taken_as_close_together_as_they_stand() -> None:
    sentence = "The port said it wants a lease, and the city said it wants a lease."
    result = judged(sentence, "the city", "wants", "a lease", "want", "for")
    assert isinstance(result, Admitted)
    assert result.source is not None
    text = make("Before it.", sentence).text
    assert text[result.cue.start : result.content.end] == "wants a lease"
    first = judged("Said Ada: yes. Said Bo: yes.", "Bo", "Said", "yes")
    assert isinstance(first, Admitted)
    assert first.cue.start < first.content.start


def test_what_rules_read_stands_beside() -> None:
    result = judged(FISH, "The fleet owners", "said", "the quota might fall by up to 20%")
    assert isinstance(result, Admitted)
    assert (result.article, result.line, result.negated) == ("text.txt", 2, False)
    assert [(one.value, one.bound) for one in result.quantities] == [(20, "max")]
    assert [(one.text, one.force) for one in result.hedges] == [("might", "soft")]


def test_headings_and_places_in_no_line_yield_nothing() -> None:
    article = make("Port wants a lease", "The port said so.", heading=1)
    proposal = Candidate(1, "Port", "wants", "a lease", "want", "for")
    for span in (article.lines[0].span, Span(10, 25), Span(500, 510)):
        result = admit(proposal, article, span)
        assert isinstance(result, Reject)
        assert result.reason == "heading"
    assert line_of(article, Span(10, 25)) is None
    assert line_of(Article("empty.txt", "", ()), Span(0, 0)) is None


@pytest.mark.parametrize(("level", "kept"), [(0, False), (1, False), (2, False), (3, True), (4, True), (None, True)])
def test_levels_0_to_2_need_a_source(level: int | None, kept: bool) -> None:
    article = make("Talks on the lease have begun.")
    proposal = Candidate(1, None, "have begun", "Talks on the lease", "fact", "none")
    result = admit(proposal, article, article.lines[0].span, level)
    assert isinstance(result, Admitted) is kept
    if isinstance(result, Reject):
        assert result.reason == "no source"
        assert result.proposal["content_quote"] == "Talks on the lease", "the proposal is kept for people to look at"


@pytest.mark.property
@given(st.text(alphabet=ALPHABET + "not ", max_size=40), st.data())
def test_whatever_is_proposed_only_words_of_the_sentence_come_through(middle: str, data: st.DataObject) -> None:
    line = re.sub(r"[\n\t]", " ", middle)
    article = make("The port said 5 words.", line, "It will not accept 5 words.")
    cut = st.tuples(st.integers(0, len(article.text)), st.integers(0, 12)).map(lambda at: article.text[at[0] : sum(at)])
    proposal = Candidate(1, data.draw(st.none() | cut), data.draw(cut), data.draw(cut), "say", "none")
    for sentence in (one.span for one in article.lines):
        result = admit(proposal, article, sentence)
        if isinstance(result, Admitted):
            spans = [result.cue, result.content, *([result.source] if result.source else [])]
            assert all(span.within(sentence) and span.start < span.end for span in spans)
            assert not result.cue.touches(result.content)
            assert folded(proposal.cue_quote).strip() in folded(result.cue.of(article.text))
            assert folded(proposal.content_quote).strip() in folded(result.content.of(article.text))
            assert all(one.span.within(result.content) for one in result.quantities)


@pytest.mark.property
@given(st.sampled_from(["agree", "want", "offer", "say", "support"]), st.sampled_from(["not", "never", "n’t"]), st.booleans())
def test_no_acceptance_survives_a_negation_left_out(predicate: str, negation: str, passive: bool) -> None:
    verb = "be persuaded to accept" if passive else "accept"
    sentence = f"The ferry line would{'' if negation == 'n’t' else ' '}{negation} {verb} the fare."
    article = make(sentence)
    proposal = Candidate(1, "The ferry line", verb, "the fare", predicate, "for")
    result = admit(proposal, article, article.lines[0].span)
    assert isinstance(result, Reject)
    assert result.reason == "dropped negation"
    assert isinstance(
        admit(replace(proposal, predicate="reject", stance_code="against"), article, article.lines[0].span), Admitted
    )
