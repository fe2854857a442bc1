from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.draft.checking import sound
from tests.reading.draft.statements import HARBOUR, LOWER, PORT, UNION, Story, article, gold, harbour, river
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.reading.articles import Span
from zopa.reading.draft import Draft, NothingToDraft, PartyName, Read, draft_case, write_draft
from zopa.reading.draft.elements import ADDED, Ground
from zopa.reading.statements import Statement, Trigger

BLOCKS = "sources statements tensions parties issues preferences packages gates".split()


def grounds(draft: Draft) -> dict[str, Ground]:
    """What every element of a draft rests on."""
    found = {f"issue {one.id}": one.ground for one in draft.issues}
    found |= {f"option {one.id}.{option.id}": option.ground for one in draft.issues for option in one.options}
    found |= {f"position {one.party} {one.issue}": one.ground for one in draft.positions}
    found |= {f"red line {one.id}": one.ground for one in draft.red_lines}
    found |= {f"gate {one.id}": one.ground for one in draft.gates}
    found |= {f"package {one.id}": one.ground for one in draft.packages}
    found |= {f"party {one.id}": one.ground for one in draft.parties}
    found |= {f"tension {one.id}": Ground(one.because) for one in draft.tensions}
    return found


@pytest.mark.parametrize("story", [harbour(), river()], ids=["harbour", "river"])
def test_a_draft_is_a_sound_case(story: Story) -> None:
    draft = draft_case([story.read()])
    case = sound(draft)
    assert list(case.issues) == [one.id for one in draft.issues]
    assert case.as_of == date(2024, 5, 3)
    assert not case.influence
    assert all(not one.weights and one.no_deal is None for one in case.preferences.values())


def test_blocks_stand_in_the_order_of_the_starter_case_with_comments() -> None:
    text = draft_case([river().read()]).text
    places = [text.index(f"\n{block}:") for block in BLOCKS if f"\n{block}:" in text]
    assert all(one < other for one, other in pairwise(places))
    for place in places:
        assert text[:place].splitlines()[-1].startswith("#")
    assert "unreviewed" in text.splitlines()[0]


def test_statements_stand_in_text_order() -> None:
    draft = draft_case([harbour().read()])
    assert [record.id for record in draft.statements] == [one.id for one in harbour().statements]


def test_no_number_is_drafted_for_what_parties_want() -> None:
    for story in (harbour(), river()):
        wants = (
            draft_case([story.read()]).text.partition("\npreferences:")[2].partition("\npackages:")[0].partition("\ngates:")[0]
        )
        assert "weights" not in wants
        assert "no_deal" not in re.sub("#.*", "", wants)
        assert not re.search(r": *-?\d", wants)


def test_every_element_has_statements_or_an_assumption() -> None:
    for story in (harbour(), river()):
        known = {one.id for one in story.statements}
        for name, ground in grounds(draft_case([story.read()])).items():
            assert ground.because or (ground.assume or "").startswith(ADDED), name
            assert set(ground.because) <= known, name


@pytest.mark.property
@given(st.sets(st.sampled_from([one.id for one in [*harbour().statements, *river().statements]])))
def test_deleting_statements_removes_all_that_rests_on_them_alone(gone: set[str]) -> None:
    whole = [harbour().read(), river().read()]
    left = [harbour().read(without=gone), river().read(without=gone)]
    try:
        draft = draft_case(left)
    except NothingToDraft:
        return
    sound(draft)
    for name, ground in grounds(draft).items():
        assert not set(ground.because) & gone, name
    lost = [ground for ground in grounds(draft_case(whole)).values() if ground.because and set(ground.because) <= gone]
    assert not [ground for ground in lost if ground in grounds(draft).values()]
    assert not [word for word in re.findall(r"\w+", draft.text.partition("\nparties:")[2]) if word in gone - {"joint", "alone"}]


@pytest.mark.property
def test_swapping_two_parties_swaps_the_draft() -> None:
    pairs = {"dockers' union": "harbour company", "Rita Moss": "Paul Venn", "Moss": "Venn", "UNION": "PORT"}
    both = pairs | {other: one for one, other in pairs.items()}

    def swap(text: str) -> str:
        return re.sub("|".join(map(re.escape, sorted(both, key=len, reverse=True))), lambda found: both[found.group()], text)

    other = harbour(swap(HARBOUR), union=PORT, port=UNION)
    mine, theirs = draft_case([harbour().read()]), draft_case([other.read()])
    assert swap(theirs.text) == mine.text


def test_what_the_narrator_says_of_a_party_changes_nothing_it_wants() -> None:
    def wants(draft: Draft) -> list[object]:
        return [draft.positions, draft.red_lines, [(one.id, one.options) for one in draft.issues], draft.packages]

    plain = harbour()
    story = harbour(f"{HARBOUR}\nThe union hates pay and has always refused night shifts.")
    story.say("pay", "hates", "oppose", "UNION", source="The union", level=4, own_words=False, stance_code="against")
    story.say(
        "night shifts", "has always refused", "reject", "UNION", level=4, own_words=False, stance_code="against", firm="always"
    )
    story.say("pay", "hates", "demand", "narrator", level=3, own_words=False, stance_code="against", id="told")
    story.statements.pop()
    with_words, without = draft_case([story.read()]), draft_case([plain.read()])
    assert [one for one in with_words.positions if one.ground.because] == list(without.positions)
    assert with_words.red_lines == without.red_lines
    assert wants(with_words)[3] == wants(without)[3]


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (set(), "no statement"),
        ({"bonus", "background"}, "no party|nothing is at issue"),
        ({"gate"}, None),
    ],
)
def test_too_little_is_refused_or_still_sound(statements: set[str], why: str | None) -> None:
    story = harbour()
    read = story.read(without={one.id for one in story.statements} - statements)
    if why is None:
        draft = draft_case([read])
        assert not any(one.process for one in draft.issues)
        assert draft.notes
        sound(draft)
    else:
        with pytest.raises(NothingToDraft, match=why):
            draft_case([read])


def test_only_a_narrator_is_refused() -> None:
    story = Story("The dam holds water.", [])
    story.say("water", "holds", "fact", "narrator", level=4)
    with pytest.raises(NothingToDraft, match="no party"):
        draft_case([story.read()])


def test_a_proposal_nobody_signed_makes_a_case_of_the_parties_it_names() -> None:
    story = Story("A plan has emerged, which includes a new dam.", [LOWER])
    story.say("a new dam", "has emerged", "propose", "narrator", level=4)
    draft = draft_case([story.read()])
    assert [(one.id, one.speaks) for one in draft.parties] == [("LOWER", False)]
    assert "any stand of Lower Savia" in draft.unsaid
    assert not draft.positions
    sound(draft)


def test_without_a_day_a_draft_is_refused_until_one_is_given() -> None:
    story = harbour()
    read = replace(story.read(), document_date=None)
    with pytest.raises(NothingToDraft, match="--date"):
        draft_case([read])
    assert draft_case([read], as_of=date(2024, 1, 2)).as_of == date(2024, 1, 2)
    sound(draft_case([read], as_of=date(2024, 1, 2)))


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    draft = draft_case([harbour().read()])
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="not empty"):
        write_draft(tmp_path, draft)
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
    file = write_draft(tmp_path / "new", draft)
    assert file.read_text(encoding="utf-8") == draft.text
    assert (tmp_path / "new" / "sources" / "story.md").read_text(encoding="utf-8") == HARBOUR


HOSTILE = [
    "a \"fee\": {x: [1, 2]} # not & *that | >\\ or 'so'",
    "a fee — “no: more”, 100 % & 3 < 4",
    "a fee\u202e\u2028 with\xa0odd\u200b signs \U0001f30a",
    "a fee ${HOME} {{ x }} <script>alert(1)</script> !!python/object:os.system",
    "a fee, - dash: and ---\ttab",
    "because assume order unknown fee",
    "a fee é with e\u0301 accents",
]


@pytest.mark.parametrize("content", HOSTILE)
def test_hostile_words_stay_words(content: str) -> None:
    union = replace(UNION, name=content, voices=(content,))
    story = Story(f"The union wants a quota, {content}.\nThe union says again: a quota, {content}.", [union])
    wish = f"a quota, {content}"
    story.say(wish, "wants", "want", "UNION", source="The union", stance_code="for", speaker=content)
    draft = draft_case([story.read()], title=content)
    case = sound(draft)
    assert [one.quote for one in case.statements.values()] == [f"The union wants {wish}"]
    assert all(one.isprintable() or one == "\n" for one in draft.text)


def test_a_control_character_inside_a_sentence_is_refused() -> None:
    story = Story("The union wants a\x1b[2J fee.", [UNION])
    story.say("a\x1b[2J fee", "wants", "want", "UNION", source="The union", stance_code="for")
    with pytest.raises(NothingToDraft, match="control"):
        draft_case([story.read()])


WORDS = st.lists(
    st.sampled_from(
        "dam fee fees quota no without joint 5 percent reduce later in exchange for the both and that this plan".split()
    ),
    min_size=1,
    max_size=9,
).map(" ".join)
PREDICATES = st.sampled_from(["say", "want", "demand", "reject", "condition", "propose", "offer", "consequence", "fact", "doubt"])
ROWS = st.lists(
    st.tuples(
        WORDS,
        PREDICATES,
        st.sampled_from(["UNION", "PORT", "narrator", "anonymous", "unnamed", "unresolved"]),
        st.integers(0, 4),
        st.sampled_from(["for", "against", "open", "none"]),
        st.sampled_from(["firm", "plain", "soft"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.property
@given(ROWS)
def test_whatever_is_said_gives_a_sound_case_or_a_clear_refusal(rows: list[tuple[str, str, str, int, str, str]]) -> None:
    text = "\n".join(f"Somebody says {content}." for content, *_ in rows)
    base = article(text)
    made = []
    for number, (content, predicate, party, level, stance, firm) in enumerate(rows):
        line = base.lines[number].span
        start = line.start + len("Somebody says ")
        made.append(
            Statement(
                id=f"s{number}",
                article=base.name,
                line=number + 1,
                sentence=line,
                source=Span(line.start, line.start + 8),
                cue=Span(line.start + 9, start - 1),
                content=Span(start, start + len(content)),
                predicate=predicate,
                party=party,
                level=level,
                own_words=level <= 1 and party.isupper(),
                stance_code=stance,  # type: ignore[arg-type]
                firmness=firm,  # type: ignore[arg-type]
                hedges=(Trigger("says", Span(line.start + 9, start - 1), "firm"),) if firm == "firm" else (),
            )
        )
    try:
        draft = draft_case([Read(base, date(2024, 1, 1), tuple(made), {"UNION": UNION, "PORT": PORT})])
    except NothingToDraft:
        return
    sound(draft)
    assert all(line.party in {"UNION", "PORT"} for line in draft.red_lines)


def test_the_project_s_own_briefing_gives_a_sound_case() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    source = case.sources["briefing"]
    assert source.text is not None
    base = article(source.text, "briefing.md")
    made = []
    for one in case.statements.values():
        span = Span(*one.span)
        line = next(line for line in base.lines if span.within(line.span))
        made.append(
            Statement(
                id=one.id,
                article="briefing.md",
                line=line.number,
                sentence=line.span,
                source=None,
                cue=Span(span.start, source.text.index(" ", span.start)),
                content=span,
                predicate=one.act or "say",
                party=(one.party or "narrator").partition(".")[0],
                level=one.level or 0,
                own_words=one.own_words,
                speaker=one.speaker,
                stance_code=one.stance or "none",  # type: ignore[arg-type]
                firmness=one.firm or "plain",  # type: ignore[arg-type]
                time_norm=one.time,
                time_role="about" if one.time else None,
            )
        )
    parties = {
        name: PartyName(name, one.name, voices=(*one.voices, *(voice for office in one.principals for voice in office.voices)))
        for name, one in case.parties.items()
    }
    draft = draft_case([Read(base, source.date, tuple(made), parties)])
    made_case = sound(draft)
    assert set(made_case.statements) == set(case.statements)
    assert {one.party for one in draft.positions} <= {"RUS", "UKR", "USA"}
    told = {one.id for one in case.statements.values() if not one.own_words}
    assert not [one for one in draft.positions if set(one.ground.because) & told]
    assert not [line for line in draft.red_lines if set(line.ground.because) & told]


@pytest.mark.published
def test_the_reference_article_gives_a_sound_case(shared: Path) -> None:
    draft = draft_case([gold(shared)])
    sound(draft)
    assert 8 <= len(draft.issues) <= 11
    held = {(one.party, one.way, one.ground.because) for one in draft.positions}
    assert ("UKR", "for", ("g22",)) in held
    assert ("UKR", "for", ("g23",)) in held
    assert not [one for one in draft.positions if one.party in {"RUS", "NATO", "EUR"}]  # presupposed and reported stands are not
    assert {line.ground.because for line in draft.red_lines} == {("g19",), ("g22",)}
    assert [(gate.on, gate.ground.because) for gate in draft.gates if gate.on] == [(date(2025, 1, 20), ("g7",))]
    assert {package.ground.because for package in draft.packages} == {("g27", "g28"), ("g29",)}
    nested = {"g2", "g5", "g9", "g18", "g26", "g28", "g34"}
    assert not [one for one in draft.positions if set(one.ground.because) & nested]
