"""What the live ranking needs in the browser: the same arrays and seeds that Python evaluates."""

from __future__ import annotations

import base64

import numpy as np

from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.value_ranges import DRAWS, value_ranges
from partnerselect.charts.theme import goal_colors
from partnerselect.model import Decision
from partnerselect.ui.state import View

_LETTER = {"known": "k", "unknown": "u", "refused": "r", "not_applicable": "n"}


def ranking_data(view: View) -> dict[str, object]:
    """The component's data: the decision as arrays, and the points in force."""
    decision = view.decision
    ranges = value_ranges(decision)
    return {
        **_tree(decision),
        "candidates": [
            {"id": one.id, "name": one.name, "kind": one.kind, "country": one.country} for one in ranges.candidates
        ],
        "low": _base64(ranges.low.astype("<f8")),
        "best": _base64(ranges.best.astype("<f8")),
        "high": _base64(ranges.high.astype("<f8")),
        "state": ["".join(_LETTER[cell] for cell in row) for row in ranges.status],
        "seeds": _base64(ranges.seeds.astype("<u4")),
        "draws": DRAWS,
        "viewpoints": [{"id": one.id, "title": one.title, "points": dict(one.points)} for one in decision.viewpoints],
        "points": dict(view.points),
        "viewpoint": view.viewpoint,
        "base": view.base,
        "revision": view.revision,
        "chosen": list(view.record.chosen if view.record is not None else _best_set(view)),
        "locked": view.locked,
        "colors": {
            "light": goal_colors(len(decision.goals)),
            "dark": goal_colors(len(decision.goals), dark=True),
        },
    }


def _best_set(view: View) -> tuple[str, ...]:
    """Ids of the best set under the rules in force; empty where no set is allowed, or nobody ranks."""
    question = set_question(view.decision, view.points, view.rules)
    found = question.best(question.rules.kernel)
    return question.ids(found[0].members) if found else ()


def _base64(array: np.ndarray) -> str:
    return base64.b64encode(array.tobytes()).decode("ascii")


def _tree(decision: Decision) -> dict[str, object]:
    column = {criterion.id: index for index, criterion in enumerate(decision.criteria)}
    return {
        "goals": [
            {"id": goal.id, "title": goal.title, "criteria": [column[one.id] for one in goal.criteria]}
            for goal in decision.goals
        ],
        "criteria": [
            {"id": one.id, "title": one.title, "goal": index, "question": one.question}
            for index, goal in enumerate(decision.goals)
            for one in goal.criteria
        ],
    }
