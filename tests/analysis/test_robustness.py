"""Which ranks plausible weights and performances give, and which are possible at all."""

from __future__ import annotations

import numpy as np
import pytest

import partnerselect as ps
from partnerselect.analysis.extremes import extremes
from partnerselect.analysis.plausible import RegionName, plausible
from partnerselect.analysis.robustness import robustness
from partnerselect.analysis.weights import normalised
from tests.builders import criteria, decision, measured, organisation, table

# Published exactly: A (1, 0), B (0.6, 0.6), C (0, 1) under any weights on two criteria.
THREE = {"a": {"x": 100, "y": 0}, "b": {"x": 60, "y": 60}, "c": {"x": 0, "y": 100}}
EXACT = {"a": [0.4, 0.1, 0.5], "b": [0.2, 0.8, 0.0], "c": [0.4, 0.1, 0.5]}


def test_shares_of_ranks_are_labelled_and_within_their_error() -> None:
    found = robustness(table(THREE), "equal", samples=20_000, top=1)
    for candidate, shares in EXACT.items():
        error = found.acceptability_error.loc[candidate].to_numpy()
        assert (np.abs(found.acceptability.loc[candidate] - shares) <= 4.5 * error + 1e-12).all()
    assert found.candidates["name"].to_dict() == {"a": "A", "b": "B", "c": "C"}
    assert found.candidates.index[0] == "b"  # expected rank 1.8 against 2.1
    assert found.candidates["in_top"]["b"] == pytest.approx(0.2, abs=0.015)
    assert found.pairwise.loc["a", "b"] == pytest.approx(0.4, abs=0.015)
    assert list(found.central_weights.loc["a"]) == pytest.approx([0.8, 0.2], abs=0.01)


def test_how_often_the_leading_set_stays_is_said() -> None:
    # Equal weights: B leads with 0.6 against 0.5 and 0.5; it leads where the first weight is in 0.4..0.6.
    found = robustness(table(THREE), "equal", samples=20_000, top=1)
    assert found.leaders == ("b",)
    assert found.staying == pytest.approx(0.2, abs=4.5 * found.staying_error)
    assert found.sentence.startswith("In 20.0 % (± 0.6) of the draws under any weights, B leads.")
    near = robustness(table(THREE), "equal", region="near", plus_minus=0.1, top=1)
    assert near.staying == 1.0
    assert "Nobody else ever gets there" in near.sentence


def test_with_everybody_leading_nothing_can_change() -> None:
    found = robustness(table(THREE), "equal", samples=100, top=7)
    assert (found.top, found.staying, found.kept) == (3, 1.0, 3.0)
    assert found.sentence == "All 3 candidates lead, and nothing can change that."


def test_doubt_can_be_left_out() -> None:
    unknown = table({"a": {"x": 60}, "b": {"x": None}})
    assert robustness(unknown, "equal", top=1, doubt=False).staying == 1.0
    assert robustness(unknown, "equal", top=1).staying == pytest.approx(0.6, abs=0.03)  # b passes 0.6 in 40 %


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    one, again, other = (robustness(table(THREE), "equal", samples=500, seed=seed) for seed in (3, 3, 4))
    assert one.acceptability.equals(again.acceptability)
    assert not one.acceptability.equals(other.acceptability)


def test_progress_ends_with_everything() -> None:
    told: list[float] = []
    robustness(table(THREE), "equal", samples=100_000, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_nobody_left_to_simulate() -> None:
    gate = {"id": "seat", "title": "Seat", "rule": "In the EU", "attribute": "country", "one_of": ["AT"]}
    alone = decision(criteria(("goal", [measured("x")]), gates=[gate]), organisation("alpha"))
    found = robustness(alone, "equal")
    assert found.sentence == "No candidate passes the gates."
    assert found.candidates.empty
    assert extremes(alone, "equal").ranks.empty


def two_viewpoints() -> ps.Decision:
    content = criteria(("goal", [measured("x"), measured("y"), measured("z")]))
    content["viewpoints"] = [
        {"id": "left", "title": "Left", "points": {"goal": 50, "x": 60, "y": 30, "z": 10}},
        {"id": "right", "title": "Right", "points": {"goal": 50, "x": 20, "y": 20, "z": 60}},
    ]
    return decision(content, organisation("alpha", {"criterion": "x", "value": 10}))


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        pytest.param("any", lambda w: np.ones(len(w), dtype=bool), id="any"),
        pytest.param("near", lambda w: (np.abs(w - [0.6, 0.3, 0.1]) <= 0.1 + 1e-9).all(axis=1), id="near"),
        pytest.param("order", lambda w: (np.diff(w, axis=1) <= 1e-9).all(axis=1), id="order"),
        # between (0.6, 0.3, 0.1) and (0.2, 0.2, 0.6): x = 0.6 - 0.4 s, y = 0.3 - 0.1 s
        pytest.param("viewpoints", lambda w: np.abs((0.6 - w[:, 0]) / 4 - (0.3 - w[:, 1])) < 1e-9, id="viewpoints"),
    ],
)
def test_every_region_keeps_its_word(name: RegionName, holds: object) -> None:
    case = two_viewpoints()
    found = plausible(case, normalised(case, "left"), name)
    drawn = found.region.sample(500, np.random.default_rng(1))
    assert drawn.sum(axis=1) == pytest.approx(np.ones(500))
    assert holds(drawn).all()  # type: ignore[operator]


def test_criteria_that_weigh_the_same_may_change_places_in_the_order() -> None:
    case = two_viewpoints()
    drawn = plausible(case, normalised(case, "right"), "order").region.sample(500, np.random.default_rng(1))
    assert (drawn[:, 2] >= drawn[:, :2].max(axis=1) - 1e-12).all()
    assert 0.4 < (drawn[:, 0] > drawn[:, 1]).mean() < 0.6


def test_a_region_that_is_not_there_is_refused() -> None:
    with pytest.raises(ps.WeightsError, match="no region 'everywhere'; regions are any, near, viewpoints, order"):
        robustness(table(THREE), "equal", region="everywhere")  # type: ignore[arg-type]
    with pytest.raises(ps.WeightsError, match="plus_minus is 2"):
        robustness(table(THREE), "equal", region="near", plus_minus=2)


def test_possible_ranks_with_and_without_what_is_unknown() -> None:
    case = table({"a": {"x": 100, "y": 0}, "b": {"x": 60, "y": 60}, "c": {"x": 0, "y": None}})
    found = extremes(case, "equal").ranks
    assert list(found.loc["a", ["best", "worst", "best_known", "worst_known"]]) == [1, 3, 1, 3]
    assert list(found.loc["b", ["best", "worst", "best_known", "worst_known"]]) == [1, 2, 1, 2]
    # C is at best 1 on y (then first where y counts), and 0.5 as the midpoint: never ahead of B
    assert list(found.loc["c", ["best", "worst", "best_known", "worst_known"]]) == [1, 3, 2, 3]


def test_every_share_lies_inside_the_possible_ranks() -> None:
    case = ps.read_decision("criteria/photonics-for-health.yaml", "candidates/photonics-for-health")
    shares = robustness(case, "health_first", region="viewpoints", samples=2000, doubt=False).acceptability
    possible = extremes(case, "health_first", region="viewpoints").ranks
    for candidate in map(str, shares.index):
        seen = [int(str(rank)) for rank, share in shares.loc[candidate].items() if share > 0]
        assert possible["best_known"][candidate] <= min(seen)
        assert max(seen) <= possible["worst_known"][candidate]
