"""Which weights are plausible: a region around today's weights, between the viewpoints, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np

from partnerselect.analysis.weights import Weights, normalised
from partnerselect.errors import WeightsError
from partnerselect.kernels import regions
from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.tiers import tiers
from partnerselect.model import Criteria

RegionName: TypeAlias = Literal["any", "near", "viewpoints", "order"]


@dataclass(frozen=True)
class Plausible:
    """A region of weights, and what it is in words that end a sentence: “under any weights”."""

    region: regions.Region
    words: str


def plausible(decision: Criteria, weights: Weights, name: RegionName, plus_minus: float | None = None) -> Plausible:
    """The region of weights with this name.

    Parameters
    ----------
    decision : Criteria
    weights : Weights
        Today's.
    name : str
        "any": all weights. "near": today's weight of each criterion plus or minus `plus_minus`. "viewpoints":
        every mixture of the viewpoints. "order": all weights that keep today's order of importance; criteria
        that weigh the same today may change places.
    plus_minus : float, optional
        Share of all weight, 0..1; without it, what the decision's thresholds call near.

    Raises
    ------
    WeightsError
        For an unknown name, or a plus_minus outside 0..1.
    """
    near = decision.verdict.near if plus_minus is None else plus_minus
    if not 0 <= near <= 1:
        raise WeightsError(f"plus_minus is {near}; it is a share of all weight, from 0 to 1.")
    count = len(weights.leaves)
    if name == "any":
        return Plausible(regions.simplex(count), "under any weights")
    if name == "near":
        return Plausible(
            regions.box(weights.leaves, near), f"within ±{100 * near:.3g} percentage points of today's weights"
        )
    if name == "viewpoints":
        corners = np.array([normalised(decision, viewpoint).leaves for viewpoint in decision.viewpoints])
        words = f"under every mixture of the {len(corners)} viewpoints" if len(corners) > 1 else "under the viewpoint"
        return Plausible(regions.hull(corners), words)
    if name == "order":
        return Plausible(_in_order(weights.leaves), "under all weights that keep today's order of importance")
    raise WeightsError(f"There is no region '{name}'; regions are {', '.join(get_args(RegionName))}.")


def _in_order(leaves: FloatArray) -> regions.Region:
    """The order of the weights; criteria that weigh the same share a tier."""
    levels = np.unique(leaves.round(12))[::-1]
    return tiers([np.flatnonzero(leaves.round(12) == level).tolist() for level in levels])
