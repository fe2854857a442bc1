"""Only English is read: a text mainly in another language is refused, with the language named."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Final, Protocol

from zopa.reading.articles import Article
from zopa.reading.document_faults import DocumentFault

LEAST_LETTERS: Final = 40
ENGLISH_SHARE: Final = 0.2
CLEAR_SHARE: Final = 0.25
SURE: Final = 0.6

# Frequent words of English that the languages around it do not share ("in", "is", "was", "so", "on" they do).
_ENGLISH_WORDS: Final = frozenset(
    (
        "the of and to that with from by this these those which has have had been would will should could not but they their"
        " them its it are were who whom about after before said says than when where while into he she his her or be if"
        " because there what how"
    ).split()
)
_WORDS: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 2_000
_NAMES: Final = {
    "af": "Afrikaans", "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan",
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean",
    "la": "Latin", "lb": "Luxembourgish", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "mt": "Maltese",
    "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese",
    "wuu": "Chinese", "yue": "Chinese", "zh": "Chinese",
}  # fmt: skip
_REMEDY: Final = "give an English text: a translation by a person, with its original kept, will do"


def refuse_other_languages(article: Article) -> None:
    """Raise when an article is mainly in another language than English.

    Every line is judged by itself and weighs as much as it has letters.  A line with at least a fifth of frequent English words
    is English; so is not a line mainly in another script; between the two a language model of letters decides (py3langid),
    and only where it is sure.  Lines below 40 letters without another script count for nothing.  Foreign names and
    quotations thus pass, as long as most of the text is English.

    Parameters
    ----------
    article
        Any article; headings and captions count only when there is no other line.

    Raises
    ------
    DocumentFault
        Names the language and the first line in it.
    """
    lines = [line for line in article.lines if line.kind == "text"] or list(article.lines)
    written = [line.span.of(article.text) for line in lines]
    if _english_share(" ".join(written).lower()) >= CLEAR_SHARE:
        return  # no language near English has so many of these words, not even beside as much English
    letters: Counter[str] = Counter()
    first: dict[str, int] = {}
    for line, words in zip(lines, written, strict=True):
        weight = sum(map(str.isalpha, words))
        language = language_of(words) if weight else None
        if language is not None:
            letters[language] += weight
            first.setdefault(language, line.number)
    english = letters.pop("English", 0)
    if letters.total() > english:
        language = letters.most_common(1)[0][0]
        raise DocumentFault(article.name, f"the text is mainly in {language}, and only English is read", _REMEDY, first[language])


def language_of(text: str) -> str | None:
    """Return the language of a line in words, or None where it is too short or cannot be told.

    Parameters
    ----------
    text
        One line; of a long one the first 2,000 characters are looked at.
    """
    text = text[:_LONGEST].lower()
    letters = "".join(_WORDS.findall(text))
    other_script = sum(1 for one in letters if not _is_latin(one)) > 0.5 * len(letters)
    if not other_script:
        if len(letters) < LEAST_LETTERS:
            return None
        if _english_share(text) >= ENGLISH_SHARE:
            return "English"
    code, confidence = _identifier().classify(text)
    if other_script:
        return _NAMES.get(code, "a language in another script than English")
    if confidence < SURE:
        return None
    return "English" if code == "en" else _NAMES.get(code, "another language")


def _english_share(text: str) -> float:
    """Return which share of the words of a text in small letters are frequent words of English; 0 for fewer than two of them.

    In other scripts each letter counts as a word, for some write without blanks.
    """
    words = _WORDS.findall(text)
    known = Counter(word for word in words if word in _ENGLISH_WORDS)
    if len(known) < 2:
        return 0.0
    others = sum(1 if _is_latin(word[0]) else len(word) for word in words)
    return known.total() / others


@cache
def _is_latin(letter: str) -> bool:
    return letter < "\x80" or unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN", "MODIFIER"))


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
