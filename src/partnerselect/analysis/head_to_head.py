"""Two candidates side by side: where the difference between their totals comes from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from partnerselect.analysis.evaluation import Evaluation
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.model import Decision


@dataclass(frozen=True, eq=False)
class HeadToHead:
    """The difference between two totals, criterion by criterion.

    Attributes
    ----------
    sentence : str
        Who is ahead, by how much, and through what.
    first, second : str
        Names of the two.
    differences : DataFrame
        Per criterion id: title, goal (id), weight, first and second (contributions in points of 100, NaN
        where not applicable), difference (first minus second; sums to the difference of the totals) and
        certain (False where an unknown value stands behind it).
    """

    sentence: str
    first: str
    second: str
    differences: pd.DataFrame


def head_to_head(decision: Decision, evaluation: Evaluation, first: str, second: str) -> HeadToHead:
    """Compare two ranked candidates by id; KeyError when one is not ranked."""
    ranges = value_ranges(decision)
    row = {candidate.id: index for index, candidate in enumerate(ranges.candidates)}
    names = {candidate.id: candidate.name for candidate in ranges.candidates}
    goal_of = {criterion.id: goal.id for goal in decision.goals for criterion in goal.criteria}
    left, right = (100 * evaluation.contributions.loc[candidate] for candidate in (first, second))
    differences = pd.DataFrame(
        {
            "title": [criterion.title for criterion in ranges.criteria],
            "goal": [goal_of[criterion.id] for criterion in ranges.criteria],
            "weight": evaluation.weights,
            "first": left,
            "second": right,
            "difference": left.fillna(0.0) - right.fillna(0.0),
            "certain": ranges.known[row[first]] & ranges.known[row[second]],
        }
    )
    return HeadToHead(_sentence(differences, names[first], names[second]), names[first], names[second], differences)


def _sentence(differences: pd.DataFrame, first: str, second: str) -> str:
    gap = float(differences["difference"].sum())
    if abs(gap) < 0.05:
        return f"{first} and {second} are level: less than 0.1 points of 100 between them."
    ahead, behind, sign = (first, second, 1) if gap > 0 else (second, first, -1)
    signed = sign * differences.set_index("title")["difference"]
    told = f"{ahead} is ahead of {behind} by {abs(gap):.1f} points of 100"
    if gains := _named(signed[signed > 0.05].nlargest(2)):
        told += f", most of all through {gains}"
    if losses := _named(-signed[signed < -0.05].nsmallest(2)):
        told += f"; {behind} is better in {losses}"
    unknown = int((~differences["certain"] & (differences["weight"] > 0)).sum())
    doubt = f" In {unknown} of {len(differences)} criteria at least one of them is unknown." if unknown else ""
    return f"{told}.{doubt}"


def _named(differences: pd.Series[float]) -> str:
    return " and ".join(f"{title} ({value:+.1f})" for title, value in differences.items())
