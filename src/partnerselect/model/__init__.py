"""The domain, frozen: what a consortium wants, whom it could take in, and what is known of them.

The same models validate the files, print their JSON Schema and stand in memory, so there is one
description of a decision. Nothing here reads a file or computes a total.
"""

from partnerselect.model.criteria import Combine, Criterion, Doubt, Gate, Goal, Thresholds, Viewpoint
from partnerselect.model.decision import Criteria, Decision
from partnerselect.model.organisations import Amount, Candidate, Evidence, Fact, GateResult, Location
from partnerselect.model.scales import Item, ItemsScale, Level, LevelsScale, MeasuredScale, Scale, ValueFunction
from partnerselect.model.set_rules import (
    Attribute,
    BudgetRule,
    DifferentRule,
    EachRule,
    NamesRule,
    PairRule,
    QuotaRule,
    SetRule,
    SizeRule,
    subject,
)
from partnerselect.model.types import Basis, Day, Frozen, Grade, Unknowns

__all__ = [
    "Amount",
    "Attribute",
    "Basis",
    "BudgetRule",
    "Candidate",
    "Combine",
    "Criteria",
    "Criterion",
    "Day",
    "Decision",
    "DifferentRule",
    "Doubt",
    "EachRule",
    "Evidence",
    "Fact",
    "Frozen",
    "Gate",
    "GateResult",
    "Goal",
    "Grade",
    "Item",
    "ItemsScale",
    "Level",
    "LevelsScale",
    "Location",
    "MeasuredScale",
    "NamesRule",
    "PairRule",
    "QuotaRule",
    "Scale",
    "SetRule",
    "SizeRule",
    "Thresholds",
    "Unknowns",
    "ValueFunction",
    "Viewpoint",
    "subject",
]
