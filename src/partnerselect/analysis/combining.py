"""A decision as the kernels of sets want it: what partners bring together, criterion by criterion.

Of an item that a criterion covers, a candidate has a share: 1 where every reader documented it, the share of the
readers who did, and where the cell is unknown what the decision's policy assumes (midpoint: half). A set has of
each item what the surest of its partners and members has. That is a sum of coverages: for every level between two
shares, the items that are held with at least this share count as held, for as much weight as the level is high.
A candidate to which the criterion does not apply has none of them; on any other criterion that does not apply, its
own total stands in, as `filled_ranges` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.analysis.evidence import Performance, stated_range
from partnerselect.analysis.filled_ranges import FilledRanges, filled
from partnerselect.analysis.value_ranges import ValueRanges, value_ranges
from partnerselect.kernels.arrays import BoolArray, FloatArray
from partnerselect.kernels.sets import Coverage
from partnerselect.model import Candidate, Criterion, Decision, Evidence, ItemsScale, Unknowns

_ASSUMED = {"midpoint": 0.5, "worst": 0.0, "best": 1.0}


@dataclass(frozen=True, eq=False)
class Items:
    """Who has which item of a criterion that partners cover together; rows are candidates, then members.

    Attributes
    ----------
    criterion : Criterion
    share : ndarray of shape (n_candidates + n_members, n_items)
        How far each item counts as held, 0..1.
    sure, possible : ndarrays of bool, same shape
        Items that every reader documented; items that somebody documented or hinted at, or any in an unknown cell.
    """

    criterion: Criterion
    share: FloatArray
    sure: BoolArray
    possible: BoolArray

    @property
    def ids(self) -> list[str]:
        """Id of each item."""
        assert isinstance(self.criterion.scale, ItemsScale)
        return [item.id for item in self.criterion.scale.items]

    def titles_of(self, which: BoolArray) -> list[str]:
        """Titles of some items, shape (n_items,)."""
        assert isinstance(self.criterion.scale, ItemsScale)
        return [item.title for item, one in zip(self.criterion.scale.items, which.tolist(), strict=True) if one]


@dataclass(frozen=True, eq=False)
class Combining:
    """What the admitted candidates bring to a set, at today's weights.

    Attributes
    ----------
    ranges, cells : ValueRanges and FilledRanges
        The decision as arrays; rows and columns of everything here.
    weights : ndarray of shape (n_criteria,)
        Today's normalised weights.
    items : dict of int to Items
        Of each criterion (column) that partners cover together.
    members : tuple of Candidate
    """

    ranges: ValueRanges
    cells: FilledRanges
    weights: FloatArray
    items: dict[int, Items]
    members: tuple[Candidate, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Name of each candidate (row)."""
        return self.cells.names

    @cached_property
    def doubtful(self) -> list[str | Coverage]:
        """How partners combine on each criterion, where coverages know which items are possible."""
        return [self._doubtful(column) for column in range(len(self.weights))]

    @cached_property
    def layers(self) -> Layers:
        """Values, weights and how partners combine, every coverage cut into its levels."""
        return self.layered(self.weights)

    def layered(self, weights: FloatArray) -> Layers:
        """As `layers`, at other weights of the criteria, shape (n_criteria,)."""
        columns: list[int] = []
        parts: list[float] = []
        combine: list[str | Coverage] = []
        for column, criterion in enumerate(self.ranges.criteria):
            for share, how in self._levels(column, criterion):
                columns.append(column)
                parts.append(share)
                combine.append(how)
        which = np.array(columns, dtype=np.int64)
        return Layers(self.cells.best[:, which], weights[which] * np.array(parts), combine, which)

    def _levels(self, column: int, criterion: Criterion) -> list[tuple[float, str | Coverage]]:
        items = self.items.get(column)
        if items is None:
            return [(1.0, criterion.combined)]
        n = len(self.cells.ids)
        levels = [level for level in np.unique(np.append(items.share, 1.0)).tolist() if level > 0]
        result: list[tuple[float, str | Coverage]] = []
        below = 0.0
        for level in levels:
            held = items.share >= level
            result.append((level - below, Coverage(held[:n], held[n:].any(axis=0))))
            below = level
        return result

    def _doubtful(self, column: int) -> str | Coverage:
        items = self.items.get(column)
        if items is None:
            return self.ranges.criteria[column].combined
        n = len(self.cells.ids)
        sure, possible = items.sure, items.possible
        return Coverage(sure[:n], sure[n:].any(axis=0), possible[:n], possible[n:].any(axis=0))


@dataclass(frozen=True, eq=False)
class Layers:
    """Arguments for the kernels of sets; `criteria` tells of which criterion each column is a part."""

    best: FloatArray
    weights: FloatArray
    combine: list[str | Coverage]
    criteria: np.ndarray[tuple[int], np.dtype[np.int64]]


def combining(decision: Decision, weights: FloatArray) -> Combining:
    """What the candidates of a decision bring to a set, at normalised weights (n_criteria,)."""
    ranges = value_ranges(decision)
    everyone = (*ranges.candidates, *decision.members)
    items = {
        column: _items(criterion, [ranges.performances[one.id, criterion.id] for one in everyone], decision.unknowns)
        for column, criterion in enumerate(ranges.criteria)
        if criterion.combined == "coverage"
    }
    return Combining(ranges, filled(ranges, weights), weights, items, decision.members)


def _items(criterion: Criterion, cells: list[Performance], policy: Unknowns) -> Items:
    assert isinstance(criterion.scale, ItemsScale)
    ids = [item.id for item in criterion.scale.items]
    share = np.zeros((len(cells), len(ids)))
    sure, possible = np.zeros(share.shape, dtype=np.bool_), np.zeros(share.shape, dtype=np.bool_)
    for row, cell in enumerate(cells):
        if cell.status == "not_applicable":
            continue
        if cell.status != "known":
            share[row], possible[row] = _ASSUMED[policy], True
            continue
        held = np.array([_held(one, ids) for one in cell.counted])
        hinted = np.array([_hinted(one, ids) for one in cell.counted])
        share[row] = held.mean(axis=0)
        sure[row] = (held == 1).all(axis=0)
        possible[row] = ((held > 0) | hinted).any(axis=0) & ~sure[row]
    return Items(criterion, share, sure, possible)


def _held(said: Evidence, items: list[str]) -> list[float]:
    """How far one statement says that each item is held; of a mere count, each may be one of those counted."""
    if said.items is not None:
        return [float(item in said.items) for item in items]
    _, middle, _ = stated_range(said)
    return [min(max(middle / len(items), 0.0), 1.0)] * len(items)


def _hinted(said: Evidence, items: list[str]) -> list[bool]:
    """Which items one statement leaves possible; a mere count leaves all of them possible, unless it is 0."""
    if said.items is not None:
        return [item in said.possible for item in items]
    _, _, most = stated_range(said)
    return [most > 0] * len(items)
