"""Consent before a text leaves the machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zopa.reading.model.consent import ConsentMissing, consent_file, permission, question
from zopa.reading.model.endpoint import Endpoint, endpoint

REMOTE = endpoint("https://models.example/v1")
OTHER = endpoint("https://models.example:8443/v1")


def refuse(_question: str) -> bool:
    raise AssertionError("nobody should be asked")


class Asked:
    """Somebody who answers, and remembers what was asked."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer
        self.questions: list[str] = []

    def __call__(self, words: str) -> bool:
        self.questions.append(words)
        return self.answer


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"])
def test_a_model_on_this_machine_needs_none(url: str) -> None:
    given = permission(endpoint(url), refuse)
    assert (given.endpoint, given.why) == (endpoint(url), "this machine")
    assert not consent_file().exists()


def test_it_is_asked_once_for_each_place() -> None:
    somebody = Asked(True)
    assert permission(REMOTE, somebody).why == "agreed now"
    assert permission(REMOTE, refuse).why == "agreed before"
    assert permission(REMOTE).why == "agreed before"
    assert somebody.questions == [question(REMOTE)]
    assert "models.example:443" in question(REMOTE)
    with pytest.raises(ConsentMissing):
        permission(OTHER)
    assert permission(OTHER, somebody).why == "agreed now"
    assert json.loads(consent_file().read_text(encoding="utf-8")) == {"agreed": ["models.example:443", "models.example:8443"]}


def test_a_no_is_not_remembered_and_sends_nothing() -> None:
    nobody = Asked(False)
    for _ in range(2):
        with pytest.raises(ConsentMissing, match=r"nothing was sent to models\.example:443"):
            permission(REMOTE, nobody)
    assert len(nobody.questions) == 2
    assert not consent_file().exists()


def test_where_nobody_can_be_asked_the_remedy_is_told() -> None:
    with pytest.raises(ConsentMissing, match="--yes-send"):
        permission(REMOTE)


def test_an_explicit_option_holds_for_one_run() -> None:
    assert permission(REMOTE, refuse, send=True).why == "for this run"
    assert not consent_file().exists()


def test_the_file_is_the_users_alone() -> None:
    permission(REMOTE, Asked(True))
    assert consent_file().stat().st_mode & 0o777 == 0o600
    assert consent_file().parent.stat().st_mode & 0o777 == 0o700
    consent_file().chmod(0o644)
    permission(OTHER, Asked(True))
    assert consent_file().stat().st_mode & 0o777 == 0o600
    assert [one.name for one in consent_file().parent.iterdir()] == ["consent.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"agreed": "models.example:443"}', b'{"agreed": [["models.example:443"], 7]}', b"\xff", b"[" * 100_000],
)
def test_a_file_that_makes_no_sense_agrees_to_nothing(content: bytes) -> None:
    consent_file().parent.mkdir(parents=True)
    consent_file().write_bytes(content)
    with pytest.raises(ConsentMissing):
        permission(REMOTE)
    assert permission(REMOTE, Asked(True)).why == "agreed now"
    assert permission(REMOTE).why == "agreed before"


def test_a_folder_that_cannot_be_written_asks_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "taken"))
    assert permission(REMOTE, Asked(True)).why == "agreed now"
    with pytest.raises(ConsentMissing):
        permission(REMOTE)


def test_settings_stand_where_people_keep_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert consent_file() == tmp_path / "settings" / "zopa" / "consent.json"
    monkeypatch.setenv("HOME", str(tmp_path))
    for invalid in ("", "relative/folder"):
        monkeypatch.setenv("XDG_CONFIG_HOME", invalid)
        assert consent_file() == tmp_path / ".config" / "zopa" / "consent.json"


def test_a_question_shows_no_hostile_sign() -> None:
    assert question(Endpoint("https", "models.example", 443, "/\x1b[31m")).isprintable()
