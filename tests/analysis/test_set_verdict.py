"""The verdict on the best set: by hand, and its borders and cells against every set."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.analysis import set_verdict as module
from partnerselect.analysis.deciding_cells import deciding_cells, set_worth
from partnerselect.analysis.set_question import SetQuestion, set_question
from partnerselect.analysis.set_verdict import set_verdict
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.kernels import set_table
from partnerselect.model import Candidate, Decision
from tests.analysis import set_cases
from tests.analysis.set_cases import rule_of
from tests.builders import criteria, decision, items, measured, organisation, table

SEEDS = st.integers(0, 2**32 - 1)
few = settings(max_examples=40, deadline=None)
ONE = rule_of({"id": "one", "kind": "size", "at_least": 1, "at_most": 1})
TWO = rule_of({"id": "two", "kind": "size", "at_least": 2, "at_most": 2})

# A: 1.0 on x and 0.2 on y; B: 0.4 and 0.8: level where x has half of the weight.
LINES = {"a": {"x": 100, "y": 20}, "b": {"x": 40, "y": 80}}


def test_a_clear_lead_is_robust() -> None:
    found = set_verdict(set_question(table({"a": {"x": 90, "y": 80}, "b": {"x": 40, "y": 30}}), "equal", [ONE]))
    assert (found.kind, found.reasons, found.best, found.staying) == ("robust", (), ("a",), 1.0)
    assert found.lead == pytest.approx(0.5)
    assert found.sentence == (
        "Robust: in 100 % (± 0) of the plausible cases A stays the best set; no single weight moved by up to 50 % of "
        "itself, and no single evidence range, changes that."
    )
    assert found.weights[["low", "high"]].values.tolist() == [[0, 1], [0, 1]]


def test_a_small_move_of_one_weight_makes_it_fragile() -> None:
    # From 60 to 50 % x loses a sixth of itself, y gains a quarter.
    found = set_verdict(set_question(table(LINES), {"x": 60, "y": 40}, [ONE]))
    assert found.kind == "fragile"
    assert found.reasons == (
        "x moved from 60.0 % to 50.0 % of all weight makes B the best set (1 other single weight can do the like).",
    )
    assert found.sentence == (
        f"Fragile: {found.reasons[0]} In 100 % (± 0) of the plausible cases A stays the best set."
    )
    assert list(found.weights.loc["x", ["low", "below", "high", "above"]]) == [pytest.approx(0.5), "B", 1, ""]
    assert list(found.weights.loc["y", ["low", "below", "high", "above"]]) == [0, "", pytest.approx(0.5), "B"]


def test_two_ends_of_one_weight_are_one_weight() -> None:
    # At x = 0.5 the middle one leads with 0.6; below 0.4 the second, above 0.6 the third: x alone can do it, y too.
    values = {"a": {"x": 60, "y": 60}, "b": {"x": 0, "y": 100}, "c": {"x": 100, "y": 0}}
    found = set_verdict(set_question(table(values), "equal", [ONE]))
    assert list(found.weights.loc["x", ["low", "high"]]) == pytest.approx([0.4, 0.6])
    assert found.reasons[0].endswith("(1 other single weight can do the like).")


def test_one_cell_of_evidence_makes_it_fragile() -> None:
    # B is 0.5, at most 0.9; A is 0.6 for sure.
    given = decision(
        criteria(("goal", [measured("x")]), verdict={"robust_share": 0.1}),
        organisation("a", {"criterion": "x", "value": 60}),
        organisation("b", {"criterion": "x", "value": 50, "low": 40, "high": 90}),
    )
    found = set_verdict(set_question(given, "equal", [ONE]))
    assert found.kind == "fragile"
    assert found.reasons == (
        "one single cell of evidence, at an end of its range, makes another set the best: x of B.",
    )


def test_several_cells_are_counted_the_clearest_first() -> None:
    # A 0.6 (down to 0.5), B 0.55 (up to 0.9): B's range is the longer way, A's the shorter.
    given = decision(
        criteria(("goal", [measured("x")]), verdict={"robust_share": 0.0, "undecided_below": 0.0}),
        organisation("a", {"criterion": "x", "value": 60, "low": 50, "high": 60}),
        organisation("b", {"criterion": "x", "value": 55, "low": 55, "high": 90}),
    )
    found = set_verdict(set_question(given, "equal", [ONE]))
    assert found.reasons == (
        "each of 2 single cells of evidence, at an end of its range, makes another set the best: first of all x of B.",
    )


def test_a_set_that_is_best_too_rarely_is_fragile() -> None:
    # B is unknown: half of the draws are above 0.5, and A is 0.55.
    given = table({"a": {"x": 55}, "b": {"x": None}}, verdict={"undecided_below": 0.0})
    found = set_verdict(set_question(given, "equal", [ONE]))
    assert found.kind == "fragile"
    assert found.reasons[-1] == "this set is the best one in less than 80 % of the plausible cases."
    assert found.staying == pytest.approx(0.55, abs=0.03)


@pytest.mark.parametrize(
    ("values", "rule", "sentence"),
    [
        (
            {"a": 50, "b": 49.6},
            ONE,
            "Tie: the next best set is 0.4 points of 100 behind, too little to tell them apart.",
        ),
        ({"a": 50, "b": 50}, ONE, "Tie: with B in place of A the set would be just as good."),
        ({"a": 50, "b": 50, "c": 50}, TWO, "Tie: with C in place of B the set would be just as good."),
        (
            {"a": 0},
            rule_of({"id": "s", "kind": "size", "at_most": 1}),
            "Tie: with A the set would be just as good.",
        ),
    ],
    ids=["close", "level", "two", "nobody"],
)
def test_sets_that_are_close_tie(values: Mapping[str, float], rule: Any, sentence: str) -> None:
    given = table({one: {"x": value} for one, value in values.items()})
    found = set_verdict(set_question(given, "equal", [rule]))
    assert (found.kind, found.sentence) == ("tie", sentence)
    assert found.reasons == (sentence.removeprefix("Tie: "),)


def test_what_nobody_knows_can_leave_it_open() -> None:
    # A is 0.6 for sure, four others are unknown: all are below 0.6 in 0.6^4 = 13 % of the draws.
    given = table({"a": {"x": 60}, **{one: {"x": None} for one in "bcde"}})
    found = set_verdict(set_question(given, "equal", [ONE]))
    assert found.kind == "tie"
    assert found.sentence.startswith(
        "Tie: what is not known leaves open which set is the best. Whatever the weights near today's, A is the best "
        "set in at most "
    )
    assert found.staying == pytest.approx(0.13, abs=0.03)
    surely_not = table({"a": {"x": 51}, **{f"org_{place}": {"x": None} for place in range(16)}})
    assert (
        "A is the best set in less than 1 % of the draws of the evidence."
        in set_verdict(set_question(surely_not, "equal", [ONE])).sentence
    )


def test_what_leaves_a_set_of_several_open_is_told_in_the_plural() -> None:
    given = table({"a": {"x": 53}, "b": {"x": 53}, **{f"org_{place}": {"x": None} for place in range(16)}})
    found = set_verdict(set_question(given, "equal", [TWO]))
    assert "A and B are the best set in less than 1 % of the draws of the evidence." in found.sentence


def test_the_only_allowed_set_is_robust() -> None:
    found = set_verdict(set_question(table({"a": {"x": 10}, "b": {"x": 10}}), "equal", [TWO]))
    assert (found.kind, found.sentence) == ("robust", "Robust: A and B are the only allowed set.")
    assert found.lead == float("inf")
    nobody = rule_of({"id": "none", "kind": "size", "at_most": 0})
    alone = set_verdict(set_question(table({"a": {"x": 10}}), "equal", [nobody]))
    assert alone.sentence == "Robust: no partner at all is the only allowed set."
    gate = {"id": "kinds", "title": "Kinds", "rule": "Kinds", "attribute": "kind", "one_of": ["biotech"]}
    closed = table({"a": {"x": 10}}, gates=[gate])
    assert set_verdict(set_question(closed, "equal", [nobody])).best == ()


def test_rules_that_no_set_keeps_are_told() -> None:
    three = rule_of({"id": "three", "kind": "size", "at_least": 3})
    with pytest.raises(NoPartnersError, match=r"No set keeps “At least 3 partners join”"):
        set_verdict(set_question(table(LINES), "equal", [three]))


def test_with_very_many_sets_those_of_the_best_candidates_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    # Thirty candidates, four of them: 27,405 sets.
    given = table({f"org_{place:02}": {"x": 3 * place, "y": 3 * place} for place in range(30)})
    four = rule_of({"id": "four", "kind": "size", "at_least": 4, "at_most": 4})
    found = set_verdict(set_question(given, "equal", [four]))
    assert found.weights.empty
    assert found.weights.columns.tolist() == ["title", "weight", "low", "below", "high", "above"]
    assert found.kind == "robust"
    assert found.sentence.startswith("Robust: in at most 100 % (± 0) of the plausible cases Org_26, Org_27, Org_28 and")
    assert "compared with the sets of the" in found.sentence
    monkeypatch.setattr(module, "MOST_SETS", 30_000)
    every = set_verdict(set_question(given, "equal", [four]))
    assert (every.kind, every.best, every.lead) == ("robust", found.best, found.lead)
    assert len(every.weights) == 2


@few
@given(SEEDS)
def test_weights_lie_between_the_borders_of_the_best_set(seed: int) -> None:
    case = set_cases.drawn(seed, sure=True)
    ladder = set_cases.ranked(case)
    if not ladder:
        return
    found = set_verdict(set_question(case.decision, case.points, case.rules)).weights
    whole = sum(case.points.values())
    for criterion, row in found.iterrows():
        today = case.points[str(criterion)] / whole
        if today == 1.0:
            continue
        for at, rival, outwards in ((row["low"], row["below"], -1e-6), (row["high"], row["above"], 1e-6)):
            if not rival:
                assert _behind(case, str(criterion), at, ladder[0][0]) <= 1e-8
                continue
            if (at - outwards - today) * outwards >= 0:
                assert _behind(case, str(criterion), at - outwards, ladder[0][0]) <= 1e-8
            assert _behind(case, str(criterion), at + outwards, ladder[0][0]) > 0


def _behind(case: set_cases.Case, criterion: str, weight: float, ids: tuple[str, ...]) -> float:
    """How far a set is behind the best one with another weight of one criterion."""
    others = sum(points for one, points in case.points.items() if one != criterion)
    points = {one: weight if one == criterion else said / others * (1 - weight) for one, said in case.points.items()}
    totals = {one: set_cases.total(case.decision, points, one) for one in set_cases.allowed(case.decision, case.rules)}
    return max(totals.values()) - totals[ids]


@few
@given(SEEDS)
def test_deciding_cells_are_those_that_change_the_best_set(seed: int) -> None:
    case = set_cases.drawn(seed)
    question = set_question(case.decision, case.points, case.rules)
    ladder = set_cases.ranked(case)
    every = set_table.table(question.what.cells.best, question.rules.kernel, set_worth(question.what), 1000)
    assert every is not None
    if not ladder:
        return
    best = ladder[0][0]
    found = deciding_cells(question.what, every, question.rows(best))
    cells = question.what.cells
    named = {(cells.ids[row], cells.criteria[column]): place for place, (row, column) in enumerate(found)}
    behind: dict[tuple[str, str], float] = {}
    for one in set_cases.admitted(case.decision):
        for criterion in case.points:
            ends = [_with(case.decision, one, criterion, said) for said in _ends(question, one, criterion)]
            if case.points[criterion] and ends:
                behind[one.id, criterion] = max(_short(case, end, best) for end in ends)
    assert set(named) == {cell for cell, short in behind.items() if short > set_cases.TIE}
    order = [behind[cell] for cell in sorted(named, key=lambda cell: named[cell])]
    assert all(one >= other - 1e-9 for one, other in pairwise(order))


def _short(case: set_cases.Case, given: Decision, ids: tuple[str, ...]) -> float:
    totals = {one: set_cases.total(given, case.points, one) for one in set_cases.allowed(given, case.rules)}
    return max(totals.values()) - totals[ids]


def _ends(question: SetQuestion, one: Candidate, criterion: str) -> list[dict[str, Any]]:
    """What evidence would say at the two ends of a cell; nothing where it has no range or does not apply."""
    cells = question.what.cells
    row, column = cells.ids.index(one.id), cells.criteria.index(criterion)
    if cells.stands_in[row, column]:
        return []
    if criterion != "areas":
        return [{"value": 100 * float(end[row, column])} for end in (cells.low, cells.high)]
    own = question.what.items[column]
    ends = (own.sure[row], own.sure[row] | own.possible[row])
    return [{"items": [item for item, held in zip(own.ids, end.tolist(), strict=True) if held]} for end in ends]


def _with(given: Decision, one: Candidate, criterion: str, said: dict[str, Any]) -> Decision:
    """The decision with one cell told for sure."""
    others = [each for each in one.evidence if each.criterion != criterion]
    told = {"criterion": criterion, "grade": "a", "as_of": "2017", "source": "https://example.org/", **said}
    changed = Candidate.model_validate({**one.model_dump(exclude={"evidence"}), "evidence": [*others, told]})
    everyone = tuple(changed if each.id == one.id else each for each in given.candidates)
    return given.model_copy(update={"candidates": everyone})


def test_a_cell_moves_what_stands_in_for_its_candidate_too() -> None:
    # y does not apply to A: its own total, 0.5 on x, stands in. B has 0.5 on x and 0.6 on y, C 0.2 and 0.2.
    # A with B: x 0.5, y 0.55. If A's x is 0, so is what stands in: x 0.25, y 0.3. B with C: x 0.35, y 0.4.
    given = decision(
        criteria(("goal", [measured("x"), measured("y")])),
        organisation(
            "a", {"criterion": "x", "value": 50, "low": 0, "high": 50}, {"criterion": "y", "status": "not_applicable"}
        ),
        organisation("b", {"criterion": "x", "value": 50}, {"criterion": "y", "value": 60}),
        organisation("c", {"criterion": "x", "value": 20}, {"criterion": "y", "value": 20}),
    )
    question = set_question(given, {"x": 10, "y": 90}, [TWO])
    every = set_table.table(question.what.cells.best, question.rules.kernel, set_worth(question.what), 10)
    assert every is not None
    assert deciding_cells(question.what, every, question.rows(["a", "b"])) == [(0, 0)]


def test_possible_items_can_decide() -> None:
    # A has p, B has q and perhaps r and s: A with 0.25 and B with 0.25 are level, until B's hints come true.
    given = decision(
        criteria(("goal", [items("areas", "p", "q", "r", "s"), measured("x")])),
        organisation("a", {"criterion": "areas", "items": ["p"]}, {"criterion": "x", "value": 60}),
        organisation(
            "b", {"criterion": "areas", "items": ["q"], "possible": ["r", "s"]}, {"criterion": "x", "value": 40}
        ),
    )
    found = set_verdict(set_question(given, {"areas": 50, "x": 50}, [ONE]))
    assert (
        "one single cell of evidence, at an end of its range, makes another set the best: areas of B." in found.reasons
    )


def test_the_same_question_gives_the_same_verdict() -> None:
    question = set_question(table({"a": {"x": 55}, "b": {"x": None}, "c": {"x": 40}}), "equal", [ONE])
    one, other = set_verdict(question), set_verdict(question)
    assert (one.sentence, one.staying) == (other.sentence, other.staying)
    assert one.staying_error == pytest.approx(float(np.sqrt(one.staying * (1 - one.staying) / 2000)))
