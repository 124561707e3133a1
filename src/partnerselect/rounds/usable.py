"""Whether every page can show a round; asked once, before it becomes part of a chain for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from partnerselect.errors import RoundsError
from partnerselect.model import NamesRule, PairRule
from partnerselect.rounds.record import RoundContent


def refuse_unusable(content: RoundContent) -> None:
    """RoundsError where ids are ambiguous, the points give no weight, or a rule names somebody unknown."""
    decision = content.decision
    organisations = [one.id for one in (*decision.candidates, *decision.members)]
    for what, ids in (("goals and criteria", decision.ids()), ("organisations", organisations)):
        if twice := _twice(ids):
            raise RoundsError(f"Two {what} of the decision have the id {twice}: nothing can be said of either.")
    if not any(
        content.points.get(goal.id, 0) > 0 and content.points.get(one.id, 0) > 0
        for goal in decision.goals
        for one in goal.criteria
    ):
        raise RoundsError("No criterion has any weight: give points to a goal and to one of its criteria.")
    for rule in content.rules:
        named = rule.candidates if isinstance(rule, NamesRule | PairRule) else ()
        if unknown := [one for one in named if one not in organisations]:
            raise RoundsError(f"The rule {rule.id} names {unknown[0]}, whom the decision does not have.")


def _twice(ids: Iterable[str]) -> str | None:
    return next((one for one, times in Counter(ids).items() if times > 1), None)
