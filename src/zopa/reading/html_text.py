"""The main text of a saved web page: what a reader sees of the article, and nothing that only a program reads."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from zopa.reading.document_faults import DocumentFault

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

LEAST_LETTERS: Final = 40

# Elements that no reader of the page sees, or that belong to the site and not to the article.
_UNREAD: Final = frozenset(
    "script style noscript template nav footer aside button input select textarea svg math iframe object embed figcaption audio"
    " video canvas dialog del s strike".split()
)
_UNSEEN_CLASSES: Final = frozenset("sr-only visually-hidden screen-reader-text hidden".split())
_UNSEEN_STYLE: Final = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}(?:hidden|collapse)|(?:font-size|opacity|max-height)\s{0,3}:\s{0,3}0(?![.\d])"
    r"|(?:left|top|text-indent)\s{0,3}:\s{0,3}-\d{3}",
    re.IGNORECASE,
)
_BLOCKS: Final = frozenset(
    "address article blockquote body dd div dl dt fieldset h1 h2 h3 h4 h5 h6 header html li main ol p pre section table td th"
    " tr ul figure form head item list quote row cell".split()
)
_HEADINGS: Final = {"h1": "#", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}
_ITEMS: Final = frozenset({"li", "item"})
_BREAKS: Final = frozenset({"br", "lb", "hr"})


@dataclass(frozen=True)
class Page:
    """What a web page gives.

    Attributes
    ----------
    text
        Blocks of text with a blank line between them; headings begin with ``#``, items of lists with ``-``.
    title
        Title the page gives itself.
    dated
        Date of publication the page gives itself.
    """

    text: str
    title: str | None
    dated: date | None


def page_text(markup: str, file: str) -> Page:
    """Return the main text of an HTML page.

    Scripts, comments, navigation, forms, figures with their captions, and whatever the page hides go first.  The main text is
    then found by trafilatura; where it finds less than :data:`LEAST_LETTERS` letters, all that is left counts as text.
    Nothing is fetched.

    Parameters
    ----------
    markup
        The page.
    file
        Short name, for messages.

    Raises
    ------
    DocumentFault
        When no HTML can be found in it, or no text.
    """
    title, dated = _given(_tree(markup, file))
    root = _tree(markup, file)
    _drop_unread(root)
    found = _main(root)
    text = _text_of(found) if found is not None else ""
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        text = _text_of(root.find("body"))
    if not text:
        raise DocumentFault(file, "the page holds no text", "open it in the browser, copy the article and save it as plain text")
    return Page(text, title, dated)


def _tree(markup: str, file: str) -> HtmlElement:
    import lxml.html  # type: ignore[import-untyped]
    from lxml.etree import LxmlError

    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (LxmlError, ValueError) as error:
        raise DocumentFault(
            file, "the page cannot be read as HTML", "save it again from the browser, or copy its text"
        ) from error


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep what the library warns and logs about odd pages off the terminal."""
    for name in ("trafilatura", "htmldate", "justext", "readability"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _given(root: HtmlElement) -> tuple[str | None, date | None]:
    """Return the title and the date of publication that the page gives itself."""
    with _quietly():
        from trafilatura.metadata import extract_metadata

        try:
            given = extract_metadata(root, date_config={"original_date": True, "extensive_search": False})
        except Exception:  # a page may be broken in any way; then it names neither
            return None, None
    title = " ".join(given.title.split())[:300] if given.title else None
    try:
        return title, date.fromisoformat(given.date or "")
    except ValueError:
        return title, None


def _drop_unread(root: HtmlElement) -> None:
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        picture = element.tag == "figure" and element.find(".//table") is None
        if element.tag in _UNREAD or picture or _is_hidden(element):
            element.drop_tree()


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in {"body", "html"}:
        return False  # hidden until a script has run
    classes = set(element.get("class", "").split())
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or _UNSEEN_STYLE.search(element.get("style", "")) is not None
        or not classes.isdisjoint(_UNSEEN_CLASSES)
    )


def _main(root: HtmlElement) -> _Element | None:
    """Return the main text as the library marks it up."""
    with _quietly():
        from trafilatura import bare_extraction

        try:
            # A copy, for the library takes elements out of the tree it is given.
            found = bare_extraction(deepcopy(root), include_comments=False, include_tables=True, include_images=False)
        except Exception:  # a page may be broken in any way; then all that is left counts
            return None
    body: _Element | None = getattr(found, "body", None)
    return body


def _text_of(root: _Element | None) -> str:
    """Return the blocks of a tree as lines with blank lines between them."""
    from lxml.etree import iterwalk

    if root is None:
        return ""
    blocks: list[str] = []
    words: list[str] = []
    mark = ""

    def flush() -> None:
        nonlocal mark
        block = " ".join("".join(words).split())
        words.clear()
        if block:
            blocks.append(f"{mark} {block}" if mark else block)
            mark = ""

    for event, element in iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        outside = tag in _BLOCKS or tag in _BREAKS
        if outside:
            flush()
        if event == "start":
            if tag == "head" or tag in _HEADINGS:
                mark = _HEADINGS.get(element.get("rend", "") if tag == "head" else tag, "##")
            elif tag in _ITEMS:
                mark = "-"
            words.append(element.text or "")
        else:
            if outside:
                mark = ""
            if element is not root:
                words.append(element.tail or "")
    flush()
    return "\n\n".join(blocks)
