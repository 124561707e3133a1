"""Answers become points: directly, by swings, by an order, by pairs, by best and worst; contradictions are named."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.analysis.comparisons import by_best_worst, by_pairs
from partnerselect.analysis.elicited import by_order, by_points, by_swing
from partnerselect.analysis.swings import Family, families
from partnerselect.errors import WeightsError
from tests.builders import criteria, criteria_model, measured

LEVELS = {"kind": "levels", "levels": [{"level": n, "text": f"meaning {n}"} for n in range(4)]}
ITEMS = {"kind": "items", "items": [{"id": one, "title": one} for one in ("us", "ca", "za")]}
TREE = criteria_model(
    criteria(
        ("fit", [{**measured("depth"), "scale": LEVELS}, {**measured("links"), "scale": ITEMS}]),
        ("reach", [measured("companies", ((0, 0), (30, 0.4), (1200, 1)))]),
        ("speed", [measured("days", ((5, 1), (60, 0))), measured("size", ((0, 0), (40, 1), (100, 0)))]),
    )
)


def family(*members: str) -> Family:
    titles = tuple(member.title() for member in members)
    return Family("goal", "Goal", members, titles, ("from worst to best",) * len(members))


ABC = family("a", "b", "c")
ABCD = family("a", "b", "c", "d")


def test_families_are_the_goals_and_the_criteria_of_goals_with_several() -> None:
    assert [(one.id, one.members) for one in families(TREE)] == [
        ("", ("fit", "reach", "speed")),
        ("fit", ("depth", "links")),
        ("speed", ("days", "size")),
    ]


def test_a_swing_goes_from_the_worst_to_the_best_end_in_words() -> None:
    goals, fit, speed = families(TREE)
    assert goals.swings == ("depth and links together", "companies", "days and size together")
    assert fit.swings == ("from level 0 (meaning 0) to level 3 (meaning 3)", "from 0 to 3 of 3")
    assert speed.swings == ("from 60 to 5 companies", "from 100 to 40 companies")  # a peak: the farther end is worst


def test_one_criterion_alone_leaves_nothing_to_weigh() -> None:
    assert families(criteria_model(criteria(("goal", [measured("a")])))) == ()


def test_points_become_shares_and_points_with_100_for_the_largest() -> None:
    # 30 / 100, 60 / 100, 10 / 100
    found = by_points(ABC, {"a": 30, "b": 60, "c": 10})
    assert found.shares.to_dict() == pytest.approx({"a": 0.3, "b": 0.6, "c": 0.1})
    assert found.points == pytest.approx({"a": 50, "b": 100, "c": 100 / 6})
    assert (found.consistency_ratio, found.sentence, found.mend) == (None, "", None)


def test_the_first_swing_has_100() -> None:
    # 100 : 50 : 50
    found = by_swing(ABC, "b", {"a": 50, "c": 50})
    assert found.shares.tolist() == pytest.approx([0.25, 0.5, 0.25])
    assert found.points == {"a": 50, "b": 100, "c": 50}


@pytest.mark.parametrize(
    ("formula", "shares"),
    [
        ("centroid", [11 / 18, 5 / 18, 2 / 18]),  # (1 + 1/2 + 1/3) / 3, (1/2 + 1/3) / 3, (1/3) / 3
        ("sum", [3 / 6, 2 / 6, 1 / 6]),
        ("reciprocal", [6 / 11, 3 / 11, 2 / 11]),  # 1 : 1/2 : 1/3
    ],
)
def test_an_order_becomes_weights(formula: str, shares: list[float]) -> None:
    found = by_order(ABC, ["c", "a", "b"], formula)
    assert found.shares[["c", "a", "b"]].tolist() == pytest.approx(shares)


def test_as_many_pairs_as_link_everybody_cannot_contradict_each_other() -> None:
    # a = 2 b, b = 3 c: 6 : 3 : 1
    found = by_pairs(ABC, {("a", "b"): 2, ("c", "b"): 1 / 3})
    assert found.shares.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert found.consistency_ratio == 0
    assert found.sentence.startswith("Nothing can contradict itself yet")


def test_pairs_that_fit_together_say_so() -> None:
    found = by_pairs(ABC, {("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 6})
    assert found.shares.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert found.sentence == "Your answers fit together (consistency ratio 0.00; below 0.10 is fine)."


def test_the_judgement_that_contradicts_most_is_named_with_what_would_fit() -> None:
    # 8 : 4 : 2 : 1, but a against c is said to be 1/2 where the others make it 4
    judgements = {("a", "b"): 2.0, ("b", "c"): 2, ("c", "d"): 2, ("a", "c"): 0.5, ("b", "d"): 4, ("a", "d"): 8}
    found = by_pairs(ABCD, judgements)
    assert found.consistency_ratio is not None
    assert found.consistency_ratio >= 0.1
    assert found.mend is not None
    assert (found.mend.first, found.mend.second, found.mend.said) == ("a", "c", 0.5)
    # every other way from a to c makes it 4: by b 2 * 2, by d 8 / 2
    assert found.mend.suggested == pytest.approx(4)
    assert found.sentence == (
        f"Some answers contradict each other (consistency ratio {found.consistency_ratio:.2f}; below 0.10 is fine). "
        "You said C counts 2 times as much as A; that A counts 4 times as much as C would fit your other answers, and "
        "bring the ratio to 0.00."
    )


def test_a_judgement_in_the_right_direction_is_mended_by_a_number() -> None:
    judgements = {("b", "a"): 1 / 9, ("b", "c"): 2.0, ("c", "d"): 2, ("a", "c"): 4, ("b", "d"): 4, ("a", "d"): 8}
    found = by_pairs(ABCD, judgements)
    assert "You said A counts 9 times as much as B; 2 times would fit your other answers" in found.sentence


def test_three_that_go_round_in_a_circle() -> None:
    # a = 2 b, b = 3 c, a = c: largest eigenvalue 1 + 6^(1/3) + 6^(-1/3) = 3.36744; its ratio (0.36744 / 2) / 0.58
    found = by_pairs(ABC, {("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 1})
    assert found.consistency_ratio == pytest.approx(0.31676, abs=1e-5)
    assert "You said A counts 2 times as much as B; that B counts 3 times as much as A would fit" in found.sentence


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 9), min_size=4, max_size=6),
    st.data(),
    st.sampled_from([1 / 20, 1 / 12, 12.0, 20.0]),
)
def test_one_spoiled_judgement_is_found_and_its_true_value_suggested(
    true: list[int], data: st.DataObject, factor: float
) -> None:
    members = [f"m{place}" for place in range(len(true))]
    pairs = list(combinations(range(len(true)), 2))
    i, j = data.draw(st.sampled_from(pairs))
    judgements = {(members[a], members[b]): true[a] / true[b] for a, b in pairs}
    judgements[members[i], members[j]] *= factor
    mend = by_pairs(family(*members), judgements).mend
    assert mend is not None
    assert (mend.first, mend.second) == (members[i], members[j])
    assert mend.suggested == pytest.approx(true[i] / true[j], rel=1e-4)


def test_two_need_one_judgement_and_nothing_more_is_said() -> None:
    found = by_pairs(family("a", "b"), {("a", "b"): 3})
    assert found.shares.tolist() == pytest.approx([0.75, 0.25])
    assert found.sentence == ""


def test_best_and_worst_that_fit_together() -> None:
    # a = 2 b = 8 c, b = 4 c: 8 : 4 : 1
    found = by_best_worst(ABC, "a", "c", {"b": 2, "c": 8}, {"b": 4})
    assert found.shares.tolist() == pytest.approx([8 / 13, 4 / 13, 1 / 13], abs=1e-6)
    assert found.sentence == "Your answers fit together (consistency ratio 0.00; below 0.10 is fine)."


def test_best_and_worst_that_contradict_each_other_name_the_three_answers() -> None:
    # |6 * 6 - 8| / (8^2 - 8) = 0.5
    found = by_best_worst(ABC, "a", "c", {"b": 6}, {"a": 8, "b": 6})
    assert found.consistency_ratio == pytest.approx(0.5)
    assert found.sentence == (
        "Some answers contradict each other (consistency ratio 0.50; below 0.10 is fine). You said that A counts 6 "
        "times as much as B, and that B counts 6 times as much as C. That would make 36 times from A to C, and you "
        "said 8 times."
    )


def test_best_and_worst_may_count_the_same() -> None:
    assert by_best_worst(ABC, "a", "c", {"b": 1, "c": 1}, {"b": 1}).shares.tolist() == pytest.approx([1 / 3] * 3)


@given(st.permutations(["a", "b", "c", "d"]), st.lists(st.integers(1, 100), min_size=4, max_size=4))
def test_the_order_of_the_members_changes_nothing(members: list[str], points: list[int]) -> None:
    given_points = dict(zip("abcd", map(float, points), strict=True))
    here, there = by_points(ABCD, given_points), by_points(family(*members), given_points)
    assert here.shares.to_dict() == pytest.approx(there.shares.to_dict())
    assert max(here.points.values()) == 100


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ({"a": 1, "b": 1}, "no number of points yet for C"),
        ({"a": 1, "b": 1, "c": 1, "x": 1}, "There is no 'x' here; there are a, b, c"),
        ({"a": 1, "b": 1, "c": 101}, "points of C are 101"),
        ({"a": 1, "b": 1, "c": -1}, "points of C are -1"),
        ({"a": 1, "b": 1, "c": float("nan")}, "points of C are nan"),
        ({"a": 1, "b": 1, "c": True}, "points of C are True"),
        ({"a": 0, "b": 0, "c": 0}, "All points are at zero"),
    ],
)
def test_points_that_cannot_be_used_are_named(points: dict[str, float], told: str) -> None:
    with pytest.raises(WeightsError, match=told):
        by_points(ABC, points)


@pytest.mark.parametrize(
    ("order", "formula", "told"),
    [
        (["a", "b"], "centroid", "no place yet for C"),
        (["a", "b", "c", "a"], "centroid", "names A twice"),
        (["a", "b", "x"], "centroid", "no 'x' here"),
        (["a", "b", "c"], "best", "no formula 'best'; there are centroid, sum, reciprocal"),
    ],
)
def test_orders_that_cannot_be_used_are_named(order: list[str], formula: str, told: str) -> None:
    with pytest.raises(WeightsError, match=told):
        by_order(ABC, order, formula)


def test_a_first_swing_that_is_not_there_is_named() -> None:
    with pytest.raises(WeightsError, match="no 'x' here"):
        by_swing(ABC, "x", {"a": 1, "b": 1, "c": 1})


@pytest.mark.parametrize(
    ("judgements", "told"),
    [
        ({("a", "b"): 2}, "Nothing links A and B with C yet"),
        ({}, "Nothing links A with B and C yet"),
        ({("a", "b"): 2, ("b", "a"): 0.5, ("b", "c"): 1}, "A and B are compared twice"),
        ({("a", "a"): 1, ("a", "b"): 1, ("b", "c"): 1}, "A is compared with itself"),
        ({("a", "b"): 0, ("b", "c"): 1}, "judgement on A and B is 0"),
        ({("a", "b"): float("inf"), ("b", "c"): 1}, "judgement on A and B is inf"),
        ({("a", "x"): 2}, "no 'x' here"),
    ],
)
def test_pairs_that_cannot_be_used_are_named(judgements: dict[tuple[str, str], float], told: str) -> None:
    with pytest.raises(WeightsError, match=told):
        by_pairs(ABC, judgements)


@pytest.mark.parametrize(
    ("best", "worst", "from_best", "to_worst", "told"),
    [
        ("a", "a", {}, {}, "cannot be the one that matters least"),
        ("a", "x", {}, {}, "no 'x' here"),
        ("a", "c", {}, {}, "Not answered yet: A against C, A against B and B against C"),
        ("a", "c", {"b": 2, "c": 4}, {}, "Not answered yet: B against C"),
        ("a", "c", {"b": 2, "c": 4}, {"a": 3, "b": 2}, "A against C is answered twice"),
        ("a", "c", {"b": 0.5, "c": 4}, {"b": 2}, "A against B is 0.5; it takes a number from 1 upwards"),
        ("a", "c", {"b": 5, "c": 4}, {"b": 2}, "A against B is 5 times, more than A against C"),
        ("a", "c", {"b": 2, "c": 4}, {"b": 5}, "B against C is 5 times, more than A against C"),
    ],
)
def test_best_and_worst_that_cannot_be_used_are_named(
    best: str, worst: str, from_best: dict[str, float], to_worst: dict[str, float], told: str
) -> None:
    with pytest.raises(WeightsError, match=told):
        by_best_worst(ABC, best, worst, from_best, to_worst)


def test_many_missing_answers_are_counted() -> None:
    with pytest.raises(WeightsError, match=r"Not answered yet: A against D, A against B, A against C and 2 more\."):
        by_best_worst(ABCD, "a", "d", {}, {})
