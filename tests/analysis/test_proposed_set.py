"""A set that somebody put together, and two sets head to head, by numbers worked by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.analysis.proposed_set import compare_sets
from partnerselect.analysis.set_question import SetQuestion, set_question
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.model import SetRule
from tests.analysis import set_cases
from tests.analysis.set_cases import rule_of
from tests.builders import criteria, decision, measured, organisation, table

few = settings(max_examples=60, deadline=None)
TWO = rule_of({"id": "two", "kind": "size", "at_least": 2, "at_most": 2, "title": "Exactly two join"})
NOT_A = rule_of({"id": "not_a", "kind": "must_not", "candidates": ["a"]})


def _question(*rules: SetRule) -> SetQuestion:
    """Totals: A 0.9, B 0.6, C 0.45; x and y weigh the same, and C is the best in y."""
    values = {"a": {"x": 100, "y": 80}, "b": {"x": 80, "y": 40}, "c": {"x": 0, "y": 90}}
    return set_question(table(values), "equal", rules)


@pytest.mark.parametrize(
    ("rules", "ids", "sentence", "rank", "broken"),
    [
        ([TWO], ["b", "a"], "A and B have 75.0 of 100: no allowed set is better.", 1, ()),
        # A 0.9, B 0.6, C 0.45: A with C has 0.675, B with C 0.525.
        (
            [TWO],
            ["b", "c"],
            "B and C have 52.5 of 100: place 3 among the allowed sets, 22.5 points behind the best.",
            3,
            (),
        ),
        (
            [TWO],
            ["b"],
            (
                "B has 60.0 of 100: that would be place 3 among the allowed sets, 15.0 points behind the best. "
                "But the set "
                "does not keep “Exactly two join”."
            ),
            3,
            ("two",),
        ),
        (
            [TWO, NOT_A],
            ["a"],
            (
                "A has 90.0 of 100: that is 37.5 points more than the best allowed set. But the set does not "
                "keep “Exactly "
                "two join” and “A does not join”."
            ),
            1,
            ("two", "not_a"),
        ),
        (
            [TWO],
            [],
            (
                "No partner at all has 0.0 of 100: that would be place 4 among the allowed sets, 75.0 points "
                "behind the "
                "best. But the set does not keep “Exactly two join”."
            ),
            4,
            ("two",),
        ),
        (
            [],
            [],
            (
                "No partner at all has 0.0 of 100: that would be place 8 among the allowed sets, 90.0 points "
                "behind the "
                "best. But somebody has to join."
            ),
            8,
            (),
        ),
    ],
    ids=["best", "third", "too small", "better than allowed", "nobody", "nobody without rules"],
)
def test_where_a_set_stands(
    rules: Sequence[SetRule], ids: Sequence[str], sentence: str, rank: int, broken: Sequence[str]
) -> None:
    found = ps.proposed_set(_question(*rules), ids)
    assert (found.sentence, found.rank, found.broken) == (sentence, rank, tuple(broken))
    assert found.members == tuple(sorted(ids))


def test_who_cannot_join_is_named_and_rules_that_nobody_keeps_are_told() -> None:
    with pytest.raises(ps.RulesError, match=r"^There is no candidate 'z'\.$"):
        ps.proposed_set(_question(), ["a", "z"])
    four = rule_of({"id": "four", "kind": "size", "at_least": 4})
    with pytest.raises(NoPartnersError, match=r"No set keeps “At least 4 partners join”") as refused:
        ps.proposed_set(_question(four), ["a"])
    assert refused.value.conflicts == (("four",),)


def test_a_place_that_takes_long_to_count_is_left_open() -> None:
    # 24 candidates, any number of them: 16,777,215 sets, and nearly all of them are better than the worst one.
    given = table({f"org_{place:02}": {"x": 4 * place, "y": (7 * place) % 24} for place in range(24)})
    found = ps.proposed_set(set_question(given, {"x": 1.0}), ["org_00"])
    assert found.rank is None
    assert found.sentence == "Org_00 has 0.0 of 100: the best set is 92.0 points better."


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        # x: 0.9 against 0.4, y: 0.6 against 0.65; half of each.
        (
            ["a", "b"],
            ["b", "c"],
            (
                "With A in place of C the set is 22.5 points of 100 better, most of all through x (+25.0), "
                "but worse in y (−2.5)."
            ),
        ),
        (
            ["b", "c"],
            ["a", "b"],
            (
                "With A in place of C the set is 22.5 points of 100 better, most of all through x (+25.0), "
                "but worse in y (−2.5)."
            ),
        ),
        (
            ["a"],
            ["a", "b"],
            "Without B the set is 15.0 points of 100 better, most of all through y (+10.0) and x (+5.0).",
        ),
        (
            ["b", "a"],
            ["b"],
            ("With A as well the set is 15.0 points of 100 better, most of all through y (+10.0) and x (+5.0)."),
        ),
        (["a"], ["c"], "A is 45.0 points of 100 ahead of C, most of all through x (+50.0), but worse in y (−5.0)."),
        (
            ["a", "b"],
            [],
            ("A and B are 75.0 points of 100 ahead of no partner at all, most of all through x (+45.0) and y (+30.0)."),
        ),
        (["a"], ["a"], "Both sets are the same."),
    ],
    ids=["in place of", "the other way round", "without", "as well", "nobody shared", "nobody", "same"],
)
def test_two_sets_head_to_head(first: Sequence[str], second: Sequence[str], sentence: str) -> None:
    assert compare_sets(_question(), first, second).sentence == sentence


def test_two_sets_that_are_level() -> None:
    given = table({"a": {"x": 100, "y": 0}, "b": {"x": 0, "y": 100}})
    found = compare_sets(set_question(given, "equal"), ["a"], ["b"])
    assert found.sentence == "A and B are level."
    assert found.differences["difference"].tolist() == [50.0, -50.0]


def test_differences_are_told_by_criterion() -> None:
    found = compare_sets(_question(), ["a", "b"], ["b", "c"])
    assert (found.first, found.second) == (("a", "b"), ("b", "c"))
    assert found.differences.index.tolist() == ["x", "y"]
    assert found.differences["first"].tolist() == pytest.approx([45, 30])
    assert found.differences["second"].tolist() == pytest.approx([20, 32.5])
    assert found.differences["weight"].tolist() == [0.5, 0.5]


def test_equal_titles_stay_apart() -> None:
    given = decision(
        criteria(("goal", [measured("x"), {**measured("y"), "title": "x"}])),
        organisation("a", {"criterion": "x", "value": 100}, {"criterion": "y", "value": 50}),
        organisation("b", {"criterion": "x", "value": 0}, {"criterion": "y", "value": 0}),
    )
    assert compare_sets(set_question(given, "equal"), ["a"], ["b"]).sentence == (
        "A is 75.0 points of 100 ahead of B, most of all through x (+50.0) and x (+25.0)."
    )


@few
@given(st.integers(0, 2**32 - 1))
def test_places_and_differences_are_those_of_all_sets(seed: int) -> None:
    case = set_cases.drawn(seed)
    ladder = set_cases.ranked(case)
    every = set_cases.sets_of(case.decision)
    question = set_question(case.decision, case.points, case.rules)
    ids, other = every[seed % len(every)], every[(seed // 7) % len(every)]
    worth = [set_cases.total(case.decision, case.points, one) for one in (ids, other)]
    found = compare_sets(question, ids, other).differences
    assert found["difference"].sum() == pytest.approx(100 * (worth[0] - worth[1]), abs=1e-9)
    assert found["first"].sum() == pytest.approx(100 * worth[0])
    if not ladder:
        return
    place = ps.proposed_set(question, ids)
    assert place.total == pytest.approx(worth[0])
    assert place.rank == 1 + sum(total > worth[0] + set_cases.TIE for _, total in ladder)
    assert place.behind == pytest.approx(ladder[0][1] - worth[0], abs=2e-9)
    wanted = [rule.id for rule in case.rules if not set_cases.keeps(case.decision, rule, ids)]
    assert list(place.broken) == wanted
