"""Set rules for the kernel: which are in force, and what each of them limits."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

import numpy as np

from partnerselect.analysis.gates import with_gates
from partnerselect.analysis.set_rule_words import rule_sentence
from partnerselect.analysis.words import listed
from partnerselect.errors import RulesError
from partnerselect.kernels.arrays import BoolArray, FloatArray
from partnerselect.kernels.set_rules import Rule, Rules
from partnerselect.model import (
    Attribute,
    BudgetRule,
    Candidate,
    Criteria,
    Decision,
    DifferentRule,
    EachRule,
    NamesRule,
    PairRule,
    QuotaRule,
    SetRule,
    SizeRule,
    subject,
)
from partnerselect.partial_dates import first_day


@dataclass(frozen=True, eq=False)
class AppliedRules:
    """Set rules applied to candidates.

    Attributes
    ----------
    rules : tuple of SetRule
        Those in force.
    sentences : tuple of str
        Each of them in words.
    kernel : Rules
        The same for the kernel.
    owners : dict of Rule to int
        Which of the rules each of the kernel's rules comes from; a size that nobody limits has no owner.
    notes : tuple of str
        What counts where an amount is not known.
    """

    rules: tuple[SetRule, ...]
    sentences: tuple[str, ...]
    kernel: Rules
    owners: dict[Rule, int]
    notes: tuple[str, ...]

    def parts(self, place: int) -> tuple[Rule, ...]:
        """The kernel's rules that one of the rules is made of."""
        return tuple(part for part, owner in self.owners.items() if owner == place)

    def without(self, place: int) -> Rules:
        """The kernel's rules without one of the rules; without a size, any number from one on may join."""
        parts = self.parts(place)
        rules = self.kernel.without(*parts)
        return replace(rules, size=(1, math.inf)) if Rule("size") in parts else rules


def rules_in_force(
    decision: Criteria,
    on: Collection[str] = (),
    off: Collection[str] = (),
    added: Iterable[SetRule] = (),
) -> tuple[SetRule, ...]:
    """The decision's rules as they are switched, and rules that were added.

    Parameters
    ----------
    decision : Criteria
    on, off : collections of str
        Ids of rules that are switched on or off whatever the decision says.
    added : iterable of SetRule
        A rule about the same thing as an earlier one (the size, the same quota …), or with its id, takes its place.

    Raises
    ------
    RulesError
        When there is no rule with such an id.
    """
    known = [rule.id for rule in decision.set_rules]
    if strangers := [one for one in (*on, *off) if one not in known]:
        gates = [gate.id for gate in decision.gates]
        there = f"rules are {', '.join([*known, *gates])}" if known or gates else "the decision has no rules"
        raise RulesError(f"There is no rule '{strangers[0]}'; {there}.")
    rules = tuple(rule for rule in decision.set_rules if (rule.active or rule.id in on) and rule.id not in off)
    for rule in added:
        rules = with_rule(rules, rule)
    return rules


def switched(
    decision: Decision,
    on: Collection[str] = (),
    off: Collection[str] = (),
    added: Iterable[SetRule] = (),
) -> tuple[Decision, tuple[SetRule, ...]]:
    """The decision with its gates, and its set rules, as they are switched; parameters and errors as `rules_in_force`.

    The ids may be those of gates and of set rules.
    """
    gates = {gate.id for gate in decision.gates}
    rules = rules_in_force(decision, set(on) - gates, set(off) - gates, added)
    return with_gates(decision, on, off), rules


def with_rule(rules: Sequence[SetRule], rule: SetRule) -> tuple[SetRule, ...]:
    """Rules with one more, which takes the place of an earlier one about the same thing, or with the same id."""
    about = subject(rule)
    others = (one for one in rules if one.id != rule.id and (about is None or subject(one) != about))
    return (*others, rule)


def apply_rules(decision: Decision, candidates: Sequence[Candidate], rules: Sequence[SetRule]) -> AppliedRules:
    """Set rules for the kernel, about these candidates (the rows).

    Somebody who is not among the candidates (screened out by a gate) cannot join: a rule that needs it allows nobody.

    Raises
    ------
    RulesError
        When a rule names somebody who is no candidate of the decision, or when two rules limit the size.
    """
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    build = _Build(decision, candidates)
    for place, rule in enumerate(rules):
        named = rule.candidates if isinstance(rule, NamesRule | PairRule) else ()
        if strangers := [one for one in named if one not in names]:
            raise RulesError(f"Rule '{rule.id}' names '{strangers[0]}', and there is no such candidate.")
        build.add(place, rule)
    sentences = tuple(rule_sentence(rule, names) for rule in rules)
    return AppliedRules(tuple(rules), sentences, build.kernel(), build.owners(), tuple(build.notes))


class _Build:
    """The kernel's rules while they are put together."""

    def __init__(self, decision: Decision, candidates: Sequence[Candidate]) -> None:
        self._decision, self._candidates = decision, candidates
        self._rows = {candidate.id: row for row, candidate in enumerate(candidates)}
        self._size: tuple[tuple[float, float], int] | None = None
        self._lists: dict[str, list[tuple[Any, int]]] = {
            kind: [] for kind in ("must", "must_not", "together", "not_together", "quotas", "budgets", "distinct")
        }
        self.notes: list[str] = []

    def kernel(self) -> Rules:
        size = (1, math.inf) if self._size is None else self._size[0]
        return Rules(size, **{kind: tuple(entry for entry, _ in entries) for kind, entries in self._lists.items()})

    def owners(self) -> dict[Rule, int]:
        size = {} if self._size is None else {Rule("size"): self._size[1]}
        return size | {
            Rule(kind, at): owner for kind, entries in self._lists.items() for at, (_, owner) in enumerate(entries)
        }

    def add(self, place: int, rule: SetRule) -> None:
        match rule:
            case SizeRule():
                if self._size is not None:
                    raise RulesError("Two rules limit the size of a set; keep one of them.")
                self._size = (rule.at_least, _most(rule.at_most)), place
            case QuotaRule():
                mask = np.array([rule.value in _held(one, rule.attribute) for one in self._candidates], dtype=np.bool_)
                self._put("quotas", (mask, rule.at_least, _most(rule.at_most)), place)
            case DifferentRule():
                _, has = self._values(rule.attribute)
                self._put("distinct", (has, rule.at_least), place)
            case EachRule():
                _, has = self._values(rule.attribute)
                for mask in has.T[has.sum(axis=0) > rule.at_most]:
                    self._put("quotas", (mask, 0, rule.at_most), place)
            case NamesRule():
                for one in rule.candidates:
                    self._name(rule, one, place)
            case PairRule():
                self._pair(rule, place)
            case BudgetRule():
                amounts = self._amounts(rule)
                if amounts is not None:
                    self._put("budgets", (amounts, rule.at_most), place)
            case _:
                assert_never(rule)

    def _put(self, kind: str, entry: Any, place: int) -> None:
        self._lists[kind].append((entry, place))

    def _name(self, rule: NamesRule, one: str, place: int) -> None:
        row = self._rows.get(one)
        if row is not None:
            self._put(rule.kind, row, place)
        elif rule.kind == "must":
            self._put("quotas", (np.zeros(len(self._candidates), dtype=np.bool_), 1, math.inf), place)

    def _pair(self, rule: PairRule, place: int) -> None:
        rows = [self._rows[one] for one in rule.candidates if one in self._rows]
        if len(rows) == 2:
            self._put(rule.kind, (rows[0], rows[1]), place)
        elif rows and rule.kind == "together":
            self._put("must_not", rows[0], place)
            names = {one.id: one.name for one in self._decision.candidates}
            out = next(one for one in rule.candidates if one not in self._rows)
            self.notes.append(f"{names[out]} failed a gate: {self._candidates[rows[0]].name} cannot join without it.")

    def _values(self, attribute: Attribute) -> tuple[list[str], BoolArray]:
        """Every value of an attribute, and who has it: shape (n_candidates, n_values)."""
        held = [_held(candidate, attribute) for candidate in self._candidates]
        values = sorted(set().union(*held))
        has = [[value in own for value in values] for own in held]
        return values, np.array(has, dtype=np.bool_).reshape(len(held), len(values))

    def _amounts(self, rule: BudgetRule) -> FloatArray | None:
        """The newest amount of each candidate on the as-of date, shape (n_candidates,); None where none is known."""
        known = {one.id: value for one in self._candidates if (value := _amount(self._decision, one, rule)) is not None}
        unknown = [one.name for one in self._candidates if one.id not in known]
        what = rule.amount.replace("_", " ")
        assumed = max(known.values(), default=None) if rule.if_unknown is None else rule.if_unknown
        if assumed is None:
            self.notes.append(f"Nobody's {what} is known on the date of the decision: its budget limits nothing.")
            return None
        if unknown:
            who = listed(unknown) if len(unknown) <= 3 else f"{len(unknown)} candidates"
            why = "the largest known" if rule.if_unknown is None else "as the rule says"
            self.notes.append(f"Nobody knows the {what} of {who}: {assumed:,.10g} {rule.unit} counts, {why}.")
        return np.array([known.get(one.id, assumed) for one in self._candidates], dtype=np.float64)


def _most(at_most: int | None) -> float:
    return math.inf if at_most is None else at_most


def _held(candidate: Candidate, attribute: Attribute) -> set[str]:
    """Values of an attribute; a cluster of two countries has both."""
    if attribute == "country":
        return set(candidate.country.split("/"))
    return {candidate.kind if attribute == "kind" else candidate.region}


def _amount(decision: Criteria, candidate: Candidate, rule: BudgetRule) -> float | None:
    usable = [
        amount
        for amount in candidate.amounts
        if amount.id == rule.amount and (amount.as_of is None or first_day(amount.as_of) <= decision.as_of)
    ]
    if not usable:
        return None
    return max(usable, key=lambda amount: amount.as_of or "").value
