"""Rules in the address: what is written is followed, and what cannot be used is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.files.rule_text import read_rule, rule_text
from partnerselect.model import Decision
from partnerselect.ui.rule_link import RuleChoices, followed, written
from tests.builders import table

RULES = [
    {"id": "two", "kind": "size", "at_least": 2, "at_most": 2},
    {"id": "apart", "kind": "not_together", "candidates": ["alpha", "beta"], "active": False},
]
TEXTS = ["size=1..2", "different country>=2", "each region<=1", "must=alpha+beta", "together=alpha+gamma"]
TEXTS.append("kind:a~b%=1")  # signs that the address itself uses


@pytest.fixture(scope="module")
def decision() -> Decision:
    return table({"alpha": {"a": 90}, "beta": {"a": 60}, "gamma": {"a": 10}}, set_rules=RULES)


@settings(deadline=None)
@given(on=st.booleans(), off=st.booleans(), texts=st.lists(st.sampled_from(TEXTS), unique=True, max_size=len(TEXTS)))
def test_what_is_written_is_followed(decision: Decision, on: bool, off: bool, texts: list[str]) -> None:
    choices = RuleChoices()
    if on:
        choices = choices.switched("apart", on=True, usual=False)
    if off:
        choices = choices.switched("two", on=False, usual=True)
    for text in texts:
        choices = choices.adding(read_rule(text))
    assert followed(decision, written(choices)) == (choices, "")


def test_a_switch_back_is_no_choice(decision: Decision) -> None:
    choices = RuleChoices().switched("two", on=False, usual=True).switched("two", on=True, usual=True)
    assert choices == RuleChoices()
    assert written(choices) == ""
    assert followed(decision, "") == followed(decision, None) == (RuleChoices(), "")


def test_an_added_rule_takes_the_place_of_one_about_the_same_thing(decision: Decision) -> None:
    choices = RuleChoices().adding(read_rule("size=1")).adding(read_rule("size=3"))
    assert [rule.id for rule in choices.rules(decision)] == ["size"]
    assert [rule_text(rule) for rule in choices.rules(decision)] == ["size=3"]
    assert choices.without("size").rules(decision) == decision.set_rules[:1]


def test_those_who_must_join_are_replaced_as_a_whole() -> None:
    choices = RuleChoices().naming("must", ["alpha"]).naming("must_not", ["gamma"]).naming("must", ["beta"])
    assert (choices.named("must"), choices.named("must_not")) == (["beta"], ["gamma"])
    assert choices.naming("must", []).named("must") == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("-nobody", "there is no rule 'nobody'"),
        ("must=nobody", "there is no such candidate"),
        ("nonsense", "could not be used"),
        ("size=9..2", "could not be used"),
        ("~".join(["size=1"] * 60), "too long"),
        ("x" * 9_000, "too long"),
    ],
)
def test_what_cannot_be_used_is_told(decision: Decision, address: str, told: str) -> None:
    choices, complaint = followed(decision, address)
    assert choices == RuleChoices()
    assert told in complaint


def test_what_can_be_used_of_a_link_is_used(decision: Decision) -> None:
    choices, complaint = followed(decision, "-two~-nobody~different country>=2")
    assert choices.off == frozenset({"two"})
    assert [rule_text(rule) for rule in choices.added] == ["different country>=2"]
    assert "nobody" in complaint
