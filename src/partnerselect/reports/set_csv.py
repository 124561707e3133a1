"""A shortlist as CSV, for a spreadsheet: the set, its rules, the weights, and how sure it is."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping

import pandas as pd

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.proposed_set import ProposedSet
from partnerselect.analysis.set_robustness import SetRobustness
from partnerselect.analysis.weights import normalised
from partnerselect.model import Decision
from partnerselect.reports.on_record import OnRecord
from partnerselect.reports.shortlist_csv import harmless

Row = list[str]


def set_csv(
    decision: Decision,
    found: BestSets,
    robustness: SetRobustness | None,
    weights: Mapping[str, float],
    partners: pd.DataFrame,
    prices: pd.DataFrame,
    *,
    place: ProposedSet | None = None,
    on_record: OnRecord | None = None,
) -> str:
    """Comma-separated text, section under section; the first column says which.

    The first row of each section names its columns, but for "decision", whose rows are a name and what it is. All
    rows have as many cells. Totals, what partners add, distances and prices are in points of 100; weights and shares
    are from 0 to 1. A cell is empty where there is no number. Text that a spreadsheet would take for a formula is led
    by an apostrophe.

    Parameters
    ----------
    decision : Decision
    found : BestSets
    robustness : SetRobustness or None
        Without it, there are no sections "robustness" and "core index".
    weights : mapping of goal and criterion ids to points
        Those that everything else was found with.
    partners, prices : DataFrame
        What `partners` says of the best set, or of the chosen one, and `rule_prices` of the rules.
    place : ProposedSet, optional
        Where another set stands that was chosen: `robustness` and `partners` are about it then.
    on_record : OnRecord, optional
        The closed round that this is of.
    """
    sections = {
        "decision": [
            *_decision(decision, found, weights, found.note if robustness is None else robustness.note),
            *_chosen(decision, found, place, on_record or OnRecord()),
        ],
        "partners": _partners(partners),
        "best sets": _best_sets(found),
        "rules": _rules(prices),
        "weights": _weights(decision, weights),
    }
    if robustness is not None:
        sections |= {"robustness": _robustness(robustness), "core index": _core(robustness)}
    rows = [[name, *row] for name, section in sections.items() for row in section]
    width = max(map(len, rows))
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue()


def _decision(decision: Decision, found: BestSets, weights: Mapping[str, float], note: str) -> Iterator[Row]:
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    yield ["decision", harmless(decision.title)]
    yield ["question", harmless(decision.question)]
    yield ["evidence as of", decision.as_of.isoformat()]
    yield ["points", harmless(_viewpoint(decision, weights))]
    yield ["the set", harmless(", ".join(names[one] for one in found.best))]
    yield ["its total", _points(found.total)]
    yield ["just as good", str(len(found.tied) - 1)]
    yield ["allowed sets", str(found.allowed) if found.all_counted else "too many to count"]
    yield ["in words", harmless(found.sentence)]
    if note:
        yield ["to keep in mind", harmless(note)]


def _chosen(decision: Decision, found: BestSets, place: ProposedSet | None, record: OnRecord) -> Iterator[Row]:
    """Which round it is of, and who was chosen there, or instead of the best set."""
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    if record.sha256 is not None:
        yield ["round", harmless(record.in_words)]
        yield ["hash of the round", record.sha256]
    if place is not None and (record.sha256 is not None or set(place.members) != set(found.best)):
        yield ["chosen", harmless(", ".join(names[one] for one in place.members) or "nobody")]
        yield ["its place", harmless(place.sentence)]


def _viewpoint(decision: Decision, weights: Mapping[str, float]) -> str:
    """Title of the viewpoint that has these points."""
    points = normalised(decision, weights).points
    same = (one.title for one in decision.viewpoints if normalised(decision, one).points == points)
    return next(same, "of nobody's viewpoint")


def _partners(partners: pd.DataFrame) -> Iterator[Row]:
    yield ["partner", "id", "kind", "country", "region", "adds", "adds alone", "why", "next in line", "then less by"]
    for one, row in partners.to_dict("index").items():
        about = (harmless(row[key]) for key in ("kind", "country", "region"))
        adds = (_points(row[key]) for key in ("adds", "alone"))
        following = "" if pd.isna(row["next"]) else harmless(row["next_name"])
        yield [
            harmless(row["name"]),
            str(one),
            *about,
            *adds,
            harmless(row["why"]),
            following,
            _points(row["next_behind"]),
        ]


def _best_sets(found: BestSets) -> Iterator[Row]:
    yield ["place", "partners", "total", "behind the best", "who joins", "who leaves"]
    for place, row in found.sets.to_dict("index").items():
        yield [
            str(place),
            harmless(row["names"]),
            _points(row["total"]),
            _points(row["behind"]),
            harmless(row["joins"]),
            harmless(row["leaves"]),
        ]


def _rules(prices: pd.DataFrame) -> Iterator[Row]:
    yield ["id", "rule", "in force", "price", "price in words", "why"]
    for one, row in prices.to_dict("index").items():
        told = (harmless(row["words"]), harmless(row["why"]))
        yield [str(one), harmless(row["sentence"]), _yes(row["in_force"]), _points(row["cost"]), *told]


def _weights(decision: Decision, weights: Mapping[str, float]) -> Iterator[Row]:
    yield ["goal", "points of the goal", "criterion", "points of the criterion", "normalised weight"]
    used = normalised(decision, weights)
    leaves = iter(used.leaves.tolist())
    for goal in decision.goals:
        for criterion in goal.criteria:
            points = (f"{used.points[one]:g}" for one in (goal.id, criterion.id))
            yield [harmless(goal.title), next(points), harmless(criterion.title), next(points), f"{next(leaves):.12g}"]


def _robustness(found: SetRobustness) -> Iterator[Row]:
    yield ["what", "number", "standard error"]
    yield ["share of draws in which no set is better", _share(found.share), _share(found.share_error)]
    yield ["what it loses on average", _points(found.regret), _points(found.regret_error)]
    yield ["what it loses in the worst draw", _points(found.regret_worst)]
    yield ["what it may lose at most", _points(found.possible_regret)]
    yield ["sets that could be better", "" if found.competitors < 0 else str(found.competitors)]
    yield ["draws", str(found.samples)]
    yield ["seed", str(found.seed)]
    yield ["weights drawn", harmless(found.region)]


def _core(found: SetRobustness) -> Iterator[Row]:
    yield ["candidate", "id", "core index", "standard error", "standing", "in the set"]
    for one, row in found.candidates.to_dict("index").items():
        shares = (_share(row[key]) for key in ("core_index", "core_index_error"))
        yield [harmless(row["name"]), str(one), *shares, row["standing"], _yes(row["proposed"])]


def _points(value: float) -> str:
    return "" if math.isnan(value) else f"{round(100 * value, 9) + 0.0:.10g}"


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.6g}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
