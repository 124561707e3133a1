"""Robust, fragile or a tie: what one may say about the best set, with the number behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from partnerselect.analysis.deciding_cells import deciding_cells, set_worth
from partnerselect.analysis.set_question import SetQuestion, told_share
from partnerselect.analysis.verdict import Move
from partnerselect.analysis.words import sentence
from partnerselect.kernels import regions, set_table, sets
from partnerselect.kernels.arrays import TIE
from partnerselect.kernels.set_table import Border, SetTable

MOST_SETS = 20_000
"""Most sets for which every weight and every cell of evidence is looked at by itself."""

_NEAR, _AT_ONE = 2_000, 250
"""Draws over the weights near today's, and draws at each single one of them."""

_TOTALS = 10_000_000
"""Totals of sets that all draws together may take; with many sets, fewer draws are made, down to a fifth."""

_WEIGHTS = 12

_LADDER = 50
"""How many of the next best sets say which candidates are compared where there are too many sets for all."""

_COLUMNS = ["title", "weight", "low", "below", "high", "above"]


@dataclass(frozen=True, eq=False)
class SetVerdict:
    """The verdict on the best set, and the numbers behind it.

    Attributes
    ----------
    kind : "robust", "fragile" or "tie"
    sentence : str
    reasons : tuple of str
        Everything that speaks against “robust”, each in a sentence; empty where nothing does.
    best : tuple of str
        Ids of the best set.
    lead : float
        Distance of the totals (0..1) between it and the next best set; infinite where there is none.
    staying, staying_error : float
        Share of plausible cases (weights near today's, evidence in its ranges) in which no set is better, and its
        standard error. With more than `MOST_SETS` sets only those are compared that the candidates of the next best
        sets make up, so that it is the most that the share can be; the sentence says so.
    weights : DataFrame
        Per criterion id: title, weight (today's), low and high (between which it is the best set, the others keeping
        their proportions), below and above (names of the set that is the best beyond; empty at 0 and 1). Empty where
        there are more than `MOST_SETS` sets.
    """

    kind: Literal["robust", "fragile", "tie"]
    sentence: str
    reasons: tuple[str, ...]
    best: tuple[str, ...]
    lead: float
    staying: float
    staying_error: float
    weights: pd.DataFrame


def set_verdict(question: SetQuestion) -> SetVerdict:
    """Judge the best set.

    Raises
    ------
    RulesError
        Where no set is allowed (a `NoPartnersError`).
    """
    best = question.required_best()
    following = question.best(question.search, 2)[1:]
    lead = max(best.total - following[0].total, 0.0) if following else float("inf")
    rules, what = question.search, question.what
    table = set_table.table(what.cells.best, rules, set_worth(what), MOST_SETS)
    weights = pd.DataFrame([], columns=_COLUMNS) if table is None else _borders(question, table, best.members)
    thresholds, who = question.decision.verdict, question.names(best.members)
    several = len(best.members) > 1
    if not following:
        told = f"Robust: {who} {'are' if several else 'is'} the only allowed set."
        return SetVerdict("robust", told, (), question.ids(best.members), lead, 1.0, 0.0, weights)
    compared = rules if table is not None else _compared(question, best)
    draws = _draws(question.sets_to_look_at(compared))
    staying = _staying(question, compared, best.members, regions.box(what.weights, thresholds.near), draws)
    error = float(np.sqrt(staying * (1 - staying) / draws))
    made = question.ids(best.members), lead, staying, error, weights
    tie = _tie(question, compared, best, following[0], lead, staying)
    if tie:
        return SetVerdict("tie", f"Tie: {tie}", (tie,), *made)
    limited = (
        "" if table is not None else f", compared with the sets of the {_pool(question, compared)} closest candidates"
    )
    share = told_share(staying, error) if table is not None else f"at most {100 * staying:.0f} % (± {200 * error:.0f})"
    stay = f"in {share} of the plausible cases {who} {'stay' if several else 'stays'} the best set{limited}"
    reasons = _reasons(question, table, best.members, weights, staying)
    if reasons:
        return SetVerdict("fragile", f"Fragile: {reasons[0]} {stay[0].upper()}{stay[1:]}.", reasons, *made)
    alone = (
        ""
        if table is None
        else f"; no single weight moved by up to {100 * thresholds.fragile_move:.0f} % of itself, and no single "
        "evidence range, changes that"
    )
    return SetVerdict("robust", f"Robust: {stay}{alone}.", (), *made)


def _compared(question: SetQuestion, best: sets.PartnerSet) -> sets.Rules:
    """The rules, for those candidates only that are in the best sets: as many of these as make few enough sets."""
    rules, n = question.search, len(question.what.cells.ids)
    inside, sizes = set(best.members), {len(best.members)}
    chosen = _only(rules, n, inside, sizes)
    for one in question.best(rules, _LADDER):
        inside, sizes = inside | set(one.members), sizes | {len(one.members)}
        wider = _only(rules, n, inside, sizes)
        if not question.few(wider, MOST_SETS):
            break
        chosen = wider
    return chosen


def _only(rules: sets.Rules, n: int, inside: set[int], sizes: set[int]) -> sets.Rules:
    others = (one for one in range(n) if one not in inside)
    return replace(rules, must_not=(*rules.must_not, *others), size=(min(sizes), max(sizes)))


def _pool(question: SetQuestion, rules: sets.Rules) -> int:
    return len(question.what.cells.ids) - len(set(rules.must_not))


def _draws(number: int, usual: int = _NEAR) -> int:
    """How many draws are made of so many sets."""
    return max(usual // 5, min(usual, _TOTALS * usual // (_NEAR * max(number, 1))))


def _staying(
    question: SetQuestion, rules: sets.Rules, members: tuple[int, ...], region: regions.Region, samples: int
) -> float:
    cells = question.what.cells
    found = sets.doubt(
        cells.low, cells.high, cells.mode, rules, region, question.what.doubtful, samples, proposed=members
    )
    assert found.regret is not None
    return found.regret.share


def _tie(
    question: SetQuestion,
    rules: sets.Rules,
    best: sets.PartnerSet,
    following: sets.PartnerSet,
    lead: float,
    staying: float,
) -> str:
    """Why it is a tie, as a sentence; empty where it is none."""
    thresholds, who = question.decision.verdict, question.names(best.members)
    are = "are" if len(best.members) > 1 else "is"
    if lead <= TIE:
        return f"with {question.instead(following.members, best.members)} the set would be just as good."
    if lead <= thresholds.tie_within + TIE:
        return f"the next best set is {question.apart(lead)} behind, too little to tell them apart."
    if staying >= thresholds.undecided_below:  # then so it is at some single weights
        return ""
    today = question.what.weights
    near = regions.box(today, thresholds.near).sample(_WEIGHTS - 1, np.random.default_rng(0))
    draws = _draws(question.sets_to_look_at(rules), _AT_ONE)
    each = [_staying(question, rules, best.members, regions.box(one, 0.0), draws) for one in np.vstack([today, near])]
    if max(each) < thresholds.undecided_below:
        most = "less than 1 %" if max(each) < 0.005 else f"at most {100 * max(each):.0f} %"
        return (
            f"what is not known leaves open which set is the best. Whatever the weights near today's, {who} {are} "
            f"the best set in {most} of the draws of the evidence."
        )
    return ""


def _reasons(
    question: SetQuestion,
    table: SetTable | None,
    members: tuple[int, ...],
    weights: pd.DataFrame,
    staying: float,
) -> tuple[str, ...]:
    """Everything that makes the set fragile, as sentences."""
    thresholds = question.decision.verdict
    reasons = []
    small = [(one, move) for one, move in _moves(weights) if move.share <= thresholds.fragile_move]
    if small:
        criterion, least = min(small, key=lambda each: each[1].share)
        more = len({one for one, _ in small} - {criterion})
        others = f" ({more} other single weight{'s' if more > 1 else ''} can do the like)" if more else ""
        reasons.append(
            f"{least.criterion} moved from {100 * least.today:.1f} % to {100 * least.needed:.1f} % of all weight makes "
            f"{least.enters} the best set{others}."
        )
    cells = [] if table is None else deciding_cells(question.what, table, members)
    if cells:
        row, column = cells[0]
        first = f"{question.what.cells.titles[column]} of {question.what.names[row]}"
        reasons.append(
            sentence(f"one single cell of evidence, at an end of its range, makes another set the best: {first}")
            if len(cells) == 1
            else sentence(
                f"each of {len(cells)} single cells of evidence, at an end of its range, makes another set the best: "
                f"first of all {first}"
            )
        )
    if staying < thresholds.robust_share:
        share = 100 * thresholds.robust_share
        reasons.append(f"this set is the best one in less than {share:.0f} % of the plausible cases.")
    return tuple(reasons)


def _borders(question: SetQuestion, table: SetTable, members: tuple[int, ...]) -> pd.DataFrame:
    cells, weights = question.what.cells, question.what.weights
    own = table.row_of(members)
    rows = []
    for column, title in enumerate(cells.titles):
        lower, upper = set_table.borders(table.worth, weights, column, own)
        rows.append((title, weights[column], *_end(question, table, lower, 0.0), *_end(question, table, upper, 1.0)))
    return pd.DataFrame(rows, columns=_COLUMNS, index=pd.Index(cells.criteria, name="criterion", dtype=object))


def _end(question: SetQuestion, table: SetTable, border: Border | None, end: float) -> tuple[float, str]:
    if border is None:
        return end, ""
    return border.weight, question.names(table.members(border.rival))


def _moves(weights: pd.DataFrame) -> Sequence[tuple[str, Move]]:
    """Moves of single weights (criterion ids) that make another set the best."""
    return [
        (str(criterion), Move(row["title"], row["weight"], needed, "", rival))
        for criterion, row in zip(weights.index, weights.to_dict("records"), strict=True)
        for needed, rival in ((row["low"], row["below"]), (row["high"], row["above"]))
        if rival
    ]
