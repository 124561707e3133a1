"""Which partners together: the best set under the rules, the next best, and who is in it for what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from partnerselect.analysis.set_question import SetQuestion, opening, set_question
from partnerselect.analysis.words import points
from partnerselect.kernels import sets
from partnerselect.kernels.arrays import TIE
from partnerselect.kernels.infeasibility import NoSetAllowedError
from partnerselect.model import Decision, SetRule, Viewpoint


@dataclass(frozen=True, eq=False)
class BestSets:
    """The best set, and those that come next.

    Attributes
    ----------
    sentence : str
        The answer in plain words.
    best : tuple of str
        Ids of the partners of the best set, in the order of the candidates; of tied ones the first.
    tied : tuple of tuples of str
        Every listed set whose total is within 1e-9 of the best, the best included.
    total : float
        Its total, 0..1 where partners combine by mean, best or coverage.
    sets : DataFrame
        Per place on the ladder (1 = best): members (ids), names, total, behind (the best), joins and leaves (names
        of those who are not in the best set, and of those of the best set who are not in this one).
    allowed : int
        Number of allowed sets.
    all_counted : bool
        False where there are too many to count: there are at least `allowed`.
    rules : tuple of SetRule
        Those in force.
    sentences : tuple of str
        Each of them in words.
    note : str
        What to keep in mind; may be empty.
    """

    sentence: str
    best: tuple[str, ...]
    tied: tuple[tuple[str, ...], ...]
    total: float
    sets: pd.DataFrame
    allowed: int
    all_counted: bool
    rules: tuple[SetRule, ...]
    sentences: tuple[str, ...]
    note: str


def best_sets(
    decision: Decision,
    weights: str | Viewpoint | Mapping[str, float],
    rules: Sequence[SetRule] | None = None,
    top: int = 10,
) -> BestSets:
    """The allowed sets of partners with the largest totals.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
    rules : sequence of SetRule, optional
        Without it, the decision's rules that are switched on; see `rules_in_force` to switch some.
    top : int
        Length of the ladder.

    Raises
    ------
    WeightsError
        For weights that cannot be used.
    RulesError
        Where no set is allowed: a `NoPartnersError`, which says why and what would help; and for rules that name
        somebody unknown.
    ValueError
        When top is below 1.
    """
    question = set_question(decision, weights, rules)
    given = question.what.layers
    try:
        found = sets.near_best(given.best, given.weights, question.search, given.combine, math.inf, top)
    except NoSetAllowedError:
        raise question.refusal() from None
    if not found.exact and question.every_one_allowed:
        found = found._replace(number=question.sets_to_look_at(question.search), exact=True)
    first = found.sets[0]
    tied = tuple(question.ids(one.members) for one in found.sets if one.total >= first.total - TIE)
    return BestSets(
        sentence=_sentence(question, found, len(tied)),
        best=question.ids(first.members),
        tied=tied,
        total=first.total,
        sets=_ladder(question, found.sets),
        allowed=found.number,
        all_counted=found.exact,
        rules=question.rules.rules,
        sentences=question.rules.sentences,
        note=" ".join(filter(None, [question.what.cells.note, *question.rules.notes])),
    )


def _ladder(question: SetQuestion, found: Sequence[sets.PartnerSet]) -> pd.DataFrame:
    first = found[0]
    rows = [
        {
            "members": question.ids(one.members),
            "names": question.names(one.members),
            "total": one.total,
            "behind": max(first.total - one.total, 0.0),
            "joins": _apart(question, one.members, first.members),
            "leaves": _apart(question, first.members, one.members),
        }
        for one in found
    ]
    return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="place"))


def _apart(question: SetQuestion, members: Sequence[int], others: Sequence[int]) -> str:
    """Names of those who are not among the others; empty where there are none."""
    only = [one for one in members if one not in others]
    return question.names(only) if only else ""


def _sentence(question: SetQuestion, found: sets.NearBest, tied: int) -> str:
    best = found.sets[0]
    who = f"{opening(question.names(best.members))} {'are' if len(best.members) > 1 else 'is'}"
    total = question.scored(best.total)
    if found.number == 1 and found.exact:
        return f"{who} the only allowed set, with {total}."
    among = f"best of {found.number:,} allowed sets" if found.exact else "best of the allowed sets, too many to count"
    told = f"{who} the {among}, with {total}."
    if tied > 1:
        more = "1 more is" if tied == 2 else f"{tied - 1:,} more are"
        at_least = "At least " if tied == len(found.sets) and not (found.exact and found.number == tied) else ""
        return f"{told} {at_least}{more} just as good."
    if len(found.sets) == 1:
        return told
    following = found.sets[1]
    instead = opening(question.instead(following.members, best.members))
    return f"{told} {instead} would be the next, {points(best.total - following.total)} behind."
