"""What a consortium wants: goals and criteria, gates, viewpoints, how far doubt and the verdict reach."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from partnerselect.model.scales import Scale
from partnerselect.model.types import Frozen, Grade, Id, Number, PointsById, Share, SharesByGrade, Text, YesNo

Combine = Literal["sum", "mean", "best", "coverage"]


class Criterion(Frozen):
    """What a candidate is judged on: a leaf of the goal tree."""

    id: Id
    title: Text
    question: Text
    why: Text | None = None
    source: Text | None = None
    scale: Scale
    combine: Combine | None = None

    @model_validator(mode="after")
    def _only_items_cover(self) -> Self:
        if self.combine == "coverage" and not _covers(self.scale):
            raise ValueError(
                "coverage needs a scale of items without a value function: write combine: sum, mean or best, "
                "or list the items"
            )
        return self

    @property
    def combined(self) -> Combine:
        """How partners combine on it: as written; else items by coverage, and everything else by the mean."""
        return self.combine or ("coverage" if _covers(self.scale) else "mean")


def _covers(scale: Scale) -> bool:
    return scale.kind == "items" and scale.value_function is None


class Goal(Frozen):
    """What the partnership wants; its criteria say how that is judged."""

    id: Id
    title: Text
    why: Text | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=50)]


def _no_doubt() -> Mapping[Grade, float]:
    return MappingProxyType({"a": 0.0, "b": 0.0, "c": 0.0, "d": 0.0})


class Doubt(Frozen):
    """How far grade and age of evidence widen its range, as shares of the criterion's scale to each side."""

    grades: SharesByGrade = Field(default_factory=_no_doubt)
    undated_counts_as: Grade = "c"
    per_year: Share = 0.0
    free_years: Annotated[Number, Field(ge=0, le=100)] = 0.0
    at_most: Share = 0.0

    @model_validator(mode="after")
    def _every_grade(self) -> Self:
        if missing := [grade for grade in "abcd" if grade not in self.grades]:
            raise ValueError(f"grade {', '.join(missing)} is missing: say for every grade how far it widens a range")
        return self


class Thresholds(Frozen):
    """Where the verdict draws its lines between robust, fragile and a tie; each number is a share from 0 to 1.

    Totals closer than `tie_within` tie. Weights within `near` above or below today's normalised weights count as
    near. Where the leading candidates lead in less than `undecided_below` of the draws, the ranges leave the order
    open. The outcome is fragile where a single weight, moved by at most `fragile_move` of itself, changes the leading
    candidates, or where less than `robust_share` of the plausible weights keeps them.
    """

    tie_within: Share = 0.005
    near: Share = 0.1
    undecided_below: Share = 0.5
    fragile_move: Share = 0.5
    robust_share: Share = 0.8


class Gate(Frozen):
    """A pass/fail rule before any scoring; with `attribute` it is checked by itself, else a person records it.

    One that is not `active` keeps nobody out.
    """

    id: Id
    title: Text
    rule: Text
    source: Text | None = None
    active: YesNo = True
    attribute: Literal["kind", "country"] | None = None
    one_of: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _attribute_with_values(self) -> Self:
        if (self.attribute is None) != (not self.one_of):
            raise ValueError("attribute stands without one_of, or one_of without it: name both, or leave both out")
        return self


class Viewpoint(Frozen):
    """A named set of points: what matters, seen from one side."""

    id: Id
    title: Text
    why: Text | None = None
    points: PointsById
