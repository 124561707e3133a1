"""Why each partner is in a set, by numbers worked by hand and by the definitions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.analysis.partners import partners, redundant_pairs
from partnerselect.analysis.set_question import set_question
from partnerselect.model import Decision
from tests.analysis import set_cases
from tests.analysis.set_cases import rule_of
from tests.builders import criteria, decision, items, measured, organisation, table

SEEDS = st.integers(0, 2**32 - 1)
few = settings(max_examples=50, deadline=None)
PAIR = rule_of({"id": "pair", "kind": "size", "at_least": 2, "at_most": 2})


def _areas() -> Decision:
    """Areas of p, q, r, s: A has p and q, B q and r, C r and s; the member has s. Companies: 0.2, 0.8, 0.4."""
    said = {"a": (["p", "q"], 20), "b": (["q", "r"], 80), "c": (["r", "s"], 40)}
    return decision(
        criteria(("goal", [items("areas", "p", "q", "r", "s"), measured("companies")])),
        *(
            organisation(one, {"criterion": "areas", "items": own}, {"criterion": "companies", "value": value})
            for one, (own, value) in said.items()
        ),
        organisation("m", {"criterion": "areas", "items": ["s"]}, role="member"),
    )


def test_what_a_partner_adds_is_what_an_empty_place_would_cost() -> None:
    # Of A and B, A alone brings p: a quarter of half of the weight, and 0.2 of two places: 0.125 + 0.05.
    # Beside the member only, it brings p and q: 0.25 + 0.05.
    found = partners(set_question(_areas(), "equal", [PAIR]), ["b", "a"])
    assert found.index.tolist() == ["a", "b"]
    assert found["adds"].tolist() == pytest.approx([0.125 + 0.05, 0.125 + 0.2])
    assert found["alone"].tolist() == pytest.approx([0.25 + 0.05, 0.25 + 0.2])
    assert found["only"].tolist() == [("P",), ("R",)]
    assert found["why"].tolist() == [
        "Only it brings P (areas).",
        "Only it brings R (areas). It is the strongest of them in companies.",
    ]


def test_who_would_take_the_place_and_what_that_costs() -> None:
    # A and B: 4/4 of the areas, and a mean of 0.5: 0.75. B and C: 3/4 and 0.6: 0.675. A and C: 4/4 and 0.3: 0.65.
    question = set_question(_areas(), "equal", [PAIR])
    found = partners(question, ["a", "b"])
    assert found["next"].tolist() == ["c", "c"]
    assert found["next_name"].tolist() == ["C", "C"]
    assert found["next_behind"].tolist() == pytest.approx([0.075, 0.1])
    # Of a set that is not the best one, the next may be better.
    assert partners(question, ["a", "c"])["next_behind"].tolist() == pytest.approx([0.65 - 0.675, 0.65 - 0.75])


def test_nobody_takes_the_place_of_who_must_join_or_where_all_have_joined() -> None:
    must = rule_of({"id": "must", "kind": "must", "candidates": ["a"]})
    found = partners(set_question(_areas(), "equal", [PAIR, must]), ["a", "b"])
    assert found["next"].tolist() == [None, "c"]
    assert found["next_behind"].isna().tolist() == [True, False]
    everyone = partners(set_question(_areas(), "equal"), ["a", "b", "c"])
    assert everyone["next"].tolist() == [None, None, None]
    # Three partners break the rule for two: nobody may take a place there.
    assert partners(set_question(_areas(), "equal", [PAIR]), ["a", "b", "c"])["next"].tolist() == [None, None, None]


def test_the_sentence_where_nothing_stands_out() -> None:
    same = table({one: {"x": 50, "y": 40} for one in "ab"})
    assert set(partners(set_question(same, "equal"), ["a", "b"])["why"]) == {
        "It is nowhere the strongest of them; the largest part of its own total comes from x."
    }
    assert partners(set_question(same, "equal"), ["a"])["why"].tolist() == [
        "It joins alone; the largest part of its own total comes from x."
    ]
    unknown = table({"a": {"x": None}, "b": {"x": 0}})
    assert (
        partners(set_question(unknown, "equal"), ["a", "b"])["why"].tolist()
        == ["It is nowhere the strongest of them, and no evidence speaks for it yet."] * 2
    )


def test_what_has_no_weight_is_no_reason() -> None:
    found = partners(set_question(_areas(), {"companies": 1.0}), ["a", "b"])
    assert found["only"].tolist() == [("P",), ("R",)]
    assert found["why"].tolist() == [
        "It is nowhere the strongest of them; the largest part of its own total comes from companies.",
        "It is the strongest of them in companies.",
    ]


def test_the_empty_set_has_no_partners_and_who_cannot_join_is_refused() -> None:
    given = _areas()
    question = set_question(given, "equal")
    assert partners(question, []).empty
    assert "why" in partners(question, [])
    with pytest.raises(ps.RulesError, match=r"^M cannot join: it is a member already\.$"):
        partners(question, ["a", "m"])
    with pytest.raises(ps.RulesError, match=r"^There is no candidate 'z'\.$"):
        partners(question, ["z"])
    gate = {"id": "kinds", "title": "Kinds", "rule": "Kinds", "attribute": "kind", "one_of": ["photonics"]}
    closed = decision(
        criteria(("goal", [measured("x")]), gates=[gate]), organisation("a"), organisation("b", kind="photonics")
    )
    with pytest.raises(ps.RulesError, match=r"^A cannot join: it failed a gate\.$"):
        partners(set_question(closed, "equal"), ["a"])


def test_pairs_that_bring_the_same() -> None:
    # A and B both have q, B and C both have r: a quarter of half of the weight each. What the member has counts not.
    found = redundant_pairs(set_question(_areas(), "equal"))
    assert found[["one", "other"]].values.tolist() == [["a", "b"], ["b", "c"]]
    assert found["twice"].tolist() == pytest.approx([0.125, 0.125])
    assert found["both"].tolist() == [("Q",), ("R",)]
    assert redundant_pairs(set_question(_areas(), "equal"), ["a", "c"]).empty


@few
@given(SEEDS)
def test_adds_alone_and_next_are_those_of_the_definitions(seed: int) -> None:
    case = set_cases.drawn(seed)
    question = set_question(case.decision, case.points, case.rules)
    possible = set_cases.allowed(case.decision, case.rules)
    every = set_cases.sets_of(case.decision)
    ids = every[seed % len(every)]
    found = partners(question, ids)
    assert found.index.tolist() == list(ids)

    def worth(*inside: str) -> float:
        return set_cases.total(case.decision, case.points, inside, places=len(ids))

    for one in ids:
        others = tuple(other for other in ids if other != one)
        assert found.loc[one, "adds"] == pytest.approx(worth(*ids) - worth(*others))
        assert found.loc[one, "alone"] == pytest.approx(worth(one) - worth())
        instead = [
            other for other in possible if len(other) == len(ids) and set(others) <= set(other) and one not in other
        ]
        # A set that is no allowed one by its size has no next.
        sizes = question.rules.kernel.size
        if not instead or not sizes[0] <= len(ids) <= sizes[1]:
            assert found.loc[one, "next"] is None
            continue
        totals = {other: set_cases.total(case.decision, case.points, other) for other in instead}
        behind = set_cases.total(case.decision, case.points, ids) - max(totals.values())
        assert found.loc[one, "next_behind"] == pytest.approx(behind)
        best = next(other for other in instead if totals[other] > max(totals.values()) - set_cases.TIE)
        assert found.loc[one, "next"] in set(best) - set(others)


@few
@given(SEEDS)
def test_pairs_bring_twice_what_their_totals_say(seed: int) -> None:
    case = set_cases.drawn(seed, rules=False)
    points = {one: 0.0 if one == "mean" else float(said) for one, said in case.points.items()}
    if not sum(points.values()):
        return
    question = set_question(case.decision, points)
    found = redundant_pairs(question).set_index(["one", "other"])["twice"].to_dict()
    worth = {ids: set_cases.total(case.decision, points, ids) for ids in set_cases.sets_of(case.decision)}
    for pair in [ids for ids in worth if len(ids) == 2]:
        twice = worth[pair[:1]] + worth[pair[1:]] - worth[pair] - worth[()]
        assert found.get(pair, 0.0) == pytest.approx(twice, abs=1e-9)
