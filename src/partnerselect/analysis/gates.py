"""Gates: the pass/fail rules before any scoring."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from partnerselect.model import Candidate, Criteria, Decision, Gate, GateResult
from partnerselect.partial_dates import first_day

Outcome = Literal["passed", "failed", "unchecked"]


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """One gate for one candidate; `result` is what somebody recorded, None where it checks itself or nobody did."""

    gate: Gate
    outcome: Outcome
    result: GateResult | None = None


def outcomes(decision: Criteria, candidate: Candidate) -> tuple[GateOutcome, ...]:
    """Every gate for one candidate, on the decision's as-of date; a recorded result overrides the attribute."""
    return tuple(_outcome(decision, candidate, gate) for gate in decision.gates)


def screened(decision: Decision) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Candidates that failed no gate, and those that failed one; unchecked gates keep a candidate in.

    Gates that are switched off keep nobody out.
    """
    failed = {
        candidate.id
        for candidate in decision.candidates
        if any(one.outcome == "failed" and one.gate.active for one in outcomes(decision, candidate))
    }
    admitted = tuple(candidate for candidate in decision.candidates if candidate.id not in failed)
    return admitted, tuple(candidate for candidate in decision.candidates if candidate.id in failed)


def with_gates(decision: Decision, on: Collection[str] = (), off: Collection[str] = ()) -> Decision:
    """The decision with some gates (ids) switched on or off; itself where that changes nothing."""
    gates = tuple(
        gate.model_copy(update={"active": (gate.active or gate.id in on) and gate.id not in off})
        for gate in decision.gates
    )
    return decision if gates == decision.gates else decision.model_copy(update={"gates": gates})


def _outcome(decision: Criteria, candidate: Candidate, gate: Gate) -> GateOutcome:
    known = [
        result
        for result in candidate.gates
        if result.gate == gate.id and (result.as_of is None or first_day(result.as_of) <= decision.as_of)
    ]
    if known:
        newest = max(known, key=lambda result: result.as_of or "")
        return GateOutcome(gate, "passed" if newest.passed else "failed", newest)
    if gate.attribute is None:
        return GateOutcome(gate, "unchecked")
    held = candidate.country.split("/") if gate.attribute == "country" else [candidate.kind]
    return GateOutcome(gate, "passed" if set(held) <= set(gate.one_of) else "failed")


def gate_counts(decision: Decision) -> tuple[dict[Outcome, int], ...]:
    """For each gate, how many candidates passed it, failed it, or were never checked."""
    by_candidate = [outcomes(decision, candidate) for candidate in decision.candidates]
    return tuple(
        {told: sum(row[index].outcome == told for row in by_candidate) for told in ("passed", "failed", "unchecked")}
        for index in range(len(decision.gates))
    )
