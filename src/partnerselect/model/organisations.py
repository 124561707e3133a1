"""Whom it could take in: candidates and members, their facts, and the evidence on each criterion."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from partnerselect.model.types import Basis, Day, Frozen, Grade, Id, Number, Text, YesNo
from partnerselect.partial_dates import PartialDate, first_day


class GateResult(Frozen):
    """What somebody found when checking one gate for one candidate."""

    gate: Id
    passed: YesNo
    as_of: PartialDate | None = None
    source: Text | None = None
    note: Text | None = None


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


class Amount(Frozen):
    """One dated, sourced amount that a budget rule adds up, such as what joining costs."""

    id: Id
    value: Number
    unit: Text
    as_of: PartialDate | None = None
    source: Text
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


class Location(Frozen):
    """Where an organisation is drawn on the map; never scored."""

    place: Text
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]


class Candidate(Frozen):
    """An organisation that may join, or (role member) one that already has."""

    schema_version: Literal[1]
    id: Id
    name: Annotated[str, Field(min_length=1, max_length=120)]
    kind: Id
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}(/[A-Z]{2})*$")]
    region: Text
    location: Location | None = None
    role: Literal["candidate", "member"] = "candidate"
    note: Text | None = None
    gates: tuple[GateResult, ...] = ()
    amounts: tuple[Amount, ...] = ()
    facts: tuple[Fact, ...] = ()
    evidence: tuple[Evidence, ...] = ()
