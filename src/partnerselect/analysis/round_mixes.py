"""A change of totals and ranks between two rounds, split exactly among what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np

from partnerselect.analysis.round_side import Side, Which, measured_alike, other_side, weights_of
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.kernels import additive, ranks
from partnerselect.kernels.arrays import BoolArray, FloatArray
from partnerselect.kernels.attribution import shapley

Factor = Literal["weights", "evidence", "candidates", "criteria"]

FACTORS: tuple[Factor, ...] = ("weights", "evidence", "candidates", "criteria")

_SIDES: tuple[Which, Which] = ("before", "after")
_TWELFTHS = 12
"""Shares of four factors are means over 24 orders with weights of 1/4 and 1/12: whole twelfths, for whole ranks."""


@dataclass(frozen=True, eq=False)
class Split:
    """Totals and ranks of everybody who is ranked on a side, and the shares of each factor in their change.

    Attributes
    ----------
    ids : tuple of str
        Candidates ranked after, in the order of their files, then those ranked before only.
    totals, ranks : dict of side to ndarray of shape (n,)
        NaN where a candidate is not on that side's list.
    total_shares, rank_shares : dict of factor to ndarray of shape (n,)
        Shares in the change of the total (0..1) and of the rank (places; above 0 is up, in whole twelfths);
        NaN for those who came or left.
    """

    ids: tuple[str, ...]
    totals: Mapping[Which, FloatArray]
    ranks: Mapping[Which, FloatArray]
    total_shares: Mapping[Factor, FloatArray]
    rank_shares: Mapping[Factor, FloatArray]


class Mixes:
    """Rounds in which each factor is the old or the new one.

    Each factor is one part of a round:

    weights
        The points of goals and criteria.
    evidence
        What the organisations' files say as of the side's date, the side's rules of doubt, and what it assumes of
        unknowns.
    candidates
        Who is ranked: who is on the list and fails no gate.
    criteria
        Goals, criteria, their scales and value functions.

    What only one side has keeps what that side says of it, whatever else is old or new: a new criterion takes its
    own side's points and evidence, a dropped one has none; a candidate of whom only one side has a file takes that
    file, its date, doubt and unknowns. Evidence on a criterion that the two sides do not measure alike counts with
    its own scale only. So the criteria get the whole of what a new or dropped criterion moves, and the candidates
    the whole of what somebody's coming or going moves.
    """

    def __init__(self, before: Side, after: Side) -> None:
        self._sides: dict[Which, Side] = {"before": before, "after": after}
        admitted = {
            which: [one.id for one in value_ranges(side.decision).candidates] for which, side in self._sides.items()
        }
        self.ids = tuple(dict.fromkeys([*admitted["after"], *admitted["before"]]))
        self.listed: dict[Which, BoolArray] = {
            which: np.array([one in ids for one in self.ids], dtype=np.bool_)
            for which, ids in ((which, set(admitted[which])) for which in _SIDES)
        }
        self._files = {
            which: np.array([one in side.organisations for one in self.ids], dtype=np.bool_)
            for which, side in self._sides.items()
        }
        self._values = {pair: self._mixed_values(*pair) for pair in product(_SIDES, _SIDES)}
        self._weights = {
            pair: weights_of(*(self._sides[which] for which in pair)).leaves for pair in product(_SIDES, _SIDES)
        }

    def outcome(self, new: frozenset[Factor]) -> FloatArray:
        """Totals and ranks where these factors are the new ones, shape (2, n); no rank (NaN) off the list."""
        weights, evidence, candidates, criteria = (_SIDES[factor in new] for factor in FACTORS)
        listed = self.listed[candidates]
        totals = _totals(self._values[criteria, evidence], self._weights[criteria, weights])
        places = np.full(len(self.ids), np.nan)
        places[listed] = ranks.rank(totals[listed])
        return np.vstack([totals, places])

    def _mixed_values(self, criteria: Which, evidence: Which) -> FloatArray:
        """Values of one side's evidence on one side's criteria, shape (n, m); NaN where a criterion does not apply."""
        found = {which: self._side_values(criteria, which) for which in _SIDES}
        tree, other = (self._sides[which].criteria for which in (criteria, other_side(criteria)))
        alike = [one in other and measured_alike(criterion, other[one]) for one, criterion in tree.items()]
        from_after = np.where(self._files[evidence], evidence == "after", evidence != "after")[:, None]
        own_scale = self._files[criteria][:, None] & ~np.array(alike, dtype=np.bool_)
        from_after = np.where(own_scale, criteria == "after", from_after)
        values: FloatArray = np.where(from_after, found["after"], found["before"])
        return values

    def _side_values(self, criteria: Which, evidence: Which) -> FloatArray:
        """What one side's files say of everybody it has a file of, on one side's criteria."""
        source, here = self._sides[evidence], self._files[evidence]
        files = source.organisations
        asked = self._sides[criteria].decision.model_copy(
            update={
                "as_of": source.decision.as_of,
                "doubt": source.decision.doubt,
                "unknowns": source.decision.unknowns,
                "gates": (),
                "candidates": tuple(files[one] for one in self.ids if one in files),
                "members": (),
            }
        )
        ranges = value_ranges(asked)
        values = np.full((len(self.ids), len(ranges.criteria)), np.nan)
        values[here] = np.where(ranges.applicable, ranges.best, np.nan)
        return values


def split(mixes: Mixes) -> Split:
    """Shares of the factors in every change, over all 2**4 mixed rounds.

    References
    ----------
    Shapley (1953), A value for n-person games, Contributions to the Theory of Games II.
    """
    found: dict[frozenset[Factor], FloatArray] = {}

    def outcome(new: frozenset[Factor]) -> FloatArray:
        found[new] = mixes.outcome(new)
        return found[new]

    shares = shapley(outcome, FACTORS)
    ends: dict[Which, FloatArray] = {"before": found[frozenset()], "after": found[frozenset(FACTORS)]}
    both = mixes.listed["before"] & mixes.listed["after"]
    return Split(
        ids=mixes.ids,
        totals={which: np.where(mixes.listed[which], end[0], np.nan) for which, end in ends.items()},
        ranks={which: end[1] for which, end in ends.items()},
        total_shares={factor: np.where(both, share[0], np.nan) for factor, share in shares.items()},
        rank_shares={factor: _places(np.where(both, share[1], np.nan)) for factor, share in shares.items()},
    )


def _places(shares: FloatArray) -> FloatArray:
    """Shares of ranks as places upwards, free of what rounding adds to whole twelfths."""
    twelfths: FloatArray = 0.0 - np.rint(_TWELFTHS * shares)
    return twelfths / _TWELFTHS


def _totals(values: FloatArray, leaves: FloatArray) -> FloatArray:
    """Total of each row, as `evaluate` gives it; 0.5 where nothing with weight applies."""
    applicable = ~np.isnan(values)
    own = additive.applicable_weights(leaves, applicable)
    totals = np.where(applicable, values * own, 0.0).sum(axis=1)
    return np.where(own.sum(axis=1) == 0, 0.5, totals)
