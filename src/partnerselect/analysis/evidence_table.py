"""What is known of whom: the cells of the evidence matrix, one row each."""

from __future__ import annotations

import pandas as pd

from partnerselect.analysis.evidence import Performance, is_stale
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.model import Criterion, Decision


def evidence_table(decision: Decision) -> pd.DataFrame:
    """One row per organisation and criterion, candidates first, then members.

    Columns: candidate, name, role, criterion, title, goal (id), status, grade, age (years), undated, stale,
    low, best, high (criterion's unit), statement (in words), counted and set_aside (numbers of statements).
    """
    ranges = value_ranges(decision)
    goal_of = {criterion.id: goal.id for goal in decision.goals for criterion in goal.criteria}
    rows = [
        (
            candidate.id,
            candidate.name,
            candidate.role,
            criterion.id,
            criterion.title,
            goal_of[criterion.id],
            cell.status,
            cell.grade,
            cell.age,
            cell.undated,
            is_stale(cell, decision.doubt),
            cell.low,
            cell.best,
            cell.high,
            in_words(cell, criterion),
            len(cell.counted),
            len(cell.set_aside),
        )
        for candidate in (*decision.candidates, *decision.members)
        for criterion in decision.criteria
        for cell in (ranges.performances[candidate.id, criterion.id],)
    ]
    columns = ["candidate", "name", "role", "criterion", "title", "goal", "status", "grade", "age", "undated", "stale"]
    return pd.DataFrame(rows, columns=[*columns, "low", "best", "high", "statement", "counted", "set_aside"])


def in_words(cell: Performance, criterion: Criterion) -> str:
    """The performance of one cell as a reader would say it, such as ``247 companies (217 to 276)``."""
    if cell.status == "unknown":
        hints = any(one.reason.startswith("a hint") for one in cell.set_aside)
        return "unknown; hints only" if hints else "unknown"
    if cell.status != "known":
        return {"refused": "refused to say", "not_applicable": "does not apply"}[cell.status]
    assert cell.low is not None
    assert cell.best is not None
    assert cell.high is not None
    scale = criterion.scale
    best = f"{cell.best:.4g}"
    if scale.kind == "measured":
        best += f" {scale.unit}"
    elif scale.kind == "levels":
        best = f"level {best}"
    else:
        best += f" of {len(scale.items)}"
    return best if cell.low == cell.high else f"{best} ({cell.low:.3g} to {cell.high:.3g})"
