"""The words of a content: which of them carry it, their crude stems and how much each weighs.

No grammar is needed: stems are cut by a list of endings, and what is a noun is told by endings and a short list, unless the
caller knows the word classes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

WordClass = Literal["NOUN", "VERB", "ADJ", "OTHER"]

MOST_SHOWN: Final = 16
WORD: Final = re.compile(r"\w+(?:[’'.\-]\w+)*")

# Words that say nothing about what a content is about.
STOP: Final = frozenset(
    (
        "a about above according accordingly actually additionally after again against ago all almost alone along "
        "already also although always among an and another any anyone anything are around as at away back be became "
        "because become been before behind being below beside besides between beyond both but by can cannot could "
        "currently despite did didn't do does doesn't doing don't done down due during each either else enough entirely "
        "even ever every everyone everything except few first for forward from full further get gets getting give given "
        "gives giving go goes going gone got had happen happens has hasn't have haven't having he hence her here hers "
        "herself him himself his how however i if in indeed inside instead into is isn't it its itself just keep last "
        "lately later least less let likely longer made main make makes making many may me meanwhile might mine mostly "
        "much must my myself near nearly necessary need needed needs neither never new next no nobody none nor not "
        "nothing now nowhere of off often on once one only onto open or other others ought our ours out outside over "
        "own part per perhaps possible possibly put rather really said same say saying says second see seek seeks seem "
        "seems seen several shall she should since so some somebody someone something soon still such take taken takes "
        "taking than that the their theirs them themselves then there therefore these they thing things this those "
        "though through thus to today together tomorrow too toward towards two under underway unless until up upon us "
        "use used very via want wanted wants was wasn't way we well were what whatever when where whether which while "
        "who whole whom whose why will wish with within without won't would yes yesterday yet you your yours three four "
        "five six seven eight nine ten monday tuesday wednesday thursday friday saturday sunday january february march "
        "april june july august september october november december"
    ).split()
)

# Nouns and verbs that stand in contents about anything.
GENERIC: Final = frozenset(
    (
        "side party parties matter issue question step point case fact idea approach kind sort number amount time day "
        "week month year period moment place end start begin situation person people man woman men women country "
        "countries state nation world leader president minister official spokesman spokeswoman spokesperson report "
        "reports statement position decision effort attempt process result term terms condition conditions basis form "
        "level key area role view express expressed discuss address consider considering include includes including "
        "demand request call claim willing willingness ready readiness eager eagerness keen reluctant reluctance desire "
        "wish hope intention intent interest begun "
        "involve involved ensure provide remain continue plan plans planned proposal proposals propose proposed offer "
        "offers deal deals agreement arrangement exchange return percent cent million billion thousand hundred us u.s "
        "i.e e.g"
    ).split()
)

# Words of judgement: they never enter a label.
EVALUATIVE: Final = frozenset(
    (
        "absurd acceptable adequate aggressive bad best better big bold brutal clear controversial costly crucial cruel "
        "dangerous decent desperate difficult disastrous dramatic effective enormous essential excellent excessive "
        "extreme fair false final generous good great greedy harsh historic honest huge ideal illegal important "
        "impossible insufficient key large lasting legitimate lucrative massive meaningful modest mutual necessary "
        "outrageous perfect poor proper ready real reasonable reckless reliable responsible ridiculous right robust "
        "serious shameful significant sincere small strict strong substantial sufficient sustainable terrible tough true "
        "unacceptable unfair unjust unprecedented unrealistic unreasonable urgent vague viable vital weak wide wise "
        "wonderful worst wrong"
    ).split()
)

PROCESS: Final = frozenset(
    "meeting meetings talk talks negotiation negotiations dialogue dialog visit summit conversation conversations "
    "contact contacts discussion discussions consultation consultations mediation meet meets met".split()
)

_VERBS: Final = frozenset(
    (
        "abandon accept add adopt allow apply approve arrive ask attack avoid ban become bind block break bring build "
        "buy cancel carry cede cease change close collect come comply concede confirm contribute cost cover create cut "
        "decide defer delay deliver demand deny deploy divide double drop earn end enter expand extend fall fight "
        "finish follow freeze fund gain give grant grow guarantee halt halve happen help hire hold host hurt increase "
        "introduce invade invite invoke join keep lead leave lift limit lose lower maintain mean meet merge monitor "
        "move negotiate obtain open oppose pay permit postpone prevent protect publish pull pursue raise ratify reach "
        "receive recognise recognize reduce refuse regain reject release remove renew repeal replace resist resolve "
        "resume retain return review rise run scrap seize sell send share shift shrink sign solve split stay stop "
        "strike suspend swap take tighten transfer trigger triple vote wait waive weaken withdraw withhold yield"
    ).split()
)
_BEFORE_VERBS: Final = frozenset(
    "to might may could would will should must can cannot shall not we they i you he she who".split()
)
_BEFORE_NOUNS: Final = frozenset("a an the this that these those any no some each every his her its their our my your of".split())
# Verbs that more often are nouns in what people negotiate about.
_EITHER: Final = frozenset(
    "ban change contract cover deal demand fund guarantee increase lead lift limit move offer pay release return review rise run "
    "share split strike swap transfer vote".split()
)
# Adverbs end in -ly; these nouns do too.
_NOT_ADVERBS: Final = frozenset("ally anomaly assembly family italy july monopoly rally reply supply tally ugly".split())
_ADJECTIVES: Final = frozenset(
    "additional annual bilateral direct federal formal global indirect international joint local national new regional "
    "trilateral".split()
)
_ADJECTIVE_ENDINGS: Final = ("able", "ible", "ful", "ous", "ive", "ical", "ual", "ional", "less", "ary", "ant")
_VERB_ENDINGS: Final = ("ing", "ed", "ise", "ize", "ify")
_ENDINGS: Final = (
    "ations",
    "ation",
    "ships",
    "ship",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ers",
    "ies",
    "ed",
    "es",
    "er",
    "s",
)
# Words that mean the same when people negotiate; the first of each line stands for all.
_SAME: Final = tuple(
    line.split()
    for line in (
        "member membership accession accede accedes acceded join joins joined joining",
        "guarantee guarantees guaranteed assurance assurances",
        "aid support assistance",
        "truce ceasefire ceasefires cease-fire cease-fires armistice",
        "war wars conflict conflicts fighting hostilities",
        "pay wage wages salary salaries",
        "talk talks negotiation negotiations dialogue dialog",
        "border borders frontier frontiers boundary boundaries",
        "captive captives prisoner prisoners detainee detainees hostage hostages",
        "tariff tariffs duty duties levy levies",
        "rent rents rental",
        "withdraw withdraws withdrew withdrawal withdrawals pullout pull-out",
    )
)
_STANDS_FOR: Final = {word: line[0] for line in _SAME for word in line}


@dataclass(frozen=True)
class Word:
    """One word of a text.

    Attributes
    ----------
    text
        As written.
    start, end
        Where it stands in the text it was taken from.
    """

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """In small letters, without a possessive ending."""
        return plain(self.text)


def plain(word: str) -> str:
    """Return a word in small letters, without a possessive ending."""
    small = word.casefold().replace("’", "'")
    return small[:-2] if small.endswith("'s") else small.rstrip("'")


def words_of(text: str) -> list[Word]:
    """Return the words of a text with their places, in linear time."""
    return [Word(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]


def skeleton(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters: what stays of it under any quotation marks, dashes and blanks."""
    return tuple(part for word in words_of(text) for part in plain(word.text).replace("-", " ").split())


def stem(word: str) -> str:
    """Return a word without its ending: crude, but the same for ``meet``, ``meets`` and ``meeting``.

    At least three letters are left; a doubled last consonant and a last ``e`` go too.  A few words that mean the same when people
    negotiate (``membership`` and ``accession``) get the same stem.
    """
    small = plain(word)
    small = _STANDS_FOR.get(small, small)
    for ending in _ENDINGS:
        if (
            small.endswith(ending)
            and len(small) - len(ending) >= (4 if ending in {"er", "ers"} else 3)
            and not (ending == "s" and small.endswith("ss"))
        ):
            small = small[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    if len(small) > 3 and small[-1] == small[-2] and small[-1] not in "aeiouls":
        small = small[:-1]
    return small[:-1] if len(small) > 3 and small.endswith("e") else small


def word_class(word: str, before: str | None, classes: Mapping[str, WordClass] | None = None) -> WordClass:
    """Return what kind of word it is: as the caller says, else by the word before it, a short list and its ending."""
    small = plain(word)
    if classes is not None:
        known = classes.get(word) or classes.get(small)
        if known is not None:
            return known
    if before in _BEFORE_VERBS and small not in STOP:
        return "VERB"
    if small in _VERBS:
        return "NOUN" if before in _BEFORE_NOUNS or (small in _EITHER and before is not None) else "VERB"
    if small in EVALUATIVE or small in _ADJECTIVES or small.endswith(_ADJECTIVE_ENDINGS):
        return "ADJ"
    if small.endswith(_VERB_ENDINGS) and small not in PROCESS:
        return "VERB"
    return "NOUN"


def content_words(text: str, names: frozenset[str] = frozenset()) -> list[Word]:
    """Return the words that carry a content: no stop words, no generic ones, no adverbs, no names of parties, no numbers."""
    return [word for word in words_of(text) if content_word(word.text) and not names_party(word.text, names)]


def content_word(text: str) -> bool:
    """Return whether a word by itself says what a content is about: no stop word, no generic one, no adverb, no number."""
    small = plain(text)
    if small in STOP or generic(small) or len(small) < 2 or not small[0].isalpha():
        return False
    return not small.endswith("ly") or len(small) < 5 or small in _NOT_ADVERBS


def generic(small: str) -> bool:
    """Return whether a word, or its singular, stands in contents about anything."""
    return small in GENERIC or (small.endswith("s") and small[:-1] in GENERIC)


def names_party(word: str, names: frozenset[str]) -> bool:
    """Return whether a word belongs to the name of a party, or is made from one (``Danish`` from ``Danes`` or ``Danmark``)."""
    return plain(word) in names or says_whose(word, names)


def says_whose(word: str, names: frozenset[str]) -> bool:
    """Return whether a word is an adjective made from another name of a party: it says whose a thing is."""
    small = plain(word)
    if len(small) < 5 or not word[:1].isupper() or not small.endswith(("n", "ese", "ish", "i", "ic")):
        return False
    return any(len(name) > 3 and name != small and name[:4] == small[:4] for name in names)


_TALKING: Final = frozenset(stem(word) for word in PROCESS)


def weighted_stems(
    text: str, names: frozenset[str] = frozenset(), classes: Mapping[str, WordClass] | None = None
) -> dict[str, int]:
    """Return the stems of a content with their weights: nouns 2, verbs and adjectives 1.

    Parameters
    ----------
    text
        The content.
    names
        Words of the parties' names in small letters, which are left out.
    classes
        Word classes the caller knows.

    Returns
    -------
    dict of str to int
        The highest weight of each stem, in text order.  Beside another noun meetings weigh 1 and talks nothing.
    """
    before: dict[int, str] = {}
    last: str | None = None
    for word in words_of(text):
        if last is not None:
            before[word.start] = last
        last = word.plain
    found: dict[str, int] = {}
    for word in content_words(text, names):
        weight = 2 if word_class(word.text, before.get(word.start), classes) == "NOUN" else 1
        base = stem(word.text)
        found[base] = max(found.get(base, 0), weight)
    if any(weight > 1 and base not in _TALKING for base, weight in found.items()):
        # That people meet says little where something else is named, that they talk nothing.
        found = {base: 1 if base in _TALKING else weight for base, weight in found.items() if base != "talk"}
    return found


def shortened(text: str) -> str:
    """Return a content without its opening ``that``, cut after a number of words."""
    text = " ".join(text.split())
    if text.casefold().startswith("that "):
        text = text[5:]
    words = words_of(text)
    return text if len(words) <= MOST_SHOWN else text[: words[MOST_SHOWN - 1].end] + " …"
