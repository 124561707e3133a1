"""One side of a comparison of rounds, and what two sides have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from partnerselect.analysis.weights import Weights, normalised
from partnerselect.errors import WeightsError
from partnerselect.model import Candidate, Criterion, Decision, Goal, SetRule, Viewpoint

Which = Literal["before", "after"]

TODAY = "Today"
"""Title of a side that is no round on record: the files as they are."""


@dataclass(frozen=True, eq=False)
class Side:
    """A round as a comparison sees it.

    Attributes
    ----------
    decision : Decision
        As it was read on the round's as-of date.
    points : mapping of goal and criterion ids to points, or a viewpoint, its id or title
    rules : tuple of SetRule, optional
        Those in force; without them, the decision's rules that are switched on.
    title : str
        What the round is called in sentences and charts; without it, the as-of date.
    chosen : tuple of str, optional
        Ids of the partners that were chosen; without them, the best set counts as the choice.
    """

    decision: Decision
    points: str | Viewpoint | Mapping[str, float]
    rules: tuple[SetRule, ...] | None = None
    title: str = ""
    chosen: tuple[str, ...] | None = None

    @property
    def criteria(self) -> dict[str, Criterion]:
        """Criterion of each id, in the order of the tree."""
        return {criterion.id: criterion for criterion in self.decision.criteria}

    @property
    def goal_of(self) -> dict[str, Goal]:
        """Goal of each criterion id."""
        return {criterion.id: goal for goal in self.decision.goals for criterion in goal.criteria}

    @property
    def organisations(self) -> dict[str, Candidate]:
        """Every organisation with a file, candidates first, then members."""
        return {one.id: one for one in (*self.decision.candidates, *self.decision.members)}

    @property
    def members(self) -> set[str]:
        """Ids of those who are in already."""
        return {one.id for one in self.decision.members}


def other_side(which: Which) -> Which:
    """The side across."""
    return "after" if which == "before" else "before"


def side_titles(before: Side, after: Side) -> dict[Which, str]:
    """What each side is called, told apart where both have one name."""
    first, second = (side.title or side.decision.as_of.isoformat() for side in (before, after))
    if first == second:
        first, second = f"{first} (before)", f"{second} (after)"
    return {"before": first, "after": second}


def measured_alike(one: Criterion, other: Criterion) -> bool:
    """Whether evidence on the one says the same on the other, whatever it is worth there.

    Both scales have the same kind and basis, and the same unit, number of levels, or items.
    """
    first, second = one.scale, other.scale
    if first.basis != second.basis:
        return False
    if first.kind == "measured" and second.kind == "measured":
        return first.unit == second.unit
    if first.kind == "levels" and second.kind == "levels":
        return len(first.levels) == len(second.levels)
    if first.kind == "items" and second.kind == "items":
        return {item.id for item in first.items} == {item.id for item in second.items}
    return False


def weights_of(tree: Side, source: Side) -> Weights:
    """The points of one side on the goals and criteria of another.

    What only the tree has takes the tree's own points; what only the source has is left out. Where that leaves
    nothing above zero, the tree's own points count.

    Raises
    ------
    WeightsError
        When the points of a side cannot be its own weights.
    """
    own, given = (normalised(side.decision, side.points) for side in (tree, source))
    goals = {goal.id for goal in tree.decision.goals} & {goal.id for goal in source.decision.goals}
    shared = goals | (set(tree.criteria) & set(source.criteria))
    mixed = {one: given.points[one] if one in shared else points for one, points in own.points.items()}
    try:
        return normalised(tree.decision, mixed)
    except WeightsError:
        return own


def called(title: str) -> str:
    """A round, or today, in the middle of a sentence."""
    return "today" if title == TODAY else title


def within(title: str) -> str:
    """Where or when something holds: in a round, or today."""
    return "today" if title == TODAY else f"in {title}"


def belonging(what: str, title: str) -> str:
    """What is of a round, such as its choice, or of today."""
    return f"today's {what}" if title == TODAY else f"the {what} of {title}"


def begun(sentence: str) -> str:
    """A sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]
