"""From what was typed about sets to rules and sets of a decision, or to exit code 2 with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from partnerselect.cli.reading import misunderstood

if TYPE_CHECKING:
    from partnerselect.errors import Issue
    from partnerselect.model import BudgetRule, Decision, QuotaRule, SetRule

_LONGEST_ID = 64
_PLURALS = {"kind": "kinds", "country": "countries", "region": "regions"}


def added_rules(
    decision: Decision, texts: Sequence[str], must: Sequence[str], must_not: Sequence[str]
) -> tuple[SetRule, ...]:
    """Rules as they were typed, each with an id that no other rule has."""
    from partnerselect.errors import InputError
    from partnerselect.files.rule_text import read_rule

    written = [*texts, *(f"must={one}" for one in must), *(f"must_not={one}" for one in must_not)]
    taken = {rule.id for rule in decision.set_rules}
    rules: list[SetRule] = []
    issues: list[Issue] = []
    for text in dict.fromkeys(written):
        try:
            rule = read_rule(text)
        except InputError as refused:
            issues += refused.issues
        else:
            rules.append(rule.model_copy(update={"id": _free(rule.id, taken)}))
            taken.add(rules[-1].id)
    if issues:
        misunderstood(str(InputError(issues)))
    _refuse(problem for rule in rules for problem in _strange(decision, rule))
    return tuple(rules)


def typed_set(decision: Decision, text: str) -> tuple[str, ...]:
    """Ids of a set, typed as ID+ID+…."""
    members = tuple(one.strip() for one in text.split("+"))
    _refuse(_unknown(decision, members))
    return members


def _refuse(problems: Iterable[str]) -> None:
    if told := list(dict.fromkeys(problems)):
        misunderstood("\n".join(told))


def _free(id_: str, taken: set[str]) -> str:
    number, free = 1, id_
    while free in taken:
        number += 1
        end = f"-{number}"
        free = id_[: _LONGEST_ID - len(end)] + end
    return free


def _strange(decision: Decision, rule: SetRule) -> Iterator[str]:
    """What a rule speaks of and the decision does not know."""
    from partnerselect.model import BudgetRule, NamesRule, PairRule, QuotaRule

    match rule:
        case NamesRule() | PairRule():
            yield from _unknown(decision, rule.candidates)
        case QuotaRule():
            yield from _unknown_value(decision, rule)
        case BudgetRule():
            yield from _unknown_amount(decision, rule)


def _unknown(decision: Decision, ids: Iterable[str]) -> Iterator[str]:
    from partnerselect.files.messages import did_you_mean

    known, members = [one.id for one in decision.candidates], [one.id for one in decision.members]
    for one in ids:
        if one in members:
            yield f"'{one}' is a member, not a candidate: members are in every set."
        elif one not in known:
            yield f"There is no candidate '{one}': {did_you_mean(one, known, 'candidates')}."


def _unknown_value(decision: Decision, rule: QuotaRule) -> Iterator[str]:
    from partnerselect.files.messages import did_you_mean

    held = (getattr(one, rule.attribute) for one in decision.candidates)
    known = sorted({part for value in held for part in (value.split("/") if rule.attribute == "country" else [value])})
    if rule.value not in known:
        mend = did_you_mean(rule.value, known, _PLURALS[rule.attribute])
        yield f"No candidate has the {rule.attribute} '{rule.value}': {mend}."


def _unknown_amount(decision: Decision, rule: BudgetRule) -> Iterator[str]:
    from partnerselect.files.messages import did_you_mean

    amounts = [amount for one in decision.candidates for amount in one.amounts]
    units = sorted({amount.unit for amount in amounts if amount.id == rule.amount})
    if not units:
        mend = did_you_mean(rule.amount, sorted({amount.id for amount in amounts}), "amounts")
        yield f"No candidate has an amount '{rule.amount}': {mend}."
    elif rule.unit not in units:
        yield f"The amount '{rule.amount}' is in {', '.join(units)}, and the rule adds up '{rule.unit}'."
