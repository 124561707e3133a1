"""Published worked examples of choosing several at once, run against the call sites that they cover."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.kernels import sets
from partnerselect.kernels.set_lists import walk
from partnerselect.kernels.set_rules import limits
from tests.kernels.test_published_cases import case


def test_eight_projects_for_one_budget() -> None:
    published = case("knapsack_rd_projects")
    given, wanted = published["inputs"], published["expected"]
    rules = sets.Rules(size=(0, 8), budgets=[(given["cost"], given["budget"])])
    best = sets.best_sets(np.array(given["benefit"])[:, None], [1.0], rules, top=1)[0]
    assert [one + 1 for one in best.members] == wanted["selected"]
    assert best.total == pytest.approx(wanted["benefit"], abs=published["tolerance"]["abs"])
    assert sum(given["cost"][one] for one in best.members) == wanted["cost"]


def test_net_flows_under_one_budget() -> None:
    published = case("promethee5_budget_twenty")
    given = published["inputs"]
    rules = sets.Rules(size=(0, 20), budgets=[(given["cost"], given["budget"])])
    best = sets.best_sets(np.array(given["net_flow"])[:, None], [1.0], rules, top=1)[0]
    assert [one + 1 for one in best.members] == published["expected"]["selected"]
    assert best.total == pytest.approx(published["recomputed"]["value"])


def test_four_projects_of_which_no_other_set_is_better_and_cheaper() -> None:
    published = case("probe4_efficient_portfolios")
    given, wanted = published["inputs"], published["expected"]
    value, cost = np.array(given["value"])[:, None], np.array(given["cost"])
    allowed = [tuple(row) for members in walk(limits(sets.Rules(size=(0, 4)), 4)) for row in members.tolist()]
    efficient = set()
    for limit in sorted({float(cost[list(members)].sum()) for members in allowed}):
        best = sets.best_sets(value, [1.0], sets.Rules(size=(0, 4), budgets=[(cost, limit)]), top=1)[0]
        efficient.add(tuple(one + 1 for one in best.members))
    assert efficient == {tuple(members) for members in wanted["efficient"]}
    best = sets.best_sets(value, [1.0], sets.Rules(size=(0, 4), budgets=[(cost, given["budget"])]), top=1)[0]
    assert [one + 1 for one in best.members] == wanted["knapsack_at_20"]["projects"]
    assert best.total == wanted["knapsack_at_20"]["value"]


def test_no_weight_of_value_against_cost_makes_the_other_efficient_sets_best() -> None:
    published = case("probe4_efficient_portfolios")
    given, wanted = published["inputs"], published["expected"]
    values = np.column_stack([given["value"], -np.array(given["cost"])])
    found = sets.doubt(values, values, None, sets.Rules(size=(0, 4)), samples=20_000)
    leading = {tuple(one + 1 for one in each.members) for each in found.shares}
    assert leading == {tuple(members) for members in wanted["convex_efficient"]}
