"""Ask next: which fact is worth collecting before the choice, and how likely it changes the choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis import ask_next_words as words
from partnerselect.analysis.evidence_table import in_words
from partnerselect.analysis.filled_ranges import leading_count
from partnerselect.analysis.value_ranges import ValueRanges, value_ranges
from partnerselect.analysis.weights import normalised
from partnerselect.kernels import additive, draws, information
from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerselect.model import Decision, Viewpoint

STATUS = {"unknown": "unknown", "refused": "refused", "known": "in doubt"}
"""What stands in a cell that is worth asking about: nothing, a refusal, or evidence that leaves a range."""

_DRAWN_AT_ONCE = 2**20


@dataclass(frozen=True, eq=False)
class AskNext:
    """The evidence worth collecting, by value of information.

    The leading candidates are chosen by expected totals: the mean of each range counts. Totals and gains are in
    points of 100; a gain is what the totals of the chosen candidates together win on average because the choice
    can follow the answer.

    Attributes
    ----------
    sentence : str
        What to ask first, and how likely the answer changes the choice; or that no answer does.
    candidates_sentence, count_sentence : str
        About whom everything is worth learning, and how many cells count; empty where there is nothing to say.
    note : str
        Where the choice by expected totals differs from the ranking by best values; else empty.
    top : int
        Number of leading candidates.
    chosen : tuple of str
        Ids of the leading candidates today, best expected total first.
    cells : DataFrame
        One row per cell that can change the choice by itself, best first: candidate, name, criterion, title,
        question, status (unknown, refused, in doubt), statement (what is known today), chosen (whether the
        candidate leads today), gain, change_probability, total (expected), total_from, total_to, best_rank and
        worst_rank: where the candidate ends when the cell is at either end of its range and every other cell is
        as expected.
    idle : int
        Number of cells in doubt that can change nothing by themselves.
    candidates : DataFrame
        Per candidate id, best first: learning everything about it. Columns name, gain, gain_error,
        change_probability, change_probability_error (standard errors of the draws), questions (number of its
        rows in `cells`) and open (number of its cells in doubt).
    samples, seed : int
        Number of draws behind `candidates`, and their seed.
    """

    sentence: str
    candidates_sentence: str
    count_sentence: str
    note: str
    top: int
    chosen: tuple[str, ...]
    cells: pd.DataFrame
    idle: int
    candidates: pd.DataFrame
    samples: int
    seed: int


def ask_next(
    decision: Decision,
    weights: str | Viewpoint | Mapping[str, float],
    top: int | None = None,
    samples: int = 10_000,
    seed: int = 0,
) -> AskNext:
    """Sort what is unknown or in doubt by what it is worth to learn it before choosing.

    Single cells are exact. Learning everything about a candidate is estimated from draws that depend on the cell
    and the seed only, so a newcomer changes nobody's draws.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
    top : int or None
        Number of leading candidates; None for as many as may join by the set rules, else 1. The other rules for
        sets are not applied.
    samples : int
        Number of draws, at least 1.
    seed : int
        Same seed, same numbers.

    Raises
    ------
    WeightsError
        For unknown ids, negative or not finite points, or all zero.
    ValueError
        When top or samples is below 1.

    References
    ----------
    Howard (1966), Information value theory, IEEE Transactions on Systems Science and Cybernetics 2(1).
    """
    if samples < 1:
        raise ValueError(f"samples is {samples}; it takes at least 1")
    ranges = value_ranges(decision)
    count = leading_count(decision, len(ranges.candidates), top)
    parts = _parts(ranges, normalised(decision, weights).leaves)
    single = information.value_of_information(parts.low, parts.high, parts.mode, np.ones(parts.low.shape[1]), count)
    whole = information.value_of_asking(_drawn(ranges, parts, samples, seed), parts.expected, count)
    order = np.argsort(-parts.expected, kind="stable")[:count]
    chosen = np.zeros(len(ranges.candidates), dtype=np.bool_)
    chosen[order] = True
    cells = _cells(ranges, parts, single, chosen)
    candidates = _candidates(ranges, parts, whole, cells)
    names = [candidate.name for candidate in ranges.candidates]
    idle = int(parts.doubtful.sum()) - len(cells)
    return AskNext(
        sentence=words.first_question(cells, len(names), count),
        candidates_sentence=words.first_candidate(cells, candidates, count),
        count_sentence=words.counted(len(cells), idle),
        note=_note(names, parts, chosen, count),
        top=count,
        chosen=tuple(ranges.candidates[row].id for row in order),
        cells=cells,
        idle=idle,
        candidates=candidates,
        samples=samples,
        seed=seed,
    )


@dataclass(frozen=True, eq=False)
class _Parts:
    """Contributions under each candidate's own weights, so that a cell that does not apply adds nothing.

    `low`, `best`, `high` and `mode` (NaN: uniform) have shape (n_candidates, n_criteria), `mean` too; `expected`
    and `total`, (n_candidates,), are the totals of means and of best values.
    """

    low: FloatArray
    best: FloatArray
    high: FloatArray
    mode: FloatArray
    doubtful: BoolArray

    @property
    def mean(self) -> FloatArray:
        flat = np.isnan(self.mode)
        return np.where(flat, (self.low + self.high) / 2, (self.low + self.best + self.high) / 3)

    @property
    def expected(self) -> FloatArray:
        return additive.totals(self.mean, np.ones(self.low.shape[1]))

    @property
    def total(self) -> FloatArray:
        return additive.totals(self.best, np.ones(self.low.shape[1]))


def _parts(ranges: ValueRanges, leaves: FloatArray) -> _Parts:
    own = additive.applicable_weights(leaves, ranges.applicable)
    low, best, high = own * ranges.low, own * ranges.best, own * ranges.high
    nothing = own.sum(axis=1) == 0
    for part in (low, best, high):
        part[nothing, 0] = 0.5  # nothing with weight applies: the total is 0.5, and no answer moves it
    mode = np.where(ranges.known | ~ranges.applicable, best, np.nan)
    return _Parts(low, best, high, mode, ranges.applicable & (ranges.high > ranges.low))


def _drawn(ranges: ValueRanges, parts: _Parts, samples: int, seed: int) -> FloatArray:
    """Totals of each draw, shape (samples, n_candidates)."""
    rows, columns = np.nonzero(parts.high > parts.low)
    seeds = ranges.seeds + np.uint32(seed % 2**32)
    totals = np.tile(np.where(parts.high > parts.low, 0.0, parts.low).sum(axis=1), (samples, 1))
    step = max(1, _DRAWN_AT_ONCE // samples)
    for start in range(0, rows.size, step):
        cells = rows[start : start + step], columns[start : start + step]
        uniform = draws.uniforms(seeds[cells], samples)
        drawn = draws.triangular(uniform, parts.low[cells], parts.mode[cells], parts.high[cells])
        candidates, first = np.unique(cells[0], return_index=True)
        totals[:, candidates] += np.add.reduceat(drawn, first, axis=1)
    return totals


def _cells(ranges: ValueRanges, parts: _Parts, worth: information.CellInformation, chosen: BoolArray) -> pd.DataFrame:
    rows, columns = np.nonzero(worth.gain > TIE)
    by_worth = np.lexsort((-worth.change_probability[rows, columns], -worth.gain[rows, columns]))
    rows, columns = rows[by_worth], columns[by_worth]
    others, mean = parts.expected, parts.mean[rows, columns]
    start = others[rows] - mean + parts.low[rows, columns]
    end = others[rows] - mean + parts.high[rows, columns]
    asked = [(ranges.candidates[row], ranges.criteria[column]) for row, column in zip(rows, columns, strict=True)]
    return pd.DataFrame(
        {
            "candidate": [candidate.id for candidate, _ in asked],
            "name": [candidate.name for candidate, _ in asked],
            "criterion": [criterion.id for _, criterion in asked],
            "title": [criterion.title for _, criterion in asked],
            "question": [criterion.question for _, criterion in asked],
            "status": [STATUS[str(status)] for status in ranges.status[rows, columns]],
            "statement": [in_words(ranges.performances[one.id, criterion.id], criterion) for one, criterion in asked],
            "chosen": chosen[rows],
            "gain": 100 * worth.gain[rows, columns],
            "change_probability": worth.change_probability[rows, columns],
            "total": 100 * others[rows],
            "total_from": 100 * start,
            "total_to": 100 * end,
            "best_rank": _place(others, rows, end),
            "worst_rank": _place(others, rows, start),
        }
    )


def _place(expected: FloatArray, rows: IntArray, totals: FloatArray) -> IntArray:
    """Rank of each candidate in `rows` with another total, among the expected totals of all others."""
    ascending = np.sort(expected)
    ahead = ascending.size - np.searchsorted(ascending, totals + TIE, side="right")
    return 1 + ahead - (expected[rows] > totals + TIE)  # a candidate is not behind itself


def _candidates(
    ranges: ValueRanges, parts: _Parts, worth: information.CandidateInformation, cells: pd.DataFrame
) -> pd.DataFrame:
    ids = pd.Index([candidate.id for candidate in ranges.candidates], name="candidate", dtype=object)
    questions = cells["candidate"].value_counts().reindex(ids, fill_value=0)
    everything = pd.DataFrame(
        {
            "name": [candidate.name for candidate in ranges.candidates],
            "gain": 100 * worth.gain,
            "gain_error": 100 * worth.gain_error,
            "change_probability": worth.change_probability,
            "change_probability_error": worth.change_probability_error,
            "questions": questions.to_numpy(dtype=np.int64),
            "open": parts.doubtful.sum(axis=1),
        },
        index=ids,
    )
    return everything.sort_values(["gain", "change_probability"], ascending=False, kind="stable")


def _note(names: list[str], parts: _Parts, chosen: BoolArray, top: int) -> str:
    """Who leads by expected totals and not by best values; a tie at the line is no difference."""
    if len(names) <= top:
        return ""
    best = np.sort(parts.total)[::-1]
    enters, leaves = chosen & (parts.total < best[top - 1] - TIE), ~chosen & (parts.total > best[top] + TIE)
    return words.differs(*([name for name, row in zip(names, rows, strict=True) if row] for rows in (enters, leaves)))
