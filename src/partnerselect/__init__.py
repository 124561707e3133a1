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
    from partnerselect.analysis.best_sets import BestSets, best_sets
    from partnerselect.analysis.combined import Combined, combine
    from partnerselect.analysis.entry import Entry, entry
    from partnerselect.analysis.equivalents import Equivalents, equivalents
    from partnerselect.analysis.evaluation import Evaluation, evaluate
    from partnerselect.analysis.extremes import Extremes, extremes
    from partnerselect.analysis.gaps import Gaps, gaps
    from partnerselect.analysis.import_preview import ImportPreview, import_preview
    from partnerselect.analysis.partners import partners
    from partnerselect.analysis.proposed_set import ProposedSet, proposed_set
    from partnerselect.analysis.robustness import Robustness, robustness
    from partnerselect.analysis.round_results import round_results
    from partnerselect.analysis.round_side import Side
    from partnerselect.analysis.rounds_compared import RoundComparison, compare_rounds
    from partnerselect.analysis.rule_prices import rule_prices
    from partnerselect.analysis.second_opinions import SecondOpinions, second_opinions
    from partnerselect.analysis.sensitivity import Sensitivity, sensitivity
    from partnerselect.analysis.set_question import SetQuestion, set_question
    from partnerselect.analysis.set_robustness import SetRobustness, set_robustness
    from partnerselect.analysis.set_rules import rules_in_force
    from partnerselect.analysis.set_verdict import SetVerdict, set_verdict
    from partnerselect.analysis.viewpoints import ViewpointComparison, compare_viewpoints
    from partnerselect.errors import InputError, Issue, PartnerSelectError, RoundsError, RulesError, WeightsError
    from partnerselect.files.imports.origin import Origin
    from partnerselect.files.imports.read import read_import
    from partnerselect.files.imports.write import apply_import
    from partnerselect.files.read import read_decision
    from partnerselect.model import Candidate, Criterion, Decision, Evidence, Goal, Viewpoint
    from partnerselect.model.imports import Import
    from partnerselect.reports.bundle import archive, report_files
    from partnerselect.reports.contents import ReportContents, report_contents
    from partnerselect.reports.template import template
    from partnerselect.rounds.draft import Draft
    from partnerselect.rounds.record import RoundContent, RoundRecord
    from partnerselect.rounds.store import Store, open_store

_HOMES = {
    "AskNext": "analysis.ask_next",
    "BestSets": "analysis.best_sets",
    "Candidate": "model",
    "Combined": "analysis.combined",
    "Criterion": "model",
    "Decision": "model",
    "Draft": "rounds.draft",
    "Entry": "analysis.entry",
    "Equivalents": "analysis.equivalents",
    "Evaluation": "analysis.evaluation",
    "Evidence": "model",
    "Extremes": "analysis.extremes",
    "Gaps": "analysis.gaps",
    "Goal": "model",
    "Import": "model.imports",
    "ImportPreview": "analysis.import_preview",
    "InputError": "errors",
    "Issue": "errors",
    "Origin": "files.imports.origin",
    "PartnerSelectError": "errors",
    "ProposedSet": "analysis.proposed_set",
    "ReportContents": "reports.contents",
    "Robustness": "analysis.robustness",
    "RoundComparison": "analysis.rounds_compared",
    "RoundContent": "rounds.record",
    "RoundRecord": "rounds.record",
    "RoundsError": "errors",
    "RulesError": "errors",
    "SecondOpinions": "analysis.second_opinions",
    "Sensitivity": "analysis.sensitivity",
    "SetQuestion": "analysis.set_question",
    "SetRobustness": "analysis.set_robustness",
    "SetVerdict": "analysis.set_verdict",
    "Side": "analysis.round_side",
    "Store": "rounds.store",
    "Viewpoint": "model",
    "ViewpointComparison": "analysis.viewpoints",
    "WeightsError": "errors",
    "apply_import": "files.imports.write",
    "archive": "reports.bundle",
    "ask_next": "analysis.ask_next",
    "best_sets": "analysis.best_sets",
    "combine": "analysis.combined",
    "compare_rounds": "analysis.rounds_compared",
    "compare_viewpoints": "analysis.viewpoints",
    "entry": "analysis.entry",
    "equivalents": "analysis.equivalents",
    "evaluate": "analysis.evaluation",
    "extremes": "analysis.extremes",
    "gaps": "analysis.gaps",
    "import_preview": "analysis.import_preview",
    "open_store": "rounds.store",
    "partners": "analysis.partners",
    "proposed_set": "analysis.proposed_set",
    "read_decision": "files.read",
    "read_import": "files.imports.read",
    "report_contents": "reports.contents",
    "report_files": "reports.bundle",
    "robustness": "analysis.robustness",
    "round_results": "analysis.round_results",
    "rule_prices": "analysis.rule_prices",
    "rules_in_force": "analysis.set_rules",
    "second_opinions": "analysis.second_opinions",
    "sensitivity": "analysis.sensitivity",
    "set_question": "analysis.set_question",
    "set_robustness": "analysis.set_robustness",
    "set_verdict": "analysis.set_verdict",
    "template": "reports.template",
}

__all__ = [
    "AskNext",
    "BestSets",
    "Candidate",
    "Combined",
    "Criterion",
    "Decision",
    "Draft",
    "Entry",
    "Equivalents",
    "Evaluation",
    "Evidence",
    "Extremes",
    "Gaps",
    "Goal",
    "Import",
    "ImportPreview",
    "InputError",
    "Issue",
    "Origin",
    "PartnerSelectError",
    "ProposedSet",
    "ReportContents",
    "Robustness",
    "RoundComparison",
    "RoundContent",
    "RoundRecord",
    "RoundsError",
    "RulesError",
    "SecondOpinions",
    "Sensitivity",
    "SetQuestion",
    "SetRobustness",
    "SetVerdict",
    "Side",
    "Store",
    "Viewpoint",
    "ViewpointComparison",
    "WeightsError",
    "apply_import",
    "archive",
    "ask_next",
    "best_sets",
    "combine",
    "compare_rounds",
    "compare_viewpoints",
    "entry",
    "equivalents",
    "evaluate",
    "extremes",
    "gaps",
    "import_preview",
    "open_store",
    "partners",
    "proposed_set",
    "read_decision",
    "read_import",
    "report_contents",
    "report_files",
    "robustness",
    "round_results",
    "rule_prices",
    "rules_in_force",
    "second_opinions",
    "sensitivity",
    "set_question",
    "set_robustness",
    "set_verdict",
    "template",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'partnerselect' has no attribute {name!r}")
    return getattr(import_module(f"partnerselect.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
