"""Changes that are worth the same: worked out by hand, then held against the weights and value functions they state."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.analysis.changes import middle, step, worth_more
from partnerselect.analysis.equivalents import equivalents
from partnerselect.analysis.swings import number
from partnerselect.analysis.weights_words import heaviest
from partnerselect.errors import WeightsError
from partnerselect.kernels.value_functions import piecewise
from partnerselect.model import Criteria
from tests.builders import criteria, criteria_model, measured

COMPANIES = measured("companies", ((0, 0), (30, 0.4), (90, 0.7), (270, 1)))


def levels(one: str, count: int = 6, values: tuple[float, ...] | None = None) -> dict[str, Any]:
    each = [
        {"level": n, "text": f"meaning {n}", **({} if values is None else {"value": values[n]})} for n in range(count)
    ]
    return {**measured(one), "scale": {"kind": "levels", "levels": each}}


def items(one: str, count: int, points: tuple[tuple[float, float], ...] | None = None) -> dict[str, Any]:
    scale: dict[str, Any] = {"kind": "items", "items": [{"id": f"i{n}", "title": f"I{n}"} for n in range(count)]}
    if points is not None:
        scale["value_function"] = {"points": points}
    return {**measured(one), "scale": scale}


def tree(*leaves: Mapping[str, Any]) -> Criteria:
    return criteria_model(criteria(("goal", leaves)))


def told(points: Mapping[str, float], *leaves: Mapping[str, Any], yardstick: str | None = None) -> tuple[str, ...]:
    return equivalents(tree(*leaves), points, yardstick).sentences


def test_one_level_is_worth_forty_companies() -> None:
    # depth: levels 0.2 apart, 2 -> 3 is worth 0.5 * 0.2 = 0.1; companies: 30 is worth 0.4, 0.6 lies 2/3 of the way
    # from 30 (0.4) to 90 (0.7): 70
    found = equivalents(tree(levels("depth"), COMPANIES), {"depth": 50, "companies": 50})
    assert found.yardstick == "companies"
    (sentence,) = found.sentences
    assert sentence == (
        "One level more on depth (from 2 to 3: meaning 3) is worth the same to you as 40 more on companies (from 30 to "
        "70 companies)."
    )
    row = found.changes[["start", "end", "worth", "yardstick_start", "yardstick_end"]].to_numpy()[0]
    assert row.tolist() == pytest.approx([2, 3, 10, 30, 70])
    assert found.note == ""


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        # 3 : 1: a gain of 0.6 from 0.4 is the best end
        (75, "is worth the same to you as 240 more on companies (from 30 to 270 companies)."),
        # 4 : 1: 0.8 is more than is left above 30, so from the worst end: 90 + 0.1 / 0.3 * 180 = 150
        (80, "is worth the same to you as 150 more on companies (from 0 to 150 companies)."),
    ],
)
def test_the_value_function_bends_and_the_start_moves_where_it_must(points: float, sentence: str) -> None:
    (found,) = told({"depth": points, "companies": 100 - points}, levels("depth"), COMPANIES)
    assert found == f"One level more on depth (from 2 to 3: meaning 3) {sentence}"


def test_what_nothing_makes_up_for_is_said() -> None:
    # 6 : 1: 1.2 is more than the whole swing
    found = equivalents(tree(levels("depth"), COMPANIES), {"depth": 60, "companies": 10})
    (sentence,) = found.sentences
    assert sentence == (
        "No change on companies makes up for one level more on depth (from 2 to 3: meaning 3): the whole swing from 0 "
        "to 270 companies is worth less."
    )
    assert found.changes["yardstick_end"].isna().all()


def test_amounts_that_are_rounded_are_told_as_about() -> None:
    # one of 6 items: 0.5 / 6 = 0.0833…; companies: 30 + 0.1667 / 0.3 * 60 = 63.33
    (found,) = told({"areas": 50, "companies": 50}, items("areas", 6), COMPANIES)
    assert found == (
        "One more on areas (from 3 to 4 of 6) is worth the same to you as about 33 more on companies (from 30 to 63 "
        "companies)."
    )


def test_less_can_be_better() -> None:
    # days: half way 35; a fifth of the scale is 10 days, worth 0.5 * 0.2 = 0.1; companies 30 -> 70
    days = measured("days", ((10, 1), (60, 0)), unit="days")
    (sentence,) = told({"days": 50, "companies": 50}, days, COMPANIES)
    assert sentence == (
        "10 less on days (from 35 to 25 days) is worth the same to you as 40 more on companies (from 30 to 70 "
        "companies)."
    )
    # the other way round: 20 companies (a round number up to 40) are worth 0.05, 0.1 of the scale of days
    (sentence,) = told({"days": 50, "companies": 50}, days, COMPANIES, yardstick="days")
    assert sentence == (
        "20 more on companies (from 30 to 50 companies) is worth the same to you as 5 less on days (from 35 to 30 "
        "days)."
    )


def test_a_peak_is_approached_from_the_nearer_side() -> None:
    peaked = tree(measured("size", ((0, 0), (50, 1), (100, 0.2)))).criteria[0]
    assert middle(peaked) == 100  # the only breakpoint between worst and best
    assert worth_more(peaked, 100, 0.4) == pytest.approx(75)  # 100 - 0.4 / 0.8 * 50
    assert worth_more(peaked, 20, 0.2) == pytest.approx(30)
    assert worth_more(peaked, 20, 0.7) is None
    assert worth_more(peaked, 20, 0.6) == pytest.approx(50)


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (50, "one level more on depth (from 2 to 3: meaning 3)."),
        # 0.05 of 0.1 of one level
        (25, "about 50 % of one level more on depth (from 2 to 3: meaning 3)."),
        # 0.15: one level and a half
        (75, "more than 1 and less than 2 levels more on depth (from 2 to 3 or 4)."),
        (100, "2 levels more on depth (from 2 to 4: meaning 4)."),
    ],
)
def test_levels_as_the_yardstick_are_told_in_whole_steps(points: float, sentence: str) -> None:
    (found,) = told({"bond": points, "depth": 50}, levels("bond"), levels("depth"), yardstick="depth")
    assert found == f"One level more on bond (from 2 to 3: meaning 3) is worth the same to you as {sentence}"


def test_more_than_one_of_several_items() -> None:
    (found,) = told({"depth": 75, "links": 50}, levels("depth"), items("links", 5), yardstick="links")
    assert found.endswith("as more than 1 and less than 2 more on links (from 2 to 3 or 4).")


@pytest.mark.parametrize(
    ("leaf", "change"),
    [
        (COMPANIES, (30, 50)),  # 0.2 would be 40 companies: 20 is the round number
        (measured("size", ((0, 0), (100, 1))), (50, 70)),  # no breakpoint between the ends: half way
        (measured("projects", ((0, 0), (1, 0.5), (4, 1))), (1, 2)),  # 0.2 is 1.2 projects
        (measured("projects", ((0, 0), (1, 0.4), (2, 1))), (1, 2)),  # 0.2 is a third of one: a whole one all the same
        (measured("team", ((0.5, 0), (1, 0.4), (2, 1))), (1, 1.2)),  # counted in parts
        (measured("share", ((0, 0), (0.1, 1))), (0.05, 0.07)),
        (measured("dip", ((0, 0), (1, 0.5), (2, 0), (12, 1))), (1, 9)),  # 0.7; 5 more would be worth less than 1
        (levels("two", 2), (0, 1)),
        (levels("four", 4), (1, 2)),
        (levels("flat", 4, (0, 0.5, 0.5, 1)), (1, 3)),  # the next level that is worth more
        (items("one", 1), (0, 1)),
        (items("five", 5), (2, 3)),
        (items("bent", 4, ((0, 0), (2, 0.9), (4, 1))), (1, 2)),  # 1 is worth 0.45
    ],
    ids=str,
)
def test_steps_start_in_the_middle_and_are_round(leaf: Mapping[str, Any], change: tuple[float, float]) -> None:
    assert step(tree(leaf).criteria[0]) == pytest.approx(change)


def test_criteria_without_weight_are_named_and_no_yardstick() -> None:
    leaves = (levels("depth"), COMPANIES, items("links", 5))
    found = equivalents(tree(*leaves), {"depth": 50, "companies": 0, "links": 0})
    assert (found.yardstick, found.sentences) == ("depth", ())
    assert found.note == "At these weights no change on companies and links is worth anything."
    with pytest.raises(WeightsError, match="'companies' has no weight to compare with; these have: depth"):
        equivalents(tree(*leaves), {"depth": 50}, "companies")
    with pytest.raises(WeightsError, match="'x' has no weight"):
        equivalents(tree(*leaves), {"depth": 50}, "x")


def test_one_criterion_alone_has_nothing_to_compare_with() -> None:
    found = equivalents(tree(levels("depth")), {"depth": 50})
    assert (found.sentences, found.note, len(found.changes)) == ((), "", 0)


def test_the_weights_come_from_goals_too() -> None:
    # fit 60 of 80, depth half of it: 0.375; companies 0.25: a level (0.2) is worth 0.3 on companies: 0.4 -> 0.7 at 90
    made = criteria_model(criteria(("fit", [levels("depth"), levels("other")]), ("reach", [COMPANIES])))
    found = equivalents(made, {"fit": 60, "depth": 50, "other": 50, "reach": 20, "companies": 5})
    assert found.changes.loc["depth", "yardstick_end"] == pytest.approx(90)


SHAPES = st.lists(st.tuples(st.integers(1, 50), st.floats(0, 1)), min_size=0, max_size=4)


def shaped(one: str, inner: list[tuple[int, float]], falling: bool) -> dict[str, Any]:
    """A value function through any breakpoints, anchored at 0 and 1."""
    places = np.cumsum([0.0, *(gap for gap, _ in inner), 10.0])
    values = [0.0, *(round(value, 3) for _, value in inner), 1.0]
    points = list(zip(places.tolist(), values[::-1] if falling else values, strict=True))
    return measured(one, tuple(points))


@settings(max_examples=60, deadline=None)
@given(SHAPES, SHAPES, st.booleans(), st.booleans(), st.integers(1, 100), st.integers(1, 100))
def test_both_changes_add_the_same_to_a_total(
    here: list[tuple[int, float]], there: list[tuple[int, float]], fall: bool, drop: bool, left: int, right: int
) -> None:
    made = tree(shaped("a", here, fall), shaped("b", there, drop))
    first, second = made.criteria
    (row,) = equivalents(made, {"a": left, "b": right}, "b").changes.to_dict("records")
    value = [piecewise(row[place], first.scale.breakpoints) for place in ("start", "end")]
    gain = left / (left + right) * float(value[1] - value[0])
    assert gain > 0
    assert 100 * gain == pytest.approx(row["worth"])
    if math.isnan(row["yardstick_end"]):
        assert gain > right / (left + right) - 1e-9  # the whole swing of the other is worth less
    else:
        ends = [piecewise(row[place], second.scale.breakpoints) for place in ("yardstick_start", "yardstick_end")]
        assert right / (left + right) * float(ends[1] - ends[0]) == pytest.approx(gain, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "text"), [(40, "40"), (1234.5, "1 234.5"), (2e6, "2 000 000"), (0.05, "0.05"), (12.3456789, "12.3457")]
)
def test_numbers_are_written_as_people_write_them(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ({"a": 1, "b": 1, "c": 1, "d": 1}, "all 4 criteria alike (25.0 % each)"),
        ({"a": 4, "b": 3, "c": 2, "d": 1}, "a (40.0 %), then on b (30.0 %), then on c (20.0 %)"),
        ({"a": 4, "b": 2, "c": 2, "d": 2}, "a (40.0 %)"),
        ({"a": 3, "b": 3, "c": 2, "d": 2}, "a and b (30.0 % each)"),
        ({"a": 3, "b": 3, "c": 3, "d": 1}, "a, b and c (30.0 % each)"),
    ],
)
def test_what_weighs_most_is_told_without_cutting_through_equals(points: dict[str, float], told: str) -> None:
    made = tree(*(measured(one) for one in points))
    weights = ps.evaluate(ps.Decision.model_validate({**made.model_dump(), "candidates": []}), points).weights
    assert heaviest(made, weights) == told


def test_one_criterion_weighs_all() -> None:
    made = tree(measured("a"))
    weights = ps.evaluate(ps.Decision.model_validate({**made.model_dump(), "candidates": []}), {"a": 1}).weights
    assert heaviest(made, weights) == "a (100.0 %)"
