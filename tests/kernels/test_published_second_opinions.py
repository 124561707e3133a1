"""Published worked examples of the methods that give a second opinion, and of rankings compared and merged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from partnerselect.kernels import additive, crosscheck, ranks

CASES = Path(__file__).parents[1] / "cases"


def case(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def decision(published: dict[str, Any]) -> tuple[np.ndarray, list[float], list[int]]:
    inputs = published["inputs"]
    directions = [1 if word == "max" else -1 for word in inputs["directions"]]
    return np.array(inputs["matrix"]), inputs["weights"], directions


def test_weighted_product_of_shares() -> None:
    published = case("wpm_wikipedia")
    matrix, weights, directions = decision(published)
    scores = crosscheck.weighted_product(matrix / matrix.sum(axis=0), weights, directions)
    wanted = published["expected"]
    assert np.log10(scores) == pytest.approx(wanted["log10_scores"], abs=published["tolerance"]["abs"])
    assert ranks.rank(scores).tolist() == wanted["rank"]


def test_weighted_product_ratios_do_not_depend_on_the_unit() -> None:
    published = case("wpm_wikipedia")
    matrix, weights, directions = decision(published)
    first, second, third = crosscheck.weighted_product(matrix, weights, directions)
    wanted = published["recomputed"]
    assert first / second == pytest.approx(wanted["ratio_A1_A2"])
    assert first / third == pytest.approx(wanted["ratio_A1_A3"])
    assert second / third == pytest.approx(wanted["ratio_A2_A3"])


def test_weighted_product_is_the_weighted_geometric_mean() -> None:
    published = case("aggregation_missing_and_means")
    for row, wanted in zip(published["inputs"]["geometric"], published["expected"]["geometric"], strict=True):
        mean = crosscheck.weighted_product([row["x"]], row["w"], [1] * len(row["x"]))
        assert mean == pytest.approx([wanted], abs=published["tolerance"]["abs"])


def test_half_weighted_sum_and_half_weighted_product() -> None:
    published = case("waspas_tus_adali2019")
    weights = np.array(case("critic_tus_adali2019")["recomputed"]["weights"])
    matrix, _, directions = decision(published)
    scaled = np.where(np.array(directions) > 0, matrix / matrix.max(axis=0), matrix.min(axis=0) / matrix)
    product = crosscheck.weighted_product(scaled, weights, np.ones(weights.size))
    scores = (additive.totals(scaled, weights) + product) / 2
    assert scores == pytest.approx(published["expected"]["scores"], abs=published["tolerance"]["abs"])


def test_topsis_with_vector_normalisation() -> None:
    published = case("topsis_tzeng_huang2011")
    closeness = crosscheck.topsis(*decision(published))
    assert closeness == pytest.approx(published["expected"]["closeness"], abs=published["tolerance"]["abs"])
    assert ranks.rank(closeness).tolist() == published["expected"]["rank"]


def test_topsis_with_minmax_normalisation_and_an_exact_tie() -> None:
    published = case("topsis_mountain_minmax")
    closeness = crosscheck.topsis(*decision(published), normalization="minmax")
    assert closeness == pytest.approx(published["expected"]["closeness"], abs=published["tolerance"]["abs"])
    assert ranks.rank(closeness).tolist() == [2, 1, 2]


def other_units(matrix: np.ndarray) -> np.ndarray:
    return np.column_stack([matrix[:, 0] + 5, matrix[:, 1] / 1000 - 1])


def test_topsis_with_vector_normalisation_depends_on_the_units() -> None:
    published = case("vikor_mountain_2004")
    matrix, weights, directions = decision(published)
    wanted = published["recomputed"]
    assert crosscheck.topsis(matrix, weights, directions) == pytest.approx(wanted["topsis_vector_closeness"])
    assert crosscheck.topsis(other_units(matrix), weights, directions) == pytest.approx(
        wanted["topsis_vector_closeness_alternative_units"]
    )


def test_vikor_does_not_depend_on_the_units() -> None:
    published = case("vikor_mountain_2004")
    matrix, weights, directions = decision(published)
    wanted, within = published["expected"], published["tolerance"]["abs"]
    found = crosscheck.vikor(matrix, weights, directions, published["inputs"]["v"])
    assert found.s == pytest.approx(wanted["S"], abs=within)
    assert found.r == pytest.approx(wanted["R"], abs=within)
    assert found.q == pytest.approx(wanted["Q"], abs=within)
    assert found.compromise.tolist() == [1]
    elsewhere = crosscheck.vikor(other_units(matrix), weights, directions, published["inputs"]["v"])
    assert elsewhere.q == pytest.approx(wanted["Q_alternative_units"], abs=within)


@pytest.mark.parametrize("name", ["promethee2_usual_small", "promethee2_facility_ploskas"])
def test_promethee_flows(name: str) -> None:
    published = case(name)
    inputs = published["inputs"]
    found = crosscheck.promethee_ii(*decision(published), inputs["preference"], inputs.get("q"), inputs.get("p"))
    assert found.net == pytest.approx(published["expected"]["net_flow"], abs=published["tolerance"]["abs"])
    assert found.net == pytest.approx(published["recomputed"]["net_flow"])
    if "phi_plus" in published["recomputed"]:
        assert found.positive == pytest.approx(published["recomputed"]["phi_plus"])
        assert found.negative == pytest.approx(published["recomputed"]["phi_minus"])


def test_rank_coefficients() -> None:
    published = case("rank_coefficients_salabun2020")
    pair = published["inputs"]["reference"], published["inputs"]["other"]
    wanted, within = published["expected"], published["tolerance"]["abs"]
    assert ranks.spearman(*pair) == pytest.approx(wanted["spearman"], abs=within)
    assert ranks.weighted_spearman(*pair) == pytest.approx(wanted["weighted_spearman_rw"], abs=within)
    assert ranks.ws(*pair) == pytest.approx(wanted["ws"], abs=within)
    assert ranks.kendall_tau(*pair) == pytest.approx(published["recomputed"]["kendall_tau"])


@pytest.mark.parametrize(("name", "key"), [("borda_three_rankings", "ranking"), ("borda_ties", "rank_min")])
def test_one_ranking_out_of_many(name: str, key: str) -> None:
    published = case(name)
    rankings = published["inputs"]["rankings_alternative_by_ranker"]
    assert ranks.borda(rankings).tolist() == published["expected"][key]
