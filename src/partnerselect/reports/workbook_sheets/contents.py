"""What goes into a workbook, in the order of its rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.evaluation import Evaluation
from partnerselect.analysis.proposed_set import ProposedSet
from partnerselect.analysis.set_robustness import SetRobustness
from partnerselect.analysis.value_ranges import ValueRanges, value_ranges
from partnerselect.analysis.weights import completed
from partnerselect.analysis.words import listed
from partnerselect.charts.theme import goal_colors
from partnerselect.kernels.arrays import FloatArray
from partnerselect.model import Decision, Goal
from partnerselect.reports.on_record import OnRecord
from partnerselect.reports.workbook_sheets.book import cells, column_name

FIRST_ROW = 6
"""Row of the first candidate on the sheets Values, Ranges and Contributions, counted from 0."""

SUMMARY = 9
"""Columns of the sheet Contributions before those of the criteria."""


@dataclass(frozen=True, eq=False)
class Contents:
    """A decision and what was found; rows are the ranked candidates in the order of the decision.

    Attributes
    ----------
    decision : Decision
    evaluation : Evaluation
    best : BestSets or None
    prices : DataFrame or None
        What `rule_prices` says of the rules.
    robustness : SetRobustness or None
    made_on : date
    version : str
        Of PartnerSelect.
    on_record : OnRecord
    chosen : tuple of str
        Ids of the chosen partners.
    place : ProposedSet or None
        Where the chosen set stands.
    """

    decision: Decision
    evaluation: Evaluation
    best: BestSets | None
    prices: pd.DataFrame | None
    robustness: SetRobustness | None
    made_on: date
    version: str
    on_record: OnRecord
    chosen: tuple[str, ...]
    place: ProposedSet | None

    @cached_property
    def ranges(self) -> ValueRanges:
        """The values of the decision."""
        return value_ranges(self.decision)

    @property
    def is_draft(self) -> bool:
        """Whether no closed round stands behind it."""
        return self.on_record.sha256 is None

    @property
    def shows_choice(self) -> bool:
        """Whether somebody was chosen by people: in a closed round, or other partners than the best set."""
        return not self.is_draft or not self.is_about_best

    @property
    def is_about_best(self) -> bool:
        """Whether the set in question is the best one."""
        return not self.chosen or (self.best is not None and set(self.chosen) == set(self.best.best))

    @cached_property
    def name_of(self) -> dict[str, str]:
        """Name of each candidate and member id."""
        return {one.id: one.name for one in (*self.decision.candidates, *self.decision.members)}

    @cached_property
    def title_of(self) -> dict[str, str]:
        """Title of each goal and criterion id."""
        goals, criteria = self.decision.goals, self.decision.criteria
        return {goal.id: goal.title for goal in goals} | {one.id: one.title for one in criteria}

    @cached_property
    def chosen_names(self) -> str:
        """Names of the chosen partners in a row; “nobody” where there are none."""
        return listed([self.name_of[one] for one in self.chosen]) if self.chosen else "nobody"

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the candidates, row by row."""
        return [candidate.id for candidate in self.ranges.candidates]

    @cached_property
    def names(self) -> list[str]:
        """Names of the candidates, row by row."""
        return [candidate.name for candidate in self.ranges.candidates]

    @cached_property
    def name_width(self) -> float:
        """Width of a column of candidates' names."""
        return min(max([24.0, *(len(name) + 2.0 for name in self.names)]), 56.0)

    @cached_property
    def longest_name(self) -> str:
        """The name that needs most room, for rows in which any name may come to stand."""
        return max(self.names, key=len, default="")

    @cached_property
    def order(self) -> list[int]:
        """Rows in the order of the ranking."""
        return sorted(range(self.height), key=self.places.__getitem__)

    @cached_property
    def ranking(self) -> dict[str, list[float]]:
        """Columns of the ranking, row by row."""
        table = self.evaluation.ranking.loc[self.ids]
        return {str(name): table[name].to_list() for name in table}

    @cached_property
    def contributions(self) -> FloatArray:
        """In points of 100, shape (n_candidates, n_criteria); NaN where not applicable."""
        return 100 * self.evaluation.contributions.loc[self.ids].to_numpy(dtype=float)

    @cached_property
    def with_evidence(self) -> FloatArray:
        """What each goal contributes with evidence behind it, in points of 100: shape (n_candidates, n_goals)."""
        sure = np.where(self.ranges.known, self.contributions, 0.0)
        starts = [first for first, _ in self.spans]
        return np.add.reduceat(sure, starts, axis=1) if len(sure) else np.zeros((0, len(starts)))

    @cached_property
    def places(self) -> list[int]:
        """Place of each candidate in the order that the evaluation shows, from 1."""
        place = {str(one): at for at, one in enumerate(self.evaluation.ranking.index, start=1)}
        return [place[one] for one in self.ids]

    @cached_property
    def weights(self) -> list[float]:
        """Normalised weight of each criterion."""
        return [float(weight) for weight in self.evaluation.weights]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """First and last criterion (column) of each goal."""
        found, start = [], 0
        for goal in self.decision.goals:
            found.append((start, start + len(goal.criteria) - 1))
            start += len(goal.criteria)
        return found

    @cached_property
    def viewpoint(self) -> str:
        """Title of the viewpoint that has these points."""
        points = dict(self.evaluation.points)
        same = (one.title for one in self.decision.viewpoints if completed(self.decision, one.points) == points)
        return next(same, "points of your own")

    @property
    def goals(self) -> tuple[Goal, ...]:
        """Goals of the decision."""
        return self.decision.goals

    @cached_property
    def colours(self) -> list[str]:
        """One colour per goal."""
        return goal_colors(len(self.goals))

    @property
    def points(self) -> Mapping[str, float]:
        """Points of every goal and criterion."""
        return self.evaluation.points

    @property
    def width(self) -> int:
        """Number of criteria."""
        return len(self.weights)

    @property
    def height(self) -> int:
        """Number of ranked candidates."""
        return len(self.ids)

    def values_of(self, row: int) -> str:
        """Where the values of one row of candidates stand."""
        return f"Values!{cells(row, 1, self.width)}"

    def low_of(self, row: int) -> str:
        """Where its lowest values stand."""
        return f"Ranges!{cells(row, 1, self.width)}"

    def high_of(self, row: int) -> str:
        """Where its highest values stand."""
        return f"Ranges!{cells(row, self.width + 2, 2 * self.width + 1)}"

    def known_of(self, row: int, first: int = 0, last: int | None = None) -> str:
        """Where it stands whether there is evidence (1 or 0), for all criteria or some."""
        start = 2 * self.width + 3
        return f"Ranges!{cells(row, start + first, start + (self.width - 1 if last is None else last))}"

    def column(self, column: int) -> tuple[str, str]:
        """Ends of one column of candidates, such as ``$B$7`` and ``$B$30``."""
        letter = column_name(column)
        return f"${letter}${FIRST_ROW + 1}", f"${letter}${FIRST_ROW + max(self.height, 1)}"


def tint(colour: str, share: float) -> str:
    """A colour mixed with white; share 1 is the colour itself."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - share * (255 - part)):02X}" for part in parts)
