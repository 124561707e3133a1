from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnerselect.kernels import agreement, ranks

COEFFICIENTS = [ranks.kendall_tau, ranks.spearman, ranks.weighted_spearman, ranks.ws]
TIED = st.integers(2, 8).flatmap(lambda n: arrays(np.float64, (n, 3), elements=st.integers(1, n).map(float)))


def tau_by_counting(a: np.ndarray, b: np.ndarray) -> float:
    pairs = list(combinations(range(len(a)), 2))
    concordance = sum(np.sign(a[i] - a[j]) * np.sign(b[i] - b[j]) for i, j in pairs)
    apart_in_a = sum(a[i] != a[j] for i, j in pairs)
    apart_in_b = sum(b[i] != b[j] for i, j in pairs)
    return float(concordance / np.sqrt(apart_in_a * apart_in_b)) if apart_in_a and apart_in_b else np.nan


def average_ranks(column: np.ndarray) -> list[float]:
    return [1 + sum(column < one) + (sum(column == one) - 1) / 2 for one in column]


@given(TIED)
def test_tau_equals_counting_the_pairs(table: np.ndarray) -> None:
    found = agreement.pairwise_tau(table)
    for i, j in np.ndindex(3, 3):
        assert found[i, j] == pytest.approx(tau_by_counting(table[:, i], table[:, j]), nan_ok=True)
    assert ranks.kendall_tau(table[:, 0], table[:, 1]) == pytest.approx(found[0, 1], nan_ok=True)


def test_tau_corrects_for_ties() -> None:
    # pairs of (1, 2, 2, 4) and (1, 3, 2, 4): 5 agree, 1 is tied in the first, none disagrees: 5 / sqrt(5 * 6)
    assert ranks.kendall_tau([1, 2, 2, 4], [1, 3, 2, 4]) == pytest.approx(5 / np.sqrt(30))


@given(TIED)
def test_spearman_is_the_correlation_of_average_ranks(table: np.ndarray) -> None:
    found = ranks.spearman(table[:, 0], table[:, 1])
    if np.ptp(table[:, 0]) and np.ptp(table[:, 1]):
        first, second = average_ranks(table[:, 0]), average_ranks(table[:, 1])
        assert found == pytest.approx(np.corrcoef(first, second)[0, 1])
    else:
        assert np.isnan(found)


@pytest.mark.parametrize("coefficient", [ranks.kendall_tau, ranks.spearman])
def test_totals_a_billionth_apart_are_a_tie(coefficient: Callable[..., float]) -> None:
    assert coefficient([0.3, 0.1 + 0.2, 0.5], [1, 1, 2]) == 1.0


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@given(order=st.permutations(range(1, 7)))
def test_a_ranking_agrees_with_itself(coefficient: Callable[..., float], order: list[int]) -> None:
    assert coefficient(order, order) == 1.0


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@given(one=st.permutations(range(1, 7)), other=st.permutations(range(1, 7)), names=st.permutations(range(6)))
def test_names_of_candidates_do_not_matter(
    coefficient: Callable[..., float], one: list[int], other: list[int], names: list[int]
) -> None:
    renamed = coefficient([one[name] for name in names], [other[name] for name in names])
    assert renamed == pytest.approx(coefficient(one, other))


@pytest.mark.parametrize("coefficient", [ranks.kendall_tau, ranks.spearman])
def test_the_reverse_order_disagrees_entirely(coefficient: Callable[..., float]) -> None:
    assert coefficient([1, 2, 3, 4], [4, 3, 2, 1]) == -1.0


def test_weighted_spearman_counts_the_top_more() -> None:
    # n = 3, n^4 + n^3 - n^2 - n = 96. First two swapped: 1 * (3 + 2) twice = 10, 1 - 60/96;
    # last two swapped: 1 * (2 + 1) twice = 6, 1 - 36/96
    assert ranks.weighted_spearman([1, 2, 3], [2, 1, 3]) == pytest.approx(0.375)
    assert ranks.weighted_spearman([1, 2, 3], [1, 3, 2]) == pytest.approx(0.625)


def test_ws_takes_the_first_ranking_as_reference() -> None:
    # n = 3, reference 1 2 3, other 3 1 2: 2^-1 * 2/2 + 2^-2 * 1/1 + 2^-3 * 1/2 = 0.8125
    # reference 3 1 2, other 1 2 3: 2^-3 * 2/2 + 2^-1 * 1/2 + 2^-2 * 1/1 = 0.625
    assert ranks.ws([1, 2, 3], [3, 1, 2]) == pytest.approx(0.1875)
    assert ranks.ws([3, 1, 2], [1, 2, 3]) == pytest.approx(0.375)


def test_ws_takes_shared_ranks_as_given() -> None:
    # n = 3: only the second moves, from 2 to 1: 2^-2 * 1/1
    assert ranks.ws([1, 2, 3], [1, 1, 3]) == pytest.approx(0.75)


def test_concordance_of_three_voters() -> None:
    # rank sums 4, 5, 9 about 6: squares 4 + 1 + 9 = 14; 12 * 14 / (9 * 24)
    assert ranks.kendall_w([[1, 1, 2], [2, 2, 1], [3, 3, 3]]) == pytest.approx(168 / 216)


def test_concordance_ranks_again_and_corrects_for_ties() -> None:
    # columns become 1, 2.5, 2.5 and 1, 2, 3: sums 2, 4.5, 5.5 about 4: 4 + .25 + 2.25 = 6.5;
    # 12 * 6.5 / (4 * 24 - 2 * (8 - 2))
    assert ranks.kendall_w([[1, 10], [2, 20], [2, 30]]) == pytest.approx(78 / 84)


@given(st.permutations(range(1, 7)), st.permutations(range(1, 7)))
def test_concordance_of_two_voters_follows_from_spearman(one: list[int], other: list[int]) -> None:
    assert ranks.kendall_w(np.column_stack([one, other])) == pytest.approx((1 + ranks.spearman(one, other)) / 2)


@given(TIED)
def test_a_single_voter_agrees_with_himself(table: np.ndarray) -> None:
    undecided = np.ptp(table[:, 0]) == 0
    assert ranks.kendall_w(table[:, :1]) == pytest.approx(np.nan if undecided else 1.0, nan_ok=True)


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@pytest.mark.parametrize("only", [[], [1]])
def test_without_two_candidates_there_is_no_agreement(coefficient: Callable[..., float], only: list[int]) -> None:
    assert np.isnan(coefficient(only, only))


@pytest.mark.parametrize("coefficient", [ranks.kendall_tau, ranks.spearman])
def test_a_ranking_that_ties_everybody_agrees_with_nothing(coefficient: Callable[..., float]) -> None:
    assert np.isnan(coefficient([1, 1, 1], [1, 2, 3]))


@pytest.mark.parametrize(
    "rankings",
    [
        pytest.param(np.ones((3, 2)), id="everybody ties everybody"),
        pytest.param(np.ones((1, 2)), id="one candidate"),
        pytest.param(np.ones((0, 2)), id="no candidate"),
        pytest.param(np.ones((3, 0)), id="no voter"),
    ],
)
def test_concordance_is_undefined_where_nothing_is_ranked(rankings: np.ndarray) -> None:
    assert np.isnan(ranks.kendall_w(rankings))


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        pytest.param([1, 2], [1, 2, 3], "b has shape", id="different lengths"),
        pytest.param([[1, 2]], [1, 2], "a has shape", id="a matrix"),
        pytest.param([1, 2], [1, np.nan], "b must be finite", id="unknown rank"),
    ],
)
def test_what_is_no_ranking_is_named(
    coefficient: Callable[..., float], one: list[int], other: list[float], wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong):
        coefficient(one, other)


@pytest.mark.parametrize("coefficient", [ranks.weighted_spearman, ranks.ws])
def test_totals_are_no_ranks(coefficient: Callable[..., float]) -> None:
    with pytest.raises(ValueError, match="ranks go from 1 to 3"):
        coefficient([1, 2, 3], [0.2, 0.9, 0.5])


@pytest.mark.parametrize("many", [ranks.kendall_w, agreement.pairwise_tau])
def test_rankings_are_a_finite_matrix(many: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="rankings has shape"):
        many([1, 2, 3])
    with pytest.raises(ValueError, match="rankings must hold finite numbers"):
        many([[1, np.inf]])
