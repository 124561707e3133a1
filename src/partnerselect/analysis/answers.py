"""What methods of weighing share: their result, and what is wrong with an answer, in words."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis.swings import Family
from partnerselect.analysis.words import listed
from partnerselect.errors import WeightsError
from partnerselect.kernels.arrays import FloatArray

CONSISTENT = 0.10
"""Below this ratio answers count as consistent."""


@dataclass(frozen=True, slots=True)
class Mend:
    """The judgement that contradicts the others most: how many times as much `first` counts as `second`.

    `said` is what was said, `suggested` what would fit the other answers.
    """

    first: str
    second: str
    said: float
    suggested: float


@dataclass(frozen=True, eq=False)
class Elicited:
    """Points of siblings, as they follow from answers.

    Attributes
    ----------
    shares : Series
        Normalised weight of each id among its siblings; sum 1.
    points : Mapping
        The same as points: 100 for the largest, the others in proportion.
    consistency_ratio : float or None
        How far the answers contradict each other, 0 = not at all; None where a method asks nothing twice.
    sentence : str
        What the ratio means, and which answer to look at again; empty where there is nothing to say.
    mend : Mend or None
        For pairs that contradict each other.
    """

    shares: pd.Series[float]
    points: Mapping[str, float]
    consistency_ratio: float | None = None
    sentence: str = ""
    mend: Mend | None = None


def elicited(
    family: Family, shares: FloatArray, ratio: float | None = None, sentence: str = "", mend: Mend | None = None
) -> Elicited:
    """The result for normalised shares in the order of the family's members."""
    members = pd.Index(family.members, dtype=object)
    points = dict(zip(family.members, (100 * (shares / shares.max())).tolist(), strict=True))
    return Elicited(pd.Series(shares, index=members, name="share"), points, ratio, sentence, mend)


def refuse_incomplete(family: Family, named: Collection[str], what: str) -> None:
    """WeightsError for answers that miss a member, or name one that is not there; `what` names what is missing."""
    refuse_strangers(family, named)
    if missing := [one for one in family.members if one not in named]:
        raise WeightsError(f"There is no {what} yet for {titles(family, missing)}.")


def refuse_strangers(family: Family, named: Collection[str]) -> None:
    """WeightsError for an id that is no member."""
    if strangers := [one for one in named if one not in family.members]:
        raise WeightsError(f"There is no '{strangers[0]}' here; there are {', '.join(family.members)}.")


def titles(family: Family, members: Sequence[str]) -> str:
    """Titles of some members in a row."""
    return listed([family.title_of(one) for one in members])


def is_number(value: object) -> bool:
    """Whether a value is a finite number, and no truth value."""
    known = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return known and math.isfinite(float(value))  # type: ignore[arg-type]


def fitting(ratio: float) -> str:
    """What a small consistency ratio means."""
    return f"Your answers fit together (consistency ratio {ratio:.2f}; below {CONSISTENT:.2f} is fine)."


def contradicting(ratio: float) -> str:
    """What a large consistency ratio means."""
    return f"Some answers contradict each other (consistency ratio {ratio:.2f}; below {CONSISTENT:.2f} is fine)."
