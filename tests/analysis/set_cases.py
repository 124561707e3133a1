"""Small random decisions about sets, and every set looked at one by one, from the definitions alone."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from partnerselect.model import (
    BudgetRule,
    Candidate,
    Decision,
    DifferentRule,
    EachRule,
    Evidence,
    NamesRule,
    PairRule,
    QuotaRule,
    SetRule,
    SizeRule,
)
from tests.builders import criteria, decision, items, measured, organisation

NAMES = ("a", "b", "c", "d", "e", "f")
ITEMS = ("p", "q", "r")
TIE = 1e-9

rule_of = TypeAdapter[SetRule](SetRule).validate_python


@dataclass(frozen=True)
class Case:
    """A decision about sets, points, and rules."""

    decision: Decision
    points: Mapping[str, float]
    rules: tuple[SetRule, ...]


def drawn(seed: int, rules: bool = True, sure: bool = False) -> Case:
    """Up to six candidates and two members on four criteria, one of each way to combine.

    Some cells are unknown or do not apply, some are told by two readers, some by a mere count. With `sure`, nobody
    doubts anything: every cell has one number.
    """
    chance = np.random.default_rng(seed)
    leaves = [measured(how, combine=how) for how in ("mean", "sum", "best")]
    content = criteria(
        ("goal", [*leaves, items("areas", *ITEMS)]), unknowns=str(chance.choice(["midpoint", "worst", "best"]))
    )
    content["gates"] = [{"id": "open", "title": "Open", "rule": "Open"}]
    n = int(chance.integers(2, 7))
    organisations = [_organisation(chance, name, sure) for name in NAMES[:n]]
    organisations += [
        _organisation(chance, f"m{place}", sure, role="member") for place in range(int(chance.integers(0, 3)))
    ]
    points = dict(zip(("mean", "sum", "best", "areas"), chance.integers(0, 4, 4).tolist(), strict=True))
    points["areas"] += 0 if any(points.values()) else 1
    given = tuple(_rules(chance, NAMES[:n])) if rules else ()
    return Case(decision(content, *organisations), points, given)


def _organisation(chance: np.random.Generator, one: str, sure: bool, **more: Any) -> dict[str, Any]:
    evidence: list[dict[str, Any]] = []
    for criterion in ("mean", "sum", "best"):
        value = float(chance.integers(0, 5)) * 25
        match "known" if sure else chance.choice(["known", "known", "range", "unknown", "refused", "not_applicable"]):
            case "known":
                evidence.append({"criterion": criterion, "value": value})
            case "range":
                evidence.append({"criterion": criterion, "value": value, "low": value / 2, "high": (value + 100) / 2})
            case "unknown":
                pass
            case status:
                evidence.append({"criterion": criterion, "status": str(status)})
    evidence += _about_items(chance, "sure" if sure else str(chance.choice(["sure", "two", "count", "none", "na"])))
    return organisation(
        one,
        *evidence,
        kind=str(chance.choice(["health", "photonics"])),
        country=str(chance.choice(["FR", "DE", "DE/FR", "ES"])),
        region=str(chance.choice(["North", "South"])),
        amounts=[_amount(chance)] if chance.random() < 0.7 else [],
        gates=[{"gate": "open", "passed": bool(chance.random() < 0.9)}],
        **more,
    )


def _about_items(chance: np.random.Generator, how: str) -> list[dict[str, Any]]:
    held = [[item for item in ITEMS if chance.random() < 0.4] for _ in range(2)]
    hints = [item for item in ITEMS if item not in held[0] and chance.random() < 0.3]
    signed = {"criterion": "areas", "reason": "read", "judged_on": "2017-05-01"}
    match how:
        case "sure":
            return [{"criterion": "areas", "items": held[0]}]
        case "two":
            return [
                {**signed, "by": "one", "items": held[0], "possible": hints if held[0] else []},
                {**signed, "by": "two", "items": held[1]},
            ]
        case "count":
            return [{"criterion": "areas", "value": float(chance.integers(0, 4))}]
        case "na":
            return [{"criterion": "areas", "status": "not_applicable"}]
    return []


def _amount(chance: np.random.Generator) -> dict[str, Any]:
    dated = {} if chance.random() < 0.5 else {"as_of": str(chance.choice(["2016", "2019"]))}
    return {
        "id": "cost",
        "value": float(chance.integers(0, 5)),
        "unit": "EUR",
        "source": "https://example.org/",
        **dated,
    }


def _rules(chance: np.random.Generator, names: Sequence[str]) -> list[SetRule]:
    """One rule of each kind, some of them at a time; the size in most cases."""
    least = int(chance.integers(0, 3))
    two = chance.choice(names, 2, replace=False).tolist()
    every: list[dict[str, Any]] = [
        {"kind": "quota", "attribute": "kind", "value": "health", "at_least": least, "at_most": least + 1},
        {"kind": "quota", "attribute": "country", "value": "FR", "at_least": 1},
        {"kind": "different", "attribute": "country", "at_least": int(chance.integers(1, 4))},
        {"kind": "each", "attribute": str(chance.choice(["region", "country"])), "at_most": int(chance.integers(1, 3))},
        {"kind": "must", "candidates": two if chance.random() < 0.5 else two[:1]},
        {"kind": "must_not", "candidates": chance.choice(names, 1).tolist()},
        {"kind": "together", "candidates": chance.choice(names, 2, replace=False).tolist()},
        {"kind": "not_together", "candidates": chance.choice(names, 2, replace=False).tolist()},
        {"kind": "budget", "amount": "cost", "unit": "EUR", "at_most": float(chance.integers(0, 6))},
    ]
    chosen = [rule for rule in every if chance.random() < 0.3]
    if chance.random() < 0.8:
        start = int(chance.integers(0, 4))
        chosen.insert(0, {"kind": "size", "at_least": start, "at_most": start + int(chance.integers(0, 2))})
    return [rule_of({"id": f"rule_{place}", **rule}) for place, rule in enumerate(chosen)]


def admitted(given: Decision) -> list[Candidate]:
    """Candidates that did not fail the gate."""
    return [one for one in given.candidates if all(result.passed for result in one.gates)]


def sets_of(given: Decision) -> list[tuple[str, ...]]:
    """Every set of the candidates that passed the gate, the empty one included."""
    ids = [one.id for one in admitted(given)]
    return [members for size in range(len(ids) + 1) for members in itertools.combinations(ids, size)]


def keeps(given: Decision, rule: SetRule, ids: Sequence[str]) -> bool:
    """Whether a set keeps one rule."""
    inside = [one for one in given.candidates if one.id in ids]
    match rule:
        case SizeRule():
            return rule.at_least <= len(ids) <= (99 if rule.at_most is None else rule.at_most)
        case QuotaRule():
            number = sum(rule.value in _values(one, rule.attribute) for one in inside)
            return rule.at_least <= number <= (99 if rule.at_most is None else rule.at_most)
        case DifferentRule():
            return len({value for one in inside for value in _values(one, rule.attribute)}) >= rule.at_least
        case EachRule():
            every = [value for one in inside for value in _values(one, rule.attribute)]
            return all(every.count(value) <= rule.at_most for value in every)
        case NamesRule():
            there = [one in ids for one in rule.candidates]
            return all(there) if rule.kind == "must" else not any(there)
        case PairRule():
            both = sum(one in ids for one in rule.candidates)
            return both != 1 if rule.kind == "together" else both != 2
        case BudgetRule():
            known = {one.id: amount for one in admitted(given) if (amount := _known_amount(one)) is not None}
            assumed = max(known.values(), default=0.0) if rule.if_unknown is None else rule.if_unknown
            return sum(known.get(one.id, assumed) for one in inside) <= rule.at_most + TIE


def _values(one: Candidate, attribute: str) -> list[str]:
    return one.country.split("/") if attribute == "country" else [getattr(one, attribute)]


def _known_amount(one: Candidate) -> float | None:
    """The amount that is known on 31 May 2017."""
    return next((amount.value for amount in one.amounts if amount.as_of != "2019"), None)


def allowed(given: Decision, rules: Sequence[SetRule]) -> list[tuple[str, ...]]:
    """Every set that keeps all the rules; where none limits the size, at least one partner joins."""
    sized = any(isinstance(rule, SizeRule) for rule in rules)
    return [ids for ids in sets_of(given) if (ids or sized) and all(keeps(given, rule, ids) for rule in rules)]


def total(given: Decision, points: Mapping[str, float], ids: Sequence[str], places: int | None = None) -> float:
    """Total of a set of candidates with the members, criterion by criterion; with more places, some are empty."""
    weights = {one: points[one] / sum(points.values()) for one in points}
    own = [_own_values(given, one, weights) for one in given.candidates if one.id in ids]
    found = 0.0
    for one, weight in weights.items():
        if one == "areas":
            everyone = [each for each in (*given.candidates, *given.members) if each.id in ids or each in given.members]
            held = [max((_held(given, each, item) for each in everyone), default=0.0) for item in ITEMS]
            found += weight * sum(held) / len(ITEMS)
        elif own:
            values = [each[one] for each in own]
            found += (
                weight * {"mean": sum(values) / (places or len(values)), "sum": sum(values), "best": max(values)}[one]
            )
    return found


def _statements(one: Candidate, criterion: str) -> list[Evidence]:
    return [said for said in one.evidence if said.criterion == criterion]


def _assumed(given: Decision) -> float:
    return {"midpoint": 0.5, "worst": 0.0, "best": 1.0}[given.unknowns]


def _own_values(given: Decision, one: Candidate, weights: Mapping[str, float]) -> dict[str, float]:
    """Value of a candidate on each criterion; where one does not apply, its total over the others."""
    values: dict[str, float | None] = {}
    for criterion in weights:
        said = _statements(one, criterion)
        if any(each.status == "not_applicable" for each in said):
            values[criterion] = None
        elif not said or any(each.status == "refused" for each in said):
            values[criterion] = _assumed(given)
        elif criterion == "areas":
            values[criterion] = sum(_held(given, one, item) for item in ITEMS) / len(ITEMS)
        else:
            assert said[0].value is not None
            values[criterion] = said[0].value / 100
    applies = {criterion: weights[criterion] for criterion, value in values.items() if value is not None}
    whole = sum(applies.values())
    # Where no criterion with weight applies, the middle of the scale stands in.
    own = sum(weight * (values[each] or 0.0) for each, weight in applies.items()) / whole if whole else 0.5
    return {criterion: own if value is None else value for criterion, value in values.items()}


def _held(given: Decision, one: Candidate, item: str) -> float:
    """Share of the readers who say that somebody has an item; of a count, each item may be one of those counted."""
    said = _statements(one, "areas")
    if any(each.status == "not_applicable" for each in said):
        return 0.0
    counting = [each for each in said if not (each.items == () and each.possible)]
    if not counting:
        return _assumed(given)
    return sum(_held_by(each, item) for each in counting) / len(counting)


def _held_by(said: Evidence, item: str) -> float:
    if said.items is None:
        assert said.value is not None
        return said.value / len(ITEMS)
    return float(item in said.items)


def ranked(case: Case, rules: Sequence[SetRule] | None = None) -> list[tuple[tuple[str, ...], float]]:
    """All allowed sets with their totals, best first, equal ones in the order of their members."""
    given = case.rules if rules is None else rules
    found = [(ids, total(case.decision, case.points, ids)) for ids in allowed(case.decision, given)]
    return sorted(found, key=lambda each: (-round(each[1], 8), each[0]))
