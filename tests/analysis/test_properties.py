"""What must hold for every decision: names and order mean nothing, proportions of points are all that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.kernels import bounds, sweeps
from tests.builders import table

Performances = Mapping[str, Mapping[str, float | None]]

few = settings(max_examples=25, deadline=None)


@dataclass(frozen=True)
class Case:
    """A decision, points, and the same decision with new names in another order, and scaled points."""

    decision: ps.Decision
    points: Mapping[str, float]
    again: ps.Decision
    points_again: Mapping[str, float]
    candidates: Mapping[str, str]
    criteria: Mapping[str, str]
    top: int


@st.composite
def cases(draw: st.DrawFn, unknown: bool = True) -> Case:
    """Up to four candidates on up to three criteria, with ties, unknowns and weights of 0."""
    rows = [f"org_{row}" for row in range(draw(st.integers(1, 4)))]
    columns = [f"crit_{column}" for column in range(draw(st.integers(1, 3)))]
    cell = st.integers(0, 10).map(lambda tenths: 10.0 * tenths)
    cells = st.one_of(st.none(), cell, cell, cell) if unknown else cell
    values = {row: {column: draw(cells) for column in columns} for row in rows}
    share = draw(st.lists(st.integers(0, 9), min_size=len(columns), max_size=len(columns)).filter(any))
    points = dict(zip(columns, map(float, share), strict=True))
    factor = draw(st.sampled_from([0.25, 1.0, 7.0]))
    candidates = {row: f"renamed_{place}" for place, row in enumerate(draw(st.permutations(rows)))}
    criteria = {column: f"aspect_{place}" for place, column in enumerate(draw(st.permutations(columns)))}
    return Case(
        decision=_table(values, rows, columns),
        points=points,
        again=_table(
            {
                new: {named: values[old][column] for column, named in criteria.items()}
                for old, new in candidates.items()
            },
            draw(st.permutations(list(candidates.values()))),
            draw(st.permutations(list(criteria.values()))),
        ),
        points_again={criteria[column]: factor * share for column, share in points.items()},
        candidates=candidates,
        criteria=criteria,
        top=draw(st.integers(1, len(rows))),
    )


def _table(values: Performances, rows: Sequence[str], columns: Sequence[str]) -> ps.Decision:
    return table({row: {column: values[row][column] for column in columns} for row in rows})


def same(case: Case, one: pd.DataFrame, other: pd.DataFrame, keys: Sequence[str], numbers: Sequence[str]) -> None:
    """Rows with these keys, renamed, hold the same numbers."""
    renamed = one.reset_index().replace({"candidate": case.candidates, "criterion": case.criteria})
    first, second = (frame.sort_values(list(keys)) for frame in (renamed, other.reset_index()))
    assert (
        first[list(keys)[:2]].astype(str).to_numpy().tolist() == second[list(keys)[:2]].astype(str).to_numpy().tolist()
    )
    np.testing.assert_allclose(
        first[list(numbers)].to_numpy(dtype=float), second[list(numbers)].to_numpy(dtype=float), atol=1e-9
    )


def values_of(decision: ps.Decision, points: Mapping[str, float]) -> pd.DataFrame:
    found = ps.evaluate(decision, points)
    return found.values.astype(float)  # noqa: PD011


@few
@given(cases())
def test_sensitivity_knows_no_names_no_order_and_no_unit_of_points(case: Case) -> None:
    one = ps.sensitivity(case.decision, case.points, case.top)
    other = ps.sensitivity(case.again, case.points_again, case.top)
    same(case, one.weights, other.weights, ["criterion"], ["weight", "low", "high", "influence", "still"])
    same(case, one.sweeps, other.sweeps, ["criterion", "candidate", "weight"], ["weight", "total"])
    assert one.lead == pytest.approx(other.lead)
    if one.lead > 1e-9:  # else the order in the files says who leads
        assert {case.candidates[leader] for leader in one.leaders} == set(other.leaders)
        same(case, one.evidence, other.evidence, ["candidate", "criterion"], ["low", "high", "width", "changes"])
        same(case, one.without, other.without, ["criterion"], ["weight", "tau"])


@few
@given(cases())
def test_possible_ranks_know_no_names_no_order_and_no_unit_of_points(case: Case) -> None:
    one, other = ps.extremes(case.decision, case.points), ps.extremes(case.again, case.points_again)
    same(case, one.ranks, other.ranks, ["candidate"], ["rank", "best", "worst", "best_known", "worst_known"])


@few
@given(cases())
def test_second_opinions_know_no_names_no_order_and_no_unit_of_points(case: Case) -> None:
    one, other = ps.second_opinions(case.decision, case.points), ps.second_opinions(case.again, case.points_again)
    same(case, one.ranks, other.ranks, ["candidate"], list(one.ranks.columns))
    np.testing.assert_allclose(one.agreement[["tau", "ws"]], other.agreement[["tau", "ws"]], atol=1e-9)
    assert {case.candidates[row] for row in one.compromise} == set(other.compromise)


@few
@given(cases())
def test_what_to_ask_knows_no_names_no_order_and_no_unit_of_points(case: Case) -> None:
    one = ps.ask_next(case.decision, case.points, case.top, samples=1)
    other = ps.ask_next(case.again, case.points_again, case.top, samples=1)
    if {case.candidates[row] for row in one.chosen} == set(other.chosen):  # a tie goes by the order of the files
        numbers = ["gain", "change_probability", "total", "total_from", "total_to", "best_rank", "worst_rank"]
        same(case, one.cells, other.cells, ["candidate", "criterion"], numbers)
        assert one.idle == other.idle


@few
@given(cases())
def test_simulated_shares_know_no_names_and_lie_inside_the_possible_ranks(case: Case) -> None:
    one = ps.robustness(case.decision, case.points, samples=1000, top=case.top, doubt=False)
    other = ps.robustness(case.again, case.points_again, samples=1000, top=case.top, doubt=False)
    possible = ps.extremes(case.decision, case.points).ranks
    values = values_of(case.decision, case.points)
    for candidate in possible.index:
        best, worst = (int(possible[column][candidate]) for column in ("best_known", "worst_known"))
        equals = np.isclose(values, values.loc[candidate], atol=1e-9).all(axis=1).sum()  # they share their places
        shares = one.acceptability.loc[candidate].to_numpy()
        assert shares[: best - 1] == pytest.approx(0)
        assert shares[worst + equals - 1 :] == pytest.approx(0)
        assert shares.sum() == pytest.approx(1)
        renamed = other.acceptability.loc[case.candidates[candidate]].to_numpy()
        assert renamed == pytest.approx(shares, abs=0.12)  # other draws: more than 5 standard errors
    assert one.acceptability.sum(axis=0).to_numpy() == pytest.approx(np.ones(len(possible)))


@few
@given(cases(unknown=False), st.data())
def test_who_is_dominated_is_never_first_where_every_weight_counts(case: Case, data: st.DataObject) -> None:
    criteria = [criterion.id for criterion in case.decision.criteria]
    points = {criterion: float(data.draw(st.integers(1, 9))) for criterion in criteria}
    values = values_of(case.decision, points)
    ranking = ps.evaluate(case.decision, points).ranking["rank"]
    first = ps.robustness(case.decision, points, samples=200, doubt=False).acceptability[1]
    can_lead = bounds.potentially_optimal(values).tolist()
    strictly, weakly = (set(np.nonzero(bounds.dominates(values, strict=only))[1].tolist()) for only in (True, False))
    for row, candidate in enumerate(values.index):
        if row in weakly:
            assert ranking[candidate] > 1
            assert first[candidate] == 0
        if row in strictly:
            assert not can_lead[row]


@few
@given(cases())
def test_the_sweep_passes_through_todays_totals(case: Case) -> None:
    today = ps.evaluate(case.decision, case.points).ranking["total"]
    found = ps.sensitivity(case.decision, case.points, case.top)
    for criterion, lines in found.sweeps.groupby("criterion"):
        ends = lines.pivot_table(index="candidate", columns="weight", values="total")
        weight = found.weights["weight"][str(criterion)]
        through = (1 - weight) * ends[0.0] + weight * ends[1.0]
        assert through[today.index].to_numpy() == pytest.approx(today.to_numpy(), abs=1e-9)


@few
@given(cases(unknown=False))
def test_at_every_switch_two_are_level_and_the_order_changes_across_it(case: Case) -> None:
    found = ps.sensitivity(case.decision, case.points, case.top)
    for criterion, switches in found.switches.groupby("criterion"):
        lines = found.sweeps[found.sweeps["criterion"] == criterion]
        ends = lines.pivot_table(index="name", columns="weight", values="total")
        assert switches["weight"].is_monotonic_increasing
        for switch in switches.to_dict("records"):
            totals = (1 - switch["weight"]) * ends[0.0] + switch["weight"] * ends[1.0]
            leaves, enters = ([name for name in switch[way].split(", ") if name] for way in ("leaves", "enters"))
            level = [*leaves, *enters]  # one of them may be nobody: candidates that are equal share the last place
            assert totals[level].to_numpy() == pytest.approx(np.full(len(level), switch["total"]), abs=1e-9)
            slopes = ends[1.0] - ends[0.0]
            assert slopes[enters].min() > slopes[leaves].max() if leaves and enters else level


@few
@given(cases(unknown=False), st.data())
def test_every_order_of_a_sweep_ends_at_a_tie(case: Case, data: st.DataObject) -> None:
    values = values_of(case.decision, case.points).to_numpy()
    weights = ps.sensitivity(case.decision, case.points).weights["weight"].to_numpy(dtype=float)
    found = sweeps.switch_points(values, weights, data.draw(st.integers(0, len(weights) - 1)))
    for weight, (before, after) in zip(found.weights, pairwise(found.orders.tolist()), strict=True):
        totals = (1 - weight) * found.start + weight * found.end
        moved = [one for one, other in zip(before, after, strict=True) if one != other]
        assert len(moved) >= 2
        gaps = [abs(totals[one] - totals[other]) for one, other in zip(before, after, strict=True)]
        assert max(gaps) < 1e-9  # who takes a place is level with who had it


@few
@given(cases(unknown=False), st.data())
def test_the_smallest_change_does_it_and_a_little_less_does_not(case: Case, data: st.DataObject) -> None:
    ids = [candidate.id for candidate in case.decision.candidates]
    wanted = data.draw(st.sampled_from(ids))
    found = ps.entry(case.decision, case.points, wanted, case.top)
    if found.leads or np.isnan(found.distance):
        return
    values = values_of(case.decision, case.points).loc[ids].to_numpy()
    own, today, needed = ids.index(wanted), *found.weights[["today", "needed"]].to_numpy(dtype=float).T

    def ahead(weights: np.ndarray) -> int:
        totals = values @ weights
        return int((totals > totals[own] + 1e-9).sum())

    assert ahead(needed) < case.top
    if found.distance > 1e-6:
        assert ahead(today + 0.999 * (needed - today)) >= case.top
        rng = np.random.default_rng(0)
        others = rng.dirichlet(np.ones(len(today)), 50)
        reach = np.abs(others - today).sum(axis=1, keepdims=True)
        nearer = today + (others - today) * np.minimum(1.0, 0.99 * found.distance / reach)
        assert all(ahead(weights) >= case.top for weights in nearer)
