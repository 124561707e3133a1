from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnerselect.kernels import elicitation, group

UNKNOWN = np.nan
VOTERS = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.floats(0.1, 1))
)


def test_judgements_are_merged_by_geometric_means() -> None:
    # 2 and 8 -> 4; the second is given from the other side only
    merged = group.geometric_mean_judgements([[[1.0, 2.0], [0.5, 1.0]], [[1.0, UNKNOWN], [1 / 8, 1.0]]])
    assert merged == pytest.approx(np.array([[1, 4], [1 / 4, 1]]))


def test_judgements_are_merged_over_those_who_judged() -> None:
    first, second = np.full((3, 3), UNKNOWN), np.full((3, 3), UNKNOWN)
    first[0, 1], second[0, 1], second[1, 2] = 2, 18, 5
    merged = group.geometric_mean_judgements([first, second])
    assert merged[0, 1] == pytest.approx(6)
    assert merged[1, 2] == pytest.approx(5)
    assert np.isnan(merged[0, 2])
    assert elicitation.ahp(merged).weights == pytest.approx(np.array([30, 5, 1]) / 36)


@pytest.mark.parametrize(
    ("matrices", "wrong"),
    [
        pytest.param([], "at least one", id="no voter"),
        pytest.param([[[1, 2], [0.5, 1]], [[1]]], "all of one shape", id="other criteria"),
        pytest.param([[[1, 2], [3, 1]]], "its counterpart is not its reciprocal", id="no judgements"),
    ],
)
def test_judgements_that_cannot_be_merged_are_named(matrices: list[list[list[float]]], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        group.geometric_mean_judgements(matrices)


def test_mean_weights_by_hand() -> None:
    # power 1 : 3. Arithmetic: (.8 + .6) / 4, (.2 + 2.4) / 4. Geometric: 4th roots of .8 * .2^3 = .0064 and
    # .2 * .8^3 = .1024, which are as 1 : 2
    weights = [[0.8, 0.2], [0.2, 0.8]]
    assert group.mean_weights(weights, [1, 3], "arithmetic") == pytest.approx([0.35, 0.65])
    assert group.mean_weights(weights, [1, 3], "geometric") == pytest.approx([1 / 3, 2 / 3])


@pytest.mark.parametrize("kind", ["arithmetic", "geometric"])
@given(weights=VOTERS, data=st.data())
def test_mean_weights_know_no_names_and_no_unit_of_power(kind: str, weights: np.ndarray, data: st.DataObject) -> None:
    power = data.draw(arrays(np.float64, weights.shape[0], elements=st.integers(1, 5).map(float)))
    voters = data.draw(st.permutations(range(weights.shape[0])))
    criteria = data.draw(st.permutations(range(weights.shape[1])))
    found = group.mean_weights(weights, power, kind)
    assert found.sum() == pytest.approx(1)
    renamed = group.mean_weights(weights[voters][:, criteria], 10 * power[voters], kind)
    assert renamed == pytest.approx(found[criteria])


@pytest.mark.parametrize("kind", ["arithmetic", "geometric"])
def test_voters_of_one_mind_get_their_weights(kind: str) -> None:
    assert group.mean_weights([[0.5, 0.3, 0.2]] * 3, kind=kind) == pytest.approx([0.5, 0.3, 0.2])


def test_geometric_mean_gives_anyone_with_power_a_veto() -> None:
    weights = [[0.0, 0.5, 0.5], [0.6, 0.2, 0.2]]
    assert group.mean_weights(weights, [1, 1], "geometric") == pytest.approx([0, 0.5, 0.5])
    assert group.mean_weights(weights, [0, 1], "geometric") == pytest.approx([0.6, 0.2, 0.2])


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        pytest.param(([0.5, 0.5], [1, 1], "arithmetic"), "weights has shape", id="one voter as a vector"),
        pytest.param(([[0.5, 0.5]], [1, 1], "arithmetic"), "power has shape", id="power of nobody"),
        pytest.param(([[0.5, 0.5]], [0], "arithmetic"), "power must not all be 0", id="no power"),
        pytest.param((np.empty((0, 2)), None, "arithmetic"), "power must not all be 0", id="no voter"),
        pytest.param(([[0.5, 0.5], [1, 0]], [1, -1], "arithmetic"), "power must not be negative", id="negative power"),
        pytest.param(([[0.5, -0.5]], [1], "arithmetic"), "weights must not be negative", id="negative weight"),
        pytest.param(([[0.5, UNKNOWN]], [1], "arithmetic"), "weights must hold finite", id="unknown weight"),
        pytest.param(([[1, 0], [0, 1]], [1, 1], "geometric"), "geometric mean weights must not all", id="all vetoed"),
        pytest.param(([[0.5, 0.5]], [1], "median"), "there is no kind 'median'; there are arithmetic", id="kind"),
    ],
)
def test_weights_that_have_no_mean_are_named(arguments: tuple[Any, ...], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        group.mean_weights(*arguments)


def test_disagreement_is_the_spread_over_voters() -> None:
    # .2 and .6 are .2 from their mean; the second criterion divides nobody
    assert group.disagreement([[0.2, 0.5, 0.3], [0.6, 0.5, -0.1]]) == pytest.approx([0.2, 0, 0.2])


def test_one_voter_disagrees_with_nobody() -> None:
    assert group.disagreement([[0.7, 0.3]]).tolist() == [0, 0]


# Two voters who swap the last two, and two who have the reverse order, one of them with a swap
RANKINGS = np.array([[1, 2, 3, 4], [4, 3, 2, 1], [1, 2, 4, 3], [3, 4, 2, 1]]).T


def test_like_minded_voters_share_a_group() -> None:
    tau = group.pairwise_tau(RANKINGS)
    assert tau[0] == pytest.approx([1, -1, 2 / 3, -2 / 3])
    assert group.like_minded(tau).tolist() == [0, 1, 0, 1]


def test_groups_need_as_much_agreement_as_asked_for() -> None:
    tau = group.pairwise_tau(RANKINGS)
    assert group.like_minded(tau, least=2 / 3).tolist() == [0, 1, 0, 1]  # 2/3 is enough, whatever its rounding
    assert group.like_minded(tau, least=0.7).tolist() == [0, 1, 2, 3]
    assert group.like_minded(tau, least=-1).tolist() == [0, 0, 0, 0]


def test_who_ties_everybody_is_a_group_apart() -> None:
    undecided = np.column_stack([RANKINGS, np.ones(4)])
    assert group.like_minded(group.pairwise_tau(undecided)).tolist() == [0, 1, 0, 1, 2]


@given(st.permutations(range(4)))
def test_names_of_voters_do_not_matter(names: list[int]) -> None:
    found = group.like_minded(group.pairwise_tau(RANKINGS[:, names]))
    apart = np.array([0, 1, 0, 1])[names]
    assert ((found[:, None] == found) == (apart[:, None] == apart)).all()
    assert found[0] == 0


@pytest.mark.parametrize("voters", [0, 1])
def test_nobody_to_compare_with(voters: int) -> None:
    assert group.like_minded(np.eye(voters)).tolist() == [0] * voters


@pytest.mark.parametrize(
    ("function", "given", "wrong"),
    [
        pytest.param(group.like_minded, [[1.0, 0.0]], r"tau has shape \(1, 2\)", id="tau not square"),
        pytest.param(group.like_minded, [[1.0, 0.5], [0.2, 1.0]], "tau must be symmetric", id="tau not symmetric"),
        pytest.param(group.like_minded, [[1.0, 2.0], [2.0, 1.0]], r"in -1\.\.1", id="tau too large"),
        pytest.param(group.disagreement, [0.5, 0.5], "weights has shape", id="weights are a vector"),
        pytest.param(group.disagreement, np.empty((0, 2)), "at least one voter", id="nobody voted"),
        pytest.param(group.disagreement, [[UNKNOWN]], "weights must hold finite", id="unknown weight"),
    ],
)
def test_what_is_no_vote_is_named(function: Callable[[Any], object], given: object, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        function(given)
