"""Weights as changes that are worth the same: what everybody can check who knows the subject and no method."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from partnerselect.analysis.changes import in_words, middle, step, value, worth_more
from partnerselect.analysis.swings import best, swing, worst
from partnerselect.analysis.weights import normalised
from partnerselect.analysis.words import listed
from partnerselect.errors import WeightsError
from partnerselect.model import Criteria, Criterion, Viewpoint


@dataclass(frozen=True, eq=False)
class Equivalents:
    """What a change on each criterion is worth, told as a change on one of them, the yardstick.

    Attributes
    ----------
    yardstick : str
        Id of the criterion that the others are compared with.
    changes : DataFrame
        Per other criterion id with a weight above 0, heaviest first: title, start and end of its change (in its own
        unit), worth (points of 100), yardstick_start and yardstick_end (in the yardstick's unit; NaN where no change
        there is worth as much) and sentence.
    note : str
        Which criteria are worth nothing at these weights; empty where there is none.
    """

    yardstick: str
    changes: pd.DataFrame
    note: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """“… is worth the same to you as …”, heaviest criterion first."""
        return tuple(self.changes["sentence"])


def equivalents(
    decision: Criteria, weights: str | Viewpoint | Mapping[str, float], yardstick: str | None = None
) -> Equivalents:
    """Tell weights as changes that are worth the same to whoever set them.

    Every change starts in the middle of its scale: at the breakpoint with the value nearest to 0.5, half way where
    there is none. It goes one level or item up, or by a round amount that is worth at most a fifth of the scale. The
    change on the yardstick that is worth the same follows from its value function, whatever its shape; where the rest
    of its scale is not enough, it starts from the worst end.

    Parameters
    ----------
    decision : Criteria
    weights : viewpoint, its id or title, or points by id
    yardstick : str, optional
        Id of a criterion with a weight above 0; None = the measured one with the longest scale in
        its unit, which tells small changes apart; else the heaviest.

    Raises
    ------
    WeightsError
        When the weights cannot be used, or the yardstick is unknown or counts nothing.

    References
    ----------
    Keeney & Raiffa (1976), Decisions with Multiple Objectives, chapter 3: trade-offs.
    """
    leaves = normalised(decision, weights).leaves
    weight_of = {criterion.id: float(weight) for criterion, weight in zip(decision.criteria, leaves, strict=True)}
    by_weight = sorted(decision.criteria, key=lambda criterion: -weight_of[criterion.id])
    counting = [criterion for criterion in by_weight if weight_of[criterion.id] > 0]
    against = _yardstick(counting, yardstick)
    rows = [
        _row(criterion, weight_of[criterion.id], against, weight_of[against.id])
        for criterion in counting
        if criterion is not against and operator.ne(*step(criterion))
    ]
    columns = ["criterion", "title", "start", "end", "worth", "yardstick_start", "yardstick_end", "sentence"]
    nothing = [criterion.title for criterion in decision.criteria if weight_of[criterion.id] == 0]
    return Equivalents(
        yardstick=against.id,
        changes=pd.DataFrame(rows, columns=columns).set_index("criterion"),
        note=f"At these weights no change on {listed(nothing)} is worth anything." if nothing else "",
    )


def _yardstick(counting: list[Criterion], asked: str | None) -> Criterion:
    if asked is None:
        measured = [one for one in counting if one.scale.kind == "measured"]
        return max(measured, key=lambda one: abs(best(one) - worst(one)), default=counting[0])
    known = {one.id: one for one in counting}
    if asked not in known:
        raise WeightsError(f"'{asked}' has no weight to compare with; these have: {', '.join(known)}.")
    return known[asked]


def _row(criterion: Criterion, weight: float, against: Criterion, weight_against: float) -> tuple[object, ...]:
    start, end = step(criterion)
    worth = weight * (value(criterion, end) - value(criterion, start))
    change = in_words(criterion, start, end)
    for origin in (middle(against), worst(against)):
        met = worth_more(against, origin, worth / weight_against)
        if met is not None:
            told = f"{change} is worth the same to you as {in_words(against, origin, met)}"
            break
    else:
        origin = met = math.nan
        told = f"no change on {against.title} makes up for {change}: the whole swing {swing(against)} is worth less"
    return criterion.id, criterion.title, start, end, 100 * worth, origin, met, f"{told[0].upper()}{told[1:]}."
