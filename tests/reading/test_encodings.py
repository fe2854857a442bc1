"""Encodings and stray signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.document_faults import DocumentFault
from zopa.reading.encodings import clean, decode

TEXT = "The board in Zürich said the café won’t reopen — “never,” it said.\nFishermen asked for more days at sea and got none.\n"
POLISH = "The chair, Józef Wałęsa of Gdańsk, rejects the lease of the quay. The board wants to hear the union first.\n"
PLAIN = "The board in Zürich said the café is shut.\nThe señora was of the same view.\n"
CYRILLIC = "Министр заявил, что переговоры о рыболовстве начнутся в понедельник и продлятся три дня. Стороны согласны.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.txt").text == TEXT


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (PLAIN, "latin-1", "cp1252"),
        (POLISH, "cp1250", "cp1250"),
        (POLISH, "iso8859-2", "cp1250"),
        (CYRILLIC, "cp1251", "cp1251"),
        (CYRILLIC, "koi8-r", "koi8_r"),
    ],
)
def test_what_is_guessed_is_said(text: str, encoding: str, found: str) -> None:
    read = decode(text.encode(encoding), "a.txt")
    assert (read.text, read.encoding, read.guessed) == (text, found, True)


def test_what_the_bytes_tell_is_no_guess() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert not decode(TEXT.encode(encoding), "a.txt").guessed


@pytest.mark.parametrize(
    ("head", "encoding", "declared"),
    [
        ('<meta charset="windows-1251">', "cp1251", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r", "koi8-r"),
        ("<?xml version='1.0' encoding='windows-1251'?>", "cp1251", "cp1251"),
    ],
)
def test_a_page_declares_its_encoding(head: str, encoding: str, declared: str) -> None:
    read = decode((head + CYRILLIC).encode(encoding), "a.html", markup=True)
    assert (read.text, read.encoding, read.guessed) == (head + CYRILLIC, declared, False)


def test_latin_1_of_a_page_is_what_browsers_take_it_for() -> None:
    head = '<meta charset="iso-8859-1">'
    assert decode((head + TEXT).encode("cp1252"), "a.html", markup=True).text == head + TEXT


@pytest.mark.parametrize("name", ["utf-8", "zlib", "rot13", "unicode_escape", "nonsense", "idna"])
def test_a_declaration_that_cannot_be_true_is_passed_over(name: str) -> None:
    head = f'<meta charset="{name}">'
    assert decode((head + TEXT).encode("cp1252"), "a.html", markup=True).text == head + TEXT


def fault(data: bytes, *, markup: bool = False) -> DocumentFault:
    with pytest.raises(DocumentFault) as caught:
        clean(decode(data, "a.txt", markup=markup).text, "a.txt")
    return caught.value


def test_two_encodings_in_one_text_are_refused_at_their_line() -> None:
    mixed = fault(TEXT.encode() + PLAIN.encode("latin-1"))
    assert (mixed.message, mixed.line) == ("the text mixes UTF-8 with another encoding", 3)


def test_a_mark_or_declaration_that_does_not_fit_is_refused() -> None:
    assert fault(b"\xef\xbb\xbfOne.\nTwo \xe9.").message == "the file says it is utf-8, but it is not"
    assert fault(b"\xef\xbb\xbfOne.\nTwo \xe9.").line == 2
    assert fault(b"\xff\xfea").message == "the file says it is utf-16-le, but it is not"
    assert fault(b'<meta charset="shift_jis">' + b"\x81 \xfd", markup=True).message.endswith("shift_jis, but it is not")


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF\x02\x01\x01" + bytes(60), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"GIF89a\x01\0\x01\0", bytes(range(256)) * 4],
)
def test_binary_is_no_text(data: bytes) -> None:
    assert "not a text" in fault(data).message


def test_bytes_that_fit_nothing_are_refused() -> None:
    assert fault(b"The b\x8d\x90rd \xd5\xd6a says\x81 no.").message == "the encoding of the text cannot be told"
    noise = bytes((index * 89 + 41) % 250 + 5 for index in range(4000))
    assert fault(noise).remedy


@pytest.mark.parametrize("damage", ["\ufffd", "’".encode().decode("cp1252"), "é".encode().decode("latin-1"), "Ã\xad"])
def test_letters_lost_before_are_refused_at_their_line(damage: str) -> None:
    assert fault(f"One.\nTwo.\nThe caf{damage} shuts.".encode()).line == 3


def test_names_with_accents_are_not_mistaken_for_damage() -> None:
    for text in ("São Paulo, Âncora, LÃ and FRANÇA", "Łódź, Zürich, Þórshöfn, Київ, 東京"):
        assert clean(text, "a.txt") == text


def test_line_ends_and_stray_signs() -> None:
    assert clean("a\r\nb\rc\u2028d\u2029e\x0bf\x0cg\x85h", "a.txt") == "a\nb\nc\nd\ne\nf\ng\nh"
    assert clean("\ufeffso\xadft\u200b wo\u2060rds\U000e0041", "a.txt") == "soft words"
    assert clean("a\u202eb\u2066c\x07", "a.txt") == "a b c "
    assert clean("a\tb\xa0c\u200d", "a.txt") == "a\tb\xa0c\u200d"


def test_control_signs_make_no_text() -> None:
    assert "control" in fault(b"\x1b[31mred\x1b[0m " * 40).message


@pytest.mark.property
@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = clean(text, "a.txt")
    except DocumentFault:
        return
    assert clean(once, "a.txt") == once
    assert once == once.encode("utf-8").decode("utf-8")
    assert decode(once.encode("utf-8"), "a.txt").text == once


@pytest.mark.property
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_give_a_text_or_a_fault(data: bytes, markup: bool) -> None:
    try:
        text = clean(decode(data, "a.txt", markup=markup).text, "a.txt")
    except DocumentFault:
        return
    assert "\0" not in text
    assert "\ufffd" not in text
