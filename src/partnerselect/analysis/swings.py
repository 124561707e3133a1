"""Performances in words, and the swing that a weight is worth: from the worst to the best end of a scale."""

from __future__ import annotations

from dataclasses import dataclass

from partnerselect.analysis.words import listed
from partnerselect.model import Criteria, Criterion, Goal


@dataclass(frozen=True, slots=True)
class Family:
    """Siblings whose points are compared with each other: the goals, or the criteria of one goal.

    Attributes
    ----------
    id : str
        Id of the goal; empty for the goals themselves.
    title : str
    members : tuple of str
        Ids, in the order of the tree.
    titles, swings : tuples of str
        Title of each member, and what its swing is: “from 0 to 270 companies”; for a goal, whose swing is that of all
        its criteria at once, their titles.
    """

    id: str
    title: str
    members: tuple[str, ...]
    titles: tuple[str, ...]
    swings: tuple[str, ...]

    def title_of(self, member: str) -> str:
        """Title of one member."""
        return self.titles[self.members.index(member)]


def families(decision: Criteria) -> tuple[Family, ...]:
    """The goals, then the criteria of each goal; only one of a kind leaves nothing to weigh, and is left out."""
    of_goals = _family("", "The goals", decision.goals)
    of_criteria = (_family(goal.id, goal.title, goal.criteria) for goal in decision.goals)
    return tuple(family for family in (of_goals, *of_criteria) if len(family.members) > 1)


def worst(criterion: Criterion) -> float:
    """The performance with value 0 that lies farthest from the best one."""
    top = best(criterion)
    zeros = [performance for performance, value in criterion.scale.breakpoints if value == 0]
    return max(zeros, key=lambda performance: abs(performance - top))


def best(criterion: Criterion) -> float:
    """The first performance with value 1."""
    return next(performance for performance, value in criterion.scale.breakpoints if value == 1)


def swing(criterion: Criterion) -> str:
    """The step from worst to best in words; levels with their texts."""
    low, high = worst(criterion), best(criterion)
    if criterion.scale.kind == "levels":
        return f"from {_level(criterion, low)} to {_level(criterion, high)}"
    if criterion.scale.kind == "items":
        return f"from {low:g} to {high:g} of {len(criterion.scale.items)}"
    return f"from {number(low)} to {number(high)} {criterion.scale.unit}"


def goal_swing(goal: Goal) -> str:
    """What moves from worst to best when a goal does: all its criteria."""
    titles = [criterion.title for criterion in goal.criteria]
    return f"{listed(titles)} together" if len(titles) > 1 else titles[0]


def level_text(criterion: Criterion, performance: float) -> str:
    """What a level means; empty where the scale has no levels, and between two of them."""
    if criterion.scale.kind != "levels":
        return ""
    return next((one.text for one in criterion.scale.levels if one.level == performance), "")


def number(value: float) -> str:
    """A number as people write it: at most six significant digits, thousands apart, no exponent."""
    return f"{float(f'{value:.6g}'):,.12g}".replace(",", " ")


def _level(criterion: Criterion, level: float) -> str:
    return f"level {level:g} ({level_text(criterion, level)})"


def _family(id_: str, title: str, members: tuple[Goal, ...] | tuple[Criterion, ...]) -> Family:
    return Family(
        id=id_,
        title=title,
        members=tuple(member.id for member in members),
        titles=tuple(member.title for member in members),
        swings=tuple(goal_swing(member) if isinstance(member, Goal) else swing(member) for member in members),
    )
