"""Where the decision stands: who leads, how surely, and what nobody knows yet."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from partnerselect.analysis.evaluation import Evaluation
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.analysis.words import listed, sentence
from partnerselect.model import Decision


@dataclass(frozen=True, eq=False)
class Standing:
    """The state of a decision in sentences and two small tables.

    Attributes
    ----------
    sentence : str
        Who leads and how many others could.
    contenders : tuple of str
        Candidate ids whose likely rank can be 1, best total first.
    known_share : float
        Share of all cells of the ranked candidates that rest on evidence.
    unknown_sentence : str
        The same in words, with the criteria that nobody knows anything about.
    by_criterion : DataFrame
        Per criterion id: title, goal, known, refused, not_applicable, unknown (numbers of candidates), weight.
    by_candidate : DataFrame
        Per candidate id: name, known (number of criteria with evidence), share of the weight they carry.
    """

    sentence: str
    contenders: tuple[str, ...]
    known_share: float
    unknown_sentence: str
    by_criterion: pd.DataFrame
    by_candidate: pd.DataFrame


def standing(decision: Decision, evaluation: Evaluation) -> Standing:
    """Sum up one evaluation of one decision."""
    ranges = value_ranges(decision)
    names = {candidate.id: candidate.name for candidate in ranges.candidates}
    criteria = [criterion.id for criterion in ranges.criteria]
    counts = {
        status: (ranges.status == status).sum(axis=0) for status in ("known", "refused", "not_applicable", "unknown")
    }
    goal_of = {criterion.id: goal.title for goal in decision.goals for criterion in goal.criteria}
    by_criterion = pd.DataFrame(
        {
            "title": [criterion.title for criterion in ranges.criteria],
            "goal": [goal_of[criterion] for criterion in criteria],
            **counts,
            "weight": evaluation.weights.to_numpy(),
        },
        index=pd.Index(criteria, name="criterion"),
    )
    by_candidate = pd.DataFrame(
        {"name": list(names.values()), "known": ranges.known.sum(axis=1)}, index=pd.Index(list(names), name="candidate")
    ).assign(share=evaluation.ranking["known"])
    contenders = tuple(evaluation.ranking.index[evaluation.ranking["likely_best_rank"] == 1])
    known_share = float(ranges.known.mean()) if ranges.known.size else 0.0
    return Standing(
        sentence=_leaders(evaluation, names, contenders),
        contenders=contenders,
        known_share=known_share,
        unknown_sentence=_unknowns(by_criterion, known_share, len(names)),
        by_criterion=by_criterion,
        by_candidate=by_candidate,
    )


def _leaders(evaluation: Evaluation, names: dict[str, str], contenders: tuple[str, ...]) -> str:
    ranking = evaluation.ranking
    if ranking.empty:
        return "No candidate passes the gates."
    first = [names[candidate] for candidate in ranking.index[ranking["rank"] == 1]]
    total = 100 * ranking["total"].iloc[0]
    if len(first) == len(ranking) > 1:
        lead = f"Nothing tells the {len(first)} candidates apart: all have {total:.1f} of 100"
    elif len(first) > 3:
        lead = f"{len(first)} candidates share the lead with {total:.1f} of 100"
    elif len(first) > 1:
        lead = f"{listed(first)} share the lead with {total:.1f} of 100"
    else:
        lead = f"{first[0]} leads with {total:.1f} of 100"
    others = len(set(contenders) - set(ranking.index[ranking["rank"] == 1]))
    if len(first) == len(ranking) > 1:
        return f"{lead}."
    if others == 0:
        return f"{lead}, and within what is likely nobody else comes first."
    who = "one other candidate" if others == 1 else f"{others} other candidates"
    return f"{lead}, but the evidence leaves room: {who} could likely be first."


def _unknowns(by_criterion: pd.DataFrame, known_share: float, candidates: int) -> str:
    whom = "1 candidate" if candidates == 1 else f"{candidates} candidates"
    told = f"Evidence stands behind {100 * known_share:.0f} % of all cells ({whom})."
    blank = list(by_criterion["title"][by_criterion["known"] == 0])
    if not blank:
        return told
    if len(blank) == len(by_criterion):
        return f"{told} Nobody has any evidence on any criterion."
    return sentence(f"{told} Nobody has any evidence on {listed(blank)}")
