from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnerselect.kernels import ranks

TOTALS = arrays(
    np.float64, st.integers(1, 12), elements=st.sampled_from([0.0, 0.25, 0.5, 0.5 + 5e-10, 0.5 + 2e-9, 1.0])
)


def by_hand(totals: np.ndarray) -> list[int]:
    return [1 + sum(other > one + 1e-9 for other in totals) for one in totals]


def test_ties_share_the_better_rank() -> None:
    assert ranks.rank([21.5, 22.0, 22.0]).tolist() == [3, 1, 1]


def test_totals_closer_than_a_billionth_tie() -> None:
    assert ranks.rank([0.5, 0.5 + 5e-10, 0.5 + 2e-9]).tolist() == [2, 2, 1]


@given(TOTALS)
def test_rank_counts_those_clearly_ahead(totals: np.ndarray) -> None:
    assert ranks.rank(totals).tolist() == by_hand(totals)


@given(arrays(np.float64, (4, 6), elements=st.sampled_from([0.0, 0.5, 0.5 + 5e-10, 0.7, 1.0])))
def test_rows_are_ranked_one_by_one(rows: np.ndarray) -> None:
    assert ranks.rank_rows(rows).tolist() == [by_hand(row) for row in rows]


@given(TOTALS, st.data())
def test_interval_equals_counting_by_hand(low: np.ndarray, data: st.DataObject) -> None:
    high = low + data.draw(arrays(np.float64, low.shape, elements=st.sampled_from([0.0, 1e-10, 0.25, 0.5])))
    best, worst = ranks.interval(low, high)
    size = range(len(low))
    assert best.tolist() == [1 + sum(low[k] > high[i] + 1e-9 for k in size) for i in size]
    assert worst.tolist() == [1 + sum(high[k] > low[i] + 1e-9 for k in size if k != i) for i in size]
    assert (best <= worst).all()


def test_interval_without_doubt_is_the_rank() -> None:
    totals = np.array([0.1, 0.9, 0.9, 0.4])
    best, worst = ranks.interval(totals, totals)
    assert best.tolist() == worst.tolist() == ranks.rank(totals).tolist()


def test_middle_share_takes_whole_draws_and_rounds_outward() -> None:
    draws = np.arange(200.0)[::-1].reshape(200, 1)  # 5 % of 199 steps is 9.95
    low, high = ranks.middle_share(draws)
    assert (low.tolist(), high.tolist()) == ([9.0], [190.0])


def test_nothing_to_rank() -> None:
    assert ranks.rank([]).tolist() == []
    best, worst = ranks.interval([], [])
    assert best.tolist() == worst.tolist() == []


def test_a_rank_of_something_unknown_is_an_error() -> None:
    with pytest.raises(ValueError, match="totals hold NaN"):
        ranks.rank([1.0, np.nan])


def test_borda_adds_up_ranks_and_equal_sums_share_the_better_rank() -> None:
    # sums 4, 4, 7, 9
    assert ranks.borda([[1, 3], [3, 1], [2, 5], [4, 5]]).tolist() == [1, 1, 3, 4]


def test_borda_of_one_voter_is_his_ranking() -> None:
    assert ranks.borda([[2], [1], [2]]).tolist() == [2, 1, 2]


def test_borda_without_voters_ties_everybody() -> None:
    assert ranks.borda(np.empty((3, 0))).tolist() == [1, 1, 1]


def test_borda_takes_no_unknown_rank() -> None:
    with pytest.raises(ValueError, match="rankings must hold finite numbers"):
        ranks.borda([[1.0, np.nan], [2.0, 1.0]])


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        pytest.param(ranks.rank, ([[1.0]],), id="totals are a matrix"),
        pytest.param(ranks.rank_rows, ([1.0],), id="rows are a vector"),
        pytest.param(ranks.interval, ([1.0], [1.0, 2.0]), id="bounds differ in length"),
        pytest.param(ranks.borda, ([1.0, 2.0],), id="rankings are a vector"),
    ],
)
def test_a_wrong_shape_is_named(function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match="shape"):
        function(*arguments)
