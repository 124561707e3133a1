"""The domain, frozen: what a consortium wants, whom it could take in, and what is known of them.

The same models validate the files, print their JSON Schema and stand in memory, so there is one
description of a decision. Nothing here reads a file or computes a total.
"""

from partnerselect.model.criteria import Criterion, Doubt, Gate, Goal, Quota, SetRules, Thresholds, Viewpoint
from partnerselect.model.decision import Criteria, Decision
from partnerselect.model.organisations import Candidate, Evidence, Fact, GateResult
from partnerselect.model.scales import Item, ItemsScale, Level, LevelsScale, MeasuredScale, Scale, ValueFunction
from partnerselect.model.types import Basis, Day, Frozen, Grade, Unknowns

__all__ = [
    "Basis",
    "Candidate",
    "Criteria",
    "Criterion",
    "Day",
    "Decision",
    "Doubt",
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
    "MeasuredScale",
    "Quota",
    "Scale",
    "SetRules",
    "Thresholds",
    "Unknowns",
    "ValueFunction",
    "Viewpoint",
]
