"""Viewpoints combined by voting power: one set of points for the group."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis.answers import is_number
from partnerselect.analysis.weights import normalised, viewpoint_named
from partnerselect.analysis.weights_words import heaviest
from partnerselect.analysis.words import listed
from partnerselect.errors import WeightsError
from partnerselect.kernels import group
from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.shares import shares
from partnerselect.model import Criteria

KINDS = ("arithmetic", "geometric")


@dataclass(frozen=True, eq=False)
class Combined:
    """One set of points for several viewpoints.

    Attributes
    ----------
    points : Mapping
        Points of every goal and criterion id, the largest among siblings 100; `normalised(decision, points)` gives
        `weights` again.
    weights : Series
        Normalised weight of each criterion; sum 1.
    power : Series
        Normalised voting power of each viewpoint id that has any, as given; sum 1.
    sentence : str
        Whose say it is, and what weighs most.
    """

    points: Mapping[str, float]
    weights: pd.Series[float]
    power: pd.Series[float]
    sentence: str


def combine(decision: Criteria, powers: Mapping[str, float], kind: str = "arithmetic") -> Combined:
    """Combine viewpoints by voting power.

    Parameters
    ----------
    decision : Criteria
    powers : Mapping
        Voting power of each viewpoint by id or title, 0 or more; who is not named has none.
    kind : str
        "arithmetic": the mean of the weights of each criterion. "geometric": the mean of their ratios; a criterion
        that anyone with power gives nothing gets nothing.

    Raises
    ------
    WeightsError
        When a viewpoint or the kind is unknown, a power is negative or no finite number, nobody has any, or no
        criterion keeps a weight.

    References
    ----------
    Forman & Peniwati (1998), Aggregating individual judgments and priorities with the analytic hierarchy process,
    EJOR 108(1).
    """
    if kind not in KINDS:
        raise WeightsError(f"There is no kind '{kind}'; there are {' and '.join(KINDS)}.")
    power = _power(decision, powers)
    by_id = {viewpoint.id: viewpoint for viewpoint in decision.viewpoints}
    table = np.array([normalised(decision, by_id[str(one)]).leaves for one in power.index])
    if kind == "geometric" and not (table > 0).all(axis=0).any():
        raise WeightsError(
            "No criterion has weight in all of these viewpoints, so nothing is left of their geometric mean: "
            "take the arithmetic one."
        )
    leaves = group.mean_weights(table, power.to_numpy(), kind)
    weights = pd.Series(
        leaves, index=pd.Index([criterion.id for criterion in decision.criteria], name="criterion"), name="weight"
    )
    return Combined(_points(decision, leaves), weights, power, _sentence(decision, weights, power))


def _power(decision: Criteria, powers: Mapping[str, float]) -> pd.Series[float]:
    by_id = {viewpoint.id: viewpoint for viewpoint in decision.viewpoints}
    given: dict[str, float] = {}
    for name, amount in powers.items():
        viewpoint = by_id.get(name) or viewpoint_named(decision, name)
        if not is_number(amount) or amount < 0:
            raise WeightsError(
                f"The voting power of {viewpoint.title} is {amount!r}; it takes a number from 0 upwards."
            )
        if viewpoint.id in given:
            raise WeightsError(f"{viewpoint.title} is given voting power twice.")
        given[viewpoint.id] = float(amount)
    having = {one: amount for one, amount in given.items() if amount > 0}
    if not having:
        raise WeightsError("Nobody has any voting power: give at least one viewpoint more than 0.")
    index = pd.Index(having, name="viewpoint", dtype=object)
    return pd.Series(shares("power", list(having.values())), index=index, name="power")


def _points(decision: Criteria, leaves: FloatArray) -> dict[str, float]:
    """Points that normalise to these weights; inside a goal without weight all count the same."""
    weight_of = dict(zip((criterion.id for criterion in decision.criteria), leaves.tolist(), strict=True))
    of_goals = {goal.id: math.fsum(weight_of[one.id] for one in goal.criteria) for goal in decision.goals}
    heaviest = max(of_goals.values())
    points: dict[str, float] = {}
    for goal in decision.goals:
        points[goal.id] = 100 * (of_goals[goal.id] / heaviest)
        top = max(weight_of[one.id] for one in goal.criteria)
        points |= {one.id: 100 * (weight_of[one.id] / top) if top > 0 else 50.0 for one in goal.criteria}
    return points


def _sentence(decision: Criteria, weights: pd.Series[float], power: pd.Series[float]) -> str:
    titles = {viewpoint.id: viewpoint.title for viewpoint in decision.viewpoints}
    if len(power) == 1:
        whose = f"All the say lies with {titles[str(power.index[0])]}"
    elif np.allclose(power, power.iloc[0], rtol=0, atol=1e-9):
        whose = f"Equal say for {listed([titles[str(one)] for one in power.index])}"
    else:
        told = [f"{titles[str(one)]} {100 * share:.0f} %" for one, share in power.items()]
        whose = f"The say is shared as {listed(told)}"
    return f"{whose}. Most weight then lies on {heaviest(decision, weights)}."
