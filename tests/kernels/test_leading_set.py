import numpy as np
import pytest

from partnerselect.kernels import leading_set, smaa


def test_the_leading_ones_are_the_best_and_the_earlier_ones_among_equals() -> None:
    assert leading_set.leading([0.2, 0.9, 0.5, 0.5], top=2).tolist() == [False, True, True, False]
    assert leading_set.leading([0.2, 0.9], top=5).tolist() == [True, True]


def test_the_lead_is_the_distance_to_the_best_one_outside() -> None:
    chosen = np.array([True, True, False, False])
    totals = np.array([[0.9, 0.7, 0.6, 0.1], [0.9, 0.5, 0.6, 0.1]])
    assert leading_set.lead(totals, chosen) == pytest.approx([0.1, -0.1])


def test_how_often_a_set_stays_is_the_share_of_the_weights_under_which_it_leads() -> None:
    # A (1, 0), B (0.6, 0.6), C (0, 1): A and B lead together while w1 > 0.5 (then C is last), half of all weights.
    values = np.array([[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]])
    found = smaa.smaa(values, values, samples=20_000, rng=np.random.default_rng(1))
    share = leading_set.staying(found.source, np.array([True, True, False]))
    assert share == pytest.approx(0.5, abs=0.015)
    assert leading_set.staying(found.source, np.array([True, False, False])) == pytest.approx(
        found.rank_acceptability[0, 0]
    )


def test_level_counts_as_staying_and_no_place_is_an_error() -> None:
    found = smaa.smaa([[0.5], [0.5]], [[0.5], [0.5]], samples=10)
    assert leading_set.staying(found.source, np.array([True, False])) == 1.0
    with pytest.raises(ValueError, match="top is 0"):
        leading_set.leading([0.1], top=0)
