"""Points of siblings from points given directly, from swings, or from an order of importance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from partnerselect.analysis.answers import (
    Elicited,
    elicited,
    is_number,
    refuse_incomplete,
    refuse_strangers,
    titles,
)
from partnerselect.analysis.swings import Family
from partnerselect.errors import WeightsError
from partnerselect.kernels import elicitation
from partnerselect.kernels.arrays import FloatArray

FORMULAS: Mapping[str, Callable[[int], FloatArray]] = {
    "centroid": elicitation.rank_order_centroid,
    "sum": elicitation.rank_sum,
    "reciprocal": elicitation.rank_reciprocal,
}
"""How an order becomes weights."""


def by_points(family: Family, points: Mapping[str, float]) -> Elicited:
    """Points given directly.

    Parameters
    ----------
    family : Family
    points : Mapping
        0 to 100 for every member.

    Raises
    ------
    WeightsError
        When a member is missing or unknown, a number is none or out of range, or all are 0.
    """
    refuse_incomplete(family, points, "number of points")
    for one, given in points.items():
        if not (is_number(given) and 0 <= given <= 100):
            raise WeightsError(f"The points of {family.title_of(one)} are {given!r}; points are numbers from 0 to 100.")
    if not any(points.values()):
        raise WeightsError("All points are at zero: give at least one more than 0.")
    return elicited(family, elicitation.swing([points[one] for one in family.members]))


def by_swing(family: Family, first: str, compared: Mapping[str, float]) -> Elicited:
    """Swing weights: which move from worst to best matters most, and how much the others matter beside it.

    Parameters
    ----------
    family : Family
    first : str
        The member whose move from worst to best comes first; it has 100.
    compared : Mapping
        0 to 100 for the move of every other member.

    Raises
    ------
    WeightsError
        When a member is missing or unknown, or a number is none or out of range.

    References
    ----------
    von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, section 8.2.
    """
    refuse_strangers(family, [first])
    return by_points(family, {**compared, first: 100.0})


def by_order(family: Family, order: Sequence[str], formula: str = "centroid") -> Elicited:
    """An order of importance, made into weights.

    Parameters
    ----------
    family : Family
    order : sequence of str
        Every member once, most important first.
    formula : str
        "centroid" (rank-order centroid), "sum" or "reciprocal".

    Raises
    ------
    WeightsError
        When a member is missing, unknown or named twice, or there is no such formula.

    References
    ----------
    Barron & Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11).
    """
    refuse_incomplete(family, order, "place")
    if twice := [one for one in family.members if list(order).count(one) > 1]:
        raise WeightsError(f"The order names {titles(family, twice)} twice.")
    if formula not in FORMULAS:
        raise WeightsError(f"There is no formula '{formula}'; there are {', '.join(FORMULAS)}.")
    by_id = dict(zip(order, FORMULAS[formula](len(order)).tolist(), strict=True))
    return elicited(family, np.array([by_id[one] for one in family.members]))
