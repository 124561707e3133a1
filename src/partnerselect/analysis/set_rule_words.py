"""A set rule in one plain sentence: the consortium's own, else one made from what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from partnerselect.analysis.words import listed
from partnerselect.model import (
    BudgetRule,
    DifferentRule,
    EachRule,
    NamesRule,
    PairRule,
    QuotaRule,
    SetRule,
    SizeRule,
)

_PLURALS = {"kind": "kinds", "country": "countries", "region": "regions"}
_OF = {"kind": "of", "country": "from", "region": "from"}
_OF_VALUE = {"kind": "of kind", "country": "from", "region": "from the region"}


def rule_sentence(rule: SetRule, names: Mapping[str, str]) -> str:
    """The rule in words, without a full stop.

    Parameters
    ----------
    rule : SetRule
    names : Mapping
        Name of each candidate id; an id without a name stands for itself.
    """
    if rule.title is not None:
        return rule.title
    match rule:
        case SizeRule():
            least, most = rule.at_least, rule.at_most
            return f"{_counted(least, most)} join{'s' if _one_or_none(least, most) else ''}"
        case QuotaRule():
            return f"{_counted(rule.at_least, rule.at_most)} {_OF_VALUE[rule.attribute]} {rule.value}"
        case DifferentRule():
            what = rule.attribute if rule.at_least == 1 else f"different {_PLURALS[rule.attribute]}"
            return f"Partners {_OF[rule.attribute]} at least {rule.at_least} {what}"
        case EachRule():
            return f"At most {_partners(rule.at_most)} {_OF[rule.attribute]} each {rule.attribute}"
        case NamesRule():
            told = [names.get(one, one) for one in rule.candidates]
            return _joining(told) if rule.kind == "must" else _staying_out(told)
        case PairRule():
            one, other = (names.get(id_, id_) for id_ in rule.candidates)
            both = f"{one} and {other}"
            return f"{both} join both or neither" if rule.kind == "together" else f"{both} do not join together"
        case BudgetRule():
            return (
                f"The {rule.amount.replace('_', ' ')} of the partners sums to at most {rule.at_most:,.10g} {rule.unit}"
            )
    assert_never(rule)


def _counted(least: int, most: int | None) -> str:
    if most == 0:
        return "No partner"
    if least == most:
        return f"Exactly {_partners(least)}"
    if most is None:
        return f"At least {_partners(least)}"
    return f"At most {_partners(most)}" if least == 0 else f"{least} to {_partners(most)}"


def _one_or_none(least: int, most: int | None) -> bool:
    return (least if most is None else most) <= 1


def _partners(count: int) -> str:
    return f"{count} partner{'' if count == 1 else 's'}"


def _joining(told: Sequence[str]) -> str:
    return f"{listed(told)} {'joins' if len(told) == 1 else 'join'}"


def _staying_out(told: Sequence[str]) -> str:
    if len(told) == 1:
        return f"{told[0]} does not join"
    return f"Neither {told[0]} nor {told[1]} joins" if len(told) == 2 else f"None of {listed(told)} joins"
