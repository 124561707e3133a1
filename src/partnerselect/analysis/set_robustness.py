"""How sure a set is: how often it is the best one, who else gets in how often, and what it may lose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis.plausible import RegionName, plausible
from partnerselect.analysis.set_question import SetQuestion, set_question, told_share
from partnerselect.analysis.weights import normalised
from partnerselect.analysis.words import points
from partnerselect.kernels import sets
from partnerselect.kernels.arrays import TIE
from partnerselect.kernels.set_rivals import MOST
from partnerselect.model import Decision, SetRule, Viewpoint

_LISTED = 10

SEARCHED = 60
"""Most draws where there are too many sets to look at each: in every draw the best one is searched for."""


@dataclass(frozen=True, eq=False)
class SetRobustness:
    """What a simulation, and exact programmes, say of a proposed set.

    Attributes
    ----------
    sentence : str
        How often it is the best set, and who is in whatever happens.
    proposed : tuple of str
        Ids of the set.
    share, share_error : float
        Share of the draws in which no allowed set is better, and its standard error.
    candidates : DataFrame
        Per candidate id, most often in first: name, core_index and core_index_error (share of the draws in which it
        is in the best set), standing ("in" from the decision's robust_share on, "out" up to 1 less that share, else
        "borderline") and proposed (whether it is in the proposed set).
    sets : DataFrame
        The sets that are best most often: members (ids), names, share, share_error.
    regret, regret_error, regret_worst : float
        What the proposed set loses against the best one (a difference of totals): on average over the draws with its
        standard error, and in the worst draw.
    possible_regret : float
        The most that it can lose under any of these weights and any evidence in its ranges, exactly; NaN where there
        are too many sets to look at.
    competitors : int
        Number of allowed sets that some of these weights and some evidence put above it; -1 where there are too many.
    competing : DataFrame
        Those that may be above it by most: members (ids), names, lead.
    certain : tuple of str
        Ids of the candidates that are in the proposed set and in every competitor.
    region : str
        Which weights were drawn, in words.
    samples, seed : int
    note : str
        What to keep in mind; may be empty.
    """

    sentence: str
    proposed: tuple[str, ...]
    share: float
    share_error: float
    candidates: pd.DataFrame
    sets: pd.DataFrame
    regret: float
    regret_error: float
    regret_worst: float
    possible_regret: float
    competitors: int
    competing: pd.DataFrame
    certain: tuple[str, ...]
    region: str
    samples: int
    seed: int
    note: str


def set_robustness(
    decision: Decision,
    weights: str | Viewpoint | Mapping[str, float],
    rules: Sequence[SetRule] | None = None,
    proposed: Sequence[str] | None = None,
    region: RegionName = "near",
    plus_minus: float | None = None,
    samples: int = 10_000,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> SetRobustness:
    """Draw plausible weights and evidence, and look which set is the best each time.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
        Today's weights.
    rules : sequence of SetRule, optional
        Without it, the decision's rules that are switched on.
    proposed : sequence of str, optional
        Ids of the set in question, allowed or not; without it, the best set under today's weights.
    region, plus_minus : str and float
        Which weights are plausible; see `plausible`.
    samples, seed : int
        The same seed gives the same numbers. At most `SEARCHED` draws are made where more than 200,000 sets would
        have to be looked at in each.
    progress : callable, optional
        Called with the share that is done.

    Raises
    ------
    WeightsError
        For weights or a region that cannot be used.
    RulesError
        Where no set is allowed (a `NoPartnersError`), or rules or the proposed set name somebody who cannot join.
    ValueError
        When samples is below 1.
    """
    question = set_question(decision, weights, rules)
    cells, combine = question.what.cells, question.what.doubtful
    likely = plausible(decision, normalised(decision, weights), region, plus_minus)
    best = question.required_best().members
    own = best if proposed is None else question.rows(proposed)
    kernel, rng = question.search, np.random.default_rng(seed)
    few = question.few(kernel)
    number = samples if few else min(samples, SEARCHED)
    if not cells.ids:
        nobody = sets.SetShare((), 1.0, 0.0)
        found = sets.Doubt(np.zeros(0), np.zeros(0), [nobody], sets.Regret(0.0, 0.0, 0.0, 1.0), number)
    else:
        found = sets.doubt(
            cells.low, cells.high, cells.mode, kernel, likely.region, combine, number, rng, own, progress
        )
    rivals = sets.Rivals([], np.zeros(0), -1, np.zeros(len(cells.ids), dtype=np.bool_), np.nan)
    if question.few(kernel, MOST):
        rivals = sets.rivals(cells.low, cells.high, kernel, own, likely.region, combine, _LISTED)
    fewer = "" if number == samples else f"There are many allowed sets: {number} draws were made, not {samples:,}."
    return _labelled(question, own, found, rivals, likely.words, seed, fewer)


def _labelled(
    question: SetQuestion,
    own: tuple[int, ...],
    found: sets.Doubt,
    rivals: sets.Rivals,
    words: str,
    seed: int,
    fewer: str,
) -> SetRobustness:
    regret = found.regret
    assert regret is not None
    error = float(np.sqrt(regret.share * (1 - regret.share) / found.samples))
    certain = tuple(np.flatnonzero(rivals.in_all).tolist())
    notes = [fewer, question.what.cells.note, *question.rules.notes]
    return SetRobustness(
        sentence=_sentence(question, own, regret, error, rivals, words),
        proposed=question.ids(own),
        share=regret.share,
        share_error=error,
        candidates=_candidates(question, own, found),
        sets=pd.DataFrame(
            [(question.ids(one.members), question.names(one.members), *one[1:]) for one in found.shares[:_LISTED]],
            columns=["members", "names", "share", "share_error"],
        ),
        regret=regret.mean,
        regret_error=regret.error,
        regret_worst=regret.worst,
        possible_regret=rivals.worst_regret,
        competitors=rivals.number,
        competing=pd.DataFrame(
            [
                (question.ids(members), question.names(members), lead)
                for members, lead in zip(rivals.sets, rivals.leads.tolist(), strict=True)
            ],
            columns=["members", "names", "lead"],
        ),
        certain=question.ids(certain),
        region=words,
        samples=found.samples,
        seed=seed,
        note=" ".join(filter(None, notes)),
    )


def _candidates(question: SetQuestion, own: tuple[int, ...], found: sets.Doubt) -> pd.DataFrame:
    cells, robust = question.what.cells, question.decision.verdict.robust_share
    core = found.core_index
    table = pd.DataFrame(
        {
            "name": cells.names,
            "core_index": core,
            "core_index_error": found.core_index_error,
            "standing": np.select([core >= robust - TIE, core <= 1 - robust + TIE], ["in", "out"], "borderline"),
            "proposed": np.isin(np.arange(len(core)), own),
        },
        index=pd.Index(cells.ids, name="candidate", dtype=object),
    )
    return table.sort_values("core_index", ascending=False, kind="stable")


def _sentence(
    question: SetQuestion, own: tuple[int, ...], regret: sets.Regret, error: float, rivals: sets.Rivals, words: str
) -> str:
    who, stays = question.names(own), "stay" if len(own) > 1 else "stays"
    told = f"In {told_share(regret.share, error)} of the draws {words}, {who} {stays} the best set."
    if regret.mean > TIE:
        behind = f"{question.apart(regret.mean)} behind the best one, and at worst {points(regret.worst)}"
        told += f" On average this set is {behind}."
    if rivals.number < 0:
        return told
    if rivals.number == 0:
        return f"{told} No other allowed set can be better, whatever these weights and the evidence turn out to be."
    others = f"{rivals.number:,} other allowed set{'' if rivals.number == 1 else 's'} could be better"
    certain = np.flatnonzero(rivals.in_all).tolist()
    if not certain:
        return f"{told} {others}, and nobody of this set is in {'it' if rivals.number == 1 else 'all of them'}."
    are = "are" if len(certain) > 1 else "is"
    return f"{told} {others}; {question.names(certain)} {are} in {'it' if rivals.number == 1 else 'all of them'}."
