"""Robust, fragile or a tie: what one may say about the leading candidates, with the number behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from partnerselect.analysis.filled_ranges import FilledRanges
from partnerselect.analysis.value_ranges import ValueRanges
from partnerselect.analysis.words import listed, sentence
from partnerselect.kernels import regions
from partnerselect.kernels.arrays import TIE, BoolArray, FloatArray
from partnerselect.kernels.leading_set import lead
from partnerselect.model.criteria import Thresholds

_WEIGHTS = 200
"""Weights near today's, each of them met with every draw from the evidence ranges."""


@dataclass(frozen=True)
class Move:
    """One weight that, moved alone, changes the leading candidates: today's and the needed weight, and who changes."""

    criterion: str
    today: float
    needed: float
    leaves: str
    enters: str

    @property
    def effect(self) -> str:
        """What it does, in words that end a sentence; where candidates draw level, nobody need leave or enter."""
        if not self.leaves:
            return f"lets {self.enters} in as well"
        return f"puts {self.enters} in the place of {self.leaves}" if self.enters else f"leaves {self.leaves} out"

    @property
    def share(self) -> float:
        """How far it moves, as a share of itself; infinite for a weight that is 0 today."""
        return abs(self.needed - self.today) / self.today if self.today > 0 else float("inf")


@dataclass(frozen=True)
class Verdict:
    """The verdict, and the numbers behind it.

    Attributes
    ----------
    kind : "robust", "fragile" or "tie"
    sentence : str
    reasons : tuple of str
        Everything that speaks against “robust”, each in a sentence; empty where nothing does.
    lead : float
        Distance of the totals (0..1) between the last leading candidate and the first one behind.
    staying, staying_error : float
        Share of plausible cases (weights near today's, values in their ranges) in which the leading candidates
        stay, and its standard error.
    staying_at_best : float
        The largest share of draws in which they stay at any one of the weights near today's.
    """

    kind: Literal["robust", "fragile", "tie"]
    sentence: str
    reasons: tuple[str, ...]
    lead: float
    staying: float
    staying_error: float
    staying_at_best: float


def verdict(
    thresholds: Thresholds,
    ranges: ValueRanges,
    cells: FilledRanges,
    leaves: FloatArray,
    chosen: BoolArray,
    moves: Sequence[Move],
) -> Verdict:
    """Judge the leading candidates.

    Parameters
    ----------
    thresholds : Thresholds
        What counts as near, as a tie and as fragile.
    ranges, cells : ValueRanges and FilledRanges
        The decision as arrays.
    leaves : ndarray of shape (n_criteria,)
        Today's normalised weights.
    chosen : ndarray of bool, shape (n_candidates,)
        The leading candidates.
    moves : sequence of Move
        Single weights that change them.
    """
    totals = cells.best @ leaves
    who = _names(cells, chosen, totals)
    if chosen.all():
        both = "both" if chosen.sum() == 2 else f"all {chosen.sum()}"
        everybody = f"{who} is the only candidate" if chosen.sum() == 1 else f"{both} candidates lead"
        told = (
            f"Robust: {everybody}, and nothing can change that." if chosen.any() else "No candidate passes the gates."
        )
        return Verdict("robust", told, (), float("inf"), 1.0, 0.0, 1.0)
    gap = float(lead(totals, chosen))
    staying, error, at_best = _staying(ranges, cells, leaves, chosen, thresholds.near)
    tie = _tie(thresholds, cells, chosen, gap, at_best, totals)
    if tie:
        return Verdict("tie", f"Tie: {tie}", (tie,), gap, staying, error, at_best)
    verb = "stay" if chosen.sum() > 1 else "stays"
    stay = f"In {100 * staying:.0f} % (± {200 * error:.0f}) of the plausible cases {who} {verb} in the lead"
    reasons = _fragile(thresholds, cells, leaves, chosen, staying, moves)
    if reasons:
        return Verdict("fragile", f"Fragile: {reasons[0]} {stay}.", reasons, gap, staying, error, at_best)
    told = (
        f"Robust: {stay[0].lower()}{stay[1:]}; no single weight moved by up to {100 * thresholds.fragile_move:.0f} % "
        "of itself, and no single evidence range, changes that."
    )
    return Verdict("robust", told, (), gap, staying, error, at_best)


def _staying(
    ranges: ValueRanges, cells: FilledRanges, leaves: FloatArray, chosen: BoolArray, near: float
) -> tuple[float, float, float]:
    """Share of plausible cases in which the leaders stay, its error, and the share at the weights that suit them best.

    Every weight meets every draw, so the error has two parts: one from the weights, one from the draws.
    """
    under = regions.box(leaves, near).sample(_WEIGHTS, np.random.default_rng(0))
    drawn = ranges.drawn
    if cells.stands_in.any():
        drawn = np.where(cells.stands_in, (drawn * cells.own).sum(axis=2, keepdims=True), drawn)
    stays = lead(np.moveaxis(drawn @ under.T, 1, 2), chosen) >= -TIE  # draws x weights
    by_draw, by_weight = stays.mean(axis=1), stays.mean(axis=0)
    error = np.sqrt(by_draw.var() / by_draw.size + by_weight.var() / by_weight.size)
    return float(stays.mean()), float(error), float(by_weight.max())


def _tie(
    thresholds: Thresholds, cells: FilledRanges, chosen: BoolArray, gap: float, at_best: float, totals: FloatArray
) -> str:
    """Why it is a tie, as a sentence; empty where it is none."""
    if gap <= thresholds.tie_within + TIE:
        last = cells.names[int(np.argmin(np.where(chosen, totals, np.inf)))]
        first = cells.names[int(np.argmax(np.where(chosen, -np.inf, totals)))]
        return f"{last} and {first} are {100 * gap:.1f} points of 100 apart, too little to tell them apart."
    if at_best < thresholds.undecided_below:
        leading = "leads" if chosen.sum() == 1 else "lead together"
        return (
            "what is not known leaves the order open. Whatever the weights near today's, "
            f"{_names(cells, chosen, totals)} {leading} in at most {100 * at_best:.0f} % of the draws of the evidence."
        )
    return ""


def _fragile(
    thresholds: Thresholds,
    cells: FilledRanges,
    leaves: FloatArray,
    chosen: BoolArray,
    staying: float,
    moves: Sequence[Move],
) -> tuple[str, ...]:
    """Everything that makes the lead fragile, as sentences."""
    reasons = []
    small = [move for move in moves if move.share <= thresholds.fragile_move]
    if small:
        least = min(small, key=lambda move: move.share)
        more = len(small) - 1
        others = f" ({more} other single weight{'s' if more > 1 else ''} can do the like)" if more else ""
        reasons.append(
            sentence(
                f"{least.criterion} moved from {100 * least.today:.1f} % to {100 * least.needed:.1f} % of all weight "
                f"{least.effect}{others}"
            )
        )
    count, example = _single_ranges(cells, leaves, chosen)
    if count:
        which = "one single cell" if count == 1 else f"each of {count} single cells"
        reasons.append(
            sentence(f"{which} of evidence, at an end of its range, changes who leads: first of all {example}")
        )
    if staying < thresholds.robust_share:
        reasons.append(f"the lead holds in less than {100 * thresholds.robust_share:.0f} % of the plausible cases.")
    return tuple(reasons)


def _single_ranges(cells: FilledRanges, leaves: FloatArray, chosen: BoolArray) -> tuple[int, str]:
    """How many single cells change the leaders at an end of their range, and which does it most."""
    totals = cells.best @ leaves
    falls = (totals - totals[~chosen].max())[:, None] - (cells.best - cells.low) * cells.own
    rises = (totals[chosen].min() - totals)[:, None] - (cells.high - cells.best) * cells.own
    short = np.where(chosen[:, None], falls, rises)
    row, column = np.unravel_index(int(np.argmin(short)), short.shape)
    return int((short < -TIE).sum()), f"{cells.titles[column]} of {cells.names[row]}"


def _names(cells: FilledRanges, chosen: BoolArray, totals: FloatArray) -> str:
    names = [cells.names[row] for row in np.argsort(-totals, kind="stable") if chosen[row]]
    return listed(names) if 0 < len(names) <= 3 else f"the first {len(names)}"
