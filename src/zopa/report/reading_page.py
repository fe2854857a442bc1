"""The page of a reading: each text with its statements marked in place, one HTML file without network.

Works without its script: every mark carries a number that links to the record below the text, and back.  The policy
allows the one style and the one script by their hashes and nothing else; whatever comes from a text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence

from zopa import __version__
from zopa.reading import Decision, ReadArticle
from zopa.report.reading_view import reading_view
from zopa.report.templating import inline, static_text, templates


def reading_page(
    readings: Sequence[ReadArticle],
    *,
    title: str,
    case_digest: str | None = None,
    decisions: Sequence[Decision] = (),
) -> str:
    """Return the page of readings as HTML.

    Parameters
    ----------
    readings : sequence of ReadArticle
        What reading gave, one for each article.
    title : str
        Heading of the page.
    case_digest : str, optional
        Digest of the case that was drafted from it.
    decisions : sequence of Decision, optional
        What people decided about the statements.

    Returns
    -------
    str
        The whole page.  The same readings and decisions give the same text, byte for byte.
    """
    view = reading_view(readings, decisions)
    return str(
        templates()
        .get_template("reading.html.j2")
        .render(
            title=title,
            case_digest=case_digest,
            version=__version__,
            style=inline(f"{static_text('design.css')}\n{static_text('reading.css')}"),
            script=inline(static_text("reading.js")),
            **view,
        )
    )
