"""Viewpoints side by side: what each weighs, how each ranks, how far they agree, who thinks alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis.evaluation import evaluate_with
from partnerselect.analysis.weights import normalised, viewpoint_named
from partnerselect.analysis.words import listed, sentence
from partnerselect.errors import WeightsError
from partnerselect.kernels import group, ranks
from partnerselect.model import Decision, Viewpoint

_DIGITS = 12
"""Spreads that differ beyond these digits are equal, and stay in the order of the tree."""


@dataclass(frozen=True, eq=False)
class ViewpointComparison:
    """Several viewpoints of one decision; columns are viewpoint ids throughout.

    Attributes
    ----------
    titles, names, criteria : Mapping
        Title of each viewpoint id, name of each ranked candidate id, title of each criterion id.
    weights : DataFrame
        Normalised weights, criteria x viewpoints; columns sum to 1.
    ranks : DataFrame
        Ranks, candidates x viewpoints, best mean rank first.
    concordance : float
        Kendall's W of the rankings: 1 = all the same, 0 = no agreement; NaN where there is nothing to agree on.
    tau : DataFrame
        Kendall's tau-b of every two rankings, viewpoints x viewpoints: 1 = the same order, -1 = the reverse; NaN
        beside a viewpoint that ties everybody.
    divides : DataFrame
        Per criterion id, most divisive first: title, spread (standard deviation of its weight over the viewpoints),
        highest and lowest (viewpoint ids), most and least (their weights).
    groups : tuple of tuples of str
        Viewpoints whose rankings are alike (mean tau of at least 0.5 inside each group).
    agreement, divided, likeminded, leaders : str
        The same in sentences; `leaders` says who comes first under which.
    """

    titles: Mapping[str, str]
    names: Mapping[str, str]
    criteria: Mapping[str, str]
    weights: pd.DataFrame
    ranks: pd.DataFrame
    concordance: float
    tau: pd.DataFrame
    divides: pd.DataFrame
    groups: tuple[tuple[str, ...], ...]
    agreement: str
    divided: str
    likeminded: str
    leaders: str


def compare_viewpoints(decision: Decision, viewpoints: Sequence[str | Viewpoint] | None = None) -> ViewpointComparison:
    """Set viewpoints side by side.

    Parameters
    ----------
    decision : Decision
    viewpoints : sequence of viewpoints, their ids or titles, optional
        None = all of the decision. One that is named twice counts once.

    Raises
    ------
    WeightsError
        When there is none, one is unknown, or its points cannot be weights.

    References
    ----------
    Kendall & Gibbons (1990), Rank Correlation Methods, 5th ed., chapter 6, for W; Kendall (1945), The treatment of
    ties in ranking problems, Biometrika 33(3), for tau-b.
    """
    given = decision.viewpoints if viewpoints is None else viewpoints
    chosen = {one.id: one for one in (_viewpoint(decision, one) for one in given)}
    if not chosen:
        raise WeightsError("Name at least one viewpoint to compare.")
    ids = pd.Index(chosen, name="viewpoint", dtype=object)
    titles = {one.id: one.title for one in chosen.values()}
    evaluations = [evaluate_with(decision, normalised(decision, one)) for one in chosen.values()]
    weights = pd.DataFrame({one: found.weights for one, found in zip(ids, evaluations, strict=True)})
    ranking = pd.DataFrame({one: found.ranking["rank"] for one, found in zip(ids, evaluations, strict=True)})
    order = [candidate.id for candidate in decision.candidates if candidate.id in ranking.index]
    ranking = ranking.reindex(order)
    table = ranking.to_numpy(dtype=float).reshape(len(ranking), len(ids))
    ranking = ranking.iloc[np.argsort(table.mean(axis=1), kind="stable")]
    concordance, tau = ranks.kendall_w(table), group.pairwise_tau(table)
    groups = _groups(tau, list(ids))
    divides = _divides(decision, weights)
    names = {candidate.id: candidate.name for candidate in decision.candidates if candidate.id in ranking.index}
    return ViewpointComparison(
        titles=titles,
        names=names,
        criteria={criterion.id: criterion.title for criterion in decision.criteria},
        weights=weights.rename_axis(columns="viewpoint"),
        ranks=ranking.rename_axis(index="candidate", columns="viewpoint"),
        concordance=concordance,
        tau=pd.DataFrame(tau, index=ids, columns=ids),
        divides=divides,
        groups=groups,
        agreement=_agreement(concordance, len(ids)),
        divided=_divided(divides, titles),
        likeminded=_likeminded(groups, titles, concordance),
        leaders=_leaders(ranking, names, titles),
    )


def _viewpoint(decision: Decision, one: str | Viewpoint) -> Viewpoint:
    if isinstance(one, Viewpoint):
        return one
    return next((known for known in decision.viewpoints if known.id == one), None) or viewpoint_named(decision, one)


def _groups(tau: np.ndarray, ids: list[str]) -> tuple[tuple[str, ...], ...]:
    number = group.like_minded(tau)
    return tuple(
        tuple(one for one, own in zip(ids, number, strict=True) if own == which) for which in range(number.max() + 1)
    )


def _divides(decision: Decision, weights: pd.DataFrame) -> pd.DataFrame:
    table = weights.to_numpy()
    rows = pd.DataFrame(
        {
            "title": [criterion.title for criterion in decision.criteria],
            "spread": group.disagreement(table.T),
            "highest": weights.columns[table.argmax(axis=1)],
            "most": table.max(axis=1),
            "lowest": weights.columns[table.argmin(axis=1)],
            "least": table.min(axis=1),
        },
        index=weights.index,
    )
    return rows.sort_values("spread", ascending=False, kind="stable", key=lambda spread: spread.round(_DIGITS))


def _agreement(concordance: float, count: int) -> str:
    if count == 1:
        return "There is one viewpoint only: nothing to agree or disagree on."
    if math.isnan(concordance):
        return "Nobody is ranked before anybody else, so there is nothing to agree or disagree on."
    degree = next(
        words
        for least, words in (
            (0.9, "rank the candidates almost alike"),
            (0.7, "largely agree on the ranking"),
            (0.4, "agree on parts of the ranking"),
            (0.0, "hardly agree on the ranking"),
        )
        if concordance >= least
    )
    return f"The {count} viewpoints {degree} (Kendall's W {concordance:.2f}; 1 is the same ranking, 0 no agreement)."


def _divided(divides: pd.DataFrame, titles: Mapping[str, str]) -> str:
    if len(titles) == 1:
        return ""
    first = divides.iloc[0]
    if first["spread"] < 5e-4:
        return "All of them weigh the criteria alike."
    return sentence(
        f"They are farthest apart on {first['title']}: {100 * first['most']:.1f} % of the weight for "
        f"{titles[first['highest']]}, {100 * first['least']:.1f} % for {titles[first['lowest']]}"
    )


def _likeminded(groups: tuple[tuple[str, ...], ...], titles: Mapping[str, str], concordance: float) -> str:
    if len(titles) == 1 or math.isnan(concordance):
        return ""
    if len(groups) == 1:
        return "By their rankings all of them are like-minded."
    if len(groups) == len(titles):
        return "By their rankings no two of them are like-minded."
    together = "; ".join(listed([titles[one] for one in members]) for members in groups if len(members) > 1)
    alone = [titles[members[0]] for members in groups if len(members) == 1]
    apart = f" {listed(alone)} {'stands' if len(alone) == 1 else 'stand'} alone." if alone else ""
    return f"Like-minded by their rankings: {together}.{apart}"


def _leaders(ranking: pd.DataFrame, names: Mapping[str, str], titles: Mapping[str, str]) -> str:
    if ranking.empty:
        return "No candidate passes the gates."
    first = {one: [names[str(candidate)] for candidate in ranking.index[ranking[one] == 1]] for one in titles}
    by_leader: dict[str, list[str]] = {}
    for one, leading in first.items():
        who = listed(leading) if len(leading) <= 3 else f"{len(leading)} candidates that tie"
        by_leader.setdefault(who, []).append(titles[one])
    if len(by_leader) == 1:
        (who,) = by_leader
        verb = "lead" if len(next(iter(first.values()))) > 1 else "leads"
        return sentence(f"{who} {verb} under {'each of them' if len(titles) > 1 else listed(list(titles.values()))}")
    told = [f"{who} under {listed(under)}" for who, under in sorted(by_leader.items(), key=lambda one: -len(one[1]))]
    return sentence(f"In the lead: {'; '.join(told)}")
