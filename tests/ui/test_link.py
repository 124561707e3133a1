"""Addresses: a link reproduces the view, and a hostile one falls back with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerselect.ui.link import followed, written
from tests.builders import criteria, criteria_model, measured

TREE = criteria_model(criteria(("fit", [measured("areas"), measured("depth")]), ("reach", [measured("companies")])))
IDS = list(TREE.ids())


@given(st.fixed_dictionaries({one: st.integers(0, 200).map(lambda n: n / 2) for one in IDS}))
def test_a_link_reproduces_the_points(points: dict[str, float]) -> None:
    points["fit"] = points["areas"] = 1.5  # so that not everything is zero
    there = followed(TREE, written(TREE, points, None))
    assert (dict(there.points), there.viewpoint, there.complaint) == (points, None, "")


def test_a_viewpoint_is_named_while_its_points_are_unchanged() -> None:
    points = dict(TREE.viewpoints[0].points)
    assert written(TREE, points, "equal") == {"viewpoint": "equal"}
    assert "points" in written(TREE, {**points, "fit": 51}, "equal")
    assert followed(TREE, {"viewpoint": "equal"}).viewpoint == "equal"


def test_no_parameters_is_the_first_viewpoint_without_complaint() -> None:
    assert followed(TREE, {}) == followed(TREE, {"viewpoint": "equal"})


FULL = "fit.50~areas.50~depth.50~reach.50~companies.50"


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"viewpoint": "<script>alert(1)</script>"}, "names a viewpoint that is not there"),
        ({"points": FULL.replace("50", "nan", 1)}, "the points of 'fit' are not a number from 0 to 100"),
        ({"points": FULL.replace("50", "1e999", 1)}, "the points of 'fit' are not a number"),
        ({"points": FULL.replace("50", "-1", 1)}, "the points of 'fit' are not a number"),
        ({"points": FULL.replace("50", "101", 1)}, "the points of 'fit' are not a number"),
        ({"points": FULL.replace("fit", "fat", 1)}, "names a goal or criterion that is not there ('fat')"),
        ({"points": "fit.50"}, "gives no points for areas, depth, reach"),
        ({"points": FULL.replace("50", "0")}, "all its points are at zero"),
        ({"points": FULL + "~" + "x" * 30_000}, "it is too long"),
        ({"points": "~~~"}, "are not a number"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_hostile_link_falls_back_with_the_reason(parameters: dict[str, str], reason: str) -> None:
    there = followed(TREE, parameters)
    assert there.points == TREE.viewpoints[0].points
    assert reason in there.complaint
    assert "Showing the viewpoint “Equal” instead." in there.complaint


@given(st.dictionaries(st.sampled_from(["points", "viewpoint"]), st.text(max_size=200)))
def test_no_address_breaks_the_page(parameters: dict[str, str]) -> None:
    assert set(followed(TREE, parameters).points) == set(IDS)
