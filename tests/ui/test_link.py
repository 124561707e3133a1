"""Addresses: a link reproduces the view, and a hostile one falls back with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerselect.ui.link import followed, written
from tests.builders import criteria, criteria_model, measured

TREE = criteria_model(criteria(("fit", [measured("areas"), measured("depth")]), ("reach", [measured("companies")])))
IDS = list(TREE.ids())


@given(st.fixed_dictionaries({one: st.integers(0, 300).map(lambda n: n / 3) for one in IDS}))
def test_a_link_reproduces_the_points(points: dict[str, float]) -> None:
    points["fit"] = points["areas"] = 1.5  # so that not everything is zero
    there = followed(TREE, written(TREE, points, None))
    assert (dict(there.points), there.viewpoint, there.complaint) == (points, None, "")


def test_a_viewpoint_is_named_while_its_points_are_unchanged() -> None:
    points = dict(TREE.viewpoints[0].points)
    assert written(TREE, points, "equal") == "equal"
    assert written(TREE, {**points, "fit": 51}, "equal").startswith("fit.51~")
    assert followed(TREE, "equal").viewpoint == "equal"


def test_no_parameters_is_the_first_viewpoint_without_complaint() -> None:
    assert followed(TREE, None) == followed(TREE, "equal")


FULL = "fit.50~areas.50~depth.50~reach.50~companies.50"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("<script>alert(1)</script>", "names a viewpoint that is not there"),
        (FULL.replace("50", "nan", 1), "the points of 'fit' are not a number from 0 to 100"),
        (FULL.replace("50", "1e999", 1), "the points of 'fit' are not a number"),
        (FULL.replace("50", "-1", 1), "the points of 'fit' are not a number"),
        (FULL.replace("50", "101", 1), "the points of 'fit' are not a number"),
        (FULL.replace("fit", "fat", 1), "names a goal or criterion that is not there ('fat')"),
        (FULL + "~fit.60", "gives points for 'fit' twice"),
        (FULL.replace("50", "1_0", 1), "the points of 'fit' are not a number"),
        ("fit.50", "gives no points for areas, depth, reach"),
        (FULL.replace("50", "0"), "all its points are at zero"),
        (FULL + "~" + "x" * 30_000, "it is too long"),
        ("~~.~", "are not a number"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_hostile_link_falls_back_with_the_reason(address: str, reason: str) -> None:
    there = followed(TREE, address)
    assert there.points == TREE.viewpoints[0].points
    assert reason in there.complaint
    assert "Showing the viewpoint “Equal” instead." in there.complaint


@given(st.text(max_size=200))
def test_no_address_breaks_the_page(address: str) -> None:
    assert set(followed(TREE, address).points) == set(IDS)
