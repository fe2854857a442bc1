"""The digest that names a case: what it says, not how it is laid out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Table
from typing import Final

from zopa.case.nodes import Mapping, Node, Scalar, Sequence

# Where the order of keys carries meaning; anywhere else it does not change the case.
_ORDERED: Final = frozenset({"parties", "issues", "options", "principals"})


def case_digest(root: Mapping, sources: Table[str, str]) -> str:
    """Return the SHA-256 of the content of a case and of the bytes of its sources.

    Comments, layout and quotation marks do not enter; the order of parties, issues and options does,
    as does the order inside lists.  Numbers enter as written (``40`` and ``40.0`` differ).

    Parameters
    ----------
    root : Mapping
        The root node of the case file.
    sources : mapping of str to str
        SHA-256 of the file of each source, in hexadecimal.
    """
    content = {"case": _plain(root, ""), "sources": dict(sorted(sources.items()))}
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(node: Node, key: str) -> object:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, Sequence):
        return [_plain(item, key) for item in node.items]
    assert isinstance(node, Mapping)
    pairs = [[name, _plain(value, name)] for name, value in node.items()]
    return {"map": pairs if key in _ORDERED else sorted(pairs, key=lambda pair: str(pair[0]))}
