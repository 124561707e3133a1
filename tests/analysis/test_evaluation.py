"""The evaluation: totals, ranges, ranks and influence, by numbers worked by hand and by properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from tests.builders import criteria, decision, measured, organisation, table

CELL = st.one_of(st.none(), st.integers(0, 100).map(float))
VALUES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=5)
)


def named(rows: list[list[float | None]]) -> dict[str, dict[str, float | None]]:
    return {f"p{i}": {f"c{j}": cell for j, cell in enumerate(row)} for i, row in enumerate(rows)}


def test_totals_ranks_and_contributions_by_hand() -> None:
    found = ps.evaluate(table({"alpha": {"a": 100, "b": 20}, "beta": {"a": 40, "b": 80}}), {"a": 70, "b": 30})
    assert list(found.ranking.index) == ["alpha", "beta"]
    assert found.ranking["total"].tolist() == pytest.approx([0.76, 0.52])
    assert found.ranking["rank"].tolist() == [1, 2]
    assert list(found.contributions.loc["beta"]) == pytest.approx([0.28, 0.24])
    assert found.influence.tolist() == pytest.approx([0.7 * 0.6, 0.3 * 0.6])
    assert found.ranking["known"].tolist() == pytest.approx([1, 1])


def test_unknown_is_as_wide_as_its_weight_and_never_zero() -> None:
    found = ps.evaluate(table({"alpha": {"a": 100, "b": None}, "beta": {"a": 40, "b": 80}}), {"a": 70, "b": 30})
    alpha = found.ranking.loc["alpha"]
    assert (alpha["total"], alpha["low"], alpha["high"]) == pytest.approx((0.85, 0.7, 1.0))
    assert alpha["known"] == pytest.approx(0.7)
    assert 0.7 < alpha["likely_low"] < alpha["likely_high"] < 1.0
    assert (alpha["best_rank"], alpha["worst_rank"]) == (1, 1)


@pytest.mark.parametrize(("policy", "total"), [("midpoint", 0.5), ("worst", 0.0), ("best", 1.0)])
def test_the_policy_for_unknowns_moves_the_base_value_not_the_range(policy: str, total: float) -> None:
    found = ps.evaluate(table({"alpha": {"a": None}, "beta": {"a": 50}}, unknowns=policy), "equal")
    alpha = found.ranking.loc["alpha"]
    assert (alpha["total"], alpha["low"], alpha["high"]) == pytest.approx((total, 0, 1))


def not_applicable() -> ps.Decision:
    return decision(
        criteria(("goal", [measured("a"), measured("b"), measured("c")])),
        organisation(
            "alpha",
            {"criterion": "a", "value": 100},
            {"criterion": "b", "status": "not_applicable"},
            {"criterion": "c", "value": 50},
        ),
        organisation("beta", *({"criterion": one, "value": 60} for one in "abc")),
    )


def test_what_does_not_apply_leaves_the_total_and_the_other_weights_are_renormalised() -> None:
    found = ps.evaluate(not_applicable(), {"a": 30, "b": 40, "c": 30})
    assert found.ranking.loc["alpha", "total"] == pytest.approx(0.75)  # (30 * 1 + 30 * 0.5) / 60
    assert found.ranking.loc["beta", "total"] == pytest.approx(0.6)
    assert found.contributions["b"].isna().to_dict() == {"alpha": True, "beta": False}
    assert found.contributions.loc["alpha"].sum() == pytest.approx(0.75)
    assert found.influence["b"] == 0


def test_only_criteria_that_do_not_apply_could_be_anything() -> None:
    alpha = ps.evaluate(not_applicable(), {"a": 0, "b": 1, "c": 0}).ranking.loc["alpha"]
    assert (alpha["total"], alpha["low"], alpha["high"]) == (0.5, 0, 1)


def test_ties_share_the_better_rank_and_keep_their_order() -> None:
    found = ps.evaluate(table({"alpha": {"a": 40}, "beta": {"a": 60}, "gamma": {"a": 60}}), "equal")
    assert found.ranking["rank"].to_dict() == {"beta": 1, "gamma": 1, "alpha": 3}


@pytest.mark.parametrize(
    "values",
    [{"alpha": {"a": 40}}, {"alpha": {"a": None}}, {"alpha": {"a": 40, "b": 10}}, {"a1": {"a": 5}, "a2": {"a": 5}}],
    ids=["one candidate, one criterion", "one unknown", "two criteria", "all equal"],
)
def test_small_and_flat_cases_are_ranked(values: dict[str, Any]) -> None:
    found = ps.evaluate(table(values), "equal")
    assert found.ranking["rank"].tolist() == [1] * len(values)
    assert np.isfinite(found.ranking.to_numpy(dtype=float)).all()


def test_a_weight_of_zero_moves_nothing() -> None:
    found = ps.evaluate(table({"alpha": {"a": 10, "b": 90}, "beta": {"a": 20, "b": 0}}), {"a": 5, "b": 0})
    assert list(found.ranking.index) == ["beta", "alpha"]
    assert found.influence["b"] == 0


def test_a_newcomer_changes_nobodys_total_range_or_value() -> None:
    before = ps.evaluate(table({"alpha": {"a": 10, "b": None}, "beta": {"a": 20, "b": 0}}), "equal")
    after = ps.evaluate(
        table({"alpha": {"a": 10, "b": None}, "beta": {"a": 20, "b": 0}, "gamma": {"a": 900, "b": 900}}), "equal"
    )
    kept = ["total", "low", "high", "likely_low", "likely_high", "known"]
    assert after.ranking.loc[["alpha", "beta"], kept].equals(before.ranking.loc[["alpha", "beta"], kept])
    assert after.values.loc[["alpha", "beta"]].equals(before.values.loc[["alpha", "beta"]])


def test_who_fails_a_gate_is_not_ranked() -> None:
    gate = {"id": "eu", "title": "EU", "rule": "In the EU.", "attribute": "country", "one_of": ["FR", "DK", "SE"]}
    made = decision(
        criteria(("goal", [measured("a")]), gates=[gate]),
        organisation("alpha", country="NO"),
        organisation("beta", country="DK/SE"),
        organisation("gamma", country="DK/NO"),
    )
    assert list(ps.evaluate(made, "equal").ranking.index) == ["beta"]


def test_nobody_left_is_an_empty_ranking_not_an_error() -> None:
    gate = {"id": "eu", "title": "EU", "rule": "In the EU.", "attribute": "country", "one_of": ["FR"]}
    made = decision(criteria(("goal", [measured("a")]), gates=[gate]), organisation("alpha", country="NO"))
    assert ps.evaluate(made, "equal").ranking.empty


@settings(max_examples=60, deadline=None)
@given(VALUES, st.data())
def test_everything_lies_where_it_must(rows: list[list[float | None]], data: st.DataObject) -> None:
    made = table(named(rows))
    points = {one.id: data.draw(st.integers(1, 100)) for one in made.criteria}
    ranking = ps.evaluate(made, points).ranking
    near = 1e-9
    assert (ranking["low"] <= ranking["likely_low"] + near).all()
    assert (ranking["likely_low"] <= ranking["likely_high"] + near).all()
    assert (ranking["likely_high"] <= ranking["high"] + near).all()
    assert ranking["total"].between(ranking["low"] - near, ranking["high"] + near).all()
    assert (ranking["best_rank"] <= ranking["likely_best_rank"]).all()
    assert (ranking["likely_best_rank"] <= ranking["likely_worst_rank"]).all()
    assert (ranking["likely_worst_rank"] <= ranking["worst_rank"]).all()
    assert ranking["rank"].between(ranking["best_rank"], ranking["worst_rank"]).all()


@settings(max_examples=40, deadline=None)
@given(VALUES, st.randoms(use_true_random=False))
def test_reordering_candidates_and_criteria_changes_no_result(rows: list[list[float | None]], random: Any) -> None:
    values = named(rows)
    candidates, columns = list(values), list(values["p0"])
    random.shuffle(candidates)
    random.shuffle(columns)
    shuffled = {one: {column: values[one][column] for column in columns} for one in candidates}
    before, after = (ps.evaluate(table(made), "equal").ranking for made in (values, shuffled))
    assert np.allclose(before, after.loc[before.index], rtol=0, atol=1e-12)


def test_the_same_decision_gives_the_same_numbers_twice() -> None:
    values = {"alpha": {"a": 10.0, "b": None}, "beta": {"a": None, "b": 0.0}}
    assert ps.evaluate(table(values), "equal").ranking.equals(ps.evaluate(table(values), "equal").ranking)
