"""From bytes to clean text: the encoding found or the file refused, never a text with wrong letters."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from zopa.reading.document_faults import DocumentFault

SAVE_AGAIN: Final = "open it in the program it comes from and save it as plain text in UTF-8"

_MARKS: Final = (  # the longer mark before the one it begins with
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONG_UTF8: Final = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}["']?\s{0,3}([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_XML_ENCODING: Final = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s{0,3}=\s{0,3}["']([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_LETTERS: Final = re.compile(r"ascii|iso8859|iso2022|cp\d|koi8|mac|big5|gb|euc|shift|utf-(?:8|16|32)")
# Signs of Western English texts outside ASCII, as Windows-1252 has them; anything else needs a closer look.
_WESTERN_CODES: Final = ("cp1252", "cp1250", "iso8859-2", "mac_roman")
_WESTERN: Final = frozenset("€…‘’“”•–—™ £©«®°±²³·»¼½¾§¥¢¡¿´†‡‰")
_MARKS_OR_LETTERS: Final = frozenset("±²³·»¼½¾¡¿´£¥¢§®©«")  # letters of Central Europe, misread, show up as these
_OUTSIDE: Final = re.compile(r"[^\x00-\x7f]")
_TWICE: Final = re.compile(
    "â€[\u2122\u0153\u009d\u201c\u201d\u02dc\u00a6\u02c6]|[ÃÂ][\u00a0-\u00bf\u0080-\u009f\u2030\u2039\u20ac]"
)
_LOST: Final = (
    (re.compile("\ufffd"), "letters of the text are lost"),
    (re.compile("[\ud800-\udfff]"), "this is not a text (it holds half characters)"),
    (_TWICE, "the text was saved with the wrong letters"),
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_CONTROLS: Final = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")
_STRAYS: Final = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Signs without width break words apart for a reader of text, and can hide others: soft hyphen, joiners, tags.
_UNSEEN: Final = re.compile("[\xad\u200b\u2060\ufeff\U000e0000-\U000e007f]")
_SAMPLE: Final = 200_000
_LEAST_LETTERS: Final = 20


@dataclass(frozen=True)
class Decoded:
    """A text and how it was found.

    Attributes
    ----------
    text
        As decoded, not yet cleaned.
    encoding
        Name of the encoding.
    guessed
        Whether the bytes did not tell, so that it rests on likelihood.
    """

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, file: str, *, markup: bool = False) -> Decoded:
    """Return the text of a file of unknown encoding.

    In this order: the byte order mark; UTF-8; UTF-16 without a mark, told by its zeros; for markup, the encoding it
    declares; Windows-1252 where all its signs are those of Western text; else the likeliest encoding of the library.

    Parameters
    ----------
    data
        All bytes of the file.
    file
        Short name, for messages.
    markup
        Whether the text is HTML, which may declare its encoding.

    Raises
    ------
    DocumentFault
        For bytes that are no text, a text in two encodings, one that its mark or declaration does not fit, or one that
        nothing fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], encoding, file), encoding)
    if b"\0" in data:
        wide = _wide(data)
        if wide is None:
            raise DocumentFault(file, "this is not a text (it holds zero bytes)", SAVE_AGAIN)
        return Decoded(_strictly(data, wide, file), wide, guessed=True)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    declared = _declared(data) if markup else None
    if declared is not None and declared != "utf-8":
        return Decoded(_strictly(data, declared, file), declared)
    line = data.count(b"\n", 0, place) + 1
    high = sum(1 for one in data[:_SAMPLE] if one > 0x7F)
    if sum(len(one) for one in _LONG_UTF8.findall(data[:_SAMPLE])) > 0.6 * high:
        raise DocumentFault(file, "the text mixes UTF-8 with another encoding", "mend this line, then " + SAVE_AGAIN, line)
    return _guessed(data, file, line)


def _strictly(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise DocumentFault(file, f"the file says it is {encoding}, but it is not", SAVE_AGAIN, line) from error


def _wide(data: bytes) -> str | None:
    """Return the kind of UTF-16 that the zeros tell: every second byte of an English text is one."""
    sample = data[:4000]
    half = len(sample) // 2
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > 0.8 * half and low == 0:
        return "utf-16-le"
    return "utf-16-be" if low > 0.8 * half and high == 0 else None


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page declares, by the name the codecs know it, None for none or an unknown one."""
    head = data[:8192]
    found = _XML_ENCODING.match(head.lstrip()) or _CHARSET.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    if _LETTERS.match(name) is None:
        return None  # a codec that is no encoding of letters, such as one for compressed data
    # Browsers read pages that say Latin-1 or ASCII as Windows-1252: that is what they are.
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _guessed(data: bytes, file: str, line: int) -> Decoded:
    unknown = DocumentFault(file, "the encoding of the text cannot be told", SAVE_AGAIN, line)
    high = sum(1 for one in data if one > 0x7F)
    few = high <= 0.05 * len(data) + 3
    for encoding in _WESTERN_CODES if few else ():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_western(text):
            return Decoded(text, encoding, guessed=True)
    if few or high < _LEAST_LETTERS:
        raise unknown  # too little to tell one alphabet from another
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if best is None or best.chaos > 0.1:
        raise unknown
    try:
        return Decoded(data.decode(best.encoding), best.encoding, guessed=True)
    except UnicodeDecodeError:
        raise unknown from None


def _is_western(text: str) -> bool:
    """Return whether each sign outside ASCII stands as in English: a mark, a small letter, or a capital before a small letter."""
    for found in _OUTSIDE.finditer(text):
        one, index = found.group(), found.start()
        after_letter = index > 0 and text[index - 1].isalpha()
        if not one.isalpha():
            if one not in _WESTERN or (one in _MARKS_OR_LETTERS and after_letter):
                return False
        elif one.isupper() and (after_letter or not text[index + 1 : index + 2].islower()):
            return False  # a capital in the middle of a word: the quotation marks of old Macs, or another alphabet
    return True


def clean(text: str, file: str) -> str:
    r"""Return a text with one kind of line end and nothing that cannot be seen.

    Line ends of all kinds, form feeds and separators become ``\n``; other control signs and marks that turn the direction of
    writing become a blank; signs without width go.  Everything else stays.

    Parameters
    ----------
    text
        Any text.
    file
        Short name, for messages.

    Raises
    ------
    DocumentFault
        For a text with a zero, with more than one control sign in a hundred characters, with replacement characters, or with
        the traces of a wrong decoding ("donâ€™t").
    """
    text = _LINE_ENDS.sub("\n", text)
    seen = _UNSEEN.sub("", text)
    strays = sum(1 for _ in _CONTROLS.finditer(text))
    if "\0" in text or strays > 0.01 * len(text) + 2:
        raise DocumentFault(file, "this is not a text (it holds control characters)", SAVE_AGAIN)
    for pattern, what in _LOST:
        # With and without the signs that go, for half of a wrong letter can be one of them.
        for version in (text, seen):
            if (found := pattern.search(version)) is not None:
                remedy = "get the text again from where it comes from and save it as UTF-8"
                raise DocumentFault(file, what, remedy, version.count("\n", 0, found.start()) + 1)
    return _STRAYS.sub(" ", seen)
