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
    from partnerselect.analysis.ask_next import AskNext, ask_next
    from partnerselect.analysis.combined import Combined, combine
    from partnerselect.analysis.entry import Entry, entry
    from partnerselect.analysis.equivalents import Equivalents, equivalents
    from partnerselect.analysis.evaluation import Evaluation, evaluate
    from partnerselect.analysis.extremes import Extremes, extremes
    from partnerselect.analysis.robustness import Robustness, robustness
    from partnerselect.analysis.second_opinions import SecondOpinions, second_opinions
    from partnerselect.analysis.sensitivity import Sensitivity, sensitivity
    from partnerselect.analysis.viewpoints import ViewpointComparison, compare_viewpoints
    from partnerselect.errors import InputError, Issue, PartnerSelectError, RulesError, WeightsError
    from partnerselect.files.read import read_decision
    from partnerselect.model import Candidate, Criterion, Decision, Evidence, Goal, Viewpoint

_HOMES = {
    "AskNext": "analysis.ask_next",
    "Candidate": "model",
    "Combined": "analysis.combined",
    "Criterion": "model",
    "Decision": "model",
    "Entry": "analysis.entry",
    "Equivalents": "analysis.equivalents",
    "Evaluation": "analysis.evaluation",
    "Evidence": "model",
    "Extremes": "analysis.extremes",
    "Goal": "model",
    "InputError": "errors",
    "Issue": "errors",
    "PartnerSelectError": "errors",
    "Robustness": "analysis.robustness",
    "RulesError": "errors",
    "SecondOpinions": "analysis.second_opinions",
    "Sensitivity": "analysis.sensitivity",
    "Viewpoint": "model",
    "ViewpointComparison": "analysis.viewpoints",
    "WeightsError": "errors",
    "ask_next": "analysis.ask_next",
    "combine": "analysis.combined",
    "compare_viewpoints": "analysis.viewpoints",
    "entry": "analysis.entry",
    "equivalents": "analysis.equivalents",
    "evaluate": "analysis.evaluation",
    "extremes": "analysis.extremes",
    "read_decision": "files.read",
    "robustness": "analysis.robustness",
    "second_opinions": "analysis.second_opinions",
    "sensitivity": "analysis.sensitivity",
}

__all__ = [
    "AskNext",
    "Candidate",
    "Combined",
    "Criterion",
    "Decision",
    "Entry",
    "Equivalents",
    "Evaluation",
    "Evidence",
    "Extremes",
    "Goal",
    "InputError",
    "Issue",
    "PartnerSelectError",
    "Robustness",
    "RulesError",
    "SecondOpinions",
    "Sensitivity",
    "Viewpoint",
    "ViewpointComparison",
    "WeightsError",
    "ask_next",
    "combine",
    "compare_viewpoints",
    "entry",
    "equivalents",
    "evaluate",
    "extremes",
    "read_decision",
    "robustness",
    "second_opinions",
    "sensitivity",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'partnerselect' has no attribute {name!r}")
    return getattr(import_module(f"partnerselect.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
