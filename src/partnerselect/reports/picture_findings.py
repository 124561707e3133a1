"""What only pictures tell: the analyses that no other part of a report needs, each asked when it is wanted first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from partnerselect.analysis.entry import Entry, entry
from partnerselect.analysis.evidence_table import evidence_table
from partnerselect.analysis.extremes import Extremes, extremes
from partnerselect.analysis.head_to_head import HeadToHead, head_to_head
from partnerselect.analysis.proposed_set import SetComparison, compare_sets
from partnerselect.analysis.robustness import Robustness, robustness
from partnerselect.analysis.second_opinions import SecondOpinions, second_opinions
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.viewpoints import ViewpointComparison, compare_viewpoints
from partnerselect.files.write import viewpoint_id
from partnerselect.model import Viewpoint
from partnerselect.reports.contents import ReportContents


@dataclass(frozen=True, eq=False)
class PictureFindings:
    """Results for pictures, with what the pages begin with: all weights, and the first ones against the next.

    Attributes
    ----------
    contents : ReportContents
    """

    contents: ReportContents

    @property
    def ranked(self) -> list[str]:
        """Ids of the candidates that are ranked, best first."""
        return [str(one) for one in self.contents.evaluation.ranking.index]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The evidence, cell by cell."""
        return evidence_table(self.contents.decision)

    @cached_property
    def first_two(self) -> HeadToHead:
        """The first candidate against the second one."""
        return head_to_head(self.contents.decision, self.contents.evaluation, *self.ranked[:2])

    @cached_property
    def entry(self) -> Entry | None:
        """What it takes for the first one behind the leading ones to enter; None where all of them lead."""
        contents, top = self.contents, self.contents.sensitivity.top
        behind = self.ranked[top:]
        return entry(contents.decision, contents.evaluation.points, behind[0], top) if behind else None

    @cached_property
    def robustness(self) -> Robustness:
        """How often each rank comes."""
        contents = self.contents
        return robustness(contents.decision, contents.evaluation.points, samples=contents.samples, seed=contents.seed)

    @cached_property
    def extremes(self) -> Extremes:
        """Which ranks are possible."""
        return extremes(self.contents.decision, self.contents.evaluation.points)

    @cached_property
    def second_opinions(self) -> SecondOpinions:
        """The same by other methods."""
        return second_opinions(self.contents.decision, self.contents.evaluation.points)

    @cached_property
    def viewpoints(self) -> ViewpointComparison:
        """All viewpoints, and the points in force where they are none of them."""
        contents = self.contents
        known = list(contents.decision.viewpoints)
        if contents.viewpoint is None:
            own = viewpoint_id("points in force", {one.id for one in known})
            known.append(Viewpoint(id=own, title="Points in force", points=dict(contents.evaluation.points)))
        return compare_viewpoints(contents.decision, known)

    @cached_property
    def two_sets(self) -> SetComparison:
        """The best set against the next one."""
        contents = self.contents
        assert contents.sets is not None
        first, second = contents.sets.best.sets["members"].iloc[:2]
        question = set_question(contents.decision, contents.evaluation.points, contents.rules)
        return compare_sets(question, first, second)
