"""How a performance is measured, and what value it has."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from partnerselect.model.types import Basis, Frozen, Id, Number, Share, Text, Whole


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
