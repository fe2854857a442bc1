"""XML to plain elements with line numbers; document types and entities are refused before they can do anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

MAX_DEPTH: Final = 50
MAX_ELEMENTS: Final = 300_000


class XmlFault(ValueError):
    """XML that is not taken: what is wrong (the message), in which line, and how to mend it."""

    def __init__(self, what: str, line: int, remedy: str) -> None:
        super().__init__(what)
        self.line = line
        self.remedy = remedy


@dataclass(slots=True)
class Element:
    """One element: its name, its attributes, the elements inside it, and the line where it begins."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """Return an attribute, or None when it is not there."""
        return self.attributes.get(name)

    def all(self, tag: str) -> list[Element]:
        """Return the elements of one name directly inside this one."""
        return [child for child in self.children if child.tag == tag]


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML file.

    Parameters
    ----------
    data : bytes
        The whole file, in any encoding that it declares.

    Raises
    ------
    XmlFault
        When the XML is not well formed, declares a document type or an entity, is nested too deeply or holds too
        many elements.
    """
    parser = expat.ParserCreate()
    stack: list[Element] = []
    roots: list[Element] = []
    count = 0

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        line = parser.CurrentLineNumber
        if len(stack) >= MAX_DEPTH:
            raise XmlFault(f"elements are nested more than {MAX_DEPTH} deep", line, "Give the domain with fewer levels.")
        if count > MAX_ELEMENTS:
            raise XmlFault(f"there are more than {MAX_ELEMENTS:,} elements", line, "Give a smaller domain.")
        element = Element(tag, attributes, line)
        (stack[-1].children if stack else roots).append(element)
        stack.append(element)

    def refuse(*_: object) -> None:
        line = parser.CurrentLineNumber
        what = "it declares a document type or an entity, which is not read for safety"
        raise XmlFault(what, line, "Remove the lines with <!DOCTYPE and <!ENTITY; the files of GENIUS need none.")

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: stack.pop()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code) if error.code else str(error)
        raise XmlFault(f"the XML is not well formed: {words}", error.lineno, "Open it in an XML editor and mend it.") from None
    except (LookupError, ValueError) as error:
        if isinstance(error, XmlFault):
            raise
        raise XmlFault("its encoding is not known", 1, "Save the file as UTF-8.") from None
    return roots[0]
