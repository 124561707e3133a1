"""Points of siblings from judgements on two at a time: pairs (AHP), or everything against the best and the worst."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from partnerselect.analysis.answers import (
    CONSISTENT,
    Elicited,
    Mend,
    contradicting,
    elicited,
    fitting,
    is_number,
    refuse_strangers,
    titles,
)
from partnerselect.analysis.swings import Family
from partnerselect.analysis.words import listed
from partnerselect.errors import WeightsError
from partnerselect.kernels import elicitation
from partnerselect.kernels.arrays import BoolArray, FloatArray

_SAME = 0.05
"""Judgements within this share of 1 are told as “the same”."""

_NAMED = 3
"""Missing answers that are named."""


def by_pairs(family: Family, judgements: Mapping[tuple[str, str], float]) -> Elicited:
    """Pairwise judgements (AHP, eigenvector), not necessarily all.

    Parameters
    ----------
    family : Family
    judgements : Mapping
        (first, second) -> how many times as much the first counts as the second; below 1 where it counts less.

    Returns
    -------
    Elicited
        Where the consistency ratio is 0.10 or more, `mend` is the judgement that the weights contradict most, with
        the value that makes the ratio as small as this judgement alone can.

    Raises
    ------
    WeightsError
        When a member is unknown, compared with itself or twice with the same one, a judgement is no positive number,
        or no chain of judgements links everybody.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process; missing judgements as in Bozóki, Fülöp & Rónyai (2010), On optimal
    completion of incomplete pairwise comparison matrices, Mathematical and Computer Modelling 52(1-2).
    """
    table = _table(family, judgements)
    _refuse_unlinked(family, table)
    found = elicitation.ahp(table)
    if len(judgements) < len(family.members):
        told = "Nothing can contradict itself yet: no answer tests another. Judge one more pair to test them."
        return elicited(family, found.weights, 0.0, told if len(family.members) > 2 else "")
    ratio = found.consistency_ratio
    if ratio < CONSISTENT or found.worst is None:
        return elicited(family, found.weights, ratio, fitting(ratio))
    mend, mended = _mend(family, table, found.worst)
    told = f"{contradicting(ratio)} {_mend_in_words(family, mend)}, and bring the ratio to {mended:.2f}."
    return elicited(family, found.weights, ratio, told, mend)


def by_best_worst(
    family: Family, best: str, worst: str, best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float]
) -> Elicited:
    """Comparisons with the member that matters most and the one that matters least (best-worst method, linear).

    Parameters
    ----------
    family : Family
    best, worst : str
        Members; the one against the other is judged in either mapping.
    best_to_others : Mapping
        How many times as much the best counts as each other, 1 or more.
    others_to_worst : Mapping
        How many times as much each other counts as the worst, 1 or more.

    Raises
    ------
    WeightsError
        When best and worst are one, an answer is missing, below 1, or above that of best against worst, or the
        mappings disagree on best against worst.

    References
    ----------
    Rezaei (2016), Best-worst multi-criteria decision-making method: some properties and a linear model, Omega 64;
    Liang, Brunelli & Rezaei (2020), Consistency issues in the best worst method, Omega 96.
    """
    refuse_strangers(family, [best, worst])
    if best == worst:
        raise WeightsError("The one that matters most cannot be the one that matters least.")
    from_best, to_worst = {**best_to_others, best: 1.0}, {**others_to_worst, worst: 1.0}
    from_best.setdefault(worst, others_to_worst.get(best, math.nan))
    to_worst.setdefault(best, from_best[worst])
    _refuse_unanswered(family, best, worst, from_best, to_worst)
    _refuse_out_of_order(family, best, worst, from_best, to_worst)
    found = elicitation.bwm([from_best[one] for one in family.members], [to_worst[one] for one in family.members])
    ratio = found.consistency_ratio
    if ratio < CONSISTENT:
        return elicited(family, found.weights, ratio, fitting(ratio))
    product = {one: from_best[one] * to_worst[one] for one in family.members}
    off = max(family.members, key=lambda one: abs(product[one] - from_best[worst]))
    told = (
        f"{contradicting(ratio)} You said that {judgement_in_words(family, best, off, from_best[off])}, and that "
        f"{judgement_in_words(family, off, worst, to_worst[off])}. That would make {_times(product[off])} from "
        f"{family.title_of(best)} to {family.title_of(worst)}, and you said {_times(from_best[worst])}."
    )
    return elicited(family, found.weights, ratio, told)


def judgement_in_words(family: Family, first: str, second: str, times: float) -> str:
    """One judgement as the end of a sentence: “Reach counts 5 times as much as Fit”."""
    one, other = family.title_of(first), family.title_of(second)
    if math.isclose(times, 1.0, rel_tol=_SAME):
        return f"{one} and {other} count the same"
    if times < 1:
        one, other, times = other, one, 1 / times
    return f"{one} counts {_times(times)} as much as {other}"


def _table(family: Family, judgements: Mapping[tuple[str, str], float]) -> FloatArray:
    place = {one: index for index, one in enumerate(family.members)}
    table = np.full((len(place), len(place)), np.nan)
    np.fill_diagonal(table, 1.0)
    for (first, second), times in judgements.items():
        refuse_strangers(family, (first, second))
        pair = titles(family, (first, second))
        if first == second:
            raise WeightsError(f"{family.title_of(first)} is compared with itself.")
        if (second, first) in judgements:
            raise WeightsError(f"{pair} are compared twice.")
        if not (is_number(times) and times > 0):
            raise WeightsError(f"The judgement on {pair} is {times!r}; it takes a number above 0.")
        table[place[first], place[second]], table[place[second], place[first]] = times, 1 / times
    return table


def _linked(table: FloatArray) -> BoolArray:
    """To whom a chain of judgements leads from the first member, shape (n,)."""
    judged = ~np.isnan(table)
    reached: BoolArray = judged[0]
    for _ in range(len(judged)):
        reached = np.asarray(judged[reached].any(axis=0))
    return reached


def _refuse_unlinked(family: Family, table: FloatArray) -> None:
    linked = _linked(table)
    if not linked.all():
        here, there = (
            titles(family, [one for one, inside in zip(family.members, linked, strict=True) if inside == wanted])
            for wanted in (True, False)
        )
        raise WeightsError(f"Nothing links {here} with {there} yet: judge a pair of one from each side.")


def _mend(family: Family, table: FloatArray, worst: tuple[int, int, float]) -> tuple[Mend, float]:
    """The worst judgement with what the others suggest instead, and the consistency ratio with that."""
    i, j, suggested = worst
    others = table.copy()
    others[i, j] = others[j, i] = np.nan
    if _linked(others).all():
        weights = elicitation.ahp(others).weights
        suggested = float(weights[i] / weights[j])
    others[i, j], others[j, i] = suggested, 1 / suggested
    mend = Mend(family.members[i], family.members[j], float(table[i, j]), suggested)
    return mend, elicitation.ahp(others).consistency_ratio


def _mend_in_words(family: Family, mend: Mend) -> str:
    said = judgement_in_words(family, mend.first, mend.second, mend.said)
    told_as_same = any(math.isclose(times, 1.0, rel_tol=_SAME) for times in (mend.said, mend.suggested))
    if told_as_same or (mend.said > 1) != (mend.suggested > 1):
        instead = f"that {judgement_in_words(family, mend.first, mend.second, mend.suggested)}"
    else:
        instead = _times(max(mend.suggested, 1 / mend.suggested))
    return f"You said {said}; {instead} would fit your other answers"


def _refuse_unanswered(
    family: Family, best: str, worst: str, from_best: Mapping[str, float], to_worst: Mapping[str, float]
) -> None:
    refuse_strangers(family, [*from_best, *to_worst])
    apart = [(best, worst)] if not is_number(from_best[worst]) else []
    others = [(best, one) for one in family.members if one not in from_best]
    missing = [*apart, *others, *((one, worst) for one in family.members if one not in to_worst)]
    if missing:
        named = [f"{family.title_of(one)} against {family.title_of(other)}" for one, other in missing[:_NAMED]]
        more = [f"{len(missing) - _NAMED} more"] if len(missing) > _NAMED else []
        raise WeightsError(f"Not answered yet: {listed([*named, *more])}.")


def _refuse_out_of_order(
    family: Family, best: str, worst: str, from_best: Mapping[str, float], to_worst: Mapping[str, float]
) -> None:
    apart, most, least = from_best[worst], family.title_of(best), family.title_of(worst)
    if to_worst[best] != apart:
        raise WeightsError(f"{most} against {least} is answered twice, and differently.")
    for one in family.members:
        for first, second, times in ((best, one, from_best[one]), (one, worst, to_worst[one])):
            pair = f"{family.title_of(first)} against {family.title_of(second)}"
            if not (is_number(times) and times >= 1):
                raise WeightsError(f"{pair} is {times!r}; it takes a number from 1 upwards.")
            if times > apart:
                raise WeightsError(
                    f"{pair} is {_times(times)}, more than {most} against {least} ({_times(apart)}): nothing can be "
                    "farther apart than what matters most and what matters least."
                )


def _times(times: float) -> str:
    return f"{times:.2g} times" if times < 10 else f"{times:.0f} times"
