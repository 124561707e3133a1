"""Weights in a sentence."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from partnerselect.analysis.words import listed
from partnerselect.kernels.arrays import TIE
from partnerselect.model import Criteria

_NAMED = 3


def heaviest(decision: Criteria, weights: pd.Series[float]) -> str:
    """What weighs most, as the end of a sentence; those that weigh the same are told together.

    Parameters
    ----------
    decision : Criteria
    weights : Series
        Normalised weight of each criterion id.
    """
    titles = {criterion.id: criterion.title for criterion in decision.criteria}
    in_order = weights.sort_values(ascending=False, kind="stable")
    alike = [list(group) for _, group in groupby(in_order.items(), key=lambda one: round(one[1] / TIE))]
    told: list[str] = []
    named = 0
    for group in alike:
        if told and named + len(group) > _NAMED:
            break
        named += len(group)
        share = f"{100 * group[0][1]:.1f} %"
        each = f"({share} each)" if len(group) > 1 else f"({share})"
        if len(group) == len(weights) > 1:
            return f"all {len(group)} criteria alike {each}"
        who = listed([titles[str(one)] for one, _ in group]) if len(group) <= _NAMED else f"{len(group)} criteria"
        told.append(f"{who} {each}")
    return ", then on ".join(told)
