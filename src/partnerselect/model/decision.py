"""A decision: everything that one question rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from partnerselect.model.criteria import Criterion, Doubt, Gate, Goal, Thresholds, Viewpoint
from partnerselect.model.organisations import Candidate
from partnerselect.model.set_rules import SetRule, SizeRule
from partnerselect.model.types import Day, Frozen, Id, Text, Unknowns


class Criteria(Frozen):
    """The criteria file: everything about one decision but its candidates."""

    schema_version: Literal[1]
    id: Id
    title: Text
    question: Text
    about: Text | None = None
    as_of: Day
    unknowns: Unknowns = "midpoint"
    doubt: Doubt = Field(default_factory=Doubt)
    verdict: Thresholds = Field(default_factory=Thresholds)
    goals: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=20)]
    gates: tuple[Gate, ...] = ()
    set_rules: Annotated[tuple[SetRule, ...], Field(max_length=100)] = ()
    viewpoints: Annotated[tuple[Viewpoint, ...], Field(min_length=1, max_length=200)]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the order of the goals."""
        return tuple(criterion for goal in self.goals for criterion in goal.criteria)

    @property
    def most_partners(self) -> int | None:
        """How many partners may join at most; None where no rule says so."""
        sizes = [rule.at_most for rule in self.set_rules if isinstance(rule, SizeRule) and rule.active]
        return min((most for most in sizes if most is not None), default=None)

    def ids(self) -> Iterator[str]:
        """Every id that takes points: goals and criteria, in the order of the tree."""
        for goal in self.goals:
            yield goal.id
            yield from (criterion.id for criterion in goal.criteria)


class Decision(Criteria):
    """One question a consortium answers: goals, criteria, candidates, members, rules and viewpoints."""

    candidates: tuple[Candidate, ...]
    members: tuple[Candidate, ...] = ()

    def __hash__(self) -> int:
        return hash((self.id, self.as_of, len(self.candidates)))
