"""The best sets by numbers worked by hand, and against every set of small decisions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.model import Decision, SetRule
from tests.analysis import set_cases
from tests.analysis.set_cases import rule_of
from tests.builders import criteria, decision, items, measured, organisation, table

SEEDS = st.integers(0, 2**32 - 1)
few = settings(max_examples=60, deadline=None)

PAIR = rule_of({"id": "pair", "kind": "size", "at_least": 2, "at_most": 2})


def size(least: int, most: int | None = None) -> SetRule:
    return rule_of({"id": "size", "kind": "size", "at_least": least, "at_most": most})


def _three() -> Decision:
    """Values 0.9, 0.6 and 0.3."""
    return table({"a": {"x": 90}, "b": {"x": 60}, "c": {"x": 30}})


def test_the_ladder_says_what_changes() -> None:
    # Means of pairs: A and B 0.75, A and C 0.6, B and C 0.45.
    found = ps.best_sets(_three(), "equal", [PAIR])
    assert found.best == ("a", "b")
    assert found.total == pytest.approx(0.75)
    assert found.sets["total"].tolist() == pytest.approx([0.75, 0.6, 0.45])
    assert found.sets["behind"].tolist() == pytest.approx([0, 0.15, 0.3])
    assert found.sets["names"].tolist() == ["A and B", "A and C", "B and C"]
    assert found.sets[["joins", "leaves"]].values.tolist() == [["", ""], ["C", "B"], ["C", "A"]]
    assert found.sets.index.tolist() == [1, 2, 3]
    assert (found.allowed, found.all_counted, found.tied) == (3, True, (("a", "b"),))
    assert found.sentences == ("Exactly 2 partners join",)
    assert (
        found.sentence
        == "A and B are the best of 3 allowed sets, with 75.0 of 100. C in place of B would be the next, "
        "15.0 points behind."
    )


@pytest.mark.parametrize(
    ("values", "rules", "sentence"),
    [
        ({"a": 60}, [], "A is the only allowed set, with 60.0 of 100."),
        (
            {"a": 90, "b": 60},
            [],
            "A is the best of 3 allowed sets, with 90.0 of 100. B as well would be the next, 15.0 points behind.",
        ),
        ({"a": 50, "b": 50}, [], "A is the best of 3 allowed sets, with 50.0 of 100. 2 more are just as good."),
        (
            {"a": 50, "b": 50, "c": 20},
            [size(1, 1)],
            "A is the best of 3 allowed sets, with 50.0 of 100. 1 more is just as good.",
        ),
        ({"a": 50}, [size(0, 0)], "No partner at all is the only allowed set, with 0.0 of 100."),
        (
            {"a": 0, "b": 0},
            [size(0, 1)],
            "No partner at all is the best of 3 allowed sets, with 0.0 of 100. 2 more are just as good.",
        ),
        (
            {"a": 9},
            [size(0, 1)],
            "A is the best of 2 allowed sets, with 9.0 of 100. No partner at all would be the next, 9.0 points behind.",
        ),
    ],
    ids=["one candidate", "as well", "all tied", "one tie", "nobody may", "nobody need", "somebody"],
)
def test_the_sentence(values: dict[str, float], rules: Sequence[SetRule], sentence: str) -> None:
    given = table({one: {"x": value} for one, value in values.items()})
    assert ps.best_sets(given, "equal", rules).sentence == sentence


def test_a_set_that_loses_by_being_smaller_is_told_as_without() -> None:
    # Covered: both 2/3, one alone 1/3.
    given = decision(
        criteria(("goal", [items("areas", "p", "q", "r")])),
        organisation("a", {"criterion": "areas", "items": ["p"]}),
        organisation("b", {"criterion": "areas", "items": ["q"]}),
        organisation("m", {"criterion": "areas", "items": []}, role="member"),
    )
    found = ps.best_sets(given, "equal")
    assert found.sentence == (
        "A and B are the best of 3 allowed sets, with 66.7 of 100. The same without B would be the next, 33.3 points "
        "behind."
    )


def test_a_name_keeps_its_small_letter_at_the_start_of_a_sentence() -> None:
    given = decision(
        criteria(("goal", [measured("x")])),
        organisation("a", {"criterion": "x", "value": 60}, name="bayern photonics e.V."),
        organisation("b", {"criterion": "x", "value": 20}, name="hts"),
    )
    assert ps.best_sets(given, "equal", [size(1, 1)]).sentence == (
        "bayern photonics e.V. is the best of 2 allowed sets, with 60.0 of 100. hts in place of bayern photonics e.V. "
        "would be the next, 40.0 points behind."
    )


def test_summed_values_have_no_end_at_100() -> None:
    given = decision(
        criteria(("goal", [measured("x", combine="sum")])),
        organisation("a", {"criterion": "x", "value": 90}),
        organisation("b", {"criterion": "x", "value": 60}),
    )
    assert ps.best_sets(given, "equal").sentence.startswith(
        "A and B are the best of 3 allowed sets, with 150.0 points."
    )


def test_ties_beyond_the_ladder_are_said_to_be_more() -> None:
    given = table({one: {"x": 50} for one in "abcd"})
    found = ps.best_sets(given, "equal", [PAIR], top=3)
    assert found.tied == (("a", "b"), ("a", "c"), ("a", "d"))
    assert (
        found.sentence == "A and B are the best of 6 allowed sets, with 50.0 of 100. At least 2 more are just as good."
    )
    assert ps.best_sets(given, "equal", [PAIR], top=1).sentence == (
        "A and B are the best of 6 allowed sets, with 50.0 of 100."
    )
    with pytest.raises(ValueError, match=r"top is 0"):
        ps.best_sets(given, "equal", [PAIR], top=0)


def test_very_many_sets_are_counted_where_only_the_size_counts_and_else_not() -> None:
    # 24 candidates and any number of partners: 2^24 - 1 sets. The best alone has the highest mean.
    given = table({f"org_{place:02}": {"x": 4 * place, "y": (7 * place) % 24} for place in range(24)})
    found = ps.best_sets(given, {"x": 1.0}, top=3)
    assert (found.best, found.allowed, found.all_counted) == (("org_23",), 16_777_215, True)
    assert found.sentence == (
        "Org_23 is the best of 16,777,215 allowed sets, with 92.0 of 100. Org_22 as well would be the next, 2.0 points "
        "behind."
    )
    apart = rule_of({"id": "apart", "kind": "not_together", "candidates": ["org_00", "org_01"]})
    found = ps.best_sets(given, {"x": 1.0}, [apart], top=3)
    assert not found.all_counted
    assert found.sentence.startswith("Org_23 is the best of the allowed sets, too many to count, with 92.0 of 100.")


def test_rules_that_leave_few_sizes_leave_few_sets() -> None:
    # Exactly one from the North and one from the South: pairs, although no rule limits the size.
    given = decision(
        criteria(("goal", [measured("x")])),
        *(
            organisation(
                f"org_{place:02}", {"criterion": "x", "value": place}, region="South" if place % 2 else "North"
            )
            for place in range(24)
        ),
    )
    rules = [
        rule_of({"id": one.lower(), "kind": "quota", "attribute": "region", "value": one, "at_least": 1, "at_most": 1})
        for one in ("North", "South")
    ]
    found = ps.best_sets(given, "equal", rules)
    assert (found.best, found.allowed, found.all_counted) == (("org_22", "org_23"), 144, True)
    assert set_question(given, "equal", rules).search.size == (2, 2)


def test_weights_are_checked() -> None:
    with pytest.raises(ps.WeightsError, match=r"There is no viewpoint 'nobody'"):
        ps.best_sets(_three(), "nobody")


@few
@given(SEEDS)
def test_the_ladder_is_the_one_of_all_sets(seed: int) -> None:
    case = set_cases.drawn(seed)
    expected = set_cases.ranked(case)
    if not expected:
        with pytest.raises(NoPartnersError, match=r"\S"):
            ps.best_sets(case.decision, case.points, case.rules)
        return
    found = ps.best_sets(case.decision, case.points, case.rules, top=5)
    assert found.allowed == len(expected)
    assert found.all_counted
    assert found.sets["total"].tolist() == pytest.approx([total for _, total in expected[:5]])
    assert found.sets["members"].tolist() == [ids for ids, _ in expected[:5]]
    tied = [ids for ids, total in expected if total > expected[0][1] - set_cases.TIE]
    assert list(found.tied) == tied[:5]


@few
@given(SEEDS)
def test_a_further_rule_never_improves_the_best_total(seed: int) -> None:
    case = set_cases.drawn(seed)
    without = set_question(case.decision, case.points, case.rules[:-1])
    with_all = set_question(case.decision, case.points, case.rules)
    one, other = (question.best(question.rules.kernel) for question in (without, with_all))
    # A size rule may also allow nobody, which no rule about the size does not.
    if other and other[0].members and one:
        assert other[0].total <= one[0].total + set_cases.TIE
    if not one:
        assert not other or not other[0].members


@few
@given(SEEDS)
def test_a_further_candidate_never_worsens_the_best_total(seed: int) -> None:
    # Whatever the way to combine: the sets without it stay allowed, and their totals stay. Only what a budget takes
    # for an unknown amount could change, so the rule says it.
    case = set_cases.drawn(seed)
    rules = [rule.model_copy(update={"if_unknown": 2.0}) if rule.kind == "budget" else rule for rule in case.rules]
    last = case.decision.candidates[-1].id
    kept = [rule for rule in rules if last not in getattr(rule, "candidates", ())]
    fewer = case.decision.model_copy(update={"candidates": case.decision.candidates[:-1]})
    one, other = (set_question(given, case.points, kept) for given in (fewer, case.decision))
    before, after = one.best(one.search), other.best(other.search)
    if before:
        assert after[0].total >= before[0].total - set_cases.TIE
