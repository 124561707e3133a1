"""The draft of a viewpoint: what one visitor answered so far, and the points that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from partnerselect.analysis.answers import Elicited
from partnerselect.analysis.comparisons import by_best_worst, by_pairs
from partnerselect.analysis.elicited import by_order, by_points, by_swing
from partnerselect.analysis.swings import Family, families
from partnerselect.analysis.weights import completed
from partnerselect.errors import WeightsError
from partnerselect.ui.order_list import Ordered, read_order
from partnerselect.ui.state import View

METHODS = {
    "points": "Points",
    "swing": "Swing",
    "order": "Order",
    "pairs": "Pairs",
    "best_worst": "Best and worst",
}
_KEY = "weights_draft"
_DIGITS = 2


@dataclass
class Answers:
    """What was answered for one family, method by method; what was never touched is empty."""

    method: str = "points"
    points: dict[str, float] = field(default_factory=dict)
    first: str | None = None
    swings: dict[str, float] = field(default_factory=dict)
    order: Ordered | None = None
    formula: str = "centroid"
    pairs: dict[tuple[str, str], float] = field(default_factory=dict)
    best: str | None = None
    worst: str | None = None
    times: dict[tuple[str, str], float] = field(default_factory=dict)


@dataclass
class Draft:
    """The answers for every family of one tree; `generation` tells the widgets of one start from those of the next."""

    tree: tuple[str, ...]
    generation: int = 0
    families: dict[str, Answers] = field(default_factory=dict)

    def of(self, family: Family) -> Answers:
        """The answers for one family."""
        return self.families.setdefault(family.id, Answers())

    def key(self, family: Family, *parts: str) -> str:
        """Key of a widget for one family."""
        return "/".join(("weigh", str(self.generation), self.tree[0], family.id, *parts))


def draft_of(view: View) -> Draft:
    """The visitor's draft for this decision; a new one where there is none, or its goals and criteria changed."""
    tree = (view.decision.id, *view.decision.ids())
    draft: Draft | None = st.session_state.get(_KEY)
    if draft is None or draft.tree != tree:
        draft = st.session_state[_KEY] = Draft(tree, 0 if draft is None else draft.generation + 1)
    return draft


def start_again() -> None:
    """Forget every answer."""
    draft: Draft = st.session_state[_KEY]
    st.session_state[_KEY] = Draft(draft.tree, draft.generation + 1)


def points_now(view: View, family: Family) -> dict[str, float]:
    """The points in force of one family."""
    full = completed(view.decision, view.points)
    return {one: full[one] for one in family.members}


def swing_now(view: View, family: Family) -> tuple[str, dict[str, float]]:
    """The points in force as swings: whose is largest, and the others on a scale on which that one has 100."""
    now = points_now(view, family)
    first = max(family.members, key=lambda one: now[one])
    top = now[first] or 1.0
    return first, {one: float(round(100 * now[one] / top)) for one in family.members}


def take_order(draft: Draft, family: Family) -> None:
    """Take over the order that the browser committed, unless a newer one is in hand."""
    answers = draft.of(family)
    committed = read_order(draft.key(family, "order"), family.members)
    if committed and (answers.order is None or committed.revision > answers.order.revision):
        answers.order = committed


def order_of(view: View, draft: Draft, family: Family) -> Ordered:
    """The order in force: the one committed last, else that of the points in force."""
    take_order(draft, family)
    if (order := draft.of(family).order) is not None:
        return order
    now = points_now(view, family)
    return Ordered(tuple(sorted(family.members, key=lambda one: -now[one])))


def weighed(view: View, draft: Draft, family: Family) -> Elicited:
    """What follows from the answers for one family by its method; WeightsError where they are not enough."""
    answers = draft.of(family)
    if answers.method == "swing":
        first, swings = swing_now(view, family)
        return by_swing(family, answers.first or first, {**swings, **answers.swings})
    if answers.method == "order":
        return by_order(family, order_of(view, draft, family).order, answers.formula)
    if answers.method == "pairs":
        return by_pairs(family, answers.pairs)
    if answers.method == "best_worst":
        if answers.best is None or answers.worst is None:
            raise WeightsError("Say which one matters most, and which one least.")
        from_best = {other: said for (one, other), said in answers.times.items() if one == answers.best}
        to_worst = {one: said for (one, other), said in answers.times.items() if other == answers.worst}
        return by_best_worst(family, answers.best, answers.worst, from_best, to_worst)
    return by_points(family, {**points_now(view, family), **answers.points})


def draft_points(view: View, draft: Draft) -> dict[str, float]:
    """Points of every id: those of the draft where its answers are enough, those in force elsewhere."""
    points = completed(view.decision, view.points)
    for family in families(view.decision):
        answers = draft.of(family)
        if answers.method == "points":
            points |= answers.points
            continue
        try:
            result = weighed(view, draft, family)
        except WeightsError:
            continue
        points |= {one: round(value, _DIGITS) for one, value in result.points.items()}
    return points
