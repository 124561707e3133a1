import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.kernels import regions, smaa
from tests.kernels.test_published_cases import case

SEEDS = st.integers(0, 2**32 - 1)


def drawn_case(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Values (s, n, m) on a coarse grid, so that ties are common, and weights (s, m)."""
    chance = np.random.default_rng(seed)
    samples, n, m = int(chance.integers(1, 30)), int(chance.integers(1, 30)), int(chance.integers(1, 4))
    values = chance.integers(0, 4, (samples, n, m)) / 4
    weights = chance.integers(0, 3, (samples, m)) + np.eye(m)[chance.integers(0, m, samples)]
    return values, weights / weights.sum(axis=1, keepdims=True)


def by_hand(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Acceptability, pairwise winning, central weights and their counts, one sample and one candidate at a time."""
    samples, n, m = values.shape
    acceptability, wins, central, firsts = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, m)), np.zeros(n)
    for table, weight in zip(values, weights, strict=True):
        totals = table @ weight
        for i in range(n):
            better = sum(other > totals[i] + 1e-9 for other in totals)
            level = sum(abs(other - totals[i]) <= 1e-9 for other in totals)
            acceptability[i, better : better + level] += 1 / level / samples
            if better == 0:
                firsts[i] += 1 / level
                central[i] += weight / level
            for k in range(n):
                wins[i, k] += (0.5 * (abs(totals[i] - totals[k]) <= 1e-9) + (totals[i] > totals[k] + 1e-9)) / samples
    return acceptability, wins, central, firsts


def test_three_candidates_on_two_criteria_as_published() -> None:
    published = case("smaa_exact_two_criteria")
    values, expected = published["inputs"]["values"], published["expected"]
    found = smaa.smaa(values, values, samples=50_000, rng=np.random.default_rng(7))
    within = published["tolerance"]["abs"]
    assert found.rank_acceptability == pytest.approx(np.array(expected["rank_acceptability"]), abs=within)
    assert found.central_weights == pytest.approx(np.array(expected["central_weights"]), abs=within)
    # there the diagonal is 0, here a candidate is level with itself
    assert found.pairwise_winning == pytest.approx(np.array(expected["pairwise_winning"]) + np.eye(3) / 2, abs=within)
    assert found.confidence.tolist() == [1.0, 1.0, 1.0]
    exact = np.array(expected["rank_acceptability"])
    assert (np.abs(found.rank_acceptability - exact) <= 4.5 * found.rank_acceptability_error + 1e-12).all()
    centre = np.abs(found.central_weights - np.array(expected["central_weights"]))
    assert (centre <= 4.5 * found.central_weights_error).all()


def test_a_dominated_candidate_as_published() -> None:
    published = case("smaa_dominated_alternative")
    values, expected = published["inputs"]["values"], published["expected"]
    found = smaa.from_samples(values, np.full((1, 3), 1 / 3))
    assert found.rank_acceptability.tolist() == expected["rank_acceptability"]
    assert found.central_weights[0] == pytest.approx(expected["central_weight_first"])
    assert np.isnan(found.central_weights[1]).all()
    assert found.confidence[0] == expected["confidence_first"]
    assert np.isnan(found.confidence[1])


def test_measured_effects_and_ordered_weights_as_published() -> None:
    published = case("smaa2_antidepressants_ordinal")
    chance = np.random.default_rng(11)
    shapes = np.array(published["inputs"]["beta_alpha_beta"])
    ends = published["inputs"]["value_functions"]
    worst, best = (np.array([end[name] for end in ends]) for name in ("worst", "best"))
    drawn = chance.beta(shapes[..., 0], shapes[..., 1], size=(40_000, *shapes.shape[:2]))
    weights = regions.order([0, 1, 2, 3]).sample(40_000, chance)
    found = smaa.from_samples((drawn - worst) / (best - worst), weights)
    expected = np.array(published["expected"]["rank_acceptability"])
    assert found.rank_acceptability == pytest.approx(expected, abs=published["tolerance"]["abs"] + 0.004)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_given_samples_are_counted_as_by_hand(seed: int) -> None:
    values, weights = drawn_case(seed)
    found = smaa.from_samples(values, weights)
    acceptability, wins, central, firsts = by_hand(values, weights)
    assert found.rank_acceptability == pytest.approx(acceptability, abs=1e-12)
    assert found.pairwise_winning == pytest.approx(wins, abs=1e-12)
    assert np.isnan(found.central_weights[firsts == 0]).all()
    ever = firsts > 0
    assert found.central_weights[ever] == pytest.approx(central[ever] / firsts[ever, None], abs=1e-12)
    assert found.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(len(firsts)))
    assert found.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(len(firsts)))
    assert found.expected_rank.mean() == pytest.approx((len(firsts) + 1) / 2)


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(1, 130))
def test_pairs_are_counted_the_same_at_once_and_on_a_second_walk(seed: int, candidates: int) -> None:
    chance = np.random.default_rng(seed)
    values = chance.integers(0, 50, (candidates, 2)) / 50
    weights = chance.dirichlet([1, 1], 40)
    found = smaa.from_samples(values, weights)
    totals = weights @ values.T
    ahead = (totals[:, :, None] > totals[:, None, :] + 1e-9).mean(axis=0)
    assert found.pairwise_winning == pytest.approx(0.5 + (ahead - ahead.T) / 2)
    assert np.diag(found.pairwise_winning).tolist() == [0.5] * candidates


def test_everybody_tied_shares_everything() -> None:
    found = smaa.smaa(np.full((4, 3), 0.5), np.full((4, 3), 0.5), samples=1000, rng=np.random.default_rng(1))
    assert found.rank_acceptability == pytest.approx(np.full((4, 4), 0.25))
    assert found.expected_rank == pytest.approx([2.5] * 4)
    assert found.confidence == pytest.approx([0.25] * 4)
    assert found.pairwise_winning == pytest.approx(np.full((4, 4), 0.5))


def test_one_candidate_is_always_first_and_its_central_weights_are_the_centre() -> None:
    found = smaa.smaa([[0.1, 0.2, 0.3]], [[0.4, 0.2, 0.9]], samples=20_000, rng=np.random.default_rng(5))
    assert found.rank_acceptability.tolist() == [[1.0]]
    assert found.confidence.tolist() == [1.0]
    assert found.central_weights[0] == pytest.approx([1 / 3] * 3, abs=4.5 * found.central_weights_error.max())


def test_one_criterion_leaves_only_the_values_in_doubt() -> None:
    # A uniform on 0..1, B uniform on 0.5..1: A is ahead with probability 0.25.
    found = smaa.smaa([[0.0], [0.5]], [[1.0], [1.0]], samples=40_000, rng=np.random.default_rng(2))
    error = found.pairwise_winning_error[0, 1]
    assert found.pairwise_winning[0, 1] == pytest.approx(0.25, abs=4.5 * error)
    assert found.central_weights.tolist() == [[1.0], [1.0]]
    assert found.confidence == pytest.approx(found.rank_acceptability[:, 0], abs=0.03)


def test_a_best_value_pulls_the_draws_and_an_unknown_one_spreads_them() -> None:
    # Triangular on 0..1 with mode 1 has mean 2/3 and passes 0.5 with probability 0.75; uniform with 0.5.
    low, high = [[0.5], [0.0], [0.0]], [[0.5], [1.0], [1.0]]
    found = smaa.smaa(low, high, [[0.5], [1.0], [np.nan]], samples=40_000, rng=np.random.default_rng(4))
    assert found.pairwise_winning[1, 0] == pytest.approx(0.75, abs=4.5 * found.pairwise_winning_error[1, 0])
    assert found.pairwise_winning[2, 0] == pytest.approx(0.5, abs=4.5 * found.pairwise_winning_error[2, 0])


def test_same_seed_same_numbers_and_no_seed_is_seed_zero() -> None:
    low, high = np.zeros((3, 4)), np.linspace(0.2, 1, 12).reshape(3, 4)
    one, again = (smaa.smaa(low, high, samples=3000, rng=np.random.default_rng(9)) for _ in range(2))
    assert one.rank_acceptability.tolist() == again.rank_acceptability.tolist()
    assert one.central_weights.tolist() == again.central_weights.tolist()
    default, zero = smaa.smaa(low, high, samples=500), smaa.smaa(low, high, samples=500, rng=np.random.default_rng(0))
    assert default.rank_acceptability.tolist() == zero.rank_acceptability.tolist()
    assert default.rank_acceptability.tolist() != one.rank_acceptability.tolist()


def test_the_wider_a_range_the_lower_the_confidence() -> None:
    # The first is 0.6 for sure; the other lies within 0.5 +- d: it passes 0.6 only where d > 0.1.
    confidences = [
        smaa.smaa([[0.6], [0.5 - d]], [[0.6], [0.5 + d]], samples=5000).confidence[0] for d in (0.05, 0.2, 0.5)
    ]
    assert confidences[0] == 1.0
    assert confidences[1] == pytest.approx(0.75, abs=0.03)
    assert confidences[2] == pytest.approx(0.6, abs=0.03)


def test_memory_stays_bounded_by_chunks() -> None:
    values = np.random.default_rng(1).random((500, 6))
    tracemalloc.start()
    smaa.smaa(values, values, samples=40_000)  # all totals at once would take 160 MB
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(([[0.1, 0.2]], [[0.2]]), "high has shape", id="ends differ in shape"),
        pytest.param(([0.1], [0.2]), "low has shape", id="a vector"),
        pytest.param(([[0.3]], [[0.2]]), "low is above high", id="ends out of order"),
        pytest.param(([[0.1]], [[0.2]], [[0.5]]), "best lies outside", id="best outside"),
        pytest.param(([[np.nan]], [[0.2]]), "NaN or infinity", id="unknown end"),
        pytest.param(([[0.1]], [[0.2]], None, None, 0), "samples is 0", id="no samples"),
    ],
)
def test_what_cannot_be_drawn_from_is_named(arguments: tuple[object, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        smaa.smaa(*arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        pytest.param([[0.1, 0.2]], [[1.0]], id="criteria differ"),
        pytest.param([[[0.1]], [[0.2]]], [[1.0]], id="samples differ"),
        pytest.param([0.1], [[1.0]], id="values are a vector"),
        pytest.param([[0.1]], np.ones((0, 1)), id="no sample"),
        pytest.param([[np.nan]], [[1.0]], id="a value is unknown"),
    ],
)
def test_samples_that_do_not_fit_are_refused(values: object, weights: object) -> None:
    with pytest.raises(ValueError, match=r"shape|NaN"):
        smaa.from_samples(values, weights)  # type: ignore[arg-type]
