"""The JSON Schema of the case file, made from the table of keys, for editors that complete and check."""

from __future__ import annotations

from typing import Any

from zopa.case.keys import BLOCKS, Key

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_SCALAR = {"type": ["string", "number", "boolean"]}
_ID_PATTERN = "^[A-Za-z][A-Za-z0-9_]*$"
# Mappings whose keys are ids chosen by the author, and what stands behind each.
_BY_ID = {
    "source": "source",
    "statement": "statement",
    "tension": "tension",
    "party": ["party", "text"],
    "principal": ["principal", "text"],
    "issue": "issue",
    "rule": ["rule", "text"],
    "assumption": ["assumption", "text"],
    "preferences": ["preferences", "text"],
    "package": ["package", "text"],
    "gate": "gate",
    "lever": "lever",
    "bonus": "bonus",
    "red_line": "red_line",
    "effect": "effect",
}


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``case.yaml``.

    YAML 1.2 editors read numbers and words as they please, so an amount is any scalar; what stands
    inside amounts and conditions is checked by ``zopa check``.
    """
    return {
        "$schema": SCHEMA,
        "title": "Zopa case file, version 1",
        "description": "One negotiation: sources, statements, parties, issues, rules, preferences, gates and levers.",
        **_block("case"),
        "$defs": {name: _block(name) for name in BLOCKS if name != "case"} | {"text": _SCALAR},
    }


def _block(name: str) -> dict[str, Any]:
    keys = BLOCKS[name]
    block: dict[str, Any] = {
        "type": "object",
        "properties": {key.name: {**_value(key), "description": key.doc} for key in keys},
        "additionalProperties": False,
    }
    required = [key.name for key in keys if key.required]
    if required:
        block["required"] = required
    if name in {"weights", "scores"}:
        # The other keys are the issues of the case.
        block["additionalProperties"] = {}
        block["propertyNames"] = {"pattern": _ID_PATTERN}
    return block


def _value(key: Key) -> dict[str, Any]:
    if key.kind == "words":
        return {"enum": [word for text in key.words for word in ([text, int(text)] if text.isdigit() else _yaml_words(text))]}
    if key.kind == "flag":
        return {"enum": [True, False, "yes", "no"]}
    if key.kind == "integer":
        return {"type": ["integer", "string"]}
    if key.kind in {"ids", "texts", "chains"}:
        return {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
    if key.kind == "amount":
        return {"anyOf": [_SCALAR, {"$ref": "#/$defs/judgement"}]}
    if key.kind == "block":
        return {"$ref": f"#/$defs/{key.of}"}
    if key.kind == "mapping":
        return _mapping(key)
    if key.kind == "any":
        return {}
    return dict(_SCALAR)


def _yaml_words(word: str) -> list[Any]:
    """Return a word as editors may read it: YAML 1.1 programs take yes and no for truth values."""
    return [word, word == "yes"] if word in {"yes", "no"} else [word]


def _mapping(key: Key) -> dict[str, Any]:
    if key.of in {"weights", "scores"}:
        return {"$ref": f"#/$defs/{key.of}"}
    of = _BY_ID.get(key.of)
    if of is None:
        return {"type": "object"}
    names = [of] if isinstance(of, str) else of
    refs: list[dict[str, Any]] = [{"$ref": f"#/$defs/{name}"} for name in names]
    inner = refs[0] if len(refs) == 1 else {"anyOf": refs}
    found: dict[str, Any] = {
        "type": "object",
        "properties": {"because": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}, "assume": _SCALAR},
        "additionalProperties": inner,
    }
    if key.of in {"source", "statement", "tension"}:
        del found["properties"]
    return found
