"""The value of finding out, on questions of which it is known what they hang on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from zopa.exploration.finding_out import Finding, find_out, rank_findings

DRAWS = 4000


def uniforms(count: int, seed: int = 1, draws: int = DRAWS) -> NDArray[np.float64]:
    return np.random.default_rng(seed).random((count, draws))


def found(answers: NDArray[np.bool_], values: NDArray[Any], **options: Any) -> Finding:
    return find_out("a", answers, values, np.random.default_rng(0), **options)


@pytest.mark.property
@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.7])
def test_a_threshold_on_one_judgement_is_worth_all_that_can_be_won(threshold: float) -> None:
    """A call without knowing is right in the larger part; knowing on which side of the threshold is always right."""
    (values,) = uniforms(1)
    one = found(values < threshold, values)
    # The threshold lies at an edge of the bins, up to how the edges stray: sqrt(p q / 2000), at most 0.011.
    assert one.called_right == pytest.approx(1, abs=0.04)
    assert one.gain == pytest.approx(min(threshold, 1 - threshold), abs=0.05)
    assert one.settled > 0.85


@pytest.mark.property
def test_a_threshold_inside_a_bin_costs_half_of_it() -> None:
    (values,) = uniforms(1)
    one = found(values < 0.35, values)
    # The bin from 0.3 to 0.4 is called by its majority: half of a tenth is lost, and that tenth is not settled.
    assert one.called_right == pytest.approx(0.95, abs=0.02)
    assert one.gain == pytest.approx(0.35 - 0.05, abs=0.03)
    assert one.settled == pytest.approx(0.9, abs=0.02)
    # Finer bins come nearer to the value of knowing the number itself.
    assert found(values < 0.35, values, bins=50).gain == pytest.approx(0.35, abs=0.03)


@pytest.mark.published
def test_the_gain_is_the_value_of_perfect_information() -> None:
    """Raiffa and Schlaifer (1961): the mean of the best of each bin, less the best of the whole.

    A judgement of three words with chances 1/2, 1/4, 1/4 and yes in 1/5, 3/5 and 4/5 of their draws:
    called right 1/2 4/5 + 1/4 3/5 + 1/4 4/5 = 3/4; without knowing, no in 11/20.
    """
    generator = np.random.default_rng(7)
    word = generator.choice(3, p=[0.5, 0.25, 0.25], size=40_000)
    answers = generator.random(40_000) < np.array([0.2, 0.6, 0.8])[word]
    one = found(answers, word, words=True)
    for wanted, made, error in ((0.75, one.called_right, one.called_right_error), (0.2, one.gain, one.gain_error)):
        assert abs(made - wanted) < 4 * error
        assert 0 < error < 0.005
    assert one.settled == 0
    # At a level of 4/5 the first and the last are on the edge; at 0.7 they are settled, three quarters of the draws.
    assert found(answers, word, words=True, settled_at=0.7).settled == pytest.approx(0.75, abs=0.01)


@pytest.mark.property
def test_what_does_not_matter_is_not_made_to_matter() -> None:
    # Mean over independent questions: without halves the best of each bin would win by chance.
    gains = []
    for seed in range(60):
        deciding, idle = uniforms(2, seed, draws=400)
        one = found(deciding < 0.5, idle)
        gains.append(one.gain)
        assert one.gain < 5 * one.gain_error
        assert one.settled == 0
    assert np.mean(gains) < 2 * np.std(gains) / np.sqrt(60)


@pytest.mark.property
def test_of_two_that_only_count_together_neither_helps_alone() -> None:
    one, other = uniforms(2)
    answers = (one < 0.5) ^ (other < 0.5)
    both = 2 * (one < 0.5) + (other < 0.5)
    ranked = rank_findings(
        answers, {"one": one, "other": other, "both": both}, np.random.default_rng(0), words=frozenset({"both"})
    )
    assert ranked[0].key == "both"
    assert (ranked[0].settled, ranked[0].called_right, ranked[0].settled_error) == (1, 1, 0)
    for finding in ranked[1:]:
        assert abs(finding.gain) < 4 * finding.gain_error
        assert finding.settled == 0


@pytest.mark.property
@pytest.mark.parametrize("noise", [0, 0.3])
def test_errors_are_no_smaller_than_figures_really_stray(noise: float) -> None:
    runs = []
    for seed in range(200):
        values, other = uniforms(2, seed, draws=600)
        runs.append(found(values + noise * other < 0.35 + noise, values))
    for name in ("called_right", "gain"):
        stray = np.std([getattr(run, name) for run in runs], ddof=1)
        error = np.sqrt(np.mean([getattr(run, f"{name}_error") ** 2 for run in runs]))
        # Bins that are close to even are called now one way and now the other, which makes errors larger, not smaller;
        # 200 runs tell a standard deviation to a twentieth.
        assert 0.9 < error / stray < 1.5
        mean = np.mean([getattr(run, name) for run in runs])
        held = [getattr(run, f"{name}_interval")[0] <= mean <= getattr(run, f"{name}_interval")[1] for run in runs]
        assert np.mean(held) > 0.95 - 3 * np.sqrt(0.95 * 0.05 / 200)


def by_hand(answers: Sequence[bool], values: Sequence[Any], bins: int, words: bool, settled_at: float) -> tuple[float, ...]:
    """The three figures in plain loops over draws."""
    sums = [0.0, 0.0, 0.0]
    for start in (0, 1):
        known = list(zip(values, answers, strict=True))[start::2]
        tried = list(zip(values, answers, strict=True))[1 - start :: 2]

        def place(value: Any, known: list[tuple[Any, bool]] = known) -> Any:
            # A number's bin is told by the share of the known half that lies below it.
            return value if words else min(sum(other < value for other, _ in known) * bins // len(known), bins - 1)

        def call(votes: Counter[bool]) -> float:
            return 0.5 if votes[True] == votes[False] else float(votes[True] > votes[False])

        whole = call(Counter(answer for _, answer in known))
        votes, trials = defaultdict[Any, Counter[bool]](Counter), defaultdict[Any, Counter[bool]](Counter)
        for half, table in ((known, votes), (tried, trials)):
            for value, answer in half:
                table[place(value)][answer] += 1
        for value, answer in tried:
            spot = place(value)
            own = call(votes[spot])
            called = whole if own == 0.5 else own
            agree = own != 0.5 and all(held[own == 1] / held.total() >= settled_at for held in (votes[spot], trials[spot]))
            right, blind = (0.5 if one == 0.5 else float((one == 1) == answer) for one in (called, whole))
            for figure, part in enumerate((agree, right, right - blind)):
                sums[figure] += part / len(tried) / 2
    return tuple(sums)


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[bool], list[int]]:
    rows = draw(st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=4, max_size=30))
    return [answer for answer, _ in rows], [value for _, value in rows]


@pytest.mark.oracle
@given(questions(), st.integers(1, 6), st.booleans(), st.sampled_from([0.6, 0.95, 1]))
def test_the_figures_are_those_of_plain_loops(
    question: tuple[list[bool], list[int]], bins: int, words: bool, settled_at: float
) -> None:
    answers, values = question
    one = found(np.array(answers), np.array(values), bins=bins, words=words, settled_at=settled_at, resamples=2)
    wanted = by_hand(answers, values, bins, words, settled_at)
    assert (one.settled, one.called_right, one.gain) == pytest.approx(wanted, abs=1e-12)
    assert one.draws == len(answers)


@pytest.mark.property
@given(questions(), st.integers(2, 6), st.booleans())
def test_yes_and_no_are_treated_alike_and_only_the_order_of_numbers_counts(
    question: tuple[list[bool], list[int]], bins: int, words: bool
) -> None:
    answers, values = np.array(question[0]), np.array(question[1])
    one = found(answers, values, bins=bins, words=words)
    other = found(~answers, np.exp(values / 3.0), bins=bins, words=words)
    assert (other.settled, other.called_right, other.gain) == (one.settled, one.called_right, one.gain)


def test_equal_numbers_stay_together() -> None:
    # Nine draws in ten are 50: one bin for them, one for what lies above.
    values = np.array([50] * 18 + [60, 70])
    one = found(values > 50, values)
    assert (one.settled, one.called_right) == (1, 1)
    assert one.gain == pytest.approx(0.1)


def test_a_bin_is_settled_only_when_both_halves_say_so() -> None:
    # Word 0: always yes. Word 1: yes in the even draws, no in half of the odd ones.
    word = np.repeat([0, 1], 20)
    answers = np.ones(40, dtype=np.bool_)
    answers[21::4] = False
    assert found(answers, word, words=True).settled == 0.5
    answers[21::4] = True
    assert found(answers, word, words=True).settled == 1


def test_a_judgement_that_never_varies_changes_nothing() -> None:
    answers = uniforms(1)[0] < 0.3
    one = found(answers, np.full(DRAWS, 7.0))
    assert [one.gain, one.gain_error, one.settled, *one.gain_interval] == [0] * 5
    # A question that is all but settled is so whatever is found out.
    always = found(np.ones(DRAWS, dtype=np.bool_), uniforms(1)[0])
    assert (always.settled, always.called_right, always.gain) == (1, 1, 0)


def test_the_ranking_goes_by_gain_then_key_and_no_judgement_moves_another() -> None:
    values = uniforms(3)
    answers = values[0] + 0.2 * values[1] < 0.6
    judgements = {"z": values[0], "b": np.zeros(DRAWS), "a": np.ones(DRAWS), "m": values[1]}
    ranked = rank_findings(answers, judgements, np.random.default_rng(4))
    assert [one.key for one in ranked] == ["z", "m", "a", "b"]
    assert ranked[0].gain > ranked[1].gain > ranked[2].gain == ranked[3].gain == 0
    # Leaving others out, or another order, moves no figure and no error.
    assert rank_findings(answers, dict(reversed(judgements.items())), np.random.default_rng(4)) == ranked
    assert rank_findings(answers, {"m": values[1]}, np.random.default_rng(4)) == (ranked[1],)
    assert rank_findings(answers, judgements, np.random.default_rng(5)) != ranked
    assert rank_findings(answers, {}, np.random.default_rng(4)) == ()


def test_resamples_in_blocks_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    values = uniforms(2)
    whole = found(values[0] < values[1], values[0], resamples=50)
    monkeypatch.setattr("zopa.exploration.finding_out.CELLS", 7 * DRAWS)
    assert found(values[0] < values[1], values[0], resamples=50) == whole


def test_wrong_input_is_refused_in_words() -> None:
    answers, values = np.array([True, False, True, False]), np.arange(4.0)
    with pytest.raises(ValueError, match="a: needs one value and one answer"):
        found(answers, values[:3])
    with pytest.raises(ValueError, match="at least four draws"):
        found(answers[:3], values[:3])
    with pytest.raises(ValueError, match="a: some draws have no value"):
        found(answers, np.array([0, 1, np.nan, 2]))
    with pytest.raises(ValueError, match="at least one bin"):
        found(answers, values, bins=0)
    with pytest.raises(ValueError, match="two resamples"):
        found(answers, values, resamples=1)
    for level in (0.5, 95):
        with pytest.raises(ValueError, match="more than half of its draws"):
            found(answers, values, settled_at=level)
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        found(answers, values, level=95)
    with pytest.raises(ValueError, match="no such judgement among those drawn: c"):
        rank_findings(answers, {"a": values}, np.random.default_rng(0), words=frozenset("ac"))
