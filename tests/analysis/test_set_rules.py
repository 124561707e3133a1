"""Set rules: their sentences, which are in force, and what each of them allows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import partnerselect as ps
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.set_rule_words import rule_sentence
from partnerselect.analysis.set_rules import apply_rules, rules_in_force, with_rule
from partnerselect.kernels.set_rules import limits
from partnerselect.model import Decision, SetRule
from tests.analysis import set_cases
from tests.analysis.set_cases import rule_of
from tests.builders import criteria, decision, measured, organisation

NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma"}
KINDS = {"id": "kinds", "title": "Health only", "rule": "Health", "attribute": "kind", "one_of": ["health"]}


def _rule(kind: str, **said: Any) -> SetRule:
    return rule_of({"id": said.pop("id", kind), "kind": kind, **said})


def _small(*more: dict[str, Any], **content: Any) -> Decision:
    return decision(criteria(("goal", [measured("x")]), **content), organisation("a"), *more)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (_rule("size", at_least=3, at_most=3), "Exactly 3 partners join"),
        (_rule("size", at_least=1, at_most=1), "Exactly 1 partner joins"),
        (_rule("size", at_least=2, at_most=4), "2 to 4 partners join"),
        (_rule("size", at_least=2), "At least 2 partners join"),
        (_rule("size", at_least=1), "At least 1 partner joins"),
        (_rule("size", at_most=1), "At most 1 partner joins"),
        (_rule("size", at_most=0), "No partner joins"),
        (_rule("quota", attribute="kind", value="health", at_least=2), "At least 2 partners of kind health"),
        (_rule("quota", attribute="country", value="FR", at_most=0), "No partner from FR"),
        (_rule("quota", attribute="region", value="Île-de-France", at_most=1), "At most 1 partner from the region "),
        (_rule("different", attribute="country", at_least=3), "Partners from at least 3 different countries"),
        (_rule("different", attribute="region", at_least=1), "Partners from at least 1 region"),
        (_rule("different", attribute="kind", at_least=2), "Partners of at least 2 different kinds"),
        (_rule("each", attribute="region", at_most=1), "At most 1 partner from each region"),
        (_rule("each", attribute="kind", at_most=2), "At most 2 partners of each kind"),
        (_rule("must", candidates=["a"]), "Alpha joins"),
        (_rule("must", candidates=["a", "b", "c"]), "Alpha, Beta and Gamma join"),
        (_rule("must_not", candidates=["a"]), "Alpha does not join"),
        (_rule("must_not", candidates=["a", "b"]), "Neither Alpha nor Beta joins"),
        (_rule("must_not", candidates=["a", "b", "c"]), "None of Alpha, Beta and Gamma joins"),
        (_rule("together", candidates=["a", "b"]), "Alpha and Beta join both or neither"),
        (_rule("not_together", candidates=["a", "b"]), "Alpha and Beta do not join together"),
        (
            _rule("budget", amount="joining_cost", unit="EUR", at_most=1234567.5),
            "The joining cost of the partners sums to at most 1,234,567.5 EUR",
        ),
        (_rule("must", candidates=["a"], title="Whom we know"), "Whom we know"),
        (_rule("must", candidates=["stranger"]), "stranger joins"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_rule_is_told_in_a_sentence(rule: SetRule, sentence: str) -> None:
    told = rule_sentence(rule, NAMES)
    assert told == (f"{sentence}Île-de-France" if sentence.endswith("the region ") else sentence)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"kind": "size"}, "limits nothing"),
        ({"kind": "size", "at_least": 3, "at_most": 2}, "at_least 3 is above at_most 2"),
        ({"kind": "together", "candidates": ["a", "a"]}, "both candidates are the same"),
    ],
    ids=["nothing", "order", "twice"],
)
def test_a_rule_that_cannot_be_meant_is_refused(said: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        _rule(said.pop("kind"), **said)


def test_rules_are_switched_on_and_off() -> None:
    rules = [
        {"id": "one", "kind": "size", "at_least": 1},
        {"id": "two", "kind": "must", "candidates": ["a"], "active": False},
    ]
    given = _small(set_rules=rules)
    assert [rule.id for rule in rules_in_force(given)] == ["one"]
    assert [rule.id for rule in rules_in_force(given, on=["two"])] == ["one", "two"]
    assert [rule.id for rule in rules_in_force(given, on=["two"], off=["one"])] == ["two"]
    with pytest.raises(ps.RulesError, match=r"^There is no rule 'three'; rules are one, two\.$"):
        rules_in_force(given, off=["three"])
    with pytest.raises(ps.RulesError, match=r"the decision has no rules"):
        rules_in_force(_small(), on=["one"])


def test_a_rule_takes_the_place_of_one_about_the_same_thing_or_with_its_id() -> None:
    size, other = _rule("size", at_least=3), _rule("size", id="new", at_least=2)
    must = _rule("must", candidates=["a"])
    assert with_rule([size, must], other) == (must, other)
    assert with_rule([must], _rule("must", id="more", candidates=["b"]))[0] == must
    assert with_rule([must], _rule("must", candidates=["b"])) == (_rule("must", candidates=["b"]),)
    quotas = [_rule("quota", id=one, attribute="country", value=one.upper(), at_least=1) for one in ("fr", "de")]
    assert with_rule(quotas[:1], quotas[1]) == tuple(quotas)
    assert rules_in_force(_small(set_rules=[{"id": "s", "kind": "size", "at_least": 1}]), added=[other]) == (other,)


def test_a_rule_about_a_stranger_and_two_about_the_size_are_refused() -> None:
    with pytest.raises(ps.RulesError, match=r"^Rule 'must' names 'z', and there is no such candidate\.$"):
        set_question(_small(), "equal", [_rule("must", candidates=["z"])])
    with pytest.raises(ps.RulesError, match=r"^Two rules limit the size of a set; keep one of them\.$"):
        set_question(_small(), "equal", [_rule("size", at_least=1), _rule("size", id="more", at_most=3)])


def test_a_cluster_of_two_countries_counts_in_both() -> None:
    given = decision(
        criteria(("goal", [measured("x")])),
        organisation("a", {"criterion": "x", "value": 90}, country="DE/FR"),
        organisation("b", {"criterion": "x", "value": 80}, country="FR"),
        organisation("c", {"criterion": "x", "value": 10}, country="ES"),
    )
    pair = _rule("size", at_least=2, at_most=2)
    # A with B has two countries, and so has B with C; A with C has three.
    three = ps.best_sets(given, "equal", [pair, _rule("different", attribute="country", at_least=3)])
    assert three.sets["members"].tolist() == [("a", "c")]
    # France is met twice by A and B, and Germany once.
    each = ps.best_sets(given, "equal", [pair, _rule("each", attribute="country", at_most=1)])
    assert each.sets["members"].tolist() == [("a", "c"), ("b", "c")]
    german = ps.best_sets(given, "equal", [pair, _rule("quota", attribute="country", value="DE", at_most=0)])
    assert german.best == ("b", "c")


def _costing(*values: float | None, **amount: Any) -> Decision:
    cost = {"id": "cost", "unit": "EUR", "source": "https://example.org/", **amount}
    everyone = [
        organisation(one, {"criterion": "x", "value": 50}, amounts=[] if value is None else [{**cost, "value": value}])
        for one, value in zip("abcdef", values, strict=False)
    ]
    return decision(criteria(("goal", [measured("x")])), *everyone)


def test_an_amount_that_nobody_knows_counts_as_the_largest_known() -> None:
    # A costs 30 and B 10; C counts 30. Within 40: A with B, B with C, and each alone.
    found = ps.best_sets(_costing(30, 10, None), "equal", [_rule("budget", amount="cost", unit="EUR", at_most=40)])
    assert sorted(found.sets["members"]) == [("a",), ("a", "b"), ("b",), ("b", "c"), ("c",)]
    assert found.note == "Nobody knows the cost of C: 30 EUR counts, the largest known."


def test_an_amount_that_nobody_knows_counts_as_the_rule_says() -> None:
    rule = _rule("budget", amount="cost", unit="EUR", at_most=40, if_unknown=5)
    found = ps.best_sets(_costing(30, 10, None), "equal", [rule])
    assert ("a", "c") in set(found.sets["members"])
    assert found.note == "Nobody knows the cost of C: 5 EUR counts, as the rule says."


def test_a_budget_of_which_nothing_is_known_limits_nothing() -> None:
    found = ps.best_sets(_costing(None, None), "equal", [_rule("budget", amount="cost", unit="EUR", at_most=0)])
    assert found.allowed == 3
    assert found.note == "Nobody's cost is known on the date of the decision: its budget limits nothing."


def test_amounts_after_the_date_of_the_decision_are_not_known() -> None:
    rule = _rule("budget", amount="cost", unit="EUR", at_most=10)
    assert "limits nothing" in ps.best_sets(_costing(30, 30, as_of="2018"), "equal", [rule]).note
    later = [{"value": 90, "as_of": "2018"}, {"value": 5, "as_of": "2016-10"}, {"value": 50, "as_of": "2015"}]
    amounts = [{"id": "cost", "unit": "EUR", "source": "https://example.org/", **one} for one in later]
    given = _small(organisation("b", amounts=amounts))
    found = apply_rules(given, given.candidates, [_rule("budget", amount="cost", unit="EUR", at_most=10)])
    assert [np.asarray(amounts).tolist() for amounts, _ in found.kernel.budgets] == [[5.0, 5.0]]


def test_the_amounts_of_many_are_told_as_a_number() -> None:
    rule = _rule("budget", amount="cost", unit="EUR", at_most=40)
    assert "the cost of 4 candidates: 30" in ps.best_sets(_costing(30, *[None] * 4), "equal", [rule]).note


def test_who_failed_a_gate_keeps_those_out_who_only_join_together_with_it() -> None:
    given = _small(organisation("b", kind="photonics"), gates=[KINDS])
    apart = ps.best_sets(given, "equal", [_rule("not_together", candidates=["a", "b"])])
    assert (apart.best, apart.note) == (("a",), "")
    out = ps.best_sets(given, "equal", [_rule("must_not", candidates=["b"])])
    assert out.best == ("a",)
    both = ps.best_sets(given, "equal", [_rule("together", candidates=["b", "a"]), _rule("size", at_most=2)])
    assert (both.best, both.note) == ((), "B failed a gate: A cannot join without it.")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_kernel_allows_exactly_the_sets_that_keep_every_rule(seed: int) -> None:
    case = set_cases.drawn(seed)
    question = set_question(case.decision, case.points, case.rules)
    bounds = limits(question.rules.kernel, len(question.what.cells.ids))
    wanted = set(set_cases.allowed(case.decision, case.rules))
    for ids in set_cases.sets_of(case.decision):
        chosen = [one in ids for one in question.what.cells.ids]
        below, above = bounds.broken(np.array(chosen, dtype=bool))
        assert (not (below | above).any()) == (ids in wanted)
