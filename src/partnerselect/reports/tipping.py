"""The weights at which the outcome tips, the nearest first."""

from __future__ import annotations

from partnerselect.analysis.set_verdict import SetVerdict
from partnerselect.analysis.verdict import Move


def tipping_points(verdict: SetVerdict) -> tuple[Move, ...]:
    """Each weight that, moved alone, makes another set the best: where it tips, and which set is the best beyond.

    Those that move by the smallest share of themselves come first; both ends of a weight stand by themselves.
    """
    moves = [
        Move(row["title"], row["weight"], needed, "", rival)
        for row in verdict.weights.to_dict("records")
        for needed, rival in ((row["low"], row["below"]), (row["high"], row["above"]))
        if rival
    ]
    return tuple(sorted(moves, key=lambda move: move.share))
