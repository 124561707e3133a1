"""A Decision as arrays: the range of values of every candidate on every criterion."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from partnerselect.analysis.evidence import Performance, performance
from partnerselect.analysis.gates import screened
from partnerselect.kernels import draws, value_functions
from partnerselect.kernels.arrays import BoolArray, FloatArray, SeedArray
from partnerselect.model import Candidate, Criterion, Decision, Unknowns

DRAWS = 200


@dataclass(frozen=True, eq=False)
class ValueRanges:
    """Values of the admitted candidates, ready for the kernels.

    Attributes
    ----------
    candidates, screened_out : tuple of Candidate
        Those that failed no gate (the rows), and those that failed one.
    criteria : tuple of Criterion
        The columns, in the order of the tree.
    performances : Mapping
        (candidate id, criterion id) -> Performance.
    low, best, high : ndarrays of shape (n_candidates, n_criteria)
        Values in [0, 1]; an unknown cell is as wide as its scale, its best value follows the decision's policy.
    status : ndarray of str, shape (n_candidates, n_criteria)
    seeds : ndarray of uint32, shape (n_candidates, n_criteria)
        Seed of each cell's draws, from the ids alone.
    """

    candidates: tuple[Candidate, ...]
    screened_out: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]
    performances: Mapping[tuple[str, str], Performance]
    low: FloatArray
    best: FloatArray
    high: FloatArray
    status: np.ndarray[tuple[int, int], np.dtype[np.str_]]
    seeds: SeedArray

    @cached_property
    def known(self) -> BoolArray:
        """Whether evidence stands behind a cell, shape (n_candidates, n_criteria)."""
        return np.asarray(self.status == "known", dtype=np.bool_)

    @cached_property
    def applicable(self) -> BoolArray:
        """Whether a criterion applies to a candidate, shape (n_candidates, n_criteria)."""
        return np.asarray(self.status != "not_applicable", dtype=np.bool_)

    @cached_property
    def all_applicable(self) -> bool:
        """Whether every criterion applies to every candidate."""
        return bool(self.applicable.all())

    @cached_property
    def drawn(self) -> FloatArray:
        """Draws from the ranges, shape (DRAWS, n_candidates, n_criteria): triangular where known, else uniform."""
        mode = np.where(self.known, self.best, np.nan)
        return draws.triangular(draws.uniforms(self.seeds, DRAWS), self.low, mode, self.high)


_ranges: WeakKeyDictionary[Decision, ValueRanges] = WeakKeyDictionary()


def value_ranges(decision: Decision) -> ValueRanges:
    """The arrays of a decision, made once for each Decision object."""
    found = _ranges.get(decision)
    if found is None:
        found = _ranges[decision] = _build(decision)
    return found


def _build(decision: Decision) -> ValueRanges:
    admitted, out = screened(decision)
    everyone = [*decision.candidates, *decision.members]
    performances = {
        (candidate.id, criterion.id): performance(decision, candidate, criterion)
        for candidate in everyone
        for criterion in decision.criteria
    }
    shape = (len(admitted), len(decision.criteria))
    low, best, high = np.empty(shape), np.empty(shape), np.empty(shape)
    status = np.empty(shape, dtype="U14")
    for column, criterion in enumerate(decision.criteria):
        cells = [performances[candidate.id, criterion.id] for candidate in admitted]
        status[:, column] = [cell.status for cell in cells]
        low[:, column], best[:, column], high[:, column] = _values(cells, criterion, decision.unknowns)
    seeds = [[_seed(decision.id, row.id, column.id) for column in decision.criteria] for row in admitted]
    return ValueRanges(
        candidates=admitted,
        screened_out=out,
        criteria=decision.criteria,
        performances=performances,
        low=low,
        best=best,
        high=high,
        status=status,
        seeds=np.array(seeds, dtype=np.uint32).reshape(shape),
    )


def _values(
    cells: list[Performance], criterion: Criterion, policy: Unknowns
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Low, best and high value of one criterion's cells; what is not known takes the whole scale."""
    points = np.array(criterion.scale.breakpoints)
    first, last = points[0, 0], points[-1, 0]
    known = np.array([cell.status == "known" for cell in cells], dtype=bool)
    start = np.array([first if cell.low is None else cell.low for cell in cells], dtype=float)
    end = np.array([last if cell.high is None else cell.high for cell in cells], dtype=float)
    lowest, highest = value_functions.value_range(start, end, points)
    middle = value_functions.piecewise([np.nan if cell.best is None else cell.best for cell in cells], points)
    assumed = {"midpoint": (lowest + highest) / 2, "worst": lowest, "best": highest}[policy]
    return lowest, np.where(known, middle, assumed), highest


def _seed(decision: str, candidate: str, criterion: str) -> int:
    return zlib.crc32(f"{decision}/{candidate}/{criterion}".encode())
