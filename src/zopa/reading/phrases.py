"""Noun phrases that may name a party: titles, owners and apposition, read from the pieces of one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from zopa.reading.countries import countries
from zopa.reading.mentions import PRONOUNS, Piece
from zopa.reading.metonyms import Known
from zopa.reading.titles import PEOPLE, Noun, words

_INNER_TAGS: Final = ("JJ", "NN", "VBG", "VBN", "CD", "RB", "HYPH", "FW")
_MOST_MODIFIERS: Final = 6
_NEVER_FIRST: Final = frozenset({"owner", "and", "comma", "preposition", "stop"})
_TERMS: Final = frozenset({"former", "ex", "late", "retired", "onetime", "outgoing", "incoming"})
_DEFINITE: Final = frozenset("the this that these those his her its their our my your both all such".split())
_POSSESSIVES: Final = frozenset("his her its their our my your".split())
_INDEFINITE: Final = frozenset(
    "a an another any no every each other two three four five six seven eight nine ten dozens hundreds thousands".split()
)
_COUNTS: Final = frozenset("both two three four five six seven eight nine ten".split())
_QUANTIFIERS: Final = frozenset("some several many most few one".split())


@dataclass(frozen=True)
class Phrase:
    """What a noun phrase names, as far as its own words say.

    Attributes
    ----------
    kind
        ``known`` (a phrase of the tables), ``name`` (capitalised, unknown), ``noun`` (a title, a body or a thing),
        ``person`` (a name with a title), ``pronoun`` or ``other``.
    text, start, end
        The words and their offsets in the line, without determiner.
    known, noun, owner
        The table's entry; the noun at its head; whose it is ("Norway's", "of the union").
    title
        Title in words, such as "fisheries minister", or the words before a body, such as "teachers'".
    name
        The name at its end, for a person.
    definite, indefinite
        Whether it has a definite determiner, or an indefinite one, a numeral or a quantifier and no definite one.
    possessive
        The possessive before it ("its"), in small letters.
    counted
        Whether a numeral or "both" stands before it.
    """

    kind: Literal["known", "name", "noun", "person", "pronoun", "other"]
    text: str
    start: int
    end: int
    known: Known | None = None
    noun: Noun | None = None
    owner: Phrase | None = None
    title: str = ""
    name: str = ""
    definite: bool = False
    indefinite: bool = False
    possessive: str = ""
    counted: bool = False

    def parts(self) -> Iterator[Phrase]:
        """Yield the phrase and everything it belongs to."""
        yield self
        if self.owner is not None:
            yield from self.owner.parts()


def phrases_of(pieces: Sequence[Piece]) -> list[tuple[Phrase, int, int]]:
    """Return the noun phrases made of pieces, each with the places of its first and last piece."""
    found: list[tuple[Phrase, int, int]] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        words_only = piece.kind == "word" and not _may_stand_inside(piece) and piece.text.casefold() not in PRONOUNS
        if words_only or piece.kind in _NEVER_FIRST:
            at += 1
            continue
        phrase, end = _phrase(pieces, at)
        if phrase is not None:
            found.append((phrase, at, end - 1))
        at = max(end, at + 1)
    return found


def _phrase(pieces: Sequence[Piece], at: int) -> tuple[Phrase | None, int]:
    """Return the noun phrase that starts at a place, and where it ends."""
    definite = indefinite = counted = False
    possessive = ""
    first = at
    while at < len(pieces) and (pieces[at].kind == "determiner" or _quantifies(pieces, at)):
        small = pieces[at].text.casefold()
        definite, indefinite = definite or small in _DEFINITE, indefinite or small in _INDEFINITE | _QUANTIFIERS
        possessive = small if small in _POSSESSIVES else possessive
        counted = counted or small in _COUNTS or pieces[at].tag == "CD"
        at += 1
    indefinite = (indefinite or (at < len(pieces) and pieces[at].tag == "CD")) and not definite
    if at == len(pieces) or pieces[at].kind not in {"known", "name", "noun", "word"}:
        return _alone(pieces[first]) if at > first else None, at
    if pieces[at].kind == "word" and pieces[at].text.casefold() in PRONOUNS:
        one = pieces[at]
        return Phrase("pronoun", one.text, one.start, one.end), at + 1
    current: Phrase | None = None
    owner: Phrase | None = None
    mods: list[Piece] = []
    term = ""
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind == "owner" and current is not None and not mods:
            owner, current = current, None
        elif piece.kind == "known":
            if current is not None and current.kind in {"person", "name"} and not mods:
                break
            # "Former Norwegian minister": the word about the term belongs to the title that follows.
            term = next((one.text for one in mods if one.text.casefold() in _TERMS), term)
            base = current if current is not None else owner
            current = Phrase("known", piece.text, piece.start, piece.end, known=piece.known, owner=base if owner else None)
            mods, owner = [], current.owner
        elif piece.kind == "name":
            current = _named(current, owner, mods, piece)
            mods = []
        elif piece.kind == "noun" and piece.noun is not None:
            base = current if current is not None else owner
            title = " ".join([*([term] if term else []), *(one.text for one in mods), piece.text])
            start = mods[0].start if mods else piece.start
            if current is not None and current is base and _joins(current, piece.noun, pieces[at - 1]):
                # "chief negotiator", "refugee agency": two nouns, one title.
                base, title, start = current.owner, f"{current.title} {title}", current.start
            start = base.start if base is not None else start
            current = Phrase("noun", title, start, piece.end, noun=piece.noun, owner=base, title=title)
            mods, owner = [], None
        elif len(mods) < _MOST_MODIFIERS and (_may_stand_inside(piece) or (mods and _joins_modifiers(pieces, at))):
            mods.append(piece)
        else:
            break
        at += 1
    if mods and mods[-1].tag.startswith("NN") and (current is None or current.kind != "person"):
        base = current if current is not None else owner
        one = mods[-1]
        start = base.start if base is not None else mods[0].start
        current = Phrase("other", one.text, start, one.end, owner=base)
    if current is None:
        return None, max(at, first + 1)
    if definite or indefinite:
        if definite and current.owner is not None and current.owner.kind == "noun" and current.owner.owner is None:
            # "The mayor's office": the article is the mayor's.
            current = replace(current, owner=replace(current.owner, definite=True))
        current = replace(current, definite=definite, indefinite=indefinite, possessive=possessive, counted=counted)
    return current, at


def _quantifies(pieces: Sequence[Piece], at: int) -> bool:
    """Return whether a word counts what follows: "several tenants", but not "several of them" or "several want"."""
    if pieces[at].text.casefold() not in _QUANTIFIERS or at + 1 == len(pieces):
        return False
    following = pieces[at + 1]
    return following.kind in {"noun", "known", "name"} or (following.kind == "word" and following.tag.startswith(("JJ", "NN")))


def _joins(current: Phrase, noun: Noun, last: Piece) -> bool:
    """Return whether two nouns side by side are one: titles of one person, or people whom a body is for."""
    if last.kind == "owner" or current.noun is None:
        return False
    if _is_title(current) and noun.is_a(*PEOPLE):
        return True
    # A possessive has a mark, a plural without one is no modifier.
    mere = current.noun.is_a("private", "staff") and not current.noun.is_a("group") and not current.noun.plural
    return mere and noun.is_a("organ", "body")


def _alone(piece: Piece) -> Phrase | None:
    """Return the phrase of a determiner that stands alone: "that", "both", "some"."""
    kind: Literal["pronoun", "other"] = "pronoun" if piece.text.casefold() in PRONOUNS else "other"
    return Phrase(kind, piece.text, piece.start, piece.end)


def _named(current: Phrase | None, owner: Phrase | None, mods: Sequence[Piece], piece: Piece) -> Phrase:
    """Return the phrase of a name behind what stands before it."""
    if current is not None and current.kind == "noun" and not mods and current.noun is not None:
        people = current.noun.is_a(*PEOPLE, "personal")
        if people and not current.noun.plural:
            return replace(current, kind="person", text=f"{current.text} {piece.text}", end=piece.end, name=piece.text)
        if current.noun.is_a("body") and not current.noun.plural:
            return Phrase("name", piece.text, piece.start, piece.end, noun=current.noun, name=piece.text)
    base = current if current is not None else owner
    return Phrase("name", piece.text, piece.start, piece.end, owner=base, name=piece.text)


def _is_title(phrase: Phrase | None) -> bool:
    return phrase is not None and phrase.kind == "noun" and phrase.noun is not None and phrase.noun.is_a(*PEOPLE)


def _may_stand_inside(piece: Piece) -> bool:
    return piece.kind == "word" and piece.tag.startswith(_INNER_TAGS) and piece.text[0].isalnum()


def _joins_modifiers(pieces: Sequence[Piece], at: int) -> bool:
    """Return whether "and" joins two words before one title: "trade and industry minister"."""
    return (
        at + 2 < len(pieces)
        and pieces[at].kind == "and"
        and pieces[at + 1].kind == "word"
        and _may_stand_inside(pieces[at + 1])
        and pieces[at + 2].kind == "noun"
        and pieces[at - 1].kind == "word"
    )


# What hangs on a phrase ----------------------------------------------------------------------------

_BELONGING: Final = frozenset({"of", "for", "at", "from", "with"})
INSIDE: Final = frozenset({"in", "within", "inside", "across", "among", "throughout", "around"})
_OWNERS: Final = frozenset({"known", "name", "noun", "person"})
_AIDES: Final = frozenset({"aide", "adviser", "advisor", "assistant", "deputy"})
_AT_PLACES: Final = frozenset({"in", "at", "near", "outside"})
_LEADING: Final = frozenset({"leads", "heads", "chairs", "represents", "runs", "directs", "speaks for", "negotiates for"})
_LEADING_WORK: Final = frozenset({"oversees", "manages", "coordinates"})
_SEATED: Final = frozenset({"government", "authority", "regime", "leadership", "administration"})
_LONGEST_CLAUSE: Final = 14
_ENVOYS: Final = frozenset({"ambassador", "envoy", "mediator", "commissioner"})


def attached(pieces: Sequence[Piece], phrases: Sequence[tuple[Phrase, int, int]]) -> list[tuple[Phrase, int, int]]:
    """Return the phrases with whom they belong to where a preposition says so: "a spokesman for the ministry"."""
    found: list[tuple[Phrase, int, int]] = []
    for phrase, first, last in reversed(phrases):
        following = found[-1] if found else None
        if following is not None and following[1] == last + 2 and phrase.owner is None:
            preposition = pieces[last + 1].text.casefold()
            owner = following[0]
            if (
                preposition == "in"
                and owner.kind in {"known", "name"}
                and phrase.noun is not None
                and phrase.noun.singular in _SEATED
            ):
                # "The government in Lima": a seat that no table knows says only that it is not the other government.
                whose = owner if owner.kind == "known" else replace(owner, kind="other")
                found[-1] = (replace(phrase, owner=whose), first, following[2])
                continue
            if pieces[last + 1].kind == "preposition" and owner.kind in _OWNERS and _belongs(phrase, preposition, owner):
                if preposition == "at" and phrase.noun is not None and not phrase.noun.is_a(*PEOPLE, "group"):
                    # "A partner at Calder" has a voice there; "a partner of Norway" is a state.
                    phrase = replace(phrase, noun=replace(phrase.noun, classes=frozenset({"voice"})))
                if preposition == "in" and owner.kind == "name" and phrase.noun is not None and not _is_body_name(owner):
                    owner = replace(owner, kind="other")  # "teachers in Millbrook": a place
                found[-1] = (replace(phrase, owner=owner), first, following[2])
                continue
        found.append((phrase, first, last))
    return found[::-1]


def _is_body_name(owner: Phrase) -> bool:
    parts = [part.rstrip(".").casefold() for part in owner.text.split()]
    return owner.noun is not None or not words("corporate").isdisjoint(parts) or (len(owner.text) > 1 and owner.text.isupper())


def _belongs(phrase: Phrase, preposition: str, owner: Phrase) -> bool:
    noun = phrase.noun
    if preposition == "by":
        return noun is not None and noun.is_a("document", "thing")
    if phrase.kind == "name":
        if " " not in phrase.text or preposition not in {"of", "from", "for"}:
            return False
        return owner.kind in {"known", "noun"} or (owner.kind == "name" and preposition == "of")
    if noun is None:
        return False
    if preposition == "to":
        return noun.singular in _AIDES
    if preposition == "at" and noun.singular == "partner":
        return True
    if noun.singular in _ENVOYS:
        return preposition in {"of", "from"}
    if noun.is_a(*PEOPLE):
        return preposition in _BELONGING or (preposition in INSIDE and noun.is_a("staff"))
    if noun.is_a("group"):
        return preposition in {"of", "at", "from", "in"}
    return preposition == "of"


@dataclass(frozen=True)
class Link:
    """A name and what the text says it is: a title, a body it belongs to, or a state it leads."""

    name: Phrase
    office: Phrase


def links_of(pieces: Sequence[Piece], phrases: Sequence[tuple[Phrase, int, int]]) -> Iterator[Link]:
    """Yield what a sentence says about its names, by titles and apposition."""
    for index, (phrase, place, last) in enumerate(phrases):
        for part in phrase.parts():
            if part.kind == "person":
                yield Link(_only_name(part), part)
            elif part.kind == "name" and (part.owner is not None or part.noun is not None):
                yield Link(part, part)
        if index + 1 == len(phrases):
            continue
        following, first, end = phrases[index + 1]
        gap = pieces[last + 1 : first]
        between = [piece.kind for piece in gap]
        after = pieces[end + 1].kind if end + 1 < len(pieces) else "stop"
        if following.kind == "pronoun" and between == ["comma"] and following.text == "who" and phrase.kind == "name":
            office = _office_behind_who(pieces, end, phrases[index + 2 : index + 6], phrase)
            if office is not None:
                yield Link(phrase, office)
        elif between == ["stop"] and gap[0].text == "(" and end + 1 < len(pieces) and pieces[end + 1].text == ")":
            if _is_body_in_brackets(phrase, following):
                yield Link(_only_name(phrase) if phrase.kind == "person" else phrase, replace(phrase, owner=following))
        elif between == ["comma"] or (between == ["comma", "word", "comma"] and gap[1].text.isdigit()):
            placed = place and pieces[place - 1].text.casefold() in _AT_PLACES and " " not in phrase.text
            if phrase.kind in {"name", "person"} and not placed and describes(following) and after in {"comma", "stop", "word"}:
                # "Colonel Ann Lee, a spokeswoman for the Front": a rank is no answer to whose she is.
                yield Link(_only_name(phrase) if phrase.kind == "person" else phrase, following)
            elif _introduces(phrase) and following.kind == "name":
                yield Link(following, phrase)
        elif between == ["comma", "preposition"] and pieces[last + 2].text.casefold() in {"of", "from"} and phrase.kind == "name":
            if following.kind == "known" or (following.noun is not None and following.noun.is_a("body", "organ")):
                yield Link(phrase, replace(phrase, owner=following))
        elif between == ["preposition"] and pieces[last + 1].text.casefold() == "under" and phrase.kind == "known":
            leader = next((part for part in following.parts() if part.kind == "person"), None)
            if leader is not None:
                yield Link(_only_name(leader), replace(leader, owner=phrase))


def _office_behind_who(
    pieces: Sequence[Piece], who: int, following: Sequence[tuple[Phrase, int, int]], name: Phrase
) -> Phrase | None:
    """Return what "who leads the tenants' association" or "who runs a shop and is the union's negotiator" says of a name."""
    starts = {first: phrase for phrase, first, _ in following}
    for at in range(who + 1, min(len(pieces), who + _LONGEST_CLAUSE)):
        if pieces[at].kind in {"comma", "stop"}:
            break
        if at > who + 1 and pieces[at - 1].kind != "and":
            continue
        for length in (2, 1):
            verb = " ".join(piece.text.casefold() for piece in pieces[at : at + length])
            phrase = starts.get(at + length)
            if phrase is not None and verb == "is" and describes(phrase):
                return phrase
            if phrase is None or (verb not in _LEADING and verb not in _LEADING_WORK):
                continue
            if phrase.kind == "other" or (phrase.noun is not None and phrase.noun.is_a("thing")):
                # "Who leads research at the institute" speaks for the institute.
                last = next(end for one, _, end in following if one is phrase)
                inside = starts.get(last + 2)
                if inside is not None and pieces[last + 1].text.casefold() == "at" and inside.kind in _OWNERS:
                    return replace(name, owner=inside, title=f"who {verb} {phrase.text}")
            if verb in _LEADING and phrase.kind in _OWNERS:
                return replace(name, owner=phrase, title=f"who {verb}")
    return None


def _is_body_in_brackets(phrase: Phrase, inside: Phrase) -> bool:
    """Return whether brackets behind a person hold a body: "Kai Holt (Harbour Terminals)"; an abbreviation is no owner."""
    if phrase.kind not in {"name", "person"} or phrase.owner is not None or " " not in phrase.name:
        return False
    known = inside.known is not None and inside.known.form == "name" and inside.known.key not in countries()
    return known or (inside.kind == "name" and not abbreviates(inside.text, phrase.text))


def abbreviates(short: str, name: str) -> bool:
    """Return whether capitals are the first letters of the words of a name, small words aside: "ISA", "NF"."""
    first = [word[0] for word in name.replace("-", " ").split() if word[0].isalpha()]
    letters = short.replace(".", "")
    if len(letters) < 2 or not letters.isupper() or not letters.isalpha():
        return False
    every = "".join(first).upper()
    large = "".join(letter for letter in first if letter.isupper())
    return letters in {every, large}


def _only_name(phrase: Phrase) -> Phrase:
    return Phrase("name", phrase.name, phrase.end - len(phrase.name), phrase.end, name=phrase.name)


def describes(phrase: Phrase) -> bool:
    """Return whether a phrase tells what somebody or some body is: "a tenant", "the largest trawler company"."""
    return phrase.kind == "noun" and phrase.noun is not None and phrase.noun.is_a(*PEOPLE, "personal", "body")


def _introduces(phrase: Phrase) -> bool:
    """Return whether a name may follow behind a comma: "the union's chief negotiator, Ann Lee"."""
    one = phrase.noun is not None and not phrase.noun.plural
    return describes(phrase) and one and (phrase.definite or phrase.owner is not None)
