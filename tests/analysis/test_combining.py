"""What partners bring together: numbers worked by hand, and every set of small decisions from the definition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.analysis.set_question import set_question
from partnerselect.model import Decision
from tests.analysis import set_cases
from tests.builders import criteria, decision, items, measured, organisation, table

SEEDS = st.integers(0, 2**32 - 1)
few = settings(max_examples=60, deadline=None)


def _worth(given: Decision, *ids: str, points: dict[str, float] | None = None) -> float:
    question = set_question(given, "equal" if points is None else points)
    return question.total(question.rows(ids))


def _areas(*evidence: dict[str, Any], **more: Any) -> Decision:
    """A candidate, another one with p, and a member with q, on three items."""
    return decision(
        criteria(("goal", [items("areas", "p", "q", "r")]), **more),
        organisation("a", *({"criterion": "areas", **said} for said in evidence)),
        organisation("b", {"criterion": "areas", "items": ["p"]}),
        organisation("m", {"criterion": "areas", "items": ["q"]}, role="member"),
    )


def test_mean_sum_and_best_of_partners() -> None:
    # A 0.2 and B 0.8: their mean is 0.5, their sum 1.0, the best of them 0.8.
    for combine, expected in {"mean": 0.5, "sum": 1.0, "best": 0.8}.items():
        given = decision(
            criteria(("goal", [measured("x", combine=combine)])),
            organisation("a", {"criterion": "x", "value": 20}),
            organisation("b", {"criterion": "x", "value": 80}),
        )
        assert _worth(given, "a", "b") == pytest.approx(expected)
        assert _worth(given) == 0.0


def test_without_a_word_items_are_covered_and_all_else_is_averaged() -> None:
    # Items: A has p, B has q, of three: 2/3. Companies: the mean of 0.2 and 0.8. Half of each: 7/12.
    given = decision(
        criteria(("goal", [items("areas", "p", "q", "r"), measured("x")])),
        organisation("a", {"criterion": "areas", "items": ["p"]}, {"criterion": "x", "value": 20}),
        organisation("b", {"criterion": "areas", "items": ["q"]}, {"criterion": "x", "value": 80}),
    )
    assert _worth(given, "a", "b") == pytest.approx((2 / 3 + 0.5) / 2)


def test_items_can_be_averaged_where_the_criterion_says_so() -> None:
    # A has one of three, B two of three: the mean is a half; covered together it would be all.
    given = decision(
        criteria(("goal", [items("areas", "p", "q", "r", combine="mean")])),
        organisation("a", {"criterion": "areas", "items": ["p"]}),
        organisation("b", {"criterion": "areas", "items": ["q", "r"]}),
    )
    assert _worth(given, "a", "b") == pytest.approx(0.5)


def test_an_item_counts_by_the_share_of_readers_who_found_it() -> None:
    # Two readers found p, one of them r; the member has q: (1 + 1 + 1/2) / 3.
    signed = {"reason": "read", "judged_on": "2017-05-01"}
    given = _areas({"items": ["p", "r"], "by": "one", **signed}, {"items": ["p"], "by": "two", **signed})
    assert _worth(given, "a") == pytest.approx(2.5 / 3)
    # B has p for sure: the surest counts, not the sum.
    assert _worth(given, "a", "b") == pytest.approx(2.5 / 3)


@pytest.mark.parametrize(("policy", "share"), [("midpoint", 0.5), ("worst", 0.0), ("best", 1.0)])
def test_what_nobody_knows_follows_the_policy(policy: str, share: float) -> None:
    # Nothing is known of A, the member has q for sure: (share + 1 + share) / 3.
    given = _areas(unknowns=policy)
    assert _worth(given, "a") == pytest.approx((1 + 2 * share) / 3)
    assert _worth(given, "a", "b") == pytest.approx((2 + share) / 3)
    # Of the empty set only the member counts.
    assert _worth(given) == pytest.approx(1 / 3)


def test_hints_alone_are_unknown_and_who_refused_is_so_too() -> None:
    for said in ({"items": [], "possible": ["p"]}, {"status": "refused"}):
        assert _worth(_areas(said), "a") == pytest.approx((0.5 + 1 + 0.5) / 3)


def test_of_a_mere_count_each_item_may_be_one_of_those_counted() -> None:
    # Two of three, which ones nobody says: each counts 2/3. Together with the member's q: (2/3 + 1 + 2/3) / 3.
    given = _areas({"value": 2.0})
    assert _worth(given, "a") == pytest.approx((2 / 3 + 1 + 2 / 3) / 3)
    own = set_question(given, "equal").what.items[0]
    assert own.possible[0].all()
    assert not own.sure[0].any()


def test_a_count_of_nothing_leaves_nothing_possible_and_a_count_of_all_leaves_all_sure() -> None:
    nothing, everything = (set_question(_areas({"value": count}), "equal").what.items[0] for count in (0.0, 3.0))
    assert not nothing.possible[0].any()
    assert everything.sure[0].all()
    assert not everything.possible[0].any()


def test_where_a_criterion_does_not_apply_a_candidate_has_none_of_its_items() -> None:
    given = _areas({"status": "not_applicable"}, unknowns="best")
    assert _worth(given, "a") == pytest.approx(1 / 3)
    assert _worth(given, "a", "b") == pytest.approx(2 / 3)


def test_where_a_criterion_does_not_apply_the_own_total_stands_in() -> None:
    # A has 0.8 on x, y does not apply: 0.8 stands in. B: 0.2 and 0.6. x: 0.5, y: 0.7; half of each: 0.6.
    given = decision(
        criteria(("goal", [measured("x"), measured("y")])),
        organisation("a", {"criterion": "x", "value": 80}, {"criterion": "y", "status": "not_applicable"}),
        organisation("b", {"criterion": "x", "value": 20}, {"criterion": "y", "value": 60}),
    )
    assert _worth(given, "a") == pytest.approx(0.8)
    assert _worth(given, "a", "b") == pytest.approx(0.6)


def test_members_cover_and_are_no_part_of_a_mean() -> None:
    given = decision(
        criteria(("goal", [measured("x")])),
        organisation("a", {"criterion": "x", "value": 40}),
        organisation("m", {"criterion": "x", "value": 100}, role="member"),
    )
    assert _worth(given, "a") == pytest.approx(0.4)


def test_only_the_sure_and_the_possible_items_are_in_doubt() -> None:
    signed = {"reason": "read", "judged_on": "2017-05-01"}
    given = _areas(
        {"items": ["p", "r"], "by": "one", **signed}, {"items": ["p"], "possible": ["q"], "by": "two", **signed}
    )
    own = set_question(given, "equal").what.items[0]
    assert own.sure[0].tolist() == [True, False, False]
    assert own.possible[0].tolist() == [False, True, True]
    assert own.share[0].tolist() == [1.0, 0.0, 0.5]


@few
@given(SEEDS)
def test_every_set_has_the_total_of_the_definition(seed: int) -> None:
    case = set_cases.drawn(seed, rules=False)
    question = set_question(case.decision, case.points)
    for ids in set_cases.sets_of(case.decision):
        rows = question.rows(ids)
        assert question.total(rows) == pytest.approx(set_cases.total(case.decision, case.points, ids), abs=1e-12)
        assert question.gets(rows).sum() == pytest.approx(question.total(rows))


@few
@given(SEEDS)
def test_coverage_never_falls_and_brings_less_beside_more_partners(seed: int) -> None:
    case = set_cases.drawn(seed, rules=False)
    question = set_question(case.decision, {"areas": 1.0})
    every = set_cases.sets_of(case.decision)
    worth = {ids: question.total(question.rows(ids)) for ids in every}
    chance = np.random.default_rng(seed)
    for _ in range(10):
        small, large = (set(every[place]) for place in chance.integers(0, len(every), 2))
        large |= small
        inside, outside = worth[tuple(sorted(small))], worth[tuple(sorted(large))]
        assert outside >= inside - 1e-12
        for one in {ids[0] for ids in every if len(ids) == 1} - large:
            added = worth[tuple(sorted(small | {one}))] - inside
            assert worth[tuple(sorted(large | {one}))] - outside <= added + 1e-12


def test_with_unknown_cells_a_decision_of_numbers_has_the_totals_of_its_policy() -> None:
    given = table({"a": {"x": None}, "b": {"x": 20}}, unknowns="best")
    assert _worth(given, "a", "b") == pytest.approx(0.6)
