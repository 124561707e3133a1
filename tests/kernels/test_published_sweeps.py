"""Published worked examples of sweeps, dominance and weight regions, run against the call sites that they cover."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from partnerselect.kernels import bounds, regions, sweeps

CASES = Path(__file__).parents[1] / "cases"


def case(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("criterion", range(4))
def test_switch_points_and_the_orders_between_them(criterion: int) -> None:
    given = case("oat_crossovers_exact")
    rows = given["expected"]["orders"][f"C{criterion + 1}"]
    points = sweeps.switch_points(given["inputs"]["matrix"], given["inputs"]["weights"], criterion)
    assert points.weights == pytest.approx([start for start, _, _ in rows[1:]], abs=given["tolerance"]["abs"])
    assert (points.orders + 1).tolist() == [order for _, _, order in rows]


@pytest.mark.parametrize("criterion", range(4))
def test_a_tie_for_first_at_the_published_weights_leaves_nothing_stable(criterion: int) -> None:
    given = case("oat_crossovers_exact")["inputs"]
    today = given["weights"][criterion]
    found = sweeps.stability_interval(given["matrix"], given["weights"], criterion)
    assert found == pytest.approx((today, today), abs=1e-12)


def test_dominated_and_strictly_dominated_stocks() -> None:
    given = case("screening_dominance_stocks")
    signs = np.where(np.array(given["inputs"]["directions"]) == "max", 1.0, -1.0)
    stocks = given["inputs"]["alternatives"]
    wanted = given["expected"]

    def dominated(names: list[str]) -> dict[str, list[str]]:
        values = np.array(given["inputs"]["matrix"])[[stocks.index(name) for name in names]] * signs
        found = bounds.dominates(values)
        return {name: [names[k] for k in np.flatnonzero(found[:, i])] for i, name in enumerate(names)}

    after_filter = dominated(wanted["after_filter"])
    assert [name for name, by in after_filter.items() if by] == wanted["dominated"]
    assert after_filter["FX"] == wanted["dominators_of_FX"]
    assert [name for name, by in dominated(stocks).items() if by] == given["recomputed"]["dominated_without_filter"]
    values = np.array(given["inputs"]["matrix"]) * signs
    strict = bounds.dominates(values, strict=True)[:, stocks.index("FX")]
    assert [stocks[k] for k in np.flatnonzero(strict)] == wanted["strict_dominators_of_FX"]


def test_ranks_of_three_on_two_criteria() -> None:
    given = case("smaa_exact_two_criteria")
    values, possible = given["inputs"]["values"], np.array(given["expected"]["rank_acceptability"]) > 0
    best, worst = bounds.extreme_ranks(values, values)
    assert best.tolist() == (1 + possible.argmax(axis=1)).tolist()
    assert worst.tolist() == (3 - possible[:, ::-1].argmax(axis=1)).tolist()
    assert bounds.potentially_optimal(values).tolist() == possible[:, 0].tolist()
    firsts = np.array(given["expected"]["rank_acceptability"])[:, 0]  # how much of the sweep each one leads
    sweep = sweeps.leading_switch_points(values, [0.5, 0.5], 0)
    lengths = np.diff([0.0, *sweep.weights, 1.0])
    assert lengths @ sweep.leaders == pytest.approx(firsts, abs=1e-12)


def test_a_dominated_alternative_is_last_at_every_weight() -> None:
    values = case("smaa_dominated_alternative")["inputs"]["values"]
    best, worst = bounds.extreme_ranks(values, values)
    assert (best.tolist(), worst.tolist()) == ([1, 2], [1, 2])
    assert bounds.potentially_optimal(values).tolist() == [True, False]
    assert bounds.dominates(values, strict=True).tolist() == [[False, True], [False, False]]
    assert sweeps.smallest_change(values, [1, 1, 1], candidate=1) is None


def test_the_middle_of_an_order_of_importance_is_the_rank_order_centroid() -> None:
    given = case("surrogate_weights_n12")
    places = np.array(given["inputs"]["ranks"]) - 1
    wanted = given["recomputed"]["rank_order_centroid"]
    region = regions.order(range(given["inputs"]["n"]))
    assert region.corners.mean(axis=0)[places] == pytest.approx(wanted, abs=1e-9)
    drawn = region.sample(20_000, np.random.default_rng(1))
    assert drawn.mean(axis=0)[places] == pytest.approx(wanted, abs=given["tolerance"]["abs"])
