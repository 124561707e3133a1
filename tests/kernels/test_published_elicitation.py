"""Published worked examples of weights from judgements, and of groups."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from partnerselect.kernels import additive, elicitation, group

CASES = Path(__file__).parents[1] / "cases"


def case(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("rule", ["rank_order_centroid", "rank_sum", "rank_reciprocal"])
def test_weights_from_an_order(rule: str) -> None:
    published = case("surrogate_weights_n12")
    weights = getattr(elicitation, rule)(published["inputs"]["n"])
    at_ranks = weights[np.array(published["inputs"]["ranks"]) - 1]
    assert at_ranks == pytest.approx(published["expected"][rule], abs=published["tolerance"]["abs"])
    assert at_ranks == pytest.approx(published["recomputed"][rule])


def test_swing_weights() -> None:
    published = case("swing_office_weights")
    percent = 100 * elicitation.swing(published["inputs"]["swings"])
    wanted = published["expected"]["weights_percent_rounded"]
    assert percent == pytest.approx(wanted, abs=published["tolerance"]["abs"])


def test_inconsistent_pairwise_judgements() -> None:
    published = case("ahp_school_saaty")
    found = elicitation.ahp(published["inputs"]["matrix"])
    assert found.weights == pytest.approx(published["expected"]["weights"], abs=published["tolerance"]["abs"])
    assert found.consistency_ratio == pytest.approx(published["recomputed"]["consistency_ratio_RI_1.24"])


def hierarchy_scores(inputs: dict[str, Any], method: str = "eigenvector") -> np.ndarray:
    matrices = inputs["alternative_matrices"]
    by_criterion = [matrices[name] for name in inputs["criteria"]] if isinstance(matrices, dict) else matrices
    values = np.column_stack([elicitation.ahp(matrix, method).weights for matrix in by_criterion])
    return additive.totals(values, elicitation.ahp(inputs["criteria_matrix"], method).weights)


@pytest.mark.parametrize("name", ["ahp_cars_mcda_r", "ahp_facility_ploskas"])
def test_pairwise_judgements_of_criteria_and_of_candidates(name: str) -> None:
    published = case(name)
    scores = hierarchy_scores(published["inputs"])
    assert scores == pytest.approx(published["expected"]["scores"], abs=published["tolerance"]["abs"])
    assert scores == pytest.approx(published["recomputed"]["scores"], abs=1e-9)


def test_pairwise_judgements_by_geometric_means() -> None:
    published = case("ahp_cars_mcda_r")
    scores = hierarchy_scores(published["inputs"], "geometric")
    assert scores == pytest.approx(published["recomputed"]["scores_geometric_mean"], abs=1e-9)


def test_missing_judgement_is_completed() -> None:
    published = case("ahp_incomplete_bozoki")
    items = published["inputs"]["items"]
    judgements = np.full((4, 4), np.nan)
    for one, other, value in published["inputs"]["judgments"]:
        judgements[items.index(one), items.index(other)] = value
    found = elicitation.ahp(judgements)
    wanted, within = published["expected"], published["tolerance"]
    (one, other), *_ = published["inputs"]["missing"]
    completed = found.completed[items.index(one), items.index(other)]
    assert completed == pytest.approx(wanted["missing_value"], abs=within["missing_value"])
    assert found.weights == pytest.approx(wanted["weights"], abs=within["weights"])
    assert found.consistency_ratio == pytest.approx(published["recomputed"]["consistency_index"] / 0.9)


def test_best_worst_method() -> None:
    published = case("bwm_linear_five_criteria")
    inputs, wanted = published["inputs"], published["expected"]
    found = elicitation.bwm(inputs["best_to_others"], inputs["others_to_worst"])
    assert found.consistency_ratio == pytest.approx(
        wanted["input_consistency_ratio"], abs=published["tolerance"]["abs"]
    )
    assert (found.weights.argmax(), found.weights.argmin()) == (wanted["largest"], wanted["smallest"])
    assert found.weights == pytest.approx(published["recomputed"]["weights"], abs=published["tolerance"]["abs"])
    assert found.xi == pytest.approx(published["recomputed"]["ksi"], abs=published["tolerance"]["abs"])


def test_group_of_judgements_and_group_of_weights_are_the_same_by_geometric_means() -> None:
    published = case("group_ahp_aij_equals_aip")
    matrices, within = published["inputs"]["matrices"], published["tolerance"]["abs"]
    merged = group.geometric_mean_judgements(matrices)
    assert merged == pytest.approx(np.array(published["recomputed"]["aij_matrix"]), abs=within)
    of_judgements = elicitation.ahp(merged, method="geometric").weights
    assert of_judgements == pytest.approx(published["expected"]["aij_priorities"], abs=within)
    own = [elicitation.ahp(matrix, method="geometric").weights for matrix in matrices]
    assert np.array(own) == pytest.approx(np.array(published["recomputed"]["individual_priorities"]), abs=within)
    of_weights = group.mean_weights(own, [1, 1, 1], "geometric")
    assert of_weights == pytest.approx(published["expected"]["aip_priorities"], abs=within)
