"""Points to weights: each criterion's share of its goal, times its goal's share of all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from partnerselect.errors import WeightsError
from partnerselect.kernels.arrays import FloatArray
from partnerselect.model import Criteria, Goal, Viewpoint


@dataclass(frozen=True, slots=True)
class Weights:
    """Points as given, completed, and the normalised weights that follow from them.

    Attributes
    ----------
    points : Mapping
        Points of every goal and criterion id.
    goals : dict
        Normalised weight of each goal; sum 1. A goal whose criteria all have 0 points counts nothing.
    leaves : ndarray of shape (n_criteria,)
        Normalised weight of each criterion, in the order of the tree; sum 1.
    """

    points: Mapping[str, float]
    goals: Mapping[str, float]
    leaves: FloatArray


def normalised(decision: Criteria, weights: str | Viewpoint | Mapping[str, float]) -> Weights:
    """Weights from a viewpoint, from its id or title, or from points by id.

    In a mapping, siblings of which none is named share equally; where some are named, the others count 0.

    Raises
    ------
    WeightsError
        For an unknown viewpoint or id, points that are negative or not a finite number, or nothing above zero.
    """
    points = completed(decision, _points(decision, weights))
    by_goal = {goal.id: _shares([points[criterion.id] for criterion in goal.criteria]) for goal in decision.goals}
    counting = [points[goal.id] if sum(by_goal[goal.id]) > 0 else 0.0 for goal in decision.goals]
    goal_shares = _shares(counting)
    if sum(goal_shares) == 0:
        raise WeightsError("All points are at zero: raise at least one goal and one of its criteria.")
    leaves = [
        goal_share * share
        for goal, goal_share in zip(decision.goals, goal_shares, strict=True)
        for share in by_goal[goal.id]
    ]
    return Weights(points, {g.id: s for g, s in zip(decision.goals, goal_shares, strict=True)}, np.array(leaves))


def completed(decision: Criteria, points: Mapping[str, float]) -> dict[str, float]:
    """Points for every id of the tree; siblings of which none is named share equally, else the unnamed count 0."""
    full: dict[str, float] = {}
    families: list[Sequence[str]] = [[goal.id for goal in decision.goals]]
    families += [_leaf_ids(goal) for goal in decision.goals]
    for family in families:
        unnamed = 0.0 if any(one in points for one in family) else 50.0
        full |= {one: float(points.get(one, unnamed)) for one in family}
    return {one: full[one] for one in decision.ids()}


def viewpoint_named(decision: Criteria, name: str) -> Viewpoint:
    """The viewpoint with this id or title (case does not matter); WeightsError lists those there are."""
    for viewpoint in decision.viewpoints:
        if name.casefold() in (viewpoint.id, viewpoint.title.casefold()):
            return viewpoint
    known = ", ".join(viewpoint.id for viewpoint in decision.viewpoints)
    raise WeightsError(f"There is no viewpoint '{name}'; viewpoints are {known}.")


def _points(decision: Criteria, weights: str | Viewpoint | Mapping[str, float]) -> Mapping[str, float]:
    if isinstance(weights, str):
        return viewpoint_named(decision, weights).points
    points = weights.points if isinstance(weights, Viewpoint) else weights
    known = set(decision.ids())
    problems = [f"there is no goal or criterion '{one}'" for one in points if one not in known]
    problems += [
        f"the points of {one} are {value!r}; points are numbers from 0 upwards"
        for one, value in points.items()
        if not _is_amount(value)
    ]
    if problems:
        raise WeightsError(f"{'; '.join(problems)}. Ids are {', '.join(decision.ids())}.")
    return points


def _is_amount(value: object) -> bool:
    """Whether a value can be points: a number, not a truth value, finite, not negative."""
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return is_number and math.isfinite(float(value)) and float(value) >= 0  # type: ignore[arg-type]


def _leaf_ids(goal: Goal) -> list[str]:
    return [criterion.id for criterion in goal.criteria]


def _shares(points: Sequence[float]) -> list[float]:
    total = math.fsum(points)
    return [value / total if total > 0 else 0.0 for value in points]
