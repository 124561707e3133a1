"""Rules that no set keeps: what contradicts what, and what would help, in words and exactly."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.model import Decision, SetRule, SizeRule
from tests.analysis import set_cases
from tests.analysis.set_cases import rule_of
from tests.builders import criteria, decision, measured, organisation

SEEDS = st.integers(0, 2**32 - 1)
few = settings(max_examples=60, deadline=None)
KINDS = {"id": "kinds", "title": "Health only", "rule": "Health", "attribute": "kind", "one_of": ["health"]}


def _rule(one: str, kind: str, **said: Any) -> SetRule:
    return rule_of({"id": one, "kind": kind, **said})


def _refused(given: Decision, *rules: SetRule) -> NoPartnersError:
    with pytest.raises(NoPartnersError, match=r"\S") as refused:
        ps.best_sets(given, "equal", rules)
    return refused.value


def _four(**content: Any) -> Decision:
    """A and B are health clusters from France, C and D photonics clusters from Germany; each costs 10."""
    amounts = [{"id": "cost", "value": 10, "unit": "EUR", "source": "https://example.org/"}]
    return decision(
        criteria(("goal", [measured("x")]), **content),
        organisation("a", amounts=amounts),
        organisation("b", amounts=amounts),
        organisation("c", kind="photonics", country="DE", amounts=amounts),
        organisation("d", kind="photonics", country="DE", amounts=amounts),
    )


TWO = _rule("two", "size", at_least=2, at_most=2, title="Exactly two join")
HEALTH = _rule("health", "quota", attribute="kind", value="health", at_least=1, title="One is from health")
GERMAN = _rule("german", "quota", attribute="country", value="DE", at_least=2, at_most=2)


def test_what_contradicts_and_what_would_help_are_told() -> None:
    refused = _refused(_four(), TWO, HEALTH, GERMAN)
    assert refused.conflicts == (("two", "health", "german"),)
    assert refused.sentences == (
        "No set keeps “Exactly two join”, “One is from health” and “Exactly 2 partners from DE” together.",
    )
    assert [way.sentence for way in refused.relaxations] == [
        "“2 to 3 partners join” instead of “Exactly two join”",
        "“1 to 2 partners from DE” instead of “Exactly 2 partners from DE”",
        "sets that do not keep “One is from health”",
    ]
    assert refused.complete
    assert str(refused).startswith(
        "No set of partners keeps all the rules. No set keeps “Exactly two join”, “One is from health” and “Exactly 2 "
        "partners from DE” together. Allow “2 to 3 partners join” instead of “Exactly two join”. Allow"
    )


def test_one_rule_by_itself_can_ask_too_much() -> None:
    refused = _refused(_four(), _rule("five", "size", at_least=5))
    assert str(refused) == (
        "No set of partners keeps all the rules. No set keeps “At least 5 partners join”. Allow “At least 4 partners "
        "join” instead of “At least 5 partners join”."
    )


def test_every_kind_of_rule_has_a_weaker_form() -> None:
    everybody = _rule("all", "must", candidates=["a", "b", "c"])
    ways = _refused(_four(), everybody, _rule("each", "each", attribute="country", at_most=1)).relaxations
    assert sorted(way.sentence for way in ways) == [
        "“A and C join” instead of “A, B and C join”",
        "“At most 2 partners from each country” instead of “At most 1 partner from each country”",
        "“B and C join” instead of “A, B and C join”",
    ]
    ways = _refused(_four(), everybody, _rule("out", "must_not", candidates=["a", "b", "d"])).relaxations
    assert sorted(way.sentence for way in ways) == [
        "“A and C join” instead of “A, B and C join” and “Neither B nor D joins” instead of “None of A, B and D joins”",
        "“B and C join” instead of “A, B and C join” and “Neither A nor D joins” instead of “None of A, B and D joins”",
        "“C joins” instead of “A, B and C join”",
        "“D does not join” instead of “None of A, B and D joins”",
    ]
    (budget, fewer) = _refused(
        _four(),
        _rule("two", "size", at_least=2),
        _rule("cost", "budget", amount="cost", unit="EUR", at_most=15, title="It costs 15 EUR"),
    ).relaxations
    assert {budget.sentence, fewer.sentence} == {
        "“The cost of the partners sums to at most 20 EUR” instead of “It costs 15 EUR”",
        "“At least 1 partner joins” instead of “At least 2 partners join”",
    }
    (one, other) = _refused(
        _four(),
        _rule("german", "quota", attribute="country", value="FR", at_most=0),
        _rule("different", "different", attribute="country", at_least=2),
    ).relaxations
    assert {one.sentence, other.sentence} == {
        "“At most 1 partner from FR” instead of “No partner from FR”",
        "“Partners from at least 1 country” instead of “Partners from at least 2 different countries”",
    }
    pair = _refused(
        _four(),
        _rule("in", "must", candidates=["a"]),
        _rule("out", "must_not", candidates=["b"]),
        _rule("pair", "together", candidates=["a", "b"]),
    )
    assert pair.conflicts == (("in", "out", "pair"),)
    assert {way.sentence for way in pair.relaxations} == {
        "sets that do not keep “A joins”",
        "sets that do not keep “B does not join”",
        "sets that do not keep “A and B join both or neither”",
    }


def test_who_must_join_and_failed_a_gate_is_named() -> None:
    refused = _refused(_four(gates=[KINDS]), _rule("in", "must", candidates=["a", "c", "d"]))
    assert refused.sentences == ("No set keeps “A, C and D join”: C and D failed a gate.",)
    (way,) = refused.relaxations
    assert way.sentence == "“A joins” instead of “A, C and D join”"
    assert way.partners == ("a",)
    pair = _refused(
        _four(gates=[KINDS]), _rule("in", "must", candidates=["a"]), _rule("both", "together", candidates=["a", "c"])
    )
    assert pair.sentences == ("No set keeps “A joins” and “A and C join both or neither” together: C failed a gate.",)


def test_where_nobody_passes_the_gates_no_rule_is_to_blame() -> None:
    closed = {**KINDS, "one_of": ["biotech"]}
    refused = _refused(_four(gates=[closed]), TWO, HEALTH)
    assert str(refused) == "All 4 candidates failed a gate: there is nobody who could join."
    assert (refused.conflicts, refused.relaxations, refused.complete) == ((), (), True)
    alone = decision(criteria(("goal", [measured("x")]), gates=[closed]), organisation("a"))
    assert str(_refused(alone)) == "A, the only candidate, failed a gate: there is nobody who could join."
    nobody = decision(criteria(("goal", [measured("x")])))
    assert str(_refused(nobody)) == "There is no candidate."


def test_to_let_nobody_join_is_no_way_out() -> None:
    # Nobody is from biotech, and nobody is cheap enough: only both together help.
    biotech = _rule("biotech", "quota", attribute="kind", value="biotech", at_least=1)
    cheap = _rule("cheap", "budget", amount="cost", unit="EUR", at_most=5, title="It costs 5 EUR")
    refused = _refused(_four(), biotech, cheap)
    assert refused.conflicts == (("biotech",), ("cheap",))
    (way,) = refused.relaxations
    assert way.sentence == (
        "“The cost of the partners sums to at most 10 EUR” instead of “It costs 5 EUR” and sets that do not keep “At "
        "least 1 partner of kind biotech”"
    )
    assert "At most 2 partners join" not in str(_refused(_four(), _rule("s", "size", at_least=1, at_most=2), cheap))


def test_a_budget_is_raised_to_a_number_that_can_be_read() -> None:
    amounts = [{"id": "cost", "value": 100 / 3, "unit": "EUR", "source": "https://example.org/"}]
    given = decision(criteria(("goal", [measured("x")])), organisation("a", amounts=amounts))
    (way,) = _refused(given, _rule("cost", "budget", amount="cost", unit="EUR", at_most=1)).relaxations
    assert way.sentence.startswith("“The cost of the partners sums to at most 33.3334 EUR” instead of")
    assert ps.best_sets(given, "equal", way.rules).best == ("a",)


def _refusal(case: set_cases.Case) -> NoPartnersError:
    assume(not set_cases.allowed(case.decision, case.rules) and set_cases.admitted(case.decision))
    with pytest.raises(NoPartnersError, match=r"\S") as refused:
        ps.best_sets(case.decision, case.points, case.rules)
    return refused.value


def _allows(case: set_cases.Case, rules: Sequence[SetRule]) -> bool:
    """Whether some set keeps these rules; the empty one counts where the size of the case allows it."""
    nobody = any(isinstance(rule, SizeRule) and rule.at_least == 0 for rule in case.rules)
    every = [ids for ids in set_cases.sets_of(case.decision) if ids or nobody]
    return any(all(set_cases.keeps(case.decision, rule, ids) for rule in rules) for ids in every)


@few
@given(SEEDS)
def test_conflicts_are_all_the_smallest_groups_that_contradict(seed: int) -> None:
    case = set_cases.drawn(seed)
    refused = _refusal(case)
    by_id = {rule.id: rule for rule in case.rules}
    contradicting = [
        set(group)
        for size in range(1, len(by_id) + 1)
        for group in itertools.combinations(by_id, size)
        if not _allows(case, [by_id[one] for one in group])
    ]
    smallest = [group for group in contradicting if not any(other < group for other in contradicting)]
    assert {frozenset(group) for group in refused.conflicts} == {frozenset(group) for group in smallest}
    assert len(refused.sentences) == len(refused.conflicts)


@few
@given(SEEDS)
def test_a_way_out_allows_its_partners_and_nothing_smaller_does(seed: int) -> None:
    case = set_cases.drawn(seed)
    refused = _refusal(case)
    before = {rule.id: rule for rule in case.rules}
    assert len({way.sentence for way in refused.relaxations}) == len(refused.relaxations)
    for way in refused.relaxations:
        assert way.partners in set_cases.allowed(case.decision, way.rules)
        found = ps.best_sets(case.decision, case.points, way.rules)
        assert found.best in set_cases.allowed(case.decision, way.rules)
        after = {rule.id: rule for rule in way.rules}
        changed = [one for one, rule in before.items() if after.get(one) != rule]
        for one in changed:
            taken_back = [
                before[other] if other == one or other not in changed else after.get(other) for other in before
            ]
            assert not _allows(case, [rule for rule in taken_back if rule is not None])


@few
@given(SEEDS)
def test_somebody_can_always_be_let_in(seed: int) -> None:
    case = set_cases.drawn(seed)
    assert _refusal(case).relaxations
