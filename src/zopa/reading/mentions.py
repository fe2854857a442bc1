"""Pieces of a sentence that may name a party: phrases of the tables, names, titles, single words.

Capital letters, the tables of titles and names, and the order of the words decide; the grammar's tags only say
whether a small word may stand inside a noun phrase, because a small model mistakes names too often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from zopa.reading.metonyms import Known, known_phrases
from zopa.reading.parsing import Sentence
from zopa.reading.titles import PEOPLE, Noun, nouns, short_titles, words

PieceKind = Literal["known", "name", "noun", "word", "owner", "determiner", "and", "comma", "preposition", "stop"]

# A word, with inner hyphens, stops, apostrophes and ampersands; each alternative starts with another character.
_WORD: Final = re.compile(r"\w+(?:[-.'’&/]\w+)*|[,;:.!?()–—]|'|’")
_ABBREVIATIONS: Final = frozenset("jr sr st no corp inc ltd co mr mrs ms dr messrs prof rev".split()) | frozenset(short_titles())
_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES: Final = frozenset(
    "de la le du des del della di da dos das do van der den von zu zur ter ten te bin ibn bint al el ad as abu ben y e af".split()
)
_DETERMINERS: Final = frozenset(
    "the a an this that these those his her its their our my your both all each every any no another such other two three four "
    "five six seven eight nine ten dozens hundreds thousands".split()
)
_PREPOSITIONS: Final = frozenset(
    "of for at from with in within inside across among throughout to by on about under over against between into near behind "
    "around through during before after since until without toward towards".split()
)
PRONOUNS: Final = frozenset(
    "he she it they him her them we us i me you who which that this these those himself herself itself themselves".split()
)
# Words with a capital letter, mostly at the start of a sentence, that are never names.
_SMALL_WORDS: Final = frozenset(
    "and or but nor so yet if when while as although though because where why how what whether there here then now not however "
    "also still meanwhile moreover additionally later earlier today yesterday tomorrow despite unless once even only according "
    "some many several few most more less others said says say is are was were be been has have had will would may might could "
    "should must can do does did yes let please just like than monday tuesday wednesday thursday friday saturday sunday january "
    "february march april june july august september october november december".split()
)
_LONGEST_TAIL: Final = 8
_FOR_SOMETHING: Final = frozenset(
    "center centre movement institute council committee alliance coalition campaign society front trust foundation association "
    "network federation fund league".split()
)
# "Ministry of Trade and Industry", "Minister for Health": the fields belong to the organ or the title.
_OF_FIELDS: Final = frozenset({"ministry", "department", "minister", "secretary", "secretary of state"})
_NO_NAMES: Final = _DETERMINERS | _PREPOSITIONS | PRONOUNS | _SMALL_WORDS


class Word(NamedTuple):
    """A word of the line: text with straight apostrophes, offsets in the line, tag, and small letters without a last stop."""

    text: str
    start: int
    end: int
    tag: str
    small: str


class Piece(NamedTuple):
    """Words that belong together: a phrase of the tables, a name, a noun of the tables, or a single word."""

    kind: PieceKind
    text: str
    start: int
    end: int
    known: Known | None = None
    noun: Noun | None = None
    tag: str = ""


# Words ---------------------------------------------------------------------------------------------


def words_of(sentence: Sentence, places: Sequence[tuple[int, str]] | None = None) -> list[Word]:
    """Return the words and stops of a sentence; ``places`` are the offsets and tags of its tokens, if at hand."""
    if places is None:
        places = [(token.idx, token.tag_) for token in sentence.tokens]
    line = sentence.line.span.of(sentence.article.text)
    base = sentence.line.span.start
    last = sentence.span.end - base
    found: list[Word] = []
    index, count = 0, len(places)
    for match in _WORD.finditer(line, sentence.span.start - base, last):
        end = match.end()
        whole = match.group()
        # Only a possessive ending or an apostrophe has parts.
        cut = _parts(whole, match.start(), line) if whole[-1] in "sS'’" else ((whole, match.start()),)
        for part, at in cut:
            while index + 1 < count and places[index + 1][0] <= at:
                index += 1
            text = part.replace("’", "'")
            found.append(Word(text, at, at + len(part), places[index][1] if places else "", text.rstrip(".").casefold()))
        if found and end < last and line[end] == "." and _keeps_its_stop(found[-1].text):
            word = found[-1]
            found[-1] = Word(f"{word.text}.", word.start, word.end + 1, word.tag, word.small)
    return [word for index, word in enumerate(found) if not (word.text == "." and index and found[index - 1].end == word.end)]


def _parts(text: str, start: int, line: str) -> Iterator[tuple[str, int]]:
    """Cut a possessive ending off a word; an apostrophe alone counts as one only behind a plural and before a blank."""
    if text[-2:] in {"'s", "’s", "'S", "’S"} and len(text) > 2:
        yield text[:-2], start
        yield text[-2:], start + len(text) - 2
    elif text in {"'", "’"}:
        if start and line[start - 1] in "sSzxZX" and line[start + 1 : start + 2] == " ":
            yield text, start
    else:
        yield text, start


def _keeps_its_stop(text: str) -> bool:
    return "." in text or (len(text) == 1 and text.isupper()) or text.casefold() in _ABBREVIATIONS


# Pieces --------------------------------------------------------------------------------------------


@cache
def _phrase_table(capitals: bool) -> dict[str, list[tuple[tuple[str, ...], Known]]]:
    """Return the known phrases by their first word, longest first; all in capitals for lines that shout."""
    found: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
    for phrase, known in known_phrases().items():
        parts = tuple(match.group() for match in re.finditer(r"[^\s,]+|,", phrase.upper() if capitals else phrase))
        found.setdefault(parts[0], []).append((parts, known))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def pieces_of(
    sentence: Sentence, names: frozenset[str] = frozenset(), places: Sequence[tuple[int, str]] | None = None
) -> list[Piece]:
    """Return the pieces of a sentence, in order.

    Parameters
    ----------
    sentence
        The sentence, parsed.
    names
        Words that are names elsewhere in the text, so that the first word of a sentence can be told from a name.
    places
        Offsets and tags of the sentence's tokens, where they are at hand already.
    """
    listed = words_of(sentence, places)
    shouts = sentence.text.isupper() and len(listed) > 2
    cutter = _Cutter(listed, shouts, names)
    found: list[Piece] = []
    at = 0
    while at < len(listed):
        taken, piece = cutter.piece(at)
        found.append(piece)
        at = taken
    return found


@cache
def _noun_lengths() -> Mapping[str, tuple[int, ...]]:
    """Return for the first word of each noun of the tables how many words such nouns have, longest first."""
    found: dict[str, set[int]] = {}
    for form in nouns():
        found.setdefault(form.split(" ", 1)[0], set()).add(form.count(" ") + 1)
    return MappingProxyType({first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()})


class _Cutter:
    """Cuts a list of words into pieces; what it finds out about a place it keeps."""

    def __init__(self, listed: Sequence[Word], shouts: bool, names: frozenset[str]) -> None:
        self.words = listed
        self.shouts = shouts
        self.names = names
        self._phrases = _phrase_table(shouts)
        self._lengths = _noun_lengths()
        self._nouns: dict[int, tuple[int, Noun] | None] = {}
        self._capitals: dict[int, bool] = {}

    def piece(self, at: int) -> tuple[int, Piece]:
        """Return the piece at a place, and where the next one starts."""
        word = self.words[at]
        small = word.small
        found = self.known(at)
        if found is not None and not self.goes_on_as_name(found[0], found[1]):
            end, known = found
            return end, self.make("known", at, end, known=known)
        noun = self.noun(at)
        if noun is not None and not self.is_name(at, noun[0]):
            end = self.fields_end(noun[0]) if noun[1].singular in _OF_FIELDS and word.text[:1].isupper() else noun[0]
            return end, self.make("noun", at, end, noun=noun[1])
        if self.capital(at) and not self.leads_to_title(at) and not self.opens_a_crowd(at):
            end = self.name_end(at)
            one = self.make("name", at, end)
            # "Caribbean", "Latin American": where somebody comes from, never who.
            return end, one._replace(kind="word", tag="JJ") if one.text.casefold() in words("region") else one
        kind: PieceKind = "word"
        if word.text in {"'s", "'S", "'"}:
            kind = "owner"
        elif word.text in {","}:
            kind = "comma"
        elif not word.text[0].isalnum():
            kind = "stop"
        elif small in {"and", "or", "plus"}:
            kind = "and"
        elif small in _PREPOSITIONS:
            kind = "preposition"
        elif small in _DETERMINERS:
            kind = "determiner"
        return at + 1, self.make(kind, at, at + 1)

    def make(self, kind: PieceKind, first: int, end: int, known: Known | None = None, noun: Noun | None = None) -> Piece:
        text = self.words[first].text
        if end - first > 1:
            text = " ".join(word.text for word in self.words[first:end]).replace(" ,", ",").replace(" '", "'")
        return Piece(kind, text, self.words[first].start, self.words[end - 1].end, known, noun, self.words[end - 1].tag)

    def known(self, at: int) -> tuple[int, Known] | None:
        """Return the longest phrase of the tables at a place."""
        text = self.words[at].text
        entries = self._phrases.get(text) or self._phrases.get(text.rstrip("."))
        for parts, known in entries or ():
            end = at + len(parts)
            here = self.words[at:end]
            if len(here) == len(parts) and all(a.text == b or a.text.rstrip(".") == b for a, b in zip(here, parts, strict=True)):
                return end, known
        return None

    def noun(self, at: int) -> tuple[int, Noun] | None:
        """Return the longest noun of the tables at a place, whatever its letters."""
        if at not in self._nouns:
            self._nouns[at] = self._noun(at) if at < len(self.words) else None
        return self._nouns[at]

    def _noun(self, at: int) -> tuple[int, Noun] | None:
        word = self.words[at]
        table = nouns()
        for length in self._lengths.get(word.text.casefold(), ()):
            here = self.words[at : at + length]
            if len(here) == length:
                found = table.get(" ".join(one.text for one in here).casefold())
                if found is not None and (length > 1 or found.is_a("voice", "member") or word.tag[:1] != "V"):
                    return at + length, found
        title = short_titles().get(word.small)
        if title is not None and word.text[:1].isupper() and self.capital(at + 1):
            return at + 1, table[title]
        return None

    def capital(self, at: int) -> bool:
        """Return whether a word looks like part of a name."""
        if at not in self._capitals:
            self._capitals[at] = self._capital(at) if 0 <= at < len(self.words) else False
        return self._capitals[at]

    def _capital(self, at: int) -> bool:
        word = self.words[at]
        first = word.text[0]
        if word.text.endswith(("-based", "-backed", "-born", "-led", "-owned", "-registered")):
            return False
        if not (first.isupper() or (word.text[:3] in {"al-", "el-"} and word.text[3:4].isupper())) or word.small in _NO_NAMES:
            # "May" and "March" are names only beside another name.
            return False
        if self.shouts:
            return word.tag in {"NNP", "NNPS"}
        starts = at == 0 or self.words[at - 1].text in {".", "!", "?", ":"}
        if not starts or word.tag in {"NNP", "NNPS"} or word.text in self.names or (len(word.text) > 1 and word.text.isupper()):
            return True
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if word.tag[:1] == "V":
            title = self.noun(at + 1)
            if title is not None and title[1].is_a(*PEOPLE) and self.capital(title[0]):
                return True  # "Acme chief executive Tom Poe", taken for a verb
        return (
            following is not None
            and following.text[0].isupper()
            and following.small not in _NO_NAMES
            and self.known(at + 1) is None
            and self.noun(at + 1) is None
        )

    def name_end(self, at: int) -> int:
        """Return where a name ends that starts at a place."""
        end = at + 1
        corporate = self.words[at].small in words("corporate")
        while end < len(self.words):
            word = self.words[end]
            if self.capital(end) or (self.is_may(end)):
                found = self.known(end)
                if found is not None and found[1].form in {"adjective", "people", "person"}:
                    break
                noun = self.noun(end)
                opens = noun is not None and self.capital(noun[0]) and word.small not in words("corporate")
                if (
                    opens
                    and noun is not None
                    and not (self.ends_as_body(noun[0]) and (noun[1].plural or not noun[1].is_a(*PEOPLE)))
                ):
                    break  # "Acme Chief Executive Tom Poe", but "Island States Alliance"
                corporate = corporate or word.small in words("corporate")
                end += 1
            elif word.small in _PARTICLES and word.text.islower() and self.particles_lead_to_name(end):
                end += 1
            elif word.text in {"'", "'s"} and self.is_of_many(end - 1, at) and self.ends_as_body(end + 1):
                corporate = True
                end += 2  # "Elm Street Tenants' Association"
            elif word.text == "," and end + 1 < len(self.words) and self.words[end + 1].small in _GENERATIONS | {"inc", "ltd"}:
                end += 2
            elif corporate and word.text == "of" and self.goes_on_behind_of(end):
                end += 2 if self.capital(end + 1) else 3
            elif word.text == "for" and self.words[end - 1].small in _FOR_SOMETHING and self.goes_on_behind_for(end):
                end += 2 if self.capital(end + 1) else 3  # "Movement for a Free Coast"
            elif word.text == "for" and corporate and self.is_field(end + 1):
                end += 2  # "Board for Rural Development"
            elif word.text == "and" and self.is_field(end - 1) and self.is_field(end + 1):
                if not (corporate or self.ends_as_body(end + 1)):
                    break
                corporate = True
                end += 2  # "Institute for Health and Care Excellence", "Food and Drug Commission"
            elif word.text == "." and end - at == 1 and len(self.words[at].text) == 1:
                end += 1
            else:
                break
        return end

    def is_field(self, at: int) -> bool:
        """Return whether a capitalised word tells what a body is concerned with: the Trade of "Trade and Industry"."""
        return self.capital(at) and self.words[at].small in words("field")

    def fields_end(self, at: int) -> int:
        """Return where the fields behind an organ or a title end, ``at`` where there are none: "of Trade and Industry"."""
        if at >= len(self.words) or self.words[at].text not in {"of", "for"}:
            return at
        end = at + 1
        if end < len(self.words) and self.words[end].text == "the":
            end += 1
        if not self.is_field(end):
            return at
        end += 1
        while self.is_field(end) or (end < len(self.words) and self.words[end].text in {"and", ","} and self.is_field(end + 1)):
            if self.noun(end) is not None and self.noun(end + 1) is None and self.capital(end + 1):
                break
            end += 1
        return end

    def ends_as_body(self, at: int) -> bool:
        """Return whether the capitalised words from a place on end with a word of a body, no organ of a state."""
        end = at
        while end < min(len(self.words), at + _LONGEST_TAIL) and self.capital(end):
            end += 1
        return end > at and self.words[end - 1].small in words("corporate") and not self.organ_at_end(at, end)

    def is_of_many(self, at: int, first: int) -> bool:
        """Return whether a name's last word so far is a group that a body may be named after."""
        noun = nouns().get(self.words[at].small)
        if self.words[at + 1].text == "'":
            return (at > first and self.words[at - 1].text != "of") or noun is None
        return noun is not None and noun.plural and noun.is_a("group")

    def leads_to_title(self, at: int) -> bool:
        """Return whether a capitalised word belongs to a title: "Fisheries Minister", "Deputy Foreign Minister"."""
        while at < len(self.words) and self.words[at].small in words("portfolio"):
            at += 1
            found = self.noun(at)
            if found is not None and found[1].is_a(*PEOPLE, "organ"):
                return True
        return False

    def opens_a_crowd(self, at: int) -> bool:
        """Return whether the first word of a sentence only tells which people: "Dock workers", but not "Acme workers"."""
        first = at == 0 or self.words[at - 1].text in {".", "!", "?", ":"}
        following = self.noun(at + 1)
        if (
            not first
            or self.words[at].text in self.names
            or following is None
            or self.words[at].text[1:].lower() != self.words[at].text[1:]
        ):
            return False
        return (
            following[1].is_a("group")
            and following[1].plural
            and self.words[at + 1].text.islower()
            and self.words[at].small not in _NO_NAMES
        )

    def is_may(self, at: int) -> bool:
        """Return whether a month stands where a surname would: "Theresa May said", not "until May"."""
        word = self.words[at]
        return word.small in {"may", "march", "august", "june", "april"} and word.text[0].isupper() and self.capital(at - 1)

    def particles_lead_to_name(self, at: int) -> bool:
        while at < len(self.words) and self.words[at].text.islower() and self.words[at].small in _PARTICLES:
            at += 1
        return self.capital(at)

    def goes_on_behind_for(self, at: int) -> bool:
        article = at + 1 < len(self.words) and self.words[at + 1].small in {"a", "an", "the"}
        return self.capital(at + 2 if article else at + 1)

    def goes_on_behind_of(self, at: int) -> bool:
        return self.capital(at + 1) or (at + 1 < len(self.words) and self.words[at + 1].small == "the" and self.capital(at + 2))

    def goes_on_as_name(self, end: int, known: Known) -> bool:
        """Return whether a known word is only part of another name: "Washington Post", "British Airways", "New Mexico"."""
        if self.shouts or not self.capital(end) or (self.noun(end) is not None and not self.corporate_end(end)):
            return False
        if self.known(end) is not None:
            return False
        stop = self.name_end(end)
        following = [word.small for word in self.words[end:stop]]
        if known.form == "adjective":
            organ = self.organ_at_end(end, stop)
            if organ or following[0] in words("portfolio") or self.noun(stop) is not None:
                return False
            return len(following) == 1 or following[-1] in words("corporate")
        return following[0] not in words("portfolio") and self.noun(stop) is None and not self.organ_at_end(end, stop)

    def corporate_end(self, at: int) -> bool:
        """Return whether a capitalised noun opens or ends the name of a body: "General Motors", "Norwegian Seafarers Union"."""
        stop = self.name_end(at)
        return self.words[stop - 1].small in words("corporate") and not self.organ_at_end(at, stop)

    def organ_at_end(self, first: int, stop: int) -> bool:
        """Return whether the last word, or the one before "of", is an organ of a state: "Ministry of Fisheries"."""
        heads = [stop - 1, *(at - 1 for at in range(first + 1, stop) if self.words[at].text == "of")]
        return any(head.is_a("organ") for at in heads if (head := nouns().get(self.words[at].small)) is not None)

    def is_name(self, at: int, end: int) -> bool:
        """Return whether a capitalised noun is part of a name: "General Motors", "Stephen King", "Free Army"."""
        word = self.words[at]
        if not word.text[0].isupper() or self.shouts or not self.capital(at):
            return False
        noun = nouns().get(word.small)
        body = noun is not None and word.small in words("corporate") and not noun.is_a("organ")
        behind = self.words[end].text if end < len(self.words) else ""
        if body and behind == "of" and self.goes_on_behind_of(end):
            return True
        if body and behind == "for":
            return self.is_field(end + 1) or (word.small in _FOR_SOMETHING and self.goes_on_behind_for(end))
        found = self.noun(at)
        if found is not None and not found[1].is_a(*PEOPLE) and self.ends_as_body(end):
            return True
        if self.capital(end) and self.noun(end) is None:
            stop = self.name_end(end)
            return stop > end and self.words[stop - 1].small in words("corporate") and not self.organ_at_end(end, stop)
        return False
