"""Rules of two rounds side by side: what became of each, and how many sets they allow, counted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

import partnerselect as ps
from partnerselect.analysis.round_rules import rules_sentence, same_rules
from partnerselect.model import SetRule
from tests.builders import criteria, decision, measured, organisation

SIZE = {"id": "size", "kind": "size", "at_least": 2, "at_most": 2}
EACH = {"id": "regions", "title": "One of each region", "kind": "each", "attribute": "region", "at_most": 1}
APART = {"id": "apart", "kind": "not_together", "candidates": ("alpha", "beta")}
WITH = {"id": "with", "kind": "must", "candidates": ("gamma",)}
REGIONS = {"alpha": "North", "beta": "North", "gamma": "South", "delta": "East"}


def side(*rules: dict[str, Any], title: str = "", regions: dict[str, str] | None = None) -> ps.Side:
    """Four candidates, two of them of one region, under some rules."""
    everyone = (organisation(one, region=region) for one, region in (regions or REGIONS).items())
    return ps.Side(decision(criteria(("goal", [measured("a")]), set_rules=rules), *everyone), "equal", title=title)


def off(rule: dict[str, Any]) -> dict[str, Any]:
    return {**rule, "active": False}


def in_force(*rules: dict[str, Any]) -> tuple[SetRule, ...]:
    return ps.rules_in_force(side(*rules).decision)


def test_the_same_rules_are_told_as_the_same() -> None:
    assert rules_sentence(side(SIZE, EACH), side(EACH, SIZE)) == "The rules are the same in both."
    assert rules_sentence(side(), side()) == "The rules are the same in both."


def test_a_rule_that_is_switched_on_is_told_with_what_it_costs_in_sets() -> None:
    # of the 6 pairs of 4 only alpha and beta share a region
    on, told = side(SIZE, EACH), "Rule switched on: “One of each region”. 6 sets of partners were allowed, 5 are now."
    assert rules_sentence(side(SIZE, off(EACH)), on) == told
    assert rules_sentence(on, side(SIZE, off(EACH))) == (
        "Rule switched off: “One of each region”. 5 sets of partners were allowed, 6 are now."
    )


def test_rules_that_one_side_has_never_heard_of_are_new_or_dropped() -> None:
    # without alpha and beta together 5 of the 6 pairs; of these, 3 have gamma
    assert rules_sentence(side(SIZE), side(SIZE, APART, WITH)) == (
        "New rules: “Alpha and Beta do not join together” and “Gamma joins”. "
        "6 sets of partners were allowed, 3 are now."
    )
    assert rules_sentence(side(SIZE, APART), side(SIZE)).startswith("Rule dropped: “Alpha and Beta do not join")


def test_a_rule_about_the_same_thing_has_changed_whatever_it_is_called() -> None:
    # 4 candidates: 6 pairs, 4 triples
    three = {**SIZE, "at_least": 3, "at_most": 3}
    told = (
        "Rule changed: “Exactly 3 partners join” (before: “Exactly 2 partners join”). "
        "6 sets of partners were allowed, 4 are now."
    )
    assert rules_sentence(side(SIZE), side(three)) == told
    assert rules_sentence(side(SIZE), side({**three, "id": "other"})) == told


def test_a_change_that_the_rules_own_words_do_not_tell_is_told_in_ours() -> None:
    named = {**SIZE, "title": "As agreed"}
    assert rules_sentence(side(named), side({**named, "at_most": 3})).startswith(
        "Rule changed: “2 to 3 partners join” (before: “Exactly 2 partners join”)."
    )


def test_the_rules_that_a_side_was_looked_at_with_count_and_not_those_of_its_file() -> None:
    here = side(SIZE, off(EACH))
    with_it = ps.Side(here.decision, "equal", in_force(SIZE, EACH))
    assert rules_sentence(here, with_it).startswith("Rule switched on: “One of each region”.")


def test_a_list_that_changed_as_well_is_said_where_the_sets_are_counted() -> None:
    # gone is delta: of the 3 pairs of the other three, all but alpha and beta
    fewer = {one: region for one, region in REGIONS.items() if one != "delta"}
    assert rules_sentence(side(SIZE, off(EACH)), side(SIZE, EACH, regions=fewer)) == (
        "Rule switched on: “One of each region”. 6 sets of partners were allowed, 2 are now (the list has changed as "
        "well)."
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param([SIZE], [{**SIZE, "at_least": 5, "at_most": 5}], "6 sets of partners were allowed, none is now."),
        pytest.param([{**SIZE, "at_least": 5, "at_most": 5}], [SIZE], "No set of partners was allowed, 6 are now."),
        pytest.param([SIZE], [{**SIZE, "at_least": 4, "at_most": 4}], "6 sets of partners were allowed, 1 is now."),
        pytest.param([{**SIZE, "at_least": 4, "at_most": 4}], [SIZE], "1 set of partners was allowed, 6 are now."),
        pytest.param(
            [SIZE],
            [SIZE, {"id": "two", "kind": "different", "attribute": "kind", "at_least": 1}],
            "6 sets of partners are allowed, as before.",
        ),
    ],
    ids=["to none", "from none", "to one", "from one", "as before"],
)
def test_sets_are_counted_in_words(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], told: str) -> None:
    assert rules_sentence(side(*old), side(*new)).endswith(told)


def test_sets_that_take_long_to_count_are_not_told() -> None:
    many = {f"c{place}": f"r{place % 7}" for place in range(40)}
    free = {**SIZE, "at_least": 8, "at_most": 8}
    told = rules_sentence(side(free, off(EACH), regions=many), side(free, EACH, regions=many))
    assert told == "Rule switched on: “One of each region”."


def test_rules_that_demand_the_same_are_the_same_under_any_name_and_in_any_order() -> None:
    turned = {**APART, "id": "never", "title": "Not both", "candidates": ("beta", "alpha")}
    assert same_rules(in_force(SIZE, APART), in_force(turned, SIZE))
    assert not same_rules(in_force(SIZE, APART), in_force(SIZE))
    assert not same_rules(in_force(SIZE), in_force(SIZE, APART))
