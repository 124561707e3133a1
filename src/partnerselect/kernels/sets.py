"""Which partners together: the best sets under rules, exactly, and what each candidate and each rule means for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from partnerselect.kernels.arrays import TIE, FloatArray
from partnerselect.kernels.checks import place, seats
from partnerselect.kernels.infeasibility import Explanation, NoSetAllowedError, Relaxation, explain
from partnerselect.kernels.regions import Region
from partnerselect.kernels.set_doubt import Doubt, Regret, SetShare, doubt
from partnerselect.kernels.set_lists import PartnerSet
from partnerselect.kernels.set_marginals import Marginals, marginals, redundancy
from partnerselect.kernels.set_rivals import Rivals, rivals
from partnerselect.kernels.set_rules import Change, Rule, Rules, limits
from partnerselect.kernels.set_search import Question
from partnerselect.kernels.set_values import Combine, Coverage, worth

__all__ = [
    "Change",
    "Combine",
    "Coverage",
    "Doubt",
    "Explanation",
    "Marginals",
    "NearBest",
    "NoSetAllowedError",
    "PartnerSet",
    "Price",
    "Regret",
    "Relaxation",
    "Rivals",
    "Rule",
    "Rules",
    "SetShare",
    "Standing",
    "best_sets",
    "core_index",
    "doubt",
    "explain",
    "marginals",
    "near_best",
    "prices",
    "redundancy",
    "rivals",
    "standing",
]


class Price(NamedTuple):
    """What one rule costs: the best total without it, how much more that is, and the best set then."""

    rule: Rule
    total: float
    cost: float
    members: tuple[int, ...]


class NearBest(NamedTuple):
    """The sets close to the best one: the first of them, and the number of all; `exact` False: at least so many."""

    sets: list[PartnerSet]
    number: int
    exact: bool


class Standing(NamedTuple):
    """Where one set stands.

    `broken` names the rules that it does not keep; `behind` is how much better the best set is; `rank` is 1 + the
    number of allowed sets that are better by more than 1e-9, None where there are too many to count.
    """

    total: float
    broken: tuple[Rule, ...]
    behind: float
    rank: int | None


def best_sets(
    values: ArrayLike, weights: ArrayLike, rules: Rules, combine: Combine = "sum", top: int = 10
) -> list[PartnerSet]:
    """The allowed sets with the largest totals: the best and the next best.

    Parameters
    ----------
    values : array_like of shape (n_candidates, n_criteria)
        Of a criterion with a coverage they are not looked at.
    weights : array_like of shape (n_criteria,)
        None negative.
    rules : Rules
    combine : "sum", "mean", "best", a Coverage, or one of these for each criterion
        How partners combine. Mean and best of nobody are 0.
    top : int
        Most sets that are listed.

    Returns
    -------
    list of PartnerSet
        Best first; totals within 1e-9 are equal, and equal ones come in the order of their members.

    Raises
    ------
    ValueError
        When shapes do not fit, something is not finite, a weight is negative, or a rule is about a candidate that
        does not exist.
    RulesError
        When no set is allowed; `.conflicts` and `.relaxations` say why and what would do.

    References
    ----------
    Salo, Keisler & Morton (2011), Portfolio Decision Analysis, ch. 1; for best-of as a linear programme the
    facility location of Balinski (1965), Integer programming, Management Science 12(3); for coverage Church &
    ReVelle (1974), The maximal covering location problem, Papers of the Regional Science Association 32.
    """
    return _best(_question(values, weights, rules, combine), rules, seats(top))


def core_index(
    low: ArrayLike,
    high: ArrayLike,
    best: ArrayLike | None,
    rules: Rules,
    region: Region | None = None,
    combine: Combine = "sum",
    samples: int = 10_000,
    rng: np.random.Generator | None = None,
    progress: Callable[[float], None] | None = None,
) -> FloatArray:
    """Share of the samples in which each candidate is in the best set, shape (n_candidates,).

    Parameters, errors and references as in `doubt`, which has the shares of whole sets beside it.
    """
    return doubt(low, high, best, rules, region, combine, samples, rng, progress=progress).core_index


def near_best(
    values: ArrayLike, weights: ArrayLike, rules: Rules, combine: Combine = "sum", gap: float = 0.0, top: int = 10
) -> NearBest:
    """The allowed sets whose totals are at most `gap` below the best: the first of them, and their number.

    Parameters, errors and references as in `best_sets`. A gap of 0 asks for ties with the best.

    Raises
    ------
    ValueError
        When the gap is negative or no number.
    """
    if not gap >= 0:
        raise ValueError(f"gap is {gap}; it takes 0 or more")
    question = _question(values, weights, rules, combine)
    found = _best(question, rules, seats(top))
    line = found[0].total - gap - TIE
    close = [one for one in found if one.total >= line]
    count = question.number_above(line)
    return NearBest(close, len(close) if count is None else count, count is not None)


def standing(
    values: ArrayLike, weights: ArrayLike, rules: Rules, members: Sequence[int], combine: Combine = "sum"
) -> Standing:
    """Where a set that somebody put together stands among the allowed ones, itself allowed or not.

    Parameters, errors and references as in `best_sets`; members are indices of candidates.
    """
    question = _question(values, weights, rules, combine)
    chosen = np.zeros(question.limits.candidates, dtype=np.bool_)
    chosen[[place("members", one, chosen.size) for one in members]] = True
    total = question.worth.total(np.flatnonzero(chosen).tolist())
    best = _best(question, rules, 1)[0]
    below, above = question.limits.broken(chosen)
    broken = tuple(rule for rule, kept in zip(question.limits.owners, ~(below | above), strict=True) if not kept)
    better = question.number_above(total + TIE, strictly=True)
    return Standing(total, broken, best.total - total, None if better is None else 1 + better)


def prices(values: ArrayLike, weights: ArrayLike, rules: Rules, combine: Combine = "sum") -> list[Price]:
    """What each rule costs: the best total without it, less the best total with all of them.

    Parameters, errors and references as in `best_sets`. Without the size rule a set may have any size.

    Returns
    -------
    list of Price
        In the order of `rules.parts()`; a rule that costs nothing has a cost of 0.
    """
    total = best_sets(values, weights, rules, combine, top=1)[0].total
    result = []
    for rule in rules.parts():
        without = best_sets(values, weights, rules.without(rule), combine, top=1)[0]
        result.append(Price(rule, without.total, max(without.total - total, 0.0), without.members))
    return result


def _question(values: ArrayLike, weights: ArrayLike, rules: Rules, combine: Combine) -> Question:
    brings = worth(values, weights, combine)
    return Question(brings, limits(rules, brings.added.size))


def _best(question: Question, rules: Rules, top: int) -> list[PartnerSet]:
    found = question.best(top)
    if not found:
        raise NoSetAllowedError(rules, question.limits.candidates)
    return found
