"""Evidence to performance: which statements count, and how wide the range becomes."""

from __future__ import annotations

from typing import Any

import pytest

from partnerselect.analysis.evidence import Performance, performance
from tests.builders import criteria, decision, measured, organisation

READING = {"criterion": "reach", "reason": "read", "judged_on": "2017-05-31"}
FIRST, SECOND = {**READING, "by": "first reading"}, {**READING, "by": "second reading"}


def cell(*evidence: dict[str, Any], scale: dict[str, Any] | None = None, **more: Any) -> Performance:
    """The performance of one candidate on the one criterion `reach` (0..100 companies, linear)."""
    leaf = measured("reach") if scale is None else {**measured("reach"), "scale": scale}
    facts = more.pop("facts", [])
    made = decision(criteria(("goal", [leaf]), **more), organisation("alpha", *evidence, facts=facts))
    return performance(made, made.candidates[0], made.criteria[0])


def span(found: Performance) -> tuple[float | None, float | None, float | None]:
    return found.low, found.best, found.high


def test_no_evidence_is_unknown_never_zero() -> None:
    assert cell() == Performance("unknown")


def test_a_value_is_a_range_of_one_point() -> None:
    assert span(cell({"criterion": "reach", "value": 40})) == (40, 40, 40)


def test_the_newest_evidence_wins_and_the_older_stays_as_history() -> None:
    found = cell(
        {"criterion": "reach", "value": 40, "as_of": "2015"}, {"criterion": "reach", "value": 60, "as_of": "2016-10"}
    )
    assert found.best == 60
    assert [aside.reason for aside in found.set_aside] == ["newer evidence stands in its place"]


def test_two_readings_give_their_mean_and_the_whole_range() -> None:
    found = cell({**FIRST, "low": 20, "high": 40}, {**SECOND, "value": 50})
    assert span(found) == (20, 40, 50)  # best: mean of 30 and 50


def test_each_persons_newest_judgement_counts() -> None:
    found = cell({**FIRST, "value": 10, "judged_on": "2017-01-01"}, {**FIRST, "value": 30}, {**SECOND, "value": 50})
    assert span(found) == (30, 40, 50)


def test_a_document_newer_than_the_judgements_takes_their_place() -> None:
    found = cell(
        {**FIRST, "value": 10, "judged_on": "2016-01-01", "as_of": "2015"},
        {"criterion": "reach", "value": 80, "as_of": "2016-06"},
    )
    assert found.best == 80


def test_judgements_made_since_a_document_take_its_place() -> None:
    assert cell({"criterion": "reach", "value": 80, "as_of": "2016-06"}, {**FIRST, "value": 10}).best == 10


@pytest.mark.parametrize("later", ["2018", "2017-06", "2017-06-01"])
def test_evidence_after_the_date_never_counts(later: str) -> None:
    found = cell({"criterion": "reach", "value": 40, "as_of": later})
    assert found.status == "unknown"
    assert found.set_aside[0].reason == "made after 2017-05-31"


@pytest.mark.parametrize("earlier", ["2017", "2017-05", "2017-05-31", "2009"])
def test_evidence_up_to_the_date_counts(earlier: str) -> None:
    assert cell({"criterion": "reach", "value": 40, "as_of": earlier}).best == 40


def test_a_judgement_that_rests_on_a_later_fact_is_hindsight() -> None:
    fact = {"id": "f1", "field": "members", "value": 9, "unit": "companies", "as_of": "2019", "source": "x"}
    found = cell({**FIRST, "value": 40, "facts": ["f1"]}, facts=[fact])
    assert found.status == "unknown"
    assert found.set_aside[0].reason == "rests on something dated after 2017-05-31"


def test_a_count_on_another_basis_is_shown_never_scored() -> None:
    scale = {**measured("reach")["scale"], "basis": "members"}
    found = cell({"criterion": "reach", "value": 871, "basis": "ecosystem"}, scale=scale)
    assert found.status == "unknown"
    assert found.set_aside[0].reason == "counts ecosystem; this criterion counts members"


def test_a_figure_in_another_unit_is_shown_never_scored() -> None:
    found = cell({"criterion": "reach", "value": 2_000_000, "unit": "EUR per year"})
    assert found.status == "unknown"
    assert found.set_aside[0].reason == "given in EUR per year; this criterion is measured in companies"


ITEMS = {"kind": "items", "items": [{"id": one, "title": one} for one in ("us", "ca", "sg", "za")]}


def test_items_count_and_hints_widen_upwards_only() -> None:
    assert span(cell({"criterion": "reach", "items": ["us"], "possible": ["ca", "sg"]}, scale=ITEMS)) == (1, 1, 3)


def test_hints_alone_are_unknown_and_no_items_at_all_is_zero() -> None:
    hinted = cell({"criterion": "reach", "items": [], "possible": ["ca"]}, scale=ITEMS)
    assert hinted.status == "unknown"
    assert hinted.set_aside[0].reason == "a hint only: unknown, not zero"
    assert span(cell({"criterion": "reach", "items": []}, scale=ITEMS)) == (0, 0, 0)


def test_three_kinds_of_nothing() -> None:
    assert cell({"criterion": "reach", "status": "refused"}).status == "refused"
    assert cell({"criterion": "reach", "status": "not_applicable"}).status == "not_applicable"
    answered = cell({**FIRST, "status": "not_applicable"}, {**SECOND, "value": 30})
    assert answered.best == 30
    assert answered.set_aside[0].reason == "others gave an answer"


DOUBT = {
    "grades": {"a": 0.0, "b": 0.05, "c": 0.1, "d": 0.2},
    "undated_counts_as": "c",
    "per_year": 0.02,
    "free_years": 1,
    "at_most": 0.1,
}


def test_a_grade_widens_by_its_share_of_the_scale() -> None:
    assert span(cell({"criterion": "reach", "value": 40, "grade": "b"}, doubt=DOUBT)) == pytest.approx((35, 40, 45))


def test_the_weakest_grade_and_the_oldest_date_widen_the_common_range() -> None:
    # grade c: 10; middle of 2014 is 2.91 years back, 1.91 beyond the free year, 2 % of 100 each: 3.83
    found = cell(
        {**FIRST, "value": 40, "grade": "a", "as_of": "2017"},
        {**SECOND, "value": 50, "grade": "c", "as_of": "2014"},
        doubt=DOUBT,
    )
    assert span(found) == pytest.approx((40 - 13.826, 45, 50 + 13.826), abs=0.01)
    assert found.grade == "c"
    assert found.age == pytest.approx(2.913, abs=0.001)


def test_ageing_stops_at_its_limit_and_widening_at_the_ends_of_the_scale() -> None:
    found = cell({"criterion": "reach", "value": 95, "grade": "c", "as_of": "1999"}, doubt=DOUBT)
    assert span(found) == pytest.approx((75, 95, 100))


def test_a_value_beyond_the_scale_is_never_pulled_inside() -> None:
    assert span(cell({"criterion": "reach", "value": 250, "grade": "c"}, doubt=DOUBT)) == pytest.approx((240, 250, 250))


def test_undated_evidence_counts_as_weak_and_says_so() -> None:
    found = cell({"criterion": "reach", "value": 40, "grade": "a", "as_of": None}, doubt=DOUBT)
    assert span(found) == pytest.approx((30, 40, 50))
    assert (found.grade, found.undated, found.age) == ("c", True, None)


def test_a_weak_grade_does_not_get_better_by_being_undated() -> None:
    assert cell({"criterion": "reach", "value": 40, "grade": "d", "undated": True}, doubt=DOUBT).grade == "d"
