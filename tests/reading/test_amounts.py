"""Quantities with their bounds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.amounts import amounts
from zopa.reading.measures import singular

WORDS = st.sampled_from(
    "at least up to between and from 10 20 1,200 3.5 $ € % percent years -mile million half a third of twenty hundred 1 200 - – "
    "Article 2025 January within about or more per day ½ people vessels .".split(" ")
)


def read(text: str) -> list[tuple[str, int | float, str | None, str | None]]:
    return [(one.text, one.value, one.unit, one.bound) for one in amounts(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The lease costs $2.5 billion.", ("$2.5 billion", 2_500_000_000, "USD", None)),
        ("They asked for US$12.5m.", ("US$12.5m", 12_500_000, "USD", None)),
        ("A loan of USD 5m was offered.", ("USD 5m", 5_000_000, "USD", None)),
        ("It cost 40 million U.S. dollars.", ("40 million U.S. dollars", 40_000_000, "USD", None)),
        ("It paid 5 million pounds.", ("5 million pounds", 5_000_000, "GBP", None)),
        ("Each sack holds 30 pounds.", ("30 pounds", 30, "pound", None)),
        ("a 200-mile fishing zone", ("200-mile", 200, "mile", None)),
        ("a five-year contract", ("five-year", 5, "year", None)),
        ("the 27-nation bloc", ("27-nation", 27, "nation", None)),
        ("with 1,200 workers", ("1,200 workers", 1200, "worker", None)),
        ("over 12 000 tonnes of cod", ("over 12 000 tonnes", 12_000, "tonne", "min")),
        ("some 300 crews struck", ("some 300 crews", 300, "crew", "approx")),
        ("no fewer than twenty trawlers", ("no fewer than twenty trawlers", 20, "trawler", "min")),
        ("two dozen ships", ("two dozen ships", 24, "ship", None)),
        ("half a million people", ("half a million people", 500_000, "person", None)),
        ("one hundred and fifty thousand barrels", ("one hundred and fifty thousand barrels", 150_000, "barrel", None)),
        ("after two and a half years", ("two and a half years", 2.5, "year", None)),
        ("twenty-five farms", ("twenty-five farms", 25, "farm", None)),
        ("a third of the quota", ("a third", pytest.approx(100 / 3), "percent", None)),
        ("by three-quarters", ("three-quarters", 75, "percent", None)),
        ("less than half of the water", ("less than half", 50, "percent", "max")),
        ("within 90 days", ("within 90 days", 90, "day", "max")),
        ("shall not exceed 40 hours a week", ("not exceed 40 hours a week", 40, "hour per week", "max")),
        ("20 or more vessels", ("20 or more vessels", 20, "vessel", "min")),
        ("a lease of 20 years or more", ("20 years or more", 20, "year", "min")),
        ("up to another 15%", ("up to another 15%", 15, "percent", "max")),
        ("at least a year of notice", ("at least a year", 1, "year", "min")),
        ("as much as $60 a barrel", ("as much as $60 a barrel", 60, "USD per barrel", "max")),
        ("5 cubic metres per second", ("5 cubic metres per second", 5, "cubic metre per second", None)),
        ("30 square km of reef", ("30 square km", 30, "square kilometre", None)),
        ("fell by 2 percentage points", ("2 percentage points", 2, "percent", None)),
        ("to -5 degrees", ("-5 degrees", -5, "degree", None)),
        ("warming of 1.5°C", ("1.5°C", 1.5, "degree", None)),
        ("15 foreign soldiers", ("15 foreign soldiers", 15, "soldier", None)),
        ("nearly 2½ miles", ("nearly 2½ miles", 2.5, "mile", "approx")),
        ("a fleet of 12.", ("12", 12, None, None)),
        ("the dispute over 12 islands", ("12 islands", 12, "island", None)),
        ("more than 2000 dockers", ("more than 2000 dockers", 2000, "docker", "min")),
        ("a rent of £41 per square foot", ("£41 per square foot", 41, "GBP per square foot", None)),
        ("nearly $70 per nautical mile", ("nearly $70 per nautical mile", 70, "USD per nautical mile", "approx")),
        ("sold at €9 a square metre", ("€9 a square metre", 9, "EUR per square metre", None)),
        # Lengths before "old" that are no ages of persons.
        ("The ceasefire is less than four days old.", ("less than four days", 4, "day", "max")),
        ("a water right more than 250 years old", ("more than 250 years", 250, "year", "min")),
        ("a 250-year-old water right", ("250-year", 250, "year", None)),
        ("Divers must be at least 18 years old.", ("at least 18 years", 18, "year", "min")),
    ],
)
def test_one_quantity(text: str, wanted: tuple[object, ...]) -> None:
    assert read(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "one of the main points",
        "one, both and the first of the two sides",
        "Article 5 guarantees peace under Resolution 242 and Clause 7.",
        "The F-16, COVID-19, the G7, 5G and the P5+1",
        "No. 10 said so",
        "In 2025 talks began; the 2015 agreement of 20 January 2024 lapsed on Jan. 20, 2025",
        "January 21st, the 3rd round, 2025-01-10, 9/11 and 24/7",
        "between January 5 and 7 or 5-7 January",
        "at 5 pm, 5:30, 17.30.00 and six o'clock",
        "in the 1990s and 2024-25",
        "Maria Lopez, 45, and a 45-year-old driver aged 50 or 29 years old",
        "once a year, a day later",
        "a 3-2 ruling in one in five cases",
        "the Group of Seven and a two-state plan",
        "1. The lease",
        "hundreds of boats, dozens of crews, several ports",
        "10,11 and 3.5.1",
    ],
)
def test_no_quantity(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("cut it by 10 to 20 percent", ("10", 10, "percent", "min"), ("20 percent", 20, "percent", "max")),
        ("between 5 and 7 years", ("between 5", 5, "year", "min"), ("7 years", 7, "year", "max")),
        (
            "for $3-5 billion a year",
            ("$3", 3_000_000_000, "USD per year", "min"),
            ("5 billion a year", 5_000_000_000, "USD per year", "max"),
        ),
        ("from $900 to $1 million", ("$900", 900, "USD", "min"), ("$1 million", 1_000_000, "USD", "max")),
        ("10–15 vessels", ("10", 10, "vessel", "min"), ("15 vessels", 15, "vessel", "max")),
        (
            "between one hundred and two hundred ships",
            ("between one hundred", 100, "ship", "min"),
            ("two hundred ships", 200, "ship", "max"),
        ),
        # A change is no range.
        ("rose from 10 to 20 percent", ("10", 10, "percent", None), ("20 percent", 20, "percent", None)),
        ("cut from 40 hours to 35 hours", ("40 hours", 40, "hour", None), ("35 hours", 35, "hour", None)),
    ],
)
def test_ranges_are_two_quantities(text: str, low: tuple[object, ...], high: tuple[object, ...]) -> None:
    assert read(text) == [low, high]


def test_a_length_of_time_behind_a_sum_is_no_bound() -> None:
    assert read("$60 million over ten years") == [("$60 million", 60_000_000, "USD", None), ("ten years", 10, "year", None)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The bloc may phase the quotas in over 30 months.", ("30 months", 30, "month", None)),
        ("The fine was repaid over six years.", ("six years", 6, "year", None)),
        ("The port will hire them over six years.", ("six years", 6, "year", None)),
        ("The pier was built over a decade.", ("a decade", 1, "decade", None)),
        ("Over 30 months, the owner lowered the rent.", ("30 months", 30, "month", None)),
        ("Over six years of drought emptied the lake.", ("Over six years", 6, "year", "min")),
        ("The strike lasted over 30 months.", ("over 30 months", 30, "month", "min")),
        ("It took them over 30 months.", ("over 30 months", 30, "month", "min")),
        ("a lease of over six years", ("over six years", 6, "year", "min")),
        ("It was signed over six years ago.", ("over six years", 6, "year", "min")),
        ("They have not sat in over 30 months.", ("over 30 months", 30, "month", "min")),
        ("The port hired over 30 pilots.", ("over 30 pilots", 30, "pilot", "min")),
    ],
)
def test_over_a_length_of_time_is_a_bound_or_in_the_course_of_it(text: str, wanted: tuple[object, ...]) -> None:
    assert read(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Faroe would not settle for less than 12 percent.", "min"),
        ("The tenants cannot pay more than 12 euros.", "max"),
        ("The tenants can’t pay more than 12 euros.", "max"),
        ("The crews never sailed for fewer than 12 days.", "min"),
        ("Nobody may fish below 12 metres.", "min"),
        ("No one would work for under 12 euros.", "min"),
        ("No trawler may land over 12 tonnes.", "max"),
        ("Neither Lima nor Quito would take less than 12 percent.", "min"),
        ("The owner refused to grant more than 12 months.", "max"),
        ("The lease will not run longer than 12 years.", "max"),
        ("The union will not, its leader said, accept less than 12 percent.", "min"),
        ("The union will not sell 1,300 shares for less than 12 euros.", "min"),
        ("The truce has not lasted for more than 12 days.", "max"),
        # A clause begins between, or the negation is of something else.
        ("The union did not strike but won more than 12 percent.", "min"),
        ("The union did not strike and won more than 12 percent.", "min"),
        ("The union did not strike; more than 12 crews sailed.", "min"),
        ("Although it did not strike, the union won more than 12 percent.", "min"),
        ("Although it did not strike, the port said, more than 12 crews sailed.", "min"),
        ("“We will not strike,” the captain of more than 12 crews said.", "min"),
        ("It did not say that more than 12 crews sailed.", "min"),
        ("Crews that did not strike won more than 12 percent.", "min"),
        ("The port not only lost more than 12 crews.", "min"),
        ("The port did not speak of its more than 12 crews.", "min"),
        ("The port did not rule out a rise of more than 12 percent.", "min"),
        ("Nobody refused to pay more than 12 euros.", "min"),
        ("The council has not met for more than 12 months.", "min"),
        ("More than 12 crews did not sail.", "min"),
        # These hold their negation themselves.
        ("The port will pay no more than 12 euros.", "max"),
        ("The port will pay not less than 12 euros.", "min"),
        ("The port does not want up to 12 percent.", "max"),
    ],
)
def test_a_negation_turns_the_bound_of_a_comparison_in_its_clause(text: str, bound: str) -> None:
    assert read(text)[-1][1] == 12
    assert read(text)[-1][3] == bound


def test_bounds_on_both_sides_of_or() -> None:
    assert [one[2:] for one in read("no rise of less than 3 percent or more than 5 percent")] == [
        ("percent", "max"),
        ("percent", "min"),
    ]


def test_whole_numbers_are_integers() -> None:
    assert [type(one.value) for one in amounts("$61.5 billion and 2.5 miles")] == [int, float]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("countries", "country"),
        ("ships", "ship"),
        ("classes", "class"),
        ("aircraft", "aircraft"),
        ("bus", "bus"),
        ("lives", "life"),
    ],
)
def test_singular(word: str, wanted: str) -> None:
    assert singular(word) == wanted


@pytest.mark.golden
def test_the_reference_article_yields_its_quantities_and_no_other(shared: Path) -> None:
    text = (shared / "article" / "article.txt").read_text(encoding="utf-8")
    gold = json.loads((shared / "article" / "gold.json").read_text(encoding="utf-8"))["quantities"]
    wanted = [(one["text"], one["value"], one["unit"], one["bound"], tuple(one["span"])) for one in gold]
    got = [(one.text, one.value, one.unit, one.bound, (one.span.start, one.span.end)) for one in amounts(text)]
    assert got == wanted


@pytest.mark.property
@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)), st.data())
def test_spans_slice_to_their_text_inside_the_part_read(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reach = start
    for one in amounts(text, start, end):
        assert one.span.of(text) == one.text
        assert reach <= one.span.start < one.span.end <= end
        reach = one.span.end


@pytest.mark.property
@given(st.integers(0, 10**12))
def test_digits_with_separators_are_read_exactly(value: int) -> None:
    assert [one.value for one in amounts(f"{value:,} tonnes")] == [value]


class _Counting(dict[str, object]):
    """A table that counts how often it is asked."""

    asked = 0

    def get(self, key: str, default: object = None) -> object:
        type(self).asked += 1
        return super().get(key, default)


@pytest.mark.property
@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "twenty ",
        "at least ",
        "1 111 ",
        "$",
        "one hundred and ",
        "another ",
        "million ",
        "1-",
        "half a ",
        "between 1 and ",
        "zero ",
    ],
)
def test_work_grows_with_the_length_of_hostile_texts(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from zopa.reading import amounts as reader
    from zopa.reading import numerals

    for module, table in [(reader, "_BEFORE"), (reader, "_AFTER"), (reader, "UNITS"), (numerals, "ONES"), (numerals, "_SCALES")]:
        monkeypatch.setattr(module, table, _Counting(getattr(module, table)))

    def looked_up(times: int) -> int:
        _Counting.asked = 0
        amounts(piece * times)
        return _Counting.asked

    assert looked_up(800) <= 2 * looked_up(400) + 100


def test_endless_digits_are_no_number() -> None:
    assert read("9" * 50_000 + " tonnes") == []
    assert read("1," * 50_000) == []
