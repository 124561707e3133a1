"""What an import would do to the ranking, under the weights of today."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from partnerselect.analysis.evaluation import evaluate
from partnerselect.analysis.words import listed, sentence
from partnerselect.kernels.arrays import TIE
from partnerselect.model import Decision, Viewpoint

_NAMED = 3


@dataclass(frozen=True, eq=False)
class ImportEffect:
    """Totals and ranks before and after.

    Attributes
    ----------
    ranking : DataFrame
        Indexed by candidate, best after it first; only those whose total moves. Columns: name, total_before,
        total_after, change (0..1), rank_before, rank_after; NaN before for newcomers.
    sentences : tuple of str
    """

    ranking: pd.DataFrame
    sentences: tuple[str, ...]


def import_effect(decision: Decision, after: Decision, weights: str | Viewpoint | Mapping[str, float]) -> ImportEffect:
    """Rank the candidates as they stand and as they would stand.

    Parameters
    ----------
    decision, after : Decision
        Before and after, with the same goals and criteria.
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points

    Raises
    ------
    WeightsError
        As `evaluate` does.
    """
    names = {one.id: one.name for one in after.candidates}
    before, later = evaluate(decision, weights).ranking, evaluate(after, weights).ranking
    ranking = pd.DataFrame(
        {
            "name": [names[str(one)] for one in later.index],
            "total_before": before["total"].reindex(later.index),
            "total_after": later["total"],
            "change": later["total"] - before["total"].reindex(later.index),
            "rank_before": before["rank"].reindex(later.index),
            "rank_after": later["rank"],
        },
        index=later.index,
    )
    moved = ranking[~(ranking["change"].abs() <= TIE)]
    return ImportEffect(moved, (*_totals(moved), *_screened(decision, after, later), *_ranks(ranking)))


def _totals(moved: pd.DataFrame) -> list[str]:
    known = moved["change"].notna()
    names, newcomers = moved.loc[known, "name"].to_list(), moved[~known]
    told = [f"{one['name']} would come in at rank {one['rank_after']}." for one in newcomers.to_dict("records")]
    if not names:
        return told or ["No total moves, so the ranking stays as it is."]
    if len(names) > _NAMED:
        return [f"The totals of {len(names)} candidates move.", *told]
    return [f"The {'total' if len(names) == 1 else 'totals'} of {listed(names)} {_s('move', len(names))}.", *told]


def _screened(decision: Decision, after: Decision, later: pd.DataFrame) -> list[str]:
    """Newcomers that fail a gate have no rank, and that is said."""
    known = {one.id for one in decision.candidates}
    out = [one.name for one in after.candidates if one.id not in known and one.id not in later.index]
    return [f"{listed(out)} {_s('fail', len(out))} a gate, and would not be ranked."] if out else []


def _ranks(ranking: pd.DataFrame) -> list[str]:
    """Who leads then, and who changes places most."""
    if (ranking["change"].abs() <= TIE).all():
        return []
    first = {when: ranking.loc[ranking[f"rank_{when}"] == 1, "name"].to_list() for when in ("before", "after")}
    if set(first["before"]) == set(first["after"]):
        lead = f"{listed(first['after'])} {_s('stay', len(first['after']))} first."
    elif first["before"]:
        led = listed(first["before"])
        lead = sentence(f"{listed(first['after'])} {_s('lead', len(first['after']))} instead of {led}")
    else:
        lead = f"{listed(first['after'])} {_s('lead', len(first['after']))}."
    steps = (ranking["rank_before"] - ranking["rank_after"]).dropna()
    steps = steps[steps != 0]
    if steps.empty:
        return [lead, "Nobody else changes places." if ranking["change"].isna().any() else "Nobody changes places."]
    order = steps.abs().sort_values(ascending=False, kind="stable").index[:_NAMED]
    told = [_step(ranking.loc[one].to_dict()) for one in order]
    more = len(steps) - len(told)
    others = f", and {more} {'other changes' if more == 1 else 'others change'} places" if more else ""
    return [lead, f"{listed(told) if not more else ', '.join(told)}{others}."]


def _step(row: Mapping[str, object]) -> str:
    before, after = float(str(row["rank_before"])), float(str(row["rank_after"]))
    assert not math.isnan(before)
    return f"{row['name']} {'rises' if after < before else 'falls'} from rank {before:.0f} to {after:.0f}"


def _s(verb: str, count: int) -> str:
    """A verb as it goes with one or with several."""
    return f"{verb}s" if count == 1 else verb
