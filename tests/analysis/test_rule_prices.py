"""What each rule costs: numbers worked by hand, and the difference of two best sets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.analysis.gates import screened, with_gates
from partnerselect.analysis.rule_prices import rule_prices
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.set_rules import switched, with_rule
from partnerselect.errors import RulesError
from partnerselect.model import Decision
from tests.analysis import set_cases
from tests.builders import criteria, decision, measured, organisation

TWO = {"id": "two", "kind": "size", "at_least": 2, "at_most": 2}


def _three(*rules: dict[str, Any]) -> Decision:
    """A 0.9 from France, B 0.6 from France, C 0.3 from Spain."""
    return decision(
        criteria(("goal", [measured("x")]), set_rules=list(rules)),
        organisation("a", {"criterion": "x", "value": 90}),
        organisation("b", {"criterion": "x", "value": 60}),
        organisation("c", {"criterion": "x", "value": 30}, country="ES"),
    )


def _words(*rules: dict[str, Any]) -> dict[str, str]:
    found = rule_prices(set_question(_three(*rules), "equal"))["words"]
    return {str(rule): words for rule, words in found.items()}


def test_prices_of_rules_in_force() -> None:
    # Two of two countries: A and C, 0.6. Without the countries A and B, 0.75; without the size all the same A and C
    # are the best of two countries.
    countries = {"id": "countries", "kind": "different", "attribute": "country", "at_least": 2, "why": "breadth"}
    found = rule_prices(set_question(_three(TWO, countries), "equal"))
    assert found["cost"].to_dict() == pytest.approx({"two": 0.0, "countries": 0.15})
    assert found["total"].to_dict() == pytest.approx({"two": 0.6, "countries": 0.75})
    assert found["partners"].to_dict() == {"two": ("a", "c"), "countries": ("a", "b")}
    assert list(found.loc["countries", ["joins", "leaves", "why", "in_force"]]) == ["B", "C", "breadth", True]
    assert found["words"].to_dict() == {
        "two": "costs nothing: the best set keeps it anyway",
        "countries": "costs 15.0 points: without it B would come in for C",
    }


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([TWO], {"two": "costs 15.0 points: without it B would not be needed"}),
        (
            [{"id": "out", "kind": "must_not", "candidates": ["a", "b"]}],
            {"out": "costs 60.0 points: without it A would come in for C"},
        ),
        ([{"id": "none", "kind": "size", "at_most": 0}], {"none": "costs 90.0 points: without it A would come in"}),
        (
            [TWO, {"id": "b", "kind": "must_not", "candidates": ["b"], "active": False}],
            {"b": "off; it would cost 15.0 points: C would come in for B"},
        ),
        (
            [TWO, {"id": "one", "kind": "size", "at_most": 1, "active": False}],
            {"one": "off; in place of “Exactly 2 partners join” it would gain 15.0 points: B would drop out"},
        ),
        (
            [TWO, {"id": "all", "kind": "size", "at_least": 3, "active": False}],
            {"all": "off; in place of “Exactly 2 partners join” it would cost 15.0 points: C would come in"},
        ),
        (
            [TWO, {"id": "a", "kind": "must", "candidates": ["a"], "active": False}],
            {"a": "off; it would cost nothing: the best set keeps it anyway"},
        ),
        (
            [TWO, {"id": "many", "kind": "size", "at_least": 4, "active": False}],
            {"many": "off; in place of “Exactly 2 partners join” it leaves no set"},
        ),
        (
            [TWO, {"id": "far", "kind": "different", "attribute": "country", "at_least": 3, "active": False}],
            {"far": "off; together with the rules above it leaves no set"},
        ),
        (
            [{"id": "four", "kind": "size", "at_least": 4}],
            {"four": "without it there are sets again"},
        ),
        (
            [
                {"id": "four", "kind": "size", "at_least": 4},
                {"id": "far", "kind": "different", "attribute": "country", "at_least": 3},
                {**TWO, "active": False},
                {"id": "near", "kind": "different", "attribute": "country", "at_least": 1, "active": False},
            ],
            {"four": "without it there is no set either", "far": "without it there is no set either"},
        ),
        (
            [{"id": "four", "kind": "size", "at_least": 4}, {**TWO, "id": "instead", "active": False}],
            {"instead": "off; in place of “At least 4 partners join” it would allow sets"},
        ),
        (
            [
                {"id": "nobody", "kind": "must_not", "candidates": ["a", "b", "c"]},
                {"id": "size", "kind": "size", "at_most": 2},
            ],
            {"size": "costs nothing: without it somebody has to join, and nobody may"},
        ),
    ],
    ids=lambda given: given[-1]["id"] if isinstance(given, list) else "",
)
def test_words(rules: list[dict[str, Any]], words: dict[str, str]) -> None:
    assert words.items() <= _words(*rules).items()


def test_a_rule_that_costs_nothing_keeps_the_best_set_even_among_ties() -> None:
    # All are level: whoever must join, nothing is lost, and nobody is said to come in.
    rules = [TWO, {"id": "c", "kind": "must", "candidates": ["c"]}]
    given = decision(
        criteria(("goal", [measured("x")]), set_rules=rules),
        *(organisation(one, {"criterion": "x", "value": 50}) for one in "abc"),
    )
    found = rule_prices(set_question(given, "equal"))
    assert list(found.loc["c", ["cost", "joins", "leaves"]]) == [0.0, "", ""]
    assert found.loc["c", "partners"] == ("a", "c")


def test_a_decision_without_rules_has_no_prices() -> None:
    found = rule_prices(set_question(_three(), "equal"))
    assert found.empty
    assert found.columns.tolist()[:4] == ["sentence", "why", "in_force", "cost"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_price_is_the_difference_of_two_best_totals(seed: int) -> None:
    case = set_cases.drawn(seed)
    half = len(case.rules) // 2
    content = case.decision.model_copy(
        update={
            "set_rules": tuple(
                rule.model_copy(update={"active": place >= half}) for place, rule in enumerate(case.rules)
            )
        }
    )
    on = [rule for rule in content.set_rules if rule.active]
    found = rule_prices(set_question(content, case.points))
    assert set(found.index) == {"open", *(rule.id for rule in case.rules)}
    now = _total(case, on)
    for rule in content.set_rules:
        others = [other for other in on if other.id != rule.id]
        then = _total(case, others if rule.active else list(with_rule(on, rule)))
        row = found.loc[rule.id]
        if np.isnan(now) or np.isnan(then):
            assert np.isnan(row["cost"])
            assert (row["partners"] is None) == np.isnan(then)
            continue
        assert row["cost"] == pytest.approx(then - now if rule.active else now - then, abs=2e-9)
        assert row["total"] == pytest.approx(then, abs=2e-9)
    free = _total(replace(case, decision=with_gates(case.decision, off=["open"])), on)
    if not np.isnan(now) and not np.isnan(free):
        assert found.loc["open", "cost"] == pytest.approx(free - now, abs=2e-9)


def _total(case: set_cases.Case, rules: list[Any]) -> float:
    try:
        return ps.best_sets(case.decision, case.points, rules).total
    except ps.RulesError:
        return float("nan")


ONE = {"id": "one", "kind": "size", "at_most": 1}
NORTH = {"id": "north", "title": "From the north", "rule": "France only.", "attribute": "country", "one_of": ["FR"]}


def gated(**more: object) -> Decision:
    """Alpha (90) is from Spain and fails the gate; beta has 60 and gamma 50."""
    return decision(
        criteria(("goal", [measured("x")]), gates=[NORTH | more], set_rules=[ONE]),
        organisation("alpha", {"criterion": "x", "value": 90}, country="ES"),
        organisation("beta", {"criterion": "x", "value": 60}),
        organisation("gamma", {"criterion": "x", "value": 50}),
    )


def test_a_gate_has_a_price_too() -> None:
    # Without the gate Alpha (0.9) would be the best one in place of Beta (0.6).
    row = rule_prices(set_question(gated(), "equal")).loc["north"]
    assert (row["in_force"], row["partners"]) == (True, ("alpha",))
    assert row["cost"] == pytest.approx(0.3)
    assert row["words"] == "costs 30.0 points: without it Alpha would come in for Beta"


def test_a_gate_that_is_off_says_what_it_would_cost() -> None:
    row = rule_prices(set_question(gated(active=False), "equal")).loc["north"]
    assert (row["in_force"], row["partners"]) == (False, ("beta",))
    assert row["cost"] == pytest.approx(0.3)
    assert row["words"] == "off; it would cost 30.0 points: Beta would come in for Alpha"


def test_a_gate_that_keeps_nobody_out_costs_nothing() -> None:
    prices = rule_prices(set_question(gated(one_of=["FR", "ES"]), "equal"))
    assert prices.loc["north", "cost"] == 0
    assert prices.loc["north", "words"] == "costs nothing: nobody is kept out by it"


def test_gates_and_rules_are_switched_by_their_ids() -> None:
    made, rules = switched(gated(), off=["north", "one"])
    assert (made.gates[0].active, rules) == (False, ())
    assert [one.id for one in screened(made)[0]] == ["alpha", "beta", "gamma"]
    again, _ = switched(made, on=["north"])
    assert again == gated()
    with pytest.raises(RulesError, match=r"There is no rule 'south'; rules are one, north."):
        switched(gated(), off=["south"])
