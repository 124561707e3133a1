import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerselect.kernels import information


def test_a_sure_leader_against_one_uniform_value() -> None:
    # One criterion. A is 0.6 for sure, B lies anywhere in 0..1 (expected 0.5): A is chosen today.
    # Learning B: it passes 0.6 with probability 0.4, by 0.2 on average then: gain 0.4 x 0.2 = 0.08.
    found = information.value_of_information([[0.6], [0.0]], [[0.6], [1.0]], None, [1.0])
    assert found.gain == pytest.approx(np.array([[0.0], [0.08]]))
    assert found.change_probability == pytest.approx(np.array([[0.0], [0.4]]))


def test_an_uncertain_leader_may_fall_behind() -> None:
    # B is 0.4 for sure, A anywhere in 0..1 (0.5): A is chosen, and falls below 0.4 with probability 0.4, by 0.2.
    found = information.value_of_information([[0.0], [0.4]], [[1.0], [0.4]], None, [1.0])
    assert found.gain == pytest.approx(np.array([[0.08], [0.0]]))
    assert found.change_probability == pytest.approx(np.array([[0.4], [0.0]]))


def test_a_weight_scales_what_a_cell_can_do() -> None:
    # Two criteria at 0.5: A (0.6, 0.6), B (0..1, 0.6), expected 0.55. B passes 0.6 where its cell passes 0.6:
    # probability 0.4; in totals the surplus is halved: 0.04.
    low, high = [[0.6, 0.6], [0.0, 0.6]], [[0.6, 0.6], [1.0, 0.6]]
    found = information.value_of_information(low, high, None, [0.5, 0.5])
    assert found.gain[1] == pytest.approx([0.04, 0.0])
    assert found.change_probability[1] == pytest.approx([0.4, 0.0])


def test_a_triangular_value() -> None:
    # A is 0.5; B is triangular on 0..1 with mode 0 (mean 1/3). P(B > 0.5) = (1 - 0.5)^2 = 0.25 and
    # E[(B - 0.5)+] = (1 - 0.5)^3 / 3 = 1/24.
    found = information.value_of_information([[0.5], [0.0]], [[0.5], [1.0]], [[np.nan], [0.0]], [1.0])
    assert found.gain[1, 0] == pytest.approx(1 / 24)
    assert found.change_probability[1, 0] == pytest.approx(0.25)


def test_two_are_chosen_against_the_first_one_left_out() -> None:
    # Expected 0.9, 0.5 (0..1), 0.4: two are chosen. The second falls below 0.4 with probability 0.4, by 0.2.
    low, high = [[0.9], [0.0], [0.4]], [[0.9], [1.0], [0.4]]
    found = information.value_of_information(low, high, None, [1.0], top=2)
    assert found.gain.ravel() == pytest.approx([0.0, 0.08, 0.0])


def test_nothing_to_learn_where_everybody_is_chosen_or_nothing_is_in_doubt() -> None:
    nothing = information.value_of_information([[0.0], [0.2]], [[1.0], [0.9]], None, [1.0], top=2)
    assert not nothing.gain.any()
    assert not nothing.change_probability.any()
    sure = information.value_of_information([[0.1], [0.2]], [[0.1], [0.2]], [[0.1], [0.2]], [1.0])
    assert not sure.gain.any()


def test_a_criterion_without_weight_is_worth_nothing() -> None:
    found = information.value_of_information([[0.5, 0.0], [0.4, 0.0]], [[0.5, 1.0], [0.6, 1.0]], None, [1.0, 0.0])
    assert not found.gain[:, 1].any()
    assert found.gain[1, 0] > 0


@given(st.integers(0, 10_000), st.integers(1, 3))
def test_the_integral_equals_a_fine_sum(seed: int, top: int) -> None:
    chance = np.random.default_rng(seed)
    n, m = 4, 2
    ends = np.sort(chance.integers(0, 6, (n, m, 3)) / 5, axis=-1)
    low, best, high = ends[..., 0], ends[..., 1].copy(), ends[..., 2]
    flat = chance.random((n, m)) < 0.4
    best[flat] = np.nan
    weights = chance.dirichlet(np.ones(m))
    found = information.value_of_information(low, high, best, weights, top)
    mean = np.where(flat, (low + high) / 2, (low + best + high) / 3)
    totals = mean @ weights
    i, j = int(chance.integers(n)), int(chance.integers(m))
    share = (np.arange(40_000) + 0.5) / 40_000
    drawn = quantile(share, low[i, j], best[i, j], high[i, j])
    moved = np.tile(totals, (share.size, 1))
    moved[:, i] += weights[j] * (drawn - mean[i, j])
    gain = np.sort(moved, axis=1)[:, -top:].sum(axis=1).mean() - np.sort(totals)[-top:].sum()
    assert found.gain[i, j] == pytest.approx(gain, abs=2e-5)
    chosen = set(np.argsort(-totals, kind="stable")[:top].tolist())
    line = np.delete(moved, i, axis=1)
    passes = (
        moved[:, i] < np.sort(line, axis=1)[:, -top] if i in chosen else moved[:, i] > np.sort(line, axis=1)[:, -top]
    )
    assert found.change_probability[i, j] == pytest.approx(passes.mean(), abs=1e-3)


def quantile(share: np.ndarray, low: float, best: float, high: float) -> np.ndarray:
    if high == low:
        return np.full(share.size, low)
    if np.isnan(best):
        return low + share * (high - low)
    split = (best - low) / (high - low)
    up = low + np.sqrt(share * (high - low) * (best - low))
    down = high - np.sqrt((1 - share) * (high - low) * (high - best))
    return np.where(share < split, up, down)


def test_asking_for_everything_about_a_candidate_agrees_with_the_exact_cell_where_it_is_the_only_doubt() -> None:
    low, high = np.array([[0.6], [0.0]]), np.array([[0.6], [1.0]])
    chance = np.random.default_rng(3)
    totals = np.column_stack([np.full(20_000, 0.6), chance.random(20_000)])
    found = information.value_of_asking(totals, [0.6, 0.5])
    exact = information.value_of_information(low, high, None, [1.0])
    assert found.gain[1] == pytest.approx(exact.gain[1, 0], abs=4 * found.gain_error[1])
    assert found.change_probability[1] == pytest.approx(0.4, abs=4 * found.change_probability_error[1])
    assert 0 < found.gain_error[1] < 0.002
    assert found.gain[0] == 0


def test_asking_is_worth_nothing_where_everybody_is_chosen() -> None:
    assert not information.value_of_asking([[0.1, 0.9], [0.9, 0.1]], [0.5, 0.5], top=2).gain.any()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(([[0.1]], [[0.2, 0.3]], None, [1.0]), "high has shape", id="ends differ in shape"),
        pytest.param(([[0.1]], [[0.2]], None, [0.5, 0.5]), "weights has shape", id="too many weights"),
        pytest.param(([[0.3]], [[0.2]], None, [1.0]), "low is above high", id="ends out of order"),
        pytest.param(([[0.1]], [[0.2]], [[0.5]], [1.0]), "best lies outside", id="best outside"),
        pytest.param(([[np.nan]], [[0.2]], None, [1.0]), "NaN or infinity", id="unknown end"),
        pytest.param(([[0.1]], [[0.2]], None, [1.0], 0), "top is 0", id="nobody is chosen"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: tuple[object, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        information.value_of_information(*arguments)  # type: ignore[arg-type]


def test_samples_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"totals has shape \(1, 2\)"):
        information.value_of_asking([[0.1, 0.2]], [0.1, 0.2, 0.3])
