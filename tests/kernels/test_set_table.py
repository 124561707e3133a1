"""All allowed sets as a table, and how far one weight may move: by hand and against every set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.kernels import set_table
from partnerselect.kernels.set_rules import Rules
from partnerselect.kernels.set_table import Held
from tests.kernels.set_cases import drawn_rules, every, keeps

VALUES = np.array([[0.9, 0.2], [0.6, 0.4], [0.3, 1.0]])


def _table(rules: Rules, combine: list[set_table.How], most: int = 100) -> set_table.SetTable:
    found = set_table.table(VALUES, rules, combine, most)
    assert found is not None
    return found


def test_sets_stand_by_size_and_members_with_what_each_is_worth() -> None:
    found = _table(Rules((1, 2)), ["mean", "best"])
    assert [found.members(row) for row in range(6)] == [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)]
    # Means 0.9, 0.6, 0.3, 0.75, 0.6, 0.45; the best of each.
    assert found.worth[:, 0].tolist() == pytest.approx([0.9, 0.6, 0.3, 0.75, 0.6, 0.45])
    assert found.worth[:, 1].tolist() == pytest.approx([0.2, 0.4, 1.0, 0.4, 1.0, 1.0])
    assert found.row_of([0, 2]) == 4
    assert found.having(2).tolist() == [2, 4, 5]
    assert [block.tolist() for block in found.parts(np.array([0, 2, 5]))] == [[[0], [2]], [[1, 2]]]


def test_what_is_held_is_the_most_that_anybody_has_of_each_item() -> None:
    # Items of 0.5 and 1 for the first, 0 and 0.5 for the second; a member has 0.25 of the first item.
    held = Held(np.array([[0.5, 1.0], [0.0, 0.5], [0.0, 0.0]]), np.array([0.25, 0.0]))
    found = _table(Rules((0, 2), must_not=[2]), [held, "sum"])
    assert [found.members(row) for row in range(4)] == [(), (0,), (1,), (0, 1)]
    assert found.worth[:, 0].tolist() == pytest.approx([0.125, 0.75, 0.375, 0.75])
    assert found.worth[:, 1].tolist() == pytest.approx([0, 0.2, 0.4, 0.6])


def test_too_many_sets_make_no_table_and_too_few_an_empty_one() -> None:
    assert set_table.table(VALUES, Rules((1, 2)), ["mean", "sum"], 5) is None
    empty = _table(Rules((4, 4)), ["mean", "sum"])
    assert empty.worth.shape == (0, 2)
    with pytest.raises(IndexError, match="there is no such set"):
        empty.members(0)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"combine has 1 entries; there are 2 criteria"):
        set_table.table(VALUES, Rules((1, 2)), ["mean"], 10)
    with pytest.raises(ValueError, match=r"values has shape \(3,\)"):
        set_table.table(VALUES[:, 0], Rules((1, 2)), ["mean"], 10)
    found = _table(Rules((1, 2)), ["mean", "sum"])
    for stranger in ([0, 1, 2], [2, 0], [5]):
        with pytest.raises(ValueError, match="is not allowed"):
            found.row_of(stranger)
    with pytest.raises(ValueError, match="weights"):
        set_table.borders(found.worth, [1.0], 0, 0)


def test_borders_lie_where_the_lines_cross() -> None:
    # Worth 1 and 0.2, 0.4 and 0.8, level at w + 0.2 (1 - w) = 0.4 w + 0.8 (1 - w): w = 0.5.
    worth = np.array([[1.0, 0.2], [0.4, 0.8]])
    lower, upper = set_table.borders(worth, [0.6, 0.4], 0, 0)
    assert _at(lower) == pytest.approx((0.5, 1))
    assert upper is None
    lower, upper = set_table.borders(worth, [0.6, 0.4], 1, 0)
    assert lower is None
    assert _at(upper) == pytest.approx((0.5, 1))


def test_the_nearest_of_several_borders_counts() -> None:
    # From 0.5 upwards the second overtakes at 0.6 (0.6 = w) and the third, 2 w - 0.4, at 0.5 already.
    worth = np.array([[0.6, 0.6], [1.0, 0.0], [1.6, -0.4]])
    lower, upper = set_table.borders(worth, [0.4, 0.6], 0, 0)
    assert lower is None
    assert _at(upper) == pytest.approx((0.5, 2))


def test_a_level_set_that_gains_makes_todays_weight_the_border() -> None:
    worth = np.array([[0.5, 0.5], [0.5, 0.5], [0.9, 0.1]])
    lower, upper = set_table.borders(worth, [0.5, 0.5], 0, 0)
    assert lower is None
    assert _at(upper) == pytest.approx((0.5, 2))


def test_one_criterion_and_one_set_have_no_borders() -> None:
    assert set_table.borders([[0.7], [0.2]], [1.0], 0, 0) == (None, None)
    assert set_table.borders([[0.7, 0.1]], [0.5, 0.5], 0, 0) == (None, None)


def test_where_one_criterion_has_all_weight_the_others_share_the_rest_equally() -> None:
    # 0.9 w against (0.2 + 0.8) / 2 (1 - w) + 0.1 w: level at 0.8 w = 0.5 (1 - w), w = 5/13.
    lower, upper = set_table.borders([[0.9, 0.0, 0.0], [0.1, 0.2, 0.8]], [1.0, 0.0, 0.0], 0, 0)
    assert _at(lower) == pytest.approx((5 / 13, 1))
    assert upper is None


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_table_has_every_allowed_set_and_borders_are_where_the_best_set_changes(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n, m = int(chance.integers(1, 7)), int(chance.integers(1, 4))
    values, rules = chance.integers(0, 5, (n, m)) / 4, drawn_rules(chance, n)
    held = Held(chance.integers(0, 3, (n, 2)) / 2, chance.integers(0, 3, 2) / 2)
    kinds: list[set_table.How] = ["sum", "mean", "best", held]
    combine = [kinds[int(chance.integers(4))] for _ in range(m)]
    found = set_table.table(values, rules, combine, 1000)
    assert found is not None
    allowed = [one for one in every(n) if keeps(one, rules)]
    assert [found.members(row) for row in range(len(found.worth))] == allowed
    for row, members in enumerate(allowed):
        for column, how in enumerate(combine):
            assert found.worth[row, column] == pytest.approx(_worth(members, values[:, column], how))
    if not allowed:
        return
    weights = chance.dirichlet(np.ones(m))
    best = int(np.argmax(found.worth @ weights))
    for criterion in range(m):
        lower, upper = set_table.borders(found.worth, weights, criterion, best)
        for border, end, outwards in ((lower, 0.0, -1e-6), (upper, 1.0, 1e-6)):
            at = end if border is None else border.weight
            inside = at if border is None else at - outwards
            if (inside - weights[criterion]) * outwards >= 0:
                assert _lead(found.worth, _moved(weights, criterion, inside), best) >= -1e-8
            if border is not None and 0 <= at + outwards <= 1:
                beyond = found.worth @ _moved(weights, criterion, at + outwards)
                assert beyond[border.rival] > beyond[best] - 1e-12


def _at(border: set_table.Border | None) -> tuple[float, int]:
    assert border is not None
    return border.weight, border.rival


def _worth(members: tuple[int, ...], values: np.ndarray, how: set_table.How) -> float:
    own = values[list(members)]
    if isinstance(how, Held):
        return float(
            np.mean([max([covered, *how.share[list(members), item]]) for item, covered in enumerate(how.covered)])
        )
    if not members:
        return 0.0
    return {"sum": float(own.sum()), "mean": float(own.mean()), "best": float(own.max())}[how]


def _moved(weights: np.ndarray, criterion: int, weight: float) -> np.ndarray:
    others = np.delete(weights, criterion)
    return np.insert(others / others.sum() * (1 - weight) if others.size else others, criterion, weight)


def _lead(worth: np.ndarray, weights: np.ndarray, best: int) -> float:
    totals = worth @ weights
    return float(totals[best] - totals.max())
