"""Variance-based sensitivity against closed forms, against enumeration, and its errors against what really strays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import qmc

from zopa.exploration.intervals import share_interval
from zopa.exploration.sensitivity import Sensitivity, count_flips, estimate_sensitivity

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]
A, B = 7.0, 0.1
WEIGHTS = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
SINGLY = {3: [[0], [1], [2]], 8: [[number] for number in range(8)]}


def freeze(function: Function, one: Floats, two: Floats, groups: Sequence[Sequence[int]]) -> tuple[Floats, Floats, Floats]:
    """Answers on sample one, on sample two, and on one with each group of columns from two."""
    mixed = []
    for columns in groups:
        inputs = one.copy()
        inputs[:, list(columns)] = two[:, list(columns)]
        mixed.append(function(inputs))
    return function(one), function(two), np.stack(mixed)


def names(groups: Sequence[Sequence[int]]) -> tuple[str, ...]:
    return tuple(f"x{columns}" for columns in groups)


def sampled(function: Function, inputs: int, draws: int, seed: int) -> Sensitivity:
    generator = np.random.default_rng(seed)
    one, two = generator.random((2, draws, inputs))
    return estimate_sensitivity(names(SINGLY[inputs]), *freeze(function, one, two, SINGLY[inputs]), generator)


def ishigami(uniforms: Floats) -> Floats:
    angles = np.pi * (2 * uniforms - 1)
    return np.asarray(np.sin(angles[:, 0]) * (1 + B * angles[:, 2] ** 4) + A * np.sin(angles[:, 1]) ** 2)


def ishigami_indices() -> tuple[Floats, Floats]:
    """Ishigami and Homma (1990): parts of the variance of sin x1 + a sin² x2 + b x3⁴ sin x1."""
    alone = np.array([(1 + B * np.pi**4 / 5) ** 2 / 2, A**2 / 8, 0])
    together = B**2 * np.pi**8 * 8 / 225
    whole = alone.sum() + together
    return alone / whole, (alone + np.array([together, 0, together])) / whole


def sobol_g(uniforms: Floats) -> Floats:
    return np.asarray(np.prod((np.abs(4 * uniforms - 2) + WEIGHTS) / (1 + WEIGHTS), axis=1))


def sobol_g_indices() -> tuple[Floats, Floats]:
    """Sobol' (1993); weights as in Saltelli et al. (2010), section 5."""
    alone = 1 / (3 * (1 + WEIGHTS) ** 2)
    whole = np.prod(1 + alone) - 1
    return alone / whole, alone * np.prod(1 + alone) / (1 + alone) / whole


KNOWN = {"Ishigami": (ishigami, 3, ishigami_indices()), "Sobol' g": (sobol_g, 8, sobol_g_indices())}


@pytest.mark.published
def test_the_closed_forms_are_those_of_the_papers() -> None:
    """Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, and the values repeated everywhere since."""
    first, total = ishigami_indices()
    assert first.round(4).tolist() == [0.3139, 0.4424, 0]
    assert total.round(4).tolist() == [0.5576, 0.4424, 0.2437]
    first, total = sobol_g_indices()
    assert first.round(3).tolist() == [0.716, 0.179, 0.024, 0.007, 0, 0, 0, 0]
    assert total.round(3).tolist() == [0.787, 0.242, 0.034, 0.010, 0, 0, 0, 0]


@pytest.mark.published
@pytest.mark.parametrize("name", KNOWN)
def test_indices_meet_the_closed_forms_within_their_error(name: str) -> None:
    function, inputs, (first, total) = KNOWN[name]
    found = sampled(function, inputs, 20_000, seed=8)
    assert not found.constant
    assert (found.draws, found.resamples) == (20_000, 200)
    # Sixteen figures at most: four standard errors let a right program fail once in a thousand seeds.
    assert (abs(found.first_order - first) < 4 * found.first_order_error + 1e-12).all()
    assert (abs(found.total_order - total) < 4 * found.total_order_error + 1e-12).all()
    assert found.first_order_error.max() < 0.02
    assert found.total_order_error.max() < 0.02


@pytest.mark.published
@pytest.mark.parametrize("name", KNOWN)
def test_intervals_hold_the_closed_forms(name: str) -> None:
    function, inputs, (first, total) = KNOWN[name]
    runs = [sampled(function, inputs, 1000, seed) for seed in range(120)]
    for wanted, intervals in (
        (first, np.stack([run.first_order_interval for run in runs])),
        (total, np.stack([run.total_order_interval for run in runs])),
    ):
        held = ((intervals[:, 0] <= wanted) & (wanted <= intervals[:, 1])).mean(axis=0)
        # 0.95 less three standard deviations of a count of 120 (0.06) and 0.02 for a bootstrap of 200 resamples.
        assert (held > 0.87).all()


@pytest.mark.property
def test_errors_are_those_by_which_estimates_really_stray() -> None:
    runs = [sampled(ishigami, 3, 1000, seed) for seed in range(200)]
    for made, errors in (
        (np.stack([run.first_order for run in runs]), np.stack([run.first_order_error for run in runs])),
        (np.stack([run.total_order for run in runs]), np.stack([run.total_order_error for run in runs])),
    ):
        # The standard deviation of 200 numbers is itself known to within a twentieth.
        assert np.sqrt((errors**2).mean(axis=0)) / made.std(axis=0, ddof=1) == pytest.approx(np.ones(3), abs=0.2)


def scrambled(scrambles: int, points: int, seed: int) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Both samples from scrambles of a sequence in twice the dimensions, draw k in scramble k modulo their number."""
    generator = np.random.default_rng(seed)
    made = np.stack([qmc.Sobol(6, scramble=True, rng=generator).random(points) for _ in range(scrambles)], axis=1)
    both = made.reshape(scrambles * points, 6)
    return both[:, :3], both[:, 3:], np.arange(scrambles * points) % scrambles


@pytest.mark.published
def test_scrambles_are_resampled_whole() -> None:
    first, total = ishigami_indices()
    runs, by_draw = [], []
    for seed in range(60):
        one, two, scramble = scrambled(8, 128, seed)
        answers = freeze(ishigami, one, two, SINGLY[3])
        runs.append(estimate_sensitivity("abc", *answers, np.random.default_rng(seed), by_replicate=scramble))
        by_draw.append(estimate_sensitivity("abc", *answers, np.random.default_rng(seed)))
    made = np.stack([[run.first_order, run.total_order] for run in runs])
    errors = np.sqrt(np.mean([[run.first_order_error**2, run.total_order_error**2] for run in runs], axis=0))
    careless = np.sqrt(np.mean([[run.first_order_error**2, run.total_order_error**2] for run in by_draw], axis=0))
    # Estimates from the same draws do not depend on how errors are found; with 60 runs their spread is known to a tenth.
    assert (np.stack([run.first_order for run in by_draw]) == made[:, 0]).all()
    assert errors / made.std(axis=0, ddof=1) == pytest.approx(np.ones((2, 3)), abs=0.35)
    assert (errors < careless).all()
    assert (abs(made.mean(axis=0) - [first, total]) < 4 * made.std(axis=0, ddof=1) / np.sqrt(60) + 0.005).all()


def test_the_order_of_draws_and_the_names_of_scrambles_do_not_matter() -> None:
    one, two, scramble = scrambled(4, 32, 1)
    first, second, mixed = freeze(ishigami, one, two, SINGLY[3])
    order = np.random.default_rng(0).permutation(len(first))
    found = estimate_sensitivity("abc", first, second, mixed, np.random.default_rng(5), by_replicate=scramble)
    other = estimate_sensitivity(
        "abc", first[order], second[order], mixed[:, order], np.random.default_rng(5), by_replicate=10 * scramble[order] - 7
    )
    assert other.total_order == pytest.approx(found.total_order, abs=1e-12)
    assert other.first_order_interval == pytest.approx(found.first_order_interval, abs=1e-12)


@st.composite
def tables(draw: st.DrawFn) -> Floats:
    """A function of three judgements with two or three values each, alike in chance."""
    shape = tuple(draw(st.lists(st.integers(2, 3), min_size=3, max_size=3)))
    numbers = st.integers(-5, 5) if draw(st.booleans()) else st.integers(0, 1)
    values = draw(st.lists(numbers, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    return np.array(values, dtype=float).reshape(shape)


@pytest.mark.oracle
@given(tables())
def test_all_pairs_of_draws_give_the_indices_of_the_definition(table: Floats) -> None:
    """Averaged over every pair (A, B) once, the estimators are the variances of conditional means, exactly."""
    cells = np.array(list(product(*map(range, table.shape))))
    one, two = np.repeat(cells, len(cells), axis=0), np.tile(cells, (len(cells), 1))
    groups = [[0], [1], [2], [0, 1]]
    answers = freeze(lambda rows: table[tuple(rows.astype(int).T)], one, two, groups)
    found = estimate_sensitivity(names(groups), *answers, np.random.default_rng(0), resamples=2)
    if table.min() == table.max():
        assert found.constant
        return
    assert found.variance == pytest.approx(table.var())
    for number, group in enumerate(groups):
        others = tuple({0, 1, 2} - set(group))
        alone = table.mean(axis=others).var() / table.var()
        left = table.var(axis=tuple(group)).mean() / table.var()
        assert found.first_order[number] == pytest.approx(alone, abs=1e-9)
        assert found.total_order[number] == pytest.approx(left, abs=1e-9)
    flips = count_flips(names(groups), answers[0] > 0, answers[2] > 0)
    part = (answers[0] > 0).mean()
    first, second, mixed = (one > 0 for one in answers)
    yes_no = estimate_sensitivity(names(groups), first, second, mixed, np.random.default_rng(0))
    if 0 < part < 1:
        assert yes_no.total_order == pytest.approx(flips.shares / (2 * part * (1 - part)), abs=1e-12)


@pytest.mark.oracle
def test_another_implementation_agrees() -> None:
    analyse = pytest.importorskip("SALib.analyze.sobol").analyze
    one, two = np.random.default_rng(4).random((2, 4096, 3))
    first, second, mixed = freeze(ishigami, one, two, SINGLY[3])
    found = estimate_sensitivity("abc", first, second, mixed, np.random.default_rng(0))
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    theirs = analyse(problem, np.vstack([first, mixed, second]).T.reshape(-1), calc_second_order=False, seed=1)
    # They centre by the mean of all samples, not of A and B alone, which moves the first order within its error.
    assert found.total_order == pytest.approx(theirs["ST"], rel=1e-9)
    assert (abs(found.first_order - theirs["S1"]) < 0.1 * found.first_order_error).all()
    assert found.first_order_error == pytest.approx(theirs["S1_conf"] / 1.96, rel=0.3)


@pytest.mark.property
def test_inputs_that_depend_on_each_other_are_one_group() -> None:
    # Two weights that add up to 100, and a no-deal value: the answer adds one part of each.
    generator = np.random.default_rng(2)
    draws = 20_000

    def sample() -> Floats:
        weight = generator.uniform(20, 80, draws)
        return np.stack([weight, 100 - weight, generator.uniform(0, 30, draws)], axis=1)

    def worth(rows: Floats) -> Floats:
        return np.asarray(0.5 * rows[:, 0] - 0.25 * rows[:, 1] - rows[:, 2])

    found = estimate_sensitivity(("weights", "no deal"), *freeze(worth, sample(), sample(), [[0, 1], [2]]), generator)
    parts = np.array([(0.75 * 60) ** 2, 30**2]) / 12
    for made, error in ((found.first_order, found.first_order_error), (found.total_order, found.total_order_error)):
        assert (abs(made - parts / parts.sum()) < 4 * error).all()
    assert found.variance == pytest.approx(parts.sum(), rel=0.05)


@pytest.mark.property
def test_what_does_nothing_has_no_part_and_what_does_all_has_the_whole() -> None:
    one, two = np.random.default_rng(1).random((2, 500, 3))
    answers = freeze(lambda rows: np.sqrt(rows[:, 1]), one, two, [[0], [1, 2], [0, 1, 2]])
    found = estimate_sensitivity(("idle", "all", "everything"), *answers, np.random.default_rng(1))
    assert found.first_order[0] == found.total_order[0] == found.total_order_error[0] == 0
    assert found.total_order[1] == found.total_order[2] == pytest.approx(1, abs=4 * found.total_order_error[1])
    assert found.first_order[1] == pytest.approx(1, abs=4 * found.first_order_error[1])
    assert (found.total_order >= 0).all()


@pytest.mark.property
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.integers(-(10**6), 10**6))
def test_neither_scale_nor_shift_matters(seed: int, scale: float, shift: int) -> None:
    one, two = np.random.default_rng(seed).random((2, 64, 3))
    first, second, mixed = freeze(ishigami, one, two, SINGLY[3])
    found = estimate_sensitivity("abc", first, second, mixed, np.random.default_rng(seed))
    other = estimate_sensitivity(
        "abc", scale * first + shift, scale * second + shift, scale * mixed + shift, np.random.default_rng(seed)
    )
    assert other.first_order == pytest.approx(found.first_order, abs=1e-5)
    assert other.total_order == pytest.approx(found.total_order, abs=1e-5)
    assert other.total_order_error == pytest.approx(found.total_order_error, abs=1e-5)


def test_an_answer_that_never_varies_has_no_indices() -> None:
    never = np.zeros(50, dtype=np.bool_)
    mixed = np.stack([never, ~never])
    found = estimate_sensitivity(("a", "b"), never, never, mixed, np.random.default_rng(0))
    assert found.constant
    assert found.variance == 0
    assert np.isnan([found.first_order, found.total_order, found.total_order_error, *found.total_order_interval]).all()
    flips = count_flips(("a", "b"), never, mixed)
    assert flips.shares.tolist() == [0, 1]
    assert flips.low.tolist() == [0, pytest.approx(0.025 ** (1 / 50))]
    assert (flips.high[1], flips.draws) == (1, 50)


@pytest.mark.parametrize("draws", [37, 400, 999])
def test_resamples_in_which_a_rare_answer_never_varies_are_left_out(draws: int) -> None:
    first, second = np.zeros(draws, dtype=np.bool_), np.zeros(draws, dtype=np.bool_)
    first[7] = True
    found = estimate_sensitivity("a", first, second, second[None], np.random.default_rng(0))
    # A draw is missing from a resample in 1/e of all cases, so some 126 of 200 are left, give or take three times 7.
    assert 105 < found.resamples < 148
    # One draw turned, and 2 p (1 - p) has p of 1 in twice the draws.
    assert found.total_order[0] == pytest.approx(1 / draws / (1 / draws * (1 - 1 / (2 * draws))))
    assert found.total_order_error[0] < 0.1
    with pytest.raises(ValueError, match="so few draws"):
        estimate_sensitivity("a", first, second, second[None], np.random.default_rng(0), resamples=2)


@pytest.mark.property
def test_few_scrambles_are_not_flattered() -> None:
    """Where the index is a plain mean over scrambles, its error is that of any mean of three numbers."""
    size, turned = 64, (8, 20, 29)
    first = np.tile([-1.0, 1.0], 3 * size // 2)
    mixed, scramble = first.copy(), np.repeat([0, 1, 2], size)
    for number, count in enumerate(turned):
        mixed[number * size : number * size + count] *= -1
    found = estimate_sensitivity(
        "a", first, first, mixed[None], np.random.default_rng(0), by_replicate=scramble, resamples=10_000
    )
    means = 2 * np.array(turned) / size
    assert found.total_order[0] == pytest.approx(means.mean())
    assert found.total_order_error[0] == pytest.approx(means.std(ddof=1) / np.sqrt(3), rel=0.03)


def test_flips_are_counted_with_their_interval() -> None:
    first = np.array([True, False, True, True])
    mixed = np.array([[True, False, True, True], [False, False, False, True]])
    flips = count_flips(("a", "b"), first, mixed, 0.9)
    low, high = share_interval([0, 2], 4, 0.9)
    assert flips.shares.tolist() == [0, 0.5]
    assert flips.low.tolist() == low.tolist()
    assert flips.high.tolist() == high.tolist()


def test_the_same_seed_gives_the_same_bytes_however_resamples_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    found = sampled(ishigami, 3, 300, 9)
    again = sampled(ishigami, 3, 300, 9)
    assert found.total_order_interval.tobytes() == again.total_order_interval.tobytes()
    monkeypatch.setattr("zopa.exploration.sensitivity.CELLS", 300 * 7)
    cut = sampled(ishigami, 3, 300, 9)
    assert cut.total_order.tobytes() == found.total_order.tobytes()
    assert cut.total_order_interval == pytest.approx(found.total_order_interval, abs=1e-12)


GOOD = np.array([0.0, 1, 2, 3])


@pytest.mark.parametrize(
    ("first", "second", "mixed"),
    [
        (GOOD, GOOD[:3], GOOD[None]),
        (GOOD, GOOD, GOOD),
        (GOOD, GOOD, np.stack([GOOD, GOOD])),
        (GOOD[None], GOOD[None], GOOD[None]),
        (GOOD, GOOD, GOOD[None, :3]),
    ],
)
def test_shapes_must_fit(first: Floats, second: Floats, mixed: Floats) -> None:
    with pytest.raises(ValueError, match="1 groups need two samples"):
        estimate_sensitivity("a", first, second, mixed, np.random.default_rng(0))


def test_wrong_input_is_refused_in_words() -> None:
    generator = np.random.default_rng(0)
    for missing in (np.nan, np.inf):
        with pytest.raises(ValueError, match="missing or infinite"):
            estimate_sensitivity("a", GOOD, GOOD, np.array([[0, 1, 2, missing]]), generator)
        with pytest.raises(ValueError, match="missing or infinite"):
            estimate_sensitivity("a", np.array([0, 1, 2, missing]), GOOD, GOOD[None], generator)
    with pytest.raises(ValueError, match="as many numbers of replicates"):
        estimate_sensitivity("a", GOOD, GOOD, GOOD[None], generator, by_replicate=np.arange(3))
    with pytest.raises(ValueError, match="at least two draws"):
        estimate_sensitivity("a", GOOD, GOOD, GOOD[None], generator, by_replicate=np.zeros(4, dtype=int))
    with pytest.raises(ValueError, match="at least two draws"):
        estimate_sensitivity("a", GOOD, GOOD, GOOD[None], generator, resamples=1)
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        estimate_sensitivity("a", GOOD, GOOD, GOOD[None], generator, level=95)
