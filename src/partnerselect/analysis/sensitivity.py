"""What would change the outcome: one weight at a time, one cell of evidence at a time, one criterion left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from partnerselect.analysis.filled_ranges import FilledRanges, filled, leading_count
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.analysis.verdict import Move, Verdict, verdict
from partnerselect.analysis.weights import normalised
from partnerselect.analysis.words import listed
from partnerselect.kernels import additive, leading_set, ranks, sweeps
from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerselect.model import Decision, Viewpoint


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What changes the leading candidates, and what does not.

    Attributes
    ----------
    verdict : Verdict
        Robust, fragile or a tie, with the reasons.
    top : int
        Number of candidates that lead.
    leaders : tuple of str
        Ids of the leading candidates, best first.
    weights : DataFrame
        Per criterion id: title, weight (today's), low and high (the range of this weight in which the leading
        candidates stay, the others keeping their proportions), influence, and still: whether it moves nothing.
    sweeps : DataFrame
        Two rows per criterion and candidate, at weight 0 and 1: criterion, candidate, name, leads, weight, total.
        Between them the total is a straight line.
    switches : DataFrame
        Every weight at which the leading candidates change: criterion, title, weight, leaves and enters (who, with
        growing weight: names in a row), leaving and entering (the same as tuples of ids), total (where they cross).
    evidence : DataFrame
        Per cell in doubt, widest first: candidate, name, criterion, title, low, high (lead of the leading
        candidates when the cell is at an end of its range), width, and changes: whether one of them changes who leads.
    without : DataFrame
        Per criterion id left out: title, weight, tau (Kendall, with today's order), leaves and enters (names in a row).
    lead : float
        Today's distance between the last leading candidate and the first one behind, in totals (0..1).
    note : str
        What to keep in mind; may be empty.
    """

    verdict: Verdict
    top: int
    leaders: tuple[str, ...]
    weights: pd.DataFrame
    sweeps: pd.DataFrame
    switches: pd.DataFrame
    evidence: pd.DataFrame
    without: pd.DataFrame
    lead: float
    note: str


def sensitivity(
    decision: Decision, weights: str | Viewpoint | Mapping[str, float], top: int | None = None
) -> Sensitivity:
    """Move each weight, each cell of evidence and each criterion by itself.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
        Today's weights.
    top : int, optional
        Number of candidates that lead; without it, as many as the set rules let join.

    Raises
    ------
    WeightsError
        For weights that cannot be used.
    ValueError
        When top is below 1.
    """
    leaves = normalised(decision, weights).leaves
    ranges = value_ranges(decision)
    cells = filled(ranges, leaves)
    count = leading_count(decision, len(cells.ids), top)
    totals = cells.best @ leaves
    chosen = leading_set.leading(totals, count)
    lines = np.stack(sweeps.every_line(cells.best, leaves), axis=1)
    switches = _switches(cells, leaves, lines, count)
    order = np.argsort(-totals, kind="stable")
    return Sensitivity(
        verdict=verdict(decision.verdict, ranges, cells, leaves, chosen, [*_moves(switches, leaves)]),
        top=count,
        leaders=tuple(cells.ids[row] for row in order if chosen[row]),
        weights=_weights(cells, leaves, count),
        sweeps=_lines(cells, chosen, lines),
        switches=pd.DataFrame([row for own in switches for row in own], columns=_SWITCH),
        evidence=_evidence(cells, leaves, chosen),
        without=_without(cells, leaves, lines, chosen, count),
        lead=float("inf") if chosen.all() else float(leading_set.lead(totals, chosen)),
        note=cells.note,
    )


def _weights(cells: FilledRanges, leaves: FloatArray, top: int) -> pd.DataFrame:
    ends = np.array([sweeps.stability_interval(cells.best, leaves, column, top) for column in range(len(leaves))])
    influence = additive.influence(cells.best, leaves)
    spread = np.ptp(cells.best, axis=0) if len(cells.best) else np.zeros(len(leaves))
    columns = {
        "title": cells.titles,
        "weight": leaves,
        "low": ends[:, 0],
        "high": ends[:, 1],
        "influence": influence,
        "still": spread <= TIE,
    }
    return pd.DataFrame(columns, index=pd.Index(cells.criteria, name="criterion", dtype=object))


def _lines(cells: FilledRanges, chosen: BoolArray, lines: FloatArray) -> pd.DataFrame:
    """`lines` has shape (n_criteria, 2, n_candidates): totals at weight 0 and at weight 1."""
    criteria, _, candidates = lines.shape
    return pd.DataFrame(
        {
            "criterion": np.repeat(cells.criteria, 2 * candidates),
            "candidate": np.tile(cells.ids, 2 * criteria),
            "name": np.tile(cells.names, 2 * criteria),
            "leads": np.tile(chosen, 2 * criteria),
            "weight": np.tile(np.repeat([0.0, 1.0], candidates), criteria),
            "total": lines.ravel(),
        }
    )


_SWITCH = ["criterion", "title", "weight", "leaves", "enters", "leaving", "entering", "total"]


def _switches(cells: FilledRanges, leaves: FloatArray, lines: FloatArray, top: int) -> list[list[dict[str, Any]]]:
    """Per criterion, the switch points of the leading candidates with growing weight; columns as in _SWITCH."""
    found = sweeps.leading_sweeps(cells.best, leaves, top)
    return [[*_of_one(cells, column, each, lines[column])] for column, each in enumerate(found)]


def _of_one(cells: FilledRanges, column: int, found: sweeps.LeadingSets, line: FloatArray) -> Iterator[dict[str, Any]]:
    start, end = line
    for weight, (before, after) in zip(found.weights, pairwise(found.leaders), strict=True):
        crossing = np.flatnonzero(before != after)[0]
        total = (1 - weight) * start[crossing] + weight * end[crossing]
        changed = np.flatnonzero(before & ~after), np.flatnonzero(after & ~before)
        who = (
            *(_joined(cells, group) for group in changed),
            *(tuple(cells.ids[one] for one in group) for group in changed),
        )
        entries = cells.criteria[column], cells.titles[column], float(weight), *who, float(total)
        yield dict(zip(_SWITCH, entries, strict=True))


def _joined(cells: FilledRanges, candidates: IntArray) -> str:
    return listed([cells.names[candidate] for candidate in candidates]) if candidates.size else ""


def _moves(switches: list[list[dict[str, Any]]], leaves: FloatArray) -> Iterator[Move]:
    """The nearest switch point of each criterion on either side of today's weight."""
    for own, today in zip(switches, leaves.tolist(), strict=True):
        for row in [row for row in own if row["weight"] > today][:1]:
            yield Move(row["title"], today, row["weight"], row["leaves"], row["enters"])
        for row in [row for row in own if row["weight"] <= today][-1:]:
            yield Move(row["title"], today, row["weight"], row["enters"], row["leaves"])


def _evidence(cells: FilledRanges, leaves: FloatArray, chosen: BoolArray) -> pd.DataFrame:
    """How far each cell in doubt, by itself, moves the lead."""
    columns = ["candidate", "name", "criterion", "title", "low", "high", "width", "changes"]
    if chosen.all():
        return pd.DataFrame({name: [] for name in columns}).astype({"changes": bool})
    totals = cells.best @ leaves
    last, first = _extreme_of_others(totals, chosen, np.inf), -_extreme_of_others(-totals, ~chosen, np.inf)
    ends = []
    for table in (cells.low, cells.high):
        moved = totals[:, None] + (table - cells.best) * cells.own
        as_leader = np.minimum(moved, last[:, None]) - totals[~chosen].max()
        as_rival = totals[chosen].min() - np.maximum(moved, first[:, None])
        ends.append(np.where(chosen[:, None], as_leader, as_rival))
    low, high = ends
    row, column = np.nonzero((cells.high > cells.low) & (cells.own > 0))
    found = pd.DataFrame(
        {
            "candidate": np.array(cells.ids, dtype=object)[row],
            "name": np.array(cells.names, dtype=object)[row],
            "criterion": np.array(cells.criteria, dtype=object)[column],
            "title": np.array(cells.titles, dtype=object)[column],
            "low": low[row, column],
            "high": high[row, column],
        }
    )
    found["width"] = (found["high"] - found["low"]).abs()
    found["changes"] = found[["low", "high"]].min(axis=1) < -TIE
    return found.sort_values("width", ascending=False, kind="stable", ignore_index=True)


def _extreme_of_others(totals: FloatArray, among: BoolArray, empty: float) -> FloatArray:
    """Smallest total among the others of a group, for each candidate; `empty` where there is no other."""
    inside = np.where(among, totals, empty)
    ascending = np.sort(inside)
    second = ascending[1] if ascending.size > 1 else empty
    return np.where(np.arange(totals.size) == int(np.argmin(inside)), second, ascending[0])


def _without(cells: FilledRanges, leaves: FloatArray, lines: FloatArray, chosen: BoolArray, top: int) -> pd.DataFrame:
    rows = []
    today = ranks.rank(cells.best @ leaves)
    for column, title in enumerate(cells.titles if len(leaves) > 1 else ()):
        totals = lines[column, 0]
        after = leading_set.leading(totals, top)
        out, into = np.flatnonzero(chosen & ~after), np.flatnonzero(after & ~chosen)
        tau = ranks.kendall_tau(today, ranks.rank(totals))
        rows.append((title, leaves[column], tau, _joined(cells, out), _joined(cells, into)))
    names = pd.Index(cells.criteria[: len(rows)], name="criterion", dtype=object)
    return pd.DataFrame(rows, columns=["title", "weight", "tau", "leaves", "enters"], index=names)
