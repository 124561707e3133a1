"""The names, argument orders, attributes, shapes and types of the kernels that other programs call."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from partnerselect.kernels import (
    additive,
    attribution,
    bounds,
    crosscheck,
    elicitation,
    group,
    information,
    ranks,
    regions,
    smaa,
    sweeps,
    value_functions,
)

VALUES = [[1.0, 0.0, 0.5], [0.2, 0.9, 0.5], [0.4, 0.4, 0.4], [0.1, 0.1, 0.5]]
WEIGHTS = (0.5, 0.3, 0.2)
HIGH = [[min(value + 0.2, 1.0) for value in row] for row in VALUES]
MORE = [1, 1, 1]


def is_array(found: object, shape: tuple[int, ...], kind: str = "f") -> bool:
    return isinstance(found, np.ndarray) and found.shape == shape and found.dtype.kind == kind


def test_values_come_from_breakpoints() -> None:
    found = value_functions.piecewise([-1, 5, 20, math.nan], points=[(0, 0), (10, 1)])
    assert is_array(found, (4,))
    assert found.tolist()[:3] == [0.0, 0.5, 1.0]
    assert math.isnan(found[3])


def test_totals_and_contributions() -> None:
    assert is_array(additive.totals(VALUES, WEIGHTS), (4,))
    assert is_array(additive.contributions(VALUES, WEIGHTS), (4, 3))


def test_ranks_are_whole_numbers() -> None:
    assert is_array(ranks.rank([0.5, 0.7, 0.7]), (3,), "i")
    assert ranks.rank([0.5, 0.7, 0.7]).tolist() == [3, 1, 1]
    assert is_array(ranks.borda([[1, 2], [2, 1], [3, 3]]), (3,), "i")


@pytest.mark.parametrize("coefficient", [ranks.kendall_tau, ranks.spearman, ranks.weighted_spearman, ranks.ws])
def test_agreement_of_two_is_a_float(coefficient: Callable[..., float]) -> None:
    assert type(coefficient([1, 2, 3], (1, 3, 2))) is float


def test_agreement_of_many_is_a_float() -> None:
    assert type(ranks.kendall_w([[1, 1], [2, 3], [3, 2]])) is float


def test_weights_from_an_order_or_points() -> None:
    for found in (elicitation.rank_order_centroid(3), elicitation.rank_sum(3), elicitation.rank_reciprocal(3)):
        assert is_array(found, (3,))
        assert found[0] > found[1] > found[2]
    assert elicitation.swing([100, 60, 40]).tolist() == [0.5, 0.3, 0.2]


@pytest.mark.parametrize("method", ["eigenvector", "geometric"])
def test_weights_from_pairs(method: str) -> None:
    found = elicitation.ahp([[1, 2, math.nan], [0.5, 1, 3], [math.nan, 1 / 3, 1]], method=method)
    assert is_array(found.weights, (3,))
    assert type(found.consistency_ratio) is float
    assert found.worst is not None
    i, j, suggested = found.worst
    assert (type(i), type(j), type(suggested)) == (int, int, float)


def test_weights_from_best_and_worst() -> None:
    found = elicitation.bwm([1, 2, 6], [6, 3, 1])
    assert is_array(found.weights, (3,))
    assert (type(found.xi), type(found.consistency_ratio)) == (float, float)


def test_one_judgement_and_one_weighting_for_the_group() -> None:
    assert is_array(group.geometric_mean_judgements([[[1.0, 2.0], [0.5, 1.0]], [[1.0, 8.0], [0.125, 1.0]]]), (2, 2))
    for kind in ("arithmetic", "geometric"):
        assert is_array(group.mean_weights([[0.5, 0.5], [0.9, 0.1]], [1, 3], kind), (2,))


def test_switch_points_and_the_orders_between_them() -> None:
    found = sweeps.switch_points(VALUES, WEIGHTS, 0)
    assert is_array(found.weights, (len(found.weights),))
    assert is_array(found.orders, (len(found.weights) + 1, 4), "i")


def test_a_stability_interval_is_two_floats() -> None:
    low, high = sweeps.stability_interval(VALUES, WEIGHTS, 0, top=2)
    assert (type(low), type(high)) == (float, float)
    assert low <= WEIGHTS[0] <= high


def test_the_smallest_change_or_none() -> None:
    found = sweeps.smallest_change(VALUES, WEIGHTS, 1, top=1)
    assert found is not None
    assert is_array(found.weights, (3,))
    assert type(found.distance) is float
    assert sweeps.smallest_change([[1.0, 1.0], [0.5, 0.5]], [0.5, 0.5], 1) is None


def test_a_flip_for_each_cell() -> None:
    assert is_array(sweeps.cell_flips(VALUES, WEIGHTS, 1, 0), (3,))


def test_ranks_that_are_possible() -> None:
    for best, worst in (bounds.rank_interval(VALUES, HIGH, WEIGHTS), bounds.extreme_ranks(VALUES, HIGH, region=None)):
        assert is_array(best, (4,), "i")
        assert is_array(worst, (4,), "i")


def test_who_can_be_first_and_who_dominates_whom() -> None:
    assert is_array(bounds.potentially_optimal(VALUES, region=regions.order([0, 1, 2])), (4,), "b")
    assert is_array(bounds.dominates(VALUES), (4, 4), "b")


def test_a_simulation() -> None:
    best = [[math.nan] * 3, *VALUES[1:]]
    box = regions.box(WEIGHTS, 0.1)
    found = smaa.smaa(VALUES, HIGH, best=best, region=box, samples=100, rng=np.random.default_rng(1))
    assert is_array(found.rank_acceptability, (4, 4))
    assert is_array(found.central_weights, (4, 3))
    assert is_array(found.confidence, (4,))
    assert is_array(found.pairwise_winning, (4, 4))
    assert is_array(found.expected_rank, (4,))
    assert np.diag(found.pairwise_winning).tolist() == [0.5] * 4


@pytest.mark.parametrize("values", [VALUES, [VALUES, HIGH]], ids=["shared", "one table per sample"])
def test_a_simulation_of_given_samples(values: object) -> None:
    found = smaa.from_samples(np.array(values), [WEIGHTS, (0.0, 1.0, 0.0)])
    assert is_array(found.rank_acceptability, (4, 4))
    assert found.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(4))


@pytest.mark.parametrize(
    "region",
    [
        pytest.param(regions.simplex(3), id="simplex"),
        pytest.param(regions.order([2, 0, 1]), id="order"),
        pytest.param(regions.box(WEIGHTS, 0.1), id="box"),
    ],
)
def test_regions_sample_and_tell_their_constraints(region: regions.Region) -> None:
    drawn = region.sample(20, np.random.default_rng(0))
    assert is_array(drawn, (20, 3))
    assert is_array(region.a_ub, (len(region.b_ub), 3))
    assert np.all(drawn @ region.a_ub.T <= region.b_ub + 1e-12)


def test_the_value_of_information() -> None:
    found = information.value_of_information(VALUES, HIGH, None, WEIGHTS, top=2)
    assert is_array(found.gain, (4, 3))
    assert is_array(found.change_probability, (4, 3))


def test_shares_of_a_change() -> None:
    assert attribution.shapley(lambda new: 2.0 * len(new), ["weights", "evidence"]) == {"weights": 2, "evidence": 2}


def test_scores_of_second_opinions() -> None:
    positive = np.array(VALUES) + 1
    assert is_array(crosscheck.weighted_product(positive, WEIGHTS, [1, -1, 1]), (4,))
    assert is_array(crosscheck.topsis(VALUES, WEIGHTS, MORE, normalization="minmax"), (4,))
    found = crosscheck.vikor(VALUES, WEIGHTS, MORE, v=0.5)
    assert all(is_array(scores, (4,)) for scores in (found.s, found.r, found.q))
    assert is_array(found.compromise, (len(found.compromise),), "i")


@pytest.mark.parametrize("word", ["usual", "u_shape", "v_shape", "level", "linear", "gaussian"])
def test_flows_by_each_preference_function(word: str) -> None:
    found = crosscheck.promethee_ii(VALUES, WEIGHTS, MORE, preference=word, q=0.1, p=[0.2, 0.3, 0.4], s=0.2)
    assert all(is_array(flow, (4,)) for flow in (found.positive, found.negative, found.net))
    mixed = crosscheck.promethee_ii(VALUES, WEIGHTS, MORE, preference=[word, "usual", word], q=0.1, p=0.2, s=0.2)
    assert mixed.net.sum() == pytest.approx(0.0)


Call = Callable[..., Any]

OF_VALUES: dict[str, Call] = {
    "extreme ranks": lambda values: bounds.extreme_ranks(values, values),
    "potentially optimal": bounds.potentially_optimal,
    "dominates": bounds.dominates,
    "smaa": lambda values: smaa.smaa(values, values, samples=20).rank_acceptability,
    "mean weights": group.mean_weights,
    "piecewise": lambda values: value_functions.piecewise(values, [(0, 0), (1, 1)]),
}

OF_VALUES_AND_WEIGHTS: dict[str, Call] = {
    "totals": additive.totals,
    "contributions": additive.contributions,
    "switch points": lambda values, weights: sweeps.switch_points(values, weights, 0).orders,
    "stability interval": lambda values, weights: sweeps.stability_interval(values, weights, 0),
    "smallest change": lambda values, weights: getattr(sweeps.smallest_change(values, weights, 1), "weights", None),
    "cell flips": lambda values, weights: sweeps.cell_flips(values, weights, 1, 0),
    "rank interval": lambda values, weights: bounds.rank_interval(values, values, weights),
    "from samples": lambda values, weights: smaa.from_samples(values, np.stack([weights] * 2)).confidence,
    "information": lambda values, weights: information.value_of_information(values, HIGH, None, weights).gain,
    "topsis": lambda values, weights: crosscheck.topsis(values, weights, MORE),
    "vikor": lambda values, weights: crosscheck.vikor(values, weights, MORE).q,
    "promethee": lambda values, weights: crosscheck.promethee_ii(values, weights, MORE).net,
}

EVERY: dict[str, Call] = {
    **{name: lambda values, _, call=call: call(values) for name, call in OF_VALUES.items()},
    **OF_VALUES_AND_WEIGHTS,
}


@pytest.mark.parametrize("call", EVERY.values(), ids=EVERY.keys())
def test_any_array_will_do_and_stays_as_it_is(call: Call) -> None:
    plain = call(VALUES, list(WEIGHTS))
    wide = np.repeat(np.repeat(np.array(VALUES), 2, axis=0), 2, axis=1)
    strided, backwards = wide[::2, ::2], np.array(WEIGHTS[::-1])[::-1]
    frozen, fortran = np.array(VALUES), np.asfortranarray(VALUES)
    frozen.flags.writeable = False
    for values, weights in ((strided, backwards), (frozen, np.array(WEIGHTS)), (fortran, WEIGHTS), (VALUES, WEIGHTS)):
        np.testing.assert_allclose(call(values, weights), plain, atol=1e-12)
    assert np.array_equal(strided, VALUES)
    assert np.array_equal(backwards, WEIGHTS)


@pytest.mark.parametrize("call", EVERY.values(), ids=EVERY.keys())
@pytest.mark.parametrize(
    "values",
    [
        pytest.param([["a", "b", "c"]] * 4, id="text"),
        pytest.param([["1", "0", "1"]] * 4, id="numbers as text"),
        pytest.param([[1.0, 2.0, 3.0], [1.0]], id="rows of different lengths"),
        pytest.param(np.full((4, 3), 1j), id="complex numbers"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(call: Call, values: object) -> None:
    with pytest.raises(ValueError, match="must hold real numbers"):
        call(values, WEIGHTS)


@pytest.mark.parametrize(
    "weights",
    [
        pytest.param([-0.5, 1.0, 0.5], id="a negative weight"),
        pytest.param([math.nan, 0.5, 0.5], id="an unknown weight"),
        pytest.param([math.inf, 0.5, 0.5], id="a boundless weight"),
    ],
)
@pytest.mark.parametrize("call", OF_VALUES_AND_WEIGHTS.values(), ids=OF_VALUES_AND_WEIGHTS.keys())
def test_impossible_weights_are_refused(call: Call, weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"negative|finite|NaN"):
        call(VALUES, weights)


def test_a_weight_of_next_to_nothing_gives_no_nonsense() -> None:
    tiny = [5e-324, 1.0]
    assert np.isnan(sweeps.cell_flips([[0.2, 0.2], [0.9, 0.9]], tiny, 0, 1)[0])
    found = information.value_of_information([[0.0, 0.0], [0.6, 0.6]], [[1.0, 1.0], [0.6, 0.6]], None, tiny)
    assert found.gain[0] == pytest.approx([0.0, 0.08])  # 0.4² / 2, as far as it rises above 0.6
    assert found.change_probability[0] == pytest.approx([0.0, 0.4])


def test_more_refusals_that_say_why() -> None:
    with pytest.raises(ValueError, match="too large to be added up"):
        elicitation.swing([1e308, 1e308])
    with pytest.raises(ValueError, match="about 2 criteria; the values have 3"):
        smaa.smaa(VALUES, VALUES, region=regions.simplex(2))
    with pytest.raises(ValueError, match="at least one candidate"):
        smaa.smaa(np.zeros((0, 2)), np.zeros((0, 2)))
    with pytest.raises(ValueError, match="NaN or infinity"):
        ranks.rank([math.inf, math.inf])
    with pytest.raises(ValueError, match="weights must not be negative"):
        regions.box([-0.5, 1.5], 0.1)
    with pytest.raises(TypeError, match="integer"):
        regions.simplex(1.5)  # type: ignore[arg-type]
