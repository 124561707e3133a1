"""Two rounds side by side: which set rules came, went or changed, and how many sets they allow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from partnerselect.analysis.round_side import Side
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.set_rule_words import rule_sentence
from partnerselect.analysis.set_rules import rules_in_force
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.analysis.words import listed
from partnerselect.kernels import sets
from partnerselect.kernels.infeasibility import NoSetAllowedError
from partnerselect.model import SetRule, subject

_BESIDE = {"id", "title", "why", "source", "active"}
"""What a rule carries beside what it demands."""

_BECAME = {
    "on": ("Rule switched on", "Rules switched on"),
    "new": ("New rule", "New rules"),
    "changed": ("Rule changed", "Rules changed"),
    "off": ("Rule switched off", "Rules switched off"),
    "dropped": ("Rule dropped", "Rules dropped"),
}


def rules_sentence(before: Side, after: Side) -> str:
    """Which of the set rules in force are others, and how many sets of partners were and are allowed.

    Rules are the same where they demand the same, whatever they are called. The sets are told where the rules
    changed and both numbers can be counted at once.

    Raises
    ------
    WeightsError
        For points of a side that cannot be used.
    RulesError
        For rules that name somebody unknown, or limit the size twice.
    """
    told = _changes(before, after)
    if not told:
        return "The rules are the same in both."
    sentences = [
        f"{_BECAME[change][len(rules) > 1]}: {listed(rules)}."
        for change in _BECAME
        if (rules := [rule for became, rule in told if became == change])
    ]
    old, new = _allowed(before), _allowed(after)
    if old is not None and new is not None:
        sentences.append(f"{_counted(old, new)}{_listed_otherwise(before, after)}.")
    return " ".join(sentences)


def same_rules(one: Sequence[SetRule], other: Sequence[SetRule]) -> bool:
    """Whether two lists of rules demand the same, in whatever order and under whatever names."""
    return not _without(one, other) and not _without(other, one)


def _changes(before: Side, after: Side) -> list[tuple[str, str]]:
    """What became of each rule that is not the same on both sides, and the rule in words."""
    names = {one.id: one.name for side in (before, after) for one in side.organisations.values()}
    old, new = _in_force(before), _in_force(after)
    gone = _without(old, new)
    told = []
    for rule in _without(new, old):
        was = next((one for one in gone if _about_the_same(one, rule)), None)
        if was is None:
            change = "on" if _switchable(rule, before) else "new"
            told.append((change, f"“{rule_sentence(rule, names)}”"))
        else:
            gone.remove(was)
            told.append(("changed", _from_to(was, rule, names)))
    told += [("off" if _switchable(rule, after) else "dropped", f"“{rule_sentence(rule, names)}”") for rule in gone]
    return told


def _in_force(side: Side) -> tuple[SetRule, ...]:
    return rules_in_force(side.decision) if side.rules is None else side.rules


def _without(rules: Sequence[SetRule], others: Sequence[SetRule]) -> list[SetRule]:
    """Rules that no other one is the same as."""
    there = [_demands(one) for one in others]
    return [one for one in rules if _demands(one) not in there]


def _demands(rule: SetRule) -> dict[str, Any]:
    content = rule.model_dump(exclude=_BESIDE)
    return {name: sorted(said) if name == "candidates" else said for name, said in content.items()}


def _about_the_same(one: SetRule, other: SetRule) -> bool:
    about = subject(one)
    return one.id == other.id or (about is not None and about == subject(other))


def _switchable(rule: SetRule, side: Side) -> bool:
    """Whether a rule that is not in force on a side is known there all the same."""
    return any(one.id == rule.id for one in side.decision.set_rules)


def _from_to(old: SetRule, new: SetRule, names: Mapping[str, str]) -> str:
    """A changed rule in words; in our own where the consortium's do not tell the difference."""
    was, now = rule_sentence(old, names), rule_sentence(new, names)
    if was == now:
        was, now = (rule_sentence(one.model_copy(update={"title": None}), names) for one in (old, new))
    return f"“{now}”" if was == now else f"“{now}” (before: “{was}”)"


def _allowed(side: Side) -> int | None:
    """How many sets the rules of a side allow; None where that takes long to count."""
    question = set_question(side.decision, side.points, side.rules)
    if question.every_one_allowed:
        return question.sets_to_look_at(question.search)
    if not question.few(question.search):
        return None
    given = question.what.layers
    try:
        return sets.near_best(given.best, given.weights, question.search, given.combine, math.inf, 1).number
    except NoSetAllowedError:
        return 0


def _counted(old: int, new: int) -> str:
    many = {0: "No set of partners", 1: "1 set of partners"}.get(old, f"{old:,} sets of partners")
    if old == new:
        return f"{many} {'are' if old > 1 else 'is'} allowed, as before"
    now = {0: "none is", 1: "1 is"}.get(new, f"{new:,} are")
    return f"{many} {'were' if old > 1 else 'was'} allowed, {now} now"


def _listed_otherwise(before: Side, after: Side) -> str:
    """What to keep in mind where other candidates can join than before."""
    old, new = ({one.id for one in value_ranges(side.decision).candidates} for side in (before, after))
    return "" if old == new else " (the list has changed as well)"
