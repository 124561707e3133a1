"""Rules that say which sets of partners may join together; each can be told in a sentence and switched off."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from partnerselect.model.types import Frozen, Id, Number, Text, Whole, YesNo

Attribute = Literal["kind", "country", "region"]
Count = Annotated[Whole, Field(ge=0, le=1000)]


class _Rule(Frozen):
    """What every rule has: an id, perhaps its sentence in the consortium's own words, and whether it is in force."""

    id: Id
    title: Text | None = None
    why: Text | None = None
    source: Text | None = None
    active: YesNo = True


class _Bounded(_Rule):
    """A number of partners from at_least to at_most; without at_most there is no upper end."""

    at_least: Count = 0
    at_most: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(
                f"at_least {self.at_least} is above at_most {self.at_most}: lower the one, or raise the other"
            )
        if self.at_least == 0 and self.at_most is None:
            raise ValueError("the rule limits nothing: write at_least, or at_most, or both")
        return self


class SizeRule(_Bounded):
    """How many partners join."""

    kind: Literal["size"]


class QuotaRule(_Bounded):
    """How many of the partners have one value of an attribute: two health clusters."""

    kind: Literal["quota"]
    attribute: Attribute
    value: Text


class DifferentRule(_Rule):
    """How many different values of an attribute the partners have at least: three countries."""

    kind: Literal["different"]
    attribute: Attribute
    at_least: Annotated[Whole, Field(ge=1, le=100)]


class EachRule(_Rule):
    """How many partners share one value of an attribute at most: one per region."""

    kind: Literal["each"]
    attribute: Attribute
    at_most: Annotated[Whole, Field(ge=1, le=1000)]


class NamesRule(_Rule):
    """Candidates that are in every set, or in none."""

    kind: Literal["must", "must_not"]
    candidates: Annotated[tuple[Id, ...], Field(min_length=1, max_length=1000)]


class PairRule(_Rule):
    """Two candidates that join both or neither, or not both."""

    kind: Literal["together", "not_together"]
    candidates: tuple[Id, Id]

    @model_validator(mode="after")
    def _two_of_them(self) -> Self:
        if self.candidates[0] == self.candidates[1]:
            raise ValueError("both candidates are the same: name two different ones")
        return self


class BudgetRule(_Rule):
    """The amounts of the partners sum to at most this; an amount that nobody knows counts as `if_unknown`.

    Without `if_unknown` it counts as the largest amount known of any candidate.
    """

    kind: Literal["budget"]
    amount: Id
    unit: Text
    at_most: Number
    if_unknown: Number | None = None


SetRule = Annotated[
    SizeRule | QuotaRule | DifferentRule | EachRule | NamesRule | PairRule | BudgetRule, Field(discriminator="kind")
]


def subject(rule: SetRule) -> tuple[str, ...] | None:
    """What a rule is about: of two rules with the same subject the later one counts. None where both count."""
    match rule:
        case SizeRule():
            return ("size",)
        case QuotaRule():
            return ("quota", rule.attribute, rule.value)
        case DifferentRule() | EachRule():
            return (rule.kind, rule.attribute)
        case BudgetRule():
            return ("budget", rule.amount)
        case _:
            return None
