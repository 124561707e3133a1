"""The domain, frozen: what a consortium wants, whom it could take in, and what is known of them.

The same models validate the files, print their JSON Schema and stand in memory, so there is one
description of a decision. Nothing here reads a file or computes a total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from partnerselect.partial_dates import PartialDate, first_day

SCHEMA_VERSION = 1
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Number = Annotated[float, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
YesNo = Annotated[bool, Field(strict=True)]
Points = Annotated[Number, Field(ge=0, le=100)]
Share = Annotated[Number, Field(ge=0, le=1)]
Basis = Literal["members", "ecosystem", "organisation"]
Grade = Literal["a", "b", "c", "d"]
Unknowns = Literal["midpoint", "worst", "best"]
PointsById = Annotated[
    Mapping[Id, Points],
    AfterValidator(lambda points: MappingProxyType(dict(points))),
    PlainSerializer(dict, return_type=dict[str, float]),
]

SharesByGrade = Annotated[
    Mapping[Grade, Share],
    AfterValidator(lambda shares: MappingProxyType(dict(shares))),
    PlainSerializer(dict, return_type=dict[str, float]),
]


def _whole_day(day: object) -> object:
    if isinstance(day, str) and _DAY.fullmatch(day.strip()):
        return day.strip()
    if type(day) is date:
        return day
    raise ValueError("write the day as 2017-05-31")


Day = Annotated[date, BeforeValidator(_whole_day)]


class Frozen(BaseModel):
    """A part of the domain: immutable, and strict about names it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, coerce_numbers_to_str=True, str_strip_whitespace=True
    )


class ValueFunction(Frozen):
    """Performance to value by straight lines between breakpoints, constant outside them.

    The end points are fixed by the consortium, not by today's candidates, so a newcomer never changes
    anyone else's value. One breakpoint has value 1 and one has value 0: a weight is worth that swing.
    """

    points: Annotated[tuple[tuple[Number, Share], ...], Field(min_length=2, max_length=50)]

    @model_validator(mode="after")
    def _ascending_and_anchored(self) -> Self:
        performances = [performance for performance, _ in self.points]
        if any(right <= left for left, right in pairwise(performances)):
            raise ValueError("the breakpoints do not ascend: write the performances from small to large, each once")
        values = {value for _, value in self.points}
        if 0.0 not in values or 1.0 not in values:
            raise ValueError("no breakpoint has value 0, or none has 1: give one each, a weight is worth that swing")
        return self


class MeasuredScale(Frozen):
    """A quantity in a unit, valued by breakpoints; they may rise, fall or peak."""

    kind: Literal["measured"]
    unit: Text
    basis: Basis | None = None
    value_function: ValueFunction

    @property
    def breakpoints(self) -> tuple[tuple[float, float], ...]:
        """Performance and value of each breakpoint, in ascending performance."""
        return self.value_function.points


class Level(Frozen):
    """One level of a constructed scale, in words a stranger could apply."""

    level: Annotated[Whole, Field(ge=0, le=20)]
    text: Text
    value: Share | None = None


class LevelsScale(Frozen):
    """A constructed scale: numbered levels, each with a text; evenly spaced unless values are given."""

    kind: Literal["levels"]
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=21)]
    basis: Basis | None = None

    @model_validator(mode="after")
    def _numbered_in_order(self) -> Self:
        if [level.level for level in self.levels] != list(range(len(self.levels))):
            raise ValueError("the levels are not numbered in order: write 0, 1, 2, …, none left out")
        given = [level.value for level in self.levels if level.value is not None]
        if given and len(given) != len(self.levels):
            raise ValueError("only some levels have a value: give all one, or none (then they are evenly spaced)")
        if given and (min(given) != 0.0 or max(given) != 1.0):
            raise ValueError("no level has value 0, or none has 1: give one each, a weight is worth that swing")
        return self

    @property
    def breakpoints(self) -> tuple[tuple[float, float], ...]:
        """Level and value of each level."""
        top = len(self.levels) - 1
        return tuple(
            (float(level.level), level.level / top if level.value is None else level.value) for level in self.levels
        )


class Item(Frozen):
    """One entry of an items scale."""

    id: Id
    title: Text


class ItemsScale(Frozen):
    """A set out of a fixed list; for one candidate its count is the performance."""

    kind: Literal["items"]
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=100)]
    basis: Basis | None = None
    value_function: ValueFunction | None = None

    @property
    def breakpoints(self) -> tuple[tuple[float, float], ...]:
        """Number of items and its value; evenly spaced from none to all unless a value function is given."""
        if self.value_function is not None:
            return self.value_function.points
        return ((0.0, 0.0), (float(len(self.items)), 1.0))


Scale = Annotated[MeasuredScale | LevelsScale | ItemsScale, Field(discriminator="kind")]


class Criterion(Frozen):
    """What a candidate is judged on: a leaf of the goal tree."""

    id: Id
    title: Text
    question: Text
    why: Text | None = None
    source: Text | None = None
    scale: Scale


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


class Gate(Frozen):
    """A pass/fail rule before any scoring; with `attribute` it is checked by itself, else a person records it."""

    id: Id
    title: Text
    rule: Text
    source: Text | None = None
    attribute: Literal["kind", "country"] | None = None
    one_of: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _attribute_with_values(self) -> Self:
        if (self.attribute is None) != (not self.one_of):
            raise ValueError("attribute stands without one_of, or one_of without it: name both, or leave both out")
        return self


class GateResult(Frozen):
    """What somebody found when checking one gate for one candidate."""

    gate: Id
    passed: YesNo
    as_of: PartialDate | None = None
    source: Text | None = None
    note: Text | None = None


class Quota(Frozen):
    """How many of a set may or must have one value of an attribute."""

    attribute: Literal["kind", "country", "region"]
    value: Text
    at_least: Annotated[Whole, Field(ge=0, le=1000)] = 0
    at_most: Annotated[Whole, Field(ge=0, le=1000)] | None = None


class SetRules(Frozen):
    """Which sets of partners are allowed to join together."""

    size_at_least: Annotated[Whole, Field(ge=0, le=1000)] = 1
    size_at_most: Annotated[Whole, Field(ge=1, le=1000)] = 3
    quotas: tuple[Quota, ...] = ()
    must: tuple[Id, ...] = ()
    must_not: tuple[Id, ...] = ()
    together: tuple[tuple[Id, Id], ...] = ()
    not_together: tuple[tuple[Id, Id], ...] = ()
    source: Text | None = None

    @model_validator(mode="after")
    def _sizes_in_order(self) -> Self:
        if self.size_at_least > self.size_at_most:
            raise ValueError("size_at_least is above size_at_most: lower the one, or raise the other")
        return self


class Viewpoint(Frozen):
    """A named set of points: what matters, seen from one side."""

    id: Id
    title: Text
    why: Text | None = None
    points: PointsById


class Fact(Frozen):
    """One documented statement about an organisation, as its source gives it; nobody's judgement."""

    id: Id
    field: Id
    value: Number | str | None
    unit: Text
    as_of: PartialDate | None = None
    basis: Basis | None = None
    source: Text
    criteria: tuple[Id, ...] = ()
    note: Text | None = None


class Evidence(Frozen):
    """One dated, sourced statement about one candidate on one criterion.

    It gives a `value` (with the doubt as `low` and `high`), or only `low` and `high`, or `items` (with
    `possible` ones that are hinted at), or says that the question was `refused` or is `not_applicable`.
    Signed with `by` it is a judgement that rests on `facts`; `judged_on` is the day it was made.
    """

    criterion: Id
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    items: tuple[Id, ...] | None = None
    possible: tuple[Id, ...] = ()
    status: Literal["refused", "not_applicable"] | None = None
    unit: Text | None = None
    basis: Basis | None = None
    as_of: PartialDate | None = None
    undated: YesNo = False
    grade: Grade
    by: Text | None = None
    judged_on: Day | None = None
    reason: Text | None = None
    facts: tuple[Id, ...] = ()
    source: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _one_statement(self) -> Self:
        ways = [
            self.value is not None or self.low is not None or self.high is not None,
            self.items is not None,
            self.status is not None,
        ]
        if sum(ways) != 1:
            raise ValueError("it says nothing, or several things: write a value (or low, high), or items, or a status")
        if (self.low is None) != (self.high is None):
            raise ValueError("low stands without high, or high without low: write both ends of the range")
        if self.low is not None and self.high is not None:
            best = self.low if self.value is None else self.value
            if not self.low <= best <= self.high:
                raise ValueError("low, value and high are out of order: write low <= value <= high")
        if self.possible and self.items is None:
            raise ValueError("possible stands without items: write items: [] where nothing is documented")
        if self.by is None and self.source is None:
            raise ValueError("nobody stands for it: name the source, or sign the judgement with by, reason and facts")
        if self.by is not None and self.reason is None:
            raise ValueError("a signed judgement has no reason: write it as reason: …")
        return self

    @property
    def is_undated(self) -> bool:
        """Whether no date stands, or some of what it rests on has none."""
        return self.undated or self.as_of is None

    @property
    def made_on(self) -> date | None:
        """The first day on which this statement can have been made; None where nothing is dated."""
        if self.judged_on is not None:
            return self.judged_on
        return None if self.as_of is None else first_day(self.as_of)


class Candidate(Frozen):
    """An organisation that may join, or (role member) one that already has."""

    schema_version: Literal[1]
    id: Id
    name: Text
    kind: Id
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}(/[A-Z]{2})*$")]
    region: Text
    role: Literal["candidate", "member"] = "candidate"
    note: Text | None = None
    gates: tuple[GateResult, ...] = ()
    facts: tuple[Fact, ...] = ()
    evidence: tuple[Evidence, ...] = ()


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
    goals: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=20)]
    gates: tuple[Gate, ...] = ()
    set_rules: SetRules | None = None
    viewpoints: Annotated[tuple[Viewpoint, ...], Field(min_length=1, max_length=200)]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the order of the goals."""
        return tuple(criterion for goal in self.goals for criterion in goal.criteria)

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
