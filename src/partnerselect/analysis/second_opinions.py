"""Second opinions: the same decision by four methods that do not simply add up, and what their disagreement means.

All five see the same values, 0..1 with ends fixed by the consortium, so more is better everywhere. The additive
model decides; the others question it. What each one was told:

- weighted product: a value below 0.01 counts as 0.01, because one zero would end the product for good;
- TOPSIS: each column by its Euclidean length;
- VIKOR: v = 0.5;
- PROMETHEE II: linear preference from q = 0.05 to p = 0.25. One scale holds for all criteria, so one pair does.
  A twentieth of a scale is within the doubt of a good source, and a quarter is more than a step of six levels.
  With q = 0 and p = 1 the net flow would be the additive total again; the usual preference (any lead counts in
  full) would make as much of a hair's breadth as of the whole scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis import second_opinions_words as words
from partnerselect.analysis.filled_ranges import filled
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.analysis.weights import normalised
from partnerselect.kernels import additive, crosscheck, ranks
from partnerselect.kernels.arrays import BoolArray, FloatArray, IntArray
from partnerselect.model import Decision, Viewpoint

FLOOR = 0.01
"""The least value that the weighted product sees."""

INDIFFERENT, PREFERRED = 0.05, 0.25
"""PROMETHEE II: leads up to the one count nothing, from the other on in full; between them a straight line."""


@dataclass(frozen=True, eq=False)
class SecondOpinions:
    """The order of the candidates by five methods; rows are candidate ids in the additive order.

    Attributes
    ----------
    sentence : str
        Whom each method puts first.
    meaning : str
        What the widest disagreement means, in plain words; empty where there is none.
    note : str
        How criteria that do not apply were treated; empty where each applies to everybody.
    ranks : DataFrame
        Candidates x methods (additive, weighted_product, topsis, vikor, promethee): rank, 1 = best.
    agreement : DataFrame
        Per method: title, asks (what counts in it), first (whom it puts first), tau (Kendall's tau-b with the
        additive ranks) and ws (the same with the first places counting most), both NaN where undefined, and
        same_leader: whether everybody whom it puts first is first by the additive total as well.
    differences : DataFrame
        Per candidate: name, rank (additive), method and by_method (its title): the one that moves it farthest,
        method_rank, shift (places lost; negative: gained), reason and question (why it falls, and what to ask
        oneself; empty where it does not). Where no method moves it, method and by_method are empty.
    compromise : tuple of str
        Ids of VIKOR's compromise set, best first.
    """

    sentence: str
    meaning: str
    note: str
    ranks: pd.DataFrame
    agreement: pd.DataFrame
    differences: pd.DataFrame
    compromise: tuple[str, ...]


def second_opinions(decision: Decision, weights: str | Viewpoint | Mapping[str, float]) -> SecondOpinions:
    """Rank the admitted candidates by their best values with five methods.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points

    Raises
    ------
    WeightsError
        For unknown ids, negative or not finite points, or all zero.
    """
    leaves = normalised(decision, weights).leaves
    ranges = value_ranges(decision)
    cells = filled(ranges, leaves)
    scores, vikor = _scores(cells.best, leaves)
    order = np.argsort(ranks.rank(scores["additive"]), kind="stable")
    ids = pd.Index([cells.ids[row] for row in order], name="candidate", dtype=object)
    names = [cells.names[row] for row in order]
    by_method = pd.DataFrame({method: ranks.rank(score)[order] for method, score in scores.items()}, index=ids)
    columns = _weak_spots(cells.best[order], leaves, ranges.applicable[order])
    spots = _Spots(columns, cells.best[order], ranges.known[order], cells.titles)
    differences = _differences(by_method, names, spots)
    compromise = [int(row) for row in vikor.compromise]
    return SecondOpinions(
        sentence=words.leaders(by_method, names, [cells.names[row] for row in compromise]),
        meaning=words.meaning(differences),
        note=words.not_applicable(int((~ranges.applicable).sum())),
        ranks=by_method,
        agreement=_agreement(by_method, names),
        differences=differences,
        compromise=tuple(cells.ids[row] for row in compromise),
    )


def _scores(values: FloatArray, leaves: FloatArray) -> tuple[dict[str, FloatArray], crosscheck.Vikor]:
    """Score of each candidate by each method, more is better; and VIKOR in full."""
    upwards = np.ones(leaves.size)
    vikor = crosscheck.vikor(values, leaves, upwards)
    flows = crosscheck.promethee_ii(values, leaves, upwards, "linear", q=INDIFFERENT, p=PREFERRED)
    scores = {
        "additive": additive.totals(values, leaves),
        "weighted_product": crosscheck.weighted_product(np.maximum(values, FLOOR), leaves, upwards),
        "topsis": crosscheck.topsis(values, leaves, upwards),
        "vikor": -vikor.q,
        "promethee": flows.net,
    }
    return scores, vikor


@dataclass(frozen=True, eq=False)
class _Spots:
    """For each method that makes more of single shortfalls than a sum does: what costs each candidate most there.

    `columns` has the criterion's column per method, shape (n_candidates,); `values` (0..1) and `known` (whether
    evidence stands behind it) are tables of all cells, `titles` the criteria.
    """

    columns: Mapping[str, IntArray]
    values: FloatArray
    known: BoolArray
    titles: tuple[str, ...]

    def spot(self, method: str, row: int) -> tuple[str, float, bool]:
        """Title of the criterion, value there, and whether it is known."""
        column = int(self.columns[method][row])
        return self.titles[column], float(self.values[row, column]), bool(self.known[row, column])


def _weak_spots(values: FloatArray, leaves: FloatArray, applicable: BoolArray) -> dict[str, IntArray]:
    """The criterion that costs each candidate most, by method."""
    ahead = values.max(axis=0, initial=0.0) - values
    spread = ahead.max(axis=0, initial=0.0)
    lengths = np.sqrt((values**2).sum(axis=0))
    costs = {
        "weighted_product": -leaves * np.log(np.maximum(values, FLOOR)),
        "topsis": leaves * np.divide(ahead, lengths, out=np.zeros_like(ahead), where=lengths > 0),
        "vikor": leaves * np.divide(ahead, spread, out=np.zeros_like(ahead), where=spread > 0),
    }
    return {method: np.argmax(np.where(applicable, cost, -1.0), axis=1) for method, cost in costs.items()}


def _agreement(by_method: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    reference = by_method["additive"].to_numpy()
    columns = {method: by_method[method].to_numpy() for method in words.TITLES}
    return pd.DataFrame(
        {
            "title": list(words.TITLES.values()),
            "asks": list(words.ASKS.values()),
            "first": list(words.firsts(by_method, names).values()),
            "tau": [ranks.kendall_tau(reference, column) for column in columns.values()],
            "ws": [ranks.ws(reference, column) for column in columns.values()],
            "same_leader": [bool((reference[column == 1] == 1).all()) for column in columns.values()],
        },
        index=pd.Index(list(columns), name="method"),
    )


def _differences(by_method: pd.DataFrame, names: list[str], spots: _Spots) -> pd.DataFrame:
    """The widest move of each candidate; of equally wide ones a fall, then the first method."""
    methods, places = list(by_method.columns), by_method.to_numpy()
    shifts = places - by_method[["additive"]].to_numpy()
    widest = np.argmax(2 * np.abs(shifts) + (shifts > 0), axis=1)
    rows = np.arange(len(names))
    shift = shifts[rows, widest]
    moved = [methods[column] if move else "" for column, move in zip(widest, shift, strict=True)]
    falls = [method if move > 0 else "" for method, move in zip(moved, shift, strict=True)]
    told = [
        words.reason(method, spots.spot(method, row) if method in spots.columns else None)
        for row, method in enumerate(falls)
    ]
    return pd.DataFrame(
        {
            "name": names,
            "rank": by_method["additive"],
            "method": moved,
            "by_method": [words.TITLES.get(method, "") for method in moved],
            "method_rank": places[rows, widest],
            "shift": shift,
            "reason": [reason for reason, _ in told],
            "question": [question for _, question in told],
        },
        index=by_method.index,
    )
