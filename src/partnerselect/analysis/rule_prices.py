"""What each rule costs: the best total with it and without it, and who would come in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from partnerselect.analysis.combining import combining
from partnerselect.analysis.gates import screened, with_gates
from partnerselect.analysis.set_question import SetQuestion
from partnerselect.analysis.set_rules import apply_rules, with_rule
from partnerselect.analysis.words import listed, points
from partnerselect.kernels.arrays import TIE
from partnerselect.kernels.set_rules import Rules
from partnerselect.kernels.sets import PartnerSet
from partnerselect.model import SetRule

_COLUMNS = ["sentence", "why", "in_force", "cost", "total", "partners", "joins", "leaves", "words"]


def rule_prices(question: SetQuestion) -> pd.DataFrame:
    """Every rule in force, every rule of the decision that is switched off, and every gate.

    Returns
    -------
    DataFrame
        Per rule id: sentence, why (or where it comes from; may be empty), in_force; cost (what the best total loses
        by the rule, 0..1: of a rule in force against the rules without it, of one that is off against the rules as
        they are; NaN where no set is allowed), total and partners (of the best set without the rule, or with it where
        it is off; None where there is none), joins and leaves (names of who would come in, and for whom) and words
        (the price in words).
    """
    found = question.best(question.rules.kernel)
    today = found[0] if found else None
    rows = [*_prices(question, today), *_gates(question, today)]
    index = pd.Index([row.pop("rule") for row in rows], name="rule", dtype=object)
    return pd.DataFrame(rows, index=index, columns=_COLUMNS)


def _prices(question: SetQuestion, today: PartnerSet | None) -> Iterator[dict[str, Any]]:
    applied = question.rules
    for place, (rule, sentence) in enumerate(zip(applied.rules, applied.sentences, strict=True)):
        row = _compared(question, today, _first(question, applied.without(place)))
        words = _in_force(today is not None, row)
        yield {"rule": rule.id, "sentence": sentence, "why": _why(rule), "in_force": True, **row, "words": words}
    known = {rule.id for rule in applied.rules}
    for rule in question.decision.set_rules:
        if rule.id not in known:
            rules = with_rule(applied.rules, rule)
            more = apply_rules(question.decision, question.what.ranges.candidates, rules)
            row = _compared(question, today, _first(question, more.kernel))
            row["cost"] = 0.0 - row["cost"]
            replaced = [told for old, told in zip(applied.rules, applied.sentences, strict=True) if old not in rules]
            words, sentence = _off(today is not None, row, replaced), more.sentences[-1]
            yield {"rule": rule.id, "sentence": sentence, "why": _why(rule), "in_force": False, **row, "words": words}


def _gates(question: SetQuestion, today: PartnerSet | None) -> Iterator[dict[str, Any]]:
    """The price of each gate; one that nobody fails, beside those that failed another one, changes nothing."""
    for gate in question.decision.gates:
        turned = (
            with_gates(question.decision, off=[gate.id]) if gate.active else with_gates(question.decision, [gate.id])
        )
        row: dict[str, Any] = {"rule": gate.id, "sentence": gate.title, "why": gate.rule, "in_force": gate.active}
        if screened(turned)[0] == question.what.ranges.candidates:
            total = np.nan if today is None else today.total
            partners = None if today is None else question.ids(today.members)
            row |= {"cost": 0.0, "total": total, "partners": partners, "joins": "", "leaves": ""}
            yield row | {"words": "costs nothing: nobody is kept out by it" if gate.active else "off; nobody fails it"}
            continue
        what = combining(turned, question.what.weights)
        other = SetQuestion(turned, what, apply_rules(turned, what.ranges.candidates, question.rules.rules))
        then = _first(other, other.rules.kernel)
        row |= _compared_by_id(question, today, other, then)
        if not gate.active:
            row["cost"] = 0.0 - row["cost"]
        yield row | {"words": _in_force(today is not None, row) if gate.active else _off(today is not None, row, ())}


def _compared_by_id(
    question: SetQuestion, today: PartnerSet | None, other: SetQuestion, then: PartnerSet | None
) -> dict[str, Any]:
    """The best set of a question about other candidates, against today's."""
    if then is None or (today is not None and abs(then.total - today.total) <= TIE):
        return _compared(question, today, None if then is None else today)
    now = () if today is None else question.ids(today.members)
    joining = [row for row, one in zip(then.members, other.ids(then.members), strict=True) if one not in now]
    gone = () if today is None else today.members
    leaving = [row for row, one in zip(gone, now, strict=True) if one not in other.ids(then.members)]
    return {
        "cost": np.nan if today is None else then.total - today.total,
        "total": then.total,
        "partners": other.ids(then.members),
        "joins": other.names(joining) if joining else "",
        "leaves": question.names(leaving) if leaving else "",
    }


def _first(question: SetQuestion, rules: Rules) -> PartnerSet | None:
    found = question.best(rules)
    return found[0] if found else None


def _why(rule: SetRule) -> str:
    return rule.why or rule.source or ""


def _compared(question: SetQuestion, today: PartnerSet | None, then: PartnerSet | None) -> dict[str, Any]:
    """The best set under other rules, against today's; today's stays where the other one is only as good."""
    if then is None:
        return {"cost": np.nan, "total": np.nan, "partners": None, "joins": "", "leaves": ""}
    gain = np.nan if today is None else then.total - today.total
    if today is not None and abs(gain) <= TIE:
        gain, then = 0.0, today
    now = () if today is None else today.members
    joins = [one for one in then.members if one not in now]
    leaves = [one for one in now if one not in then.members]
    return {
        "cost": gain,
        "total": then.total,
        "partners": question.ids(then.members),
        "joins": question.names(joins) if joins else "",
        "leaves": question.names(leaves) if leaves else "",
    }


def _in_force(any_set: bool, row: dict[str, Any]) -> str:
    if not any_set:
        return "without it there are sets again" if row["partners"] is not None else "without it there is no set either"
    if row["partners"] is None:
        return "costs nothing: without it somebody has to join, and nobody may"
    if row["cost"] == 0:
        return "costs nothing: the best set keeps it anyway"
    return f"costs {points(row['cost'])}: without it {_exchange(row, 'would not be needed')}"


def _off(any_set: bool, row: dict[str, Any], replaced: Sequence[str]) -> str:
    where = f"in place of {listed([f'“{sentence}”' for sentence in replaced])} " if replaced else ""
    if row["partners"] is None:
        return f"off; {where or 'together with the rules above '}it leaves no set" if any_set else "off"
    if not any_set:
        return f"off; {where}it would allow sets"
    if row["cost"] == 0:
        return f"off; {where}it would cost nothing: the best set keeps it anyway"
    if row["cost"] < 0:
        return f"off; {where}it would gain {points(-row['cost'])}: {_exchange(row, 'would drop out')}"
    return f"off; {where}it would cost {points(row['cost'])}: {_exchange(row, 'would drop out')}"


def _exchange(row: dict[str, Any], going: str) -> str:
    if row["joins"] and row["leaves"]:
        return f"{row['joins']} would come in for {row['leaves']}"
    return f"{row['joins']} would come in" if row["joins"] else f"{row['leaves']} {going}"
