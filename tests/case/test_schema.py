"""The JSON Schema for editors takes every sound case and knows every key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from tests.case.broken import SOUND
from tests.conftest import CASES
from zopa.case import case_schema, write_starter
from zopa.case.keys import BLOCKS
from zopa.cases import shipped_case

VALIDATOR = jsonschema.Draft202012Validator(case_schema())


def problems(text: str) -> list[str]:
    """What the schema finds, read as an editor reads it: YAML 1.2 with plain strings for dates."""
    data: Any = YAML(typ="safe", pure=True).load(text)
    return [f"{list(one.absolute_path)}: {one.message}" for one in VALIDATOR.iter_errors(_plain(data))]


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return data if isinstance(data, str | int | float | bool) or data is None else str(data)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(case_schema())


@pytest.mark.parametrize(
    "path", [*sorted(CASES.glob("*.yaml")), shipped_case("ukraine-2025") / "case.yaml"], ids=lambda path: path.stem
)
def test_sound_cases_meet_the_schema(path: Path) -> None:
    assert problems(path.read_text(encoding="utf-8")) == []


def test_the_starter_and_the_harbour_meet_the_schema(tmp_path: Path) -> None:
    assert problems(SOUND) == []
    assert problems(write_starter(tmp_path / "lease").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("scale: ordered", "scael: ordered"),
        ("title: A harbour lease\n", ""),
        ("act: say", "act: shout"),
        ("reliability: B", "reliability: Z"),
        ("parties:\n", "partys:\n"),
        ("refuses: term", "refuse: term"),
    ],
)
def test_the_schema_finds_slips_in_keys_and_words(old: str, new: str) -> None:
    assert old in SOUND
    assert problems(SOUND.replace(old, new))


def test_every_key_is_explained() -> None:
    for name, keys in BLOCKS.items():
        assert keys, name
        for key in keys:
            assert len(key.doc) > 8, (name, key.name)
