"""XML is read with lines; what could do harm is refused first."""

from __future__ import annotations

import pytest

from zopa.formats.xml_tree import XmlFault, parse_xml

BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<utility_space>&lol2;</utility_space>"""
OUTSIDE = """<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a b="1">&x;</a>"""


def test_elements_know_their_lines() -> None:
    root = parse_xml(b'<a>\n <b x="1"/>\n\n <b x="2"><c/></b>\n</a>')
    assert (root.tag, root.line) == ("a", 1)
    assert [(one.get("x"), one.line) for one in root.all("b")] == [("1", 2), ("2", 4)]
    assert root.all("b")[1].children[0].tag == "c"
    assert root.get("x") is None


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, "<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>", "<!DOCTYPE a><a/>"])
def test_document_types_and_entities_are_refused_in_words(text: str) -> None:
    with pytest.raises(XmlFault, match="document type or an entity") as caught:
        parse_xml(text.encode())
    assert "DOCTYPE" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "words", "line"),
    [
        (b"<a>\n<b>\n</a>", "mismatched tag", 3),
        (b"", "no element found", 1),
        (b"<a>&lol;</a>", "undefined entity", 1),
        (b"<a x='1' x='2'/>", "duplicate attribute", 1),
        (b"<a/><b/>", "junk after document element", 1),
        (b"\xff\xfe<", "not well formed", 1),
        (b"<a>\x00</a>", "not well formed", 1),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding", 1),
        (b'<?xml version="1.0" encoding="big5"?><a/>', "encoding", 1),
    ],
)
def test_ill_formed_xml_names_its_line(data: bytes, words: str, line: int) -> None:
    with pytest.raises(XmlFault, match=words) as caught:
        parse_xml(data)
    assert caught.value.line == line


def test_nesting_and_number_have_limits() -> None:
    with pytest.raises(XmlFault, match="nested more than"):
        parse_xml(b"<a>" * 100_000)
    with pytest.raises(XmlFault, match="more than 300,000 elements"):
        parse_xml(b"<a>" + b"<b/>" * 300_001 + b"</a>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_declared_encodings_are_read(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    data = f'<?xml version="1.0" encoding="{declared}"?><a b="é"/>'.encode(encoding)
    assert parse_xml(data).get("b") == "é"
