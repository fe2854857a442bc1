"""Parties of a draft: those who speak or are spoken to, and those merely mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from zopa.reading.draft.elements import ADDED, DraftParty, DraftPrincipal, Ground
from zopa.reading.draft.ids import Names, slug
from zopa.reading.draft.inputs import PartyName
from zopa.reading.draft.merging import Gathered, Said
from zopa.reading.draft.words import skeleton

MENTIONED = f"{ADDED}: mentioned, no stated position"


def parties_of(gathered: Gathered, taken: Names, known: Mapping[str, str] | None = None) -> list[DraftParty]:
    """Return the parties in the order in which they are named.

    A party speaks when a statement of level 0 to 3 is its own or told of it, or when something is proposed to it; narrator,
    anonymous, unnamed and unresolved are none.  A new holder of an office is a dated principal of the same party.

    Parameters
    ----------
    gathered
        The statements and the parties they name.
    taken
        Ids of the case; those of new parties are taken from it.
    known
        Ids of parties that the case has already, by key.
    """
    ids = known if known is not None else {}
    found = [_party(party, gathered.said, taken, ids.get(party.key)) for party in gathered.parties.values()]
    if not any(party.speaks for party in found):
        return found  # somebody has to sign: none of them is put aside
    return [party if party.speaks else replace(party, seat="observer") for party in found]


def _party(party: PartyName, said: Sequence[Said], taken: Names, known: str | None) -> DraftParty:
    speaking = [one for one in said if one.statement.party.partition(".")[0] == party.key and one.statement.level <= 3]
    addressed = [
        one
        for one in said
        if one.statement.predicate in {"propose", "offer"}
        and one.statement.addressee is not None
        and _is(party, one.statement.addressee)
    ]
    told = [
        one for one in said if party.key in {(key or "").partition(".")[0] for key in (one.statement.party, one.statement.about)}
    ]
    rests = speaking or addressed
    own = [one for one in rests if one.own]
    because = tuple(dict.fromkeys(one.id for one in (own or rests or told)[:1]))
    ground = Ground(because, None if rests else MENTIONED)
    heard = [
        one.statement.speaker for one in speaking if one.own and one.statement.speaker and not _pronoun(one.statement.speaker)
    ]
    principals = _principals(party, {one.statement.id: one.id for one in said})
    inside = {words for office in principals for words in map(skeleton, (office.name, *office.voices))}
    voices: dict[tuple[str, ...], str] = {}
    for voice in (*party.voices, *heard):
        if not _part_of_known(skeleton(voice), [skeleton(party.name), *inside, *voices]):
            voices[skeleton(voice)] = " ".join(voice.split())
    return DraftParty(
        known if known is not None else taken.take(party.key, slug(party.name) or "party"),
        party.key,
        " ".join(party.name.split()) or party.key,
        tuple(voice for words, voice in voices.items() if words and words not in inside),
        tuple(principals),
        bool(rests),
        "unknown",
        ground,
    )


def _principals(party: PartyName, ids: dict[str, str]) -> list[DraftPrincipal]:
    names = Names()
    found: list[DraftPrincipal] = []
    for office in party.principals:
        if not office.name.strip():
            continue
        because = tuple(dict.fromkeys(ids[one] for one in office.because if one in ids))
        name = f"{office.name} ({office.role})" if office.role else office.name
        surname = office.name.split()[-1] if office.name.split() else ""
        ordered = office.start is None or office.end is None or office.start < office.end
        found.append(
            DraftPrincipal(
                names.take(slug(surname, 1), f"principal_{len(found) + 1}"),
                " ".join(name.split()),
                office.start if ordered else None,
                office.end if ordered else None,
                tuple(dict.fromkeys((office.name, *office.voices))),
                Ground(because, None if because else f"{ADDED}: from the list of actors"),
            )
        )
    return found


def _part_of_known(words: tuple[str, ...], known: Iterable[tuple[str, ...]]) -> bool:
    """Return whether a voice is a name known already, or the surname of one."""
    return any(words == name or (len(words) == 1 and words[0] in name) for name in known)


def _is(party: PartyName, addressee: str) -> bool:
    words = skeleton(addressee)
    return addressee.partition(".")[0] == party.key or any(words == skeleton(name) for name in (party.name, *party.voices))


def _pronoun(speaker: str) -> bool:
    return speaker.strip().casefold() in PRONOUNS


PRONOUNS = frozenset("he she it they we i you his her its their this that who which".split())
