"""The workbook after its points were changed and LibreOffice computed it anew: what PartnerSelect gives, to 1e-9."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from real_office import recomputed

import partnerselect as ps
from partnerselect.model import Decision
from tests.builders import criteria, decision, measured, organisation, table
from tests.reports.workbooks import FIRST, made, parts, sheet, with_points

pytestmark = pytest.mark.office

NOTHING = "All points are at zero: raise at least one goal and one of its criteria."


def case() -> Decision:
    return ps.read_decision("criteria/photonics-for-health.yaml", "candidates/photonics-for-health")


def not_everywhere() -> Decision:
    """Delta has nothing that applies but b, epsilon nothing at all; beta's b is unknown."""
    gone = {"status": "not_applicable"}
    return decision(
        criteria(("left", [measured("a"), measured("b")]), ("right", [measured("c", points=((0, 1), (100, 0)))])),
        organisation("alpha", *({"criterion": one, "value": 70} for one in "abc")),
        organisation("beta", {"criterion": "a", "value": 70, "low": 40, "high": 90}, {"criterion": "c", **gone}),
        organisation("gamma", {"criterion": "a", **gone}, {"criterion": "b", "value": 10}, {"criterion": "c", **gone}),
        organisation("delta", {"criterion": "a", **gone}, {"criterion": "b", "value": 80}, {"criterion": "c", **gone}),
        organisation("epsilon", *({"criterion": one, **gone} for one in "abc")),
    )


def tied() -> Decision:
    """Beta ties with alpha and with gamma, which do not tie: 0.6e-9 apart each."""
    return table(
        {
            "zeta": {"a": 10.0, "b": 30.0},
            "gamma": {"a": 50.0 - 12e-8, "b": 50.0 - 12e-8},
            "beta": {"a": 50.0 - 6e-8, "b": 50.0 - 6e-8},
            "alpha": {"a": 50.0, "b": 50.0},
            "twin": {"a": 30.0, "b": 10.0},
        }
    )


CASE = case()
UNEVEN = {one: float(7 * at * at % 101) for at, one in enumerate(CASE.ids())}
CHANGES: dict[str, tuple[Decision, str, Mapping[str, float]]] = {
    "case_uneven": (CASE, "equal_goals", UNEVEN),
    "case_one_goal_silent": (
        CASE,
        "health_first",
        {**UNEVEN, "fit": 0.0, **{one.id: 0.0 for one in CASE.goals[1].criteria}},
    ),
    "not_applicable": (not_everywhere(), "equal", {"left": 80.0, "right": 20.5, "a": 30.0, "b": 70.0, "c": 1.0}),
    "weight_on_nothing_that_applies": (
        not_everywhere(),
        "equal",
        {"left": 0.0, "right": 10.0, "a": 30.0, "b": 70.0, "c": 1.0},
    ),
    "ties": (tied(), "equal", {"goal": 1.0, "a": 25.0, "b": 25.0}),
    "one_criterion_alone": (tied(), "equal", {"goal": 100.0, "a": 0.0, "b": 0.5}),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("office")
    files = {name: with_points(made(own, start), points) for name, (own, start, points) in CHANGES.items()}
    typed: dict[str, float | str] = {"a": "many", "b": 50.0}
    files |= {
        "nothing": with_points(made(tied()), dict.fromkeys(tied().ids(), 0.0)),
        "words": with_points(made(tied()), typed),
        "negative": with_points(made(tied()), {"a": -1.0}),
        "formula_names": with_points(made(named_like_formulas()), {"b": 1.0}),
    }
    paths: list[Path] = []
    for name, data in files.items():
        paths.append(folder / f"{name}.xlsx")
        paths[-1].write_bytes(data)
    return {path.stem: path.read_bytes() for path in recomputed(paths, folder)}


def named_like_formulas() -> Decision:
    return decision(
        criteria(("goal", [measured("a"), measured("b")])),
        *(
            organisation(f"one{at}", {"criterion": "a", "value": 10 * at}, {"criterion": "b", "value": 40}, name=name)
            for at, name in enumerate(("=1+1", "+2", "-3+4", "@SUM(A1)"), start=1)
        ),
    )


@pytest.mark.parametrize("name", list(CHANGES))
def test_changed_points_give_the_totals_ranks_and_order_of_partnerselect(name: str, found: dict[str, bytes]) -> None:
    own, _, points = CHANGES[name]
    wanted = ps.evaluate(own, points)
    ids = [one.id for one in own.candidates]
    rows = sheet(found[name], "Contributions")[FIRST : FIRST + len(ids)]
    by_candidate = wanted.ranking.loc[ids]
    for at, what in ((1, "total"), (5, "low"), (6, "high")):
        assert [row[at] / 100 for row in rows] == pytest.approx(by_candidate[what].to_list(), abs=1e-9), what
    assert [row[7] for row in rows] == pytest.approx(by_candidate["known"].to_list(), abs=1e-9)
    assert [row[2] for row in rows] == by_candidate["rank"].to_list()
    names = {one.id: one.name for one in own.candidates}
    ranking = sheet(found[name], "Ranking")[5 : 5 + len(ids)]
    assert [row[1] for row in ranking] == [names[str(one)] for one in wanted.ranking.index]
    assert [row[0] for row in ranking] == wanted.ranking["rank"].to_list()


@pytest.mark.parametrize("name", list(CHANGES))
def test_changed_points_give_the_weights_and_contributions_of_partnerselect(name: str, found: dict[str, bytes]) -> None:
    own, _, points = CHANGES[name]
    wanted = ps.evaluate(own, points)
    weights = {row[6]: row[4] for row in sheet(found[name], "Weights")[5:]}
    assert [weights[one.id] for one in own.criteria] == pytest.approx(wanted.weights.to_list(), abs=1e-12)
    rows = sheet(found[name], "Contributions")[FIRST : FIRST + len(own.candidates)]
    shown = [row[9 : 9 + len(own.criteria)] for row in rows]
    contributions = np.array([[math.nan if one == "n/a" else one / 100 for one in row] for row in shown], dtype=float)
    ids = [one.id for one in own.candidates]
    assert contributions == pytest.approx(wanted.contributions.loc[ids].to_numpy(), abs=1e-9, nan_ok=True)
    for row in sheet(found[name], "Ranking")[5 : 5 + len(ids)]:
        bars = row[11 : 11 + len(own.goals) + 1]
        assert sum(bars) == pytest.approx(row[2], abs=1e-9)


def test_who_moved_is_told_against_the_ranks_when_made(found: dict[str, bytes]) -> None:
    own, start, points = CHANGES["case_uneven"]
    names = {one.name: one.id for one in own.candidates}
    before, after = (ps.evaluate(own, one).ranking["rank"] for one in (start, points))
    for row in sheet(found["case_uneven"], "Ranking")[5:29]:
        one = names[row[1]]
        assert (row[6], row[7]) == (before[one], before[one] - after[one])
    told = sheet(found["case_uneven"], "Rules and set")[2][0]
    assert told == "The points on sheet Weights have been changed since: ask PartnerSelect for the best set again."


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing", NOTHING),
        ("words", "Points are numbers: one of the yellow cells holds something else."),
        ("negative", "Points start at 0: one of the yellow cells is below."),
    ],
)
def test_points_that_cannot_be_used_are_told_in_words_on_every_sheet(
    name: str, message: str, found: dict[str, bytes]
) -> None:
    data = found[name]
    assert [sheet(data, one)[2][0] for one in ("Weights", "Ranking", "Contributions")] == [message] * 3
    ranking = sheet(data, "Ranking")[5:10]
    assert [row[:3] for row in ranking] == [["–", one.name, "no weights"] for one in tied().candidates]
    assert not [name for name, text in parts(data).items() if re.search(r'<c [^>]*t="e"', text)]


def test_names_that_look_like_formulas_are_ranked_as_names(found: dict[str, bytes]) -> None:
    ranking = sheet(found["formula_names"], "Ranking")[5:9]
    assert [row[1] for row in ranking] == ["@SUM(A1)", "-3+4", "+2", "=1+1"]
