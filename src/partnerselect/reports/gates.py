"""The gates in words: who failed them, and for how many candidates nobody has checked them."""

from __future__ import annotations

from partnerselect.analysis.gates import gate_counts, outcomes
from partnerselect.analysis.words import listed, sentence
from partnerselect.model import Decision
from partnerselect.reports.words import line

GATES_LEAD = "Before any scoring, candidates that fail one of these gates are left out; unchecked ones stay in:"
"""What stands before `gates_told`."""


def gates_told(decision: Decision) -> tuple[str, ...]:
    """Each gate with its rule, the names of those who failed it, and the number of those who were not checked."""
    failed: dict[str, list[str]] = {gate.id: [] for gate in decision.gates}
    for candidate in decision.candidates:
        for one in outcomes(decision, candidate):
            if one.outcome == "failed":
                failed[one.gate.id].append(candidate.name)
    told = []
    for gate, counts in zip(decision.gates, gate_counts(decision), strict=True):
        rule = sentence(f"{gate.title}: {line(gate.rule)}{'' if gate.active else ' (switched off)'}")
        who = f"Failed: {listed(failed[gate.id]) if failed[gate.id] else 'nobody'}"
        unchecked = f"; not checked: {counts['unchecked']}" if counts["unchecked"] else ""
        told.append(f"{rule} {sentence(who + unchecked)}")
    return tuple(told)
