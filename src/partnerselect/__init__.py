"""PartnerSelect: from a longlist of candidate partners to a set that a consortium can defend.

>>> import partnerselect as ps
>>> decision = ps.read_decision("criteria/photonics-for-health.yaml", "candidates/photonics-for-health")
>>> ps.evaluate(decision, "health_first").ranking  # doctest: +SKIP

Names are loaded when first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerselect.analysis.evaluation import Evaluation, evaluate
    from partnerselect.errors import InputError, Issue, PartnerSelectError, RulesError, WeightsError
    from partnerselect.files.read import read_decision
    from partnerselect.model import Candidate, Criterion, Decision, Evidence, Goal, Viewpoint

_HOMES = {
    "Candidate": "model",
    "Criterion": "model",
    "Decision": "model",
    "Evaluation": "analysis.evaluation",
    "Evidence": "model",
    "Goal": "model",
    "InputError": "errors",
    "Issue": "errors",
    "PartnerSelectError": "errors",
    "RulesError": "errors",
    "Viewpoint": "model",
    "WeightsError": "errors",
    "evaluate": "analysis.evaluation",
    "read_decision": "files.read",
}

__all__ = [
    "Candidate",
    "Criterion",
    "Decision",
    "Evaluation",
    "Evidence",
    "Goal",
    "InputError",
    "Issue",
    "PartnerSelectError",
    "RulesError",
    "Viewpoint",
    "WeightsError",
    "evaluate",
    "read_decision",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'partnerselect' has no attribute {name!r}")
    return getattr(import_module(f"partnerselect.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
