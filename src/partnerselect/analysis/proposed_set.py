"""A set that somebody put together: where it stands, what it costs, and two sets head to head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis.set_question import SetQuestion, opening
from partnerselect.analysis.words import listed, points, sentence
from partnerselect.kernels import sets
from partnerselect.kernels.arrays import TIE, FloatArray
from partnerselect.kernels.infeasibility import NoSetAllowedError
from partnerselect.kernels.set_rules import limits

_TELLING = 0.05
"""Smallest difference, in points of 100, that is told; smaller ones would read 0.0."""

_NAMED = 2


@dataclass(frozen=True, eq=False)
class ProposedSet:
    """Where a set stands among the allowed ones.

    Attributes
    ----------
    sentence : str
    members : tuple of str
    total : float
    behind : float
        How much better the best set is; below 0 where the set breaks rules and is better than every allowed one.
    rank : int or None
        1 + the number of allowed sets that are better; None where there are too many to count.
    broken : tuple of str
        Ids of the rules that it does not keep.
    """

    sentence: str
    members: tuple[str, ...]
    total: float
    behind: float
    rank: int | None
    broken: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class SetComparison:
    """Two sets, criterion by criterion.

    Attributes
    ----------
    sentence : str
    first, second : tuple of str
        Ids of the partners.
    differences : DataFrame
        Per criterion id: title, goal (id), weight, first and second (what each set gets there, in points of 100) and
        difference (first less second; sums to the difference of the totals).
    """

    sentence: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    differences: pd.DataFrame


def proposed_set(question: SetQuestion, members: Sequence[str]) -> ProposedSet:
    """Where a set of candidates (ids) stands.

    Raises
    ------
    RulesError
        When somebody cannot join, or no set is allowed (a `NoPartnersError`).
    """
    rows = question.rows(members)
    given, rules = question.what.layers, question.rules
    try:
        found = sets.standing(given.best, given.weights, question.search, rows, given.combine)
    except NoSetAllowedError:
        raise question.refusal() from None
    broken = _broken(question, rows)
    behind = 0.0 if abs(found.behind) <= TIE else found.behind
    return ProposedSet(
        sentence=_standing(question, rows, found, behind, [rules.sentences[place] for place in broken]),
        members=question.ids(rows),
        total=found.total,
        behind=behind,
        rank=found.rank,
        broken=tuple(rules.rules[place].id for place in broken),
    )


def _broken(question: SetQuestion, rows: Sequence[int]) -> list[int]:
    """Places of the rules that a set does not keep."""
    bounds = limits(question.rules.kernel, len(question.what.cells.ids))
    below, above = bounds.broken(np.isin(np.arange(bounds.candidates), rows))
    owners = question.rules.owners
    kept = zip(bounds.owners, (~(below | above)).tolist(), strict=True)
    return sorted({owners[rule] for rule, keeps in kept if not keeps and rule in owners})


def compare_sets(question: SetQuestion, first: Sequence[str], second: Sequence[str]) -> SetComparison:
    """Two sets of candidates (ids) head to head; they need not be allowed, nor of one size.

    Raises
    ------
    RulesError
        When somebody cannot join.
    """
    left, right = question.rows(first), question.rows(second)
    goal_of = {criterion.id: goal.id for goal in question.decision.goals for criterion in goal.criteria}
    criteria = question.what.ranges.criteria
    gets = [100 * question.gets(rows) for rows in (left, right)]
    differences = pd.DataFrame(
        {
            "title": [criterion.title for criterion in criteria],
            "goal": [goal_of[criterion.id] for criterion in criteria],
            "weight": question.what.weights,
            "first": gets[0],
            "second": gets[1],
            "difference": gets[0] - gets[1],
        },
        index=pd.Index([criterion.id for criterion in criteria], name="criterion", dtype=object),
    )
    told = _comparison(question, differences["difference"].to_numpy(), left, right)
    return SetComparison(told, question.ids(left), question.ids(right), differences)


def _standing(
    question: SetQuestion, rows: Sequence[int], found: sets.Standing, behind: float, broken: Sequence[str]
) -> str:
    who, have = opening(question.names(rows)), "have" if len(rows) > 1 else "has"
    total = f"{who} {have} {question.scored(found.total)}"
    if behind < 0:
        place = f"that is {points(-behind)} more than the best allowed set"
    elif behind == 0:
        place = "no allowed set is better"
    elif found.rank is None:
        place = f"the best set is {points(behind)} better"
    else:
        place = f"place {found.rank:,} among the allowed sets, {points(behind)} behind the best"
    if found.broken and place.startswith("place"):
        place = f"that would be {place}"
    if broken:
        rules = listed([f"“{rule}”" for rule in broken])
        return f"{total}: {place}. But the set does not keep {rules}."
    return f"{total}: {place}. But somebody has to join." if found.broken else f"{total}: {place}."


def _comparison(question: SetQuestion, differences: FloatArray, first: Sequence[int], second: Sequence[int]) -> str:
    """Which set is ahead, by how much and through what; of two that share partners only the others are named."""
    if first == second:
        return "Both sets are the same."
    gap = float(differences.sum()) / 100
    if abs(gap) <= TIE:
        return f"{opening(question.names(first))} and {question.names(second)} are level."
    ahead, behind, signed = (first, second, differences) if gap > 0 else (second, first, -differences)
    told = f"{_apart(question, ahead, behind)} {question.apart(abs(gap))} "
    told += "better" if set(ahead) & set(behind) else f"ahead of {question.names(behind)}"
    order = np.argsort(-signed, kind="stable").tolist()
    if gains := [one for one in order if signed[one] > _TELLING][:_NAMED]:
        told += f", most of all through {_by_criterion(question, signed, gains)}"
    if losses := [one for one in order[::-1] if signed[one] < -_TELLING][:_NAMED]:
        told += f", but worse in {_by_criterion(question, signed, losses)}"
    return sentence(told)


def _apart(question: SetQuestion, ahead: Sequence[int], behind: Sequence[int]) -> str:
    """The subject of a comparison: what is changed, where the two share partners."""
    if not set(ahead) & set(behind):
        return f"{opening(question.names(ahead))} {'are' if len(ahead) > 1 else 'is'}"
    if set(ahead) <= set(behind):
        return f"Without {question.names([one for one in behind if one not in ahead])} the set is"
    return f"With {question.instead(ahead, behind)} the set is"


def _by_criterion(question: SetQuestion, signed: FloatArray, columns: Sequence[int]) -> str:
    titles = question.what.cells.titles
    return listed([f"{titles[one]} ({signed[one]:+.1f})".replace("(-", "(−") for one in columns])
