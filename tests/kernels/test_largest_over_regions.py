"""The largest weighted sum over a box or an order of importance, in closed form, against a linear programme."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.kernels import regions
from partnerselect.kernels.linear import minimise
from partnerselect.kernels.tiers import tiers


def by_programme(gains: np.ndarray, region: regions.Region) -> list[float]:
    inside = regions.mixture(region, gains.shape[1])
    one = np.ones((1, len(inside.basis)))
    found = [minimise(-row @ inside.basis.T, inside.a_ub, inside.b_ub, one, np.ones(1)) for row in gains]
    return [np.nan if least is None else -least.cost for least in found]


def test_of_a_box_the_rest_goes_where_it_gains_most() -> None:
    # Weights 0.2..0.4 and 0.3..0.8 and 0.1..0.3: 0.6 at least, and 0.4 to give. Gains 5, 1, 3: 0.2 to the first (its
    # most), 0.2 to the third (its most), nothing to the second: 5 * 0.4 + 1 * 0.3 + 3 * 0.3 = 3.2.
    box = regions.between([0.2, 0.3, 0.1], [0.4, 0.8, 0.3])
    assert box.largest(np.array([[5.0, 1.0, 3.0]])) == pytest.approx([3.2])


def test_of_an_order_the_largest_mean_of_a_beginning_counts() -> None:
    # First criterion 0 with gain 1, then 1 and 2 level with gains 0 and 4: means 1, (1 + 4) / 2 = 2.5, 5 / 3.
    assert tiers([[0], [1, 2]]).largest(np.array([[1.0, 0.0, 4.0]])) == pytest.approx([2.5])


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_boxes_and_orders_agree_with_the_programme(m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    gains = rng.normal(size=(6, m))
    box = regions.box(rng.dirichlet(np.ones(m)), rng.uniform(0, 0.4))
    assert box.largest(gains) == pytest.approx(by_programme(gains, box), abs=1e-7)
    shuffled = rng.permutation(m).tolist()
    cut = int(rng.integers(1, m + 1))
    order = tiers([part for part in (shuffled[:cut], shuffled[cut:]) if part])
    assert order.largest(gains) == pytest.approx(by_programme(gains, order), abs=1e-7)
